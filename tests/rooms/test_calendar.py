"""Hours of a duty desk: read with every fault; right across changes of clocks, holidays and year ends."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from entente.rooms.bureaus.calendar import (
    DAYS,
    Roster,
    next_opening,
    open_at,
    read_holidays,
    read_hours,
)
from rooms.scene import Scene, places

PARIS = "Europe/Paris"
OFFICE = "mon-fri 08:00-17:00; sat 09:00-12:00"
ZONES = [
    PARIS,
    "America/New_York",
    "Australia/Lord_Howe",  # the clocks change by half an hour
    "Africa/Casablanca",
    "Africa/Cairo",  # they change at midnight
    "America/Santiago",
    "Asia/Kathmandu",
    "Pacific/Apia",  # 30 December 2011 never was
    "Pacific/Kiritimati",
    "UTC",
]


def roster(hours: str, zone: str = PARIS, holidays: tuple[str, ...] = ()) -> Roster:
    week, always, faults = read_hours(hours)
    days, wrong = read_holidays(holidays)
    assert not faults and not wrong
    return Roster(ZoneInfo(zone), week, frozenset(days), always)


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


# --- the oracle: what the words of the hours mean, minute by minute --------------------------------


@st.composite
def written(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, int]]]:
    """Hours as they are typed, and what they mean: (weekday, minute from, minute to), over midnight too."""
    parts, means = [], []
    for _ in range(draw(st.integers(1, 3))):
        first, many = draw(st.integers(0, 6)), draw(st.integers(1, 7))
        days = [(first + n) % 7 for n in range(many)]
        said = DAYS[first] if many == 1 else f"{DAYS[first]}-{DAYS[days[-1]]}"
        if many == 7 and first == 0:
            said = "mon-sun"
        spans = []
        for _ in range(draw(st.integers(1, 2))):
            start, end = draw(st.integers(0, 1439)), draw(st.integers(0, 1440))
            if start == end:
                end = end + 1
            spans.append(f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}")
            means += [(day, start, end) for day in days]
        parts.append(f"{said} {','.join(spans)}")
    return "; ".join(parts), means


def serves(means: list[tuple[int, int, int]], holidays: set[date], zone: ZoneInfo, at: datetime) -> bool:
    there = at.astimezone(zone)
    minute, day = there.hour * 60 + there.minute, there.weekday()
    if there.date() in holidays:
        return False
    for weekday, start, end in means:
        if start < end and weekday == day and start <= minute < end:
            return True
        if start > end and (
            (weekday == day and minute >= start) or ((weekday + 1) % 7 == day and minute < end)
        ):
            return True
    return False


CHANGES = [  # a moment before clocks change somewhere, or a year ends
    utc(2026, 3, 28, 20),
    utc(2026, 10, 24, 20),
    utc(2026, 4, 4, 12),
    utc(2026, 10, 3, 12),
    utc(2026, 4, 23, 18),
    utc(2026, 10, 29, 18),
    utc(2026, 2, 14, 20),
    utc(2026, 3, 21, 20),
    utc(2011, 12, 29, 9),
    utc(2026, 12, 31, 12),
    utc(2028, 2, 28, 12),
]


@given(
    hours=written(),
    zone=st.sampled_from(ZONES),
    start=st.sampled_from(CHANGES),
    later=st.timedeltas(timedelta(), timedelta(hours=30)),
    closed=st.sets(st.integers(0, 3), max_size=3),
)
def test_a_desk_is_there_exactly_in_its_hours_and_opens_at_the_first_minute_of_them(
    hours: tuple[str, list[tuple[int, int, int]]],
    zone: str,
    start: datetime,
    later: timedelta,
    closed: set[int],
) -> None:
    text, means = hours
    moment = start + later
    home = ZoneInfo(zone)
    holidays = {(start + timedelta(days=n)).date() for n in closed}
    desk = roster(text, zone, tuple(d.isoformat() for d in sorted(holidays)))
    assert open_at(desk, moment) == serves(means, holidays, home, moment)
    opens = next_opening(desk, moment)
    if serves(means, holidays, home, moment):
        assert opens == moment
        return
    minute = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    most = minute + timedelta(days=3)
    while minute < most and not serves(means, holidays, home, minute):
        minute += timedelta(minutes=1)
    assert opens == minute if minute < most else opens >= most
    assert opens.tzinfo is UTC and open_at(desk, opens)


@given(days=st.integers(0, 20_000), minutes=st.integers(0, 1439), zone=st.sampled_from(ZONES))
@example(days=0, minutes=0, zone=PARIS)
def test_round_the_clock_is_always_there_on_holidays_too(days: int, minutes: int, zone: str) -> None:
    moment = utc(2000, 1, 1) + timedelta(days=days, minutes=minutes)
    desk = roster("24/7", zone, (moment.astimezone(ZoneInfo(zone)).date().isoformat(),))
    assert open_at(desk, moment) and next_opening(desk, moment) == moment


# --- told one by one -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "zone", "asked", "opens"),
    [
        (OFFICE, PARIS, utc(2026, 1, 16, 17), utc(2026, 1, 17, 8)),  # Friday evening: Saturday at nine
        (OFFICE, PARIS, utc(2026, 1, 17, 11), utc(2026, 1, 19, 7)),  # Saturday noon: Monday
        (OFFICE, PARIS, utc(2026, 3, 28, 12), utc(2026, 3, 30, 6)),  # summer time came in between
        ("sun 02:30-05:00", PARIS, utc(2026, 3, 29, 0), utc(2026, 3, 29, 1)),  # 02:30 never was: at 03:00
        ("sun 02:15-02:45", PARIS, utc(2026, 3, 29, 0), utc(2026, 4, 5, 0, 15)),  # all of it never was
        ("sun 02:00-02:30", PARIS, utc(2026, 10, 25, 0, 45), utc(2026, 10, 25, 1)),  # it comes a second time
        ("sun 01:30-02:30", PARIS, utc(2026, 10, 25, 0, 40), utc(2026, 10, 25, 1)),  # in the middle of it
        ("thu 00:00-24:00", PARIS, utc(2026, 12, 31, 23), utc(2027, 1, 6, 23)),
        ("fri 22:00-06:00", "UTC", utc(2026, 1, 17, 5, 59), utc(2026, 1, 17, 5, 59)),
        ("fri 08:00-17:00", "Pacific/Apia", utc(2011, 12, 29, 12), utc(2012, 1, 5, 18)),
    ],
)
def test_a_desk_opens_when_its_wall_clock_says(
    hours: str, zone: str, asked: datetime, opens: datetime
) -> None:
    assert next_opening(roster(hours, zone), asked) == opens


def test_a_holiday_closes_the_day_of_the_desks_own_zone() -> None:
    desk = roster("mon-sun 00:00-24:00", "Pacific/Kiritimati", ("2026-12-25 Christmas",))
    assert not open_at(desk, utc(2026, 12, 24, 10))
    assert open_at(desk, utc(2026, 12, 25, 10))
    assert next_opening(desk, utc(2026, 12, 24, 12)) == utc(2026, 12, 25, 10)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("mon-fri", 1),
        ("funday 08:00-17:00", 1),
        ("mon 8-17", 1),
        ("mon 08:00-25:00", 1),
        ("mon 08:60-09:00", 1),
        ("mon 24:00-24:00", 1),
        ("mon 08:00-08:00", 1),
        ("funday 8-9; mon 08:00-99:00; ; tue", 4),
        (";", 1),
        ("mon,funday 08:00-09:00,x", 1),
    ],
)
def test_every_fault_of_hours_is_named(text: str, faults: int) -> None:
    assert len(read_hours(text)[2]) == faults


@given(st.text(max_size=60) | st.text("monfri ;,:-0123456789/", max_size=60))
def test_whatever_is_typed_is_hours_or_has_faults(text: str) -> None:
    week, always, faults = read_hours(text)
    assert faults or always or any(week)


def test_hours_that_touch_are_one() -> None:
    assert read_hours("mon 08:00-12:00,12:00-17:00; mon 09:00-18:00")[0][0] == ((480, 1080),)


# --- the entry in the directory --------------------------------------------------------------------


def entry(scene: Scene, code: str, who: str = "XD officer") -> dict[str, object]:
    return next(b for b in scene(who, "GET", "/bureaus").json if b["code"] == code)


def test_an_administrator_writes_his_bureaus_roster_for_all_to_read(scene: Scene) -> None:
    form = {
        "duty": "+999 110",
        "zone": PARIS,
        "hours": " mon-fri  08:00-17:00",
        "holidays": ["2026-12-25 Christmas", "2026-01-15"],
        "languages": ["FR", "en", "fr"],
    }
    answer = scene("XA administrator", "PATCH", "/bureaus/XA", json=form)
    assert answer.status == 200, answer.text
    kept = entry(scene, "XA")
    assert kept["hours"] == "mon-fri 08:00-17:00"
    assert kept["holidays"] == ["2026-01-15", "2026-12-25 Christmas"]
    assert kept["languages"] == ["fr", "en"]
    assert (kept["open"], kept["opens"]) == (False, "2026-01-16T07:00:00+00:00")  # today is a holiday
    assert (kept["phone"], kept["duty"]) == ("+999 1", "+999 110")
    scene("XA administrator", "PATCH", "/bureaus/XA", json={"hours": "24/7"})
    assert entry(scene, "XA")["open"] is True
    assert entry(scene, "XA")["zone"] == PARIS


def test_an_entry_without_a_roster_is_there_round_the_clock(scene: Scene) -> None:
    kept = entry(scene, "XB")
    assert (kept["hours"], kept["zone"], kept["open"], kept["status"]) == ("24/7", "UTC", True, "active")


def test_every_fault_of_a_roster_is_named_and_nothing_is_kept(scene: Scene) -> None:
    before = entry(scene, "XA")
    form = {
        "email": "no address\u202e",
        "zone": "Mars/Olympus",
        "hours": "mon 8-9; funday 08:00-09:00",
        "holidays": ["2026-02-30", "2026-12-25"],
        "languages": ["en", "klingon", "qq"],
    }
    answer = scene("XA administrator", "PATCH", "/bureaus/XA", json=form)
    assert answer.status == 422
    told = {"zone", "hours", "holidays/0", "languages/1", "languages/2", "properties/email/0"}
    assert set(places(answer)) == told
    assert entry(scene, "XA") == before


def test_an_entry_is_changed_by_an_administrator_of_its_own_bureau(scene: Scene) -> None:
    form = {"duty": "+999 7"}
    assert scene("XA supervisor", "PATCH", "/bureaus/XA", json=form).status == 403
    assert scene("XZ administrator", "PATCH", "/bureaus/XA", json=form).status == 403
    assert scene("XA administrator", "PATCH", "/bureaus/XQ", json=form).status == 404


def test_the_page_of_an_entry_says_what_was_typed_and_what_is_wrong(ask, crew) -> None:
    who = crew["XA administrator"]
    form = [
        ("zone", PARIS),
        ("hours", "mon 8-9"),
        ("holidays", "2026-12-25 Christmas"),
        ("languages", "en fr"),
    ]
    answer = ask(who, "POST", "/bureaus/XA/edit", form=form)
    assert answer.status == 422
    assert 'value="mon 8-9"' in answer.text and "is no time from and to" in answer.text
    form[1] = ("hours", OFFICE)
    assert ask(who, "POST", "/bureaus/XA/edit", form=form).status == 303
    page = ask(who, "GET", "/bureaus/XA/edit").text
    assert OFFICE in page and "2026-12-25 Christmas" in page
