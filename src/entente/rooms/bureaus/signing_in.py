"""Signing in: passwords, one-time links, sessions, keys. Passkeys are in passkeys.py.

Everything is answered in the same words, whether the officer exists or not (no user enumeration).
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from entente.core.problems import Fault, Faulty, NotAllowed, NotSignedIn
from entente.core.things import NEVER, Thing
from entente.desk import HOUSE_ASKER, HOUSE_HANDLING, Desk, House, sit
from entente.rooms.bureaus.model import Officer, officer_of
from entente.rooms.bureaus.service import digest, key_key, mail_key

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=30)
LINK_LASTS = timedelta(hours=24)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1000
FRESH_FOR = timedelta(minutes=15)
"""How long after signing in an officer may change how he signs in."""
_hasher = PasswordHasher()
_DUMMY = _hasher.hash("nobody's password")


@dataclass(frozen=True, slots=True)
class Session:
    """A fresh session: the token goes into a cookie, the house keeps its digest."""

    token: str
    officer: Officer


def open_session(desk: Desk, officer: Thing, how: str, hours: int) -> Session:
    """Start a session for an officer who has proved who he is."""
    token = secrets.token_urlsafe(32)
    until = desk.now + timedelta(hours=hours)
    kept = desk.keep(
        "Session",
        {
            "officer": officer.id,
            "how": how,
            "until": _stamp(until),
            "seen": _stamp(desk.now),
        },
        HOUSE_HANDLING,
        expires=until.date() + timedelta(days=1),
        keys=(f"session:{digest(token)}", f"sessions-of:{officer.id}"),
    )
    desk.note("sign-in", object=officer.id, how=how)
    return Session(token, officer_of(officer, kept.id))


def close_sessions(desk: Desk, officer: str, only: str = "") -> None:
    """Revoke an officer's sessions, or one of them; holds at the very next request."""
    ended = [s.id for s in _all_sessions(desk, officer) if only in {"", s.id}]
    for session in ended:
        desk.erase(session)
    if ended:
        desk.new_epoch()
    desk.note("sign-out", object=officer, sessions=len(ended))


def close_others(desk: Desk, officer: str, kept: str) -> None:
    """Revoke all of an officer's sessions but one: he changed how he signs in."""
    ended = [s.id for s in _all_sessions(desk, officer) if s.id != kept]
    for session in ended:
        desk.erase(session)
    if ended:
        desk.new_epoch()


def must_be_fresh(desk: Desk, session: str) -> None:
    """Refuse what a stolen session must not do unless it is fresh. Raises NotAllowed."""
    kept = desk.look_all([session]).get(session)
    if kept is None or kept.created + FRESH_FOR < desk.now:
        raise NotAllowed("Sign out and in again first: this is for an officer who signed in a moment ago.")


def _all_sessions(desk: Desk, officer: str) -> list[Thing]:
    return [t for _, t in desk.find([f"sessions-of:{officer}"], limit=100_000)]


def sessions_of(desk: Desk, officer: str) -> list[Thing]:
    """An officer's open sessions."""
    return [s for s in _all_sessions(desk, officer) if moment(s.first("until")) > desk.now]


# --- proving who one is --------------------------------------------------------------------------


def with_password(house: House, bureau: str, email: str, password: str, hours: int) -> Session:
    """Sign in with a password. Five failures lock it for half an hour (CJIS). Raises NotSignedIn.

    Exactly one slow hash is made, for nobody too, and before the writer's turn is taken.
    """
    with house.store.reading() as tx:
        kept = _password(Desk(house, HOUSE_ASKER, tx, writing=False), bureau, email)
    hashed = kept.first("hash") if kept else _DUMMY
    right = _matches(hashed, password[:LONGEST_PASSWORD])
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        kept = _password(desk, bureau, email)
        if kept and kept.first("hash") == hashed and moment(kept.first("locked")) <= desk.now:
            if right:
                if kept.first("failures") != "0":
                    _count(desk, kept, 0)
                return open_session(desk, desk.look(kept.first("officer")), "password", hours)
            _count(desk, kept, int(kept.first("failures", "0")) + 1)
        desk.note("sign-in", object=kept.first("officer") if kept else "", outcome="refused", how="password")
    raise NotSignedIn("Bureau, address or password is not right, or the account is locked for a while.")


def _password(desk: Desk, bureau: str, email: str) -> Thing | None:
    """The password, as kept, of the active officer of a bureau with this address."""
    active = [t for _, t in desk.find([mail_key(bureau, email)]) if t.first("active") == "yes"]
    return next((t for _, t in desk.find([f"password-of:{o.id}" for o in active])), None)


