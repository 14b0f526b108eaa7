"""The duty that watches the clocks of intercepts: nobody acknowledged, a hold ends soon, a hold has ended.

A hold that has ended is noted as an event, because it is the law that ended it and no officer: what was held
counts as unknown from then on, until somebody says what became of it. Nothing is released by the house.
"""

import structlog

from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, come, is_due, sit
from entente.desk.work import Duty, told
from entente.rooms.bureaus import About, alert, directory, news
from entente.rooms.payments import service, turns
from entente.rooms.payments.clocks import Stage
from entente.rooms.payments.intercept import Intercept, intercept_of
from entente.rooms.payments.turns import Alarm

log = structlog.get_logger()
TICKS = "intercept-ticks:"
BATCH = 100


def duties(house: House) -> list[Duty]:
    """What the payments room does by the clock."""
    return [Duty("holds", lambda: tick(house), 1.0)]


def tick(house: House) -> int:
    """Tell every alarm that has come, once; returns of how many intercepts.

    Each in a sitting of its own: one that fails is logged, and keeps no other bureau from its alarm.
    """
    if not is_due(house, TICKS):
        return 0
    with sit(house, HOUSE_ASKER) as desk:
        due = [thing.id for _, thing in desk.inspect_agenda(TICKS, come(desk.now), BATCH)]
        desk.note("remind", what="intercepts", due=len(due))
    return sum(_told(house, id) for id in due)


def _told(house: House, id: str) -> bool:
    try:
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            thing = desk.inspect(id)
            if thing is not None:
                _come(desk, thing)
            desk.note("remind", object=id, what="intercept")
    except Exception as error:
        log.error("an intercept's clock failed", intercept=id, **told(error))
        return False
    return True


def _come(desk: Desk, thing: Thing) -> None:
    """Note and tell what has come of one intercept; what went by while the house was down is told too."""
    found = intercept_of(thing)
    known = frozenset(thing.body.get("told", ()))
    now = [a for a in turns.alarms(desk, found) if a.at <= desk.now and a.name not in known]
    ended = [a.hold for a in now if a.stage is Stage.ENDED]
    events = [
        service.event_of(desk, "expired", "house", hold=hold, amount=str(found.standing.holds[hold].amount))
        for hold in ended
    ]
    kept = service.keep(desk, found, *events, told=[a.name for a in now])
    for alarm in now:
        _tell(desk, kept, alarm)
    if events:
        for bureau in (kept.requester, kept.receiver):
            news(desk, bureau, "payment-changed", kept.id)


def _tell(desk: Desk, found: Intercept, alarm: Alarm) -> None:
    once = f"{found.id} {alarm.name}"
    if alarm.stage in (Stage.ESCALATE_1, Stage.ESCALATE_2):
        _escalate(desk, found, alarm, once)
        return
    what = "hold-expired" if alarm.stage is Stage.ENDED else "hold-ends"
    for bureau, other in ((found.requester, found.receiver), (found.receiver, found.requester)):
        about = About(what, object=found.id, other=other, text=turns.text(alarm.at))
        alert(desk, bureau, about, like=found.thing.handling, once=once)


def _escalate(desk: Desk, found: Intercept, alarm: Alarm, once: str) -> None:
    """First the desk itself again, and the asker, who is given its duty line; then the secretariat too."""
    for bureau, other in ((found.receiver, found.requester), (found.requester, found.receiver)):
        about = About("payment-late", object=found.id, other=other, text=str(alarm.stage))
        alert(desk, bureau, about, like=found.thing.handling, once=once)
    if alarm.stage is Stage.ESCALATE_2:
        named = directory(desk)
        words = f"payment {named[found.requester].code} {named[found.receiver].code}"
        for centre in named.values():
            if centre.secretariat and centre.number not in (found.requester, found.receiver):
                alert(desk, centre.number, About("centre", other=found.receiver, text=words), once=once)
