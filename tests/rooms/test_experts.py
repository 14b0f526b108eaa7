"""The directory of experts: who is listed to whom, what is confirmed, and what ends."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.bureaus import experts
from rooms.scene import Scene, places

LENA = {
    "name": "Lena Ørsted",
    "unit": "Document laboratory",
    "areas": ["documents", "cultural-property"],
    "languages": ["en", "fr"],
    "phone": "+999 55",
    "email": "lab@xa.example",
    "hours": "mornings",
}


def add(scene: Scene, who: str = "XA analyst", **more: Any) -> dict[str, Any]:
    answer = scene(who, "POST", "/experts", json={**LENA, **more})
    assert answer.status == 201, answer.text
    kept: dict[str, Any] = answer.json
    return kept


def names(scene: Scene, who: str, query: str = "") -> list[str]:
    return [e["name"] for e in scene(who, "GET", f"/experts{query}").json]


def test_an_analyst_enters_an_expert_whom_everybody_finds(scene: Scene) -> None:
    kept = add(scene)
    assert (kept["bureau"], kept["verified"], kept["expires"]) == ("XA", "2026-01-15", "2027-01-15")
    assert (kept["audience"]["to"], kept["invitable"]) == ("everyone", False)
    [shown] = scene("XD contributor", "GET", "/experts").json
    assert shown == {**kept, "audience": None}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?area=documents", True),
        ("?area=drugs", False),
        ("?language=fr", True),
        ("?language=es", False),
        ("?bureau=XA", True),
        ("?bureau=xa", True),
        ("?bureau=XB", False),
        ("?bureau=XQ", False),
        ("?words=orsted+LABORATORY", True),
        ("?words=identity", True),
        ("?words=orsted+drugs", False),
        ("?area=documents&language=en&bureau=XA&words=lena", True),
    ],
)
def test_experts_are_found_by_area_language_bureau_and_words(scene: Scene, query: str, found: bool) -> None:
    add(scene)
    assert names(scene, "XB officer", query) == (["Lena Ørsted"] if found else [])


def test_every_fault_of_an_entry_is_named_and_nothing_is_kept(scene: Scene) -> None:
    said = {
        **LENA,
        "name": "\u202e",
        "areas": ["documents", "gardening"],
        "languages": ["klingon"],
        "email": "nowhere",
        "phone": "none",
        "officer": "officer@xb.example",
        "audience": {"to": "bureaus", "bureaus": ["XB", "XQ"]},
    }
    answer = scene("XA analyst", "POST", "/experts", json=said)
    assert answer.status == 422
    assert set(places(answer)) == {
        "properties/name/0",
        "areas/1",
        "languages/0",
        "properties/email/0",
        "properties/phone/0",
        "officer",
        "audience/bureaus/1",
    }
    assert names(scene, "XA analyst") == []
    nobody = scene("XA analyst", "POST", "/experts", json={"name": " ", "areas": ["drugs"]})
    assert places(nobody) == ["properties/name"]


def test_analysts_and_supervisors_keep_their_own_bureaus_entries(scene: Scene) -> None:
    id = add(scene)["id"]
    for who, status in [("XA officer", 403), ("XA administrator", 403), ("XB analyst", 403)]:
        assert scene(who, "PATCH", f"/experts/{id}", json={"unit": "x"}).status == status
        assert scene(who, "POST", f"/experts/{id}/confirm").status == status
        assert scene(who, "DELETE", f"/experts/{id}").status == status
    changed = scene("XA supervisor", "PATCH", f"/experts/{id}", json={"unit": "", "areas": ["drugs"]}).json
    assert (changed["unit"], changed["areas"], changed["phone"]) == ("", ["drugs"], "+999 55")
    assert names(scene, "XB officer", "?area=documents") == []
    assert scene("XA analyst", "DELETE", f"/experts/{id}").status == 204
    assert names(scene, "XA analyst") == []
    assert scene("XA analyst", "DELETE", f"/experts/{id}").status == 404


def test_an_entry_for_some_bureaus_is_as_none_for_others_who_sees_it_is_its_bureaus_own(scene: Scene) -> None:
    said = {"to": "bureaus", "bureaus": ["XB"]}
    kept = add(scene, audience=said)
    assert kept["audience"]["bureaus"] == ["XB"]
    assert names(scene, "XB officer") == names(scene, "XA officer") == ["Lena Ørsted"]
    assert scene("XB officer", "GET", "/experts").json[0]["audience"] is None
    assert names(scene, "XC officer") == names(scene, "XZ chief") == []
    a, b = (scene("XC analyst", "DELETE", f"/experts/{i}") for i in (kept["id"], "0" * 32))
    assert (a.status, a.headers, a.body) == (404, b.headers, b.body)
    scene("XA analyst", "PATCH", f"/experts/{kept['id']}", json={"audience": {"to": "everyone"}})
    assert names(scene, "XC officer") == ["Lena Ørsted"]


def test_an_entry_for_a_working_group_is_for_its_members(scene: Scene) -> None:
    form = {"name": "Harbour", "area": "documents", "ends": "2026-12-31"}
    group = scene("XA analyst", "POST", "/groups", json=form).json["id"]
    add(scene, audience={"to": "group", "group": group})
    assert names(scene, "XA analyst") == ["Lena Ørsted"]
    assert names(scene, "XA supervisor") == names(scene, "XB chief") == []
    said = {**LENA, "audience": {"to": "group", "group": group}}
    foreign = scene("XB analyst", "POST", "/experts", json=said)
    nothing = scene(
        "XB analyst", "POST", "/experts", json={**LENA, "audience": {"to": "group", "group": "0" * 32}}
    )
    assert places(foreign) == ["audience/group"] and foreign.body == nothing.body
    add(scene, "XA analyst", name="Colleague", officer="office@xa.example")
    scene("XA analyst", "POST", f"/groups/{group}/invite", json={"colleague": "office@xa.example"})
    [invitation] = scene("XA office", "GET", "/invitations").json
    scene("XA office", "POST", f"/invitations/{invitation['id']}/accept")
    assert names(scene, "XA office") == ["Colleague", "Lena Ørsted"]
    scene("XA office", "POST", f"/groups/{group}/leave")
    scene("XA analyst", "POST", f"/groups/{group}/leave")
    assert names(scene, "XA analyst") == ["Colleague"]


def test_an_entry_ends_after_a_year_unless_its_bureau_confirms_it(
    scene: Scene, house: House, clock: Any, work: Any, doors: Any
) -> None:
    scene = Scene(doors(idle_minutes=10_000_000), scene.crew)
    kept, other = add(scene), add(scene, name="Nobody")
    clock.forward(days=334)
    work(house)
    assert told(house) == []
    clock.forward(days=1)
    work(house)
    work(house)
    assert sorted(told(house)) == sorted([(2, kept["id"]), (2, other["id"])])
    confirmed = scene("XA analyst", "POST", f"/experts/{kept['id']}/confirm").json
    assert (confirmed["verified"], confirmed["expires"]) == ("2026-12-16", "2027-12-16")
    clock.forward(days=29)
    assert names(scene, "XB officer") == ["Lena Ørsted", "Nobody"]
    clock.forward(days=1)
    assert names(scene, "XB officer") == ["Lena Ørsted"]
    clock.forward(days=305)
    work(house)
    assert (2, kept["id"]) in told(house)


def told(house: House) -> list[tuple[int, str]]:
    """(bureau, entry) of the alerts that stand."""

    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see")
        found = [t for n in range(1, 6) for _, t in desk.inspect_all([f"alerts-new:{n}"])]
        return [(t.handling.owner, t.first("object")) for t in found if t.first("what") == "expert-ends"]


def test_an_expert_who_is_an_officer_here_is_invited_without_his_number_being_told(scene: Scene) -> None:
    kept = add(scene, "XB analyst", officer="officer@xb.example")
    assert kept["invitable"] is True
    assert scene.crew["XB officer"].id not in scene("XA analyst", "GET", "/experts").text
    plain = add(scene, "XB analyst", name="Outside")
    form = {"name": "Harbour", "area": "documents", "ends": "2026-12-31"}
    path = f"/groups/{scene('XA analyst', 'POST', '/groups', json=form).json['id']}/invite"
    assert places(scene("XA analyst", "POST", path, json={"expert": plain["id"]})) == ["expert"]
    assert scene("XA analyst", "POST", path, json={"expert": "0" * 32}).status == 404
    assert scene("XA analyst", "POST", path, json={"expert": kept["id"]}).status == 204
    both = {"expert": kept["id"], "colleague": "officer@xa.example"}
    assert places(scene("XA analyst", "POST", path, json=both)) == ["expert"]
    for foreign in ("officer@xb.example", scene.crew["XB officer"].id, scene.crew["XA machine"].id, "x\0"):
        assert places(scene("XA analyst", "POST", path, json={"colleague": foreign})) == ["colleague"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hidden=st.lists(st.sampled_from(["Abel", "Lena", "Marten", "Zoë"]), max_size=4))
def test_hidden_entries_move_nothing(scene: Scene, hidden: list[str]) -> None:
    for name in ("Marten", "Adam", "Zoë", "Lena"):
        if name not in names(scene, "XC officer"):
            add(scene, name=name)
    before = scene("XC officer", "GET", "/experts?area=documents").body
    for name in hidden:
        add(scene, "XB analyst", name=name, audience={"to": "bureaus", "bureaus": ["XD"]})
    assert scene("XC officer", "GET", "/experts?area=documents").body == before
    assert names(scene, "XC officer") == ["Adam", "Lena", "Marten", "Zoë"]


def test_an_expert_is_kept_on_pages(scene: Scene) -> None:
    def page(who: str, method: str, path: str, form: list[tuple[str, str]] | None = None) -> Any:
        return scene.ask(scene.crew[who], method, path, form=form)

    form = [("name", "Lena Ørsted"), ("areas", "documents"), ("languages", "en, fr"), ("to", "everyone")]
    wrong = page("XA analyst", "POST", "/experts", [*form, ("email", "nowhere")])
    assert wrong.status == 422 and 'value="Lena Ørsted"' in wrong.text
    assert page("XA analyst", "POST", "/experts", form).status == 303
    shown = page("XB officer", "GET", "/experts?area=documents&words=lena").text
    assert "Lena Ørsted" in shown and "Enter an expert" not in shown
    assert "Lena" not in page("XB officer", "GET", "/experts?area=drugs").text.partition("<table")[2]
    [kept] = scene("XA analyst", "GET", "/experts").json
    path = f"/experts/{kept['id']}"
    assert page("XB analyst", "GET", path).status == 403
    assert "en fr" in page("XA analyst", "GET", path).text
    assert page("XA analyst", "POST", path, [*form, ("unit", "Lab")]).status == 303
    assert page("XA analyst", "POST", f"{path}/confirm", []).status == 303
    assert page("XA analyst", "POST", f"{path}/remove", []).status == 303
    assert names(scene, "XA analyst") == []


# --- how many --------------------------------------------------------------------------------------


def test_a_bureau_has_so_many_experts_and_no_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experts, "MOST_OF_BUREAU", 2)
    first = add(scene)
    add(scene, "XA supervisor", audience={"to": "bureaus", "bureaus": ["XA"]})
    add(scene, "XB analyst")  # each bureau has its own
    assert scene("XA analyst", "POST", "/experts", json=LENA).status == 422
    assert scene("XA analyst", "PATCH", f"/experts/{first['id']}", json={"unit": "Another"}).status == 200
    assert scene("XA analyst", "DELETE", f"/experts/{first['id']}").status == 204
    add(scene)


def test_the_lists_of_bureaus_that_experts_are_shown_to_stay_few(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown_to(*bureaus: str) -> dict[str, Any]:
        return {"audience": {"to": "bureaus", "bureaus": bureaus}}

    def classes() -> int:
        with house.store.reading() as tx:
            return len(tx.classes.table())

    monkeypatch.setattr(experts, "MOST_LISTS", 2)
    entry = f"/experts/{add(scene, **shown_to('XB', 'XC'))['id']}"
    assert scene("XA analyst", "PATCH", entry, json=shown_to("XB", "XD")).status == 200
    before = classes()
    one_more = scene("XA analyst", "PATCH", entry, json=shown_to("XC", "XD"))
    assert (one_more.status, places(one_more)) == (422, ["audience/bureaus"])
    new = scene("XA analyst", "POST", "/experts", json={**LENA, **shown_to("XA", "XB", "XC")})
    assert (new.status, places(new)) == (422, ["audience/bureaus"])
    assert classes() == before
    for known in (shown_to("XC", "XB"), shown_to("XD"), {"audience": {"to": "everyone"}}):
        assert scene("XA analyst", "PATCH", entry, json=known).status == 200
    add(scene, "XB analyst", **shown_to("XC", "XD"))  # each bureau has its own
