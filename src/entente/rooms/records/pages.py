"""The records room's pages: one's own records, a record, its versions. Pages that write are in writing.py."""

from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import POLICE_PURPOSES, ROLES_FOR, Purpose
from entente.core.kinds import Kind
from entente.core.problems import Absent, NoPurpose
from entente.core.things import Thing
from entente.desk import Desk, is_id
from entente.rooms.bureaus import directory, groups
from entente.rooms.records import service, writing
from entente.rooms.records.handling import audience, says
from entente.web import formats
from entente.web.badges import badges
from entente.web.callers import AtPage, Caller
from entente.web.language import N_, _
from entente.web.pages import render
from entente.web.papers import PAPERS, page_of

router = APIRouter()
router.include_router(writing.router)
A_PAGE = 50


@router.get("/records")
def mine(
    request: Request, caller: AtPage, kind: str = "", after: str = "", expires: date | None = None
) -> Response:
    """Own bureau's records; those that will be deleted on a day, where one is given."""
    with caller.at_own_desk("see") as desk:
        found = service.list_mine(desk, kind, after, A_PAGE, expires)
        rows = [_row(desk, t) for t in found]
    following = {"kind": kind, "after": found[-1].id if found else "", "expires": expires or ""}
    query = urlencode({word: value for word, value in following.items() if value})
    return render(
        request,
        "records/mine.html",
        records=rows,
        kinds=writing.kinds_by_label(caller),
        kind=kind,
        expires=expires or "",
        first="/records" if after else "",
        older=f"/records?{query}" if len(found) == A_PAGE else "",
    )


@router.get("/records/{id}")
def open_record(request: Request, caller: AtPage, id: str, search: str = "") -> Response:
    """One record: one's own without more, another bureau's for the inquiry that is open.

    `search`: the search it was found by; a verdict may be given here then. A paper of another room that was
    found or named as a record is opened on its own page.
    """
    with _reading(caller, id) as desk:
        paper = desk.look_all([id]).get(id)
        if paper and paper.kind in PAPERS:
            desk.note("see", object=id)
            return RedirectResponse(page_of(paper.kind, id), status_code=303)
        thing = service.open_record(desk, id)
        context = _record(desk, thing)
        found = service.shown_ties(desk, service.ties(desk, thing))
        said = badges(request, desk, [id])
    links = [
        {
            "label": ": ".join(_(part) for part in t.label.split(": ")),
            "direction": "out" if t.direction == "from" else "in",
            "id": t.id,
            "caption": t.caption,
            "kind_label": caller.house.model[t.kind].label,
            "relation": f"/records/{t.relation}" if t.relation else "",
            "dates": t.dates,
            "grade": t.grade,
            "url": f"/records/{t.id}",
        }
        for t in found
    ]
    may = _may(caller) if context["mine"] else frozenset()
    return render(
        request,
        "records/record.html",
        record=context,
        links=links,
        may=may,
        search=search if is_id(search) else "",
        badges=said.get(id, ()),
    )


def _may(caller: Caller) -> frozenset[str]:
    """Which acts on an own record the officer's roles allow."""
    return frozenset(
        act for act in ("correct", "withdraw", "review") if caller.officer.roles & ROLES_FOR[act]
    )


@router.get("/records/{id}/versions")
def versions(request: Request, caller: AtPage, id: str) -> Response:
    """All versions, and what changed from one to the next; a handling is told to its owner alone."""
    with _reading(caller, id) as desk:
        found = service.versions(desk, id)
        kind = desk.house.model[found[0].kind]
        caption = desk.house.model.caption(kind.name, found[0].body)
        own = found[0].handling.owner == desk.asker.bureau
        moved = service.handlings(desk, id) if own else {}
        named = {g.compartment: g.name for g in groups(desk)}
    rows = [
        {
            "version": new.version,
            "changed": new.changed,
            "status": new.handling.status.name.lower() if own else "",
            "first": old is None,
            "changes": _changes(kind, new, old) if old else [],
            "handling": tuple(says(h, named) for h in moved[new.version]) if new.version in moved else None,
        }
        for new, old in zip(found, [*found[1:], None], strict=True)
    ]
    record = {"id": id, "caption": caption, "url": f"/records/{id}"}
    return render(request, "records/versions.html", record=record, versions=rows)


def _changes(kind: Kind, new: Thing, old: Thing) -> list[tuple[str, list[str], list[str]]]:
    """(label, before, after) of properties, grade and date that are not as they were."""
    changed = [
        (kind.properties[p].label, writing.values(kind, old.body, p), writing.values(kind, new.body, p))
        for p in dict.fromkeys([*new.body, *old.body])
        if old.body.get(p) != new.body.get(p)
    ]
    if old.grade != new.grade:
        changed.append((N_("Grade"), [old.grade or "–"], [new.grade or "–"]))
    if old.expires != new.expires:
        changed.append((N_("Kept until"), [formats.day(old.expires)], [formats.day(new.expires)]))
    return changed


def _reading(caller: Caller, id: str) -> AbstractContextManager[Desk]:
    """A sitting to read a record: for the open inquiry, else at one's own desk.

    Without an inquiry, what is not one's own asks for the purpose, whether it exists or not.
    """
    if caller.inquiry is not None:
        return caller.at_desk("see")
    try:
        with caller.at_own_desk("see") as desk:
            service.mine(desk, id)
            desk.note("see", object=id)
    except Absent:
        raise NoPurpose() from None
    return caller.at_own_desk("see")


def _record(desk: Desk, thing: Thing) -> dict[str, Any]:
    shown = service.shown(desk, thing)
    kind = desk.house.model[thing.kind]
    bureaus = directory(desk)
    owner = bureaus.get(thing.handling.owner)
    own = shown.handling is not None
    purposes = thing.handling.purposes & POLICE_PURPOSES
    return {
        **shown.model_dump(),
        "kind_label": kind.label,
        "owner_label": owner.label if owner else "",
        "owner_phone": (owner.phone or owner.duty) if owner else "",
        "properties": [
            (kind.properties[p].label, list(thing.body[p]), kind.properties[p].type)
            for p in (*kind.featured, *(p for p in thing.body if p not in kind.featured))
            if p in thing.body and p not in kind.entities
        ],
        "because": shown.because,
        "handling": {
            "see_text": audience(shown.handling) if shown.handling else _("The owner decides"),
            "level": thing.handling.level.name.lower(),
            "purposes": []
            if purposes == POLICE_PURPOSES or not own
            else [(p.name or "").lower() for p in Purpose if p & purposes],
            "status": thing.handling.status.name.lower(),
        },
        "mine": own,
        "changed": thing.changed,
        "ref": shown.ref or "",
    }


def _row(desk: Desk, thing: Thing) -> dict[str, Any]:
    return {
        "url": f"/records/{thing.id}",
        "caption": desk.house.model.caption(thing.kind, thing.body),
        "kind_label": desk.house.model[thing.kind].label,
        "status": thing.handling.status.name.lower(),
        "grade": thing.grade,
        "version": thing.version,
        "changed": thing.changed,
        "expires": thing.expires,
    }
