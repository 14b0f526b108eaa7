"""Working groups: officers of several bureaus who work on one subject, in a compartment of their own.

A group's compartment is `group/<id>`. An officer holds it from accepting an invitation until he leaves, and
nobody gives or takes it otherwise; whoever does not hold it cannot learn that the group exists (L29). Who is
in it stands on the group itself, never on the officers' entries, whose order and dates others can see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from entente.core.access import HOUSE_ONLY, POLICE_PURPOSES, Handling, Purpose
from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, come, is_due, is_id, sit
from entente.desk.retention import erase
from entente.rooms.bureaus.areas import AREAS
from entente.rooms.bureaus.directory_schemas import GroupChange, GroupForm
from entente.rooms.bureaus.duty import in_person
from entente.rooms.bureaus.model import GROUP

LONGEST = timedelta(days=366)
GRACE = timedelta(days=30)
"""How long a group that has ended can still be read and renewed; then it is erased."""
GONE = "groups-gone:"
MOST_MEMBERS = 200
MOST_CONVENED, MOST_OF_BUREAU, MOST_A_DAY = 20, 100, 30
"""Groups of a bureau at a time, for a convenor and in all; and made in a day, gone again or not. Every group
is a handling of its own, which every search weighs, and makes an epoch."""


@dataclass(frozen=True, slots=True)
class Member:
    """An officer in a group. `active`: he may still sign in."""

    id: str
    name: str
    bureau: int
    convenor: bool
    active: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A working group as its members know it. `bureaus`: numbers of those that have members.

    `ended`: its date has come; nobody may write to it, its members still read.
    """

    id: str
    name: str
    compartment: str
    bureaus: frozenset[int]
    area: str = ""
    purpose: str = ""
    ends: date = date.max
    ended: bool = False
    members: tuple[Member, ...] = ()

    def convenes(self, officer: str) -> bool:
        """Whether an officer may act as convenor; any member may where no active convenor is left."""
        named = {m.id for m in self.members if m.convenor and m.active}
        return officer in (named or {m.id for m in self.members})


def group_of(desk: Desk, id: str) -> Group:
    """One of the asker's groups; any group for the house. Raises Absent."""
    return known_as(desk, thing_of(desk, id))


def groups(desk: Desk) -> list[Group]:
    """The asker's groups, by name."""
    ids = [c.removeprefix(GROUP) for c in desk.asker.held if c.startswith(GROUP)]
    found = [known_as(desk, t) for t in desk.look_all(ids).values() if t.kind == "WorkingGroup"]
    return sorted(found, key=lambda g: (g.name.casefold(), g.id))


def convene(desk: Desk, form: GroupForm) -> Group:
    """Make a group; its maker convenes it, in person. Raises Faulty, NotAllowed."""
    if not in_person(desk):
        raise NotAllowed("A working group is made of officers, in person.")
    id = desk.house.ids.fresh()
    body = {
        "name": form.name,
        "area": form.area,
        "purpose": form.purpose,
        "ends": form.ends.isoformat(),
        "members": [desk.asker.officer],
        "convenors": [desk.asker.officer],
    }
    _examine(desk, body, form.ends, _too_many(desk))
    kept = desk.keep(
        "WorkingGroup",
        body,
        handling_of(id, desk.asker.bureau, {desk.asker.bureau}),
        id=id,
        expires=_erased(form.ends),
        keys=_keys(desk.asker.bureau, [desk.asker.officer], form.ends),
    )
    desk.remember(_made(desk), f"{desk.today} {_made_today(desk) + 1}")
    desk.new_epoch()
    desk.note("convene", object=id)
    return known_as(desk, kept)


def change(desk: Desk, id: str, form: GroupChange) -> Group:
    """Change a group's name, area, purpose, end or convenors; for its convenors. What is left out stays."""
    thing = convened(desk, id)
    known = known_as(desk, thing)
    changes: dict[str, object] = {
        name: value for name in ("name", "area", "purpose") if (value := getattr(form, name)) is not None
    }
    if form.ends is not None:
        changes["ends"] = form.ends.isoformat()
    faults = []
    if form.convenors is not None:
        changes["convenors"] = list(dict.fromkeys(form.convenors))
        members = {m.id for m in known.members}
        faults = [
            Fault(f"convenors/{n}", "Only a member convenes a group", "Invite him first.")
            for n, officer in enumerate(form.convenors)
            if officer not in members
        ]
        if not form.convenors:
            faults.append(Fault("convenors", "A group has a convenor", "Name one."))
    _examine(desk, {**thing.body, **changes}, form.ends, faults)
    return known_as(desk, keep(desk, thing, changes))


def leave(desk: Desk, id: str, officer: str = "") -> None:
    """Leave a group, or (its convenors) remove a member or take back an invitation.

    The last member's leaving ends it. Raises Absent, NotAllowed, and Faulty for the last convenor.
    """
    thing = thing_of(desk, id) if officer in {"", desk.asker.officer} else convened(desk, id)
    officer = officer or desk.asker.officer
    waiting = desk.as_house().find([f"invitations:{id}"], limit=1000)  # by the group: it knows of no others
    invited = [t for _, t in waiting if t.first("officer") == officer]
    members, convenors = _named(thing, "members"), _named(thing, "convenors")
    if officer not in members:
        if not invited:
            raise Absent()
        for invitation in invited:
            desk.erase(invitation.id)
        desk.note("convene", object=id)
        return
    members = [m for m in members if m != officer]
    convenors = [c for c in convenors if c != officer]
    if not members:
        end(desk, id)
        return
    if not convenors:
        raise Faulty(
            faults=(Fault("convenors", "The last convenor cannot leave", "Name another convenor first."),)
        )
    keep(desk, thing, {"members": members, "convenors": convenors})


