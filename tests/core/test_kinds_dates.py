"""Dates stay as partial, as approximate and as wide as they were written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.kinds import TYPES
from entente.core.kinds.dates import Span, clean, parse


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("1971", "1971"),
        ("1971-03", "1971-03"),
        ("1971-03-05", "1971-03-05"),
        ("1971-03-05T10:00:00", "1971-03-05T10:00:00"),
        ("1971-03-05T10:00:00Z", "1971-03-05T10:00:00"),
        ("1971-03-05 10:30", "1971-03-05T10:30"),
        ("1971-03-05T00:30:00+02:00", "1971-03-04T22:30:00"),
        ("circa 1971", "~1971"),
        ("ca. 1971-03", "~1971-03"),
        ("~1971", "~1971"),
        ("1971~", "~1971"),
        ("1971?", "~1971"),
        ("1970/1975", "1970/1975"),
        ("between 1970 and 1975", "1970/1975"),
        ("1970 to 1975", "1970/1975"),
        ("1970-1975", "1970/1975"),
        ("circa 1970-1975", "~1970/1975"),
        ("1970/..", "1970/.."),
        ("/1975", "../1975"),
        ("197X", "1970/1979"),
        ("1970s", "1970/1979"),
        ("1971-XX", "1971"),
        ("1971-00-00", "1971"),
        ("1971-03-00", "1971-03"),
        ("19710305", "1971-03-05"),
        ("05.03.1971", "1971-03-05"),
        ("5.3.1971", "1971-03-05"),
        ("2000-02-29", "2000-02-29"),
    ],
)
def test_a_date_is_stored_as_sure_as_it_was_written(written: str, stored: str):
    assert clean(written) == stored
    assert clean(stored) == stored


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31.02.1980", "is no date: February 1980 has 29 days"),
        ("1980-02-31", "is no date: February 1980 has 29 days"),
        ("1971-13", "has no such month: 13"),
        ("1971-00-05", "has a day but no month"),
        ("03/05/1971", "is ambiguous: write 1971-05-03 or 1971-03-05"),
        ("25/05/1971", "is ambiguous: write 1971-05-25"),
        ("03-05-1971", "is ambiguous"),
        ("03/05/71", "two digits"),
        ("05.03.71", "two digits"),
        ("1975/1970", "ends before it begins"),
        ("../..", "open at both ends"),
        ("1971-03-05T25:00", "no such time"),
        ("yesterday", "is no date"),
        ("0000", "is no date"),
        ("١٩٧١", "is no date"),
        ("1" * 60, "is no date"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(written: str, why: str):
    with pytest.raises(ValueError, match=why.replace("(", r"\(")):
        clean(written)


def test_a_span_covers_every_day_the_date_may_be():
    assert parse("1971") == Span(date(1971, 1, 1), date(1971, 12, 31))
    assert parse("1972-02") == Span(date(1972, 2, 1), date(1972, 2, 29))
    assert parse("~1970/1975") == Span(date(1970, 1, 1), date(1975, 12, 31), True)
    assert parse("1970/..").last == date.max
    assert parse("1971-03-05T10:00:00") == Span(date(1971, 3, 5), date(1971, 3, 5))


def test_a_day_fits_the_year_it_lies_in_and_no_other():
    compare = TYPES["date"].compare
    assert compare("1971", "1971-03-05") == 1
    assert compare("1971", "1972") == 0
    assert compare("~1971", "1972-06-01") == 1
    assert compare("1970/1971", "1971/1972") == 0.5 * 365 * 2 / 730


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_stored_as_itself(day: date):
    assert clean(day.isoformat()) == day.isoformat()
    assert clean(f"{day.day}.{day.month}.{day.year}") == day.isoformat()
    assert parse(day.isoformat()).first == parse(day.isoformat()).last == day


@given(st.text(alphabet="0123456789-/.~X?T: ", max_size=24))
def test_whatever_is_written_is_stored_in_a_form_that_can_be_read_again_or_refused(text: str):
    try:
        stored = clean(text)
    except ValueError:
        return
    assert clean(stored) == stored
    span = parse(stored)
    assert span.first <= span.last and span.widened(365).first <= span.first
