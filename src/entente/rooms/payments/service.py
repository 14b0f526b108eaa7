"""Intercepts drafted, merged with what is the same payment, edited and read. Steps are in stepping.py."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from entente.core.access import EVERYONE, Handling, Level
from entente.core.kinds import FIVE_YEARS
from entente.core.problems import Absent, Fault, Faulty, NotYours, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import directory, own
from entente.rooms.payments import drafts, repeats, routing
from entente.rooms.payments.drafts import Draft
from entente.rooms.payments.history import Event
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of
from entente.rooms.payments.model import InterceptEdit, InterceptForm
from entente.rooms.payments.turns import next_moment, turn

BEFORE_SENT = frozenset({"draft", "checked"})
OVER = frozenset({"closed", "withdrawn"})
MOST_EVENTS, MOST_OF_OFFICERS, MOST_WORDS = 500, 440, 300
"""Events of one intercept: as many as a property may have. Beyond MOST_WORDS nobody talks, beyond
MOST_OF_OFFICERS it is only ended and put right, and the last are for the ends of holds."""
WORDS = frozenset({"asked", "informed", "ordered", "challenged", "passed", "release-refused"})
ENDING = frozenset({"released", "returned", "closed", "corrected", "withdrawn"})
MOST_TOLD, MOST_MERGES = 200, 200

# --- drafting ------------------------------------------------------------------------------------


def draft(desk: Desk, form: InterceptForm) -> tuple[Intercept, bool]:
    """(the draft, True); or one's own bureau's intercept of the same payment, which notes it, and False.

    Raises Faulty with every fault of what is written; what only sending needs may be missing.
    """
    made = drafts.checked(form, desk.now)
    _refuse(desk, made)
    if standing := same_payment(desk, made):
        return _merged(desk, standing, made), False
    receiver = routing.receiver(desk, made.form)[0]
    body = _body(made, receiver)
    id = desk.house.ids.fresh()
    event = event_of(desk, "drafted", "requester", ref=made.form.ref)
    kept = _keep_new(desk, id, body, event)
    desk.note("intercept", object=id, outcome="drafted")
    return kept, True


def edit(desk: Desk, id: str, given: InterceptEdit) -> Intercept:
    """The whole form anew, before it is sent: an approval falls. Raises Faulty, NotYours, OutOfDate."""
    found = mine(desk, id, given.version)
    if found.standing.state not in BEFORE_SENT:
        what = "It was sent: what is asked does not change under the receiver's hands"
        raise Faulty(faults=(Fault("state", what, "Tell him by an answer, or withdraw it and draft anew."),))
    made = drafts.checked(given.form, desk.now)
    _refuse(desk, made)
    if other := same_payment(desk, made, id):
        what = f"Your bureau has a request for this payment: {other.reference}"
        raise Faulty(faults=(Fault("uetr", what, "Discard one of the two."),))
    _must_fit_its_parent(desk, found, made)
    body = _body(made, routing.receiver(desk, made.form)[0])
    kept = keep(desk, found, event_of(desk, "edited", "requester"), **body)
    desk.note("intercept", object=id, outcome="edited", version=kept.thing.version)
    return kept


def _must_fit_its_parent(desk: Desk, found: Intercept, made: Draft) -> None:
    """A child asks for no more than moved on, and is read by nobody who may not read what is before it."""
    before = desk.as_house().inspect(found.thing.first("parent"))
    if before is None:
        return
    faults = []
    if Level[made.form.level.upper()] < Level[found.form.level.upper()]:
        what = "Its level is not below that of the request before it"
        faults.append(Fault("level", what, "Leave it as it was, or choose a higher one."))
    movement = intercept_of(before).standing.movements.get(found.thing.first("movement"))
    if movement and (made.asset != before.first("asset") or made.amount > int(movement.facts["amount"])):
        what = "It is more than moved on"
        faults.append(Fault("amount", what, "Ask for at most what the movement says."))
    if faults:
        raise Faulty(faults=tuple(faults))


def discard(desk: Desk, id: str, version: int) -> None:
    """Throw away what was never sent. Raises Faulty, NotYours, OutOfDate, Absent."""
    found = mine(desk, id, version)
    if found.standing.state not in BEFORE_SENT:
        raise Faulty(faults=(Fault("state", "It was sent", "Withdraw it instead."),))
    desk.erase(id)
    desk.note("withdraw", object=id, what=KIND, outcome="discarded")


def same_payment(desk: Desk, made: Draft, but: str = "") -> Intercept | None:
    """One's own bureau's intercept of the same payment: the same UETR, or the same debtor, creditor, amount
    and day. Never another bureau's, none that was withdrawn, and not `but`."""
    found = desk.find(_same_keys(made)) if made.amount or made.form.uetr else []
    mine = [t for _, t in found if t.kind == KIND and t.handling.owner == desk.asker.bureau]
    others = [t for t in mine if t.first("state") != "withdrawn" and t.id != but]
    standing = [one for t in sorted(others, key=lambda t: t.n) if _may_be(one := intercept_of(t), made)]
    return standing[0] if standing else None


