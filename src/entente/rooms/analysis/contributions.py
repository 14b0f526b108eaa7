"""Contributions to a file: what a bureau knows, where from, how good it is, and the records it brings.

The records are the bureau's own, in the file's compartment: the rule, search and retention hold for them as
for all others. The file's network is what its contributions name.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from entente.core.access import Handling, Level
from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms import records
from entente.rooms.analysis import connections, grading, model, service
from entente.rooms.analysis.contributions_model import ContributionForm, ContributionOut, ThingForm, ThingOut
from entente.rooms.analysis.model import in_file
from entente.rooms.analysis.steps import named
from entente.rooms.records import Draft, HandlingForm, code_of, to_handling

A_PAGE = 1000
MOST_A_PAPER = 500
"""Records that one contribution names: more are kept as several of the same head (core.kinds.cleaning)."""
NUMBERED = "Number the things from #1."
_POSITION = re.compile(r"#([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Contributed:
    """What was kept: the contribution, and the ids of `things` in the order of the form."""

    thing: Thing
    made: tuple[str, ...]


@dataclass(slots=True)
class _Bringing:
    """The things of a contribution as they are kept one by one: ids by place, faults so far."""

    desk: Desk
    handling: HandlingForm
    grade: str
    ids: dict[int, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def contribute(desk: Desk, file: Thing, form: ContributionForm) -> Contributed:
    """Contribute to a file. Raises NotAllowed (see `service.must_work`) and Faulty with every fault."""
    service.must_work(desk, file, "contributor")
    asked = inside(file, form.handling or HandlingForm(mode="everyone"))
    faults = _faults(desk, form)
    handling = model.paper(desk, file)
    try:
        handling = _paper(handling, to_handling(desk, asked, (model.compartment(file.id),)))
    except Faulty as problem:
        faults += problem.faults
    grade = grading.plain(form.grade) if form.scheme == "4x4" and not faults else ""
    bringing = _Bringing(desk, asked, grade)
    _bring(bringing, file, form.things)
    if faults or bringing.faults:
        raise Faulty(faults=(*faults, *bringing.faults))
    made = tuple(bringing.ids[n] for n in range(len(form.things)))
    named_here = list(dict.fromkeys([*made, *form.records]))
    kept = [
        _keep(desk, file, form, handling, named_here[start : start + MOST_A_PAPER], first=not start)
        for start in range(0, max(len(named_here), 1), MOST_A_PAPER)
    ]
    desk.note("gather", object=file.id, contribution=kept[0].id, things=len(named_here))
    connections.queue(desk, file, form.records)
    return Contributed(kept[0], made)


def inside(file: Thing, form: HandlingForm) -> HandlingForm:
    """The handling that was asked for, inside the file's compartment and no lower than the file."""
    levels = ("official", "restricted", "confidential")
    level = max(form.level, file.first("level", "official"), key=levels.index)
    need = sorted({*form.need, model.compartment(file.id)})
    return form.model_copy(update={"need": need, "level": level})


def _paper(paper: Handling, asked: Handling) -> Handling:
    """The contribution itself goes to no more readers than what it brings."""
    return Handling(
        owner=paper.owner,
        see=paper.see & asked.see,
        need=paper.need | asked.need,
        purposes=paper.purposes,
        level=Level(max(paper.level, asked.level)),
    )


def _faults(desk: Desk, form: ContributionForm) -> list[Fault]:
    faults = grading.faults_of(form.scheme, form.grade)
    if form.handlingCode and form.handlingCode not in grading.HANDLING_CODES:
        faults.append(Fault("handlingCode", "This is no handling code", "Write H0, H1, H2 or H3."))
    if form.received and form.received > desk.today:
        faults.append(Fault("received", "It was not received yet", "Write the day on which it came."))
    if not (form.text.strip() or form.things or form.records):
        faults.append(Fault("text", "The contribution says nothing", "Write a text, or name records."))
    seen = desk.look_all(form.records)
    known = desk.house.model.contributable
    faults += [
        Fault(f"records/{n}", "There is no such record for you", "Leave it out.")
        for n, id in enumerate(form.records)
        if id not in seen or seen[id].kind not in known
    ]
    _clean, wrong = desk.house.model.examine("Contribution", {"text": form.text, "source": form.source})
    said = ("properties/text", "properties/source")
    faults += [
        Fault(f.where.removeprefix("properties/"), f.what, f.do) for f in wrong if f.where.startswith(said)
    ]
    return faults


def _bring(bringing: _Bringing, file: Thing, things: Sequence[ThingForm]) -> None:
    """Contribute the things, those first that others name; what is wrong is gathered."""
    left = dict(enumerate(things))
    while left:
        ready = [n for n, thing in left.items() if all(p in bringing.ids for p in _places(bringing, thing))]
        for n in ready:
            bringing.ids[n] = _brought(bringing, file, n, left.pop(n))
        if ready:
            continue
        lost = [(n, p) for n, t in left.items() for p in _places(bringing, t) if not 0 <= p < len(things)]
        faults = [Fault(f"things/{n}", f"There is no thing #{p + 1} here", NUMBERED) for n, p in lost]
        circle = [Fault(f"things/{n}", "It names itself, in a circle", NUMBERED) for n in left]
        bringing.faults += faults or circle
        return


def _places(bringing: _Bringing, thing: ThingForm) -> Iterator[int]:
    """Which other things of the contribution it names, counted from 0."""
    for _, value in _entities(bringing.desk, thing):
        if found := _POSITION.fullmatch(value):
            yield int(found[1]) - 1


