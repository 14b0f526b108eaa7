"""The moment at which a series of counts changed its rate, in many series at once.

Two Poisson rates against one: the likelihood ratio 2[A ln(A/a) + B ln(B/b) - N ln(N/n)] of A of N events in
the first a of n units of exposure, at its largest over all places, divided by the dispersion that is left
about the two rates (quasi-Poisson; McCullagh and Nelder 1989, chapter 6), so that series that jump about
anyway do not break. What that largest value reaches where nothing changed is a fixed table (`nulls`),
simulated once for Poisson and negative binomial series; nothing is trained on what is shown.

It finds a lasting change of level. A trend that creeps, or a strong season, is a change to it too: divide by
the month factors of `seasons` first (as exposure) where there are any.
"""

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entente.match.trends.nulls import LEVELS, LONG, QUIET, TABLE

Matrix = NDArray[np.float64]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
LEAST_PERIODS = 3
"""Periods that must lie on either side of a break."""
LEAST_EVENTS = 10.0
"""Events without which a series of counts is not scanned."""
SHORTEST = LONG[0]
ALPHA = 0.003
"""Share of series without any change that are said to break: 1 in 333."""
WITHIN = 3.84
"""Fall of the corrected ratio within which a place is as good as the best (chi square, 95 %, 1 degree)."""
ROWS = 4096
"""Series worked at a time, so that what is in work fits the processor's own memory."""


