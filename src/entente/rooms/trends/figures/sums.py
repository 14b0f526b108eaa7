"""Rows added up by keys: how many seizures, lines, and how much of the question's measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.rooms.trends.figures.frame import Frame

Array = NDArray[Any]
WIDE = 62
"""Bits that the keys of one table may have together."""


@dataclass(frozen=True, slots=True)
class Groups:
    """G groups in the order of their keys. `keys`: (G, K). `seizures`: how many different ones have a line in
    it. `weight`: what they weigh together, lines that weigh nothing left out. `row`: (R,) each row's group.
    """

    keys: NDArray[np.int64]
    seizures: NDArray[np.int64]
    lines: NDArray[np.int64]
    weight: NDArray[np.float64]
    row: NDArray[np.int64]

    def measured(self, measure: str) -> NDArray[np.float64]:
        """By the question's measure: seizures for a count, else the weight."""
        return self.seizures.astype(np.float64) if measure == "count" else self.weight


def grouped(keys: Sequence[Array], n: Array, weight: Array) -> Groups:
    """Groups of rows with the same keys (whole numbers from 0). Rows are ordered by seizure `n`.

    Raises ValueError for keys that are too wide to be one number.
    """
    packed, sizes = _packed(keys, len(n))
    known, row = np.unique(packed, return_inverse=True)
    row = row.astype(np.int64)
    many = len(known)
    order = np.argsort(row, kind="stable")  # by group, and by seizure within it
    new = np.ones(len(order), np.bool_)
    new[1:] = (row[order][1:] != row[order][:-1]) | (n[order][1:] != n[order][:-1])
    return Groups(
        keys=_unpacked(known, sizes),
        seizures=np.bincount(row[order][new], minlength=many).astype(np.int64),
        lines=np.bincount(row, minlength=many).astype(np.int64),
        weight=np.bincount(row, np.nan_to_num(weight, nan=0.0), many).astype(np.float64),
        row=row,
    )


def _packed(keys: Sequence[Array], many: int) -> tuple[NDArray[np.int64], list[int]]:
    sizes = [int(key.max()) + 1 if len(key) else 1 for key in keys]
    if sum((size - 1).bit_length() for size in sizes) > WIDE:
        raise ValueError("keys are too wide together")
    packed = np.zeros(many, np.int64)
    for key, size in zip(keys, sizes, strict=True):
        packed = packed * size + key.astype(np.int64)
    return packed, sizes


def _unpacked(known: NDArray[np.int64], sizes: Sequence[int]) -> NDArray[np.int64]:
    columns = []
    rest = known.copy()
    for size in reversed(sizes):
        columns.append(rest % size)
        rest //= size
    return np.stack(columns[::-1], axis=1) if columns else np.zeros((len(known), 0), np.int64)


def of_frame(frame: Frame, *keys: Array) -> Groups:
    """Groups of a frame's rows."""
    return grouped(keys, frame["n"], frame.weight)


def first_of(codes: Array, n: Array) -> NDArray[np.int64]:
    """Places of the first row of each seizure in each group; rows are ordered by seizure."""
    order = np.lexsort((n, codes))
    new = np.ones(len(order), np.bool_)
    new[1:] = (codes[order][1:] != codes[order][:-1]) | (n[order][1:] != n[order][:-1])
    return np.sort(order[new])
