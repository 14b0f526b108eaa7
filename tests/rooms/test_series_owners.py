"""What an owner hides stays hidden: a file sent again, compartments, splits, names in files, and the gap
between looking up and telling."""

from dataclasses import replace
from typing import Any

import pytest

from entente.core.access import Asker, Purpose
from entente.desk import House, sit
from entente.rooms.series import asking, contributing
from entente.rooms.series.media_model import Media
from rooms.hashed import copy_of, digest, file
from rooms.scene import Scene
from rooms.series_scene import IDENTIFY, begin, check, contribute, meetings, state
from worlds.stage import FILE, Answer, work

INSIDE = {"mode": "everyone", "need": [FILE]}
"""For those who hold a second compartment too."""


def opened(scene: Scene, who: str, id: str) -> Answer:
    return scene(who, "GET", f"/series/images/{id}", purpose=IDENTIFY)


def seated(house: House, scene: Scene, who: str, held: frozenset[str] | None = None) -> Asker:
    person = scene.crew[who]
    known = scene(who, "GET", "/me").json
    numbers = {"XZ": 1, "XA": 2, "XB": 3, "XC": 4, "XD": 5}
    return Asker(
        person.id,
        numbers[person.bureau],
        Purpose.IDENTIFY,
        "case",
        frozenset(known["roles"]),
        held=frozenset(known["held"]) if held is None else held,
    )


# --- a file that comes again ---------------------------------------------------------------------


def test_a_silent_image_that_is_sent_again_stays_silent(scene: Scene) -> None:
    (id,) = contribute(scene, "XB office", file("a"), sharing="silent")
    assert contribute(scene, "XB office", {"md5": file("a")["md5"]}) == [id]
    assert opened(scene, "XA office", id).status == 404
    assert check(scene, "XA office", file("a"))[0]["says"] == "new"


def test_who_is_not_cleared_for_an_image_of_his_bureau_makes_one_beside_it(
    scene: Scene, house: House
) -> None:
    (id,) = contribute(scene, "XB office", file("a", device="Cam|X|1"), handling=INSIDE)
    asker = seated(house, scene, "XB office", frozenset({"series"}))
    with sit(house, asker, "contribute", writing=True) as desk:
        form = contributing.Contribution.model_validate({"media": [{"md5": file("a")["md5"]}]})
        (beside,), _ = contributing.contribute(desk, form)
    assert beside != id
    told = opened(scene, "XA office", beside).json["media"]
    assert (told["device"], told["pdq"], told["sha1"]) == ("", [], "")
    assert opened(scene, "XB office", id).json["media"]["device"] == "Cam|X|1"


def test_an_image_that_was_taken_back_lends_nothing_to_the_next(scene: Scene) -> None:
    (id,) = contribute(scene, "XB office", file("a", device="Cam|X|1"))
    scene("XB office", "DELETE", f"/series/images/{id}")
    (again,) = contribute(scene, "XB office", {"md5": file("a")["md5"]})
    assert opened(scene, "XB office", again).json["media"]["device"] == ""


def test_where_a_file_comes_from_is_added_to_and_never_lost(scene: Scene, house: House) -> None:
    (id,) = contribute(scene, "XB office", file("a", case="CASE-1", comments="one", extra={"A": 1}))
    contribute(scene, "XB office", file("a", case="CASE-2"))
    media = opened(scene, "XB office", id).json["media"]
    assert (media["case"], media["comments"], media["extra"]) == ("CASE-2", "one", {"A": 1})
    with sit(house, seated(house, scene, "XB office")) as desk:
        desk.note("see")
        origin = desk.look(contributing.origin_id(desk, id))
    assert origin.body["case"] == ("CASE-2", "CASE-1")


def test_the_name_of_a_series_in_a_file_is_its_owners_alone(scene: Scene) -> None:
    (id,) = contribute(scene, "XB office", file("a", series_name="Operation Jane Doe"))
    assert opened(scene, "XB office", id).json["media"]["series_name"] == "Operation Jane Doe"
    assert opened(scene, "XA office", id).json["media"]["series_name"] == ""
    answer = scene("XA office", "POST", "/series/check", json={"media": [file("a")]}, purpose=IDENTIFY)
    assert "Jane" not in answer.text


def test_who_may_see_an_image_is_said_anew_and_holds_at_once(scene: Scene) -> None:
    (id,) = contribute(scene, "XB office", file("a"))
    said = scene(
        "XB office", "PUT", f"/series/images/{id}/handling", json={"sharing": "silent"}, purpose=IDENTIFY
    )
    assert said.status == 204
    assert opened(scene, "XA office", id).status == 404
    assert check(scene, "XA office", file("a"))[0]["says"] == "new"


# --- compartments --------------------------------------------------------------------------------


