"""What is done with a seizure: kept, corrected, shared, withdrawn, opened."""

import json
from collections.abc import Mapping, Sequence

from entente.core.access import Handling
from entente.core.problems import Absent, Fault, Faulty, NotYours, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods import alike, seizures
from entente.match.goods.columns import KIND
from entente.match.goods.seizures import Reading
from entente.rooms.records import to_form, to_handling
from entente.rooms.trends.seizures import conversions, judging, parties, same_labels
from entente.rooms.trends.seizures import model as m
from entente.rooms.trends.service import contributor_of, may_see, must_be_allowed


def read(desk: Desk, form: m.SeizureForm) -> Reading:
    """A form read as it would be kept, with every fault and doubt."""
    given = form.model_dump()
    given["contributor"] = given["contributor"] or contributor_of(desk)
    return seizures.read(given, desk.today, conversions.own(desk), judging.judge(desk))


def contribute(desk: Desk, form: m.Contribution) -> tuple[Thing, Sequence[Fault]]:
    """Keep a seizure of one's own bureau; returns it and what is doubtful of it.

    Raises Faulty with every fault, of its handling too; NotAllowed for a company.
    """
    must_be_allowed(desk)
    reading = read(desk, form)
    faults = list(reading.faults)
    handling = Handling(owner=desk.asker.bureau, see=0)
    try:
        handling = to_handling(desk, form.handling)
    except Faulty as problem:
        faults += problem.faults
    if form.ref:
        faults += _taken(desk, form.ref)
    if faults:
        raise Faulty(faults=tuple(faults))
    kept = desk.keep(
        KIND, reading.raw, handling, ref=form.ref, expires=form.expires, keys=keys_of(reading.raw)
    )
    desk.note("contribute", object=kept.id, what="seizure", doubts=len(reading.doubts))
    return kept, reading.doubts


def _taken(desk: Desk, ref: str) -> Sequence[Fault]:
    id = desk.ref_id(desk.asker.bureau, ref)
    if not desk.look_all([id]):
        return ()
    return (
        Fault("ref", "Your bureau has a seizure with this reference", "Correct that one, or choose another."),
    )


def keys_of(raw: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """By which it is found beside its numbers: where and when like goods were seized. A published total is
    no seizure that another bureau tells of too."""
    body = {name: tuple(values) for name, values in raw.items()}
    return () if body.get("form") == ("total",) else alike.kept_keys(alike.facts_of(body))


def correct(desk: Desk, id: str, change: m.Correction) -> tuple[Thing, Sequence[Fault]]:
    """The whole seizure anew, as its next version, and what is doubtful of it.

    Raises Absent, NotYours, OutOfDate, Faulty.
    """
    thing = mine(desk, id, change.version)
    reading = read(desk, change)
    if reading.faults:
        raise Faulty(faults=reading.faults)
    body = desk.clean(desk.house.model[KIND], reading.raw, desk.asker.bureau)
    kept = desk.change(thing, body=body, keys=keys_of(reading.raw))
    desk.note("correct", object=id, what="seizure", version=kept.version)
    return kept, reading.doubts


def handle(desk: Desk, id: str, change: m.HandlingChange) -> Thing:
    """A new handling; it holds for the very next question. Verdicts that name it follow it."""
    thing = mine(desk, id, change.version)
    kept = desk.change(thing, handling=to_handling(desk, change.handling), keys=keys_of(thing.body))
    same_labels.follow(desk, kept)
    was, now = (to_form(desk, one.handling).model_dump() for one in (thing, kept))
    desk.note("handle", object=id, what="seizure", version=kept.version, was=was, now=now)
    return kept


def confirm(desk: Desk, id: str, version: int) -> Thing:
    """A person says that quantities that are far from all others are right: they count from now on."""
    thing = mine(desk, id, version)
    lines = []
    for text in thing.body.get("item", ()):
        line = json.loads(text)
        if line.pop("held", False):
            line["confirmed"] = True
        lines.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
    kept = desk.change(thing, body={**thing.body, "item": tuple(lines)}, keys=keys_of(thing.body))
    desk.note("correct", object=id, what="seizure", version=kept.version, confirmed="quantities")
    return kept


def withdraw(desk: Desk, id: str, version: int) -> None:
    """Out of everyone's sight at once, with its parties; a job erases both."""
    thing = mine(desk, id, version)
    named = parties.find(desk, id)
    for one in (thing, *([named] if named else ())):
        desk.withdraw(one)
    desk.note("withdraw", object=id, what="seizure")


def mine(desk: Desk, id: str, version: int | None = None) -> Thing:
    """One's own bureau's seizure. Raises Absent, NotYours, OutOfDate."""
    thing = seen(desk, id)
    if thing.handling.owner != desk.asker.bureau:
        raise NotYours("Only the bureau that contributed a seizure changes it.")
    if version is not None and version != thing.version:
        raise OutOfDate(f"It is at version {thing.version}.")
    return thing


def seen(desk: Desk, id: str) -> Thing:
    """A seizure in the asker's view. Raises Absent; a company sees its own alone."""
    thing = desk.look(id)
    if thing.kind != KIND or not may_see(desk, thing):
        raise Absent()
    return thing


def open_seizure(desk: Desk, id: str) -> Thing:
    """Open a seizure. The same answer for what is not there and what is not for the asker."""
    thing = seen(desk, id)
    desk.note("see", object=id, what="seizure")
    return thing
