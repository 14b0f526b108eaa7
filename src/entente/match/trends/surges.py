"""Combinations (say goods, concealment, mode, origin, departure) that rise above their own past or are new.

A period's count is weighed against the combination's own mean over the periods before it, by the tail of a
negative binomial: gamma-Poisson prediction with the prior of Jeffreys (Gelman and others 2013, chapter 2),
widened by the dispersion of its past. All combinations of the period are tested together: Benjamini and
Hochberg 1995. Each names its rows, so that a person can open them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import nbinom

from entente.match.trends.series import UNKNOWN

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
PAST = 24
"""Periods before, over which the mean is taken."""
LEAST_PAST = 6
"""Periods of reports without which nothing is said to rise or be new."""
TAIL = 1e-3
FALSE_SHARE = 0.05
"""Share of the combinations said to rise that may be chance."""
LEAST = 3
"""Rows that make a surge."""


@dataclass(frozen=True, slots=True)
class Surges:
    """C combinations that have rows in the period, the least likely first; columns of length C.

    `seen`: rows in the period; `expected`: the mean of the periods before; `dispersion` of those periods (at
    least 1); `p`: chance of so many or more; `q`: p corrected for how many were tested; `found`: p under
    1e-3 and q at most 5 % and three rows or more. `rows`: places in the columns handed in. `past`: how many
    periods the mean rests on; 0 where there are too few, and then nothing is found.
    """

    group: Whole
    seen: Whole
    expected: Floats
    dispersion: Floats
    p: Floats
    q: Floats
    found: NDArray[np.bool_]
    rows: tuple[Whole, ...]
    past: int


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """Combinations of the period that no earlier row has, most rows first; `rows` as in Surges.

    `past`: how many periods before were looked at, from the first report on; `usual`: how many combinations
    were new in a period, on the average of the last ones (a new one is no news where many always are).
    """

    group: Whole
    seen: Whole
    rows: tuple[Whole, ...]
    past: int
    usual: float


def combine(columns: list[ArrayLike]) -> tuple[Whole, NDArray[np.int64]]:
    """(N,) numbers of combinations, and (C, d) what each stands for, in order; columns of whole numbers."""
    table = [np.asarray(column, np.int64) for column in columns]
    code = np.zeros(len(table[0]), np.int64)
    for column in table:
        low = int(column.min()) if len(column) else 0
        wide = int(column.max()) - low + 1 if len(column) else 1
        if len(code) and code.max() > (2**62) // wide:
            code = np.unique(code, return_inverse=True)[1].astype(np.int64)
        code = code * wide + (column - low)
    _, first, number = np.unique(code, return_index=True, return_inverse=True)
    return number.astype(np.int64), np.stack([column[first] for column in table], axis=1)


def surges(
    group: ArrayLike,
    period: ArrayLike,
    at: int,
    *,
    past: int = PAST,
    tail: float = TAIL,
    least: int = LEAST,
) -> Surges:
    """Combinations whose rows in period `at` exceed their own past.

    `group`, `period`: (N,), UNKNOWN periods in none. The past begins with the first report of any
    combination, at most `past` periods before.
    """
    groups, when = np.asarray(group, np.int64), np.asarray(period, np.int64)
    long = _past(when, at, past)
    here = np.flatnonzero(when == at)
    known, seen = np.unique(groups[here], return_counts=True)
    before = np.flatnonzero((when < at) & (when >= at - long) & (when != UNKNOWN))
    before = before[np.isin(groups[before], known)]
    row = np.searchsorted(known, groups[before])
    events = np.bincount(
        row * max(long, 1) + (when[before] - (at - long)), minlength=len(known) * max(long, 1)
    )
    each = events.reshape(len(known), max(long, 1)).astype(np.float64)
    if long < LEAST_PAST:
        mean, dispersion, p = each.mean(axis=1), np.ones(len(known)), np.ones(len(known))
        long = 0
    else:
        mean = each.mean(axis=1)
        dispersion = np.maximum(each.var(axis=1, ddof=1) / np.maximum(mean, 1e-12), 1.0)
        p = chance(seen, each.sum(axis=1), dispersion, long)
    q = adjusted(p)
    found = (p < tail) & (q <= FALSE_SHARE) & (seen >= least)
    order = np.lexsort((known, -seen, p))
    rows = _rows(groups[here], here, known)
    return Surges(
        known[order],
        seen[order].astype(np.int64),
        mean[order],
        dispersion[order],
        p[order],
        q[order],
        found[order],
        tuple(rows[i] for i in order.tolist()),
        long,
    )


def first_seen(group: ArrayLike, period: ArrayLike, at: int, *, least: int = 1) -> FirstSeen:
    """Combinations that have `least` rows in period `at` and none before it, however long ago."""
    groups, when = np.asarray(group, np.int64), np.asarray(period, np.int64)
    long = _past(when, at, 2**31)
    here = np.flatnonzero(when == at)
    known, seen = np.unique(groups[here], return_counts=True)
    # UNKNOWN lies before every period: what has no date may have been there before, and makes nothing new.
    new = (seen >= least) & ~np.isin(known, groups[when < at])
    if long < LEAST_PAST:
        new[:] = False
    rows = _rows(groups[here], here, known)
    order = np.flatnonzero(new)[np.lexsort((known[new], -seen[new]))]
    dated = when != UNKNOWN
    usual = _usual(groups[dated], when[dated], at, long)
    told = tuple(rows[i] for i in order.tolist())
    return FirstSeen(known[order], seen[order].astype(np.int64), told, long, usual)


def chance(seen: ArrayLike, events: ArrayLike, dispersion: ArrayLike, periods: int) -> Floats:
    """The chance of `seen` or more in one period after `events` in `periods` periods.

    With dispersion 1 the predictive distribution of a Poisson count: negative binomial of size
    events + 1/2, success n / (n + 1); wider, one of the same mean and (1 + 1/n) times the dispersion.
    """
    many, mean = np.asarray(seen, np.float64), (np.asarray(events, np.float64) + 0.5) / periods
    wide = np.maximum(np.asarray(dispersion, np.float64), 1.0) * (1 + 1 / periods)
    return np.asarray(nbinom.sf(many - 1, mean / (wide - 1), 1 / wide), np.float64)


def adjusted(p: ArrayLike) -> Floats:
    """Benjamini and Hochberg's q of each p: the least share of false ones at which it would be said."""
    given = np.asarray(p, np.float64)
    order = np.argsort(given, kind="stable")
    many = len(given)
    stepped = given[order] * many / np.arange(1, many + 1)
    found = np.empty(many)
    found[order] = np.minimum(np.minimum.accumulate(stepped[::-1])[::-1], 1.0)
    return found


def _past(when: Whole, at: int, most: int) -> int:
    told = when[(when != UNKNOWN) & (when < at)]
    return min(most, at - int(told.min())) if len(told) else 0


def _rows(groups: Whole, at: Whole, known: Whole) -> list[Whole]:
    order = np.argsort(groups, kind="stable")
    return np.split(at[order], np.searchsorted(groups[order], known)[1:]) if len(known) else []


def _usual(groups: Whole, when: Whole, at: int, long: int) -> float:
    """New combinations in a period, on the average of the last PAST ones before `at` after the first."""
    span = min(PAST, long - 1)
    if span < 1:
        return 0.0
    order = np.lexsort((when, groups))
    begins = np.concatenate([[True], groups[order][1:] != groups[order][:-1]])
    first = when[order][begins]
    return float(((first < at) & (first >= at - span)).sum()) / span
