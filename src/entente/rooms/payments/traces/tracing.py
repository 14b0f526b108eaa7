"""Victims' money followed through a file of transfers, by the rules side by side; traces listed and
discarded.

Following takes seconds and is done before anybody sits down to write. A trace is its bureau's own; the
bureaus of the request to stop a payment that it belongs to read it where its officer says so.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from entente.core.access import Handling, Level, meet
from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.taint import RULES, Balance, Budget, Seed, TooMuch, Trace, Transfers, follow
from entente.rooms.bureaus import own
from entente.rooms.payments import service
from entente.rooms.payments.intercept import Intercept, intercept_of
from entente.rooms.payments.traces import traces_model as m
from entente.rooms.payments.traces import traces_patterns, transfers
from entente.rooms.payments.traces.traces_found import Found, found_in, gathered, kept
from entente.rooms.payments.traces.transfers import Opened, Sitting
from entente.rooms.payments.traces.transfers_said import folded, money, read_money

KIND = "Trace"
A_PAGE = 50
MOST_PARTS = 2_000_000
"""Parts of payments that one question may take, all rules together: a second or two, and 250 MB."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that can be followed: victims' names and units resolved, balances by pot, accounts."""

    seeds: tuple[Seed, ...]
    opening: dict[int, int]
    stops: frozenset[int]


@dataclass(frozen=True, slots=True)
class Kept:
    """A trace as it is kept, and what it found."""

    thing: Thing
    found: Found

    @property
    def question(self) -> m.TraceForm:
        return m.TraceForm.model_validate_json(self.thing.first("question"))


# --- following -----------------------------------------------------------------------------------


def trace(sitting: Sitting, form: m.TraceForm) -> Thing:
    """Follow, and keep what was found. Raises Absent for the file; Faulty with every fault."""
    with sitting(False) as desk:
        file = transfers.opened(desk, form.transfers)
        asked = _asked(desk, file, form)
        desk.note("trace", object=form.transfers, outcome="begun")
    found = followed(file, form, asked)
    blob = kept(found)
    with sitting(True) as desk:
        thing = transfers.look(desk, form.transfers)
        digest = desk.house.blobs.put(blob)
        title = form.title.strip() or thing.first("title")
        body = {
            "title": title[:200],
            "file": thing.id,
            "name": thing.first("title"),
            "source": thing.first("source"),
            "question": form.model_dump_json(),
            "summary": json.dumps([one.model_dump() for one in summaries(found)], ensure_ascii=False),
            "rules": list(found.traces),
            "intercept": form.intercept,
            "at": desk.now.isoformat(timespec="seconds"),
            "officer": desk.asker.officer,
            "blobs": digest,
        }
        made = desk.keep(
            KIND,
            {name: value for name, value in body.items() if value},
            _handling(desk, thing, form),
            keys=(
                f"traces:{desk.asker.bureau}",
                f"traces-of:{thing.id}",
                f"blob:{digest}",
                *([f"traces-for:{form.intercept}"] if form.intercept else []),
            ),
        )
        rows = {rule: len(one.payments) for rule, one in found.traces.items()}
        desk.note("trace", object=made.id, file=thing.id, rules=list(found.traces), payments=rows)
    return made


def followed(file: Opened, form: m.TraceForm, asked: Asked) -> Found:
    """What each rule says. Pure. Raises Faulty where it takes more than may be followed here."""
    t = file.transfers
    rules = [rule for rule in RULES if rule in form.rules]
    traces: dict[str, Trace] = {}
    budget = Budget(MOST_PARTS)
    for rule in rules:
        try:
            traces[rule] = follow(
                t,
                asked.seeds,
                rule,
                opening=asked.opening,
                dwell=form.dwell,
                least=form.least,
                stops=asked.stops,
                ties=form.ties,
                budget=budget,
            )
        except TooMuch as wrong:
            what = (
                f"By {rule}, the victims' money parts more than {MOST_PARTS} times: too much to follow here"
            )
            do = "Name fewer victims, or fewer rules, or use `entente trace` on the machine itself."
            raise Faulty(faults=(Fault("seeds", what, do),)) from wrong
    number = {victim: n for n, victim in enumerate(traces[rules[0]].victims)}
    seeds = [
        (s.row, number[s.victim], int(t.amount[s.row]) if s.amount is None else s.amount) for s in asked.seeds
    ]
    patterns = traces_patterns.patterns(t, traces, file.steps)
    return gathered(t, traces, seeds, patterns, file.steps)


