"""What happens to a bureau's key: founded, rotated, founded anew after a loss, revoked, given to somebody.

Each is noted, so that it is a leaf of the journal, and all other bureaus are told (not of the founding).
"""

from entente.core.problems import Absent, Fault, Faulty, Locked, NotYours
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import holding, sealing
from entente.rooms.bureaus.alerts import About, alert
from entente.rooms.bureaus.bureau_keys import SIGNED_AS, BureauKey, begin, current, end, public_keys
from entente.rooms.bureaus.holding import Keyring, Opened
from entente.rooms.bureaus.sealing import PrivateKeys
from entente.rooms.bureaus.service import directory


def arrive(desk: Desk, opened: Opened) -> None:
    """An officer signed in with a credential that can hold the key: the first of a bureau founds it; one
    who does not hold it waits, and his bureau is told."""
    if public_keys(desk, opened.bureau):
        holding.tell_if_waiting(desk, opened.holder)
    else:
        found(desk, opened)


def found(desk: Desk, opened: Opened) -> BureauKey:
    """Make a bureau's first keys and grant them to this holder. Raises Faulty where there are some."""
    if public_keys(desk, opened.bureau):
        raise Faulty(faults=(Fault("bureau", "It has a key already", "Rotate it, or found it anew."),))
    private = sealing.new_keys(desk.house.randomness)
    made = begin(desk, opened.bureau, private.public, None)
    holding.grant(desk, opened.holder, {made.fingerprint: private})
    desk.note("administer", object=made.id, what="bureau key founded", fingerprint=made.fingerprint)
    return made


def rotate(desk: Desk, ring: Keyring) -> BureauKey:
    """The next generation, signed by the one in force; whoever holds that holds this. Raises Locked."""
    before = current(desk, ring.bureau)
    if before is None or before.fingerprint != ring.fingerprint:
        raise Locked()
    private = sealing.new_keys(desk.house.randomness)
    signature = ring.current.sign(SIGNED_AS, private.public.raw)
    made = begin(desk, ring.bureau, private.public, before, signature)
    _hand_on(desk, before, made, private)
    _tell(desk, made, "bureau key rotated")
    return made


def found_anew(desk: Desk, opened: Opened) -> BureauKey:
    """New keys that the ones before do not sign, because they were lost or revoked: flagged so.

    Whoever holds the generation before holds this, and all credentials of the officer who founds it.
    Raises Faulty where there never was a key: signing in founds that.
    """
    known = public_keys(desk, opened.bureau)
    if not known:
        raise Faulty(faults=(Fault("bureau", "It has no key yet", "Sign in again: that founds it."),))
    private = sealing.new_keys(desk.house.randomness)
    made = begin(desk, opened.bureau, private.public, known[0])
    _hand_on(desk, known[0], made, private)
    for holder in holding.of_owner(desk, opened.holder.first("officer")):
        holding.grant(desk, holder, {made.fingerprint: private})
    _tell(desk, made, "bureau key founded anew")
    return made


def revoke(desk: Desk, fingerprint: str) -> BureauKey:
    """A key of one's own bureau is known to others: nothing is sealed to it from now on. Raises Absent."""
    known = next((k for k in public_keys(desk, desk.asker.bureau) if k.fingerprint == fingerprint), None)
    if known is None:
        raise Absent()
    if known.state == "revoked":
        return known
    ended = end(desk, known, "revoked")
    _tell(desk, ended, "bureau key revoked")
    return ended


def give(desk: Desk, owner: Thing, ring: Keyring | None) -> int:
    """Give the bureau's key to all credentials of an officer or a machine that wait for it; how many.

    Raises NotYours for another bureau's, Locked where the acting session does not hold the key, and Faulty
    where nothing waits.
    """
    if owner.first("bureau") != str(desk.asker.bureau):
        raise NotYours("A bureau's key is given by an administrator of that bureau.")
    if ring is None or ring.bureau != desk.asker.bureau:
        raise Locked()
    waiting = holding.waiting(desk, owner.id, ring.bureau)
    if not waiting:
        raise Faulty(faults=(Fault("officer", "Nothing of his waits for the bureau's key", ""),))
    for holder in waiting:
        holding.grant(desk, holder, ring.all)
    desk.note("administer", object=owner.id, what="bureau key given", credentials=len(waiting))
    return len(waiting)


def holds_key(desk: Desk, officer: Thing) -> bool:
    """Whether a credential of an officer holds his bureau's key in force."""
    known = current(desk, int(officer.first("bureau")))
    holders = holding.of_owner(desk, officer.id)
    return known is not None and any(holding.holds(desk, h, known.fingerprint) for h in holders)


def left(desk: Desk, officer: Thing, ring: Keyring | None) -> None:
    """An officer who held his bureau's key has left: it is rotated, or the bureau is told to rotate it."""
    bureau = int(officer.first("bureau"))
    if ring and ring.bureau == bureau:
        rotate(desk, ring)
        return
    alert(desk, bureau, About("key-rotate", object=officer.id))


def _hand_on(desk: Desk, before: BureauKey, made: BureauKey, private: PrivateKeys) -> None:
    for holder in holding.holders_of_key(desk, before.fingerprint):
        holding.grant(desk, holder, {made.fingerprint: private})


def _tell(desk: Desk, known: BureauKey, what: str) -> None:
    desk.note("administer", object=known.id, what=what, fingerprint=known.fingerprint)
    for bureau in directory(desk):
        if bureau != known.bureau:
            alert(desk, bureau, About("key-changed", object=known.id, other=known.bureau))
