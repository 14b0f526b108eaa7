"""PDQ: 256 bits of a picture's sixteen by sixteen lowest frequencies, from the published description.

Source: "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm" (Facebook, 2019):
luminance, two passes of a box filter along each axis, 64 x 64 samples, a quality from their gradients, 16 x
16 cosines, and one bit for each coefficient above the median.
"""

import numpy as np
from numpy.typing import NDArray

from entente.match.images.reduction import Matrix, cosines, reduced
from entente.match.images.square import CANONICAL, Luma, Square, square

LEAST_QUALITY = 50
DIHEDRAL = (
    "as it is",
    "rotated 90",
    "rotated 180",
    "rotated 270",
    "upside down",
    "mirrored",
    "over the diagonal",
    "over the other diagonal",
)
"""How what is asked is laid before it is compared, in the order of `dihedral` and of the reference;
rotations are anticlockwise."""
_GRAINS = 64.0
"""Coefficients are compared in 64ths of a grey value. Rounding errors of another processor are far below,
and in a picture of one colour every coefficient is nought instead of noise."""


def grid(luma: Luma) -> Matrix:
    """64 x 64 samples of the picture at its own size, filtered."""
    height, width = luma.shape
    return np.asarray(reduced(height) @ np.asarray(luma, np.float32) @ reduced(width).T, np.float32)


def quality(samples: Matrix) -> int:
    """0 to 100 from the sum of the gradients: below 50 a hash says too little to be compared."""
    down = np.trunc((samples[:-1] - samples[1:]) * np.float32(100 / 255))
    across = np.trunc((samples[:, :-1] - samples[:, 1:]) * np.float32(100 / 255))
    return min(100, int((np.abs(down).sum() + np.abs(across).sum()) / 90))


def coefficients(samples: Matrix) -> Matrix:
    """16 x 16 of its cosines."""
    return np.asarray(cosines() @ samples @ cosines().T, np.float32)


def bits(waves: NDArray[np.float32]) -> bytes:
    """A bit for each coefficient above the lower median; the last coefficient first, as the reference
    writes it."""
    flat = np.rint(waves * _GRAINS).ravel()
    median = np.partition(flat, flat.size // 2 - 1)[flat.size // 2 - 1]
    return np.packbits((flat > median)[::-1]).tobytes()


def dihedral(whole: Square) -> tuple[bytes, ...]:
    """The 8 hashes of a square and its turned and mirrored copies, in the order of `DIHEDRAL`.

    The published shortcut, signs of the coefficients, is up to 30 bits off, because the filter's even
    window is not its own mirror image (and which of the 8 lies least so is not stable: ThreatExchange issue
    1676). To mirror the matrices instead gives what the mirrored picture gives.
    """
    there = reduced(CANONICAL)
    back = there[:, ::-1]
    down, up = there @ whole, back @ whole
    plain, mirrored = down @ there.T, down @ back.T
    fallen, about = up @ there.T, up @ back.T
    laid = (plain, mirrored.T, about, fallen.T, fallen, mirrored, plain.T, about.T)
    return tuple(bits(coefficients(np.asarray(each, np.float32))) for each in laid)


def pdq(luma: Luma) -> tuple[bytes, int]:
    """Its 32 bytes (`.hex()` is the reference's text) and its quality, of the canonical square."""
    samples = grid(square(luma))
    return bits(coefficients(samples)), quality(samples)


def native(luma: Luma) -> tuple[bytes, int]:
    """The same without the square, as the reference computes it: for its vectors, not for what is kept."""
    samples = grid(luma)
    return bits(coefficients(samples)), quality(samples)


def distance(one: bytes, other: bytes) -> int:
    """In how many of their bits two hashes of one length differ. ValueError when the lengths differ."""
    if len(one) != len(other):
        raise ValueError("hashes of one length")
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()
