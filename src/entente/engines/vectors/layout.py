"""How a hash is cut into bands, and how far each band is looked around, so that nothing near is missed.

The generalised pigeonhole principle: let the bands have thresholds t with sum(t + 1) >= radius + 1. Two
hashes at most `radius` bits apart then differ by at most t bits in at least one band, or the sum of their
differences would be at least sum(t + 1) > radius. So whoever looks up, band by band, all values within t
bits of the asked one misses nothing. ("Fast exact search in Hamming space with multi-index hashing", TPAMI
2014; unequal thresholds: "GPH: similarity search in Hamming space", ICDE 2018.)
"""

from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

Widths = tuple[int, ...]

LAYOUTS: tuple[tuple[int, Widths], ...] = (
    (32_768, ()),
    (500_000, (16,) * 16),
    (5_000_000, (20,) * 4 + (18,) * 6 + (17,) * 4),
    (40_000_000, (22,) * 8 + (20,) * 4),
    (1 << 28, (24,) * 6 + (23,) * 4 + (20,)),
)
"""(up to so many rows, widths of the bands in bits); none: every row is compared. Bands so wide that a
value is rare, and so few that their lists (4 bytes a row each, the first has none) keep within 100 bytes
a hash at ten million."""
MOST_ROWS = LAYOUTS[-1][0]
"""Of one segment: the lists of its bands are numbered with 32 bits."""
PROBE_NS, CANDIDATE_NS, ROW_NS = 60.0, 90.0, 5.0
"""What a looked-up value, a row compared out of turn and a row compared in turn cost (benchmarks/pdq.py).
They decide what is tried, never what is found."""


def widths_of(rows: int) -> Widths:
    """The bands of a segment of so many rows."""
    return next((widths for most, widths in LAYOUTS if rows <= most), LAYOUTS[-1][1])


@lru_cache(maxsize=256)
def thresholds(widths: Widths, rows: int, radius: int) -> tuple[int, ...] | None:
    """For each band, how many bits its values may differ (-1: it is not looked at), or None where comparing
    every row is cheaper. Greedy: costs grow faster with each bit, so the cheapest next step is the best."""
    if not widths:
        return None
    chosen = [-1] * len(widths)
    spent = 0.0
    for _ in range(radius + 1):
        steps = [(_cost(w, t + 1, rows), at) for at, (w, t) in enumerate(zip(widths, chosen, strict=True))]
        cost, at = min(steps)
        spent += cost
        if spent >= ROW_NS * rows:
            return None
        chosen[at] += 1
    return tuple(chosen)


def _cost(width: int, bits: int, rows: int) -> float:
    """Nanoseconds for the values exactly so many bits away, were all values equally common."""
    if bits > width:
        return float("inf")
    return comb(width, bits) * (PROBE_NS + CANDIDATE_NS * rows / (1 << width))


@lru_cache(maxsize=256)
def masks(width: int, bits: int) -> NDArray[np.uint32]:
    """Every value of so many bits' width with at most `bits` set, fewest first."""
    one = [1 << at for at in range(width)]
    return np.array([sum(c) for many in range(bits + 1) for c in combinations(one, many)], np.uint32)


def band(hashes: NDArray[np.uint64], widths: Widths, at: int) -> NDArray[np.uint32]:
    """The values of one band. `hashes`: (rows, 4), little end first."""
    start, width = sum(widths[:at]), widths[at]
    word, shift = divmod(start, 64)
    value = hashes[:, word] >> np.uint64(shift)
    if shift + width > 64:
        value |= hashes[:, word + 1] << np.uint64(64 - shift)
    return (value & np.uint64((1 << width) - 1)).astype(np.uint32)
