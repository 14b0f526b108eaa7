"""Behind `entente trends`: tables in files of many kinds as rows of texts, and figures written."""

import bz2
import codecs
import gzip
import json
import lzma
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import polars as pl

from entente.match.goods.table import DELIMITERS, cells_of
from entente.rooms.trends.figures.exports import Cell, as_csv, as_parquet
from entente.rooms.trends.seizures import sheets
from entente.terminal import made_alone

Row = tuple[int, Sequence[str]]
PACKED = {".xz": lzma.open, ".gz": gzip.open, ".bz2": bz2.open}
SHEETS = (".xlsx", ".ods", ".xls")
JSON = (".json", ".jsonl", ".ndjson")
MOST_SHEET_ROWS = 1_048_576
"""Rows of a spreadsheet."""
MOST_JSON = 512 << 20
"""Bytes of a list in JSON, which is read as a whole; lines of JSON may be any number."""
LOOKED_AT = 50
"""Lines among which the header is sought."""
_LOOK = 1 << 16


def table(path: Path, sheet: int, opened: ExitStack) -> tuple[tuple[str, ...], Iterator[Row]]:
    """(header, rows with their line numbers) of a file: CSV (packed by xz, gz or bz2, too), .xlsx, .ods,
    JSON (a list of objects, or one a line), Parquet. Rows come lazily where the format allows, as long as
    `opened` keeps the file.

    Raises ValueError with a reason that reads after the file's name, Faulty for a spreadsheet that is none.
    """
    kind = next(
        (ending for ending in reversed(path.suffixes) if ending.casefold() not in PACKED), ""
    ).casefold()
    if kind in SHEETS:
        read = sheets.read(path.read_bytes(), MOST_SHEET_ROWS, sheet)
        return read.header, iter(read.rows)
    if kind == ".parquet":
        return _parquet(path)
    file: IO[bytes] = PACKED.get(path.suffix.casefold(), open)(path, "rb")  # type: ignore[operator]
    opened.callback(file.close)
    try:
        begins = file.read(_LOOK)
        file.seek(0)
    except (OSError, EOFError, lzma.LZMAError) as wrong:
        raise ValueError(f"cannot be unpacked: {wrong}") from None
    text = opened.enter_context(TextIOWrapper(file, _encoding(begins), errors="strict", newline=""))
    first = begins.lstrip(codecs.BOM_UTF8 + b" \t\r\n")[:1]
    if kind in JSON or first in (b"[", b"{"):
        return _objects(_read_json(text, first == b"["))
    return _csv(text)


def _encoding(begins: bytes) -> str:
    if begins.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in begins:
        raise ValueError("is no text")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(begins)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _csv(text: TextIOWrapper) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Header and rows; titles before the header are passed over, and lines count from the file's first."""
    lines = _lines(text)
    begins = list(islice(lines, LOOKED_AT))
    skip = _header_at(begins)
    rows = enumerate(cells_of(chain(begins[skip:], lines)), skip + 1)
    header = tuple(next(rows, (0, []))[1])
    while header and not header[-1]:
        header = header[:-1]
    if len(header) < 2:
        raise ValueError(f"has no header: no row of its first {LOOKED_AT} has two cells")
    wide = len(header)
    return header, ((n, _cut(row, wide)) for n, row in rows)


def _header_at(lines: Sequence[str]) -> int:
    """The line of the header: the first with at least half as many cells as the widest line begins with."""
    sign = max(DELIMITERS, key=lambda one: sum(line.count(one) for line in lines))
    many = [line.count(sign) for line in lines]
    return next((n for n, count in enumerate(many) if count and 2 * count >= max(many)), 0)


def _lines(text: TextIOWrapper) -> Iterator[str]:
    try:
        yield from text
    except UnicodeDecodeError as wrong:
        raise ValueError(f"is no text in {text.encoding} from byte {wrong.start} of a part on") from None
    except (OSError, EOFError, lzma.LZMAError) as wrong:
        raise ValueError(f"cannot be unpacked: {wrong}") from None


