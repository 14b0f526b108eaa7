"""Intercepts over HTTP: checked, drafted, moved along step by step, and the board."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from entente.rooms.payments import board, checks, children, service, shown, statistics, stepping
from entente.rooms.payments import model as m
from entente.rooms.payments.model_steps import StepForm
from entente.rooms.payments.statistics import Statistics
from entente.rooms.records import Strict
from entente.web.callers import AtDoor

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]


class Asked(Strict):
    which: Literal["act", "wait", "open", "all"] = "act"
    state: Annotated[str, Field(max_length=20, pattern=r"^[a-z-]*$")] = ""
    after: Annotated[str, Field(max_length=80, pattern=r"^[\x20-\x7e]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=board.MOST)] = 50


class Version(Strict):
    version: Annotated[int, Field(ge=1)]


@router.post("/check")
def check(caller: AtDoor, form: m.InterceptForm) -> m.Checked:
    """What a form is worth, where it would go, and who has met its accounts: before anything is kept.

    With a purpose, other bureaus' records of these accounts ring too; at the own desk, intercepts alone.
    """
    with caller.at_desk("intercept") if caller.inquiry else caller.at_own_desk("intercept") as desk:
        return checks.check(desk, form)


@router.get("/requests")
def listed(caller: AtDoor, asked: Annotated[Asked, Query()]) -> m.Board:
    """Your bureau's intercepts, what burns first on top."""
    with caller.at_own_desk("see") as desk:
        found = board.listed(desk, board.Asked(**asked.model_dump()))
        rows = [shown.row(desk, one) for one in found.intercepts]
        return m.Board(intercepts=rows, after=found.after, further=found.further)


@router.post("/requests", status_code=201, responses={200: {"model": m.Intercept}})
def draft(caller: AtDoor, form: m.InterceptForm, response: Response) -> m.Intercept:
    """Draft an intercept; 200 with the one that stands, where it is the same payment again."""
    with caller.at_own_desk("intercept", writing=True) as desk:
        found, new = service.draft(desk, form)
        response.status_code = 201 if new else 200
        return shown.whole(desk, found)


@router.get("/requests/{id}")
def opened(caller: AtDoor, id: Id) -> m.Intercept:
    """One intercept: form, ledger, holds, clocks, events, and what you may do."""
    with caller.at_own_desk("see") as desk:
        return shown.whole(desk, service.open_intercept(desk, id))


@router.put("/requests/{id}")
def edit(caller: AtDoor, id: Id, given: m.InterceptEdit) -> m.Intercept:
    """The whole form anew, before it is sent; a draft again."""
    with caller.at_own_desk("intercept", writing=True) as desk:
        return shown.whole(desk, service.edit(desk, id, given))


@router.delete("/requests/{id}", status_code=204)
def discard(caller: AtDoor, id: Id, asked: Annotated[Version, Query()]) -> Response:
    """Throw away a draft that was never sent."""
    with caller.at_own_desk("intercept", writing=True) as desk:
        service.discard(desk, id, asked.version)
    return Response(status_code=204)


@router.post("/requests/{id}/steps")
def step(caller: AtDoor, id: Id, given: StepForm) -> m.Intercept:
    """Do one step: check, send, acknowledge, pass on, hold, note where it went, release, return, close, …"""
    with caller.at_own_desk("intercept", writing=True) as desk:
        return shown.whole(desk, stepping.step(desk, id, given))


@router.post("/requests/{id}/children", status_code=201)
def child(caller: AtDoor, id: Id, given: m.ChildForm) -> m.Intercept:
    """Draft the request for money that moved on."""
    with caller.at_own_desk("intercept", writing=True) as desk:
        return shown.whole(desk, children.draft(desk, id, given))


@router.get("/statistics")
def counted(caller: AtDoor) -> Statistics:
    """What was intercepted, by hour of delay, corridor and bank; counted anew from the events."""
    with caller.at_own_desk("see") as desk:
        return statistics.counted(desk)
