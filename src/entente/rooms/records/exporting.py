"""Records out, as FollowTheMoney JSON lines, loss-free."""

from typing import BinaryIO

from entente.desk import Desk
from entente.rooms.records.formats.ftm import write_ftm

PAGE = 500


def export(desk: Desk, file: BinaryIO) -> int:
    """Write every record of the asker's own bureau, sitting at the own desk; returns how many."""
    desk.allow("export")
    after = written = 0
    while True:
        page = desk.table(desk.house.model.contributable, after=after, limit=PAGE)
        for place, thing in page:
            file.write(write_ftm(thing.kind, thing.id, thing.body))
            after = place
        written += len(page)
        if len(page) < PAGE:
            break
    desk.note("export", records=written)
    return written
