"""What the reports room does by the clock: appeals whose time has passed, sources that have changed."""

from entente.desk import House
from entente.desk.work import Duty
from entente.rooms.reports.cases import ticking


def duties(house: House) -> list[Duty]:
    """The clocks of cases, and the sources that cases rest on."""
    return [
        Duty("cases", lambda: ticking.tick(house), 60.0),
        Duty("case sources", ticking.Sources(house).step, 5.0, "changed"),
    ]
