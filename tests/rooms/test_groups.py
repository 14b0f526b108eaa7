"""Working groups: who is invited, who holds the compartment, and that nobody else can learn of them (L29)."""

from typing import Any

import pytest

from entente.core.problems import Absent
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import group_of, working_groups
from rooms.scene import EVERYONE, Scene, places
from rooms.signing import another_session

FORM = {"name": "Harbour", "area": "documents", "purpose": "Forged passports", "ends": "2026-12-31"}


@pytest.fixture
def group(scene: Scene) -> dict[str, Any]:
    answer = scene("XA analyst", "POST", "/groups", json=FORM)
    assert answer.status == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


def join(scene: Scene, group: str, who: str, convenor: str = "XA analyst") -> None:
    """The convenor's way to any officer: through the entry of an expert."""
    bureau = who[:2]
    entry = {"name": who, "areas": ["documents"], "officer": scene.crew[who].id}
    keeper = f"{bureau} analyst"
    expert = scene(keeper, "POST", "/experts", json=entry)
    assert expert.status == 201, expert.text
    said = {"expert": expert.json["id"]}
    assert scene(convenor, "POST", f"/groups/{group}/invite", json=said).status == 204
    [invitation] = scene(who, "GET", "/invitations").json
    assert scene(who, "POST", f"/invitations/{invitation['id']}/accept").status == 204


def held(scene: Scene, who: str) -> list[str]:
    kept: list[str] = scene(who, "GET", "/me").json["held"]
    return kept


# --- how it goes -----------------------------------------------------------------------------------


def test_an_analyst_makes_a_group_and_holds_its_compartment_at_his_very_next_request(
    scene: Scene, group: dict[str, Any]
) -> None:
    assert held(scene, "XA analyst") == [f"group/{group['id']}"]
    assert scene("XA analyst", "GET", "/groups").json == [group]
    assert [(m["name"], m["convenor"]) for m in group["members"]] == [("Analyst of XA", True)]
    assert (group["bureaus"], group["convenor"], group["ended"]) == (["XA"], True, False)


@pytest.mark.parametrize("who", ["XA officer", "XA contributor", "XA administrator", "XA machine"])
def test_who_is_no_analyst_or_supervisor_in_person_makes_none(scene: Scene, who: str) -> None:
    assert scene(who, "POST", "/groups", json=FORM).status == 403


@pytest.mark.parametrize(
    ("most", "who"), [("MOST_CONVENED", "XA analyst"), ("MOST_OF_BUREAU", "XA supervisor")]
)
def test_so_many_groups_are_convened_at_a_time_and_no_more(
    scene: Scene, group: dict[str, Any], monkeypatch: pytest.MonkeyPatch, most: str, who: str
) -> None:
    monkeypatch.setattr(working_groups, most, 2)
    assert scene("XA analyst", "POST", "/groups", json=FORM).status == 201
    assert scene(who, "POST", "/groups", json=FORM).status == 422
    other = "XB analyst" if most == "MOST_OF_BUREAU" else "XA supervisor"
    assert scene(other, "POST", "/groups", json=FORM).status == 201
    assert scene("XA analyst", "PATCH", f"/groups/{group['id']}", json={"name": "Port"}).status == 200
    assert scene(who, "POST", "/groups", json=FORM).status == 422
    assert scene("XA analyst", "POST", f"/groups/{group['id']}/leave").status == 204
    assert scene(who, "POST", "/groups", json=FORM).status == 201


def test_a_bureau_makes_so_many_groups_in_a_day_gone_again_or_not(
    scene: Scene, group: dict[str, Any], house: House, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working_groups, "MOST_A_DAY", 2)
    assert scene("XA analyst", "POST", f"/groups/{group['id']}/leave").status == 204
    second = scene("XA supervisor", "POST", "/groups", json=FORM)
    assert scene("XA supervisor", "POST", f"/groups/{second.json['id']}/leave").status == 204
    assert scene("XA analyst", "POST", "/groups", json=FORM).status == 422
    assert scene("XB analyst", "POST", "/groups", json=FORM).status == 201
    clock.forward(days=1)
    back = another_session(house, scene.crew["XA analyst"])
    assert scene.ask(back, "POST", "/api/v1/groups", json=FORM).status == 201


def test_every_fault_of_a_group_is_named(scene: Scene) -> None:
    said = {"name": "\u202e", "area": "gardening", "ends": "2028-01-01"}
    answer = scene("XA analyst", "POST", "/groups", json=said)
    assert (answer.status, sorted(places(answer))) == (422, ["area", "ends", "properties/name/0"])
    said = {"name": " ", "area": "drugs", "ends": "2026-01-15"}
    assert sorted(places(scene("XA analyst", "POST", "/groups", json=said))) == ["ends", "properties/name"]


