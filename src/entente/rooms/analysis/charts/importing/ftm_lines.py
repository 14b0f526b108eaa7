"""FollowTheMoney JSON lines in: entities that are relations become links, all others things."""

from typing import Any

import orjson

from entente.core.kinds import Model
from entente.rooms.analysis.charts.importing.given import MOST_TEXT, Given, GivenLink, GivenThing

MOST_LINE = 1024 * 1024


def read(data: bytes, kinds: Model) -> Given:
    """The things and links of the lines; a line that is no entity is a fault."""
    given = Given("ftm")
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            _line(given, number, line, kinds)
        if given.is_full():
            break
    return given


def _line(given: Given, number: int, line: bytes, kinds: Model) -> None:
    if len(line) > MOST_LINE:
        given.fault(number, f"The line has {len(line)} bytes; at most {MOST_LINE} are read")
        return
    try:
        entity = orjson.loads(line)
    except orjson.JSONDecodeError as wrong:
        given.fault(number, f"It is no JSON: {wrong}")
        return
    said = entity if isinstance(entity, dict) else {}
    key, kind, properties = said.get("id"), said.get("schema"), said.get("properties")
    if not (isinstance(key, str) and key and isinstance(kind, str) and isinstance(properties, dict)):
        given.fault(number, "It is no entity: an object with id, schema, properties")
        return
    _entity(given, number, key[:MOST_TEXT], kind, properties, kinds)


def _entity(
    given: Given, number: int, key: str, schema: str, properties: dict[str, Any], kinds: Model
) -> None:
    kind = kinds.kinds.get(schema)
    if kind is None or kind.house or kind.abstract:
        given.fault(number, f"“{schema[:60]}” is no kind of thing", "Use a kind of docs/kinds.md.")
        return
    listed = {k: vs if isinstance(vs, list) else [vs] for k, vs in properties.items()}
    if not all(isinstance(v, str | int | float) for vs in listed.values() for v in vs):
        given.fault(number, "A value is neither a text nor a number")
        return
    said = {k: [str(v) for v in vs] for k, vs in listed.items()}
    if any(len(v) > MOST_TEXT * 60 for vs in said.values() for v in vs):
        given.fault(number, "A value is too long")
        return
    named = {name: said.pop(name) for name in kind.entities if said.get(name)}
    if kind.edge is None:
        caption = next((said[n][0] for n in kind.caption if said.get(n)), "")
        if key in given.things:
            given.fault(number, f"“{key[:60]}” stands here twice")
            return
        given.things[key] = GivenThing(key, number, schema, caption, said, named)
        return
    starts, ends = named.get(kind.edge.source, []), named.get(kind.edge.target, [])
    if not (starts and ends):
        given.fault(number, "A relation has two ends; one is missing")
        return
    since, until = (next(iter(said.get(name, [])), "") for name in ("startDate", "endDate"))
    given.links.append(
        GivenLink(number, starts[0], ends[0], schema, since=since, until=until, properties=said, named=named)
    )
