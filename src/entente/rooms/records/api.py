"""The records room over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from entente.desk.work import settle
from entente.rooms.records import service
from entente.rooms.records.model import Correction, Draft, HandlingChange, KeepLonger, Link, Record, Strict
from entente.web.callers import AtDoor

router = APIRouter(prefix="/api/v1/records", tags=["records"])
Id = Annotated[str, Path(max_length=64)]


class Mine(Strict):
    """Which of one's own records: a kind, how many, and the last one of the page before."""

    kind: str = ""
    after: str = ""
    limit: int = 50


@router.get("")
def list_mine(caller: AtDoor, asked: Annotated[Mine, Query()]) -> list[Record]:
    """List your own bureau's records, newest change first."""
    with caller.at_own_desk("see") as desk:
        found = service.list_mine(desk, asked.kind, asked.after, max(1, min(asked.limit, 200)))
        return [service.shown(desk, t) for t in found]


@router.post("", status_code=201)
def contribute(caller: AtDoor, draft: Draft) -> Record:
    """Contribute a record."""
    with caller.at_desk("contribute", writing=True) as desk:
        answer = service.shown(desk, service.contribute(desk, draft))
    settle(caller.house)
    return answer


@router.get("/{id}")
def open_record(caller: AtDoor, id: Id) -> Record:
    """Open a record."""
    with caller.at_desk("see") as desk:
        return service.shown(desk, service.open_record(desk, id))


@router.put("/{id}")
def correct(caller: AtDoor, id: Id, change: Correction) -> Record:
    """Correct your own record."""
    with caller.at_desk("correct", writing=True) as desk:
        answer = service.shown(desk, service.correct(desk, id, change))
    settle(caller.house)
    return answer


@router.delete("/{id}", status_code=204)
def withdraw(caller: AtDoor, id: Id) -> Response:
    """Withdraw your own record."""
    with caller.at_desk("withdraw", writing=True) as desk:
        service.withdraw(desk, id)
    return Response(status_code=204)


@router.put("/{id}/handling")
def handle(caller: AtDoor, id: Id, change: HandlingChange) -> Record:
    """Change who may see your own record; it holds for the very next question."""
    with caller.at_desk("correct", writing=True) as desk:
        answer = service.shown(desk, service.handle(desk, id, change))
    settle(caller.house)
    return answer


@router.put("/{id}/expiry")
def keep_longer(caller: AtDoor, id: Id, change: KeepLonger) -> Record:
    """Keep your own record until a later date."""
    with caller.at_desk("correct", writing=True) as desk:
        return service.shown(desk, service.keep_longer(desk, id, change))


@router.get("/{id}/versions")
def versions(caller: AtDoor, id: Id) -> list[Record]:
    """All versions of a record, newest first."""
    with caller.at_desk("see") as desk:
        return [service.shown(desk, t) for t in service.versions(desk, id)]


@router.get("/{id}/links")
def links(caller: AtDoor, id: Id) -> list[Link]:
    """What a record hangs together with."""
    with caller.at_desk("see") as desk:
        return service.shown_ties(desk, service.ties(desk, service.open_record(desk, id)))
