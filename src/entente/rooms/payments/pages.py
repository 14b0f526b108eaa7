"""The payments room's pages: the board of what burns, live; statistics. The others are included here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from entente.core.access import may
from entente.desk import Desk
from entente.rooms.payments import (
    board,
    deadlines,
    drafts,
    form_pages,
    labels,
    requests_pages,
    rules_pages,
    shown,
    statistics,
    steps_pages,
    turns,
)
from entente.rooms.payments.bank import files_pages, messages_pages
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of
from entente.rooms.payments.model import Row
from entente.rooms.payments.traces import traces_pages
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter()
router.include_router(form_pages.router)
router.include_router(rules_pages.router)
router.include_router(messages_pages.router)
router.include_router(files_pages.router)
router.include_router(traces_pages.router)
A_PAGE = 50
OVER = frozenset({"closed", "withdrawn", "returned-full"})
"""States in which nobody looks at the hours any more."""
GREEN_H, LATE_H = 24, 72
"""Hours of the bar; the rules may say otherwise of when a request counts as late."""
CROWD = 100
"""Rows that are looked through for what arrived; more are counted as so many."""


LINKS = (
    ("/payments/messages", N_("Messages of banks")),
    ("/payments/import", N_("Bring in recalls")),
    ("/payments/tags", N_("Tags of wallets")),
    ("/payments/transfers", N_("Transfers of accounts")),
    ("/payments/traces", N_("Traces")),
    ("/payments/rules", N_("Deadline rules")),
    ("/payments/statistics", N_("Statistics")),
)
"""The room's other doors."""


@dataclass(frozen=True, slots=True)
class Line:
    """An intercept on the board. `part`: of the bar, 0 to 100. `at`: what burns next. `fresh`: the other side
    did something since the page was opened. `mine`: one's own bureau must act."""

    row: Row
    hours: str
    part: float
    tone: str
    at: datetime | None
    of: str
    left: str
    burns: str
    fresh: bool
    mine: bool


@router.get("/payments")
def listed(
    request: Request, caller: AtPage, which: str = "act", state: str = "", after: str = ""
) -> Response:
    """The board."""
    return render(request, "payments/board.html", **_board(caller, which, state, after, ""))


@router.get("/payments/part")
def part(
    request: Request, caller: AtPage, which: str = "act", state: str = "", after: str = "", seen: str = ""
) -> Response:
    """The same without the frame, for a page that stands open; `seen`: when it was opened."""
    return render(request, "payments/board_part.html", **_board(caller, which, state, after, seen))


def _board(caller: Caller, which: str, state: str, after: str, seen: str) -> dict[str, Any]:
    which = which if which in board.WHICH else "act"
    state = state if state in labels.OPEN_STATES else ""
    with caller.at_own_desk("see") as desk:
        after = after[:80] if after.isascii() and after.isprintable() else ""
        asked = board.Asked("open" if state else which, state, after, A_PAGE)
        found = board.listed(desk, asked)
        since = drafts.moment(seen) or desk.now
        lines = [_line(desk, one, since) for one in found.intercepts]
        waiting, new = _waiting(desk, since)
        said = {name: value for name, value in (("which", asked.which), ("state", state)) if value}
        query = urlencode(said)
        return {
            "lines": lines,
            "which": asked.which,
            "state": state,
            "waiting": waiting,
            "new": new,
            "seen": since.isoformat(timespec="microseconds"),
            "source": f"/payments/part?{urlencode({**said, 'after': after, 'seen': since.isoformat()})}",
            "headline": _headline(waiting, new),
            "states": words.choices(labels.STATES, labels.OPEN_STATES),
            "may_write": may(desk.asker, "intercept"),
            "first": f"/payments?{query}" if after else "",
            "older": f"/payments?{query}&{urlencode({'after': found.after})}" if found.further else "",
            "links": [(address, _(said)) for address, said in LINKS],
            "labels": labels,
        }


def _headline(waiting: int, new: int) -> str:
    """The page's title, which counts, for a tab that nobody looks at."""
    said = _("Payments")
    many = f"{waiting}+" if waiting >= CROWD else str(waiting)
    if new:
        return f"({many}) ‼ {said}"
    return f"({many}) {said}" if waiting else said


def _waiting(desk: Desk, since: datetime) -> tuple[int, int]:
    """(how many wait for one's own bureau, how many of them came since a moment)."""
    rows = desk.agenda(f"board:{desk.asker.bureau}:act:", limit=CROWD)
    found = [intercept_of(thing) for _, thing in rows if thing.kind == KIND]
    return len(found), sum(_came(desk, one, since) for one in found)


def _came(desk: Desk, found: Intercept, since: datetime) -> bool:
    """Whether the other side, or the law, did something after a moment."""
    here = desk.asker.bureau
    for event in reversed(found.events):
        if datetime.fromisoformat(event.at) <= since:
            return False
        if event.bureau != here or event.did == "expired":
            return True
    return False


def _line(desk: Desk, found: Intercept, since: datetime) -> Line:
    row = shown.row(desk, found)
    hours = row.hours if row.state not in OVER else None
    at, of, days = _burns(desk, found)
    late = at is not None and (at - desk.now).total_seconds() < 86_400
    return Line(
        row=row,
        hours="" if hours is None else labels.age(hours),
        part=0 if hours is None else round(min(hours / LATE_H, 1) * 100, 1),
        tone=tone(hours),
        at=at,
        of=of,
        left=labels.countdown(at, desk.now, days) if at else "",
        burns="" if at is None else "bad" if at <= desk.now else "warn" if late else "info",
        fresh=_came(desk, found, since),
        mine=bool(row.acts) and row.acts == _code(row, found, desk),
    )


def _code(row: Row, found: Intercept, desk: Desk) -> str:
    part = found.part(desk.asker.bureau)
    return {"requester": row.requester, "receiver": row.receiver}.get(part, "")


def tone(hours: float | None) -> str:
    """Of the bar of hours since the payment: good below 24, warn below 72, over after."""
    if hours is None:
        return ""
    return "good" if hours < GREEN_H else "warn" if hours < LATE_H else "over"


def _burns(desk: Desk, found: Intercept) -> tuple[datetime | None, str, int | None]:
    """(the next moment that matters, the clock that it is of, working days left where it is a hold's end)."""
    if found.standing.state in OVER:
        return None, "", None
    coming: list[tuple[datetime, str]] = []
    alarms = [alarm for alarm in turns.alarms(desk, found) if not alarm.hold]
    if alarms:
        waits = next((alarm for alarm in alarms if alarm.at > desk.now), alarms[-1])
        coming.append((waits.at, str(waits.stage)))
    coming += [(datetime.fromisoformat(hold.ends), "hold") for hold in turns.running(found)]
    if due := drafts.moment(found.form.due_by):
        coming.append((due, "due"))
    late = turns.late_at(desk, found)
    if not coming and late and late > desk.now:
        coming.append((late, "execution"))
    if not coming:
        return None, "", None
    at, of = min(coming)
    days = None
    if of == "hold":
        days = deadlines.working_days_left(desk.now, at, turns.holding_calendar(desk, found))
    return at, of, days


@router.get("/payments/statistics")
def counted(request: Request, caller: AtPage) -> Response:
    """What was intercepted, by delay, corridor and bank."""
    with caller.at_own_desk("see") as desk:
        figures = statistics.counted(desk)
    return render(request, "payments/statistics.html", figures=figures, labels=labels)


router.include_router(requests_pages.router)
router.include_router(steps_pages.router)
