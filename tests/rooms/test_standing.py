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


def test_one_that_ended_stands_again_only_where_there_is_room(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "MOST", 1)
    first = keep(scene, "XB officer", "Ivo Marenko")
    path, renewal = f"/standing/{first['id']}", {"until": "2026-02-20"}
    assert scene("XB officer", "DELETE", path).status == 204
    second = keep(scene, "XB officer", "Another Name")
    assert scene("XB officer", "PATCH", path, json=renewal).status == 422
    assert scene("XB officer", "PATCH", f"/standing/{second['id']}", json=renewal).status == 200
    assert scene("XB officer", "DELETE", f"/standing/{second['id']}").status == 204
    assert scene("XB officer", "PATCH", path, json=renewal).status == 200


# --- who reads it --------------------------------------------------------------------------------

DISCREET = {"entente-discreet": "yes"}


@pytest.mark.parametrize("role", ["contributor", "administrator"])
def test_who_may_keep_no_query_reads_none(
    scene: Scene, page: Any, kept: dict, house: House, work: Work, role: str
) -> None:
    scene.contribute(handling=only("XB"))
    work(house)
    for path in ("", f"/{kept['id']}"):
        assert scene(f"XB {role}", "GET", f"/standing{path}").status == 403
        assert page(f"XB {role}", "GET", f"/standing{path}").status == 403
    assert kept["text"] not in page(f"XB {role}", "GET", "/inbox").text
    assert kept["text"] in page("XB officer", "GET", "/inbox").text


def test_what_a_query_rang_for_is_for_those_who_search(
    scene: Scene, kept: dict, house: House, work: Work
) -> None:
    scene.contribute()
    work(house)
    refused = scene("XB administrator", "GET", f"/standing/{kept['id']}/alerts")
    assert refused.status == 403
    assert "Marenko" not in refused.text
    assert len(rung(scene, "XB officer", kept)) == 1


def test_a_discreet_query_is_for_supervisors_alone(scene: Scene, page: Any, house: House, work: Work) -> None:
    kept = keep(scene, "XB supervisor", "Marenko Ivo 1971", headers=DISCREET)
    scene.contribute()
    work(house)
    assert [q["id"] for q in scene("XB chief", "GET", "/standing").json] == [kept["id"]]
    assert len(rung(scene, "XB chief", kept)) == 1
    assert kept["text"] in page("XB chief", "GET", "/inbox").text
    for who in ("XB officer", "XB analyst"):
        assert scene(who, "GET", "/standing").json == []
        for method, path, body in (
            ("GET", "", None),
            ("GET", "/alerts", None),
            ("PATCH", "", {"until": "2026-02-01"}),
            ("DELETE", "", None),
        ):
            there = scene(who, method, f"/standing/{kept['id']}{path}", json=body)
            nothing = scene(who, method, f"/standing/{'0' * 32}{path}", json=body)
            assert (there.status, there.headers, there.body) == (404, nothing.headers, nothing.body)
    for who in ("XB officer", "XB analyst"):
        assert kept["text"] not in page(who, "GET", "/standing").text
        assert page(who, "GET", f"/standing/{kept['id']}").status == 404
        told = page(who, "GET", "/inbox").text
        assert "/alerts/" in told
        assert kept["text"] not in told
        assert kept["id"] not in told.replace(f"search={kept['id']}", "")


def test_discreet_queries_take_no_room_of_the_others(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "MOST", 1)
    monkeypatch.setattr(standing, "MOST_DISCREET", 1)
    keep(scene, "XB supervisor", "Ivo Marenko", headers=DISCREET)
    keep(scene, "XB officer", "Another Name")
    said = {"text": "A Third One"}
    assert scene("XB supervisor", "POST", "/standing", json=said, headers=DISCREET).status == 422
    assert scene("XB supervisor", "POST", "/standing", json=said).status == 422


def test_a_list_counts_how_often_each_rang_at_once(
    scene: Scene, kept: dict, house: House, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice, never = keep(scene, "XB officer", "Ivo Marenko"), keep(scene, "XB officer", "Somebody Else")
    scene.contribute(handling=only(hint=["XB"]))
    scene.contribute()
    work(house)
    monkeypatch.setattr(standing, "_alerts", None)  # nothing is read for each
    counted = {q["id"]: q["rang"] for q in scene("XB officer", "GET", "/standing").json}
    assert counted == {kept["id"]: 2, twice["id"]: 2, never["id"]: 0}


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
