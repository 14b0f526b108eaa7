"""Periods end when a slow twin says so, that walks day by day and minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from entente.rooms.payments.deadlines import day_ends, ends, working_days_before, working_days_left
from entente.rooms.payments.holidays_of import Calendar, calendar

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ZONES = (
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",  # by half an hour
    "Africa/Cairo",  # no midnight in spring
    "Asia/Beirut",
    "Asia/Tehran",
    "America/Asuncion",
    "America/Sao_Paulo",
    "America/Havana",  # midnight twice in autumn
    "America/St_Johns",  # until 2011 at one minute past midnight
    "Antarctica/Casey",  # by three hours, over midnight
    "Pacific/Apia",  # without 30 December 2011
    "Asia/Kathmandu",
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(1975, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))
edges = st.tuples(
    st.sampled_from(
        [
            *(
                date(y, m, d)
                for y in (1986, 2000, 2010, 2011, 2023, 2024, 2026)
                for m in (3, 4, 10, 11)
                for d in (1, 28)
            ),
            date(2024, 2, 28),
            date(2023, 2, 27),
            date(2011, 12, 29),
            date(2010, 3, 4),
            date(2026, 12, 31),
        ]
    ),
    st.integers(0, 7 * 24 * 60),
).map(lambda said: datetime.combine(said[0], datetime.min.time(), UTC) + said[1] * MINUTE)
starts = moments | edges


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Of a real country, or of none; with days off of its own, single ones and a long run."""
    run = draw(st.dates(date(1975, 1, 1), date(2035, 12, 31)))
    own = {run + n * DAY for n in range(draw(st.integers(0, 12)))}
    own |= draw(st.frozensets(st.dates(date(2023, 1, 1), date(2027, 12, 31)), max_size=20))
    return calendar(draw(st.sampled_from(("FR", "EG", "IR", "US", "CN", "XA"))), draw(zones), own)


# --- the twin ------------------------------------------------------------------------------------


def over_at(day: date, zone: ZoneInfo) -> datetime:
    """The minute after the last one on which the wall shows the day, or one before it."""
    at = datetime.combine(day + DAY, datetime.min.time(), UTC) - 16 * 60 * MINUTE
    last = at
    for n in range(2 * 16 * 60):
        if (at + n * MINUTE).astimezone(zone).date() <= day:
            last = at + n * MINUTE
    return last + MINUTE


def walked(start: datetime, limit: int, unit: str, place: Calendar, rolls: bool) -> datetime:
    """The end of a period, found by going on day by day until enough has gone by."""
    event = day = start.astimezone(place.zone).date()
    days = worked = months = 0
    while True:
        day += DAY
        days += 1
        worked += place.is_working(day)
        # a month has gone by on the event's day of it, or on its last day where it has no such day
        next_month = (day + DAY).day == 1
        months += day.day == event.day or (next_month and day.day < event.day)
        enough = {"wd": worked, "d": days, "mo": months}[unit] >= limit
        if unit == "wd" or not rolls:
            if enough:
                return over_at(day, place.zone)
        elif enough and place.is_working(day) and (worked >= 2 or (unit, limit) == ("d", 1)):
            return over_at(day, place.zone)


@given(starts, zones)
@example(
    datetime(2010, 11, 6, 12, tzinfo=UTC), ZoneInfo("America/St_Johns")
)  # shows the 6th again after 00:01
@example(datetime(2010, 3, 4, 12, tzinfo=UTC), ZoneInfo("Antarctica/Casey"))  # at 02:00 back to 23:00
@example(datetime(2011, 12, 29, 22, tzinfo=UTC), ZoneInfo("Pacific/Apia"))
@example(datetime(2025, 11, 1, 12, tzinfo=UTC), ZoneInfo("America/Havana"))  # at 01:00 back to 00:00
@example(datetime(1919, 3, 30, 12, tzinfo=UTC), ZoneInfo("America/Toronto"))  # from 23:30 to 00:30
def test_a_day_ends_after_its_last_minute_on_the_wall(start: datetime, zone: ZoneInfo) -> None:
    day = start.astimezone(zone).date()
    assert day_ends(day, zone) == over_at(day, zone)


