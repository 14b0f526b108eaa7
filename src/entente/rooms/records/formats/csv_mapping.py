"""CSV files of any shape, read by a mapping that their owner writes once.

```toml
kind = "Person"
ref = ["id"]                                  # the columns that together name a line
delimiter = ";"                               # optional; found by the header otherwise

[properties]
name = "Name"                                 # a column
alias = ["Alias 1", "Alias 2"]                # several
birthDate = { column = "Born", date = "%d/%m/%Y" }
nationality = { column = "Nationality", country = true, split = "," }
gender = { column = "Sex", words = { H = "male", F = "female" } }
topics = { constant = "wanted" }
```
"""

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from entente.core.kinds.countries import code_of
from entente.rooms.records.formats.rows import MOST_REF, Bad, Row, decoded, lines_of

DELIMITERS = ",;\t|"
MOST_HEADER = 100_000
"""Characters of a header."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the values of a property come from, and how they are written there."""

    columns: tuple[str, ...] = ()
    constant: str = ""
    split: str = ""
    date: str = ""
    country: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CsvMapping:
    """How to read a CSV file as things of one kind."""

    kind: str
    ref: tuple[str, ...]
    properties: Mapping[str, Source]
    delimiter: str = ""

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(self.ref).union(*(source.columns for source in self.properties.values()))


def mapping_of(said: Mapping[str, Any] | Path) -> CsvMapping:
    """A mapping from its TOML file or from the same as a dictionary. ValueError says what is wrong in it."""
    words = tomllib.loads(said.read_text("utf-8")) if isinstance(said, Path) else said
    if unknown := set(words) - {"kind", "ref", "delimiter", "properties"}:
        raise ValueError(f"the mapping has unknown words: {', '.join(sorted(unknown))}")
    ref = words.get("ref", [])
    properties = {name: _source(name, one) for name, one in words.get("properties", {}).items()}
    mapping = CsvMapping(
        kind=str(words.get("kind", "")),
        ref=(ref,) if isinstance(ref, str) else tuple(ref),
        properties=properties,
        delimiter=str(words.get("delimiter", "")),
    )
    if not mapping.kind or not mapping.ref or not properties:
        raise ValueError("the mapping needs kind, ref and at least one property")
    if len(mapping.delimiter) > 1:
        raise ValueError("the delimiter must be one character")
    return mapping


def _source(name: str, said: Any) -> Source:
    if isinstance(said, str | list):
        said = {"columns": said}
    if not isinstance(said, Mapping):
        raise ValueError(f"{name} must be a column, a list of columns or a table")
    words = dict(said)
    columns = words.pop("columns", words.pop("column", ()))
    try:
        source = Source(columns=(columns,) if isinstance(columns, str) else tuple(columns), **words)
    except TypeError:
        raise ValueError(f"{name} has an unknown word: use {', '.join(Source.__slots__)}") from None
    if not source.columns and not source.constant:
        raise ValueError(f"{name} names no column and no constant")
    return source


class _Texts:
    """The lines of a file for `csv`, which needs text; what cannot be given is kept in `bad`."""

    def __init__(self, path: Path) -> None:
        self.lines = lines_of(path)
        self.bad: list[Bad] = []
        self.number = 0

    def __iter__(self) -> "_Texts":
        return self

    def __next__(self) -> str:
        for line in self.lines:
            self.number = line.number
            if isinstance(line, Bad):
                self.bad.append(line)
                continue
            try:
                return decoded(line) + "\n"
            except ValueError as wrong:
                self.bad.append(Bad(line.number, str(wrong)))
        raise StopIteration


