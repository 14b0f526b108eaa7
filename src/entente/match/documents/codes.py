"""Issuing states and nationalities in a zone: ISO 3166-1, and what ICAO Doc 9303-3 section 5 adds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from entente.match.documents.tables import rows

Sort = Literal["iso", "extra", "withdrawn", "specimen", "unknown"]


@dataclass(frozen=True, slots=True)
class Code:
    """`sort` is "unknown" for what stands in no list; `country` is our own code, empty where none fits (an
    organisation, a stateless person)."""

    printed: str
    sort: Sort
    country: str = ""
    name: str = ""


def code(printed: str) -> Code:
    """What three characters of a zone stand for. Fillers may only follow ("D<<"); nothing is repaired."""
    return known().get(printed.rstrip("<")) or Code(printed, "unknown")


@cache
def known() -> Mapping[str, Code]:
    """Every code that may stand in a zone, without its fillers."""
    sorts: Mapping[str, Sort] = {
        "iso": "iso",
        "extra": "extra",
        "withdrawn": "withdrawn",
        "specimen": "specimen",
    }
    return {row[0]: Code(row[0], sorts[row[1]], row[2], row[3]) for row in rows("codes.tsv")}
