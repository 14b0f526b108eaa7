"""The bureaus room's pages for administrators (officers, bureaus, keys) and supervisors (the journal)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import Level
from entente.core.journal import Event
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import administering, desk_pages, holding, journal, keyring, service, signing_in
from entente.rooms.bureaus.model import SORTS, officer_of
from entente.rooms.bureaus.schemas import BureauForm, KeyForm, OfficerChange, OfficerForm
from entente.web import words
from entente.web.address import origin
from entente.web.callers import OWN_DESK, AtPage, Caller
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render
from entente.web.problem_words import PROBLEMS

router = APIRouter()
Field = Annotated[str, Form()]
Many = Annotated[Sequence[str], Form()]
A_PAGE = 100
MACHINE_ROLES = ("officer", "analyst", "contributor", "supervisor")


# --- officers ------------------------------------------------------------------------------------


@router.get("/officers")
def officers(request: Request, caller: AtPage, bureau: str = "") -> Response:
    """My bureau's officers; any bureau's for the secretariat."""
    return _officers(request, caller, bureau)


@router.post("/officers")
def enrol(
    request: Request,
    caller: AtPage,
    name: Field = "",
    email: Field = "",
    roles: Many = (),
    clearance: Field = "official",
    bureau: Field = "",
) -> Response:
    """Enrol an officer and show his one-time link."""
    given = {"name": name.strip(), "email": email.strip(), "roles": list(roles), "clearance": clearance}
    try:
        form = validated(OfficerForm, **given, bureau=bureau)
        with caller.at_own_desk("administer", writing=True) as desk:
            origin(request)  # refused before anybody is enrolled whose link could not be shown
            officer, token = administering.enrol(desk, form, keyring.held(desk, caller))
    except Faulty as problem:
        return _officers(request, caller, bureau, problem.faults, given)
    return _officer(request, caller, officer.id, token)


@router.get("/officers/{id}")
def officer(request: Request, caller: AtPage, id: str) -> Response:
    """One officer."""
    return _officer(request, caller, id)


@router.post("/officers/{id}")
def change_officer(
    request: Request,
    caller: AtPage,
    id: str,
    roles: Many = (),
    clearance: Field = "official",
    held: Field = "",
    active: Field = "",
) -> Response:
    """Change an officer."""
    compartments = [line.strip() for line in held.splitlines() if line.strip()]
    try:
        form = validated(
            OfficerChange, roles=list(roles), clearance=clearance, held=compartments, active=active == "yes"
        )
        with caller.at_own_desk("administer", writing=True) as desk:
            administering.change(desk, id, form, keyring.held(desk, caller))
    except Faulty as problem:
        return _officer(request, caller, id, faults=problem.faults, held=compartments)
    return RedirectResponse(f"/officers/{id}", status_code=303)


@router.post("/officers/{id}/link")
def link(request: Request, caller: AtPage, id: str) -> Response:
    """A fresh one-time link."""
    with caller.at_own_desk("administer", writing=True) as desk:
        origin(request)
        token = administering.link(desk, id, keyring.held(desk, caller))
    return _officer(request, caller, id, token)


def _officers(
    request: Request,
    caller: Caller,
    bureau: str,
    faults: Sequence[Fault] = (),
    given: dict[str, Any] | None = None,
) -> Response:
    with caller.at_own_desk("administer") as desk:
        desk.note("see", what="officers")
        own = administering.own(desk)
        known = service.by_code(desk) if own.secretariat else {own.code: own}
        chosen = known.get(bureau, own)
        found = [_officer_row(t) for t in service.officers(desk.as_house(), chosen.number)]
    return render(
        request,
        "bureaus/officers.html",
        status_code=422 if faults else 200,
        officers=found,
        form={"name": "", "email": "", "roles": ["officer"], "clearance": "official"} | (given or {}),
        faults=faults,
        bureaus=[(b.code, f"{b.code} {b.label}") for b in known.values()],
        bureau=chosen.code,
    )


def _officer(
    request: Request,
    caller: Caller,
    id: str,
    token: str = "",
    faults: Sequence[Fault] = (),
    held: Sequence[str] | None = None,
) -> Response:
    with caller.at_own_desk("administer") as desk:
        shown = administering.one(desk, id)
        desk.note("see", object=id)
        waits = holding.waiting(desk, id, int(shown.first("bureau")))
        ring = keyring.held(desk, caller)
        standing = signing_in.standing(desk.as_house(), caller.officer.id, caller.officer.session)
        gives = ring is not None and shown.first("bureau") == str(ring.bureau)
    row = _officer_row(shown)
    return render(
        request,
        "bureaus/officer.html",
        status_code=422 if faults else 200,
        officer=row,
        held="\n".join(row["held"] if held is None else held),
        prefix=f"{shown.first('code')}/",
        waits=[{"how": h.first("how"), "since": h.created} for h in waits],
        gives=gives,
        standing=standing,
        link=f"{origin(request)}/sign-in/link/{token}" if token else "",
        faults=faults,
    )


def _officer_row(thing: Thing) -> dict[str, Any]:
    known = officer_of(thing)
    return {
        "id": known.id,
        "name": known.name,
        "email": thing.first("email"),
        "bureau": known.code,
        "roles": sorted(known.roles),
        "clearance": Level(known.clearance).name.lower(),
        "held": sorted(known.held),
        "active": thing.first("active") == "yes",
        "changed": thing.changed,
    }


# --- bureaus -------------------------------------------------------------------------------------


@router.get("/bureaus")
def bureaus(request: Request, caller: AtPage) -> Response:
    """The bureaus that take part."""
    return _bureaus(request, caller)


@router.post("/bureaus")
def found(
    request: Request,
    caller: AtPage,
    code: Field = "",
    label: Field = "",
    desk: Field = "",
    phone: Field = "",
    email: Field = "",
    sort: Field = "police",
) -> Response:
    """Let a bureau join."""
    given = {"code": code.strip().upper(), "label": label, "desk": desk, "phone": phone, "email": email}
    given["sort"] = sort
    try:
        form = validated(BureauForm, **given)
        with caller.at_own_desk("administer", writing=True) as sitting:
            administering.found(sitting, form)
    except Faulty as problem:
        return _bureaus(request, caller, problem.faults, given)
    return RedirectResponse("/bureaus", status_code=303)


def _bureaus(
    request: Request, caller: Caller, faults: Sequence[Fault] = (), given: dict[str, str] | None = None
) -> Response:
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="directory")
        known = [desk_pages.row(b, desk.now) for b in service.directory(desk).values()]
        own = administering.own(desk)
        administers = "administrator" in caller.officer.roles
    blank = dict.fromkeys(("code", "label", "desk", "phone", "email"), "") | {"sort": "police"}
    return render(
        request,
        "bureaus/bureaus.html",
        status_code=422 if faults else 200,
        bureaus=known,
        mine=own.code if administers else "",
        suspends=desk_pages.may_suspend(caller, own),
        form=blank | (given or {}) if own.secretariat and administers else None,
        sorts=SORTS,
        faults=faults,
    )


# --- keys ----------------------------------------------------------------------------------------


@router.get("/keys")
def keys(request: Request, caller: AtPage) -> Response:
    """My bureau's keys."""
    return _keys(request, caller)