def _asked(desk: Desk, file: Opened, form: m.TraceForm) -> Asked:
    """The question, resolved against the file. Raises Faulty with every fault."""
    faults: list[Fault] = []
    seeds = tuple(_seeds(file, form, faults))
    numbers = {folded(name): n for n, name in enumerate(file.transfers.accounts)}
    opening: dict[int, int] = {}
    for at, one in enumerate(form.opening):
        _opening(file, one, numbers, opening, f"opening/{at}", faults)
    stops = set()
    for at, name in enumerate(form.stops):
        if (number := numbers.get(folded(name))) is None:
            faults.append(Fault(f"stops/{at}", "There is no such account in the file", "Leave it out."))
        else:
            stops.add(number)
    if form.intercept:
        thing = desk.look_all([form.intercept]).get(form.intercept)
        if thing is None or thing.kind != "Intercept":
            what = "There is no such request for you"
            faults.append(Fault("intercept", what, "Give the id of a request that you see."))
    elif form.show:
        what = "It belongs to no request: there is nobody to show it to"
        faults.append(Fault("show", what, "Name the request."))
    if form.level and Level[form.level.upper()] > desk.asker.clearance:
        faults.append(Fault("level", "This level is above your clearance", "Choose a lower one."))
    if faults:
        raise Faulty(faults=tuple(faults))
    return Asked(seeds, {**file.opening, **opening} if form.file_opening else opening, frozenset(stops))


def _seeds(file: Opened, form: m.TraceForm, faults: list[Fault]) -> Iterator[Seed]:
    """Payments that were stolen; several victims may share one, up to the whole of it."""
    t = file.transfers
    taken: dict[int, int] = {}
    for at, said in enumerate(form.seeds):
        where, row = f"seeds/{at}", said.payment - 1
        if row >= len(t):
            faults.append(Fault(f"{where}/payment", f"The file has {len(t)} payments", "Give one of them."))
            continue
        paid = int(t.amount[row])
        if t.source[row] == t.target[row] and file.asset(row) == file.asset(row, arriving=True):
            what = "This payment goes to the account it came from: nothing was taken by it"
            faults.append(Fault(f"{where}/payment", what, "Give another one."))
            continue
        units = paid
        if said.amount.strip():
            try:
                units = read_money(said.amount, file.asset(row))
            except ValueError as wrong:
                faults.append(Fault(f"{where}/amount", f"The amount {wrong}", "Write it as 1123.00."))
                continue
        taken[row] = taken.get(row, 0) + units
        if taken[row] > paid:
            what = f"More is stolen of payment {said.payment} than was paid: {money(paid, file.asset(row))}"
            faults.append(Fault(f"{where}/amount", what, "Give each victim's part of it."))
            continue
        yield Seed(row, said.victim.strip() or t.accounts[t.source[row]], units)


def _opening(
    file: Opened,
    said: m.OpeningForm,
    numbers: dict[str, int],
    opening: dict[int, int],
    where: str,
    faults: list[Fault],
) -> None:
    t = file.transfers
    number = numbers.get(folded(said.account))
    asset = said.asset or t.assets[0]
    if number is None:
        faults.append(Fault(f"{where}/account", "There is no such account in the file", "Leave it out."))
        return
    if asset not in t.assets:
        faults.append(Fault(f"{where}/asset", "There is no such asset in the file", "Leave it out."))
        return
    try:
        opening[t.pot(number, t.assets.index(asset))] = read_money(said.amount, asset)
    except ValueError as wrong:
        faults.append(Fault(f"{where}/amount", f"The amount {wrong}", "Write it as 1123.00."))


def _handling(desk: Desk, file: Thing, form: m.TraceForm) -> Handling:
    """Its bureau's own, never less closed than its sources; shown to the request's bureaus by word alone."""
    label = meet(own(desk.asker.bureau), file.handling)
    level = max(label.level, Level[form.level.upper()] if form.level else Level.OFFICIAL)
    if form.intercept:
        level = max(level, service.look(desk, form.intercept).thing.handling.level)
    label = replace(label, level=level)
    return replace(label, see=parties(desk, form.intercept)) if form.show else label