@given(starts, st.integers(1, 40), st.sampled_from(("d", "wd")), calendars(), st.booleans())
@example(
    datetime(2026, 12, 23, 23, 30, tzinfo=UTC), 10, "wd", calendar("FR", ZoneInfo("Europe/Paris")), False
)
def test_days_and_working_days_end_where_walking_ends(
    start: datetime, limit: int, unit: str, place: Calendar, rolls: bool
) -> None:
    assert ends(start, limit, unit, place, rolls) == walked(start, limit, unit, place, rolls)  # type: ignore[arg-type]


@given(starts, st.integers(1, 30), calendars(), st.booleans())
@example(datetime(2024, 1, 31, 12, tzinfo=UTC), 1, calendar("FR"), False)
@example(datetime(2023, 1, 30, 12, tzinfo=UTC), 13, calendar("FR"), True)
@example(datetime(2024, 2, 29, 12, tzinfo=UTC), 12, calendar("FR"), False)
def test_months_end_where_walking_ends(start: datetime, limit: int, place: Calendar, rolls: bool) -> None:
    assert ends(start, limit, "mo", place, rolls) == walked(start, limit, "mo", place, rolls)


@given(starts, zones, st.integers(1, 3000))
def test_hours_and_minutes_are_elapsed_time_whatever_the_wall_shows(
    start: datetime, zone: ZoneInfo, limit: int
) -> None:
    there, place = start.astimezone(zone), calendar("XA", zone)
    assert ends(there, limit, "min", place).timestamp() == start.timestamp() + limit * 60
    assert ends(there, limit, "h", place).timestamp() == start.timestamp() + limit * 3600


@given(starts, st.integers(1, 40), calendars())
def test_working_days_left_are_those_that_were_given_and_go_one_by_one(
    start: datetime, limit: int, place: Calendar
) -> None:
    end = ends(start, limit, "wd", place)
    assert working_days_left(start + MINUTE, end, place) == limit
    assert working_days_left(end, end, place) == 0
    assert working_days_left(end + DAY, end, place) == 0


TWICE = datetime(2010, 11, 7, 2, 30, tzinfo=UTC)  # the 7th for a minute, then the 6th again for an hour


@given(starts, starts, calendars())
@example(TWICE - 9 * DAY, TWICE, calendar("IR", ZoneInfo("America/St_Johns")))
@example(TWICE, TWICE + 9 * DAY, calendar("IR", ZoneInfo("America/St_Johns")))
def test_working_days_left_are_those_counted_by_walking(a: datetime, b: datetime, place: Calendar) -> None:
    now, end = min(a, b), min(max(a, b), min(a, b) + 15 * DAY)
    first = now.astimezone(place.zone).date()
    days = [first + n * DAY for n in range(-2, 19)]
    over = [over_at(d, place.zone) for d in days]
    counted = sum(
        place.is_working(day) and began >= now and ended <= end
        for day, began, ended in zip(days[1:], over, over[1:], strict=False)
    )
    assert working_days_left(now, end, place) == counted


@given(starts, st.integers(1, 10), calendars())
def test_a_warning_is_the_last_moment_with_that_many_working_days_left(
    end: datetime, n: int, place: Calendar
) -> None:
    at = working_days_before(end, n, place)
    assert working_days_left(at, end, place) == n
    assert working_days_left(at + MINUTE, end, place) == n - 1


# --- what is known by heart ----------------------------------------------------------------------

PARIS = calendar("FR", ZoneInfo("Europe/Paris"))
CAIRO = calendar("EG", ZoneInfo("Africa/Cairo"))


