"""Members of a file: invited by a lead, by address and bureau; each holds its compartment from accepting on.

Officers of other bureaus are in no list. Whether somebody has the address that a lead wrote is told to
nobody: an invitation stands and runs out alike where there is no such officer, or where he is not cleared.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import HOUSE_HANDLING, Desk, is_id
from entente.desk.retention import about
from entente.rooms.analysis import model, service
from entente.rooms.analysis.steps import named
from entente.rooms.bureaus import by_code, directory, mail_key
from entente.web.language import N_

LASTS = timedelta(days=30)
MOST_MEMBERS = 200
FILE_IS_FULL = N_("The file has as many members as it may")
LAST_LEAD = N_("The last lead cannot leave")


def invite(desk: Desk, id: str, form: model.MemberForm) -> None:
    """Invite an officer; a key of one's own bureau contributes from now on. Asked again, the newer stands.

    Raises Absent, NotAllowed unless the asker leads the file, Faulty.
    """
    file = service.file_of(desk, id)
    service.must_work(desk, file, "lead")
    bureau = by_code(desk).get(form.bureau)
    faults = []
    if bureau is None:
        faults.append(
            Fault("bureau", f"No bureau {form.bureau} takes part", "Use a code from the directory.")
        )
    if len(service.members(file)) + len(waiting(desk, id)) >= MOST_MEMBERS:
        faults.append(Fault("address", FILE_IS_FULL, "Remove a member, or take back an invitation."))
    if is_id(form.address):
        faults += _unfit_key(desk, form)
    if bureau is None or faults:
        raise Faulty(faults=tuple(faults))
    if is_id(form.address):
        _moved(desk, file, form.address, form.role, "joined")
        desk.note("analyse", object=id, what="file members")
        return
    address = form.address.strip()
    through = desk.as_house()
    found = [t for _, t in through.find([mail_key(form.bureau, address)]) if t.kind == "Officer"]
    officer = next((t for t in found if t.first("active") == "yes"), None)
    if officer is not None and officer.id in service.members(file):
        raise Faulty(faults=(Fault("address", "He is a member already", "Change his role instead."),))
    for standing in waiting(desk, id):
        if (standing.first("address").casefold(), standing.first("bureau")) == (
            address.casefold(),
            form.bureau,
        ):
            desk.erase(standing.id)
    said = {
        "file": id,
        "officer": officer.id if officer else "",
        "address": address,
        "bureau": form.bureau,
        "role": form.role,
        "by": desk.asker.officer,
        "at": desk.now.isoformat(timespec="seconds"),
    }
    invited = (f"invited-to-file:{officer.id}",) if officer else ()
    through.keep(
        "FileInvitation",
        said,
        HOUSE_HANDLING,
        expires=desk.today + LASTS,
        keys=(*invited, f"file-invitations:{id}", *about(id)),
    )
    desk.note("analyse", object=id, what="file members")


def _unfit_key(desk: Desk, form: model.MemberForm) -> list[Fault]:
    key = desk.as_house().look_all([form.address]).get(form.address)
    own = key is not None and key.kind == "Key" and key.first("bureau") == str(desk.asker.bureau)
    faults = [] if own else [Fault("address", "Your bureau has no such key", "Write an officer's address.")]
    if form.role != "contributor":
        faults.append(Fault("role", "A key contributes, and nothing else", "Choose contributor."))
    return faults


def waiting(desk: Desk, id: str) -> list[Thing]:
    """Invitations to a file that nobody has answered; the caller has made sure that it is the asker's."""
    return [t for _, t in desk.as_house().inspect_all([f"file-invitations:{id}"]) if t.expires > desk.today]


def invitations(desk: Desk) -> list[tuple[Thing, Thing]]:
    """(invitation, file) of the asker's own invitations, soonest to end first."""
    through = desk.as_house()
    found = []
    for _, invitation in through.find([f"invited-to-file:{desk.asker.officer}"]):
        file = through.inspect(invitation.first("file"))
        if file is None or model.level_of(file) > desk.asker.clearance:
            continue
        if service.is_writable(desk, file):
            found.append((invitation, file))
    return sorted(found, key=lambda pair: (pair[0].expires, pair[0].id))


def answer(desk: Desk, id: str, accept: bool) -> str:
    """Accept an invitation, and be a member from the very next request on, or decline it; the file's id.

    Raises Absent for all but the officer invited, Faulty where the file is full by now.
    """
    invitation, file = next((pair for pair in invitations(desk) if pair[0].id == id), (None, None))
    if invitation is None or file is None:
        raise Absent()
    if accept and len(service.members(file)) >= MOST_MEMBERS:
        raise Faulty(faults=(Fault("", FILE_IS_FULL, "Ask who invited you."),))
    desk.erase(id)
    if accept:
        _moved(desk, file, desk.asker.officer, invitation.first("role"), "joined")
    desk.note("analyse", object=file.id, what="file members", outcome="done" if accept else "declined")
    return file.id


