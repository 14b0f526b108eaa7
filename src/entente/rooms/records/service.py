"""Contribute, correct, withdraw, keep until; read a record, its versions and its links."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from entente.core.access import Handling, Status
from entente.core.journal import open_private
from entente.core.kinds import TYPES
from entente.core.problems import Absent, Fault, Faulty, NotYours, OutOfDate
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.desk.retention import erase
from entente.rooms.bureaus import directory
from entente.rooms.records import model
from entente.rooms.records.handling import to_form, to_handling

MOST_ACTS = 1000


@dataclass(frozen=True, slots=True)
class Tie:
    """One link of a thing: its label, which way it points, the relation (if it is a thing), the other end."""

    label: str
    outgoing: bool
    relation: Thing | None
    other: Thing


def contribute(desk: Desk, draft: model.Draft, inside: Collection[str] = ()) -> Thing:
    """Contribute a record. `inside`: the compartment of the analysis file that it is for.

    Raises Faulty with every fault of its kind, body, date, reference and handling.
    """
    faults: list[Fault] = []
    handling, ref = Handling(owner=desk.asker.bureau), ""
    with _gathering(faults):
        _contributable(desk, draft.kind)
        with _gathering(faults):
            desk.clean(desk.house.model[draft.kind], draft.properties, desk.asker.bureau)
        desk.expiry(desk.house.model[draft.kind], draft.expires)
    with _gathering(faults):
        ref = clean_ref(draft.ref)
        _free(desk, ref)
    with _gathering(faults):
        handling = to_handling(desk, draft.handling, inside)
    if faults:
        raise Faulty(faults=tuple(faults))
    thing = desk.keep(
        draft.kind,
        draft.properties,
        handling,
        ref=ref,
        grade=draft.grade,
        expires=draft.expires,
        version=0 if ref else 1,
    )
    desk.note("contribute", object=thing.id)
    return thing


def clean_ref(ref: str) -> str:
    """An owner's reference in the form that is kept. Raises Faulty."""
    try:
        return TYPES["identifier"].clean(ref)
    except ValueError as wrong:
        raise Faulty(
            faults=(Fault("ref", f"The reference {wrong}", "Use plain letters and digits."),)
        ) from None


def _free(desk: Desk, ref: str) -> None:
    """Raise Faulty where the bureau has a record of this reference; clear away what it withdrew under it.

    Whether the contributor himself may see the record does not matter: it is not his to replace unseen.
    """
    if not ref:
        return
    through, id = desk.as_house(), desk.ref_id(desk.asker.bureau, ref)
    standing = through.inspect(id)
    if standing and standing.handling.status is not Status.DELETED:
        raise Faulty(
            faults=(Fault("ref", "Your bureau has a record with this reference", "Correct that one."),)
        )
    erase(through, id)


@contextmanager
def _gathering(faults: list[Fault]) -> Iterator[None]:
    """Go on after a Faulty, so that every fault is named at once."""
    try:
        yield
    except Faulty as problem:
        faults += problem.faults


def correct(desk: Desk, id: str, change: model.Correction) -> Thing:
    """New values for one's own record. Raises OutOfDate when somebody was faster."""
    thing = mine(desk, id, change.version)
    body = desk.clean(desk.house.model[thing.kind], change.properties, desk.asker.bureau)
    grade = thing.grade if change.grade is None else change.grade
    kept = desk.change(thing, body=body, grade=grade)
    desk.note("correct", object=id, version=kept.version)
    return kept


def handle(desk: Desk, id: str, change: model.HandlingChange) -> Thing:
    """A new handling for one's own record; it holds for the very next question."""
    thing = mine(desk, id, change.version)
    kept = desk.change(thing, handling=to_handling(desk, change.handling, thing.handling.need))
    was, now = (to_form(desk, one.handling).model_dump() for one in (thing, kept))
    desk.note("handle", object=id, version=kept.version, was=was, now=now)
    return kept


def keep_longer(desk: Desk, id: str, change: model.KeepLonger) -> Thing:
    """Keep one's own record until a later date; the journal keeps why."""
    thing = mine(desk, id, change.version)
    kept = desk.change(thing, expires=desk.expiry(desk.house.model[thing.kind], change.expires))
    desk.note("keep", object=id, until=change.expires.isoformat())
    return kept


def withdraw(desk: Desk, id: str) -> None:
    """Withdraw one's own record: out of sight at once, erased by a job."""
    thing = mine(desk, id)
    desk.withdraw(thing)
    desk.note("withdraw", object=id)


def open_record(desk: Desk, id: str) -> Thing:
    """Open a record. The same answer for what is not there and what is not for the asker."""
    return versions(desk, id)[0]


def versions(desk: Desk, id: str) -> list[Thing]:
    """All versions of a record, newest first, as the asker is told them.

    Other bureaus than the owner's get no version where the handling alone changed (that the audience
    moved is the owner's to know), and of the things that a record names those in their view.
    """
    thing = desk.look(id)
    _contributable(desk, thing.kind, Absent())
    desk.note("see", object=id)
    history = desk.history(id)
    if thing.handling.owner == desk.asker.bureau:
        return history
    told: list[Thing] = []
    for one in reversed(history):
        if not told or (one.body, one.grade, one.expires) != (
            told[-1].body,
            told[-1].grade,
            told[-1].expires,
        ):
            told.append(replace(one, version=len(told) + 1))
    names = desk.house.model[thing.kind].entities
    seen = desk.look_all([v for one in told for name in names for v in one.body.get(name, ())])
    return [replace(one, body=_in_view(one.body, names, seen)) for one in reversed(told)]


