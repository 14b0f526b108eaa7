"""The search room over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from entente.rooms.records import Strict
from entente.rooms.search import hits, service
from entente.rooms.search.model import (
    Answer,
    Confirmation,
    Hit,
    Inbox,
    Search,
    Verdict,
    VerdictKept,
)
from entente.web.callers import AtDoor

router = APIRouter(prefix="/api/v1", tags=["search"])
Id = Annotated[str, Path(max_length=64)]


@router.post("/search", response_model=Answer)
def search(caller: AtDoor, asked: Search) -> Response:
    """Search every bureau's records, as far as you may see them."""
    with caller.on_grid(), caller.at_desk("search") as desk:
        found = service.shown(desk, service.search(desk, asked))
    # Written here, because FastAPI would validate our own answer once more.
    return Response(found.model_dump_json(), media_type="application/json")


@router.post("/search/{search}/verdicts", status_code=201)
def judge(caller: AtDoor, search: Id, verdict: Verdict) -> VerdictKept:
    """Say of a candidate of your own search: same, not the same, cannot tell. "Same" makes a hit."""
    with caller.at_desk("verdict", writing=True) as desk:
        return hits.judge(desk, search, verdict)


class Side(Strict):
    """`sent`: the hits your bureau waits for, instead of those it must answer."""

    sent: bool = False


@router.get("/hits")
def inbox(caller: AtDoor, side: Annotated[Side, Query()]) -> Inbox:
    """What waits for your bureau, most urgent first."""
    with caller.at_own_desk("see") as desk:
        return hits.inbox(desk, side.sent)


@router.get("/hits/{id}")
def open_hit(caller: AtDoor, id: Id) -> Hit:
    """One hit, for the two bureaus it is between."""
    with caller.at_own_desk("see") as desk:
        return hits.open_hit(desk, id)


@router.post("/hits/{id}/confirmation")
def confirm(caller: AtDoor, id: Id, given: Confirmation) -> Hit:
    """Confirm or deny a hit on your bureau's record."""
    with caller.at_own_desk("confirm", writing=True) as desk:
        hits.confirm(desk, id, given)
        return hits.open_hit(desk, id)
