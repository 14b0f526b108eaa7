"""A list of numbers to look up: pasted or sent, one a line or as CSV with a header, a thousand at most."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entente.core.problems import Fault, Faulty
from entente.rooms.papers.lost import model, shown
from entente.rooms.papers.lost.checking import Asked
from entente.rooms.papers.lost.checking import read as read_document
from entente.rooms.papers.lost.columns import fields_of
from entente.rooms.papers.lost.vocabulary import sort_of
from entente.web.language import N_

MOST_BYTES = 1 << 20
DELIMITERS = ",;\t|"
FIELDS = ("number", "issuer", "type", "name", "birth")
_LONGEST = {"number": 60, "issuer": 200, "name": 200, "birth": 40}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as in a spreadsheet, what it asks, or why it asks nothing."""

    row: int
    number: str
    asked: Asked | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was read. `columns`: field to the name of its column."""

    rows: Sequence[Row]
    columns: Mapping[str, str]


def read(written: bytes) -> Listed:
    """Read a list. Raises Faulty where it has no rows, too many, or is no text."""
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _faulty(N_("The list is not UTF-8 text"), N_("Save it as CSV in UTF-8.")) from None
    if "\0" in text:
        raise _faulty(N_("The list is no text"), N_("Save it as CSV in UTF-8."))
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise _faulty(N_("The list is empty"), N_("Write one number a line."))
    delimiter = max(DELIMITERS, key=lines[0][1].count)
    header = _cells(lines[0][1], delimiter)
    columns = fields_of(header, FIELDS)
    named = {field: header[place] for field, place in columns.items()}
    if "number" in columns:
        lines = lines[1:]
    else:
        columns, named = {"number": 0}, {}
    if not 0 < len(lines) <= model.MOST_AT_ONCE:
        what = f"The list has {len(lines):,} rows; one to {model.MOST_AT_ONCE:,} are looked up at once"
        raise _faulty(what, N_("Send it in parts."))
    return Listed([_row(n, _cells(line, delimiter), columns) for n, line in lines], named)


def answered(listed: Listed, told: Mapping[int, model.Answer]) -> model.ListAnswer:
    """The list with its answers."""
    rows = [
        model.ListedAnswer(row=r.row, number=r.number, fault=r.fault, answer=told.get(r.row))
        for r in listed.rows
    ]
    found = sum(1 for r in rows if r.answer and shown.is_wanted(r.answer))
    return model.ListAnswer(columns=dict(listed.columns), rows=rows, found=found)


def _row(place: int, cells: Sequence[str], columns: Mapping[str, int]) -> Row:
    said = {f: cells[at].strip() for f, at in columns.items() if at < len(cells)}
    number = said.get("number", "")[:60]
    for field, most in _LONGEST.items():
        if len(said.get(field, "")) > most:
            return Row(place, number, fault=f"{field}: more than {most} characters")
    if "number" not in said:
        return Row(place, number, fault="number: the row has fewer cells than the header")
    said["type"] = sort_of(said.get("type", ""))
    asked, faults = read_document(model.Document.model_validate(said))
    return Row(place, number, asked, "; ".join(f"{f.where}: {f.what}" for f in faults))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(line), delimiter=delimiter), [])
    except csv.Error:
        return [line]


def _faulty(what: str, do: str) -> Faulty:
    return Faulty(faults=(Fault("list", what, do),))
