"""Feeds the vectors engine from the store: every kind with properties of type `likeness`.

The name of the property is the space its hashes lie in. See feeding.py for how it follows the store.
"""

from collections.abc import Iterator

from entente.core.kinds import Model
from entente.core.things import Thing
from entente.desk.feeding import Feed, Properties, last_day, properties_of
from entente.desk.house import House
from entente.engines.seams import Transaction
from entente.engines.vectors import Likeness

BATCH = 5000
REMADE = "likenesses/remade until"
"""Note: the change up to which the index must be made again before a likeness is looked for."""
TYPE = "likeness"


def spaces_of(model: Model) -> Properties:
    """The properties that hold likenesses, by kind; of kinds that have any."""
    return properties_of(model, TYPE)


def rows_of(thing: Thing, spaces: tuple[str, ...]) -> Iterator[Likeness]:
    """A thing's hashes as the engine keeps them, each once."""
    for space in spaces:
        for value in dict.fromkeys(thing.body.get(space, ())):
            yield Likeness(thing.n, thing.class_id, last_day(thing), space, bytes.fromhex(value))


FEED = Feed("likenesses", REMADE, lambda house: house.vectors, spaces_of, rows_of)


def step(house: House) -> int:
    """Apply the next batch of changes; returns how many there were (0: the index is up to date)."""
    return FEED.step(house, BATCH)


def notice_missing(house: House) -> None:
    """At the start: an index that holds nothing of a store that holds something is being made again."""
    FEED.notice_missing(house)


def is_remade(house: House, tx: Transaction) -> bool:
    """Whether the index was thrown away and does not yet hold again what it held."""
    return FEED.is_remade(house, tx)


def throw_away(house: House) -> None:
    """Throw the index away; likenesses are refused until it holds again what the store holds now."""
    FEED.throw_away(house)


def catch_up(house: House) -> None:
    """Bring the index up to date with everything committed before this call."""
    while step(house):
        pass


def rebuild(house: House) -> None:
    """Throw the index away and make it again from the store."""
    throw_away(house)
    catch_up(house)
