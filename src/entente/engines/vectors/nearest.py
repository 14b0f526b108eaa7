"""Of many pairs found piece by piece, the nearest of each owner."""

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]
Pairs = NDArray[np.int64]
"""(4, pairs): place in the question, owner, thing, distance."""
HELD = 1 << 18
"""Pairs held, beyond those that stay, before what cannot be told any more is dropped."""


class Nearest:
    """Keeps the `most` nearest things of each owner for each asked hash; None: all.

    Dropping before all is seen is exact: a thing that stands behind so many others of its owner can only be
    told if a nearer hash of its own comes later, and is then taken anew.
    """

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._kept: Pairs = np.zeros((4, 0), np.int64)
        self._fresh: list[Pairs] = []
        self._many = 0

    def take(self, at: Column, owner: Column, n: Column, apart: Column) -> None:
        self._fresh.append(np.stack((at, owner, n, apart)))
        self._many += len(at)
        if self._many > HELD:
            self._settle()

    def told(self) -> list[tuple[int, int, int]]:
        """(place in the question, thing, distance), each thing once, ordered by place, distance, thing."""
        self._settle()
        found = self._kept[[0, 2, 3]]
        found = found[:, np.lexsort(found[::-1])]
        at, n, apart = found[:, _changes(found[:2])]  # a thing may have had hashes under two owners
        order = np.lexsort((n, apart, at))
        return list(zip(at[order].tolist(), n[order].tolist(), apart[order].tolist(), strict=True))

    def _settle(self) -> None:
        if not self._fresh:
            return
        found = np.concatenate((self._kept, *self._fresh), 1)
        found = found[:, np.lexsort(found[::-1])]
        found = found[:, _changes(found[:3])]
        if self._most is not None:
            at, owner, n, apart = found
            found = found[:, np.lexsort((n, apart, owner, at))]
            begins = np.flatnonzero(_changes(found[:2]))
            many = np.diff(begins, append=found.shape[1])
            found = found[:, np.arange(found.shape[1]) - np.repeat(begins, many) < self._most]
        self._kept, self._fresh, self._many = found, [], 0


def _changes(columns: Pairs) -> NDArray[np.bool_]:
    """Which of sorted columns are not the same as the one before."""
    fresh = np.ones(columns.shape[1], np.bool_)
    fresh[1:] = (columns[:, 1:] != columns[:, :-1]).any(0)
    return fresh
