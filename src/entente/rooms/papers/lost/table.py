"""A CSV file of lost documents, read row by row: columns by their names, words in the house's vocabularies.

Nothing here trusts a file: a line is read in pieces of a megabyte, and of every row that cannot be kept it is
told why. Values come out clean, as `kinds.clean` would make them, because millions of them are read.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from entente.core.kinds import TYPES
from entente.core.problems import Unreadable
from entente.core.things import Body
from entente.rooms.papers.lost.columns import fields_of
from entente.rooms.papers.lost.issuers import country_said
from entente.rooms.papers.lost.reporting import national
from entente.rooms.papers.lost.vocabulary import kind_of, sort_of, status_of
from entente.rooms.records import Bad

FIELDS = (
    *("number", "issuer", "type", "status", "date", "place", "theft_country", "case", "circumstances", "ref"),
    *("surname", "given", "birth"),
)
NEEDED = ("number", "status")
DELETED = frozenset({"deleted", "delete", "withdrawn", "removed"})
"""Words of the status by which a row takes back what an earlier file said."""
MOST_LINE = 1 << 20
_TEXTS: Mapping[str, tuple[str, str]] = {
    "place": ("stolenPlace", "string"),
    "case": ("caseReference", "identifier"),
    "circumstances": ("circumstances", "text"),
    "surname": ("surname", "string"),
    "given": ("givenName", "string"),
}
_DATES: Mapping[str, str] = {"date": "stolenDate", "birth": "birthDate"}


@dataclass(frozen=True, slots=True)
class Row:
    """One document. `body` is clean; empty where the row takes it back. `ref`: the owner's for it."""

    number: int
    ref: str
    kind: str
    body: Body


class Table:
    """A file that is open to be read. `columns`: field to the name of its column, to be told."""

    def __init__(self, path: Path, country: str) -> None:
        """Raises Unreadable where the first line names no number or no status."""
        self._path, self._country = path, country
        header, self._delimiter = self._header()
        self._places = fields_of(header, FIELDS)
        self.columns = {field: header[place].strip() for field, place in self._places.items()}
        if missing := [name for name in NEEDED if name not in self._places]:
            raise Unreadable(f"the first line names no column for: {', '.join(missing)}")
        self._cells = len(header)

    def rows(self) -> Iterator[Row | Bad]:
        """Every row below the header, or why it cannot be kept. Rows count from 1, which is the header."""
        with self._path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            file.readline(MOST_LINE)
            for number, written in enumerate(iter(lambda: file.readline(MOST_LINE), ""), 2):
                if not (line := written.rstrip("\r\n")):
                    continue
                try:  # a line is a row: a quote that is never closed must not swallow those that follow
                    cells = self._cells_of(line)
                except csv.Error as error:
                    yield Bad(number, f"is no CSV: {error}")
                else:
                    yield self._row(number, cells)

    def _cells_of(self, line: str) -> list[str]:
        if '"' not in line:
            return line.split(self._delimiter)
        return next(csv.reader([line], delimiter=self._delimiter, strict=True))

    def _header(self) -> tuple[list[str], str]:
        with self._path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            first = file.readline(MOST_LINE)
        delimiter = max(",;\t|", key=first.count)
        try:
            return next(csv.reader([first.strip("\r\n")], delimiter=delimiter), []), delimiter
        except csv.Error as error:
            raise Unreadable(f"the first line is no CSV: {error}") from None

    def _row(self, number: int, cells: Sequence[str]) -> Row | Bad:
        if len(cells) != self._cells:
            return Bad(number, f"has {len(cells)} cells; the header has {self._cells}")
        said = {field: cells[at] for field, at in self._places.items() if cells[at]}
        try:
            return self._read(number, said)
        except ValueError as wrong:
            return Bad(number, str(wrong))

    def _read(self, number: int, said: Mapping[str, str]) -> Row:
        """ValueError says what is wrong with the row."""
        document = _number(said.get("number", ""))
        sort = _sort(said.get("type", "passport"))
        ref = _clean("ref", "identifier", said["ref"]) if "ref" in said else f"lost {sort} {document}"
        if len(ref) > 200:
            raise ValueError("ref: has more than 200 characters")
        told = said.get("status", "")
        if told.strip().casefold() in DELETED:
            return Row(number, ref, kind_of(sort), {})
        if "issuer" in said and _country(said["issuer"]) != self._country:
            raise ValueError(f"issuer: {said['issuer'][:40]}, and this bureau is of {self._country.upper()}")
        body: dict[str, tuple[str, ...]] = {
            "number": (document,),
            "country": (self._country,),
            "type": (sort,),
            "stolenStatus": (_status(told),),
        }
        for field, name in _DATES.items():
            if field in said:
                body[name] = (_clean(field, "date", said[field]),)
        for field, (name, type) in _TEXTS.items():
            if field in said:
                body[name] = (_clean(field, type, said[field]),)
        if "theft_country" in said:
            where = _country(said["theft_country"])
            if not where:
                raise ValueError(f"country of the theft: {said['theft_country'][:40]} is no country")
            body["stolenCountry"] = (where,)
        return Row(number, ref, kind_of(sort), {k: v for k, v in body.items() if v[0]})


def _number(text: str) -> str:
    if text.isascii() and text.isalnum() and not text.isalpha() and 4 <= len(text) <= 40:
        return text.upper()
    number = national(text)
    if not any(c.isdigit() for c in number):
        raise ValueError(f"number: “{text[:40]}” is no number of a document")
    return number


@lru_cache(maxsize=4096)
def _sort(text: str) -> str:
    if not (sort := sort_of(text)):
        raise ValueError(f"type: “{text[:40]}” is none of the vocabulary")
    return sort


@lru_cache(maxsize=4096)
def _status(text: str) -> str:
    if not (status := status_of(text)):
        raise ValueError(f"status: “{text[:40]}” is none of the vocabulary")
    return status


@lru_cache(maxsize=4096)
def _country(text: str) -> str:
    return country_said(text)


def _clean(field: str, type: str, text: str) -> str:
    """A clean value; ValueError. Plain short texts are clean as they stand; dates come again and again."""
    plain = type != "date" and len(text) <= 128 and text.isascii() and text.isprintable()
    if plain and "  " not in text and text[0] != " " and text[-1] != " ":
        return text
    return _cleaned(field, type, text)


@lru_cache(maxsize=65_536)
def _cleaned(field: str, type: str, text: str) -> str:
    if len(text) > min(TYPES[type].most, 2_000):
        raise ValueError(f"{field}: has {len(text)} characters, too many")
    if not text.isascii():
        _must_be_utf8(field, text)
    try:
        return TYPES[type].clean(text)
    except ValueError as wrong:
        raise ValueError(f"{field}: “{text[:40]}” {wrong}") from None


def _must_be_utf8(field: str, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{field}: is not UTF-8; save the file as UTF-8") from None
