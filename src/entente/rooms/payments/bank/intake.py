"""Banks' messages come in: read whole or not at all, kept once, each item matched or put in quarantine.

An item is matched by our own reference, or by the reference of the bank's recall, the payment's UETR or its
end-to-end id together with its amount: never by an amount alone, and only with an intercept in the reader's
view of which his bureau is a party. What contradicts itself, or fits two, is a person's to assign.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from entente.core.access import Level
from entente.core.problems import Absent, Fault, Faulty, NotYours, TooLarge
from entente.core.things import Thing
from entente.desk import Desk, is_id
from entente.match.banking import reading
from entente.match.banking.grammar import Unfit
from entente.rooms.bureaus import own
from entente.rooms.payments import service, stepping
from entente.rooms.payments.bank import intake_model as m
from entente.rooms.payments.bank import items, proposals, references
from entente.rooms.payments.bank.items import NO_MONEY, Decided, Item
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of
from entente.rooms.payments.model_steps import StepForm
from entente.web.forms import validated

MESSAGE = "BankMessage"
_NOTHING = frozenset({"", "NOTPROVIDED", "NONREF"})
"""What banks write where a payment has no end-to-end id."""
MOST_SUGGESTED = 5

# --- coming in -----------------------------------------------------------------------------------


def read(data: bytes, now: datetime) -> tuple[str, list[Item]]:
    """Name and items of a message. Raises Faulty with every fault, each with line and field, and TooLarge."""
    if len(data) > m.MOST_BYTES:
        raise TooLarge
    if not data.strip():
        raise Faulty(faults=(Fault("message", "The message is empty", "Send the bank's file as it came."),))
    try:
        return (name := reading.kind_of(data)), items.items_of(name, reading.read(data, now))
    except Unfit as unfit:
        raise Faulty(faults=unfit.faults) from None


def take(desk: Desk, data: bytes, name: str, found: Sequence[Item]) -> tuple[Thing, bool]:
    """Keep a message with its items; the one that stands and False, where it came before."""
    digest = sha256(data).hexdigest()
    if standing := _standing(desk, digest):
        desk.note("intercept", object=standing.id, outcome="came again", what=MESSAGE)
        return standing, False
    made = [_matched(desk, item) for item in found]
    body: dict[str, tuple[str, ...]] = {"name": (name,), "digest": (digest,), "by": (desk.asker.officer,)}
    body |= {"blobs": (desk.house.blobs.put(data),), **_said(made)}
    handling = own(desk.asker.bureau, _level(desk, made))
    kept = desk.keep(MESSAGE, body, handling, keys=_keys(desk, digest, made))
    desk.note("intercept", object=kept.id, outcome=kept.first("state"), what=name, items=len(made))
    desk.tell(f"bureau {desk.asker.bureau}")
    return kept, True


def _standing(desk: Desk, digest: str) -> Thing | None:
    found = desk.find([_digest_key(desk, digest)])
    return next((t for _, t in found if t.kind == MESSAGE and t.handling.owner == desk.asker.bureau), None)


def _digest_key(desk: Desk, digest: str) -> str:
    return f"bank-file:{desk.asker.bureau}:{digest}"


def _keys(desk: Desk, digest: str, made: Sequence[Decided]) -> list[str]:
    here = desk.asker.bureau
    about = dict.fromkeys(f"bank-about:{one.intercept}" for one in made if one.intercept)
    lists = [f"bank-messages:{here}", f"bank-messages:{here}:{items.state_of(made)}"]
    return [_digest_key(desk, digest), *lists, *about]


def _said(made: Sequence[Decided]) -> dict[str, tuple[str, ...]]:
    return {"state": (items.state_of(made),), "item": tuple([one.text() for one in made])}


def _level(desk: Desk, made: Sequence[Decided]) -> Level:
    """As high as the highest request that it is about: it tells of it."""
    seen = desk.look_all([one.intercept for one in made if one.intercept])
    return max([t.handling.level for t in seen.values()], default=Level.OFFICIAL)


# --- matching ------------------------------------------------------------------------------------


def _matched(desk: Desk, item: Item) -> Decided:
    """The item with the one intercept that it names, or in quarantine."""
    for by, keys in _names(item):
        found = [one for one in _parties(desk, keys) if by == "case" or _same_amount(item, one)]
        if len(found) == 1 and not _contradicts(item, found[0]):
            return Decided(item, items.MATCHED, found[0].id, by)
        if found:
            break
    return Decided(item)


def _names(item: Item) -> list[tuple[str, list[str]]]:
    """How an item names an intercept: the strongest way first."""
    quoted = [references.long(said) for said in (item.case, item.assignment) if said]
    names = [("case", [f"case:{said}" for said in dict.fromkeys(quoted)])]
    names.append(
        ("recall", [f"recall:{said}" for said in dict.fromkeys((item.case, item.assignment)) if said])
    )
    if item.uetr:
        names.append(("uetr", [f"uetr:{item.uetr}"]))
    if item.end_to_end not in _NOTHING:
        names.append(("end-to-end", [f"end-to-end:{item.end_to_end}"]))
    return names


def _parties(desk: Desk, keys: Sequence[str]) -> list[Intercept]:
    """Intercepts in the asker's view of which his bureau is a party."""
    things = {t.id: t for _, t in desk.find(keys) if t.kind == KIND} if keys else {}
    found = [intercept_of(thing) for thing in things.values()]
    return [one for one in found if one.part(desk.asker.bureau) in ("requester", "receiver")]


