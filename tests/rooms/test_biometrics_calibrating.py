"""A bureau's own table of false matches: of its different persons, once a day at most, for nobody else."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente import measuring
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, House, sit
from entente.rooms.biometrics import calibrating, tables
from entente.rooms.biometrics.calibrating import Owned, same_person, strangers
from entente.rooms.biometrics.samples import Held
from entente.rooms.records import HandlingForm, to_handling
from rooms.biometric_scene import NOBODY, again, finger, mark_of, seated, set_of
from worlds.stage import Clock, Crew


def owned(who: str, number: int = 0, quality: int = 50) -> Owned:
    return Owned(who, Held(number, "finger", 2), quality)


Groups = Mapping[str, Sequence[Owned]]
GALLERIES = st.dictionaries(
    st.sampled_from("1234"),
    st.lists(st.builds(owned, st.sampled_from("abcdefgh"), st.integers(0, 9), st.integers(0, 9)), max_size=9),
)


@given(GALLERIES, st.integers(1, 20))
def test_strangers_are_of_two_persons_of_one_position_and_each_pair_once(groups: Groups, most: int) -> None:
    pairs = strangers(groups, most)
    persons = [{one.who for one in same} for same in groups.values()]
    assert len(pairs) == min(most, sum(len(some) * (len(some) - 1) // 2 for some in persons))
    assert all(a.who != b.who for a, b in pairs)
    assert all(any(a in same and b in same for same in groups.values()) for a, b in pairs)


@given(GALLERIES)
def test_the_same_gallery_gives_the_same_pairs(groups: Groups) -> None:
    assert strangers(groups, 7) == strangers(dict(reversed(groups.items())), 7)


@given(GALLERIES)
def test_a_person_is_compared_with_strangers_by_his_best_sample(groups: Groups) -> None:
    best = {(key, one.who): 0 for key, same in groups.items() for one in same}
    for key, same in groups.items():
        for one in same:
            best[key, one.who] = max(best[key, one.who], one.quality)
    assert all(
        any(best.get((key, one.who)) == one.quality for key in groups)
        for pair in strangers(groups)
        for one in pair
    )


def test_pairs_are_drawn_where_there_are_too_many_to_list(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = {"2": [owned(f"{n:03}") for n in range(40)], "3": [owned(f"{n:03}") for n in range(3)]}
    monkeypatch.setattr(calibrating, "_FEW", 10)
    pairs = strangers(groups, 200)
    assert len({(a.who, b.who, id(a)) for a, b in pairs}) == 200
    assert pairs == strangers(groups, 200)
    assert all(a.who != b.who for a, b in pairs)


@given(GALLERIES)
def test_pairs_of_one_person_are_all_that_he_has_of_one_position(groups: Groups) -> None:
    expected = sum(a.who == b.who for same in groups.values() for a, b in combinations(same, 2))
    assert len(same_person(groups)) == expected
    assert all(a.who == b.who for a, b in same_person(groups))


# --- the duty ------------------------------------------------------------------------------------


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of 21 pairs already: seven persons of one finger."""
    monkeypatch.setattr(calibrating, "LEAST", 21)


@pytest.fixture
def duty(house: House) -> Callable[[], None]:
    """Do all of it."""

    def do() -> None:
        made = calibrating.Tables(house)
        while made.step():
            pass

    return do


def table(house: House, crew: Crew, who: str = "XA officer", sort: str = "prints") -> Thing | None:
    with seated(house, crew[who], "see") as desk:
        id = tables.id_of(desk, sort)
        return desk.look_all([id]).get(id)


def seven(
    house: House, crew: Crew, handling: HandlingForm = NOBODY, who: str = "XA office", of: int = 7
) -> None:
    for seed in range(of):
        set_of(house, crew[who], [finger(seed)], handling)


