"""What an enrolment meets: marks and sets, two sets of one person; each bureau is told what it may learn."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from entente.core.things import Thing
from entente.desk import House, templating
from entente.match.prints.minutiae import Print
from entente.rooms.biometrics import comparisons as c
from entente.rooms.biometrics import enrolling, examining_shown
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.meeting import Meetings
from entente.rooms.records import HandlingForm
from rooms.biometric_scene import (
    EVERYONE,
    NOBODY,
    again,
    alerts,
    comparisons,
    finger,
    hinting,
    mark,
    mark_of,
    seated,
    seconded,
    set_of,
)
from rooms.scene import Scene
from worlds.stage import Clock, Crew, Dice, Person, memory_house, work

INDEX, OTHER = finger(1), finger(2)
HANDS = [finger(seed, position=p) for seed, p in ((11, 1), (12, 2), (13, 7))]
"""Three fingers of somebody: two sets of them are surely of one person."""
Kept = Callable[..., Thing]


@pytest.fixture
def kept(house: House, crew: Crew) -> Kept:
    """kept("XA", mark=one) or kept("XB", one, other), each open to everybody unless it is said otherwise."""

    def keep(
        bureau: str, *prints: Print, mark: Print | None = None, handling: HandlingForm = EVERYONE
    ) -> Thing:
        who = crew[f"{bureau} office"]
        if mark is not None:
            return mark_of(house, who, mark, handling, f"Mark of {bureau}")
        return set_of(house, who, prints, handling, f"Set of {bureau}")

    return keep


def told(house: House, who: Person) -> list[Any]:
    """An officer's comparisons that wait for nobody yet."""
    with seated(house, who) as desk:
        return examining_shown.many(desk, c.listed(desk, "new"))


def hand_again(seed: int) -> list[Print]:
    return [again(one, seed + n) for n, one in enumerate(HANDS)]


# --- marks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark_first", [True, False])
def test_a_mark_and_a_set_of_its_maker_are_a_task_for_both_owners_whichever_came_later(
    scene: Scene, house: House, kept: Kept, mark_first: bool
) -> None:
    if mark_first:
        left = kept("XA", mark=mark(INDEX, 1))
        taken = kept("XB", INDEX, OTHER)
    else:
        taken = kept("XB", INDEX, OTHER)
        left = kept("XA", mark=mark(INDEX, 1))
    work(house)
    work(house)
    (ours,), (theirs,) = comparisons(scene, "XA officer"), comparisons(scene, "XB officer")
    assert (ours["sort"], ours["how"], ours["mine"], ours["theirs"]) == ("mark", "shown", left.id, taken.id)
    assert (ours["owner"], ours["yours"], ours["theirs_title"]) == ("XB", "first", "Set of XB")
    assert (theirs["mine"], theirs["theirs"], theirs["theirs_sort"]) == (taken.id, left.id, "mark")
    assert alerts(scene, "XA officer") == alerts(scene, "XB officer") == ["biometric"]
    assert comparisons(scene, "XC officer") == []
    opened = scene("XA officer", "GET", f"/biometrics/comparisons/{ours['id']}").json
    (overlay,) = opened["laid"]["overlays"]
    assert (overlay["asked"], overlay["found"], overlay["position"]) == (0, 0, 2)
    assert len(overlay["pairs"]) > 8 and (opened["score"], opened["parts"]) == (None, [])
    judged = seconded(scene, "XA officer", ours["id"], "no-hit").json
    assert judged["score"] >= 4 and judged["parts"]


def test_a_mark_that_two_examiners_solve_is_a_hit_with_the_owner_of_the_set(
    scene: Scene, house: House, kept: Kept
) -> None:
    kept("XA", mark=mark(INDEX, 1))
    taken = kept("XB", INDEX)
    work(house)
    (task,) = comparisons(scene, "XA officer")
    assert seconded(scene, "XA officer", task["id"], "hit").json["state"] == "waiting"
    assert alerts(scene, "XA analyst") == ["biometric-second"]
    opened = scene("XA analyst", "GET", f"/biometrics/comparisons/{task['id']}").json
    assert opened["score"] is None and opened["verdicts"] == [] and opened["laid"]["overlays"]
    done = seconded(scene, "XA analyst", task["id"], "hit", opened["laid"]["token"])
    assert done.json["state"] == "hit"
    (hit,) = scene("XB officer", "GET", "/hits").json["hits"]
    assert (hit["record"], hit["purpose"], hit["asked"]) == (taken.id, "forensic", "(fingers)")


def test_a_mark_that_is_solved_meets_nothing_any_more(house: House, crew: Crew, kept: Kept) -> None:
    left = kept("XA", mark=mark(INDEX, 1))
    with seated(house, crew["XA office"], "correct", writing=True) as desk:
        enrolling.solve(desk, left.id, True)
    kept("XB", INDEX)
    work(house)
    assert told(house, crew["XA officer"]) == told(house, crew["XB officer"]) == []


