"""Who must act next on an intercept, and when it burns: escalations, ends of holds, hours gone by."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from entente.desk import Desk
from entente.rooms.bureaus import Bureau, directory
from entente.rooms.payments import clocks
from entente.rooms.payments.clocks import Stage
from entente.rooms.payments.drafts import moment
from entente.rooms.payments.history import Hold
from entente.rooms.payments.holidays_of import Calendar, calendar, calendar_of
from entente.rooms.payments.intercept import Intercept
from entente.rooms.payments.rules import rules

NEVER = "9999"
"""Sorts behind every moment."""
_TURNS = {
    "draft": ("requester", "check"),
    "checked": ("requester", "send"),
    "sent": ("receiver", "acknowledge"),
    "delivered": ("receiver", "acknowledge"),
    "acknowledged": ("receiver", "pass"),
    "with-authority": ("receiver", "stop"),
    "with-institution": ("receiver", "stop"),
    "held-full": ("receiver", "order"),
    "held-part": ("receiver", "order"),
    "order-sought": ("receiver", "extend"),
    "held-extended": ("receiver", "agree"),
    "return-agreed": ("receiver", "return"),
    "returned-part": ("receiver", "rest"),
    "hold-expired": ("receiver", "say"),
    "moved-on": ("requester", "follow"),
    "not-found": ("requester", "close"),
    "refused": ("requester", "close"),
    "released": ("requester", "close"),
    "returned-full": ("requester", "close"),
}


_SAID = frozenset({"moved-on", "returned-part", "released", "hold-expired", "return-agreed"})
"""States in which nothing is left to be said once the whole sum is accounted for."""


def turn(found: Intercept) -> tuple[str, str]:
    """(requester, receiver or "", what he must do: labels.MUST)."""
    standing = found.standing
    if standing.state == "need-info":
        return standing.asked, "inform"
    if standing.release:
        return "receiver", "release"
    ledger = standing.ledger
    if standing.delivered and standing.state in _SAID and not ledger.unknown and not ledger.held:
        return "requester", "follow" if ledger.moved and not standing.children else "close"
    return _TURNS.get(standing.state, ("", ""))


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that comes at a moment (UTC), of the intercept or of one of its holds."""

    stage: Stage
    at: datetime
    hold: str = ""

    @property
    def name(self) -> str:
        """By which it is noted that it was told: another end of a hold is another alarm."""
        return f"{self.stage}@{text(self.at)}@{self.hold}"


def alarms(desk: Desk, found: Intercept) -> list[Alarm]:
    """Every alarm of an intercept, come or to come, by its moment."""
    standing = found.standing
    there = holding_calendar(desk, found)
    found_alarms = []
    if standing.delivered and not standing.acknowledged and standing.state == "delivered":
        country = bureau(desk, found.receiver).code
        start = datetime.fromisoformat(standing.delivered)
        pairs = clocks.escalations(start, rules(desk), found.form.rail, country, there)
        found_alarms = [Alarm(stage, at) for stage, at in pairs]
    asking = calendar_of(bureau(desk, found.requester))
    for hold in running(found):
        end, placed = datetime.fromisoformat(hold.ends), datetime.fromisoformat(hold.at)
        found_alarms += [Alarm(stage, at, hold.id) for stage, at in clocks.moments(end, asking, placed)]
    return sorted(found_alarms, key=lambda alarm: (alarm.at, alarm.stage, alarm.hold))


def next_moment(desk: Desk, found: Intercept) -> tuple[str, str]:
    """(by which it is sorted on the board, when the house must look at it next or "")."""
    told = frozenset(found.thing.body.get("told", ()))
    waits = [a.at for a in alarms(desk, found) if a.name not in told]
    burning = [datetime.fromisoformat(h.ends) for h in running(found)]
    if found.standing.state == "delivered":
        burning += waits[:1]
    if not burning:
        burning += [at for at in (moment(found.form.due_by), late_at(desk, found)) if at]
    return text(min(burning)) if burning else NEVER, text(min(waits)) if waits else ""


def running(found: Intercept) -> Iterator[Hold]:
    """Holds in force that end some day."""
    return (h for h in found.standing.holds.values() if h.in_force and h.ends)


def late_at(desk: Desk, found: Intercept) -> datetime | None:
    """The moment from which the request counts as late; None where execution is not known."""
    executed = moment(found.form.executed_at)
    if executed is None:
        return None
    there = holding_calendar(desk, found)
    due = clocks.due(rules(desk), "late-after", found.form.rail, there.country, executed, there)
    return due.at if due else None


def holding_calendar(desk: Desk, found: Intercept) -> Calendar:
    """The calendar of the bureau that holds the money; none of a country while nobody is asked."""
    known = directory(desk).get(found.receiver)
    return calendar_of(known) if known else calendar("")


def bureau(desk: Desk, number: int) -> Bureau:
    return directory(desk)[number]


def text(at: datetime) -> str:
    """A moment as it is sorted: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