def _may_be(standing: Intercept, made: Draft) -> bool:
    """Two UETRs are two payments, however alike."""
    given, kept = made.form.uetr, standing.form.uetr
    return not given or not kept or given == kept


def _refuse(desk: Desk, made: Draft) -> None:
    faults = [*made.faults, *routing.faults(desk, made.form)]
    level = Level[made.form.level.upper()]
    if level > desk.asker.clearance:
        faults.append(Fault("level", "This level is above your clearance", "Choose a lower one."))
    seen = desk.look_all(made.form.subjects)
    faults += [
        Fault(f"subjects/{n}", "There is no such record for you", "Give the id of a record that you see.")
        for n, one in enumerate(made.form.subjects)
        if one not in seen
    ]
    if faults:
        raise Faulty(faults=tuple(faults))


def _merged(desk: Desk, standing: Intercept, made: Draft) -> Intercept:
    """The same report came again: it is noted with what it says otherwise, and nothing is changed by it."""
    before, given = standing.form.model_dump(), made.form.model_dump()
    differs = sorted(name for name, value in given.items() if value != before[name] and name != "ref")
    event = event_of(desk, "merged", "requester", ref=made.form.ref, differs=" ".join(differs))
    line = replace(event, number=standing.merged + 1).line()
    told = (*standing.thing.body.get("merge", ()), line)[-MOST_MERGES:]
    kept = keep(desk, standing, merge=told, merged=(str(standing.merged + 1),))
    desk.note("intercept", object=standing.id, outcome="merged", differs=differs)
    return kept


# --- reading -------------------------------------------------------------------------------------


def look(desk: Desk, id: str) -> Intercept:
    """An intercept that the asker may see. Raises Absent, the same for what is not there."""
    thing = desk.look(id)
    if thing.kind != KIND:
        raise Absent()
    return intercept_of(thing)


def open_intercept(desk: Desk, id: str) -> Intercept:
    found = look(desk, id)
    desk.note("see", object=id)
    return found


def mine(desk: Desk, id: str, version: int | None = None) -> Intercept:
    """One that one's own bureau asked. Raises Absent, NotYours, OutOfDate."""
    found = look(desk, id)
    if found.requester != desk.asker.bureau:
        raise NotYours("Only the bureau that asked does this.")
    must_be_newest(found, version)
    return found


def must_be_newest(found: Intercept, version: int | None) -> None:
    if version is not None and version != found.thing.version:
        raise OutOfDate(f"It is at version {found.thing.version}.")


# --- keeping -------------------------------------------------------------------------------------


def event_of(desk: Desk, did: str, part: str, why: str = "", /, **facts: str) -> Event:
    """An event of now, by who sits here; facts that say nothing are left out."""
    return Event(
        at=desk.now.isoformat(timespec="microseconds"),
        did=did,
        bureau=desk.noter.bureau,
        part=part,
        officer=desk.noter.officer if part != "house" else "",
        why=why,
        facts={name: value for name, value in facts.items() if value},
    )


def keep(
    desk: Desk, found: Intercept, *events: Event, told: Sequence[str] = (), **body: tuple[str, ...]
) -> Intercept:
    """The intercept with more events; state, handling, keys and clocks follow. Raises Faulty when it is full.

    For a service that has decided that the caller may: what two bureaus share is changed through the house.
    """
    standing = found.thing.body.get("event", ())
    lines = [*standing, *(replace(e, number=n).line() for n, e in enumerate(events, len(standing) + 1))]
    most = min((_room_for(e) for e in events), default=MOST_EVENTS)
    if len(lines) > most:
        raise Faulty(faults=(Fault("events", f"It has {most} events, the most there can be", "Close it."),))
    raw = {**found.thing.body, **body, "event": tuple(lines)}
    if told:
        raw["told"] = tuple(dict.fromkeys([*raw.get("told", ()), *told]))[-MOST_TOLD:]
    changed = intercept_of(replace(found.thing, body=raw))
    raw["state"] = (changed.standing.state,)
    clean = desk.clean(desk.house.model[KIND], {n: v for n, v in raw.items() if v}, found.requester)
    settled = intercept_of(replace(found.thing, body=clean))
    kept = desk.as_house().change(
        found.thing, body=clean, handling=_handling(settled), keys=_keys(desk, settled)
    )
    return replace(settled, thing=kept)


def _room_for(event: Event) -> int:
    """How many events there may be when this one comes: talk leaves room for money, and money for its end."""
    if event.part == "house":
        return MOST_EVENTS
    return MOST_WORDS if event.did in WORDS else MOST_OF_OFFICERS + 10 * (event.did in ENDING)


