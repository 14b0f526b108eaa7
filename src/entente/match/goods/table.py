"""A table of seizures read row by row: what its columns mean, and a draft of a seizure for each of its rows.

Rows that follow each other with the same reference are lines of one seizure. Nothing is guessed within a
cell: a comma that may part thousands or decimals, and a date whose day may be its month, are asked for once
for the whole file.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from entente.core.problems import Fault
from entente.match.goods import table_fields as fields
from entente.match.goods.dating import ORDERS
from entente.match.goods.seizures import Ways
from entente.match.goods.table_fields import LEAVE_OUT, LINE, PERSON, REPEATED

CONSTANTS = (frozenset(fields.FIELDS) | {"form", "contributor"}) - {PERSON, "ref"}
"""Fields that may be said once for all rows."""
MOST_COLUMNS = 200
MOST_CELL = 4_000
"""Signs of a cell that are read; a longer one is a fault of its row."""
MOST_LINES = 100
"""Rows that one seizure may have."""
DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column means: a field of `table_fields.FIELDS`, or "" where it is left out. `unit`: of all its
    quantities, or the currency of all its values."""

    field: str = LEAVE_OUT
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """How a file is read. `constants`: field to what holds for every row. `decimal`: the sign before decimals
    ("." or ","), or "" where each number must be clear by itself. `order`: how 3/4/2026 is meant ("dmy",
    "mdy"), or "". `epoch`: "1900" or "1904" where a date may be a number of days as Excel counts them."""

    columns: tuple[Column, ...]
    constants: Mapping[str, str] = field(default_factory=dict)
    decimal: str = ""
    order: str = ""
    epoch: str = ""

    @property
    def ways(self) -> Ways:
        """The same as seizures.read takes it."""
        return Ways(self.epoch, {"dmy": ORDERS[0], "mdy": ORDERS[1]}.get(self.order, ""), self.decimal)


@dataclass(frozen=True, slots=True)
class Draft:
    """One seizure of a table. `line`: its first row (the header is row 1); `given`: as the API takes it;
    `places`: where in it (`items/0/quantity`) to (row, header of the column); `faults`: of the row itself,
    placed by header."""

    line: int
    given: Mapping[str, Any]
    places: Mapping[str, tuple[int, str]]
    faults: tuple[tuple[int, Fault], ...] = ()

    def place(self, where: str) -> tuple[int, str]:
        """(row, header) of a fault in the draft; the header is the place itself where no column has it."""
        while where:
            if where in self.places:
                return self.places[where]
            where, _sep, _last = where.rpartition("/")
        return self.line, ""


def decoded(data: bytes) -> tuple[str, str]:
    """(text, encoding) of a file: UTF-8 or UTF-16 with a mark, UTF-8, else Windows-1252.

    Raises ValueError for bytes of no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, encoding
    raise ValueError("is no text")


def delimiter(first: str) -> str:
    """The sign between cells: of those known the one that the first line has most of, outside quotes."""
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=lambda sign: (bare.count(sign), -DELIMITERS.index(sign)))


def cells_of(lines: Iterable[str]) -> Iterator[list[str]]:
    """The rows of a CSV file, lazily; cells trimmed, rows without any text passed over as empty lists.

    Raises ValueError for what is no CSV (a quote that never ends, a cell of more than 131,072 signs).
    """
    walked = iter(lines)
    first = next(walked, "")
    reader = csv.reader(_again(first, walked), delimiter=delimiter(first), strict=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            yield cells if any(cells) else []
    except csv.Error as wrong:
        raise ValueError(f"is no CSV in line {reader.line_num}: {wrong}") from None


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def fingerprint(header: Sequence[str]) -> str:
    """By which a mapping is remembered: SHA-256 of the folded header, in the order of its columns."""
    return hashlib.sha256("\n".join(fields.folded(name) for name in header).encode()).hexdigest()


def guessed(header: Sequence[str]) -> tuple[Column, ...]:
    """What each column means by its header alone; left out where it is not known or a field comes twice."""
    taken: set[str] = set()
    found = []
    for name in header:
        meant, unit = fields.words().get(fields.folded(name), (LEAVE_OUT, ""))
        if meant in taken and meant not in REPEATED:
            meant, unit = LEAVE_OUT, ""
        taken.add(meant)
        found.append(Column(meant, unit))
    return tuple(found)


def faults_of(header: Sequence[str], mapped: Mapped) -> list[Fault]:
    """All that is wrong with a mapping for this header."""
    faults = []
    if len(header) > MOST_COLUMNS:
        faults.append(
            Fault("header", f"has {len(header)} columns; at most {MOST_COLUMNS} are read", "Send fewer.")
        )
    if len(mapped.columns) != len(header):
        what = f"says what {len(mapped.columns)} columns mean, and the file has {len(header)}"
        return [*faults, Fault("columns", what, "Say it for each column.")]
    said: dict[str, str] = {}
    for name, column in zip(header, mapped.columns, strict=True):
        if column.field not in fields.FIELDS and column.field != LEAVE_OUT:
            faults.append(
                Fault(f"columns/{name}", f"“{column.field}” is no field", "Choose one of the list.")
            )
        elif column.field == PERSON:
            faults.append(
                Fault(
                    f"columns/{name}",
                    "The column names persons, and a seizure holds none",
                    "Leave it out; persons and companies are a paper of their own.",
                )
            )
        elif column.field in said and column.field not in REPEATED:
            what = f"Two columns mean the same: {said[column.field]} and {name}"
            faults.append(Fault(f"columns/{name}", what, "Leave one of them out."))
        said.setdefault(column.field, name)
    meant = {*said, *mapped.constants}
    if not meant & {"what", "goods", "hs"}:
        what = "No column says which goods"
        faults.append(Fault("columns", what, "Say which column names the goods or their HS code."))
    if not meant & {"date", "year"}:
        faults.append(Fault("columns", "No column says when", "Say which column holds the date or the year."))
    return faults + _said_once(mapped)


def _said_once(mapped: Mapped) -> list[Fault]:
    faults = []
    for name in mapped.constants:
        if name not in CONSTANTS:
            faults.append(Fault(f"constants/{name}", "This is no field that all rows share", "Leave it out."))
    if mapped.decimal not in ("", ".", ","):
        faults.append(Fault("decimal", "The sign before decimals is a point or a comma", "Choose one."))
    if mapped.order not in ("", "dmy", "mdy"):
        faults.append(Fault("order", "Dates are day first (dmy) or month first (mdy)", "Choose one."))
    if mapped.epoch not in ("", "1900", "1904"):
        faults.append(Fault("epoch", "Excel counts days from 1900 or from 1904", "Choose one."))
    return faults


def drafts(
    header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], mapped: Mapped
) -> Iterator[Draft]:
    """A draft for each seizure of a table, in order; `rows`: (number, cells), the header's number is 1."""
    together: list[tuple[int, Sequence[str]]] = []
    by = next((place for place, column in enumerate(mapped.columns) if column.field == "ref"), len(header))
    for number, cells in rows:
        if not any(cells):
            continue
        same = bool(together) and "" != _cell(cells, by) == _cell(together[0][1], by)
        if together and not (same and len(together) < MOST_LINES):
            yield _draft(header, together, mapped)
            together = []
        together.append((number, cells))
    if together:
        yield _draft(header, together, mapped)


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _draft(header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], mapped: Mapped) -> Draft:
    made = _Made(rows[0][0])
    for place, (number, cells) in enumerate(rows):
        if len(cells) > len(header):
            what = f"has {len(cells)} cells; the header has {len(header)}"
            made.faults.append((number, Fault("", f"It {what}", "Mend the row.")))
            continue
        said: list[tuple[str, str, str, str]] = [
            (name, "", "", value) for name, value in mapped.constants.items()
        ]
        said += [
            (column.field, column.unit, name, cell)
            for column, name, cell in zip(mapped.columns, header, cells, strict=False)
            if column.field not in (LEAVE_OUT, PERSON) and cell
        ]
        for meant, unit, name, cell in said:
            if len(cell) > MOST_CELL:
                what = f"has {len(cell)} signs; at most {MOST_CELL} are read"
                made.faults.append((number, Fault(name, f"It {what}", "Shorten it.")))
                continue
            if meant in LINE:
                made.item(place, meant, unit, cell, (number, name))
            elif place == 0:
                made.say(meant, cell, (number, name))
    made.date()
    made.moved()
    return Draft(made.line, made.given, made.places, tuple(made.faults))


