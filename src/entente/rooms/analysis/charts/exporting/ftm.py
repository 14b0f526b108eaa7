"""A chart as FollowTheMoney JSON lines: each thing and each relation on it, one entity a line.

A property that names another thing names only what leaves too: no id of what its taker may not see.
"""

from entente.core.things import Thing
from entente.rooms.analysis.charts.exporting.content import Content
from entente.rooms.records import write_ftm


def written(found: Content) -> bytes:
    """Things first, then relations, each by id."""
    on = {n.id for n in found.nodes}
    ordered = sorted(found.things.values(), key=lambda t: (t.id not in on, t.id))
    return b"".join(write_ftm(t.kind, t.id, _told(t, found)) for t in ordered)


def _told(thing: Thing, found: Content) -> dict[str, tuple[str, ...]]:
    names = found.entities[thing.kind]
    told = {
        name: tuple(v for v in values if v in found.things) if name in names else values
        for name, values in thing.body.items()
    }
    return {name: values for name, values in told.items() if values}
