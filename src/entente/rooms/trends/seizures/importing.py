"""Seizures from a file: what its columns mean, every row's faults and doubts, then all of them kept or none.

A row with a reference keeps its id, and so does a row of the same file: what is sent twice is kept once.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Literal

import numpy as np

from entente.core.access import Handling
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.goods import columns, outliers, seizures, table
from entente.match.goods.columns import KIND
from entente.match.goods.seizures import Reading
from entente.match.goods.table import Column, Draft, Mapped
from entente.match.goods.table_fields import REPEATED
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.records import HandlingForm, Repeats, to_handling
from entente.rooms.trends.seizures import conversions, judging, mappings, service, sheets
from entente.rooms.trends.seizures import import_model as i
from entente.rooms.trends.seizures import model as m
from entente.rooms.trends.service import contributor_of, must_be_allowed
from entente.web.forms import validated

MOST_ROWS = 20_000
"""Of a file over HTTP."""
MOST_TOLD = 1_000
SHOWN = 5
By = Literal["said", "remembered", "header", ""]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table and how it is read. `by`: of each column, who said what it means."""

    table: sheets.Table
    mapped: Mapped
    by: tuple[By, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A seizure of the file that was read."""

    draft: Draft
    reading: Reading
    ref: str


@dataclass(slots=True)
class Told:
    """Faults and doubts of rows, in order; at most MOST_TOLD of each are held, all are counted."""

    faults: list[i.RowSaid] = field(default_factory=list)
    doubts: list[i.RowSaid] = field(default_factory=list)
    fault_count: int = 0
    doubt_count: int = 0

    def fault(self, row: int, column: str, fault: Fault) -> None:
        self.fault_count += 1
        if len(self.faults) < MOST_TOLD:
            self.faults.append(i.RowSaid(row=row, column=column, what=fault.what, do=fault.do))

    def doubt(self, row: int, column: str, fault: Fault) -> None:
        self.doubt_count += 1
        if len(self.doubts) < MOST_TOLD:
            self.doubts.append(i.RowSaid(row=row, column=column, what=fault.what, do=fault.do))


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read, before anything of it is kept: `drafts` seizures are in it, `found` are good."""

    one: Prepared
    drafts: int
    told: Told
    found: Sequence[Line]


# --- how a file is read --------------------------------------------------------------------------


def prepared(desk: Desk, found: sheets.Table, sent: i.Sent) -> Prepared:
    """What the columns mean: as it is said, else as remembered, else by their headers."""
    said, constants = _object("mapping", sent.mapping), _object("constants", sent.constants)
    known = mappings.remembered(desk, found.header)
    guesses = table.guessed(found.header)
    faults = [
        Fault(f"mapping/{name}", "The file has no such column", "Write the header as it is in the file.")
        for name in said
        if name not in found.header
    ]
    chosen: list[Column] = []
    by: list[By] = []
    for place, name in enumerate(found.header):
        if name in said:
            meant, _space, unit = said[name].strip().partition(" ")
            chosen.append(Column(meant, unit.strip().upper()))
            by.append("said")
        elif known is not None and place < len(known.columns):
            chosen.append(known.columns[place])
            by.append("remembered")
        else:
            chosen.append(_free(guesses[place], said))
            by.append("header" if chosen[-1].field else "")
    mapped = Mapped(
        tuple(chosen),
        {**(known.constants if known and not sent.constants else {}), **constants},
        sent.decimal or (known.decimal if known else ""),
        sent.order or (known.order if known else ""),
        sent.epoch or (known.epoch if known else ""),
    )
    return Prepared(found, mapped, tuple(by), (*faults, *table.faults_of(found.header, mapped)))


def _free(guess: Column, said: Mapping[str, str]) -> Column:
    """A guess gives way where somebody said that another column is this field."""
    taken = {text.strip().partition(" ")[0] for text in said.values()}
    repeated = guess.field in REPEATED
    return Column() if guess.field in taken and not repeated else guess


def _object(name: str, text: str) -> dict[str, str]:
    """A JSON object of texts. Raises Faulty."""
    try:
        read = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict) or not all(isinstance(value, str) for value in read.values()):
        raise Faulty(faults=(Fault(name, "This is no JSON object of texts", 'Write {"header": "field"}.'),))
    return read


