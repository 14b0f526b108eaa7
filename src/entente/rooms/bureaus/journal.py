"""The journal for those who may read it: a bureau's own acts, with proofs; the signed checkpoints."""

from dataclasses import dataclass

from entente.core.journal import Event, open_private
from entente.desk import Desk, is_id


@dataclass(frozen=True, slots=True)
class Line:
    """One act of one's own bureau, as a supervisor reads it."""

    place: int
    event: Event


def own_acts(desk: Desk, after: str = "", limit: int = 100) -> list[Line]:
    """Acts of the asker's own bureau after an entry (by id), oldest first; places stay inside the house."""
    desk.allow("review")
    start = 0
    if after:
        entry = desk.tx.entries.get(after) if is_id(after) else None
        start = entry.place if entry and entry.bureau == desk.asker.bureau else 0
    found = desk.tx.entries.read(start, limit, bureau=desk.asker.bureau)
    desk.note("see", what="journal")
    return [Line(e.place, open_private(e.leaf, e.private)) for e in found]


def acts_on(desk: Desk, id: str, limit: int = 100) -> list[Line]:
    """Who did what with one's own record: every bureau's acts on it."""
    desk.allow("review")
    thing = desk.look(id)
    if thing.handling.owner != desk.asker.bureau:
        return []
    found = desk.tx.entries.read(0, limit, object=id)
    desk.note("see", what="acts on a record", object=id)
    return [Line(e.place, open_private(e.leaf, e.private)) for e in found]
