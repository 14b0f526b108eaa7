"""The most likely zone that conforms, exactly, and what it costs against what is printed.

The raw reading is the likeliest character of each cell, whatever it says. The likely reading is the likeliest
string of which every character may stand where it stands, every field agrees with its check digit and all of
them with the composite one: Viterbi over characters x residue of the field x residue of the whole, modulo 10.
Their difference in nats is the cost: below 1 a misread character, above 3 a zone that was printed so, or that
cannot be read. Nothing is repaired: both are told (specs: Doc 9303 part 3, 4.9).
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from entente.match.documents.reading.forms import Cell, Layout, carried, layouts
from entente.match.documents.reading.glyphs import CHARACTERS

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
_VALUES = np.array([*range(36), 0]) % 10
_PASSPORTS = [CHARACTERS.index(c) for c in "PIAC"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Both readings, all lines run together; `cost` in nats, 0 where they are one."""

    form: str
    raw: str
    likely: str
    cost: float


def decoded(said: Floats, length: int) -> Decoded:
    """Decode (cells, 37) log-probabilities of all lines of a zone, `length` characters each."""
    raw = "".join(CHARACTERS[n] for n in said.argmax(axis=1))
    visa = bool(said[0, CHARACTERS.index("V")] > said[0, _PASSPORTS].max())
    best: tuple[float, str, str] | None = None
    for layout in layouts(length, visa=visa):
        # No string of a layout is worth more than its likeliest allowed characters: often enough to stop.
        most = float(np.where(_allowed(layout.cells), said, -np.inf).max(axis=1).sum())
        if best is None or most > best[0]:
            worth, text = likeliest(said, layout)
            if best is None or worth > best[0]:
                best = (worth, text, layout.form)
    assert best is not None  # every length has a layout
    cost = 0.0 if raw == best[1] else max(0.0, float(said.max(axis=1).sum()) - best[0])
    return Decoded(best[2], raw, best[1], cost)


def likeliest(said: Floats, layout: Layout) -> tuple[float, str]:
    """The likeliest string of a layout and the sum of its log-probabilities."""
    order = np.fromiter(carried(layout), int)
    cells = [layout.cells[n] for n in order]
    worth, walked = walk(said[order], cells)
    text = [""] * len(cells)
    for place, character in zip(order, walked, strict=True):
        text[place] = character
    return worth, "".join(text)


def walk(said: Floats, cells: list[Cell]) -> tuple[float, str]:
    """The likeliest string over cells in the order in which they count; -inf where none is allowed."""
    state = np.full(100, -np.inf)
    state[0] = 0.0
    steps: list[tuple[Whole, Whole]] = []
    for given, cell in zip(np.where(_allowed(tuple(cells)), said, -np.inf), cells, strict=True):
        best, who = _by_residue(given)
        came = _came(cell.field, cell.whole, cell.check, cell.total)
        worth = np.where(came >= 0, state[came], -np.inf) + best[:, None]
        taken = worth.argmax(axis=0)
        places = np.arange(100)
        state = worth[taken, places]
        steps.append((came[taken, places], who[taken]))
    end = int(state.argmax())
    total, text = float(state[end]), []
    for before, characters in reversed(steps):
        text.append(CHARACTERS[characters[end]])
        end = int(before[end])
    return total, "".join(reversed(text))


def _by_residue(given: Floats) -> tuple[Floats, Whole]:
    """Of the characters of each value modulo 10 the likeliest: (10,) and which."""
    best, who = np.full(10, -np.inf), np.zeros(10, int)
    for character, worth in enumerate(given):
        value = _VALUES[character]
        if worth > best[value]:
            best[value], who[value] = worth, character
    return best, who


@cache
def _came(field: int, whole: int, check: bool, total: bool) -> Whole:
    """(10 values, 100 states): the state before, 10 x residue of field + residue of whole; -1 for none."""
    came = np.full((10, 100), -1)
    for value in range(10):
        for state in range(100):
            of_field, of_whole = divmod(state, 10)
            after_whole = (of_whole + whole * value) % 10
            if check:
                if value == of_field:
                    came[value, after_whole] = state
            elif not total or value == of_whole:
                came[value, (of_field + field * value) % 10 * 10 + (0 if total else after_whole)] = state
    return came


@cache
def _allowed(cells: tuple[Cell, ...]) -> npt.NDArray[np.bool_]:
    return np.array([[c in cell.may for c in CHARACTERS] for cell in cells])
