"""Two reports of one trade: what an exporter says left beside what an importer says came.

A row is a corridor (exporter, importer, goods, unit, year), with both quantities, NaN where one side is
silent. CITES annual reports are compared like this (UNEP-WCMC's guide to the trade database); a gap is a
question, not an offence: years, units and permits issued but not used make most of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Gaps:
    """C corridors, the highest score first; columns (C,).

    `rows`; `both`: rows with both reports; `equal` of these; `importer_only`, `exporter_only`; `imported`,
    `exported`: their sums; `missing`: rows neither side reported. `score`: 0 where all agrees to 1 where one
    side knows nothing of what the other reports: |imported - exported| summed over rows, the silent side 0,
    over the larger of both summed; `lean`: the same with its sign, above 0 where importers report more.
    """

    corridor: Whole
    rows: Whole
    both: Whole
    equal: Whole
    importer_only: Whole
    exporter_only: Whole
    missing: Whole
    imported: Floats
    exported: Floats
    score: Floats
    lean: Floats


def gaps(corridor: ArrayLike, importer: ArrayLike, exporter: ArrayLike) -> Gaps:
    """Rows compared and summed by corridor; all (N,). Raises ValueError for a negative quantity.

    Quantities of one corridor must be in one unit: make the unit part of the corridor.
    """
    given = np.asarray(corridor, np.int64)
    into, out = np.asarray(importer, np.float64), np.asarray(exporter, np.float64)
    if (into < 0).any() or (out < 0).any():
        raise ValueError("has negative quantities")
    known, at = np.unique(given, return_inverse=True)
    size = len(known)
    has_in, has_out = ~np.isnan(into), ~np.isnan(out)
    a, b = np.where(has_in, into, 0.0), np.where(has_out, out, 0.0)
    larger = np.maximum(a, b)
    same = has_in & has_out & (np.abs(a - b) <= EQUAL * larger)

    def many(which: NDArray[np.bool_]) -> Whole:
        return np.bincount(at, which, size).astype(np.int64)

    def total(what: Floats) -> Floats:
        return np.asarray(np.bincount(at, what, size), np.float64)

    whole = total(larger)
    score = np.divide(total(np.abs(a - b)), whole, out=np.zeros(size), where=whole > 0)
    lean = np.divide(total(a - b), whole, out=np.zeros(size), where=whole > 0)
    told = (
        many(np.ones(len(at), np.bool_)),
        many(has_in & has_out),
        many(same),
        many(has_in & ~has_out),
        many(~has_in & has_out),
        many(~has_in & ~has_out),
    )
    sums = (total(a), total(b), score, lean)
    order = np.lexsort((known, -whole, -score))
    rows, both, equal, importers, exporters, missing = (column[order] for column in told)
    imported, exported, far, sign = (column[order] for column in sums)
    return Gaps(known[order], rows, both, equal, importers, exporters, missing, imported, exported, far, sign)
