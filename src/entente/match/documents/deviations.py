"""Known defects of genuine documents, as their issuers publish them (ICAO Doc 9303-3, section 7).

A batch left the printer with a wrong check digit, or with DEU where D should stand: whoever holds one of them
holds a genuine paper. The issuer says which, by days of issue and by numbers; where he says neither, all of
the version.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Defect = Literal["wrong_check_digit", "wrong_data"]
_TAIL = re.compile(r"(.*?)([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Deviation:
    """One defect of one field (as zone.py names it: number, birth, names …).

    `printed` is what stands there instead, where the defect is always the same; empty for anything. Numbers
    are plain (patterns.plain); a range holds both ends, which share their letters and their length.
    """

    defect: Defect
    field: str
    printed: str = ""
    issued_from: date | None = None
    issued_until: date | None = None
    numbers: frozenset[str] = frozenset()
    ranges: tuple[tuple[str, str], ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        for first, last in self.ranges:
            start, end = _split(first), _split(last)
            if start is None or end is None or start[:2] != end[:2] or start[2] > end[2]:
                raise ValueError(f"{first!r} to {last!r} is no range")

    def covers(self, number: str, issued: date | None) -> bool | None:
        """Whether a document is one of those; None where that hangs on a day of issue that is not known."""
        if (self.numbers or self.ranges) and not self._lists(number):
            return False
        if self.issued_from is None and self.issued_until is None:
            return True
        if issued is None:
            return None
        return (self.issued_from or date.min) <= issued <= (self.issued_until or date.max)

    def _lists(self, number: str) -> bool:
        if number in self.numbers:
            return True
        here = _split(number)
        return here is not None and any(_between(here, first, last) for first, last in self.ranges)


def known(
    deviations: Iterable[Deviation],
    defect: Defect,
    field: str,
    printed: str,
    number: str,
    issued: date | None = None,
) -> Deviation | None:
    """The deviation that explains what is printed in a field, one that surely covers the document before one
    that may; None where none does."""
    may: Deviation | None = None
    for deviation in deviations:
        if (deviation.defect, deviation.field) != (defect, field) or deviation.printed not in ("", printed):
            continue
        covers = deviation.covers(number, issued)
        if covers:
            return deviation
        if covers is None and may is None:
            may = deviation
    return may


def _split(number: str) -> tuple[str, int, int] | None:
    """What stands before the last digits, how many these are, and their value; None without digits."""
    found = _TAIL.fullmatch(number)
    return None if found is None else (found[1], len(found[2]), int(found[2]))


def _between(here: tuple[str, int, int], first: str, last: str) -> bool:
    start, end = _split(first), _split(last)
    return start is not None and end is not None and here[:2] == start[:2] and start[2] <= here[2] <= end[2]
