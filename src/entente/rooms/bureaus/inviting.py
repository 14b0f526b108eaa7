"""Invitations to working groups: one officer asks another, who alone is shown it and accepts or declines."""

from dataclasses import dataclass
from datetime import date, timedelta

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import HOUSE_HANDLING, Desk, is_id
from entente.desk.retention import about
from entente.rooms.bureaus import administering, service, working_groups
from entente.rooms.bureaus.directory_schemas import InviteForm
from entente.rooms.bureaus.working_groups import MOST_MEMBERS, Group

LASTS = timedelta(days=30)
GROUP_IS_FULL = "The working group has as many members as it may"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation, as the officer invited reads it. `by`: name of who invites, of `bureau` (its number)."""

    id: str
    group: Group
    by: str
    bureau: int
    until: date


@dataclass(frozen=True, slots=True)
class Invited:
    """An officer who has not answered yet."""

    id: str
    name: str
    bureau: int
    until: date


def invite(desk: Desk, id: str, form: InviteForm) -> None:
    """Invite an expert who is an officer here, or a colleague. Asked again, the same invitation stands.

    Raises Absent, NotAllowed unless the asker convenes the group, Faulty.
    """
    group = working_groups.known_as(desk, working_groups.convened(desk, id))
    officer = _whom(desk, form)
    where = "expert" if form.expert else "colleague"
    faults = []
    if group.ended:
        faults.append(Fault("ends", "The working group has ended", "Renew it first."))
    if officer.id in {m.id for m in group.members}:
        faults.append(Fault(where, f"{officer.first('name')} is a member already", ""))
    if len(group.members) >= MOST_MEMBERS:
        faults.append(Fault(where, GROUP_IS_FULL, ""))
    if faults:
        raise Faulty(faults=tuple(faults))
    if officer.id not in {i.id for i in waiting(desk, id)}:
        desk.as_house().keep(
            "Invitation",
            {"group": id, "officer": officer.id, "by": desk.asker.officer, "at": desk.now.isoformat()},
            HOUSE_HANDLING,
            expires=desk.today + LASTS,
            keys=(f"invited:{officer.id}", f"invitations:{id}", *about(id)),
        )
    desk.note("convene", object=id)


def waiting(desk: Desk, id: str) -> list[Invited]:
    """Who was invited to a group and has not answered; the caller has made sure that it is the asker's."""
    through = desk.as_house()
    sent = [t for _, t in through.find([f"invitations:{id}"], limit=1000)]
    known = through.look_all([t.first("officer") for t in sent])
    found = [
        Invited(o.id, o.first("name"), int(o.first("bureau")), t.expires)
        for t in sent
        if (o := known.get(t.first("officer")))
    ]
    return sorted(found, key=lambda i: (i.name.casefold(), i.id))


def invitations(desk: Desk) -> list[Invitation]:
    """The asker's own invitations, soonest to end first."""
    through = desk.as_house()
    found = []
    for _, thing in through.find([f"invited:{desk.asker.officer}"]):
        group = through.inspect(thing.first("group"))
        by = through.look_all([thing.first("by")]).get(thing.first("by"))
        if group and by:
            known = working_groups.known_as(desk, group)
            found.append(
                Invitation(thing.id, known, by.first("name"), int(by.first("bureau")), thing.expires)
            )
    return sorted([i for i in found if not i.group.ended], key=lambda i: (i.until, i.group.name, i.id))


def answer(desk: Desk, id: str, accept: bool) -> None:
    """Accept an invitation, and be a member from the very next request on; or decline it. Raises Absent."""
    mine = next((i for i in invitations(desk) if i.id == id), None)
    if mine is None:
        raise Absent()
    through = desk.as_house()
    desk.erase(id)
    if not accept:
        desk.note("convene", object=mine.group.id, outcome="declined")
        return
    members = [m.id for m in mine.group.members]
    if len(members) >= MOST_MEMBERS:
        raise Faulty(faults=(Fault("members", GROUP_IS_FULL, "Ask who invited you."),))
    thing = through.inspect(mine.group.id)
    if thing is None:
        raise Absent()
    working_groups.keep(desk, thing, {"members": [*members, desk.asker.officer]})


def colleague(desk: Desk, said: str) -> Thing | None:
    """An active officer of the asker's own bureau, by his id or his e-mail address."""
    key = service.mail_key(administering.own(desk).code, said)
    found = desk.look_all([said]).values() if is_id(said) else [t for _, t in desk.find([key])]
    own = [t for t in found if t.kind == "Officer" and t.first("bureau") == str(desk.asker.bureau)]
    return next((t for t in own if t.first("active") == "yes"), None)


def _whom(desk: Desk, form: InviteForm) -> Thing:
    """The officer meant. Raises Faulty, the same for every expert who cannot be invited."""
    if bool(form.expert) == bool(form.colleague):
        what = "Name an expert of the directory or a colleague, not both"
        raise Faulty(faults=(Fault("expert", what, ""),))
    if form.colleague:
        found = colleague(desk, form.colleague)
        if found is None:
            what = "No officer of your bureau has this id or address"
            raise Faulty(faults=(Fault("colleague", what, "Write his e-mail address."),))
        return found
    entry = desk.look(form.expert)
    officers = desk.as_house().look_all([entry.first("officer")])
    officer = officers.get(entry.first("officer")) if entry.kind == "Expert" else None
    if officer is None or officer.first("active") != "yes":
        raise Faulty(
            faults=(Fault("expert", "This expert is no officer of the house", "Ask his bureau to add him."),)
        )
    return officer
