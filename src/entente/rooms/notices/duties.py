"""What the notices room does by the clock, and after an answer."""

from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.desk.work import Duty, Jobs
from entente.rooms.notices import photo, reviewing, screening

BATCH = 50
JOBS: Jobs = {"screen-notice": screening.screen, **photo.JOBS}


def duties(house: House) -> list[Duty]:
    """Notices end when the day has come until which they are valid."""
    return [Duty("notices", lambda: end_due(house), 60.0)]


def end_due(house: House) -> bool:
    """End the next notices whose last day has come; True when there were any."""
    if not _due(house):
        return False
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for notice in (t for _, t in desk.inspect_agenda("notice-ends:", _end(house), BATCH)):
            reviewing.expire(desk, notice)
        desk.note("publish", outcome="expired")
    return True


def _due(house: House) -> list[Thing]:
    with house.store.reading() as tx:
        desk = Desk(house, HOUSE_ASKER, tx, writing=False)
        return [t for _, t in desk.inspect_agenda("notice-ends:", _end(house), 1)]


def _end(house: House) -> str:
    """Keys before it are of days up to today."""
    return f"{house.clock().date().isoformat()}\x7f"
