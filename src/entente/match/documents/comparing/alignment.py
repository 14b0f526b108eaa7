"""Where a page lies in a picture, and the picture drawn anew onto the reference.

Features of both are paired (ratio test), a homography is found among the pairs (RANSAC) and held against what
a camera can do to a flat page. Then the page is drawn at the reference's scale and small patches all over it
are sought again near their places: their shifts, to a tenth of a px, refine the homography. What does not fit
is said, never forced.
"""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from entente.match.documents.comparing.page import PX_PER_MM, Flags, Grey
from entente.match.documents.comparing.patches import sought
from entente.match.documents.comparing.reference import Descriptors, Points, Reference, features

Matrix = npt.NDArray[np.float64]
Why = Literal["", "few features", "no agreement", "impossible view", "imprecise"]

LOOKS_PX = (0.45e6, 1.8e6)
"""Px at which a picture is first searched for the page, and then where it was not found (a small page in a
large picture)."""
RATIO = 0.75
NEAR_PX = 4.0
"""How far a pair may lie from its place, at 10 px/mm; half-scale features are worth a px or two."""
FEWEST = 25
"""Pairs that agree. By chance, on pictures of other things, up to 9 do."""
MOST_RESIDUAL_MM = 0.3
LEAST_SCALE, STEEPEST = 1.5, 4.0
"""Under 1.5 px/mm no print is seen; across one page a camera changes scale by less than 4."""


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


def align(picture: Grey, reference: Reference) -> Alignment:
    """Find the reference's page in a grey uint8 picture [h, w], whichever way up it lies.

    Raises ValueError where the picture is not one. A picture without the page is an answer, not an error.
    """
    if picture.dtype != np.uint8 or picture.ndim != 2 or min(picture.shape) < 16:
        raise ValueError("a picture is a grey uint8 array of two dimensions, 16 px or more each way")
    best = Alignment(False, "few features")
    for look in LOOKS_PX:
        shrink = min(1.0, float(np.sqrt(look / picture.size)))
        points, descriptors = features(picture, shrink)
        best = max(best, _from_features(picture, points, descriptors, reference), key=lambda a: a.inliers)
        if best.aligned or shrink == 1.0:
            break
    return refined(picture, best, reference) if best.aligned else best


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


def carried(points: Points, matrix: Matrix) -> Points:
    """Points [n, 2] through a homography."""
    moved = cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), matrix)
    return np.asarray(moved, np.float32).reshape(-1, 2)


def seen_corners(matrix: Matrix, reference: Reference) -> Points | None:
    """The corners of the reference in the picture, or None where the homography has no inverse."""
    height, width = reference.page.shape
    try:
        back = np.linalg.inv(matrix)
    except np.linalg.LinAlgError:
        return None
    ends = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    depth = np.c_[ends, np.ones(4)] @ back[2]
    if not np.isfinite(depth).all() or depth.min() * depth.max() <= 0:
        return None  # part of the page would lie behind the camera
    return carried(ends.astype(np.float32), np.asarray(back, np.float64))


def possible(corners: Points, reference: Reference, shape: tuple[int, ...]) -> bool:
    """Whether a camera can see a page so: convex, not mirrored, no side far more shrunk, half in view."""
    sides = np.roll(corners, -1, axis=0) - corners
    turns = sides[:, 0] * np.roll(sides[:, 1], -1) - sides[:, 1] * np.roll(sides[:, 0], -1)
    if not np.isfinite(corners).all() or (turns <= 0).any():
        return False
    width, height = reference.width_mm, reference.height_mm
    scales = np.linalg.norm(sides, axis=1) / (width, height, width, height)
    if scales.min() < LEAST_SCALE or scales.max() > STEEPEST * scales.min():
        return False
    frame = np.array([[0, 0], [shape[1], 0], [shape[1], shape[0]], [0, shape[0]]], np.float32)
    shared, _ = cv2.intersectConvexConvex(corners.astype(np.float32), frame)
    return bool(shared > 0.5 * cv2.contourArea(corners.astype(np.float32)))


def drawn(picture: Grey, matrix: Matrix, reference: Reference) -> tuple[Grey, Flags]:
    """The picture on the reference's page [h, w] at 10 px/mm, and which px of it the picture shows."""
    height, width = reference.page.shape
    # A picture of more px than the page has is softened first, or fine lines would turn into others.
    corners = seen_corners(matrix, reference)
    detail = 1.0
    if corners is not None:
        detail = float(np.sqrt(cv2.contourArea(corners) / (width * height)))
    if detail > 1.25:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.45 * detail), np.uint8)
    page = cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    whole = np.ones(picture.shape, np.uint8)
    shown = cv2.warpPerspective(whole, matrix, (width, height), flags=cv2.INTER_NEAREST)
    return np.asarray(page, np.uint8), np.asarray(shown, np.uint8).astype(bool)


PATCH, REACH = 64, 8
"""A patch's side and how far it is sought, px at 10 px/mm."""
STEP = 96
ALIKE = 0.6
FEWEST_PATCHES = 12


def refined(picture: Grey, rough: Alignment, reference: Reference) -> Alignment:
    """The alignment made finer by patches of the drawn page, each sought within 0.8 mm of its place.

    The rough one stays where too few patches agree.
    """
    assert rough.homography is not None
    page, shown = drawn(picture, rough.homography, reference)
    here, there = [], []
    height, width = reference.page.shape
    edge = PATCH // 2 + REACH
    for y in range(edge, height - edge, STEP):
        for x in range(edge, width - edge, STEP):
            around = (slice(y - edge, y + edge), slice(x - edge, x + edge))
            if not shown[around].all():
                continue
            patch = reference.page[y - PATCH // 2 : y + PATCH // 2, x - PATCH // 2 : x + PATCH // 2]
            shift, alike = sought(patch, page[around])
            if alike >= ALIKE:
                here.append((x, y))
                there.append((x + shift[0], y + shift[1]))
    if len(here) < FEWEST_PATCHES:
        return rough
    home, away = np.array(here, np.float32), np.array(there, np.float32)
    step, agreeing = cv2.findHomography(
        away, home, method=cv2.RANSAC, ransacReprojThreshold=1.0, maxIters=2000
    )
    stands_on = int(agreeing.sum()) if step is not None else 0
    if stands_on < max(FEWEST_PATCHES, len(here) // 2):
        return rough
    finer = np.asarray(step, np.float64) @ rough.homography
    kept = agreeing.ravel().astype(bool)
    left = np.linalg.norm(carried(away[kept], np.asarray(step, np.float64)) - home[kept], axis=1)
    told = judged(picture, finer, reference, rough.inliers, rough.pairs, float(np.median(left)) / PX_PER_MM)
    if not told.aligned:
        return rough
    return Alignment(True, "", finer, rough.inliers, rough.pairs, told.residual_mm, told.corners, stands_on)
