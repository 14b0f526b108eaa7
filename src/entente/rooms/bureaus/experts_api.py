"""The directory of experts over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import experts, service
from entente.rooms.bureaus.directory_schemas import ExpertChange, ExpertForm, ExpertOut, ExpertQuery
from entente.web.callers import AtDoor

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]


@router.get("/experts")
def listed(caller: AtDoor, query: Annotated[ExpertQuery, Query()]) -> list[ExpertOut]:
    """Experts by area, language, bureau, words."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="experts")
        return [expert_out(desk, t) for t in experts.search(desk, query)]


@router.post("/experts", status_code=201)
def add(caller: AtDoor, form: ExpertForm) -> ExpertOut:
    """Enter an expert of your bureau (analyst, supervisor)."""
    with caller.at_own_desk("convene", writing=True) as desk:
        return expert_out(desk, experts.add(desk, form))


@router.patch("/experts/{id}")
def change(caller: AtDoor, id: Id, form: ExpertChange) -> ExpertOut:
    """Change an entry of your bureau (analyst, supervisor)."""
    with caller.at_own_desk("convene", writing=True) as desk:
        return expert_out(desk, experts.change(desk, id, form))


@router.post("/experts/{id}/confirm")
def confirm(caller: AtDoor, id: Id) -> ExpertOut:
    """Say that an entry of your bureau is right; it stays for another year (analyst, supervisor)."""
    with caller.at_own_desk("convene", writing=True) as desk:
        return expert_out(desk, experts.confirm(desk, id))


@router.delete("/experts/{id}", status_code=204)
def remove(caller: AtDoor, id: Id) -> Response:
    """Take an entry of your bureau out of the directory (analyst, supervisor)."""
    with caller.at_own_desk("convene", writing=True) as desk:
        experts.remove(desk, id)
    return Response(status_code=204)


def expert_out(desk: Desk, thing: Thing) -> ExpertOut:
    own = thing.handling.owner == desk.asker.bureau
    bureau = service.directory(desk).get(thing.handling.owner)
    return ExpertOut(
        id=thing.id,
        bureau=bureau.code if bureau else "",
        name=thing.first("name"),
        unit=thing.first("unit"),
        areas=list(thing.body.get("areas", ())),
        languages=list(thing.body.get("languages", ())),
        phone=thing.first("phone"),
        email=thing.first("email"),
        hours=thing.first("hours"),
        verified=thing.first("verified"),
        expires=thing.expires.isoformat(),
        invitable=bool(thing.first("officer")),
        audience=experts.audience_of(desk, thing) if own else None,
    )
