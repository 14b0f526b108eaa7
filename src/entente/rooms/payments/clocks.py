"""The clocks of a request: since the payment, since it came to the other desk, until a hold ends.

Pure: what has come is a matter of the moment handed in. Every clock is reckoned once, when it starts, and
kept as moments in UTC; so it fires on the same minute whatever the clocks on the wall do meanwhile.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from entente.rooms.payments.deadlines import ends, working_days_before
from entente.rooms.payments.holidays_of import Calendar
from entente.rooms.payments.rules import rule_for
from entente.rooms.payments.rules_model import Rule

WARNED_DAYS = 2
"""Whole working days of the requesting bureau that are left when it is first told that a hold ends."""
WARNED = timedelta(hours=24)
"""Before the end, when it is told again."""
_HOUR = timedelta(hours=1)


class Bar(StrEnum):
    """How the hours since a payment stand: soon enough, in time, late (a request is taken all the same)."""

    GREEN = "green"
    AMBER = "amber"
    LATE = "late"


class Stage(StrEnum):
    """What a clock comes to."""

    ESCALATE_1 = "escalate-1"
    ESCALATE_2 = "escalate-2"
    WARN_DAYS = "hold-ends-days"
    WARN_HOURS = "hold-ends-hours"
    ENDED = "hold-ended"


Moment = tuple[Stage, datetime]


@dataclass(frozen=True, slots=True)
class Due:
    """By when something must be done (UTC), and the rule that says so."""

    at: datetime
    rule: Rule


@dataclass(frozen=True, slots=True)
class Clocks:
    """How a request stands. `hours`: whole ones since the payment. `amber`, `late`: when the bar changes,
    None where no rule says. `coming`: what has not come, the next first. `reached`: what has, oldest first.
    """

    hours: int
    bar: Bar
    amber: datetime | None
    late: datetime | None
    coming: tuple[Moment, ...]
    reached: tuple[Moment, ...]


def due(
    rules: Iterable[Rule], event: str, rail: str, country: str, start: datetime, calendar: Calendar
) -> Due | None:
    """By when an event that starts at a moment is due, by the rule of that day; None where there is no rule.

    `country`: whose rule it is; `calendar`: the place whose days count. Raises ValueError for a start without
    a time zone.
    """
    if start.tzinfo is None:
        raise ValueError("is a moment without a time zone")
    rule = rule_for(rules, event, rail, country, start.astimezone(calendar.zone).date())
    return Due(ends(start, rule.limit, rule.unit, calendar, rule.rolls), rule) if rule else None


def escalations(
    delivered: datetime, rules: Sequence[Rule], rail: str, country: str, calendar: Calendar
) -> list[Moment]:
    """When a request that nobody acknowledges goes to the next contact, and to the one after."""
    stages = (Stage.ESCALATE_1, Stage.ESCALATE_2)
    found = [(stage, due(rules, stage, rail, country, delivered, calendar)) for stage in stages]
    return in_order((stage, when.at) for stage, when in found if when)


def moments(hold_ends: datetime, calendar: Calendar, placed: datetime | None = None) -> list[Moment]:
    """When the bureau that asked for a hold is told of its end: days before, hours before, at the end (UTC).

    `calendar`: that bureau's own, whose officers must act. A warning that would come before the hold was
    `placed` is left out: the hold itself says how short it is.
    """
    hold_ends = hold_ends.astimezone(UTC)  # in a zone of its own, 24 hours would be reckoned on the wall
    warned = [
        (Stage.WARN_DAYS, working_days_before(hold_ends, WARNED_DAYS, calendar)),
        (Stage.WARN_HOURS, hold_ends - WARNED),
    ]
    kept = [(stage, at) for stage, at in warned if placed is None or at > placed]
    return in_order([*kept, (Stage.ENDED, hold_ends)])


def in_order(found: Iterable[Moment]) -> list[Moment]:
    """By their moment; those of one moment by their stage."""
    stages = list(Stage)
    return sorted(found, key=lambda moment: (moment[1], stages.index(moment[0])))


def next_alarm(found: Iterable[Moment], now: datetime) -> Moment | None:
    """The first that has not come yet."""
    return next((moment for moment in in_order(found) if moment[1] > now), None)


def reached(found: Iterable[Moment], now: datetime) -> list[Moment]:
    """Those whose moment has come, the oldest first."""
    return [moment for moment in in_order(found) if moment[1] <= now]


def clocks(
    now: datetime,
    executed: datetime,
    rules: Sequence[Rule],
    rail: str,
    country: str,
    calendar: Calendar,
    alarms: Iterable[Moment] = (),
) -> Clocks:
    """How a request stands at a moment. `alarms`: of its acknowledgement while that is awaited, of its holds.

    `country`, `calendar`: those of the bureau that holds the money.
    """
    amber, late = (
        due(rules, event, rail, country, executed, calendar) for event in ("amber-after", "late-after")
    )
    bar = Bar.LATE if late and now >= late.at else Bar.AMBER if amber and now >= amber.at else Bar.GREEN
    every = list(alarms)
    return Clocks(
        hours=max((now.astimezone(UTC) - executed.astimezone(UTC)) // _HOUR, 0),
        bar=bar,
        amber=amber.at if amber else None,
        late=late.at if late else None,
        coming=tuple(moment for moment in in_order(every) if moment[1] > now),
        reached=tuple(reached(every, now)),
    )