def end(desk: Desk, id: str) -> None:
    """A group is over: it is erased with its invitations, and nobody holds its compartment any more."""
    erase(desk.as_house(), id)
    desk.new_epoch()
    desk.note("convene", object=id, outcome="ended")


def end_those_gone(house: House) -> bool:
    """End the groups whose date and grace have gone by; True when there were any."""
    if not is_due(house, GONE):
        return False
    with sit(house, HOUSE_ASKER, writing=True) as desk:
        for _, thing in desk.inspect_agenda(GONE, come(desk.now)):
            end(desk, thing.id)
    return True


# --- what a group is made of ---------------------------------------------------------------------


def handling_of(id: str, owner: int, bureaus: set[int]) -> Handling:
    """For those who hold the group's compartment, in the bureaus that have members."""
    return Handling(
        owner=owner,
        see=sum(1 << b for b in bureaus),
        need=frozenset({f"{GROUP}{id}"}),
        purposes=POLICE_PURPOSES | Purpose.DESK,
    )


def keep(desk: Desk, thing: Thing, changes: Mapping[str, object]) -> Thing:
    """Keep a group with changes; its handling follows its members, and so do theirs (a new epoch)."""
    body = desk.house.model.clean("WorkingGroup", {**thing.body, **changes})
    members = body["members"]
    officers = desk.as_house().look_all(members)
    bureaus = {int(o.first("bureau")) for o in officers.values()}
    until = date.fromisoformat(body["ends"][0])
    kept = desk.as_house().change(
        thing,
        body=body,
        handling=handling_of(thing.id, thing.handling.owner, bureaus),
        expires=_erased(until),
        keys=_keys(thing.handling.owner, members, until),
    )
    desk.new_epoch()
    desk.note("convene", object=thing.id)
    return kept


def _keys(owner: int, members: Sequence[str], ends: date) -> tuple[str, ...]:
    return (*(f"member:{m}" for m in members), f"groups-of:{owner}", f"{GONE}{ends + GRACE}")


def _too_many(desk: Desk) -> list[Fault]:
    """The faults where an officer or his bureau has as many groups as may be."""
    bureau = desk.asker.bureau
    standing = [t for _, t in desk.as_house().inspect_all([f"groups-of:{bureau}"])]
    mine = [t for t in standing if desk.asker.officer in _named(t, "convenors")]
    faults = []
    if len(mine) >= MOST_CONVENED:
        faults.append(Fault("", f"You convene {MOST_CONVENED} working groups", "End one first."))
    if len(standing) >= MOST_OF_BUREAU:
        what = f"Your bureau has {MOST_OF_BUREAU} working groups"
        faults.append(Fault("", what, "One of them must end first."))
    if _made_today(desk) >= MOST_A_DAY:
        what = f"Your bureau made {MOST_A_DAY} working groups today"
        faults.append(Fault("", what, "Make the next one tomorrow."))
    return faults


def _made(desk: Desk) -> str:
    """The note of how many groups a bureau made on which day."""
    return f"groups made by {desk.asker.bureau}"


def _made_today(desk: Desk) -> int:
    day, _, many = desk.recall(_made(desk)).partition(" ")
    return int(many) if day == desk.today.isoformat() else 0


def _erased(ends: date) -> date:
    """A day after `end_those_gone` has ended it with an epoch, which mere retention does not make."""
    return ends + GRACE + timedelta(days=1)


def thing_of(desk: Desk, id: str) -> Thing:
    """The group, for its members and the house. Raises Absent."""
    house = HOUSE_ONLY in desk.asker.held and is_id(id)
    thing = desk.inspect(id) if house else desk.look(id)
    if thing is None or thing.kind != "WorkingGroup":
        raise Absent()
    return thing


def _examine(desk: Desk, said: Mapping[str, object], ends: date | None, faults: Sequence[Fault] = ()) -> None:
    """Raise Faulty with every fault of what is said of a group; `ends` is None where it stays."""
    body, wrong = desk.house.model.examine("WorkingGroup", said)
    every = [*faults, *wrong]
    area = body.get("area", ("",))[0]
    if area and area not in AREAS:
        every.append(Fault("area", f"“{area}” is no crime area", "Use a slug of the table."))
    if ends is not None and not desk.today < ends <= desk.today + LONGEST:
        every.append(Fault("ends", "A group ends within a year", "Choose a date; it can be renewed."))
    if every:
        raise Faulty(faults=tuple(every))


def convened(desk: Desk, id: str) -> Thing:
    """The group, for those who convene it. Raises Absent, NotAllowed."""
    thing = thing_of(desk, id)
    if not known_as(desk, thing).convenes(desk.asker.officer):
        raise NotAllowed("A convenor of the working group does this.")
    return thing


def _named(thing: Thing, name: str) -> list[str]:
    return list(thing.body.get(name, ()))


def known_as(desk: Desk, thing: Thing) -> Group:
    members = _named(thing, "members")
    convenors = _named(thing, "convenors")
    known = desk.as_house().look_all(members)
    ends = date.fromisoformat(thing.first("ends"))
    shown = [
        Member(o.id, o.first("name"), int(o.first("bureau")), o.id in convenors, o.first("active") == "yes")
        for o in known.values()
    ]
    return Group(
        id=thing.id,
        name=thing.first("name"),
        compartment=f"{GROUP}{thing.id}",
        bureaus=frozenset(m.bureau for m in shown),
        area=thing.first("area"),
        purpose=thing.first("purpose"),
        ends=ends,
        ended=ends <= desk.today,
        members=tuple(sorted(shown, key=lambda m: (not m.convenor, m.bureau, m.name.casefold(), m.id))),
    )
