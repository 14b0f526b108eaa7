"""The bureau's key in the hands of who calls: opened anew for each request, remembered by nobody."""

from entente.core.problems import Locked, NotSignedIn
from entente.desk import Desk
from entente.rooms.bureaus import holding, signing_in
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
        return opened_with_key(desk, caller.key)
    _, session = signing_in.by_session(desk.as_house(), caller.session)
    if not session.first("holder"):
        raise Locked()
    return holding.by_token(desk, session, caller.session)


def opened_with_key(desk: Desk, key: str) -> Opened:
    """A machine's key as a holder. Raises Locked, NotSignedIn."""
    machine = signing_in.by_key(desk.as_house(), key)
    holder = holding.of_credential(desk, "key", machine.id)
    if holder is None:
        raise Locked()
    try:
        return holding.opened(holder, key.removeprefix("entente_").encode())
    except Unopened:
        raise Locked() from None


__all__ = ["Keyring", "NotSignedIn", "held", "opened", "opened_with_key", "unlock", "unlock_with_key"]
