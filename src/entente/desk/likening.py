"""Feeds the vectors engine from the store: every kind with properties of type `likeness`.

The name of the property is the space its hashes lie in. As with names (indexer.py), the store is the
truth and the index can be thrown away.
"""

from collections.abc import Iterator
from datetime import date

import structlog

from entente.core.kinds import Model
from entente.core.things import Thing
from entente.desk.house import House
from entente.engines.seams import Transaction
from entente.engines.vectors import Corrupt, Likeness

log = structlog.get_logger()
BATCH = 5000
REMADE = "likenesses/remade until"
"""Note: the change up to which the index must be made again before a likeness is looked for."""
TYPE = "likeness"
_EPOCH = date(1970, 1, 1)


def spaces_of(model: Model) -> dict[str, tuple[str, ...]]:
    """The properties that hold likenesses, by kind; of kinds that have any."""
    held = {
        kind.name: tuple(p.name for p in kind.properties.values() if p.type == TYPE)
        for kind in model.kinds.values()
        if not kind.abstract
    }
    return {name: spaces for name, spaces in held.items() if spaces}


def rows_of(thing: Thing, spaces: tuple[str, ...]) -> Iterator[Likeness]:
    """A thing's hashes as the engine keeps them, each once."""
    day = (thing.expires - _EPOCH).days
    for space in spaces:
        for value in dict.fromkeys(thing.body.get(space, ())):
            yield Likeness(thing.n, thing.class_id, day, space, bytes.fromhex(value))


def step(house: House) -> int:
    """Apply the next batch of changes; returns how many there were (0: the index is up to date).

    A broken index is thrown away; the next steps make it again. With no change to apply, the engine
    tidies what it put off.
    """
    try:
        return _step(house)
    except Corrupt as why:
        log.warning("the index of likenesses is broken and made again", why=str(why))
        throw_away(house)
        return 1


def _step(house: House) -> int:
    spaces = spaces_of(house.model)
    after = house.vectors.watermark()
    with house.store.reading() as tx:
        changes = tx.upkeep.changes(after, BATCH, tuple(spaces)) if spaces else []
        newest = changes[-1].place if len(changes) == BATCH else tx.upkeep.newest()
    if newest < after:  # the store was put back from an older copy: what the index knows may be deleted
        throw_away(house)
        return 1
    rows: list[Likeness] = []
    gone: list[int] = []
    for change in changes:
        own = list(rows_of(change.thing, spaces[change.thing.kind])) if change.thing else []
        rows += own
        if not own:  # deleted, or left without a hash
            gone.append(change.n)
    house.vectors.apply(rows, gone, newest)
    return 0 if newest == after else len(changes) or 1


def notice_missing(house: House) -> None:
    """At the start: an index that holds nothing of a store that holds something is being made again.

    Otherwise a folder that somebody removed would answer "nothing like it" until it is full again.
    """
    with house.store.reading() as tx:
        newest, known = tx.upkeep.newest(), int(tx.notes.read(REMADE) or 0)
    if newest > known and _holds_nothing(house):
        with house.bookkeeping() as tx:
            tx.notes.write(REMADE, str(newest))


def _holds_nothing(house: House) -> bool:
    try:
        return house.vectors.watermark() == 0
    except Corrupt:
        return False  # the next step throws it away


def is_remade(house: House, tx: Transaction) -> bool:
    """Whether the index was thrown away and does not yet hold again what it held."""
    until = int(tx.notes.read(REMADE) or 0)
    return until > 0 and house.vectors.watermark() < until


def throw_away(house: House) -> None:
    """Throw the index away; likenesses are refused until it holds again what the store holds now."""
    with house.bookkeeping() as tx:
        tx.notes.write(REMADE, str(tx.upkeep.newest()))
    house.vectors.wipe()


def catch_up(house: House) -> None:
    """Bring the index up to date with everything committed before this call."""
    while step(house):
        pass


def rebuild(house: House) -> None:
    """Throw the index away and make it again from the store."""
    throw_away(house)
    catch_up(house)
