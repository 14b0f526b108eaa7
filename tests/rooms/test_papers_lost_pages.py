"""The pages of lost and stolen documents: the check first, usable without script."""

from collections.abc import Callable

import pytest

from rooms.scene import Scene
from rooms.test_papers_lost import NUMBER, reported
from worlds.stage import Answer

Page = Callable[..., Answer]
WHY = [("purpose", "border"), ("justification", "gate 4")]


def test_a_document_is_looked_up_and_its_match_can_be_judged(scene: Scene, page: Page) -> None:
    kept = reported(scene, place="Belmar")
    assert page("XA officer", "GET", "/papers/lost").status == 200
    found = page("XA officer", "POST", "/papers/lost", [("number", "xb 7034519"), *WHY])
    assert found.status == 200
    for said in ("Stolen", "Belmar", "Potential, until the owner confirms it", kept["id"], "/verdicts"):
        assert said in found.text
    nothing = page("XA officer", "POST", "/papers/lost", [("number", "XB0000000"), *WHY])
    assert "It may be so all the same." in nothing.text


def test_faults_stand_at_their_fields(page: Page) -> None:
    wrong = page("XA officer", "POST", "/papers/lost", [("number", "?"), ("issuer", "Mordor"), *WHY])
    assert wrong.status == 422
    assert "no number of a document" in wrong.text and "no country" in wrong.text


def test_a_list_is_looked_up_on_the_page(scene: Scene, page: Page) -> None:
    reported(scene)
    found = page("XA officer", "POST", "/papers/lost/list", [("list", f"{NUMBER}\n?\nXB0000000"), *WHY])
    assert found.status == 200
    assert "Not asked" in found.text and "Stolen" in found.text
    assert page("XA officer", "POST", "/papers/lost/list", [("list", ""), *WHY]).status == 422


@pytest.mark.parametrize("what", ["report", "ranges"])
def test_what_is_lost_is_reported_changed_and_taken_back_on_forms(page: Page, what: str) -> None:
    numbers = [("number", NUMBER)] if what == "report" else [("first", "XB0000001"), ("last", "XB0000100")]
    form = [*numbers, ("type", "passport"), ("status", "stolen"), ("place", "Belmar")]
    assert page("XB office", "GET", f"/papers/lost/{what}").status == 200
    made = page("XB office", "POST", f"/papers/lost/{what}", form)
    assert made.status == 303, made.text
    address = made.header("location")
    assert "Belmar" in page("XB office", "GET", address).text
    assert address in page("XB office", "GET", "/papers/lost/mine").text
    assert page("XB office", "POST", f"/papers/lost/{what}", form).status == 422
    change = [("status", "recovered"), ("version", "1"), ("place", "Port Arven")]
    assert page("XB office", "POST", address, change).status == 303
    assert "Port Arven" in page("XB office", "GET", address).text
    assert page("XB office", "POST", address, [("status", "gone"), ("version", "2")]).status == 422
    assert page("XB office", "POST", f"{address}/withdraw").status == 303
    assert page("XB office", "GET", address).status == 404


def test_a_list_tells_numbers_that_print_alike(scene: Scene, page: Page) -> None:
    reported(scene, number="XB1234560")
    form = [("list", "number\nXB123456O"), ("purpose", "border"), ("justification", "c")]
    told = page("XA officer", "POST", "/papers/lost/list", form)
    assert "XB1234560" in told.text


def test_a_day_still_to_come_is_refused_and_only_who_may_report_has_the_form(
    scene: Scene, page: Page
) -> None:
    form = [("number", "XB1234567"), ("type", "passport"), ("status", "stolen"), ("date", "2099-01-31")]
    refused = page("XB contributor", "POST", "/papers/lost/report", form)
    assert refused.status == 422
    assert "still to come" in refused.text
    assert page("XB officer", "GET", "/papers/lost/report").status == 403
