"""Dates of a zone: six characters without a century (ICAO Doc 9303-3, 4.7 and 4.8).

The standard has no rule for the century, so this one is ours and told: nobody is born in the future, and a
document expires at most 40 years ago and less than 60 years ahead.
"""

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

OLDEST_EXPIRY = 40
"""Years back from today in which an expiry is sought; the other 60 of a hundred lie ahead."""
OLDEST_HOLDER = 120
"""Years an age may have: younger than 20, a holder may as well be a hundred years older."""

Sort = Literal["day", "part", "unknown", "impossible", "unreadable"]


@dataclass(frozen=True, slots=True)
class Dated:
    """`iso` is YYYY-MM-DD, shorter where parts are filler, empty where nothing can be said. `other` is the
    year that the same digits mean in the other century, where that is possible too. `why` says what is
    impossible: "month", "day", "leap" (29 February of a common year)."""

    printed: str
    sort: Sort
    iso: str = ""
    other: str = ""
    why: str = ""

    @property
    def first(self) -> date | None:
        """The first day it may mean."""
        if self.sort not in ("day", "part") or not self.iso:
            return None
        return date.fromisoformat(self.iso + "-01-01"[len(self.iso) - 4 :])

    @property
    def last(self) -> date | None:
        """The last day it may mean."""
        first = self.first
        if first is None or len(self.iso) == 10:
            return first
        month = first.month if len(self.iso) == 7 else 12
        return date(first.year, month, monthrange(first.year, month)[1])


def born(printed: str, today: date) -> Dated:
    """A date of birth: the latest that does not lie after today."""
    year = _two_digits(printed[:2])
    if year is None:
        return _dated(printed, None)
    month, day = _two_digits(printed[2:4]) or 1, _two_digits(printed[4:6]) or 1
    full = today.year // 100 * 100 + year
    if (full, month, day) > (today.year, today.month, today.day):
        full -= 100
    other = str(full - 100) if today.year - full + 100 <= OLDEST_HOLDER else ""
    return _dated(printed, full, other)


def expires(printed: str, today: date) -> Dated:
    """A date of expiry, within the hundred years that begin OLDEST_EXPIRY years ago."""
    year = _two_digits(printed[:2])
    if year is None:
        return _dated(printed, None)
    earliest = today.year - OLDEST_EXPIRY
    return _dated(printed, earliest + (year - earliest) % 100)


def _two_digits(text: str) -> int | None:
    return int(text) if len(text) == 2 and text.isascii() and text.isdigit() else None


def _dated(printed: str, year: int | None, other: str = "") -> Dated:
    parts = [printed[at : at + 2] for at in (0, 2, 4)]
    if len(printed) != 6 or any(part != "<<" and _two_digits(part) is None for part in parts):
        return Dated(printed, "unreadable")
    month, day = _two_digits(parts[1]), _two_digits(parts[2])
    why = _impossible(year, month, day)
    if why:
        return Dated(printed, "impossible", other=other, why=why)
    if year is None:
        return Dated(printed, "unknown" if month is day is None else "part")
    if month is None:
        return Dated(printed, "part", f"{year:04}", other)
    if day is None:
        return Dated(printed, "part", f"{year:04}-{month:02}", other)
    return Dated(printed, "day", date(year, month, day).isoformat(), other)


def _impossible(year: int | None, month: int | None, day: int | None) -> str:
    if month is not None and not 1 <= month <= 12:
        return "month"
    if day is None:
        return ""
    if (month, day) == (2, 29):
        return "" if year is None or isleap(year) else "leap"
    longest = 31 if month is None else monthrange(2001, month)[1]
    return "" if 1 <= day <= longest else "day"
