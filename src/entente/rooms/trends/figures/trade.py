"""Seizures beside trade that an officer brings as a table: propensities (GTRIC) and mirror gaps.

Nothing of the table is kept: it is read, compared and forgotten.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.match.goods import columns
from entente.match.trends import mirror, propensity
from entente.rooms.records import Strict
from entente.rooms.trends.figures.dimensions import origin_of
from entente.rooms.trends.figures.flows import noted
from entente.rooms.trends.figures.frame import Frame, framed
from entente.rooms.trends.figures.model import About, Question
from entente.web.language import N_

MOST_CHARACTERS = 4_000_000
MOST_LINES = 100_000
MOST_FAULTS = 50
IMPORTS = ("reporter", "product", "partner", "value")
MIRROR = ("exporter", "importer", "imported", "exported")
CHAPTER, HEADING = 10_000, 100
COUNTERFEIT = columns.code("state", "counterfeit")


class Table(Strict):
    """A table as CSV with a first line of names; nothing of it is kept."""

    csv: Annotated[str, Field(max_length=MOST_CHARACTERS)]


class PropensityRow(Strict):
    """`index` GTRIC, 0 to 1 among those compared; none where no import is told."""

    key: str
    seizures: float
    share: float
    trade: float
    ratio: float | None
    index: float | None


class CellRow(Strict):
    """A product from an economy: both indices multiplied, the highest of all 1."""

    product: str
    economy: str
    index: float


class Propensities(Strict):
    """`untraded`: seizures whose product or economy the table does not have, which are not compared."""

    about: About
    products: list[PropensityRow]
    economies: list[PropensityRow]
    cells: list[CellRow]
    untraded: int


class GapRow(Strict):
    """A corridor: both reports compared (match.trends.mirror), and the asker's seizures on that way."""

    exporter: str
    importer: str
    rows: int
    both: int
    equal: int
    importer_only: int
    exporter_only: int
    imported: float
    exported: float
    score: float
    lean: float
    seizures: int


class Gaps(Strict):
    about: About
    corridors: list[GapRow]
    further: int


@dataclass(frozen=True, slots=True)
class Import:
    reporter: int
    product: str
    partner: int
    value: float


def propensities(desk: Desk, question: Question, table: Table) -> Propensities:
    """GTRIC of products (chapters or headings of customs, as the table has them) and of economies.

    Lines of goods that are counterfeit are compared; the reporting country is that of the seizure, the
    economy the origin (or departure). Raises Faulty with every fault of the table (columns reporter,
    product, partner, value), or where there is too little to compare.
    """
    imports = list(_imports(table.csv))
    frame = framed(
        desk, question.model_copy(update={"measure": "count"}), ("hs", "origin", "departure", "state")
    )
    desk.note("trend", what="propensities", **noted(question))
    try:
        return _propensities(frame, imports)
    except ValueError:
        what = N_("There is too little to compare: three products, three economies and one country with both")
        raise Faulty(faults=(Fault("csv", what, N_("Bring a table that covers more.")),)) from None


