"""Two prints compared: the same both ways, whole in every part, and nothing where there is nothing."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.match.prints.prints_drawn import drawn, moved

from entente.match.prints import CALIBRATION, Flow, Print, compare, compare_many, iso19794, prepare
from entente.match.prints.agreeing import WEIGHTS
from entente.match.prints.aligning import GROWING, REACH, TURNED, motion
from entente.match.prints.aligning import nearest as partner_of
from entente.match.prints.neighbours import RADIANS
from entente.match.prints.pairing import GROWING as WIDER
from entente.match.prints.pairing import LEAST, NEAR, UNMET, candidates, likeness
from entente.match.prints.pairing import TURNED as SWUNG
from entente.match.rates import eer, fnmr_at_fmr

FOREIGN = Path(__file__).parents[4] / "shared/data/prints/iso19794/fvc2002_db1_b"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 60), st.booleans())
def test_both_ways_around_tell_the_same(one: int, two: int, count: int, flow: bool) -> None:
    a = drawn(one, flow=flow)
    b = moved(a, 20, (10, -5), two, noise=2) if one % 2 else drawn(two, count, flow=flow)
    there, back = compare(a, b), compare(b, a)
    assert there.score == back.score
    assert there.pairs == tuple((i, j) for j, i in back.pairs)
    points = b.minutiae[:, :2].astype(np.float64)
    np.testing.assert_allclose(back.onto(there.onto(points)), points, atol=1e-6)


@pytest.mark.parametrize("turn", [0, 12, -50])
def test_the_same_finger_is_found_moved_with_the_motion_and_every_pair(turn: float) -> None:
    a = drawn(7)
    b = moved(a, -turn, (25, 40))
    found = compare(a, b)
    assert sorted(found.pairs) == [(at, at) for at in range(len(a))]
    assert found.turn == pytest.approx(turn, abs=1)
    np.testing.assert_allclose(found.onto(b.minutiae[:, :2].astype(float)), a.minutiae[:, :2], atol=2.5)
    assert found.score > 20
    assert CALIBRATION.at(found.score) > 3


def test_an_impression_is_nearer_than_any_stranger() -> None:
    fingers = [prepare(drawn(seed)) for seed in range(30)]
    for seed in range(30):
        told = compare_many(moved(drawn(seed), 15, (30, -20), seed, noise=1.5), fingers)
        assert np.argmax([found.score for found in told]) == seed
        assert [found.score for found in told] == [
            found.score
            for found in compare_many(moved(drawn(seed), 15, (30, -20), seed, noise=1.5), fingers, threads=2)
        ]


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_minutiae_are_like_nothing(count: int) -> None:
    for other in (drawn(1), drawn(2, count)):
        found = compare(drawn(1, count), other)
        assert (found.score, found.pairs) == (0.0, ())


@pytest.mark.parametrize("count", [2, 3, 5])
def test_a_few_minutiae_are_never_a_strong_match_though_all_agree(count: int) -> None:
    assert compare(drawn(1, count), drawn(1, count)).score <= 6 + 1.25 * count
    assert CALIBRATION.at(compare(drawn(1, count), drawn(1, count)).score) < 3


def test_as_many_minutiae_as_a_record_holds_are_compared() -> None:
    found = compare(drawn(3, 255), moved(drawn(3, 255), 5, (3, 3)))
    assert len(found.pairs) > 200
    assert found.score > 30


def test_ridges_that_flow_otherwise_speak_against_a_pair() -> None:
    a = drawn(5, flow=True)
    assert a.flow is not None
    across = Flow((a.flow.angle.astype(int) + 128).astype(np.uint8), a.flow.certain)
    assert compare(a, replace(a, flow=across)).score < compare(a, a).score


def test_minutiae_that_should_have_a_partner_and_have_none_speak_against_a_pair() -> None:
    a = drawn(6)
    more = np.vstack([a.minutiae, drawn(60, 30).minutiae])
    assert compare(a, replace(a, minutiae=more)).score < compare(a, a).score


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 30), st.integers(2, 16))
def test_likeness_is_the_share_of_neighbours_met_on_either_side(seed: int, count: int) -> None:
    one = prepare(drawn(seed, count))
    two = prepare(moved(drawn(seed, count), 10, (9, 9), seed, noise=3))
    ours, theirs = (grid.ravel() for grid in np.mgrid[0 : len(one.places), 0 : len(two.places)])
    told = likeness(one.places, one.around, two.places, two.around, ours, theirs)

    def met(a: np.ndarray, count_a: int, b: np.ndarray, count_b: int) -> float:
        total = 0.0
        for ahead, aside, relative, far in a[:, :count_a].T:
            reach = NEAR + WIDER * far
            off = ((b[0, :count_b] - ahead) ** 2 + (b[1, :count_b] - aside) ** 2) / reach**2
            swung = np.abs(b[2, :count_b] - relative)
            swung = np.minimum(swung, 2 * np.pi - swung) / SWUNG
            near = (off < 1) & (swung < 1) & (np.abs(b[3, :count_b] - far) <= reach)
            total += float(((1 - off / 2) * (1 - swung / 2) * near).max(initial=0.0))
        return total

    for at, (i, j) in enumerate(zip(ours, theirs, strict=True)):
        here, there = int(one.places[i, 3]), int(two.places[j, 3])
        a, b = one.around[:, i], two.around[:, j]
        first, due = met(a, here, b, there), (here + UNMET) * (there + UNMET)
        full = first * met(b, there, a, here) / due
        assert told[at] == pytest.approx(full if first * (first + 0.5) > LEAST * due else 0.0)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 30), st.integers(0, 40), st.floats(-180, 180))
def test_the_partner_is_the_nearest_of_all_in_place_and_direction(seed: int, count: int, turn: float) -> None:
    a, b = prepare(drawn(seed, 30)).places, prepare(drawn(seed + 1, count)).places
    cosine, sine = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    move = np.array([cosine, sine, 10.0, 200.0, 100.0, -100.0])
    which, close, where = partner_of(a, b, move)
    steps = int(np.floor(np.arctan2(sine, cosine) / RADIANS + 0.5))
    for j in range(len(b)):
        x, y = cosine * b[j, 0] - sine * b[j, 1] + 10, sine * b[j, 0] + cosine * b[j, 1] + 200
        reach = REACH + GROWING * np.hypot(x - 100, y + 100)
        off = ((a[:, 0] - x) ** 2 + (a[:, 1] - y) ** 2) / reach**2
        turned = np.abs((a[:, 2] - b[j, 2] - steps + 32_768) % 65_536 - 32_768) / TURNED
        value = np.where((off < 1) & (turned <= 1), 1 - 0.6 * off - 0.4 * turned**2, 0)
        assert close[j] == pytest.approx(value.max(initial=0.0), abs=1e-9)
        assert (which[j] >= 0) == (value.max(initial=0.0) > 0)
        np.testing.assert_allclose(where[j], [x, y])


def test_a_motion_is_told_back_from_points_that_made_it() -> None:
    dice = np.random.default_rng(1)
    x, y = dice.uniform(-100, 100, (2, 8))
    found = motion(0.8 * x - 0.6 * y + 5, 0.6 * x + 0.8 * y - 3, x, y, np.ones(8))
    np.testing.assert_allclose(found[:4], [0.8, 0.6, 5, -3], atol=1e-9)
    assert not motion(x, y, x, y, np.zeros(8)).any()


WITHOUT = """
import json, sys
sys.modules["numba"] = None
from entente.match import prints
from tests.match.prints.prints_drawn import drawn, moved
assert prints.slow()
a, b = drawn(7, 20, flow=True), moved(drawn(7, 20), 12, (5, 5), 1, noise=2)
print(json.dumps([[prints.compare(a, other).score, prints.compare(a, other).pairs] for other in (b, drawn(8,
20))]))
"""


def test_without_numba_the_same_is_told_slowly() -> None:
    root = Path(__file__).parents[3]
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=root, capture_output=True, text=True, check=True
    )
    a, b = drawn(7, 20, flow=True), moved(drawn(7, 20), 12, (5, 5), 1, noise=2)
    for (score, pairs), other in zip(json.loads(told.stdout), (b, drawn(8, 20)), strict=True):
        found = compare(a, other)
        assert found.score == pytest.approx(score, abs=1e-9)
        assert [list(pair) for pair in found.pairs] == pairs


def test_a_neighbour_on_the_seam_of_two_cells_is_met_once() -> None:
    """Cells overlap by a rounding: a record can be made whose bitmaps hold more bits than neighbours."""
    seams = [(-71, 41), (-41, -71), (41, 71), (71, -41)]
    others = [(10, 5), (-12, 6), (5, -14), (-8, -16), (30, 6), (-6, 33), (-35, -8), (8, -36), (50, 20)]
    beside = [(400 + x, 400 - y, at * 37 % 256 * 360 / 256) for at, (x, y) in enumerate(seams + others)]
    rows = [(x, y, direction, 80, 1) for x, y, direction in [(400, 400, 0), *beside, (380, 350, 90)]]
    one = prepare(Print(np.array(rows, np.float32), 800, 800))
    assert np.bitwise_count(one.kept).sum(axis=1).max() > 14 == one.places[:, 3].max()
    asked = (one.places, one.asking, one.kept)
    told = []
    for beyond in (0.0, 1e6):
        table = np.full((64, 64, 64), beyond)
        table[:15, :15, :15] = WEIGHTS
        told.append(np.stack(candidates(*asked, *asked, table)))
    np.testing.assert_array_equal(*told)


@pytest.mark.skipif(not FOREIGN.is_dir(), reason="real prints are not here")
def test_real_prints_of_another_extractor_are_compared_with_few_errors() -> None:
    prints: list[Print] = [
        iso19794.decode((FOREIGN / f"{f}_{i}.iso").read_bytes())[0]
        for f in range(101, 111)
        for i in range(1, 9)
    ]
    ready = [prepare(print) for print in prints]
    a, b = np.triu_indices(80, 1)
    told = np.array([compare(ready[i], ready[j]).score for i, j in zip(a, b, strict=True)])
    genuine, strangers = told[a // 8 == b // 8], told[a // 8 != b // 8]
    assert eer(genuine, strangers) < 0.03
    assert fnmr_at_fmr(genuine, strangers, 0.001) < 0.1
    # The shipped table claims no more than there is.
    calibrated = np.array([CALIBRATION.at(score) for score in strangers])
    assert np.mean(calibrated >= 2) < 0.02
