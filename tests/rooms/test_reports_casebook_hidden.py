"""A casebook of one's bureau, read by an officer who may not see all of its cases."""

from collections.abc import Callable

import pytest

from entente.desk import House
from rooms.booked import Books
from rooms.scene import Scene, only

CHIEF, BOSS, OFFICER = "XA chief", "XA office", "XA officer"


@pytest.fixture
def books(scene: Scene) -> Books:
    return Books(scene)


def test_what_an_officer_does_not_see_of_a_casebook_shows_in_no_number_digest_or_erratum(
    books: Books, scene: Scene, house: House, work: Callable[[House], None]
) -> None:
    source = scene.contribute(handling=only("XB"), who=CHIEF)
    case = books.cases.drafted(CHIEF, title="What Our Vault Held", see=["XB"])
    case = books.cases.add(CHIEF, case, "parties", {"name": "Vault", "link": source["id"]})
    case = books.cases.step(CHIEF, books.cases.step(CHIEF, case, "complete"), "send", reviewer="XB")
    assert books.cases.decided("XB officer", case).status == 200
    open_one = books.cases.accepted(CHIEF, title="Open", see=["XB"])
    for one in (case, open_one):
        books.cleared(one, BOSS, CHIEF)
    kept = {"version": 1, "handling": only("XB", need=["XA/file"])}
    assert scene(CHIEF, "PUT", f"/records/{source['id']}/handling", json=kept).status == 200
    work(house)
    assert scene(OFFICER, "GET", f"/cases/{case['id']}").status == 404
    book = books.done(CHIEF, "POST", json=books.form(case, open_one, to=["XB"]))
    books.call(CHIEF, "POST", f"/{book['id']}/releases", json={"bureaus": ["XB"]})
    said = {"seen": book["seen"], "approver": scene.crew[BOSS].id}
    books.done(CHIEF, "POST", f"/{book['id']}/submit", json=said)
    seen = books.done(BOSS, "GET", f"/{book['id']}")["seen"]
    books.done(BOSS, "POST", f"/{book['id']}/decide", json={"seen": seen, "approve": True})
    books.done(BOSS, "POST", f"/{book['id']}/publish")
    stands = books.cases.opened(CHIEF, case)
    form = {
        "court": "Court of Appeal",
        "country": "xa",
        "stage": "appeal",
        "date": "2025-09-01",
        "overturns": 1,
    }
    books.cases.add(CHIEF, stands, "proceedings", form)
    work(house)
    whole, part = (books.done(who, "GET", f"/{book['id']}") for who in (BOSS, OFFICER))
    assert len(whole["printed_errata"]) == whole["errata"] == 1 and whole["sha256"]
    assert [one["title"] for one in part["cases"]] == ["Open"] and part["cases"][0]["number"] == 1
    assert (part["errata"], part["printed_errata"], part["sha256"]) == (0, [], "")
    assert case["reference"] not in scene(OFFICER, "GET", f"/casebooks/{book['id']}").text
    told = [scene(who, "GET", "/alerts").json for who in (BOSS, OFFICER)]
    assert [sum(a["what"] == "report-erratum" for a in alerts) for alerts in told] == [1, 0]
