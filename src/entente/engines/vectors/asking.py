"""A question about likenesses, of the segments of one moment."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View
from entente.engines.segments.labels import allowed
from entente.engines.segments.manifest import Entry
from entente.engines.segments.numbers import listed
from entente.engines.segments.reader import Snapshot
from entente.engines.vectors.nearest import Nearest
from entente.engines.vectors.rows import Words
from entente.engines.vectors.seam import Near
from entente.engines.vectors.segment import Segment

AT_ONCE = 64
"""Asked hashes looked up together."""


def near(
    snapshot: Snapshot[Segment],
    space: str,
    asked: Words,
    radius: int,
    view: View,
    most: int | None,
    owners: Sequence[int],
) -> list[Near]:
    """As the seam says it; `asked`: (hashes, 4)."""
    owner_of = np.append(np.asarray(owners, np.int64), 0)
    inside = [_Inside(snapshot, e, view, owner_of) for e in snapshot.manifest.entries if e.space == space]
    found: list[Near] = []
    for start in range(0, len(asked), AT_ONCE):
        nearest = Nearest(most)
        for one in inside:
            one.near(asked[start : start + AT_ONCE], radius, nearest)
        found += [Near(at + start, n, apart) for at, n, apart in nearest.told()]
    return found


class _Inside:
    """A segment as far as a view holds it."""

    def __init__(
        self, snapshot: Snapshot[Segment], entry: Entry, view: View, owners: NDArray[np.int64]
    ) -> None:
        self._segment, self._dead = snapshot.segments[entry.name], snapshot.dead(entry)
        self._allowed = allowed(self._segment.labels, view)
        self._owners = owners

    def near(self, asked: Words, radius: int, nearest: Nearest) -> None:
        for at, rows, apart in self._segment.near(asked, radius):
            label, n = self._segment.label[rows], self._segment.n[rows].astype(np.int64)
            kept = self._allowed[label]
            if self._dead is not None:
                kept &= ~listed(n, self._dead)
            classes = self._segment.labels[label[kept], 0]
            owner = self._owners[np.minimum(classes, len(self._owners) - 1)]
            nearest.take(at[kept], owner, n[kept], apart[kept])
