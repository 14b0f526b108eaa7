"""The galleries seam: biometric templates, and the things that an asked set is nearest to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View

Items = NDArray[np.uint64]
"""What a matcher packed of one template, (items, width), at least one: a minutia or a whole face each."""
LAST_POSITION = 10


def _checked(position: int, items: Items, least: int) -> None:
    if not 0 <= position <= LAST_POSITION:
        raise ValueError(f"{position} is no position of a finger: 0 unknown, 1 to {LAST_POSITION}")
    if items.dtype != np.uint64 or items.ndim != 2 or len(items) < least or not items.shape[1]:
        raise ValueError(f"items of shape {items.shape} and type {items.dtype} are no template")


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """One template of a thing; a thing has several.

    `day`: expiry as days since 1970 (in while day > today). `space`: its form and what packed it, such as
    "prints entente-neighbours@1"; templates of two spaces are never compared, those of one have one width.
    `position`: 0 unknown, 1 right thumb to 10 left little finger. Raises ValueError for other positions or
    items.
    """

    n: int
    class_id: int
    day: int
    space: str
    position: int
    items: Items = field(repr=False)

    def __post_init__(self) -> None:
        _checked(self.position, self.items, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A template that is asked for: only what is at its position or at none is compared; 0 with all.

    One without an item asks nothing.
    """

    position: int
    items: Items = field(repr=False)

    def __post_init__(self) -> None:
        _checked(self.position, self.items, 0)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A thing worth a closer look. `score`: higher is nearer, in the scan's own measure."""

    n: int
    score: float


class Galleries(Protocol):
    """Proposes the things nearest to an asked set. Exact: each template in the view is scanned."""

    def apply(self, rows: Iterable[Template], gone: Sequence[int], watermark: int) -> None:
        """The templates of a thing replace all that it had, in every space; the gone keep none, on the disk
        neither; remember the watermark. Visible on return. Raises ValueError for two widths in a space."""
        ...

    def propose(self, space: str, asked: Sequence[Asked], most: int, view: View) -> list[Proposed]:
        """The `most` best of the things in the view with a template to compare, by (score downwards, n).

        The score is the sum, over the asked, of the best that the scan gives to the thing's templates at
        that position. What the view excludes changes nothing in it. Raises ValueError for a form that is
        not known and for items of another width.
        """
        ...

    def spaces(self) -> frozenset[str]:
        """Spaces that hold a template."""
        ...

    def watermark(self) -> int: ...

    def wipe(self) -> None: ...

    def close(self) -> None: ...
