"""Photographs of a flat page by a hand-held camera: at an angle, unevenly lit, soft, noisy, compressed.

The specimens of ../shared/data have one photograph each, all from one place; these are seen by no threshold.
"""

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]


def photographed(page: Grey, seed: int, turn: float = 8.0) -> Grey:
    """A photograph of a page [h, w], grey uint8. `turn`: at most, degrees either way."""
    chance = np.random.default_rng(seed)
    height, width = page.shape
    across, down = int(width * 1.22), int(height * 1.32)
    angle = np.deg2rad(chance.uniform(-turn, turn))
    around = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    ends = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    corners = (ends - (width / 2, height / 2)) * chance.uniform(0.78, 0.92) @ around.T
    corners = corners + np.array([across / 2, down / 2]) + chance.uniform(-25, 25, (4, 2))
    matrix = cv2.getPerspectiveTransform(ends, corners.astype(np.float32))
    seen = cv2.warpPerspective(page, matrix, (across, down), flags=cv2.INTER_AREA, borderValue=70)
    y, x = np.mgrid[0:down, 0:across]
    way = chance.uniform(0, 2 * np.pi)
    light = 1 + 0.25 * ((x / across - 0.5) * np.cos(way) + (y / down - 0.5) * np.sin(way))
    lit = (seen * light * chance.uniform(0.8, 1)).astype(np.float32)
    soft = cv2.GaussianBlur(lit, (0, 0), chance.uniform(0.6, 1.1))
    noisy = soft + chance.normal(0, chance.uniform(1.5, 4), soft.shape)
    kept = cv2.imencode(".jpg", noisy.clip(0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
    return np.asarray(cv2.imdecode(kept, cv2.IMREAD_GRAYSCALE), np.uint8)
