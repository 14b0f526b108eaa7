"""The asker's seizures as columns, narrowed by one question; what is left out is counted.

Inside his view, as of this very sitting (desk/columns.py). Of two seizures that are judged to be one, the
later kept one is left out: for the bureau that judged so, and, when the owners of both did, for whoever sees
both and their verdicts. Held outliers are in no sum. Rows of
published totals are never added to single seizures.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import numpy as np
from numpy.typing import NDArray

from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.columns import columns as columns_of
from entente.match.goods import codes, columns
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.trends.figures.model import About, LeftOut, Question, first_day, last_day

Array = NDArray[Any]
SAME, SAME_ONE = "SeizureSame", "same"
ALWAYS = ("n", "first", "date", "precision", "event", "contributor", "form", "goods", "country", "held")
SIDES: Mapping[str, tuple[str, ...]] = {
    "place": ("country",),
    "origin": ("origin",),
    "departure": ("departure",),
    "transit": ("transit1", "transit2", "transit3"),
    "destination": ("destination",),
}
ROUTE = ("origin", "departure", "transit1", "transit2", "transit3", "destination")
MEASURED: Mapping[str, tuple[str, ...]] = {
    "count": (),
    "quantity": ("qty", "unit"),
    "value": ("value", "currency"),
}
_EPOCH = date(1970, 1, 1)
A_PAGE = 200


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows (lines of goods) of the question, ordered by seizure. `left_out`: reason to count of lines.

    `unit`, `currency`: what quantities and values are in. `weight`: (R,) by the question's measure, NaN where
    it has none; of a count, 1 on a seizure's first line in the frame and 0 on its others.
    """

    question: Question
    columns: Mapping[str, Array]
    moment: datetime
    seizures: int
    left_out: Mapping[str, int]
    unit: str
    currency: str
    weight: NDArray[np.float64] = field(repr=False)

    def __len__(self) -> int:
        return len(self.columns["n"])

    def __getitem__(self, name: str) -> Array:
        return self.columns[name]

    def by_seizure(self) -> tuple["Frame", NDArray[np.int64]]:
        """One row a seizure, its lines' weights added, and (R,) how many lines each has.

        For columns that are the same on all lines of a seizure (date, place, way); others keep the first.
        """
        new = np.flatnonzero(_new(self["n"]))
        lines = np.diff(np.append(new, len(self)))
        if len(new) == len(self):
            return self, lines
        known = ~np.isnan(self.weight)
        weight = np.add.reduceat(np.where(known, self.weight, 0.0), new)
        weight[np.add.reduceat(known.astype(np.int64), new) == 0] = np.nan
        taken = {name: column[new] for name, column in self.columns.items()}
        return replace(self, columns=taken, weight=weight), lines

    def about(self) -> About:
        """What the figure is of, for its answer."""
        return About(
            question=self.question,
            moment=self.moment.isoformat(timespec="seconds"),
            seizures=self.seizures,
            lines=len(self),
            unit=self.unit,
            currency=self.currency,
            left_out=[LeftOut(reason=why, count=many) for why, many in self.left_out.items() if many],
            records=f"/trends/figures/records?{urlencode(said(self.question), doseq=True)}",
        )


def said(question: Question) -> dict[str, Any]:
    """The question as query words, without what it does not say."""
    return question.model_dump(exclude_defaults=True)


def framed(desk: Desk, question: Question, more: Sequence[str] = ()) -> Frame:
    """The frame of a question with further columns. Empty where nothing is seen."""
    side = (*SIDES["place"], *ROUTE) if question.side == "any" else SIDES[question.side]
    names = [*ALWAYS, *(side if question.country else ()), *MEASURED[question.measure], *more]
    rows = columns_of(desk, columns.SPACE, tuple(dict.fromkeys(names)))
    return narrowed(rows, question, desk.now, doubled(desk))


def narrowed(
    rows: Mapping[str, Array], question: Question, moment: datetime, twice: Collection[int] = ()
) -> Frame:
    """The same of columns in hand. `twice`: numbers of the seizures that are another one again."""
    kept, left = _kept(rows, question, twice)
    taken = {name: column[kept] for name, column in rows.items()}
    new = _new(taken["n"])
    weight, unit, currency = _weighed(taken, question, new, left)
    return Frame(question, taken, moment, int(new.sum()), left, unit, currency, weight)


def _kept(
    rows: Mapping[str, Array], question: Question, twice: Collection[int]
) -> tuple[NDArray[np.bool_], dict[str, int]]:
    """Which rows the question asks for, and what of them is left out in every figure."""
    kept = np.ones(len(rows["n"]), np.bool_)
    if question.goods:
        low, high = TAXONOMY.range_of(question.goods)
        kept &= (rows["goods"] >= low) & (rows["goods"] <= high)
    events = question.event or [e for e in codes.EVENTS if e != NIL]
    kept &= _among(
        rows["event"], [columns.code("event", e) for e in events], len(codes.EVENTS), not question.event
    )
    if question.contributor:
        wanted = [columns.code("contributor", c) for c in question.contributor]
        kept &= _among(rows["contributor"], wanted, len(codes.CONTRIBUTORS))
    if question.country:
        kept &= _touching(rows, question)
    left: dict[str, int] = {}
    since, until = first_day(question.since), last_day(question.until)
    if since or until:
        unknown = rows["date"] == columns.NO_DAY
        left["undated"] = int((kept & unknown).sum())
        kept &= ~unknown
        if since:
            kept &= rows["date"] >= (since - _EPOCH).days
        if until:
            kept &= rows["date"] <= (until - _EPOCH).days
    totals = rows["form"] == columns.code("form", "total")
    other = totals if question.form == "single" else ~totals
    left["other_form"] = int((kept & other).sum())
    kept &= ~other
    if twice:
        again = np.isin(rows["n"], np.fromiter(twice, np.int64, len(twice)))
        left["duplicate"] = len(np.unique(rows["n"][kept & again]))
        kept &= ~again
    return kept, left


