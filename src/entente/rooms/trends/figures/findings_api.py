"""Trend findings over HTTP: what the machine found, and what persons make of it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from entente.rooms.records import Strict
from entente.rooms.trends.figures import finding, finding_making
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/api/v1/trends/findings", tags=["trends"])
Id = Annotated[str, Path(max_length=64)]


class Made(Strict):
    """How many findings are new."""

    new: int


def made(caller: Caller) -> Made:
    """Look, in a sitting that only reads; then keep what is new."""
    with caller.at_own_desk("trend") as desk:
        bureau = desk.asker.bureau
        seen = finding_making.looked(desk, bureau)
        desk.note("trend", what="findings", seen=len(seen))
    with caller.at_own_desk("trend", writing=True) as desk:
        return Made(new=finding_making.keep(desk, bureau, seen))


@router.get("")
def finding_list(caller: AtDoor, asked: Annotated[finding.Listing, Query()]) -> finding.Findings:
    """What the machine found in the seizures that your bureau sees, the last changed first."""
    with caller.at_own_desk("trend") as desk:
        return finding.listed(desk, asked)


@router.post("", status_code=201)
def finding_run(caller: AtDoor) -> Made:
    """Look for breaks, rises and new ways now, as the house does once a day."""
    return made(caller)


@router.get("/{id}")
def finding_one(caller: AtDoor, id: Id) -> finding.FindingOut:
    """One finding, its seizures that you may see, what was done, and what may be done next."""
    with caller.at_desk("trend") as desk:
        return finding.opened(desk, id)


@router.post("/{id}/steps")
def finding_step(caller: AtDoor, id: Id, given: finding.Step) -> finding.FindingOut:
    """Take it up, judge it, say what was done, say what came of it. Only persons do."""
    with caller.at_own_desk("trend", writing=True) as desk:
        return finding.step(desk, id, given)
