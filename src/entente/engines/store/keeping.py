"""Keeping things: many at once, one way for a single put and for loading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Delete, Insert, Select, Update, bindparam, delete, insert, select, update

from entente.core.access import Handling
from entente.core.things import Thing
from entente.engines.store.line import Line, among, batches
from entente.engines.store.rows import Mark, Marks, marks_from, moment
from entente.engines.store.tables import GONE, key, thing, tie, version

OWN = ("kind", "class_id", "expires", "grade", "ref", "body")
"""What a version consists of."""


@dataclass(frozen=True, slots=True)
class Row:
    """A thing to be kept: its columns (completed by `keep`), and what hangs on it."""

    thing: Thing
    columns: dict[str, Any]
    marks: Marks

    def kept(self) -> Thing:
        """The thing with what only the store knows."""
        numbers = {name: self.columns[name] for name in ("n", "class_id", "version", "place")}
        return replace(self.thing, created=moment(self.columns["created"]), **numbers)


def standing(line: Line, ids: Sequence[bytes]) -> dict[bytes, dict[str, Any]]:
    """What stands now under these ids, erased or not: column name to value."""
    return {
        row[0]: dict(zip(_STANDING, row, strict=True))
        for size, named in batches(ids)
        for row in line.ask(_standing, size, **named)
    }


def keep(
    line: Line,
    rows: Sequence[Row],
    intern: Callable[[Handling], int],
    fits: Callable[[Row, int], None] | None = None,
) -> int:
    """Keep each row as the newest version; returns how many were new or changed.

    `fits(row, stored version)` may refuse a row; without it, rows equal to what stands are left alone.
    """
    stands = standing(line, [row.columns["id"] for row in rows])
    kept: list[Row] = []
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    old: list[dict[str, Any]] = []
    for row in rows:
        columns, now = row.columns, stands.get(row.columns["id"])
        if fits:
            fits(row, now["version"] if now else 0)
        columns["class_id"] = intern(row.thing.handling)
        if not fits and now and now["marks"] == columns["marks"] and all(now[c] == columns[c] for c in OWN):
            continue
        kept.append(row)
        columns["n"] = now["n"] if now else line.next(thing.c.n)
        columns["version"] = now["version"] + 1 if now else 1
        columns["place"] = line.next(thing.c.place)
        if now and now["class_id"] != GONE:
            columns["created"] = now["created"]
            old.append(now)
        (changed if now else new).append(columns)
    line.tell_all(_insert_version, [{c: now[c] for c in _VERSION} for now in old])
    unhang(line, old)
    line.tell_all(_insert, new)
    line.tell_all(_change, [{f"new_{name}": value for name, value in c.items()} for c in changed])
    _hang(line, kept)
    return len(kept)


def unhang(line: Line, rows: Sequence[dict[str, Any]]) -> None:
    """Take away the keys and references of what stands."""
    keys, ties = [], []
    for row in rows:
        n, place, kind, marks = row["n"], row["place"], row["kind"], marks_from(row["marks"])
        keys += [{"of": key, "at_place": place} for key in marks[0]]
        ties += [
            {
                "of": bytes.fromhex(to),
                "at_kind": kind,
                "at_side": side,
                "at_far": bytes.fromhex(far),
                "at_n": n,
                "at_prop": prop,
            }
            for to, prop, side, far, _since, _until in marks[1]
        ]
    line.tell_all(_drop_key, keys)
    line.tell_all(_drop_tie, ties)


def _hang(line: Line, rows: Sequence[Row]) -> None:
    keys, ties = [], []
    for row in rows:
        n, place = row.columns["n"], row.columns["place"]
        keys += [{"key": key, "place": place, "n": n} for key in row.marks[0]]
        own = {name: row.columns[name] for name in ("n", "kind", "class_id", "expires")}
        ties += tie_rows(own, row.marks[1])
    keys.sort(key=lambda key: key["key"])  # what lies together is written together
    ties.sort(key=lambda tie: tie["to_id"])
    line.tell_all(_insert_key, keys)
    line.tell_all(insert_tie, ties)


def tie_rows(own: dict[str, Any], marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """The rows of what a thing names; `own`: its n, kind, class_id and expires."""
    return [
        {
            **own,
            "to_id": bytes.fromhex(to),
            "prop": prop,
            "side": side,
            "far": bytes.fromhex(far),
            "since": since,
            "until": until,
        }
        for to, prop, side, far, since, until in marks
    ]


_STANDING = ("id", "n", "version", "place", "created", "changed", "marks", *OWN)
_VERSION = tuple(column.name for column in version.c)
_NEW = tuple(column.name for column in thing.c if column.name not in ("n", "id"))


def _standing(size: int) -> Select[Any]:
    return select(*(thing.c[name] for name in _STANDING)).where(among(thing.c.id, size))


def _insert() -> Insert:
    return insert(thing)


def _change() -> Update:
    return (
        update(thing)
        .where(thing.c.n == bindparam("new_n"))
        .values({name: bindparam(f"new_{name}") for name in _NEW})
    )


def _insert_version() -> Insert:
    return insert(version)


def _insert_key() -> Insert:
    return insert(key)


def insert_tie() -> Insert:
    return insert(tie)


def _drop_key() -> Delete:
    return delete(key).where(key.c.key == bindparam("of"), key.c.place == bindparam("at_place"))


def _drop_tie() -> Delete:
    return delete(tie).where(
        tie.c.to_id == bindparam("of"),
        tie.c.kind == bindparam("at_kind"),
        tie.c.side == bindparam("at_side"),
        tie.c.far == bindparam("at_far"),
        tie.c.n == bindparam("at_n"),
        tie.c.prop == bindparam("at_prop"),
    )
