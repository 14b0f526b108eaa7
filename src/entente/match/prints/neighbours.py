"""What stands around a minutia: its nearest neighbours within 85 pixels, seen from it.

Fixed-radius neighbours in the minutia's own frame, so that turning and shifting the print changes nothing
(Jiang & Yau, "Fingerprint minutiae matching based on the local and global structures", ICPR 2000; Ratha et
al., "Robust fingerprint authentication using local structural similarity", WACV 2000). For the scan they are
told as a histogram over rings, bearings and relative directions whose cells grow with the distance: the shape
context of minutiae (Kwan, Gao & Guo 2006), of which only "somebody is there" is kept, one bit a cell.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entente.match.prints.compiled import compiled, twin
from entente.match.prints.minutiae import Print

RADIUS = 85.0
MOST = 14
"""Nearest neighbours that are looked at: more say nothing new, and crowd where a skeleton is noisy."""
TURN = 65_536
"""Steps of a full turn in which directions are kept."""
RADIANS = 2 * np.pi / TURN
EDGES = np.array([0.0, 25.0, 45.0, 65.0, RADIUS])
BEARINGS = np.array([8, 14, 18, 24])
"""Cells of each ring: 64 in all, one word for each of 8 relative directions."""
SECTORS = 8
SLACK, STRETCH, SWING = 1.0, 0.03, 1_565
"""A neighbour that asks counts as standing in every cell that this many pixels, this share of its distance
and these steps of direction (0.15 rad) would bring it to. Little: a cell's own width is tolerance
already."""
NOBODY = 1e9
"""Distance of a neighbour that is not there."""

Places = NDArray[np.int64]
Floats = NDArray[np.float64]
Words = NDArray[np.uint64]

_RING = np.repeat(np.arange(4), BEARINGS)
_WIDTH = -(-TURN // BEARINGS)[_RING]
_BEGIN = np.concatenate([np.arange(count) * TURN // count for count in BEARINGS])


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Minutiae on the grid of whole pixels, y upwards, in the order of their direction.

    `x`, `y`, `direction` (`TURN` steps counter-clockwise) and `quality`: (n,) int64; `index`: (n,) the
    minutia's place in its print.
    """

    x: Places
    y: Places
    direction: Places
    quality: Places
    index: Places


@compiled
def twice_around(direction: Places) -> Places:
    """(2 n,) directions in their order, once around and once more: who is turned alike is then one run."""
    twice = np.empty(2 * len(direction), np.int64)
    for k in range(len(direction)):
        twice[k], twice[len(direction) + k] = direction[k], direction[k] + 65_536
    return twice


def placed(print: Print) -> Placed:
    """The print's minutiae, rounded as they are kept, so that asked and kept prints are read alike."""
    values = np.asarray(print.minutiae, np.float64).reshape(-1, 5)
    x, y = (np.clip(np.rint(values[:, axis]), -16_000, 16_000).astype(np.int64) for axis in (0, 1))
    direction = np.rint(values[:, 2] * (TURN / 360)).astype(np.int64) % TURN
    quality = np.clip(np.rint(values[:, 3]), 0, 100).astype(np.int64)
    order = np.lexsort((y, x, direction))
    return Placed(x[order], -y[order], direction[order], quality[order], order)


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """Neighbours of n minutiae, nearest first: (n, MOST) each, of which `count` (n,) are real.

    `far` in pixels, float64 (`NOBODY` where none is); `bearing` of the neighbour and its `relative`
    direction in steps, int64, from the minutia's own; `ahead`, `aside`: where it stands in the minutia's
    frame, in pixels.
    """

    far: Floats
    bearing: Places
    relative: Places
    ahead: Floats
    aside: Floats
    count: Places


def _nearest_slow(x: Places, y: Places) -> tuple[Places, Floats]:
    across, up = x[None, :] - x[:, None], y[None, :] - y[:, None]
    square = (across * across + up * up).astype(np.float64)
    square[np.arange(len(x)), np.arange(len(x))] = np.inf
    square[square >= RADIUS * RADIUS] = np.inf
    near = np.argsort(square, axis=1, kind="stable")[:, :MOST]
    who, far = np.zeros((len(x), MOST), np.int64), np.full((len(x), MOST), NOBODY)
    found = np.sqrt(np.take_along_axis(square, near, axis=1))
    real = found < RADIUS
    who[:, : near.shape[1]] = np.where(real, near, 0)
    far[:, : near.shape[1]] = np.where(real, found, NOBODY)
    return who, far


