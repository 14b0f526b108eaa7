"""When a duty desk is there: its hours in its own time zone, its holidays, and when it opens next.

Pure. Hours are wall-clock hours of the desk's zone, so that a desk that opens at 08:00 does so on both
sides of a change of clocks; an hour that the clocks skip never comes, one they repeat counts twice.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from entente.core.problems import Fault

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
"""Minutes of a day on the wall."""
MOST_HOLIDAYS = 200
Hours = tuple[tuple[int, int], ...]
"""When a weekday is served: (from, to) in minutes since midnight on the wall, in order, none touching."""
Week = tuple[Hours, ...]
"""Hours of Monday to Sunday."""
ROUND_THE_CLOCK: Week = (((0, DAY),),) * 7

_MINUTE = timedelta(minutes=1)
_PART = re.compile(r"(?P<days>[a-z,\s-]+?)\s+(?P<times>[\d:,\s-]+)")
_TIMES = re.compile(r"(\d{2}):(\d{2})\s*-\s*(\d{2}):(\d{2})")
_HOW = "Write it as mon-fri 08:00-12:00,13:00-17:00; sat 09:00-12:00 or 24/7."
_HOLIDAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s+(.+))?")


@dataclass(frozen=True, slots=True)
class Roster:
    """When a desk is there. `always`: round the clock, on holidays too."""

    zone: ZoneInfo
    week: Week = ROUND_THE_CLOCK
    holidays: frozenset[date] = frozenset()
    always: bool = True


def open_at(roster: Roster, moment: datetime) -> bool:
    """Whether the desk is there at a moment (with a time zone)."""
    if roster.always:
        return True
    there = moment.astimezone(roster.zone)
    if there.date() in roster.holidays:
        return False
    minute = there.hour * 60 + there.minute
    return any(start <= minute < end for start, end in roster.week[there.weekday()])


def next_opening(roster: Roster, moment: datetime) -> datetime:
    """The first moment from this one on at which the desk is there, in UTC; itself when it is.

    Raises ValueError for a roster without hours, which `read_hours` never makes.
    """
    at = moment.astimezone(UTC)
    if open_at(roster, at):
        return at
    if not any(roster.week):
        raise ValueError("a roster without hours never opens")
    at = at.replace(second=0, microsecond=0) + _MINUTE
    while not open_at(roster, at):
        at += _closed_for(roster, at)
    return at


def _closed_for(roster: Roster, at: datetime) -> timedelta:
    """How long the desk stays closed for certain: to its next hours or midnight, or to a change of clocks.

    While the clocks keep their distance from UTC the wall moves on evenly; a leap over a change is halved
    until it ends before the change, the last one is a minute.
    """
    there = at.astimezone(roster.zone)
    minute = there.hour * 60 + there.minute
    hours = () if there.date() in roster.holidays else roster.week[there.weekday()]
    leap = timedelta(minutes=min((start for start, _ in hours if start > minute), default=DAY) - minute)
    while leap > _MINUTE and (at + leap).astimezone(roster.zone).utcoffset() != there.utcoffset():
        leap = max(leap // 2 // _MINUTE * _MINUTE, _MINUTE)
    return leap


# --- reading what was typed ----------------------------------------------------------------------


def read_hours(text: str) -> tuple[Week, bool, list[Fault]]:
    """(hours of the week, whether round the clock, every fault) of what an administrator typed.

    Hours over midnight (22:00-06:00) belong in their second part to the day after.
    """
    written = text.strip().lower()
    if not written or written == "24/7":
        return ROUND_THE_CLOCK, True, []
    faults: list[Fault] = []
    found: dict[int, list[tuple[int, int]]] = {}
    for part in filter(None, (p.strip() for p in written.split(";"))):
        match = _PART.fullmatch(part)
        if not match:
            faults.append(Fault("hours", f"“{part}” names no days and times", _HOW))
            continue
        days, wrong_days = _days(match["days"])
        spans, wrong_times = _times(match["times"])
        faults += [Fault("hours", f"“{part}”: {wrong}", _HOW) for wrong in (*wrong_days, *wrong_times)]
        for day in days:
            for start, end in spans:
                if end > start:
                    found.setdefault(day, []).append((start, end))
                else:
                    found.setdefault(day, []).append((start, DAY))
                    if end:
                        found.setdefault((day + 1) % 7, []).append((0, end))
    if not faults and not found:
        faults.append(Fault("hours", "There are no hours in it", _HOW))
    return tuple(_merged(found.get(day, ())) for day in range(7)), False, faults


def _days(text: str) -> tuple[list[int], list[str]]:
    days: list[int] = []
    wrong = []
    for word in (w.strip() for w in text.split(",")):
        first, dash, last = (w.strip() for w in word.partition("-"))
        last = last if dash else first
        if first in DAYS and last in DAYS:
            start, end = DAYS.index(first), DAYS.index(last)
            days += [d % 7 for d in range(start, end + 1 if end >= start else end + 8)]
        else:
            wrong.append(f"“{word}” is no day; days are {', '.join(DAYS)}")
    return days, wrong


def _times(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    spans: list[tuple[int, int]] = []
    wrong = []
    for word in (w.strip() for w in text.split(",")):
        match = _TIMES.fullmatch(word)
        if not match:
            wrong.append(f"“{word}” is no time from and to")
            continue
        start, end = (int(match[i]) * 60 + int(match[i + 1]) for i in (1, 3))
        if start >= DAY or end > DAY or int(match[2]) > 59 or int(match[4]) > 59:
            wrong.append(f"“{word}” is no time of a day")
        elif start == end:
            wrong.append(f"“{word}” ends as it begins")
        else:
            spans.append((start, end))
    return spans, wrong


def _merged(spans: Iterable[tuple[int, int]]) -> Hours:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def read_holidays(lines: Iterable[str]) -> tuple[Mapping[date, str], list[Fault]]:
    """(day to its name, every fault) of lines such as "2026-12-25 Christmas"; the name may be left out."""
    days: dict[date, str] = {}
    faults = []
    for n, line in enumerate(lines):
        match = _HOLIDAY.fullmatch(line.strip())
        try:
            days[date.fromisoformat(match[1] if match else "")] = (match[2] or "") if match else ""
        except ValueError:
            faults.append(
                Fault(f"holidays/{n}", f"“{line[:40]}” begins with no date", "Write 2026-12-25 Christmas.")
            )
    if len(days) > MOST_HOLIDAYS:
        faults.append(Fault("holidays", f"There are more than {MOST_HOLIDAYS}", "Leave out those gone by."))
    return dict(sorted(days.items())), faults


@lru_cache
def zones() -> tuple[str, ...]:
    """Names of the time zones there are (IANA), in order."""
    return tuple(sorted(z for z in available_timezones() if "/" in z or z == "UTC"))


def is_zone(name: str) -> bool:
    return name in zones()
