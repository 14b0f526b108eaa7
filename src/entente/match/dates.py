"""Dates of birth compared by degrees: a date may be a day, a month, a year, a range, or about a year."""

from dataclasses import dataclass
from functools import lru_cache

from entente.core.kinds import dates as written

CIRCA_YEARS = 2
"""How many years "about 1971" reaches to either side."""
MOST_YEARS = 40
"""Of a range over more years than this only so many count."""


@dataclass(frozen=True, slots=True)
class Span:
    """The years a date may mean, and month and day where it is that exact (0 where it is not)."""

    first: int
    last: int
    month: int = 0
    day: int = 0
    loose: bool = False

    @property
    def years(self) -> range:
        return range(self.first, min(self.last, self.first + MOST_YEARS - 1) + 1)


@lru_cache(maxsize=1 << 16)
def span_of(text: str) -> Span | None:
    """Read a date in a form that core.kinds.dates knows; None for anything else. Never raises."""
    try:
        span = written.parse(text)
    except ValueError:
        return None
    first, last = span.first, span.last
    if span.approximate or first.year != last.year:
        spread = CIRCA_YEARS if span.approximate else 0
        return Span(first.year - spread, last.year + spread, loose=True)
    if first == last:
        return Span(first.year, first.year, first.month, first.day)
    return Span(first.year, first.year, first.month if first.month == last.month else 0)


SAME_DAY = ("same-day", 1.0)
SWAPPED = ("day-month-swapped", 0.8)
ONE_DIGIT = ("one-digit-off", 0.65)
SAME_MONTH = ("same-month", 0.75)
SAME_YEAR = ("same-year", 0.55)
OTHER_DAY = ("same-year-other-day", 0.25)
WITHIN = ("within-range", 0.4)
NEXT_YEAR = ("a-year-apart", 0.15)
NEAR_YEARS = ("a-few-years-apart", -0.25)
DECADE = ("same-decade", -0.55)
OTHER = ("other-date", -1.0)


@lru_cache(maxsize=1 << 15)
def compare(asked: Span, found: Span) -> tuple[str, float]:
    """A rule and a grade from -1 (contradicts) to 1 (the same day). Symmetric.

    Monotone: the fewer years lie between two dates, the higher the grade; the more exactly two dates
    agree, the higher.
    """
    apart = max(asked.first, found.first) - min(asked.last, found.last)
    if apart <= 0:
        if asked.loose or found.loose:
            return WITHIN
        return _same_year(asked, found)
    if _one_digit_off(asked, found):
        return ONE_DIGIT
    if apart == 1:
        return NEXT_YEAR
    if apart <= 3:
        return NEAR_YEARS
    return DECADE if apart <= 10 else OTHER


def _same_year(a: Span, b: Span) -> tuple[str, float]:
    if not a.month or not b.month:
        return SAME_YEAR
    if a.month == b.month:
        if not a.day or not b.day:
            return SAME_MONTH
        if a.day == b.day:
            return SAME_DAY
    elif a.day and a.day == b.month and b.day == a.month:
        return SWAPPED
    if _one_digit_off(a, b):
        return ONE_DIGIT
    # The first of January is what offices write when they know the year alone.
    if (a.month, a.day) == (1, 1) or (b.month, b.day) == (1, 1):
        return SAME_YEAR
    return OTHER_DAY


def _one_digit_off(a: Span, b: Span) -> bool:
    """Whether two full dates differ in one digit."""
    if not (a.day and b.day) or a.loose or b.loose:
        return False
    x = f"{a.first:04}{a.month:02}{a.day:02}"
    y = f"{b.first:04}{b.month:02}{b.day:02}"
    return sum(c != d for c, d in zip(x, y, strict=True)) == 1
