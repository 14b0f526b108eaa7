"""The forms in which one number of a document is written: nationally, and as a zone has it.

A zone writes the number in nine places, filled up, with a check digit behind it; a longer one (parts 5
and 6, note j) goes on in the optional field behind a filler, its check digit last. An officer copies any of
these. Each form is told with what was done to get it; the number as written is always the first.
"""

import re
from dataclasses import dataclass
from typing import Literal

from entente.match.mrz import check_digit
from entente.match.numbers import SHORTEST, code

How = Literal["written", "without-check-digit", "wrong-check-digit", "with-check-digit"]
FIELD = 9
"""Places that a zone has for the number (ICAO Doc 9303 parts 4 to 7)."""
_FIELD = re.compile(r"([A-Z0-9][A-Z0-9<]{8})([0-9])<*")
_LONG = re.compile(r"([A-Z0-9]{9})<([A-Z0-9]{1,13})([0-9])<*")


@dataclass(frozen=True, slots=True)
class Form:
    """A number, normalised as `match.numbers.code` does, and how it follows from what was written."""

    number: str
    how: How


def forms(text: str) -> tuple[Form, ...]:
    """Every number that what was written may stand for, the likeliest first, each once; empty for none.

    A check digit is taken off where it fits, or where a filler shows that the field was copied as it stands;
    one is added, because an owner may have kept the number with it.
    """
    written = code(text)
    if not SHORTEST <= len(written) <= 40:
        return ()
    found = [Form(written, "written"), *_from_zone(text)]
    if len(written) <= FIELD:
        found.append(Form(written + check_digit(written.ljust(FIELD, "<")), "with-check-digit"))
    kept: dict[str, Form] = {}
    for form in found:
        if len(form.number) >= SHORTEST:
            kept.setdefault(form.number, form)
    return tuple(kept.values())


def _from_zone(text: str) -> list[Form]:
    """The number of a copied field, without its check digit."""
    field = "".join(text.upper().split())
    if long := _LONG.fullmatch(field):
        number = long[1] + long[2]
        return [Form(number, _fits(number, long[3]))]
    if short := _FIELD.fullmatch(field):
        how = _fits(short[1], short[2])
        if how == "without-check-digit" or "<" in short[1]:
            return [Form(short[1].replace("<", ""), how)]
    return []


def _fits(number: str, digit: str) -> How:
    return "without-check-digit" if check_digit(number) == digit else "wrong-check-digit"
