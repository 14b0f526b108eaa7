"""A list as it comes in: encoding, delimiter and header found, its lines read one by one.

Nothing here trusts a file: rows, columns and cells are bounded, and of every line that cannot be read it is
told why; the lines after it are read all the same.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from entente.core.problems import Fault, Faulty

MOST_BYTES = 256 * 1024 * 1024
LIMITS: Mapping[str, int] = {
    "/screenings": MOST_BYTES + (1 << 20),
    "/api/v1/screenings": MOST_BYTES + (1 << 20),
}
"""Largest bodies by the beginning of an address: a list and the form around it."""
MOST_ROWS = 1_000_000
MOST_LINES = 2 * MOST_ROWS
"""Ends of lines: a cell may go over some. They are counted first, as to read a million rows takes seconds."""
MOST_COLUMNS = 200
MOST_CELL = 2_000
"""Characters of a cell."""
MOST_OF_A_ROW = 2 * MOST_COLUMNS * MOST_CELL
"""Characters of a row, with its quotes."""
DELIMITERS = ",;\t|"
NEVER = "\x1f"
"""What delimits the cells of a list of one column: a sign that no list has."""
ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1251", "cp1256")
"""What an officer may choose: Unicode, and Windows' own for Latin, Cyrillic and Arabic letters."""
_LOOKED_AT = 20
_PIECE = 1 << 20
_HEAD = 1 << 16
_MOSTLY = 20
"""So many letters beyond ASCII that are right for one that is wrong: UTF-8 with a damaged line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as in a spreadsheet (the header is 1), its cells, or why it cannot be read."""

    number: int
    cells: tuple[str, ...]
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How a list is written. `header`: names of its columns, each once."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]


def form_of(file: BinaryIO, encoding: str = "") -> Form:
    """How a list is written. Raises Faulty where it has no header that could be one, or too many lines."""
    _few_lines(file)
    encoding = encoding or _encoding(file)
    file.seek(0)
    head = _text(file, encoding).read(_HEAD)
    if not head.strip():
        raise Faulty(faults=(Fault("list", "The list is empty", "Send CSV or tab-separated text."),))
    if "\0" in head:
        raise Faulty(faults=(Fault("list", "The list is no text", "Save it as CSV in UTF-8."),))
    delimiter = _delimiter(head)
    header = _header(next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), []))
    return Form(encoding, delimiter, header)


def lines_of(file: BinaryIO, form: Form) -> Iterator[Line]:
    """Every row below the header that says something. Raises Faulty beyond a million."""
    file.seek(0)
    lines = _Lines(_text(file, form.encoding))
    reader = csv.reader(lines, delimiter=form.delimiter)
    number, told = 0, 0
    while True:
        number += 1
        lines.next_row()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Line(number, (), f"It is no CSV: {error}")
            continue
        if cells is None:
            return
        if number == 1 or not any(cell.strip() for cell in cells):
            continue
        told += 1
        if told > MOST_ROWS:
            raise _too_many()
        yield _line(number, cells, len(form.header))


class _Lines:
    """Lines for the CSV reader. A row that is too long, in one line or in many, ends with csv.Error.

    Else one row, of nothing but delimiters or never closed, takes many times its size of memory.
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text, self._read = text, 0

    def next_row(self) -> None:
        self._read = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MOST_OF_A_ROW)
        if not line:
            raise StopIteration
        self._read += len(line)
        if self._read < MOST_OF_A_ROW:
            return line
        while len(line) == MOST_OF_A_ROW and not line.endswith(("\n", "\r")):
            line = self._text.readline(MOST_OF_A_ROW)
        raise csv.Error(f"a row has more than {MOST_OF_A_ROW:,} characters")


def _line(number: int, cells: Sequence[str], columns: int) -> Line:
    kept = tuple(cell.strip()[:MOST_CELL] for cell in cells[:columns])
    if len(cells) != columns:
        return Line(number, kept, f"It has {len(cells)} cells; the header has {columns}")
    if any(len(cell) > MOST_CELL for cell in cells):
        return Line(number, kept, f"A cell has more than {MOST_CELL:,} characters")
    if any("\ufffd" in cell or "\0" in cell for cell in cells):
        return Line(number, kept, "It has bytes that are no letters")
    return Line(number, kept)


# --- how it is written ---------------------------------------------------------------------------


def _few_lines(file: BinaryIO) -> None:
    file.seek(0)
    left = MOST_LINES
    while piece := file.read(_PIECE):
        left -= max(piece.count(b"\n"), piece.count(b"\r"))
        if left < 0:
            raise _too_many()


def _too_many() -> Faulty:
    return Faulty(faults=(Fault("list", f"The list has more than {MOST_ROWS:,} rows", "Send it in parts."),))


def _text(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """The text of a file, which stays open when this is gone."""
    named = {"utf-8": "utf-8-sig"}.get(encoding, encoding)
    return _Kept(file, encoding=named, errors="replace", newline="")


class _Kept(io.TextIOWrapper):
    def __del__(self) -> None:
        self.detach()


def _encoding(file: BinaryIO) -> str:
    """UTF-16 by its mark, UTF-8 where it is, or mostly is; Windows' Latin else."""
    file.seek(0)
    if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    right = wrong = 0
    while piece := file.read(_PIECE):
        if not piece.isascii():
            text = decoder.decode(piece)
            bad = text.count("\ufffd")
            wrong += bad
            right += len(text.encode("utf-8")) - len(text) - 2 * bad
    return "utf-8" if right >= _MOSTLY * wrong else "cp1252"


def _delimiter(head: str) -> str:
    """The one by which most of the first lines have as many cells as the header, and more than one."""
    best, most = NEVER, 0
    for delimiter in DELIMITERS:
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        try:
            first = [cells for _, cells in zip(range(_LOOKED_AT), rows, strict=False) if cells]
        except csv.Error:
            continue
        columns = len(first[0]) if first else 0
        fit = sum(len(cells) == columns for cells in first)
        if columns > 1 and fit * columns > most:
            best, most = delimiter, fit * columns
    return best


def _header(cells: Sequence[str]) -> tuple[str, ...]:
    if len(cells) > MOST_COLUMNS:
        what = f"The list has {len(cells)} columns"
        raise Faulty(faults=(Fault("list", what, f"Send at most {MOST_COLUMNS}."),))
    named: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = " ".join(cell.split())[:100] or f"column {place}"
        named.append(name if name not in named else f"{name} ({place})")
    return tuple(named)