def test_a_meeting_is_for_those_who_hold_what_both_sides_need(scene: Scene, house: House) -> None:
    contribute(scene, "XB office", file("a"), handling=INSIDE)
    assert check(scene, "XZ office", file("a"))[0]["says"] == "known"
    work(house)
    assert [t["how"] for t in meetings(scene, "XZ office")] == ["shown"]
    assert [t["how"] for t in meetings(scene, "XB office")] == ["asked"]
    assert meetings(scene, "XZ officer") == []  # cleared for series, and not for the second compartment
    assert all(a["what"] != "series" for a in scene("XZ officer", "GET", "/alerts").json)


def test_a_series_split_off_is_seen_by_those_alone_who_saw_all_of_it(scene: Scene) -> None:
    series = begin(scene, "XB office")
    ids = contribute(scene, "XB office", file("a"), series=series["id"])
    ids += contribute(scene, "XB office", file("b"), series=series["id"], sharing="silent")
    said = {"images": ids, "name": "Quay", "why": "w"}
    path = f"/series/{series['id']}/split"
    made = scene("XB office", "POST", path, json=said, purpose=IDENTIFY)
    assert made.status == 201
    assert scene("XA office", "GET", f"/series/{made.json['id']}", purpose=IDENTIFY).status == 404


def test_work_on_a_series_is_told_to_those_alone_who_see_it(scene: Scene) -> None:
    hidden = begin(scene, "XB office", handling=INSIDE)
    scene("XC office", "PUT", f"/series/{hidden['id']}/work", json={}, purpose=IDENTIFY)
    (work_of,) = scene("XC office", "GET", f"/series/{hidden['id']}", purpose=IDENTIFY).json["working"]
    assert work_of["bureau"] == "XC"
    assert scene("XZ officer", "GET", f"/series/{hidden['id']}", purpose=IDENTIFY).status == 404


def test_what_is_hidden_between_looking_and_telling_is_not_told(scene: Scene, house: House) -> None:
    (id,) = contribute(scene, "XB office", file("a"))
    (blind,) = contribute(scene, "XB office", file("b"), sharing="blind")
    asker = seated(house, scene, "XA office")
    with sit(house, asker, "search") as desk:
        looked = asking.look(desk, [Media(**file("a")), Media(**file("b"))])
        desk.note("see")
    assert [one.says for one in looked] == ["known", "contact"] and looked[1].hinting == {blind}
    for one in (id, blind):
        scene(
            "XB office", "PUT", f"/series/images/{one}/handling", json={"sharing": "silent"}, purpose=IDENTIFY
        )
    with sit(house, asker, "search") as desk:
        fresh = asking.again(desk, looked)
        desk.note("see")
    assert [(one.says, one.found, one.hinting) for one in fresh] == [("new", (), frozenset())] * 2


# --- two persons, two bureaus --------------------------------------------------------------------


def test_a_key_proposes_nothing_that_takes_two_persons(scene: Scene, house: House) -> None:
    made = scene("XB chief", "POST", "/keys", json={"name": "k", "roles": ["supervisor"], "held": ["series"]})
    assert made.status == 201, made.text
    machine = replace(scene.crew["XB machine"], id=made.json["issued"]["id"], key=made.json["key"])
    held = Scene(scene.ask, {**scene.crew, "XB key": machine})
    series = state(held, "XB key", begin(held, "XB key"), "in-progress")
    assert series.status == 200, series.text
    assert state(held, "XB key", series.json, "identified", "why").status == 403
    asked = state(held, "XB office", series.json, "identified", "why").json
    yes = {"approve": True, "version": asked["version"]}
    path = f"/series/{asked['id']}/decision"
    assert held("XB key", "POST", path, json=yes, purpose=IDENTIFY).status == 403


def test_a_key_holds_no_compartment_that_its_maker_does_not_hold(scene: Scene) -> None:
    said = {"name": "k", "held": ["series", "XB/secret"]}
    answer = scene("XB chief", "POST", "/keys", json=said)
    assert answer.status == 422
    assert len(answer.json["faults"]) == 1
    assert scene("XB administrator", "POST", "/keys", json={"name": "k", "held": ["series"]}).status == 422


def joined(scene: Scene) -> tuple[dict[str, Any], dict[str, Any]]:
    target, source = begin(scene, "XA office", "A"), begin(scene, "XC office", "B")
    contribute(scene, "XC office", file("b"), series=source["id"])
    scene("XB office", "PUT", f"/series/{source['id']}/work", json={"note": "n"}, purpose=IDENTIFY)
    said = {"into": target["id"], "why": "w"}
    scene("XC office", "POST", f"/series/{source['id']}/merge", json=said, purpose=IDENTIFY)
    path = f"/series/{source['id']}/merge/answer"
    assert scene("XA office", "POST", path, json={"approve": True}, purpose=IDENTIFY).status == 200
    return source, target


