"""How things hang together, and how they were."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import FromClause, Select, bindparam, func, select

from entente.core.access import View
from entente.core.things import Thing
from entente.engines.links import NAMES, Bond
from entente.engines.store.classes import SqlClasses
from entente.engines.store.line import Line, among, batches, in_view, seen
from entente.engines.store.rows import COLUMNS, day, on, plain, raw_id, thing_of
from entente.engines.store.tables import thing, tie, version

ALL = [thing.c[name] for name in COLUMNS]
ANY_DAY = (-(2**31), 2**31 - 1)


class SqlTies:
    """`Ties` in a transaction."""

    def __init__(self, line: Line, classes: SqlClasses) -> None:
        self._line = line
        self._classes = classes

    def links(self, id: str, view: View, limit: int = 200) -> list[tuple[str, Thing]]:
        rows = self._line.ask(_links, to=raw_id(id) or b"", but=NAMES, **seen(view), most=limit)
        return [(row[0], thing_of(row[1:], self._classes.handling(row[4]))) for row in rows]

    def around(
        self,
        ids: Sequence[str],
        view: View,
        kinds: Sequence[str] = (),
        sides: Sequence[str] = (),
        since: date | None = None,
        until: date | None = None,
        each: int = 50,
        most: int = 2000,
    ) -> list[Bond]:
        plain(*kinds, *sides)
        size, named = next(batches(sorted(set(sides))), (0, {}))
        bound = {**seen(view), **named, **_window(since, until)}
        dated = bool(since or until)
        narrow = [{"of_kind": kind} for kind in sorted(set(kinds))] or [{}]
        found: list[Bond] = []
        for near in self._visible(ids, view):
            full = min(len(found) + each, most)
            # one question for each end (and kind): it walks its own part of the table and stops at the limit
            for one in narrow:
                if len(found) >= full:
                    break
                shape = (bool(kinds), size, dated)
                rows = self._line.ask(_around, *shape, **bound, **one, near=near, limit=full - len(found))
                found += [_bond(near, row) for row in rows]
        return found

    def counted(
        self, ids: Sequence[str], view: View, since: date | None = None, until: date | None = None
    ) -> list[tuple[str, str, str, int]]:
        bound = {**seen(view), **_window(since, until)}
        return [
            (near.hex(), kind, side, many)
            for near in self._visible(ids, view)
            for kind, side, many in self._line.ask(_counted, bool(since or until), **bound, near=near)
        ]

    def _visible(self, ids: Sequence[str], view: View) -> Iterator[bytes]:
        """Those of the ids that are in the view, in order."""
        raw = sorted({r for r in map(raw_id, ids) if r is not None})
        for size, named in batches(raw):
            yield from sorted(row[0] for row in self._line.ask(_seen, size, **named, **seen(view)))

    def history(self, id: str, view: View) -> list[Thing]:
        rows = self._line.ask(_newest_version, of=raw_id(id) or b"", **seen(view))
        if not rows:
            return []
        n, raw, _, class_id, _, _, place, created, *_ = rows[0]
        handling = self._classes.handling(class_id)
        newest = thing_of(rows[0], handling)
        before = self._line.ask(_versions, of=n)
        return [newest] + [
            thing_of(
                (n, raw, kind, class_id, expires, v, place, created, changed, grade, ref, body), handling
            )
            for kind, expires, v, changed, grade, ref, body in before
        ]


def _bond(near: bytes, row: Sequence[Any]) -> Bond:
    far, prop, side, link, kind, since, until = row
    days = (None if since is None else on(since), None if until is None else on(until))
    return Bond(near.hex(), far.hex(), prop, side, link.hex(), kind, *days)


def _window(since: date | None, until: date | None) -> dict[str, int]:
    if not (since or until):
        return {}
    return {
        "first": day(since) if since else ANY_DAY[0],
        "last": day(until) if until else ANY_DAY[1],
    }


def _seen(size: int) -> Select[Any]:
    return select(thing.c.id).where(among(thing.c.id, size), in_view())


def _links() -> Select[Any]:
    return (
        select(tie.c.prop, *ALL)
        .join(thing, thing.c.n == tie.c.n)
        .where(tie.c.to_id == bindparam("to"), tie.c.side != bindparam("but"), in_view(tie), in_view())
        .group_by(tie.c.prop, thing.c.id, thing.c.n)  # one that links it with several stands in several rows
        .order_by(tie.c.prop, thing.c.id)
        .limit(bindparam("most"))
    )


def _linked(far: FromClause, dated: bool, joined: FromClause, *columns: Any) -> Select[Any]:
    """Rows of one end: the link and the far end are in the view. The near end was looked at before."""
    chosen = (
        select(*columns)
        .select_from(joined)
        .where(tie.c.to_id == bindparam("near"), in_view(tie), in_view(far))
    )
    if dated:
        since, until = tie.c.since, tie.c.until
        chosen = chosen.where(
            since.is_not(None) | until.is_not(None),
            since.is_(None) | (since <= bindparam("last")),
            until.is_(None) | (until >= bindparam("first")),
        )
    return chosen


def _around(one_kind: bool, sides: int, dated: bool) -> Select[Any]:
    far, link, t = thing.alias("far_end"), thing.alias("link"), tie.c
    joined = tie.join(far, far.c.id == t.far).join(link, link.c.n == t.n)
    columns = (t.far, t.prop, t.side, link.c.id, t.kind, t.since, t.until)
    chosen = _linked(far, dated, joined, *columns)
    if one_kind:
        chosen = chosen.where(t.kind == bindparam("of_kind"))
    if sides:
        chosen = chosen.where(among(t.side, sides))
    return chosen.order_by(t.kind, t.side, t.far, t.n, t.prop).limit(bindparam("limit"))


def _counted(dated: bool) -> Select[Any]:
    far = thing.alias("far_end")
    joined = tie.join(far, far.c.id == tie.c.far)
    chosen = _linked(far, dated, joined, tie.c.kind, tie.c.side, func.count())
    return chosen.group_by(tie.c.kind, tie.c.side).order_by(tie.c.kind, tie.c.side)


def _newest_version() -> Select[Any]:
    return select(*ALL).where(thing.c.id == bindparam("of"), in_view())


def _versions() -> Select[Any]:
    v = version.c
    return (
        select(v.kind, v.expires, v.version, v.changed, v.grade, v.ref, v.body)
        .where(v.n == bindparam("of"))
        .order_by(v.version.desc())
    )
