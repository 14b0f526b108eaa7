"""Reports of companies as a table (CSV): a header, then a report a row. Nothing is kept of a table of which
a row is refused."""

import csv
import io
from collections.abc import Iterator, Sequence

from entente.core.problems import Fault, Faulty
from entente.rooms.trends.referrals import model as m
from entente.rooms.trends.referrals.labels import SORTS
from entente.rooms.trends.referrals.personal import COLUMNS_OF_PERSONS
from entente.web.forms import validated

MOST_ROWS = 1000
FIELDS = ("sector", "date", "goods", "what", "ref")
COLUMNS = (*FIELDS, *SORTS)
SIGNS = (";", "\t", ",")


def read(table: str) -> list[tuple[int, m.Contribution]]:
    """(row, report) of a table; the header is row 1. Raises Faulty with every fault of header and rows."""
    table = table.removeprefix("\ufeff")
    header_line = table.lstrip().partition("\n")[0]
    sign = max(SIGNS, key=header_line.count)
    rows = list(enumerate(csv.reader(io.StringIO(table), delimiter=sign), start=1))
    rows = [(n, row) for n, row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise Faulty(faults=(Fault("table", "There is nothing in it", f"Columns: {', '.join(COLUMNS)}."),))
    header = [_column(name) for name in rows[0][1]]
    faults = list(_of_header(header))
    if len(rows) - 1 > MOST_ROWS:
        faults.append(Fault("table", f"There are more than {MOST_ROWS} rows", "Send it in parts."))
    if faults:
        raise Faulty(faults=tuple(faults))
    forms = [(n, _form(n, header, row, ";" if sign != ";" else "|", faults)) for n, row in rows[1:]]
    if faults:
        raise Faulty(faults=tuple(faults))
    return [(n, form) for n, form in forms if form]


def _column(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def _of_header(header: Sequence[str]) -> Iterator[Fault]:
    for n, name in enumerate(header, start=1):
        where = f"columns/{n}"
        if name in COLUMNS_OF_PERSONS:
            yield Fault(
                where, "This column is of persons, and reports hold none", "Take it out of the table."
            )
        elif name not in COLUMNS:
            yield Fault(where, "This column is not known here", f"Columns: {', '.join(COLUMNS)}.")
        elif header.index(name) + 1 < n and name in FIELDS:
            yield Fault(where, "This column stands there twice", "Leave one out.")
    for name in ("sector", "date", "what"):
        if name not in header:
            yield Fault("columns", f"The column {name} is missing", "Add it.")


def _form(
    n: int, header: Sequence[str], row: Sequence[str], parted: str, faults: list[Fault]
) -> m.Contribution | None:
    """A row as a form; its faults are added to those of the table."""
    if len(row) > len(header):
        faults.append(
            Fault(f"rows/{n}", "The row has more cells than the header", "Quote cells with a sign.")
        )
        return None
    cells = list(zip(header, (cell.strip() for cell in row), strict=False))
    given: dict[str, object] = {name: cell for name, cell in cells if name in FIELDS}
    given["identifiers"] = [
        {"sort": name, "value": value.strip()}
        for name, cell in cells
        if name in SORTS
        for value in cell.split(parted)
        if value.strip()
    ]
    try:
        return validated(m.Contribution, **{"sector": "", "date": "", "what": "", **given})
    except Faulty as wrong:
        faults += [Fault(f"rows/{n}/{fault.where}", fault.what, fault.do) for fault in wrong.faults]
        return None
