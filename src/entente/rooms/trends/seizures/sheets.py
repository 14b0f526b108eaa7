"""Tables as they come: CSV in this process, .xlsx and .ods in a process of their own (sheet_child.py)."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Timer
from typing import IO, Any

from entente.core.problems import Fault, Faulty
from entente.match.goods.table import MOST_CELL, MOST_COLUMNS, cells_of, decoded, delimiter
from entente.web.language import N_
from entente.web.pictures import turn

WAIT_S = 90.0
MOST_OF_A_ROW = 4 << 10
"""Bytes of JSON that the rows of a sheet may have, one with another."""
MOST_SIGNS = 4_000
"""Signs between cells that one row may have, those inside quotes among them: no table has as many."""
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
        encoding = decoded(data)[1]
        lines = _Lines(io.TextIOWrapper(io.BytesIO(data), encoding, newline=""))
        rows = tuple(_numbered(lines, most_rows))
    except ValueError as wrong:
        what = f"The file {wrong}"
        raise Faulty(faults=(Fault("file", what, "Save it as CSV in UTF-8."),)) from None
    return _table(rows, (), WINDOWS if encoding == "cp1252" else "")


def fault(word: str) -> Faulty:
    return Faulty(faults=(Fault("file", *FAULTS[word]),))


class _Lines:
    """The lines of a text, ended by \\n, \\r or \\r\\n and by nothing else; a row of too many cells is
    refused before it is made of them."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text, self._between, self._signs = text, "", 0

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self._between = self._between or delimiter(line)
            self._signs += line.count(self._between)
            if self._signs > MOST_SIGNS:
                raise fault("columns")
            yield line

    def rows(self) -> Iterator[list[str]]:
        """The rows that they make; one in quotes may go over many lines."""
        for cells in cells_of(self):
            self._signs = 0
            yield cells


def _numbered(lines: _Lines, most: int) -> Iterator[tuple[int, Sequence[str]]]:
    for number, cells in enumerate(lines.rows(), 1):
        if number > most + 1:
            raise fault("rows")
        cut = _cut(cells, MOST_COLUMNS)
        if len(cut) > MOST_COLUMNS:
            raise fault("columns")
        yield number, cut


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
    """A sheet as the child reads it, line by line: never more of it is held than MOST_OF_A_ROW allows."""
    numbers = (most_rows, MOST_COLUMNS, sheet, MOST_CELL)
    command = [sys.executable, "-I", str(_CHILD), *map(str, numbers)]
    with (
        turn(),
        subprocess.Popen(  # noqa: S603 - our own script; what is sent goes to its input alone
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
        ) as child,
    ):
        late = Event()

        def end() -> None:
            late.set()
            child.kill()

        clock = Timer(WAIT_S, end)
        clock.start()
        try:
            assert child.stdin and child.stdout  # they are pipes
            with suppress(BrokenPipeError), child.stdin as sent:
                sent.write(data)
            head, rows = _told(child.stdout, (most_rows + 2) * MOST_OF_A_ROW)
        except (ValueError, KeyError):
            raise fault("kind") from None
        finally:
            clock.cancel()
            child.kill()
    if head is None:
        raise fault("late" if late.is_set() else "large")
    if "fault" in head:
        raise fault(head["fault"])
    return _table(rows, tuple(head["sheets"]), "")


def _told(lines: IO[bytes], most: int) -> tuple[dict[str, Any] | None, list[tuple[int, list[str]]]]:
    """(what the child says last, None where it came to no end; the rows before). Raises Faulty where there
    are more bytes than `most`."""
    rows: list[tuple[int, list[str]]] = []
    while line := lines.readline(most + 1):
        most -= len(line)
        if most < 0:
            raise fault("large")
        said = json.loads(line) if line.endswith(b"\n") else None
        if not isinstance(said, list):
            return said, rows
        rows.append((len(rows) + 1, said))
    return None, rows
