"""FollowTheMoney JSON lines, in and out: one entity a line, {"id", "schema", "properties"}.

What a publisher adds beside these (caption, datasets, referents, first_seen, ...) says nothing of the
entity and is left out.
"""

from collections.abc import Iterator
from pathlib import Path

import orjson

from entente.core.things import Body
from entente.rooms.records.formats.rows import MOST_REF, Bad, Line, Row, lines_of

MOST_DEPTH = 16
"""Brackets within brackets of one line; an entity has 3."""

_NOT_BRACKETS = bytes(b for b in range(256) if b not in b"[]{}")


def read_ftm(path: Path) -> Iterator[Row | Bad]:
    """Every line of the file as a Row or a Bad; empty lines are passed over."""
    for line in lines_of(path):
        if isinstance(line, Bad):
            yield line
        elif line.data.strip():
            yield _row(line)


def write_ftm(kind: str, id: str, body: Body) -> bytes:
    """One line, with its end. Dates that are approximate or ranges keep their form (`~1971`, `1970/1975`)."""
    entity = {"id": id, "schema": kind, "properties": {name: list(values) for name, values in body.items()}}
    return orjson.dumps(entity, option=orjson.OPT_APPEND_NEWLINE)


def _row(line: Line) -> Row | Bad:
    if _too_deep(line.data):
        return Bad(line.number, f"is nested more than {MOST_DEPTH} deep")
    try:
        entity = orjson.loads(line.data)
    except orjson.JSONDecodeError as wrong:
        return Bad(line.number, f"is no JSON: {wrong}")
    if not isinstance(entity, dict):
        return Bad(line.number, "is no JSON object")
    id, kind, said = entity.get("id"), entity.get("schema"), entity.get("properties")
    if not isinstance(id, str) or not 0 < len(id) <= MOST_REF:
        return Bad(line.number, f'has no "id" of 1 to {MOST_REF} characters')
    if not isinstance(kind, str) or not kind:
        return Bad(line.number, 'has no "schema"')
    if not isinstance(said, dict):
        return Bad(line.number, 'has no "properties"')
    return Row(line.number, kind, id, said)


def _too_deep(data: bytes) -> bool:
    """Whether brackets outside of strings stand more than MOST_DEPTH deep; cost: one pass over the line."""
    if data.count(b"[") + data.count(b"{") <= MOST_DEPTH:
        return False
    unescaped = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    outside = b"".join(unescaped.split(b'"')[::2]).translate(None, _NOT_BRACKETS)
    depth = 0
    for sign in outside:
        depth += 1 if sign in b"[{" else -1
        if depth > MOST_DEPTH:
            return True
    return False
