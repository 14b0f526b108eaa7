"""Silent hits of a search by fingers or a face: after the answer has left, owners are told who came near.

A search in words is asked a second time from the journal (desk/watching.py); what was searched here is gone
with the answer. So the search leaves the ids of what it came near to as a job, which nobody reads but the
house; the owner's notice quotes the token that the asker was given.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from entente.core.access import Decision, decide, notifies
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.desk.watching import Touched, asker_details, asker_of, notice
from entente.rooms.biometrics.gallery import Found

JOB = "biometric-told"


def leave(desk: Desk, search: str, found: Sequence[Found], asked: str) -> None:
    """Leave word for the owners of what is surely near: those who watch it, and those who hint at it.

    `found`: those that were surely near, by the house's table, whatever the asker's own says; `asked`: as the
    owner reads it.
    """
    asker = desk.asker
    now = desk.as_house().inspect_many([one.thing.id for one in found])
    near = [
        id
        for id, one in sorted(now.items())
        if notifies(asker, one.handling) or decide(asker, one.handling) is Decision.CONTACT
    ]
    if near:
        payload = {
            "near": near,
            "search": search,
            "officer": asker.officer,
            "bureau": asker.bureau,
            "justification": asker.justification,
            "asker": asker_details(asker),
            "asked": asked,
            "day": desk.today.isoformat(),
        }
        desk.tx.jobs.add(JOB, payload)


def tell(house: House, payload: Mapping[str, Any]) -> None:
    """Give the notices, each once a day for an inquiry and a set; one taken back meanwhile gets none."""
    asker = asker_of(payload["asker"], payload["officer"], payload["bureau"], payload["justification"])
    day = house.clock().date().fromisoformat(payload["day"])
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for id in payload["near"]:
            notice(desk, Touched(id, payload["search"], day, asker, payload["asked"]))
        desk.note("watch", what="biometrics", searches=1)


JOBS = {JOB: tell}
