"""Bureaus, officers and keys: who takes part, and with which roles."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from entente.core.access import FIRST_PARTNER, HOUSE_ONLY, MOST_BUREAUS, Level, Purpose, Role
from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import NEVER, Thing
from entente.desk import HOUSE_HANDLING, Desk
from entente.desk.indexer import REFRESHED
from entente.rooms.bureaus import holding
from entente.rooms.bureaus.holding import Keyring
from entente.rooms.bureaus.model import (
    FILE,
    GROUP,
    OPEN_TO_ALL,
    POLICE,
    SORTS,
    Bureau,
    Officer,
    bureau_of,
    officer_handling,
    officer_of,
)

# --- bureaus -------------------------------------------------------------------------------------


def register(desk: Desk, code: str, label: str, /, **facts: str) -> Bureau:
    """Let a bureau join. It gets the next number; records are indexed anew so that it finds them."""
    code = code.strip().upper()
    faults = (
        []
        if code.isalnum() and 2 <= len(code) <= 8
        else [Fault("code", f"“{code}” is not 2 to 8 letters", "")]
    )
    if code in {b.code for b in directory(desk).values()}:
        faults.append(Fault("code", f"{code} takes part already", "Choose another code."))
    sort = facts.get("sort") or POLICE
    if sort not in SORTS:
        faults.append(Fault("sort", f"“{sort}” is no sort of bureau", f"Choose one of: {', '.join(SORTS)}."))
    numbers = [int(n) for n in desk.recall("bureaus").split()]
    number, end = _next_number(numbers, sort)
    if number >= end:
        faults.append(Fault("code", "As many bureaus of this sort take part as can; there is no place", ""))
    if faults:
        raise Faulty(faults=tuple(faults))
    body = {"code": code, "label": label, "number": str(number), **{k: v for k, v in facts.items() if v}}
    thing = desk.keep("Bureau", body, OPEN_TO_ALL, expires=NEVER, keys=(f"bureau:{code}",))
    desk.remember("bureaus", " ".join(str(n) for n in [*numbers, number]))
    desk.remember(REFRESHED, f"0 {desk.newest()}")
    desk.new_epoch()
    desk.note("administer", object=thing.id, what="bureau registered", code=code)
    return bureau_of(thing)


def _next_number(taken: Sequence[int], sort: str) -> tuple[int, int]:
    """(number, the first that is too large): partners have numbers that "everyone" does not hold."""
    if sort == POLICE:
        return max((n for n in taken if n < FIRST_PARTNER), default=0) + 1, FIRST_PARTNER
    return max((n for n in taken if n >= FIRST_PARTNER), default=FIRST_PARTNER - 1) + 1, MOST_BUREAUS - 1


def directory(desk: Desk) -> Mapping[int, Bureau]:
    """All bureaus by number. Open to everybody who takes part, so that the house reads it once an epoch."""
    if not desk.asker.active:
        return _directory(desk)
    return desk.once_an_epoch("directory", lambda: _directory(desk.as_house()))


def _directory(desk: Desk) -> Mapping[int, Bureau]:
    found = [bureau_of(t) for _, t in desk.table(["Bureau"], limit=MOST_BUREAUS)]
    return {b.number: b for b in sorted(found, key=lambda b: b.number)}


def by_code(desk: Desk) -> Mapping[str, Bureau]:
    return {b.code: b for b in directory(desk).values()}


# --- officers ------------------------------------------------------------------------------------


def enrol(
    desk: Desk,
    bureau: Bureau,
    name: str,
    email: str,
    roles: Sequence[Role] = (Role.OFFICER,),
    clearance: Level = Level.OFFICIAL,
    held: Sequence[str] = (),
    reviewer: bool = False,
) -> Officer:
    """Enrol an officer. Raises Faulty when the address is taken or a compartment is the house's."""
    faults = []
    if desk.find([mail_key(bureau.code, email)]):
        faults.append(Fault("email", "An officer signs in with this address already", "Use another."))
    if HOUSE_ONLY in held:
        faults.append(Fault("held", "This compartment is the house's own", ""))
    faults += groups_are_joined(held)
    body: dict[str, Any] = {
        "name": name,
        "email": email,
        "bureau": str(bureau.number),
        "code": bureau.code,
        "roles": sorted(roles),
        "clearance": str(int(clearance)),
        "held": sorted(held),
        "reviewer": "yes" if reviewer else "no",
        "active": "yes",
    }
    faults += desk.house.model.examine("Officer", body)[1]
    if faults:
        raise Faulty(faults=tuple(faults))
    thing = desk.keep(
        "Officer",
        body,
        officer_handling(bureau.number),
        expires=NEVER,
        keys=(mail_key(bureau.code, email), f"staff:{bureau.number}"),
    )
    desk.new_epoch()
    desk.note("administer", object=thing.id, what="officer enrolled")
    return officer_of(thing)


