"""Operations: planned by a bureau, seen by the bureaus that take part, moved along by persons.

The paper says when, where, what and why, and no figure. Figures are counted anew for whoever reads them, over
what he may see (tally.py), so that taking part shows nobody another's records.
"""

import json
from collections.abc import Sequence
from typing import Any

from entente.core.kinds.dates import parse
from entente.core.problems import Absent, Fault, Faulty, NotAllowed, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods.columns import json_lines
from entente.rooms.bureaus import PRIVATE, by_code, in_person, own
from entente.rooms.records import code_of
from entente.rooms.trends.operations import model as m
from entente.rooms.trends.service import is_company
from entente.web.language import N_

KIND = "Operation"
MOST_DAYS = 1826


def plan(desk: Desk, form: m.OperationForm) -> Thing:
    """Keep a new operation. Raises NotAllowed, Faulty with every fault."""
    _led_by_an_authority(desk)
    members = _checked(desk, form)
    handling = own(desk.asker.bureau, see=bits(desk, members))
    kept = desk.keep(KIND, _body(form, members, "planned", [event(desk, "planned", "", 1)]), handling)
    desk.note("target", object=kept.id, what="operation", members=len(members))
    return kept


def change(desk: Desk, id: str, form: m.OperationForm) -> Thing:
    """Change what it is, or who takes part; until it has ended.

    Raises Absent, NotAllowed, OutOfDate, Faulty.
    """
    thing = mine(desk, id)
    _led_by_an_authority(desk)
    members = _checked(desk, form)
    if form.version != thing.version:
        raise OutOfDate(f"It is at version {thing.version}.")
    if thing.first("state") not in ("planned", "running"):
        what = N_("What has ended is not changed")
        raise Faulty(faults=(Fault("state", what, N_("Plan another operation.")),))
    raw = _body(form, members, thing.first("state"), thing.body.get("event", ()))
    body = desk.clean(desk.house.model[KIND], raw, desk.asker.bureau)
    kept = desk.change(thing, body=body, handling=own(desk.asker.bureau, see=bits(desk, members)))
    desk.note("target", object=id, what="operation", members=len(members))
    return kept