# --- rows ----------------------------------------------------------------------------------------


class Reader:
    """Reads the drafts of one file; faults and doubts go to `told`, good seizures come back."""

    def __init__(self, desk: Desk, mapped: Mapped, file: str) -> None:
        self._own, self._ways = conversions.own(desk), mapped.ways
        self._contributor, self._today = contributor_of(desk), desk.today
        self._id = partial(desk.ref_id, desk.asker.bureau)
        self._file = file
        self._repeats = Repeats()

    def read(self, draft: Draft, told: Told) -> Line | None:
        """The seizure of a draft; None where it has faults."""
        for row, fault in draft.faults:
            told.fault(row, fault.where, fault)
        given = {"contributor": self._contributor, **draft.given}
        ref = str(given.pop("ref", ""))[:120]
        try:
            form = validated(m.SeizureForm, **given)
        except Faulty as problem:
            _tell(told.fault, draft, problem.faults)
            return None
        reading = seizures.read(form.model_dump(), self._today, self._own, ways=self._ways)
        _tell(told.fault, draft, reading.faults)
        first = self._repeats.first(self._id(ref), draft.line) if ref else 0
        if first:
            what = Fault("ref", f"It has the reference of row {first}", "Each seizure has its own.")
            told.fault(draft.line, draft.place("ref")[1] or "ref", what)
        if reading.faults or draft.faults or first:
            return None
        _tell(told.doubt, draft, reading.doubts)
        return Line(draft, reading, ref or f"{self._file}:{draft.line}")


def _tell(how: Callable[[int, str, Fault], None], draft: Draft, faults: Iterable[Fault]) -> None:
    for fault in faults:
        row, header = draft.place(fault.where)
        how(row, header or fault.where, fault)


def judged(desk: Desk, found: Sequence[Line], told: Told) -> list[Line]:
    """The lines, with quantities held that are far from the file's others and the bureau's own."""
    known = judging.own_quantities(desk)
    places: list[tuple[int, int]] = []
    groups: list[int] = []
    amounts: list[float] = []
    for number, line in enumerate(found):
        if line.reading.raw.get("form") == ["total"]:
            continue
        for place, item in enumerate(line.reading.items):
            if item.get("std") and item.get("goods"):
                places.append((number, place))
                groups.append(TAXONOMY.index(item["goods"]) * 256 + columns.code("unit", item["std_unit"]))
                amounts.append(float(item["std"]))
    own_groups = known["goods"].astype(np.int64) * 256 + known["unit"].astype(np.int64)
    far = outliers.far(
        np.concatenate([np.array(amounts, np.float64), known["qty"].astype(np.float64)]),
        np.concatenate([np.array(groups, np.int64), own_groups]),
    )
    held = {places[n] for n in np.flatnonzero(far[: len(places)]).tolist()}
    return [
        _held(line, {p for n, p in held if n == number}, told) if held else line
        for number, line in enumerate(found)
    ]


def _held(line: Line, places: set[int], told: Told) -> Line:
    if not places:
        return line
    items = tuple(
        {**item, "held": True} if n in places else item for n, item in enumerate(line.reading.items)
    )
    for n in places:
        row, header = line.draft.place(f"items/{n}/quantity")
        why = Fault("", judging.FAR, judging.CONFIRM)
        told.doubt(row, header or "quantity", why)
    raw = {**line.reading.raw, "item": seizures.item_lines(items)}
    return Line(line.draft, Reading(raw, items, (), line.reading.doubts), line.ref)


# --- what is done with it ------------------------------------------------------------------------


def read(desk: Desk, data: bytes, sent: i.Sent) -> Read:
    """The file read whole, row by row, of which the act is told. It takes seconds for a large one, so sit
    down to read for it. Raises Faulty where the file or its mapping cannot be read."""
    one = prepared(desk, sheets.read(data, MOST_ROWS, sent.sheet), sent)
    desk.note("see", what="a check of seizures", rows=len(one.table.rows))
    return rows_of(desk, one, data)


