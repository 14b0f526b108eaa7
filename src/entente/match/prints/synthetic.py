"""Fingerprints of nobody, for tests and demonstrations.

After SFinGe (Cappelli, Erol, Maio & Maltoni 2000; Cappelli 2009): the flow of the ridges from the places of
cores and deltas (Sherlock & Monro 1993), ridges grown out of noise by filters along that flow, then
impressions with their own placement, distortion of the skin, pressure and noise. The same seed gives the same
picture.
"""

from functools import cache
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.prints.ridges import REACH, bank, columns, filtered
from entente.match.prints.sensing import Field, Grey, blurred
from entente.match.prints.spectra import DIRECTIONS, PERIODS

Pattern = Literal["arch", "left loop", "right loop", "whorl"]
SHARES: dict[Pattern, float] = {"arch": 0.07, "left loop": 0.33, "right loop": 0.33, "whorl": 0.27}
"""Roughly how often each is met (Galton 1892 onwards)."""
HIGH, WIDE = 480, 400
"""Pixels of a whole finger at 500 dpi."""
ROUNDS = 12
"""Times that ridges grow at half resolution; two more rounds at the full one smooth them."""
Steps = NDArray[np.int32]


def finger(seed: int, pattern: Pattern | None = None) -> Field:
    """(480, 400) ridges of a whole finger: -1 on a ridge, 1 in a valley."""
    rng = np.random.default_rng(seed)
    drawn: Pattern = rng.choice(np.array(list(SHARES)), p=list(SHARES.values())).item()
    cos, sin = _flow(pattern or drawn, rng)
    period = rng.uniform(8, 9.8) * (1 + 0.12 * _cloud(rng, (HIGH, WIDE), 60))
    low = slice(None, None, 2)
    grown = rng.normal(0, 0.3, (HIGH // 2, WIDE // 2)).astype(np.float32)
    which = _which(cos[low, low], sin[low, low], period[low, low])
    for _ in range(ROUNDS):
        grown = _round(grown, which, _growing(2.0))
    grown = np.asarray(cv2.resize(grown, (WIDE, HIGH), interpolation=cv2.INTER_CUBIC), np.float32)
    which = _which(cos, sin, period)
    for _ in range(2):
        grown = _round(grown, which, _growing(1.0))
    return grown


@cache
def _growing(scale: float) -> Field:
    return columns(bank(scale, across=0.55, along=0.65))


def _round(grown: Field, which: Steps, weights: Field) -> Field:
    padded = cv2.copyMakeBorder(grown, REACH, REACH + 1, REACH, REACH, cv2.BORDER_REFLECT)
    out = filtered(np.ascontiguousarray(padded.T), which, weights)
    gain = np.float32(2.2 / (float(np.sqrt((out * out).mean())) + 1e-6))
    return np.asarray(np.tanh(out * gain), np.float32)


def _which(cos: Field, sin: Field, period: Field) -> Steps:
    """The filter of every pixel, from the doubled direction of its ridge and its period."""
    steps = np.rint(np.arctan2(sin, cos) / (2 * np.pi) * DIRECTIONS).astype(np.int32) % DIRECTIONS
    stretch = np.log(PERIODS[-1] / PERIODS[0]) / (len(PERIODS) - 1)
    index = np.rint(np.log(period / PERIODS[0]) / stretch).astype(np.int32)
    return np.asarray(steps * len(PERIODS) + np.clip(index, 0, len(PERIODS) - 1), np.int32)


def _flow(pattern: Pattern, rng: np.random.Generator) -> tuple[Field, Field]:
    """Cosine and sine of the doubled direction of the ridges, counter-clockwise."""
    y, x = np.mgrid[0:HIGH, 0:WIDE].astype(np.float32)
    cx, cy = WIDE / 2 + rng.normal(0, 12), HIGH * 0.42 + rng.normal(0, 15)
    if pattern == "arch":
        steep = np.clip(1.2 - np.abs(y - HIGH * 0.55) / (HIGH * 0.55), 0, None) * rng.uniform(0.5, 0.9)
        doubled = 2 * np.arctan(steep * np.sin((cx - x) / WIDE * np.pi * 1.6))
        return np.cos(doubled).astype(np.float32), np.sin(doubled).astype(np.float32)
    if pattern == "whorl":
        apart = rng.uniform(12, 40)
        cores = [(cx, cy - apart), (cx + rng.normal(0, 8), cy + apart)]
        sides = [-1, 1]
    else:
        cores = [(cx, cy)]
        sides = [1] if pattern == "left loop" else [-1]
    doubled = np.zeros((HIGH, WIDE))
    for px, py in cores:
        doubled += np.arctan2(py - y, x - px)
    for side in sides:
        px, py = cx + side * rng.uniform(80, 130), cy + rng.uniform(110, 155)
        doubled -= np.arctan2(py - y, x - px)
    return np.cos(doubled).astype(np.float32), np.sin(doubled).astype(np.float32)


def _cloud(rng: np.random.Generator, shape: tuple[int, int], spread: float) -> Field:
    """Noise that varies over `spread` pixels, -1 to 1."""
    cell = max(1, int(spread / 4))
    small = rng.normal(0, 1, (shape[0] // cell + 3, shape[1] // cell + 3)).astype(np.float32)
    small = blurred(small, spread / cell)
    large = cv2.resize(small, (small.shape[1] * cell, small.shape[0] * cell), interpolation=cv2.INTER_CUBIC)
    cut = large[cell : cell + shape[0], cell : cell + shape[1]]
    return np.asarray(cut / (np.abs(cut).max() + 1e-9), np.float32)


def impression(
    master: Field,
    seed: int,
    *,
    size: tuple[int, int] = (388, 374),
    noise: float = 1.0,
    turn: float | None = None,
) -> Grey:
    """A picture (height, width = `size`) of a finger set down once, dark ridges on a light ground, 500 dpi.

    `noise`: 0 clean, 1 usual, 2 bad. `turn`: degrees clockwise; None draws one. Another seed gives another
    impression of the same finger.
    """
    rng = np.random.default_rng(seed)
    u, v, ridge = _set_down(master, rng, size, float(rng.normal(0, 9)) if turn is None else turn)
    ridge = np.tanh(2 * (ridge + rng.normal(0, 0.25) + 0.35 * _cloud(rng, size, 30)))
    ridge += noise * (0.32 * _cloud(rng, size, 1.3) * 3 + rng.normal(0, 0.12, size).astype(np.float32))
    for _ in range(rng.poisson(2 * noise)):
        x0, y0, x1, y1 = (int(n) for n in rng.uniform(0, 1, 4) * [size[1], size[0], size[1], size[0]])
        cv2.line(ridge, (x0, y0), (x1, y1), 1.0, 2)
    across, down = size[1] * rng.uniform(0.33, 0.42), size[0] * rng.uniform(0.38, 0.47)
    inside = 1 - ((u + rng.normal(0, 10)) / across) ** 2 - ((v + rng.normal(0, 12)) / down) ** 2
    edge = np.clip(inside * 4 + 0.5 * _cloud(rng, size, 6), 0, 1)
    grey = edge * (150 + 85 * blurred(ridge, 0.7)) + (1 - edge) * 245
    return np.asarray(np.clip(grey + rng.normal(0, 3, size), 0, 255), np.uint8)


def latent(master: Field, seed: int, *, size: tuple[int, int] = (420, 420)) -> Grey:
    """A mark left on a surface with a grain: part of the finger, faint, smeared, of any turn up to 60
    degrees.
    """
    rng = np.random.default_rng(seed)
    u, v, ridge = _set_down(master, rng, size, float(rng.uniform(-60, 60)))
    ridge = np.tanh(2 * (ridge + 0.6 * _cloud(rng, size, 25)))
    smear = np.zeros((7, 7), np.float32)
    smear[3] = 1 / 7
    slide = cv2.getRotationMatrix2D((3, 3), rng.uniform(0, 180), 1)
    ridge = 0.6 * ridge + 0.4 * np.asarray(cv2.filter2D(ridge, -1, cv2.warpAffine(smear, slide, (7, 7))))
    across, down = rng.uniform(75, 115), rng.uniform(95, 140)
    inside = 1 - ((u + rng.normal(0, 25)) / across) ** 2 - ((v + rng.normal(0, 25)) / down) ** 2
    left = np.clip(inside * 2 + 0.7 * _cloud(rng, size, 9), 0, 1) * rng.uniform(45, 65)
    y, x = np.mgrid[0 : size[0], 0 : size[1]].astype(np.float32)
    slant = rng.uniform(0, np.pi)
    along = x * np.cos(slant) + y * np.sin(slant) + 18 * _cloud(rng, size, 70)
    grain = np.sin(along / rng.uniform(2.5, 5)) * np.clip(_cloud(rng, size, 20) + 0.3, 0, 1)
    ground = 165 + 25 * _cloud(rng, size, 90) + 9 * grain + 12 * _cloud(rng, size, 2)
    grey = ground + left * (blurred(ridge, 0.8) - 0.4)
    return np.asarray(np.clip(grey + rng.normal(0, 5, size), 0, 255), np.uint8)


def _set_down(
    master: Field, rng: np.random.Generator, size: tuple[int, int], turn: float
) -> tuple[Field, Field, Field]:
    """Where each pixel lies from the middle of the finger (across, down), and the ridges there."""
    high, wide = size
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    u, v = x - wide / 2 + rng.normal(0, 16), y - high / 2 + rng.normal(0, 20)
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    skin = [_cloud(rng, size, 45) * rng.uniform(2, 7) for _ in range(2)]
    from_x = (cos * u + sin * v + WIDE / 2 + skin[0]).astype(np.float32)
    from_y = (-sin * u + cos * v + HIGH * 0.47 + skin[1]).astype(np.float32)
    ridge = cv2.remap(master, from_x, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return u.astype(np.float32), v.astype(np.float32), np.asarray(ridge, np.float32)
