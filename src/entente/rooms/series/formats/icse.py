"""ICSE's CSV export, in and out: a row per file, `;` between cells.

Columns as IPED, an open forensic suite, imports them. They may come in another order, and further ones are
kept. A cell that a spreadsheet would take for a formula gets an apostrophe before it on writing, as has one
that begins with apostrophes and such a sign; reading takes one apostrophe away from both, so that what was
read is written back.
"""

import csv
import io
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from entente.core.problems import Unreadable
from entente.rooms.records import Bad
from entente.rooms.series.formats.bounded_json import Broken, Source
from entente.rooms.series.formats.vics_fields import READERS, flag, text
from entente.rooms.series.formats.vics_model import Entry
from entente.rooms.series.hidden_pictures import LONGEST, Carried, why_left_out, why_too_large
from entente.rooms.series.media_model import Media

COLUMNS = (
    "MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;Series name;"
    "Number of submissions;File Available;Media Type;Baseline"
).split(";")
NAME = "icse"
MOST_COLUMNS = 200
MOST_ROW = 1_000_000
"""Bytes of one row."""
_FLAGS = {
    "Is distributed": "distributed",
    "Victim identified": "victim_identified",
    "Offender identified": "offender_identified",
    "Baseline": "baseline",
}
_FIELDS = {
    **_FLAGS,
    "MD5": "md5",
    "SHA1": "sha1",
    "PhotoDNA": "photodna",
    "Image ID": "media_id",
    "Series name": "series_name",
    "Media Type": "media",
}
_READERS = {
    **{name: READERS[name] for name in ("MD5", "SHA1", "PhotoDNA")},
    **{name: flag(field) for name, field in _FLAGS.items()},
    "Image ID": text("media_id"),
    "Series name": text("series_name"),
}
_KINDS = {"image": "image", "picture": "image", "photo": "image", "video": "video", "film": "video"}
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class IcseHead:
    """The columns of a file, in its order."""

    columns: tuple[str, ...] = tuple(COLUMNS)


class Icse:
    """A file being read: its head, and its rows by iterating once. What could not be read is Bad."""

    def __init__(self, head: IcseHead, rows: Iterator[Entry | Bad]) -> None:
        self.head = head
        self._rows = rows

    def __iter__(self) -> Iterator[Entry | Bad]:
        return self._rows


def read_icse(file: BinaryIO) -> Icse:
    """Begin to read. Raises Unreadable at once when the first line is no header with a hash in it."""
    lines = _Lines(Source(file, json=False))
    header = next(lines, "")
    delimiter = max(";,\t", key=header.count)
    columns = [unguarded(name.strip()) for name in next(csv.reader([header], delimiter=delimiter), [])]
    places = _places(columns)
    if len(columns) > MOST_COLUMNS or any(why_left_out(name) for name in columns):
        raise Unreadable(f"the first line is no header of at most {MOST_COLUMNS} columns")
    if len(set(columns)) < len(columns):
        raise Unreadable("the header names a column twice")
    if not {"MD5", "SHA1"} & set(places):
        raise Unreadable("the first line is no header of an ICSE list: it names neither MD5 nor SHA1")
    return Icse(IcseHead(tuple(columns)), _rows(lines, places, columns, delimiter))


