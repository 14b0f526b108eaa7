"""Days of other calendars, against conversions that are public."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.calendars import (
    BUDDHIST,
    CALENDARS,
    ETHIOPIAN,
    ISLAMIC,
    JULIAN,
    MONTHS,
    PERSIAN,
    SIGHTING_DAYS,
    span_in,
    to_gregorian,
)

ANY = st.tuples(st.sampled_from(CALENDARS), st.integers(1250, 2600), st.integers(1, 13))


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day", "known"),
    [
        # Public days of history and law: the founding of Iran's republic, the new years of leap years' ends
        (PERSIAN, 1357, 11, 22, "1979-02-11"),
        (PERSIAN, 1350, 1, 1, "1971-03-21"),
        (PERSIAN, 1371, 1, 1, "1992-03-21"),
        (PERSIAN, 1375, 12, 30, "1997-03-20"),
        (PERSIAN, 1399, 12, 30, "2021-03-20"),
        (PERSIAN, 1403, 12, 30, "2025-03-20"),
        (PERSIAN, 1404, 1, 1, "2025-03-21"),
        # Calendrical Calculations, its sample days
        (ISLAMIC, 1364, 12, 6, "1945-11-12"),
        (ISLAMIC, 1416, 10, 5, "1996-02-25"),
        (ISLAMIC, 1, 1, 1, "0622-07-19"),
        (ISLAMIC, 1400, 1, 1, "1979-11-21"),
        # The Ethiopian millennium, and a year of six days more
        (ETHIOPIAN, 2000, 1, 1, "2007-09-12"),
        (ETHIOPIAN, 2015, 13, 6, "2023-09-11"),
        (ETHIOPIAN, 1963, 13, 5, "1971-09-10"),
        (BUDDHIST, 2514, 2, 28, "1971-02-28"),
        # The October revolution, the first day of the reform, a day the Gregorian calendar has not
        (JULIAN, 1917, 10, 25, "1917-11-07"),
        (JULIAN, 1582, 10, 5, "1582-10-15"),
        (JULIAN, 1900, 2, 29, "1900-03-13"),
    ],
)
def test_a_day_is_the_one_that_is_known(calendar, year, month, day, known):
    assert to_gregorian(calendar, year, month, day).isoformat() == known


@pytest.mark.parametrize(
    ("year", "seen"), [(1391, "1971-02-27"), (1420, "1999-04-17"), (1440, "2018-09-11"), (1445, "2023-07-19")]
)
def test_a_month_that_was_seen_begins_within_two_days_of_the_table(year, seen):
    """New years as Umm al-Qura has them."""
    apart = to_gregorian(ISLAMIC, year, 1, 1) - date.fromisoformat(seen)
    assert abs(apart) <= timedelta(SIGHTING_DAYS)


@given(ANY)
def test_months_follow_each_other_without_a_gap(which):
    calendar, year, month = which
    month = min(month, MONTHS[calendar])
    _, last = span_in(calendar, year, month)
    after = (year + 1, 1) if month == MONTHS[calendar] else (year, month + 1)
    assert to_gregorian(calendar, *after, 1) == last + timedelta(1)


@given(ANY)
def test_a_year_holds_its_months_and_a_month_its_days(which):
    calendar, year, month = which
    month = min(month, MONTHS[calendar])
    whole, part = span_in(calendar, year), span_in(calendar, year, month)
    assert whole[0] <= part[0] <= part[1] <= whole[1]
    assert span_in(calendar, year, month, 3) == (part[0] + timedelta(2),) * 2
    assert 353 <= (whole[1] - whole[0]).days <= 365


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day"),
    [
        (PERSIAN, 1350, 13, 1),
        (PERSIAN, 1351, 12, 30),
        (PERSIAN, 1350, 7, 31),
        (ISLAMIC, 1391, 2, 30),
        (ETHIOPIAN, 1963, 13, 7),
        (BUDDHIST, 2514, 2, 29),
        (BUDDHIST, 100, 1, 1),
        (JULIAN, 1971, 2, 29),
        (JULIAN, 99_999, 1, 1),
        (PERSIAN, 0, 1, 1),
        ("mayan", 1350, 1, 1),
    ],
)
def test_a_day_that_is_none_is_refused(calendar, year, month, day):
    with pytest.raises(ValueError, match=r"calendar|year|none of"):
        to_gregorian(calendar, year, month, day)


@given(st.sampled_from([*CALENDARS, ""]), st.integers(), st.integers(), st.integers())
def test_nothing_but_a_value_error_is_raised(calendar, year, month, day):
    for read in (lambda: to_gregorian(calendar, year, month, day), lambda: span_in(calendar, year, month)):
        with suppress(ValueError):
            read()
