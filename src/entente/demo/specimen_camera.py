"""A drawn page before a camera, and as it is kept."""

import cv2
import numpy as np

from entente.demo.specimen_parts import Rgb


def photograph(page: Rgb, seed: int = 1, turn: float = 8.0) -> bytes:
    """The page lying on a desk, as a telephone takes it: at an angle, unevenly lit, soft, noisy. JPEG.

    `turn`: at most, degrees either way.
    """
    chance = np.random.default_rng(seed)
    height, width = page.shape[:2]
    across, down = 1600, 1200
    angle = np.deg2rad(chance.uniform(-turn, turn))
    around = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    ends = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    corners = (ends - (width / 2, height / 2)) * chance.uniform(1.06, 1.14) @ around.T
    corners = corners + np.array([across / 2, down / 2]) + chance.uniform(-22, 22, (4, 2))
    matrix = cv2.getPerspectiveTransform(ends, corners.astype(np.float32))
    grain = cv2.resize(chance.normal(0, 9, (down // 4, 24)).astype(np.float32), (across, down))
    table = np.clip(np.array([92, 74, 58], np.float32) + grain[..., None], 0, 255)
    seen = cv2.warpPerspective(page, matrix, (across, down), flags=cv2.INTER_LINEAR).astype(np.float32)
    inside = np.full((height, width), 1, np.float32)
    share = cv2.warpPerspective(inside, matrix, (across, down), flags=cv2.INTER_LINEAR)
    shadow = 1 - 0.45 * cv2.GaussianBlur(np.roll(share, (9, 7), (0, 1)), (0, 0), 9)
    scene = table * shadow[..., None] * (1 - share[..., None]) + seen
    y, x = np.mgrid[0:down, 0:across].astype(np.float32)
    way = chance.uniform(0, 2 * np.pi)
    light = 1 + 0.22 * ((x / across - 0.5) * np.cos(way) + (y / down - 0.5) * np.sin(way))
    lit = scene * (light * chance.uniform(0.84, 0.98)).astype(np.float32)[..., None]
    soft = cv2.GaussianBlur(lit * np.array([1.0, 0.985, 0.95], np.float32), (0, 0), chance.uniform(0.6, 0.95))
    noisy = soft + chance.normal(0, chance.uniform(1.5, 3), (down, across, 1)).astype(np.float32)
    kept = cv2.cvtColor(noisy.clip(0, 255).astype(np.uint8), cv2.COLOR_RGB2BGR)
    return bytes(cv2.imencode(".jpg", kept, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes())


def jpeg(page: Rgb, quality: int = 92) -> bytes:
    """A picture as it is kept."""
    bgr = cv2.cvtColor(page, cv2.COLOR_RGB2BGR)
    return bytes(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes())
