"""Connections of files: two bureaus work on the same person, and neither knows of the other's file.

The house holds what is named in a file against what is named in all others, by exact numbers and by names.
Both files' owners are told "there is a connection, ask XB": no name, file, count or score of the other side,
once for a record and another bureau. Only open files whose owners said yes take part, on either side, and
only what the file's owner may see himself: what a contributor keeps from him rings for nobody.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from entente.core.access import Asker, Decision, Handling, Purpose, Role, Status, View, decide
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.desk.finding import CONTACT_FROM, owner_by_owner
from entente.desk.following import Changes
from entente.match.asking import question_of
from entente.match.numbers import keys_of
from entente.rooms.analysis import model, service
from entente.rooms.bureaus import FILE, About, alert

JOB = "connect-files"
WALKED = "files connected"
MOST_PAPERS = 1000
"""Papers that one record is looked up in."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Something in one file that is in another bureau's, or in another file of the same bureau."""

    file: Thing
    record: Thing
    other: int


def queue(desk: Desk, file: Thing, things: Sequence[str]) -> None:
    """Look, after the answer, what else names records that were there before, in this sitting's transaction.

    What is contributed anew or corrected is followed in the change feed (`Following`).
    """
    if things and file.first("connect") == "yes":
        desk.tx.jobs.add(JOB, {"things": list(things)})


def connect(house: House, payload: Mapping[str, Any]) -> None:
    """The job: hold these records against all other files."""
    with house.store.reading() as tx:
        met = meetings(Desk(house, HOUSE_ASKER, tx, writing=False), payload["things"])
    if met:
        with sit(house, HOUSE_ASKER, writing=True) as desk:
            tell(desk, met)


class Following:
    """The duty: what is new or changed in the compartments of files. One for a house and process."""

    def __init__(self, house: House) -> None:
        self._house, self._changes = house, Changes(house, WALKED)
        self._met: list[Meeting] = []

    def step(self) -> int:
        """Hold the next changes against all other files, once the index holds them; without files, none."""
        house = self._house
        with house.store.reading() as tx:
            if not Desk(house, HOUSE_ASKER, tx, writing=False).inspect_all([service.CONNECTED]):
                return 0
            if house.text.watermark() < tx.upkeep.newest():
                return 0
        return self._changes.step(self._look, lambda desk: tell(desk, self._met))

    def _look(self, desk: Desk, things: Sequence[Thing]) -> bool:
        inside = [t.id for t in things if any(c.startswith(FILE) for c in t.handling.need)]
        self._met = meetings(desk, inside) if inside else []
        return bool(self._met)


def meetings(desk: Desk, ids: Iterable[str]) -> list[Meeting]:
    """What these records meet, both sides of each: for the house to look at."""
    house = _Connected.of(desk)
    found: dict[tuple[str, int, str], Meeting] = {}
    for id in ids if len(house.files) > 1 else ():
        record = desk.inspect(id)
        mine = house.naming(record) if record else []
        if record is None or not mine:
            continue
        for other in house.near(record):
            for file, theirs in [(f, t) for f in mine for t in house.naming(other) if f.id != t.id]:
                for side, thing, far in ((file, record, theirs), (theirs, other, file)):
                    key = side.id, far.handling.owner, thing.id
                    found[key] = Meeting(side, thing, far.handling.owner)
    return list(found.values())


def tell(desk: Desk, met: Sequence[Meeting]) -> None:
    """Tell each side's owner, once for a file, another bureau and a record."""
    for one in met:
        like = replace(
            one.record.handling,
            need=one.record.handling.need | {model.compartment(one.file.id)},
            level=max(one.record.handling.level, model.level_of(one.file)),
        )
        said = About("connection", object=one.record.id, second=one.file.id, other=one.other)
        once = f"{one.file.id} {one.other} {one.record.id}"
        alert(desk, one.file.handling.owner, said, like=like, once=once)
    desk.note("watch", what="connections")


@dataclass(frozen=True, slots=True)
class _Connected:
    """The open files that take part, and where their records and papers are found."""

    desk: Desk
    files: Mapping[str, Thing]
    inside: View
    ordinary: View

    @classmethod
    def of(cls, desk: Desk) -> "_Connected":
        open_now = [t for _, t in desk.inspect_all([service.CONNECTED])]
        files = {t.id: t for t in open_now if service.state_now(desk, t) != "closed"}
        taking = {model.compartment(id) for id in files}
        live = {c: h for c, h in desk.house.classes(desk.tx).items() if h.status is Status.LIVE}
        inside = {c for c, h in live.items() if h.need & taking}
        ordinary = {c for c, h in live.items() if not any(n.startswith(FILE) for n in h.need)}
        return cls(desk, files, _view(desk, inside), _view(desk, ordinary))

    def naming(self, record: Thing) -> list[Thing]:
        """The files whose owner may see both the record and a paper of the file that names it."""
        found = {}
        for name, paper in self.desk.tx.ties.links(record.id, self.inside, MOST_PAPERS):
            file = self.files.get(paper.first("file"))
            names = (paper.kind, name) == ("Contribution", "things") or (
                (paper.kind, name) == ("FileSubject", "record") and paper.first("state") != "removed"
            )
            if file and names and _sees(file, paper.handling) and _sees(file, record.handling):
                found[file.id] = file
        return list(found.values())

    def near(self, record: Thing) -> list[Thing]:
        """The record itself, what has one of its exact numbers, and what is as near as would make its owner's
        contact row: two inquiries into one telephone or passport are a connection, whoever used it."""
        question = question_of(record.kind, record.body)
        if question.empty or not self.desk.house.model[record.kind].searchable:
            return [record]
        found = [
            f for view in (self.inside, self.ordinary) for f in owner_by_owner(self.desk, question, view)
        ]
        numbers = _numbers(record)
        near = {
            f.thing.id: f.thing
            for f in found
            if f.score.value >= CONTACT_FROM or not numbers.isdisjoint(_numbers(f.thing))
        }
        return list({**near, record.id: record}.values())


def _numbers(thing: Thing) -> frozenset[str]:
    """Its exact numbers: keys with a scheme, but for those that only the last digits make."""
    return frozenset(k for k in keys_of(thing.kind, thing.body) if ":" in k and ":~" not in k)


def _sees(file: Thing, handling: Handling) -> bool:
    """Whether an analyst of the file's owner sees it, cleared for it and in its compartments."""
    need = handling.need | {model.compartment(file.id)}
    owner = Asker(
        officer="",
        bureau=file.handling.owner,
        purpose=Purpose.ANALYSIS,
        justification="connection",
        roles=frozenset({Role.ANALYST}),
        clearance=handling.level,
        held=need,
    )
    return handling.status is Status.LIVE and decide(owner, handling) is Decision.FULL


def _view(desk: Desk, chosen: Collection[int]) -> View:
    spelled = bytearray(max(chosen, default=-1) + 1)
    for c in chosen:
        spelled[c] = 1
    return View(bytes(spelled), tuple(sorted(f"c{c}" for c in chosen)), desk.today)
