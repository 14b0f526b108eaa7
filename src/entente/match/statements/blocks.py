"""Bank statements as tables of any length, read block by block: millions of rows, without holding them all.

Each block is read as a table of its own, under the same headings. What one block has told of the dialect
holds for all that follow, so that a file is read in one way from end to end; a row that does not fit it is a
fault of that row.
"""

import csv
import io
import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, timezone
from itertools import islice

from entente.core.problems import Fault
from entente.match.statements.dialect import (
    LOOKED_AT,
    MOST_CELL,
    MOST_COLUMNS,
    Dialect,
    decoded,
    delimiter_of,
)
from entente.match.statements.moments import Order
from entente.match.statements.tables import AMOUNTS, Table, read_table
from entente.match.taint.transfers import Payment

ROWS, SIGNS = 50_000, 8 << 20
"""Of a block, at most."""
SETTLED_WITHIN = 6
"""Blocks by which headings and dialect must be told."""
_LINE = re.compile(r"line (\d+)")
Row = tuple[int, list[str]]
"""Line in the file, from 1, and cells."""


def encoding_of(data: Iterable[bytes]) -> str:
    """The encoding of a file in pieces: by its byte order mark, else UTF-8, else Windows-1252.

    Raises ValueError for what is no text. All pieces are read: one wrong byte at the end decides.
    """
    pieces = iter(data)
    first = next(pieces, b"")
    whole = first[: first.rfind(b"\n") + 1] or first
    named = decoded(whole[: len(whole) // 2 * 2] if whole[:2] in (b"\xff\xfe", b"\xfe\xff") else whole)[1]
    if not named.startswith("utf-8"):
        return named
    decoder = getincrementaldecoder("utf-8")()
    try:
        decoder.decode(first)
        for piece in pieces:
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return named


def read_blocks(
    lines: Iterable[str],
    mapping: Mapping[str, str] | None = None,
    *,
    currency: str = "",
    account: str = "",
    decimal: str = "",
    dates: Order | None = None,
    zone: timezone = UTC,
) -> Iterator[Table]:
    """The table in parts, in the order of the file; what is said as for `read_table`.

    Lines and faults bear their number in the file. A fault with where "file" is of the whole file, and
    nothing comes after it.
    """
    told: dict[str, str] = {"decimal": decimal, "dates": dates or ""}
    blocks = _blocks(lines)
    head: list[Row] = []
    try:
        waiting: list[Row] = []
        for n, (delimiter, rows) in enumerate(blocks, 1):
            waiting += rows
            table = read_table(
                _written([*head, *waiting], delimiter),
                mapping,
                currency=currency,
                account=account,
                decimal=told["decimal"],
                dates=_order(told["dates"]),
                zone=zone,
            )
            if any(fault.where == "file" for fault in table.faults):
                if n < SETTLED_WITHIN:
                    continue  # perhaps the next rows tell it
                yield replace(table, faults=tuple(f for f in table.faults if f.where == "file"))
                return
            yield _in_place(table, [*head, *waiting], delimiter)
            _settle(told, table, [*head, *waiting])
            if not head and table.dialect.header:
                head = waiting[: table.dialect.header - 1]  # the first line of a written table is not a row
            waiting = []
        if waiting:
            yield replace(table, faults=tuple(f for f in table.faults if f.where == "file"))
    except ValueError as wrong:
        yield Table((), (Fault("file", f"The file {wrong}", "Export it again as CSV."),), Dialect())


def _blocks(lines: Iterable[str]) -> Iterator[tuple[str, list[Row]]]:
    """The delimiter, and rows with anything in them, in blocks. Raises ValueError, naming the line."""
    source = iter(lines)
    start = list(islice(source, LOOKED_AT))
    delimiter = delimiter_of("".join(start))
    reader = csv.reader(_chained(start, source), delimiter=delimiter, strict=True)
    block: list[Row] = []
    signs, begins, first = 0, 1, True
    try:
        for row in reader:
            line, begins = begins, reader.line_num + 1
            if len(row) > MOST_COLUMNS:
                raise ValueError(f"has {len(row)} columns in line {line}; at most {MOST_COLUMNS} are read")
            cells = [" ".join(cell.split()) if "\n" in cell or "\r" in cell else cell.strip() for cell in row]
            if not any(cells):
                continue
            if first and re.fullmatch(r"sep=.?", cells[0], re.IGNORECASE):
                continue
            first = False
            if any(len(cell) > MOST_CELL for cell in cells):
                raise ValueError(f"has a cell of more than {MOST_CELL} characters in line {line}")
            block.append((line, cells))
            signs += sum(map(len, cells))
            if len(block) >= ROWS or signs >= SIGNS:
                yield delimiter, block
                block, signs = [], 0
    except csv.Error as wrong:
        raise ValueError(f"cannot be read from line {begins} on: {wrong}") from wrong
    if block:
        yield delimiter, block


def _chained(start: Sequence[str], rest: Iterator[str]) -> Iterator[str]:
    yield from start
    yield from rest


def _written(rows: Sequence[Row], delimiter: str) -> bytes:
    """A table again, the delimiter told in its first line."""
    text = io.StringIO()
    text.write(f"sep={delimiter}\n")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(cells for _, cells in rows)
    return text.getvalue().encode()


def _in_place(table: Table, rows: Sequence[Row], delimiter: str) -> Table:
    """Lines of a block as lines of the file."""

    def of_file(line: int) -> int:
        return rows[line - 2][0]

    payments = []
    for payment in table.payments:
        line, unnamed = of_file(payment.line), f"unnamed, line {payment.line}"
        source = f"unnamed, line {line}" if payment.source == unnamed else payment.source
        target = f"unnamed, line {line}" if payment.target == unnamed else payment.target
        payments.append(Payment(source, target, payment.at, payment.amount, payment.asset, payment.ref, line))
    faults = [
        replace(fault, where=_LINE.sub(lambda found: f"line {of_file(int(found[1]))}", fault.where, count=1))
        for fault in table.faults
    ]
    dialect = replace(table.dialect, delimiter=delimiter)
    return replace(table, payments=tuple(payments), faults=tuple(faults), dialect=dialect)


def _settle(told: dict[str, str], table: Table, rows: Sequence[Row]) -> None:
    """What a block has proved holds from here on; signs and dates that it did not need stay open."""
    if table.dialect.dates != "iso":
        told["dates"] = table.dialect.dates
    if not told["decimal"]:
        named = {table.columns[role] for role in AMOUNTS if role in table.columns}
        headings = next((cells for _, cells in rows if named <= set(cells)), [])
        at = [n for n, heading in enumerate(headings) if heading in named]
        at += [int(heading[1:]) - 1 for heading in named if re.fullmatch(r"#\d+", heading)]
        if table.dialect.decimal == "," or any(
            "." in cells[n] or "," in cells[n] for _, cells in rows for n in at if n < len(cells)
        ):
            told["decimal"] = table.dialect.decimal


def _order(text: str) -> Order | None:
    orders: Mapping[str, Order] = {"iso": "iso", "day first": "day first", "month first": "month first"}
    return orders.get(text)
