"""All pairs of two sets of 256-bit hashes within a radius: exact, in numpy, fast enough for a whole disk.

Where two hashes differ in at most `radius` bits, at least one of 16 bands of 16 bits differs in at most
`radius // 16` (pigeonhole; multi-index hashing, Norouzi et al. 2012). So each band is a table, and only what
lies in the buckets around is compared. The first k bits of a band are the bucket, k by how many hashes there
are, which stays exact and keeps both the buckets and their number small. Few hashes, or a wide radius, are
compared one with another.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

WORDS = 4
BANDS = 16
BAND_BITS = 16
BLOCK = 1 << 17
"""Pairs compared at once: what fits the processor's cache."""
PER_BUCKET = 48
MOST_PROBES = 150
"""Buckets around one; where there would be more, comparing all is faster."""

Hashes = NDArray[np.uint64]
"""(n, 4), a row a hash."""
Pairs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Places in the one, places in the other, distances."""


def hashes(rows: Sequence[bytes]) -> Hashes:
    """Hashes of 32 bytes as an array."""
    return np.frombuffer(b"".join(rows), np.uint64).reshape(-1, WORDS)


def pairs(one: Hashes, other: Hashes, radius: int) -> Iterator[Pairs]:
    """Every pair within the radius, some of them more than once, in no order."""
    if not len(one) or not len(other):
        return
    bits = min(BAND_BITS, max(0, round(np.log2(len(one) / PER_BUCKET)))) if len(one) > PER_BUCKET else 0
    flips = _flips(bits, radius // BANDS)
    if bits < 4 or len(flips) > min(MOST_PROBES, 1 << (bits - 1)):
        yield from _each(one, other, radius)
        return
    for band in range(BANDS):
        left, right = (_sorted(_prefix(rows, band, bits), 1 << bits) for rows in (one, other))
        ordered = other[right[0]]
        for bucket in np.flatnonzero(np.diff(left[1])):
            mine = left[0][left[1][bucket] : left[1][bucket + 1]]
            around = [slice(right[1][bucket ^ flip], right[1][(bucket ^ flip) + 1]) for flip in flips]
            yours = np.concatenate([ordered[s] for s in around])
            if not len(yours):
                continue
            places: NDArray[np.int64] | None = None
            for i, j, near in _each(one[mine], yours, radius):
                if places is None:
                    places = np.concatenate([right[0][s] for s in around])
                yield mine[i], places[j], near


def _flips(bits: int, most: int) -> list[int]:
    """What turns a bucket's number into those that differ in at most `most` of its bits."""
    return [
        sum(1 << at for at in ats)
        for count in range(min(most, bits) + 1)
        for ats in combinations(range(bits), count)
    ]


def _prefix(rows: Hashes, band: int, bits: int) -> NDArray[np.int64]:
    words = np.ascontiguousarray(rows).view(np.uint16).reshape(len(rows), BANDS)
    return (words[:, band] >> np.uint16(BAND_BITS - bits)).astype(np.int64)


def _sorted(keys: NDArray[np.int64], buckets: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places by bucket, and where each bucket begins (one more at the end)."""
    starts = np.zeros(buckets + 1, np.int64)
    np.cumsum(np.bincount(keys, minlength=buckets), out=starts[1:])
    return np.argsort(keys, kind="stable"), starts


def _each(one: Hashes, other: Hashes, radius: int) -> Iterator[Pairs]:
    """One with another, in blocks."""
    wide = min(len(other), BLOCK)
    tall = max(1, BLOCK // wide)
    for start in range(0, len(other), wide):
        columns = np.ascontiguousarray(other[start : start + wide].T)
        for top in range(0, len(one), tall):
            rows = one[top : top + tall]
            # The first half alone leaves few pairs: those of unrelated hashes lie about 64 bits apart in it.
            near = np.bitwise_count(rows[:, 0, None] ^ columns[0])
            near += np.bitwise_count(rows[:, 1, None] ^ columns[1])
            at = np.flatnonzero(near <= radius)
            if not len(at):
                continue
            i, j = np.divmod(at, columns.shape[1])
            rest = np.bitwise_count(rows[i, 2:] ^ columns[2:, j].T).sum(axis=1, dtype=np.int64)
            whole = near.ravel()[at] + rest
            within = whole <= radius
            if within.any():
                yield i[within] + top, j[within] + start, whole[within]
