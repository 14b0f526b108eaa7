"""The benchmark of names measures what it says, and nobody tunes on those it measures by."""

from collections import Counter, defaultdict

import pytest
from benchmarks.linked import ends
from benchmarks.listed_people import DATA, ofac
from benchmarks.measures import area, balanced, best_threshold, calibration_error, f1, recall_at
from benchmarks.metrics import apart, drawn
from benchmarks.name_sets import LISTS, aliases, every, half, heldout, identity
from hypothesis import given
from hypothesis import strategies as st

grades = st.integers(0, 8).map(lambda n: n / 8)
both_sorts = st.lists(st.tuples(grades, st.booleans()), min_size=2, max_size=30).filter(
    lambda pairs: len({same for _, same in pairs}) == 2
)


@pytest.fixture(scope="module")
def sets():
    if not (DATA / "lists").exists():
        pytest.skip("the public lists are not at ../shared/data")
    return every()


def test_nobody_stands_in_both_halves(sets):
    halves = defaultdict(set)
    for pairs in sets.values():
        for pair in pairs:
            halves[pair.person].add(pair.half)
    assert all(len(sides) == 1 for sides in halves.values())


def test_the_other_of_a_pair_is_of_the_same_half(sets):
    halves = defaultdict(set)
    for person in ofac():
        for name in person.names:
            halves[name].add(half(identity(person)))
    assert all(pair.half in halves[pair.found] for pair in sets["aliases"])


def test_a_seed_gives_the_same_pairs_and_another_seed_others(sets):
    assert aliases(1) == sets["aliases"]
    assert {pair.found for pair in aliases(2)} != {pair.found for pair in sets["aliases"]}


@pytest.mark.parametrize("name", LISTS)
def test_a_held_out_list_is_only_measured_on(name):
    pairs = heldout(name)
    assert {pair.half for pair in pairs} == {"held"}
    assert {pair.same for pair in pairs} == {True, False}


@pytest.mark.parametrize("name", LISTS)
def test_a_held_out_list_says_one_thing_of_two_names(name):
    said = defaultdict(set)
    for pair in heldout(name):
        said[frozenset((pair.asked, pair.found))].add(pair.same)
    assert all(len(labels) == 1 for labels in said.values())


@given(both_sorts)
def test_the_area_is_the_share_of_couples_in_their_order(scored):
    same = [score for score, right in scored if right]
    other = [score for score, right in scored if not right]
    wins = sum((a > b) + 0.5 * (a == b) for a in same for b in other)
    assert area(scored) == pytest.approx(wins / (len(same) * len(other)))


@given(both_sorts, grades)
def test_no_threshold_beats_the_best(scored, threshold):
    assert f1(scored, best_threshold(scored)) >= f1(scored, threshold)


@given(both_sorts, st.floats(0, 1, exclude_max=True))
def test_recall_is_counted_where_no_more_of_the_others_pass(scored, rate):
    same = [score for score, right in scored if right]
    other = [score for score, right in scored if not right]
    allowed = [
        sum(s >= t for s in same) / len(same)
        for t in {score for score, _ in scored}
        if sum(o >= t for o in other) <= rate * len(other)
    ]
    assert recall_at(scored, rate) == pytest.approx(max(allowed, default=0.0))


@given(both_sorts)
def test_saying_same_to_all_is_not_balanced(scored):
    assert balanced(scored, 0.0) == 0.5


def test_a_score_that_is_right_as_often_as_it_says_has_no_calibration_error():
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)] + [(0.0, False)] * 5) == 0


def test_a_score_that_is_sure_and_wrong_has_all_of_it():
    assert calibration_error([(1.0, False), (0.0, True)]) == pytest.approx(1.0)


def test_the_linked_crowd_has_the_links_asked_for_and_a_few_have_many():
    drawn = list(ends(1_000, 10_000))
    assert len(drawn) == 10_000 and drawn == list(ends(1_000, 10_000))
    assert all(older < newer < 1_000 for newer, older in drawn)
    many = Counter(end for pair in drawn for end in pair)
    assert many.most_common(1)[0][1] > 100 and min(many.values()) >= 1


def test_the_drawn_network_is_one_network_and_the_same_each_time():
    network = drawn(200, 5)
    assert network == drawn(200, 5) and len(network.components) == 1
    assert 900 < len(network.pairs) <= 975 and max(map(len, network.neighbours)) > 30


def test_values_on_two_scales_are_compared_by_what_they_say():
    assert apart([1, 2, 4], [10, 20, 40]) == 0
    assert apart([1, 2, 4], [10, 20, 30]) == pytest.approx(1 / 6)
