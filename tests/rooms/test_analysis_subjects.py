"""Subjects: proposed by one person, approved by another; a leader by a supervisor, and never by a machine."""

from typing import Any

import pytest

from entente.desk import House
from entente.rooms.analysis import service, subjects
from rooms.filed import LEAD, Files, sitting
from rooms.scene import IVO, Scene, only, places

NOTHING = "0" * 32
WHY = "He decides who is paid, by three sources"


@pytest.fixture
def files(scene: Scene) -> Files:
    return Files(scene)


@pytest.fixture
def file(files: Files) -> str:
    id = files.opened()
    files.joined(id, "XA supervisor", "reader")
    files.joined(id, "XB analyst", "analyst")
    files.joined(id, "XB office", "contributor")
    files.joined(id, "XC analyst", "reader")
    return id


@pytest.fixture
def ivo(files: Files, file: str) -> str:
    things = [{"kind": "Person", "properties": IVO}]
    return str(files.contributed("XB office", file, things=things)["things"][0]["id"])


def propose(scene: Scene, file: str, record: str, who: str = LEAD, **said: Any) -> Any:
    form = {"record": record, "category": "suspect", "rationale": WHY, "reviewDue": "2026-06-01", **said}
    return scene(who, "POST", f"/files/{file}/subjects", json=form)


def answer(scene: Scene, file: str, subject: dict[str, Any], who: str, approve: bool = True) -> Any:
    given = {"version": subject["version"], "approve": approve}
    return scene(who, "POST", f"/files/{file}/subjects/{subject['id']}/approve", json=given)


def standing(scene: Scene, file: str, who: str = LEAD) -> list[tuple[str, str]]:
    found = scene(who, "GET", f"/files/{file}/subjects").json
    return [(s["category"], s["state"]) for s in found]


def test_a_subject_is_proposed_by_one_and_approved_by_another(scene: Scene, file: str, ivo: str) -> None:
    proposed = propose(scene, file, ivo, "XB analyst", scheme="4x4", grade="b2").json
    assert (proposed["state"], proposed["grade"]) == ("proposed", "4x4 B2")
    assert proposed["officer"] == proposed["proposer"] == "Analyst of XB (XB)"
    assert answer(scene, file, proposed, "XB analyst").status == 403
    approved = answer(scene, file, proposed, LEAD).json
    assert (approved["state"], approved["approver"]) == ("approved", "Analyst of XA (XA)")
    assert [s["did"] for s in approved["history"]] == ["proposed", "approved"]
    assert answer(scene, file, approved, LEAD).status == 409


def test_a_leader_is_approved_by_a_supervisor_alone(scene: Scene, file: str, ivo: str) -> None:
    proposed = propose(scene, file, ivo, "XB analyst", category="leader").json
    assert answer(scene, file, proposed, LEAD).status == 403
    assert answer(scene, file, proposed, "XA supervisor").json["state"] == "approved"


def test_who_neither_leads_nor_supervises_approves_nothing(scene: Scene, file: str, ivo: str) -> None:
    proposed = propose(scene, file, ivo).json
    assert answer(scene, file, proposed, "XB analyst").status == 403
    assert answer(scene, file, proposed, "XC analyst").status == 403


@pytest.mark.parametrize("who", ["XC analyst", "XB office"])
def test_readers_and_contributors_propose_nothing(scene: Scene, file: str, ivo: str, who: str) -> None:
    assert propose(scene, file, ivo, who).status == 403


def test_every_fault_of_a_proposal_is_told_at_once(scene: Scene, file: str) -> None:
    wrong = propose(
        scene,
        file,
        NOTHING,
        rationale="He is bad",
        scheme="4x4",
        grade="F6",
        officer=scene.crew["XC analyst"].id,
        reviewDue="2028-01-01",
    )
    assert set(places(wrong)) == {"record", "rationale", "grade", "officer", "reviewDue"}


