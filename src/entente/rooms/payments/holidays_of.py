"""The working days of a bureau: its country's weekend and holidays, and the days it says itself.

Those of the country come from the `holidays` library, by ISO 3166 code. They are the whole country's: a
region's own days, and days that are known only when the moon is seen, a bureau adds in the directory.
"""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from entente.rooms.bureaus import Bureau, roster_of

_WEEKEND = (5, 6)
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days and the clock of one place. `own`: days off beside those of the country.

    `known`: whether the country has a calendar at all. An invented or private code (XA to XZ) has none, nor
    has a body without a country: then Saturdays, Sundays and its own days alone are off; a page must say so.
    """

    country: str
    zone: ZoneInfo
    own: frozenset[date] = frozenset()
    known: bool = True

    def is_working(self, day: date) -> bool:
        if day in self.own:
            return False
        return day not in _off(self.country, day.year) if self.known else day.weekday() not in _WEEKEND


def calendar_of(bureau: Bureau) -> Calendar:
    """The calendar of a bureau: its code is its country's; zone and own days are what the directory says."""
    roster = roster_of(bureau)
    return calendar(bureau.code, roster.zone, roster.holidays)


def calendar(country: str, zone: ZoneInfo = _UTC, own: Iterable[date] = ()) -> Calendar:
    """The calendar of a country (ISO 3166-1, two letters) in a zone."""
    code = country.upper()
    return Calendar(code, zone, frozenset(own), code in _countries())


@lru_cache
def _countries() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries(include_aliases=False))


@lru_cache(maxsize=4096)
def _off(country: str, year: int) -> frozenset[date]:
    """The days of a year on which a country does not work; a Saturday made up for a holiday is none."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", UserWarning
        )  # some know movable feasts for some decades only, and say so
        known = holidays.country_holidays(country, years=year, expand=False)
    first, last = date(year, 1, 1), date(year, 12, 31)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return frozenset(day for day in every if not known.is_working_day(day))