def test_strangers_meet_nobody(house: House, crew: Crew, kept: Kept) -> None:
    kept("XA", mark=mark(INDEX, 1))
    kept("XB", OTHER)
    kept("XB", finger(3), finger(4, position=7))
    work(house)
    assert told(house, crew["XA officer"]) == told(house, crew["XB officer"]) == []


# --- what each side may learn --------------------------------------------------------------------


def test_an_owner_who_only_hints_is_named_and_nothing_of_what_he_has(
    scene: Scene, house: House, kept: Kept
) -> None:
    kept("XA", mark=HANDS[0])
    for seed in (1, 2):
        kept("XB", *(again(one, seed, lost=0) for one in HANDS), handling=hinting("XA"))
    work(house)
    (one,) = comparisons(scene, "XA officer")
    assert (one["how"], one["owner"], one["contact"]["bureau"]) == ("contact", "XB", "XB")
    assert (one["theirs"], one["score"], one["parts"], one["yours"]) == ("", None, [], "")
    assert len(comparisons(scene, "XB officer")) == 3  # its two sets are of one person besides
    assert seconded(scene, "XA officer", one["id"], "hit").status == 422
    assert scene("XA officer", "POST", f"/biometrics/comparisons/{one['id']}/note").json["noted"]
    assert comparisons(scene, "XA officer") == [] and alerts(scene, "XA officer") == []


def test_what_is_hidden_meets_for_its_owner_alone(house: House, crew: Crew, kept: Kept) -> None:
    kept("XA", mark=mark(INDEX, 1))
    kept("XB", INDEX, handling=NOBODY)
    work(house)
    assert told(house, crew["XA officer"]) == []
    assert [one.owner for one in told(house, crew["XB officer"])] == ["XA"]


def test_a_set_in_a_compartment_is_a_task_for_those_who_hold_it(house: House, crew: Crew, kept: Kept) -> None:
    kept("XA", mark=mark(INDEX, 1), handling=HandlingForm(need=["series"]))
    kept("XA", INDEX)
    work(house)
    assert told(house, crew["XA officer"]) == []
    assert [one.sort for one in told(house, crew["XA office"])] == ["mark"]


# --- two sets of one person ----------------------------------------------------------------------


def test_two_sets_of_one_person_are_a_task_and_never_merged(
    scene: Scene, house: Any, crew: Crew, kept: Kept
) -> None:
    before = kept("XA", *HANDS)
    house.clock.forward(minutes=1)
    later = kept("XA", *hand_again(1))
    work(house)
    (task,) = comparisons(scene, "XA officer")
    assert (task["sort"], task["mine"], task["theirs"]) == ("duplicate", later.id, before.id)
    assert task["score"] is None
    seconded(scene, "XA officer", task["id"], "hit")
    opened = scene("XA analyst", "GET", f"/biometrics/comparisons/{task['id']}").json
    done = seconded(scene, "XA analyst", task["id"], "hit", opened["laid"]["token"]).json
    assert (done["state"], done["hit"]) == ("hit", "")
    assert scene("XA officer", "GET", "/hits").json["hits"] == []
    for one, other in ((before, later), (later, before)):
        (same,) = scene("XA officer", "GET", f"/biometrics/sets/{one.id}/same").json
        assert (same["set"], same["by"]) == (other.id, ["Officer of XA", "Analyst of XA"])
    with seated(house, crew["XA officer"]) as desk:
        assert {desk.look(one.id).version for one in (before, later)} == {1}


def test_two_sets_of_one_record_are_no_task(scene: Scene, house: House, crew: Crew) -> None:
    person = scene.contribute(who="XA office")["id"]
    for prints in (HANDS, hand_again(1)):
        set_of(house, crew["XA office"], prints, person=person)
    work(house)
    assert told(house, crew["XA officer"]) == []


def test_one_common_finger_of_two_is_not_enough_to_call_two_sets_one_person(
    house: House, crew: Crew, kept: Kept
) -> None:
    kept("XA", *HANDS[:2])
    kept("XA", again(HANDS[0], 1), finger(40, position=2))
    work(house)
    assert told(house, crew["XA officer"]) == []


def test_sets_of_one_finger_each_are_compared_by_that(house: House, crew: Crew, kept: Kept) -> None:
    kept("XA", INDEX)
    kept("XA", again(INDEX, 1))
    work(house)
    assert [one.sort for one in told(house, crew["XA officer"])] == ["duplicate"]


def test_a_pair_is_told_once_and_its_verdict_holds_when_handling_changes(
    scene: Scene, house: House, crew: Crew, kept: Kept
) -> None:
    kept("XA", mark=mark(INDEX, 1))
    taken = kept("XB", INDEX)
    work(house)
    (task,) = comparisons(scene, "XA officer")
    assert seconded(scene, "XA officer", task["id"], "no-hit").json["state"] == "no-hit"
    for handling in (NOBODY, hinting("XA"), EVERYONE):
        with seated(house, crew["XB office"], "correct", writing=True) as desk:
            version = desk.look(taken.id).version
            enrolling.rehandle(desk, taken.id, m.Rehandling(version=version, handling=handling))
        work(house)
    assert comparisons(scene, "XA officer") == [] and alerts(scene, "XA officer") == []


