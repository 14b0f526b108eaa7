"""Who calls: credentials and the reason for asking, taken from a request; the way from there to the desk.

Nothing is looked up before a handler sits down: `Caller.at_desk` runs in the handler's thread.
"""

import binascii
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Protocol
from urllib.parse import quote, unquote

from fastapi import Depends, Header
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from entente.core.access import Asker, Level, Purpose, Role
from entente.core.problems import Fault, Faulty, NoPurpose, NotAllowed, Problem
from entente.desk import Desk, House, refuse, sit

SESSION_COOKIE = "entente"
PURPOSE_COOKIE = "inquiry_purpose"
JUSTIFICATION_COOKIE = "inquiry_justification"
BY_BASIC = "/api/v1/reconcile/"
"""Where a key may come as the password of HTTP Basic: programs that reconcile know no other way."""
OWN_DESK = "own desk"
BY_ITSELF = "entente-by-itself"
"""Header of what a page asks without its officer (`yes`)."""


class Known(Protocol):
    """What the door knows of an officer or a machine (rooms.bureaus.model.Officer)."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def bureau(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def roles(self) -> frozenset[Role]: ...
    @property
    def clearance(self) -> Level: ...
    @property
    def held(self) -> frozenset[str]: ...
    @property
    def reviewer(self) -> bool: ...
    @property
    def machine(self) -> bool: ...
    @property
    def session(self) -> str: ...
    @property
    def suspended(self) -> str: ...


class DoorKeeper(Protocol):
    """Admits callers (rooms.bureaus.door.Door)."""

    def admit(self, session: str = "", key: str = "", by_itself: bool = False) -> Known: ...

    def check(self, session: str = "", key: str = "") -> Known: ...

    def knew(self, session: str = "", key: str = "") -> bool: ...

    def limit(self, who: str, rate: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Why an officer asks: a purpose from the list and a case reference or reason."""

    purpose: str
    justification: str


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in officer as pages show him: `bureau` is its code, `held` his compartments."""

    name: str
    bureau: str
    roles: tuple[str, ...]
    held: frozenset[str] = frozenset()


@dataclass(slots=True)
class Caller:
    """One request's caller. `officer` is who it is; raises NotSignedIn, TooMany."""

    house: House
    door: DoorKeeper
    session: str
    key: str
    inquiry: Inquiry | None
    state: Any
    discreet: bool = False
    grid_ms: int = 0
    known: Known | None = None
    stated: Inquiry | None = None
    """The reason that a program gave with this very request, not one that a browser remembers."""
    by_itself: bool = False
    """The page asks without its officer: his session is not kept alive by it."""

    @property
    def officer(self) -> Known:
        if self.known is None:
            self.known = self.door.admit(self.session, self.key, self.by_itself)
            roles = tuple(sorted(self.known.roles))
            self.state.me = Me(self.known.name, self.known.code, roles, self.known.held)
        return self.known

    def must_be_known(self) -> None:
        """Raise NotSignedIn, TooMany or NotAllowed unless the door admits the caller and he may act."""
        must_not_be_suspended(self.officer)

    def still_there(self) -> Asker:
        """Who he is by now, at his own desk, without counting a request. Raises NotSignedIn, NotAllowed."""
        self.known = self.door.check(self.session, self.key)
        return self.asker(Inquiry("desk", OWN_DESK))

    @contextmanager
    def on_grid(self) -> Iterator[None]:
        """Let an answer leave on the time grid, counted from the question, and a problem as well: its timing
        tells less."""
        start = time.monotonic()
        try:
            yield
        finally:
            if self.grid_ms:
                spent = (time.monotonic() - start) * 1000
                time.sleep((self.grid_ms - spent % self.grid_ms) / 1000)

    def asker(self, inquiry: Inquiry | None) -> Asker:
        """The caller with a reason. Raises NoPurpose, and NotAllowed for oversight by a non-reviewer and
        for everybody of a suspended bureau."""
        who = self.officer
        must_not_be_suspended(who)
        if inquiry is None:
            raise NoPurpose()
        purpose = purpose_of(inquiry.purpose)
        if purpose is Purpose.OVERSIGHT and not who.reviewer:
            raise NotAllowed("Oversight is for reviewers.")
        if self.discreet and (who.machine or Role.SUPERVISOR not in who.roles):
            raise NotAllowed("A discreet search is for supervisors, in person.")
        return Asker(
            officer=who.id,
            bureau=who.bureau,
            purpose=purpose,
            justification=inquiry.justification,
            roles=who.roles,
            clearance=who.clearance,
            held=who.held,
            discreet=self.discreet,
            reviewer=who.reviewer,
        )

    def at_desk(self, act: str = "", writing: bool = False) -> AbstractContextManager[Desk]:
        """Sit down for the inquiry given with the request."""
        return self._sit(self.inquiry, act, writing)

    def at_own_desk(
        self, act: str = "", writing: bool = False, reason: str = OWN_DESK
    ) -> AbstractContextManager[Desk]:
        """Sit down for the bureau's own business (inbox, own records): nothing foreign is opened by it."""
        return self._sit(Inquiry("desk", reason), act, writing)

    def at_file(self, file: str, act: str = "", writing: bool = False) -> AbstractContextManager[Desk]:
        """Sit down for an analysis file: its own legal basis is the reason, unless the request gives one.

        A search is told to owners with its reason: they must not learn of the file by it.
        """
        said = f"analysis file {file[:32]}"
        if act == "search":
            said = f"criminal analysis {self.house.ids.of('inquiry', file, self.officer.id)[:12]}"
        return self._sit(self.stated or Inquiry("analysis", said), act, writing)

    def at_reports(self, act: str = "", writing: bool = False) -> AbstractContextManager[Desk]:
        """Sit down to read analytical reports sent to one: for analysis, unless the request says why."""
        return self._sit(self.stated or Inquiry("analysis", "analytical reports"), act, writing)

    def at_cases(self, act: str = "", writing: bool = False) -> AbstractContextManager[Desk]:
        """Sit down over case studies: for analysis, unless the request says why."""
        return self._sit(self.stated or Inquiry("analysis", "case studies"), act, writing)

    def at_assessments(self, act: str = "", writing: bool = False) -> AbstractContextManager[Desk]:
        """Sit down over threat assessments: for analysis, unless the request says why."""
        return self._sit(self.stated or Inquiry("analysis", "threat assessments"), act, writing)

    def _sit(self, inquiry: Inquiry | None, act: str, writing: bool) -> AbstractContextManager[Desk]:
        """A reason that is refused before anybody sits down stands in the journal like any refused act."""
        who = self.officer
        try:
            asker = self.asker(inquiry)
        except Problem as problem:
            said = inquiry.justification if inquiry else ""
            refuse(self.house, Asker(who.id, who.bureau, Purpose(0), said, who.roles), act, problem)
            raise
        return sit(self.house, asker, act, writing)


