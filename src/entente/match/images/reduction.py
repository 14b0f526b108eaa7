"""What PDQ does to a picture before its cosines, as matrices: all of it is linear and the same along each
axis.

A crop, its enlargement to the square, the two passes of the box filter and the choice of 64 samples are one
product `rows @ picture @ columns.T`; each matrix depends on a length and an interval alone and is kept.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from entente.match.images.square import CANONICAL

SAMPLES = 64
COSINES = 16
PASSES = 2
Matrix = NDArray[np.float32]


def window(length: int) -> int:
    """Width of the box filter along a side of this many pixels."""
    return (length + 2 * SAMPLES - 1) // (2 * SAMPLES)


def box(length: int, width: int) -> NDArray[np.float64]:
    """(length, length): each value becomes the mean of the `width` around it, of fewer at the ends.

    Of an even window the longer half lies to the right, as in the reference.
    """
    ahead = (width + 2) // 2
    at = np.arange(length)
    first = np.maximum(at - (width - ahead), 0)[:, None]
    last = np.minimum(at + ahead - 1, length - 1)[:, None]
    inside = (at >= first) & (at <= last)
    return np.asarray(inside / inside.sum(axis=1, keepdims=True), np.float64)


def area(length: int, start: float, stop: float, out: int = CANONICAL) -> NDArray[np.float64]:
    """(out, length): means over `out` equal stretches of the interval from start to stop, in pixels."""
    edges = np.linspace(start, stop, out + 1)
    at = np.arange(length)
    shared = np.minimum(edges[1:, None], at + 1) - np.maximum(edges[:-1, None], at)
    return np.asarray(np.clip(shared, 0, None) * (out / (stop - start)), np.float64)


def samples(length: int) -> NDArray[np.intp]:
    """The 64 places that are kept of so many."""
    return ((np.arange(SAMPLES) + 0.5) * length / SAMPLES).astype(np.intp)


@lru_cache(maxsize=64)
def reduced(length: int) -> Matrix:
    """(64, length): filtered, then sampled."""
    filtered = np.linalg.matrix_power(box(length, window(length)), PASSES)
    return np.asarray(filtered[samples(length)], np.float32)


@lru_cache(maxsize=256)
def cropped(start: float, stop: float) -> Matrix:
    """(64, 512): of the square, the stretch between two shares of its side, enlarged to 512, filtered,
    sampled."""
    crop = area(CANONICAL, start * CANONICAL, stop * CANONICAL)
    return np.asarray(reduced(CANONICAL) @ crop, np.float32)


@lru_cache(maxsize=1)
def cosines() -> Matrix:
    """(16, 64): the first sixteen cosines but the constant one."""
    frequency, at = np.arange(1, COSINES + 1)[:, None], np.arange(SAMPLES)[None, :]
    waves = np.cos(np.pi / (2 * SAMPLES) * frequency * (2 * at + 1))
    return np.asarray(np.sqrt(2 / SAMPLES) * waves, np.float32)
