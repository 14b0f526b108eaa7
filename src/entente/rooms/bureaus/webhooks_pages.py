"""The page of webhooks: where a bureau's systems are told, how that went, and the dead letters."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.problems import Fault, Faulty
from entente.rooms.bureaus import hooking
from entente.rooms.bureaus.directory_schemas import WebhookForm
from entente.rooms.bureaus.signing_in import moment
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import N_
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]
Many = Annotated[Sequence[str], Form()]
EVENTS: words.Table = {
    "message": N_("A message has come"),
    "reply": N_("An answer has come"),
    "receipts": N_("A message of ours was delivered, opened or answered"),
    "hit": N_("A hit with a record of ours"),
    **words.ALERTS,
}
"""What a bureau's system is told of, as its administrator reads it."""


@router.get("/webhooks")
def webhooks(request: Request, caller: AtPage, tested: str = "") -> Response:
    """My bureau's webhooks and dead letters."""
    return _webhooks(request, caller, tested=bool(tested))


@router.post("/webhooks")
def make(
    request: Request, caller: AtPage, address: Field = "", events: Many = (), choose: Field = ""
) -> Response:
    """Make a webhook and show its secret once; `choose` (all, none) only marks the events."""
    given = {"address": address.strip(), "events": list(events)}
    if choose:
        given["events"] = list(hooking.EVENTS) if choose == "all" else []
        return _webhooks(request, caller, given=given)
    try:
        form = validated(WebhookForm, **given)
        with caller.at_own_desk("administer", writing=True) as desk:
            _hook, secret = hooking.make(desk, form, request.app.state.settings.webhook_origins)
    except Faulty as problem:
        return _webhooks(request, caller, faults=problem.faults, given=given)
    return _webhooks(request, caller, secret)


@router.post("/webhooks/{id}/test")
def test(caller: AtPage, id: str) -> Response:
    """Tell a webhook of nothing."""
    with caller.at_own_desk("administer", writing=True) as desk:
        hooking.test(desk, id)
    return RedirectResponse("/webhooks?tested=yes", status_code=303)


@router.post("/webhooks/{id}/remove")
def remove(caller: AtPage, id: str) -> Response:
    """Remove a webhook."""
    with caller.at_own_desk("administer", writing=True) as desk:
        hooking.remove(desk, id)
    return RedirectResponse("/webhooks", status_code=303)


@router.post("/webhooks/dead/{id}/retry")
def send_again(caller: AtPage, id: str) -> Response:
    """Send a dead letter again."""
    with caller.at_own_desk("administer", writing=True) as desk:
        hooking.send_again(desk, id)
    return RedirectResponse("/webhooks", status_code=303)


@router.post("/webhooks/dead/{id}/drop")
def drop(caller: AtPage, id: str) -> Response:
    """Drop a dead letter."""
    with caller.at_own_desk("administer", writing=True) as desk:
        hooking.drop(desk, id)
    return RedirectResponse("/webhooks", status_code=303)


def _webhooks(
    request: Request,
    caller: Caller,
    secret: str = "",
    faults: Sequence[Fault] = (),
    given: dict[str, Any] | None = None,
    tested: bool = False,
) -> Response:
    with caller.at_own_desk("administer") as desk:
        desk.note("see", what="webhooks")
        hooks = [(h, desk.recall(hooking.last_of(h.id)).partition(" ")) for h in hooking.hooks(desk)]
        letters = hooking.dead_letters(desk)
    return render(
        request,
        "bureaus/webhooks.html",
        status_code=422 if faults else 200,
        hooks=[
            {
                "id": h.id,
                "address": h.first("address"),
                "events": [words.label(EVENTS, e) for e in h.body.get("events", ())],
                "tried": moment(at) if at else None,
                "why": why,
            }
            for h, (at, _, why) in hooks
        ],
        letters=[
            {
                "id": t.id,
                "event": words.label(EVENTS, t.first("event")),
                "object": t.first("object"),
                "at": moment(t.first("at")),
                "tries": t.first("tries"),
                "why": t.first("why"),
            }
            for t in letters
        ],
        origins=request.app.state.settings.webhook_origins,
        events=words.choices(EVENTS, hooking.EVENTS),
        tested=tested,
        secret=secret,
        form=given or {"address": "", "events": []},
        faults=faults,
    )
