"""A picture of several fingers, cut apart by hand: boxes are proposed, a person corrects them, checks name
what is wrong. No finger is ever cut by machine alone."""

from collections.abc import Mapping, Sequence
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydantic import Field

from entente.core.problems import Fault
from entente.match import prints
from entente.rooms.biometrics import model as m
from entente.web.language import N_

Grey = NDArray[np.uint8]
HANDS: Mapping[str, tuple[int, ...]] = {
    "right": (2, 3, 4, 5),
    "left": (10, 9, 8, 7),
    "thumbs": (6, 1),
    "none": (),
}
"""Fingers from left to right, as a slap shows them (ANSI/NIST-ITL 1-2011, table 8: positions 13, 14, 15)."""
AREAS: Mapping[int, str] = {13: "right", 14: "left", 15: "thumbs"}
MOST = 10
LEAST = 64
"""Pixels at 500 dpi: less than 3 mm holds no print (`match.prints`)."""
TALLEST = 600
"""Pixels at 500 dpi of a proposed box, from the finger's tip: below are other joints and the palm."""
SAME = 0.5
"""Of the smaller of two boxes: what is shared beyond it is one finger twice. Boxes of fingers that stand
aslant share their corners."""
_PATCH = 16
_OUTSIDE = N_("The box goes beyond the picture")
_SMALL = N_("The box is smaller than a fingerprint")
_TWICE = N_("Two boxes show the same piece")
_FINGER = N_("Two boxes are said to be the same finger")
_DRAW = N_("Draw it again, or mend its numbers.")


class Box(m.Cut):
    """As `model.Cut`; the finger may be unknown (0)."""

    position: int = Field(default=0, ge=0, le=10)


def checked(shape: Sequence[int], dpi: float, boxes: Mapping[int, Box]) -> list[Fault]:
    """What is wrong with boxes in a picture of `shape` (height, width), at `cuts/<n>/<field>`."""
    high, wide = shape[:2]
    faults = []
    least = LEAST * dpi / prints.DPI
    said = list(boxes.items())
    for k, (n, box) in enumerate(said):
        if box.x + box.width > wide:
            faults.append(Fault(f"cuts/{n}/width", _OUTSIDE, _DRAW))
        if box.y + box.height > high:
            faults.append(Fault(f"cuts/{n}/height", _OUTSIDE, _DRAW))
        for side in ("width", "height"):
            if getattr(box, side) < least:
                faults.append(Fault(f"cuts/{n}/{side}", _SMALL, _DRAW))
        for _n, other in said[:k]:
            if _shared(box, other) > SAME * min(box.width * box.height, other.width * other.height):
                faults.append(Fault(f"cuts/{n}/x", _TWICE, _DRAW))
            if box.position and box.position == other.position:
                faults.append(Fault(f"cuts/{n}/position", _FINGER, N_("Say which finger each is.")))
    return faults


def _shared(one: Box, other: Box) -> int:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(across, 0) * max(down, 0)


def cut(grey: Grey, dpi: float, box: Box) -> bytes:
    """The piece as a PNG that says its resolution: nothing of the file it came in."""
    piece = grey[box.y : box.y + box.height, box.x : box.x + box.width]
    out = BytesIO()
    Image.fromarray(np.ascontiguousarray(piece)).save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


def proposed(grey: Grey, dpi: float, hand: str) -> list[Box]:
    """Boxes to begin with, left to right: pieces that have ridges; the widest is parted where the fewest rows
    have any, while fewer are there than the hand has fingers. Often wrong, for fingers that touch above all.
    """
    fingers = HANDS[hand]
    scale = prints.DPI / dpi
    pieces = _pieces(_ridges(grey, scale))
    if fingers:
        pieces = sorted(pieces, key=lambda piece: -int(piece.sum()))[: len(fingers)]
        while pieces and len(pieces) < len(fingers):
            widest = max(pieces, key=_width)
            if _width(widest) * _PATCH < 3 * LEAST:
                break
            pieces = [piece for piece in pieces if piece is not widest] + _parted(widest)
    pieces = sorted(pieces, key=lambda piece: float(np.flatnonzero(piece.any(0)).mean()))[:MOST]
    boxes = [_box(piece, grey.shape, scale) for piece in pieces]
    known = fingers if len(fingers) == len(boxes) else (0,) * len(boxes)
    return [box.model_copy(update={"position": n}) for box, n in zip(boxes, known, strict=True)]


def _ridges(grey: Grey, scale: float) -> NDArray[np.bool_]:
    """Of each patch whether dark and light alternate in it."""
    high, wide = grey.shape
    if scale < 1:
        size = (max(round(wide * scale), 1), max(round(high * scale), 1))
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    small = (max(round(wide * scale / _PATCH), 1), max(round(high * scale / _PATCH), 1))
    mean = np.asarray(cv2.resize(grey, small, interpolation=cv2.INTER_AREA), np.float32)
    squares = np.asarray(
        cv2.resize(grey.astype(np.uint16) ** 2, small, interpolation=cv2.INTER_AREA), np.float32
    )
    rough = (np.sqrt(np.maximum(squares - mean * mean, 0)) > 18).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(rough, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), bool)


def _pieces(mask: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    count, marked = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    pieces = [np.asarray(marked == n) for n in range(1, count)]
    return [piece for piece in pieces if piece.sum() * _PATCH * _PATCH >= 2 * LEAST * LEAST]


def _width(piece: NDArray[np.bool_]) -> int:
    columns = np.flatnonzero(piece.any(0))
    return int(columns[-1] - columns[0] + 1)


def _parted(piece: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    """Left and right of the column, between a fifth and four fifths, where the fewest patches have ridges."""
    first, wide = int(np.flatnonzero(piece.any(0))[0]), _width(piece)
    left, right = first + max(wide // 5, 1), first + max(wide * 4 // 5, 2)
    at = left + int(np.argmin(piece[:, left:right].sum(0)))
    columns = np.arange(piece.shape[1])
    return [piece & (columns < at), piece & (columns >= at)]


def _box(piece: NDArray[np.bool_], shape: Sequence[int], scale: float) -> Box:
    """With half a patch around: what is only partly in a patch may be missing from it."""
    rows, columns = np.flatnonzero(piece.any(1)), np.flatnonzero(piece.any(0))
    left, top = (max(int(n[0]) * _PATCH - _PATCH // 2, 0) for n in (columns, rows))
    right, bottom = (int(n[-1] + 1) * _PATCH + _PATCH // 2 for n in (columns, rows))
    x, y = max(min(round(left / scale), shape[1] - 32), 0), max(min(round(top / scale), shape[0] - 32), 0)
    wide = min(round(right / scale), shape[1]) - x
    high = min(round(min(bottom, top + TALLEST) / scale), shape[0]) - y
    return Box(x=x, y=y, width=max(wide, 32), height=max(high, 32))
