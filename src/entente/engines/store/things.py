"""Things in one transaction: the reads, all through the one predicate; how they are kept is in keeping.py."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, select

from entente.core.access import View
from entente.core.problems import OutOfDate
from entente.core.things import Thing
from entente.engines.seams import Reference
from entente.engines.store.classes import SqlClasses
from entente.engines.store.keeping import Row, keep
from entente.engines.store.line import Line, among, batches, in_view, seen
from entente.engines.store.rows import COLUMNS, day, marks_of, plain, raw_id, row_of, thing_of
from entente.engines.store.tables import key, thing

FURTHEST = 2**62
ALL = [thing.c[name] for name in COLUMNS]


class SqlThings:
    """`Things` in a transaction."""

    def __init__(self, line: Line, classes: SqlClasses) -> None:
        self._line = line
        self._classes = classes

    def put(self, thing: Thing, keys: Sequence[str] = (), references: Sequence[Reference] = ()) -> Thing:
        row = self._spell(thing, keys, references)
        keep(self._line, [row], self._classes.intern, self._must_fit)
        return row.kept()

    def put_many(self, rows: Sequence[tuple[Thing, Sequence[str], Sequence[Reference]]]) -> int:
        spelled = [self._spell(*row) for row in rows]
        if len({row.columns["id"] for row in spelled}) < len(spelled):
            raise ValueError("an id stands twice among the rows")
        return keep(self._line, spelled, self._classes.intern)

    def get(self, ids: Sequence[str], view: View) -> list[Thing]:
        raw = [r for r in map(raw_id, dict.fromkeys(ids)) if r is not None]
        found = {t.id: t for t in self._among(_get, raw, view)}
        return [found[id] for id in ids if id in found]

    def rows(self, ns: Sequence[int], view: View) -> list[Thing]:
        return list(self._among(_rows, list(dict.fromkeys(ns)), view))

    def find(self, keys: Sequence[str], view: View, limit: int = 200) -> list[tuple[str, Thing]]:
        plain(*keys)
        found: list[tuple[str, Thing]] = []
        for size, values in batches(sorted(set(keys))):
            rows = self._line.ask(_find, size, **values, **seen(view), most=limit - len(found))
            found += [(row[0], self._thing(row[1:])) for row in rows]
            if len(found) >= limit:
                break
        return found

    def listing(
        self,
        view: View,
        kinds: Sequence[str],
        key: str = "",
        after: int = 0,
        limit: int = 50,
        expires: date | None = None,
    ) -> list[tuple[int, Thing]]:
        plain(key, *kinds)
        bound: dict[str, Any] = {**seen(view), "before": after or FURTHEST, "most": limit}
        if key:
            bound["of"] = key
        if expires:
            bound["ending"] = day(expires)
        rows: list[Any] = []
        # one question for each kind: each walks its own index from the newest and stops at the limit
        for narrow in [{"one_kind": kind} for kind in set(kinds)] or [{}]:
            rows += self._line.ask(_listing, bool(key), bool(narrow), bool(expires), **bound, **narrow)
        rows.sort(key=lambda row: -row[0])
        return [(row[0], self._thing(row[1:])) for row in rows[:limit]]

    def _among(self, make: Any, values: Sequence[Any], view: View) -> Iterable[Thing]:
        for size, named in batches(values):
            for row in self._line.ask(make, size, **named, **seen(view)):
                yield self._thing(row)

    def _thing(self, row: Sequence[Any]) -> Thing:
        return thing_of(row, self._classes.handling(row[3]))

    def _spell(self, thing: Thing, keys: Sequence[str], references: Sequence[Reference]) -> Row:
        self._line.must_write()
        marks = marks_of(keys, references)
        return Row(thing, row_of(thing, marks), marks)

    @staticmethod
    def _must_fit(row: Row, stored: int) -> None:
        if row.thing.version not in (0, stored + 1):
            raise OutOfDate(f"version {row.thing.version} cannot follow version {stored}")


class SqlAgenda:
    """`Agenda` in a transaction: a range of the key table's own order."""

    def __init__(self, line: Line, classes: SqlClasses) -> None:
        self._line = line
        self._classes = classes

    def between(self, start: str, end: str, view: View, limit: int) -> list[tuple[str, Thing]]:
        plain(start, end)
        rows = self._line.ask(_between, first=start, last=end, most=limit, **seen(view))
        return [(row[0], thing_of(row[1:], self._classes.handling(row[4]))) for row in rows]


def _get(size: int) -> Select[Any]:
    return select(*ALL).where(among(thing.c.id, size), in_view())


def _rows(size: int) -> Select[Any]:
    return select(*ALL).where(among(thing.c.n, size), in_view())


def _find(size: int) -> Select[Any]:
    carried = select(key.c.key, *ALL).join(thing, thing.c.n == key.c.n)
    return (
        carried.where(among(key.c.key, size), in_view())
        .order_by(key.c.key, thing.c.id)
        .limit(bindparam("most"))
    )


def _between() -> Select[Any]:
    carried = select(key.c.key, *ALL).join(thing, thing.c.n == key.c.n)
    ranged = (key.c.key >= bindparam("first"), key.c.key < bindparam("last"))
    return carried.where(*ranged, in_view()).order_by(key.c.key, thing.c.id).limit(bindparam("most"))


def _listing(by_key: bool, one_kind: bool, one_day: bool) -> Select[Any]:
    place = key.c.place if by_key else thing.c.place
    listed = select(place, *ALL).where(in_view(), place < bindparam("before"))
    if by_key:
        listed = listed.join(key, key.c.n == thing.c.n).where(key.c.key == bindparam("of"))
    if one_kind:
        listed = listed.where(thing.c.kind == bindparam("one_kind"))
    if one_day:
        listed = listed.where(thing.c.expires == bindparam("ending"))
    return listed.order_by(place.desc()).limit(bindparam("most"))
