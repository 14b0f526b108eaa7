"""Where a print can be believed, and how good it is as a whole, with reasons."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.prints.minutiae import DPI
from entente.match.prints.sensing import COARSE, Field, Grey, blurred

MM = DPI / 25.4
"""Pixels a millimetre."""
LEAST_SPREAD = 20.0
"""Grey values: the contrast of a faint print, below which nothing is made more of."""


class Reason(NamedTuple):
    """Why a print is less good than it could be: a code for programs, and what to tell the officer."""

    code: str
    text: str


SMALL = Reason("small", "Little of the finger was seen: less than a thumbnail's half.")
FEW = Reason("few", "There are fewer than twelve minutiae: too few to tell fingers apart by them alone.")
FAINT = Reason("faint", "Ridges and valleys differ by a few grey values only.")
DRY = Reason("dry", "Ridges are broken: the finger was dry, or hardly pressed.")
WET = Reason("wet", "Ridges run into each other: the finger was wet, or pressed too hard.")
SMUDGED = Reason("smudged", "In much of the print the ridges have no clear direction.")
CUT = Reason("cut", "The print runs beyond the edge of the picture.")
SEVERAL = Reason("several", "There is more print than one finger leaves; cut out one finger.")
INVERTED = Reason("inverted", "Ridges are white on a dark ground; the picture was read as its negative.")


class Area(NamedTuple):
    """By cells of `COARSE` pixels. `mask`: 1 where there is a print. `clear`: how clear its ridges are, 0 to
    1.
    """

    mask: Grey
    clear: Field


def area(spread: Field, share: Field) -> Area:
    """Where ridges are, by their share of the energy and by contrast (`spread`, grey values).

    The share and not the variance decides: fabric, lettering and a dirty glass have variance too.
    """
    top = max(LEAST_SPREAD, float(np.percentile(spread, 90)))
    contrast = np.clip((spread / top - 0.3) / 0.25, 0, 1)
    clear = blurred(np.clip((share - 0.15) / 0.35, 0, 1) * contrast, 5 / COARSE)
    mask = (clear > max(0.1, 0.3 * float(np.percentile(clear, 95)))).astype(np.uint8)
    mask = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((4, 4), np.uint8)), np.uint8)
    _, label, stats, _ = cv2.connectedComponentsWithStats(mask)
    kept = stats[:, 4] > 0.12 * stats[1:, 4].max(initial=0)
    kept[0] = False
    mask = cv2.copyMakeBorder(kept[label].astype(np.uint8), 6, 6, 6, 6, cv2.BORDER_CONSTANT)
    hole = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (8, 8))
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, hole)[6:-6, 6:-6]
    return Area(np.asarray(closed, np.uint8), np.clip(clear, 0, 1))


class Seen(NamedTuple):
    """What `judged` goes by. `mask`, `clear`: by pixels. `ink`: share of the mask darker than its
    surroundings. `spread`: median contrast there, grey values.
    """

    mask: Grey
    clear: Field
    ink: float
    spread: float
    minutiae: NDArray[np.float32]


def judged(seen: Seen) -> tuple[int, tuple[Reason, ...]]:
    """Quality 0 to 100 and the reasons why it is not more.

    The number is our own (clearness, times what there is of minutiae and of area); it is not NFIQ 2's.
    """
    pixels = int(seen.mask.sum())
    clear = float(seen.clear[seen.mask > 0].mean()) if pixels else 0.0
    square = pixels / MM**2
    count = len(seen.minutiae)
    quality = round(100 * clear * min(1, count / 30) ** 0.5 * min(1, square / 150) ** 0.5)
    edge = np.concatenate([seen.mask[0], seen.mask[-1], seen.mask[:, 0], seen.mask[:, -1]])
    found = {
        SMALL: square < 80,
        SEVERAL: square > 1300,
        FEW: count < 12,
        FAINT: seen.spread < 12,
        DRY: seen.ink < 0.33,
        WET: seen.ink > 0.56,
        SMUDGED: clear < 0.5,
        CUT: float(edge.mean()) > 0.5,
    }
    return quality, tuple(reason for reason, true in found.items() if true)
