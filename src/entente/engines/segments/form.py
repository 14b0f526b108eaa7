"""What an index says of itself, so that its segments can be kept in a folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from entente.engines.segments.manifest import Entry


class Rows(Protocol):
    """Rows of one space; those of a thing lie together in one segment."""

    @property
    def n(self) -> NDArray[np.int64]:
        """The number of each row's thing."""
        ...

    def __len__(self) -> int: ...


class Segment(Protocol):
    """An open segment."""

    def touched(self, ns: NDArray[np.int64]) -> int:
        """How many rows are of these things (sorted)."""
        ...


R = TypeVar("R", bound=Rows)
S = TypeVar("S", bound=Segment)


class Form(Protocol[R, S]):
    """How rows R become a segment S. `most_rows`: of one segment. `called`: what it is an index of."""

    most_rows: int
    called: str

    def joined(self, parts: Sequence[R]) -> R:
        """Some rows after others."""
        ...

    def write(self, folder: Path, rows: R) -> tuple[int, ...]:
        """Write rows into a new folder and flush them to the disk; returns the shape for the manifest."""
        ...

    def read(self, folder: Path, entry: Entry) -> S:
        """Open a segment. Raises FileNotFoundError where files are missing, Corrupt where they are broken."""
        ...

    def left(self, segment: S, out: NDArray[np.int64]) -> R:
        """All rows that are not blanked and not of the things `out` (sorted)."""
        ...

    def blank(self, folder: Path, entry: Entry, ns: NDArray[np.int64]) -> None:
        """Overwrite the rows of some things (sorted) with noughts, on the disk when this returns."""
        ...

    def is_untidy(self, entry: Entry) -> bool:
        """Whether it is worth making a segment again because of what is blanked in it."""
        ...
