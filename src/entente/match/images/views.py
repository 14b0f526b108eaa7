"""The hashes a picture is kept under, and those it is asked with: so that crops, borders and turns are
found.

Whoever has a picture keeps 18 of it: the whole, what is inside its border, and the crops people make.
Whoever asks has 16: the 8 ways a copy may lie, with and without border. Each of the one is compared with
each of the other (specs A2.3), and no picture leaves the bureau for it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from entente.match.images.borders import content
from entente.match.images.dhash import dhash
from entente.match.images.pdq import LEAST_QUALITY, bits, coefficients, dihedral, grid, quality
from entente.match.images.reduction import SAMPLES, Matrix, cropped
from entente.match.images.square import Luma, Square, square

_CENTRE = (0.97, 0.945, 0.915, 0.875)
_CORNER = (0.95, 0.90)
_EDGE = 0.88
Stretch = tuple[float, float]


def _crops() -> tuple[tuple[str, Stretch, Stretch], ...]:
    """Name, rows and columns (shares of the side) of the views but the trimmed one."""
    whole = (0.0, 1.0)
    made: list[tuple[str, Stretch, Stretch]] = [("whole", whole, whole)]
    for share in _CENTRE:
        inner = ((1 - share) / 2, (1 + share) / 2)
        made.append((f"centre {share:g}", inner, inner))
    for share in _CORNER:
        first, last = (0.0, share), (1 - share, 1.0)
        made.append((f"corner {share:g} top left", first, first))
        made.append((f"corner {share:g} top right", first, last))
        made.append((f"corner {share:g} bottom left", last, first))
        made.append((f"corner {share:g} bottom right", last, last))
    first, last = (0.0, _EDGE), (1 - _EDGE, 1.0)
    made.append((f"edge {_EDGE:g} top", first, whole))
    made.append((f"edge {_EDGE:g} bottom", last, whole))
    made.append((f"edge {_EDGE:g} left", whole, first))
    made.append((f"edge {_EDGE:g} right", whole, last))
    return tuple(made)


_CROPS = _crops()
_ROWS: tuple[Stretch, ...] = tuple(dict.fromkeys(rows for _, rows, _ in _CROPS))
VIEWS: tuple[str, ...] = ("whole", "without border", *(name for name, _, _ in _CROPS[1:]))
"""What each of a picture's 18 hashes is of; a crop is named by what is left of it, and where."""


def trimmed(luma: Luma) -> Square | None:
    """The square of what is inside its border, None when there is none."""
    top, bottom, left, right = content(luma)
    if (bottom - top, right - left) == luma.shape:
        return None
    inside: Luma = luma[top:bottom, left:right]
    return square(inside)


@lru_cache(maxsize=1)
def _stacked() -> Matrix:
    """(64 times the kinds of rows, 512)."""
    return np.concatenate([cropped(*rows) for rows in _ROWS])


def _grids(whole: Square) -> list[Matrix]:
    """64 x 64 samples of each crop. Crops that share their rows share that product."""
    stacked = _stacked() @ whole
    made = []
    for _, rows, columns in _CROPS:
        at = _ROWS.index(rows) * SAMPLES
        made.append(np.asarray(stacked[at : at + SAMPLES] @ cropped(*columns).T, np.float32))
    return made


@dataclass(frozen=True, slots=True)
class Likenesses:
    """All hashes of one picture: `views` in the order of `VIEWS`, 15 `turns`, dHash, PDQ's quality."""

    views: tuple[bytes, ...]
    turns: tuple[bytes, ...]
    dhash: bytes
    quality: int


def likenesses(luma: Luma) -> Likenesses:
    """All hashes of a picture, from one square of it and one of what is inside its border."""
    whole, inside = square(luma), trimmed(luma)
    samples = _grids(whole)
    within = None if inside is None else grid(inside)
    return Likenesses(
        _views(samples, within), _turns(whole, inside, within), dhash(whole), quality(samples[0])
    )


def views(luma: Luma) -> tuple[bytes, ...]:
    """18 hashes, in the order of `VIEWS`, the whole first.

    A view with too little in it (a crop of sky) would meet every other such view: the whole stands in its
    place.
    """
    inside = trimmed(luma)
    return _views(_grids(square(luma)), None if inside is None else grid(inside))


def _views(samples: list[Matrix], within: Matrix | None) -> tuple[bytes, ...]:
    whole = bits(coefficients(samples[0]))
    laid = (samples[0] if within is None else within, *samples[1:])
    rest = (bits(coefficients(each)) if quality(each) >= LEAST_QUALITY else whole for each in laid)
    return (whole, *rest)


def turns(luma: Luma) -> tuple[bytes, ...]:
    """15 more hashes to ask with: the 7 other ways the picture may lie, then the 8 of it without its
    border."""
    inside = trimmed(luma)
    return _turns(square(luma), inside, None if inside is None else grid(inside))


def _turns(whole: Square, inside: Square | None, within: Matrix | None) -> tuple[bytes, ...]:
    plain = dihedral(whole)
    if inside is None or within is None or quality(within) < LEAST_QUALITY:
        return (*plain[1:], *plain)
    return (*plain[1:], *dihedral(inside))
