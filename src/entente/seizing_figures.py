"""Behind `entente trends`: shares, series, breaks and ways of a published table's rows, each with what it
leaves out. The statistics are those of match.trends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from entente.core.kinds import dates as written
from entente.match.goods import codes, columns, countries
from entente.match.goods.published import Published
from entente.match.goods.published_cells import EMPTY
from entente.match.goods.taxonomy import TAXONOMY
from entente.match.trends import artefacts, breaks, flows, seasons, series

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Cell = str | int | float | bool | None
Figures = tuple[tuple[str, ...], list[list[Cell]]]
"""Headings and rows."""
MEASURES = ("quantity", "count", "value")
DIMENSIONS = ("country", "origin", "departure", "destination", "region", "place", "what", "goods", "domain")
LEAST_SERIES = 8
"""Periods below which no break is looked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`goods`: codes, or none for all; `of` one of DIMENSIONS; `by` month, quarter or year; `measure` one of
    MEASURES; `when`: a day, month, year or a range, "" for all; `near`: leave out quantities far from all
    others of their goods."""

    goods: tuple[str, ...] = ()
    of: str = "country"
    by: str = "year"
    measure: str = "quantity"
    when: str = ""
    near: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """Rows that a figure counts: places in the table, their weights (of counts the seizures), the unit or
    currency of the weights, how many rows were left out for each reason, and how many quantities that are
    far from all others were found."""

    at: Ints
    weight: NDArray[np.float64]
    unit: str
    left: dict[str, int]
    far: int = 0


def chosen(table: Published, asked: Asked) -> Chosen:
    """The rows of the goods asked for that can be added up. Of several units or currencies the one of most
    rows is taken, and the others are counted as left out."""
    rows, left = table.rows, dict[str, int]()
    keep = np.ones(len(rows), np.bool_)
    if asked.goods:
        keep[:] = False
        for code in asked.goods:
            first, last = TAXONOMY.range_of(code)
            keep |= (rows["goods"] >= first) & (rows["goods"] <= last)
        unknown = int((rows["goods"] == 0).sum())
        if unknown:
            left["goods not recognised"] = unknown
    weight, unit = np.where(np.isnan(table.events), 0, table.events), ""
    if asked.measure == "count":
        missing = keep & np.isnan(table.events)
        left["how many seizures is not said"] = int(missing.sum())
        keep &= ~missing
    else:
        amount, of = (
            (rows["qty"], rows["unit"]) if asked.measure == "quantity" else (rows["value"], rows["currency"])
        )
        missing = keep & np.isnan(amount)
        left[f"no {asked.measure} that can be added up"] = int(missing.sum())
        keep &= ~missing
        usual = np.bincount(of[keep].astype(np.int64)).argmax() if keep.any() else 0
        left[f"{asked.measure} in another unit"] = int((keep & (of != usual)).sum())
        keep &= of == usual
        weight = np.where(keep, amount, 0.0)
        said = codes.code_at(codes.UNITS, int(usual)) if asked.measure == "quantity" else ""
        unit = said or columns.currency_of(int(usual))
    far = keep & (rows["held"] == 1) if asked.measure == "quantity" else np.zeros(len(rows), np.bool_)
    if asked.near:
        left["far from all others of their goods"] = int(far.sum())
        keep &= ~far
    at = np.flatnonzero(keep)
    return Chosen(at, weight[at], unit, {why: many for why, many in left.items() if many}, int(far.sum()))


def within(table: Published, when: str) -> Mask:
    """Which rows lie in a period as a whole. Raises ValueError for what is none."""
    if not when:
        return np.ones(len(table.rows), np.bool_)
    span = written.parse(when.replace(":", "/"))
    first, last = (day.toordinal() - series.EPOCH for day in (span.first, span.last))
    return (table.rows["date"] >= first) & (table.rows["until"] <= last)


def shares(table: Published, picked: Chosen, asked: Asked) -> Figures:
    """What each country (or goods, place ...) has of all: rows, sum, per cent; the largest first."""
    inside = within(table, asked.when)[picked.at]
    group = groups(table, asked.of)[picked.at][inside]
    weight = picked.weight[inside]
    known, row = np.unique(group, return_inverse=True)
    many, much = np.bincount(row), np.bincount(row, weight)
    total, name = float(much.sum()), naming(table, asked.of)
    order: list[int] = np.lexsort((known, -many, -much)).tolist() if len(known) else []
    heads = (asked.of, "rows", _measure(asked, picked), "share %")
    found: list[list[Cell]] = [
        [
            name(int(known[n])),
            int(many[n]),
            _round(float(much[n])),
            round(100 * float(much[n]) / total, 2) if total else 0.0,
        ]
        for n in order
    ]
    if found:
        found.append(["all", int(many.sum()), _round(total), 100.0])
    return heads, found


def over_time(table: Published, picked: Chosen, asked: Asked) -> tuple[series.Series, series.Series]:
    """(all together, group by group) in the periods asked for."""
    rows = table.rows
    period = series.periods(rows["date"][picked.at], asked.by, rows["precision"][picked.at])
    ends = series.periods(rows["until"][picked.at], asked.by)
    period[period != ends] = series.UNKNOWN  # a report over two periods is in neither
    weight = picked.weight
    one = series.counts(np.zeros(len(period), np.int64), period, weight, by=asked.by)
    span = (one.first, one.first + one.values.shape[1] - 1) if one.values.shape[1] else None
    each = series.counts(groups(table, asked.of)[picked.at], period, weight, by=asked.by, span=span)
    return one, each


def series_table(one: series.Series, each: series.Series, asked: Asked, picked: Chosen) -> Figures:
    """The sum of each period, and how many groups report in it."""
    heads = (asked.by, _measure(asked, picked), "of how many")
    if not len(one.values):
        return heads, []
    many = (each.values > 0).sum(axis=0).tolist()
    return heads, [
        [name, _round(float(v)), n] for name, v, n in zip(one.names(), one.values[0], many, strict=True)
    ]


def thin(each: series.Series) -> str:
    """The last period, where less than half as many groups report in it as in the one before: it is likely
    not whole yet, and no change is looked for in it; "" otherwise."""
    many = (each.values > 0).sum(axis=0)
    return each.names()[-1] if len(many) > 2 and many[-1] * 2 < many[-2] else ""


def long_table(table: Published, each: series.Series, asked: Asked, picked: Chosen) -> Figures:
    """Every group and period that is not nought, for files."""
    heads, name = (asked.of, asked.by, _measure(asked, picked)), naming(table, asked.of)
    periods = each.names()
    found: list[list[Cell]] = [
        [name(int(each.groups[s])), periods[t], _round(float(each.values[s, t]))]
        for s, t in np.argwhere(each.values > 0).tolist()
    ]
    return heads, found


def breaks_table(table: Published, one: series.Series, each: series.Series, asked: Asked) -> Figures:
    """Lasting changes of level, of all together and of each group, the largest first; those that many groups
    share in one period are told to be changes of reporting."""
    heads = (asked.of, "from", "between", "before", "after", "times", "p", "read as")
    if one.values.shape[1] < LEAST_SERIES:
        return heads, []
    end = one.values.shape[1] - bool(thin(each))
    counted, name = asked.measure == "count", naming(table, asked.of)
    found: list[list[Cell]] = []
    single = breaks.several(each.values[:, :end], counted=counted)
    shared = artefacts.common(single, each.groups) if len(single.series) else None
    labels = [name(int(group)) for group in each.groups]
    for row in _told(breaks.several(one.values[:, :end], counted=counted), one.names()):
        found.append(["all", *row, ""])
    for n, row in enumerate(_told(single, one.names())):
        common = shared is not None and bool(shared.flagged[n])
        read = f"reporting: {int(shared.sharing[n])} others change with it" if shared and common else ""
        found.append([labels[int(single.series[n])], *row, read])
    found.sort(key=lambda row: (row[0] != "all", -abs(float(str(row[4])) - float(str(row[3])))))
    return heads, found


def _told(told: breaks.Breaks, names: Sequence[str]) -> list[list[Cell]]:
    ratios = [float(one) for one in told.ratio()]
    return [
        [
            names[int(told.place[n])],
            f"{names[int(told.earliest[n])]} to {names[int(told.latest[n])]}",
            _round(float(told.before[n])),
            _round(float(told.after[n])),
            round(ratio, 2) if np.isfinite(ratio) else "from none",
            float(told.p[n]),
        ]
        for n, ratio in enumerate(ratios)
    ]


def months_table(one: series.Series, asked: Asked) -> Figures:
    """Factors of the months, where they are said: three years and more of monthly figures."""
    heads = ("month", "times the year's level")
    if asked.by != "month" or not len(one.values):
        return heads, []
    told = seasons.seasons(one.values, one.first, counted=asked.measure == "count")
    if not told.said[0]:
        return heads, []
    return heads, [[f"{n:02}", round(float(f), 2)] for n, f in enumerate(told.factors[0], 1)]


def ways_table(table: Published, picked: Chosen, asked: Asked) -> Figures:
    """From where, through where, to where; nothing where the table names neither."""
    heads = ("from", "through", "to", "rows", _measure(asked, picked))
    rows = table.rows[picked.at]
    begins = np.where(rows["origin"] > 0, rows["origin"], rows["departure"])
    ends = rows["destination"]
    said = ((begins > 0) | (ends > 0)) & within(table, asked.when)[picked.at]
    if not said.any():
        return heads, []
    told = flows.table([begins[said], rows["transit1"][said], ends[said]], picked.weight[said])
    found: list[list[Cell]] = [
        [*(_country(int(key)) for key in told.keys[n]), int(told.count[n]), _round(float(told.quantity[n]))]
        for n in range(len(told.keys))
    ]
    return heads, found


def groups(table: Published, of: str) -> Ints:
    """(N,): each row's group of a dimension, as a whole number."""
    if of in ("region", "place", "what"):
        return table.names[of].astype(np.int64)
    return table.rows[of].astype(np.int64)


