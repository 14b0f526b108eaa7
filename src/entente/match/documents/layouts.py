"""Where each field stands in the five forms of a zone (ICAO Doc 9303 parts 4 to 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """Characters of one line, counted from 0; `end` is behind the last."""

    line: int
    start: int
    end: int

    def of(self, lines: Sequence[str]) -> str:
        """What stands there; shorter where the line ends before."""
        return lines[self.line][self.start : self.end] if self.line < len(lines) else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """`fields` in the order they are printed; `checks` the place of a field's check digit; `covered` what the
    composite check digit counts, nothing in a visa; `going_on` the optional field into which a long number
    runs (a document of size TD1 or TD2)."""

    form: str
    lines: int
    width: int
    documents: str  # the letters that its document code may begin with
    fields: Mapping[str, Place]
    checks: Mapping[str, Place]
    covered: tuple[Place, ...] = ()
    going_on: str = ""


def _two_lines(form: str, width: int, documents: str, **more: Place) -> Layout:
    fields = {
        "document": Place(0, 0, 2),
        "issuer": Place(0, 2, 5),
        "names": Place(0, 5, width),
        "number": Place(1, 0, 9),
        "nationality": Place(1, 10, 13),
        "birth": Place(1, 13, 19),
        "sex": Place(1, 20, 21),
        "expiry": Place(1, 21, 27),
        **more,
    }
    checks = {"number": Place(1, 9, 10), "birth": Place(1, 19, 20), "expiry": Place(1, 27, 28)}
    if "personal" in more:
        checks["personal"] = Place(1, 42, 43)
    if documents == "V":
        return Layout(form, 2, width, documents, fields, checks)
    checks["composite"] = Place(1, width - 1, width)
    covered = (Place(1, 0, 10), Place(1, 13, 20), Place(1, 21, width - 1))
    return Layout(
        form, 2, width, documents, fields, checks, covered, "" if "personal" in more else "optional"
    )


_TD1 = Layout(
    "TD1",
    3,
    30,
    "ACI",
    {
        "document": Place(0, 0, 2),
        "issuer": Place(0, 2, 5),
        "number": Place(0, 5, 14),
        "optional": Place(0, 15, 30),
        "birth": Place(1, 0, 6),
        "sex": Place(1, 7, 8),
        "expiry": Place(1, 8, 14),
        "nationality": Place(1, 15, 18),
        "optional2": Place(1, 18, 29),
        "names": Place(2, 0, 30),
    },
    {
        "number": Place(0, 14, 15),
        "birth": Place(1, 6, 7),
        "expiry": Place(1, 14, 15),
        "composite": Place(1, 29, 30),
    },
    (Place(0, 5, 30), Place(1, 0, 7), Place(1, 8, 15), Place(1, 18, 29)),
    "optional",
)

LAYOUTS: Mapping[str, Layout] = {
    layout.form: layout
    for layout in (
        _TD1,
        _two_lines("TD2", 36, "ACI", optional=Place(1, 28, 35)),
        _two_lines("TD3", 44, "P", personal=Place(1, 28, 42)),
        _two_lines("MRVA", 44, "V", optional=Place(1, 28, 44)),
        _two_lines("MRVB", 36, "V", optional=Place(1, 28, 36)),
    )
}

_SHORTEST = 20
"""Characters of a line below which it is none of a zone."""


def layout_of(lines: Sequence[str]) -> Layout | None:
    """The form that lines have by their number, first letter and nearest length; None for no zone at all."""
    if not 2 <= len(lines) <= 3 or min(map(len, lines)) < _SHORTEST:
        return None
    if len(lines) == 3:
        return _TD1
    wide = sum(map(len, lines)) > 80  # half way between twice 36 and twice 44
    if lines[0].startswith("V"):
        return LAYOUTS["MRVA" if wide else "MRVB"]
    return LAYOUTS["TD3" if wide else "TD2"]