def rows_of(desk: Desk, one: Prepared, data: bytes) -> Read:
    """The rows of a table read as it is mapped. Raises Faulty where it cannot be."""
    if one.faults:
        raise Faulty(faults=one.faults)
    told = Told()
    if one.table.doubt:
        told.doubt(1, "", Fault("file", one.table.doubt))
    reader = Reader(desk, one.mapped, file_mark(data))
    drafts, found = 0, []
    for draft in table.drafts(one.table.header, one.table.rows, one.mapped):
        drafts += 1
        if line := reader.read(draft, told):
            found.append(line)
    return Read(one, drafts, told, judged(desk, found, told))


def kept(desk: Desk, file: Read, sent: i.Sent) -> i.Report:
    """Keep the seizures of a file that was read, all or none unless `good_rows`. Raises Faulty with every
    fault."""
    must_be_allowed(desk)
    handling, told = handling_of(desk, sent), file.told
    if told.fault_count and not sent.good_rows:
        raise Faulty(
            f"{told.fault_count} faults; nothing was kept.",
            tuple(Fault(f"row {f.row}/{f.column}", f.what, f.do) for f in told.faults),
        )
    things = things_of(desk, file.found, handling, not sent.handling)
    number = desk.keep_many(things, keys_of)
    mappings.remember(desk, file.one.table.header, file.one.mapped, sent.name)
    desk.note("load", what="seizures", file=sent.name, records=number, faults=told.fault_count)
    return report(file, sent, number)


def handling_of(desk: Desk, sent: i.Sent) -> Handling:
    """Who may see the seizures of a file. Raises Faulty."""
    try:
        said = json.loads(sent.handling) if sent.handling else {}
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Faulty(
            faults=(Fault("handling", "This is no JSON object", "Write a handling as the API has it."),)
        )
    return to_handling(desk, validated(HandlingForm, **said))


def things_of(
    desk: Desk, found: Sequence[Line], handling: Handling, stays: bool, expires: date | None = None
) -> list[Thing]:
    """The seizures of a file as things to keep. `stays`: what stands already keeps its handling.

    Raises Faulty where a reference is of another sort of thing of the bureau's.
    """
    kind = desk.house.model[KIND]
    by_id = {desk.ref_id(handling.owner, line.ref): line for line in found}
    standing = desk.look_all(list(by_id))
    taken = [by_id[id] for id, one in standing.items() if one.kind != KIND]
    if taken:
        what = "Your bureau has a record with this reference that is no seizure"
        raise Faulty(
            faults=tuple(Fault(f"row {one.draft.line}/ref", what, "Choose another one.") for one in taken)
        )
    return [
        Thing(
            id=id,
            kind=KIND,
            handling=standing[id].handling if stays and id in standing else handling,
            body=desk.clean(kind, line.reading.raw, handling.owner),
            expires=desk.expiry(kind, expires),
            ref=line.ref,
            version=0,
            created=desk.now,
            changed=desk.now,
        )
        for id, line in by_id.items()
    ]


def keys_of(thing: Thing) -> tuple[str, ...]:
    """Keys of a kept seizure beside those of its numbers."""
    return service.keys_of(thing.body)


def file_mark(data: bytes) -> str:
    """What names a file in the references of its rows."""
    return f"file-{hashlib.sha256(data).hexdigest()[:16]}"


def report(file: Read, sent: i.Sent, number: int = 0) -> i.Report:
    """What is told of a file that was read. `number`: of the seizures that were kept."""
    one, told = file.one, file.told
    return i.Report(
        name=sent.name,
        sheets=list(one.table.sheets),
        rows=len(one.table.rows),
        seizures=file.drafts,
        good=len(file.found),
        kept=number,
        columns=columns_said(one),
        faults=sorted(told.faults, key=lambda f: f.row),
        fault_count=told.fault_count,
        doubts=sorted(told.doubts, key=lambda f: f.row),
        doubt_count=told.doubt_count,
        titles=[line.reading.raw["name"][0] for line in file.found[:SHOWN]],
    )


def columns_said(one: Prepared) -> list[i.ColumnSaid]:
    """The columns as they are read, each with its first filled cell."""
    told = []
    for place, (name, column, by) in enumerate(
        zip(one.table.header, one.mapped.columns, one.by, strict=True)
    ):
        cells = (cells[place] for _n, cells in one.table.rows[:50] if place < len(cells) and cells[place])
        told.append(
            i.ColumnSaid(
                header=name, field=column.field, unit=column.unit, by=by, sample=next(cells, "")[:60]
            )
        )
    return told
