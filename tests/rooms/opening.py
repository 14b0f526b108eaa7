"""What the tests of bureaus' keys share: who opens which, who was told, and all that is kept."""

from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from entente.core.problems import Locked
from entente.desk import Desk, House
from entente.rooms.bureaus import Door, Keyring, current_key, unlock
from entente.web.callers import Caller
from rooms.signing import at_house
from worlds.stage import Person


@contextmanager
def at_desk_of(house: House, who: Person) -> Iterator[tuple[Desk, Caller]]:
    """Somebody at his own desk, as a request would bring him there."""
    door = Door(house, 1e6, 1e6, 10_000_000)
    caller = Caller(house, door, who.session, who.key, None, SimpleNamespace())
    with caller.at_own_desk("see", writing=True) as desk:
        desk.note("see", what="keys")
        yield desk, caller


def ring_of(house: House, who: Person) -> Keyring:
    """The keys that somebody's session or key opens. Raises Locked, NotSignedIn."""
    with at_desk_of(house, who) as (desk, caller):
        return unlock(desk, caller)


def opens(house: House, who: Person) -> bool:
    try:
        ring_of(house, who)
    except Locked:
        return False
    return True


def alerts_of(house: House, bureau: int, what: str) -> list[str]:
    """What the bureau's alerts of a sort are about."""
    with at_house(house) as desk:
        desk.note("see", what="alerts")
        found = desk.inspect_all([f"alerts-new:{bureau}"])
    return [t.first("object") for _, t in found if t.first("what") == what]


def fingerprint(house: House, bureau: int = 2) -> str:
    with at_house(house) as desk:
        desk.note("see", what="keys")
        known = current_key(desk, bureau)
    return known.fingerprint if known else ""


def everything_kept(house: House) -> list[bytes]:
    """Every text of every thing there is or was, as it is kept and as what its base64 says; notes too."""
    store: Any = house.store
    state = store._state
    things = [k.thing for k in state.things.values() if k.thing] + [
        t for ts in state.before.values() for t in ts
    ]
    texts = [v for t in things for values in t.body.values() for v in values]
    texts += [key for k in state.things.values() for key in k.marks[0]] + list(state.notes.values())
    kept = [str(text).encode() for text in texts]
    for text in list(kept):
        try:
            kept.append(b64decode(text, validate=True))
        except (Error, ValueError):
            continue
    return [*kept, *(e.private.encode() for e in state.entries)]
