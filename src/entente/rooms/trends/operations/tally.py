"""An operation's figures, counted anew over what the reader may see: while it runs, and after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from entente.core.kinds.dates import parse
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods import codes, columns
from entente.match.goods.columns import json_lines
from entente.match.goods.taxonomy import TAXONOMY
from entente.match.trends import effects
from entente.match.trends import series as times
from entente.rooms.trends.figures import effort
from entente.rooms.trends.figures.frame import NIL, Array, framed, things_of
from entente.rooms.trends.figures.model import LeftOut, Question
from entente.rooms.trends.figures.sums import first_of
from entente.rooms.trends.operations import model as m
from entente.rooms.trends.operations import service
from entente.web.language import N_

NEEDS = ("qty", "unit", "value", "currency", "operation")
LOOKED_BACK = 24
"""Months before an operation that it is compared with."""
LEAST_BEFORE = 6
MOST_COMPARED = 10
LEAST_COMPARED = 2
MOST_NAMED = 2_000
"""Seizures of which papers of persons are opened to count arrests."""
PHASES: tuple[m.PhaseName, ...] = ("before", "during", "after")
NO_CONTROLS = N_(
    "There are fewer than two other countries with seizures before the operation to compare with."
)
NO_BEFORE = N_("There are fewer than six months of seizures before the operation.")
NO_MONTHS = N_("No whole month of this time is over.")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of seizures (`found`: all but inspections that found nothing) as far as the reader sees them."""

    columns: Mapping[str, Array]
    found: NDArray[np.bool_]
    left_out: list[LeftOut]

    def pick(self, kept: NDArray[np.bool_]) -> "Rows":
        columns = {name: column[kept] for name, column in self.columns.items()}
        return Rows(columns, self.found[kept], self.left_out)


def tally(desk: Desk, id: str) -> m.Tally:
    """The operation's figures now. Raises Absent."""
    thing = service.seen(desk, id)
    every = _rows(desk, NEEDS)
    begins, ends = _day(thing.first("since")), _day(thing.first("until"))
    day = every.columns["date"]
    inside = (day >= begins) & (day <= ends) & _in(every, thing) & _goods(every, thing)
    named = every.columns["operation"] == columns.operation(id)
    both = np.unique(every.columns["n"][(inside | named) & every.found])
    desk.note("trend", object=id, what="operation's tally")
    return m.Tally(
        operation=id,
        moment=desk.now.isoformat(timespec="seconds"),
        named=_counted(every.pick(named & every.found)),
        within=_counted(every.pick(inside & every.found)),
        arrests=_arrests(desk, both.tolist()),
        checks=_checks(desk, thing, begins, ends),
        nothing_found=len(np.unique(every.columns["n"][(inside | named) & ~every.found])),
        left_out=every.left_out,
    )


def after_action(desk: Desk, id: str, measure: str = "count") -> m.AfterAction:
    """Before, during and after, against matched countries. Raises Absent.

    `measure` rate: seizures for a hundred checks, in months and countries of which checks are known.
    """
    thing = service.seen(desk, id)
    every = _rows(desk, ())
    taken = every.pick(every.found & _goods(every, thing))
    desk.note("trend", object=id, what="after-action report", measure=measure)
    span = _span(desk, thing)
    table, known = _months(taken, span)
    if measure == "rate":
        table, known = _rated(desk, thing, table, known, span)
    treated = [c for c in map(columns.country, thing.body.get("country", ())) if c]
    place = {int(c): row for row, c in enumerate(known)}
    rows = [place[c] for c in treated if c in place]
    controls = _matched(table, rows, span)
    return m.AfterAction(
        operation=id,
        moment=desk.now.isoformat(timespec="seconds"),
        measure="rate" if measure == "rate" else "count",
        countries=list(thing.body.get("country", ())),
        compared=[columns.country_of(int(known[row])) for row in controls],
        goods=list(thing.body.get("goods", ())),
        phases=_phases(table, rows, controls, span),
        effects=[_effect(table, rows, controls, span, phase) for phase in ("during", "after")],
        left_out=every.left_out,
    )


# --- what is counted -------------------------------------------------------------------------------


def _rows(desk: Desk, more: Sequence[str]) -> Rows:
    """Every single seizure and check in the view; undated ones lie in no time and are counted as left out."""
    frame = framed(desk, Question(event=list(codes.EVENTS)), more)
    undated = frame["date"] == columns.NO_DAY
    left = {**frame.left_out, "undated": int(undated.sum())}
    return Rows(
        frame.columns,
        frame["event"] != columns.code("event", NIL),
        [LeftOut(reason=why, count=many) for why, many in left.items() if many],
    )


