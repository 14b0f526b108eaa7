"""Pairs within a radius: as a comparison of each with each finds them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.triage import neighbours
from entente.triage.neighbours import hashes, pairs


def each_with_each(one: list[bytes], other: list[bytes], radius: int) -> set[tuple[int, int, int]]:
    found = set()
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            near = (int.from_bytes(a) ^ int.from_bytes(b)).bit_count()
            if near <= radius:
                found.add((i, j, near))
    return found


def found(one: list[bytes], other: list[bytes], radius: int) -> set[tuple[int, int, int]]:
    told = set()
    for i, j, near in pairs(hashes(one), hashes(other), radius):
        told |= set(zip(i.tolist(), j.tolist(), near.tolist(), strict=True))
    return told


def crowd(seed: int, count: int) -> tuple[list[bytes], list[bytes]]:
    """Hashes, and others that are 0 to 60 bits away from some of them."""
    chance = np.random.default_rng(seed)
    one = [chance.bytes(32) for _ in range(count)]
    other = [chance.bytes(32) for _ in range(count // 2)]
    for base in one[: count // 2]:
        flipped = chance.choice(256, int(chance.integers(0, 61)), replace=False)
        number = int.from_bytes(base) ^ sum(1 << int(bit) for bit in flipped)
        other.append(number.to_bytes(32))
    return one, other


@given(
    seed=st.integers(0, 10_000), count=st.integers(1, 60), radius=st.sampled_from([0, 15, 31, 48, 255, 256])
)
def test_all_pairs_of_few_hashes_are_found_and_no_other(seed: int, count: int, radius: int) -> None:
    one, other = crowd(seed, count)
    other.append(bytes(255 - byte for byte in one[0]))  # 256 bits away
    assert found(one, other, radius) == each_with_each(one, other, radius)


@pytest.mark.parametrize("radius", [0, 15, 16, 31])
def test_all_pairs_are_found_through_the_buckets_too(radius: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "PER_BUCKET", 8)
    one, other = crowd(radius, 500)
    bits = round(np.log2(len(one) / 8))
    assert bits >= 4 and len(neighbours._flips(bits, radius // 16)) <= 1 << (bits - 1)
    assert found(one, other, radius) == each_with_each(one, other, radius)


def test_a_pair_whose_every_band_differs_is_found_up_to_the_radius(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "PER_BUCKET", 8)
    one, other = crowd(3, 500)
    worst = int.from_bytes(one[0])
    for band in range(16):  # two bits in 15 bands, one in the last: 31
        worst ^= (0b11 if band else 0b1) << (16 * band)
    assert (0, len(other), 31) in found(one, [*other, worst.to_bytes(32)], 31)


def test_nothing_has_no_pairs() -> None:
    assert found([], [bytes(32)], 31) == found([bytes(32)], [], 31) == set()
