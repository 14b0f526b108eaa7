"""A table as numbers, column by column, and what of it could not be read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.match.goods.conversions import Conversion
from entente.match.goods.meanings import Meaning

Ints = NDArray[np.int64]
NOTHING = frozenset("- – — . .. ... null none nan na n/a n.a. nd n.d. #n/a".split())
"""How tables say that they say nothing."""
EMPTY = -1
"""The number of what is not said."""


@dataclass(frozen=True, slots=True)
class Told:
    """A value that was not read as it stands, in how many rows, the first of them, and whether they are left
    out of all figures (else only what the value would have said is missing)."""

    column: str
    text: str
    why: str
    rows: int
    first: int
    left_out: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """What holds for the whole file: `constants` (role to value, where no cell says it; `fiscal`: the month,
    1 to 12, in which its years begin), the sign before
    decimals, "day first" or "month first", "1900" or "1904" (numbers are days), the asker's conversions."""

    constants: Mapping[str, str] = field(default_factory=dict)
    decimal: str = ""
    order: str = ""
    excel: str = ""
    own: tuple[Conversion, ...] = ()


class Cells:
    """A table as numbers: for each column each row's place among the column's distinct values."""

    def __init__(self, header: Sequence[str], meanings: Sequence[Meaning], ways: Ways) -> None:
        self.header, self.meanings, self.told = tuple(header), tuple(meanings), list[Told]()
        self.used = [at for at, one in enumerate(meanings) if one.role]
        self.values: dict[int, dict[str, int]] = {at: {} for at in self.used}
        self.codes: dict[int, list[int]] = {at: [] for at in self.used}
        self.lines: list[int] = []
        self.ways = ways
        self.decimal = ways.decimal or None

    def fill(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        wide, longer = len(self.header), list[int]()
        for number, cells in rows:
            if not any(cells):
                continue
            if len(cells) > wide:
                longer.append(number)
                continue
            self.lines.append(number)
            for at in self.used:
                text = cells[at] if at < len(cells) else ""
                known = self.values[at]
                self.codes[at].append(known.setdefault(text, len(known)))
        if longer:
            self.told.append(Told("", "", "has more cells than the header", len(longer), longer[0], True))
        self.line = np.array(self.lines, np.int64)
        self.left = np.zeros(len(self.line), np.bool_)

    def places(self, role: str) -> list[int]:
        return [at for at in self.used if self.meanings[at].role == role]

    def texts(self, at: int) -> list[str]:
        return ["" if text.strip().casefold() in NOTHING else text.strip() for text in self.values[at]]

    def at(self, at: int) -> Ints:
        return np.array(self.codes[at], np.int64)

    def tell(self, at: int, text: str, why: str, rows: NDArray[np.bool_], left_out: bool) -> None:
        if rows.any():
            name = self.header[at] if at >= 0 else ""
            first = int(self.line[rows.argmax()])
            self.told.append(Told(name, text, why, int(rows.sum()), first, left_out))
            if left_out:
                self.left |= rows

    def read(
        self, role: str, one: Callable[[str], Any], none: Any, leave: bool = True, at: int = EMPTY
    ) -> NDArray[Any]:
        """(N,) or (N, k): what `one` reads of the role's column, or of its constant; `none` where nothing is
        said or it cannot be read, which is told (and leaves the rows out unless `leave` is False)."""
        places = [at] if at >= 0 else self.places(role)
        if not places:
            text = self.ways.constants.get(role, "")
            try:
                value = np.array(one(text) if text else none)
            except ValueError as why:
                raise ValueError(f"is given {role}={text}, which {why}") from None
            return np.broadcast_to(value, (len(self.line), *value.shape)).copy()
        found, wrong = [], []
        constant = self.ways.constants.get(role, "")
        for code, cell in enumerate(self.texts(places[0])):
            value, text = none, cell or constant
            if text:
                try:
                    value = one(text)
                except ValueError as why:
                    wrong.append((code, text, str(why)))
            found.append(value)
        row = self.at(places[0])
        if wrong:
            self._tell_all(places[0], wrong, row, leave)
        return np.array(found or [none])[row] if len(row) else np.array([none])[:0]

    def _tell_all(self, at: int, wrong: Sequence[tuple[int, str, str]], row: Ints, leave: bool) -> None:
        known, first, many = np.unique(row, return_index=True, return_counts=True)
        place = {int(code): n for n, code in enumerate(known)}
        for code, text, why in wrong:
            if (n := place.get(code)) is not None:
                line = int(self.line[first[n]])
                self.told.append(Told(self.header[at], text, why, int(many[n]), line, leave))
        if leave:
            self.left |= np.isin(row, [code for code, _, _ in wrong])


def repeated(cells: Cells) -> tuple[int, int, int]:
    """Keys (all columns but figures) that stand in more than one row, those rows, and how many of them
    repeat another's quantity, too."""
    figures = {"quantity", "unit", "value", "currency", "total"}
    keys = [cells.at(at) for at in cells.used if cells.meanings[at].role not in figures]
    if not keys or not len(cells.line):
        return 0, 0, 0
    row = _ranked(keys)
    many = np.bincount(row)
    whole = _ranked([row, *(cells.at(at) for at in cells.places("quantity"))])
    same = np.bincount(whole)
    return int((many > 1).sum()), int(many[many > 1].sum()), int((same - 1).sum())


def _ranked(keys: Sequence[Ints]) -> Ints:
    row = np.zeros(len(keys[0]), np.int64)
    for key in keys:
        row = np.unique(row * (int(key.max(initial=0)) + 1) + key, return_inverse=True)[1].astype(np.int64)
    return row