def _day(said: str) -> int:
    return (parse(said).first - date(1970, 1, 1)).days


def _in(rows: Rows, thing: Thing) -> NDArray[np.bool_]:
    return np.isin(rows.columns["country"], [columns.country(c) for c in thing.body.get("country", ())])


def _goods(rows: Rows, thing: Thing) -> NDArray[np.bool_]:
    """Lines of the operation's goods; a check that found nothing has none, and is kept."""
    wanted = thing.body.get("goods", ())
    if not wanted:
        return np.ones(len(rows.found), np.bool_)
    kept = ~rows.found
    for code in wanted:
        low, high = TAXONOMY.range_of(code)
        kept |= (rows.columns["goods"] >= low) & (rows.columns["goods"] <= high)
    return kept


def _counted(rows: Rows) -> m.Counted:
    """Sums without what waits for confirmation."""
    sure = rows.columns["held"] == 0
    return m.Counted(
        seizures=len(np.unique(rows.columns["n"])),
        lines=len(rows.found),
        quantities=[
            m.Amount(amount=much, unit=columns.word("unit", code))
            for code, much in _sums(rows.columns["unit"], rows.columns["qty"], sure)
        ],
        values=[
            m.Amount(amount=much, unit=columns.currency_of(code))
            for code, much in _sums(rows.columns["currency"], rows.columns["value"], sure)
        ],
    )


def _sums(unit: Array, much: Array, sure: NDArray[np.bool_]) -> list[tuple[int, float]]:
    kept = sure & ~np.isnan(much) & (unit > 0)
    known, at = np.unique(unit[kept], return_inverse=True)
    totals = np.bincount(at, much[kept], len(known))
    order = np.lexsort((known, -totals))
    return [(int(known[i]), round(float(totals[i]), 3)) for i in order.tolist()]


def _arrests(desk: Desk, numbers: list[int]) -> int:
    """Persons whose role is arrestee, in the papers that the reader sees of these seizures."""
    ids = [thing.id for thing in things_of(desk, numbers[:MOST_NAMED])]
    found = 0
    for at in range(0, len(ids), 100):
        papers = desk.find([f"seizure-parties:{id}" for id in ids[at : at + 100]])
        lines = [line for _, paper in papers for line in json_lines(paper.body.get("party", ()))]
        found += sum(line.get("role") == "arrestee" for line in lines)
    return found


def _checks(desk: Desk, thing: Thing, begins: int, ends: int) -> float:
    """Checks that authorities told of, in the operation's months and countries, by the days that overlap."""
    first, last = (int(p) for p in times.periods(np.array([begins, ends]), "month"))
    per_month = _effort(desk, thing, first, last - first + 1)
    total = 0.0
    for country in map(columns.country, thing.body.get("country", ())):
        for at, checks in enumerate(per_month.get(country, ())):
            low, high = times.starts(first + at), times.starts(first + at + 1)
            inside = min(high, ends + 1) - max(low, begins)
            total += float(checks) * max(inside, 0) / (high - low)
    return round(total, 1)


def _effort(desk: Desk, thing: Thing, first: int, many: int) -> Mapping[int, NDArray[np.float64]]:
    """Country to checks a month, for all goods and for those of the operation."""
    goods = thing.body.get("goods", ())
    by_goods: dict[str, list[Thing]] = {}
    for one in effort.efforts(desk):
        said = one.first("goods")
        if not said or not goods or any(_related(said, code) for code in goods):
            by_goods.setdefault(said, []).append(one)
    total: dict[int, NDArray[np.float64]] = {}
    for said, some in by_goods.items():
        for country, row in effort.checks(some, said, "month", first, many, by_country=True).items():
            total[country] = total[country] + row if country in total else row
    return total


def _related(said: str, code: str) -> bool:
    return said == code or code.startswith(f"{said}.") or said.startswith(f"{code}.")


# --- before, during, after -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Months from `first`: before until `during`, during until `after`, after until `end`."""

    first: int
    during: int
    after: int
    end: int

    def phase(self, name: str) -> range:
        begins = {"before": self.first, "during": self.during, "after": self.after}[name]
        ends = {"before": self.during, "during": self.after, "after": self.end}[name]
        return range(begins, max(begins, ends))


def _span(desk: Desk, thing: Thing) -> Span:
    """Whole months; the months in which it begins and ends are during. What still runs is left out."""
    begins, ends, now = _day(thing.first("since")), _day(thing.first("until")), desk.today.toordinal()
    during, last, running = (
        int(p) for p in times.periods(np.array([begins, ends, now - times.EPOCH]), "month")
    )
    end = max(running, during)
    return Span(during - LOOKED_BACK, during, min(last + 1, end), min(end, last + 1 + LOOKED_BACK))


