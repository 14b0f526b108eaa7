"""The clocks' duty: what has reached half, all or twice of its time is told to those whom it concerns."""

from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, come, is_due, sit
from entente.rooms.bureaus import About, alert, by_code, news
from entente.rooms.messages import copies
from entente.rooms.messages.clock import CENTRE, Stage
from entente.rooms.messages.copies import Copy

BATCH = 100
PAUSE_S = 1.0


def tick(house: House) -> int:
    """Tell every stage that was reached; returns of how many requests."""
    if not is_due(house, "ticks:"):
        return 0
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        reached = desk.inspect_agenda("ticks:", come(desk.now), BATCH)
        told = sum(_tell(desk, thing) for _, thing in reached)
        desk.note("remind", requests=len(reached), told=told)
    return len(reached)


def _tell(desk: Desk, thing: Thing) -> int:
    """Tell the last stage reached, once; one that went by while the house was down is noted with it."""
    copy = Copy(thing)
    code, progress = next(iter(copy.parties.items()))
    stages = progress.reached(desk.now)
    progress = progress.tell(stages)
    copies.come(desk, copy, {code: progress})
    known = by_code(desk)
    sender, here = known.get(copy.header.sender), known.get(code)
    theirs = copies.copy_of(desk, sender.number, copy.message) if sender else None
    if theirs:
        copies.come(desk, theirs, {**theirs.parties, code: progress})
    if not stages or here is None:
        return 0
    last, due = stages[-1]
    urgency, group = copy.header.urgency, copy.header.group
    once = f"{copy.message} {code} {last} {due}"
    asker = About(str(last), object=copy.message, other=sender.number if sender else 0, text=urgency)
    alert(desk, here.number, asker, like=thing.handling, once=once)
    if last is Stage.REMINDER or sender is None or theirs is None:
        return 1
    asked = About(str(last), object=copy.message, other=here.number, text=urgency)
    alert(desk, sender.number, asked, like=thing.handling, once=once)
    news(desk, sender.number, "receipts", theirs.thing.id)
    if last is Stage.ESCALATION and urgency in CENTRE and not group:
        words = f"{urgency} {sender.code} {here.code}"
        for centre in known.values():
            if centre.secretariat and centre.number not in (here.number, sender.number):
                alert(desk, centre.number, About("centre", other=here.number, text=words), once=once)
    return 1
