"""The bureaus room's pages: signing in, my account. Administrators' and supervisors' are in office.py."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from entente.core.problems import Fault, Faulty, NotSignedIn
from entente.rooms.bureaus import (
    desk_pages,
    experts_pages,
    groups_pages,
    holding,
    key_pages,
    keyring,
    office,
    passkeys,
    service,
    signing_in,
    webhooks_pages,
    working_groups,
)
from entente.web.address import host, origin, secure
from entente.web.callers import JUSTIFICATION_COOKIE, PURPOSE_COOKIE, SESSION_COOKIE, AtPage, Caller
from entente.web.language import _
from entente.web.pages import render
from entente.web.preferences import here

router = APIRouter()
router.include_router(office.router)
router.include_router(key_pages.router)
router.include_router(desk_pages.router)
router.include_router(experts_pages.router)
router.include_router(groups_pages.router)
router.include_router(webhooks_pages.router)
Field = Annotated[str, Form()]
Many = Annotated[Sequence[str], Form()]
SIGN_INS_A_SECOND = 5.0
"""From one address, on average (three times as many at once): a whole bureau may be behind it. What stops
guessing is that an account locks itself (signing_in.MOST_FAILURES)."""


# --- signing in ----------------------------------------------------------------------------------


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:
    """Sign in."""
    return render(request, "bureaus/sign_in.html", failed="", bureau="", name="", next=here(next))


@router.post("/sign-in")
def sign_in(
    request: Request,
    caller: AtPage,
    bureau: Field = "",
    name: Field = "",
    password: Field = "",
    next: Field = "/",
) -> Response:
    """Sign in with a password."""
    _slow_down(request, caller)
    try:
        session = signing_in.with_password(
            caller.house, bureau[:8], name[:200], password, _settings(request).session_hours
        )
    except NotSignedIn as problem:
        return render(
            request,
            "bureaus/sign_in.html",
            status_code=401,
            failed=problem.detail,
            bureau=bureau[:8],
            name=name[:200],
            next=here(next),
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
    return Response(passkeys.sign_in_options(caller.house, host(request)), media_type="application/json")


@router.post("/sign-in/passkey/verify")
def passkey_verify(request: Request, caller: AtPage, answer: dict[str, Any]) -> Response:
    """Sign in with a passkey."""
    _slow_down(request, caller)
    hours = _settings(request).session_hours
    session = passkeys.sign_in(caller.house, host(request), origin(request), answer, hours)
    return _welcome(request, JSONResponse({}), session.token)


@router.post("/sign-out")
def sign_out(caller: AtPage, next: Field = "/") -> Response:
    """End this session; `next` is where the next one begins."""
    known = caller.officer
    with caller.at_own_desk("see", writing=True) as desk:
        signing_in.close_sessions(desk.as_house(), known.id, known.session)
    then = f"?next={quote(here(next))}" if here(next) != "/" else ""
    page = RedirectResponse(f"/sign-in{then}", status_code=303)
    for name in (SESSION_COOKIE, PURPOSE_COOKIE, JUSTIFICATION_COOKIE):
        page.delete_cookie(name)
    return page


# --- my account ----------------------------------------------------------------------------------


@router.get("/me")
def me(request: Request, caller: AtPage) -> Response:
    """My account: roles, passkeys, password, sessions."""
    return _me(request, caller)


@router.post("/me/password")
def set_password(request: Request, caller: AtPage, password: Field = "") -> Response:
    """Set my password; my other sessions end."""
    try:
        known, hashed = caller.officer, signing_in.hash_password(password)
        with caller.at_own_desk("see", writing=True) as desk:
            signing_in.must_be_fresh(desk.as_house(), known.session)
            ring = keyring.held(desk, caller)
            signing_in.set_password(desk.as_house(), known.id, hashed, ring, known.session)
            signing_in.close_others(desk.as_house(), known.id, known.session)
    except Faulty as problem:
        return _me(request, caller, problem.faults)
    return _me(request, caller, said=_("Your password was set."))


def _me(request: Request, caller: Caller, faults: Sequence[Fault] = (), said: str = "") -> Response:
    known = caller.officer
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="me")
        label = service.directory(desk)[known.bureau].label
        called = {g.compartment: g.name for g in working_groups.groups(desk)}
        waiting = groups_pages.invitations(desk)
        through = desk.as_house()
        keys = passkeys.of_officer(through, known.id)
        sessions = signing_in.sessions_of(through, known.id)
        ring = keyring.held(desk, caller)
        holders = [h.first("credential") for h in holding.of_owner(desk, known.id)]
        standing = signing_in.standing(through, known.id, known.session)
        lasting = ring is not None and holding.lasts(desk, known.id, ring.fingerprint)
    return render(
        request,
        "bureaus/me.html",
        status_code=422 if faults else 200,
        officer={
            "name": known.name,
            "bureau": known.code,
            "bureau_label": label,
            "roles": sorted(known.roles),
            "clearance": known.clearance.name.lower(),
            "held": sorted(called.get(c, c) for c in known.held),
        },
        invitations=waiting,
        passkeys=[
            {
                "id": k.id,
                "made": k.created,
                "used": k.changed if k.version > 1 else None,
                "opens": k.id in holders,
            }
            for k in keys
        ],
        sessions=[
            {
                "id": s.id,
                "since": s.created,
                "seen": signing_in.moment(s.first("seen")),
                "how": s.first("how"),
                "here": s.id == known.session,
            }
            for s in sessions
        ],
        faults=faults,
        said=said,
        opens=ring is not None,
        lasting=lasting,
        standing=standing,
    )


@router.post("/me/passkeys/options")
def new_passkey_options(request: Request, caller: AtPage) -> Response:
    """What the browser needs to make a passkey."""
    known = caller.officer
    with caller.at_own_desk("see", writing=True) as desk:
        signing_in.must_be_fresh(desk.as_house(), known.session)
        desk.note("administer", what="passkey asked for")
        options = passkeys.registration_options(desk.as_house(), desk.look(known.id), host(request))
    return Response(options, media_type="application/json")


@router.post("/me/passkeys/verify")
def new_passkey(request: Request, caller: AtPage, answer: dict[str, Any]) -> Response:
    """Keep the passkey that the browser made."""
    with caller.at_own_desk("see", writing=True) as desk:
        ring = keyring.held(desk, caller)
        passkeys.register(desk.as_house(), caller.officer.id, host(request), origin(request), answer, ring)
    return JSONResponse({})


@router.post("/me/passkeys/{id}/remove")
def remove_passkey(caller: AtPage, id: str) -> Response:
    """Remove one of my passkeys."""
    with caller.at_own_desk("see", writing=True) as desk:
        passkeys.remove(desk.as_house(), caller.officer.id, id, caller.officer.session)
    return RedirectResponse("/me", status_code=303)


@router.post("/me/sessions/{id}/end")
def end_session(caller: AtPage, id: str) -> Response:
    """End one of my sessions."""
    with caller.at_own_desk("see", writing=True) as desk:
        signing_in.close_sessions(desk.as_house(), caller.officer.id, id)
    return RedirectResponse("/me", status_code=303)


# --- the browser ---------------------------------------------------------------------------------


def _welcome(request: Request, page: Response, token: str) -> Response:
    settings = _settings(request)
    for name in (PURPOSE_COOKIE, JUSTIFICATION_COOKIE):  # why another officer asked is not why this one does
        page.delete_cookie(name)
    page.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=settings.session_hours * 3600,
        httponly=True,
        samesite="strict",
        secure=secure(request),
        path="/",
    )
    return page


def _slow_down(request: Request, caller: AtPage) -> None:
    """At most so many attempts a second from one address. Raises TooMany."""
    address = request.client.host if request.client else "?"
    caller.door.limit(f"address:{address}", SIGN_INS_A_SECOND)


def _settings(request: Request) -> Any:
    return request.app.state.settings