def read_csv(path: Path, mapping: CsvMapping) -> Iterator[Row | Bad]:
    """Every record of the file as a Row or a Bad. A header that does not fit ends the reading."""
    texts = _Texts(path)
    heading = next(texts, "").strip("\n")
    if texts.bad:
        yield texts.bad[0]
        return
    if len(heading) > MOST_HEADER:
        yield Bad(1, f"the header has {len(heading)} characters; at most {MOST_HEADER} are read")
        return
    delimiter, wrong = _delimiter(heading, mapping)
    if wrong:
        yield Bad(1, wrong)
        return
    header = next(csv.reader([heading], delimiter=delimiter))
    places = {name.strip(): place for place, name in enumerate(header)}
    reader = csv.reader(texts, delimiter=delimiter, strict=True)
    while True:
        before = texts.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            cells = []
            texts.bad.append(Bad(before, f"is no CSV: {error}"))
        yield from texts.bad
        texts.bad.clear()
        if cells is None:
            return
        if len(cells) not in (0, len(header)):
            yield Bad(before, f"has {len(cells)} cells; the header has {len(header)}")
        elif any(cells):
            yield _row(before, cells, places, mapping)


def _delimiter(heading: str, mapping: CsvMapping) -> tuple[str, str]:
    """The delimiter, or what is wrong with the header."""
    fits, most = [], ""
    for delimiter in mapping.delimiter or DELIMITERS:
        try:
            names = [name.strip() for name in next(csv.reader([heading], delimiter=delimiter), [])]
        except csv.Error as error:
            return "", f"the header is no CSV: {error}"
        if mapping.columns <= set(names):
            if twice := {name for name in names if names.count(name) > 1} & mapping.columns:
                return "", f"the header names {', '.join(sorted(twice))} twice"
            fits.append((delimiter, len(names)))
        if len(set(names) & mapping.columns) >= len(set(most.split("\0")) & mapping.columns):
            most = "\0".join(names)
    if not fits:
        missing = sorted(mapping.columns - set(most.split("\0")))
        return "", f"the first line is no header with: {', '.join(missing)[:200]}"
    if len(fits) > 1 and any(cells > 1 for _, cells in fits):
        both = " ".join(repr(delimiter) for delimiter, _ in fits)
        return "", f"two delimiters fit the header ({both}); name one in the mapping"
    return fits[0][0], ""


def _row(number: int, cells: Sequence[str], places: Mapping[str, int], mapping: CsvMapping) -> Row | Bad:
    ref = "-".join(cells[places[column]].strip() for column in mapping.ref)
    if not ref.strip("-") or len(ref) > MOST_REF:
        return Bad(number, f"has no reference of 1 to {MOST_REF} characters in {', '.join(mapping.ref)}")
    raw: dict[str, list[str]] = {}
    for name, source in mapping.properties.items():
        values = [source.constant] if source.constant else []
        for column in source.columns:
            cell = cells[places[column]]
            values += [
                _value(part.strip(), source)
                for part in (cell.split(source.split) if source.split else [cell])
            ]
        if kept := [value for value in values if value]:
            raw[name] = kept
    return Row(number, mapping.kind, ref, raw)


def _value(text: str, source: Source) -> str:
    """A value in the form kinds ask for. What does not fit the mapping stays as it is: cleaning tells."""
    text = source.words.get(text, text)
    if source.country and text:
        return code_of(text) or text
    if source.date and text:
        try:
            return datetime.strptime(text, source.date).date().isoformat()
        except ValueError:
            return _no_day(text, source.date) or text
    return text


def _no_day(text: str, form: str) -> str:
    """A date of this form that no calendar has, as `1999-02-31`: cleaning then says why it is none."""
    pattern = re.escape(form)
    for sign, digits in _DIGITS.items():
        pattern = pattern.replace(sign, digits, 1)
    if not (matched := re.fullmatch(pattern, text, re.ASCII)) or len(matched.groupdict()) < 3:
        return ""
    return f"{matched['year']}-{int(matched['month']):02}-{int(matched['day']):02}"


_DIGITS = {"%d": r"(?P<day>\d{1,2})", "%m": r"(?P<month>\d{1,2})", "%Y": r"(?P<year>[1-9]\d{3})"}
