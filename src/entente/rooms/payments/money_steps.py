"""The steps that post money: held, moved on, released by two persons, returned, put right."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from entente.core.problems import Fault, Faulty, NotAllowed
from entente.desk import Desk
from entente.rooms.bureaus import directory, in_person, is_among
from entente.rooms.payments import assets, clocks, drafts, service
from entente.rooms.payments import model_steps as m
from entente.rooms.payments.history import Event, Hold
from entente.rooms.payments.holidays_of import calendar_of
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of
from entente.rooms.payments.ledger import Overdrawn
from entente.rooms.payments.model import Place
from entente.rooms.payments.rules import rules
from entente.rooms.payments.traces import tracing
from entente.web.language import N_

IN_PERSON = N_("A key does not let money go: an officer does, in person.")
LONGEST = timedelta(days=3_653)
"""From now to the end of a hold. Days are counted one by one: a slip of the pen must not count centuries."""
_NO_END = "It is no moment of the next ten years, with a zone"
SHORTEST_LAW = 5
MOST_HOLDS = 50
SECOND = N_("Whoever proposed a release does not confirm it: a second officer does.")


def shown(found: Intercept, units: int) -> str:
    """An amount of an intercept, in its asset's writing."""
    asset = found.asset
    return assets.write(units, asset) if ":" in asset else f"{assets.write(units, asset)} {asset}"


def too_much(found: Intercept, wrong: Overdrawn) -> Fault:
    """The fault of a posting that is more than there is."""
    what = f"It is {shown(found, wrong.asked)}, and {shown(found, wrong.there)} is {wrong.place}"
    return Fault("do/amount", what, "Post what there is. What is another victim's is held on his request.")


def _hold(desk: Desk, found: Intercept, part: str, said: m.Stop) -> list[Event]:
    """A hold, with its record: where, how much, by which law, until when."""
    faults: list[Fault] = []
    amount = _amount(found, said.amount, faults)
    placed = _moment(desk, said.placed_at, "placed_at", faults) or desk.now
    ends, rule = _ends(desk, found, said, placed, faults)
    if len(found.standing.holds) >= MOST_HOLDS:
        what = "It has fifty holds, the most there can be"
        faults.append(Fault("do/step", what, "Extend one that stands."))
    over = max(amount - found.standing.ledger.unknown, 0)
    other = _second_victim(desk, found, said, faults) if over else None
    if over and other is None and not said.second_victim:
        wrong = Overdrawn("unknown", found.standing.ledger.unknown, amount)
        faults.append(too_much(found, wrong))
    if said.rule and not said.trace:
        what = "A rule of following belongs to a trace"
        faults.append(Fault("do/trace", what, "Name the trace that it relies on."))
    elif said.trace:
        try:
            tracing.must_be_of(desk, said.trace, said.rule)
        except Faulty as problem:
            faults += problem.faults
    if faults:
        raise Faulty(faults=tuple(faults))
    posted = amount - over
    if posted == 0:
        what = "Nothing of it is left to be held on this request"
        raise Faulty(faults=(Fault("do/amount", what, "Hold it on the other victim's request."),))
    event = service.event_of(
        desk,
        "held",
        part,
        hold=desk.house.ids.fresh()[:16],
        amount=str(posted),
        found=str(amount) if over else "",
        second_victim=said.second_victim if over else "",
        account=said.account.strip() or found.form.creditor.account,
        kind=said.kind,
        legal=said.legal,
        placed_at=placed.isoformat(timespec="seconds"),
        ends=ends,
        deadline=rule,
        no_limit=said.no_limit,
        balance=said.balance,
        trace=said.trace,
        rule=said.rule,
    )
    return [event]


def _ends(
    desk: Desk, found: Intercept, said: m.Stop, placed: datetime, faults: list[Fault]
) -> tuple[str, str]:
    """(the moment at which the hold ends, the source of the rule that says so)."""
    if said.no_limit.strip():
        faults += _wrong_law(said.no_limit)
        if said.ends.strip():
            what = "A hold ends at a moment, or a law sets no limit"
            faults.append(Fault("do/ends", what, "Give one of the two."))
        return "", ""
    if said.ends.strip():
        end = drafts.moment(said.ends)
        if end is None or end <= placed or not desk.now < end <= desk.now + LONGEST:
            what = _NO_END
            faults.append(Fault("do/ends", what, "Write it as 2026-12-10T24:00+01:00 or a later hour."))
            return "", ""
        return end.astimezone(UTC).isoformat(timespec="seconds"), ""
    if said.kind in ("voluntary-bank", "fiu-suspension", "vasp-block"):
        here = directory(desk)[found.receiver]
        event = f"hold-{said.measure}"
        due = clocks.due(rules(desk), event, found.form.rail, here.code, placed, calendar_of(here))
        if due is not None and due.at > desk.now:
            return due.at.isoformat(timespec="seconds"), due.rule.source
    what = "A hold without an end is lost in silence, and no rule of this country says when it ends"
    faults.append(Fault("do/ends", what, "Give the moment, or name the law that sets no limit."))
    return "", ""