def _entities(desk: Desk, thing: ThingForm) -> Iterator[tuple[str, str]]:
    kind = desk.house.model.kinds.get(thing.kind)
    for name, said in thing.properties.items():
        if kind is not None and name in kind.entities:
            for value in [said] if isinstance(said, str) else said:
                yield name, value.strip()


def _brought(bringing: _Bringing, file: Thing, n: int, thing: ThingForm) -> str:
    """Keep one thing; returns its id, or one of nothing where it has faults."""
    desk, properties = bringing.desk, dict(thing.properties)
    for name, _ in _entities(desk, thing):
        said = properties[name]
        values = [said] if isinstance(said, str) else said
        properties[name] = [
            bringing.ids[int(found[1]) - 1] if (found := _POSITION.fullmatch(v.strip())) else v
            for v in values
        ]
    grade = grading.plain(thing.grade) or bringing.grade
    faults = grading.faults_of("4x4", grade) if grade else []
    draft: dict[str, Any] = {
        "kind": thing.kind,
        "properties": properties,
        "handling": inside(file, thing.handling) if thing.handling else bringing.handling,
        "ref": thing.ref,
        "grade": "" if faults else grade,
        "expires": thing.expires,
    }
    try:
        within = (model.compartment(file.id),)
        kept = records.contribute(desk, Draft.model_construct(**draft), within).id
    except Faulty as problem:
        faults += problem.faults
    bringing.faults += [Fault(f"things/{n}/{f.where}", f.what, f.do) for f in faults]
    return desk.house.ids.fresh() if faults else kept


def _keep(
    desk: Desk, file: Thing, form: ContributionForm, handling: Handling, things: Sequence[str], first: bool
) -> Thing:
    said = {
        "file": file.id,
        "officer": desk.asker.officer,
        "at": desk.now.isoformat(timespec="seconds"),
        "received": form.received.isoformat() if form.received else "",
        "source": form.source,
        "text": form.text if first else "",
        "scheme": form.scheme,
        "grade": grading.plain(form.grade),
        "handlingCode": form.handlingCode,
        "restrictions": form.restrictions,
        "things": list(things),
    }
    keys = (f"contributions:{file.id}", in_file(file.id))
    return desk.keep("Contribution", said, handling, keys=keys)


# --- reading -------------------------------------------------------------------------------------


def contributions(desk: Desk, file: Thing, after: str = "", limit: int = 50) -> list[Thing]:
    """The file's contributions that the asker may see, newest first, going on after one of them."""
    start = one(desk, file, after).place if after else 0
    found = desk.table(["Contribution"], key=f"contributions:{file.id}", after=start, limit=limit)
    return [t for _, t in found]


def one(desk: Desk, file: Thing, id: str) -> Thing:
    """One contribution to a file. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != "Contribution" or thing.first("file") != file.id:
        raise Absent()
    return thing


def records_of(desk: Desk, file: Thing) -> list[str]:
    """Ids of all that the contributions which the asker may see name: the file's network, in no order.

    An id may be of what he may not see, or of what is gone: `Desk.look_all` says.
    """
    found: dict[str, None] = {}
    after = 0
    while page := desk.table(["Contribution"], key=f"contributions:{file.id}", after=after, limit=A_PAGE):
        found |= dict.fromkeys(id for _, t in page for id in t.body.get("things", ()))
        after = page[-1][0]
    return list(found)


def shown(desk: Desk, found: Sequence[Thing]) -> list[ContributionOut]:
    """Contributions as their reader gets them."""
    names = named(desk, [t.first("officer") for t in found])
    seen = desk.look_all([id for t in found for id in t.body.get("things", ())])
    captions = _captions(desk, seen)
    return [
        ContributionOut(
            **{
                name: t.first(name)
                for name in ("at", "source", "text", "scheme", "grade", "handlingCode", "restrictions")
            },
            id=t.id,
            by=names.get(t.first("officer"), ""),
            bureau=code_of(desk, t.handling.owner),
            received=date.fromisoformat(t.first("received")) if t.first("received") else None,
            things=[
                ThingOut(
                    id=id,
                    kind=seen[id].kind,
                    caption=captions[id],
                    owner=code_of(desk, seen[id].handling.owner),
                    grade=seen[id].grade,
                    certainty=seen[id].first("certainty"),
                )
                for id in t.body.get("things", ())
                if id in seen
            ],
        )
        for t in found
    ]


def _captions(desk: Desk, seen: Mapping[str, Thing]) -> dict[str, str]:
    """What things are called, by id; a relation by its two ends, as far as the asker may see both."""
    model, captions = (
        desk.house.model,
        {id: desk.house.model.caption(t.kind, t.body) for id, t in seen.items()},
    )
    ends = {
        id: (thing.first(edge.source), thing.first(edge.target))
        for id, thing in seen.items()
        if (edge := model[thing.kind].edge)
    }
    far = desk.look_all([end for pair in ends.values() for end in pair if end and end not in seen])
    names = captions | {id: model.caption(t.kind, t.body) for id, t in far.items()}
    joined = {id: f"{names[a]} – {names[b]}" for id, (a, b) in ends.items() if a in names and b in names}
    own = {id: text for id, text in captions.items() if text != model[seen[id].kind].label}
    return captions | {id: f"{text}: {own[id]}" if id in own else text for id, text in joined.items()}
