"""The canonical square: 512 x 512 grey values, reached by averaging over areas.

A hash of the square is nearer to that of a smaller copy than a hash of the full picture is (specs A2.1:
median 2 bits against 10), and costs the same however large the file was. What is a square already is left
alone, so that `pdq(square(luma))` and `pdq(luma)` are one.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

CANONICAL = 512
Luma = NDArray[np.uint8] | NDArray[np.float32]
"""Luminance, 0 to 255: bytes (h, w) as decoded, or a square."""
Square = NDArray[np.float32]


def square(luma: Luma) -> Square:
    """Its luminance in (512, 512) float32. ValueError when it is no grey picture with a pixel in it."""
    if luma.ndim != 2 or not luma.size:
        raise ValueError("a grey picture, rows by columns, with at least one pixel")
    if luma.dtype == np.float32 and luma.shape == (CANONICAL, CANONICAL):
        return np.asarray(luma, np.float32)
    height, width = luma.shape
    plain = np.ascontiguousarray(luma, np.float32)
    # OpenCV averages over areas only where both sides shrink; else it samples, and a wide, low picture
    # would alias. So each side that shrinks does so on its own first, and what is too small is enlarged
    # after.
    shrunk = (min(width, CANONICAL), min(height, CANONICAL))
    if shrunk != (width, height):
        plain = cv2.resize(plain, shrunk, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
    if shrunk != (CANONICAL, CANONICAL):
        plain = cv2.resize(plain, (CANONICAL, CANONICAL), interpolation=cv2.INTER_LINEAR).astype(
            np.float32, copy=False
        )
    return plain
