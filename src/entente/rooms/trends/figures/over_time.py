"""Series over time: how many or how much in each month, quarter or year; where they break; seasons; rates."""

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from entente.core.things import Thing
from entente.desk import Desk
from entente.match.trends import breaks as scans
from entente.match.trends import seasons as months
from entente.match.trends import series as times
from entente.rooms.records import Strict
from entente.rooms.trends.figures import common_mode, effort
from entente.rooms.trends.figures.dimensions import NEEDS, Grouping, grouping
from entente.rooms.trends.figures.flows import noted
from entente.rooms.trends.figures.frame import Frame, framed
from entente.rooms.trends.figures.model import About, By, LeftOut, Length, Question
from entente.rooms.trends.figures.sums import first_of

MOST_SERIES = 60
"""Series told in one answer, the largest; an export has them all."""
A_THOUSAND = 1000.0
_EPOCH = date(1970, 1, 1)


class BreakRow(Strict):
    """A lasting change of a series' level. `period`: the first at the new level; `earliest`, `latest`: as
    likely. `before`, `after`: a period, or a check where `per_check`. `reporting`: `sharing` of `of`
    series that have nothing to do with it broke then too: a change of reporting is likelier than of crime."""

    key: str
    period: str
    earliest: str
    latest: str
    before: float
    after: float
    ratio: float | None
    p: float
    per_check: bool
    reporting: bool
    sharing: int
    of: int


class SeriesRow(Strict):
    """One series. `rates`: seizures by a thousand checks, none where no checks are known."""

    key: str
    total: float
    values: list[float]
    rates: list[float | None]
    factors: list[float]
    season: float


class PointRow(Strict):
    """One value of one series, for a file."""

    key: str
    period: str
    value: float
    rate: float | None


class Series(Strict):
    """`complete`: periods that are over; later ones are not scanned. `further`: series not told."""

    about: About
    by: str
    length: str
    periods: list[str]
    complete: int
    series: list[SeriesRow]
    breaks: list[BreakRow]
    further: int


def series(
    desk: Desk, question: Question, by: By = "all", length: Length = "month", most: int = MOST_SERIES
) -> Series:
    """The question's seizures over time, the largest series first, with every break of them."""
    frame = framed(desk, question, NEEDS[by])
    panel = common_mode.panel(desk, question, length)
    desk.note("trend", what="series", by=by, length=length, **noted(question))
    return series_of(frame, by, length, desk.today, effort.efforts(desk), panel, most)


def series_of(
    frame: Frame,
    by: By,
    length: Length,
    today: date,
    efforts: list[Thing],
    panel: common_mode.Panel,
    most: int = MOST_SERIES,
) -> Series:
    """The same of a frame."""
    named = grouping(frame, by)
    table = laid(frame, named, length, today)
    rates = exposures(table, named, frame, efforts)
    totals = table.values.sum(axis=1)
    order = [int(at) for at in np.lexsort((table.groups, -totals))]
    told = order[:most]
    season = (
        months.seasons(table.whole(), table.first, counted=_counted(frame)) if length == "month" else None
    )
    about = frame.about()
    undated = [LeftOut(reason="undated", count=table.undated)] if table.undated else []
    rows = [
        SeriesRow(
            key=named.key(int(table.groups[at])),
            total=_round(totals[at]),
            values=[_round(v) for v in table.values[at]],
            rates=_rates(table.values[at], rates.get(int(table.groups[at]))),
            factors=[_round(f) for f in season.factors[at]] if season is not None and season.said[at] else [],
            season=_round(season.strength[at]) if season is not None else 0.0,
        )
        for at in told
    ]
    return Series(
        about=about.model_copy(update={"left_out": [*about.left_out, *undated]}),
        by=by,
        length=length,
        periods=list(table.names()),
        complete=int(table.complete.sum()),
        series=rows,
        breaks=broken(table, named, rates, frame, panel, told),
        further=max(len(order) - most, 0),
    )