def _same_amount(item: Item, found: Intercept) -> bool:
    """Whether the payment that the bank names is of this amount; what it returns may be less, and says none
    of it where the original is told too."""
    told = item.amount if item.amount != NO_MONEY else item.resolved
    return told == (found.standing.ledger.requested, found.asset)


def _contradicts(item: Item, found: Intercept) -> bool:
    """Our reference beside another payment's UETR is nobody's to match but a person's."""
    return bool(item.uetr and found.form.uetr and item.uetr != found.form.uetr)


# --- deciding ------------------------------------------------------------------------------------


def assign(desk: Desk, id: str, number: int, given: m.Assign) -> Thing:
    """An item's intercept, by hand and with a reason. Raises Absent, NotYours, Faulty."""
    thing, made, one = _waiting(desk, id, number)
    about = service.look(desk, _called(desk, given.intercept))
    if about.part(desk.asker.bureau) == "follower":
        raise NotYours("The bureau that asked, or the one that was asked, does this.")
    said = _by(desk, one, items.MATCHED, given.why, intercept=about.id, by="hand")
    return _decided(desk, thing, made, number, said, "assigned")


def _called(desk: Desk, said: str) -> str:
    """The id of an intercept from its id or its reference; what is neither is looked up as it stands."""
    if is_id(said):
        return said
    found = [t.id for _, t in desk.find([f"case:{references.long(said)}"]) if t.kind == KIND]
    return found[0] if len(found) == 1 else said


def reject(desk: Desk, id: str, number: int, why: str) -> Thing:
    """No step follows from an item. Raises Absent, Faulty."""
    thing, made, one = _waiting(desk, id, number)
    return _decided(desk, thing, made, number, _by(desk, one, items.REJECTED, why), "rejected")


def set_aside(desk: Desk, id: str, number: int, why: str) -> Thing:
    """An item is about no request of this bureau. Raises Absent, Faulty."""
    thing, made, one = _waiting(desk, id, number)
    said = _by(desk, one, items.ASIDE, why, intercept="", by="")
    return _decided(desk, thing, made, number, said, "set aside")


def accept(desk: Desk, id: str, number: int, given: m.Accept) -> tuple[Thing, Intercept]:
    """Do the step that follows from an item, as proposed or as the officer makes it.

    Raises Absent, and what the step raises: nothing is kept then.
    """
    thing, made, one = _waiting(desk, id, number)
    if not one.intercept:
        what = "It is in quarantine: it names no request of yours"
        raise Faulty(faults=(Fault("item", what, "Assign it to a request first, or set it aside."),))
    about = service.look(desk, one.intercept)
    step = given.step.model_dump() if given.step else _proposed(desk, one.said, about)
    form = validated(StepForm, do=step)
    stepped = stepping.step(desk, about.id, form, message=thing.id)
    said = _by(desk, one, items.ACCEPTED, "", did=form.do.step)
    return _decided(desk, thing, made, number, said, "accepted"), stepped