def hash_password(password: str) -> str:
    """The slow hash of a new password; made before sitting down, for it takes a while. Raises Faulty.

    At least 12 characters; nothing else is demanded (NIST SP 800-63B).
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Faulty(
            faults=(Fault("password", "It must have 12 to 1,000 characters", "A sentence is good."),)
        )
    return _hasher.hash(password)


def set_password(desk: Desk, officer: str, hashed: str) -> None:
    """Set an officer's password (as `hash_password` made it)."""
    body = {"officer": officer, "hash": hashed, "failures": "0"}
    keys = (f"password-of:{officer}",)
    id = desk.house.ids.of("password", officer)
    desk.keep("Password", body, HOUSE_HANDLING, id=id, version=0, expires=NEVER, keys=keys)
    desk.note("administer", object=officer, what="password set")


def make_link(desk: Desk, officer: str) -> str:
    """A token for /sign-in/link/…, good once and for a day; older ones are no longer good."""
    _spend_links(desk, officer)
    token = secrets.token_urlsafe(32)
    desk.keep(
        "Ticket",
        {"officer": officer, "use": "link", "until": _stamp(desk.now + LINK_LASTS)},
        HOUSE_HANDLING,
        expires=desk.today + timedelta(days=2),
        keys=(f"ticket:{digest(token)}", f"links-of:{officer}"),
    )
    desk.note("administer", object=officer, what="sign-in link made")
    return token


def _spend_links(desk: Desk, officer: str) -> None:
    for _, ticket in desk.find([f"links-of:{officer}"]):
        desk.erase(ticket.id)


def with_link(house: House, token: str, hours: int) -> Session:
    """Sign in with a one-time link; it is gone with the first use. Raises NotSignedIn."""
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        officer = spend_ticket(desk, token, "link")
        if officer:
            _spend_links(desk, officer.id)
            return open_session(desk, officer, "link", hours)
        desk.note("sign-in", outcome="refused", how="link")
    raise NotSignedIn("This link was used already, or is too old.")


def spend_ticket(desk: Desk, token: str, use: str) -> Thing | None:
    """The officer a ticket is for; the ticket is erased in the same transaction."""
    ticket = next((t for _, t in desk.find([f"ticket:{digest(token)}"])), None)
    if ticket is None or ticket.first("use") != use:
        return None
    desk.erase(ticket.id)
    if moment(ticket.first("until")) <= desk.now:
        return None
    officer = desk.look_all([ticket.first("officer")]).get(ticket.first("officer"))
    return officer if officer and officer.first("active") == "yes" else None


# --- the door ------------------------------------------------------------------------------------


def by_session(desk: Desk, token: str) -> tuple[Officer, Thing]:
    """Who holds this session. Raises NotSignedIn."""
    session = next((t for _, t in desk.find([f"session:{digest(token)}"])), None)
    if session and moment(session.first("until")) > desk.now:
        officer = desk.look_all([session.first("officer")]).get(session.first("officer"))
        if officer and officer.first("active") == "yes":
            return officer_of(officer, session.id), session
    raise NotSignedIn()


def touch(desk: Desk, token: str) -> None:
    """Keep that a session is in use."""
    session = next((t for _, t in desk.find([f"session:{digest(token)}"])), None)
    if session:
        body = {**session.body, "seen": (_stamp(desk.now),)}
        keys = (f"session:{digest(token)}", f"sessions-of:{session.first('officer')}")
        desk.change(session, body=body, keys=keys)
    desk.note("sign-in", object=session.first("officer") if session else "", outcome="in use")


def by_key(desk: Desk, key: str) -> Officer:
    """Which machine holds this key. Raises NotSignedIn."""
    kept = next((t for _, t in desk.find([key_key(key.removeprefix("entente_"))])), None)
    if kept is None or kept.first("active") != "yes":
        raise NotSignedIn()
    return replace(officer_of(kept), machine=True)


def _count(desk: Desk, kept: Thing, failures: int) -> None:
    locked = {"locked": (_stamp(desk.now + LOCKED_FOR),)} if failures >= MOST_FAILURES else {}
    body = {**kept.body, "failures": (str(0 if locked else failures),), **locked}
    desk.change(kept, body=body, keys=(f"password-of:{kept.first('officer')}",))


def _matches(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except VerificationError:
        return False


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text or "2000-01-01T00:00:00+00:00")


__all__ = [
    "Session",
    "by_key",
    "by_session",
    "close_others",
    "close_sessions",
    "hash_password",
    "make_link",
    "moment",
    "must_be_fresh",
    "open_session",
    "sessions_of",
    "set_password",
    "spend_ticket",
    "touch",
    "with_link",
    "with_password",
]