def must_not_be_suspended(who: Known) -> None:
    """Raise NotAllowed for whoever belongs to a bureau whose rights are suspended."""
    if who.suspended:
        raise NotAllowed(f"Your bureau's rights are suspended (RPD 131): {who.suspended}")


def purpose_of(slug: str) -> Purpose:
    """The purpose of a slug. Raises NoPurpose when it is not in the closed list."""
    try:
        return Purpose[slug.strip().upper()]
    except KeyError:
        allowed = ", ".join((p.name or "").lower() for p in Purpose)
        raise NoPurpose(f"“{slug[:40]}” is not a purpose. Use one of: {allowed}.") from None


async def at_door(
    request: Request,
    entente_purpose: Annotated[str, Header(description="Why: a purpose from the list")] = "",
    entente_justification: Annotated[
        str, Header(description="Case reference or reason, percent-encoded UTF-8")
    ] = "",
    entente_discreet: Annotated[
        Literal["", "yes", "no"], Header(description="`yes`: tell no owner, get no contacts")
    ] = "",
) -> Caller:
    """The caller of an API request: a key or a session, and the reason in two headers."""
    _no_more_words(request)
    inquiry = None
    if entente_purpose or entente_justification:
        inquiry = Inquiry(entente_purpose, unquote(entente_justification))
    caller = _caller(request, inquiry)
    caller.discreet, caller.stated = entente_discreet == "yes", inquiry
    return caller


def _no_more_words(request: Request) -> None:
    """Raise Faulty for query words where none is known; where some are, their model forbids the others."""
    if request.query_params and not request.scope["route"].dependant.query_params:
        raise Faulty(
            faults=tuple(
                Fault(f"query/{word[:100]}", "This query word is not known here", "Leave it out.")
                for word in dict.fromkeys(request.query_params)
            )
        )


async def at_page(request: Request) -> Caller:
    """The caller of a page: a session, and the inquiry he opened, in cookies."""
    purpose = request.cookies.get(PURPOSE_COOKIE, "")
    inquiry = None
    if purpose:
        inquiry = Inquiry(purpose, unquote(request.cookies.get(JUSTIFICATION_COOKIE, "")))
    return _caller(request, inquiry)


def keep_inquiry(page: Response, inquiry: Inquiry, secure: bool) -> None:
    """Remember purpose and justification for the browser's session."""
    for name, value in (
        (PURPOSE_COOKIE, inquiry.purpose),
        (JUSTIFICATION_COOKIE, quote(inquiry.justification)),
    ):
        page.set_cookie(name, value, httponly=True, samesite="strict", secure=secure, path="/")


def shown(request: HTTPConnection) -> tuple[str, str]:
    """The session and the key that a request shows: one of them at most, for who shows a key to the API is
    that key, never whose browser it is. Pages know sessions alone."""
    said = request.headers.get("authorization", "") if request.url.path.startswith("/api/") else ""
    if not said:
        return request.cookies.get(SESSION_COOKIE, ""), ""
    scheme, _, key = said.partition(" ")
    if scheme.lower() == "basic" and request.url.path.startswith(BY_BASIC):
        return "", _password(key)
    return "", key.strip() if scheme.lower() == "bearer" else ""


def _password(said: str) -> str:
    """The password of HTTP Basic (RFC 7617), the name is not read; empty where there is none."""
    try:
        return b64decode(said.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def _caller(request: Request, inquiry: Inquiry | None) -> Caller:
    state: Any = request.app.state
    session, key = shown(request)
    request.state.inquiry = inquiry
    grid_ms = state.settings.answer_grid_ms
    by_itself = request.headers.get(BY_ITSELF) == "yes"
    return Caller(
        state.house,
        state.door,
        session,
        key,
        inquiry,
        request.state,
        grid_ms=grid_ms,
        by_itself=by_itself,
    )


AtDoor = Annotated[Caller, Depends(at_door)]
AtPage = Annotated[Caller, Depends(at_page)]
