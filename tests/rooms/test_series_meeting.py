"""Two bureaus that have, or ask for, the same: what each side is told, whichever came later."""

from collections.abc import Callable
from typing import Any

import pytest

from rooms.hashed import copy_of, file
from rooms.scene import Scene
from rooms.series_scene import IDENTIFY, begin, check, contribute, meetings
from worlds.stage import Crew, work


@pytest.fixture
def scene(doors: Callable[..., Any], crew: Crew) -> Scene:
    """Sessions do not end while the clock goes on."""
    return Scene(doors(idle_minutes=10**6), crew)


def test_a_question_that_meets_a_series_tells_both_sides(scene: Scene, house: Any) -> None:
    series = begin(scene, "XB office")
    ids = contribute(scene, "XB office", file("a"), file("b"), series=series["id"])
    check(scene, "XA office", file("a"), copy_of("b", 9))
    work(house)
    (mine,), (theirs,) = meetings(scene, "XA office"), meetings(scene, "XB office")
    assert (mine["how"], mine["bureau"], mine["series"]["name"]) == ("shown", "XB", "Harbour")
    assert (theirs["how"], theirs["bureau"], theirs["series"]) == ("asked", "XA", None)
    assert theirs["justification"] == "case 1"
    assert sorted(theirs["mine"]) == sorted(ids)
    assert len(mine["mine"]) == 2
    assert mine["token"] == theirs["token"]
    assert mine["due"] and mine["later"] == "mine" and theirs["later"] == "theirs"
    alerts = scene("XB office", "GET", "/alerts").json
    assert [a["what"] for a in alerts] == ["series"]


def test_what_comes_later_tells_who_asked_before(scene: Scene, house: Any) -> None:
    assert check(scene, "XA office", copy_of("a", 12))[0]["says"] == "new"
    work(house)
    house.clock.forward(hours=5)
    contribute(scene, "XB office", file("a"))
    work(house)
    (mine,) = meetings(scene, "XA office")
    assert (mine["how"], mine["later"], mine["line"]) == ("shown", "theirs", "same")
    assert meetings(scene, "XB office")[0]["how"] == "asked"
    figures = scene("XA office", "GET", "/series/statistics").json
    assert (figures["later"], figures["median_wait_s"]) == (1, 5 * 3600)


def test_a_later_contribution_meets_an_earlier_one(scene: Scene, house: Any) -> None:
    contribute(scene, "XA office", file("a"))
    work(house)
    contribute(scene, "XB office", copy_of("a", 30))
    work(house)
    (one,), (other,) = meetings(scene, "XA office"), meetings(scene, "XB office")
    assert (one["how"], one["later"]) == ("shown", "theirs")
    assert (other["how"], other["later"]) == ("shown", "mine")


def test_each_side_sees_when_the_other_took_note(scene: Scene, house: Any) -> None:
    contribute(scene, "XA office", file("a"))
    contribute(scene, "XB office", file("a"))
    work(house)
    (one,) = meetings(scene, "XA office")
    noted = scene("XA office", "POST", f"/series/meetings/{one['id']}/note", purpose=IDENTIFY)
    assert noted.status == 200 and noted.json["noted"]
    assert meetings(scene, "XA office") == []
    assert meetings(scene, "XB office")[0]["acknowledged"] == noted.json["noted"]
    assert scene("XC office", "POST", f"/series/meetings/{one['id']}/note").status == 404


def test_what_nobody_takes_note_of_in_a_day_is_told_once_more(scene: Scene, house: Any) -> None:
    contribute(scene, "XA office", file("a"))
    contribute(scene, "XB office", file("a"))
    work(house)
    house.clock.forward(hours=25)
    work(house)
    work(house)
    (one,) = meetings(scene, "XA office")
    assert one["late"]
    assert [a["what"] for a in scene("XA office", "GET", "/alerts").json].count("series-late") == 1


@pytest.mark.parametrize(
    ("sharing", "asker_learns", "owner_learns"), [("blind", "contact", "asked"), ("silent", None, "asked")]
)
def test_what_each_side_learns_is_its_owners_choice(
    scene: Scene, house: Any, sharing: str, asker_learns: str | None, owner_learns: str
) -> None:
    contribute(scene, "XB office", file("a"), sharing=sharing)
    check(scene, "XA office", file("a"))
    work(house)
    told = meetings(scene, "XA office")
    assert [t["how"] for t in told] == ([asker_learns] if asker_learns else [])
    assert all(t["series"] is None and t["evidence"] == {} and t["theirs"] == "" for t in told)
    assert [t["how"] for t in meetings(scene, "XB office")] == [owner_learns]


def test_a_discreet_question_is_told_to_nobody(scene: Scene, house: Any) -> None:
    contribute(scene, "XB office", file("a"))
    told = check(scene, "XA office", file("a"), headers={"Entente-Discreet": "yes"})
    assert told[0]["says"] == "known"
    work(house)
    assert meetings(scene, "XB office") == []


def test_a_hidden_contribution_tells_the_other_side_nothing(scene: Scene, house: Any) -> None:
    contribute(scene, "XA office", file("a"))
    work(house)
    hidden = {"mode": "named", "bureaus": []}
    contribute(scene, "XB office", file("a"), handling=hidden)
    work(house)
    assert meetings(scene, "XA office") == []
    assert [t["how"] for t in meetings(scene, "XB office")] == ["shown"]
