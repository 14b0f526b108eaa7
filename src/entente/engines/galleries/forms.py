"""How templates of each form are compared: the first word of a space names it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from entente.engines.galleries.seam import Items


class Scan(Protocol):
    """Scores of one asked template against rows of a gallery, higher is nearer."""

    def __call__(
        self, asked: Items, items: Items, start: NDArray[np.int64], rows: NDArray[np.int64], /
    ) -> NDArray[np.float32]:
        """(len(rows),): against items[start[r]:start[r + 1]] for each row r. Each row by itself: neither the
        order of the rows nor what else is scanned changes a score."""
        ...


@dataclass(frozen=True, slots=True)
class Form:
    """`scan`: the fast way, which lets other threads run. `slow`: its exact twin, which defines it."""

    scan: Scan
    slow: Scan


Forms = Callable[[str], Form]
"""The form of this name. Raises ValueError for an unknown one."""


def form_of(name: str) -> Form:
    """The forms of the house. What compares them is imported at the first question."""
    match name:
        case "prints" | "marks" | "solved":
            from entente.match import prints  # noqa: PLC0415

            return Form(prints.scan, prints.scan_slow)
        case "faces":
            from entente.match import faces  # noqa: PLC0415

            return Form(faces.scan, faces.scan_slow)
    raise ValueError(f"templates of the form {name!r} cannot be compared")


def named(space: str) -> str:
    return space.partition(" ")[0]
