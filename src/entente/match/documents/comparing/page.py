"""What alignment, difference map and anchors share: boxes in mm and pages drawn to one scale.

Pages are grey uint8 arrays [height, width]. Everything is measured at 10 px/mm (254 dpi), the scale at which
the figures of the specification were taken; a reference of another scale is drawn anew to that one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

PX_PER_MM = 10.0
LONGEST_MM = 450.0
"""An A3 page; what claims to be longer has its scale wrong, and would take minutes."""
PAPER = 200.0
"""The grey that paper has when evenly lit."""
SHADE_MM = 4.0
"""Light changes more slowly over a page than this; print changes faster."""


@dataclass(frozen=True, order=True)
class Box:
    """A rectangle on a page in mm, from its upper left corner: x to the right, y down."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        """Raise ValueError where a number is not one, or no area is left."""
        said = (self.x, self.y, self.width, self.height)
        if not all(np.isfinite(v) for v in said) or self.width <= 0 or self.height <= 0:
            raise ValueError(f"no box: {said}")

    @classmethod
    def from_px(cls, box: Iterable[float], px_per_mm: float) -> "Box":
        """A box given by its corners (x0, y0, x1, y1) in px."""
        x0, y0, x1, y1 = (float(v) / px_per_mm for v in box)
        return cls(x0, y0, x1 - x0, y1 - y0)

    def grown(self, mm: float) -> "Box":
        """With a margin all round; a negative margin takes away."""
        return Box(self.x - mm, self.y - mm, self.width + 2 * mm, self.height + 2 * mm)

    def overlaps(self, other: "Box") -> bool:
        """Whether they have any area in common."""
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height

    def slices(self, shape: tuple[int, ...], px_per_mm: float = PX_PER_MM) -> tuple[slice, slice]:
        """Rows and columns of an array of this shape that the box touches, cut at its edges."""
        x0, y0 = (max(0, int(np.floor(v * px_per_mm + 1e-6))) for v in (self.x, self.y))
        x1 = min(shape[1], int(np.ceil((self.x + self.width) * px_per_mm - 1e-6)))
        y1 = min(shape[0], int(np.ceil((self.y + self.height) * px_per_mm - 1e-6)))
        return slice(y0, max(y0, y1)), slice(x0, max(x0, x1))


def to_scale(image: Grey, px_per_mm: float) -> Grey:
    """A page drawn at 10 px/mm.

    Raises ValueError where it is not a grey uint8 array, or a page of no possible size.
    """
    if image.dtype != np.uint8 or image.ndim != 2:
        raise ValueError("a page is a grey uint8 array of two dimensions")
    if not np.isfinite(px_per_mm) or px_per_mm <= 0:
        raise ValueError(f"no scale: {px_per_mm} px/mm")
    height, width = (side / px_per_mm for side in image.shape)
    if not (10 <= height <= LONGEST_MM and 10 <= width <= LONGEST_MM):
        raise ValueError(f"no page is {width:.0f} x {height:.0f} mm")
    if px_per_mm == PX_PER_MM:
        return image
    size = (round(width * PX_PER_MM), round(height * PX_PER_MM))
    way = cv2.INTER_AREA if px_per_mm > PX_PER_MM else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, size, interpolation=way), np.uint8)


def evenly_lit(reference: Grey, page: Grey, fields: Iterable[Box] = ()) -> tuple[Floats, Floats]:
    """Both pages as floats, the drawn page lit as the reference is, and the reference's paper at 200.

    The light of a page is taken against the reference's, place by place. Against a white sheet, a dark
    portrait would pass for shade, and its noise would be raised with it. What is in `fields` says nothing of
    light: there another holder has another portrait.
    """
    small = tuple(max(1, side // 8) for side in reference.shape)
    counted = np.ones(small, np.float32)
    for field in fields:
        counted[field.grown(0.8).slices(small, PX_PER_MM / 8)] = 0.02
    gain = np.clip((_light(reference, counted) + 4.0) / (_light(page, counted) + 4.0), 0.2, 5.0)
    height, width = reference.shape
    whole = cv2.resize(gain.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    paper = np.float32(PAPER / max(float(np.median(reference)), 32.0))
    return np.asarray(reference * paper, np.float32), np.asarray(page * (whole * paper), np.float32)


def _light(page: Grey, counted: Floats) -> Floats:
    rows, columns = counted.shape
    small = cv2.resize(page, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32)
    wide = SHADE_MM * PX_PER_MM / 8
    summed = cv2.GaussianBlur(small * counted, (0, 0), wide)
    return np.asarray(summed / cv2.GaussianBlur(counted, (0, 0), wide), np.float32)


BURNT, WHITE = 250, 238
"""A px of a picture that says nothing more; and from where a reference is as white by itself."""
SPOT_MM = 2.0


def glare(reference: Grey, page: Grey) -> Flags:
    """Spots of the drawn page [h, w], 2 mm wide or more, where light drowned what the reference shows.

    White paper pasted over print looks the same: such spots are told, not passed over.
    """
    around = np.ones((int(SPOT_MM * PX_PER_MM),) * 2, np.uint8)
    burnt = cv2.morphologyEx((page >= BURNT).astype(np.uint8), cv2.MORPH_OPEN, around)
    paper = cv2.blur(reference, (2 * around.shape[0] + 1,) * 2)
    return np.asarray((np.asarray(burnt) > 0) & (np.asarray(paper) < WHITE), bool)


def boxes(flags: Flags) -> list[Box]:
    """Boxes in mm round px [h, w] that touch each other."""
    number, _, found, _ = cv2.connectedComponentsWithStats(flags.astype(np.uint8), connectivity=8)
    told = [[int(v) for v in found[label][:4]] for label in range(1, number)]
    return [Box.from_px((x, y, x + w, y + h), PX_PER_MM) for x, y, w, h in told]