def handlings(desk: Desk, id: str) -> dict[int, tuple[model.HandlingForm, model.HandlingForm]]:
    """How the handling of one's own record moved: version to (before, after).

    From the owner's own acts in the journal, the newest thousand: the store shows a past version under the
    newest handling, for everybody.
    """
    told = {}
    for entry in desk.entries(0, MOST_ACTS, bureau=desk.asker.bureau, object=id):
        details = open_private(entry.leaf, entry.private).details if entry.act == "handle" else {}
        if "was" in details:
            was, now = (model.HandlingForm.model_validate(details[end]) for end in ("was", "now"))
            told[int(details["version"])] = was, now
    return told


def _in_view(body: Body, names: Sequence[str], seen: Mapping[str, Thing]) -> Body:
    """A body without the ids of things that are not in view: they would tell of them."""
    said = {k: tuple(v for v in vs if k not in names or v in seen) for k, vs in body.items()}
    return {k: vs for k, vs in said.items() if vs}


def mine(desk: Desk, id: str, version: int | None = None) -> Thing:
    """One's own bureau's record. Raises Absent, NotYours, OutOfDate."""
    thing = desk.look(id)
    _contributable(desk, thing.kind, Absent())
    if thing.handling.owner != desk.asker.bureau:
        raise NotYours("Only the owner of a record changes it.")
    if version is not None and version != thing.version:
        raise OutOfDate(f"It is at version {thing.version}.")
    return thing


def list_mine(
    desk: Desk, kind: str = "", after: str = "", limit: int = 50, expires: date | None = None
) -> list[Thing]:
    """Own bureau's records, newest change first, going on after the record `after`.

    At the own desk (purpose "desk") no other bureau's record is in view. Raises Faulty for another kind of
    thing: the house keeps more in a bureau's name than its records.
    """
    if kind:
        _contributable(desk, kind)
    kinds = [kind] if kind else desk.house.model.contributable
    start = desk.look(after).place if after else 0
    found = [t for _, t in desk.table(kinds, after=start, limit=limit, expires=expires)]
    desk.note("see", what="own records")
    return found


def ties(desk: Desk, thing: Thing) -> list[Tie]:
    """What a record hangs together with, as far as the asker may see both ends and the relation itself."""
    model_ = desk.house.model
    incoming = desk.links(thing.id)
    wanted = [v for name in model_[thing.kind].entities for v in thing.body.get(name, ())]
    for _, source in incoming:
        if model_[source.kind].edge:
            wanted += [v for name in model_[source.kind].entities for v in source.body.get(name, ())]
    seen = desk.look_all(wanted)
    found: list[Tie] = []
    for name in model_[thing.kind].entities:
        label = model_[thing.kind].properties[name].label
        found += [Tie(label, True, None, seen[v]) for v in thing.body.get(name, ()) if v in seen]
    for prop, source in incoming:
        kind = model_[source.kind]
        if kind.edge is None:
            found.append(Tie(f"{kind.label}: {kind.properties[prop].label}", False, None, source))
            continue
        outgoing = prop == kind.edge.source
        far = kind.edge.target if outgoing else kind.edge.source
        found += [
            Tie(kind.edge.label or kind.label, outgoing, source, seen[v])
            for v in source.body.get(far, ())
            if v in seen and v != thing.id
        ]
    return sorted(found, key=lambda t: (t.label, t.other.id))


# --- shown ---------------------------------------------------------------------------------------


def shown(desk: Desk, thing: Thing) -> model.Record:
    """A record as this reader gets it."""
    own = thing.handling.owner == desk.asker.bureau
    return model.Record(
        id=thing.id,
        kind=thing.kind,
        caption=desk.house.model.caption(thing.kind, thing.body),
        owner=code_of(desk, thing.handling.owner),
        properties={k: list(v) for k, v in thing.body.items()},
        grade=thing.grade,
        expires=thing.expires,
        version=thing.version,
        changed=thing.changed.isoformat(timespec="seconds"),
        because=desk.because(thing),
        ref=thing.ref if own else None,
        handling=to_form(desk, thing.handling) if own else None,
    )


def shown_ties(desk: Desk, found: Sequence[Tie]) -> list[model.Link]:
    return [
        model.Link(
            label=t.label,
            direction="from" if t.outgoing else "to",
            relation=t.relation.id if t.relation else None,
            dates=_dates(t.relation),
            grade=t.relation.grade if t.relation else "",
            id=t.other.id,
            kind=t.other.kind,
            caption=desk.house.model.caption(t.other.kind, t.other.body),
        )
        for t in found
    ]


def code_of(desk: Desk, number: int) -> str:
    bureau = directory(desk).get(number)
    return bureau.code if bureau else "house"


def _dates(relation: Thing | None) -> str:
    if relation is None:
        return ""
    start, end = relation.first("startDate"), relation.first("endDate")
    return relation.first("date") or (f"{start or '…'} – {end or '…'}" if start or end else "")


def _contributable(desk: Desk, kind: str, problem: Exception | None = None) -> None:
    if kind not in desk.house.model.contributable:
        raise problem or Faulty(
            faults=(Fault("kind", f"“{kind[:64]}” is not a kind of record", "See /api/v1/kinds."),)
        )
