"""Interned handlings, and the epoch in which views of them hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import Insert, Select, bindparam, func, insert, select

from entente.core.access import Handling
from entente.engines.store.line import Line
from entente.engines.store.notes import SqlNotes
from entente.engines.store.rows import handling_from, label_of, plain
from entente.engines.store.tables import class_

EPOCH_NOTE = "store/epoch"


@dataclass(frozen=True, slots=True)
class Known:
    """Committed classes, numbered from 0 without gaps. Never changed, only replaced by a longer one."""

    table: Mapping[int, Handling] = field(default_factory=dict)
    ids: Mapping[Handling, int] = field(default_factory=dict)

    def with_more(self, more: Mapping[int, Handling]) -> "Known":
        return Known({**self.table, **more}, {**self.ids, **{h: c for c, h in more.items()}})


class Memory:
    """What a store remembers of its classes between transactions."""

    def __init__(self) -> None:
        self.known = Known()

    def learn(self, known: Known) -> None:
        if len(known.table) > len(self.known.table):
            self.known = known


class SqlClasses:
    """`Classes` in a transaction. What it interns is remembered by the store at the commit only."""

    def __init__(self, line: Line, memory: Memory, notes: SqlNotes) -> None:
        self._line = line
        self._memory = memory
        self._notes = notes
        self.known = memory.known

    def table(self) -> Mapping[int, Handling]:
        count = self._line.ask(_count)[0][0]
        if count > len(self.known.table):
            self._load()
        table = self.known.table
        if count < len(table):  # another transaction committed more since this snapshot was taken
            table = {c: h for c, h in table.items() if c < count}
        return MappingProxyType(dict(table) if count < len(table) else table)

    def handling(self, class_id: int) -> Handling:
        """The handling of a class that stands in a row. KeyError cannot happen in a sound store."""
        try:
            return self.known.table[class_id]
        except KeyError:
            self._load()
            return self.known.table[class_id]

    def intern(self, handling: Handling) -> int:
        known = self.known.ids.get(handling)
        if known is not None:
            return known
        self._line.must_write()
        self._load()  # another process may have been before us
        known = self.known.ids.get(handling)
        if known is not None:
            return known
        plain(*handling.need)
        new = len(self.known.table)
        self._line.tell(_insert, class_id=new, label=label_of(handling))
        self.known = self.known.with_more({new: handling})
        self.bump()
        return new

    def epoch(self) -> int:
        return int(self._notes.read(EPOCH_NOTE) or 0)

    def bump(self) -> int:
        epoch = self.epoch() + 1
        self._notes.write(EPOCH_NOTE, str(epoch))
        return epoch

    def _load(self) -> None:
        rows = self._line.ask(_newer, known=len(self.known.table))
        if rows:
            self.known = self.known.with_more({c: handling_from(label) for c, label in rows})

    def remember(self) -> None:
        """Hand what was read or committed on to the transactions that follow."""
        self._memory.learn(self.known)


def _count() -> Select[tuple[int]]:
    return select(func.coalesce(func.max(class_.c.class_id), -1) + 1)


def _newer() -> Select[tuple[int, str]]:
    return select(class_.c.class_id, class_.c.label).where(class_.c.class_id >= bindparam("known"))


def _insert() -> Insert:
    return insert(class_)
