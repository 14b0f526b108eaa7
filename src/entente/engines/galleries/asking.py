"""A question to a gallery, of the segments of one moment: which rows, scanned by threads, summed by thing."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.galleries.forms import Scan
from entente.engines.galleries.rows import Column
from entente.engines.galleries.seam import Asked, Items, Proposed
from entente.engines.galleries.segment import Segment
from entente.engines.segments.labels import allowed
from entente.engines.segments.numbers import listed
from entente.engines.segments.reader import Snapshot

THREADS = 2
LEAST = 1 << 14
"""Items of a gallery (some hundred prints) that are not worth a second thread."""


class Scanner:
    """Scans with threads; each takes rows of as many items as the others, and no score depends on it."""

    def __init__(self, threads: int = THREADS) -> None:
        self._threads = threads
        self._pool: ThreadPoolExecutor | None = None

    def __call__(self, scan: Scan, asked: Items, segment: Segment, rows: Column) -> NDArray[np.float32]:
        until = np.cumsum(segment.start[rows + 1] - segment.start[rows])
        if self._threads < 2 or not len(rows) or until[-1] < LEAST:
            return scan(asked, segment.items, segment.start, rows)
        cuts = np.searchsorted(until, until[-1] * np.arange(1, self._threads) // self._threads)
        pool = self._pool = self._pool or ThreadPoolExecutor(self._threads, "scan")
        every = [
            pool.submit(scan, asked, segment.items, segment.start, part) for part in np.split(rows, cuts)
        ]
        return np.concatenate([one.result() for one in every])

    def close(self) -> None:
        if self._pool:
            self._pool.shutdown()
            self._pool = None


def propose(
    snapshot: Snapshot[Segment],
    space: str,
    asked: Sequence[Asked],
    most: int,
    view: View,
    scan: Scan,
    scanner: Scanner,
) -> list[Proposed]:
    """As the seam says it. A thing's templates of one space lie in one segment, so that each segment's best
    are the things' own scores."""
    found: list[Proposed] = []
    for entry in snapshot.manifest.entries:
        if entry.space == space:
            inside = _Inside(snapshot.segments[entry.name], snapshot.dead(entry), view)
            found += inside.best(asked, most, scan, scanner)
    found.sort(key=lambda p: (-p.score, p.n))
    return found[:most]


class _Inside:
    """A segment as far as a view holds it."""

    def __init__(self, segment: Segment, dead: Column | None, view: View) -> None:
        self._segment = segment
        self._kept = allowed(segment.labels, view)[segment.label]
        if dead is not None:
            self._kept &= ~listed(segment.n, dead)[segment.thing]

    def best(self, asked: Sequence[Asked], most: int, scan: Scan, scanner: Scanner) -> list[Proposed]:
        segment = self._segment
        total, seen = np.zeros(len(segment.n)), np.zeros(len(segment.n), np.bool_)
        for one in asked:
            rows = self._rows(one.position)
            if not len(rows) or not len(one.items):
                continue
            if one.items.shape[1] != segment.items.shape[1]:
                raise ValueError(
                    f"items of width {one.items.shape[1]} are not compared with {segment.items.shape[1]}"
                )
            things = segment.thing[rows]
            best = np.full(len(segment.n), -np.inf, np.float32)
            np.maximum.at(best, things, scanner(scan, one.items, segment, rows))
            told = np.zeros(len(segment.n), np.bool_)
            told[things] = True
            total[told] += best[told]
            seen |= told
        places = np.flatnonzero(seen)
        if 0 < most < len(places):
            least = np.partition(total[places], len(places) - most)[len(places) - most]
            places = places[total[places] >= least]
        return [
            Proposed(*pair) for pair in zip(segment.n[places].tolist(), total[places].tolist(), strict=True)
        ]

    def _rows(self, position: int) -> Column:
        """What is kept at a position and at none; at position 0 all."""
        if not position:
            return np.flatnonzero(self._kept)
        bounds = np.searchsorted(self._segment.position, [0, 1, position, position + 1])
        low, high, begin, end = bounds.tolist()
        return np.concatenate(
            (low + np.flatnonzero(self._kept[low:high]), begin + np.flatnonzero(self._kept[begin:end]))
        )
