"""Breaks that are a change of reporting and not of crime, and rates where no effort is known.

A new form, a new office, more inspections or an import of old files moves many unrelated series at once. A
break is flagged when more of the unrelated families of its scope (other goods, of one reporting country or
authority) break in the same direction at the same time than chance gives: more than `more` of them, more
than their breaks at other times would put there by a Poisson tail, and one in twenty of all. What rises
beyond the others even so is kept: the common change is taken out as exposure, the series scanned again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import poisson

from entente.match.trends.breaks import Breaks, scan

Matrix = NDArray[np.float64]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
MORE = 3
"""Unrelated families that may break together before it is called common."""
WITHIN = 1
"""Periods on either side that are the same time."""
TAIL = 1e-3
SHARE = 0.05
"""Share of the scope's families that a common change moves at least; so that large scopes have no artefacts
by their size alone."""
LEAST_SPAN, USUAL = 24, 0.5
"""Periods over which breaks lie at least, and families that a window holds at least by chance."""
TURNS, CLOSE = 200, 1e-9


@dataclass(frozen=True, slots=True)
class Common:
    """Of B breaks: `flagged`, a change of reporting; `sharing`: unrelated families that break in the same
    direction at the same time; `of`: unrelated families in its scope; `chance`: of so many, the break's own
    family among them, by the usual number. `factor`: the middle ratio of those that share it (1 where not
    flagged)."""

    flagged: NDArray[np.bool_]
    sharing: Whole
    of: Whole
    chance: Floats
    factor: Floats


def common(
    found: Breaks,
    family: ArrayLike,
    scope: ArrayLike | None = None,
    *,
    more: int = MORE,
    within: int = WITHIN,
) -> Common:
    """Which breaks many unrelated series share.

    `found`: breaks as `breaks.several` or `breaks.scan` gives them; those with `found` False share nothing.
    `family` (S,): series of one family are related (one goods; one group of goods); `scope` (S,): where a
    change of reporting reaches (a country, an authority), else all. Raises ValueError where columns are
    shorter than the series named.
    """
    families = np.asarray(family, np.int64)
    scopes = np.zeros(len(families), np.int64) if scope is None else np.asarray(scope, np.int64)
    if len(scopes) != len(families) or (len(found.series) and found.series.max() >= len(families)):
        raise ValueError("names series that have no family or scope")
    size = len(found.series)
    flagged, sharing, of = np.zeros(size, np.bool_), np.zeros(size, np.int64), np.zeros(size, np.int64)
    chance, factor = np.ones(size), np.ones(size)
    ratio = found.ratio()
    way = np.where(ratio >= 1, 1, -1)
    held = np.flatnonzero(found.found & (found.place >= 0))
    mine, places = families[found.series], scopes[found.series]
    span = int(np.ptp(found.place[held])) + 1 if len(held) else 0
    for one in np.unique(places[held]).tolist():
        every = np.unique(families[scopes == one])
        for direction in (1, -1):
            at = held[(places[held] == one) & (way[held] == direction)]
            if not len(at):
                continue
            told = _shared(found.pick(at), mine[at], len(every), span, more, within)
            flagged[at], sharing[at], chance[at], factor[at] = told
        of[places == one] = len(every) - 1
    return Common(flagged, sharing, of, chance, factor)


def _shared(
    found: Breaks, family: Whole, families: int, span: int, more: int, within: int
) -> tuple[NDArray[np.bool_], Whole, Floats, Floats]:
    """Of breaks of one scope and direction: moments that are common, then who belongs to one of them."""
    place, ratio = found.place, found.ratio()
    start = int(place.min()) - within
    long = int(place.max()) - start + 1 + within
    known, row = np.unique(family, return_inverse=True)
    there = np.zeros((len(known), long), np.bool_)
    for shift in range(-within, within + 1):
        there[row, place - start + shift] = True
    around = there.sum(axis=0)  # families that break within reach of each period
    # The usual number is that of the breaks elsewhere, so that a common change does not raise its own.
    usual = np.maximum((len(place) - around) * (2 * within + 1) / max(span, LEAST_SPAN), USUAL)
    unlikely = poisson.sf(around - 1, usual)
    moment = (around > more + 1) & (unlikely < TAIL) & (around >= SHARE * families)
    best = place - start
    # A break belongs to the fullest moment among the places that are nearly as likely as its own.
    for at, (early, late) in enumerate(zip(found.earliest - start, found.latest - start, strict=True)):
        low, high = max(int(early) - 2 * within, 0), min(int(late) + 2 * within + 1, long)
        could = np.where(moment[low:high], around[low:high], 0)
        if could.any():
            best[at] = low + int(could.argmax())
    flagged = moment[best]
    factor = np.ones(len(place))
    for period in np.unique(best[flagged]).tolist():
        mine = flagged & (best == period)
        factor[mine] = float(np.median(ratio[flagged & (np.abs(best - period) <= within)]))
    return flagged, (around[best] - there[row, best]).astype(np.int64), np.asarray(unlikely)[best], factor


def beyond(values: ArrayLike, found: Breaks, shared: Common, exposure: ArrayLike | None = None) -> Breaks:
    """The flagged breaks scanned again with the common change taken out, one row for each of the B breaks.

    `found` True where a series still breaks by itself: what is left is not explained by reporting. Rows that
    were not flagged come back as they are.
    """
    y = np.asarray(values, np.float64)
    rows = np.flatnonzero(shared.flagged)
    if not len(rows):
        return found
    series, place = found.series[rows], found.place[rows]
    base = np.ones_like(y) if exposure is None else np.broadcast_to(np.asarray(exposure, np.float64), y.shape)
    base = base[series].copy()
    later = np.arange(y.shape[1]) >= place[:, None]
    base[later] *= np.repeat(shared.factor[rows], later.sum(axis=1))
    again = scan(y[series], base)
    columns = {}
    for name in found.__slots__:
        column = getattr(found, name).copy()
        if name != "series":
            column[rows] = getattr(again, name)
        columns[name] = column
    return Breaks(**columns)


def two_way(values: ArrayLike, country: ArrayLike, goods: ArrayLike) -> Matrix:
    """(S, T): what each series would have if nothing but its own level, its country's period and its goods'
    period counted: the exposure for a scan where no inspections are known.

    `values`: (S, T), `country`, `goods`: (S,). The Poisson model series + country x period + goods x period,
    fitted by proportional scaling (Deming and Stephan 1940). A rise that is most of its country's and most of
    its goods' reports explains itself: where a scope has one series, this says nothing of it. Raises
    ValueError for columns of other lengths.
    """
    y = np.asarray(values, np.float64)
    a = np.unique(np.asarray(country, np.int64), return_inverse=True)[1]
    b = np.unique(np.asarray(goods, np.int64), return_inverse=True)[1]
    if not len(a) == len(b) == len(y):
        raise ValueError("has series without a country or goods")
    fit = np.ones_like(y) * (y.sum(axis=1, keepdims=True) > 0)
    for _ in range(TURNS):
        before = fit
        for row in (a, b):
            wanted, now = _by(row, y), _by(row, fit)
            fit = fit * np.divide(wanted, now, out=np.zeros_like(now), where=now > 0)[row]
        wanted, now = y.sum(axis=1), fit.sum(axis=1)
        fit = fit * np.divide(wanted, now, out=np.zeros_like(now), where=now > 0)[:, None]
        if float(np.abs(fit - before).max(initial=0.0)) <= CLOSE * max(float(y.max(initial=0.0)), 1.0):
            break
    return np.asarray(fit)


def _by(row: Whole, table: Matrix) -> Matrix:
    found = np.zeros((int(row.max(initial=-1)) + 1, table.shape[1]))
    np.add.at(found, row, table)
    return found
