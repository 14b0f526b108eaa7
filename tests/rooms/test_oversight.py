"""Oversight: a reviewer sees whatever is kept, and changes nothing by it."""

import pytest

from entente.core.access import ROLES_FOR, Asker, Purpose, Role
from entente.core.problems import NotAllowed
from entente.desk import House, sit
from entente.desk.sitting import OVERSEEN
from rooms.scene import IVO, NOBODY, Scene

OVERSIGHT = {"purpose": "oversight", "why": "audit 7"}


@pytest.mark.parametrize("owner", ["XA office", "XZ office"])
def test_a_reviewer_reads_under_oversight_and_changes_nothing(scene: Scene, house: House, owner: str) -> None:
    id = scene.contribute(handling=NOBODY, who=owner)["id"]
    path = f"/records/{id}"
    search = scene("XZ chief", "POST", "/search", json={"text": "Ivo Marenko"}, **OVERSIGHT)
    assert [c["id"] for c in search.json["candidates"]] == [id]
    for at in ("", "/versions", "/links"):
        assert scene("XZ chief", "GET", f"{path}{at}", **OVERSIGHT).status == 200
    before = scene(owner, "GET", path).json
    verdict = {"record": id, "verdict": "same"}
    for method, at, said in [
        ("POST", "/records", {"kind": "Person", "properties": IVO}),
        ("PUT", path, {"version": 1, "properties": {"name": "Somebody Else"}}),
        ("PUT", f"{path}/handling", {"version": 1, "handling": {"mode": "everyone"}}),
        ("PUT", f"{path}/expiry", {"version": 1, "expires": "2027-01-01"}),
        ("DELETE", path, None),
        ("POST", f"/search/{search.json['search']}/verdicts", verdict),
    ]:
        answer = scene("XZ chief", method, at, json=said, **OVERSIGHT)
        assert (answer.status, answer.json["type"]) == (403, "/problems#not-allowed"), (method, at)
    assert scene(owner, "GET", path).json == before
    assert scene(owner, "GET", "/hits").json["hits"] == []


def test_a_reviewer_changes_nothing_under_oversight_by_the_pages_either(ask, scene: Scene) -> None:
    id, reviewer = scene.contribute(handling=NOBODY)["id"], scene.crew["XZ chief"]
    assert "Ivo Marenko" in ask(reviewer, "GET", f"/records/{id}", **OVERSIGHT).text
    search = scene("XZ chief", "POST", "/search", json={"text": "Ivo Marenko"}, **OVERSIGHT).json["search"]
    form = [("record", id), ("verdict", "same"), ("version", "1"), ("mode", "everyone"), ("name", "Other")]
    for path in (f"/records/{id}/withdraw", f"/records/{id}/handling", f"/search/{search}/verdicts"):
        assert ask(reviewer, "POST", path, form=form, **OVERSIGHT).status in (403, 404)
    kept = scene("XA office", "GET", f"/records/{id}").json
    assert (kept["version"], kept["caption"], kept["handling"]["mode"]) == (1, "Ivo Marenko", "named")
    assert scene("XA office", "GET", "/hits").json["hits"] == []


@pytest.mark.parametrize("act", ROLES_FOR)
def test_oversight_is_for_looking_alone_whatever_the_roles(house: House, act: str) -> None:
    asker = Asker("o", 1, Purpose.OVERSIGHT, "audit 7", frozenset(Role), reviewer=True)
    if act in OVERSEEN:
        with sit(house, asker, act) as desk:
            desk.note(act)
    else:
        with pytest.raises(NotAllowed), sit(house, asker, act, writing=True):
            pytest.fail("sat down")


def test_what_a_reviewer_overlooks_is_noted_with_his_reason(scene: Scene) -> None:
    id = scene.contribute(handling=NOBODY)["id"]
    scene("XZ chief", "GET", f"/records/{id}", **OVERSIGHT)
    scene("XZ chief", "DELETE", f"/records/{id}", **OVERSIGHT)
    refused, seen = scene("XZ chief", "GET", "/journal?limit=2").json
    assert (seen["act"], seen["object"], seen["purpose"]) == ("see", id, "oversight")
    assert (refused["act"], refused["outcome"], refused["justification"]) == (
        "refuse",
        "not-allowed",
        "audit 7",
    )
