"""What the columns of a published table mean: said, or read off their headers, and then told.

Beside long tables (one column of quantities) there are wide ones, whose headers name goods and unit
("Heroin_Kg", "Cannabis herb (kg)") or are years. A header that only holds the name of goods among others is
offered.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from entente.match.goods import table, table_fields
from entente.match.goods.taxonomy import TAXONOMY
from entente.match.goods.units import read_unit, units

ROLES = tuple(
    "date year month country region place what goods hs edition quantity unit value currency origin "
    "departure transit destination total events".split()
)
"""What a column may mean in figures; `total` says of a row that it sums others up, and is left out; `events`
how many seizures a row stands for."""
SEVERAL = ("quantity", "transit")
"""Roles that several columns may have: quantities of several goods, countries on the way in their order."""
_HEADERS = {
    "what": "clase de estupefaciente|tipo de droga|type of drug|drug type|drug category|substance|sustancia|"
    "substance name|commodity type|commodity name|product name|product type|type of goods|goods type|"
    "type de produit|type de drogue|tipo de producto|tipo de mercancia",
    "year": "fy|fiscal year|financial year|exercice|ano fiscal|annee fiscale|calendar year|reference year",
    "month": "month abbv|month name|month abbreviation|reporting month",
    "quantity": "sum qty|total qty|total quantity|total weight|net weight|gross weight|quantity total|"
    "importer reported quantity|quantite totale|cantidad total",
    "events": "number of seizures|seizures|no of seizures|seizure count|count of seizures|count of event|"
    "count of events|event count|number of events|number of incidents|incidents|number of cases|total cases|"
    "nombre de saisies|nombre d affaires|numero de incautaciones|incautaciones|numero de casos|"
    "عدد الضبطيات|عدد القضايا",
}
_ALSO = {said: role for role, headers in _HEADERS.items() for said in headers.split("|")} | {
    "state ut": "region",
    "state": "region",
    "county": "region",
    "entity": "country",
    "nation": "country",
    "is total row": "total",
    "is total": "total",
}
_FISCAL = frozenset(
    ("fy", "fiscal year", "financial year", "exercice", "ano fiscal", "annee fiscale"),
)
_SPECIES = ("taxon", "species", "scientific name", "especie", "espece")
"""Headers that name goods where no other does."""
_YEAR = re.compile(r"(?:y|fy|year )?((?:19|20)\d\d)(?:\.0)?", re.IGNORECASE)
_COUNTED = re.compile(r"(?i)\b(?:number|pieces|nombre|n[úu]mero|count|عدد)\b")
_UNIT_BEHIND = re.compile(r"(.+?)[\s_]*(?:\(([^()]+)\)|\[([^\[\]]+)\]|[\s_,]([^\s_,]+))\s*")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column means: a role of ROLES or "" (left out); of a quantity the goods and unit that its header
    or the user names, and the year that its header is ("" where other columns say them); `how` it is known,
    in words."""

    role: str = ""
    goods: str = ""
    unit: str = ""
    how: str = ""
    year: str = ""


def guessed(header: Sequence[str]) -> tuple[Meaning, ...]:
    """What each column means by its header alone."""
    found = []
    for name, column in zip(header, table.guessed(header), strict=True):
        role, unit = _ALSO.get(table_fields.folded(name), column.field), column.unit
        if not role:
            role, unit = _with_unit(name)
        found.append(Meaning(role, "", unit, "by its header") if role in ROLES else Meaning())
    if not any(one.role == "quantity" for one in found):
        wide = [_wide(name) for name in header]
        found = [
            wider if not one.role and wider.role else one for one, wider in zip(found, wide, strict=True)
        ]
    if not any(one.role in ("date", "year") for one in found):
        years = [_YEAR.fullmatch(name.strip()) for name in header]
        if sum(year is not None for year in years) > 1:
            found = [
                Meaning("quantity", "", "", "its header is a year", year[1])
                if year
                else Meaning()
                if one.role == "quantity"
                else one
                for one, year in zip(found, years, strict=True)
            ]
    if not any(one.role in ("what", "goods") or one.goods for one in found):
        found = [
            Meaning("what", how="by its header") if table_fields.folded(name) in _SPECIES else one
            for name, one in zip(header, found, strict=True)
        ]
    return _once(found)