@router.post("/keys")
def issue(
    request: Request,
    caller: AtPage,
    name: Field = "",
    roles: Many = (),
    expires: Field = "",
    held: Field = "",
) -> Response:
    """Issue a key and show it once."""
    given = {"name": name.strip(), "roles": list(roles), "expires": expires, "held": held}
    compartments = [line.strip() for line in held.splitlines() if line.strip()]
    try:
        days = _days(caller, expires)
        form = validated(KeyForm, name=given["name"], roles=given["roles"], days=days, held=compartments)
        with caller.at_own_desk("administer", writing=True) as desk:
            secret, _kept = administering.issue(desk, form, keyring.held(desk, caller))
    except Faulty as problem:
        return _keys(request, caller, faults=problem.faults, given=given)
    return _keys(request, caller, secret)


def _days(caller: Caller, expires: str) -> int:
    """Days from now to a date. Raises Faulty where it is none within a year."""
    try:
        days = (date.fromisoformat(expires) - caller.house.clock().date()).days
    except ValueError:
        days = 0
    if not 1 <= days <= 365:
        raise Faulty(faults=(Fault("expires", N_("A key lasts from a day to a year"), ""),))
    return days


@router.post("/keys/{id}/revoke")
def revoke(caller: AtPage, id: str) -> Response:
    """Revoke a key."""
    with caller.at_own_desk("administer", writing=True) as desk:
        service.revoke_key(desk.as_house(), id, desk.asker.bureau)
    return RedirectResponse("/keys", status_code=303)


