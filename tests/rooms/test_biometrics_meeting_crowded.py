"""What one owner can do to another bureau's comparisons is little: copies, floods, what is hidden again."""

from collections.abc import Callable
from typing import Any

import pytest

from entente.core.things import Thing
from entente.desk import House
from entente.match.prints.minutiae import Print
from entente.rooms.biometrics import comparisons as c
from entente.rooms.biometrics import enrolling, examining_shown
from entente.rooms.biometrics import model as m
from entente.rooms.records import HandlingForm
from rooms.biometric_scene import EVERYONE, NOBODY, again, comparisons, finger, seated, seconded, set_of
from rooms.scene import Scene
from worlds.stage import Crew, Person, work

HANDS = [finger(seed, position=p) for seed, p in ((11, 1), (12, 2), (13, 7))]
Kept = Callable[..., Thing]


@pytest.fixture
def kept(house: House, crew: Crew) -> Kept:
    """kept("XB", *prints): a set that is open to everybody unless it is said otherwise."""

    def keep(bureau: str, *prints: Print, handling: HandlingForm = EVERYONE) -> Thing:
        return set_of(house, crew[f"{bureau} office"], prints, handling, f"Set of {bureau}")

    return keep


def told(house: House, who: Person) -> list[Any]:
    """An officer's comparisons that wait for nobody yet."""
    with seated(house, who) as desk:
        return examining_shown.many(desk, c.listed(desk, "new"))


def hand_again(seed: int) -> list[Print]:
    return [again(one, seed + n) for n, one in enumerate(HANDS)]


def hide(house: House, crew: Crew, id: str, handling: HandlingForm = NOBODY) -> None:
    with seated(house, crew["XB office"], "correct", writing=True) as desk:
        version = desk.look(id).version
        enrolling.rehandle(desk, id, m.Rehandling(version=version, handling=handling))


def test_copies_of_one_owner_are_three_tasks_and_crowd_out_no_other_owner(
    house: House, crew: Crew, kept: Kept
) -> None:
    kept("XA", *HANDS, handling=NOBODY)
    for seed in range(5):
        kept("XB", *hand_again(seed))
    kept("XC", *hand_again(50))
    work(house)
    owners = sorted(one.owner for one in told(house, crew["XA officer"]))
    assert owners == ["XB", "XB", "XB", "XC"]


def test_what_was_decided_or_hidden_makes_room_for_more_of_its_owner(
    scene: Scene, house: House, crew: Crew, kept: Kept
) -> None:
    kept("XA", *HANDS, handling=NOBODY)
    for seed in range(3):
        kept("XB", *hand_again(seed))
    work(house)
    one, other, _ = comparisons(scene, "XA officer")
    assert seconded(scene, "XA officer", one["id"], "no-hit").json["state"] == "no-hit"
    hide(house, crew, other["theirs"])
    for seed in range(10, 13):
        kept("XB", *hand_again(seed))
    work(house)
    assert len(told(house, crew["XA officer"])) == 3


def test_what_some_may_not_see_takes_no_place_from_what_they_see(
    house: House, crew: Crew, kept: Kept
) -> None:
    kept("XA", *HANDS)
    for seed in range(3):
        kept("XB", *hand_again(seed), handling=HandlingForm(mode="everyone", level="confidential"))
    work(house)
    seen = kept("XB", *hand_again(50))
    work(house)
    assert [one.theirs for one in told(house, crew["XA officer"])] == [seen.id]
    assert len(told(house, crew["XA chief"])) == 4


def test_a_list_goes_on_behind_what_is_not_told(
    house: House, crew: Crew, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(c, "MOST_LISTED", 2)
    kept("XA", *HANDS, handling=NOBODY)
    kept("XC", *hand_again(50))
    work(house)
    hidden = [kept("XB", *hand_again(seed)).id for seed in range(3)]
    work(house)
    for id in hidden:
        hide(house, crew, id)
    assert [one.owner for one in told(house, crew["XA officer"])] == ["XC"]


def test_of_a_set_that_is_hidden_again_nothing_is_told_before_it_is_decided_and_no_score_after(
    scene: Scene, house: House, crew: Crew, kept: Kept
) -> None:
    kept("XA", *HANDS, handling=NOBODY)
    decided, undecided = (kept("XB", *hand_again(seed)).id for seed in range(2))
    work(house)
    ids = {one["theirs"]: one["id"] for one in comparisons(scene, "XA officer")}
    assert seconded(scene, "XA officer", ids[decided], "no-hit").json["parts"]
    for id in (decided, undecided):
        hide(house, crew, id)
    assert scene("XA officer", "GET", f"/biometrics/comparisons/{ids[undecided]}").status == 404
    one = scene("XA officer", "GET", f"/biometrics/comparisons/{ids[decided]}").json
    assert (one["state"], one["theirs"], one["score"], one["parts"]) == ("no-hit", "", None, [])
    (same,) = comparisons(scene, "XA officer", "all")
    assert (same["id"], same["score"], same["parts"]) == (ids[decided], None, [])
