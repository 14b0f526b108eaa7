"""Analysis files: asked for by an analyst, opened by a supervisor, extended by two persons, closed by a lead.

A file's compartment is `file/<id>`. Officers hold it while they are members; who is a member stands on the
file itself; nobody else can learn that it exists (L29), but for the supervisors of the owner's bureau while
something of it waits for their approval (RPD 68).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from entente.core.access import Level, may
from entente.core.problems import Absent, Fault, Faulty, NotAllowed, OutOfDate
from entente.core.things import NEVER, Thing
from entente.desk import Desk
from entente.desk.retention import erase
from entente.rooms.analysis import model
from entente.rooms.analysis.model import in_file
from entente.rooms.analysis.steps import with_step
from entente.rooms.bureaus import AREAS, in_person, is_among
from entente.web.language import N_

REVIEWED_WITHIN = timedelta(days=366)
LONGEST = timedelta(days=1826)
"""From its opening until it is erased (RPD 49)."""
WRITABLE_FOR = timedelta(days=30)
"""How long a file whose review is overdue may still be written to."""
PROPOSED_FOR = timedelta(days=30)
MOST_OF_BUREAU = 100
"""Files of a bureau at a time: each is several handlings, which every search weighs."""
ROLES = ("reader", "contributor", "analyst", "lead")
"""Of members, each with what those before it may do."""
PLACES: Mapping[str, str] = {
    "lead": "leads",
    "analyst": "analysts",
    "contributor": "contributors",
    "reader": "readers",
}
REVIEW, CLOSE, GONE, WAITING, OF = (
    "files-review:",
    "files-close:",
    "files-gone:",
    "files-waiting:",
    "files-of:",
)
CONNECTED = "files-connected"
"""The key of open files whose owners let others learn that there is a connection."""
NOTHING_PENDING = dict.fromkeys(("pendingReview", "pendingCloses", "pendingBy", "pendingWhy"), "")
SECOND = N_("Whoever asked for it does not approve it: another supervisor of the bureau does.")
IN_PERSON = N_("A key contributes to files; all else in them is done in person.")
NOT_OPEN = N_("The file is not open: nothing is written to it any more.")
OVERDUE = N_("The review of this file is long overdue: it can only be read until it is extended.")
ROLE_TOO_LOW = N_("Your role in this file does not reach that far. Its leads change it.")


# --- reading -------------------------------------------------------------------------------------


def file_of(desk: Desk, id: str) -> Thing:
    """A file of the asker's. Raises Absent for whoever is no member, as if there were no file."""
    thing = desk.look(id)
    if thing.kind != "AnalysisFile" or (
        thing.first("state") != "proposed" and gone(thing.body) <= desk.today
    ):
        raise Absent()
    return thing


def open_file(desk: Desk, id: str) -> Thing:
    """A file for its members, or for a supervisor while it waits for him. Raises Absent."""
    try:
        return file_of(desk, id)
    except Absent:
        return waiting_one(desk, id)


def files(desk: Desk) -> list[Thing]:
    """The asker's files, by title."""
    begin = model.compartment("")
    ids = [c.removeprefix(begin) for c in desk.asker.held if c.startswith(begin)]
    found = [t for t in desk.look_all(ids).values() if t.kind == "AnalysisFile"]
    return sorted(found, key=lambda t: (t.first("title").casefold(), t.id))


def waiting(desk: Desk) -> list[Thing]:
    """Files of the asker's bureau that wait for a supervisor, if he is one and cleared for them."""
    if not may(desk.asker, "approve"):
        return []
    found = [t for _, t in desk.as_house().inspect_all([f"{WAITING}{desk.asker.bureau}"])]
    cleared = [t for t in found if model.level_of(t) <= desk.asker.clearance]
    return sorted(cleared, key=lambda t: (t.first("title").casefold(), t.id))


def waiting_one(desk: Desk, id: str) -> Thing:
    """One of those. Raises Absent."""
    found = next((t for t in waiting(desk) if t.id == id), None)
    if found is None:
        raise Absent()
    return found


def role_of(file: Thing, officer: str) -> str:
    """An officer's role in a file; empty for who is no member."""
    return next((role for role, place in PLACES.items() if officer in file.body.get(place, ())), "")


def members(file: Thing) -> tuple[str, ...]:
    """Ids of all members, leads first."""
    return tuple(officer for place in PLACES.values() for officer in file.body.get(place, ()))


def state_now(desk: Desk, file: Thing) -> str:
    """proposed, open, overdue, read-only or closed: by its dates as well as by what was done."""
    said, due = file.first("state"), date.fromisoformat(file.first("reviewDue"))
    if said == "open" and date.fromisoformat(file.first("closes")) <= desk.today:
        return "closed"
    if said == "open" and due + WRITABLE_FOR < desk.today:
        return "read-only"
    return "overdue" if said == "open" and due < desk.today else said


