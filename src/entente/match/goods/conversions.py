"""Quantities in the standard unit of their goods, so that they can be added: by physics, by what the field
agreed on, by a bureau's own measure, or by the median of records that hold both units. Never by a guess.

Sources: `factors.txt` beside this file names one for each factor. The roll-up of medians is that of the CITES
trade data's analyses (too few records of a species: its genus, and so on up).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from entente.match.goods.codes import UNITS
from entente.match.goods.taxonomy import TAXONOMY
from entente.match.goods.units import Quantity, units

FEWEST = 10
"""Records of a node below which its parent's are asked."""
TRIMMED = (0.05, 0.95)
"""Ratios below and above these shares of a node's records are left out before the median."""
METHODS = ("physical", "legal", "median", "same", "none")
REGIONS = {
    "near_east": "af ae bh iq ir il jo kw lb om pk ps qa sa sy ye",
    "asia": "bd bn bt cn hk id in jp kg kh kp kr kz la lk mm mn mo mv my np ph sg th tj tl tm tw uz vn",
    "europe": "ad al at ba be bg by ch cy cz de dk ee es fi fr gb gr hr hu ie is it li lt lu lv mc md me "
    "mk mt nl no pl pt ro rs ru se si sk sm tr ua xk",
    "north_america": "ca mx us",
    "oceania": "au fj fm ki mh nr nz pg pw sb to tv vu ws",
}
"""Regions of factors that differ by region. [R]"""
MEASURED = ("mass", "volume", "length", "area")
"""Dimensions within which a factor for one unit holds for all: a piece is not always a tablet."""
_UNKNOWN_CONTENT = "how much is in one of its unit is not known"


@dataclass(frozen=True, slots=True)
class Conversion:
    """One of `unit` of goods (and all below them) is `factor` of `to`; `method` of METHODS, `source` in
    words, `region` of REGIONS or "" for everywhere, `records` behind it (0: not counted)."""

    goods: str
    unit: str
    to: str
    factor: Decimal
    source: str
    method: str = "legal"
    region: str = ""
    records: int = 0


@dataclass(frozen=True, slots=True)
class Standard:
    """A quantity in its goods' standard unit; `how`: a method, of a median the node whose records it is of
    ("median:agro.pesticide"); `source` says from where."""

    qty: Decimal
    unit: str
    how: str
    source: str = ""

    @property
    def text(self) -> str:
        """The figure as it is kept: without exponent and needless zeros."""
        return format(self.qty.normalize(), "f")


class Medians:
    """Ratios of records that hold a quantity in two units, sorted by goods: any node's median is a slice.

    Give it records of one asker's view only, as every figure that is made of records.
    """

    def __init__(self, records: Iterable[tuple[str, str, str, float]]) -> None:
        """Records: (goods, unit, standard unit, how many of the second are one of the first)."""
        pairs = dict[tuple[str, str], list[tuple[int, float]]]()
        for goods, unit, to, ratio in records:
            if ratio > 0 and np.isfinite(ratio):
                pairs.setdefault((unit, to), []).append((TAXONOMY.index(goods), ratio))
        self._sorted: dict[tuple[str, str], tuple[NDArray[np.int64], NDArray[np.float64]]] = {}
        for pair, rows in pairs.items():
            at = np.array([index for index, _ in rows], np.int64)
            order = np.argsort(at, kind="stable")
            self._sorted[pair] = at[order], np.array([ratio for _, ratio in rows])[order]

    def of(self, goods: str, unit: str, to: str) -> tuple[float, str, int] | None:
        """(median ratio, the node whose records were enough, how many they are), or None where not even the
        domain has FEWEST."""
        at, ratios = self._sorted.get((unit, to), (np.zeros(0, np.int64), np.zeros(0)))
        for node in TAXONOMY.ancestors(goods):
            first, last = np.searchsorted(at, _edges(node.code))
            if last - first >= FEWEST:
                some = ratios[first:last]
                low, high = np.quantile(some, TRIMMED)
                return float(np.median(some[(some >= low) & (some <= high)])), node.code, int(last - first)
        return None