def parties(desk: Desk, intercept: str) -> int:
    """The bureaus of a request, but one's own, as bits: its parties, and those of the requests before it as
    far as the asker sees them. Who was asked is not told whose money moved on before."""
    found: Intercept | None = service.look(desk, intercept)
    there: set[int] = set()
    while found:
        there |= {found.requester} | ({found.receiver} if found.standing.delivered else set())
        before = desk.look_all(found.thing.body.get("parent", ()))
        found = next((intercept_of(thing) for thing in before.values()), None)
    return sum(1 << bureau for bureau in there - {desk.asker.bureau, -1})


# --- what was found, in figures ------------------------------------------------------------------


def summaries(found: Found) -> list[m.RuleSummary]:
    """Each rule's answer, side by side."""
    return [
        m.RuleSummary.model_validate(
            {
                "rule": rule,
                "accounts": len(trace.accounts),
                "payments": len(trace.payments),
                "totals": _totals(found.payments, trace),
                "parts": _parts(found.payments, trace),
            }
        )
        for rule, trace in found.traces.items()
    ]


SUMS = ("stolen", "lies", "stopped", "expired", "pruned", "exchanged", "missing")


def _parts(t: Transfers, trace: Trace) -> list[m.Part]:
    """Of each victim and asset."""
    return [_part(t, one.asset, trace.victims[one.victim], _units(one)) for one in trace.balances()]


def _totals(t: Transfers, trace: Trace) -> list[m.Part]:
    """Of each asset, over all victims."""
    sums: dict[int, tuple[int, ...]] = {}
    for one in trace.balances():
        before = sums.get(one.asset, (0,) * len(SUMS))
        sums[one.asset] = tuple(a + b for a, b in zip(before, _units(one), strict=True))
    return [_part(t, asset, "", units) for asset, units in sorted(sums.items())]


def _units(one: Balance) -> tuple[int, ...]:
    return (one.seeded, one.held, one.stopped, one.expired, one.pruned, one.went - one.came, one.missing)


def _part(t: Transfers, asset: int, victim: str, units: tuple[int, ...]) -> m.Part:
    name = t.assets[asset]
    written = {said: money(one, name) for said, one in zip(SUMS, units, strict=True)}
    return m.Part(victim=victim, asset=name, **written)


# --- reading -------------------------------------------------------------------------------------


def look(desk: Desk, id: str) -> Thing:
    """A trace that the asker sees. Raises Absent, the same for what is not there."""
    thing = desk.look(id)
    if thing.kind != KIND:
        raise Absent()
    return thing


def opened(desk: Desk, id: str) -> Kept:
    """A trace with what it found, needing its file no more. Raises Absent."""
    thing = look(desk, id)
    try:
        return Kept(thing, found_in(desk.house.blobs.open(thing.first("blobs"))))
    except KeyError:
        raise Absent() from None


def listed(desk: Desk, after: str = "", intercept: str = "") -> list[Thing]:
    """Traces that the asker sees, newest first: all, or those of one request."""
    place = look(desk, after).place if after else 0
    key = f"traces-for:{intercept}" if intercept else ""
    found = desk.table([KIND], key=key, after=place, limit=A_PAGE)
    desk.note("see", what="traces")
    return [thing for _, thing in found]


def must_be_of(desk: Desk, trace_id: str, rule: str) -> None:
    """What a hold says that it relies on must be: a trace that the asker sees, which followed by that rule.

    Raises Faulty at do/trace, do/rule.
    """
    thing = desk.look_all([trace_id]).get(trace_id)
    faults: Sequence[Fault] = ()
    if thing is None or thing.kind != KIND:
        what = "There is no such trace for you"
        faults = (Fault("do/trace", what, "Give the id of a trace that you see."),)
    elif not rule:
        what = "The rule of following is missing on which it relies"
        faults = (Fault("do/rule", what, "Name the rule of the trace."),)
    elif rule not in thing.body.get("rules", ()):
        what = "This trace did not follow by that rule"
        faults = (Fault("do/rule", what, f"It followed by {', '.join(thing.body['rules'])}."),)
    if faults:
        raise Faulty(faults=tuple(faults))


def discard(desk: Desk, id: str) -> None:
    """Throw a trace away for good. Raises Absent, also for another bureau's; Faulty where a hold relies on
    it."""
    thing = look(desk, id)
    if thing.handling.owner != desk.asker.bureau:
        raise Absent()
    if any(other.kind == "Intercept" for _, other in desk.find([f"trace:{id}"])):
        what = "Money is held on the word of this trace"
        raise Faulty(faults=(Fault("trace", what, "It stays as long as that request does."),))
    desk.erase(id)
    desk.note("withdraw", object=id, what=KIND, outcome="discarded")