def test_who_works_on_a_series_works_on_what_it_was_merged_into(scene: Scene) -> None:
    _, target = joined(scene)
    seen = scene("XD office", "GET", f"/series/{target['id']}", purpose=IDENTIFY).json
    assert [w["bureau"] for w in seen["working"]] == ["XB"]
    assert check(scene, "XD office", file("b"))[0]["ties"][0]["working"] == ["XB"]
    assert scene("XB office", "DELETE", f"/series/{target['id']}/work", purpose=IDENTIFY).status == 204
    assert scene("XD office", "GET", f"/series/{target['id']}", purpose=IDENTIFY).json["working"] == []


def test_taking_ones_asking_back_leaves_what_others_ask_for(scene: Scene) -> None:
    target = begin(scene, "XB office")
    for who in ("XA office", "XC office"):
        source = begin(scene, who, who)
        said = {"into": target["id"], "why": "w"}
        scene(who, "POST", f"/series/{source['id']}/merge", json=said, purpose=IDENTIFY)
    alerts = scene("XB office", "GET", "/alerts").json
    assert [a["what"] for a in alerts] == ["series-merge"] * 2
    scene("XC office", "POST", f"/series/{source['id']}/apart", json={}, purpose=IDENTIFY)
    assert [a["what"] for a in scene("XB office", "GET", "/alerts").json] == ["series-merge"]


def test_what_waits_for_a_second_person_is_its_own_bureaus_to_know(scene: Scene) -> None:
    series = state(scene, "XB office", begin(scene, "XB office"), "in-progress", "begun for a reason").json
    state(scene, "XB office", series, "identified", "By the badge")
    seen = scene("XA office", "GET", f"/series/{series['id']}", purpose=IDENTIFY)
    assert (seen.json["proposed"], seen.json["proposer"]) == ("", "")
    assert "badge" not in seen.text and "for a reason" not in seen.text


def test_many_steps_freeze_no_series(scene: Scene, house: Any) -> None:
    series = begin(scene, "XB office")
    for n in range(310):
        said = {"name": f"Harbour {n}", "version": series["version"]}
        series = scene("XB office", "PUT", f"/series/{series['id']}", json=said, purpose=IDENTIFY).json
        house.clock.forward(seconds=1)
    assert series["name"] == "Harbour 309"
    assert len(series["history"]) == 302 and series["history"][0]["did"] == "begun"


# --- told ----------------------------------------------------------------------------------------


def test_the_very_picture_is_told_although_the_same_camera_was_told_before(
    scene: Scene, house: House
) -> None:
    series = begin(scene, "XB office")
    contribute(scene, "XB office", file("a", device="Cam|X|1"), series=series["id"])
    check(scene, "XA office", file("z", device="Cam|X|1"))
    work(house)
    (lead,) = meetings(scene, "XA office")
    assert lead["line"] == "device"
    check(scene, "XA office", file("a"))
    work(house)
    assert sorted(t["line"] for t in meetings(scene, "XA office")) == ["device", "identical"]


def test_of_a_blind_image_no_line_is_told(scene: Scene, house: House) -> None:
    contribute(scene, "XB office", file("a"), file("b"), sharing="blind")
    check(scene, "XA office", file("a"))
    check(scene, "XC office", copy_of("b", 40))
    work(house)
    (one,), (other,) = meetings(scene, "XA office"), meetings(scene, "XC office")
    assert one["line"] == other["line"] == "" and one["evidence"] == other["evidence"] == {}


def test_a_camera_alone_names_no_blind_owner(scene: Scene, house: House) -> None:
    contribute(scene, "XB office", file("a", device="Cam|X|1"), sharing="blind")
    assert check(scene, "XA office", file("z", device="Cam|X|1"))[0]["contacts"] == []
    work(house)
    assert meetings(scene, "XA office") == []


def test_what_a_bureau_ignores_makes_no_meeting(scene: Scene, house: House) -> None:
    scene("XA office", "POST", "/series/ignored", json={"text": "logo", "media": copy_of("logo", 2)})
    contribute(scene, "XA office", file("logo"))
    contribute(scene, "XB office", file("logo"))
    work(house)
    assert meetings(scene, "XA office") == []
    assert [t["how"] for t in meetings(scene, "XB office")] == ["shown"]


@pytest.mark.parametrize("sharing", ["silent", "open"])
def test_a_flood_of_one_camera_hides_no_identical_file(scene: Scene, house: House, sharing: str) -> None:
    contribute(scene, "XB office", {"md5": digest("one", 16), "device": "Cam|X|1"})
    for start in (0, 150):
        many = [{"md5": digest(f"n{start + n}", 16), "device": "Cam|X|1"} for n in range(150)]
        contribute(scene, "XC office", *many, sharing=sharing)
    work(house)
    check(scene, "XD office", {"md5": digest("one", 16), "device": "Cam|X|1"})
    work(house)
    told = [t for t in meetings(scene, "XD office") if t["bureau"] == "XB"]
    assert [t["line"] for t in told] == ["identical"]
