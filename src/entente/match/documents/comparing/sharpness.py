"""Two pages made equally sharp, so that a soft photograph of a genuine page is no difference.

Without it the fine lines of a background lose half their contrast in a photograph, and a genuine page is as
unlike its reference as a changed one (map of genuine photographs up to 0.71 instead of 0.05). A camera
softens ink and background alike; where the background alone is softer, it was copied and printed before the
ink.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from entente.match.documents.comparing.page import PX_PER_MM, Flags, Floats

STEPS = (0.0, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.3, 2.6, 3.0, 3.5, 4.0)
"""Widths of a Gaussian in px that are tried."""
TILES, TILE_PX = 8, 64
"""Tiles each way on which they are tried, spread over the page. The median of what the tiles say counts, so
that an exchanged portrait has no voice in it."""
PRINTED = 4.0
"""Contrast of a tile (standard deviation in grey levels, paper at 200) from which it is more than noise."""
INK, MUCH_INK, LINES_PX = 130.0, 0.02, 1.5
"""A px that stays this dark under a Gaussian of 1.5 px, in which fine lines of a background vanish, is ink; a
tile with this share of them is one of print, a tile with none one of background."""
FEWEST_TILES = 4
COPIED_PX = 0.6
"""Width of the Gaussian (0.06 mm) between ink and background from which the background looks copied. Genuine
photographs have up to 0.34, compressed to JPEG 30 up to 0.49; backgrounds copied through a Gaussian of 1 px
have 0.6 to 1.0, of 1.5 px 1.0 to 1.3."""


@dataclass(frozen=True)
class Softness:
    """How much softer a page is than its reference: widths of a Gaussian in px, negative where it is sharper.

    `ink` and `background` in tiles with and without ink; None where there are too few of them.
    """

    whole: float = 0.0
    ink: float | None = None
    background: float | None = None

    @property
    def whole_mm(self) -> float:
        """`whole` in mm."""
        return self.whole / PX_PER_MM

    @property
    def copied_px(self) -> float:
        """The Gaussian that lies between ink and background, width in px; 0 where it cannot be told."""
        if self.ink is None or self.background is None or self.ink < 0 or self.background <= self.ink:
            return 0.0
        return float(np.sqrt(self.background**2 - self.ink**2))

    @property
    def copied(self) -> bool:
        """Whether the background looks copied."""
        return self.copied_px >= COPIED_PX


def blurred(page: Floats, width: float) -> Floats:
    """The page through a Gaussian of this width in px; 0 leaves it as it is."""
    return np.asarray(cv2.GaussianBlur(page, (0, 0), width), np.float32) if width else page


def equally_sharp(reference: Floats, page: Floats, softness: Softness) -> tuple[Floats, Floats]:
    """Both evenly lit pages, the sharper one softened."""
    return blurred(reference, max(softness.whole, 0.0)), blurred(page, max(-softness.whole, 0.0))


def softness(reference: Floats, page: Floats, counted: Flags | None = None) -> Softness:
    """How much softer an evenly lit page is than its reference, both [h, w].

    In each tile that width is taken at which both agree best. `counted` [h, w]: tiles outside are left out.
    """
    every, inked, plain = [], [], []
    for tile in _tiles(reference.shape):
        first, second = reference[tile], page[tile]
        if min(first.std(), second.std()) < PRINTED or (counted is not None and not counted[tile].all()):
            continue
        width = _best(first, second)
        every.append(width)
        ink = float((blurred(first, LINES_PX) < INK).mean())
        if ink >= MUCH_INK:
            inked.append(width)
        elif ink == 0:
            plain.append(width)
    return Softness(_median(every) or 0.0, *(_median(w) for w in (inked, plain)))


def _median(widths: Sequence[float]) -> float | None:
    return float(np.median(widths)) if len(widths) >= FEWEST_TILES else None


def _best(first: Floats, second: Floats) -> float:
    """The width at which two tiles agree best, between the steps by a parabola."""
    softer = [_agreement(blurred(first, w), second) for w in STEPS]
    at = int(np.argmax(softer))
    if at == 0:
        sharper = [softer[0], *(_agreement(first, blurred(second, w)) for w in STEPS[1:])]
        return -STEPS[int(np.argmax(sharper))]
    if at == len(STEPS) - 1:
        return STEPS[at]
    steps = np.array(STEPS[at - 1 : at + 2])
    bend, slope, _ = np.polyfit(steps, softer[at - 1 : at + 2], 2)
    return float(np.clip(-slope / (2 * bend), steps[0], steps[2])) if bend < 0 else STEPS[at]


def _tiles(shape: tuple[int, ...]) -> list[tuple[slice, slice]]:
    """Tiles in an even net over the page."""
    rows, columns = (_starts(side) for side in shape)
    return [(slice(y, y + TILE_PX), slice(x, x + TILE_PX)) for y in rows for x in columns]


def _starts(side: int) -> list[int]:
    if side <= TILE_PX * TILES:
        return list(range(0, max(1, side - TILE_PX // 2), TILE_PX))
    return [round(s) for s in np.linspace(TILE_PX // 4, side - TILE_PX - TILE_PX // 4, TILES)]


def _agreement(first: Floats, second: Floats) -> float:
    """Correlation of two tiles."""
    one, two = (first - first.mean()).ravel(), (second - second.mean()).ravel()
    return float(one @ two / (np.sqrt((one @ one) * (two @ two)) + 1e-9))
