"""The bureau's key in the hands of who calls: opened anew for each request, remembered by nobody."""

from entente.core.problems import Absent, Locked
from entente.desk import Desk
from entente.rooms.bureaus import administering, holding, key_changes, signing_in
from entente.rooms.bureaus.bureau_keys import BureauKey
from entente.rooms.bureaus.holding import Keyring, Opened
from entente.rooms.bureaus.sealing import Unopened
from entente.web.callers import Caller


def unlock(desk: Desk, caller: Caller) -> Keyring:
    """The keys of the caller's bureau, as his session or his machine's key opens them. Raises Locked."""
    return holding.ring_of(desk, opened(desk, caller))


def unlock_with_key(desk: Desk, key: str) -> Keyring:
    """The same for a machine's key on the command line. Raises Locked, NotSignedIn."""
    return holding.ring_of(desk, opened_with_key(desk, key))


def held(desk: Desk, caller: Caller) -> Keyring | None:
    """The caller's keys, or None where his credential opens none."""
    try:
        return unlock(desk, caller)
    except Locked:
        return None


def opened(desk: Desk, caller: Caller) -> Opened:
    """The caller's credential as a holder, whether or not it holds a key. Raises Locked, NotSignedIn."""
    known = caller.officer
    if known.machine:
        return _machine(desk, known.id, caller.key)
    _, session = signing_in.by_session(desk.as_house(), caller.session)
    if not session.first("holder"):
        raise Locked()
    return holding.by_token(desk, session, caller.session)


def opened_with_key(desk: Desk, key: str) -> Opened:
    """A machine's key as a holder. Raises Locked, NotSignedIn."""
    return _machine(desk, signing_in.by_key(desk.as_house(), key).id, key)


def _machine(desk: Desk, id: str, key: str) -> Opened:
    holder = holding.of_credential(desk, "key", id)
    if holder is None:
        raise Locked()
    try:
        return holding.opened(holder, key.removeprefix("entente_").encode())
    except Unopened:
        raise Locked() from None


# --- what an administrator does with it, in person and a moment after signing in -------------------


def next_key(desk: Desk, caller: Caller, how: str) -> BureauKey:
    """The next generation of one's own bureau's key: `rotate`, or `anew` after a loss. Raises Locked."""
    signing_in.must_be_fresh(desk.as_house(), caller.officer.session)
    if how == "rotate":
        return key_changes.rotate(desk, unlock(desk, caller))
    return key_changes.found_anew(desk, opened(desk, caller))


def revoke(desk: Desk, caller: Caller, fingerprint: str) -> BureauKey:
    """Revoke a key of one's own bureau, because others know it. Raises Absent."""
    signing_in.must_be_fresh(desk.as_house(), caller.officer.session)
    return key_changes.revoke(desk, fingerprint)


def give(desk: Desk, caller: Caller, id: str) -> int:
    """Give the bureau's key to the credentials of an officer or a machine that wait; how many did.

    Raises Absent, NotYours, Locked, Faulty.
    """
    owner = desk.as_house().look(id)
    if owner.kind == "Officer":
        owner = administering.one(desk, id)
    elif owner.kind != "Key" or owner.first("bureau") != str(desk.asker.bureau):
        raise Absent()
    signing_in.must_be_fresh(desk.as_house(), caller.officer.session)
    return key_changes.give(desk, owner, held(desk, caller))
