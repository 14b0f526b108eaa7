"""Working groups and invitations over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from entente.desk import Desk
from entente.rooms.bureaus import inviting, service, working_groups
from entente.rooms.bureaus.directory_schemas import (
    GroupChange,
    GroupForm,
    GroupOut,
    InvitationOut,
    InvitedOut,
    InviteForm,
    MemberOut,
)
from entente.web.callers import AtDoor

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]


@router.get("/groups")
def listed(caller: AtDoor) -> list[GroupOut]:
    """Your working groups."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="groups")
        return [group_out(desk, g) for g in working_groups.groups(desk)]


@router.post("/groups", status_code=201)
def convene(caller: AtDoor, form: GroupForm) -> GroupOut:
    """Make a working group, which you convene (analyst, supervisor; in person)."""
    with caller.at_own_desk("convene", writing=True) as desk:
        return group_out(desk, working_groups.convene(desk, form))


@router.get("/groups/{id}")
def one(caller: AtDoor, id: Id) -> GroupOut:
    """One of your working groups."""
    with caller.at_own_desk("see") as desk:
        group = working_groups.group_of(desk, id)
        desk.note("see", object=id)
        return group_out(desk, group)


@router.patch("/groups/{id}")
def change(caller: AtDoor, id: Id, form: GroupChange) -> GroupOut:
    """Change a working group that you convene, renew it, or name its convenors."""
    with caller.at_own_desk("see", writing=True) as desk:
        return group_out(desk, working_groups.change(desk, id, form))


@router.post("/groups/{id}/invite", status_code=204)
def invite(caller: AtDoor, id: Id, form: InviteForm) -> Response:
    """Invite an expert of the directory, or a colleague, to a working group that you convene."""
    with caller.at_own_desk("see", writing=True) as desk:
        inviting.invite(desk, id, form)
    return Response(status_code=204)


@router.delete("/groups/{id}/members/{officer}", status_code=204)
def remove(caller: AtDoor, id: Id, officer: Id) -> Response:
    """Remove a member of a working group that you convene, or take back an invitation."""
    with caller.at_own_desk("see", writing=True) as desk:
        working_groups.leave(desk, id, officer)
    return Response(status_code=204)


@router.post("/groups/{id}/leave", status_code=204)
def leave(caller: AtDoor, id: Id) -> Response:
    """Leave a working group; the last one who leaves ends it."""
    with caller.at_own_desk("see", writing=True) as desk:
        working_groups.leave(desk, id)
    return Response(status_code=204)


@router.get("/invitations")
def invitations(caller: AtDoor) -> list[InvitationOut]:
    """Invitations to working groups that wait for your answer."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="invitations")
        codes = {n: b.code for n, b in service.directory(desk).items()}
        return [
            InvitationOut(
                id=i.id,
                group=i.group.name,
                area=i.group.area,
                purpose=i.group.purpose,
                ends=i.group.ends.isoformat(),
                by=i.by,
                bureau=codes[i.bureau],
                until=i.until.isoformat(),
            )
            for i in inviting.invitations(desk)
        ]


@router.post("/invitations/{id}/accept", status_code=204)
def accept(caller: AtDoor, id: Id) -> Response:
    """Accept an invitation; you are a member from your very next request on."""
    with caller.at_own_desk("see", writing=True) as desk:
        inviting.answer(desk, id, accept=True)
    return Response(status_code=204)


@router.post("/invitations/{id}/decline", status_code=204)
def decline(caller: AtDoor, id: Id) -> Response:
    """Decline an invitation."""
    with caller.at_own_desk("see", writing=True) as desk:
        inviting.answer(desk, id, accept=False)
    return Response(status_code=204)


def group_out(desk: Desk, group: working_groups.Group) -> GroupOut:
    codes = {n: b.code for n, b in service.directory(desk).items()}
    return GroupOut(
        id=group.id,
        name=group.name,
        area=group.area,
        purpose=group.purpose,
        ends=group.ends.isoformat(),
        ended=group.ended,
        bureaus=sorted(codes[b] for b in group.bureaus),
        members=[
            MemberOut(id=m.id, name=m.name, bureau=codes[m.bureau], convenor=m.convenor, active=m.active)
            for m in group.members
        ],
        invited=[
            InvitedOut(id=i.id, name=i.name, bureau=codes[i.bureau], until=i.until.isoformat())
            for i in inviting.waiting(desk, group.id)
        ],
        convenor=group.convenes(desk.asker.officer),
    )