def test_an_officer_of_another_bureau_joins_by_accepting(scene: Scene, group: dict[str, Any]) -> None:
    id = group["id"]
    assert scene("XB officer", "GET", f"/groups/{id}").status == 404
    join(scene, id, "XB officer")
    assert held(scene, "XB officer") == [f"group/{id}"]
    shown = scene("XB officer", "GET", f"/groups/{id}").json
    assert shown["bureaus"] == ["XA", "XB"]
    assert [m["bureau"] for m in shown["members"]] == ["XA", "XB"]
    assert not shown["convenor"] and shown["invited"] == []
    assert scene("XB officer", "GET", "/invitations").json == []


def test_an_invitation_is_shown_to_the_officer_invited_alone(scene: Scene, group: dict[str, Any]) -> None:
    said = {"colleague": "officer@xa.example"}
    assert scene("XA analyst", "POST", f"/groups/{group['id']}/invite", json=said).status == 204
    assert scene("XA analyst", "POST", f"/groups/{group['id']}/invite", json=said).status == 204
    [mine] = scene("XA officer", "GET", "/invitations").json
    assert (mine["group"], mine["by"], mine["bureau"], mine["until"]) == (
        "Harbour",
        "Analyst of XA",
        "XA",
        "2026-02-14",
    )
    for who in ("XA analyst", "XA chief", "XA supervisor", "XB officer", "XZ chief", "XA machine"):
        assert scene(who, "GET", "/invitations").json == []
        for word in ("accept", "decline"):
            assert scene(who, "POST", f"/invitations/{mine['id']}/{word}").status == 404
    assert [i["name"] for i in scene("XA analyst", "GET", f"/groups/{group['id']}").json["invited"]] == [
        "Officer of XA"
    ]
    assert scene("XA officer", "POST", f"/invitations/{mine['id']}/decline").status == 204
    assert scene("XA officer", "GET", "/invitations").json == []
    assert held(scene, "XA officer") == []
    assert scene("XA analyst", "GET", f"/groups/{group['id']}").json["invited"] == []


def test_an_invitation_ends_after_thirty_days_or_when_it_is_taken_back(
    scene: Scene, group: dict[str, Any], clock: Any
) -> None:
    path = f"/groups/{group['id']}"
    said = {"colleague": scene.crew["XA supervisor"].id}
    scene("XA analyst", "POST", f"{path}/invite", json=said)
    assert len(scene("XA supervisor", "GET", "/invitations").json) == 1
    officer = scene.crew["XA supervisor"].id
    assert scene("XA analyst", "DELETE", f"{path}/members/{officer}").status == 204
    assert scene("XA supervisor", "GET", "/invitations").json == []
    assert scene("XA analyst", "DELETE", f"{path}/members/{officer}").status == 404


def test_a_group_is_left_and_the_last_convenor_names_another_first(
    scene: Scene, group: dict[str, Any]
) -> None:
    id = group["id"]
    path = f"/groups/{id}"
    join(scene, id, "XB officer")
    answer = scene("XA analyst", "POST", f"{path}/leave")
    assert (answer.status, places(answer)) == (422, ["convenors"])
    said = {"convenors": [scene.crew["XB officer"].id, scene.crew["XC officer"].id]}
    assert places(scene("XA analyst", "PATCH", path, json=said)) == ["convenors/1"]
    said = {"convenors": [scene.crew["XA analyst"].id, scene.crew["XB officer"].id]}
    assert scene("XA analyst", "PATCH", path, json=said).status == 200
    assert scene("XA analyst", "POST", f"{path}/leave").status == 204
    assert held(scene, "XA analyst") == []
    assert scene("XA analyst", "GET", path).status == 404
    assert scene("XB officer", "GET", path).json["bureaus"] == ["XB"]
    assert scene("XB officer", "POST", f"{path}/leave").status == 204
    assert scene("XB officer", "GET", path).status == 404
    assert held(scene, "XB officer") == []


def test_members_see_and_convenors_change(scene: Scene, group: dict[str, Any]) -> None:
    id = group["id"]
    path = f"/groups/{id}"
    join(scene, id, "XB officer")
    me, other = scene.crew["XB officer"].id, scene.crew["XA analyst"].id
    for method, at, said in [
        ("PATCH", path, {"name": "Mine"}),
        ("POST", f"{path}/invite", {"colleague": "chief@xb.example"}),
        ("DELETE", f"{path}/members/{other}", None),
    ]:
        assert scene("XB officer", method, at, json=said).status == 403
        assert scene("XC officer", method, at, json=said).status == 404
    assert scene("XA analyst", "DELETE", f"{path}/members/{me}").status == 204
    assert held(scene, "XB officer") == []


