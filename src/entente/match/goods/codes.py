"""Closed lists of what is said of a seizure. A code's place in its list, from 1, is its number in columns.

The lists stand in `codes.toml` beside this file with their labels, which are translated as every text is.
"""

import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files

LABELS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    (files(__package__) / "codes.toml").read_text("utf-8")
)
"""List, code: its label in English, as translators know it."""


def _codes(name: str) -> tuple[str, ...]:
    return tuple(LABELS[name])


EVENTS, CONTRIBUTORS, FORMS = _codes("events"), _codes("contributors"), _codes("forms")
DETECTIONS, PLACE_KINDS = _codes("detections"), _codes("place_kinds")
MODES = _codes("modes")
"""How goods were moved; the numbers are the digits of UNECE Recommendation 19."""
CERTAINTIES, CONCEALMENTS, STATES = _codes("certainties"), _codes("concealments"), _codes("states")
ROLES = _codes("roles")
"""What a leg of a route is to the goods."""
DOMAINS, BASES, PARTY_ROLES = _codes("domains"), _codes("bases"), _codes("party_roles")
PURPOSES, SOURCES = _codes("purposes"), _codes("sources")
"""Codes of the CITES trade data."""
UNITS = _codes("units")
"""Units of UNECE Recommendation 20 that seizures come in; those that are a standard unit come first."""


def number_of(codes: tuple[str, ...], code: str) -> int:
    """The number of a code in its list, from 1; 0 for "". Raises ValueError ("is none of: ...")."""
    if not code:
        return 0
    if code not in codes:
        raise ValueError(f"is none of: {', '.join(codes)}")
    return codes.index(code) + 1


def code_at(codes: tuple[str, ...], number: int) -> str:
    """The code of a number, "" for 0. Raises ValueError for a number that the list has not."""
    if not 0 <= number <= len(codes):
        raise ValueError(f"is no number of 0 to {len(codes)}")
    return codes[number - 1] if number else ""


def mask_of(codes: tuple[str, ...], several: Iterable[str]) -> int:
    """Several codes as one number, the first of the list its lowest bit. Raises ValueError as `number_of`."""
    mask = 0
    for code in several:
        if number := number_of(codes, code):
            mask |= 1 << (number - 1)
    return mask


def codes_in(codes: tuple[str, ...], mask: int) -> tuple[str, ...]:
    """The codes that a mask holds, in the list's order; bits beyond the list are left out."""
    return tuple(code for n, code in enumerate(codes) if mask >> n & 1)
