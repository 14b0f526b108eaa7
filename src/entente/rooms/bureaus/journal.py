"""The journal for those who may read it: a bureau's own acts, and everyone's on its records. Newest first."""

from entente.core.journal import Event, open_private
from entente.core.problems import Absent
from entente.desk import Desk, is_id


def own_acts(desk: Desk, after: str = "", limit: int = 100) -> list[Event]:
    """Acts of the asker's own bureau, going on after an entry (its id) to older ones."""
    desk.allow("review")
    found = desk.entries(_place(desk, after, bureau=desk.asker.bureau), limit, bureau=desk.asker.bureau)
    desk.note("see", what="journal")
    return [open_private(e.leaf, e.private) for e in found]


def acts_on(desk: Desk, id: str, after: str = "", limit: int = 100) -> list[Event]:
    """Who did what with one's own record: every bureau's acts on it."""
    desk.allow("review")
    thing = desk.look(id)
    if thing.handling.owner != desk.asker.bureau:
        raise Absent()
    found = desk.entries(_place(desk, after, object=id), limit, object=id)
    desk.note("see", what="acts on a record", object=id)
    return [open_private(e.leaf, e.private) for e in found]


def _place(desk: Desk, after: str, bureau: int | None = None, object: str = "") -> int:
    """Where to go on; an entry that the reader does not get is as none."""
    entry = desk.entry(after) if is_id(after) else None
    mine = entry and (entry.bureau == bureau or (object and entry.object == object))
    return entry.place if entry and mine else 0