def _keys(
    request: Request,
    caller: Caller,
    secret: str = "",
    faults: Sequence[Fault] = (),
    given: dict[str, Any] | None = None,
) -> Response:
    with caller.at_own_desk("administer") as desk:
        desk.note("see", what="keys")
        known = service.keys_issued(desk.as_house(), desk.asker.bureau)
        standing = signing_in.standing(desk.as_house(), caller.officer.id, caller.officer.session)
        waits = {k.id: bool(holding.waiting(desk, k.id, desk.asker.bureau)) for k in known}
        expires = desk.today + timedelta(days=365)
    return render(
        request,
        "bureaus/keys.html",
        status_code=422 if faults else 200,
        keys=[
            {
                "id": k.id,
                "name": k.first("name"),
                "roles": list(k.body.get("roles", ())),
                "created": k.created,
                "expires": k.expires,
                "waits": waits[k.id],
            }
            for k in known
        ],
        secret=secret,
        standing=standing,
        form=given or {"name": "", "roles": ["officer"], "expires": expires.isoformat(), "held": ""},
        roles=words.choices(words.ROLES, MACHINE_ROLES),
        faults=faults,
    )


# --- the journal ---------------------------------------------------------------------------------


@router.get("/journal")
def acts(request: Request, caller: AtPage, after: str = "", object: str = "") -> Response:
    """My bureau's acts, or everyone's on one of its records."""
    with caller.at_own_desk("review") as desk:
        events = (
            journal.acts_on(desk, object, after, A_PAGE) if object else journal.own_acts(desk, after, A_PAGE)
        )
        codes = {n: b.code for n, b in service.directory(desk).items()}
        names = {t.id: t.first("name") for t in service.officers(desk, desk.asker.bureau)}
        captions = _captions(desk, [e.object for e in events])
    entries = [
        {
            "at": e.at,
            "act": e.act,
            "bureau": codes.get(e.bureau, ""),
            "officer": names.get(e.officer, ""),
            "object": e.object,
            "caption": captions.get(e.object, ""),
            "what": _what(e, own=e.bureau == caller.officer.bureau),
        }
        for e in events
    ]
    query = f"object={object}&" if object else ""
    older = f"/journal?{query}after={events[-1].id}" if len(events) == A_PAGE else ""
    first = "/journal" if after or object else ""
    return render(request, "bureaus/journal.html", entries=entries, first=first, older=older, object=object)


def _captions(desk: Desk, ids: Sequence[str]) -> dict[str, str]:
    """What the records among them are called, as far as the supervisor's own desk has them."""
    kinds = desk.house.model
    seen = desk.look_all(ids)
    return {i: kinds.caption(t.kind, t.body) for i, t in seen.items() if t.kind in kinds.contributable}


def _what(event: Event, own: bool) -> list[str]:
    """What an act was about. What another bureau asked and why stays its own."""
    details = event.details
    title, _do = PROBLEMS.get(event.outcome, ("" if event.outcome == "done" else event.outcome, ""))
    parts = [_(title)]
    if own:
        question = details.get("question")
        parts.append(str(question.get("text", "")) if isinstance(question, dict) else "")
        parts.append(words.label(words.VERDICTS, str(details.get("verdict", ""))))
        parts.append(words.label(words.SEEN, str(details.get("what", ""))))
    if event.justification != OWN_DESK:
        parts.append(words.label(words.PURPOSES, event.purpose))
        parts.append(event.justification if own else "")
    return [part for part in parts if part]
