"""A series' states and the way between them; what it was merged into."""

from collections.abc import Mapping
from typing import Any

from entente.core.journal import canonical
from entente.core.problems import Absent, Fault, Faulty, NotYours, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk

SERIES = "ImageSeries"
WORK = "SeriesWork"
MOVES: Mapping[str, frozenset[str]] = {
    "unidentified": frozenset({"in-progress", "distributed"}),
    "in-progress": frozenset({"unidentified", "identified", "distributed"}),
    "identified": frozenset({"in-progress", "distributed"}),
    "distributed": frozenset({"in-progress", "identified"}),
}
"""From state to state, each with its reason, but for beginning the work. Into `identified` and out of it goes
only what a second person approved."""
TWO_PERSONS = frozenset({"identified"})
MOST_STEPS = 300
"""Kept of a series beside its first: what was done before is in the journal and in its versions."""
DEEPEST = 32
"""Merges behind one another."""


def look(desk: Desk, id: str) -> Thing:
    """A series the asker may see. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != SERIES:
        raise Absent()
    return thing


def led(desk: Desk, id: str, version: int = 0) -> Thing:
    """A series that the asker's bureau leads, as he saw it. Raises Absent, NotYours, OutOfDate."""
    thing = look(desk, id)
    if thing.handling.owner != desk.asker.bureau:
        raise NotYours("The lead bureau of a series does this.")
    if version and version != thing.version:
        raise OutOfDate()
    return thing


def root(desk: Desk, id: str) -> Thing:
    """The series that this one belongs to by now, as far as the asker may see it. Raises Absent."""
    thing = look(desk, id)
    for _ in range(DEEPEST):
        into = thing.first("into")
        above = desk.look_all([into]).get(into) if into else None
        if above is None:
            return thing
        thing = above
    return thing


def roots(desk: Desk, ids: list[str]) -> dict[str, Thing]:
    """The same of many: id to the series it belongs to by now; what the asker may not see is absent."""
    found = {id: t for id, t in desk.look_all(list(dict.fromkeys(ids))).items() if t.kind == SERIES}
    reached = dict(found)
    for _ in range(DEEPEST):
        above = {t.first("into") for t in reached.values() if t.first("into")}
        known = desk.look_all(sorted(above)) if above else {}
        moved = {id: known[t.first("into")] for id, t in reached.items() if t.first("into") in known}
        if not moved:
            break
        reached |= moved
    return reached


def merged(desk: Desk, id: str) -> list[Thing]:
    """Series that were merged into this one, however deep, that the asker may see."""
    found: dict[str, Thing] = {}
    ring = [id]
    for _ in range(DEEPEST):
        under = desk.find([into_key(one) for one in ring], limit=1000)
        new = {t.id: t for _, t in under if t.id not in found and t.id != id}
        if not new:
            break
        found |= new
        ring = list(new)
    return sorted(found.values(), key=lambda t: (t.first("name"), t.id))


def into_key(id: str) -> str:
    return f"into:{id.upper()}"


def must_be_open(series: Thing) -> None:
    """Raise Faulty for a series that stands in another by now."""
    if series.first("into"):
        what = "This series was merged into another one"
        raise Faulty(faults=(Fault("into", what, "Open that one, or take the merge back."),))


def with_step(
    desk: Desk, body: Mapping[str, Any], did: str, why: str = "", other: str = ""
) -> dict[str, Any]:
    """The body with one more step, of whoever sits here. `other`: the series it had to do with."""
    said = {
        "at": desk.now.isoformat(timespec="seconds"),
        "did": did,
        "by": desk.noter.officer,
        "bureau": str(desk.noter.bureau),
        "why": why,
        "other": other,
    }
    before = body.get("step", ())
    kept = (*before[:1], *before[1:][-MOST_STEPS:])
    return {**body, "step": (*kept, canonical(said).decode())}
