"""The pages of the guided check: begun, answered and decided without a script."""

from collections.abc import Callable

import pytest

from rooms.scene import Scene
from rooms.test_papers_checks import LINES, NUMBER, version
from rooms.test_papers_lost import reported
from worlds.stage import Answer

Page = Callable[..., Answer]
OFFICER, SENIOR = "XA officer", "XA supervisor"
WHY = [("purpose", "border"), ("justification", "gate 4")]
WRONG = "\n".join([LINES[0], LINES[1].replace("7408122", "7508122")])


def begun(page: Page, who: str = OFFICER, lines: str = WRONG) -> str:
    made = page(who, "POST", "/papers/checks", [("lines", lines), *WHY])
    assert made.status == 303, made.text
    return made.header("location")


def step(page: Page, address: str, way: str, *said: tuple[str, str], who: str = OFFICER) -> Answer:
    seen = page(who, "GET", address).text.split('name="seen" value="')[1].split('"')[0]
    return page(who, "POST", f"{address}/{way}", [("seen", seen), *said])


def test_a_typed_zone_leads_to_one_page_with_all_that_was_found(scene: Scene, page: Page) -> None:
    kept = version(scene)
    reported(scene, number=NUMBER, place="Belmar")
    address = begun(page)
    shown = page(OFFICER, "GET", address).text
    for said in (
        "The check digit is 2 and should be",
        "Stolen",
        "Belmar",
        kept["title"],
        "/verdicts",
        "Your verdict",
    ):
        assert said in shown, said
    assert address in page(OFFICER, "GET", "/papers/checks?state=open").text


def test_a_find_is_decided_reported_and_drafted_on_the_pages(scene: Scene, page: Page) -> None:
    version(scene)
    address = begun(page, SENIOR)
    steps = [
        ("page", [("surname", "Eriksson"), ("birth", "12 AUG 1976")]),
        ("answers", [("f-0", "wrong"), ("n-0", "A sticker")]),
        ("reading", [("which", "typed"), ("lines", "\n".join(LINES))]),
        ("version", [("code", "UTO-AO-01001")]),
        ("escalate", [("level", "2"), ("why", "The kinegram looks wrong.")]),
    ]
    for way, said in steps:
        assert step(page, address, way, *said, who=SENIOR).status == 303, way
    reasons = ("why", "The kinegram is a sticker.")
    assert (
        "You passed it on" in step(page, address, "verdict", ("verdict", "false"), reasons, who=SENIOR).text
    )
    assert step(page, address, "verdict", ("verdict", "false"), who=OFFICER).status == 422
    assert step(page, address, "verdict", ("verdict", "false"), reasons, who=OFFICER).status == 303
    assert page(SENIOR, "GET", f"{address}/report.pdf").body.startswith(b"%PDF")
    drafted = page(SENIOR, "POST", f"{address}/alert", [])
    assert drafted.header("location").startswith("/papers/alerts/")
    assert "A sticker" in page(SENIOR, "GET", drafted.header("location")).text
    assert page(SENIOR, "POST", f"{address}/discard", []).status == 303
    assert page(SENIOR, "GET", address).status == 404


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("reading", [("which", "typed"), ("lines", "")]),
        ("version", [("code", "UTO-XX-99999")]),
        ("answers", [("f-7", "wrong")]),
        ("escalate", [("level", "2"), ("why", "x")]),
        ("alert", []),
    ],
)
def test_what_cannot_be_is_told_on_the_page_and_changes_nothing(
    page: Page, way: str, said: list[tuple[str, str]]
) -> None:
    address = begun(page, SENIOR)
    refused = step(page, address, way, *said, who=SENIOR)
    assert refused.status == 422 and "The input has faults" in refused.text
    assert 'name="seen" value="1"' in page(SENIOR, "GET", address).text


def test_nothing_to_check_and_an_unknown_step_are_told(page: Page) -> None:
    assert page(OFFICER, "POST", "/papers/checks", WHY).status == 422
    assert page(OFFICER, "POST", f"{begun(page)}/burn", []).status == 404
    assert page("XC officer", "GET", begun(page)).status == 404


def test_what_was_ticked_and_written_stays_when_something_is_missing_and_goes_with_the_verdict(
    scene: Scene, page: Page
) -> None:
    version(scene)
    address = begun(page, OFFICER)
    ticked = [("f-0", "wrong"), ("n-0", "A sticker of foil")]
    refused = step(page, address, "verdict", *ticked, ("verdict", "suspicious"), ("why", "Foil"))
    assert refused.status == 422
    assert "A sticker of foil" in refused.text and ">Foil</textarea>" in refused.text
    kept = step(page, address, "answers", *ticked, ("why", "It peels"))
    assert kept.status == 303
    assert ">It peels</textarea>" in page(OFFICER, "GET", address).text
    done = step(
        page,
        address,
        "verdict",
        ("f-0", "fine"),
        ("verdict", "suspicious"),
        ("why", "The rest of it is odd."),
    )
    assert done.status == 303
    assert "As it should be" in page(OFFICER, "GET", address).text


def test_where_no_number_was_read_nothing_is_said_to_be_clean(page: Page) -> None:
    address = page(
        OFFICER, "POST", "/papers/checks", [("lines", "HELLO"), ("purpose", "border"), ("justification", "c")]
    )
    told = page(OFFICER, "GET", address.header("location")).text
    assert "Not asked: no number was read." in told
    assert "says that it is lost or stolen" not in told


def test_what_was_said_of_a_lost_document_stays_on_the_check(scene: Scene, page: Page) -> None:
    kept = reported(scene, number=NUMBER, place="Belmar")
    address = begun(page)
    shown = page(OFFICER, "GET", address).text
    search = shown.split('action="/search/')[1].split("/")[0]
    said = [("record", kept["id"]), ("verdict", "same"), *WHY]
    assert page(OFFICER, "POST", f"/search/{search}/verdicts", said).status in (200, 303)
    now = page(OFFICER, "GET", address).text
    assert "/hits/" in now and f'name="record" value="{kept["id"]}"' not in now
    assert "/hits/" in page(SENIOR, "GET", address).text
