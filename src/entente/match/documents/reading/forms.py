"""The forms of a zone, cell by cell, as the decoder walks them (ICAO Doc 9303 parts 4 to 7).

Each form has its usual layout and the variants that the standard allows: a document number longer than nine
characters (part 5, 4.2.2 j; part 6, 4.2.2 j) and a personal number left blank, its check digit with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ANY = DIGITS + LETTERS + "<"
_NAME = LETTERS + "<"
_DATE = (DIGITS + "<", DIGITS + "<", "01<", DIGITS + "<", "0123<", DIGITS + "<")
_WEIGHTS = (7, 3, 1)
SHAPES = {30: 3, 36: 2, 44: 2}
"""Characters of a line to lines of a zone."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What may stand in one cell, and which check digits it counts for.

    `field`, `whole`: its weight in the check digit of its field and in the composite one; 0 where it is in
    none. `check`: it is the digit of the field before it; `total`: it is the composite digit.
    """

    may: str
    field: int = 0
    whole: int = 0
    check: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A form in one of its variants: cells of all lines, one after the other."""

    form: str
    cells: tuple[Cell, ...]


def layouts(length: int, *, visa: bool) -> tuple[Layout, ...]:
    """Every layout of a zone whose lines have so many characters; the usual one first."""
    return _layouts(length, visa and length != 30)


@cache
def _layouts(length: int, visa: bool) -> tuple[Layout, ...]:
    if length == 30:
        return tuple([Layout("TD1", _cells(_td1(more), _WHOLE["TD1"])) for more in range(14)])
    if visa:
        form = "MRVA" if length == 44 else "MRVB"
        return (Layout(form, _cells(_two_lines(length, "V", _plain(length - 28)), ())),)
    if length == 44:
        kept = [_checked([ANY] * 14), [Cell("<")] * 15]
        return tuple(
            [Layout("TD3", _cells(_two_lines(44, LETTERS, [*p, _TOTAL]), _WHOLE["TD3"])) for p in kept]
        )
    first = Layout("TD2", _cells(_two_lines(36, LETTERS, [*_plain(7), _TOTAL]), _WHOLE["TD2"]))
    more = [
        Layout("TD2", _cells(_two_lines(36, LETTERS, [*_after(m, 7), _TOTAL], m), _WHOLE["TD2"]))
        for m in range(1, 7)
    ]
    return (first, *more)


_TOTAL = Cell(DIGITS, total=True)
_WHOLE = {
    "TD1": (*range(5, 37), *range(38, 45), *range(48, 59)),
    "TD2": (*range(36, 46), *range(49, 56), *range(57, 71)),
    "TD3": (*range(44, 54), *range(57, 64), *range(65, 87)),
}
"""Places, counted over all lines, that the composite digit is of, in its order."""


def _cells(cells: list[Cell], whole: tuple[int, ...]) -> tuple[Cell, ...]:
    weights = {place: _WEIGHTS[n % 3] for n, place in enumerate(whole)}
    return tuple([Cell(c.may, c.field, weights.get(n, 0), c.check, c.total) for n, c in enumerate(cells)])


def _plain(count: int, may: str = ANY) -> list[Cell]:
    return [Cell(may)] * count


def _checked(may: list[str] | tuple[str, ...]) -> list[Cell]:
    """A field and its check digit."""
    return [*[Cell(m, _WEIGHTS[n % 3]) for n, m in enumerate(may)], Cell(DIGITS, check=True)]


def _number(more: int) -> list[Cell]:
    """Document number and its digit; of a long one the first nine characters and the filler."""
    if not more:
        return _checked([ANY] * 9)
    return [*[Cell(DIGITS + LETTERS, _WEIGHTS[n % 3]) for n in range(9)], Cell("<")]


def _after(more: int, room: int) -> list[Cell]:
    """Optional data, `room` cells; of a long number first the rest of it, its digit, a filler."""
    if not more:
        return _plain(room)
    rest = [Cell(DIGITS + LETTERS, _WEIGHTS[n % 3]) for n in range(9, 9 + more)]
    return [*rest, Cell(DIGITS, check=True), *[Cell("<"), *_plain(room)][: room - more - 1]]


def _td1(more: int) -> list[Cell]:
    head = [Cell(LETTERS), *_plain(4, _NAME)]
    first = [*head, *_number(more), *_after(more, 15)]
    second = [*_checked(_DATE), Cell("MFX<"), *_checked(_DATE), *_plain(3, _NAME), *_plain(11), _TOTAL]
    return [*first, *second, *_plain(30, _NAME)]


def _two_lines(length: int, kind: str, rest: list[Cell], more: int = 0) -> list[Cell]:
    """`more`: characters of the number beyond nine; the digit is then in `rest`, over the dates between.

    The dates have digits of their own, so a long number's cells before them are carried past (`carried`).
    """
    first = [Cell(kind), *_plain(length - 1, _NAME)]
    second = [*_number(more), *_plain(3, _NAME), *_checked(_DATE), Cell("MFX<"), *_checked(_DATE), *rest]
    return [*first, *second]


def carried(layout: Layout) -> Iterator[int]:
    """The order in which the decoder walks the cells: in TD2 a long number's rest before the dates."""
    cells = layout.cells
    split = layout.form == "TD2" and cells[45].may == "<"
    if not split:
        return iter(range(len(cells)))
    digit = next(n for n in range(64, 71) if cells[n].check)
    return iter([*range(46), *range(64, digit + 1), *range(46, 64), *range(digit + 1, len(cells))])
