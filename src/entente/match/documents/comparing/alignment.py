"""Where a page lies in a picture, and the picture drawn anew onto the reference.

Features of both are paired (ratio test), a homography is found among the pairs (RANSAC) and held against what
a camera can do to a flat page. Then the page is drawn at the reference's scale and small patches all over it
are sought again near their places: their shifts, to a tenth of a px, refine the homography. What does not fit
is said, never forced.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from entente.match.documents.comparing.page import PX_PER_MM, Box, Grey
from entente.match.documents.comparing.reference import Descriptors, Points, Reference, features
from entente.match.documents.comparing.refinement import refine
from entente.match.documents.comparing.view import Matrix, carried, possible, seen_corners

Why = Literal["", "few features", "no agreement", "impossible view", "imprecise"]

LOOKS_PX = (0.45e6, 1.8e6)
"""Px at which a picture is first searched for the page, and then where it was not found (a small page in a
large picture)."""
SHORTEST_PX, LONGEST_PX = 16, 20_000
RATIO = 0.75
NEAR_PX = 4.0
"""How far a pair may lie from its place, at 10 px/mm; half-scale features are worth a px or two."""
FEWEST = 25
"""Pairs that agree. By chance, on pictures of other things, up to 9 do."""
MOST_RESIDUAL_MM = 0.3


@dataclass(frozen=True, eq=False)
class Alignment:
    """How a picture lies on a reference.

    `aligned`: whether the rest is worth anything; else `why` not. `homography` [3, 3] takes px of the picture
    to px of the reference (10 px/mm). `inliers` of `pairs` agree with it. `residual_mm`: how far these, or
    the patches of the refinement, lie from their places, median. `corners` [4, 2]: the page in the picture,
    px, from its upper left corner clockwise. `refined_on`: patches the refinement stands on, 0 where there
    was none.
    """

    aligned: bool
    why: Why = ""
    homography: Matrix | None = None
    inliers: int = 0
    pairs: int = 0
    residual_mm: float = float("inf")
    corners: Points | None = None
    refined_on: int = 0


def align(picture: Grey, reference: Reference, fields: Sequence[Box] = ()) -> Alignment:
    """Find the reference's page in a grey uint8 picture [h, w], whichever way up it lies.

    `fields`: boxes whose content is another for each holder, which say nothing of where the page lies.

    Raises ValueError where the picture is not one. A picture without the page is an answer, not an error.
    """
    if picture.dtype != np.uint8 or picture.ndim != 2:
        raise ValueError("a picture is a grey uint8 array of two dimensions")
    if not all(SHORTEST_PX <= side <= LONGEST_PX for side in picture.shape):
        raise ValueError(f"a picture has {SHORTEST_PX} to {LONGEST_PX} px each way, not {picture.shape}")
    best = Alignment(False, "few features")
    for look in LOOKS_PX:
        shrink = min(1.0, float(np.sqrt(look / picture.size)))
        points, descriptors = features(picture, shrink)
        best = max(best, _from_features(picture, points, descriptors, reference), key=lambda a: a.inliers)
        if best.aligned or shrink == 1.0:
            break
    return _refined(picture, best, reference, fields) if best.aligned else best


def _from_features(
    picture: Grey, points: Points, descriptors: Descriptors, reference: Reference
) -> Alignment:
    if len(points) < FEWEST or len(reference.points) < FEWEST:
        return Alignment(False, "few features")
    pairs = paired(descriptors, reference.descriptors)
    if len(pairs) < FEWEST:
        return Alignment(False, "no agreement", pairs=len(pairs))
    there, here = points[pairs[:, 0]], reference.points[pairs[:, 1]]
    found, agreeing = cv2.findHomography(
        there, here, method=cv2.RANSAC, ransacReprojThreshold=NEAR_PX, maxIters=4000, confidence=0.999
    )
    inliers = int(agreeing.sum()) if found is not None else 0
    if inliers < FEWEST:
        return Alignment(False, "no agreement", inliers=inliers, pairs=len(pairs))
    kept = agreeing.ravel().astype(bool)
    matrix = np.asarray(found, np.float64)
    away = np.linalg.norm(carried(there[kept], matrix) - here[kept], axis=1)
    residual = float(np.median(away)) / PX_PER_MM
    return judged(picture, matrix, reference, inliers, len(pairs), residual)


def judged(
    picture: Grey, matrix: Matrix, reference: Reference, inliers: int, pairs: int, residual_mm: float
) -> Alignment:
    """The homography as an alignment, refused where no camera could have seen a flat page so."""
    corners = seen_corners(matrix, reference)
    why: Why = ""
    if corners is None or not possible(corners, reference, picture.shape):
        why = "impossible view"
    elif residual_mm > MOST_RESIDUAL_MM:
        why = "imprecise"
    return Alignment(not why, why, matrix, inliers, pairs, residual_mm, corners)


def paired(descriptors: Descriptors, kept: Descriptors) -> npt.NDArray[np.intp]:
    """Rows (index here, index there) of descriptors whose nearest is clearly nearer than the second nearest.

    Squared distances of whole numbers up to 255 are exact in float32, so one product of matrices does it.
    """
    here, there = descriptors.astype(np.float32), kept.astype(np.float32)
    lengths, others = (here * here).sum(1)[:, None], (there * there).sum(1)[None]
    away = lengths + others - 2.0 * (here @ there.T)
    rows = np.arange(len(here))
    nearest = away.argmin(1)
    first = away[rows, nearest]
    away[rows, nearest] = np.inf
    clear = first < RATIO**2 * away.min(1)
    return np.stack([rows[clear], nearest[clear]], axis=1)


def _refined(picture: Grey, rough: Alignment, reference: Reference, fields: Sequence[Box]) -> Alignment:
    assert rough.homography is not None
    finer = refine(picture, rough.homography, reference, fields)
    if finer is None:
        return replace(rough, aligned=False, why="imprecise")
    told = judged(picture, finer[0], reference, rough.inliers, rough.pairs, finer[2])
    return replace(told, refined_on=finer[1])
