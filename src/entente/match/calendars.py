"""Days of other calendars as days of the Gregorian one: arithmetic only, without tables of sightings.

Sources: E. M. Reingold and N. Dershowitz, Calendrical Calculations (4th ed., 2018), chapters 3, 4, 7; for the
33-year rule of the Solar Hijri calendar also K. M. Borkowski, The Persian calendar for 3000 years (1996),
which holds for the years 1178 to 1633.
"""

from collections.abc import Callable
from datetime import date, timedelta

ISLAMIC, PERSIAN, BUDDHIST, ETHIOPIAN, JULIAN = CALENDARS = (
    "islamic",
    "persian",
    "buddhist",
    "ethiopian",
    "julian",
)
MONTHS = {ISLAMIC: 12, PERSIAN: 12, BUDDHIST: 12, ETHIOPIAN: 13, JULIAN: 12}
SIGHTING_DAYS = 2
"""By how much a day counted here may differ from the one an office wrote: Islamic months begin when the moon
is seen, and each table of them (civil, Umm al-Qura) begins some a day sooner or later."""


def to_gregorian(calendar: str, year: int, month: int, day: int) -> date:
    """The Gregorian day of a day in one of CALENDARS. Raises ValueError where there is no such day.

    `islamic`: the tabular calendar (civil epoch, 16 July 622 Julian); `persian`: Solar Hijri, of Iran and
    Afghanistan; `buddhist`: Thailand's since 1941; `ethiopian`: Amete Mihret; `julian`: Old Style.
    """
    if calendar not in _FIRST_OF:
        raise ValueError(f"{calendar} is none of {', '.join(CALENDARS)}")
    first = _FIRST_OF[calendar](year, month) if 1 <= month <= MONTHS[calendar] and 1 <= year <= 9000 else None
    if first is None or not 1 <= day <= _next(calendar, year, month) - first:
        raise ValueError(f"there is no day {year}-{month}-{day} in the {calendar} calendar")
    return _day(first + day - 1)


def span_in(calendar: str, year: int, month: int = 0, day: int = 0) -> tuple[date, date]:
    """The first and the last Gregorian day of a year, a month (day 0) or a day of a calendar; ValueError as
    `to_gregorian`."""
    if day:
        return (only := to_gregorian(calendar, year, month, day)), only
    first = to_gregorian(calendar, year, month or 1, 1)
    return first, _day(_next(calendar, year, month or MONTHS[calendar])) - timedelta(1)


def _day(ordinal: int) -> date:
    try:
        return date.fromordinal(ordinal)
    except (ValueError, OverflowError):
        raise ValueError("is outside the years that can be told") from None


def _next(calendar: str, year: int, month: int) -> int:
    """The first day after a month."""
    last = month == MONTHS[calendar]
    return _FIRST_OF[calendar](year + last, 1 if last else month + 1)


# The ordinal (days since the last of December of the year 0, as `date.toordinal`) of the first of a month.


def _islamic(year: int, month: int) -> int:
    return 227_015 + 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2


def _persian(year: int, month: int) -> int:
    return 226_895 + 365 * (year - 1) + (8 * year + 21) // 33 + 30 * (month - 1) + min(month - 1, 6)


def _buddhist(year: int, month: int) -> int:
    return date(year - 543, month, 1).toordinal()


def _ethiopian(year: int, month: int) -> int:
    return 2_796 + 365 * (year - 1) + year // 4 + 30 * (month - 1)


def _julian(year: int, month: int) -> int:
    short = 0 if month <= 2 else 1 if year % 4 == 0 else 2
    return -1 + 365 * (year - 1) + (year - 1) // 4 + (367 * month - 362) // 12 - short


_FIRST_OF: dict[str, Callable[[int, int], int]] = {
    ISLAMIC: _islamic,
    PERSIAN: _persian,
    BUDDHIST: _buddhist,
    ETHIOPIAN: _ethiopian,
    JULIAN: _julian,
}