def test_where_no_active_convenor_is_left_any_member_takes_it_over(
    scene: Scene, group: dict[str, Any]
) -> None:
    path = f"/groups/{group['id']}"
    join(scene, group["id"], "XB officer")
    id = scene.crew["XA analyst"].id
    scene("XA administrator", "PATCH", f"/officers/{id}", json={"active": False})
    said = {"convenors": [scene.crew["XB officer"].id]}
    assert scene("XB officer", "PATCH", path, json=said).status == 200
    assert scene("XB officer", "DELETE", f"{path}/members/{id}").status == 204
    assert scene("XB officer", "GET", path).json["bureaus"] == ["XB"]


def test_a_group_is_renewed_or_ends_and_is_erased_after_a_month(
    scene: Scene, group: dict[str, Any], house: House, clock: Any, work: Any, doors: Any
) -> None:
    scene = Scene(doors(idle_minutes=1_000_000), scene.crew)
    path = f"/groups/{group['id']}"
    assert scene("XA analyst", "PATCH", path, json={"ends": "2026-02-01"}).status == 200
    scene("XA analyst", "POST", f"{path}/invite", json={"colleague": "officer@xa.example"})
    clock.forward(days=17)
    assert scene("XA analyst", "GET", path).json["ended"] is True
    assert scene("XA officer", "GET", "/invitations").json == []
    answer = scene("XA analyst", "POST", f"{path}/invite", json={"colleague": "chief@xa.example"})
    assert places(answer) == ["ends"]
    assert scene("XA analyst", "PATCH", path, json={"ends": "2026-02-10"}).json["ended"] is False
    clock.forward(days=9 + 29)
    work(house)
    assert scene("XA analyst", "GET", path).json["ended"] is True
    clock.forward(days=1)
    work(house)
    assert held(scene, "XA analyst") == []
    assert scene("XA analyst", "GET", path).status == 404


def test_a_record_for_the_group_is_seen_by_its_members_until_they_leave(
    scene: Scene, group: dict[str, Any]
) -> None:
    id = group["id"]
    join(scene, id, "XA office")
    join(scene, id, "XB officer")
    handling = {**EVERYONE, "need": [f"group/{id}"]}
    kept = scene.contribute(handling=handling)["id"]
    assert scene.found("XB officer", "Ivo Marenko") == [kept]
    assert scene.found("XA officer", "Ivo Marenko") == scene.found("XC chief", "Ivo Marenko") == []
    scene("XB officer", "POST", f"/groups/{id}/leave")
    assert scene.found("XB officer", "Ivo Marenko") == []


# --- nobody else can learn that it exists ----------------------------------------------------------


def test_an_administrators_change_of_an_officer_neither_drops_nor_gives_a_group(
    scene: Scene, group: dict[str, Any]
) -> None:
    id = scene.crew["XA analyst"].id
    said = {"held": ["XA/x"], "roles": ["officer"]}
    assert scene("XA administrator", "PATCH", f"/officers/{id}", json=said).json["held"] == ["XA/x"]
    assert held(scene, "XA analyst") == ["XA/x", f"group/{group['id']}"]
    for who, other in [("XA administrator", "XA officer"), ("XZ administrator", "XB officer")]:
        answer = scene(
            who, "PATCH", f"/officers/{scene.crew[other].id}", json={"held": ["group/" + "0" * 32]}
        )
        assert (answer.status, places(answer)) == (422, ["held"])
        same = scene(
            who, "PATCH", f"/officers/{scene.crew[other].id}", json={"held": [f"group/{group['id']}"]}
        )
        assert same.text.replace(group["id"], "0" * 32) == answer.text
        assert held(scene, other) == []
    form = {"name": "New", "email": "new@xa.example", "held": [f"group/{group['id']}"]}
    assert places(scene("XZ administrator", "POST", "/officers", json=form)) == ["held"]


@pytest.mark.parametrize(
    ("who", "method", "path", "said"),
    [
        (who, method, path, said)
        for who in ("XB chief", "XZ chief", "XA officer", "XA supervisor")
        for method, path, said in [
            ("GET", "/groups/{}", None),
            ("PATCH", "/groups/{}", {"name": "x"}),
            ("POST", "/groups/{}/invite", {"colleague": "officer@xb.example"}),
            ("POST", "/groups/{}/leave", None),
            ("DELETE", "/groups/{}/members/me", None),
            ("GET", "/records/{}", None),
        ]
    ],
)
def test_for_everybody_else_a_group_is_as_none(
    scene: Scene, group: dict[str, Any], who: str, method: str, path: str, said: Any
) -> None:
    a, b = (scene(who, method, path.format(id), json=said) for id in (group["id"], "0" * 32))
    assert (a.status, a.headers, a.body) == (404, b.headers, b.body)


