"""The bureaus room's pages: sign-in, my account, officers, bureaus, keys, the journal."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from entente.core.access import Level
from entente.core.problems import Fault, Faulty, NotSignedIn
from entente.core.things import Thing
from entente.rooms.bureaus import administering, journal, passkeys, service, signing_in
from entente.rooms.bureaus.model import officer_of
from entente.rooms.bureaus.schemas import BureauForm, KeyForm, OfficerChange, OfficerForm
from entente.web import words
from entente.web.callers import JUSTIFICATION_COOKIE, PURPOSE_COOKIE, SESSION_COOKIE, AtPage
from entente.web.forms import validated as _validated
from entente.web.pages import render
from entente.web.preferences import here

router = APIRouter()
Field = Annotated[str, Form()]
Many = Annotated[Sequence[str], Form()]
SIGN_INS_A_MINUTE = 20


# --- signing in ----------------------------------------------------------------------------------


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:
    """Sign in."""
    return render(
        request, "bureaus/sign_in.html", failed="", name="", next=here(next), passwords=True, providers=[]
    )


@router.post("/sign-in")
def sign_in(
    request: Request, caller: AtPage, name: Field = "", password: Field = "", next: Field = "/"
) -> Response:
    """Sign in with a password."""
    _slow_down(request, caller)
    try:
        session = signing_in.with_password(
            caller.house, name[:200], password, _settings(request).session_hours
        )
    except NotSignedIn as problem:
        return render(
            request,
            "bureaus/sign_in.html",
            status_code=401,
            failed=problem.detail,
            name=name[:200],
            next=here(next),
            passwords=True,
            providers=[],
        )
    return _welcome(request, RedirectResponse(here(next), status_code=303), session.token)


@router.get("/sign-in/link/{token}")
def sign_in_link(request: Request, token: str) -> Response:
    """A one-time link asks for one more click, so that a mail scanner that follows it does not spend it."""
    return render(request, "bureaus/link.html", action=f"/sign-in/link/{token[:100]}")


@router.post("/sign-in/link/{token}")
def spend_link(request: Request, caller: AtPage, token: str) -> Response:
    """Spend a one-time link."""
    _slow_down(request, caller)
    session = signing_in.with_link(caller.house, token[:100], _settings(request).session_hours)
    return _welcome(request, RedirectResponse("/", status_code=303), session.token)


@router.post("/sign-in/passkey/options")
def passkey_options(request: Request, caller: AtPage) -> Response:
    """What a browser needs to sign in with a passkey."""
    _slow_down(request, caller)
    return Response(passkeys.sign_in_options(caller.house, _host(request)), media_type="application/json")


@router.post("/sign-in/passkey/verify")
def passkey_verify(request: Request, caller: AtPage, answer: dict[str, Any]) -> Response:
    """Sign in with a passkey."""
    hours = _settings(request).session_hours
    session = passkeys.sign_in(caller.house, _host(request), _origin(request), answer, hours)
    return _welcome(request, JSONResponse({"to": "/"}), session.token)


@router.post("/sign-out")
def sign_out(caller: AtPage) -> Response:
    """End this session."""
    known = caller.officer
    with caller.at_own_desk("see", writing=True) as desk:
        signing_in.close_sessions(desk.as_house(), known.id, known.session)
    page = RedirectResponse("/sign-in", status_code=303)
    for name in (SESSION_COOKIE, PURPOSE_COOKIE, JUSTIFICATION_COOKIE):
        page.delete_cookie(name)
    return page


# --- my account ----------------------------------------------------------------------------------


@router.get("/me")
def me(request: Request, caller: AtPage) -> Response:
    """My account: roles, passkeys, sessions."""
    known = caller.officer
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="me")
        label = service.directory(desk)[known.bureau].label
        through = desk.as_house()
        keys = passkeys.of_officer(through, known.id)
        sessions = signing_in.sessions_of(through, known.id)
    officer = {
        "name": known.name,
        "bureau": known.code,
        "bureau_label": label,
        "roles": sorted(known.roles),
        "clearance": known.clearance.name.lower(),
        "held": sorted(known.held),
    }
    return render(
        request,
        "bureaus/me.html",
        officer=officer,
        passkeys=[
            {"id": k.id, "label": k.first("credential")[:8], "created": k.created, "used": k.changed}
            for k in keys
        ],
        sessions=[
            {
                "id": s.id,
                "since": s.created,
                "seen": signing_in.moment(s.first("seen")),
                "device": s.first("how"),
                "here": s.id == known.session,
            }
            for s in sessions
        ],
    )


@router.post("/me/password")
def set_password(caller: AtPage, password: Field = "") -> Response:
    """Set my password; my other sessions end."""
    known = caller.officer
    with caller.at_own_desk("see", writing=True) as desk:
        signing_in.set_password(desk.as_house(), known.id, password)
    return RedirectResponse("/me", status_code=303)


@router.post("/me/passkeys/options")
def new_passkey_options(request: Request, caller: AtPage) -> Response:
    """What the browser needs to make a passkey."""
    known = caller.officer
    with caller.at_own_desk("see", writing=True) as desk:
        desk.note("administer", what="passkey asked for")
        options = passkeys.registration_options(desk.as_house(), desk.look(known.id), _host(request))
    return Response(options, media_type="application/json")


@router.post("/me/passkeys/verify")
def new_passkey(request: Request, caller: AtPage, answer: dict[str, Any]) -> Response:
    """Keep the passkey that the browser made."""
    with caller.at_own_desk("see", writing=True) as desk:
        passkeys.register(desk.as_house(), caller.officer.id, _host(request), _origin(request), answer)
    return JSONResponse({"to": "/me"})


@router.post("/me/passkeys/{id}/remove")
def remove_passkey(caller: AtPage, id: str) -> Response:
    """Remove one of my passkeys."""
    with caller.at_own_desk("see", writing=True) as desk:
        passkeys.remove(desk.as_house(), caller.officer.id, id)
    return RedirectResponse("/me", status_code=303)


@router.post("/me/sessions/{id}/end")
def end_session(caller: AtPage, id: str) -> Response:
    """End one of my sessions."""
    with caller.at_own_desk("see", writing=True) as desk:
        signing_in.close_sessions(desk.as_house(), caller.officer.id, id)
    return RedirectResponse("/me", status_code=303)


# --- administration ------------------------------------------------------------------------------


@router.get("/officers")
def officers(request: Request, caller: AtPage) -> Response:
    """My bureau's officers."""
    return _officers(request, caller, ())


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
    try:
        form = _validated(
            OfficerForm,
            name=name,
            email=email,
            roles=list(roles) or ["officer"],
            clearance=clearance,
            bureau=bureau,
        )
        with caller.at_own_desk("administer", writing=True) as desk:
            officer, token = administering.enrol(desk, form)
    except Faulty as problem:
        return _officers(
            request, caller, problem.faults, {"name": name, "email": email, "roles": list(roles)}
        )
    return _officer(request, caller, officer.id, link=f"{_origin(request)}/sign-in/link/{token}")


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
    held: Many = (),
    active: Field = "",
) -> Response:
    """Change an officer."""
    try:
        form = _validated(
            OfficerChange,
            roles=list(roles),
            clearance=clearance,
            held=[h for h in held if h],
            active=active == "yes",
        )
        with caller.at_own_desk("administer", writing=True) as desk:
            administering.change(desk, id, form)
    except Faulty as problem:
        return _officer(request, caller, id, faults=problem.faults)
    return RedirectResponse(f"/officers/{id}", status_code=303)