_CONVEYANCES = {
    "container": "container",
    "imo": "vessel",
    "plate": "plate",
    "parcel": "parcel",
    "seal": "seal",
}
_LEGS = {
    "origin": "origin",
    "departure": "departure",
    "transit": "transit",
    "destination": "intended_destination",
}


class _Made:
    """A draft while it is filled."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.given: dict[str, Any] = {"form": "long", "items": [], "route": [], "conveyances": []}
        self.places: dict[str, tuple[int, str]] = {}
        self.faults: list[tuple[int, Fault]] = []
        self.parts: dict[str, str] = {}
        self.mode = ""

    def item(self, place: int, meant: str, unit: str, cell: str, at: tuple[int, str]) -> None:
        while len(self.given["items"]) <= place:
            self.given["items"].append({})
        line = self.given["items"][place]
        line[meant] = cell
        self.places[f"items/{place}/{meant}"] = at
        if unit and meant in ("quantity", "value"):
            line.setdefault("unit" if meant == "quantity" else "currency", unit)

    def say(self, meant: str, cell: str, at: tuple[int, str]) -> None:
        if meant in _LEGS:
            self.places[f"route/{len(self.given['route'])}"] = at
            self.given["route"].append({"role": _LEGS[meant], "country": cell})
        elif meant in _CONVEYANCES:
            self.places[f"conveyances/{len(self.given['conveyances'])}"] = at
            self.given["conveyances"].append({"kind": _CONVEYANCES[meant], "number": cell})
        elif meant == "concealment":
            self.places.setdefault("concealment", at)
            self.given.setdefault("concealment", []).append(cell)
        elif meant in ("year", "month"):
            self.parts[meant] = cell
            self.places.setdefault("date", at)
        elif meant == "mode":
            self.mode, self.places["mode"] = cell, at
        else:
            self.given[meant] = cell
            self.places[meant] = at

    def moved(self) -> None:
        """How the goods were moved is said of the last stage, else of where they were found."""
        if not self.mode:
            return
        if not self.given["route"]:
            if not self.given.get("country"):
                return
            self.given["route"].append({"role": "seizure_place", "country": self.given["country"]})
        last = len(self.given["route"]) - 1
        self.given["route"][last]["mode"] = self.mode
        self.places[f"route/{last}/mode"] = self.places["mode"]

    def date(self) -> None:
        """A year and a month in columns of their own are a date where no column has a whole one."""
        if "year" in self.parts and not self.given.get("date"):
            year, month = self.parts["year"].removesuffix(".0"), self.parts.get("month", "")
            number = month.removesuffix(".0")
            self.given["date"] = f"{year}-{int(number):02}" if number.isdecimal() and number else year
