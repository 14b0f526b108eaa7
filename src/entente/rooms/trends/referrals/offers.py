"""Seizures that a bureau lets be compared with companies' reports, by their numbers, one at a time."""

from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods.columns import KIND as SEIZURE
from entente.rooms.bureaus import PRIVATE, directory, own
from entente.rooms.trends.referrals import identifiers
from entente.rooms.trends.referrals import model as m

KIND = "ReferralOffer"


def offer(desk: Desk, form: m.OfferForm) -> Thing:
    """Offer a seizure of one's own bureau; the same offer again is the one that stands.

    Raises Absent, NotAllowed; Faulty for one without such a number, or in a compartment, which the desk does
    not hold.
    """
    if directory(desk)[desk.asker.bureau].sort == PRIVATE:
        raise NotAllowed("Companies report; seizures are other bureaus'.")
    seizure = desk.look(form.seizure)
    if seizure.kind != SEIZURE or seizure.handling.owner != desk.asker.bureau:
        raise Absent()
    if seizure.handling.need:
        raise Faulty(faults=(Fault("seizure", "It is in a compartment", "Offer one that is in none."),))
    if not identifiers.of_seizure(seizure):
        do = "Add one to the seizure first."
        raise Faulty(faults=(Fault("seizure", "It has no container, seal, batch or plate", do),))
    desk.note("refer", object=seizure.id, what="seizure offered")
    id = desk.house.ids.of("referral offer", seizure.id)
    if standing := desk.look_all([id]):
        return standing[id]
    body = {
        "seizure": seizure.id,
        "officer": desk.asker.officer,
        "at": desk.now.isoformat(timespec="seconds"),
    }
    label = own(desk.asker.bureau, seizure.handling.level)
    return desk.keep(KIND, body, label, id=id, version=0, keys=keys_of(desk, seizure))


def withdraw(desk: Desk, id: str) -> None:
    """Take an offer back. Raises Absent."""
    desk.withdraw(mine(desk, id))
    desk.note("refer", object=id, what="offer withdrawn")


def mine(desk: Desk, id: str) -> Thing:
    """An offer of one's own bureau. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != KIND or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    return thing


def listed(desk: Desk) -> list[Thing]:
    """One's own bureau's offers, the newest first."""
    desk.note("see", what="offers")
    return [t for _, t in desk.table([KIND], limit=500) if t.handling.owner == desk.asker.bureau]


def keys_of(desk: Desk, seizure: Thing) -> tuple[str, ...]:
    """By its seizure, and by the tokens of the seizure's numbers."""
    tokens = identifiers.tokens(desk, identifiers.of_seizure(seizure))
    return (of_key(seizure.id), *map(identifiers.key, tokens))


def of_key(seizure: str) -> str:
    return f"offer-of:{seizure}"
