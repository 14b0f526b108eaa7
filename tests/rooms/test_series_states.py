"""A series from state to state: two persons, merges of two bureaus, splits, who works on it."""

from typing import Any

from rooms.hashed import file
from rooms.scene import Scene
from rooms.series_scene import IDENTIFY, begin, check, contribute, state


def test_identified_takes_two_persons_and_how(scene: Scene) -> None:
    series = begin(scene, "XB office")
    series = state(scene, "XB office", series, "in-progress").json
    assert state(scene, "XB office", series, "identified").status == 422
    series = state(scene, "XB office", series, "identified", "By his school's badge").json
    assert (series["state"], series["proposed"]) == ("in-progress", "identified")
    yes = {"approve": True, "version": series["version"]}
    path = f"/series/{series['id']}/decision"
    assert scene("XB office", "POST", path, json=yes, purpose=IDENTIFY).status == 403
    assert scene("XB machine", "POST", path, json=yes, purpose=IDENTIFY).status in (403, 404)
    done = scene("XB chief", "POST", path, json=yes, purpose=IDENTIFY).json
    assert (done["state"], done["proposed"]) == ("identified", "")
    assert done["identified"]
    assert [s["did"] for s in done["history"]] == ["begun", "in-progress", "proposed", "identified"]
    seen = scene("XA office", "GET", f"/series/{series['id']}", purpose=IDENTIFY).json
    assert [s["did"] for s in seen["history"]] == ["begun", "in-progress", "identified"]
    assert all(s["officer"] == s["why"] == "" for s in seen["history"])


def test_states_follow_their_way(scene: Scene) -> None:
    series = begin(scene, "XB office")
    assert state(scene, "XB office", series, "identified", "x").status == 422
    assert state(scene, "XA office", series, "in-progress").status == 403
    stale = state(scene, "XB office", series, "in-progress")
    assert stale.status == 200
    assert state(scene, "XB office", series, "distributed").status == 409


def test_who_works_on_it_is_told_with_the_answer(scene: Scene) -> None:
    series = begin(scene, "XB office")
    contribute(scene, "XB office", file("a"), series=series["id"])
    said = scene(
        "XC office", "PUT", f"/series/{series['id']}/work", json={"note": "Ask Eno"}, purpose=IDENTIFY
    )
    assert [w["bureau"] for w in said.json["working"]] == ["XC"]
    assert check(scene, "XA office", file("a"))[0]["ties"][0]["working"] == ["XC"]
    assert scene("XC office", "DELETE", f"/series/{series['id']}/work", purpose=IDENTIFY).status == 204
    assert check(scene, "XA office", file("a"))[0]["ties"][0]["working"] == []


def merged(scene: Scene) -> tuple[dict[str, Any], dict[str, Any]]:
    """XA's series, asked to be merged into XB's, and XB's."""
    target, source = begin(scene, "XB office"), begin(scene, "XA office", "Pier")
    contribute(scene, "XB office", file("b"), series=target["id"])
    contribute(scene, "XA office", file("a"), series=source["id"])
    said = {"into": target["id"], "why": "The same boat"}
    asked = scene("XA office", "POST", f"/series/{source['id']}/merge", json=said, purpose=IDENTIFY)
    assert asked.status == 200, asked.text
    return source, target


def test_another_bureaus_series_takes_one_in_when_its_lead_says_so(scene: Scene) -> None:
    source, target = merged(scene)
    seen = scene("XB office", "GET", f"/series/{target['id']}", purpose=IDENTIFY).json
    assert [a["name"] for a in seen["asks"]] == ["Pier"]
    assert seen["images"] == 1
    assert [a["what"] for a in scene("XB office", "GET", "/alerts").json] == ["series-merge"]
    path = f"/series/{source['id']}/merge/answer"
    assert scene("XA office", "POST", path, json={"approve": True}, purpose=IDENTIFY).status == 403
    done = scene("XB office", "POST", path, json={"approve": True}, purpose=IDENTIFY).json
    assert (done["id"], done["images"], done["bureaus"]) == (target["id"], 2, {"XA": 1, "XB": 1})
    assert [s["did"] for s in done["history"]] == ["begun", "other-merged"]
    assert check(scene, "XC office", file("a"))[0]["ties"][0]["series"]["id"] == target["id"]
    images = scene("XC office", "GET", f"/series/{target['id']}/images", purpose=IDENTIFY).json
    assert {i["bureau"] for i in images} == {"XA", "XB"}


def test_a_merge_is_taken_back_with_its_history(scene: Scene) -> None:
    source, target = merged(scene)
    scene(
        "XB office", "POST", f"/series/{source['id']}/merge/answer", json={"approve": True}, purpose=IDENTIFY
    )
    apart = scene("XA office", "POST", f"/series/{source['id']}/apart", json={"why": "No"}, purpose=IDENTIFY)
    assert apart.status == 200, apart.text
    assert apart.json["into"] is None
    assert scene("XB office", "GET", f"/series/{target['id']}", purpose=IDENTIFY).json["images"] == 1
    assert [s["did"] for s in apart.json["history"]] == ["begun", "asked", "merged", "apart"]


def test_a_series_is_never_merged_into_what_stands_in_it(scene: Scene) -> None:
    one, other = begin(scene, "XA office", "One"), begin(scene, "XA office", "Other")
    said = {"into": one["id"], "why": "x"}
    path = f"/series/{other['id']}/merge"
    assert scene("XA office", "POST", path, json=said, purpose=IDENTIFY).status == 200
    back = {"into": other["id"], "why": "x"}
    answer = scene("XA office", "POST", f"/series/{one['id']}/merge", json=back, purpose=IDENTIFY)
    assert answer.status == 422


def test_images_of_ones_own_are_split_off(scene: Scene) -> None:
    source, target = merged(scene)
    scene(
        "XB office", "POST", f"/series/{source['id']}/merge/answer", json={"approve": True}, purpose=IDENTIFY
    )
    (mine,) = [i["id"] for i in scene("XA office", "GET", "/series/images", purpose="").json]
    said = {"images": [mine], "name": "Quay", "why": "Another boat"}
    made = scene("XA office", "POST", f"/series/{target['id']}/split", json=said, purpose=IDENTIFY)
    assert made.status == 201, made.text
    assert (made.json["name"], made.json["images"]) == ("Quay", 1)
    seen = scene("XB office", "GET", f"/series/{target['id']}", purpose=IDENTIFY).json
    assert seen["images"] == 1
    assert seen["history"][-1]["did"] == "other-split"
    assert (
        scene("XB office", "POST", f"/series/{target['id']}/split", json=said, purpose=IDENTIFY).status == 403
    )
