"""Quantities and values of a published table, brought to the standard units of their goods."""

import re
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from entente.match.goods import codes, columns, countries
from entente.match.goods.conversions import factors, standardise
from entente.match.goods.meanings import unit_behind
from entente.match.goods.published_cells import EMPTY, Cells, Ints
from entente.match.goods.taxonomy import TAXONOMY
from entente.match.goods.units import Quantity, read_quantity, read_unit, units
from entente.match.money.currencies import CURRENCIES
from entente.match.statements.figures import decimal_sign

Floats = NDArray[np.float64]
FIRST = {"mass": "KGM", "volume": "LTR", "length": "MTR", "area": "MTK", "count": "C62", "pairs": "NPR"}
"""The unit in which goods that are not recognised are added up."""


def decimal_of(cells: Cells) -> str:
    """The sign before decimals, as all figures of the table show it; "" where they leave it open."""
    if cells.decimal is not None:
        return cells.decimal
    texts = [text for at in cells.places("quantity") + cells.places("value") for text in cells.texts(at)]
    try:
        cells.decimal = decimal_sign(text for text in texts if text) or ""
    except ValueError:  # of two writers: each figure must be clear by itself
        cells.decimal = ""
    return cells.decimal


def part(cells: Cells, at: int, goods: Ints, country: Ints) -> tuple[NDArray[np.bool_], Ints, Floats, Ints]:
    """(rows that say something, goods, standard quantity, its unit) of one column of quantities."""
    size = len(cells.line)
    if at < 0:
        return np.ones(size, np.bool_), goods, np.full(size, np.nan), np.zeros(size, np.int64)
    meaning, decimal = cells.meanings[at], decimal_of(cells)
    if meaning.goods:
        goods = np.full(size, TAXONOMY.index(meaning.goods))

    clear = re.compile(rf"\d+(?:[{decimal}]\d+)?" if decimal else r"\d+", re.ASCII)  # for speed: most cells

    def figure(text: str) -> tuple[float, int]:
        if clear.fullmatch(text):
            return float(text.replace(",", ".")), 0
        amount = read_quantity(text, "", decimal)
        if amount.value is None:
            raise ValueError("is a range: no sum is made of it")
        if any("not known" in note for note in amount.notes):
            raise ValueError(next(note for note in amount.notes if "not known" in note))
        return float(amount.value), _unit(amount.unit)

    before = cells.left.copy()
    read_ = cells.read("quantity", figure, (np.nan, 0.0), True, at).reshape(-1, 2)
    one_of_several = bool(meaning.goods or meaning.year)
    if one_of_several:
        cells.left = before  # of several columns of quantities one that cannot be read leaves the others
    amount, own = read_[:, 0], read_[:, 1].astype(np.int64)
    column = cells.read("unit", lambda text: _unit(read_unit(text)), 0, False)
    beside = cells.read("what", lambda text: _unit(unit_behind(text)[1]), 0, False)  # "Cocaine (kg)"
    column = np.where(column > 0, column, beside)
    given = np.full(size, _unit(meaning.unit)) if meaning.unit else column
    clash = (own > 0) & (given > 0) & (own != given)
    cells.tell(at, "", "has another unit in the cell than its column", clash, True)
    unit = np.where(own > 0, own, given)
    said = ~np.isnan(amount) & (amount > 0) if one_of_several else np.ones(size, np.bool_)
    standard, to = _standard(cells, at, goods, country, amount, unit)
    return said, goods, standard, to


def _unit(code: str) -> int:
    return codes.number_of(codes.UNITS, code) if code in units() else 0


def _standard(
    cells: Cells, at: int, goods: Ints, country: Ints, amount: Floats, unit: Ints
) -> tuple[Floats, Ints]:
    """The quantity in the goods' standard unit; NaN, told with the reason, where that is not known."""
    regional = {TAXONOMY.index(one.goods) for one in (*factors(), *cells.ways.own) if one.region}
    spans = [TAXONOMY.range_of(TAXONOMY.at(index).code) for index in regional]
    matters = np.zeros(len(goods), np.bool_)
    for first, last in spans:
        matters |= (goods >= first) & (goods <= last)
    keys = (goods * 64 + unit) * 1024 + np.where(matters, country, 0)
    known, row = np.unique(keys, return_inverse=True)
    factor, to = np.full(len(known), np.nan), np.zeros(len(known), np.int64)
    said = amount > 0
    for n, key in enumerate(known.tolist()):
        index, code, where = key // 1024 // 64, codes.code_at(codes.UNITS, key // 1024 % 64), key % 1024
        if not index:  # what goods they are is not known, but a kilogram is one
            known_unit = units().get(code)
            if known_unit and known_unit.dimension:
                factor[n], to[n] = float(known_unit.size), _unit(FIRST[known_unit.dimension])
            elif not known_unit:
                why = "has no unit: name its column, or say unit=KGM as a constant"
                cells.tell(at, "", why, said & (row == n), False)
            continue
        node = TAXONOMY.at(index)
        one = standardise(
            node.code, Quantity(Decimal(1), code), cells.ways.own, None, countries.unpack(where)
        )
        if one:
            factor[n], to[n] = float(one.qty), _unit(one.unit)
        else:
            shown = codes.LABELS["units"].get(code, "no unit")
            why = f"has no known size in {node.unit}: {node.label}, {shown}"
            cells.tell(at, "", why, said & (row == n), False)
    return amount * factor[row], to[row]


def events(cells: Cells) -> Floats:
    """(N,): how many seizures each row stands for: one, where no column says it; NaN where it does not."""

    def count(text: str) -> float:
        amount = read_quantity(text, "", decimal_of(cells))
        if amount.value is None or amount.value % 1 or amount.unit not in ("", "C62"):
            raise ValueError("is no whole number of seizures")
        return float(amount.value)

    if not cells.places("events") and "events" not in cells.ways.constants:
        return np.ones(len(cells.line))
    return cells.read("events", count, np.nan, False)


def domains(goods: Ints) -> Ints:
    known, row = np.unique(goods, return_inverse=True)
    domains = [
        codes.number_of(codes.DOMAINS, TAXONOMY.at(index).domain) if index else 0 for index in known.tolist()
    ]
    return np.array(domains or [0], np.int64)[row]


def values(cells: Cells) -> tuple[Floats, Ints]:
    at = next(iter(cells.places("value")), EMPTY)
    if at < 0:
        return np.full(len(cells.line), np.nan), np.zeros(len(cells.line), np.int64)
    decimal, of_column = decimal_of(cells), cells.meanings[at].unit

    def money(text: str) -> float:
        amount = read_quantity(text, "", decimal)
        if amount.value is None:
            raise ValueError("is no single amount")
        return float(amount.value)

    def currency(text: str) -> int:
        if text.upper() not in CURRENCIES:
            raise ValueError("is no currency (ISO 4217)")
        return columns.currency(text.upper())

    worth = cells.read("value", money, np.nan, False)
    given = cells.read("currency", currency, 0, False)
    return worth, np.full(len(worth), columns.currency(of_column)) if of_column else given
