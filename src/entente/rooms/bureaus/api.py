"""The bureaus room over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from entente.core.journal import Event
from entente.core.things import Thing
from entente.rooms.bureaus import (
    administering,
    alerts_api,
    desk_api,
    experts_api,
    groups_api,
    journal,
    key_api,
    keyring,
    service,
    webhooks_api,
)
from entente.rooms.bureaus.desk_api import bureau_out
from entente.rooms.bureaus.model import Officer, officer_of
from entente.rooms.bureaus.schemas import (
    Act,
    BureauForm,
    BureauOut,
    Enrolled,
    KeyForm,
    KeyIssued,
    KeyOut,
    LinkOut,
    OfficerChange,
    OfficerForm,
    OfficerOut,
    Strict,
)
from entente.rooms.bureaus.signing_in import close_sessions
from entente.web.callers import AtDoor

router = APIRouter(prefix="/api/v1", tags=["bureaus"])
router.include_router(alerts_api.router)
router.include_router(desk_api.router)
router.include_router(groups_api.router)
router.include_router(experts_api.router)
router.include_router(webhooks_api.router)
router.include_router(key_api.router)
Id = Annotated[str, Path(max_length=64)]


@router.get("/me")
def me(caller: AtDoor) -> OfficerOut:
    """Who you are here."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="me")
        known = caller.officer
    return OfficerOut(
        id=known.id,
        name=known.name,
        bureau=known.code,
        roles=sorted(known.roles),
        clearance=known.clearance.name.lower(),
        held=sorted(known.held),
        reviewer=known.reviewer,
    )


@router.get("/bureaus")
def bureaus(caller: AtDoor) -> list[BureauOut]:
    """The directory of bureaus."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="directory")
        return [bureau_out(b, desk.now) for b in service.directory(desk).values()]


@router.post("/bureaus", status_code=201)
def found(caller: AtDoor, form: BureauForm) -> BureauOut:
    """Let a bureau join (secretariat)."""
    with caller.at_own_desk("administer", writing=True) as desk:
        return bureau_out(administering.found(desk, form), desk.now)


@router.get("/officers")
def officers(caller: AtDoor) -> list[OfficerOut]:
    """Your bureau's officers."""
    with caller.at_own_desk("administer") as desk:
        desk.note("see", what="officers")
        return [officer_out(officer_of(t)) for t in service.officers(desk, desk.asker.bureau)]


@router.post("/officers", status_code=201)
def enrol(caller: AtDoor, form: OfficerForm) -> Enrolled:
    """Enrol an officer of your bureau; the answer holds his one-time sign-in link."""
    with caller.at_own_desk("administer", writing=True) as desk:
        officer, token = administering.enrol(desk, form, keyring.held(desk, caller))
        return Enrolled(officer=officer_out(officer), link=f"/sign-in/link/{token}")


@router.patch("/officers/{id}")
def change_officer(caller: AtDoor, id: Id, form: OfficerChange) -> OfficerOut:
    """Change an officer; it holds at his very next request."""
    with caller.at_own_desk("administer", writing=True) as desk:
        return officer_out(administering.change(desk, id, form, keyring.held(desk, caller)))


@router.post("/officers/{id}/link", status_code=201)
def link(caller: AtDoor, id: Id) -> LinkOut:
    """A fresh one-time sign-in link for an officer of your bureau."""
    with caller.at_own_desk("administer", writing=True) as desk:
        token = administering.link(desk, id, keyring.held(desk, caller))
        return LinkOut(link=f"/sign-in/link/{token}")


@router.delete("/me/sessions", status_code=204)
def sign_out_everywhere(caller: AtDoor) -> Response:
    """End all your sessions."""
    with caller.at_own_desk("see", writing=True) as desk:
        close_sessions(desk.as_house(), desk.asker.officer)
    return Response(status_code=204)


@router.get("/keys")
def keys(caller: AtDoor) -> list[KeyOut]:
    """Your bureau's keys."""
    with caller.at_own_desk("administer") as desk:
        desk.note("see", what="keys")
        return [key_out(k) for k in service.keys_issued(desk.as_house(), desk.asker.bureau)]


@router.post("/keys", status_code=201)
def issue(caller: AtDoor, form: KeyForm) -> KeyIssued:
    """Issue a key for a machine of your bureau; it is shown this once."""
    with caller.at_own_desk("administer", writing=True) as desk:
        key, kept = administering.issue(desk, form, keyring.held(desk, caller))
        return KeyIssued(key=key, issued=key_out(kept))


@router.delete("/keys/{id}", status_code=204)
def revoke(caller: AtDoor, id: Id) -> Response:
    """Revoke a key of your bureau."""
    with caller.at_own_desk("administer", writing=True) as desk:
        service.revoke_key(desk.as_house(), id, desk.asker.bureau)
    return Response(status_code=204)


class Pages(Strict):
    after: str = Field(default="", max_length=64)
    limit: int = Field(default=100, ge=1, le=500)


@router.get("/journal")
def acts(caller: AtDoor, page: Annotated[Pages, Query()]) -> list[Act]:
    """Your bureau's acts (supervisor)."""
    with caller.at_own_desk("review") as desk:
        return [act_out(event) for event in journal.own_acts(desk, page.after, page.limit)]


def officer_out(officer: Officer) -> OfficerOut:
    return OfficerOut(
        id=officer.id,
        name=officer.name,
        bureau=officer.code,
        roles=sorted(officer.roles),
        clearance=officer.clearance.name.lower(),
        held=sorted(officer.held),
        reviewer=officer.reviewer,
    )


def key_out(kept: Thing) -> KeyOut:
    return KeyOut(
        id=kept.id,
        name=kept.first("name"),
        roles=list(kept.body.get("roles", ())),
        held=list(kept.body.get("held", ())),
        expires=kept.expires.isoformat(),
    )


def act_out(e: Event) -> Act:
    return Act(
        id=e.id,
        at=e.at.isoformat(timespec="seconds"),
        act=e.act,
        officer=e.officer,
        purpose=e.purpose,
        justification=e.justification,
        object=e.object,
        outcome=e.outcome,
    )
