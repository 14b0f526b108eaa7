"""Dates of birth as distributions over days, and what two of them say of one person: odds, with a reason."""

import re
from datetime import date
from functools import lru_cache
from math import log
from typing import NamedTuple

from entente.core.kinds import dates as written
from entente.match import calendars

CIRCA_YEARS = 2
"""How many years "about 1971" reaches to either side."""
MOST_YEARS = 40
"""Of a range over more years than this only so many count."""


class Span(NamedTuple):
    """The years a date may mean, and month and day where it is that exact (0 where it is not).

    `about`: the years reach CIRCA_YEARS further, and thin out beyond. `start` and `end`: ordinals of the
    first and the last day as they are written, but of a first of January, which offices write when they know
    the year alone, the last day of the year.
    """

    first: int
    last: int
    month: int = 0
    day: int = 0
    loose: bool = False
    about: bool = False
    start: int = 0
    end: int = 0

    @property
    def years(self) -> range:
        return range(self.first, min(self.last, self.first + MOST_YEARS - 1) + 1)


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@lru_cache(maxsize=1 << 16)
def span_of(text: str) -> Span | None:
    """Read a date in a form that core.kinds.dates knows; None for anything else. Never raises."""
    for form in (text, text[:7]) if _DAY.fullmatch(text) else (text,):
        try:
            span = written.parse(form)
        except ValueError:
            continue  # of a day that is none (1971-02-30) the month is kept
        return _span(span.first, span.last, span.approximate)
    return None


def _span(first: date, last: date, about: bool = False) -> Span:
    year, end_of_year = date(first.year, 1, 1).toordinal(), date(last.year, 12, 31).toordinal()
    start, end = first.toordinal(), last.toordinal()
    if about:
        return Span(first.year - CIRCA_YEARS, last.year + CIRCA_YEARS, 0, 0, True, True, year, end_of_year)
    if first.year != last.year:
        return Span(first.year, last.year, 0, 0, True, False, start, end)
    if start == end:
        end = end_of_year if start == year else end
        return Span(first.year, first.year, first.month, first.day, False, False, start, end)
    return Span(
        first.year, first.year, first.month if first.month == last.month else 0, 0, False, False, start, end
    )


# --- how one birth comes to be written twice --------------------------------------------------------
#
# Each number is a share of the pairs of dates that two records of one person hold: estimates, held against
# the persons of two public sanctions lists (OFAC and UN, 2026). Of 51 on both under one number and with a
# day, 48 have the same. Of 570 pairs of days given for one person, which differ, 159 do so in one digit, 25
# have day and month swapped, 81 share the year alone, 60 are a year apart; 5 % of all are a first of January.

SAME = 0.8
"""Agree, as far as both are written."""
ONE_DIGIT = 0.06 / 20
"""One digit is mistyped; a date has some twenty neighbours that are dates too."""
DIGITS_SWAPPED = 0.01 / 5
"""Two digits side by side have changed places (1917, 1971)."""
DAY_MONTH_SWAPPED = 0.015
CONVERTED = 0.01 / 4
"""A day or two off: one day of another calendar, converted by two tables."""
FOREIGN = 0.0005
"""A day of the Ethiopian or the Julian calendar is written as if it were Gregorian."""
OTHER_DAY, OTHER_DAY_OF_MONTH = 0.04, 0.02
"""The year (the month too) is right, the day is another."""
NEW_YEARS_DAY = 0.25
"""The year agrees, and one of the two offices knew no day."""
YEAR_OFF, FADING = 0.04, 0.5
"""A year sooner (or later); each further year is half as frequent: ages as they were told."""
ABOUT = ((SAME, YEAR_OFF, FADING), (0.25, 0.15, 0.6), (0.18, 0.12, 0.7))
"""The year as written, a year off, and what is left for each further: where none, one, both say "about"."""
DAY_KEPT, DAY_TOO = 0.2, 0.3
"""Of those whose year is off: month and day are right, or are known and are others."""
JUNK = 0.015
"""Dates that have nothing to do with each other: another person's, invented, misread."""
READ = 0.25
"""A year that cannot be Gregorian is one of the calendar tried here."""

# --- how two persons come to agree --------------------------------------------------------------

