"""Edge lists as CSV, a line a link; which column says what is guessed from the header, or told."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from entente.rooms.analysis.charts.importing.given import MOST_TEXT, Given, GivenLink, GivenThing

PLACES: Mapping[str, Sequence[str]] = {
    "from": ("from", "source", "start", "a", "caller", "payer", "von", "de", "origen", "subject"),
    "to": ("to", "target", "end", "b", "called", "beneficiary", "nach", "a quien", "destino", "object"),
    "type": ("type", "kind", "relation", "relationship", "link type", "schema"),
    "label": ("label", "role"),
    "since": ("since", "date", "start date", "startdate", "begin", "valid from"),
    "until": ("until", "end date", "enddate", "valid to"),
    "weight": ("weight", "count", "value", "times"),
    "grade": ("grade", "evaluation", "4x4"),
    "certainty": ("certainty", "strength", "confidence"),
    "from_name": ("from name", "source name"),
    "to_name": ("to name", "target name"),
    "from_type": ("from type", "source type"),
    "to_type": ("to type", "target type"),
    "drawn": ("drawn",),
}
"""What a column may say, and headers that say so in files we know."""
_DELIMITERS = (",", ";", "\t", "|")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", " ")
MOST_LINE = 200_000
_LONG = re.compile(rf"[^\n]{{{MOST_LINE + 1}}}")
NO_HEADER = "The first line names the columns, as from, to, type, since."


def read(data: bytes, mapping: Mapping[str, str]) -> Given:
    """The links of an edge list; a thing is what its name, or id, says. `mapping`: place to column."""
    given = Given("csv")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        given.fault(line, f"Byte {wrong.start} is not UTF-8", "Save the file as UTF-8.")
        return given
    if "\0" in text:
        given.fault(text[: text.index("\0")].count("\n") + 1, "It holds a NUL", "Save it as plain text.")
        return given
    if _LONG.search(text):
        given.fault(1, f"A line has more than {MOST_LINE} characters", "Send an edge list: a line a link.")
        return given
    first = text.partition("\n")[0][:10_000]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        given.header = [cell.strip()[:200] for cell in next(rows, [])][:200]
        columns = guessed(given.header, mapping, given)
        given.mapping = {place: given.header[n] for place, n in columns.items()}
        if given.faults:
            return given
        for cells in rows:
            if any(cell.strip() for cell in cells):
                _row(given, rows.line_num, cells, columns)
            if given.is_full():
                break
    except csv.Error as wrong:
        given.fault(rows.line_num, f"The CSV cannot be read: {wrong}")
    return given


def guessed(header: Sequence[str], mapping: Mapping[str, str], given: Given) -> dict[str, int]:
    """Which column says what; told ones first, then by their headers. Its faults are those of `given`."""
    folded = [" ".join(h.casefold().replace("_", " ").split()) for h in header]
    columns: dict[str, int] = {}
    for place, column in mapping.items():
        if place not in PLACES:
            given.fault(0, f"“{place[:40]}” is nothing that a column says", f"Use {', '.join(PLACES)}.")
        elif column not in header:
            given.fault(0, f"There is no column “{column[:40]}”", "Use a name of the first line.")
        else:
            columns[place] = list(header).index(column)
    for place, names in PLACES.items():
        free = [n for name in names for n, h in enumerate(folded) if h == name and n not in columns.values()]
        if place not in columns and free:
            columns[place] = free[0]
    for place in ("from", "to"):
        if place not in columns and not given.faults:
            given.fault(1, f"No column says {place} what a link goes", NO_HEADER)
    return columns


def _row(given: Given, line: int, cells: Sequence[str], columns: Mapping[str, int]) -> None:
    def said(place: str) -> str:
        n = columns.get(place, -1)
        return _bare(cells[n]) if 0 <= n < len(cells) else ""

    long = next((c for c in cells if len(c) > MOST_TEXT), "")
    if long:
        given.fault(line, f"A cell has {len(long)} characters; at most {MOST_TEXT} are read")
        return
    if said("drawn") == "yes":
        given.drawn += 1
        return
    ends = []
    for end in ("from", "to"):
        key = said(end) or said(f"{end}_name")
        if not key:
            given.fault(line, "A link has two ends; one is empty")
            return
        thing = GivenThing(key, line, said(f"{end}_type"), said(f"{end}_name") or key)
        given.things.setdefault(key, thing)
        ends.append(key)
    told: dict[str, Any] = {p: said(p) for p in ("label", "since", "until", "weight", "grade", "certainty")}
    given.links.append(GivenLink(line, ends[0], ends[1], said("type"), **told))


def _bare(cell: str) -> str:
    """A cell without the apostrophe that disarms a formula (exporting/tables.py), trimmed."""
    bare = cell[1:] if cell[:1] == "'" and cell[1:2].startswith(_FORMULA) else cell
    return " ".join(bare.split())
