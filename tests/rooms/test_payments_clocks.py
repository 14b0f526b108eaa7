"""An alarm fires on its minute: on no minute before it, whatever the clocks on the wall do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from entente.rooms.payments.clocks import (
    Bar,
    Moment,
    Stage,
    clocks,
    due,
    escalations,
    moments,
    next_alarm,
    reached,
)
from entente.rooms.payments.deadlines import ends
from entente.rooms.payments.holidays_of import Calendar, calendar
from entente.rooms.payments.rules import shipped
from entente.rooms.payments.rules_model import Rule

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
PLACES = (
    ("FR", "Europe/Paris"),
    ("US", "America/New_York"),
    ("AU", "Australia/Lord_Howe"),
    ("EG", "Africa/Cairo"),
    ("IR", "Asia/Tehran"),
    ("PY", "America/Asuncion"),
    ("LB", "Asia/Beirut"),
    ("CU", "America/Havana"),
    ("XA", "UTC"),
)
places = st.builds(
    lambda place, own: calendar(place[0], ZoneInfo(place[1]), own),
    st.sampled_from(PLACES),
    st.frozensets(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=40),
)
changes = [  # days about which clocks change somewhere, a leap day, the ends of years
    *(date(y, m, d) for y in (2024, 2025, 2026) for m in (3, 10) for d in (8, 22, 26, 29)),
    *(date(y, m, d) for y in (2024, 2026) for m in (4, 11) for d in (1, 4, 24)),
    date(2024, 2, 28),
    date(2024, 12, 30),
    date(2026, 12, 23),
]
placed_at = st.builds(
    lambda day, minute, zone: (datetime.combine(day, datetime.min.time(), UTC) + minute * MINUTE).astimezone(
        zone
    ),
    st.sampled_from(changes) | st.dates(date(2024, 1, 1), date(2027, 6, 30)),
    st.integers(0, 3 * 24 * 60),
    st.sampled_from([UTC, *(ZoneInfo(zone) for _, zone in PLACES)]),
)
PARIS = calendar("FR", ZoneInfo("Europe/Paris"))
CAIRO = calendar("EG", ZoneInfo("Africa/Cairo"))


# --- the twin: a desk that looks every minute ------------------------------------------------------


def whole_days_left(now: datetime, end: datetime, place: Calendar) -> int:
    """Working days of which every minute lies between two moments."""
    first = now.astimezone(place.zone).date()
    shown: dict[date, bool] = {}
    at = now.astimezone(UTC).replace(minute=0) - 2 * DAY
    while at < end + 2 * DAY:
        day = at.astimezone(place.zone).date()
        shown[day] = shown.get(day, True) and now <= at < end
        at += 15 * MINUTE
    return sum(whole and place.is_working(day) for day, whole in shown.items() if day >= first)


def fired(alarms: list[Moment], start: datetime, end: datetime) -> list[tuple[Stage, datetime]]:
    """What a desk sees that looks at its clocks every minute: which stage first shows at which minute."""
    seen: dict[Stage, datetime] = {}
    at = start
    while at <= end:
        for stage, _ in reached(alarms, at):
            seen.setdefault(stage, at)
        at += MINUTE
    return list(seen.items())


# --- holds -----------------------------------------------------------------------------------------


@given(placed_at, st.integers(1, 12), st.sampled_from(["wd", "d"]), places, places)
@example(datetime(2026, 3, 26, 9, tzinfo=UTC), 5, "wd", PARIS, CAIRO)
def test_a_hold_warns_with_two_whole_working_days_of_those_who_asked_and_a_day_before_and_at_the_end(
    placed: datetime, limit: int, unit: str, holding: Calendar, asking: Calendar
) -> None:
    end = ends(placed, limit, unit, holding)  # type: ignore[arg-type]
    told = dict(moments(end, asking))
    assert told[Stage.ENDED] == end
    assert told[Stage.WARN_HOURS].timestamp() == end.timestamp() - 24 * 3600
    assert whole_days_left(told[Stage.WARN_DAYS], end, asking) == 2
    assert whole_days_left(told[Stage.WARN_DAYS] + MINUTE, end, asking) == 1
    assert [stage for stage, _ in moments(end, asking)] == [Stage.WARN_DAYS, Stage.WARN_HOURS, Stage.ENDED]


@given(placed_at, st.integers(1, 4), places, places)
def test_each_alarm_is_seen_on_its_minute_by_a_desk_that_looks_every_minute(
    placed: datetime, limit: int, holding: Calendar, asking: Calendar
) -> None:
    start = placed.astimezone(UTC).replace(second=0, microsecond=0)
    end = ends(start, limit, "d", holding)
    alarms = moments(end, asking, placed=start)
    assert fired(alarms, start, end + MINUTE) == alarms
    following = next_alarm(alarms, start)
    assert following == alarms[0]
    assert next_alarm(alarms, end) is None
    assert next_alarm(alarms, end - MINUTE) == (Stage.ENDED, end)


@given(placed_at, st.integers(1, 80), places)
@example(datetime(2026, 1, 15, 12, tzinfo=UTC), 24, PARIS)
@example(datetime(2026, 1, 15, 12, tzinfo=UTC), 25, PARIS)
def test_a_hold_too_short_for_a_warning_goes_without_it(
    placed: datetime, hours: int, asking: Calendar
) -> None:
    end = placed.astimezone(UTC) + hours * HOUR
    told = moments(end, asking, placed=placed)
    assert (Stage.ENDED, end) in told
    assert all(at > placed for _, at in told)
    assert (Stage.WARN_HOURS in dict(told)) == (hours > 24)


def test_a_hold_over_christmas_warns_before_the_holidays_of_those_who_asked() -> None:
    # held in XB until the end of Monday 28 December 2026; France is off on the 25th, a Friday
    end = datetime(2026, 12, 29, tzinfo=UTC)
    told = dict(moments(end, PARIS))
    assert told[Stage.WARN_DAYS] == datetime(2026, 12, 24, tzinfo=PARIS.zone)  # Thursday and Monday are left
    assert told[Stage.WARN_HOURS] == datetime(2026, 12, 28, tzinfo=UTC)


def test_a_day_before_is_24_hours_where_the_clocks_are_put_on() -> None:
    end = datetime(2026, 3, 29, 12, tzinfo=PARIS.zone)  # that night had 23 hours
    assert dict(moments(end, PARIS))[Stage.WARN_HOURS] == datetime(2026, 3, 28, 11, tzinfo=PARIS.zone)


# --- acknowledgement and the bar -------------------------------------------------------------------

RULES = shipped()


@given(placed_at, places)
def test_a_request_nobody_acknowledges_is_handed_on_after_30_and_120_minutes(
    delivered: datetime, place: Calendar
) -> None:
    handed_on = escalations(delivered, RULES, "sepa-sct", place.country, place)
    assert [(stage, at - delivered.astimezone(UTC)) for stage, at in handed_on] == [
        (Stage.ESCALATE_1, 30 * MINUTE),
        (Stage.ESCALATE_2, 120 * MINUTE),
    ]


@pytest.mark.parametrize(
    ("minutes", "bar", "hours"),
    [
        (-5, Bar.GREEN, 0),
        (0, Bar.GREEN, 0),
        (24 * 60 - 1, Bar.GREEN, 23),
        (24 * 60, Bar.AMBER, 24),
        (72 * 60 - 1, Bar.AMBER, 71),
        (72 * 60, Bar.LATE, 72),
        (1000 * 60, Bar.LATE, 1000),
    ],
)
def test_the_bar_turns_amber_after_24_hours_and_grey_after_72(minutes: int, bar: Bar, hours: int) -> None:
    # over the night of 29 March 2026, which had 23 hours in Paris; both moments in that zone
    executed = datetime(2026, 3, 28, 20, tzinfo=PARIS.zone)
    now = (executed.astimezone(UTC) + minutes * MINUTE).astimezone(PARIS.zone)
    stands = clocks(now, executed, RULES, "swift-mx", "XB", PARIS)
    assert (stands.bar, stands.hours) == (bar, hours)
    assert stands.late == executed.astimezone(UTC) + 72 * HOUR


def test_the_board_tells_what_has_come_and_what_comes_next() -> None:
    executed = delivered = datetime(2026, 1, 15, 12, tzinfo=UTC)
    end = ends(delivered, 3, "wd", PARIS)
    alarms = [*moments(end, PARIS), *escalations(delivered, RULES, "ach", "FR", PARIS)]
    stands = clocks(delivered + 45 * MINUTE, executed, RULES, "ach", "FR", PARIS, alarms)
    assert stands.reached == ((Stage.ESCALATE_1, delivered + 30 * MINUTE),)
    assert stands.coming[0] == (Stage.ESCALATE_2, delivered + 120 * MINUTE)
    assert [stage for stage, _ in stands.coming[1:]] == [Stage.WARN_DAYS, Stage.WARN_HOURS, Stage.ENDED]


def test_what_comes_at_one_moment_comes_in_the_order_of_the_stages() -> None:
    at = datetime(2026, 1, 15, tzinfo=UTC)
    assert next_alarm([(Stage.ENDED, at), (Stage.ESCALATE_1, at)], at - MINUTE) == (Stage.ESCALATE_1, at)


def test_by_when_follows_the_rule_of_the_day_on_which_it_began_where_the_money_is() -> None:
    old, new = (
        Rule("old", "hold-account", 2, "wd", date(2020, 1, 1), "Law 1", valid_to=date(2026, 1, 15)),
        Rule("new", "hold-account", 4, "wd", date(2026, 1, 16), "Law 2"),
    )
    start = datetime(2026, 1, 15, 22, 30, tzinfo=UTC)  # half past midnight in Cairo, where Friday is off
    at_paris = due([old, new], "hold-account", "ach", "FR", start, PARIS)
    at_cairo = due([old, new], "hold-account", "ach", "EG", start, CAIRO)
    assert at_paris and (at_paris.rule, at_paris.at) == (old, datetime(2026, 1, 20, tzinfo=PARIS.zone))
    assert at_cairo and (at_cairo.rule, at_cairo.at) == (new, datetime(2026, 1, 22, tzinfo=CAIRO.zone))
    assert due([old], "hold-account", "ach", "EG", start, CAIRO) is None
    with pytest.raises(ValueError, match="without a time zone"):
        due([old], "hold-account", "ach", "EG", start.replace(tzinfo=None), CAIRO)