@dataclass(frozen=True, slots=True)
class Breaks:
    """B breaks, or what was nearest to one; columns of length B.

    `series`: row of the table. `place`: the first period at the new rate (-1: too short or too few to say);
    `earliest`, `latest`: places nearly as likely. `before`, `after`: events per unit of exposure. `statistic`
    is the corrected ratio, `dispersion` what it was divided by, `p` the share of unchanged series that reach
    it (1 for "more than 5 %"; never under the last level of the table). `found`: p is at most alpha.
    """

    series: Whole
    place: Whole
    earliest: Whole
    latest: Whole
    before: Floats
    after: Floats
    statistic: Floats
    dispersion: Floats
    p: Floats
    found: NDArray[np.bool_]

    def ratio(self) -> Floats:
        """(B,): the rate after over the rate before; infinite after nothing, 1 where nothing is said."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.place < 0, 1.0, self.after / self.before)

    def pick(self, kept: NDArray[np.bool_] | Whole) -> "Breaks":
        """The same columns at some rows."""
        return Breaks(**{name: getattr(self, name)[kept] for name in self.__slots__})


def scan(
    values: ArrayLike,
    exposure: ArrayLike | None = None,
    *,
    least: int = LEAST_PERIODS,
    alpha: float = ALPHA,
    counted: bool = True,
) -> Breaks:
    """The likeliest break of each of S series, S rows in their order.

    `values`, `exposure`: (S, T); an exposure is what the events should be in proportion to (checks carried
    out, expected counts), and a period in which it is 0 or not known is left out. `counted`: values are
    counts, whose dispersion is at least 1; False for quantities. Raises ValueError for tables of other
    shapes, negative values, `least` under 1, or an alpha that is not in the table.
    """
    y, e = _checked(values, exposure, least, alpha)
    rows = np.arange(len(y))
    nothing, all_of_it = np.zeros(len(y), np.int64), np.full(len(y), y.shape[1])
    return _windows(y, e, rows, nothing, all_of_it, least, alpha, counted)


def several(
    values: ArrayLike,
    exposure: ArrayLike | None = None,
    *,
    least: int = LEAST_PERIODS,
    alpha: float = ALPHA,
    counted: bool = True,
    most: int = 8,
) -> Breaks:
    """All breaks of each series, by series and place: what is left of a break is scanned again.

    Binary segmentation (Scott and Knott 1974); in the end each break is placed anew between its neighbours,
    and one that does not hold there is dropped. Takes and raises what `scan` does; `most`: rounds.
    """
    y, e = _checked(values, exposure, least, alpha)
    long = y.shape[1]
    row, low, high = np.arange(len(y)), np.zeros(len(y), np.int64), np.full(len(y), long)
    cuts: list[tuple[Whole, Whole]] = []
    for _ in range(most):
        told = _windows(y, e, row, low, high, least, alpha, counted)
        held = told.found
        if not held.any():
            break
        cuts.append((row[held], told.place[held]))
        row, place = np.tile(row[held], 2), told.place[held]
        low, high = np.concatenate([low[held], place]), np.concatenate([place, high[held]])
    if not cuts:
        return _windows(y, e, row[:0], low[:0], high[:0], least, alpha, counted)
    at = np.unique(np.concatenate([r * (long + 1) + place for r, place in cuts]))
    row, place = np.divmod(at, long + 1)
    same = np.concatenate([[False], row[1:] == row[:-1]])
    low = np.where(same, np.concatenate([[0], place[:-1]]), 0)
    high = np.where(np.concatenate([same[1:], [False]]), np.concatenate([place[1:], [long]]), long)
    told = _windows(y, e, row, low, high, least, alpha, counted)
    return told.pick(told.found)


def threshold(periods: int, dispersion: float = 1.0, alpha: float = ALPHA) -> float:
    """The corrected ratio that a share `alpha` of unchanged series of so many periods reaches."""
    if alpha not in LEVELS:
        raise ValueError(f"is no level of the table: {alpha}; {', '.join(map(str, LEVELS))} are")
    at = np.array([max(periods, SHORTEST)])
    return float(_reached(at, np.array([dispersion]))[0, LEVELS.index(alpha)])


def _checked(
    values: ArrayLike, exposure: ArrayLike | None, least: int, alpha: float
) -> tuple[Matrix, Matrix | None]:
    y = np.asarray(values, np.float64)
    e = None if exposure is None else np.broadcast_to(np.asarray(exposure, np.float64), y.shape)
    if y.ndim != 2:
        raise ValueError(f"is no table of series by periods: it has {y.ndim} dimensions")
    if least < 1 or alpha not in LEVELS:
        raise ValueError(f"is no way to scan: least {least} (1 or more), alpha {alpha} (one of {LEVELS})")
    if not np.isfinite(y).all() or (y < 0).any():
        raise ValueError("has values that are negative or no numbers")
    if e is not None:
        known = np.isfinite(e) & (e > 0)
        y, e = np.where(known, y, 0.0), np.where(known, e, 0.0)
    if not y.shape[1]:
        return np.zeros((len(y), 1)), None  # too short to say, like one period
    return y, e


def _windows(
    y: Matrix,
    e: Matrix | None,
    row: Whole,
    low: Whole,
    high: Whole,
    least: int,
    alpha: float,
    counted: bool,
) -> Breaks:
    """The likeliest break inside [low, high) of each row told."""
    parts = [
        _window(
            y[row[at : at + ROWS]],
            None if e is None else e[row[at : at + ROWS]],
            low[at : at + ROWS],
            high[at : at + ROWS],
            least,
            counted,
        )
        for at in range(0, max(len(row), 1), ROWS)
    ]
    place, earliest, latest, before, after, statistic, dispersion, seen = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    p = _chance(statistic, seen.astype(np.int64), dispersion)
    p[place < 0] = 1.0
    found = (place >= 0) & (statistic >= _reached(seen, dispersion)[:, LEVELS.index(alpha)])
    first, last = earliest.astype(np.int64), latest.astype(np.int64)
    at = place.astype(np.int64)
    return Breaks(row.astype(np.int64), at, first, last, before, after, statistic, dispersion, p, found)


def _window(
    y: Matrix, e: Matrix | None, low: Whole, high: Whole, least: int, counted: bool
) -> tuple[Floats, ...]:
    size, long = y.shape
    each = np.arange(size)
    inside = (np.arange(long) >= low[:, None]) & (np.arange(long) < high[:, None])
    observed = inside if e is None else inside & (e > 0)
    events = _sums(np.where(observed, y, 0.0))
    spent = _sums(observed.astype(np.float64) if e is None else np.where(observed, e, 0.0))
    passed = _sums(observed.astype(np.float64))
    all_events, all_spent, seen = events[:, -1:], spent[:, -1:], passed[:, -1:]
    a, ea = events[:, :-1], spent[:, :-1]
    could = observed & (passed[:, :-1] >= least) & (seen - passed[:, :-1] >= least)
    ratio = _ratio(a, ea, all_events, all_spent)
    ratio[~could] = -np.inf
    at = ratio.argmax(axis=1)
    best = ratio[each, at]
    said = np.isfinite(best) & (seen[:, 0] >= SHORTEST)
    if counted:
        said &= all_events[:, 0] >= LEAST_EVENTS
    at = np.where(said, at, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        before = events[each, at] / spent[each, at]
        after = (all_events[:, 0] - events[each, at]) / (all_spent[:, 0] - spent[each, at])
        rate = np.where(np.arange(long) < at[:, None], before[:, None], after[:, None])
        mean = rate if e is None else rate * e
        off = np.where(observed & (mean > 0), (y - mean) ** 2 / mean, 0.0)
        dispersion = off.sum(axis=1) / (seen[:, 0] - 2)
    dispersion = np.where(said, np.maximum(dispersion, 1.0 if counted else 1e-12), 1.0)
    near = ratio >= (best - WITHIN * dispersion)[:, None]
    earliest = np.where(said, near.argmax(axis=1), -1)
    latest = np.where(said, long - 1 - near[:, ::-1].argmax(axis=1), -1)
    statistic = np.where(said, np.maximum(best, 0.0) / dispersion, 0.0)
    silent = (np.where(said, rates, 0.0) for rates in (before, after))
    return np.where(said, at, -1), earliest, latest, *silent, statistic, dispersion, seen[:, 0]


def _ratio(a: Matrix, ea: Matrix, events: Matrix, spent: Matrix) -> Matrix:
    """Twice the logarithm of the likelihood ratio at each place; not finite where a side has no exposure."""
    b, eb = events - a, spent - ea
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.where(a > 0, a * np.log(a * spent / (ea * events)), 0.0)
        second = np.where(b > 0, b * np.log(b * spent / (eb * events)), 0.0)
    return np.asarray(2.0 * (first + second))


def _sums(table: Matrix) -> Matrix:
    """(S, T + 1): the sum of all before each place."""
    found = np.zeros((table.shape[0], table.shape[1] + 1))
    np.cumsum(table, axis=1, out=found[:, 1:])
    return found


def _reached(periods: NDArray[np.generic], dispersion: Floats) -> Matrix:
    """(S, levels): the null's values for series of so many periods, between the table's lengths by log."""
    long = np.clip(periods.astype(np.float64), LONG[0], LONG[-1])
    quiet, loud = (
        np.stack(
            [np.interp(np.log(long), np.log(LONG), column) for column in np.array(TABLE[band]).T], axis=1
        )
        for band in (0, 1)
    )
    return np.where((dispersion <= QUIET)[:, None], quiet, loud)


def _chance(statistic: Floats, periods: Whole, dispersion: Floats) -> Floats:
    """(S,): share of unchanged series that reach it: 1 above the first level, never under the last."""
    steps = _reached(periods, dispersion)
    found = np.ones(len(statistic))
    for at in range(len(LEVELS)):
        low = steps[:, at]
        if at + 1 == len(LEVELS):
            here = np.full(len(statistic), LEVELS[at])
        else:
            share = np.clip((statistic - low) / (steps[:, at + 1] - low), 0, 1)
            here = np.exp(log(LEVELS[at]) + share * (log(LEVELS[at + 1]) - log(LEVELS[at])))
        found = np.where(statistic >= low, here, found)
    return found
