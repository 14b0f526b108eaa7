"""What a bureau searched, enrolled and examined over a period, counted anew from what is kept.

As far as the reader sees it; what was withdrawn or has expired is not counted.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from statistics import median_low

from pydantic import Field

from entente.core.access import Level
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.biometrics import tables
from entente.rooms.biometrics.comparisons import (
    COMPARISON,
    CONTACT,
    FINAL,
    HIT,
    INCONCLUSIVE,
    NEW,
    NO_HIT,
    WAITING,
)
from entente.rooms.biometrics.samples import SET
from entente.rooms.biometrics.service import SEARCH as ASKED
from entente.rooms.records import Strict
from entente.web.language import N_

DAYS, MOST_DAYS = 30, 400
A_PAGE, MOST_COUNTED = 200, 20_000
UNJUDGED = "unjudged"
_LONG = N_("The period is longer than 400 days")


class Day(Strict):
    """Transactions of one day (UTC). `comparisons`: those that were proposed on it."""

    day: str
    searches: int
    enrolments: int
    comparisons: int


class Times(Strict):
    """How long something took, in seconds; null where it never did. `p90_s`: nine in ten took no longer."""

    many: int
    median_s: int | None
    p90_s: int | None


class Errors(Strict):
    """How the matcher errs on your bureau's own gallery, which everybody of the bureau may see."""

    sort: str = Field(description="prints, faces")
    strangers: int = Field(description="Pairs of different persons compared")
    genuine: int = Field(description="Pairs of one person compared")
    at: str
    points: list[list[float]] = Field(description="False match rate, false non-match rate")


class Statistics(Strict):
    """Days without transactions are left out."""

    since: str
    until: str
    days: list[Day]
    searches: dict[str, int] = Field(
        description="By what you see said of their candidates: unjudged, open, hit, no-hit, inconclusive"
    )
    comparisons: dict[str, int] = Field(description="By state; contact: an owner to ask")
    enrolled: dict[str, int] = Field(description="By sort: person, mark")
    first: Times = Field(description="From the search or the proposal to the first examiner's verdict")
    final: Times = Field(description="To the verdict that decided it")
    waiting: dict[str, int] = Field(
        description="Now, whenever proposed: new, waiting for a second, searches open"
    )
    errors: list[Errors] = Field(description="Where the gallery is large enough for a curve")


def statistics(desk: Desk, since: date | None = None, until: date | None = None) -> Statistics:
    """From one day to another, both in; the last 30 days where none is named. Raises Faulty.

    Times are of the comparisons proposed in the period that have come so far.
    """
    last = until or desk.today
    first = since or last - timedelta(days=DAYS)
    if first > last:
        raise Faulty(faults=(Fault("since", f"{first} is after {last}", "Choose an earlier day."),))
    if (last - first).days > MOST_DAYS:
        raise Faulty(faults=(Fault("since", _LONG, N_("Choose a later day.")),))
    bureau = desk.asker.bureau
    searches, sets, compared = (
        [row for one in _all(by, kind, key, first) if first <= (row := _row(one)).at.date() <= last]
        for by, kind, key in (
            (_for_all(desk), ASKED, f"biometric-searches:{bureau}"),
            (desk, SET, f"biometrics:{bureau}"),
            (desk, COMPARISON, f"comparisons:{bureau}"),
        )
    )
    waiting = {
        "new": _number(desk, f"comparisons:{bureau}:{NEW}", lambda one: one.first("how") != CONTACT),
        "contact": _number(desk, f"comparisons:{bureau}:{NEW}", lambda one: one.first("how") == CONTACT),
        "second": _number(desk, f"comparisons:{bureau}:{WAITING}"),
    }
    desk.note("see", what="biometric statistics")
    return Statistics(
        since=first.isoformat(),
        until=last.isoformat(),
        days=_days(searches, sets, compared),
        searches=_counted(_judged(searches, compared)),
        comparisons=_counted(compared),
        enrolled=_counted(sets),
        first=_times(one.first for one in compared),
        final=_times(one.final for one in compared),
        waiting=waiting,
        errors=_errors(desk),
    )


