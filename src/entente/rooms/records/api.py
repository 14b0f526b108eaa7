"""The records room over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from entente.desk.work import settle
from entente.rooms.records import service
from entente.rooms.records.model import (
    Correction,
    Draft,
    HandlingChange,
    KeepLonger,
    KindOut,
    Link,
    PropertyOut,
    Record,
    Strict,
)
from entente.web.callers import AtDoor

router = APIRouter(prefix="/api/v1", tags=["records"])
Id = Annotated[str, Path(max_length=64)]


class Mine(Strict):
    """Which of one's own records: a kind, how many, and the last one of the page before."""

    kind: str = Field(default="", max_length=64)
    after: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=200)
    expires: date | None = Field(default=None, description="Only what expires on this day")


@router.get("/records")
def list_mine(caller: AtDoor, asked: Annotated[Mine, Query()]) -> list[Record]:
    """List your own bureau's records, newest change first."""
    with caller.at_own_desk("see") as desk:
        found = service.list_mine(desk, asked.kind, asked.after, asked.limit, asked.expires)
        return [service.shown(desk, t) for t in found]


@router.post("/records", status_code=201)
def contribute(caller: AtDoor, draft: Draft) -> Record:
    """Contribute a record."""
    with caller.at_desk("contribute", writing=True) as desk:
        answer = service.shown(desk, service.contribute(desk, draft))
    settle(caller.house)
    return answer


@router.get("/records/{id}")
def open_record(caller: AtDoor, id: Id) -> Record:
    """Open a record."""
    with caller.at_desk("see") as desk:
        return service.shown(desk, service.open_record(desk, id))


@router.put("/records/{id}")
def correct(caller: AtDoor, id: Id, change: Correction) -> Record:
    """Correct your own record."""
    with caller.at_desk("correct", writing=True) as desk:
        answer = service.shown(desk, service.correct(desk, id, change))
    settle(caller.house)
    return answer


@router.delete("/records/{id}", status_code=204)
def withdraw(caller: AtDoor, id: Id) -> Response:
    """Withdraw your own record."""
    with caller.at_desk("withdraw", writing=True) as desk:
        service.withdraw(desk, id)
    return Response(status_code=204)


@router.put("/records/{id}/handling")
def handle(caller: AtDoor, id: Id, change: HandlingChange) -> Record:
    """Change who may see your own record; it holds for the very next question."""
    with caller.at_desk("correct", writing=True) as desk:
        answer = service.shown(desk, service.handle(desk, id, change))
    settle(caller.house)
    return answer


@router.put("/records/{id}/expiry")
def keep_longer(caller: AtDoor, id: Id, change: KeepLonger) -> Record:
    """Keep your own record until a later date."""
    with caller.at_desk("correct", writing=True) as desk:
        return service.shown(desk, service.keep_longer(desk, id, change))


@router.get("/records/{id}/versions")
def versions(caller: AtDoor, id: Id) -> list[Record]:
    """All versions of a record, newest first."""
    with caller.at_desk("see") as desk:
        return [service.shown(desk, t) for t in service.versions(desk, id)]


@router.get("/records/{id}/links")
def links(caller: AtDoor, id: Id) -> list[Link]:
    """What a record hangs together with."""
    with caller.at_desk("see") as desk:
        return service.shown_ties(desk, service.ties(desk, service.open_record(desk, id)))


@router.get("/kinds")
def kinds(caller: AtDoor) -> list[KindOut]:
    """The kinds of record and their properties: what a draft may say."""
    caller.must_be_known()
    model = caller.house.model
    return [
        KindOut(
            name=k.name,
            label=k.label,
            extends=list(k.lineage[1:]),
            required=list(k.required),
            featured=list(k.featured),
            keep_days=k.keep_days,
            keep_days_most=k.keep_days_most,
            properties={
                p.name: PropertyOut(label=p.label, type=p.type, names=p.entity) for p in k.properties.values()
            },
        )
        for k in (model[name] for name in model.contributable)
    ]