def write_icse(rows: Iterable[Entry | Media], head: IcseHead | None = None) -> Iterator[bytes]:
    """The file, a row each: UTF-8 without a byte order mark, `;`, CRLF."""
    columns = (head or IcseHead()).columns
    yield _spelled([guarded(name) for name in columns])
    for row in rows:
        media = row.media if isinstance(row, Entry) else row
        yield _spelled([guarded(cell) for cell in _cells(media, columns)])


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unguarded` gives the cell back."""
    return f"'{cell}" if _is_formula(cell.lstrip("'")) else cell


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _is_formula(cell.lstrip("'")) else cell


def _is_formula(cell: str) -> bool:
    """Whether a spreadsheet might: wide signs are the same to some, and blanks before it passed over."""
    return cell[:1] in ("\t", "\r", "\n") or unicodedata.normalize("NFKC", cell).lstrip().startswith(_FORMULA)


class _Lines:
    """The lines of a source as text, each with its end; `number` of the last one. Raises Unreadable."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.number = 0
        self._lines: deque[bytes] = deque()
        self._rest = b""
        self._ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        while not self._lines:
            if self._ended:
                raise StopIteration
            try:
                data = self.source.read()
            except Broken as wrong:
                raise Unreadable(f"the list cannot be read from line {self.number + 1} on: {wrong}") from None
            *lines, self._rest = (self._rest + data).split(b"\n")
            self._lines.extend(lines)
            self._ended = not data
            if self._ended and self._rest:
                self._lines.append(self._rest)
            if len(self._rest) > MOST_ROW:
                raise Unreadable(f"line {self.number + len(lines) + 1} has more than {MOST_ROW} bytes")
        self.number += 1
        self.source.mark()
        return self._lines.popleft().decode("utf-8").removesuffix("\r") + "\n"


def _places(columns: Sequence[str]) -> dict[str, int]:
    """Known columns by their name, whatever its case; the first of two."""
    names = {_plain(name): name for name in COLUMNS}
    places: dict[str, int] = {}
    for place, column in enumerate(columns):
        if (known := names.get(_plain(column))) and known not in places:
            places[known] = place
    return places


def _plain(name: str) -> str:
    return "".join(name.lower().replace("-", " ").split())


def _rows(
    lines: _Lines, places: Mapping[str, int], columns: Sequence[str], delimiter: str
) -> Iterator[Entry | Bad]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 1
    while True:
        first = lines.number + 1
        try:
            cells = next(reader, None)
        except Unreadable as wrong:
            yield Bad(number + 1, f"{wrong}; the {number - 1} rows before it are kept")
            return
        except csv.Error as wrong:
            number += 1
            yield Bad(number, f"line {first} is no CSV: {wrong}")
            continue
        if cells is None:
            return
        if not any(cells):
            continue
        number += 1
        if len(cells) != len(columns):
            yield Bad(number, f"has {len(cells)} cells; the header has {len(columns)}")
        else:
            yield _row(number, cells, places, columns)


def _row(number: int, cells: list[str], places: Mapping[str, int], columns: Sequence[str]) -> Entry | Bad:
    faults: list[str] = []
    kept = []
    carried = Carried()
    for name, cell in zip(columns, map(unguarded, cells), strict=True):
        why = carried.text(cell)
        if why:
            faults.append(f"left out: {name}, {why}")
        kept.append("" if why else cell)
    found = _fields({name: kept[place].strip() for name, place in places.items()}, faults.append)
    if not (found.get("md5") or found.get("sha1")):
        return Bad(number, f"has no MD5 and no SHA-1{f' ({faults[0]})' if faults else ''}")
    media = Media(**found)
    said = {
        name: cell
        for name, cell, ours in zip(columns, kept, _cells(media, columns), strict=True)
        if cell != ours
    }
    if why := why_too_large(said):
        faults.append(f"left out: all that is not read, {why}")
        said = {}
    return Entry(
        number, media.model_copy(update={"extra": {NAME: said}}) if said else media, 0, tuple(faults)
    )


def _fields(said: Mapping[str, str], tell: Callable[[str], None]) -> dict[str, Any]:
    """What a row says, as the fields of `Media`."""
    found: dict[str, Any] = {}
    for name, read in _READERS.items():
        if value := said.get(name):
            read(name, value, found, tell)
    kind = said.get("Media Type", "").lower().split("/")[0]
    if kind in _KINDS:
        found["media"] = _KINDS[kind]
    elif kind:
        tell("Media Type is neither Image nor Video")
    return found


def _cells(media: Media, columns: Sequence[str]) -> list[str]:
    """A row: what `Media` says; as it came what it does not say, or says the same in another form."""
    ours = {
        "MD5": str(media.md5).upper(),
        "SHA1": str(media.sha1).upper(),
        "PhotoDNA": media.photodna,
        "Image ID": media.media_id,
        "Series name": media.series_name,
        "Media Type": media.media.capitalize(),
        **{name: _digit(getattr(media, field)) for name, field in _FLAGS.items()},
    }
    told = media.extra.get(NAME)
    kept = told if isinstance(told, dict) else {}
    places = _places(columns)
    cells = [str(kept.get(name, "")) for name in columns]
    for name, place in places.items():
        column = columns[place]
        if name in ours and not (column in kept and _says(name, cells[place], media)):
            cells[place] = ours[name]
    return [cell[:LONGEST] for cell in cells]


def _says(name: str, cell: str, media: Media) -> bool:
    """Whether a cell as it came says what `Media` says now."""
    again = Media(**_fields({name: cell.strip()}, lambda _: None))
    was, now = getattr(again, _FIELDS[name]), getattr(media, _FIELDS[name])
    return bool(str(was).lower() == str(now).lower() if name in ("MD5", "SHA1") else was == now)


def _digit(value: bool | None) -> str:
    return "" if value is None else str(int(value))


def _spelled(cells: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode("utf-8", "replace")
