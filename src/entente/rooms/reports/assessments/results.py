"""What scores come to: cells, totals with intervals, ranks, agreement, regions, change since before. Pure.

A cell is what two scorers gave one indicator of one place: their mean; the median of three where they were
more than two apart; or what the review set. Only sheets that the asker may read come in here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan
from statistics import fmean, median

import numpy as np

from entente.match import agreement, threat
from entente.rooms.reports.assessments import model as m
from entente.rooms.reports.assessments.assessment import Assessment, Place
from entente.rooms.reports.assessments.sheets import Sheet

SEED, DRAWS = 20_300, 1_000
Sheets = Mapping[tuple[str, str], Sheet]
"""By place and seat: those that the asker reads, each with the scores that he sees."""
APART = 2.0
"""Blind scores that differ by more go to a third scorer."""
LEAST_PAIRS = 2
"""Pairs of scores without which no agreement is told."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One indicator of one place. `value` None: not scored, or not for the asker. `set_why`: the review's
    reason, where it set the value."""

    indicator: m.Indicator
    scores: tuple[tuple[str, m.Score], ...]
    value: float | None
    set_why: str = ""

    @property
    def apart(self) -> float:
        """How far the highest and the lowest score are from each other."""
        values = [score.value for _, score in self.scores]
        return max(values) - min(values) if values else 0.0

    @property
    def third(self) -> bool:
        """Whether the two blind scores are so far apart that a third is asked."""
        blind = [score.value for seat, score in self.scores if seat != "third"]
        return len(blind) == 2 and abs(blind[0] - blind[1]) > APART

    @property
    def evidence(self) -> tuple[str, ...]:
        """What the scores rest on, each once."""
        return tuple(dict.fromkeys([id for _, score in self.scores for id in score.evidence]))


@dataclass(frozen=True, slots=True)
class Placed:
    """A place with its totals. `ranked` has its rank and intervals; `resilience` (index) is None without."""

    place: Place
    cells: tuple[Cell, ...]
    ranked: threat.Ranked
    resilience: float | None

    @property
    def total(self) -> float | None:
        return None if isnan(self.ranked.total) else self.ranked.total

    @property
    def evidence(self) -> int:
        """How many pieces of evidence its scores rest on."""
        return len({id for cell in self.cells for id in cell.evidence})


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far the two blind scorers agree over all pairs of scores; None where that is not defined."""

    pairs: int
    equal: float | None = None
    within_one: float | None = None
    kappa: float | None = None
    icc_any: float | None = None
    icc_these: float | None = None
    thirds: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """Means of the places of a region that have a total; `""` is all of them."""

    region: str
    places: int
    scored: int
    total: float | None
    resilience: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """Everything, the highest total first."""

    placed: tuple[Placed, ...]
    regions: tuple[Region, ...]
    whole: Region
    agreed: Agreed
    stability: float | None
    empty: int
    """Cells without a value."""


def results(it: Assessment, sheets: Sheets, draws: int = DRAWS) -> Results:
    """What an assessment comes to, over the sheets that the asker reads; intervals from so many draws."""
    counted = [one for one in it.indicators if one.group != "resilience"]
    cells = {code: _cells(it, place, sheets) for code, place in it.places.items()}
    ranking = _ranking(it, counted, cells, draws)
    placed = tuple(
        [
            Placed(it.places[one.unit], cells[one.unit], one, _resilience(cells[one.unit]))
            for one in ranking.units
        ]
    )
    regions = sorted({place.region for place in it.places.values() if place.region})
    return Results(
        placed,
        tuple([_region(name, [p for p in placed if p.place.region == name]) for name in regions]),
        _region("", placed),
        _agreed(it, sheets),
        ranking.stability,
        sum([cell.value is None for row in cells.values() for cell in row]),
    )


def _cells(it: Assessment, place: Place, sheets: Sheets) -> tuple[Cell, ...]:
    found = []
    for one in it.indicators:
        given = [
            (seat, sheets[place.code, seat].scores[one.code])
            for seat in m.SEATS
            if (place.code, seat) in sheets and one.code in sheets[place.code, seat].scores
        ]
        needed = 3 if one.code in place.open else 2
        final = place.review.finals.get(one.code) if place.review else None
        whole = len(given) >= needed
        values = [score.value for _, score in given]
        settled = median(values) if len(values) > 2 else fmean(values) if values else nan
        value = None if not whole else final[0] if final else settled
        found.append(Cell(one, tuple(given), value, final[1] if final and whole else ""))
    return tuple(found)