def test_seven_persons_make_a_table_that_their_bureau_alone_uses(
    house: House, crew: Crew, few: None, duty: Callable[[], None]
) -> None:
    seven(house, crew)
    duty()
    made = table(house, crew)
    assert made is not None
    assert (made.first("sort"), made.first("compared")) == ("prints", "21")
    assert table(house, crew, "XB officer") is None
    with seated(house, crew["XA officer"], "see") as desk:
        assert tables.of(desk).own
        assert tables.of(desk).prints.at(0.0) < tables.of(desk).prints.at(1000.0)
    with seated(house, crew["XB officer"], "see") as desk:
        assert not tables.of(desk).own


def test_too_few_persons_make_none_and_nothing_is_journaled(
    house: House, crew: Crew, few: None, duty: Callable[[], None]
) -> None:
    seven(house, crew, of=6)
    before = journaled(house)
    duty()
    assert table(house, crew) is None
    assert journaled(house) == before


def journaled(house: House) -> int:
    with sit(house, HOUSE_ASKER) as desk:
        desk.note("see")
        return sum(entry.act == "administer" for entry in desk.entries(0, 1000))


def test_one_person_enrolled_twice_is_no_stranger_to_himself(
    house: House, crew: Crew, few: None, duty: Callable[[], None]
) -> None:
    seven(house, crew)
    set_of(house, crew["XA office"], [again(finger(0), 1)], NOBODY)
    duty()
    made = table(house, crew)
    assert made is not None and made.first("compared") == "27"


@pytest.mark.parametrize("handling", [{"level": "confidential"}, {"need": ["XA/file"]}])
def test_what_not_every_officer_may_see_makes_no_table(
    house: House, crew: Crew, few: None, duty: Callable[[], None], handling: dict[str, object]
) -> None:
    seven(house, crew, HandlingForm(mode="named", **handling))
    duty()
    assert table(house, crew, "XA office") is None


def test_marks_make_no_table(house: House, crew: Crew, few: None, duty: Callable[[], None]) -> None:
    for seed in range(7):
        mark_of(house, crew["XA office"], finger(seed), NOBODY)
    duty()
    assert table(house, crew) is None


def test_a_table_is_made_anew_the_day_after_its_gallery_changed_and_not_before(
    house: House, crew: Crew, clock: Clock, few: None, duty: Callable[[], None]
) -> None:
    seven(house, crew)
    duty()
    first = table(house, crew)
    set_of(house, crew["XA office"], [finger(9)], NOBODY)
    duty()
    assert table(house, crew) == first
    clock.forward(days=1)
    duty()
    second = table(house, crew)
    assert first and second and second.first("compared") == "28"
    clock.forward(days=1)
    duty()
    assert table(house, crew) == second


def test_a_gallery_that_became_too_small_goes_back_to_the_houses_table(
    house: House,
    crew: Crew,
    clock: Clock,
    few: None,
    duty: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seven(house, crew)
    duty()
    set_of(house, crew["XA office"], [finger(9)], NOBODY)
    clock.forward(days=1)
    monkeypatch.setattr(calibrating, "LEAST", 100)
    duty()
    assert table(house, crew) is None


# --- entente bench bio ---------------------------------------------------------------------------


def test_the_bench_measures_each_bureaus_gallery_and_all_together(
    house: House, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    seven(house, crew)
    seven(house, crew, who="XB office", of=3)
    with seated(house, crew["XA office"], "contribute", writing=True) as desk:
        desk.note("contribute")
        record = desk.keep("Person", {"name": ["Ivo"]}, to_handling(desk, NOBODY)).id
    for seed in range(2):
        set_of(house, crew["XA office"], [again(finger(20), seed)], NOBODY, person=record)
    monkeypatch.setattr(house, "close", lambda: None)
    monkeypatch.setattr(measuring, "open_house", lambda _: house)
    found = {one.name: (len(one.genuine), len(one.strangers)) for one in measuring.of_house(1000)}
    assert found == {"fingers, all bureaus": (1, 31), "fingers, XA": (1, 28), "fingers, XB": (0, 3)}
