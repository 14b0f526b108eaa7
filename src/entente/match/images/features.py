"""Local features: whether two pictures show the same place or object, however they were cut, turned or
pasted.

Oriented corners with binary descriptors (ORB: Rublee et al., ICCV 2011), an equal share from every cell of
the picture (specs A2.4: without it the letters of a watermark take all the corners), matched by the ratio
of their distances, and a homography they agree on. It also links different photographs of one room, which
no hash does: that is its own line, not a copy. Descriptors can be partly inverted, so they stay with
whoever holds the file and go from holder to holder on request.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.images.square import CANONICAL, Luma

CELLS, PER_CELL = 6, 12
RATIO = 0.8
TOLERANCE = 4.0
"""Pixels by which a corner may miss its place under the homography."""
SCENE_FROM = 15
"""Corners that must agree; unrelated pictures had 11 at most (specs A2.4)."""
LEAST_AREA, MOST_AREA = 0.02, 50.0
"""By how much the one may be smaller or larger than the other."""
_DETECTED = 4000


@dataclass(frozen=True, slots=True)
class Corners:
    """Places (n, 2) in pixels of a picture whose longer side is 512, and descriptors (n, 32)."""

    places: NDArray[np.float32]
    descriptors: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Features:
    """A picture's corners; what it is asked with besides: its mirror image, and each quarter of it
    enlarged."""

    whole: Corners
    asked: tuple[Corners, ...]


def read(luma: Luma) -> Features:
    """Its features, of its mirror image and of its quarters (a picture in a collage is one of them)."""
    grey = np.asarray(np.rint(luma), np.uint8)
    height, width = grey.shape
    middle, centre = height // 2, width // 2
    quarters = []
    if min(middle, centre) > 0:
        rows, columns = (slice(0, middle), slice(middle, None)), (slice(0, centre), slice(centre, None))
        quarters = [corners(grey[r, c]) for r in rows for c in columns]
    return Features(corners(grey), (corners(np.ascontiguousarray(grey[:, ::-1])), *quarters))


def corners(grey: NDArray[np.uint8]) -> Corners:
    """The strongest corners of each of 6 x 6 cells, of the picture scaled to 512."""
    height, width = grey.shape
    scale = CANONICAL / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    scaled = cv2.resize(np.ascontiguousarray(grey), size, interpolation=how)
    orb = cv2.ORB.create(nfeatures=_DETECTED, fastThreshold=10)
    found = sorted(orb.detect(scaled, None), key=lambda point: -point.response)
    taken: dict[tuple[int, int], int] = {}
    kept = []
    for point in found:
        cell = (int(point.pt[0] * CELLS / size[0]), int(point.pt[1] * CELLS / size[1]))
        if taken.get(cell, 0) < PER_CELL:
            taken[cell] = taken.get(cell, 0) + 1
            kept.append(point)
    described, descriptors = orb.compute(scaled, kept)
    if descriptors is None:
        return Corners(np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8))
    places = np.asarray([point.pt for point in described], np.float32).reshape(-1, 2)
    return Corners(places, np.asarray(descriptors, np.uint8))


def plausible(matrix: NDArray[np.float64], places: NDArray[np.float32]) -> bool:
    """Whether a homography is one a camera or an editor makes: it keeps the handedness of the area that the
    matched corners cover, folds nothing, and changes its size within bounds."""
    low, high = places.min(axis=0), places.max(axis=0)
    around = np.asarray(
        [[low[0], low[1]], [high[0], low[1]], [high[0], high[1]], [low[0], high[1]]], np.float64
    )
    mapped = np.column_stack([around, np.ones(4)]) @ matrix.T
    if np.any(mapped[:, 2] * np.sign(mapped[0, 2]) <= 1e-6):
        return False
    there = mapped[:, :2] / mapped[:, 2:]
    sides = np.roll(there, -1, axis=0) - there
    following = np.roll(sides, -1, axis=0)
    bends = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
    if np.any(bends <= 0):
        return False
    before = float(np.prod(high - low))
    after = float(cv2.contourArea(there.astype(np.float32)))
    return before > 0 and LEAST_AREA <= after / before <= MOST_AREA


def agreeing(asked: Corners, kept: Corners) -> int:
    """How many corners agree on one plausible homography, 0 when none is found."""
    if len(asked.places) < 4 or len(kept.places) < 4:
        return 0
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(asked.descriptors, kept.descriptors, k=2)
    good = [p[0] for p in pairs if len(p) == 2 and p[0].distance < RATIO * p[1].distance]
    # Several corners that all point at one place (a repeated pattern) would agree on a homography of no
    # extent.
    nearest = {m.trainIdx: m for m in sorted(good, key=lambda m: (-m.distance, -m.queryIdx))}
    matched = sorted(nearest.values(), key=lambda m: m.queryIdx)
    if len(matched) < 4:
        return 0
    here = asked.places[[m.queryIdx for m in matched]]
    there = kept.places[[m.trainIdx for m in matched]]
    matrix, inside = cv2.findHomography(here, there, cv2.RANSAC, TOLERANCE)
    if matrix is None or inside is None:
        return 0
    agree = np.asarray(inside, bool).ravel()
    if agree.sum() < 4 or not plausible(np.asarray(matrix, np.float64), here[agree]):
        return 0
    return int(agree.sum())


def same_scene(one: Features, other: Features) -> int:
    """Corners that agree, of the best of what either is asked with; from SCENE_FROM on it is the same scene.

    Whichever is asked: each whole picture is met by all that the other is asked with.
    """
    asked = [(one.whole, other.whole), (other.whole, one.whole)]
    asked += [(each, other.whole) for each in one.asked] + [(each, one.whole) for each in other.asked]
    best = 0
    for here, there in asked:
        best = max(best, agreeing(here, there))
        if best >= SCENE_FROM:
            break
    return best
