"""Records out, as FollowTheMoney JSON lines: what they say, not how they are handled, graded or kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from entente.core.things import Thing
from entente.desk import Desk, is_id
from entente.rooms.records.formats.ftm import write_ftm

PAGE = 500


def export(desk: Desk, file: BinaryIO) -> int:
    """Write every record of the asker's own bureau, sitting at the own desk; returns how many.

    A record is called by its owner's reference, where it has one, so that a load of the file finds it again.
    """
    desk.allow("export")
    after = written = 0
    while True:
        page = desk.table(desk.house.model.contributable, after=after, limit=PAGE)
        after = page[-1][0] if page else after
        for thing in _called(desk, [thing for _, thing in page]):
            file.write(write_ftm(thing.kind, thing.ref or thing.id, thing.body))
        written += len(page)
        if len(page) < PAGE:
            break
    desk.note("export", records=written)
    return written


def _called(desk: Desk, things: Sequence[Thing]) -> Iterator[Thing]:
    """The things, with every own record they name called by its reference, where it has one.

    Not where the reference has the form of an id: a load would take it for one.
    """
    model = desk.house.model
    wanted = {v for t in things for name in model[t.kind].entities for v in t.body.get(name, ())}
    refs = {
        id: named.ref
        for id, named in desk.look_all(list(wanted)).items()
        if named.ref and not is_id(named.ref) and named.handling.owner == desk.asker.bureau
    }
    for thing in things:
        names = model[thing.kind].entities
        yield replace(
            thing,
            body={k: tuple(refs.get(v, v) for v in vs) if k in names else vs for k, vs in thing.body.items()},
        )
