"""Small numbers in shared statistics: counts of 1 to 4 are not shown, nor what would tell them.

A table of counts is shown with the totals of its rows, its columns and all. A count of 1 to 4 (a total too)
is hidden, and others with it, until for each of them there is another table of whole numbers with the same
shown cells in which it is 5 or more: four cells at the corners of a rectangle that can move together. So
nobody can tell by sums that it is small, nor which number it is. Zeros are shown: nothing is nobody.
(Cell suppression: Cox 1980; here the rectangle is the proof, found by trying all of them, the cheapest
first.)

Two tables that share cells must be hidden as one; what is known beside the table is not weighed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
LEAST = 5
"""The least count that is shown."""
DEAR = 4
"""How many times dearer than a cell of the same size a total is to hide."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which may not be shown: `cells` (R, C), `rows` (R,) and `columns` (C,) totals, `total`; `small`: how
    many of all these are 1 to 4; `beside`: how many are hidden to protect them."""

    cells: Flags
    rows: Flags
    columns: Flags
    total: bool
    small: int
    beside: int


def hide(counts: ArrayLike, least: int = LEAST) -> Hidden:
    """What of a table of counts (R, C), shown with all its totals, must be hidden.

    Raises ValueError for counts that are negative, or no table.
    """
    table = np.asarray(counts, np.int64)
    if table.ndim != 2 or (table < 0).any():
        raise ValueError("is no table of counts, or has negative ones")
    if not table.size:
        rows, columns = (np.zeros(size, np.bool_) for size in table.shape)
        return Hidden(table.astype(np.bool_), rows, columns, False, 0, 0)
    whole = _with_totals(table)
    hidden = (whole > 0) & (whole < least)
    small = np.argwhere(hidden)
    # The smallest first: what protects them protects most of the others.
    for a, p in small[np.argsort(whole[hidden], kind="stable")].tolist():
        b, q = _corner(whole, hidden, a, p, least)
        hidden[[a, a, b, b], [p, q, p, q]] = True
    return Hidden(
        hidden[:-1, :-1],
        hidden[:-1, -1],
        hidden[-1, :-1],
        bool(hidden[-1, -1]),
        len(small),
        int(hidden.sum()) - len(small),
    )


def hide_list(counts: ArrayLike, least: int = LEAST) -> tuple[Flags, bool]:
    """The same of one line (n,) that is shown with its total: which counts are hidden, and whether it is."""
    line = np.asarray(counts, np.int64)
    if line.ndim != 1 or (line < 0).any():
        raise ValueError("is no line of counts, or has negative ones")
    whole = np.append(line, line.sum())
    hidden = (whole > 0) & (whole < least)
    for at in np.argsort(whole, kind="stable").tolist():
        if not 0 < whole[at] < least:
            continue
        # A count beside it may fall by what it rises; the total rises with it, and falls with nothing.
        could = (whole - 1 >= least - whole[at]) & (np.arange(len(whole)) < len(line))
        if at == len(line):
            could[: len(line)] = line > 0
        could[-1] = at < len(line)
        could[at] = False
        price = np.where(hidden, 0, np.where(np.arange(len(whole)) == len(line), DEAR, 1) * whole)
        partner = int(np.argmin(np.where(could, price, np.iinfo(np.int64).max)))
        hidden[partner] = True
    return hidden[:-1], bool(hidden[-1])


def _with_totals(table: Whole) -> Whole:
    across = np.concatenate([table, table.sum(axis=1, keepdims=True)], axis=1)
    return np.concatenate([across, across.sum(axis=0, keepdims=True)], axis=0)


def _corner(whole: Whole, hidden: Flags, a: int, p: int, least: int) -> tuple[int, int]:
    """The row and column of the rectangle with (a, p) that costs least to hide and lets it rise to `least`.

    Along a line, a cell that rises makes another fall by as much, or the line's total rise; so each corner
    moves up or down, and one that falls must have that much and one more, so as not to be a zero shown as a
    number. With both totals as the other corners all four rise: there always is a rectangle.
    """
    high, wide = whole.shape
    rise = least - whole[a, p]
    row, column = np.arange(high) == high - 1, np.arange(wide) == wide - 1
    along = np.where(column | (p == wide - 1), 1, -1)  # (a, q)
    down = np.where(row | (a == high - 1), 1, -1)  # (b, p)
    across = down[:, None] * along[None, :]  # (b, q)

    def can(value: Whole, way: Whole) -> Flags:
        return np.asarray((way > 0) | (value > rise))

    could = (
        can(whole[a][None, :], along[None, :]) & can(whole[:, p][:, None], down[:, None]) & can(whole, across)
    )
    could[a, :] = False
    could[:, p] = False
    dear = np.where(row[:, None] | column[None, :], DEAR, 1) * np.maximum(whole, 1)
    price = np.where(hidden, 0, dear)
    every = price[a][None, :] + price[:, p][:, None] + price
    every = np.where(could, every, np.iinfo(np.int64).max)
    b, q = divmod(int(np.argmin(every)), wide)
    return b, q