def _months(rows: Rows, span: Span) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """(C, months) seizures by country of the seizure, and the countries."""
    once = first_of(rows.columns["country"].astype(np.int64), rows.columns["n"])
    country = rows.columns["country"][once].astype(np.int64)
    when = times.periods(rows.columns["date"][once], "month", rows.columns["precision"][once])
    kept = country > 0
    found = times.counts(country[kept], when[kept], span=(span.first, span.end - 1))
    return found.values, found.groups


def _rated(
    desk: Desk, thing: Thing, table: NDArray[np.float64], known: NDArray[np.int64], span: Span
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Seizures for a hundred checks; a month without a known check is NaN, a country without any is out."""
    checks = _effort(desk, thing, span.first, span.end - span.first)
    kept = [row for row, country in enumerate(known) if int(country) in checks]
    made = np.full((len(kept), table.shape[1]), np.nan)
    for at, row in enumerate(kept):
        done = checks[int(known[row])]
        made[at] = np.divide(100 * table[row], done, out=np.full(len(done), np.nan), where=done > 0)
    return made, known[kept]


def _matched(table: NDArray[np.float64], rows: Sequence[int], span: Span) -> list[int]:
    """Other countries with seizures before, nearest by the logarithm of their monthly mean then."""
    if not rows:
        return []
    before = table[:, : span.during - span.first]
    with np.errstate(invalid="ignore"):
        many = (~np.isnan(before)).sum(axis=1)
        level = np.nan_to_num(before).sum(axis=1) / np.maximum(many, 1)
    others = [row for row in range(len(table)) if row not in rows and many[row] and level[row] > 0]
    aim = float(np.log(max(float(level[list(rows)].mean()), 1e-9)))
    return sorted(others, key=lambda row: (abs(float(np.log(level[row])) - aim), row))[:MOST_COMPARED]


def _phases(
    table: NDArray[np.float64], rows: Sequence[int], controls: Sequence[int], span: Span
) -> list[m.Phase]:
    made = []
    for name in PHASES:
        months = span.phase(name)
        at = [month - span.first for month in months]
        mine, theirs = table[list(rows)][:, at], table[list(controls)][:, at]
        made.append(
            m.Phase(
                phase=name,
                first=times.name(months[0]) if months else "",
                last=times.name(months[-1]) if months else "",
                months=len(months),
                seizures=round(float(np.nansum(mine))),
                a_month=_mean(mine) or 0.0,
                compared_a_month=_mean(theirs),
            )
        )
    return made


def _mean(part: NDArray[np.float64]) -> float | None:
    known = part[~np.isnan(part)]
    return round(float(known.mean()), 4) if len(known) else None


def _effect(
    table: NDArray[np.float64], rows: Sequence[int], controls: Sequence[int], span: Span, phase: str
) -> m.EffectRow:
    if why := _why_not(table, rows, controls, span, phase):
        return _nothing(phase, why)
    both = [*rows, *controls]
    months = np.array([*span.phase("before"), *span.phase(phase)]) - span.first
    unit, period = (part.reshape(-1) for part in np.meshgrid(both, months, indexing="ij"))
    outcome = table[unit, period]
    known = ~np.isnan(outcome)
    treated = np.isin(unit, rows) & (period >= span.phase(phase)[0] - span.first)
    try:
        told = effects.difference(outcome[known], unit[known], period[known], treated[known])
    except ValueError:
        return _nothing(phase, NO_CONTROLS)
    return m.EffectRow(
        phase=phase,  # type: ignore[arg-type]
        why_not="",
        effect=_number(told.effect),
        low=_number(told.low),
        high=_number(told.high),
        p=_number(told.p),
        placebo=_number(told.placebo),
        before=_number(told.before),
        n=told.n,
        few=told.few,
    )


def _why_not(
    table: NDArray[np.float64], rows: Sequence[int], controls: Sequence[int], span: Span, phase: str
) -> str:
    if not span.phase(phase):
        return NO_MONTHS
    seen = np.nan_to_num(table[list(rows)][:, : span.during - span.first])
    if not rows or (seen.sum(axis=0) > 0).sum() < LEAST_BEFORE:
        return NO_BEFORE
    return NO_CONTROLS if len(controls) < LEAST_COMPARED else ""


def _nothing(phase: str, why: str) -> m.EffectRow:
    return m.EffectRow(
        phase=phase,  # type: ignore[arg-type]
        why_not=why,
        effect=None,
        low=None,
        high=None,
        p=None,
        placebo=None,
        before=None,
        n=0,
        few=False,
    )


def _number(value: float) -> float | None:
    return float(f"{value:.6g}") if np.isfinite(value) else None
