"""How a table was written: its encoding, its delimiter, its decimal sign and its order of day and month.

Each is told from the whole file or the whole column, never from one cell: "01/02/2026" and "1,234" mean
nothing alone. What stays open is a fault that asks, not a guess: a guess would move money to another day or
by a factor of a thousand. (csv.Sniffer guesses from the first kilobyte and takes letters for delimiters.)
"""

import csv
import io
import re
from dataclasses import dataclass
from itertools import islice

from entente.match.statements.moments import Order

MOST_BYTES, MOST_ROWS, MOST_COLUMNS, MOST_CELL = 64 << 20, 1_000_000, 200, 4_000
DELIMITERS = ",;\t|"
LOOKED_AT, LOOKED_INTO = 200, 4 << 20
"""Lines, and characters, by which the delimiter is told."""


class TooMany(ValueError):
    """More rows or payments than the caller takes; reading stops there."""

    def __init__(self, most: int, what: str = "rows") -> None:
        super().__init__(f"has more than {most} {what}")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What was found, to be shown. `decimal`: "." or ","; `dates`: the order of day and month."""

    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    dates: Order = "iso"
    header: int = 1


def decoded(data: bytes) -> tuple[str, str]:
    """Text and encoding: by its byte order mark, else UTF-8, else Windows-1252.

    Raises ValueError for what is too large or is no text.
    """
    if len(data) > MOST_BYTES:
        raise ValueError(f"has {len(data)} bytes; at most {MOST_BYTES} are read")
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "") or _unmarked(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise ValueError(f"is no text in {encoding}: byte {wrong.start} fits no character") from wrong
    if "\0" in text:
        raise ValueError("is no text: it holds zero bytes")
    return text, encoding


_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def _unmarked(data: bytes) -> str:
    """UTF-16 without a mark shows by zero bytes, which spaces and signs have, all on one side."""
    start = data[:4000]
    if zeros := start.count(0):
        high = start[1::2].count(0)
        return "utf-16-le" if high * 10 > zeros * 9 else "utf-16-be" if high * 10 < zeros else "utf-8"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def delimiter_of(text: str) -> str:
    """The sign that splits most lines into the same number of cells, more than one.

    Raises ValueError where none does. A line in quotes counts as the csv module reads it.
    """
    start = io.StringIO(text[:LOOKED_INTO], newline="")
    lines = [line for line in islice(start, LOOKED_AT) if line.strip()]
    if lines and (told := re.fullmatch(r"\s*sep=(.)\s*", lines[0], re.IGNORECASE)) and told[1] in DELIMITERS:
        return told[1]
    best, chosen = (0.0, 0), ""
    for sign in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda w: (widths.count(w) * (w > 1), w)) if widths else 1
        score = (round(widths.count(usual) / len(widths), 1), usual) if usual > 1 else (0.0, 0)
        if score > best:
            best, chosen = score, sign
    if not chosen:
        raise ValueError("is no table: no comma, semicolon, tabulator or | splits its lines into columns")
    return chosen


def rows_of(text: str, delimiter: str, most: int = 0) -> list[tuple[int, list[str]]]:
    """Lines with anything in them: (line in the file, from 1; cells without spaces around them).

    Raises TooMany for more than `most` of them (0: MOST_ROWS), or for as many empty ones. Raises ValueError,
    naming the line, for too many columns, too long a cell, a quote never closed.
    """
    most = most or MOST_ROWS
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for number, row in enumerate(reader):
            line, begins = begins, reader.line_num + 1
            if number - len(found) > most:
                raise TooMany(most, "empty lines")
            if len(row) > MOST_COLUMNS:
                raise ValueError(f"has {len(row)} columns in line {line}; at most {MOST_COLUMNS} are read")
            if any(len(cell) > MOST_CELL for cell in row):
                raise ValueError(f"has a cell of more than {MOST_CELL} characters in line {line}")
            cells = [cell.strip() for cell in row]
            if any(cells) and not (not found and re.fullmatch(r"sep=.?", cells[0], re.IGNORECASE)):
                found.append((line, cells))
            if len(found) > most:
                raise TooMany(most)
    except csv.Error as wrong:
        raise ValueError(f"cannot be read from line {begins} on: {wrong}") from wrong
    return found