def laid(frame: Frame, named: Grouping, length: Length, today: date) -> times.Series:
    """A frame's rows on a line of time. A seizure counts once in each group; without a date, in none."""
    when = times.periods(frame["date"], length, frame["precision"])
    until = (today - _EPOCH).days - 1
    if _counted(frame):
        once = first_of(named.codes, frame["n"])
        return times.counts(named.codes[once], when[once], by=length, until=until)
    return times.counts(named.codes, when, frame.weight, by=length, until=until)


def exposures(
    table: times.Series, named: Grouping, frame: Frame, efforts: list[Thing]
) -> Mapping[int, NDArray[np.float64]]:
    """Group to (T,) checks, for groups that are countries of the seizure, or for all together (0)."""
    if named.by not in ("all", "place") or not efforts or not _counted(frame):
        return {}
    wanted = frame.question.country
    if named.by == "all" and wanted:
        efforts = (
            [t for t in efforts if t.first("country") in wanted] if frame.question.side == "place" else []
        )
    many = table.values.shape[1]
    return effort.checks(efforts, frame.question.goods, table.by, table.first, many, named.by == "place")


def _rates(values: NDArray[np.float64], checks: NDArray[np.float64] | None) -> list[float | None]:
    if checks is None:
        return []
    return [
        _round(A_THOUSAND * float(v) / float(c)) if c > 0 else None
        for v, c in zip(values, checks, strict=True)
    ]


def broken(
    table: times.Series,
    named: Grouping,
    rates: Mapping[int, NDArray[np.float64]],
    frame: Frame,
    panel: common_mode.Panel,
    told: list[int],
) -> list[BreakRow]:
    """Every break of the told series; where checks are known of a series, of its rate."""
    whole = table.whole()
    when = times.periods(frame["date"], table.by, frame["precision"])
    many = whole.shape[1]
    rows = []
    for per_check in (False, True):
        chosen = [at for at in told if (int(table.groups[at]) in rates) == per_check]
        if not chosen:
            continue
        exposure = np.stack([rates[int(table.groups[at])][:many] for at in chosen]) if per_check else None
        found = scans.several(whole[chosen], exposure, counted=_counted(frame))
        names = table.names()
        for b in range(len(found.place)):
            period = int(found.place[b])
            ratio = float(found.ratio()[b])
            code = int(table.groups[chosen[int(found.series[b])]])
            later = (named.codes == code) & (when >= table.first + period)
            where = panel.scope(_home(frame["country"][later], frame["n"][later]))
            shared = panel.at(table.first + period, ratio >= 1, code if named.by == "place" else where)
            rows.append(
                BreakRow(
                    key=named.key(code),
                    period=names[period],
                    earliest=names[int(found.earliest[b])],
                    latest=names[int(found.latest[b])],
                    before=_round(found.before[b]),
                    after=_round(found.after[b]),
                    ratio=_round(ratio) if np.isfinite(ratio) else None,
                    p=float(f"{found.p[b]:.3g}"),
                    per_check=per_check,
                    reporting=shared.reporting,
                    sharing=shared.sharing,
                    of=shared.of,
                )
            )
    return sorted(rows, key=lambda row: (row.p, row.key, row.period))


def _home(country: NDArray[np.generic], number: NDArray[np.generic]) -> int:
    """The country in which more than half of the seizures of these rows are, by number; else 0.

    A change of reporting reaches a country: what rose in another one is not explained by it.
    """
    seizures = np.unique(np.stack([country.astype(np.int64), number.astype(np.int64)]), axis=1)[0]
    known, many = np.unique(seizures, return_counts=True)
    return int(known[many.argmax()]) if len(known) and 2 * many.max() > many.sum() else 0


def _counted(frame: Frame) -> bool:
    return frame.question.measure == "count"


def _round(value: float) -> float:
    return round(float(value), 6)


def long(told: Series) -> list[PointRow]:
    """Every value of every series, a row each."""
    return [
        PointRow(key=row.key, period=period, value=row.values[at], rate=row.rates[at] if row.rates else None)
        for row in told.series
        for at, period in enumerate(told.periods)
    ]
