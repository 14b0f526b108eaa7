"""How values are spelled in rows, and read back; the memory twin checks its input with the same rules."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson

from entente.core.access import Handling, Level, Purpose, Status
from entente.core.things import Thing
from entente.engines.seams import Reference

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_ZERO = EPOCH.date().toordinal()
MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Microseconds since 1970. A moment without a time zone is a ValueError."""
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return (at - EPOCH) // MICROSECOND


def moment(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


def day(on: date) -> int:
    """Days since 1970."""
    return on.toordinal() - DAY_ZERO


def on(day: int) -> date:
    return date.fromordinal(day + DAY_ZERO)


def plain(*words: str) -> None:
    """Raise ValueError for what a database cannot keep as text: NUL, half of a surrogate pair."""
    text = "\n".join(words)
    if "\0" in text:
        raise ValueError("text must not hold NUL")
    if not text.isascii():
        text.encode()


def raw_id(id: str) -> bytes | None:
    """The 16 bytes of an id, or None for what is not an id (so that asking for it finds nothing)."""
    try:
        raw = bytes.fromhex(id)
    except ValueError:
        return None
    return raw if len(raw) == 16 and raw.hex() == id else None


def must_be_id(id: str) -> bytes:
    raw = raw_id(id)
    if raw is None:
        raise ValueError(f"an id is 32 hexadecimal digits in lower case, not {id!r}")
    return raw


Mark = tuple[str, str, str, str, int | None, int | None]
"""A reference: to, property, side, far, first and last day."""
Marks = tuple[list[str], list[Mark]]
"""Keys, and references: each once, in order."""


def marks_of(keys: Iterable[str], references: Iterable[Reference]) -> Marks:
    """ValueError for what cannot be kept. Of references that differ in their days alone, the last holds."""
    kept = sorted(set(keys))
    days = {
        (r.to, r.prop, r.side, r.far): (day(r.since) if r.since else None, day(r.until) if r.until else None)
        for r in references
    }
    ties = [(*one, *days[one]) for one in sorted(days)]
    plain(*kept, *(word for _, prop, side, *_ in ties for word in (prop, side)))
    for to, _, _, far, *_ in ties:
        must_be_id(to)
        if far:
            must_be_id(far)
    return kept, ties


def marks_text(marks: Marks) -> str:
    """Marks as canonical JSON, each id spelled once: equal marks, equal text."""
    keys, ties = marks
    if not keys and not ties:
        return ""
    ids = sorted({id for to, _, _, far, *_ in ties for id in (to, far)})
    at = {id: place for place, id in enumerate(ids)}
    rows = [[at[to], prop, side, at[far], since, until] for to, prop, side, far, since, until in ties]
    return orjson.dumps([keys, ids, *rows]).decode()


def marks_from(marks: str) -> Marks:
    if not marks:
        return [], []
    keys, ids, *rows = orjson.loads(marks)
    return keys, [(ids[to], prop, side, ids[far], since, until) for to, prop, side, far, since, until in rows]


def row_of(thing: Thing, marks: Marks) -> dict[str, Any]:
    """The columns of a thing that it brings itself. ValueError for what cannot be kept."""
    plain(thing.kind, thing.ref, thing.grade)
    try:
        body = orjson.dumps(thing.body, option=orjson.OPT_SORT_KEYS).decode()
    except TypeError as wrong:
        raise ValueError(f"the body cannot be kept: {wrong}") from wrong
    return {
        "id": must_be_id(thing.id),
        "kind": thing.kind,
        "expires": day(thing.expires),
        "created": micros(thing.created),
        "changed": micros(thing.changed),
        "grade": thing.grade,
        "ref": thing.ref,
        "marks": marks_text(marks),
        "body": body,
    }


COLUMNS = (
    *("n", "id", "kind", "class_id", "expires", "version"),
    *("place", "created", "changed", "grade", "ref", "body"),
)
"""What `thing_of` reads, in this order."""


def thing_of(row: Sequence[Any], handling: Handling) -> Thing:
    n, id, kind, class_id, expires, version, place, created, changed, grade, ref, body = row
    return Thing(
        id.hex(),
        kind,
        handling,
        {name: tuple(values) for name, values in orjson.loads(body).items()},
        date.fromordinal(expires + DAY_ZERO),
        grade,
        ref,
        version,
        EPOCH + timedelta(microseconds=created),
        EPOCH + timedelta(microseconds=changed),
        n,
        class_id,
        place,
    )


def label_of(handling: Handling) -> str:
    """A handling as canonical JSON: equal handlings, equal text."""
    label = {
        "owner": int(handling.owner),
        "see": f"{handling.see:x}",
        "hint": f"{handling.hint:x}",
        "watch": bool(handling.watch),
        "need": sorted(handling.need),
        "purposes": int(handling.purposes),
        "level": int(handling.level),
        "status": int(handling.status),
    }
    return json.dumps(label, sort_keys=True, separators=(",", ":"))


def handling_from(label: str) -> Handling:
    told = json.loads(label)
    return Handling(
        owner=told["owner"],
        see=int(told["see"], 16),
        hint=int(told["hint"], 16),
        watch=told["watch"],
        need=frozenset(told["need"]),
        purposes=Purpose(told["purposes"]),
        level=Level(told["level"]),
        status=Status(told["status"]),
    )
