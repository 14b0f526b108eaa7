"""What the biometrics room does by the clock: what enrolments meet, templates read again, tables made."""

from entente.desk import House
from entente.desk.work import Duty
from entente.rooms.biometrics import calibrating, enrolling, rereading, telling
from entente.rooms.biometrics.meeting import Meetings


def duties(house: House) -> list[Duty]:
    """Sets are brought together a moment after they are kept, once the galleries know them."""
    return [
        Duty("biometrics", Meetings(house).step, 1.0, "changed"),
        Duty("templates read again", lambda: rereading.step(house), 60.0),
        Duty("tables of false matches", calibrating.Tables(house).step, 60.0),
    ]


JOBS = {**enrolling.JOBS, **telling.JOBS}
"""What the room does after an answer, by the job's name."""
