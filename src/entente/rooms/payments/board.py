"""The board: a bureau's intercepts, what burns first on top; and all of them, newest first."""

from dataclasses import dataclass

from entente.desk import Desk
from entente.desk.bell import Box
from entente.rooms.payments import service
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of

MOST = 200
WHICH = ("act", "wait", "open", "all")
BOXES = (Box("payments", (KIND,), ("intercepts",)),)
"""What wakes a desk that keeps its stream open: an intercept of its bureau that is new or was moved along."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`which`: act (my bureau must), wait (the other side must), open, all (closed ones too, newest first);
    or one state of those that are open. `after`: where a list goes on."""

    which: str = "act"
    state: str = ""
    after: str = ""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Listed:
    intercepts: tuple[Intercept, ...]
    after: str
    further: bool


def listed(desk: Desk, asked: Asked) -> Listed:
    """One's bureau's intercepts. Raises Absent for an `after` of all that is no intercept of the view:
    a place in the store would count what others do."""
    desk.note("see", what="intercepts")
    here = desk.asker.bureau
    limit = min(asked.limit, MOST)
    if asked.which == "all":
        place = service.look(desk, asked.after).thing.place if asked.after else 0
        page = desk.table([KIND], key=f"intercepts:{here}", after=place, limit=limit + 1)
        found = tuple(intercept_of(t) for _, t in page[:limit])
        more = len(page) > limit
        return Listed(found, found[-1].id if more else "", more)
    prefix = f"board:{here}:{asked.state or asked.which}:"
    rows = [(k, t) for k, t in desk.agenda(prefix, limit=limit + 1, since=asked.after) if t.kind == KIND]
    more = len(rows) > limit
    found = tuple(intercept_of(t) for _, t in rows[:limit])
    return Listed(found, rows[limit][0] if more else "", more)


def counted(desk: Desk) -> int:
    """How many wait for one's own bureau, up to a hundred: for the badge."""
    return len(desk.agenda(f"board:{desk.asker.bureau}:act:", limit=100))
