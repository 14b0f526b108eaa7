"""dHash of 256 bits: whether each of 16 x 17 tiles is darker than its right neighbour.

It says where the picture brightens, tile by tile, so that a caption, a logo or a watermark changes the
tiles it lies on and no others; PDQ, whose waves go through the whole picture, changes all over. Laid out as
the known implementations do: row by row, a one where it brightens, the first in the highest bit.
"""

from functools import lru_cache

import numpy as np

from entente.match.images.reduction import Matrix, area
from entente.match.images.square import CANONICAL, Luma, square

SIDE = 16
_GRAINS = 16.0


@lru_cache(maxsize=2)
def _tiles(count: int) -> Matrix:
    return np.asarray(area(CANONICAL, 0, CANONICAL, count), np.float32)


def dhash(luma: Luma) -> bytes:
    """32 bytes of the canonical square. Steps below a sixteenth of a grey value are none, however
    rounded."""
    tiles = np.rint(_tiles(SIDE) @ square(luma) @ _tiles(SIDE + 1).T * _GRAINS)
    return np.packbits(tiles[:, 1:] > tiles[:, :-1]).tobytes()
