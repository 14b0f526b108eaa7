"""How an officer stands now: with his groups and files, and not at all while his bureau is suspended.

The door asks it at every request (once an epoch), and so does whoever judges in the background for an
officer who is not there: a standing query that rings, a telling that is sent later.
"""

from dataclasses import replace

from entente.core.access import Asker, Level, Purpose, Role
from entente.core.problems import Absent, Fault, Faulty
from entente.desk import Desk
from entente.rooms.bureaus import service, signing_in
from entente.rooms.bureaus.model import FILE, GROUP, Officer, officer_of
from entente.web.callers import purpose_of

NO_REASON = "no reason is kept"
JOINED = {"WorkingGroup": GROUP, "AnalysisFile": FILE}
"""What an officer may be a member of, and how the compartment begins that its members hold."""


def as_he_stands(desk: Desk, officer: Officer) -> Officer:
    """The officer with the compartments of his groups and files and with why his bureau is suspended."""
    through = desk.as_house()
    joined = [t for _, t in through.inspect_all([f"member:{officer.id}"])]
    bureau = service.directory(through).get(officer.bureau)
    return replace(
        officer,
        held=officer.held | {f"{JOINED[t.kind]}{t.id}" for t in joined if t.kind in JOINED},
        suspended="" if bureau is None or bureau.active else bureau.reason or NO_REASON,
    )


def asker_now(desk: Desk, officer: str, purpose: Purpose, justification: str) -> Asker:
    """The officer or key of this id as an asker, as he stands now: for judging while he is not there.

    He is not active when he was stopped, left (his entry is gone), or his bureau is suspended; nobody
    who is not active gets anything (core.access).
    """
    kept = desk.as_house().look_all([officer]).get(officer)
    if kept is None or kept.kind not in {"Officer", "Key"}:
        return Asker(officer, -1, purpose, justification, roles=frozenset(), active=False)
    known = as_he_stands(desk, officer_of(kept, machine=kept.kind == "Key"))
    active = kept.first("active") == "yes" and not known.suspended
    return _asker(known, purpose, justification, active)


def machine_of(desk: Desk, bureau: int, justification: str) -> Asker:
    """A bureau's own system: what any machine of it may be told (official, no compartment)."""
    known = service.directory(desk.as_house()).get(bureau)
    active = known is not None and known.active
    return Asker("machine", bureau, Purpose.DESK, justification, frozenset({Role.OFFICER}), active)


def asker_for(desk: Desk, email: str, purpose: str, justification: str) -> Asker:
    """An officer with a reason, by `address` or `CODE:address`: for the command line.

    Raises Absent, NoPurpose, and Faulty when several bureaus have an officer with the address.
    """
    code, colon, address = email.rpartition(":")
    codes = [code] if colon else list(service.by_code(desk))
    keys = [service.mail_key(c, address) for c in codes]
    found = [t for _, t in desk.find(keys) if t.first("active") == "yes"]
    if not found:
        raise Absent(f"No active officer signs in as {email}.")
    if len(found) > 1:
        raise Faulty(faults=(Fault("officer", f"{len(found)} bureaus have {email}", "Write CODE:address."),))
    known = as_he_stands(desk, officer_of(found[0]))
    return _asker(known, purpose_of(purpose), justification, not known.suspended)


def asker_with_key(desk: Desk, key: str, justification: str) -> tuple[Asker, str]:
    """The machine that holds a key, at its own bureau's desk, and its name. Raises NotSignedIn."""
    known = as_he_stands(desk, signing_in.by_key(desk.as_house(), key))
    return _asker(known, Purpose.DESK, justification, not known.suspended), known.name


def _asker(known: Officer, purpose: Purpose, justification: str, active: bool) -> Asker:
    return Asker(
        officer=known.id,
        bureau=known.bureau,
        purpose=purpose,
        justification=justification,
        roles=known.roles,
        active=active,
        clearance=Level(known.clearance),
        held=known.held,
        reviewer=known.reviewer,
    )
