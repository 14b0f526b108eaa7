"""Keeping things: many at once, one way for a single put and for loading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Delete, Insert, Select, Update, bindparam, delete, insert, select, update

from entente.core.things import Thing
from entente.engines.store.line import Line, among, batches
from entente.engines.store.rows import marks_from, moment
from entente.engines.store.tables import GONE, key, thing, tie, version

OWN = ("kind", "class_id", "expires", "grade", "ref", "body")
"""What a version consists of."""


@dataclass(frozen=True, slots=True)
class Row:
    """A thing to be kept, and its columns so far."""

    thing: Thing
    columns: dict[str, Any]


def standing(line: Line, ids: Sequence[bytes]) -> dict[bytes, dict[str, Any]]:
    """What stands now under these ids, erased or not: column name to value."""
    return {
        row[0]: dict(zip(_STANDING, row, strict=True))
        for size, named in batches(ids)
        for row in line.ask(_standing, size, **named)
    }


def keep(line: Line, rows: Sequence[Row], fits: Callable[[Row, int], None] | None = None) -> list[Thing]:
    """Keep each row as the newest version and return the things as kept, in order.

    `fits(row, stored version)` may refuse a row; without it, rows equal to what stands are left alone
    and do not stand in the answer.
    """
    stands = standing(line, [row.columns["id"] for row in rows])
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    old: list[dict[str, Any]] = []
    kept: list[Thing] = []
    for row in rows:
        columns, now = row.columns, stands.get(row.columns["id"])
        if fits:
            fits(row, now["version"] if now else 0)
        elif now and now["marks"] == columns["marks"] and all(now[c] == columns[c] for c in OWN):
            continue
        columns["n"] = now["n"] if now else line.next(thing.c.n)
        columns["version"] = now["version"] + 1 if now else 1
        columns["place"] = line.next(thing.c.place)
        if now and now["class_id"] != GONE:
            columns["created"] = now["created"]
            old.append(now)
        (changed if now else new).append(columns)
        numbers = {name: columns[name] for name in ("n", "class_id", "version", "place")}
        kept.append(replace(row.thing, created=moment(columns["created"]), **numbers))
    line.tell_all(_insert_version, [{c: now[c] for c in _VERSION} for now in old])
    unhang(line, old)
    line.tell_all(_insert, new)
    line.tell_all(_change, [{f"new_{name}": value for name, value in c.items()} for c in changed])
    _hang(line, [*new, *changed])
    return kept


def unhang(line: Line, rows: Sequence[dict[str, Any]]) -> None:
    """Take away the keys and references of what stands."""
    marks = [(row, *marks_from(row["marks"])) for row in rows]
    line.tell_all(_drop_key, [{"of": k, "at_place": row["place"]} for row, keys, _ in marks for k in keys])
    ties = [(to, prop, row["n"]) for row, _, ties in marks for to, prop in ties]
    line.tell_all(_drop_tie, [{"of": bytes.fromhex(to), "at_prop": p, "at_n": n} for to, p, n in ties])


def _hang(line: Line, rows: Sequence[dict[str, Any]]) -> None:
    marks = [(row, *marks_from(row["marks"])) for row in rows]
    line.tell_all(
        _insert_key,
        [{"key": k, "place": row["place"], "n": row["n"]} for row, keys, _ in marks for k in keys],
    )
    line.tell_all(
        _insert_tie,
        [{"to_id": bytes.fromhex(to), "prop": p, "n": row["n"]} for row, _, ties in marks for to, p in ties],
    )


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


def _insert_tie() -> Insert:
    return insert(tie)


def _drop_key() -> Delete:
    return delete(key).where(key.c.key == bindparam("of"), key.c.place == bindparam("at_place"))


def _drop_tie() -> Delete:
    return delete(tie).where(
        tie.c.to_id == bindparam("of"), tie.c.prop == bindparam("at_prop"), tie.c.n == bindparam("at_n")
    )
