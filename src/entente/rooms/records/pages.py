"""The records room's pages: one's own records, a record, its versions. Pages that write are in writing.py."""

from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from entente.core.access import POLICE_PURPOSES, ROLES_FOR, Purpose
from entente.core.problems import Absent, NoPurpose
from entente.core.things import Thing
from entente.desk import Desk, is_id
from entente.rooms.bureaus import directory
from entente.rooms.records import model, service, writing
from entente.web import formats
from entente.web.callers import AtPage, Caller
from entente.web.language import _
from entente.web.pages import render

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

    `search`: the search it was found by; a verdict may be given here then.
    """
    with _reading(caller, id) as desk:
        thing = service.open_record(desk, id)
        context = _record(desk, thing)
        found = service.shown_ties(desk, service.ties(desk, thing))
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
    )


def _may(caller: Caller) -> frozenset[str]:
    """Which acts on an own record the officer's roles allow."""
    return frozenset(act for act in ("correct", "withdraw", "review") if caller.officer.roles & ROLES_FOR[act])


@router.get("/records/{id}/versions")
def versions(request: Request, caller: AtPage, id: str) -> Response:
    """All versions, and what changed from one to the next."""
    with _reading(caller, id) as desk:
        found = service.versions(desk, id)
        kind = desk.house.model[found[0].kind]
        caption = desk.house.model.caption(kind.name, found[0].body)
    rows = [
        {
            "version": new.version,
            "changed": new.changed,
            "status": new.handling.status.name.lower(),
            "changes": [
                (
                    kind.properties[p].label,
                    [formats.value(v, kind.properties[p].type) for v in old.body.get(p, ())],
                    [formats.value(v, kind.properties[p].type) for v in new.body.get(p, ())],
                )
                for p in dict.fromkeys([*new.body, *old.body])
                if old.body.get(p) != new.body.get(p)
            ]
            if old
            else [],
        }
        for new, old in zip(found, [*found[1:], None], strict=True)
    ]
    record = {"id": id, "caption": caption, "url": f"/records/{id}"}
    return render(request, "records/versions.html", record=record, versions=rows)


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
        "properties": [
            (kind.properties[p].label, list(thing.body[p]), kind.properties[p].type)
            for p in (*kind.featured, *(p for p in thing.body if p not in kind.featured))
            if p in thing.body and p not in kind.entities
        ],
        "because": shown.because,
        "handling": {
            "see_text": _see_text(shown.handling) if shown.handling else _("The owner decides"),
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


def _see_text(form: model.HandlingForm) -> str:
    codes = ", ".join(form.bureaus)
    says = {
        "everyone": _("Every bureau"),
        "named": codes or _("Your bureau alone"),
        "but": _("All but %(codes)s", codes=codes),
    }[form.mode]
    return says + (
        " · " + _("only told whom to contact: %(codes)s", codes=", ".join(form.hint)) if form.hint else ""
    )


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