def take_back(desk: Desk, id: str, invitation: str) -> None:
    """A lead takes an invitation back. Raises Absent, NotAllowed."""
    file = service.file_of(desk, id)
    service.must_be(desk, file, "lead")
    if invitation not in {t.id for t in waiting(desk, id)}:
        raise Absent()
    desk.erase(invitation)
    desk.note("analyse", object=id, what="file members")


def change_role(desk: Desk, id: str, officer: str, role: str) -> None:
    """A lead gives a member another role. Raises Absent, NotAllowed, Faulty for the last lead and keys."""
    file = service.file_of(desk, id)
    service.must_work(desk, file, "lead")
    if not service.role_of(file, officer):
        raise Absent()
    known = desk.as_house().look_all([officer]).get(officer)
    if known is not None and known.kind == "Key" and role != "contributor":
        raise Faulty(faults=(Fault("role", "A key contributes, and nothing else", "Remove it instead."),))
    _moved(desk, file, officer, role, "role-changed")
    desk.note("analyse", object=id, what="file members")


def remove(desk: Desk, id: str, officer: str) -> None:
    """A lead removes a member: the compartment is gone at the member's very next request.

    Raises Absent, NotAllowed, Faulty for the last lead.
    """
    file = service.file_of(desk, id)
    service.must_be(desk, file, "lead")
    if not service.role_of(file, officer):
        raise Absent()
    _moved(desk, file, officer, "", "removed")
    desk.note("analyse", object=id, what="file members")


def leave(desk: Desk, id: str) -> None:
    """Leave a file. Raises Absent, NotAllowed for who reads under oversight, Faulty for the last lead."""
    file = service.file_of(desk, id)
    if not service.role_of(file, desk.asker.officer):
        raise NotAllowed()
    _moved(desk, file, desk.asker.officer, "", "left")
    desk.note("analyse", object=id, what="file members")


def _moved(desk: Desk, file: Thing, officer: str, role: str, did: str) -> Thing:
    """Keep the file with an officer in another role, or in none."""
    changes: dict[str, Any] = {
        place: [o for o in file.body.get(place, ()) if o != officer] for place in service.PLACES.values()
    }
    if role:
        changes[service.PLACES[role]].append(officer)
    if not changes["leads"]:
        raise Faulty(faults=(Fault("role", LAST_LEAD, "Let somebody else lead it first."),))
    if role != "lead":  # whom he invited, he invited as a lead
        for one in waiting(desk, file.id):
            if one.first("by") == officer:
                desk.as_house().erase(one.id)
    return service.keep(desk, file, changes, did)


# --- shown ---------------------------------------------------------------------------------------


def shown(desk: Desk, file: Thing) -> list[model.Member]:
    """The members of a file, leads first."""
    codes = {n: b.code for n, b in directory(desk).items()}
    known = desk.as_house().look_all(service.members(file))
    found = [
        model.Member(
            id=o.id,
            name=o.first("name"),
            bureau=codes.get(int(o.first("bureau", "0")), ""),
            role=service.role_of(file, o.id),  # type: ignore[arg-type]
            active=o.first("active") == "yes",
        )
        for o in known.values()
    ]
    rank = {role: n for n, role in enumerate(reversed(service.ROLES))}
    return sorted(found, key=lambda m: (rank[m.role], m.bureau, m.name.casefold(), m.id))


def shown_invited(desk: Desk, file: Thing) -> list[model.Invited]:
    """Whom leads have invited, as it was written; for leads."""
    if service.role_of(file, desk.asker.officer) != "lead":
        return []
    found = [
        model.Invited(
            id=t.id,
            address=t.first("address"),
            bureau=t.first("bureau"),
            role=t.first("role"),  # type: ignore[arg-type]
            until=t.expires,
        )
        for t in waiting(desk, file.id)
    ]
    return sorted(found, key=lambda i: (i.bureau, i.address, i.id))


def shown_invitations(desk: Desk, found: Sequence[tuple[Thing, Thing]]) -> list[model.InvitationOut]:
    """The asker's own invitations as he reads them."""
    names = named(desk, [i.first("by") for i, _ in found])
    codes = {n: b.code for n, b in directory(desk).items()}
    return [
        model.InvitationOut(
            id=i.id,
            title=file.first("title"),
            area=file.first("area"),
            purpose=file.first("purpose"),
            role=i.first("role"),  # type: ignore[arg-type]
            by=names.get(i.first("by"), ""),
            bureau=codes.get(file.handling.owner, ""),
            until=i.expires,
        )
        for i, file in found
    ]
