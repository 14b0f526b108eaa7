"""Where a picture ends and its border begins: frames, letterboxes, the margins of a scan.

From each side lines are taken away as long as they are of that side's colour, but for what compression left
around the picture's edge. A border within a border goes too. A picture of which little would remain (a
night sky, an empty page) has no border.
"""

import numpy as np
from numpy.typing import NDArray

from entente.match.images.square import Luma

MEAN = 6.0
"""Mean distance from the border's colour, in grey values, up to which a line belongs to it."""
INNER_MEAN = 3.0
"""The same for a border within a border: there, an even sky would pass for one."""
STRAY, STRAYS = 32.0, 0.01
"""At most this share of a line may lie further from the colour than that."""
LEAST = 0.3
"""Share of each side that must remain."""
REACH = 8
"""Lines over which a block of JPEG smears an edge."""
FAR_LARGER = 4.0
LEAST_BORDER = 4
"""Lines from which on there is a border whose end can be smeared."""
LAYERS = 4


def _depth(lines: Luma, most: int, mean_off: float) -> int:
    """How many of the lines, from the first on, are of the first one's colour; `most + 1` when all are."""
    colour = np.float32(np.median(lines[0]))
    before = 0.0
    for depth in range(most + 1):
        off = np.abs(lines[depth].astype(np.float32) - colour)
        mean = float(off.mean())
        if mean > mean_off or np.count_nonzero(off > STRAY) > STRAYS * off.size:
            if depth < LEAST_BORDER:
                return depth
            near = np.abs(lines[depth : depth + REACH].astype(np.float32) - colour)
            return depth + _ringing(near.mean(axis=1), before)
        before = mean
    return most + 1


def _ringing(off: NDArray[np.float32], before: float) -> int:
    """How many more lines are the border still, blurred and ringing.

    Strong compression smears the picture's edge over its block. The edge is where the largest step is, if
    that is far larger than the one at which the colour began to change.
    """
    steps = np.diff(off, prepend=np.float32(before))
    largest = int(np.argmax(steps))
    return largest if off[0] <= 2 * MEAN and steps[largest] > FAR_LARGER * max(float(steps[0]), 1.0) else 0


def content(luma: Luma) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of what is inside its border, as of a slice; the whole when there is
    none."""
    height, width = luma.shape
    top, bottom, left, right = 0, height, 0, width
    for layer in range(LAYERS):
        before = (top, bottom, left, right)
        for axis in (0, 1):
            for far in (False, True):
                inside = luma[top:bottom, left:right]
                lines = inside if axis == 0 else inside.T
                lines = lines[::-1] if far else lines
                # One line always remains, so that a colour can be asked of it.
                most = lines.shape[0] - 2
                depth = _depth(lines, most, MEAN if layer == 0 else INNER_MEAN) if most >= 0 else 0
                if most >= 0 and depth > most:
                    return 0, height, 0, width
                if axis == 0:
                    top, bottom = (top, bottom - depth) if far else (top + depth, bottom)
                else:
                    left, right = (left, right - depth) if far else (left + depth, right)
        if (top, bottom, left, right) == before:
            break
    if bottom - top < LEAST * height or right - left < LEAST * width:
        return 0, height, 0, width
    return top, bottom, left, right
