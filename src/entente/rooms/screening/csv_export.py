"""Results as a spreadsheet reads them: the list's own columns, and of each candidate a line.

A cell that a spreadsheet would take for a formula (OWASP, CSV injection) gets an apostrophe before it.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.rooms.screening import model, parts, service, sheets
from entente.rooms.screening.results import decided, told_rows
from entente.rooms.screening.service import Sitting
from entente.rooms.search import for_inquiry
from entente.web import words

FOUND = (
    "row",
    "candidate",
    "caption",
    "kind",
    "owner",
    "same person",
    "same name",
    "reasons",
    "contact",
    "faults",
)
_ROWS = 500
_FORMULA = ("=", "+", "-", "@")


def exported(sitting: Sitting, id: str) -> Iterator[bytes]:
    """The lines, some hundred rows a sitting, each decided anew: whoever may see no more gets no more.

    UTF-8 with a byte order mark. Raises Absent, NotAllowed before the first line.
    """
    with sitting(False) as desk:
        screening = service.mine(desk, id)
        asked = parts.asked(desk.as_house(), screening)
        desk.note("export", object=id, what="screening", rows=asked)
    return _lines(sitting, screening, asked)


def _lines(sitting: Sitting, screening: Thing, asked: int) -> Iterator[bytes]:
    header = service.header_of(screening)
    yield "\ufeff".encode() + _spelled([*header, *(f"entente {name}" for name in FOUND)])
    first = 0
    while first < asked:
        with sitting(False) as desk:
            _must_be_the_same(service.mine(desk, screening.id), screening)
            reading = desk.seated_as(for_inquiry(desk.asker, screening))
            reading.allow("search")
            number, start = divmod(first, sheets.SHEET)
            rows = list(islice(sheets.sheet(desk.house, screening, number), start, start + _ROWS))[
                : asked - first
            ]
            entries = parts.entries_between(desk.as_house(), screening, first, first + len(rows))
            standing = {s.place: s for s in decided(reading, screening, entries)}
            page = [(row, standing.get(row.place)) for row in rows]
            told = told_rows(reading, screening, page)
            records = sorted({c.id for row in told for c in row.candidates})
            reading.note("export", object=screening.id, what="screening", shown=records)
        yield b"".join(_spelled(line) for row in told for line in _of_row(row, len(header)))
        first += len(rows)


def _must_be_the_same(now: Thing, begun: Thing) -> None:
    """Break off a file that would lack a part, so that whoever fetches it is told. Raises Faulty.

    Parts of an older list go while rows of the newer one are asked.
    """
    if now.first("list") != begun.first("list"):
        what = "A newer list was sent meanwhile"
        raise Faulty(faults=(Fault("", what, "Fetch the results of the newer list."),))


def _of_row(row: model.Row, columns: int) -> Iterator[list[str]]:
    """A line for each candidate; one where there is none."""
    cells = [*row.cells, *[""] * (columns - len(row.cells))]
    contacts = "; ".join(f"{c.bureau} {c.token}" for c in row.contacts)
    faults = "; ".join(f"{f.what}. {f.do}" for f in row.faults)
    for c in row.candidates:
        why = "; ".join(_why(r.rule, r.part, r.asked, r.found) for r in c.reasons)
        same_name = "" if c.same_name is None else f"{c.same_name:.4f}"
        found = [c.id, c.caption, c.kind, c.owner, f"{c.score:.4f}", same_name, why]
        yield [*cells, str(row.row), *found, contacts, faults]
    if not row.candidates:
        yield [*cells, str(row.row), *[""] * 7, contacts, faults]


def _why(rule: str, part: float, asked: str, found: str) -> str:
    """A reason in a cell; what compares nothing has no two sides."""
    sides = f" ({asked or '–'} / {found or '–'})" if asked or found else ""
    return f"{words.rule(rule)} {part:+.2f}{sides}"


def _spelled(cells: Sequence[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow([f"'{c}" if _is_formula(c) else c for c in cells])
    return text.getvalue().encode("utf-8", "replace")


def _is_formula(cell: str) -> bool:
    """Whether a spreadsheet might: wide signs are the same to some, and blanks before it passed over."""
    return cell[:1] in ("\t", "\r", "\n") or unicodedata.normalize("NFKC", cell).lstrip().startswith(_FORMULA)
