"""Signing in: passwords, one-time links, sessions, keys. Passkeys are in passkeys.py.

Everything is answered in the same words, whether the officer exists or not (no user enumeration).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerificationError
from argon2.low_level import hash_secret_raw

from entente.core.problems import Fault, Faulty, NotSignedIn, Stale
from entente.core.things import NEVER, Thing
from entente.desk import HOUSE_ASKER, HOUSE_HANDLING, Desk, House, sit
from entente.rooms.bureaus import holding, key_changes
from entente.rooms.bureaus.holding import Keyring, Opened
from entente.rooms.bureaus.model import Officer, officer_of
from entente.rooms.bureaus.sealing import Unopened
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


@dataclass(frozen=True, slots=True)
class Standing:
    """How an officer stands. `fresh`: his session is, as `must_be_fresh` has it; `returns`: a password or a
    passkey of his signs him in again, so that he may sign out without a new link."""

    fresh: bool
    returns: bool


def open_session(desk: Desk, officer: Thing, how: str, hours: int, opened: Opened | None = None) -> Session:
    """Start a session for an officer who has proved who he is.

    `opened`: the holder of the bureau's key that his credential opened; the session's token opens it from
    then on. A bureau that has no key yet founds it so.
    """
    token = secrets.token_urlsafe(32)
    until = desk.now + timedelta(hours=hours)
    id, expires = desk.house.ids.fresh(), until.date() + timedelta(days=1)
    if opened and how == "link":
        opened = Opened(holding.moved(desk, opened.holder, id, expires), opened.private)
    kept = desk.keep(
        "Session",
        {
            "officer": officer.id,
            "how": how,
            "until": _stamp(until),
            "seen": _stamp(desk.now),
            **(holding.under_token(desk, opened, token) if opened else {}),
        },
        HOUSE_HANDLING,
        id=id,
        expires=expires,
        keys=(f"session:{digest(token)}", f"sessions-of:{officer.id}"),
    )
    desk.note("sign-in", object=officer.id, how=how)
    if opened:
        key_changes.arrive(desk, opened)
    return Session(token, officer_of(officer, kept.id))


def close_sessions(desk: Desk, officer: str, only: str = "") -> None:
    """Revoke an officer's sessions, or one of them; holds at the very next request."""
    ended = [s.id for s in _all_sessions(desk, officer) if only in {"", s.id}]
    _end(desk, ended)
    desk.note("sign-out", object=officer, sessions=len(ended))


def close_others(desk: Desk, officer: str, kept: str) -> None:
    """Revoke all of an officer's sessions but one: he changed how he signs in."""
    _end(desk, [s.id for s in _all_sessions(desk, officer) if s.id != kept])


def _end(desk: Desk, sessions: Sequence[str]) -> None:
    for session in sessions:
        holding.drop_credential(desk, "session", session)
        desk.erase(session)
    if sessions:
        desk.new_epoch()


def must_be_fresh(desk: Desk, session: str) -> None:
    """Refuse what a stolen session must not do unless it is fresh. Raises Stale."""
    kept = desk.look_all([session]).get(session)
    if kept is None or kept.created + FRESH_FOR < desk.now:
        raise Stale()


def standing(desk: Desk, officer: str, session: str) -> Standing:
    """What pages say beforehand of what `must_be_fresh` will refuse."""
    kept = desk.look_all([session]).get(session)
    return Standing(
        fresh=kept is not None and kept.created + FRESH_FOR >= desk.now,
        returns=bool(desk.find([f"password-of:{officer}", f"passkeys-of:{officer}"])),
    )


def _all_sessions(desk: Desk, officer: str) -> list[Thing]:
    return [t for _, t in desk.find([f"sessions-of:{officer}"], limit=100_000)]


def sessions_of(desk: Desk, officer: str) -> list[Thing]:
    """An officer's open sessions."""
    return [s for s in _all_sessions(desk, officer) if moment(s.first("until")) > desk.now]


# --- proving who one is --------------------------------------------------------------------------


def with_password(house: House, bureau: str, email: str, password: str, hours: int) -> Session:
    """Sign in with a password. Five failures lock it for half an hour (CJIS). Raises NotSignedIn.

    Exactly one slow hash is made, for nobody and of a locked password too, and before the writer's turn is
    taken; one more, of which the bureau's key is opened, where the password proved right and lets in.
    """
    with house.store.reading() as tx:
        reader = Desk(house, HOUSE_ASKER, tx, writing=False)
        kept = _password(reader, bureau, email)
        holder = holding.of_credential(reader, "password", kept.first("officer")) if kept else None
    hashed = kept.first("hash") if kept else _DUMMY
    right = _matches(hashed, password[:LONGEST_PASSWORD])
    salt = holder.first("salt") if holder else _new_salt()
    # While it is locked, a right guess takes no longer than a wrong one.
    lets_in = kept is not None and not _locked(reader, kept)
    secret = _stretched(password[:LONGEST_PASSWORD], salt) if right and lets_in else b""
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        kept = _password(desk, bureau, email)
        if kept and lets_in and kept.first("hash") == hashed and not _locked(desk, kept):
            if right:
                if kept.first("failures") != "0":
                    _count(desk, kept, 0)
                officer = desk.look(kept.first("officer"))
                opened = _opened_by_password(desk, officer, salt, secret)
                return open_session(desk, officer, "password", hours, opened)
            _count(desk, kept, int(kept.first("failures", "0")) + 1)
        desk.note("sign-in", object=kept.first("officer") if kept else "", outcome="refused", how="password")
    raise NotSignedIn("Bureau, address or password is not right, or the account is locked for a while.")


