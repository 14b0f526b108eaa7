"""Tables as they come: CSV in this process, .xlsx and .ods in a process of their own (sheet_child.py)."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from entente.core.problems import Fault, Faulty
from entente.match.goods.table import MOST_COLUMNS, cells_of, decoded
from entente.web.language import N_
from entente.web.pictures import turn

WAIT_S = 90.0
_CHILD = Path(__file__).with_name("sheet_child.py")
_SHEETS = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
"""How .xlsx and .ods begin, and how the older .xls does, which is not read."""
FAULTS: Mapping[str, tuple[str, str]] = {
    "large": (N_("The file unpacks to more than is read"), N_("Send it in parts, or as CSV.")),
    "locked": (N_("The file is locked by a password"), N_("Save it without one.")),
    "kind": (N_("The file is no table that can be read"), N_("Send CSV, .xlsx or .ods.")),
    "sheet": (N_("The file has no such sheet"), N_("Choose one of its sheets.")),
    "columns": (N_("The table has too many columns"), N_("Leave out those that say nothing.")),
    "rows": (N_("The table has too many rows for one file"), N_("Send it in parts, or load it by command.")),
    "late": (N_("The file takes too long to read"), N_("Send it in parts, or as CSV.")),
    "old": (N_("This is an old spreadsheet (.xls)"), N_("Save it as .xlsx, .ods or CSV.")),
    "empty": (N_("The table is empty"), N_("Choose another file.")),
}
WINDOWS = N_("The file is not UTF-8: it was read as Windows-1252. Compare letters with accents.")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its header, its rows with their numbers (the header's is 1), the sheets of its file, and what
    is doubtful about how it was read."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, Sequence[str]], ...]
    sheets: tuple[str, ...] = ()
    doubt: str = ""


def read(data: bytes, most_rows: int, sheet: int = 0) -> Table:
    """The table of a file. Raises Faulty (at `file`) with one of FAULTS, Unavailable when many are read."""
    if data.startswith(_OLD):
        raise fault("old")
    if data.startswith(_SHEETS):
        return _sheet(data, most_rows, sheet)
    try:
        text, encoding = decoded(data)
        rows = tuple(_numbered(cells_of(text.splitlines(keepends=True)), most_rows))
    except ValueError as wrong:
        what = f"The file {wrong}"
        raise Faulty(faults=(Fault("file", what, "Save it as CSV in UTF-8."),)) from None
    return _table(rows, (), WINDOWS if encoding == "cp1252" else "")


def fault(word: str) -> Faulty:
    return Faulty(faults=(Fault("file", *FAULTS[word]),))


def _numbered(rows: Iterator[list[str]], most: int) -> Iterator[tuple[int, Sequence[str]]]:
    for number, cells in enumerate(rows, 1):
        if number > most + 1:
            raise fault("rows")
        yield number, cells


def _table(rows: Sequence[tuple[int, Sequence[str]]], sheets: tuple[str, ...], doubt: str) -> Table:
    """The first row that says anything is the header; it keeps its number."""
    filled = [(number, cells) for number, cells in rows if any(cells)]
    if len(filled) < 2:
        raise fault("empty")
    header = tuple(filled[0][1])
    while header and not header[-1]:
        header = header[:-1]
    if len(header) > MOST_COLUMNS:
        raise fault("columns")
    width = len(header)
    body = tuple((number, _cut(cells, width)) for number, cells in filled[1:])
    return Table(header, body, sheets, doubt)


def _cut(cells: Sequence[str], width: int) -> Sequence[str]:
    """Cells without empty ones behind the last column of the header."""
    kept = len(cells)
    while kept > width and not cells[kept - 1]:
        kept -= 1
    return cells[:kept]


def _sheet(data: bytes, most_rows: int, sheet: int) -> Table:
    command = [sys.executable, "-I", str(_CHILD), str(most_rows), str(MOST_COLUMNS), str(sheet)]
    try:
        with turn():
            made = subprocess.run(  # noqa: S603
                command,
                input=data,  # our own script; what is sent goes to its input alone
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=WAIT_S,
                check=False,
                env={},
            )
    except subprocess.TimeoutExpired:
        raise fault("late") from None
    lines = made.stdout.splitlines()
    try:
        head = json.loads(lines[0]) if lines and not made.returncode else {"fault": "large"}
        if "fault" in head:
            raise fault(head["fault"])
        rows = [(number, json.loads(line)) for number, line in enumerate(lines[1:], 1)]
    except (ValueError, KeyError):
        raise fault("kind") from None
    return _table(rows, tuple(head["sheets"]), "")
