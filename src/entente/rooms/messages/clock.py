"""Clocks of requests: how long an answer may take, and what happens at half, at all and at twice of it.

Pure. Times are moments (UTC) and spans are elapsed time, so that neither time zones, nor summer time, nor
holidays lengthen an urgent one: who is closed says when he opens (bureaus.calendar), and the clock runs.
Urgencies and rules: shared specification "sharing", section 7 (NCIC hit confirmation; Directive 2023/977).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

WITHIN: Mapping[str, timedelta] = {
    "flash": timedelta(minutes=10),
    "immediate": timedelta(hours=1),
    "urgent": timedelta(hours=8),
    "priority": timedelta(hours=48),
    "routine": timedelta(days=7),
}
"""Urgency, most urgent first -> in what time an answer must come: content, refusal, or a committed time."""
CENTRE = frozenset({"flash", "immediate", "urgent"})
"""Urgencies whose escalation the secretariat's centre is told of."""
LONGEST_COMMITMENT = timedelta(days=30)
MOST_COMMITMENTS = 3
"""How often one question may be put off before it must be answered or refused."""


class Stage(StrEnum):
    """What becomes of a request that waits, in this order."""

    REMINDER = "reminder"
    ESCALATION = "escalation"
    SILENCE = "no-response"


@dataclass(frozen=True, slots=True, order=True)
class Clock:
    """Runs from a moment to the moment by which an answer is due; both with a zone, kept in UTC.

    In a zone of its own, Python would reckon by the clock on the wall, an hour wrong twice a year.
    """

    start: datetime
    due: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "due", self.due.astimezone(UTC))

    def moment(self, stage: Stage) -> datetime:
        """Half of the time, all of it, twice of it."""
        span = self.due - self.start
        return {
            Stage.REMINDER: self.start + span / 2,
            Stage.ESCALATION: self.due,
            Stage.SILENCE: self.due + span,
        }[stage]

    def reached(self, now: datetime) -> list[Stage]:
        """Every stage whose moment has come, in order."""
        return [stage for stage in Stage if self.moment(stage) <= now]


def clock_for(urgency: str, delivered: datetime) -> Clock:
    """The clock of a request; it starts when the request is delivered. Raises KeyError for no urgency."""
    start = delivered.astimezone(UTC)
    return Clock(start, start + WITHIN[urgency])