def _second_victim(desk: Desk, found: Intercept, said: m.Stop, faults: list[Fault]) -> Intercept | None:
    """The intercept to which what is held beyond this one belongs: one's own to act on, of the same asset."""
    if not said.second_victim:
        return None
    thing = desk.look_all([said.second_victim]).get(said.second_victim)
    if thing is not None and thing.kind == KIND and thing.id != found.id:
        other = intercept_of(thing)
        if other.receiver == desk.asker.bureau and other.asset == found.asset and other.standing.delivered:
            return other
    what = "Your bureau was asked for no such other payment"
    faults.append(Fault("do/second_victim", what, "Give the id of the other victim's request."))
    return None


def _extend(desk: Desk, found: Intercept, part: str, said: m.Extend) -> list[Event]:
    hold = _standing_hold(found, said.hold)
    end = drafts.moment(said.ends)
    faults = []
    if bool(said.ends.strip()) == bool(said.no_limit.strip()):
        what = "An extended hold ends at a moment, or a law sets no limit"
        faults.append(Fault("do/ends", what, "Give one of the two."))
    elif said.ends.strip() and (end is None or not desk.now < end <= desk.now + LONGEST):
        what = _NO_END
        faults.append(Fault("do/ends", what, "Write it as 2026-12-10T18:00+01:00."))
    elif end and (hold.no_limit or end <= datetime.fromisoformat(hold.ends)):
        what = "An extended hold ends later than it did: to let money go sooner takes two persons"
        faults.append(Fault("do/ends", what, "Give a later moment, or propose a release."))
    faults += _wrong_law(said.no_limit)
    if faults:
        raise Faulty(faults=tuple(faults))
    ends = end.astimezone(UTC).isoformat(timespec="seconds") if end else ""
    facts = {"hold": hold.id, "ends": ends, "no_limit": said.no_limit, "legal": said.legal, "was": hold.ends}
    return [service.event_of(desk, "extended", part, **facts)]


def _move(desk: Desk, found: Intercept, part: str, said: m.Move) -> list[Event]:
    """Where money went on to: the place is checked like a payee's."""
    faults: list[Fault] = []
    warnings: list[Fault] = []
    amount = _amount(found, said.amount, faults)
    to = drafts.place(said.to, "do/to", faults, warnings)
    at = _moment(desk, said.at, "at", faults)
    if not (to.account or to.bank or to.country):
        what = "It is not said where the money went"
        faults.append(Fault("do/to", what, "Give an account, a wallet, a bank or a country."))
    if faults:
        raise Faulty(faults=tuple(faults))
    return [
        service.event_of(
            desk,
            "moved",
            part,
            movement=desk.house.ids.fresh()[:16],
            amount=str(amount),
            source=said.source,
            to=to.model_dump_json(exclude_defaults=True),
            name=said.name,
            moved_at=at.isoformat(timespec="seconds") if at else "",
            rail=said.rail,
            ref=said.ref,
            knowledge=said.knowledge,
            grade=said.grade,
        )
    ]


def _release(desk: Desk, found: Intercept, part: str, said: m.Release) -> list[Event]:
    """The first of two persons."""
    _in_person(desk)
    if found.standing.release:
        what = "A release is proposed already"
        raise Faulty(faults=(Fault("do/step", what, "Confirm or refuse that one first."),))
    hold = _standing_hold(found, said.hold)
    faults: list[Fault] = []
    amount = _amount(found, said.amount, faults) if said.amount.strip() else hold.amount
    if amount > hold.amount:
        faults.append(too_much(found, Overdrawn("held", hold.amount, amount)))
    if faults:
        raise Faulty(faults=tuple(faults))
    facts = {"hold": hold.id, "amount": str(amount), "reason": said.reason}
    return [service.event_of(desk, "release-proposed", part, said.why, **facts)]


def _release_confirm(desk: Desk, found: Intercept, part: str, said: m.Plain) -> list[Event]:
    """The second of two persons: only now is money let go."""
    _in_person(desk)
    waits = found.standing.release
    if waits is None:
        what = "No release is proposed"
        raise Faulty(faults=(Fault("do/step", what, "One officer proposes it, another confirms."),))
    must_be_seen(said)
    if is_among(desk, [waits.officer]):
        raise NotAllowed(SECOND)
    service.must_be_newest(found, said.version)
    amount = min(waits.amount, _standing_hold(found, waits.hold).amount)
    return [service.event_of(desk, "released", part, waits.why, hold=waits.hold, amount=str(amount))]


