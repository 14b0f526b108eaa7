"""Two pages made equally sharp, so that a soft photograph of a genuine page is no difference.

Without it the fine lines of a background lose half their contrast in a photograph, and a genuine page is as
unlike its reference as a changed one (map of genuine photographs up to 0.71 instead of 0.05).
"""

import cv2
import numpy as np

from entente.match.documents.comparing.page import Floats

STEPS = (0.0, 0.5, 0.7, 0.9, 1.1, 1.3, 1.6, 2.0, 2.5, 3.2)
"""Widths of a Gaussian in px that are tried."""
SOFTER = tuple(-w for w in STEPS[1:])
TILES, TILE_PX = 5, 72
"""Tiles each way on which they are tried, spread over the page: a tenth of it is enough. The median of what
the tiles say counts, so that an exchanged portrait has no voice in it."""
PRINTED = 4.0
"""Contrast of a tile (standard deviation in grey levels, paper at 200) from which it is more than noise."""


def blurred(page: Floats, width: float) -> Floats:
    """The page through a Gaussian of this width in px; 0 leaves it as it is."""
    return np.asarray(cv2.GaussianBlur(page, (0, 0), width), np.float32) if width else page


def equally_sharp(reference: Floats, page: Floats) -> tuple[Floats, Floats, float]:
    """Both evenly lit pages, the sharper one softened; and how much softer the page is (width in px).

    A negative width: the reference is the softer one. The width at which both agree best is taken, tile by
    tile.
    """
    tiles = [t for t in _tiles(reference.shape) if reference[t].std() >= PRINTED <= page[t].std()]
    if not tiles:
        return reference, page, 0.0
    firsts, seconds = [reference[t] for t in tiles], [page[t] for t in tiles]
    agreed = [
        {w: _agreement(blurred(f, max(w, 0.0)), blurred(s, max(-w, 0.0))) for w in (*STEPS, *SOFTER)}
        for f, s in zip(firsts, seconds, strict=True)
    ]
    widths = sorted(max(each, key=lambda w: (each[w], -abs(w))) for each in agreed)
    width = widths[len(widths) // 2]
    return blurred(reference, max(width, 0.0)), blurred(page, max(-width, 0.0)), width


def _tiles(shape: tuple[int, ...]) -> list[tuple[slice, slice]]:
    """Tiles in an even net over the page; all of a page that is no larger than they are."""
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
