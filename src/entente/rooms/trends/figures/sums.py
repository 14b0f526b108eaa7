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
SMALL = 1 << 20
"""Keys below it are told apart by a table of as many places, others by sorting."""


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
    dense = [_dense(key) for key in keys]
    packed, size = _packed(dense, len(n))
    if size <= 8 * len(packed) + 65_536:
        there = np.bincount(packed, minlength=1) > 0
        known, row = np.flatnonzero(there), (np.cumsum(there) - 1)[packed]
    else:
        known, row = np.unique(packed, return_inverse=True)
    many = len(known) if len(packed) else 0
    new = _first_of(row, n, many)
    return Groups(
        keys=_unpacked(known[:many], dense),
        seizures=np.bincount(row[new], minlength=many).astype(np.int64),
        lines=np.bincount(row, minlength=many).astype(np.int64),
        weight=np.bincount(row, np.nan_to_num(weight, nan=0.0), many).astype(np.float64),
        row=row.astype(np.int64),
    )


def _dense(key: Array) -> tuple[Array, NDArray[np.int64]]:
    """(each row's place among the values that there are, those values)."""
    if not len(key):
        return key.astype(np.int64), np.zeros(0, np.int64)
    if int(key.max()) < SMALL:
        there = np.bincount(key) > 0
        return (np.cumsum(there) - 1)[key], np.flatnonzero(there)
    values, place = np.unique(key, return_inverse=True)
    return place, values.astype(np.int64)


def _packed(dense: Sequence[tuple[Array, NDArray[np.int64]]], many: int) -> tuple[NDArray[np.int64], int]:
    if sum(max(len(values) - 1, 0).bit_length() for _, values in dense) > WIDE:
        raise ValueError("keys are too wide together")
    packed, size = np.zeros(many, np.int64), 1
    for place, values in dense:
        packed = packed * max(len(values), 1) + place
        size *= max(len(values), 1)
    return packed, size


def _unpacked(
    known: NDArray[np.int64], dense: Sequence[tuple[Array, NDArray[np.int64]]]
) -> NDArray[np.int64]:
    columns = []
    rest = known.astype(np.int64)
    for _, values in reversed(dense):
        size = max(len(values), 1)
        columns.append(values[rest % size] if len(values) else rest)
        rest = rest // size
    return np.stack(columns[::-1], axis=1) if columns else np.zeros((len(known), 0), np.int64)


def _first_of(row: Array, n: Array, many: int) -> NDArray[np.int64]:
    """Places of the first row of each seizure in each group."""
    if (n[1:] != n[:-1]).all():  # a row each
        return np.arange(len(n))
    # Numbers of two bytes are sorted by counting, several times as fast.
    order = np.argsort(row.astype(np.uint16) if many <= 1 << 16 else row, kind="stable")
    new = np.ones(len(order), np.bool_)
    new[1:] = (row[order][1:] != row[order][:-1]) | (n[order][1:] != n[order][:-1])
    return order[new]


def of_frame(frame: Frame, *keys: Array) -> Groups:
    """Groups of a frame's rows."""
    return grouped(keys, frame["n"], frame.weight)


def first_of(codes: Array, n: Array) -> NDArray[np.int64]:
    """Places of the first row of each seizure in each group, in order; rows are ordered by seizure."""
    place, values = _dense(codes)
    return np.sort(_first_of(place, n, len(values)))
