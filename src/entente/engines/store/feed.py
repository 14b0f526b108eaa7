"""What the house does for itself with things: what changed, what expires, what is erased."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Delete, Select, Update, bindparam, delete, func, literal_column, select, update

from entente.core.things import Thing
from entente.engines.seams import Change
from entente.engines.store.classes import SqlClasses
from entente.engines.store.keeping import standing, unhang
from entente.engines.store.line import Line, among, batches
from entente.engines.store.rows import COLUMNS, day, micros, moment, on, plain, raw_id, thing_of
from entente.engines.store.tables import GONE, thing, version

ALL = [thing.c[name] for name in COLUMNS]


class SqlUpkeep:
    """`Upkeep` in a transaction."""

    def __init__(self, line: Line, classes: SqlClasses) -> None:
        self._line = line
        self._classes = classes

    def changes(self, after: int, limit: int, kinds: Sequence[str] = ()) -> list[Change]:
        rows = self._narrowed(_changes, kinds, after=after, most=limit)
        return [Change(row[0], row[1], row[2].hex(), self._thing(row[1:])) for row in rows]

    def newest(self) -> int:
        rows = self._line.ask(_newest)
        return int(rows[0][0]) if rows else 0

    def expiring(self, until: date, limit: int, kinds: Sequence[str] = ()) -> list[Thing]:
        rows = self._narrowed(_expiring, kinds, until=day(until), most=limit)
        return [thing_of(row, self._classes.handling(row[3])) for row in rows]

    def ending(self, after: date, until: date, kinds: Sequence[str] = ()) -> list[tuple[int, date, int]]:
        rows = self._narrowed(_ending, kinds, after=day(after), until=day(until))
        return [(class_id, on(expires), many) for class_id, expires, many in rows]

    def erase(self, ids: Sequence[str], at: datetime) -> None:
        self._line.must_write()
        raw = [r for r in map(raw_id, dict.fromkeys(ids)) if r is not None]
        now = standing(self._line, raw)
        living = [now[r] for r in raw if r in now and now[r]["class_id"] != GONE]
        unhang(self._line, living)
        self._line.tell_all(_drop_versions, [{"of": row["n"]} for row in living])
        empty = {"gone": GONE, "none": "", "bare": "{}", "zero": 0, "never": None, "at": micros(at)}
        self._line.tell_all(
            _erase, [{"of": row["n"], "to": self._line.next(thing.c.place), **empty} for row in living]
        )

    def erased(self, after: datetime) -> list[tuple[str, datetime]]:
        return [(raw.hex(), moment(at)) for raw, at in self._line.ask(_erased, after=micros(after))]

    def _narrowed(self, make: Any, kinds: Sequence[str], **bound: Any) -> list[Any]:
        plain(*kinds)
        if not kinds:
            return self._line.ask(make, 0, **bound)
        ((size, named),) = batches(sorted(set(kinds)))
        return self._line.ask(make, size, **named, **bound)

    def _thing(self, row: Sequence[Any]) -> Thing | None:
        return None if row[3] == GONE else thing_of(row, self._classes.handling(row[3]))


def _changes(kinds: int) -> Select[Any]:
    told = select(thing.c.place, *ALL).where(thing.c.place > bindparam("after"))
    if kinds:
        told = told.where(among(thing.c.kind, kinds) | (thing.c.class_id == GONE))
    return told.order_by(thing.c.place).limit(bindparam("most"))


def _newest() -> Select[Any]:
    return select(thing.c.place).order_by(thing.c.place.desc()).limit(1)


def _expiring(kinds: int) -> Select[Any]:
    due = select(*ALL).where(thing.c.expires <= bindparam("until"))
    if kinds:
        # as an expression, so that no planner prefers the index on kind and sorts all of it
        due = due.where(
            among(func.coalesce(thing.c.kind, literal_column("''"), type_=thing.c.kind.type), kinds)
        )
    return due.order_by(thing.c.expires, thing.c.n).limit(bindparam("most"))


def _ending(kinds: int) -> Select[Any]:
    t = thing.c
    due = select(t.class_id, t.expires, func.count()).where(
        t.expires > bindparam("after"), t.expires <= bindparam("until")
    )
    if kinds:
        due = due.where(among(func.coalesce(t.kind, literal_column("''"), type_=t.kind.type), kinds))
    return due.group_by(t.class_id, t.expires).order_by(t.expires, t.class_id)


def _drop_versions() -> Delete:
    return delete(version).where(version.c.n == bindparam("of"))


def _erase() -> Update:
    word: Any = bindparam("none")
    return (
        update(thing)
        .where(thing.c.n == bindparam("of"))
        .values(
            class_id=bindparam("gone"),
            expires=bindparam("never"),
            place=bindparam("to"),
            changed=bindparam("at"),
            created=bindparam("zero"),
            kind=word,
            grade=word,
            ref=word,
            marks=word,
            body=bindparam("bare"),
        )
    )


def _erased() -> Select[Any]:
    gone = (thing.c.class_id == literal_column("-1")) & (thing.c.changed > bindparam("after"))
    return select(thing.c.id, thing.c.changed).where(gone).order_by(thing.c.changed, thing.c.id)
