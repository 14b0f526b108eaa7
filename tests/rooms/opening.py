"""What the tests of bureaus' keys share: who opens which, and all that is kept."""

from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from entente.desk import Desk, House
from entente.rooms.bureaus import Door, Keyring, unlock
from entente.web.callers import Caller
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