@router.post("/officers/{id}/link")
def link(request: Request, caller: AtPage, id: str) -> Response:
    """A fresh one-time link."""
    with caller.at_own_desk("administer", writing=True) as desk:
        token = administering.link(desk, id)
    return _officer(request, caller, id, link=f"{_origin(request)}/sign-in/link/{token}")


@router.get("/bureaus")
def bureaus(request: Request, caller: AtPage) -> Response:
    """The bureaus that take part."""
    return _bureaus(request, caller, ())


@router.post("/bureaus")
def found(
    request: Request,
    caller: AtPage,
    code: Field = "",
    label: Field = "",
    desk: Field = "",
    phone: Field = "",
    email: Field = "",
) -> Response:
    """Let a bureau join."""
    given = {"code": code.strip().upper(), "label": label, "desk": desk, "phone": phone, "email": email}
    try:
        form = _validated(BureauForm, **given)
        with caller.at_own_desk("administer", writing=True) as sitting:
            administering.found(sitting, form)
    except Faulty as problem:
        return _bureaus(request, caller, problem.faults, given)
    return RedirectResponse("/bureaus", status_code=303)


@router.get("/keys")
def keys(request: Request, caller: AtPage) -> Response:
    """My bureau's keys."""
    return _keys(request, caller)


@router.post("/keys")
def issue(
    request: Request, caller: AtPage, label: Field = "", roles: Many = (), expires: Field = ""
) -> Response:
    """Issue a key and show it once."""
    try:
        days = (date.fromisoformat(expires) - caller.house.clock().date()).days if expires else 365
        form = _validated(KeyForm, name=label, roles=list(roles) or ["officer"], days=days)
        with caller.at_own_desk("administer", writing=True) as desk:
            secret, _kept = administering.issue(desk, form)
    except ValueError:
        return _keys(
            request, caller, faults=(Fault("expires", "This is not a date", "Choose one within a year."),)
        )
    except Faulty as problem:
        return _keys(request, caller, faults=problem.faults)
    return _keys(request, caller, secret=secret)


@router.post("/keys/{id}/revoke")
def revoke(caller: AtPage, id: str) -> Response:
    """Revoke a key."""
    with caller.at_own_desk("administer", writing=True) as desk:
        service.revoke_key(desk.as_house(), id, desk.asker.bureau)
    return RedirectResponse("/keys", status_code=303)


