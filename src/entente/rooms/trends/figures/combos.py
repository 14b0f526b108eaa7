"""Combinations of goods, customs code, hiding place, transport, origin and departure that rise or are new."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods import codes, columns
from entente.match.trends import series as times
from entente.match.trends import surges as past
from entente.rooms.records import Strict
from entente.rooms.trends.figures.dimensions import below
from entente.rooms.trends.figures.flows import noted
from entente.rooms.trends.figures.frame import Frame, framed, things_of
from entente.rooms.trends.figures.model import About, Length, Question
from entente.rooms.trends.figures.sums import first_of
from entente.web.language import N_

NEEDS = ("hs", "concealment", "mode", "origin", "departure")
MOST = 100
MOST_RECORDS = 50
DEEP = 2
"""Levels of the tree of goods that are told apart."""
HEADING = 100
"""Six digits to four."""


class Combination(Strict):
    """What is the same in all its seizures; "" where nothing is said."""

    goods: str
    hs4: str
    concealment: list[str]
    mode: str
    origin: str
    departure: str


class Record(Strict):
    """A seizure that a figure rests on."""

    id: str
    name: str
    date: str


class SurgeRow(Strict):
    """Seizures of a combination in the period, against the mean of the periods before it."""

    combination: Combination
    seen: int
    expected: float
    p: float
    q: float
    records: list[Record]


class NewRow(Strict):
    combination: Combination
    seen: int
    records: list[Record]


class Surges(Strict):
    """Of the last period that is over, or the one asked for. `past`: periods that the means rest on; 0 where
    there are too few to say anything. `usual`: new combinations that a period usually has."""

    about: About
    period: str
    past: int
    usual: float
    surges: list[SurgeRow]
    first_seen: list[NewRow]
    further: int


def surges(desk: Desk, question: Question, length: Length = "month", period: str = "") -> Surges:
    """Combinations that rise above their own past, and those never seen before, each with its seizures.

    `period`: 2026-03, 2026-Q1 or 2026; else the last one that is over. Raises Faulty for another text.
    """
    frame = framed(desk, question, NEEDS)
    at = period_of(period, length) if period else last_over(desk, length)
    desk.note("trend", what="surges", period=times.name(at, length), **noted(question))
    return told(desk, frame, at, length)


def last_over(desk: Desk, length: Length) -> int:
    """The last period that has ended."""
    today = np.array([desk.today.toordinal() - times.EPOCH])
    return int(times.periods(today, length)[0]) - 1


def period_of(said: str, length: Length) -> int:
    """A period's number. Raises Faulty."""
    year, _, part = said.partition("-")
    digits = part.removeprefix("Q") if length == "quarter" else part
    many = times.PER_YEAR[length]
    fits = len(year) == 4 and year.isascii() and year.isdecimal() and (many > 1) == bool(digits)
    if digits:
        fits = fits and digits.isascii() and digits.isdecimal() and 1 <= int(digits) <= many
    if not fits:
        what, do = N_("This is no period of that length"), N_("Write it as 2026-03, 2026-Q1 or 2026.")
        raise Faulty(faults=(Fault("query/period", what, do),))
    return int(year) * many + (int(digits) - 1 if digits else 0)


def told(desk: Desk, frame: Frame, at: int, length: Length) -> Surges:
    """The same of a frame with the columns of NEEDS, of one period."""
    return rested(desk, frame, at, length)[0]


def rested(
    desk: Desk, frame: Frame, at: int, length: Length
) -> tuple[Surges, list[NDArray[Any]], list[NDArray[Any]]]:
    """The same, and the numbers of all seizures of each surge and of each new combination."""
    goods, keys = below(frame["goods"], frame.question.goods, DEEP)
    parts = [goods, frame["hs"] // HEADING, *(frame[name] for name in NEEDS[1:])]
    number, meant = (
        past.combine(list(parts)) if len(frame) else (np.zeros(0, np.int64), np.zeros((0, 6), np.int64))
    )
    when = times.periods(frame["date"], length, frame["precision"])
    once = first_of(number, frame["n"])
    group, period, rows = number[once], when[once], frame["n"][once]
    risen = past.surges(group, period, at)
    new = past.first_seen(group, period, at)
    said = [g for g in range(len(risen.group)) if risen.found[g]]
    surged = said[:MOST]
    fresh = list(range(len(new.group)))[:MOST]
    wanted = [rows[risen.rows[g][:MOST_RECORDS]] for g in surged] + [
        rows[new.rows[g][:MOST_RECORDS]] for g in fresh
    ]
    named = _records(desk, wanted)
    made = Surges(
        about=frame.about(),
        period=times.name(at, length),
        past=risen.past,
        usual=round(new.usual, 3),
        surges=[
            SurgeRow(
                combination=_combination(meant[risen.group[g]], keys),
                seen=int(risen.seen[g]),
                expected=round(float(risen.expected[g]), 4),
                p=float(f"{risen.p[g]:.3g}"),
                q=float(f"{risen.q[g]:.3g}"),
                records=[named[int(n)] for n in rows[risen.rows[g][:MOST_RECORDS]] if int(n) in named],
            )
            for g in surged
        ],
        first_seen=[
            NewRow(
                combination=_combination(meant[new.group[g]], keys),
                seen=int(new.seen[g]),
                records=[named[int(n)] for n in rows[new.rows[g][:MOST_RECORDS]] if int(n) in named],
            )
            for g in fresh
        ],
        further=len(said) - len(surged) + len(new.group) - len(fresh),
    )
    return made, [rows[risen.rows[g]] for g in surged], [rows[new.rows[g]] for g in fresh]


def _combination(meant: NDArray[Any], keys: list[str]) -> Combination:
    goods, hs4, hidden, mode, origin, departure = (int(part) for part in meant)
    return Combination(
        goods=keys[goods],
        hs4=f"{hs4:04d}" if hs4 else "",
        concealment=list(codes.codes_in(codes.CONCEALMENTS, hidden)),
        mode=columns.word("mode", mode),
        origin=columns.country_of(origin),
        departure=columns.country_of(departure),
    )


def _records(desk: Desk, wanted: list[NDArray[Any]]) -> dict[int, Record]:
    numbers = sorted({int(n) for some in wanted for n in some})
    return {thing.n: record_of(thing) for thing in things_of(desk, numbers)}


def record_of(thing: Thing) -> Record:
    return Record(id=thing.id, name=thing.first("name"), date=thing.first("date"))
