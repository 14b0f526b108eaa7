"""The page of a notice: what is shown of it to this officer, and what he may do with it."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import ROLES_FOR
from entente.core.problems import Fault
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import Bureau, by_code, next_opening, open_at, roster_of
from entente.rooms.notices import extracts, eyes, labels, reviewing, service, shown, states
from entente.rooms.notices.colours import ATTEST, COLOURS, FIELDS, STATUSES
from entente.rooms.notices.model import Notice
from entente.rooms.notices.places import flag_places, on_page
from entente.web import formats
from entente.web.badges import Badge
from entente.web.callers import Caller
from entente.web.language import _
from entente.web.pages import render

COLOUR_LABELS = {name: c.label for name, c in COLOURS.items()}


def page(request: Request, name: str, /, status_code: int = 200, **context: Any) -> Response:
    """A page of this room, with its labels."""
    return render(request, name, status_code=status_code, labels=labels, colours=COLOUR_LABELS, **context)


def to_notice(id: str) -> Response:
    """On to a notice's page, after a form was sent."""
    return RedirectResponse(f"/notices/{id}", status_code=303)


def may(caller: Caller, act: str) -> bool:
    """Whether one of the officer's roles allows an act."""
    return bool(caller.officer.roles & ROLES_FOR[act])


def notice_page(request: Request, caller: Caller, id: str, faults: Sequence[Fault] = ()) -> Response:
    """The page of a notice; with what was wrong about what was asked of it."""
    with reading(caller) as desk:
        notice = service.open_notice(desk, id)
        context = _context(desk, caller, notice)
        told = context["notice"]
        kind = desk.house.model[told.subject.kind if told.subject else COLOURS[told.colour].kinds[0]]
        places = on_page(told, COLOURS[told.colour], kind, context["acts"])
        flagged = flag_places(told, kind)
    status = 422 if faults else 200
    context |= {"faults": faults, "places": places, "flagged": flagged}
    return page(request, "notices/notice.html", status_code=status, **context)


def reading(caller: Caller, act: str = "see") -> AbstractContextManager[Desk]:
    """A sitting to read: for the open inquiry, else at one's own desk."""
    return caller.at_desk(act) if caller.inquiry is not None else caller.at_own_desk(act)


def _context(desk: Desk, caller: Caller, notice: Thing) -> dict[str, Any]:
    told = shown.whole(desk, notice)
    inside = shown.is_inside(desk, notice)
    extract = extracts.of(desk, notice.id) if inside else None
    owner = by_code(desk).get(told.owner)
    ends = reviewing.approval_ends(notice)
    return {
        "notice": told,
        "owner": owner,
        "contact": contact(owner) if owner else (),
        "opens": opens(desk, owner) if owner else None,
        "subject": properties(desk, told),
        "fields": fields(told),
        "attest": [ATTEST[a] for a in told.attest],
        "acts": _acts(desk, caller, notice),
        "inside": inside,
        "history": [(datetime.fromisoformat(s.at), s) for s in told.history],
        "extract": extracts.shown(desk, extract) if extract else None,
        "approval_ends": ends if inside and states.stage(notice) == "checked" else None,
        "latest": states.last_day(desk, None).isoformat(),
    }


def contact(owner: Bureau) -> list[tuple[str, str]]:
    """How to reach the owner, to verify with him: (label, value) of what he has told."""
    told = [
        (_("Desk"), owner.desk),
        (_("Telephone"), owner.phone),
        (_("Duty line, day and night"), owner.duty),
        (_("E-mail"), owner.email),
    ]
    return [(label, value) for label, value in told if value]


def opens(desk: Desk, owner: Bureau) -> datetime | None:
    """When the owner's desk opens; None while it is open."""
    roster = roster_of(owner)
    return None if open_at(roster, desk.now) else next_opening(roster, desk.now)


def properties(desk: Desk, told: Notice) -> list[tuple[str, list[str], str]]:
    """(label, values, type) of the record it is about, the featured first."""
    if told.subject is None:
        return []
    kind, body = desk.house.model[told.subject.kind], told.subject.properties
    order = [*(p for p in kind.featured if p in body), *(p for p in body if p not in kind.featured)]
    return [
        (kind.properties[p].label, body[p], kind.properties[p].type) for p in order if p not in kind.entities
    ]


def fields(told: Notice) -> list[tuple[str, str, str]]:
    """(label, value as it is read, name) of what a notice says."""
    return [
        (
            FIELDS[name].label,
            STATUSES.get(value, value) if name == "status" else formats.value(value, FIELDS[name].sort),
            name,
        )
        for name, value in told.fields.items()
    ]


def _acts(desk: Desk, caller: Caller, notice: Thing) -> frozenset[str]:
    """What is offered: what the state allows, the officer's role, and his part in it so far.

    The service decides again; here it is only not offered what would be refused.
    """
    state, stage = notice.first("state"), states.stage(notice)
    mine = notice.handling.owner == desk.asker.bureau
    writes, leads = (may(caller, act) for act in ("contribute", "publish"))
    author = desk.asker.officer in (*notice.body.get("authors", ()), notice.first("renewer"))
    reviews = eyes.is_reviewer(desk) and not author and desk.asker.officer != notice.first("checker")
    offered = {
        "edit": mine and writes and state in states.MOVES["edit"][0],
        "submit": mine and writes and stage == "draft",
        "check": mine and leads and stage in states.MOVES["approve"][0] and not author,
        "send": mine and writes and stage == "checked",
        "review": reviews and stage == "review",
        "suspend": ((mine and leads) or eyes.is_reviewer(desk)) and state == "published",
        "resume": reviews and state == "suspended",
        "cancel": mine and leads and state in states.PUT_OUT,
        "renew": mine and leads and state == "published" and not notice.first("pending"),
        "discard": mine and may(caller, "withdraw") and state in states.MOVES["discard"][0],
        "extract": mine and leads and state == "published" and COLOURS[notice.first("colour")].public,
        "consent": reviews and state == "published",
        "export": may(caller, "export"),
    }
    return frozenset(act for act, may in offered.items() if may)


def badges(desk: Desk, records: Sequence[str]) -> Mapping[str, Sequence[Badge]]:
    """The published notices about these records, for the pages that show them."""
    return {
        id: [
            Badge(
                _("%(colour)s notice", colour=_(COLOURS[thing.first("colour")].label)),
                f"tone-{thing.first('colour')}",
                f"/notices/{thing.id}",
            )
            for thing in found
        ]
        for id, found in service.notices_about(desk, records).items()
    }
