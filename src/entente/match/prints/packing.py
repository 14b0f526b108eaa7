"""A print as the rows of words that a gallery keeps and the scan reads."""

import numpy as np

from entente.match.prints.minutiae import HasPrint, Print, print_of
from entente.match.prints.neighbours import SECTORS, Placed, Places, Words, around, bitmaps, placed

WIDTH = SECTORS + 1
"""Words of a row: the bitmap of neighbours, and one that packs place, direction, bits and quality."""


def pack(print: Print | HasPrint) -> Words:
    """(minutiae, WIDTH) uint64: what a gallery keeps of a print, a row each in the order of directions.

    The last word holds, from its lowest bit: x and y (16 bits each, two's complement, pixels of 500 dpi, y
    upwards), the direction (16, steps of a turn), how many bits the bitmap has (8), the quality (8).
    TypeError for what is no print and no reading of one.
    """
    minutiae = placed(print_of(print))
    rows = np.zeros((len(minutiae.x), WIDTH), np.uint64)
    rows[:, :SECTORS] = bitmaps(around(minutiae), tolerant=False)
    bits = np.bitwise_count(rows[:, :SECTORS]).sum(axis=1, dtype=np.int64)
    place = (minutiae.x & 0xFFFF) | (minutiae.y & 0xFFFF) << 16 | minutiae.direction << 32
    rows[:, SECTORS] = (place | bits << 48 | minutiae.quality << 56).astype(np.uint64)
    return rows


def unpacked(rows: Words) -> Placed:
    """The minutiae that were packed."""
    word = np.ascontiguousarray(rows[:, SECTORS])
    x, y = (((word >> np.uint64(by)) & np.uint64(0xFFFF)).astype(np.uint16).view(np.int16) for by in (0, 16))
    direction = ((word >> np.uint64(32)) & np.uint64(0xFFFF)).astype(np.int64)
    quality = (word >> np.uint64(56)).astype(np.int64)
    return Placed(x.astype(np.int64), y.astype(np.int64), direction, quality, np.arange(len(rows)))


def asking(rows: Words) -> tuple[Words, Places]:
    """The form that asks, from the form that is kept.

    (m, 8) tolerant bitmaps; (m, 4) int64: x, y, direction, how many neighbours asked.
    """
    minutiae = unpacked(rows)
    near = around(minutiae)
    places = np.stack([minutiae.x, minutiae.y, minutiae.direction, near.count], axis=1)
    return bitmaps(near, tolerant=True), np.ascontiguousarray(places)
