"""The first look at a gallery: the compiled loop and its definition, and what it may depend on."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.match.prints.prints_drawn import drawn, moved

from entente.match.prints import TEMPLATE, WIDTH, Print, iso19794, pack, scan, scan_slow
from entente.match.prints.agreeing import COSINES, SINES, agreement
from entente.match.prints.neighbours import (
    _histogram_slow,
    _nearest_slow,
    around,
    bitmaps,
    histogram,
    nearest,
    placed,
)
from entente.match.prints.packing import unpacked
from entente.match.prints.scanning_slow import agreements
from entente.match.rates import eer

FOREIGN = Path(__file__).parents[4] / "shared/data/prints/iso19794/fvc2002_db1_b"
COUNTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 50)), min_size=1, max_size=5)
EVERY = np.arange(3)


def gallery(prints: list[Print]) -> tuple[np.ndarray, np.ndarray]:
    rows = [pack(print) for print in prints]
    return np.concatenate(rows), np.cumsum([0, *map(len, rows)]).astype(np.int64)


@settings(max_examples=12, deadline=None)
@given(COUNTS, st.integers(0, 40))
def test_the_compiled_scan_is_its_definition_to_the_last_bit(kept: list[tuple[int, int]], asked: int) -> None:
    prints = [drawn(seed, count) for seed, count in kept]
    items, start = gallery([*prints, moved(drawn(1, asked), 9, (5, 3), noise=2)])
    rows = np.arange(len(start) - 1)
    told = scan(pack(drawn(1, asked)), items, start, rows)
    np.testing.assert_array_equal(told, scan_slow(pack(drawn(1, asked)), items, start, rows))
    np.testing.assert_array_equal(told, scan(pack(drawn(1, asked)), items, start, rows, threads=2))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 99), st.integers(0, 60))
def test_neighbours_and_bitmaps_are_compiled_exactly(seed: int, count: int) -> None:
    minutiae = placed(drawn(seed, count))
    for found, slow in zip(
        nearest(minutiae.x, minutiae.y), _nearest_slow(minutiae.x, minutiae.y), strict=True
    ):
        np.testing.assert_array_equal(found, slow)
    near = around(minutiae)
    told = (near.far, near.bearing, near.relative, 3 + 0.05 * near.far, near.bearing // 20, 1_700)
    np.testing.assert_array_equal(histogram(*told), _histogram_slow(*told))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.integers(-400, 400)] * 4, st.integers(0, 65_535)), min_size=2, max_size=6))
def test_agreement_of_two_pairs_is_compiled_exactly(pairs: list[tuple[int, ...]]) -> None:
    x, y, x_b, y_b, turn = np.array(pairs).T
    defined = agreements(x, y, x_b, y_b, turn)
    for t in range(len(pairs)):
        for k in range(t + 1, len(pairs)):
            ways = [float(value[k] - value[t]) for value in (x, y, x_b, y_b)]
            assert agreement(*ways, int(turn[t]), int(turn[k]), COSINES, SINES) == defined[t, k]


def test_who_asks_tolerantly_meets_every_neighbour_that_is_kept() -> None:
    near = around(placed(drawn(3)))
    exact, tolerant = bitmaps(near, tolerant=False), bitmaps(near, tolerant=True)
    assert not (exact & ~tolerant).any()
    assert np.bitwise_count(tolerant).sum() > np.bitwise_count(exact).sum()


def test_another_impression_is_nearer_than_any_stranger() -> None:
    items, start = gallery([drawn(seed) for seed in range(30)])
    for seed in range(30):
        told = scan(pack(moved(drawn(seed), 15, (30, -20), seed, noise=1.5)), items, start, np.arange(30))
        assert told.argmax() == seed


def test_a_row_keeps_place_direction_and_quality() -> None:
    print = drawn(4)
    rows = pack(print)
    assert rows.shape == (len(print), WIDTH)
    assert rows.dtype == np.uint64
    kept, once = unpacked(rows), placed(print)
    for name in ("x", "y", "direction", "quality"):
        np.testing.assert_array_equal(getattr(kept, name), getattr(once, name))
    assert (np.diff(kept.direction) >= 0).all()
    assert TEMPLATE == "neighbours@1"


def test_what_is_told_of_a_print_depends_on_no_other() -> None:
    asked = pack(drawn(1))
    items, start = gallery([drawn(1), drawn(2), drawn(5, 60)])
    alone = [scan(asked, *gallery([print]), np.arange(1))[0] for print in (drawn(1), drawn(2), drawn(5, 60))]
    np.testing.assert_array_equal(scan(asked, items, start, EVERY), alone)
    np.testing.assert_array_equal(scan(asked, items, start, np.array([2, 0])), [alone[2], alone[0]])


def test_items_are_read_from_a_mapped_file(tmp_path: Path) -> None:
    items, start = gallery([drawn(seed) for seed in range(3)])
    np.save(tmp_path / "items.npy", items)
    mapped = np.load(tmp_path / "items.npy", mmap_mode="r")
    asked = pack(drawn(2))
    np.testing.assert_array_equal(scan(asked, mapped, start, EVERY), scan(asked, items, start, EVERY))


@pytest.mark.parametrize("count", [0, 1])
def test_a_print_without_neighbours_is_like_nothing(count: int) -> None:
    items, start = gallery([drawn(1), drawn(2, 1), drawn(3, 0)])
    assert not scan(pack(drawn(1, count)), items, start, EVERY).any()
    assert not len(scan(pack(drawn(1)), items, start, np.zeros(0, np.int64)))


@pytest.mark.skipif(not FOREIGN.is_dir(), reason="real prints are not here")
def test_real_prints_of_another_extractor_are_scanned_with_few_errors() -> None:
    prints = [
        iso19794.decode((FOREIGN / f"{f}_{i}.iso").read_bytes())[0]
        for f in range(101, 111)
        for i in range(1, 9)
    ]
    items, start = gallery(prints)
    told = np.array([scan(pack(print), items, start, np.arange(80)) for print in prints])
    told = np.maximum(told, told.T)
    a, b = np.triu_indices(80, 1)
    same = a // 8 == b // 8
    assert eer(told[a, b][same], told[a, b][~same]) < 0.03


def test_rows_that_say_more_than_a_print_can_are_read_like_any_other() -> None:
    """A gallery on a broken disk: every bit set, every count. The compiled loop checks no bounds itself."""
    rows = pack(drawn(5, 30))
    wild = np.full_like(rows, np.iinfo(np.uint64).max)
    items, start = np.concatenate([rows, wild]), np.array([0, len(rows), 2 * len(rows)])
    compiled, defined = (way(rows, items, start, np.arange(2)) for way in (scan, scan_slow))
    assert np.array_equal(compiled, defined)
    assert np.isfinite(compiled).all()
