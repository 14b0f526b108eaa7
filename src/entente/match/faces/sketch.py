"""A sheet on which a head is drawn: features laid on an ellipsoid, turned, and seen from the front."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = tuple[float, float, float]
Spots = Sequence[tuple[float, float]]
Floats = NDArray[np.float32]
_FINE = 2
"""Drawn at so many times the size, then made smaller."""


@dataclass(frozen=True, slots=True)
class Person:
    """Measures of a head; lengths in half widths of a usual head, tones 0 to 1."""

    seed: int
    wide: float
    jaw: float
    chin: float
    eyes: float
    eye_size: float
    eye_slant: float
    eye_height: float
    brow: float
    brow_lift: float
    brow_slant: float
    nose: float
    nose_width: float
    mouth: float
    mouth_height: float
    lips: float
    skin: Rgb
    hair: Rgb
    iris: Rgb
    fringe: float
    long_hair: bool
    glasses: bool
    beard: float
    moles: tuple[tuple[float, float], ...]


class Shot:
    """A sheet on which one portrait is drawn, in tones 0 to 1."""

    def __init__(self, who: Person, shot: int, height: int) -> None:
        self.who = who
        self.dice = np.random.default_rng([who.seed, shot, 7])
        uniform = self.dice.uniform
        self.height, self.width = height * _FINE, height * 5 // 6 * _FINE
        self.half = self.height * uniform(0.205, 0.24)
        self.middle = np.array([self.width * uniform(0.47, 0.53), self.height * uniform(0.42, 0.47)])
        yaw, pitch, roll = np.radians(uniform((-13, -7, -5), (13, 7, 5)))
        self.turn = _turned(yaw, pitch, roll)
        self.light = np.array([uniform(-0.8, 0.8), uniform(-0.7, -0.1), 1.0])
        self.gain = uniform(0.85, 1.08)
        self.smile = uniform(-0.02, 0.05)
        self.open = uniform(0.0, 0.02)
        ground, low = uniform(0.5, 0.9) + uniform(-0.08, 0.08, 3), uniform(-0.12, 0.12)
        fade = np.linspace(low, -low, self.height, dtype=np.float32)[:, None, None]
        self.sheet = np.clip(np.ones((self.height, self.width, 3), np.float32) * ground + fade, 0, 1)
        self.sheet = self.sheet.astype(np.float32)

    def finished(self) -> NDArray[np.uint8]:
        """(height, width, 3): what was drawn, at its size, with grain."""
        size = (self.width // _FINE, self.height // _FINE)
        seen = cv2.resize(self.sheet, size, interpolation=cv2.INTER_AREA)
        grain = self.dice.normal(0, 0.012, seen.shape)
        return np.asarray(np.clip((seen * self.gain + grain) * 255, 0, 255), np.uint8)

    def at(self, points: Spots, out: float = 0.0) -> Floats:
        """Pixels of points of the head's front, which stand out from it by `out`."""
        x, y = np.asarray(points, np.float64).T
        deep = np.sqrt(np.clip(1 - (x / 1.15) ** 2 - (y / 1.6) ** 2, 0, 1)) + out
        turned = np.stack([x, y, deep], 1) @ self.turn.T
        return np.asarray(turned[:, :2] * self.half + self.middle, np.float32)

    def shape(
        self,
        points: Spots,
        colour: Sequence[float],
        soft: float = 0.0,
        share: float = 1.0,
        out: float = 0.0,
    ) -> None:
        """A smooth shape; `soft`: of its edge in half widths of the head; `share`: how much covers."""
        self.laid(rounded(self.at(points, out)), colour, soft, share)

    def both(
        self,
        points: Spots,
        colour: Sequence[float],
        soft: float = 0.0,
        share: float = 1.0,
        out: float = 0.0,
    ) -> None:
        """A shape and its mirror image."""
        self.shape(points, colour, soft, share, out)
        self.shape([(-x, y) for x, y in points], colour, soft, share, out)

    def laid(self, outline: Floats, colour: Sequence[float], soft: float, share: float) -> None:
        blur = soft * self.half
        room = int(3 * blur) + 3
        left, top = np.maximum(np.floor(outline.min(0)).astype(int) - room, 0)
        right, bottom = np.maximum(np.ceil(outline.max(0)).astype(int) + room, 0)
        here = self.sheet[top:bottom, left:right]
        if not here.size:
            return
        mask = np.zeros(here.shape[:2], np.uint8)
        cv2.fillPoly(mask, [np.rint((outline - (left, top)) * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        cover = mask.astype(np.float32) * (share / 255)
        if blur > 0.3:
            cover = np.asarray(cv2.GaussianBlur(cover, (0, 0), blur), np.float32)
        here += (np.asarray(colour, np.float32) - here) * cover[:, :, None]

    def line(self, points: Spots, colour: Sequence[float], width: float, share: float = 1.0) -> None:
        """A stroke that is thin at its ends."""
        run = rounded(self.at(points), closed=False)
        along = np.gradient(run, axis=0)
        across = np.stack([-along[:, 1], along[:, 0]], 1) / np.maximum(np.hypot(*along.T), 1e-6)[:, None]
        thick = width * self.half / 2 * np.sqrt(np.sin(np.linspace(0.06, np.pi - 0.06, len(run))))[:, None]
        outline = np.concatenate([run + across * thick, (run - across * thick)[::-1]])
        self.laid(np.asarray(outline, np.float32), colour, 0.004, share)


def _turned(yaw: float, pitch: float, roll: float) -> NDArray[np.float64]:
    a, b, c = (np.cos(v) for v in (yaw, pitch, roll))
    d, e, f = (np.sin(v) for v in (yaw, pitch, roll))
    about_y = np.array([[a, 0, d], [0, 1, 0], [-d, 0, a]])
    about_x = np.array([[1, 0, 0], [0, b, -e], [0, e, b]])
    about_z = np.array([[c, -f, 0], [f, c, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_x @ about_y, np.float64)


def rounded(points: Floats, closed: bool = True) -> Floats:
    """Corners cut four times (Chaikin 1974)."""
    for _ in range(4):
        after = np.roll(points, -1, 0) if closed else points[1:]
        before = points if closed else points[:-1]
        cut = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], 1).reshape(-1, 2)
        points = cut if closed else np.concatenate([points[:1], cut, points[-1:]])
    return np.asarray(points, np.float32)