def _propensities(frame: Frame, imports: list[Import]) -> Propensities:
    digits = max((len(row.product) for row in imports), default=2)
    divide = CHAPTER if digits == 2 else HEADING
    products = sorted({row.product for row in imports})
    partners = sorted({row.partner for row in imports})
    reporters = sorted({row.reporter for row in imports})
    at_product = {int(p): i for i, p in enumerate(products)}
    at_partner = {p: i for i, p in enumerate(partners)}
    at_reporter = {r: i for i, r in enumerate(reporters)}
    by_product = np.zeros((len(reporters), len(products)))
    by_partner = np.zeros((len(reporters), len(partners)))
    for row in imports:
        by_product[at_reporter[row.reporter], at_product[int(row.product)]] += row.value
        by_partner[at_reporter[row.reporter], at_partner[row.partner]] += row.value
    found_product, found_partner = np.zeros_like(by_product), np.zeros_like(by_partner)
    chosen = np.flatnonzero((frame["state"] == COUNTERFEIT) & (frame["hs"] > 0))
    origin = origin_of(frame)
    untraded = 0
    for line in chosen.tolist():
        i = at_reporter.get(int(frame["country"][line]))
        k = at_product.get(int(frame["hs"][line]) // divide)
        e = at_partner.get(int(origin[line]))
        untraded += i is None or k is None or e is None
        if i is not None and k is not None:
            found_product[i, k] += 1
        if i is not None and e is not None:
            found_partner[i, e] += 1
    goods = propensity.index(found_product, by_product)
    economies = propensity.index(found_partner, by_partner)
    cells = propensity.cells(goods, economies)
    names = [columns.country_of(p) for p in partners]
    ranked = sorted(
        (-float(cells[k, e]), products[k], names[e])
        for k in range(len(products))
        for e in range(len(partners))
        if math.isfinite(cells[k, e])
    )
    return Propensities(
        about=frame.about(),
        products=_rows(goods, products),
        economies=_rows(economies, names),
        cells=[CellRow(product=p, economy=e, index=round(-score, 6)) for score, p, e in ranked[:500]],
        untraded=untraded,
    )


def _rows(told: propensity.Propensity, names: list[str]) -> list[PropensityRow]:
    rows = [
        PropensityRow(
            key=name,
            seizures=float(told.seized[at]),
            share=round(float(told.share[at]), 6),
            trade=round(float(told.trade[at]), 6),
            ratio=_said(told.ratio[at]),
            index=_said(told.index[at]),
        )
        for at, name in enumerate(names)
    ]
    return sorted(rows, key=lambda row: (-(row.index if row.index is not None else -1.0), row.key))


def _said(value: float) -> float | None:
    return round(float(value), 6) if math.isfinite(value) else None


def gaps(desk: Desk, question: Question, table: Table, most: int = 500) -> Gaps:
    """Corridors by how far both reports of their trade lie apart, with the seizures on each.

    Columns exporter, importer, imported, exported; an empty quantity is a side that is silent. One table is
    of one sort of goods in one unit. Raises Faulty with every fault of the table.
    """
    rows = list(_mirrored(table.csv))
    frame = framed(
        desk, question.model_copy(update={"measure": "count"}), ("origin", "departure", "destination")
    )
    desk.note("trend", what="mirror gaps", **noted(question))
    told = mirror.gaps(*(np.array([row[at] for row in rows]) for at in range(3)))
    seized = _on_corridors(frame)
    made = [
        GapRow(
            exporter=columns.country_of(int(told.corridor[at]) // 1000),
            importer=columns.country_of(int(told.corridor[at]) % 1000),
            rows=int(told.rows[at]),
            both=int(told.both[at]),
            equal=int(told.equal[at]),
            importer_only=int(told.importer_only[at]),
            exporter_only=int(told.exporter_only[at]),
            imported=round(float(told.imported[at]), 6),
            exported=round(float(told.exported[at]), 6),
            score=round(float(told.score[at]), 6),
            lean=round(float(told.lean[at]), 6),
            seizures=seized.get(int(told.corridor[at]), 0),
        )
        for at in range(len(told.corridor))
    ]
    return Gaps(about=frame.about(), corridors=made[:most], further=max(len(made) - most, 0))


def _on_corridors(frame: Frame) -> Mapping[int, int]:
    once = frame.weight > 0
    code = origin_of(frame)[once].astype(np.int64) * 1000 + frame["destination"][once]
    known, many = np.unique(code, return_counts=True)
    return dict(zip(known.tolist(), many.tolist(), strict=True))


# --- reading -------------------------------------------------------------------------------------


def _imports(text: str) -> Iterator[Import]:
    faults: list[Fault] = []
    for line, cells in _lines(text, IMPORTS, faults):
        reporter = _country(cells["reporter"], line, "reporter", faults)
        partner = _country(cells["partner"], line, "partner", faults)
        value = _number(cells["value"], line, "value", faults)
        product = cells["product"].strip()
        if len(product) not in (2, 4) or not (product.isascii() and product.isdigit()):
            _fault(
                faults,
                line,
                "product",
                N_("This is no chapter or heading of customs"),
                N_("Write 2 or 4 digits."),
            )
        elif reporter and partner and value is not None:
            yield Import(reporter, product, partner, value)
    _refuse(faults)


def _mirrored(text: str) -> Iterator[tuple[int, float, float]]:
    faults: list[Fault] = []
    for line, cells in _lines(text, MIRROR, faults):
        exporter = _country(cells["exporter"], line, "exporter", faults)
        importer = _country(cells["importer"], line, "importer", faults)
        sides = [
            math.nan if not cells[name].strip() else _number(cells[name], line, name, faults)
            for name in ("imported", "exported")
        ]
        if exporter and importer and sides[0] is not None and sides[1] is not None:
            yield exporter * 1000 + importer, sides[0], sides[1]
    _refuse(faults)


def _lines(
    text: str, wanted: tuple[str, ...], faults: list[Fault]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";" if ";" in text[:400] else ",")
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in wanted if name not in header]
        if missing:
            what = N_("The table lacks columns that this needs")
            raise Faulty(faults=(Fault("csv", what, N_("Name them in its first line, as the form says.")),))
        at = [header.index(name) for name in wanted]
        for line, row in enumerate(reader, 2):
            if line > MOST_LINES:
                raise Faulty(
                    faults=(Fault("csv", N_("The table has more than 100,000 lines"), N_("Bring fewer.")),)
                )
            if any(cell.strip() for cell in row):
                yield line, {name: row[i] if i < len(row) else "" for name, i in zip(wanted, at, strict=True)}
    except csv.Error:
        faults.append(Fault("csv", N_("This is no CSV"), N_("Save the table as CSV again.")))


def _country(said: str, line: int, name: str, faults: list[Fault]) -> int:
    number = columns.country(said.strip())
    if not number:
        _fault(faults, line, name, N_("This is no code of a country"), N_("Write two letters (ISO 3166)."))
    return number


def _number(said: str, line: int, name: str, faults: list[Fault]) -> float | None:
    try:
        value = float(said.strip())
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        _fault(
            faults,
            line,
            name,
            N_("This is no number of 0 or more"),
            N_("Write digits with a point, no separators."),
        )
        return None
    return value


def _fault(faults: list[Fault], line: int, name: str, what: str, do: str) -> None:
    if len(faults) < MOST_FAULTS:
        faults.append(Fault(f"csv/{line}/{name}", what, do))


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise Faulty(faults=tuple(faults))
