"""What the series room does by the clock: meetings, and those that nobody took note of in time."""

from entente.desk import House
from entente.desk.work import Duty
from entente.rooms.series.meeting import Meetings, find_late


def duties(house: House) -> list[Duty]:
    """Images and questions brought together a moment after they are kept; clocks."""
    return [
        Duty("meetings", Meetings(house).step, 1.0, "changed"),
        Duty("meetings late", lambda: find_late(house), 5.0),
    ]
