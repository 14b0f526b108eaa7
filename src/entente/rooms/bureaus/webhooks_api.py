"""Webhooks over HTTP: for a bureau's administrator, in person."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import hooking
from entente.rooms.bureaus.directory_schemas import DeadLetterOut, WebhookForm, WebhookMade, WebhookOut
from entente.web.callers import AtDoor

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]


@router.get("/webhooks")
def listed(caller: AtDoor) -> list[WebhookOut]:
    """Your bureau's webhooks, and how each last went."""
    with caller.at_own_desk("administer") as desk:
        desk.note("see", what="webhooks")
        return [webhook_out(desk, h) for h in hooking.hooks(desk)]


@router.post("/webhooks", status_code=201)
def make(request: Request, caller: AtDoor, form: WebhookForm) -> WebhookMade:
    """Have your bureau's system told of events; the secret that signs them is shown this once."""
    with caller.at_own_desk("administer", writing=True) as desk:
        hook, secret = hooking.make(desk, form, request.app.state.settings.webhook_origins)
        return WebhookMade(secret=secret, webhook=webhook_out(desk, hook))


@router.get("/webhooks/dead")
def dead(caller: AtDoor) -> list[DeadLetterOut]:
    """What could not be told to your bureau's systems within a day."""
    with caller.at_own_desk("administer") as desk:
        desk.note("see", what="webhooks")
        return [letter_out(t) for t in hooking.dead_letters(desk)]


@router.post("/webhooks/dead/{id}/retry", status_code=204)
def send_again(caller: AtDoor, id: Id) -> Response:
    """Try a dead letter anew, under the same webhook-id."""
    with caller.at_own_desk("administer", writing=True) as desk:
        hooking.send_again(desk, id)
    return Response(status_code=204)


@router.post("/webhooks/dead/{id}/drop", status_code=204)
def drop(caller: AtDoor, id: Id) -> Response:
    """Drop a dead letter."""
    with caller.at_own_desk("administer", writing=True) as desk:
        hooking.drop(desk, id)
    return Response(status_code=204)


@router.post("/webhooks/{id}/test", status_code=204)
def test(caller: AtDoor, id: Id) -> Response:
    """Tell a webhook of nothing (event `test`), to see that it works."""
    with caller.at_own_desk("administer", writing=True) as desk:
        hooking.test(desk, id)
    return Response(status_code=204)


@router.delete("/webhooks/{id}", status_code=204)
def remove(caller: AtDoor, id: Id) -> Response:
    """Remove a webhook; what waits for it is not sent."""
    with caller.at_own_desk("administer", writing=True) as desk:
        hooking.remove(desk, id)
    return Response(status_code=204)


def webhook_out(desk: Desk, hook: Thing) -> WebhookOut:
    return WebhookOut(
        id=hook.id,
        address=hook.first("address"),
        events=list(hook.body.get("events", ())),
        last=desk.recall(hooking.last_of(hook.id)),
    )


def letter_out(letter: Thing) -> DeadLetterOut:
    return DeadLetterOut(
        id=letter.id,
        webhook=letter.first("hook"),
        event=letter.first("event"),
        object=letter.first("object"),
        at=letter.first("at"),
        tries=int(letter.first("tries", "0")),
        why=letter.first("why"),
    )