def change_officer(desk: Desk, id: str, **changes: Sequence[str] | str) -> Officer:
    """Change roles, clearance, compartments or activity; holds at the officer's very next request.

    Who is no longer active holds no key of the bureau.
    """
    thing = desk.look(id)
    body = {**thing.body, **{k: (v,) if isinstance(v, str) else tuple(v) for k, v in changes.items()}}
    if HOUSE_ONLY in body.get("held", ()):
        raise NotAllowed("This compartment is the house's own.")
    if faults := groups_are_joined(body.get("held", ())):
        raise Faulty(faults=tuple(faults))
    kept = desk.change(
        thing,
        body=desk.house.model.clean("Officer", body),
        keys=(mail_key(thing.first("code"), thing.first("email")), f"staff:{thing.first('bureau')}"),
    )
    if kept.first("active") != "yes":
        holding.drop(desk, holding.of_owner(desk, id))
    desk.new_epoch()
    desk.note("administer", object=id, what="officer changed", changed=sorted(changes))
    return officer_of(kept)


def groups_are_joined(held: Sequence[str]) -> list[Fault]:
    """Nobody gives or takes the compartment of a working group or a file: it comes by invitation."""
    do = "Leave it out."
    named = {
        GROUP: "A working group is joined by its invitation",
        FILE: "An analysis file is joined by its invitation",
    }
    return [Fault("held", what, do) for c in held for begins, what in named.items() if c.startswith(begins)]


def officers(desk: Desk, bureau: int) -> list[Thing]:
    """A bureau's officers, newest change first."""
    return [t for _, t in desk.table(["Officer"], key=f"staff:{bureau}", limit=5000)]


def mail_key(bureau: str, email: str) -> str:
    """An officer's key by the code of his bureau and his address.

    An address is unique for a bureau only: a bureau must not learn who works for another.
    """
    return f"officer:{bureau.strip().upper()}:{email.strip().casefold()}"


# --- keys for machines ---------------------------------------------------------------------------


def issue_key(
    desk: Desk,
    bureau: Bureau,
    name: str,
    roles: Sequence[Role],
    days: int = 365,
    ring: Keyring | None = None,
    held: Sequence[str] = (),
) -> tuple[str, Thing]:
    """Issue a key to a machine of a bureau: (the key, shown once, and what is kept of it).

    `ring`: what the acting session holds of the bureau's keys; without it the machine waits for them.
    """
    if Role.ADMINISTRATOR in roles:
        raise NotAllowed("A key cannot be an administrator.")
    secret = secrets.token_urlsafe(32)
    body = {
        "name": name,
        "bureau": str(bureau.number),
        "code": bureau.code,
        "roles": sorted(roles),
        "held": sorted(held),
        "active": "yes",
    }
    kept = desk.keep(
        "Key",
        body,
        replace(HOUSE_HANDLING, purposes=Purpose.DESK),
        expires=desk.today + timedelta(days=days),
        keys=(key_key(secret), f"keys:{bureau.number}"),
    )
    made = holding.hold(
        desk, kept.id, bureau.number, "key", secret.encode(), credential=kept.id, expires=kept.expires
    )
    holding.grant_if_same(desk, made.holder, ring)
    desk.note("administer", object=kept.id, what="key issued", bureau=bureau.code)
    return f"entente_{secret}", kept


def keys_issued(desk: Desk, bureau: int) -> list[Thing]:
    return [t for _, t in desk.table(["Key"], key=f"keys:{bureau}", limit=5000)]


def revoke_key(desk: Desk, id: str, bureau: int) -> None:
    thing = desk.look(id)
    if thing.kind != "Key" or thing.first("bureau") != str(bureau):
        raise Absent()
    holding.drop(desk, holding.of_owner(desk, id))
    desk.erase(thing.id)
    desk.new_epoch()
    desk.note("administer", object=id, what="key revoked")


def key_key(secret: str) -> str:
    return f"key:{digest(secret)}"


def digest(secret: str) -> str:
    """What is kept of a random secret: its SHA-256 (256 bits of entropy need no slow hash)."""
    return hashlib.sha256(secret.encode()).hexdigest()