def _return(desk: Desk, found: Intercept, part: str, said: m.Return) -> list[Event]:
    """Money is back; what is held is returned from its hold."""
    faults: list[Fault] = []
    amount = _amount(found, said.amount, faults)
    at = _moment(desk, said.at, "at", faults)
    if said.hold:
        _standing_hold(found, said.hold)
        if part != "receiver":  # it ends what the other bureau holds: a person says that the money is there
            _in_person(desk)
    elif found.standing.ledger.held and amount > found.standing.ledger.unknown:
        what = "What is held is returned from its hold"
        faults.append(Fault("do/hold", what, "Name the hold."))
    if said.ref and said.ref in {event.facts.get("ref") for event in found.standing.returns}:
        what = "A return with this reference is noted already"
        faults.append(Fault("do/ref", what, "If it is another one, give its own reference."))
    if bool(said.paid.strip()) != bool(said.paid_currency.strip()):
        what = "What arrived is an amount and a currency"
        faults.append(Fault("do/paid", what, "Give both, or neither."))
    elif said.paid.strip():
        try:
            assets.read(said.paid, said.paid_currency)
        except ValueError as wrong:
            faults.append(Fault("do/paid", f"The amount {wrong}", "Write it as 1123.00."))
    if faults:
        raise Faulty(faults=tuple(faults))
    return [
        service.event_of(
            desk,
            "returned",
            part,
            amount=str(amount),
            hold=said.hold,
            source="" if said.hold else said.source,
            returned_at=at.isoformat(timespec="seconds") if at else "",
            ref=said.ref,
            to=said.to,
            reason=said.reason,
            paid=said.paid,
            paid_currency=said.paid_currency,
            rate=said.rate,
        )
    ]


def _correct(desk: Desk, found: Intercept, part: str, said: m.Correct) -> list[Event]:
    faults: list[Fault] = []
    amount = _amount(found, said.amount, faults)
    if said.source == said.target:
        faults.append(Fault("do/target", "It goes from one place to another", "Choose another place."))
    if (said.target == "held") != bool(said.hold) or (said.target == "held" and said.source != "returned"):
        what = "A return from a hold is put back on that hold, and nothing else is put on one"
        faults.append(Fault("do/hold", what, "Name the hold with the place “held”, or choose another place."))
    elif said.source == "returned" and amount > (there := _returned_from(found, said.hold)):
        faults.append(too_much(found, Overdrawn("returned", there, amount)))
    if faults:
        raise Faulty(faults=tuple(faults))
    facts = {"source": said.source, "target": said.target, "amount": str(amount), "hold": said.hold}
    return [service.event_of(desk, "corrected", part, said.why, **facts)]


def _returned_from(found: Intercept, hold: str) -> int:
    """What came back from a hold (from none, where it is empty), less what was put right of it already."""
    came = sum(int(e.facts["amount"]) for e in found.standing.returns if e.facts.get("hold", "") == hold)
    back = (e for e in found.events if e.did == "corrected" and e.facts["source"] == "returned")
    return came - sum(int(e.facts["amount"]) for e in back if e.facts.get("hold", "") == hold)


DOING: Mapping[str, Callable[..., list[Event]]] = {
    "hold": _hold,
    "extend": _extend,
    "move": _move,
    "release": _release,
    "release-confirm": _release_confirm,
    "return": _return,
    "correct": _correct,
}


def place_of(event: Event) -> Place:
    """Where a movement went."""
    return Place.model_validate_json(event.facts["to"])


def must_be_seen(said: m.Plain) -> None:
    """Raise Faulty where it is not said which version was seen."""
    if said.version is None:
        what = "Say which version you saw"
        raise Faulty(faults=(Fault("do/version", what, "It stands with the request."),))


def _wrong_law(text: str) -> list[Fault]:
    if text.strip() and len(text.strip()) < SHORTEST_LAW:
        return [Fault("do/no_limit", "It names no law", "Name the statute and the section.")]
    return []


def _standing_hold(found: Intercept, id: str) -> Hold:
    hold = found.standing.holds[id]
    if not hold.in_force:
        raise Faulty(faults=(Fault("do/hold", "This hold is not in force any more", "Name another one."),))
    return hold


def _in_person(desk: Desk) -> None:
    if not in_person(desk):
        raise NotAllowed(IN_PERSON)


def _amount(found: Intercept, text: str, faults: list[Fault]) -> int:
    try:
        return assets.read(text, found.asset)
    except ValueError as wrong:
        faults.append(Fault("do/amount", f"The amount {wrong}", f"It is in {found.asset}."))
        return 0


def _moment(desk: Desk, text: str, where: str, faults: list[Fault]) -> datetime | None:
    if not text.strip():
        return None
    at = drafts.moment(text)
    if at is None or at > desk.now or at.year < drafts.EARLIEST.year:
        what = "It is no moment since 1970 that has come, with a zone"
        faults.append(Fault(f"do/{where}", what, "Write it as 2026-11-28T17:00+01:00."))
        return None
    return at
