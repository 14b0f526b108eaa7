"""How an index beside the store follows it: fed with changes, thrown away when broken, made again.

As with names (indexer.py), the store is the truth. What an index is asked while it is made again is refused,
never answered in part.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

import structlog

from entente.core.kinds import Model
from entente.core.things import Thing
from entente.desk.house import House
from entente.engines.seams import Transaction
from entente.engines.segments import Corrupt

log = structlog.get_logger()
R = TypeVar("R")
R_contra = TypeVar("R_contra", contravariant=True)
Properties = Mapping[str, tuple[str, ...]]
"""Names of the properties that an index is made of, by kind; of kinds that have any."""
_EPOCH = date(1970, 1, 1)


class Fed(Protocol[R_contra]):
    """An engine as far as it is fed."""

    def apply(self, rows: Iterable[R_contra], gone: Sequence[int], watermark: int) -> None: ...

    def watermark(self) -> int: ...

    def wipe(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Feed(Generic[R]):
    """One index. `called`: what it is an index of; `remade`: the note that says up to which change it must
    be made again before it is asked. `rows_of`: a thing's rows, from these of its properties."""

    called: str
    remade: str
    engine: Callable[[House], Fed[R]]
    properties: Callable[[Model], Properties]
    rows_of: Callable[[Thing, tuple[str, ...]], Iterator[R]]

    def step(self, house: House, batch: int) -> int:
        """Apply the next batch of changes; returns how many there were (0: the index is up to date).

        A broken index is thrown away; the next steps make it again. With no change to apply, the engine
        tidies what it put off.
        """
        try:
            return self._step(house, batch)
        except Corrupt as why:
            log.warning(f"the index of {self.called} is broken and made again", why=str(why))
            self.throw_away(house)
            return 1

    def _step(self, house: House, batch: int) -> int:
        properties, engine = self.properties(house.model), self.engine(house)
        after = engine.watermark()
        with house.store.reading() as tx:
            changes = tx.upkeep.changes(after, batch, tuple(properties)) if properties else []
            newest = changes[-1].place if len(changes) == batch else tx.upkeep.newest()
        if newest < after:  # the store was put back from an older copy: what the index knows may be deleted
            self.throw_away(house)
            return 1
        rows: list[R] = []
        gone: list[int] = []
        for change in changes:
            thing = change.thing
            own = list(self.rows_of(thing, properties[thing.kind])) if thing else []
            rows += own
            if not own:  # deleted, or left without any
                gone.append(change.n)
        engine.apply(rows, gone, newest)
        return 0 if newest == after else len(changes) or 1

    def notice_missing(self, house: House) -> None:
        """At the start: an index that holds nothing of a store that holds something is being made again.

        Otherwise a folder that somebody removed would answer "nothing like it" until it is full again.
        """
        with house.store.reading() as tx:
            newest, known = tx.upkeep.newest(), int(tx.notes.read(self.remade) or 0)
        if newest > known and self._holds_nothing(house):
            with house.bookkeeping() as tx:
                tx.notes.write(self.remade, str(newest))

    def _holds_nothing(self, house: House) -> bool:
        try:
            return self.engine(house).watermark() == 0
        except Corrupt:
            return False  # the next step throws it away

    def is_remade(self, house: House, tx: Transaction) -> bool:
        """Whether the index was thrown away and does not yet hold again what it held."""
        until = int(tx.notes.read(self.remade) or 0)
        return until > 0 and self.engine(house).watermark() < until

    def throw_away(self, house: House) -> None:
        """Throw the index away; it is not asked until it holds again what the store holds now."""
        with house.bookkeeping() as tx:
            tx.notes.write(self.remade, str(tx.upkeep.newest()))
        self.engine(house).wipe()


def properties_of(model: Model, *types: str) -> Properties:
    """The properties of one of these types, by kind; of kinds that have any."""
    held = {
        kind.name: tuple(p.name for p in kind.properties.values() if p.type in types)
        for kind in model.kinds.values()
        if not kind.abstract
    }
    return {name: found for name, found in held.items() if found}


def last_day(thing: Thing) -> int:
    """Expiry as engines keep it: days since 1970."""
    return (thing.expires - _EPOCH).days
