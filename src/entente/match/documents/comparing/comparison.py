"""One picture against one reference: aligned, made alike in light and sharpness, compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from entente.match.documents.comparing.alignment import Alignment, align, drawn
from entente.match.documents.comparing.anchors import Anchor, Reading, measure
from entente.match.documents.comparing.difference import (
    DIFFERENT,
    Difference,
    cells_compared,
    difference,
)
from entente.match.documents.comparing.page import Box, Grey, evenly_lit
from entente.match.documents.comparing.reference import Reference
from entente.match.documents.comparing.sharpness import equally_sharp


@dataclass(frozen=True, eq=False)
class Comparison:
    """What comparing found. Without an alignment there is no page, no difference and no reading.

    `page` [h, w]: the picture drawn onto the reference at 10 px/mm, for showing side by side; `softer_px`:
    how much softer than its reference it is; `rescanned`: its background looks copied.
    """

    alignment: Alignment
    page: Grey | None = None
    difference: Difference | None = None
    readings: tuple[Reading, ...] = field(default=())
    softer_px: float = 0.0
    rescanned: bool = False


def compare(
    picture: Grey,
    reference: Reference,
    anchors: Sequence[Anchor] = (),
    fields: Sequence[Box] = (),
    threshold: float = DIFFERENT,
) -> Comparison:
    """Compare a picture [h, w], grey uint8, with a reference.

    `fields`: boxes whose content is another for each holder; empty when the reference is the same document's
    earlier capture. Raises ValueError where the picture is not one.
    """
    alignment = align(picture, reference)
    if alignment.homography is None or not alignment.aligned:
        return Comparison(alignment)
    page, shown = drawn(picture, alignment.homography, reference)
    first, second, softer = equally_sharp(*evenly_lit(reference.page, page, fields))
    told = difference(first, second, cells_compared(page.shape, shown, fields), threshold)
    readings = measure(first, second, told.map, anchors, shown)
    return Comparison(alignment, page, told, tuple(readings), softer)
