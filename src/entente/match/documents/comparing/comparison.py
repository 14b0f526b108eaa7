"""One picture against one reference: aligned, made alike in light and sharpness, compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from entente.match.documents.comparing.alignment import Alignment, align
from entente.match.documents.comparing.anchors import Anchor, Reading, measure
from entente.match.documents.comparing.difference import (
    Difference,
    cells_of,
    difference,
    pixels_compared,
)
from entente.match.documents.comparing.page import Box, Grey, boxes, evenly_lit, glare
from entente.match.documents.comparing.reference import Reference
from entente.match.documents.comparing.sharpness import Softness, equally_sharp, softness
from entente.match.documents.comparing.view import drawn

TOO_SOFT_MM = 0.19
"""From here a changed digit scores less than 0.15, near what a poor picture of a genuine page does."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """What comparing found. Without an alignment there is no page, no difference and no reading.

    `page` [h, w]: the picture drawn onto the reference at 10 px/mm, for showing side by side. `glare`: where
    the page is white as its reference is not; nothing was compared there.
    """

    alignment: Alignment
    page: Grey | None = None
    difference: Difference | None = None
    readings: tuple[Reading, ...] = field(default=())
    softness: Softness = field(default=Softness())
    glare: tuple[Box, ...] = field(default=())

    @property
    def clear(self) -> bool:
        """Whether the picture is sharp enough for a change of one digit to show.

        Where not, what was found counts; that nothing else was found does not.
        """
        return self.difference is not None and self.softness.whole_mm < TOO_SOFT_MM

    @property
    def background_copied(self) -> bool:
        """Whether the background was softened before the ink came: scanned from a page and printed again.

        A page copied with its ink is as soft all over, and no different from a softer photograph.
        """
        return self.clear and self.softness.copied


def compare(
    picture: Grey,
    reference: Reference,
    anchors: Sequence[Anchor] = (),
    fields: Sequence[Box] = (),
    threshold: float | None = None,
) -> Comparison:
    """Compare a picture [h, w], grey uint8, with a reference.

    `fields`: boxes whose content is another for each holder; empty when the reference is the same document's
    earlier capture. Raises ValueError where the picture is not one.
    """
    alignment = align(picture, reference, fields)
    if alignment.homography is None or not alignment.aligned:
        return Comparison(alignment)
    page, shown = drawn(picture, alignment.homography, reference)
    glaring = glare(reference.page, page)
    seen = shown & ~glaring
    first, second = evenly_lit(reference.page, page, fields)
    counted = pixels_compared(seen, fields)
    soft = softness(first, second, counted)
    first, second = equally_sharp(first, second, soft)
    told = difference(first, second, cells_of(counted), threshold)
    readings = measure(first, second, told.map, anchors, seen)
    return Comparison(alignment, page, told, tuple(readings), soft, tuple(boxes(glaring)))
