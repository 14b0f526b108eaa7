"""Where faces are: the detector over a picture in ever smaller sizes, and of overlapping boxes the best.

Sizes and the network's places in the picture follow the detector's own training (King 2015): each size is
five sixths of the one before, a face fills a window of 80 pixels in one of them.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.faces import networks
from entente.match.faces.running import Network
from entente.match.faces.weights import Detector

LONGEST = 1024
"""Pixels of the longer side at most that are searched: larger pictures are scaled down first, which bounds
the work to about half a second of one core."""
DOUBLED = 512
"""Pictures whose longer side is shorter, and in which no face of 80 pixels is, are searched at twice their
size for faces from 40 on."""
MOST = 32
"""Faces kept of one picture, the surest first."""
_BORDER, _SMALLEST, _CELL, _FIRST = 11, 40, 8, 14
"""Black pixels around each size; its shorter side at least; pixels a cell of the network's answer covers,
and the middle of its first."""


@dataclass(frozen=True, slots=True)
class Box:
    """A face's place in pixels of the picture, parts of which may lie outside; `sure`: the network's score,
    above 0 a face."""

    left: int
    top: int
    right: int
    bottom: int
    sure: float

    @property
    def width(self) -> int:
        return self.right - self.left + 1

    @property
    def height(self) -> int:
        return self.bottom - self.top + 1


class Finder:
    """The detector, ready to look."""

    def __init__(self, weights: Detector, threads: int = 1) -> None:
        self.weights = weights
        self._network = Network(networks.detector(weights), threads)

    def __call__(self, picture: NDArray[np.uint8], least: float = 0.0) -> list[Box]:
        """Faces of a picture (h, w, 3) RGB whose score is above `least`, the surest first."""
        found = self._at(picture, searched_at(*picture.shape[:2]), least)
        if not found and max(picture.shape[:2]) < DOUBLED:
            found = self._at(picture, 2.0, least)
        return found

    def _at(self, picture: NDArray[np.uint8], scale: float, least: float) -> list[Box]:
        height, width = picture.shape[:2]
        seen = picture if scale == 1 else resized(picture, round(height * scale), round(width * scale))
        places = self._places(seen, least)
        sides = np.array([width - 1, height - 1] * 2) / np.array([seen.shape[1] - 1, seen.shape[0] - 1] * 2)
        places[:, :4] *= sides
        return apart(places, self.weights.most_overlap, self.weights.most_covered)

    def _places(self, picture: NDArray[np.uint8], least: float) -> NDArray[np.float64]:
        """(n, 5): left, top, right, bottom, score of every place above `least`, in every size."""
        height, width = picture.shape[:2]
        found, level = [np.empty((0, 5))], picture
        half = (np.array(self.weights.window) - 1) / 2
        while min(level.shape[:2]) >= _SMALLEST or level is picture:
            framed = np.pad(level, ((_BORDER, _BORDER), (_BORDER, _BORDER), (0, 0)))
            scores = self._network(networks.prepared(framed[None], self.weights.mean))[0, 0]
            rows, columns = np.nonzero(scores > least)
            if len(rows):
                middle = np.stack([columns, rows], 1) * _CELL + _FIRST - _BORDER
                grown = np.array([width / level.shape[1], height / level.shape[0]])
                edges = np.concatenate([(middle - half) * grown, (middle + half) * grown], 1)
                found.append(np.concatenate([edges, scores[rows, columns][:, None]], 1))
            level = resized(level, level.shape[0] * 5 // 6, level.shape[1] * 5 // 6)
        return np.concatenate(found)


def searched_at(height: int, width: int) -> float:
    """Scale at which a picture of this size is searched first."""
    return min(1.0, LONGEST / max(height, width))


def resized(picture: NDArray[np.uint8], height: int, width: int) -> NDArray[np.uint8]:
    """Between the nearest four pixels, corners on corners; under a half by the mean of what is covered."""
    if 2 * height < picture.shape[0]:
        smaller = cv2.resize(picture, (max(width, 1), max(height, 1)), interpolation=cv2.INTER_AREA)
        return np.asarray(smaller, np.uint8)
    down = (picture.shape[0] - 1) / max(height - 1, 1)
    across = (picture.shape[1] - 1) / max(width - 1, 1)
    back = np.array([[across, 0, 0], [0, down, 0]], np.float32)
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(
            picture, back, (max(width, 1), max(height, 1)), flags=how, borderMode=cv2.BORDER_REPLICATE
        ),
        np.uint8,
    )


def apart(places: NDArray[np.float64], most_overlap: float, most_covered: float) -> list[Box]:
    """Of boxes (n, 5) that overlap more than this the one with the highest score, at most `MOST`."""
    kept: list[Box] = []
    for place in places[np.argsort(-places[:, 4], kind="stable")]:
        left, top, right, bottom = (int(v) for v in np.floor(place[:4] + 0.5))
        box = Box(left, top, right, bottom, float(place[4]))
        if not any(_same(box, other, most_overlap, most_covered) for other in kept):
            kept.append(box)
            if len(kept) == MOST:
                break
    return kept


def _same(a: Box, b: Box, most_overlap: float, most_covered: float) -> bool:
    across = min(a.right, b.right) - max(a.left, b.left) + 1
    down = min(a.bottom, b.bottom) - max(a.top, b.top) + 1
    if across <= 0 or down <= 0:
        return False
    both, one, other = across * down, a.width * a.height, b.width * b.height
    covered = both / min(one, other)
    return both / (one + other - both) > most_overlap or covered > most_covered
