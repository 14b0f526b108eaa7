"""Analysis files: two persons open and extend them, a lead closes them; nobody else learns of them (L29)."""

from collections.abc import Callable
from typing import Any

import pytest

from entente.desk import House
from entente.rooms.analysis import service
from rooms.filed import BOSS, FORM, LEAD, Files
from rooms.scene import Scene, places
from rooms.signing import another_session
from worlds.stage import work

NOTHING = "0" * 32


@pytest.fixture
def files(scene: Scene) -> Files:
    return Files(scene)


@pytest.fixture
def later(house: House, scene: Scene) -> Callable[[float], Files]:
    """Days go by, the work behind the answers is done, and everybody signs in again."""

    def go(days: float) -> Files:
        house.clock.forward(days=days)  # type: ignore[attr-defined]
        work(house)
        back = {name: another_session(house, who) for name, who in scene.crew.items() if who.session}
        return Files(Scene(scene.ask, {**scene.crew, **back}))

    return go


# --- opening ---------------------------------------------------------------------------------------


def test_an_analyst_asks_and_a_supervisor_of_the_bureau_opens(scene: Scene, files: Files) -> None:
    id = files.proposed()
    assert files.one(LEAD, id)["state"] == "proposed"
    [row] = scene(BOSS, "GET", "/files/waiting").json
    assert (row["id"], row["title"], row["role"]) == (id, "Kestrel", "")
    assert files.decide(id).status == 204
    shown = files.one(LEAD, id)
    assert (shown["state"], shown["role"], shown["opened"]) == ("open", "lead", "2026-01-15")
    assert [step["did"] for step in shown["history"]] == ["proposed", "approved"]
    assert shown["history"][1]["by"] == "Supervisor of XA (XA)"
    assert scene(BOSS, "GET", "/files/waiting").json == []


def test_whoever_asked_does_not_open_it_himself(files: Files) -> None:
    id = files.proposed("XA office")
    assert files.decide(id, "XA office").status == 403
    assert files.decide(id, "XA chief").status == 204


@pytest.mark.parametrize(
    "who", ["XA officer", "XA analyst", "XA contributor", "XA administrator", "XA machine"]
)
def test_who_is_no_supervisor_in_person_opens_none(files: Files, who: str) -> None:
    id = files.proposed()
    assert files.decide(id, who, version=1).status == 403
    assert files.one(LEAD, id)["state"] == "proposed"


@pytest.mark.parametrize("who", ["XA officer", "XA contributor", "XA administrator", "XA machine"])
def test_who_is_no_analyst_in_person_asks_for_none(scene: Scene, who: str) -> None:
    assert scene(who, "POST", "/files", json=FORM).status == 403


def test_what_a_supervisor_did_not_see_he_does_not_approve(files: Files) -> None:
    id = files.proposed()
    assert files.decide(id, version=7).status == 409


def test_a_file_that_is_not_approved_is_gone(scene: Scene, files: Files) -> None:
    id = files.proposed()
    assert files.decide(id, approve=False, why="Too wide").status == 204
    assert scene(LEAD, "GET", f"/files/{id}").status == 404
    assert scene(LEAD, "GET", "/files").json == []


def test_its_author_takes_a_proposal_back_and_nothing_later(scene: Scene, files: Files) -> None:
    id = files.proposed()
    assert scene(LEAD, "DELETE", f"/files/{id}").status == 204
    assert scene(BOSS, "GET", "/files/waiting").json == []
    opened = files.opened()
    assert scene(LEAD, "DELETE", f"/files/{opened}").status == 403


def test_every_fault_of_a_form_is_told_at_once(scene: Scene) -> None:
    wrong = {"area": "gardening", "level": "restricted", "reviewDue": "2028-01-01", "purpose": " "}
    answer = scene(LEAD, "POST", "/files", json={**FORM, **wrong, "closes": "2030-01-01", "retention": 1800})
    assert answer.status == 422
    assert set(places(answer)) == {"properties/purpose", "area", "level", "reviewDue", "retention"}


