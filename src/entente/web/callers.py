"""Who calls: credentials and the reason for asking, taken from a request; the way from there to the desk.

Nothing is looked up before a handler sits down: `Caller.at_desk` runs in the handler's thread.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Annotated, Any, Protocol
from urllib.parse import unquote

from fastapi import Depends, Header
from starlette.requests import Request

from entente.core.access import Asker, Level, Purpose, Role
from entente.core.problems import NoPurpose, NotAllowed
from entente.desk import Desk, House, sit

SESSION_COOKIE = "entente"
PURPOSE_COOKIE = "inquiry_purpose"
JUSTIFICATION_COOKIE = "inquiry_justification"
OWN_DESK = "own desk"


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


class DoorKeeper(Protocol):
    """Admits callers (rooms.bureaus.door.Door)."""

    def admit(self, session: str = "", key: str = "") -> Known: ...

    def limit(self, who: str, rate: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Why an officer asks: a purpose from the list and a case reference or reason."""

    purpose: str
    justification: str


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in officer as pages show him: `bureau` is its code."""

    name: str
    bureau: str
    roles: tuple[str, ...]


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

    @property
    def officer(self) -> Known:
        if self.known is None:
            self.known = self.door.admit(self.session, self.key)
            self.state.me = Me(self.known.name, self.known.code, tuple(sorted(self.known.roles)))
        return self.known

    def asker(self, inquiry: Inquiry | None) -> Asker:
        """The caller with a reason. Raises NoPurpose, and NotAllowed for oversight by a non-reviewer."""
        who = self.officer
        if inquiry is None:
            raise NoPurpose()
        purpose = purpose_of(inquiry.purpose)
        if purpose is Purpose.OVERSIGHT and not who.reviewer:
            raise NotAllowed("Oversight is for reviewers.")
        if self.discreet and Role.SUPERVISOR not in who.roles:
            raise NotAllowed("A discreet search is for supervisors.")
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
        return sit(self.house, self.asker(self.inquiry), act, writing)

    def at_own_desk(
        self, act: str = "", writing: bool = False, reason: str = OWN_DESK
    ) -> AbstractContextManager[Desk]:
        """Sit down for the bureau's own business (inbox, own records): nothing foreign is opened by it."""
        return sit(self.house, self.asker(Inquiry("desk", reason)), act, writing)


def purpose_of(slug: str) -> Purpose:
    """The purpose of a slug. Raises NoPurpose when it is not in the closed list."""
    try:
        return Purpose[slug.strip().upper()]
    except KeyError:
        allowed = ", ".join((p.name or "").lower() for p in Purpose)
        raise NoPurpose(f"“{slug[:40]}” is not a purpose. Use one of: {allowed}.") from None


async def at_door(
    request: Request,
    authorization: Annotated[str, Header(description="`Bearer` and a key")] = "",
    entente_purpose: Annotated[str, Header(description="Why: a purpose from the list")] = "",
    entente_justification: Annotated[
        str, Header(description="Case reference or reason, percent-encoded UTF-8")
    ] = "",
    entente_discreet: Annotated[str, Header(description="`yes`: tell no owner, get no contacts")] = "",
) -> Caller:
    """The caller of an API request: a key or a session, and the reason in two headers."""
    key = authorization.removeprefix("Bearer ").strip() if authorization.startswith("Bearer ") else ""
    inquiry = None
    if entente_purpose or entente_justification:
        inquiry = Inquiry(entente_purpose, unquote(entente_justification))
    return _caller(request, key, inquiry, entente_discreet == "yes")


async def at_page(request: Request) -> Caller:
    """The caller of a page: a session, and the inquiry he opened, in cookies."""
    purpose = request.cookies.get(PURPOSE_COOKIE, "")
    inquiry = None
    if purpose:
        inquiry = Inquiry(purpose, unquote(request.cookies.get(JUSTIFICATION_COOKIE, "")))
    return _caller(request, "", inquiry, False)


def _caller(request: Request, key: str, inquiry: Inquiry | None, discreet: bool) -> Caller:
    state: Any = request.app.state
    session = "" if key else request.cookies.get(SESSION_COOKIE, "")
    request.state.inquiry = inquiry
    grid_ms = state.settings.answer_grid_ms
    return Caller(state.house, state.door, session, key, inquiry, request.state, discreet, grid_ms)


AtDoor = Annotated[Caller, Depends(at_door)]
AtPage = Annotated[Caller, Depends(at_page)]
