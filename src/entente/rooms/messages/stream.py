"""Live arrival: server-sent events tell an open page, or a bureau's own system, that something waits."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from entente.desk.bell import Box
from entente.web.callers import AtDoor, AtPage
from entente.web.live import line

BOXES = (
    Box("messages", ("Envelope",), ("box",)),
    Box("receipts", ("Envelope",), ("sent",)),
    Box("alerts", ("Alert",), ("alerts-new",)),
    Box("hits", ("Hit",), ("open", "inbox", "outbox")),
)
"""The lists of the inbox page, and what was sent (its receipts), by the keys under which rooms keep them."""

router = APIRouter(tags=["messages"])
_DESCRIBED = {"content": {"text/event-stream": {"schema": {"type": "string"}}}}


@router.get("/stream", include_in_schema=False)
async def of_page(caller: AtPage, request: Request) -> Response:
    """What an open page listens to."""
    return await line(caller, request.app.state.bell)


@router.get("/api/v1/stream", response_class=Response, responses={200: _DESCRIBED})
async def of_door(caller: AtDoor, request: Request) -> Response:
    """Server-sent events: `news` with the lists of your inbox in which something is new, nothing more."""
    return await line(caller, request.app.state.bell)
