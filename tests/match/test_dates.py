"""Dates of birth as distributions: what two of them say of one person."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from entente.match.dates import RULES, Agreement, agreement, readings, span_of

BIRTHS = st.dates(date(1900, 1, 1), date(2020, 12, 31))
YEARS = st.integers(1900, 2020)
FORMS = st.one_of(
    BIRTHS.map(date.isoformat),
    BIRTHS.map(lambda d: d.isoformat()[:7]),
    YEARS.map(str),
    YEARS.map(lambda y: f"{y}-01-01"),
    YEARS.map(lambda y: f"~{y}"),
    st.tuples(YEARS, st.integers(0, 60)).map(lambda r: f"{r[0]}/{r[0] + r[1]}"),
    st.tuples(YEARS, st.integers(1, 60)).map(lambda r: f"~{r[0]}/{r[0] + r[1]}"),
    st.tuples(BIRTHS, st.integers(1, 900)).map(lambda r: f"{r[0]}/{r[0] + timedelta(r[1])}"),
    YEARS.map(lambda y: f"../{y}"),
    YEARS.map(lambda y: f"{y}/.."),
    st.dates(date(1250, 1, 1), date(1480, 12, 29)).map(date.isoformat),
    st.integers(1250, 2600).map(str),
)


def agreed(asked: str, found: str) -> Agreement:
    a, b = span_of(asked), span_of(found)
    assert a is not None
    assert b is not None
    return agreement(a, b)


def odds(asked: str, found: str) -> float:
    return agreed(asked, found).odds


GRID = [
    ("same-day", "1971-03-05", "1971-03-05"),
    ("same-month", "1971-03-05", "1971-03"),
    ("day-month-swapped", "1971-03-05", "1971-05-03"),
    ("same-day", "1971-01-01", "1971-01-01"),
    ("a-year-apart", "1971-03-05", "1972-03-05"),
    ("one-digit-off", "1971-03-05", "1971-03-08"),
    ("another-calendar", "1971-03-31", "1971-04-01"),
    ("same-year", "1971-03-05", "1971"),
    ("digits-swapped", "1917-03-05", "1971-03-05"),
    ("within-range", "~1971", "1971-03-05"),
    ("new-years-day", "1971-01-01", "1971-03-05"),
    ("another-calendar", "1963-06-26", "1971-03-05"),
    ("within-range", "1970/1975", "1971-03-05"),
    ("within-range", "~1971", "1973"),
    ("same-year-other-day", "1971-03-05", "1971-11-21"),
    ("a-year-apart", "1971", "1972"),
    ("within-range", "1925/1985", "1971-03-05"),
    ("a-few-years-apart", "1971", "1973"),
    ("a-few-years-apart", "1970/1972", "1974"),
    ("same-decade", "1971", "1976"),
    ("same-decade", "1971", "1979"),
    ("other-date", "1971", "1990"),
]
"""Pairs of dates in order of what they say for one person (T15)."""


@pytest.mark.parametrize(("rule", "asked", "found"), GRID)
def test_two_dates_agree_by_the_rule_that_a_person_would_name(rule, asked, found):
    assert agreed(asked, found).rule == rule
    assert rule in RULES


def test_the_odds_fall_as_evidence_weakens():
    told = [odds(asked, found) for _, asked, found in GRID]
    assert told == sorted(told, reverse=True)
    assert told[0] == pytest.approx(6.2, abs=0.1)
    assert told[-1] == pytest.approx(-4.2, abs=0.1)


def test_a_year_apart_is_far_nearer_than_nineteen():
    assert odds("1971", "1972") > 0 > odds("1971", "1974") > odds("1971", "1990") + 3


def test_the_first_of_january_tells_less_than_another_day():
    assert odds("1971-01-01", "1971-01-01") < odds("1971-03-05", "1971-03-05") - 1
    assert odds("1971-01-01", "1971") == odds("1971", "1971")
    assert odds("1971-01-01", "1972-01-01") == pytest.approx(odds("1971", "1972"), abs=0.01)
    assert odds("1971-11-21", "1971-01-01") > odds("1971-11-21", "1971-03-05") + 1


def test_a_birthday_that_is_kept_speaks_though_the_year_was_changed():
    assert odds("1971-03-05", "1974-03-05") > 3 > odds("1971-03-05", "1974-11-21") + 3


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("1350-05-12", "1971-08-03"),  # Persian
        ("1391-01-12", "1971-03-10"),  # Islamic
        ("1391-01-12", "1971-03-12"),  # and two days off
        ("2514-03-05", "1971-03-05"),  # Thai
    ],
)
def test_a_day_that_cannot_be_gregorian_is_read_in_its_own_calendar(written, means):
    assert agreed(written, means).rule == "another-calendar"
    assert odds(written, means) > 5
    assert odds(written, "1971-11-30") < 3


def test_a_year_that_cannot_be_gregorian_may_be_two():
    for year in ("1971", "1931"):
        assert odds("1350", year) > 1.5
    assert odds("1350", "1950") < -4


def test_about_a_year_has_no_hard_edge():
    told = [odds("~1971", str(1971 + years)) for years in range(12)]
    assert all(0.1 < a - b < 0.6 for a, b in pairwise(told))
    assert told[3] > 0 > told[8]


@given(st.integers(1920, 1990), st.integers(0, 60))
def test_a_narrow_range_speaks_for_what_it_holds_and_a_wide_one_is_silent(year, wide):
    told = odds(f"{year}/{year + wide}", str(year))
    assert told > (1 if wide < 12 else 0)
    assert wide < 50 or told < 0.1


# --- rules for all dates ----------------------------------------------------------------------


@given(FORMS, FORMS)
@example("1350-05-12", "1971-08-03")
@example("1939-03-31", "1931-08-12")
def test_agreement_is_symmetric_bounded_and_has_a_known_rule(a, b):
    assert agreed(a, b) == agreed(b, a)
    assert -6 <= odds(a, b) <= 7
    assert agreed(a, b).rule in RULES


@given(
    st.tuples(FORMS, FORMS), st.integers(0, 40), st.integers(0, 40), st.sampled_from(["", "-03", "-11-21"])
)
def test_years_further_apart_never_speak_more_for_the_same(_, few, more, rest):
    few, more = sorted((few, more))
    asked = "1955" + ("-06-14" if len(rest) == 6 else rest)
    assert odds(asked, f"{1955 + few}{rest}") >= odds(asked, f"{1955 + more}{rest}")


@given(YEARS, st.integers(0, 30), st.integers(0, 30))
def test_years_further_from_a_range_never_speak_more_for_it(year, few, more):
    few, more = sorted((few, more))
    for asked in (f"{year}/{year + 4}", f"~{year + 4}", f"~{year}/{year + 4}"):
        assert odds(asked, str(year + 4 + few)) >= odds(asked, str(year + 4 + more))


@given(BIRTHS, FORMS)
def test_the_same_day_is_the_best_there_is(day, other):
    assert odds(day.isoformat(), day.isoformat()) >= odds(day.isoformat(), other)


@given(BIRTHS)
def test_the_more_exactly_two_dates_agree_the_more_they_say(day):
    assume((day.month, day.day) != (1, 1))
    text = day.isoformat()
    told = [
        odds(text, f) for f in (text, text[:7], text[:4], f"~{text[:4]}", f"{day.year - 4}/{day.year + 5}")
    ]
    assert told == sorted(told, reverse=True)


@given(BIRTHS, st.tuples(*[st.integers(0, 9000)] * 4), st.sampled_from(["", "~"]))
def test_widening_a_range_that_holds_a_date_never_raises_the_odds(day, days, about):
    before, more_before, after, more_after = days
    narrow = f"{about}{day - timedelta(before)}/{day + timedelta(after)}"
    wide = f"{about}{day - timedelta(before + more_before)}/{day + timedelta(after + more_after)}"
    assert odds(narrow, day.isoformat()) >= odds(wide, day.isoformat())


@pytest.mark.parametrize("nonsense", ["", "yesterday", "05/03/1971", "1971-13", "9" * 50])
def test_what_is_no_date_is_none(nonsense):
    assert span_of(nonsense) is None


def test_of_a_day_that_is_none_the_month_is_kept():
    assert span_of("1971-02-30") == span_of("1971-02")
    assert span_of("1971-13-05") is None


def test_the_readings_of_a_date_are_those_of_the_calendars_its_year_may_be_of():
    def years(text: str) -> list[tuple[int, int]]:
        span = span_of(text)
        assert span is not None
        return [(r.first, r.last) for r in readings(span)]

    assert years("1350-05-12") == [(1931, 1931), (1971, 1971)]
    assert years("1350") == [(1931, 1932), (1971, 1972)]
    assert years("2514") == [(1971, 1971)]
    assert years("1971-03-05") == years("../1400") == []