def median_slow(
    records: Sequence[tuple[str, str, str, float]], goods: str, unit: str, to: str
) -> tuple[float, str, int] | None:
    """What `Medians.of` says, by going over all records for each node: its exact twin, for tests."""
    for node in TAXONOMY.ancestors(goods):
        below = f"{node.code}."
        some = sorted(
            ratio
            for code, from_, into, ratio in records
            if (from_, into) == (unit, to) and ratio > 0 and f"{code}.".startswith(below)
        )
        if len(some) >= FEWEST:
            low, high = (_quantile(some, share) for share in TRIMMED)
            kept = [ratio for ratio in some if low <= ratio <= high]
            middle = len(kept) // 2
            return (kept[middle] + kept[-middle - 1]) / 2, node.code, len(some)
    return None


def standardise(
    goods: str,
    quantity: Quantity,
    conversions: Sequence[Conversion] = (),
    medians: Medians | None = None,
    where: str = "",
) -> Standard | None:
    """The quantity in the standard unit of its goods; None where it cannot be said (`why_not` says why).

    In this order: it is that unit; a conversion of `conversions` (a bureau's own); the same dimension; a
    factor that the field agreed on (`where`, a country's code, chooses the region's); the median of records
    with both units. Of several conversions the one of the nearest node counts, a region's before the world's.
    Raises ValueError for a code that is none of our goods.
    """
    to, value = TAXONOMY.node(goods).unit, quantity.value
    if value is None or quantity.unit not in units():
        return None
    unit, standard = units()[quantity.unit], units()[to]
    if unit.code == to:
        return Standard(value, to, "same")
    if own := _found(conversions, goods, unit.code, to, where):
        return Standard(value * own.factor, to, own.method, own.source)
    if unit.dimension and unit.dimension == standard.dimension:
        return Standard(value * unit.size / standard.size, to, "physical")
    for factor in _agreed(goods, to, where):
        if (step := units()[factor.unit]).code == unit.code:
            return Standard(value * factor.factor, to, factor.method, factor.source)
        if unit.dimension in MEASURED and step.dimension == unit.dimension:
            return Standard(value * unit.size / step.size * factor.factor, to, factor.method, factor.source)
    if medians and (median := medians.of(goods, unit.code, to)):
        ratio, node, many = median
        return Standard(value * Decimal(repr(ratio)), to, f"median:{node}", f"median of {many} records")
    return None


def why_not(goods: str, quantity: Quantity) -> str:
    """Why a quantity has no standard one by what everybody knows, in words that read after it; "" where it
    has."""
    node = TAXONOMY.node(goods)
    if quantity.value is None:
        return "is a range: it is kept, and no sum is made of it"
    if not quantity.unit:
        return "has no unit: it is kept, and no sum is made of it"
    unit = units().get(quantity.unit)
    if unit is None:
        return "is an amount of money: give it as a value"
    if not unit.dimension and standardise(goods, quantity) is None:
        return f"cannot be added up: {_UNKNOWN_CONTENT}"
    if node.domain == "cites_fauna" and node.unit == "C62" and unit.dimension == "mass":
        return "is a weight, and these are counted: a weight of animals does not say how many they are"
    if standardise(goods, quantity) is None:
        return f"cannot be brought to {node.unit}, in which these goods are added up"
    return ""


def _found(
    conversions: Sequence[Conversion], goods: str, unit: str, to: str, where: str
) -> Conversion | None:
    return next((one for one in _nearest(conversions, goods, to, where) if one.unit == unit), None)


def _agreed(goods: str, to: str, where: str) -> tuple[Conversion, ...]:
    return tuple(_nearest(factors(), goods, to, where))


def _nearest(conversions: Sequence[Conversion], goods: str, to: str, where: str) -> Iterable[Conversion]:
    for node in TAXONOMY.ancestors(goods):
        here = [one for one in conversions if one.goods == node.code and one.to == to]
        fitting = [one for one in here if one.region and where in REGIONS.get(one.region, "").split()]
        yield from (*fitting, *(one for one in here if not one.region))


@cache
def factors() -> tuple[Conversion, ...]:
    """What the field agreed on, as `factors.txt` has it."""
    found = []
    for line in (files(__package__) / "factors.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            goods, unit, to, factor, region, source = line.split("|")
            if TAXONOMY.node(goods).unit != to or unit not in UNITS or region not in ("", *REGIONS):
                raise ValueError(f"factors.txt: {line} has a wrong unit or region")
            found.append(Conversion(goods, unit, to, Decimal(factor), source, "legal", region))
    return tuple(found)


def _edges(code: str) -> tuple[int, int]:
    first, last = TAXONOMY.range_of(code)
    return first, last + 1


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Linear between neighbours, as numpy's default (Hyndman and Fan's type 7)."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