def _proposed(desk: Desk, item: Item, about: Intercept) -> dict[str, object]:
    """The step as it was proposed. Raises Faulty where a person must fill something in."""
    part = about.part(desk.asker.bureau)
    made = proposals.propose(item, about, part, stepping.allowed(desk, about))
    if made.do is None:
        what = "No step follows from this"
        raise Faulty(faults=(Fault("step", what, "Say which one, or reject it with a reason."),))
    if made.missing:
        what = "The bank's message does not say it"
        raise Faulty(faults=tuple([Fault(f"step/{name}", what, "Fill it in.") for name in made.missing]))
    return dict(made.do)


def _by(desk: Desk, one: Decided, state: str, why: str, **more: str) -> Decided:
    return items.decided(one, state, why, desk.asker.officer, desk.now, **more)


def _waiting(desk: Desk, id: str, number: int) -> tuple[Thing, list[Decided], Decided]:
    """A message, its items, and one that nobody has decided. Raises Absent, Faulty."""
    thing = look(desk, id)
    made = items_in(thing)
    if not 1 <= number <= len(made):
        raise Absent()
    one = made[number - 1]
    if one.state not in items.UNDECIDED:
        what = f"It is decided already: {one.state}"
        raise Faulty(faults=(Fault("item", what, "Put it right on the request itself."),))
    return thing, made, one


def _decided(
    desk: Desk, thing: Thing, made: list[Decided], number: int, said: Decided, outcome: str
) -> Thing:
    made = [*made[: number - 1], said, *made[number:]]
    level = max(thing.handling.level, _level(desk, made))
    kept = desk.change(
        thing,
        body={**thing.body, **_said(made)},
        handling=replace(thing.handling, level=level),
        keys=_keys(desk, thing.first("digest"), made),
    )
    desk.note("intercept", object=thing.id, outcome=outcome, item=number, about=said.intercept)
    desk.tell(f"bureau {desk.asker.bureau}")
    return kept


# --- reading -------------------------------------------------------------------------------------


def look(desk: Desk, id: str) -> Thing:
    """One's own bureau's message. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != MESSAGE or thing.handling.owner != desk.asker.bureau:
        raise Absent()
    return thing


def raw(desk: Desk, id: str) -> bytes:
    """The file as it came. Raises Absent."""
    thing = look(desk, id)
    desk.note("export", object=id, what="bank message")
    try:
        return desk.house.blobs.open(thing.first("blobs"))
    except KeyError:
        raise Absent() from None


def items_in(thing: Thing) -> list[Decided]:
    return [items.read(text) for text in thing.body.get("item", ())]


def listed(desk: Desk, asked: m.Asked) -> tuple[list[Thing], str]:
    """One's own bureau's messages of a state (all, where none is named), newest change first, and where the
    list goes on. Raises Absent for an `after` that is no message of one's own."""
    place = look(desk, asked.after).place if asked.after else 0
    key = f"bank-messages:{desk.asker.bureau}" + (f":{asked.state}" if asked.state else "")
    page = desk.table([MESSAGE], key=key, after=place, limit=asked.limit + 1)
    desk.note("see", what="bank messages")
    more = len(page) > asked.limit
    return [t for _, t in page[: asked.limit]], page[asked.limit - 1][1].id if more else ""


def about(desk: Desk, intercept: str) -> list[Thing]:
    """The messages of one's own bureau about an intercept, oldest first."""
    found = [t for _, t in desk.find([f"bank-about:{intercept}"]) if t.kind == MESSAGE]
    return sorted(found, key=lambda t: (t.created, t.id))


def suggested(desk: Desk, one: Decided) -> list[Intercept]:
    """Intercepts with a reference of an item in quarantine: whether one of them is meant, a person says."""
    if one.state != items.QUARANTINE:
        return []
    keys = [key for _, several in _names(one.said) for key in several]
    return sorted(_parties(desk, keys), key=lambda found: found.reference)[:MOST_SUGGESTED]
