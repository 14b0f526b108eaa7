"""The journal's rows. Nothing here changes or drops a leaf."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, Select, Update, bindparam, insert, literal_column, select, update

from entente.engines.seams import Checkpoint, Entry
from entente.engines.store.line import Line
from entente.engines.store.rows import micros, moment, plain
from entente.engines.store.tables import checkpoint, entry

_FIELDS = ("id", "at", "act", "bureau", "officer", "leaf", "private", "object", "place")
_READ = [entry.c[name] for name in _FIELDS]
_CHECKPOINT = [checkpoint.c[name] for name in ("size", "root", "at", "signature")]


def columns_of(entry: Entry) -> dict[str, Any]:
    """The columns of an entry, but for its place. ValueError for what cannot be kept."""
    plain(entry.id, entry.act, entry.officer, entry.object, entry.private)
    return {
        "id": entry.id,
        "at": micros(entry.at),
        "act": entry.act,
        "bureau": entry.bureau,
        "officer": entry.officer,
        "object": entry.object,
        "leaf": entry.leaf,
        "private": entry.private,
    }


FURTHEST = 2**62


class SqlEntries:
    """`Entries` in a transaction."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def append(self, entries: Sequence[Entry]) -> None:
        self.append_columns([columns_of(e) for e in entries])

    def append_columns(self, rows: Sequence[dict[str, Any]]) -> None:
        self._line.must_write()
        self._line.tell_all(_insert, [{**row, "place": self._line.next(entry.c.place)} for row in rows])

    def read(
        self,
        after: int,
        limit: int,
        act: str = "",
        bureau: int | None = None,
        object: str = "",
        backwards: bool = False,
    ) -> list[Entry]:
        plain(act, object)
        narrow = {"by_act": act or None, "by_bureau": bureau, "by_object": object or None}
        narrow = {name: value for name, value in narrow.items() if value is not None}
        from_here = (after or FURTHEST) if backwards else after
        rows = self._line.ask(_read, backwards, *narrow, after=from_here, most=limit, **narrow)
        return [_entry(row) for row in rows]

    def get(self, id: str) -> Entry | None:
        plain(id)
        rows = self._line.ask(_get, of=id)
        return _entry(rows[0]) if rows else None

    def forget(self, before: datetime, act: str) -> int:
        plain(act)
        return self._line.tell(_forget, of=act, before=micros(before), empty="")

    def checkpoint(self, made: Checkpoint) -> None:
        self._line.tell(
            _insert_checkpoint, size=made.size, root=made.root, at=micros(made.at), signature=made.signature
        )

    def checkpoints(self, after_size: int = -1, limit: int = 1000, newest: bool = False) -> list[Checkpoint]:
        rows = self._line.ask(_checkpoints, newest, after=after_size, most=1 if newest else limit)
        return [Checkpoint(size, root, moment(at), signature) for size, root, at, signature in rows]


def _entry(row: Sequence[Any]) -> Entry:
    id, at, *rest = row
    return Entry(id, moment(at), *rest)


def _insert() -> Insert:
    return insert(entry)


def _read(backwards: bool, *narrow: str) -> Select[Any]:
    place = entry.c.place
    chosen = select(*_READ).where(place < bindparam("after") if backwards else place > bindparam("after"))
    for name in narrow:
        chosen = chosen.where(entry.c[name.removeprefix("by_")] == bindparam(name))
    if "by_object" in narrow:
        chosen = chosen.where(entry.c.object != literal_column("''"))  # lets the partial index serve
    return chosen.order_by(place.desc() if backwards else place).limit(bindparam("most"))


def _get() -> Select[Any]:
    return select(*_READ).where(entry.c.id == bindparam("of"))


def _forget() -> Update:
    kept = entry.c.private != literal_column("''")
    return (
        update(entry)
        .where(entry.c.act == bindparam("of"), entry.c.at < bindparam("before"), kept)
        .values(private=bindparam("empty"))
    )


def _insert_checkpoint() -> Insert:
    return insert(checkpoint)


def _checkpoints(newest: bool) -> Select[Any]:
    size = checkpoint.c.size
    chosen = select(*_CHECKPOINT).where(size > bindparam("after"))
    return chosen.order_by(size.desc() if newest else size).limit(bindparam("most"))
