"""Each compiled loop gives what its slow twin gives, and without numba the twins do all the work."""

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from entente.match.prints import compiled, finding, read, slow
from entente.match.prints import skeleton as skeletons
from entente.match.prints.ridges import REACH, bank, columns, filtered, filtered_slow
from entente.match.prints.skeleton import peel, peel_slow, thinned, unspurred
from entente.match.prints.synthetic import finger, impression

needs_numba = pytest.mark.skipif(not compiled.COMPILED, reason="numba is not here")


def bordered(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.pad(ink, 3)


inks = arrays(np.uint8, st.tuples(st.integers(1, 24), st.integers(1, 24)), elements=st.integers(0, 1)).map(
    bordered
)


def blobs(seed: int) -> NDArray[np.uint8]:
    """Thick curves that meet and end, as ridges do."""
    rng = np.random.default_rng(seed)
    coarse = rng.normal(0, 1, (30, 30))
    fine = np.kron(coarse, np.ones((4, 4)))
    kernel = np.hanning(9)
    for axis in (0, 1):
        fine = np.apply_along_axis(lambda line: np.convolve(line, kernel, "same"), axis, fine)
    return bordered((fine > 0).astype(np.uint8))


def plain(function: object) -> object:
    return getattr(function, "py_func", function)


@needs_numba
@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 20), st.integers(1, 40))
def test_filtering_gives_the_same_up_to_the_order_of_its_sums(seed: int, high: int, wide: int) -> None:
    rng = np.random.default_rng(seed)
    turned = rng.normal(0, 1, (wide + 2 * REACH, high + 2 * REACH + 1)).astype(np.float32)
    which = rng.integers(-1, 288, (high, wide)).astype(np.int32)
    weights = columns(bank())
    fast, exact = filtered(turned, which, weights), filtered_slow(turned, which, weights)
    assert np.abs(fast - exact).max() < 1e-5
    assert (fast[which < 0] == 0).all()


@needs_numba
@settings(max_examples=40, deadline=None)
@given(inks, st.integers(0, 2**32 - 1))
def test_peeling_gives_the_same_for_any_rule(ink: NDArray[np.uint8], seed: int) -> None:
    rule = np.random.default_rng(seed).random((2, 256)) < 0.3
    assert np.array_equal(peel(ink, rule), peel_slow(ink, rule))


@needs_numba
@pytest.mark.parametrize("seed", range(4))
def test_skeletons_and_their_minutiae_are_the_same_uncompiled(
    seed: int,
) -> None:
    ink = blobs(seed)
    skeleton = thinned(ink)
    assert np.array_equal(skeleton, peel_slow(ink, skeletons._peeled()))
    inner = np.ones_like(ink)
    fast = unspurred(skeleton.copy())
    rows = finding.minutiae(fast, inner)
    assert len(rows) > 0
    exact = plain(unspurred)(skeleton.copy())  # type: ignore[operator]
    assert np.array_equal(fast, exact)
    assert np.allclose(rows, plain(finding.minutiae)(exact, inner), atol=1e-4)  # type: ignore[operator]


@settings(max_examples=60, deadline=None)
@given(inks)
def test_a_skeleton_is_thin_and_keeps_every_piece_together(ink: NDArray[np.uint8]) -> None:
    skeleton = thinned(ink)
    assert (skeleton <= ink).all()
    assert cv2.connectedComponents(skeleton)[0] <= cv2.connectedComponents(ink)[0]
    again = thinned(skeleton)
    assert np.array_equal(again, skeleton)


def test_a_ridge_that_ends_and_one_that_forks_are_found_with_their_directions() -> None:
    ink = np.zeros((80, 120), np.uint8)
    ink[40, 10:60] = 1  # ends at 59, comes from the left
    ink[20, 70:110] = 1
    for step in range(1, 30):
        ink[20 + step, 90 - step] = 1  # leaves (90, 20) to the left, downwards
    inner = np.zeros_like(ink)
    inner[15:60, 20:100] = 1
    rows = finding.minutiae(ink, inner)
    ending = rows[(rows[:, 3] == 1) & (rows[:, 0] == 40)]
    assert ending[:, 1].tolist() == [59]
    assert ending[0, 2] == pytest.approx(180, abs=1), "back along the ridge"
    fork = rows[rows[:, 3] == 2]
    assert abs(fork[0, 1] - 90) <= 1 and abs(fork[0, 0] - 20) <= 1
    assert fork[0, 2] == pytest.approx(202, abs=8), "between the two ridges that enclose the valley"


def test_facing_ends_of_a_broken_ridge_are_not_believed() -> None:
    rows = np.array([[50, 50, 180, 1], [50, 58, 0, 1], [120, 120, 90, 2]], np.float32)
    assert finding.believed(rows, np.ones(3, np.float32)).tolist() == [False, False, True]


def test_without_numba_a_print_is_read_the_same_slowly_and_says_so(tmp_path: Path) -> None:
    image = impression(finger(3), 1, size=(200, 190))
    np.save(tmp_path / "image.npy", image)
    program = """
import sys
sys.modules["numba"] = None
import numpy
from entente.match.prints import read, slow
kept = read(numpy.load(sys.argv[1])).print
print(len(kept), slow())
"""
    arguments = [sys.executable, "-c", program, str(tmp_path / "image.npy")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    count, sentence = done.stdout.split(maxsplit=1)
    assert "entente[bio]" in sentence
    assert abs(int(count) - len(read(image).print)) <= 2
    assert (slow() is None) == compiled.COMPILED