@router.get("/journal")
def acts(request: Request, caller: AtPage, after: str = "", object: str = "") -> Response:
    """My bureau's acts, or everyone's on one of its records."""
    with caller.at_own_desk("review") as desk:
        lines = journal.acts_on(desk, object) if object else journal.own_acts(desk, after)
        codes = {n: b.code for n, b in service.directory(desk).items()}
        names = {t.id: t.first("name") for t in service.officers(desk, desk.asker.bureau)}
    entries = [
        {
            "at": line.event.at,
            "act": line.event.act,
            "bureau": codes.get(line.event.bureau, ""),
            "officer": names.get(line.event.officer, ""),
            "what": _what(line, foreign=line.event.bureau != caller.officer.bureau),
            "url": f"/records/{line.event.object}" if line.event.object and not object else "",
        }
        for line in lines
    ]
    older = f"/journal?after={lines[-1].event.id}" if len(lines) == 100 and not object else ""
    return render(request, "bureaus/journal.html", entries=entries, older=older)


def _what(line: journal.Line, foreign: bool) -> str:
    """What an act was about; another bureau's justification is its own."""
    event = line.event
    parts = [event.outcome if event.outcome != "done" else "", words.label(words.PURPOSES, event.purpose)]
    return " · ".join(p for p in [*parts, "" if foreign else event.justification] if p)


# --- shown ---------------------------------------------------------------------------------------


def _officers(
    request: Request, caller: AtPage, faults: Sequence[Fault], given: dict[str, Any] | None = None
) -> Response:
    with caller.at_own_desk("administer") as desk:
        desk.note("see", what="officers")
        found = [_officer_row(t) for t in service.officers(desk, desk.asker.bureau)]
        secretariat = administering.own(desk).secretariat
        codes = [(b.code, b.label) for b in service.directory(desk).values()] if secretariat else []
    form = {"name": "", "email": "", "roles": ["officer"], "clearance": "official", **(given or {})}
    return render(
        request,
        "bureaus/officers.html",
        status_code=422 if faults else 200,
        officers=found,
        form=form,
        faults=faults,
        bureaus=codes,
    )


def _officer(
    request: Request, caller: AtPage, id: str, link: str = "", faults: Sequence[Fault] = ()
) -> Response:
    with caller.at_own_desk("administer") as desk:
        shown = administering.one(desk, id)
        desk.note("see", object=id)
        code = shown.first("code")
    held = list(shown.body.get("held", ()))
    return render(
        request,
        "bureaus/officer.html",
        officer=_officer_row(shown),
        compartments=[(h, h) for h in held],
        prefix=f"{code}/",
        link=link,
        faults=faults,
    )


def _officer_row(thing: Thing) -> dict[str, Any]:
    known = officer_of(thing)
    return {
        "id": known.id,
        "name": known.name,
        "roles": sorted(known.roles),
        "clearance": Level(known.clearance).name.lower(),
        "held": sorted(known.held),
        "active": thing.first("active") == "yes",
        "seen": thing.changed,
    }


def _bureaus(
    request: Request, caller: AtPage, faults: Sequence[Fault], given: dict[str, str] | None = None
) -> Response:
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="directory")
        found = list(service.directory(desk).values())
        may_add = administering.own(desk).secretariat and "administrator" in caller.officer.roles
    shown = [
        {"code": b.code, "label": b.label, "desk": b.desk, "phone": b.phone, "email": b.email, "active": True}
        for b in found
    ]
    form = (
        {"code": "", "label": "", "desk": "", "phone": "", "email": "", **(given or {})} if may_add else None
    )
    return render(
        request,
        "bureaus/bureaus.html",
        status_code=422 if faults else 200,
        bureaus=shown,
        form=form,
        faults=faults,
    )


def _keys(request: Request, caller: AtPage, secret: str = "", faults: Sequence[Fault] = ()) -> Response:
    with caller.at_own_desk("administer") as desk:
        desk.note("see", what="keys")
        found = service.keys_issued(desk.as_house(), desk.asker.bureau)
        expires = desk.today + timedelta(days=365)
    shown = [
        {
            "id": k.id,
            "label": k.first("name"),
            "roles": list(k.body.get("roles", ())),
            "created": k.created,
            "used": None,
            "expires": k.expires,
            "active": True,
        }
        for k in found
    ]
    form = {"label": "", "roles": ["officer"], "expires": expires}
    return render(
        request,
        "bureaus/keys.html",
        status_code=422 if faults else 200,
        keys=shown,
        secret=secret,
        form=form,
        faults=faults,
    )


# --- the browser ---------------------------------------------------------------------------------


def _welcome(request: Request, page: Response, token: str) -> Response:
    settings = _settings(request)
    page.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=settings.session_hours * 3600,
        httponly=True,
        samesite="strict",
        secure=settings.https,
        path="/",
    )
    return page


def _slow_down(request: Request, caller: AtPage) -> None:
    """At most so many attempts a minute from one address. Raises TooMany."""
    address = request.client.host if request.client else "?"
    caller.door.limit(f"address:{address}", SIGN_INS_A_MINUTE / 60)


def _settings(request: Request) -> Any:
    return request.app.state.settings


def _origin(request: Request) -> str:
    scheme = "https" if _settings(request).https else request.url.scheme
    return f"{scheme}://{request.headers.get('host', request.url.netloc)}"


def _host(request: Request) -> str:
    return urlsplit(_origin(request)).hostname or "localhost"
