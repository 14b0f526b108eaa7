"""Reports laid on a line of time: how many, or how much, a group had in each month, quarter or year.

A period is a whole number: years * 12 + month - 1, years * 4 + quarter - 1, or the year. A date that is said
less exactly than the period is in none of them (a first of January is never invented), and is counted apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

Codes = NDArray[np.int32]
Matrix = NDArray[np.float64]
PER_YEAR: Mapping[str, int] = MappingProxyType({"month": 12, "quarter": 4, "year": 1})
FINEST: Mapping[str, int] = MappingProxyType({"month": 2, "quarter": 2, "year": 3})
"""The least exact precision that still tells the period: 1 day, 2 month, 3 year."""
UNKNOWN = -(2**31)
"""A day or a period that is not said."""
MOST_CELLS = 50_000_000
EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Series:
    """S groups over T periods that follow each other from `first`.

    `values` (S, T): rows or their weights, 0 where nothing was reported. `begins`, `ends` (S,): the column of
    a group's first and last report; before and after them a 0 may be silence as well as absence.
    `complete` (T,): False for periods that had not ended on the day of counting. `undated` and `unweighed`:
    rows left out because no period, or no weight, is said.
    """

    groups: NDArray[np.int64]
    by: str
    first: int
    values: Matrix
    begins: Codes
    ends: Codes
    complete: NDArray[np.bool_]
    undated: int
    unweighed: int

    def whole(self) -> Matrix:
        """(S, T'): the values up to the last period that has ended; what is still running tells no trend."""
        return self.values[:, self.complete]

    def names(self) -> tuple[str, ...]:
        """(T,): 2026-03, 2026-Q1 or 2026."""
        return tuple(name(self.first + at, self.by) for at in range(self.values.shape[1]))


def periods(days: ArrayLike, by: str = "month", precision: ArrayLike | None = None) -> Codes:
    """(N,): the period each day lies in, UNKNOWN where the day is, or is said less exactly than a period.

    `days`: days since 1970, UNKNOWN where not said. `precision`: 1 day, 2 month, 3 year, 0 not said; without
    it all are exact. Raises ValueError for another `by` than month, quarter, year.
    """
    per_year = _per_year(by)
    given = np.asarray(days, np.int64)
    known = given != UNKNOWN
    if precision is not None:
        said = np.asarray(precision)
        known &= (said >= 1) & (said <= FINEST[by])
    months = np.where(known, given, 0).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    found = (months + 1970 * 12) // (12 // per_year)
    return np.where(known, found, UNKNOWN).astype(np.int32)


def name(period: int, by: str = "month") -> str:
    """2026-03, 2026-Q1 or 2026."""
    year, part = divmod(period, _per_year(by))
    return {"month": f"{year:04}-{part + 1:02}", "quarter": f"{year:04}-Q{part + 1}"}.get(by, f"{year:04}")


def starts(period: int, by: str = "month") -> int:
    """The first day of a period, in days since 1970."""
    year, part = divmod(period, per_year := _per_year(by))
    return date(year, part * (12 // per_year) + 1, 1).toordinal() - EPOCH


def counts(
    group: ArrayLike,
    period: ArrayLike,
    weight: ArrayLike | None = None,
    *,
    by: str = "month",
    until: int | None = None,
    span: tuple[int, int] | None = None,
) -> Series:
    """How many rows, or how much weight, each group has in each period.

    `group`, `period`, `weight`: (N,); NaN weights are left out and counted. `until`: the day (since 1970) up
    to which reports could have come in; a period that ends later is not complete. `span`: first and last
    period, else those of the rows. Raises ValueError when the table would have more than MOST_CELLS cells.
    """
    groups, when = np.asarray(group, np.int64), np.asarray(period, np.int64)
    kept = when != UNKNOWN
    undated = int((~kept).sum())
    much = None if weight is None else np.asarray(weight, np.float64)
    unweighed = 0 if much is None else int((kept & np.isnan(much)).sum())
    if much is not None:
        kept &= ~np.isnan(much)
    if span is not None:
        kept &= (when >= span[0]) & (when <= span[1])
    if not kept.all():
        groups, when = groups[kept], when[kept]
        much = None if much is None else much[kept]
    first, last = span or ((int(when.min()), int(when.max())) if len(when) else (0, -1))
    long = last - first + 1
    known, row = _coded(groups)
    if len(known) * long > MOST_CELLS:
        raise ValueError(f"has {len(known)} groups over {long} periods: more than {MOST_CELLS} cells")
    at = row * long + (when - first)
    found = np.bincount(at, much, len(known) * long).astype(np.float64).reshape(len(known), long)
    seen = np.bincount(at, None, len(known) * long).reshape(len(known), long) > 0
    return Series(
        known,
        by,
        first,
        found,
        seen.argmax(axis=1).astype(np.int32) if long else np.zeros(len(known), np.int32),
        (long - 1 - seen[:, ::-1].argmax(axis=1)).astype(np.int32)
        if long
        else np.zeros(len(known), np.int32),
        np.array([until is None or starts(first + t + 1, by) <= until + 1 for t in range(long)], np.bool_),
        undated,
        unweighed,
    )


def _coded(groups: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The groups in order and each row's place among them; by a table where codes are small, else sorted."""
    if len(groups) and groups.min() >= 0 and groups.max() < 4 * len(groups) + 1024:
        there = np.bincount(groups) > 0
        place = np.cumsum(there) - 1
        return np.flatnonzero(there), place[groups]
    known, row = np.unique(groups, return_inverse=True)
    return known, row.astype(np.int64)


def _per_year(by: str) -> int:
    if by not in PER_YEAR:
        raise ValueError(f"is no length of a period: {by!r}; month, quarter or year is")
    return PER_YEAR[by]
