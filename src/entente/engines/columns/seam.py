"""The columns seam: the lines of many things, a column at a time, so that figures are computed in a blink."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from numpy.typing import NDArray

from entente.core.access import View

Lines = NDArray[Any]
"""Lines of one space, (lines,), of a structured type: its layout (layouts.py)."""


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """The lines of one thing in one space, at least one, in their order.

    `day`: expiry as days since 1970 (in while day > today). `space`: its name and the version of its layout,
    such as "seizures@1". Raises ValueError for what are no lines.
    """

    n: int
    class_id: int
    day: int
    space: str
    lines: Lines = field(repr=False)

    def __post_init__(self) -> None:
        if self.lines.ndim != 1 or not len(self.lines) or not self.lines.dtype.names:
            raise ValueError(f"shape {self.lines.shape} and type {self.lines.dtype} are no lines")


class Columns(Protocol):
    """Gives whole columns of what is in a view. Exact: each of its lines, and nothing else."""

    def apply(self, rows: Iterable[Record], gone: Sequence[int], watermark: int) -> None:
        """The lines of a thing replace all that it had, in every space; the gone keep none, on the disk
        neither; remember the watermark. Visible on return. Raises ValueError for lines of another layout
        than their space's."""
        ...

    def read(self, space: str, names: Sequence[str], view: View) -> Mapping[str, NDArray[Any]]:
        """The asked columns of every line in the view, all of one length, ordered by (thing, line); they are
        the caller's own.

        "n" is the column of the things' numbers, int64. What the view excludes changes nothing in it. Raises
        ValueError for an unknown space or column.
        """
        ...

    def watermark(self) -> int: ...

    def wipe(self) -> None: ...

    def close(self) -> None: ...
