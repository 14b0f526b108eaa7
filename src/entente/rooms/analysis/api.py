"""Analysis files over HTTP: opening, approving, members; what is in them is in the modules included here."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from entente.rooms.analysis import (
    charts_api,
    contributions_api,
    members,
    network_api,
    reports_api,
    service,
    shown,
    subjects_api,
)
from entente.rooms.analysis.model import (
    Decision,
    Ending,
    Extension,
    FileForm,
    FileOut,
    FileRow,
    InvitationOut,
    MemberForm,
    RoleForm,
)
from entente.web.callers import AtDoor

router = APIRouter(prefix="/api/v1/files", tags=["analysis"])
Id = Annotated[str, Path(max_length=64)]


@router.get("")
def listed(caller: AtDoor) -> list[FileRow]:
    """The analysis files that you are a member of."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="files")
        return [shown.row(desk, t) for t in service.files(desk)]


@router.post("", status_code=201)
def propose(caller: AtDoor, form: FileForm) -> FileOut:
    """Ask for an analysis file; a supervisor of your bureau opens it (analyst, supervisor; in person)."""
    with caller.at_own_desk("analyse", writing=True) as desk:
        return shown.whole(desk, service.propose(desk, form))


@router.get("/waiting")
def waiting(caller: AtDoor) -> list[FileRow]:
    """Files of your bureau that wait for a supervisor: to be opened, or to be extended."""
    with caller.at_own_desk("approve") as desk:
        desk.note("see", what="files")
        return [shown.row(desk, t) for t in service.waiting(desk)]


@router.get("/invitations")
def invitations(caller: AtDoor) -> list[InvitationOut]:
    """Invitations to files that wait for your answer."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="invitations")
        return members.shown_invitations(desk, members.invitations(desk))


@router.post("/invitations/{id}/accept", status_code=204)
def accept(caller: AtDoor, id: Id) -> Response:
    """Accept an invitation; you are a member from your very next request on."""
    with caller.at_own_desk("see", writing=True) as desk:
        members.answer(desk, id, accept=True)
    return Response(status_code=204)


@router.post("/invitations/{id}/decline", status_code=204)
def decline(caller: AtDoor, id: Id) -> Response:
    """Decline an invitation."""
    with caller.at_own_desk("see", writing=True) as desk:
        members.answer(desk, id, accept=False)
    return Response(status_code=204)


@router.get("/{file}")
def one(caller: AtDoor, file: Id) -> FileOut:
    """One of your files, or one that waits for you as a supervisor."""
    with caller.at_file(file, "see") as desk:
        found = service.open_file(desk, file)
        desk.note("see", object=file)
        return shown.whole(desk, found)


@router.delete("/{file}", status_code=204)
def discard(caller: AtDoor, file: Id) -> Response:
    """Take back a file that you asked for and nobody has approved."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        service.discard(desk, file)
    return Response(status_code=204)


@router.post("/{file}/approve", status_code=204)
def approve(caller: AtDoor, file: Id, given: Decision) -> Response:
    """A second person, a supervisor of the owner's bureau, opens or extends it, or says no."""
    with caller.at_own_desk("approve", writing=True) as desk:
        service.decide(desk, file, given)
    return Response(status_code=204)


@router.post("/{file}/extend")
def extend(caller: AtDoor, file: Id, form: Extension) -> FileOut:
    """A lead asks for a later review or end; a supervisor approves it."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        return shown.whole(desk, service.extend(desk, file, form))


@router.post("/{file}/close")
def close(caller: AtDoor, file: Id, form: Ending) -> FileOut:
    """A lead closes it: nothing is written to it any more, and after its retention it is erased."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        return shown.whole(desk, service.close(desk, file, form))


@router.post("/{file}/members", status_code=204)
def invite(caller: AtDoor, file: Id, form: MemberForm) -> Response:
    """A lead invites an officer of any bureau; whether there is such an officer is not told."""
    with caller.at_file(file, "see", writing=True) as desk:
        members.invite(desk, file, form)
    return Response(status_code=204)


@router.delete("/{file}/invitations/{id}", status_code=204)
def take_back(caller: AtDoor, file: Id, id: Id) -> Response:
    """A lead takes an invitation back."""
    with caller.at_file(file, "see", writing=True) as desk:
        members.take_back(desk, file, id)
    return Response(status_code=204)


@router.patch("/{file}/members/{officer}", status_code=204)
def change_role(caller: AtDoor, file: Id, officer: Id, form: RoleForm) -> Response:
    """A lead gives a member another role."""
    with caller.at_file(file, "see", writing=True) as desk:
        members.change_role(desk, file, officer, form.role)
    return Response(status_code=204)


@router.delete("/{file}/members/{officer}", status_code=204)
def remove(caller: AtDoor, file: Id, officer: Id) -> Response:
    """A lead removes a member; the file is gone for the member at the very next request."""
    with caller.at_file(file, "see", writing=True) as desk:
        members.remove(desk, file, officer)
    return Response(status_code=204)


@router.post("/{file}/leave", status_code=204)
def leave(caller: AtDoor, file: Id) -> Response:
    """Leave a file; its last lead cannot."""
    with caller.at_file(file, "see", writing=True) as desk:
        members.leave(desk, file)
    return Response(status_code=204)


router.include_router(contributions_api.router)
router.include_router(subjects_api.router)
router.include_router(reports_api.router)
router.include_router(charts_api.router)
router.include_router(network_api.router)