def said(header: Sequence[str], columns: Sequence[str]) -> tuple[Meaning, ...]:
    """What columns mean where some are said: ROLE=HEADING, or ROLE=#3 for the third; a quantity may name its
    goods and unit (quantity:fauna.mammals.rhino:KGM=Weight of horns); "=HEADING" leaves one out.

    Raises ValueError with a reason that reads after what was said.
    """
    found = list(guessed(header))
    named = set[int]()
    for text in columns:
        words, sign, heading = text.partition("=")
        if not sign:
            raise ValueError(f"“{text}” is no ROLE=HEADING")
        at = _at(header, heading)
        role, goods, unit = [*words.split(":"), "", ""][:3]
        if role and role not in ROLES:
            raise ValueError(f"“{role}” is none of: {', '.join(ROLES)}")
        if goods:
            TAXONOMY.node(goods)
        found[at] = Meaning(role, goods, read_unit(unit), "as said")
        named.add(at)
    for at, one in enumerate(found):
        rival = any(found[other].role == one.role for other in named - {at})
        if one.role and rival and at not in named and (one.role not in SEVERAL or not one.goods):
            found[at] = Meaning()
    return tuple(found)


def offered(header: Sequence[str], meanings: Sequence[Meaning]) -> tuple[tuple[str, str], ...]:
    """(header, what to say) of columns left out whose headers name goods among other words."""
    found = []
    for name, meaning in zip(header, meanings, strict=True):
        near = TAXONOMY.suggest(name.replace("_", " ")) if not meaning.role else ()
        if near:
            counted = bool(_COUNTED.search(name))
            unit = "C62" if counted else near[0].unit
            found.append((name, f"quantity:{near[0].code}:{unit}={name}"))
    return tuple(found)


def _at(header: Sequence[str], heading: str) -> int:
    if heading.startswith("#") and heading[1:].isdecimal() and 0 < int(heading[1:]) <= len(header):
        return int(heading[1:]) - 1
    places = [n for n, name in enumerate(header) if name == heading]
    if len(places) != 1:
        raise ValueError(f"“{heading}” is {'no' if not places else 'more than one'} column of the table")
    return places[0]


def _with_unit(name: str) -> tuple[str, str]:
    """A header of quantities that ends in their unit, "Sum Qty (lbs)"; ("", "") for another."""
    words, code = unit_behind(name)
    said = table_fields.folded(words)
    role = _ALSO.get(said) or table_fields.words().get(said, ("", ""))[0]
    return ("quantity", code) if code and role == "quantity" else ("", "")


def unit_behind(name: str) -> tuple[str, str]:
    """(what stands before, the unit) of words that end in a unit, "Cocaine (kg)"; (name, "") of others."""
    parted = _UNIT_BEHIND.fullmatch(name.strip())
    try:
        code = read_unit(parted[2] or parted[3] or parted[4]) if parted else ""
    except ValueError:
        code = ""
    return (parted[1], code) if parted and code in units() else (name, "")


def fiscal(name: str) -> bool:
    """Whether a header says that its years need not begin in January."""
    return table_fields.folded(name) in _FISCAL


def _wide(name: str) -> Meaning:
    """Goods and unit in one header, both in full; nothing otherwise."""
    words, unit = unit_behind(name)
    nodes = TAXONOMY.find(words.replace("_", " ")) if unit else ()
    if len(nodes) != 1:
        return Meaning()
    return Meaning("quantity", nodes[0].code, unit, "goods and unit are in its header")


def _once(found: Sequence[Meaning]) -> tuple[Meaning, ...]:
    """The first column of each role that only one may have; quantities without goods of their own, too."""
    taken, kept = set[str](), []
    for one in found:
        repeated = one.role in taken and not (
            one.role in SEVERAL and (one.goods or one.year or one.role == "transit")
        )
        kept.append(Meaning() if repeated else one)
        taken.add(one.role)
    return tuple(kept)