def at(text: str, zone: str = "Europe/Paris") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("start", "limit", "unit", "rolls", "end"),
    [
        # Christmas and New Year are Fridays in 2026
        ("2026-12-23 16:00", 5, "wd", False, "2027-01-01 00:00"),
        ("2026-12-23 16:00", 10, "wd", False, "2027-01-09 00:00"),
        ("2026-01-15 00:00", 1, "d", False, "2026-01-17 00:00"),
        ("2026-01-15 23:59", 1, "d", False, "2026-01-17 00:00"),
        ("2026-01-15 10:00", 2, "d", True, "2026-01-20 00:00"),  # Friday and Monday: two working days
        ("2026-01-16 10:00", 2, "d", True, "2026-01-21 00:00"),  # not Monday alone
        ("2026-01-16 10:00", 1, "d", True, "2026-01-20 00:00"),
        ("2026-01-31 10:00", 1, "mo", False, "2026-03-01 00:00"),
        ("2026-01-31 10:00", 1, "mo", True, "2026-03-03 00:00"),
        ("2026-01-15 10:00", 13, "mo", False, "2027-02-16 00:00"),
        ("2024-02-29 10:00", 12, "mo", False, "2025-03-01 00:00"),
    ],
)
def test_periods_that_anybody_can_count_on_a_calendar(
    start: str, limit: int, unit: str, rolls: bool, end: str
) -> None:
    assert ends(at(start), limit, unit, PARIS, rolls) == at(end)  # type: ignore[arg-type]


def test_a_day_without_a_midnight_after_it_ends_when_the_next_begins() -> None:
    # Egypt put its clocks on at 00:00 on Friday 26 April 2024: the day began at 01:00
    end = day_ends(date(2024, 4, 25), CAIRO.zone)
    assert end == datetime(2024, 4, 25, 22, tzinfo=UTC)
    assert end.astimezone(CAIRO.zone).hour == 1


def test_the_weekend_is_that_of_the_country() -> None:
    friday, sunday = date(2026, 1, 16), date(2026, 1, 18)
    assert (PARIS.is_working(friday), PARIS.is_working(sunday)) == (True, False)
    assert (CAIRO.is_working(friday), CAIRO.is_working(sunday)) == (False, True)


def test_a_saturday_that_is_worked_for_a_holiday_is_a_working_day() -> None:
    assert calendar("CN").is_working(date(2025, 2, 8))


def test_holidays_are_the_countrys_and_the_bureaus_own() -> None:
    assert not PARIS.is_working(date(2026, 7, 14))
    assert PARIS.is_working(date(2026, 7, 15))
    assert not calendar("FR", PARIS.zone, [date(2026, 7, 15)]).is_working(date(2026, 7, 15))


def test_a_country_without_a_calendar_says_so_and_keeps_saturday_sunday_and_its_own_days() -> None:
    invented = calendar("XA", ZoneInfo("UTC"), [date(2026, 3, 2)])
    assert (invented.known, calendar("EUROPOL").known, PARIS.known) == (False, False, True)
    week = [date(2026, 3, 2) + n * DAY for n in range(7)]
    assert [invented.is_working(day) for day in week] == [False, True, True, True, True, False, False]


def test_what_is_no_period_is_refused() -> None:
    never = calendar("XA", own=[date(2026, 1, 1) + n * DAY for n in range(1000)])
    with pytest.raises(ValueError, match="without a time zone"):
        ends(datetime(2026, 1, 15), 1, "h", PARIS)
    with pytest.raises(ValueError, match="no length of a period"):
        ends(at("2026-01-15 10:00"), 0, "wd", PARIS)
    with pytest.raises(ValueError, match="without a working day"):
        ends(at("2026-01-15 10:00"), 1, "wd", never)
    with pytest.raises(ValueError, match="beyond the calendar"):
        ends(at("2026-01-15 10:00"), 100_000, "mo", PARIS)
    with pytest.raises(ValueError, match="no number of days"):
        working_days_before(at("2026-01-15 10:00"), 0, PARIS)
