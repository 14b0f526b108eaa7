"""Alerts over HTTP: what the house tells a bureau, and taking note of it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus.alerts import alerts_here, take_note
from entente.rooms.bureaus.schemas import Strict
from entente.rooms.bureaus.service import directory
from entente.web.callers import AtDoor

router = APIRouter()


class AlertOut(Strict):
    """Something the house tells your bureau; what it names you open by its id, as far as you may."""

    id: str
    what: str = Field(description="What happened: docs/rooms/bureaus.md lists them")
    object: str = Field(description="Id of what it is about: a message, a query, a notice …")
    second: str = Field(description="Id of the other thing: the record that met a query, say")
    other: str = Field(description="Code of the other bureau, where it may be told")
    token: str
    text: str
    at: str
    state: str = Field(description="new or seen")
    acknowledged: str = Field(description="When the other side took note of its own alert")


class Which(Strict):
    seen: bool = Field(default=False, description="Those that were taken note of, instead of the new ones")


@router.get("/alerts")
def alerts(caller: AtDoor, which: Annotated[Which, Query()]) -> list[AlertOut]:
    """What the house tells your bureau, newest first."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="inbox")
        return [_shown(desk, alert) for alert in alerts_here(desk, which.seen)]


@router.post("/alerts/{id}/note")
def note(caller: AtDoor, id: Annotated[str, Path(max_length=64)]) -> AlertOut:
    """Take note of an alert: it leaves the list of what is new."""
    with caller.at_own_desk("see", writing=True) as desk:
        return _shown(desk, take_note(desk, id))


def _shown(desk: Desk, alert: Thing) -> AlertOut:
    other = directory(desk).get(int(alert.first("other", "0")))
    names = ("what", "object", "second", "token", "text", "at", "state", "acknowledged")
    said = {name: alert.first(name) for name in names}
    return AlertOut(id=alert.id, other=other.code if other else "", **said)
