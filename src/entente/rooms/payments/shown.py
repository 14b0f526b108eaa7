"""An intercept as each of its readers gets it."""

from datetime import UTC, datetime

from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.rooms.payments import assets, children, deadlines, drafts, stepping, turns
from entente.rooms.payments.clocks import WARNED
from entente.rooms.payments.history import Event, Hold
from entente.rooms.payments.holidays_of import Calendar
from entente.rooms.payments.intercept import Intercept
from entente.rooms.payments.ledger import PLACES
from entente.rooms.payments.model import ClockOut, EventOut, HoldOut, InterceptForm, LedgerOut, Row
from entente.rooms.payments.model import Intercept as Whole

MONEY_FACTS = frozenset({"amount", "found"})
"""Facts of events that are whole units of the asset."""


def row(desk: Desk, found: Intercept) -> Row:
    """An intercept in a list; accounts show their ends alone."""
    standing, form, asset = found.standing, found.form, found.asset
    named = directory(desk)
    acts, must = turns.turn(found)
    actor = {"requester": found.requester, "receiver": found.receiver}.get(acts, -1)
    burns, _ = turns.next_moment(desk, found)
    return Row(
        id=found.id,
        reference=found.reference,
        state=standing.state,
        requester=named[found.requester].code,
        receiver=named[found.receiver].code if found.receiver in named else "",
        scam=form.scam,
        amount=assets.write(standing.ledger.requested, asset) if standing.ledger.requested else "",
        asset=asset,
        held=assets.write(standing.ledger.held, asset) if standing.ledger.held else "",
        returned=assets.write(standing.ledger.returned, asset) if standing.ledger.returned else "",
        account=assets.masked(form.creditor) if form.creditor.account else "",
        executed_at=form.executed_at,
        hours=drafts.hours_since(form, desk.now),
        next_at=f"{burns}+00:00" if burns != turns.NEVER else "",
        acts=named[actor].code if actor in named else "",
        must=must,
        level=form.level,
    )


def whole(desk: Desk, found: Intercept) -> Whole:
    """An intercept that was opened."""
    standing = found.standing
    acts = turns.turn(found)[0]
    named = directory(desk)
    actor = named.get(found.receiver if acts == "receiver" else found.requester)
    seen = [child.id for child in children.of(desk, found)]
    parent = desk.look_all([p for p in found.thing.body.get("parent", ()) if p])
    there = turns.holding_calendar(desk, found)
    return Whole(
        **row(desk, found).model_dump(),
        version=found.thing.version,
        form=_form(desk, found),
        ledger=ledger(found),
        holds=[_hold(desk, found, hold, there) for hold in standing.holds.values()],
        release_waits=standing.release is not None,
        parent=next(iter(parent), ""),
        children=seen,
        events=[_event(desk, found, n, e, seen) for n, e in enumerate(_told(desk, found), 1)],
        clocks=clocks_of(desk, found),
        steps=stepping.allowed(desk, found),
        duty=(actor.duty or actor.phone) if actor and acts else "",
        merged=found.merged,
        outcome=standing.outcome if standing.state == "closed" else "",
    )


def ledger(found: Intercept) -> LedgerOut:
    """Where the money is, in the asset's own writing."""
    asset, sums = found.asset, found.standing.ledger
    readable = ":" in asset or asset in assets.CURRENCIES
    said = {p: assets.write(getattr(sums, p), asset) if readable else "" for p in (*PLACES, "requested")}
    return LedgerOut(**said, balanced=sums.balanced)