def test_a_new_category_takes_the_place_of_the_old_one_when_it_is_approved(
    scene: Scene, file: str, ivo: str
) -> None:
    first = propose(scene, file, ivo, "XB analyst").json
    answer(scene, file, first, LEAD)
    second = propose(scene, file, ivo, "XB analyst", category="leader").json
    assert places(propose(scene, file, ivo, category="witness")) == ["record"]
    assert sorted(standing(scene, file)) == [("leader", "proposed"), ("suspect", "approved")]
    answer(scene, file, second, "XA supervisor")
    assert standing(scene, file) == [("leader", "approved")]


def test_what_is_not_approved_changes_nothing(scene: Scene, file: str, ivo: str) -> None:
    proposed = propose(scene, file, ivo, "XB analyst").json
    assert answer(scene, file, proposed, LEAD, approve=False).json["state"] == "removed"
    assert standing(scene, file) == []


def test_a_subject_is_removed_with_a_reason_by_who_leads_supervises_or_proposed(
    scene: Scene, file: str, ivo: str
) -> None:
    subject = propose(scene, file, ivo, "XB analyst").json
    address = f"/files/{file}/subjects/{subject['id']}/remove"
    assert scene("XC analyst", "POST", address, json={"why": "x"}).status == 403
    assert places(scene("XB analyst", "POST", address, json={"why": ""})) == ["/why"]
    removed = scene("XB analyst", "POST", address, json={"why": "Another man"}).json
    assert removed["history"][-1]["why"] == "Another man"
    assert scene("XB analyst", "POST", address, json={"why": "x"}).status == 409
    [old] = scene(LEAD, "GET", f"/files/{file}/subjects?which=removed").json
    assert old["state"] == "removed"


def test_a_subject_is_shown_to_those_who_may_see_its_record(scene: Scene, files: Files, file: str) -> None:
    things = [{"kind": "Person", "properties": IVO}]
    kept = files.contributed("XB office", file, handling=only("XA"), things=things)
    record = kept["things"][0]["id"]
    subject = propose(scene, file, record).json
    assert standing(scene, file, "XB analyst") == [("suspect", "proposed")]
    assert standing(scene, file, "XC analyst") == []
    given = {"version": subject["version"], "approve": True}
    real = scene("XC analyst", "POST", f"/files/{file}/subjects/{subject['id']}/approve", json=given)
    none = scene("XC analyst", "POST", f"/files/{file}/subjects/{NOTHING}/approve", json=given)
    assert (real.status, real.text) == (404, none.text)


def test_the_categories_of_a_file_are_those_approved(scene: Scene, file: str, ivo: str, house: House) -> None:
    subject = propose(scene, file, ivo, "XB analyst", category="facilitator").json
    answer(scene, file, subject, LEAD)
    propose(scene, file, ivo, "XB analyst", category="leader")
    with sitting(house, scene.crew["XC analyst"]) as desk:
        assert subjects.categories_of(desk, service.file_of(desk, file)) == {ivo: "facilitator"}


def test_a_proposal_that_one_does_not_see_does_not_stand_in_ones_way(
    scene: Scene, files: Files, file: str
) -> None:
    things = [{"kind": "Person", "properties": IVO}]
    kept = files.contributed("XB office", file, handling=only("XA"), things=things)
    record = kept["things"][0]["id"]
    assert propose(scene, file, record).status == 201
    files.joined(file, "XD analyst", "analyst")
    known = scene("XB office", "GET", f"/records/{record}", purpose="analysis").json
    wider = {
        "version": known["version"],
        "handling": {**known["handling"], "mode": "everyone", "bureaus": []},
    }
    answer = scene("XB office", "PUT", f"/records/{record}/handling", json=wider, purpose="analysis")
    assert answer.status == 200, answer.text
    assert standing(scene, file, "XD analyst") == []
    assert propose(scene, file, record, "XD analyst").status == 201
