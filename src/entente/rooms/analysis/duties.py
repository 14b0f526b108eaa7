"""What the analysis room does by the clock: reviews that are overdue, files that close, files erased."""

from entente.core.access import View
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, come, is_due, sit
from entente.desk.retention import erase
from entente.desk.work import Duty, Jobs
from entente.rooms.analysis import connections, model, service
from entente.rooms.bureaus import About, alert

BATCH = 50
ERASED_AT_ONCE = 200
JOBS: Jobs = {connections.JOB: connections.connect}


def duties(house: House) -> list[Duty]:
    """Reviews, closings and ends of files."""
    return [Duty("files", lambda: review(house) or close(house) or end(house), 60.0)]


def asking(house: House) -> list[Duty]:
    """What is new in one file is held against all others: as many questions as there are records."""
    return [Duty("connections", connections.Following(house).step, 1.0, "changed")]


def review(house: House) -> bool:
    """Tell the members in the owner's bureau, once, that a review is overdue; True when there was one."""
    if not is_due(house, service.REVIEW):
        return False
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for _, file in desk.inspect_agenda(service.REVIEW, come(desk.now), BATCH):
            due = file.first("reviewDue")
            said = About("file-review", object=file.id)
            alert(desk, file.handling.owner, said, like=file.handling, once=f"{file.id} {due}")
            desk.change(file, keys=service.keys_of(file, told=True))
            desk.note("ask", object=file.id)
    return True


def close(house: House) -> bool:
    """Close the files whose day has come; True when there was one."""
    if not is_due(house, service.CLOSE):
        return False
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for _, file in desk.inspect_agenda(service.CLOSE, come(desk.now), BATCH):
            service.keep(desk, file, {**service.NOTHING_PENDING, "state": "closed"}, "closed")
            desk.note("analyse", object=file.id, what="file closed")
    return True


def end(house: House) -> bool:
    """Erase what is in a file whose retention has ended, some at a time, then the file itself."""
    if not is_due(house, service.GONE):
        return False
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for _, file in desk.inspect_agenda(service.GONE, come(desk.now), 1):
            left = everything_in(desk, file, ERASED_AT_ONCE)
            for thing in left or [file]:
                erase(desk, thing.id)
                desk.note("expire", object=thing.id)
            if not left:
                desk.new_epoch()
    return True


def everything_in(desk: Desk, file: Thing, limit: int) -> list[Thing]:
    """All that needs the file's compartment but the file itself: papers, records, whoever's they are."""
    held = model.compartment(file.id)
    inside = [c for c, h in desk.house.classes(desk.tx, settled=False).items() if held in h.need]
    spelled = bytearray(max(inside, default=-1) + 1)
    for c in inside:
        spelled[c] = 1
    view = View(bytes(spelled), (), desk.today)
    found = desk.tx.things.listing(view, list(desk.house.model.kinds), limit=limit + 1)
    return [t for _, t in found if t.id != file.id][:limit]
