"""Tables of figures as files: CSV that no spreadsheet runs, and Parquet."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from entente.rooms.records import Strict

Cell = str | int | float | bool | None
CSV, PARQUET = "text/csv; charset=utf-8", "application/vnd.apache.parquet"
_FORMULA = ("=", "+", "-", "@", "|", "%")


def flat(rows: Iterable[Strict]) -> tuple[list[str], list[list[Cell]]]:
    """(columns, rows) of an answer's rows; a list in a cell is its texts with a space between."""
    header: list[str] = []
    made = []
    for row in rows:
        said = row.model_dump()
        header = header or list(said)
        made.append([_cell(value) for value in said.values()])
    return header, made


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Mapping):
        return " ".join(f"{name}={part}" for name, part in value.items())
    return " ".join(str(part) for part in value) if isinstance(value, Iterable) else str(value)


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark. A text that a spreadsheet would take for a formula (OWASP, CSV injection)
    gets an apostrophe before it; numbers stay numbers."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_guarded(name) for name in header])
    for row in rows:
        writer.writerow([_guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return "\ufeff".encode() + text.getvalue().encode("utf-8", "replace")


def _guarded(cell: str) -> str:
    risky = cell[:1] in ("\t", "\r", "\n")
    risky = risky or unicodedata.normalize("NFKC", cell).lstrip().startswith(_FORMULA)
    return f"'{cell}" if risky else cell


def as_parquet(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The same columns; whole numbers stay whole, a column with texts is text."""
    columns = {name: [row[at] for row in rows] for at, name in enumerate(header)}
    made = io.BytesIO()
    pl.DataFrame({name: _column(values) for name, values in columns.items()}).write_parquet(made)
    return made.getvalue()


def _column(values: Sequence[Cell]) -> pl.Series:
    kinds = {type(value) for value in values if value is not None}
    if str in kinds or len(kinds) > 2 or not kinds:
        return pl.Series([None if value is None else str(value) for value in values], dtype=pl.String)
    if float in kinds:
        return pl.Series([None if value is None else float(value) for value in values], dtype=pl.Float64)
    kind = pl.Boolean if kinds == {bool} else pl.Int64
    return pl.Series(list(values), dtype=kind)