def step(desk: Desk, id: str, given: m.Step) -> Thing:
    """A person moves it along. Raises Absent, NotAllowed, Faulty with every fault."""
    thing = mine(desk, id)
    person(desk)
    faults = stepping(given.to, given.why, m.NEXT[thing.first("state")], ("cancelled", "evaluated"))
    if given.version != thing.version:
        faults.append(Fault("version", N_("Somebody changed it meanwhile"), N_("Open it again.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    events = thing.body.get("event", ())
    told = (*events, event(desk, given.to, given.why, len(events) + 1))
    kept = desk.change(thing, body={**thing.body, "state": (given.to,), "event": told})
    desk.note("target", object=id, what="operation", to=given.to)
    return kept


def _led_by_an_authority(desk: Desk) -> None:
    """Raises NotAllowed for a company: it asks no bureau to take part in anything."""
    if is_company(desk):
        raise NotAllowed("A company leads no operation.")


def person(desk: Desk) -> None:
    """Raises NotAllowed for a machine."""
    if not in_person(desk):
        raise NotAllowed("A person decides this, not a machine.")


def stepping(to: str, why: str, could: Sequence[str], reasons: Sequence[str]) -> list[Fault]:
    """What is wrong with a step; `reasons`: states that need one."""
    faults = []
    if to not in could:
        what = N_("It does not go there from where it stands")
        faults.append(Fault("to", what, N_("Open it again and choose one of the steps that it offers.")))
    if to in reasons and not why.strip():
        faults.append(Fault("why", N_("This step needs a reason"), N_("Say what it rests on.")))
    return faults


def listed(desk: Desk, asked: m.Listing) -> m.Operations:
    """Operations of one's bureau and those it takes part in, the last changed first. Raises Absent."""
    place = seen(desk, asked.after).place if asked.after else 0
    page = desk.table([KIND], after=place, limit=asked.limit + 1)
    desk.note("trend", what="operations")
    found = [shown(desk, thing) for _, thing in page[: asked.limit]]
    further = len(page) > asked.limit
    return m.Operations(operations=found, after=found[-1].id if further else "", further=further)


def opened(desk: Desk, id: str) -> m.Operation:
    """One operation. Raises Absent."""
    thing = seen(desk, id)
    desk.note("trend", object=id, what="operation")
    return shown(desk, thing)


def seen(desk: Desk, id: str) -> Thing:
    """An operation that the asker sees. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != KIND:
        raise Absent()
    return thing


def mine(desk: Desk, id: str) -> Thing:
    """An operation of the asker's bureau. Raises Absent: a member changes nothing."""
    thing = seen(desk, id)
    if thing.handling.owner != desk.asker.bureau:
        raise Absent()
    return thing


def shown(desk: Desk, thing: Thing) -> m.Operation:
    own_one = thing.handling.owner == desk.asker.bureau
    return m.Operation(
        id=thing.id,
        version=thing.version,
        owner=code_of(desk, thing.handling.owner),
        mine=own_one,
        name=thing.first("name"),
        state=thing.first("state"),
        since=thing.first("since"),
        until=thing.first("until"),
        countries=list(thing.body.get("country", ())),
        goods=list(thing.body.get("goods", ())),
        objectives=thing.first("objective"),
        members=list(thing.body.get("member", ())),
        events=events_of(thing, own_one),
        next=list(m.NEXT[thing.first("state")]) if own_one else [],
    )


def events_of(thing: Thing, named: bool) -> list[m.Event]:
    """What was done; officers are named to their own bureau alone."""
    return [
        m.Event(
            to=str(line["to"]),
            at=str(line["at"]),
            officer=str(line["officer"]) if named else "",
            why=str(line["why"]),
        )
        for line in json_lines(thing.body.get("event", ()))
    ]


def event(desk: Desk, to: str, why: str, number: int) -> str:
    """One line of what was done."""
    said: dict[str, Any] = {"n": number, "to": to, "at": desk.now.isoformat(timespec="seconds")}
    return json.dumps({**said, "officer": desk.asker.officer, "why": why.strip()}, ensure_ascii=False)


def _checked(desk: Desk, form: m.OperationForm) -> list[str]:
    """Codes of the members, in order. Raises Faulty with every fault."""
    faults = []
    days = (parse(form.until).last - parse(form.since).first).days
    if days < 0:
        faults.append(Fault("until", N_("It ends before it begins"), N_("Mend one of the days.")))
    if days > MOST_DAYS:
        faults.append(Fault("until", N_("It is longer than five years"), N_("Choose an earlier day.")))
    known = by_code(desk)
    for n, code in enumerate(form.members):
        if code not in known or not known[code].active:
            faults.append(Fault(f"members/{n}", N_("There is no such bureau"), N_("Give a bureau's code.")))
        elif known[code].sort == PRIVATE:
            what = N_("A company takes part in no operation")
            faults.append(Fault(f"members/{n}", what, N_("Leave it out.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    mine_too = {code for code in form.members if known[code].number == desk.asker.bureau}
    return sorted(set(form.members) - mine_too)


def bits(desk: Desk, codes: Sequence[str]) -> int:
    """The bureaus of codes as a bit map."""
    known = by_code(desk)
    return sum(1 << known[code].number for code in codes)


def _body(
    form: m.OperationForm, members: Sequence[str], state: str, events: Sequence[str]
) -> dict[str, list[str]]:
    said = {
        "name": [form.name],
        "state": [state],
        "since": [form.since],
        "until": [form.until],
        "country": list(dict.fromkeys(form.countries)),
        "goods": list(dict.fromkeys(code for code in form.goods if code)),
        "objective": [form.objectives],
        "member": list(members),
        "event": list(events),
    }
    return {name: values for name, values in said.items() if values and values != [""]}
