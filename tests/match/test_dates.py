"""Dates of birth by degrees."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.dates import compare, span_of

DATES = st.sampled_from(
    [
        "1971",
        "1971-03",
        "1971-03-05",
        "1971-05-03",
        "~1971",
        "1970/1975",
        "1972",
        "1981-03-05",
        "1990-01-01",
        "2001",
    ]
)


def grade(asked: str, found: str) -> float:
    a, b = span_of(asked), span_of(found)
    assert a is not None
    assert b is not None
    return compare(a, b)[1]


@given(DATES, DATES)
def test_comparing_dates_is_symmetric(a, b):
    assert grade(a, b) == grade(b, a)


def test_the_grade_falls_as_evidence_weakens():
    ladder = ["1971-03-05", "1971-05-03", "1971-03-06", "1971", "1971-11-21", "1972", "1974", "1979", "1998"]
    grades = [grade("1971-03-05", found) for found in ladder]
    assert grades == sorted(grades, reverse=True)
    assert grades[0] == 1.0
    assert grades[-1] == -1.0


@given(st.dates(date(1900, 1, 1), date(2010, 12, 31)), st.integers(0, 40), st.integers(0, 40))
def test_years_further_apart_never_speak_more_for_the_same(day, few, more):
    few, more = sorted((few, more))
    assert grade(str(day.year), str(day.year + few)) >= grade(str(day.year), str(day.year + more))


@given(st.dates(date(1900, 1, 1), date(2010, 12, 31)))
def test_the_same_day_is_the_best_there_is(day):
    assert grade(day.isoformat(), day.isoformat()) == 1.0
    assert grade(day.isoformat(), (day + timedelta(days=1)).isoformat()) < 1.0


def test_a_range_and_a_circa_agree_weakly_with_what_lies_in_them():
    assert 0 < grade("1970/1975", "1973-02-01") < grade("1973", "1973-02-01")
    assert grade("~1971", "1973") > 0 > grade("~1971", "1979")


@pytest.mark.parametrize("nonsense", ["", "yesterday", "05/03/1971", "1971-13", "9" * 50])
def test_what_is_no_date_is_none(nonsense):
    assert span_of(nonsense) is None