def test_a_bureau_has_so_many_files_and_no_more(
    scene: Scene, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_OF_BUREAU", 1)
    files.proposed()
    assert places(scene("XA office", "POST", "/files", json=FORM)) == [""]


# --- extending and closing -------------------------------------------------------------------------


def test_a_review_is_put_off_by_two_persons(scene: Scene, files: Files) -> None:
    id = files.opened()
    said = {"reviewDue": "2027-01-10", "why": "The inquiry goes on"}
    asked = scene(LEAD, "POST", f"/files/{id}/extend", json=said)
    assert (asked.status, asked.json["reviewDue"]) == (200, "2026-12-31")
    assert asked.json["pending"]["why"] == "The inquiry goes on"
    assert files.decide(id, LEAD, version=asked.json["version"]).status == 403
    waits = files.one(BOSS, id)
    assert (waits["pending"]["reviewDue"], waits["members"], waits["history"]) == ("2027-01-10", [], [])
    assert files.decide(id).status == 204
    shown = files.one(LEAD, id)
    assert (shown["reviewDue"], shown["pending"]) == ("2027-01-10", None)
    assert scene(BOSS, "GET", f"/files/{id}").status == 404


def test_a_later_end_never_makes_more_than_five_years(scene: Scene, files: Files) -> None:
    id = files.opened()
    said = {"reviewDue": "2026-12-31", "closes": "2030-12-31", "why": "It goes on"}
    assert places(scene(LEAD, "POST", f"/files/{id}/extend", json=said)) == ["retention"]


def test_a_review_that_is_overdue_is_told_to_the_owners_members_and_later_stops_all_writing(
    scene: Scene, files: Files, later: Callable[[float], Files]
) -> None:
    id = files.opened()
    files.joined(id, "XB analyst", "analyst")
    files = later(351)
    assert files.one(LEAD, id)["state"] == "overdue"
    [alert] = files.scene(LEAD, "GET", "/alerts").json
    assert (alert["what"], alert["object"]) == ("file-review", id)
    assert files.scene("XA officer", "GET", "/alerts").json == []
    assert files.contribute(LEAD, id, text="Still written").status == 201
    files = later(30)
    assert files.one(LEAD, id)["state"] == "read-only"
    assert files.contribute(LEAD, id, text="No more").status == 403
    assert len(files.scene(LEAD, "GET", "/alerts").json) == 1
    said = {"reviewDue": "2027-06-01", "why": "Late, but needed"}
    assert files.scene(LEAD, "POST", f"/files/{id}/extend", json=said).status == 200
    assert files.decide(id).status == 204
    assert files.contribute(LEAD, id, text="Again").status == 201


def test_a_closed_file_is_read_until_its_retention_ends_and_then_all_in_it_is_gone(
    scene: Scene, files: Files, later: Callable[[float], Files]
) -> None:
    id = files.opened(retention=10)
    files.joined(id, "XB office", "contributor")
    made = files.contributed(
        "XB office", id, text="Seen", things=[{"kind": "Person", "properties": {"name": ["Ivo Marenko"]}}]
    )
    record = made["things"][0]["id"]
    own = scene.contribute(who="XB office")["id"]
    files.contributed("XB office", id, text="Known already", records=[own])
    assert scene(LEAD, "POST", f"/files/{id}/close", json={"why": "Done"}).json["state"] == "closed"
    assert files.contribute("XB office", id, text="Late").status == 403
    assert scene("XB office", "GET", f"/records/{record}", purpose="analysis").status == 200
    files = later(10)
    for who in (LEAD, "XB office"):
        assert files.scene(who, "GET", f"/files/{id}").status == 404
        assert files.scene(who, "GET", "/me").json["held"].count(f"file/{id}") == 0
    assert files.scene("XB office", "GET", f"/records/{record}", purpose="analysis").status == 404
    assert files.scene("XB office", "GET", f"/records/{own}", purpose="analysis").status == 200


def test_a_file_closes_on_its_day(files: Files, later: Callable[[float], Files]) -> None:
    id = files.opened(closes="2026-02-01", reviewDue="2026-03-01")
    files = later(17)
    assert files.contribute(LEAD, id, text="Late").status == 403
    assert [s["did"] for s in files.one(LEAD, id)["history"]][-1] == "closed"


# --- nobody else -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["XB chief", "XZ chief", "XA officer", "XA supervisor", "XA machine"])
def test_who_is_no_member_gets_the_same_answer_for_a_file_as_for_none(
    scene: Scene, files: Files, who: str
) -> None:
    id = files.opened()
    asked: list[tuple[str, str, Any]] = [
        ("GET", "", None),
        ("POST", "/close", {"why": "x"}),
        ("POST", "/extend", {"reviewDue": "2026-06-01", "why": "x"}),
        ("POST", "/approve", {"version": 2, "approve": True}),
        ("POST", "/members", {"address": "a@xb.example", "bureau": "XB"}),
        ("POST", "/leave", None),
        ("POST", "/contributions", {"text": "x"}),
        ("GET", "/contributions", None),
        ("GET", "/subjects", None),
        (
            "POST",
            "/subjects",
            {"record": "x", "category": "contact", "rationale": "x", "reviewDue": "2026-06-01"},
        ),
    ]
    for method, path, said in asked:
        real = scene(who, method, f"/files/{id}{path}", json=said)
        none = scene(who, method, f"/files/{NOTHING}{path}", json=said)
        assert real.status in (403, 404)
        assert real.text.replace(id, NOTHING) == none.text


def test_a_proposal_is_for_its_author_and_those_who_may_approve_it(scene: Scene, files: Files) -> None:
    id = files.proposed("XA office", level="restricted")
    assert scene("XA chief", "GET", f"/files/{id}").status == 200
    for who in ("XA supervisor", "XA analyst", "XA officer", "XB chief", "XZ chief", "XA machine"):
        assert scene(who, "GET", f"/files/{id}").status == 404  # the supervisor is not cleared for it


def test_an_administrator_gives_nobody_a_files_compartment(scene: Scene, files: Files) -> None:
    id = files.opened()
    for who, other in [("XA administrator", "XA officer"), ("XZ administrator", "XB officer")]:
        said = {"held": [f"file/{id}"]}
        answer = scene(who, "PATCH", f"/officers/{scene.crew[other].id}", json=said)
        assert (answer.status, places(answer)) == (422, ["held"])