def is_writable(desk: Desk, file: Thing) -> bool:
    """Whether anything may be written to it today."""
    return state_now(desk, file) in ("open", "overdue")


def must_work(desk: Desk, file: Thing, role: str = "contributor") -> None:
    """Raise NotAllowed unless the file may be written to and the asker has this role in it, or a higher one.

    Where no active officer leads it any more, its analysts may do what leads do.
    """
    if (state := state_now(desk, file)) not in ("open", "overdue"):
        raise NotAllowed(OVERDUE if state == "read-only" else NOT_OPEN)
    must_be(desk, file, role)


def must_be(desk: Desk, file: Thing, role: str) -> None:
    """Raise NotAllowed unless the asker has this role in the file, or a higher; a key only contributes."""
    mine = role_of(file, desk.asker.officer)
    if mine == "analyst" and role == "lead" and not _led(desk, file):
        mine = "lead"
    if mine not in ROLES or ROLES.index(mine) < ROLES.index(role):
        raise NotAllowed(ROLE_TOO_LOW)
    if role != "contributor":
        must_be_a_person(desk)


def must_be_a_person(desk: Desk) -> None:
    """Raise NotAllowed for a machine with a key."""
    if not in_person(desk):
        raise NotAllowed(IN_PERSON)


def _led(desk: Desk, file: Thing) -> bool:
    known = desk.as_house().look_all(file.body.get("leads", ()))
    return any(o.first("active") == "yes" for o in known.values())


# --- opening, extending, closing -----------------------------------------------------------------


def propose(desk: Desk, form: model.FileForm) -> Thing:
    """Ask for a file; its author leads it. Raises Faulty with every fault, NotAllowed for a key."""
    must_be_a_person(desk)
    id = desk.house.ids.fresh()
    said = form.model_dump(mode="json")
    body: dict[str, Any] = {
        **said,
        "retention": str(form.retention),
        "connect": "yes" if form.connect else "no",
        "state": "proposed",
        "author": desk.asker.officer,
        "leads": [desk.asker.officer],
    }
    _examine(desk, body, form)
    kept = desk.as_house().keep(
        "AnalysisFile",
        with_step(desk, body, "proposed"),
        model.inside(id, desk.asker.bureau, Level[form.level.upper()]),
        id=id,
        expires=desk.today + PROPOSED_FOR,
        keys=_keys(id, desk.asker.bureau, body),
    )
    desk.new_epoch()
    desk.note("analyse", object=id, what="file proposed")
    return kept


def discard(desk: Desk, id: str) -> None:
    """Its author takes back a file that nobody has approved yet. Raises Absent, NotAllowed."""
    file = file_of(desk, id)
    if file.first("state") != "proposed" or file.first("author") != desk.asker.officer:
        raise NotAllowed(N_("A file that was opened is closed, not discarded."))
    erase(desk.as_house(), id)
    desk.new_epoch()
    desk.note("analyse", object=id, what="file discarded")


def decide(desk: Desk, id: str, given: model.Decision) -> Thing | None:
    """A supervisor of the owner's bureau approves what waits, or not; None where the file is thereby gone.

    Raises Absent, NotAllowed for a key and for whoever asked, OutOfDate, Faulty.
    """
    file = waiting_one(desk, id)
    must_be_a_person(desk)
    extends = file.first("state") != "proposed"
    if is_among(desk, (file.first("pendingBy" if extends else "author"),)):
        raise NotAllowed(SECOND)
    if file.version != given.version:
        raise OutOfDate(f"It is at version {file.version}.")
    desk.note("approve", object=id, outcome="done" if given.approve else "not-approved")
    if extends:
        return _extended(desk, file, given)
    if not given.approve:
        erase(desk.as_house(), id)
        desk.new_epoch()
        return None
    if date.fromisoformat(file.first("reviewDue")) <= desk.today:
        raise Faulty(faults=(Fault("reviewDue", "The review date has come already", "Ask for it anew."),))
    changes = {"state": "open", "opened": desk.today.isoformat(), "approver": desk.asker.officer}
    return keep(desk, file, changes, "approved", given.why)


def _extended(desk: Desk, file: Thing, given: model.Decision) -> Thing:
    changes: dict[str, Any] = dict(NOTHING_PENDING)
    if given.approve:
        changes |= {"reviewDue": file.first("pendingReview"), "closes": file.first("pendingCloses")}
    return keep(desk, file, changes, "extended" if given.approve else "not-extended", given.why)