def clocks_of(desk: Desk, found: Intercept) -> list[ClockOut]:
    """The clocks that run: since execution, until somebody acknowledges, until each hold ends."""
    running = []
    executed, late = drafts.moment(found.form.executed_at), turns.late_at(desk, found)
    if executed and late and found.standing.state not in ("closed", "withdrawn", "returned-full"):
        gone = (desk.now - executed).total_seconds() / 3600
        tone = "over" if desk.now >= late else "good" if gone < 24 else "warn"
        running.append(ClockOut(what="execution", since=_iso(executed), until=_iso(late), tone=tone))
    alarms = turns.alarms(desk, found)
    for alarm in alarms:
        if not alarm.hold:
            tone = "late" if alarm.at <= desk.now else "warn"
            since = found.standing.delivered
            running.append(ClockOut(what=str(alarm.stage), since=since, until=_iso(alarm.at), tone=tone))
    for hold in turns.running(found):
        end = datetime.fromisoformat(hold.ends)
        warned = any(a.hold == hold.id and a.at <= desk.now for a in alarms)
        tone = "late" if end - desk.now <= WARNED else "warn" if warned else "good"
        running.append(ClockOut(what="hold", since=hold.at, until=_iso(end), tone=tone, hold=hold.id))
    if due := drafts.moment(found.form.due_by):
        tone = "late" if due <= desk.now else "good"
        running.append(ClockOut(what="due", since="", until=_iso(due), tone=tone))
    return running


def _form(desk: Desk, found: Intercept) -> InterceptForm:
    """The form; of the records it names, those in the reader's view; the reference is its owner's alone."""
    seen = desk.look_all(found.form.subjects)
    mine = found.requester == desk.asker.bureau
    return found.form.model_copy(
        update={
            "subjects": [s for s in found.form.subjects if s in seen],
            "ref": found.form.ref if mine else "",
        }
    )


def _hold(desk: Desk, found: Intercept, hold: Hold, there: Calendar) -> HoldOut:
    left = None
    if hold.in_force and hold.ends:
        left = deadlines.working_days_left(desk.now, datetime.fromisoformat(hold.ends), there)
    return HoldOut(
        id=hold.id,
        account=hold.account,
        amount=assets.write(hold.amount, found.asset),
        placed=assets.write(hold.placed, found.asset),
        kind=hold.kind,
        legal=hold.legal,
        at=hold.at,
        ends=hold.ends,
        no_limit=hold.no_limit,
        working_days_left=left,
        calendar=f"{there.country} {'known' if there.known else 'own'}",
        in_force=hold.in_force,
        over=hold.over,
        challenged=hold.challenged,
        trace=hold.trace if hold.trace in desk.look_all([hold.trace]) else "",
        rule=hold.rule,
    )


def _told(desk: Desk, found: Intercept) -> list[Event]:
    """What was done, oldest first; that a report came again is its own bureau's to know."""
    merges = found.merges if found.requester == desk.asker.bureau else ()
    return sorted([*found.events, *merges], key=lambda event: event.at)


def _event(desk: Desk, found: Intercept, number: int, event: Event, seen: list[str]) -> EventOut:
    """What was done: bureau and part for both sides, the officer for his own bureau alone."""
    mine = event.bureau == desk.asker.bureau and event.part != "house"
    known = desk.as_house().inspect(event.officer) if mine and event.officer else None
    facts = {}
    for name, value in event.facts.items():
        if name == "found" and not (mine or desk.look_all([event.facts["second_victim"]])):
            continue  # it tells how much another victim lost
        if name in MONEY_FACTS:
            facts[name] = assets.write(int(value), found.asset)
        elif name in ("child", "trace", "second_victim", "message"):
            if value in seen or desk.look_all([value]):
                facts[name] = value
        elif name == "parent" and not desk.look_all(found.thing.body.get("parent", ())):
            continue  # whose money moved on is for those who see that request
        elif name == "ref" and event.did in ("drafted", "merged") and not mine:
            continue
        else:
            facts[name] = str(value)
    named = directory(desk)
    return EventOut(
        number=number,
        at=event.at,
        did=event.did,
        bureau=named[event.bureau].code if event.part != "house" and event.bureau in named else "",
        part=event.part,
        officer=known.first("name") if known else "",
        why=event.why,
        facts=facts,
    )


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