def _password(desk: Desk, bureau: str, email: str) -> Thing | None:
    """The password, as kept, of the active officer of a bureau with this address."""
    active = [t for _, t in desk.find([mail_key(bureau, email)]) if t.first("active") == "yes"]
    return next((t for _, t in desk.find([f"password-of:{o.id}" for o in active])), None)


def _opened_by_password(desk: Desk, officer: Thing, salt: str, secret: bytes) -> Opened | None:
    """The password as a holder; made one at its first use where it was set before there were holders."""
    holder = holding.of_credential(desk, "password", officer.id)
    if holder is None:
        bureau = int(officer.first("bureau"))
        return holding.hold(desk, officer.id, bureau, "password", secret, credential=officer.id, salt=salt)
    try:
        return holding.opened(holder, secret)
    except Unopened:
        return None


@dataclass(frozen=True, slots=True)
class Hashed:
    """A new password: what proves it, and the secret stretched from it with a salt of its own, by which it
    opens the bureau's key. The secret is never kept."""

    proof: str
    salt: str
    secret: bytes = field(repr=False)


def hash_password(password: str) -> Hashed:
    """The slow hashes of a new password; made before sitting down, for they take a while. Raises Faulty.

    At least 12 characters; nothing else is demanded (NIST SP 800-63B).
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Faulty(
            faults=(Fault("password", "It must have 12 to 1,000 characters", "A sentence is good."),)
        )
    salt = _new_salt()
    return Hashed(_hasher.hash(password), salt, _stretched(password, salt))


def set_password(
    desk: Desk, officer: str, hashed: Hashed, ring: Keyring | None = None, session: str = ""
) -> None:
    """Set an officer's password (as `hash_password` made it).

    `ring`: what the acting session holds of his bureau's keys; `session`: its id, if it is his own.
    """
    body = {"officer": officer, "hash": hashed.proof, "failures": "0"}
    keys = (f"password-of:{officer}",)
    id = desk.house.ids.of("password", officer)
    desk.keep("Password", body, HOUSE_HANDLING, id=id, version=0, expires=NEVER, keys=keys)
    holding.drop_credential(desk, "password", officer, session)
    bureau = int(desk.look(officer).first("bureau"))
    made = holding.hold(
        desk, officer, bureau, "password", hashed.secret, credential=officer, salt=hashed.salt
    )
    holding.grant_if_same(desk, made.holder, ring)
    desk.note("administer", object=officer, what="password set")


def make_link(desk: Desk, officer: str, ring: Keyring | None = None) -> str:
    """A token for /sign-in/link/…, good once and for a day; older ones are no longer good.

    `ring`: what the acting session holds; without it (or of another bureau) the link waits for the key.
    """
    _spend_links(desk, officer)
    token = secrets.token_urlsafe(32)
    expires = desk.today + timedelta(days=2)
    kept = desk.keep(
        "Ticket",
        {"officer": officer, "use": "link", "until": _stamp(desk.now + LINK_LASTS)},
        HOUSE_HANDLING,
        expires=expires,
        keys=(f"ticket:{digest(token)}", f"links-of:{officer}"),
    )
    bureau = int(desk.look(officer).first("bureau"))
    made = holding.hold(desk, officer, bureau, "link", token.encode(), credential=kept.id, expires=expires)
    holding.grant_if_same(desk, made.holder, ring)
    desk.note("administer", object=officer, what="sign-in link made")
    return token


def _spend_links(desk: Desk, officer: str) -> None:
    for _, ticket in desk.find([f"links-of:{officer}"]):
        holding.drop_credential(desk, "link", ticket.id)
        desk.erase(ticket.id)


def with_link(house: House, token: str, hours: int) -> Session:
    """Sign in with a one-time link; it is gone with the first use. Raises NotSignedIn."""
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        session = spend_link(desk, token, hours)
        if session:
            return session
        desk.note("sign-in", outcome="refused", how="link")
    raise NotSignedIn("This link was used already, or is too old.")


def spend_link(desk: Desk, token: str, hours: int) -> Session | None:
    """The session that a one-time link opens, or None; the link is erased in the same transaction."""
    ticket = next((t for _, t in desk.find([f"ticket:{digest(token)}"])), None)
    if ticket is None or ticket.first("use") != "link":
        return None
    holder = holding.of_credential(desk, "link", ticket.id)
    opened = holding.opened(holder, token.encode()) if holder else None
    officer = desk.look_all([ticket.first("officer")]).get(ticket.first("officer"))
    session = None
    if officer and officer.first("active") == "yes" and moment(ticket.first("until")) > desk.now:
        session = open_session(desk, officer, "link", hours, opened)
    _spend_links(desk, ticket.first("officer"))
    return session


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


def _locked(desk: Desk, kept: Thing) -> bool:
    return moment(kept.first("locked")) > desk.now


def _matches(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except VerificationError:
        return False


def _new_salt() -> str:
    """A fresh salt, with the cost that holds for it: `time,memory,lanes,salt`."""
    cost = f"{_hasher.time_cost},{_hasher.memory_cost},{_hasher.parallelism}"
    return f"{cost},{secrets.token_hex(16)}"


def _stretched(password: str, salt: str) -> bytes:
    """The secret by which a password opens the bureau's key (Argon2id, as dear as the password's proof)."""
    time_cost, memory_cost, lanes, salted = salt.split(",")
    return hash_secret_raw(
        password.encode("utf-8", "surrogatepass"),
        bytes.fromhex(salted),
        time_cost=int(time_cost),
        memory_cost=int(memory_cost),
        parallelism=int(lanes),
        hash_len=32,
        type=Type.ID,
    )


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text or "2000-01-01T00:00:00+00:00")


__all__ = [
    "Hashed",
    "Session",
    "Standing",
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
    "spend_link",
    "standing",
    "touch",
    "with_link",
    "with_password",
]
