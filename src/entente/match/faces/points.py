"""Five points of a face by a cascade of regression trees, and the face cut out upright by them.

Sources: Kazemi & Sullivan, "One Millisecond Face Alignment with an Ensemble of Regression Trees" (CVPR 2014);
Umeyama, "Least-squares estimation of transformation parameters" (1991), for the similarity.
"""

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.faces.finding import Box
from entente.match.faces.weights import Cascade, Stage

Points = NDArray[np.float64]
"""(5, 2) x and y: outer and inner corner of the eye at the right of the picture, outer and inner corner of
the eye at the left, and below the nose."""
PADDING = 0.29
"""What the encoder's faces have around them, in shares of the face. The network was trained with 0.25; a
little more tells persons apart no worse and keeps the chin of a head that looks down (`benchmarks.faces`)."""
TEMPLATE: Points = np.array(
    [
        (0.8595674595992, 0.2134981538014),
        (0.6460604764104, 0.2289674387677),
        (0.1205750620789, 0.2137274526848),
        (0.3340850613712, 0.2290642403242),
        (0.4901123135679, 0.6277975316475),
    ]
)
"""Where the five points of the mean face are, published with the weights: the encoder was trained on faces
laid so."""


def points(picture: NDArray[np.uint8], box: Box, cascade: Cascade) -> Points:
    """(5, 2) float, in pixels of the picture (h, w, 3) RGB; looked for in and about the box alone."""
    left, top = max(0, box.left - box.width), max(0, box.top - box.height)
    seen = picture[top : max(top, box.bottom + box.height), left : max(left, box.right + box.width)]
    grey = seen.sum(2, dtype=np.uint16) // 3
    corner = np.array([box.left - left, box.top - top], np.float64)
    extent = np.array([box.right - box.left, box.bottom - box.top], np.float64)
    shape = cascade.mean.copy()
    for stage in cascade.stages:
        turn = similarity(cascade.mean, shape)[:, :2].astype(np.float32)
        at = (stage.delta @ turn.T + shape[stage.anchor]) * extent + corner
        shape = shape + _leaves(stage, _looked_up(grey, at)).sum(0)
    return np.asarray(shape * extent + corner + (left, top), np.float64)


def points_again(picture: NDArray[np.uint8], box: Box, cascade: Cascade) -> Points:
    """The same, found a second time from the box that the first points imply.

    The detector places a box to an eighth of the face only; points that begin from a box which always lies
    alike differ less between two pictures of a person.
    """
    first = points(picture, box, cascade)
    laid_so = similarity(cascade.mean, first)
    half = math.hypot(laid_so[0, 0], laid_so[1, 0]) / 2
    x, y = laid_so[:, :2] @ (0.5, 0.5) + laid_so[:, 2]
    if not 8 <= 2 * half <= 4 * box.width:
        return first
    anew = Box(round(x - half), round(y - half), round(x + half), round(y + half), box.sure)
    return points(picture, anew, cascade)


def _looked_up(grey: NDArray[np.uint16], at: Points) -> NDArray[np.float32]:
    """Grey values at the nearest pixels; 0 outside the picture."""
    pixel = np.floor(at + 0.5).astype(np.int64)
    if not grey.size:
        return np.zeros(len(at), np.float32)
    inside = ((pixel >= 0) & (pixel < grey.shape[::-1])).all(1)
    x, y = np.where(inside, pixel.T, 0)
    return np.where(inside, grey[y, x], 0).astype(np.float32)


def _leaves(stage: Stage, seen: NDArray[np.float32]) -> NDArray[np.float32]:
    """(trees, 5, 2): what each tree of a stage adds."""
    trees = np.arange(len(stage.first))
    splits = stage.first.shape[1]
    node = np.zeros(len(trees), np.int64)
    brighter = seen[stage.first] - seen[stage.second] > stage.limit
    for _ in range((splits + 1).bit_length() - 1):
        node = 2 * node + np.where(brighter[trees, node], 1, 2)
    return np.asarray(stage.leaf[trees, node - splits], np.float32)


def similarity(source: NDArray[np.floating], target: NDArray[np.floating]) -> Points:
    """(2, 3): turn, scale and shift that bring `source` (n, 2) nearest to `target` (n, 2), in least squares.

    Raises `ValueError` where all of `source` is one point.
    """
    a = source - source.mean(0)
    b = target - target.mean(0)
    spread = float((a * a).sum())
    if spread == 0:
        raise ValueError("points that all lie in one place have no direction")
    cosine = float((a * b).sum()) / spread
    sine = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / spread
    turn = np.array([[cosine, -sine], [sine, cosine]])
    return np.concatenate([turn, (target.mean(0) - turn @ source.mean(0))[:, None]], 1)


def upright(picture: NDArray[np.uint8], at: Points, template: Points, side: int) -> NDArray[np.uint8]:
    """(side, side, 3): the picture laid so that the points fall on `template`'s, in pixels.

    What lies outside the picture is as its edge is, which disturbs a network less than black. A face much
    larger than that is halved first, as often as needed, so that no pixel of it is skipped.
    """
    back = similarity(template, at)
    scale = math.hypot(back[0, 0], back[1, 0])
    left, top, right, bottom = _reach(back, side, picture.shape)
    cut = np.ascontiguousarray(picture[top:bottom, left:right])
    back[:, 2] -= (left, top)
    while scale >= 2 and min(cut.shape[:2]) > 4:
        cut = np.asarray(cv2.pyrDown(cut), np.uint8)
        back /= 2
        scale /= 2
    how, edge = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, cv2.BORDER_REPLICATE
    return np.asarray(cv2.warpAffine(cut, back, (side, side), flags=how, borderMode=edge), np.uint8)


def _reach(back: Points, side: int, shape: Sequence[int]) -> tuple[int, int, int, int]:
    """The part of a picture that a face covers, and some pixels around."""
    corners = np.array([(0, 0, 1), (side, 0, 1), (0, side, 1), (side, side, 1)]) @ back.T
    room = 8 * max(1.0, math.hypot(back[0, 0], back[1, 0]))
    low = np.clip(np.floor(corners.min(0) - room), 0, (shape[1] - 1, shape[0] - 1)).astype(int)
    high = np.clip(np.ceil(corners.max(0) + room), low + 1, (shape[1], shape[0])).astype(int)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def laid(side: int) -> Points:
    """The five points of the mean face in pixels of a cut-out of this side, whose first is at 0."""
    return (PADDING + TEMPLATE) / (2 * PADDING + 1) * side - 0.5