def _cut(cells: Sequence[str], wide: int) -> Sequence[str]:
    while len(cells) > wide and not cells[-1]:
        cells = cells[:-1]
    return cells


def _read_json(text: TextIOWrapper, listed: bool) -> Iterator[Any]:
    try:
        first = "" if listed else text.readline()
        if first and _whole(first):
            yield json.loads(first)
            for line in text:
                if line.strip():
                    yield json.loads(line)
            return
        rest = first + text.read(MOST_JSON)
        if len(rest) >= MOST_JSON:
            raise ValueError("is JSON too long to be read as one: write one object a line")
        yield from _listed(json.loads(rest))
    except (json.JSONDecodeError, RecursionError) as wrong:
        raise ValueError(f"is no JSON: {wrong}") from None
    except UnicodeDecodeError:
        raise ValueError("is no text in UTF-8") from None


def _whole(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _listed(read: Any) -> list[Any]:
    """The list that a file is, or the first list of objects that its one object holds."""
    if isinstance(read, list):
        return read
    lists = (one for one in read.values() if isinstance(one, list) and one and isinstance(one[0], dict))
    return next(lists, [])


def _objects(read: Iterator[Any]) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Objects as rows; the header has every name that comes, in the order in which they first do."""
    objects, names = list[Mapping[str, Any]](), dict[str, None]()
    for one in read:
        if not isinstance(one, dict):
            raise ValueError("holds something that is no object")
        objects.append(one)
        names.update(dict.fromkeys(one))
    if not names:
        raise ValueError("holds no objects")
    header = tuple(names)
    return header, ((n, [_cell(one.get(name)) for name in header]) for n, one in enumerate(objects, 1))


def _cell(value: object) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value).strip()


def _parquet(path: Path) -> tuple[tuple[str, ...], Iterator[Row]]:
    try:
        frame = pl.read_parquet(path)
        texts = frame.select(pl.all().cast(pl.String, strict=False).fill_null(""))
    except (pl.exceptions.PolarsError, OSError) as wrong:
        raise ValueError(f"is no Parquet that can be read: {wrong}") from None
    return tuple(texts.columns), ((n, row) for n, row in enumerate(texts.iter_rows(), 1))


class Folder:
    """A new folder of outputs, in which nothing is overwritten."""

    def __init__(self, path: Path) -> None:
        self.path, self.written = path, list[str]()
        path.mkdir(parents=True, exist_ok=True)

    def table(self, name: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """The same table as NAME.csv and NAME.parquet."""
        self._put(f"{name}.csv", as_csv(header, rows))
        self._put(f"{name}.parquet", as_parquet(header, rows))

    def said(self, name: str, what: Mapping[str, Any]) -> None:
        self._put(f"{name}.json", json.dumps(what, ensure_ascii=False, indent=2).encode() + b"\n")

    def _put(self, name: str, data: bytes) -> None:
        with made_alone(self.path / name) as file:
            file.write(data)
        self.written.append(name)


def joined(parts: Sequence[Iterable[Row]]) -> Iterator[Row]:
    """Rows of several files with one header, one after the other."""
    return chain.from_iterable(parts)


def only(header: Sequence[str], rows: Iterable[Row], wanted: Sequence[str]) -> Iterator[Row]:
    """The rows whose cells are what is wanted: HEADING=VALUE, of which one heading may have several.

    Raises ValueError with a reason that reads after what was wanted.
    """
    values = dict[int, set[str]]()
    for text in wanted:
        heading, sign, value = text.partition("=")
        if not sign or header.count(heading) != 1:
            raise ValueError(
                f"{text}: “{heading}” is no one column of the table" if sign else f"{text}: no ="
            )
        values.setdefault(header.index(heading), set()).add(value.strip().casefold())
    return (
        (number, cells)
        for number, cells in rows
        if all(
            (cells[at] if at < len(cells) else "").strip().casefold() in among for at, among in values.items()
        )
    )