def naming(table: Published, of: str) -> Callable[[int], str]:
    """What the groups of a dimension are called."""
    if of in ("region", "place", "what"):
        return lambda group: table.labels[of][group] if group != EMPTY else "not said"
    return {"goods": _goods, "domain": _domain}.get(of, _country)


def _country(number: int) -> str:
    return countries.english(countries.unpack(number)) if number else "not said"


def _goods(number: int) -> str:
    return TAXONOMY.at(number).label if number else "not recognised"


def _domain(number: int) -> str:
    return codes.LABELS["domains"][codes.code_at(codes.DOMAINS, number)] if number else "not recognised"


def _measure(asked: Asked, picked: Chosen) -> str:
    if asked.measure == "count":
        return "count"
    return codes.LABELS["units"].get(picked.unit, picked.unit) or asked.measure


_round = partial(round, ndigits=3)


def rows_table(table: Published, at: Sequence[int]) -> Figures:
    """The rows themselves, in standard units."""
    heads = (
        *(
            "line",
            "first day",
            "last day",
            "country",
            "region",
            "place",
            "what",
            "goods",
            "origin",
            "transit",
        ),
        *("destination", "quantity", "unit", "value", "currency", "seizures", "far"),
    )
    rows, made = table.rows, list[list[Cell]]()
    epoch = np.datetime64("1970-01-01")
    for n in at:
        row = rows[n]
        known = row["date"] != columns.NO_DAY
        days = [str(epoch + int(row[name])) if known else "" for name in ("date", "until")]
        texts = [naming(table, name)(int(table.names[name][n])) for name in ("region", "place", "what")]
        routes = [countries.unpack(int(row[name])) for name in ("origin", "transit1", "destination")]
        made.append(
            [
                int(table.line[n]),
                *days,
                countries.unpack(int(row["country"])),
                *("" if text == "not said" else text for text in texts),
                TAXONOMY.at(int(row["goods"])).code if row["goods"] else "",
                *routes,
                None if np.isnan(row["qty"]) else float(row["qty"]),
                codes.code_at(codes.UNITS, int(row["unit"])),
                None if np.isnan(row["value"]) else float(row["value"]),
                columns.currency_of(int(row["currency"])),
                None if np.isnan(table.events[n]) else int(table.events[n]),
                bool(row["held"]),
            ]
        )
    return heads, made
