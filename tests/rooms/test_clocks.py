"""Clocks of requests: elapsed time, whatever the zone, the season or the holiday; every stage told once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.rooms.messages.clock import LONGEST_COMMITMENT, MOST_COMMITMENTS, WITHIN, Clock, Stage, clock_for
from entente.rooms.messages.progress import Given, Progress, Question, progress_of

NOW = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
zones = st.sampled_from(
    ["Europe/Paris", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC", "Africa/Cairo"]
)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(
    lambda t: t.replace(microsecond=0, tzinfo=UTC)
)
urgencies = st.sampled_from(list(WITHIN))


def asked(urgency: str, at: datetime, questions: int = 1) -> Progress:
    clock = clock_for(urgency, at)
    return Progress(clock.start.isoformat(), clock.due.isoformat(), (Question(),) * questions)


@given(urgencies, moments, zones)
def test_a_deadline_is_the_same_elapsed_time_in_every_zone_and_season(
    urgency: str, at: datetime, zone: str
) -> None:
    local = clock_for(urgency, at.astimezone(ZoneInfo(zone)))
    for stage, part in ((Stage.REMINDER, 0.5), (Stage.ESCALATION, 1), (Stage.SILENCE, 2)):
        assert local.moment(stage).astimezone(UTC) - at == WITHIN[urgency] * part


def test_the_night_in_which_clocks_go_forward_shortens_no_deadline() -> None:
    paris = ZoneInfo("Europe/Paris")
    before = datetime(2026, 3, 29, 1, 30, tzinfo=paris)
    due = clock_for("urgent", before).moment(Stage.ESCALATION)
    assert due.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=8)


@given(urgencies, moments, st.lists(st.integers(1, 10**6), min_size=1, max_size=30))
def test_however_the_duty_is_delayed_every_stage_is_told_once_and_not_early(
    urgency: str, at: datetime, pauses: list[int]
) -> None:
    progress, told, now = asked(urgency, at), [], at
    for pause in [*pauses, 10**8]:
        now += timedelta(seconds=pause)
        reached = progress.reached(now)
        assert all(Clock(at, at + WITHIN[urgency]).moment(stage) <= now for stage, _ in reached)
        told += [stage for stage, _ in reached]
        progress = progress.tell(reached)
        assert not progress.ticks or datetime.fromisoformat(progress.ticks) > now
    assert told == list(Stage) and progress.state == "no-response"


@given(urgencies, moments, st.integers(1, 20))
def test_a_committed_time_starts_a_clock_of_its_own(urgency: str, at: datetime, hours: int) -> None:
    progress = asked(urgency, at, 2)
    given_ = [Given(2, "time", (at + timedelta(hours=hours)).isoformat())]
    assert progress.faults(given_, at) == []
    progress = progress.answered([Given(1, "content"), *given_], "m", at)
    (clock,) = progress.clocks()
    assert (clock.start, clock.due) == (at, at + timedelta(hours=hours))
    assert progress.state == "committed"


@given(moments, zones)
def test_a_time_committed_in_local_time_is_the_same_moment(at: datetime, zone: str) -> None:
    until = (at + timedelta(hours=5)).astimezone(ZoneInfo(zone))
    progress = asked("routine", at).answered([Given(1, "time", until.isoformat())], "m", at)
    assert progress.burns == (at + timedelta(hours=5)).isoformat()


def test_a_closed_question_is_not_answered_again() -> None:
    progress = asked("flash", NOW, 2).answered([Given(1, "refusal")], "m", NOW)
    faults = progress.faults([Given(1, "content"), Given(2, "content"), Given(3, "content")], NOW)
    assert [f.where for f in faults] == ["answers/0/question", "answers/2/question"]
    assert progress.state == "open"
    assert progress.answered([Given(2, "content")], "n", NOW).state == "answered"


@pytest.mark.parametrize(
    "until",
    [
        "",
        "tomorrow",
        "2026-04-01T10:00:00",
        (NOW - timedelta(1)).isoformat(),
        NOW.isoformat(),
        (NOW + LONGEST_COMMITMENT + timedelta(seconds=1)).isoformat(),
    ],
)
def test_a_commitment_is_a_moment_to_come_and_not_too_far(until: str) -> None:
    assert [f.where for f in asked("flash", NOW).faults([Given(1, "time", until)], NOW)] == [
        "answers/0/until"
    ]


def test_a_question_is_not_put_off_for_ever() -> None:
    progress, now = asked("flash", NOW), NOW
    later = [Given(1, "time", (NOW + timedelta(days=20)).isoformat())]
    for _ in range(MOST_COMMITMENTS):
        assert progress.faults(later, now) == []
        progress = progress.answered(later, "m", now)
    assert [f.where for f in progress.faults(later, now)] == ["answers/0/how"]


def test_a_cancelled_request_has_no_clock() -> None:
    progress = asked("urgent", NOW, 2).answered([Given(1, "content")], "m", NOW).cancelled()
    assert (progress.ticks, progress.burns, progress.state) == ("", "", "answered")
    assert asked("urgent", NOW).cancelled().state == "cancelled"


@given(urgencies, moments)
def test_what_is_kept_is_what_was(urgency: str, at: datetime) -> None:
    progress = asked(urgency, at, 3).answered([Given(2, "time", (at + timedelta(1)).isoformat())], "m", at)
    progress = progress.tell(progress.reached(at + timedelta(hours=30)))
    assert progress_of(orjson.loads(orjson.dumps(progress))) == progress
