"""What is kept of a fingerprint: its minutiae, and the flow of its ridges."""

from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

DPI = 500
"""Pixels an inch of every print here: others are scaled before they are read."""
ENDING, FORK, OTHER = 1, 2, 0
CELL = 16
"""Pixels a side of a cell of `Flow`."""


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Direction of the ridges, a cell of 16 pixels each.

    `angle`: (rows, columns) uint8, 256 steps of a half turn, counter-clockwise from the x axis.
    `certain`: (rows, columns) uint8, coherence, 0 (no ridges there) to 255.
    """

    angle: NDArray[np.uint8]
    certain: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """One impression of one finger, as ISO/IEC 19794-2 says it.

    `minutiae`: (n, 5) float32 — x, y in pixels from the top left, direction in degrees counter-clockwise (of
    the ridge at an ending, of the valley at a fork), quality 0 to 100, kind (1 ending, 2 fork, 0 other); best
    first, at most 255. `position`: 0 unknown, 1 to 10 right thumb to left little finger. `impression`: the
    standard's code (0 live plain, 1 live rolled, 2 nonlive plain, 3 nonlive rolled, 4 latent, 8 swipe, …).
    `flow`: None where another system wrote the record.
    """

    minutiae: NDArray[np.float32]
    width: int
    height: int
    quality: int = 0
    position: int = 0
    impression: int = 0
    flow: Flow | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.minutiae)

    def at(self, position: int, impression: int | None = None) -> "Print":
        """The same print, said to be of this finger."""
        kept = self.impression if impression is None else impression
        return replace(self, position=position, impression=kept)


class HasPrint(Protocol):
    """What a picture was read to (`reading.Reading`): a print among other things."""

    @property
    def print(self) -> Print: ...


def print_of(one: Print | HasPrint) -> Print:
    """The print itself; TypeError for what is none, such as a picture that nobody read."""
    found = one if isinstance(one, Print) else getattr(one, "print", None)
    if not isinstance(found, Print):
        raise TypeError(
            f"a Print, or a Reading of one, is due, not {type(one).__name__}: `read` makes it of a picture"
        )
    return found