def test_a_group_changes_nothing_that_others_are_shown(scene: Scene, dice: Any) -> None:
    asked = [
        ("XA administrator", "GET", "/officers"),
        ("XB administrator", "GET", "/officers"),
        ("XZ administrator", "GET", "/officers"),
        ("XB officer", "GET", "/groups"),
        ("XA supervisor", "GET", "/groups"),
        ("XC chief", "GET", "/experts"),
        ("XA office", "GET", "/records"),
        ("XC officer", "GET", "/bureaus"),
    ]
    join_after = [scene(*one).body for one in asked]
    pages = [
        ("XA administrator", "/officers"),
        ("XA administrator", f"/officers/{scene.crew['XA analyst'].id}"),
    ]
    shown = [scene.ask(scene.crew[who], "GET", path).body for who, path in pages]
    id = scene("XA analyst", "POST", "/groups", json=FORM).json["id"]
    scene("XA analyst", "POST", f"/groups/{id}/invite", json={"colleague": "office@xa.example"})
    [invitation] = scene("XA office", "GET", "/invitations").json
    scene("XA office", "POST", f"/invitations/{invitation['id']}/accept")
    assert [scene(*one).body for one in asked] == join_after
    assert [scene.ask(scene.crew[who], "GET", path).body for who, path in pages] == shown
    again = scene("XB analyst", "POST", "/groups", json=FORM)
    assert again.status == 201  # no name is taken


def test_other_rooms_ask_for_a_group_at_the_door(scene: Scene, group: dict[str, Any], house: House) -> None:
    join(scene, group["id"], "XB officer")
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        desk.note("see")
        known = group_of(desk, group["id"])
        assert (known.compartment, known.bureaus) == (f"group/{group['id']}", frozenset({2, 3}))
        for nothing in ("0" * 32, "x", scene.crew["XA officer"].id):
            with pytest.raises(Absent):
                group_of(desk, nothing)


# --- pages -----------------------------------------------------------------------------------------


def test_a_group_is_made_joined_and_left_on_pages(scene: Scene) -> None:
    def page(who: str, method: str, path: str, form: list[tuple[str, str]] | None = None) -> Any:
        return scene.ask(scene.crew[who], method, path, form=form)

    assert "Make a working group" not in page("XA officer", "GET", "/groups").text
    wrong = page(
        "XA analyst", "POST", "/groups", [("name", "Harbour"), ("area", "drugs"), ("ends", "2030-01-01")]
    )
    assert wrong.status == 422 and 'value="Harbour"' in wrong.text and "ends within a year" in wrong.text
    made = page(
        "XA analyst", "POST", "/groups", [("name", "Harbour"), ("area", "drugs"), ("ends", "2026-12-31")]
    )
    path = made.header("location")
    assert made.status == 303 and "Harbour" in page("XA analyst", "GET", path).text
    officer, me = scene.crew["XA officer"].id, scene.crew["XA analyst"].id
    assert page("XA analyst", "POST", f"{path}/invite", [("colleague", officer)]).status == 303
    assert "Invited" in page("XA analyst", "GET", path).text
    for at in ("/me", "/groups"):
        assert "Harbour" in page("XA officer", "GET", at).text
        assert "Harbour" not in page("XA supervisor", "GET", at).text
    [invitation] = scene("XA officer", "GET", "/invitations").json
    assert page("XA officer", "POST", f"/invitations/{invitation['id']}/accept", []).status == 303
    assert page("XA officer", "GET", path).status == 200
    assert page("XA analyst", "POST", f"{path}/leave", []).status == 422
    form = [("name", "Port"), ("area", "drugs"), ("ends", "2026-12-31")]
    chosen = [*form, ("convenors", officer), ("convenors", me)]
    assert page("XA analyst", "POST", path, chosen).status == 303
    assert page("XA officer", "POST", f"{path}/members/{me}/remove", []).status == 303
    assert page("XA analyst", "GET", path).status == 404
    assert page("XA officer", "POST", f"{path}/leave", []).status == 303
    assert "Port" not in page("XA officer", "GET", "/groups").text


def test_a_group_is_called_by_its_name_where_its_members_read_of_it(scene: Scene) -> None:
    me, record = scene.crew["XA supervisor"], scene.contribute(who="XA supervisor")["id"]
    group = scene("XA supervisor", "POST", "/groups", json=FORM).json["id"]
    for path in ("/me", f"/records/{record}/handling"):
        page = scene.ask(me, "GET", path).text
        assert "Harbour" in page, path
        assert f">group/{group}" not in page
