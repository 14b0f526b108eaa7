"""Days of seizures as tables write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.core.kinds import dates as written
from entente.match.goods.dating import DAY, MONTH, YEAR, read_day
from entente.match.goods.readings import TwoReadings

TODAY = date(2026, 3, 15)
days = st.dates(date(1950, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2019-03-01", "2019-03-01", DAY),
        ("2019-03-01T00:00:00.000", "2019-03-01", DAY),
        ("2019-03-01 10:20", "2019-03-01", DAY),
        ("20190301", "2019-03-01", DAY),
        ("31/12/99", "1999-12-31", DAY),
        ("31.12.1999", "1999-12-31", DAY),
        ("5.6.19", "2019-06-05", DAY),
        ("3/13/2019", "2019-03-13", DAY),
        ("7/7/2019", "2019-07-07", DAY),
        ("5 March 2019", "2019-03-05", DAY),
        ("5 de marzo de 2019", "2019-03-05", DAY),
        ("٢٠١٩-٠٣-٠١", "2019-03-01", DAY),
        ("2019-03", "2019-03", MONTH),
        ("03/2019", "2019-03", MONTH),
        ("mars 2019", "2019-03", MONTH),
        ("2019", "2019", YEAR),
        ("2019-00-00", "2019", YEAR),
        ("2019 Q3", "2019-07/2019-09", YEAR),
        ("2015-2019", "2015/2019", YEAR),
        ("~2019", "~2019", YEAR),
        ("2562", "2019", YEAR),
        ("25/12/2562", "2019-12-25", DAY),
        ("12 Ramadan 1440", "2019-05-17", DAY),
    ],
)
def test_a_day_is_as_exact_as_it_was_written(text: str, day: str, precision: int) -> None:
    assert read_day(text, TODAY) == (day, precision)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("5/6/2019", ("2019-06-05", "2019-05-06")),
        ("5-6-19", ("2019-06-05", "2019-05-06")),
        ("01-02-03", ("2003-02-01", "2003-01-02", "2001-02-03")),
        ("12/03/2562", ("2019-03-12", "2019-12-03")),
        ("1398-01-05", ("2019-03-25", "1977-12-16")),
        ("3/1/2019 12:00:00 AM", ("2019-01-03", "2019-03-01")),
    ],
)
def test_two_readings_of_a_day_are_asked(text: str, choices: tuple[str, ...]) -> None:
    with pytest.raises(TwoReadings) as two:
        read_day(text, TODAY)
    assert two.value.choices == choices


def test_what_is_known_of_a_column_settles_its_days() -> None:
    assert read_day("5/6/2019", TODAY, order="day first") == ("2019-06-05", DAY)
    assert read_day("5/6/2019", TODAY, order="month first") == ("2019-05-06", DAY)
    assert read_day("1398-01-05", TODAY, calendar="persian") == ("2019-03-25", DAY)
    assert read_day("1398", TODAY, calendar="persian") == ("2019-03-21/2020-03-19", YEAR)


def test_a_reading_that_would_lie_in_the_future_is_none() -> None:
    assert read_day("5/12/2025", TODAY, order="day first") == ("2025-12-05", DAY)
    assert read_day("4/2/2026", TODAY)[0] == "2026-02-04"  # the second of April is to come
    for text in ("2026-03-16", "2027", "16/03/2026", "46098"):
        with pytest.raises(ValueError, match="is in the future"):
            read_day(text, TODAY, excel="1900")


def test_numbers_of_days_are_read_only_where_the_column_says_so() -> None:
    assert read_day("43525", TODAY, excel="1900") == ("2019-03-01", DAY)
    assert read_day("43525.75", TODAY, excel="1900") == ("2019-03-01", DAY)
    assert read_day("42063", TODAY, excel="1904") == ("2019-03-01", DAY)
    assert read_day("2019", TODAY, excel="1900") == ("2019", YEAR)
    with pytest.raises(ValueError, match="say it of the column"):
        read_day("43525", TODAY)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "31/02/2019", "2019-13", "99999999", "x" * 61, "1/2", "13/13/2019"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^is "):
        read_day(text, TODAY)


@given(days)
def test_a_day_comes_back_in_the_writings_of_the_world(day: date) -> None:
    for text in (f"{day}", f"{day:%d.%m.%Y}", f"{day:%d %B %Y}", f"{day:%Y/%m/%d}", f"{day}T12:00:00"):
        assert read_day(text, TODAY) == (f"{day}", DAY)
    assert read_day(f"{day:%d/%m/%Y}", TODAY, order="day first") == (f"{day}", DAY)
    assert read_day(f"{day:%m/%d/%Y}", TODAY, order="month first") == (f"{day}", DAY)
    serial = (day - date(1899, 12, 30)).days
    assert read_day(str(serial), TODAY, excel="1900") == (f"{day}", DAY)


@given(days)
def test_day_and_month_that_can_change_places_are_never_chosen(day: date) -> None:
    text = f"{day:%d/%m/%Y}"
    swapped = day.month != day.day and day.day <= 12 and date(day.year, day.day, day.month) <= TODAY
    if swapped:
        with pytest.raises(TwoReadings):
            read_day(text, TODAY)
    else:
        assert read_day(text, TODAY) == (f"{day}", DAY)


@given(st.text(alphabet="0123456789/-. QT:MarchAD٣", max_size=24))
def test_any_text_is_a_day_that_has_begun_or_a_reason(text: str) -> None:
    try:
        day, precision = read_day(text, TODAY)
    except ValueError as why:
        assert str(why)
    else:
        assert written.parse(day).first <= TODAY + timedelta(0)
        assert precision in (DAY, MONTH, YEAR)
