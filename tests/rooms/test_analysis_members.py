"""Members: invited by address, in by their own acceptance, out at their very next request; no leak (L29)."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.app import make_app
from entente.settings import Settings
from rooms.filed import BOSS, LEAD, Files
from rooms.scene import IVO, Scene, places
from worlds.stage import Caller, memory_house

NOTHING = "0" * 32


@pytest.fixture
def files(scene: Scene) -> Files:
    return Files(scene)


@pytest.fixture
def file(files: Files) -> str:
    return files.opened()


def held(scene: Scene, who: str) -> list[str]:
    kept: list[str] = scene(who, "GET", "/me").json["held"]
    return kept


def invited(scene: Scene, who: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = scene(who, "GET", "/files/invitations").json
    return found


def test_who_accepts_holds_the_compartment_at_his_very_next_request(
    scene: Scene, files: Files, file: str
) -> None:
    assert files.invite(file, "XB analyst", "analyst").status == 204
    [invitation] = invited(scene, "XB analyst")
    assert (invitation["title"], invitation["role"], invitation["bureau"]) == ("Kestrel", "analyst", "XA")
    assert invitation["by"] == "Analyst of XA (XA)"
    assert held(scene, "XB analyst") == []
    assert scene("XB analyst", "POST", f"/files/invitations/{invitation['id']}/accept").status == 204
    assert held(scene, "XB analyst") == [f"file/{file}"]
    assert [(m["name"], m["role"]) for m in files.one("XB analyst", file)["members"]] == [
        ("Analyst of XA", "lead"),
        ("Analyst of XB", "analyst"),
    ]
    assert invited(scene, "XB analyst") == []


def test_who_declines_learns_no_more(scene: Scene, files: Files, file: str) -> None:
    files.invite(file, "XB analyst")
    [invitation] = invited(scene, "XB analyst")
    assert scene("XB analyst", "POST", f"/files/invitations/{invitation['id']}/decline").status == 204
    assert scene("XB analyst", "GET", f"/files/{file}").status == 404
    assert files.one(LEAD, file)["invited"] == []


def test_nobody_learns_whether_such_an_officer_exists(scene: Scene, files: Files, file: str) -> None:
    real = files.invite(file, "XB officer")
    none = files.invite(file, "XB nobody")
    assert (real.status, real.text) == (none.status, none.text)
    told = [{**i, "id": "", "address": ""} for i in files.one(LEAD, file)["invited"]]
    assert told[0] == told[1]
    low = files.opened("XA office", boss="XA chief", level="confidential")
    assert files.invite(low, "XB officer", lead="XA office").status == 204
    assert [i["title"] for i in invited(scene, "XB officer")] == [
        "Kestrel"
    ]  # he is not cleared for the other


def test_only_the_officer_invited_answers(scene: Scene, files: Files, file: str) -> None:
    files.invite(file, "XB analyst")
    [invitation] = invited(scene, "XB analyst")
    for who in ("XB chief", LEAD, "XA machine"):
        real = scene(who, "POST", f"/files/invitations/{invitation['id']}/accept")
        assert (real.status, real.text) == (
            404,
            scene(who, "POST", f"/files/invitations/{NOTHING}/accept").text,
        )


def test_a_lead_takes_an_invitation_back(scene: Scene, files: Files, file: str) -> None:
    files.invite(file, "XB analyst")
    files.joined(file, "XC analyst", "analyst")
    [waiting] = files.one(LEAD, file)["invited"]
    assert files.one("XC analyst", file)["invited"] == []
    address = f"/files/{file}/invitations/{waiting['id']}"
    assert scene("XC analyst", "DELETE", address).status == 403
    assert scene(LEAD, "DELETE", address).status == 204
    assert scene(LEAD, "DELETE", address).status == 404
    assert invited(scene, "XB analyst") == []


def test_asked_again_the_newer_invitation_stands(scene: Scene, files: Files, file: str) -> None:
    files.invite(file, "XB analyst", "reader")
    files.invite(file, "XB analyst", "analyst")
    assert [i["role"] for i in files.one(LEAD, file)["invited"]] == ["analyst"]
    assert [i["role"] for i in invited(scene, "XB analyst")] == ["analyst"]


def test_every_fault_of_an_invitation_is_told_at_once(scene: Scene, files: Files, file: str) -> None:
    said = {"address": scene.crew["XA officer"].id, "bureau": "XX", "role": "lead"}
    assert set(places(scene(LEAD, "POST", f"/files/{file}/members", json=said))) == {
        "bureau",
        "address",
        "role",
    }
    files.joined(file, "XB analyst")
    assert places(files.invite(file, "XB analyst")) == ["address"]


@pytest.mark.parametrize("role", ["analyst", "contributor", "reader"])
def test_who_does_not_lead_changes_no_members(scene: Scene, files: Files, file: str, role: str) -> None:
    files.joined(file, "XB office", role)
    lead = scene.crew[LEAD].id
    assert files.invite(file, "XC officer", lead="XB office").status == 403
    assert scene("XB office", "DELETE", f"/files/{file}/members/{lead}").status == 403
    assert scene("XB office", "PATCH", f"/files/{file}/members/{lead}", json={"role": "reader"}).status == 403
    assert scene("XB office", "POST", f"/files/{file}/close", json={"why": "x"}).status == 403


def test_a_member_who_is_removed_gets_nothing_at_the_very_next_request(
    scene: Scene, files: Files, file: str
) -> None:
    files.joined(file, "XB office", "analyst")
    kept = files.contributed("XB office", file, things=[{"kind": "Person", "properties": IVO}])
    record = f"/records/{kept['things'][0]['id']}"
    assert scene("XB office", "GET", record, purpose="analysis").status == 200
    assert scene(LEAD, "DELETE", f"/files/{file}/members/{scene.crew['XB office'].id}").status == 204
    absent = scene("XB office", "GET", f"/files/{NOTHING}")
    for path in (
        f"/files/{file}",
        f"/files/{file}/contributions",
        f"/files/{file}/contributions/{kept['id']}",
        f"/files/{file}/subjects",
        record,
    ):
        assert scene("XB office", "GET", path, purpose="analysis").text == absent.text
    assert scene.found("XB office", "Ivo Marenko") == []
    assert held(scene, "XB office") == ["XB/file", "joint/file", "series"]


def test_a_role_is_changed_by_a_lead_and_holds_at_once(scene: Scene, files: Files, file: str) -> None:
    files.joined(file, "XB office", "reader")
    assert files.contribute("XB office", file, text="x").status == 403
    address = f"/files/{file}/members/{scene.crew['XB office'].id}"
    assert scene(LEAD, "PATCH", address, json={"role": "contributor"}).status == 204
    assert files.contribute("XB office", file, text="x").status == 201
    assert [m["role"] for m in files.one(LEAD, file)["members"]] == ["lead", "contributor"]


def test_the_last_lead_neither_leaves_nor_steps_down(scene: Scene, files: Files, file: str) -> None:
    lead = f"/files/{file}/members/{scene.crew[LEAD].id}"
    assert places(scene(LEAD, "POST", f"/files/{file}/leave")) == ["role"]
    assert places(scene(LEAD, "DELETE", lead)) == ["role"]
    assert places(scene(LEAD, "PATCH", lead, json={"role": "reader"})) == ["role"]
    files.joined(file, "XB analyst", "lead")
    assert scene(LEAD, "POST", f"/files/{file}/leave").status == 204
    assert scene(LEAD, "GET", f"/files/{file}").status == 404
    assert files.one("XB analyst", file)["role"] == "lead"


def test_analysts_lead_where_no_active_lead_is_left(scene: Scene, files: Files, file: str) -> None:
    files.joined(file, "XB analyst", "analyst")
    assert files.invite(file, "XC officer", lead="XB analyst").status == 403
    lead = scene.crew[LEAD].id
    assert scene("XA administrator", "PATCH", f"/officers/{lead}", json={"active": False}).status == 200
    assert files.invite(file, "XC officer", lead="XB analyst").status == 204


def test_a_supervisor_who_is_no_member_sees_a_file_of_his_bureau_only_while_it_waits(
    scene: Scene, files: Files, file: str
) -> None:
    assert scene(BOSS, "GET", "/files").json == []
    assert scene(BOSS, "GET", "/files/waiting").json == []
    assert scene(BOSS, "GET", f"/files/{file}").status == 404


def test_an_invitation_runs_out_with_the_file(scene: Scene, files: Files, file: str) -> None:
    files.invite(file, "XB analyst")
    scene(LEAD, "POST", f"/files/{file}/close", json={"why": "Done"})
    assert invited(scene, "XB analyst") == []
    assert files.invite(file, "XC analyst").status == 403


STEP = st.tuples(
    st.sampled_from(["invite", "accept", "decline", "role", "remove", "leave"]),
    st.sampled_from([LEAD, "XB analyst", "XC analyst"]),
    st.sampled_from(["lead", "analyst", "contributor", "reader"]),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(STEP, max_size=12))
def test_whatever_is_done_to_members_who_holds_the_file_is_who_is_in_it(
    steps: list[tuple[str, str, str]],
) -> None:
    """The oracle is a dictionary: officer to role, and whom somebody invited."""
    house, crew = memory_house()
    caller = Caller(make_app(Settings(answer_grid_ms=0, officer_rate=1e6, key_rate=1e6), house, work=False))
    files = Files(Scene(caller.ask, crew))
    id = files.opened()
    roles, asked = {LEAD: "lead"}, dict[str, str]()
    for act, who, role in steps:
        leads = [o for o, r in roles.items() if r == "lead"]
        lead, officer = leads[0], crew[who].id
        member = f"/files/{id}/members/{officer}"
        last = leads == [who]
        if act == "invite":
            assert files.invite(id, who, role, lead).status == (422 if who in roles else 204)
            asked |= {} if who in roles else {who: role}
        elif act in ("accept", "decline"):
            found = invited(files.scene, who)
            assert [i["role"] for i in found] == ([asked[who]] if who in asked else [])
            for one in found:
                assert files.scene(who, "POST", f"/files/invitations/{one['id']}/{act}").status == 204
                roles |= {who: asked[who]} if act == "accept" else {}
            asked.pop(who, None)
        elif act == "role":
            status = 404 if who not in roles else 422 if last and role != "lead" else 204
            assert files.scene(lead, "PATCH", member, json={"role": role}).status == status
            roles |= {who: role} if status == 204 else {}
        else:
            status = 404 if who not in roles else 422 if last else 204
            path = f"/files/{id}/leave" if act == "leave" else member
            method, by = ("POST", who) if act == "leave" else ("DELETE", lead)
            assert files.scene(by, method, path).status == status
            roles = {o: r for o, r in roles.items() if not (o == who and status == 204)}
        for name in (LEAD, "XB analyst", "XC analyst"):
            seen = files.scene(name, "GET", f"/files/{id}")
            assert (seen.json["role"] if seen.status == 200 else "") == roles.get(name, "")
            assert held(files.scene, name) == ([f"file/{id}"] if name in roles else [])
    caller.close()


def test_whom_a_lead_invited_he_invited_as_long_as_he_leads(scene: Scene, files: Files, file: str) -> None:
    files.joined(file, "XB analyst", "lead")
    files.invite(file, "XC analyst", lead="XB analyst")
    assert len(invited(scene, "XC analyst")) == 1
    gone = scene(LEAD, "DELETE", f"/files/{file}/members/{scene.crew['XB analyst'].id}")
    assert gone.status == 204, gone.text
    assert invited(scene, "XC analyst") == []