YEARS = 50.0
"""Births spread as over so many equal years (42 on those lists, more in the world)."""
YEAR = 365.25
DAYS = YEARS * YEAR
PLACEHOLDERS = {(1, 1): 60.0, (7, 1): 6.0}
"""How much less a day tells that stands for "some day of the year". The first of January is up to 30 times as
common as others, and half of those who share it were not born on one day."""
COPIED = 1 / 500
"""Namesakes who agree by no chance: one record was filled in from the other's. No date can tell more."""


class Agreement(NamedTuple):
    """What two dates say: the rule that speaks loudest, and the natural log of how many times likelier they
    are of one person than of two."""

    rule: str
    odds: float


RULES = (
    "same-day",
    "day-month-swapped",
    "one-digit-off",
    "digits-swapped",
    "another-calendar",
    "same-month",
    "same-year",
    "new-years-day",
    "same-year-other-day",
    "within-range",
    "a-year-apart",
    "a-few-years-apart",
    "same-decade",
    "other-date",
)
"""Every rule an Agreement may have."""


@lru_cache(maxsize=1 << 15)
def agreement(asked: Span, found: Span) -> Agreement:
    """The likelihood ratio after Fellegi and Sunter (JASA 64, 1969), between -4.2 and 6.2. Symmetric; raises
    nothing. 0 says nothing: so does a date within a range of fifty years."""
    rule, ratio = (_days if asked.day and found.day else _spans)(asked, found)
    if ratio < FOREIGN * DAYS:
        other = _in_another_calendar(asked, found)
        if other > max(ratio, 1.0):
            rule, ratio = "another-calendar", other
    ratio += JUNK
    return Agreement(rule, log(ratio / (1.0 - COPIED + COPIED * ratio)))


def _days(a: Span, b: Span) -> tuple[str, float]:
    """Two dates that are days."""
    apart = abs(a.first - b.first)
    kept = a.month == b.month and a.day == b.day
    if kept and not apart:
        return "same-day", SAME * DAYS / PLACEHOLDERS.get((a.month, a.day), 1.0)
    year_alone = a.end > a.start or b.end > b.start
    if apart:
        share = 1.0 if year_alone else DAY_KEPT * YEAR if kept else DAY_TOO
        rule, ratio = _years_apart(apart), YEARS * YEAR_OFF * FADING ** (apart - 1) * share
    elif year_alone:
        rule, ratio = "new-years-day", YEARS * NEW_YEARS_DAY
    elif a.month == b.month:
        rule, ratio = "same-year-other-day", YEARS * 12 * OTHER_DAY_OF_MONTH
    elif a.month == b.day and a.day == b.month:
        return "day-month-swapped", DAYS * DAY_MONTH_SWAPPED
    else:
        rule, ratio = "same-year-other-day", YEARS * OTHER_DAY
    if abs(a.start - b.start) <= calendars.SIGHTING_DAYS and ratio < DAYS * CONVERTED:
        rule, ratio = "another-calendar", DAYS * CONVERTED
    if not (year_alone and kept):
        slip = _mistyped(a, b)
        if slip and ratio < DAYS * slip[1]:
            rule, ratio = slip[0], DAYS * slip[1]
    return rule, ratio


def _spans(a: Span, b: Span) -> tuple[str, float]:
    """Two dates of which one at least is no day: shares of the days that both may mean."""
    abouts = a.about + b.about
    same, off, fading = ABOUT[abouts]
    wide_a, wide_b = a.end - a.start + 1.0, b.end - b.start + 1.0
    if wide_a > DAYS or wide_b > DAYS:
        wide_a, wide_b = min(DAYS, wide_a), min(DAYS, wide_b)
    shared = (a.end if a.end < b.end else b.end) - (a.start if a.start > b.start else b.start) + 1.0
    if shared > 0:
        if abouts:
            same = min(SAME, same * max(wide_a, wide_b) / YEAR)
        ratio = same * DAYS * min(shared, wide_a, wide_b) / (wide_a * wide_b) + 1.0 - SAME
        if a.loose or b.loose:
            return "within-range", ratio
        if not (a.month and b.month):
            return "same-year", ratio
        if (a.day and a.end > a.start) or (b.day and b.end > b.start):
            return "new-years-day", YEARS * NEW_YEARS_DAY
        return "same-month", ratio
    # From the years as written, which is where "about" begins to fade.
    apart = a.first - b.last if a.start > b.start else b.first - a.last
    if abouts:
        apart += CIRCA_YEARS * abouts
    edges = _edge(wide_a / YEAR, fading) * _edge(wide_b / YEAR, fading)
    if apart == 0 and not abouts:
        return "same-year-other-day", YEARS * OTHER_DAY * edges
    ratio = YEARS * off * fading ** (apart - 1) * edges
    beyond = apart - CIRCA_YEARS * abouts
    return "within-range" if beyond <= 0 else _years_apart(beyond), ratio