def test_a_comparison_goes_when_one_of_its_sets_is_taken_back(
    scene: Scene, house: House, crew: Crew, kept: Kept
) -> None:
    kept("XA", mark=mark(INDEX, 1))
    taken = kept("XB", INDEX)
    work(house)
    with seated(house, crew["XB office"], "withdraw", writing=True) as desk:
        enrolling.withdraw(desk, taken.id)
    assert comparisons(scene, "XA officer") == []
    work(house)
    assert alerts(scene, "XA officer") == []
    assert comparisons(scene, "XA officer", "all") == comparisons(scene, "XB officer", "all") == []


# --- in whatever order, and whatever else there is ------------------------------------------------


def test_sets_are_met_once_the_galleries_know_them(
    house: House, crew: Crew, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept("XA", mark=mark(INDEX, 1))
    duty = Meetings(house)
    with monkeypatch.context() as late:
        late.setattr(house.signals, "tell", lambda *_: None)
        kept("XB", INDEX)
    while duty.step():
        pass
    assert told(house, crew["XA officer"]) == []
    templating.catch_up(house)
    while duty.step():
        pass
    assert len(told(house, crew["XA officer"])) == 1


ORDERS = ((0, 1, 2), (2, 1, 0), (1, 2, 0))


@pytest.mark.parametrize("together", [True, False])
def test_what_is_told_does_not_depend_on_the_order_of_enrolment(together: bool) -> None:
    wanted = [
        ("XA", mark(HANDS[1], 1), EVERYONE),
        ("XB", HANDS, hinting("XC")),
        ("XC", hand_again(1), EVERYONE),
    ]
    found = {tuple(met(wanted, order, together)) for order in ORDERS}
    assert len(found) == 1
    assert len(found.pop()) == 5  # XA and XC each other, XB of XA's mark and of XC's set, XC whom to ask


def met(
    wanted: Sequence[tuple[str, Any, HandlingForm]], order: Sequence[int], together: bool = True
) -> list[tuple[str, ...]]:
    """Who is told of whom where sets are enrolled in this order, and worked after each or after all."""
    dice = Dice()
    house, crew = memory_house(Clock(), dice)
    for n in order:
        bureau, prints, handling = wanted[n]
        dice.seed(f"{bureau} {n}")
        enrolled(house, crew, bureau, prints, handling)
        if not together:
            work(house)
    work(house)
    said = [
        (code, one.how, one.sort, one.mine_title, one.theirs_title, one.owner)
        for code in ("XA", "XB", "XC", "XD")
        for one in told(house, crew[f"{code} office"])
    ]
    house.close()
    return sorted(said)


def enrolled(house: House, crew: Crew, bureau: str, prints: Any, handling: HandlingForm) -> Thing:
    who, title = crew[f"{bureau} office"], f"of {bureau}"
    if isinstance(prints, Print):
        return mark_of(house, who, prints, handling, title)
    return set_of(house, who, prints, handling, title)


HIDDEN = st.lists(
    st.tuples(
        st.sampled_from(["XB", "XC"]),
        st.sampled_from(["mark", "same", "stranger"]),
        st.integers(0, 2),  # before which of the visible ones
        st.booleans(),  # worked at once
    ),
    max_size=4,
)


@settings(max_examples=3, phases=(Phase.explicit, Phase.generate))  # a failure is told, not shrunk
@given(hidden=HIDDEN)
@example(hidden=[("XB", "same", 1, True), ("XC", "mark", 0, False)])
def test_what_a_bureau_may_not_see_changes_nothing_that_it_is_told(
    hidden: list[tuple[str, str, int, bool]],
) -> None:
    assert read_by_xa(tuple(hidden)) == read_by_xa(())


@lru_cache
def read_by_xa(hidden: tuple[tuple[str, str, int, bool], ...]) -> list[str]:
    """What XA's officers read of comparisons and alerts, byte for byte, in a world with these hidden sets."""
    dice = Dice()
    house, crew = memory_house(Clock(), dice)
    visible = [
        ("XA", mark(HANDS[1], 1), EVERYONE),
        ("XB", HANDS, EVERYONE),
        ("XC", hand_again(1), hinting("XA")),
    ]
    for n, one in enumerate(visible):
        for bureau, what, before, at_once in hidden:
            if before == n:
                prints: Any = {"mark": mark(HANDS[1], 5), "same": hand_again(30), "stranger": [OTHER]}[what]
                enrolled(house, crew, bureau, prints, NOBODY)
                if at_once:
                    work(house)
        dice.seed(f"visible {n}")
        enrolled(house, crew, *one)
    work(house)
    with seated(house, crew["XA office"]) as desk:
        found = c.listed(desk, "all")
        read = sorted(one.model_dump_json() for one in examining_shown.many(desk, found))
        read += sorted(examining_shown.one(desk, one).model_dump_json() for one in found)
        read += sorted(repr(t.body) for _, t in desk.table(["Alert"]))
    house.close()
    return read