NIL = "inspection_nil"


def _among(column: Array, wanted: Sequence[int], many: int, unknown: bool = False) -> NDArray[np.bool_]:
    table = np.zeros(max(many + 1, 256), np.bool_)
    table[list(wanted)] = True
    table[0] = unknown
    found: NDArray[np.bool_] = table[column]
    return found


def _touching(rows: Mapping[str, Array], question: Question) -> NDArray[np.bool_]:
    table = np.zeros(1 << 16, np.bool_)
    table[[columns.country(code) for code in question.country]] = True
    table[0] = False
    sides = (*SIDES["place"], *ROUTE) if question.side == "any" else SIDES[question.side]
    found = np.zeros(len(rows["n"]), np.bool_)
    for side in sides:
        found |= table[rows[side]]
    return found


def _new(numbers: Array) -> NDArray[np.bool_]:
    """True on the first row of each seizure; rows are ordered by seizure."""
    new = np.ones(len(numbers), np.bool_)
    new[1:] = numbers[1:] != numbers[:-1]
    return new


def _weighed(
    taken: Mapping[str, Array], question: Question, new: NDArray[np.bool_], left: dict[str, int]
) -> tuple[NDArray[np.float64], str, str]:
    """(weight of each row, unit, currency); what has no weight is counted into `left`."""
    held = taken["held"] > 0
    if question.measure == "count":
        return new.astype(np.float64), "", ""
    left["held"] = int(held.sum())
    if question.measure == "quantity":
        there = ~held & ~np.isnan(taken["qty"])
        unit = columns.code("unit", question.unit) if question.unit else _commonest(taken["unit"][there])
        left["no_quantity"] = int((~held & np.isnan(taken["qty"])).sum())
        left["other_unit"] = int((there & (taken["unit"] != unit)).sum())
        weight = np.where(there & (taken["unit"] == unit), taken["qty"], np.nan)
        return weight, columns.word("unit", unit), ""
    there = ~held & ~np.isnan(taken["value"])
    money = columns.currency(question.currency) if question.currency else _commonest(taken["currency"][there])
    left["no_value"] = int((~held & np.isnan(taken["value"])).sum())
    left["other_currency"] = int((there & (taken["currency"] != money)).sum())
    weight = np.where(there & (taken["currency"] == money), taken["value"], np.nan)
    return weight, "", columns.currency_of(money)


def _commonest(column: Array) -> int:
    """The code that most rows carry, the smaller of two; 0 of none."""
    return int(np.bincount(column).argmax()) if len(column) else 0


# --- duplicates and records ----------------------------------------------------------------------


def doubled(desk: Desk) -> frozenset[int]:
    """Numbers of the seizures that are not counted: of each two that are one, both of which the asker sees,
    the one that the house kept later. Several that are one in a chain are counted once.

    They are one by the last word of the asker's own bureau; where it has none, by those of the owners of
    both, so that no bureau takes another's seizure out of other bureaus' figures.
    """
    said = _judged(desk)
    seen = desk.look_all([id for pair in said for id in pair])
    root: dict[int, int] = {}

    def top(n: int) -> int:
        while root.get(n, n) != n:
            n = root[n]
        return n

    for (one, other), verdicts in said.items():
        if one not in seen or other not in seen:
            continue
        owners = (seen[one].handling.owner, seen[other].handling.owner)
        asked = (desk.asker.bureau,) if desk.asker.bureau in verdicts else owners
        if all(verdicts.get(bureau) == SAME_ONE for bureau in asked):
            a, b = sorted((top(seen[one].n), top(seen[other].n)))
            root[b] = a
    return frozenset(n for n in root if top(n) != n)


def _judged(desk: Desk) -> dict[tuple[str, str], dict[int, str]]:
    """Pairs of ids in order, with the last verdict of each bureau in the view."""
    found: list[Thing] = []
    place = 0
    while page := desk.table([SAME], after=place, limit=A_PAGE):
        found += [thing for _, thing in page]
        place = page[-1][0]
    last: dict[tuple[str, str], dict[int, str]] = {}
    for thing in sorted(found, key=lambda t: (t.first("at"), t.id)):
        one, other = sorted((thing.first("one"), thing.first("other")))
        last.setdefault((one, other), {})[thing.handling.owner] = thing.first("verdict")
    return dict(sorted(last.items()))


def things_of(desk: Desk, numbers: Sequence[int]) -> list[Thing]:
    """The seizures of a frame's numbers, in that order, decided again one by one."""
    rows = desk.tx.things.rows([int(n) for n in numbers], desk.view)
    seen = desk.look_all([t.id for t in rows])
    by_number = {t.n: t for t in rows if t.id in seen}
    return [by_number[int(n)] for n in numbers if int(n) in by_number]
