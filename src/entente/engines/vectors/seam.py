"""The vectors seam: hashes of 256 bits that are alike when few of their bits differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from entente.core.access import View

BITS = 256


@dataclass(frozen=True, slots=True)
class Likeness:
    """One hash of a thing; a thing has several.

    `day`: expiry as days since 1970 (in while day > today). `space`: the sort of hash; hashes of two
    spaces are never compared. `bits`: 32 bytes. Raises ValueError for another length.
    """

    n: int
    class_id: int
    day: int
    space: str
    bits: bytes

    def __post_init__(self) -> None:
        if len(self.bits) * 8 != BITS:
            raise ValueError(f"{len(self.bits)} bytes are no hash of {BITS} bits")


@dataclass(frozen=True, slots=True)
class Near:
    """A thing near one of the asked hashes. `asked`: its place in the question. `distance`: the least of
    the thing's hashes, in bits."""

    asked: int
    n: int
    distance: int


class Vectors(Protocol):
    """Finds the things with a hash within so many bits. Exact: all of them, and nothing else."""

    def apply(self, rows: Iterable[Likeness], gone: Sequence[int], watermark: int) -> None:
        """The hashes of a thing replace all that it had, in every space; the gone keep none, on the disk
        neither; remember the watermark. Visible on return."""
        ...

    def near(
        self,
        space: str,
        asked: Sequence[bytes],
        radius: int,
        view: View,
        most: int | None = None,
        owners: Sequence[int] = (),
    ) -> list[Near]:
        """Every thing in the view with a hash of this space at most `radius` bits from an asked one (32
        bytes each), ordered by (asked, distance, n). What the view excludes changes nothing in it.

        `most`: so many things, the nearest, of each owner for each asked hash, as if the others had nothing.
        `owners`: the owner of class 0, 1, …; further classes have owner 0.
        """
        ...

    def watermark(self) -> int: ...

    def wipe(self) -> None: ...

    def close(self) -> None: ...
