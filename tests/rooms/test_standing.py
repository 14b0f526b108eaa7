"""Standing queries: how they are kept, by whom and how long. How they ring: test_ringing.py."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import change_officer
from entente.rooms.search import standing
from rooms.scene import EVERYONE, Scene, only, places
from rooms.standing_scene import keep, rung, state
from worlds.stage import Clock

Work = Callable[[House], None]


@pytest.fixture
def kept(scene: Scene) -> dict[str, Any]:
    """XB's officer keeps a search for Ivo Marenko."""
    return keep(scene, "XB officer", "Ivo Marenko 1971")


# --- keeping -------------------------------------------------------------------------------------


def test_a_search_is_kept_for_ninety_days_with_the_inquiry_it_was_asked_in(
    scene: Scene, kept: dict, clock: Clock
) -> None:
    assert kept["until"] == (clock.now.date() + timedelta(days=90)).isoformat()
    assert (kept["state"], kept["purpose"], kept["justification"]) == ("stands", "wanted", "case 1")
    assert (kept["officer"], kept["rang"]) == ("Officer of XB", 0)
    assert scene("XB analyst", "GET", "/standing").json == [kept]


def test_a_standing_query_is_its_bureaus_alone(scene: Scene, kept: dict) -> None:
    assert scene("XC officer", "GET", "/standing").json == []
    for method, path, body in (
        ("GET", "", None),
        ("GET", "/alerts", None),
        ("PATCH", "", {"until": "2026-02-01"}),
        ("DELETE", "", None),
    ):
        other = scene("XC officer", method, f"/standing/{kept['id']}{path}", json=body)
        nothing = scene("XC officer", method, f"/standing/{'0' * 32}{path}", json=body)
        assert (other.status, other.headers, other.body) == (404, nothing.headers, nothing.body)


def test_every_fault_of_a_query_is_named_at_once(scene: Scene) -> None:
    said = {"text": "1971", "kind": "Nonsense", "born": "yesterday", "until": "2027-06-01"}
    answer = scene("XB officer", "POST", "/standing", json=said)
    assert answer.status == 422
    assert set(places(answer)) == {"kind", "born", "until"}
    alone = scene("XB officer", "POST", "/standing", json={"text": "1971"})
    assert places(alone) == ["text"]


def test_a_query_needs_a_police_purpose_and_a_role_that_searches(scene: Scene) -> None:
    said = {"text": "Ivo Marenko"}
    assert scene("XB officer", "POST", "/standing", json=said, purpose="desk").status == 422
    assert scene("XB contributor", "POST", "/standing", json=said).status == 403


def test_a_bureau_keeps_so_many_and_no_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "MOST", 1)
    first = keep(scene, "XB officer", "Ivo Marenko")
    assert scene("XB officer", "POST", "/standing", json={"text": "Another Name"}).status == 422
    assert scene("XB officer", "DELETE", f"/standing/{first['id']}").status == 204
    keep(scene, "XB officer", "Another Name")


# --- who keeps it, and how long ------------------------------------------------------------------


def _officer(house: House, id: str, **changes: Any) -> None:
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        change_officer(desk, id, **changes)


@pytest.mark.parametrize("change", [{"active": "no"}, {"roles": ["contributor"]}])
def test_a_query_rests_when_its_officer_may_search_no_more(
    scene: Scene, kept: dict, house: House, work: Work, change: dict
) -> None:
    _officer(house, scene.crew["XB officer"].id, **change)
    scene.contribute()
    work(house)
    assert rung(scene, "XB analyst", kept) == []
    assert state(scene, "XB analyst", kept) == "rests"


def test_rights_are_those_of_the_day_it_rings(scene: Scene, house: House, work: Work) -> None:
    query = keep(scene, "XB office", "Ivo Marenko")
    secret = {**EVERYONE, "need": ["joint/file"], "level": "confidential"}
    scene.contribute(handling=secret)
    work(house)
    assert len(rung(scene, "XB office", query)) == 1
    _officer(house, scene.crew["XB office"].id, held=[])
    scene.contribute(handling=secret)
    work(house)
    assert len(rung(scene, "XB chief", query)) == 1


def test_a_colleague_who_is_not_cleared_learns_nothing_of_it(scene: Scene, house: House, work: Work) -> None:
    query = keep(scene, "XB office", "Ivo Marenko")
    scene.contribute(handling={**EVERYONE, "level": "confidential"})
    scene.contribute(handling=only(hint=["XB"], need=["joint/file"], level="confidential"))
    work(house)
    assert len(rung(scene, "XB office", query)) == 2
    assert rung(scene, "XB officer", query) == []
    assert scene("XB officer", "GET", "/standing").json[0]["rang"] == 0


def test_a_query_ends_on_its_day_and_may_stand_again(
    scene: Scene, house: House, work: Work, clock: Clock
) -> None:
    query = keep(scene, "XB machine", "Ivo Marenko", until="2026-01-20")
    clock.forward(days=6)
    scene.contribute(who="XA machine")
    work(house)
    assert (state(scene, "XB machine", query), rung(scene, "XB machine", query)) == ("ended", [])
    path = f"/standing/{query['id']}"
    assert scene("XB machine", "PATCH", path, json={"until": "2030-01-01"}).status == 422
    assert scene("XB machine", "PATCH", path, json={"until": "2026-03-01"}).json["state"] == "stands"
    work(house)
    assert rung(scene, "XB machine", query) == []
    id = scene.contribute(who="XA machine")["id"]
    work(house)
    assert [r["record"] for r in rung(scene, "XB machine", query)] == [id]


def test_an_ended_query_rings_no_more_and_keeps_what_it_rang(
    scene: Scene, kept: dict, house: House, work: Work
) -> None:
    scene.contribute()
    work(house)
    assert scene("XB analyst", "DELETE", f"/standing/{kept['id']}").status == 204
    scene.contribute()
    work(house)
    assert (state(scene, "XB officer", kept), len(rung(scene, "XB officer", kept))) == ("ended", 1)