@twin(_nearest_slow)
@compiled
def nearest(x: Places, y: Places) -> tuple[Places, Floats]:
    """(n, 14) each: who stands nearest to each minutia, and how far; ties by their order."""
    count = len(x)
    who, far = np.zeros((count, 14), np.int64), np.full((count, 14), 1e9)
    for i in range(count):
        held = 0
        for k in range(count):
            across, up = x[k] - x[i], y[k] - y[i]
            square = float(across * across + up * up)
            if k == i or square >= 7225.0 or (held == 14 and square >= far[i, 13]):
                continue
            at = min(held, 13)
            while at > 0 and far[i, at - 1] > square:
                far[i, at], who[i, at] = far[i, at - 1], who[i, at - 1]
                at -= 1
            far[i, at], who[i, at] = square, k
            held = min(held + 1, 14)
        for at in range(held):
            far[i, at] = np.sqrt(far[i, at])
    return who, far


def around(minutiae: Placed) -> Around:
    """Who stands around each minutia."""
    who, far = nearest(minutiae.x, minutiae.y)
    real = far < RADIUS
    direction = minutiae.direction[:, None]
    across, up = minutiae.x[who] - minutiae.x[:, None], minutiae.y[who] - minutiae.y[:, None]
    bearing = np.rint(np.arctan2(up, across) / RADIANS).astype(np.int64)
    cosine, sine = np.cos(direction * RADIANS), np.sin(direction * RADIANS)
    return Around(
        far,
        (bearing - direction) % TURN,
        (minutiae.direction[who] - direction) % TURN,
        np.where(real, across * cosine + up * sine, NOBODY),
        np.where(real, up * cosine - across * sine, NOBODY),
        np.count_nonzero(real, axis=1),
    )


def _histogram_slow(
    far: Floats, bearing: Places, relative: Places, slack: Floats, swing: Places, turn: int
) -> Words:
    real = (far < RADIUS)[:, :, None]
    ring = (far[:, :, None] >= EDGES[_RING] - slack[:, :, None]) & real
    ring &= far[:, :, None] < EDGES[_RING + 1] + slack[:, :, None]
    swing = swing[:, :, None]
    cell = ring & ((bearing[:, :, None] - _BEGIN + swing) % TURN < _WIDTH + 2 * swing)
    sector = TURN // SECTORS
    words = []
    for at in range(SECTORS):
        faces = (relative - at * sector + turn) % TURN < sector + 2 * turn
        words.append(np.packbits((cell & faces[:, :, None]).any(axis=1), axis=1, bitorder="little"))
    return np.ascontiguousarray(np.stack(words, axis=1)).view("<u8")[:, :, 0].astype(np.uint64)


@compiled
def _histogram_cells(
    far: Floats, bearing: Places, relative: Places, slack: Floats, swing: Places, turn: int,
    edges: Floats, begin: Places, width: Places, ring: Places,
) -> Words:  # fmt: skip
    words = np.zeros((len(far), 8), np.uint64)
    for i in range(len(far)):
        for k in range(far.shape[1]):
            if far[i, k] >= 85.0:
                break
            mask = np.uint64(0)
            for cell in range(64):
                r = ring[cell]
                if far[i, k] < edges[r] - slack[i, k] or far[i, k] >= edges[r + 1] + slack[i, k]:
                    continue
                if (bearing[i, k] - begin[cell] + swing[i, k]) % 65_536 < width[cell] + 2 * swing[i, k]:
                    mask |= np.uint64(1) << np.uint64(cell)
            for at in range(8):
                if (relative[i, k] - at * 8_192 + turn) % 65_536 < 8_192 + 2 * turn:
                    words[i, at] |= mask
    return words


@twin(_histogram_slow)
def histogram(
    far: Floats, bearing: Places, relative: Places, slack: Floats, swing: Places, turn: int
) -> Words:
    """(n, 8): the bits of `bitmaps`, for neighbours that may stand so far from where they are."""
    return _histogram_cells(far, bearing, relative, slack, swing, turn, EDGES, _BEGIN, _WIDTH, _RING)


def bitmaps(near: Around, *, tolerant: bool) -> Words:
    """(n, 8): a word for each relative direction, in it a bit for each cell where a neighbour stands.

    `tolerant`: where it could stand in another impression too. That form asks; what is kept is exact.
    """
    slack = SLACK + STRETCH * near.far if tolerant else np.zeros_like(near.far)
    # A quarter turn to either side at most, for who stands next to the minutia.
    swing = np.minimum(slack / np.maximum(near.far, 1.0), np.pi / 2) / RADIANS
    steps = np.floor(swing).astype(np.int64)
    return histogram(near.far, near.bearing, near.relative, slack, steps, SWING if tolerant else 0)
