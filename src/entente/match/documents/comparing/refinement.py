"""An alignment made finer by small patches all over the drawn page, each sought near its place.

Features lie where print is rich, often on one side of a page, and a homography found there may be mm off on
the other side. Patches lie all over it. First they are sought far at half the scale, then near at the whole.
"""

from collections.abc import Iterable

import cv2
import numpy as np

from entente.match.documents.comparing.page import PX_PER_MM, Box, Flags, Grey
from entente.match.documents.comparing.patches import sought
from entente.match.documents.comparing.reference import Points, Reference
from entente.match.documents.comparing.view import Matrix, carried, drawn

Stage = tuple[float, int, int, float]

STAGES: tuple[Stage, ...] = (
    (0.5, 40, 14, 3.0),
    (0.5, 40, 14, 2.0),
    (1.0, 48, 12, 1.5),
    (1.0, 48, 8, 1.0),
    (1.0, 48, 4, 0.5),
)
"""Scale (1 is 10 px/mm), a patch's side and how far it is sought (px of that scale), how far from the common
homography it may lie (px at 10 px/mm). Each stage brings more patches within reach of the next."""
STILL_PX = 0.5
"""Where no corner moved further, another stage of the same scale would say the same."""
SOFTENED_PX = 1.0
"""Of both pages at the whole scale: fine lines are in the reference and no longer in a photograph."""
MOST_MOVED, LEAST_SPREAD = 6.0, 0.2
"""How many times the reach a corner may move, and the share of the page that the agreeing patches must span:
from one part of a page nothing is known of the other."""
PATCHES = 130
ALIKE = 0.6
FEWEST_FAR, FEWEST_NEAR = 20, 8
"""A few patches far off pull the other side of the page with them."""
LEAST_SHARE = 0.4
"""Of the patches found alike, those that must agree."""


def refine(
    picture: Grey, matrix: Matrix, reference: Reference, fields: Iterable[Box] = ()
) -> tuple[Matrix, int, float] | None:
    """A finer homography, the patches it stands on and their median distance from their places in mm.

    Patches in `fields` are left out. None where too few agree: then the alignment is good for nothing.
    """
    static = np.ones(reference.page.shape, bool)
    for field in fields:
        static[field.slices(static.shape)] = False
    found, still = None, 0.0
    for stage in STAGES:
        if still == stage[0]:
            continue
        step = _stage(picture, matrix, reference, static, stage)
        if step is not None:
            still = stage[0] if _moved(matrix, step[0], reference) < STILL_PX else 0.0
            found, matrix = step, step[0]
    return (found[0], found[1], found[2] / PX_PER_MM) if found else None


def _moved(before: Matrix, after: Matrix, reference: Reference) -> float:
    """How far, in px, the reference's corners move from one homography to the other."""
    height, width = reference.page.shape
    ends = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    between = np.asarray(after @ np.linalg.inv(before), np.float64)
    return float(np.linalg.norm(carried(ends, between) - ends, axis=1).max())


def _stage(
    picture: Grey, matrix: Matrix, reference: Reference, static: Flags, stage: Stage
) -> tuple[Matrix, int, float] | None:
    page, shown = drawn(picture, matrix, reference)
    home, away = _found(reference.page, page, static, shown, stage)
    fewest = FEWEST_FAR if stage[0] < 1 else FEWEST_NEAR
    if len(home) < fewest:
        return None
    step, agreeing = cv2.findHomography(
        away, home, method=cv2.RANSAC, ransacReprojThreshold=stage[3], maxIters=2000, confidence=0.999
    )
    stands_on = int(agreeing.sum()) if step is not None else 0
    if stands_on < max(fewest, LEAST_SHARE * len(home)):
        return None
    moved = np.asarray(step, np.float64)
    after = np.asarray(moved @ matrix, np.float64)
    kept = agreeing.ravel().astype(bool)
    spread = cv2.contourArea(cv2.convexHull(home[kept])) / reference.page.size
    if spread < LEAST_SPREAD or not _moved(matrix, after, reference) <= MOST_MOVED * stage[2] / stage[0]:
        return None
    left = np.linalg.norm(carried(away[kept], moved) - home[kept], axis=1)
    return after, stands_on, float(np.median(left))


def _found(reference: Grey, page: Grey, static: Flags, shown: Flags, stage: Stage) -> tuple[Points, Points]:
    """Middles of patches on the reference and where the page has them, [n, 2] each, px at 10 px/mm."""
    scale, patch, reach, _ = stage
    step = max(8, round(float(np.sqrt(static.sum() / PATCHES)) * scale))
    if scale < 1:
        reference, page = _smaller(reference, scale), _smaller(page, scale)
        static, shown = (_smaller(f.astype(np.uint8) * 255, scale) == 255 for f in (static, shown))
    else:
        reference, page = _softened(reference), _softened(page)
    home, away = [], []
    height, width = page.shape
    half = patch // 2
    edge = half + reach
    for y in range(edge, height - edge + 1, step):
        for x in range(edge, width - edge + 1, step):
            around = (slice(y - edge, y + edge), slice(x - edge, x + edge))
            here = (slice(y - half, y + half), slice(x - half, x + half))
            if not (shown[around].all() and static[here].all()):
                continue
            shift, alike = sought(reference[here], page[around])
            if alike >= ALIKE:
                home.append((x, y))
                away.append((x + shift[0], y + shift[1]))
    points = (np.array(p, np.float32).reshape(-1, 2) / np.float32(scale) for p in (home, away))
    first, second = points
    return first, second


def _smaller(page: Grey, scale: float) -> Grey:
    size = (round(page.shape[1] * scale), round(page.shape[0] * scale))
    return np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)


def _softened(page: Grey) -> Grey:
    return np.asarray(cv2.GaussianBlur(page, (0, 0), SOFTENED_PX), np.uint8)