def _edge(years: float, fading: float) -> float:
    """How much of a range lies near enough to its edge to reach beyond it."""
    if years <= 1.01:
        return 1.0
    return (1.0 - float(fading**years)) / ((1.0 - fading) * years)


def _years_apart(years: int) -> str:
    if years == 1:
        return "a-year-apart"
    return "a-few-years-apart" if years <= 3 else "same-decade" if years <= 10 else "other-date"


# --- slips ----------------------------------------------------------------------------------------

_ONE = frozenset(k * 10**place for k in range(1, 10) for place in range(8))
_SWAP = frozenset(9 * k * 10**place for k in range(1, 10) for place in range(7))


def _mistyped(a: Span, b: Span) -> tuple[str, float] | None:
    """One digit off, or two digits side by side swapped, of two days."""
    x, y = (a.first * 100 + a.month) * 100 + a.day, (b.first * 100 + b.month) * 100 + b.day
    apart = abs(x - y)
    if apart not in _ONE and apart not in _SWAP:
        return None  # for speed: no such slip makes another difference
    signs, others = f"{x:08}", f"{y:08}"
    differ = [n for n, sign in enumerate(signs) if sign != others[n]]
    if len(differ) == 1:
        return "one-digit-off", ONE_DIGIT
    if len(differ) == 2:
        n, m = differ
        if m == n + 1 and signs[n] == others[m] and signs[m] == others[n]:
            return "digits-swapped", DIGITS_SWAPPED
    return None


# --- other calendars ---------------------------------------------------------------------------------


def _in_another_calendar(a: Span, b: Span) -> float:
    """The ratio if one of the two was written in another calendar; 0.0 where none fits."""
    strange = (a.last < 1500 or a.first > 2200) - (b.last < 1500 or b.first > 2200)
    if strange:
        odd, other = (a, b) if strange > 0 else (b, a)
        return max([_read_as(reading, other) for reading in readings(odd)], default=0.0)
    days = abs(a.start - b.start)
    # For speed: in our centuries the Julian calendar is 10 to 13 days behind, the Ethiopian 7 to 8 years.
    if not (a.day and b.day and (10 <= days <= 13 or 2780 <= days <= 2840)):
        return 0.0
    calendar = calendars.JULIAN if days <= 13 else calendars.ETHIOPIAN
    late, early = (a, b) if a.start > b.start else (b, a)
    same = _reading(calendar, early.first, early.month, early.day)
    return FOREIGN * DAYS if same and same.start == late.start else 0.0


def _read_as(reading: Span, other: Span) -> float:
    if reading.day and other.day:
        near = abs(reading.start - other.start) <= calendars.SIGHTING_DAYS
        return READ * (SAME * DAYS / (2 * calendars.SIGHTING_DAYS + 1) if near else _days(reading, other)[1])
    return READ * _spans(reading, other)[1]


@lru_cache(maxsize=1 << 12)
def readings(odd: Span) -> tuple[Span, ...]:
    """What a date means in whose year nobody living was born: it is Islamic or Persian, or Thai."""
    tried: tuple[str, ...] = ()
    if odd.first == odd.last and 1200 <= odd.first < 1500:
        tried = calendars.ISLAMIC, calendars.PERSIAN
    elif odd.first == odd.last and 2300 <= odd.first < 2700:
        tried = (calendars.BUDDHIST,)
    spans = [_reading(calendar, odd.first, odd.month, odd.day) for calendar in tried]
    return tuple([span for span in spans if span is not None])


def _reading(calendar: str, year: int, month: int, day: int) -> Span | None:
    try:
        return _span(*calendars.span_in(calendar, year, month, day))
    except ValueError:
        return None