def formula_of(it: Assessment, counted: Sequence[m.Indicator]) -> threat.Formula:
    """The formula of an assessment, over these indicators."""
    groups = m.NEEDED[it.form.formula]
    numbers = [groups.index(one.group) for one in counted]
    return threat.formula([one.weight for one in counted], numbers, product=it.form.formula == "threat")


def most(it: Assessment) -> float:
    """The highest total there can be."""
    return threat.MOST**2 if it.form.formula == "threat" else threat.MOST


def _ranking(
    it: Assessment, counted: Sequence[m.Indicator], cells: Mapping[str, Sequence[Cell]], draws: int
) -> threat.Ranking:
    """Ranked by settled values; a value that the review set counts in the draws as one scorer's more.

    A place that still waits for a scorer has no total: what is disputed there is missing, not low.
    """
    codes = list(it.places)
    names = [one.code for one in counted]
    scores = np.full((len(codes), len(names), 4), nan)
    settled = np.full((len(codes), len(names)), nan)
    for u, code in enumerate(codes):
        if it.places[code].state not in ("scored", "reviewed"):
            continue
        for cell in cells[code]:
            if cell.value is None or cell.indicator.code not in names:
                continue
            i = names.index(cell.indicator.code)
            settled[u, i] = cell.value
            for at, (_, score) in enumerate(cell.scores):
                scores[u, i, at] = score.value
            if cell.set_why:
                scores[u, i, 3] = cell.value
    return threat.rank(codes, scores, formula_of(it, counted), settled=settled, draws=draws, seed=SEED)


def _resilience(cells: Iterable[Cell]) -> float | None:
    values = [(c.value, c.indicator.weight) for c in cells if c.indicator.group == "resilience"]
    known = [(value, weight) for value, weight in values if value is not None]
    if not known:
        return None
    return sum([value * weight for value, weight in known]) / sum([weight for _, weight in known])


def _region(name: str, placed: Sequence[Placed]) -> Region:
    totals = [p.total for p in placed if p.total is not None]
    resilient = [p.resilience for p in placed if p.resilience is not None]
    return Region(
        name,
        len(placed),
        len(totals),
        fmean(totals) if totals else None,
        fmean(resilient) if resilient else None,
    )


def _agreed(it: Assessment, sheets: Sheets) -> Agreed:
    pairs = [
        (sheets[code, "first"].scores[name].value, sheets[code, "second"].scores[name].value)
        for code in it.places
        if (code, "first") in sheets and (code, "second") in sheets
        for name in sheets[code, "first"].scores
        if name in sheets[code, "second"].scores
    ]
    thirds = sum([abs(a - b) > APART for a, b in pairs])
    if len(pairs) < LEAST_PAIRS:
        return Agreed(len(pairs), thirds=thirds)
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    return Agreed(
        len(pairs),
        agreement.percent(first, second),
        agreement.percent(first, second, within=1.0),
        agreement.kappa(first, second, threat.scale()),
        agreement.icc_any(pairs),
        agreement.icc_these(pairs),
        thirds,
    )


# --- over the years ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """What one figure did since the edition before: up, down, same (less than half a point) or unknown."""

    before: float | None
    now: float | None
    said: str


def change(before: float | None, now: float | None) -> Change:
    """A change by the rule of the least that counts."""
    return Change(before, now, threat.changed(before, now))


def compared(now: Results, before: Results) -> dict[str, tuple[Change, dict[str, Change]]]:
    """By place: the change of its total, and of each indicator that both editions score."""
    old = {p.place.code: p for p in before.placed}
    found = {}
    for p in now.placed:
        was = old.get(p.place.code)
        cells = {c.indicator.code: c.value for c in was.cells} if was else {}
        each = {
            c.indicator.code: change(cells[c.indicator.code], c.value)
            for c in p.cells
            if c.indicator.code in cells
        }
        found[p.place.code] = change(was.total if was else None, p.total), each
    return found


def shaky(cells: Sequence[Cell], most_told: int = 5) -> list[tuple[Cell, str]]:
    """What would change the picture first: cells whose scorers differ, are unsure, or cite nothing."""
    found = []
    for cell in cells:
        if cell.value is None:
            continue
        if cell.apart > 1:
            found.append((3 + cell.apart, cell, "apart"))
        elif any(score.confidence == "low" for _, score in cell.scores):
            found.append((2.0, cell, "unsure"))
        elif not cell.evidence:
            found.append((1.0, cell, "bare"))
    found.sort(key=lambda one: (-one[0] * one[1].indicator.weight, one[1].indicator.code))
    return [(cell, why) for _, cell, why in found[:most_told]]
