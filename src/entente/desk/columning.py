"""Feeds the columns engine from the store: every kind whose things are rows of numbers (SHAPED).

See feeding.py for how an index follows the store. What makes the rows is imported at the first of them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from entente.core.kinds import Model
from entente.core.things import Body, Thing
from entente.desk.feeding import Feed, Properties, last_day
from entente.desk.house import House
from entente.engines.columns import Lines, Record
from entente.engines.seams import Transaction

BATCH = 5000
REMADE = "figures/remade until"
"""Note: the change up to which the index must be made again. Nobody waits for it: what the engine lacks is
read from the store, or refused where it is too much (columns.py)."""
MADE_OF = "figures/made of"
"""Note: the spaces that the index was made with. Others of this build, and it is made again."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How things of a kind become lines of a space. `lines_of` raises nothing; none: not in the index."""

    space: str
    lines_of: Callable[[str, Body], Lines]


def _of_seizures(kind: str, body: Body) -> Lines:
    from entente.match.goods.columns import rows_of  # noqa: PLC0415

    return rows_of(kind, body)


SHAPED: Mapping[str, Shape] = {"Seizure": Shape("seizures@1", _of_seizures)}
"""By kind. Another layout of the same lines is another space."""


def kinds_of(space: str) -> tuple[str, ...]:
    """The kinds whose things have lines in a space."""
    return tuple(kind for kind, shape in SHAPED.items() if shape.space == space)


def spaces_of(model: Model) -> Properties:
    """The space of each kind that has one, as the feed takes it."""
    return {kind: (shape.space,) for kind, shape in SHAPED.items() if kind in model.kinds}


def rows_of(thing: Thing, spaces: tuple[str, ...]) -> Iterator[Record]:
    """A thing's lines as the engine keeps them."""
    for space in spaces:
        lines = SHAPED[thing.kind].lines_of(thing.kind, thing.body)
        if len(lines):
            yield Record(thing.n, thing.class_id, last_day(thing), space, lines)


FEED = Feed("figures", REMADE, lambda house: house.columns, spaces_of, rows_of)


def step(house: House) -> int:
    """Apply the next batch of changes; returns how many there were (0: the index is up to date).

    An index that was made with other layouts is thrown away first.
    """
    with house.store.reading() as tx:
        made_of = tx.notes.read(MADE_OF)
    if made_of != _made_of():
        throw_away(house)
        with house.bookkeeping() as tx:
            tx.notes.write(MADE_OF, _made_of())
        return 1
    return FEED.step(house, BATCH)


def is_to_be_trusted(house: House, tx: Transaction, watermark: int) -> bool:
    """Whether what the engine held at a watermark is of this store, in this version's layouts.

    An engine that is ahead of the transaction was fed since that began; one that is ahead of the store is of
    a later store, from before an older copy was put back.
    """
    if watermark == 0:
        return True
    if tx.notes.read(MADE_OF) != _made_of():
        return False
    if watermark <= tx.upkeep.newest():
        return True
    with house.store.reading() as now:
        return watermark <= now.upkeep.newest()


def _made_of() -> str:
    return " ".join(sorted(f"{kind}:{shape.space}" for kind, shape in SHAPED.items()))


def throw_away(house: House) -> None:
    """Throw the index away; the next steps make it again."""
    FEED.throw_away(house)


def catch_up(house: House) -> None:
    """Bring the index up to date with everything committed before this call."""
    while step(house):
        pass


def rebuild(house: House) -> None:
    """Throw the index away and make it again from the store."""
    throw_away(house)
    catch_up(house)