def extend(desk: Desk, id: str, form: model.Extension) -> Thing:
    """A lead asks for a later review, or a later end. Raises Absent, NotAllowed, Faulty."""
    file = file_of(desk, id)
    must_be(desk, file, "lead")
    if state_now(desk, file) not in ("open", "overdue", "read-only"):
        raise NotAllowed(NOT_OPEN)
    closes = form.closes or date.fromisoformat(file.first("closes"))
    opened = date.fromisoformat(file.first("opened"))
    if faults := _dates(desk, opened, form.reviewDue, closes, int(file.first("retention"))):
        raise Faulty(faults=tuple(faults))
    changes = {
        "pendingReview": form.reviewDue.isoformat(),
        "pendingCloses": closes.isoformat(),
        "pendingBy": desk.asker.officer,
        "pendingWhy": form.why,
    }
    kept = keep(desk, file, changes, "extension-asked", form.why)
    desk.note("analyse", object=id, what="file extension")
    return kept


def close(desk: Desk, id: str, form: model.Ending) -> Thing:
    """A lead closes the file: its members read it until its retention ends. Raises Absent, NotAllowed."""
    file = file_of(desk, id)
    must_be(desk, file, "lead")
    if state_now(desk, file) not in ("open", "overdue", "read-only"):
        raise NotAllowed(NOT_OPEN)
    changes = {**NOTHING_PENDING, "state": "closed", "closes": desk.today.isoformat()}
    kept = keep(desk, file, changes, "closed", form.why)
    desk.note("analyse", object=id, what="file closed")
    return kept


# --- how it is kept ------------------------------------------------------------------------------


def keep(desk: Desk, file: Thing, changes: Mapping[str, Any], did: str, why: str = "") -> Thing:
    """Keep a file with changes and the step that made them; who holds it follows at once (a new epoch).

    The caller has made sure that the asker may, and notes the act.
    """
    raw = with_step(desk, {**file.body, **changes}, did, why)
    body = desk.house.model.clean("AnalysisFile", raw)
    proposed = body["state"][0] == "proposed"
    kept = desk.as_house().change(
        file,
        body=body,
        expires=file.expires if proposed else NEVER,  # a duty erases it, with all that is in it
        keys=_keys(file.id, file.handling.owner, body),
    )
    desk.new_epoch()
    return kept


def gone(body: Mapping[str, Sequence[str]]) -> date:
    """The day on which a file and all that is in it is erased."""
    return date.fromisoformat(body["closes"][0]) + timedelta(days=int(body["retention"][0]))


def keys_of(file: Thing, told: bool = False) -> tuple[str, ...]:
    """The keys of a file as it stands; `told`: without that of its review, of which the owner knows."""
    keys = _keys(file.id, file.handling.owner, file.body)
    return tuple(k for k in keys if not (told and k.startswith(REVIEW)))


def _keys(id: str, owner: int, body: Mapping[str, Any]) -> tuple[str, ...]:
    said = {name: [value] if isinstance(value, str) else list(value) for name, value in body.items()}
    state = said["state"][0]
    officers = [officer for place in PLACES.values() for officer in said.get(place, ())]
    keys = [*(f"member:{o}" for o in officers), f"{OF}{owner}", in_file(id)]
    if state == "proposed" or any(said.get("pendingBy", ())):
        keys.append(f"{WAITING}{owner}")
    if state == "open":
        due = date.fromisoformat(said["reviewDue"][0])
        keys += [f"{REVIEW}{due + timedelta(days=1)}", f"{CLOSE}{said['closes'][0]}"]
        keys += [CONNECTED] if said["connect"][0] == "yes" else []
    if state != "proposed":
        keys.append(f"{GONE}{gone(said)}")
    return tuple(keys)


def _examine(desk: Desk, body: Mapping[str, Any], form: model.FileForm) -> None:
    """Raise Faulty with every fault of what is said of a file."""
    _clean, faults = desk.house.model.examine("AnalysisFile", body)
    if form.area and form.area not in AREAS:
        faults.append(Fault("area", f"“{form.area}” is no crime area", "Use a slug of the table."))
    if Level[form.level.upper()] > desk.asker.clearance:
        faults.append(Fault("level", "This level is above your clearance", "Choose a lower one."))
    faults += _dates(desk, desk.today, form.reviewDue, form.closes, form.retention)
    standing = desk.as_house().inspect_all([f"{OF}{desk.asker.bureau}"])
    if len(standing) >= MOST_OF_BUREAU:
        what = f"Your bureau has {MOST_OF_BUREAU} analysis files"
        faults.append(Fault("", what, "One of them must end first."))
    if faults:
        raise Faulty(faults=tuple(faults))


def _dates(desk: Desk, opened: date, review: date, closes: date, retention: int) -> list[Fault]:
    faults = []
    if not desk.today < review <= desk.today + REVIEWED_WITHIN:
        faults.append(
            Fault("reviewDue", "A file is reviewed within a year", "Choose a date; it can be extended.")
        )
    if closes <= desk.today:
        faults.append(Fault("closes", "A file closes after today", "Choose a later date."))
    elif closes + timedelta(days=retention) > opened + LONGEST:
        what = "A file and what is in it is kept five years at most, from its opening to its erasure"
        faults.append(Fault("retention", what, "Choose an earlier closing, or fewer days after it."))
    return faults