def _for_all(desk: Desk) -> Desk:
    """The sitting as one who may see all that the bureau asked: of that the number alone is told. Searches
    that found what the reader may not see would be missing among it."""
    held = (h.need for h in desk.as_house().classes() if h.owner == desk.asker.bureau)
    every = frozenset[str]().union(*held)
    return desk.as_house().seated_as(replace(desk.asker, clearance=Level.CONFIDENTIAL, held=every))


@dataclass(frozen=True, slots=True)
class _Row:
    """What is counted of a thing, which itself need not stay in memory."""

    at: datetime
    sort: str
    first: int | None = None
    final: int | None = None
    search: str = ""


def _row(one: Thing) -> _Row:
    if one.kind == SET:
        return _Row(one.created, one.first("sort"))
    at = datetime.fromisoformat(one.first("at"))
    if one.kind == ASKED:
        return _Row(at, UNJUDGED, search=one.id)
    if one.first("how") == CONTACT:
        return _Row(at, CONTACT)
    state, first, second = (one.first(name) for name in ("state", "firstAt", "secondAt"))
    final = (second or first) if state in FINAL else ""
    return _Row(at, state, _took(at, first), _took(at, final), one.first("search"))


def _judged(searches: Sequence[_Row], compared: Sequence[_Row]) -> Iterator[_Row]:
    """Searches with an outcome for this reader: a colleague's may hang on candidates that he may not see."""
    said: dict[str, set[str]] = {}
    for one in compared:
        said.setdefault(one.search, set()).add(one.sort)
    for search in searches:
        states = said.get(search.search, set())
        yield replace(search, sort=_outcome(states) if states else UNJUDGED)


def _outcome(states: set[str]) -> str:
    if HIT in states:
        return HIT
    if not states <= FINAL:
        return "open"
    return NO_HIT if states == {NO_HIT} else INCONCLUSIVE


def _took(at: datetime, moment: str) -> int | None:
    return int((datetime.fromisoformat(moment) - at).total_seconds()) if moment else None


def _all(desk: Desk, kind: str, key: str, since: date = date.min) -> Iterator[Thing]:
    """Newest change first, down to a day: nothing changes before it is kept."""
    return islice(_paged(desk, kind, key, since), MOST_COUNTED)


def _paged(desk: Desk, kind: str, key: str, since: date) -> Iterator[Thing]:
    after = 0
    while page := desk.table([kind], key=key, after=after, limit=A_PAGE):
        yield from (thing for _, thing in page if thing.changed.date() >= since)
        if page[-1][1].changed.date() < since or len(page) < A_PAGE:
            return
        after = page[-1][0]


def _number(desk: Desk, key: str, fits: Callable[[Thing], bool] = lambda _: True) -> int:
    return sum(fits(one) for one in _all(desk, COMPARISON, key))


def _days(searches: Sequence[_Row], sets: Sequence[_Row], compared: Sequence[_Row]) -> list[Day]:
    asked, kept, proposed = (Counter(row.at.date() for row in rows) for rows in (searches, sets, compared))
    return [
        Day(
            day=day.isoformat(),
            searches=asked[day],
            enrolments=kept[day],
            comparisons=proposed[day],
        )
        for day in sorted({*asked, *kept, *proposed})
    ]


def _counted(rows: Iterable[_Row]) -> dict[str, int]:
    return dict(sorted(Counter(row.sort for row in rows).items()))


def _times(took: Iterable[int | None]) -> Times:
    known = sorted(one for one in took if one is not None)
    if not known:
        return Times(many=0, median_s=None, p90_s=None)
    p90 = known[-(-len(known) * 9 // 10) - 1]
    return Times(many=len(known), median_s=median_low(known), p90_s=p90)


def _errors(desk: Desk) -> list[Errors]:
    ids = [tables.id_of(desk, sort) for sort in ("prints", "faces")]
    told = [(one, json.loads(one.first("table"))) for one in desk.look_all(ids).values()]
    return [
        Errors(
            sort=one.first("sort"),
            strangers=int(one.first("compared")),
            genuine=table["genuine"],
            at=one.first("at"),
            points=table["det"],
        )
        for one, table in told
        if "det" in table
    ]
