"""Films by their key frames: what share they have in common, and which seconds are which."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.images import Line, Signals, compare, distance
from entente.match.images.films import distances, in_film, shares, stretches, unique

few = settings(max_examples=40)


def film(seeds, start=0.0, step=2.0):
    """A frame for each seed, so many seconds apart; equal seeds look alike."""
    return tuple((start + n * step, np.random.default_rng(seed).bytes(32)) for n, seed in enumerate(seeds))


films = st.lists(st.integers(0, 12), min_size=1, max_size=12).map(film)


def told(one, other):
    ties = [t for t in compare(Signals(frames=one), Signals(frames=other)) if t.line is Line.VIDEO]
    return ties[0].evidence if ties else None


@few
@given(films, films)
def test_distances_are_those_of_each_pair(one, other):
    slowly = [[distance(a, b) for _, b in other] for _, a in one]
    assert distances(one, other).tolist() == slowly


@few
@given(films, films)
def test_shares_count_unique_frames_that_have_a_match(one, other):
    def share(mine, theirs):
        looks = {bits for _, bits in mine}
        return sum(any(distance(a, b) <= 31 for _, b in theirs) for a in looks) / len(looks)

    assert shares(one, other) == (share(one, other), share(other, one))
    assert len(unique(one)) == len({bits for _, bits in one})


@few
@given(films, films)
def test_a_stretch_begins_and_ends_with_frames_that_match_at_one_shift(one, other):
    for a, b, c, d in stretches(one, other):
        assert a < b
        mine, theirs = dict(one), dict(other)
        assert {a, b} <= mine.keys()
        assert {c, d} <= theirs.keys()
        assert any(distance(mine[a], bits) <= 31 for bits in theirs.values())
        assert abs((b - a) - (d - c)) <= 4


@given(st.integers(0, 30), st.integers(2, 20), st.floats(0, 100))
def test_a_part_cut_out_of_a_film_is_told_with_its_seconds(first, length, start):
    whole = film(range(60))
    part = film(range(first, first + length), start=start)
    (span,) = stretches(whole, part)
    assert np.allclose(span, (2.0 * first, 2.0 * (first + length - 1), start, start + 2.0 * (length - 1)))
    evidence = dict(told(part, whole))
    assert evidence["share"] == "1.00"
    assert evidence["seconds"].endswith(f"= {2 * first}-{2 * (first + length - 1)}")


def test_parts_that_changed_places_are_told_apart():
    one, other = film([*range(10), *range(20, 28)]), film([*range(20, 28), *range(10)])
    assert stretches(one, other) == [(0.0, 18.0, 16.0, 34.0), (20.0, 34.0, 0.0, 14.0)]


def test_a_film_is_the_same_from_four_fifths_of_the_shorter_ones_frames():
    assert told(film(range(10)), film([*range(8), 90, 91, *range(40, 60)])) is not None
    assert told(film(range(10)), film([*range(7), 90, 91, 92, *range(40, 60)])) is None


def test_a_frame_that_stands_still_counts_once():
    assert told(film([1] * 30 + [2, 3, 4]), film([1] * 20 + [5, 6, 7, 8])) is None


def test_single_frames_in_common_are_no_stretch():
    assert stretches(film([1, 50, 51, 52]), film([60, 61, 62, 1])) == []


def test_the_nearest_frame_of_a_film_is_told_by_its_second():
    frames = film(range(5))
    assert in_film([frames[3][1]], frames) == (0, 6.0)
    assert in_film([], frames) is None


def test_what_was_replaced_in_between_parts_a_stretch():
    one = film([*range(6), 50, 51, 52, *range(6, 12)])
    other = film([*range(6), 60, 61, 62, *range(6, 12)])
    assert sorted(stretches(one, other)) == [(0.0, 10.0, 0.0, 10.0), (18.0, 28.0, 18.0, 28.0)]


def test_what_stands_still_is_told_once():
    assert stretches(film([1] * 6), film([1] * 6)) == [(0.0, 10.0, 0.0, 10.0)]