def keep_child(
    desk: Desk, parent: Intercept, movement: str, made: Draft, followers: Sequence[int]
) -> Intercept:
    """A new draft for money that moved on; those that follow it see it once it is sent."""
    body = _body(made, routing.receiver(desk, made.form)[0])
    body |= {"parent": (parent.id,), "movement": (movement,)}
    body |= {"followers": tuple(str(n) for n in followers)}
    event = event_of(desk, "drafted", "requester", parent=parent.reference)
    return _keep_new(desk, desk.house.ids.fresh(), body, event)


def _keep_new(desk: Desk, id: str, body: Mapping[str, tuple[str, ...]], event: Event) -> Intercept:
    code = directory(desk)[desk.asker.bureau].code
    whole = {
        **body,
        "reference": (f"{code}-{desk.now.year}-{id[:10].upper()}",),
        "state": ("draft",),
        "event": (replace(event, number=1).line(),),
    }
    clean = desk.clean(desk.house.model[KIND], {n: v for n, v in whole.items() if v}, desk.asker.bureau)
    handling = own(
        desk.asker.bureau, Level[InterceptForm.model_validate_json(clean["form"][0]).level.upper()]
    )
    fresh = intercept_of(Thing(id, KIND, handling, clean, created=desk.now, changed=desk.now))
    kept = desk.keep(
        KIND,
        clean,
        _handling(fresh),
        id=id,
        keys=_keys(desk, fresh),
        expires=desk.today + timedelta(days=FIVE_YEARS),
    )
    return replace(fresh, thing=kept)


def _body(made: Draft, receiver: int) -> dict[str, tuple[str, ...]]:
    return {
        "form": (made.form.model_dump_json(),),
        "amount": (str(made.amount),),
        "asset": (made.asset or "?",),
        "receiver": (str(receiver),) if receiver >= 0 else (),
    }


def _handling(found: Intercept) -> Handling:
    """Its own bureau's alone until it is sent; then the receiver's and the followers' too. Others learn of it
    by the account alone, where the bureau that asked lets them (`ring`)."""
    level = Level[found.form.level.upper()]
    sent = bool(found.standing.delivered)
    parties = [found.receiver, *(int(n) for n in found.thing.body.get("followers", ()))] if sent else []
    see = sum(1 << n for n in set(parties) if n >= 0)
    handling = own(found.requester, level, see=see)
    if sent and found.form.ring and not _mistaken(found):
        handling = replace(handling, hint=EVERYONE & ~see & ~(1 << found.requester), watch=True)
    return handling


def _mistaken(found: Intercept) -> bool:
    """Whether it should never have been asked: the account is nobody's mule by it."""
    standing = found.standing
    return standing.state == "withdrawn" or (standing.state == "closed" and standing.outcome == "error")


def _keys(desk: Desk, found: Intercept) -> tuple[str, ...]:
    """By which lists, questions and clocks it is found."""
    standing, form = found.standing, found.form
    made = Draft(form, int(found.thing.first("amount")), found.asset, (), (), (), ())
    keys = [f"case:{found.reference}", *_same_keys(made), *repeats.keys(found.form, standing)]
    keys += [f"uetr:{form.uetr}"] if form.uetr else []
    keys += [f"end-to-end:{form.end_to_end_id}"] if form.end_to_end_id else []
    keys += [f"recall:{form.recall.ref}"] if form.recall.ref else []
    keys += [f"trace:{hold.trace}" for hold in standing.holds.values() if hold.trace]
    keys += [f"parent:{p}" for p in found.thing.body.get("parent", ())]
    parties = {found.requester} | ({found.receiver} if standing.delivered else set())
    keys += [f"intercepts:{n}" for n in parties]
    if standing.state in OVER:
        return tuple(keys)
    burns, tick = next_moment(desk, found)
    burns = f"{burns}:{found.id}"
    acts = turn(found)[0]
    for n in parties:
        keys += [f"board:{n}:open:{burns}", f"board:{n}:{standing.state}:{burns}"]
        keys += [f"board:{n}:{'act' if found.part(n) == acts else 'wait'}:{burns}"]
    return (*keys, *([f"intercept-ticks:{tick}"] if tick else []))


def _same_keys(made: Draft) -> list[str]:
    """Keys of the payment itself, as its parties would tell it."""
    form = made.form
    keys = [f"payment:uetr:{form.uetr}"] if form.uetr else []
    if form.creditor.scheme == "wallet" and form.transaction_id.strip():
        keys.append(f"payment:hash:{form.creditor.chain}:{form.transaction_id.strip().casefold()}")
    at = drafts.moment(form.executed_at)
    if made.amount and at and form.debtor.account and form.creditor.account:
        said = [
            form.debtor.account,
            form.creditor.account,
            str(made.amount),
            made.asset,
            at.date().isoformat(),
        ]
        keys.append("payment:like:" + hashlib.sha256("\n".join(said).encode()).hexdigest())
    return keys
