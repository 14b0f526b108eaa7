"""Whether something is due, asked before anybody sits down: the duties of rooms look every second."""

from datetime import UTC, datetime

from entente.desk.house import HOUSE_ASKER, House
from entente.desk.sitting import Desk


def is_due(house: House, prefix: str) -> bool:
    """Whether a thing carries a key `prefix` + moment that has come. Nothing of it leaves the desk."""
    with house.store.reading() as tx:
        desk = Desk(house, HOUSE_ASKER, tx, writing=False)
        return bool(desk.inspect_agenda(prefix, come(desk.now), 1))


def come(now: datetime) -> str:
    """The end of a range of keys that end in a moment: all that have come by now (to the second)."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") + "~"
