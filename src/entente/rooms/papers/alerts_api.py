"""The papers room over HTTP: alerts of false documents, and who is told of them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from entente.rooms.papers import alerts, moving, subscriptions
from entente.rooms.papers import alerts_model as m
from entente.rooms.papers.model import Decide, Reason, Seen
from entente.web.callers import AtDoor

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]


@router.get("/alerts")
def listed(caller: AtDoor, asked: Annotated[m.WhichAlerts, Query()]) -> list[m.AlertRow]:
    """Alerts of false documents, newest change first."""
    with caller.at_own_desk("see") as desk:
        return [alerts.row(desk, a) for a in alerts.browse(desk, asked)]


@router.post("/alerts", status_code=201)
def draft(caller: AtDoor, form: m.AlertForm) -> m.Alert:
    """Begin an alert: a draft, your bureau's alone."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return alerts.whole(desk, alerts.draft(desk, form))


@router.get("/subscription")
def subscription(caller: AtDoor) -> m.Subscription:
    """Which alerts your bureau is told of."""
    with caller.at_own_desk("see") as desk:
        return subscriptions.subscription(desk)


@router.put("/subscription")
def subscribe(caller: AtDoor, form: m.Subscription) -> m.Subscription:
    """Choose which alerts your bureau is told of."""
    with caller.at_own_desk("stand", writing=True) as desk:
        return subscriptions.subscribe(desk, form)


@router.get("/alerts/{id}")
def open_alert(caller: AtDoor, id: Id) -> m.Alert:
    """One alert."""
    with caller.at_own_desk("see") as desk:
        return alerts.whole(desk, alerts.open_alert(desk, id))


@router.put("/alerts/{id}")
def edit(caller: AtDoor, id: Id, form: m.AlertEdit) -> m.Alert:
    """The whole alert anew; a draft again."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return alerts.whole(desk, alerts.edit(desk, id, form))


@router.delete("/alerts/{id}", status_code=204)
def discard(caller: AtDoor, id: Id) -> Response:
    """Throw away a draft."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        moving.discard(desk, alerts.KIND, id)
    return Response(status_code=204)


@router.post("/alerts/{id}/submit")
def submit(caller: AtDoor, id: Id, given: Seen) -> m.Alert:
    """Send it to review by a second person of your bureau."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return alerts.whole(desk, moving.submit(desk, alerts.KIND, id, given.seen, alerts.missing))


@router.post("/alerts/{id}/review")
def review(caller: AtDoor, id: Id, given: Decide) -> m.Alert:
    """Publish exactly what you saw, or send it back; subscribers are told."""
    with caller.at_own_desk("approve", writing=True) as desk:
        return alerts.whole(desk, alerts.decide(desk, id, given))


@router.post("/alerts/{id}/withdraw")
def withdraw(caller: AtDoor, id: Id, given: Reason) -> m.Alert:
    """Take it out of every other bureau's sight."""
    with caller.at_own_desk("publish", writing=True) as desk:
        return alerts.whole(desk, moving.withdraw(desk, alerts.KIND, id, given.why))
