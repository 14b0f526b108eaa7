"""What an administrator may do: his own bureau's officers and keys; the secretariat's, everything here."""

from entente.core.access import Level, Role
from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import key_changes, service
from entente.rooms.bureaus.holding import Keyring
from entente.rooms.bureaus.model import FILE, GROUP, Bureau, Officer
from entente.rooms.bureaus.schemas import BureauForm, KeyForm, OfficerChange, OfficerForm
from entente.rooms.bureaus.signing_in import close_sessions, make_link


def found(desk: Desk, form: BureauForm) -> Bureau:
    """Let a bureau join. The secretariat alone."""
    if not own(desk).secretariat:
        raise NotAllowed("The secretariat lets bureaus join.")
    return service.register(
        desk.as_house(),
        form.code,
        form.label,
        desk=form.desk,
        phone=form.phone,
        email=form.email,
        sort=form.sort,
    )


def enrol(desk: Desk, form: OfficerForm, ring: Keyring | None = None) -> tuple[Officer, str]:
    """Enrol an officer; returns him and a one-time sign-in link's token.

    `ring`, here and below: what the acting session holds of its bureau's keys.
    """
    bureau = _bureau(desk, form.bureau)
    _grantable(desk, form.held, form.reviewer)
    officer = service.enrol(
        desk.as_house(),
        bureau,
        form.name,
        form.email,
        [Role(r) for r in form.roles],
        Level[form.clearance.upper()],
        form.held,
        form.reviewer,
    )
    return officer, make_link(desk.as_house(), officer.id, ring)


def change(desk: Desk, id: str, form: OfficerChange, ring: Keyring | None = None) -> Officer:
    """Change an officer; holds at his very next request.

    Leaving (`active: false`) ends his sessions; if he held the bureau's key, it is rotated.
    """
    standing = _officer(desk, id)
    _grantable(desk, sorted(set(form.held or []) - set(standing.body.get("held", ()))), form.reviewer is True)
    changes: dict[str, str | list[str]] = {}
    if form.roles is not None:
        changes["roles"] = sorted(form.roles)
    if form.clearance is not None:
        changes["clearance"] = str(int(Level[form.clearance.upper()]))
    if form.held is not None:
        changes["held"] = sorted(form.held)
    if form.reviewer is not None:
        changes["reviewer"] = "yes" if form.reviewer else "no"
    if form.active is not None:
        changes["active"] = "yes" if form.active else "no"
    held = key_changes.holds_key(desk, standing)
    officer = service.change_officer(desk.as_house(), id, **changes)
    if form.active is False:
        close_sessions(desk.as_house(), id)
        if held:
            key_changes.left(desk, standing, ring)
    return officer


def link(desk: Desk, id: str, ring: Keyring | None = None) -> str:
    """A fresh one-time sign-in link for an officer (he lost his passkey, say)."""
    return make_link(desk.as_house(), _officer(desk, id).id, ring)


def issue(desk: Desk, form: KeyForm, ring: Keyring | None = None) -> tuple[str, Thing]:
    """Issue a key for one's own bureau; it holds only compartments that its maker holds. Raises Faulty."""
    faults = [
        Fault("held", f"You do not hold {c}, or it is a group's or a file's", "Name compartments you hold.")
        for c in form.held
        if c not in desk.asker.held or c.startswith((GROUP, FILE))
    ]
    if faults:
        raise Faulty(faults=tuple(faults))
    roles = [Role(r) for r in form.roles]
    return service.issue_key(desk.as_house(), own(desk), form.name, roles, form.days, ring, form.held)


def one(desk: Desk, id: str) -> Thing:
    """An officer whom the caller may administer. Raises Absent."""
    return _officer(desk, id)


def own(desk: Desk) -> Bureau:
    return service.directory(desk)[desk.asker.bureau]


def _bureau(desk: Desk, code: str) -> Bureau:
    mine = own(desk)
    if code in {"", mine.code}:
        return mine
    known = service.by_code(desk).get(code)
    if not mine.secretariat:
        raise NotAllowed("An administrator enrols officers of his own bureau.")
    if known is None:
        raise Faulty(faults=(Fault("bureau", f"No bureau {code} takes part", "Register it first."),))
    return known


def _officer(desk: Desk, id: str) -> Thing:
    thing = desk.as_house().look(id)
    mine = own(desk)
    if thing.kind != "Officer" or not (mine.secretariat or thing.first("bureau") == str(mine.number)):
        raise Absent()
    return thing


def _grantable(desk: Desk, held: list[str], reviewer: bool) -> None:
    """A bureau grants its own compartments only (named `XA/…`); the secretariat any, and the review."""
    mine = own(desk)
    if mine.secretariat:
        return
    faults = [
        Fault(
            "held",
            f"{c} is not a compartment of {mine.code}",
            f"Name it {mine.code}/…, or ask the secretariat.",
        )
        for c in held
        if not c.startswith(f"{mine.code}/")
    ]
    if reviewer:
        faults.append(Fault("reviewer", "The secretariat names reviewers", "Ask it."))
    if faults:
        raise Faulty(faults=tuple(faults))
