"""What the drawn papers of Utopia are made of: guilloches, an arms, a kinegram, sketched faces, text.

Everything is drawn at twice the scale at which it is kept, so that fine lines come out soft, as printed ones
do. Colours are RGB. Nobody is drawn after anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from entente.match.documents import reading

Rgb = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
Colour = tuple[int, int, int]

SCALE = 20
"""Px a mm while drawing."""
INK: Colour = (34, 38, 46)
OCRB = Path(reading.__file__).with_name("data") / "OCRB.otf"
_FRACTION = 3
"""Binary digits behind the point of what cv2 is told."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Three papers from left to right, and the inks of the guilloches."""

    papers: tuple[Colour, Colour, Colour]
    inks: tuple[Colour, Colour, Colour]


SEA = Palette(
    ((216, 234, 234), (244, 239, 222), (240, 222, 226)), ((92, 152, 160), (176, 142, 84), (176, 104, 124))
)
SAND = Palette(
    ((240, 230, 208), (232, 236, 214), (214, 230, 222)), ((164, 128, 74), (128, 142, 80), (84, 140, 124))
)

SKY = Palette(
    ((222, 230, 242), (236, 238, 232), (222, 238, 228)), ((96, 124, 176), (146, 140, 96), (92, 150, 120))
)


def curve(canvas: Rgb | Floats, points: Floats, colour: Sequence[float] | float, width: int = 2) -> None:
    """A fine line through points [n, 2] in px."""
    fixed = np.round(points * (1 << _FRACTION)).astype(np.int32)
    cv2.polylines(canvas, [fixed], False, colour, width, cv2.LINE_AA, _FRACTION)


def filled(canvas: Rgb | Floats, points: Floats, colour: Sequence[float] | float) -> None:
    """A filled shape round points [n, 2] in px."""
    fixed = np.round(points * (1 << _FRACTION)).astype(np.int32)
    cv2.fillPoly(canvas, [fixed], colour, cv2.LINE_AA, _FRACTION)


def rounded(points: Sequence[tuple[float, float]], closed: bool = True) -> Floats:
    """A smooth curve through points (Catmull and Rom)."""
    p = np.array(points, np.float32)
    p = np.vstack([p[-1:], p, p[:2]]) if closed else np.vstack([p[:1], p, p[-1:]])
    t = np.linspace(0, 1, 16, endpoint=False, dtype=np.float32)[:, None]
    parts = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        parts.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        )
    return np.vstack(parts if closed else [*parts, p[-2:-1]]).astype(np.float32)


# --- the paper -----------------------------------------------------------------------------------


def paper(width: int, height: int, palette: Palette, seed: int) -> Rgb:
    """Rainbow-printed paper under guilloches, px. The same seed is the same printing plate."""
    chance = np.random.default_rng(seed)
    stops = np.array(palette.papers, np.float32)
    at = np.linspace(0, 1, width)
    row = np.stack([np.interp(at, (0, 0.5, 1), stops[:, n]) for n in range(3)], 1)
    canvas = np.repeat(row[None], height, 0).astype(np.uint8)
    waves(canvas, palette, chance)
    for x, y, size in ((0.66, 0.40, 0.30), (0.17, 0.36, 0.22), (0.93, 0.16, 0.15)):
        rosette(canvas, (x * width, y * height), size * height, palette, chance)
    return canvas


def waves(canvas: Rgb, palette: Palette, chance: np.random.Generator) -> None:
    """Bundles of waves across the page, the colour changing on the way: nowhere twice the same."""
    height, width = canvas.shape[:2]
    across = np.arange(-8, width + 16, 8, dtype=np.float32)
    inks = np.array(palette.inks, np.float32)
    waved = [(chance.uniform(8, 26), chance.uniform(60, 330), chance.uniform(0, 6)) for _ in range(5)]
    layer = np.zeros((height, width), np.uint8)
    for n, start in enumerate(range(-60, height + 60, 26)):
        drift = sum(a * np.sin(across / w + p + 0.23 * n) for a, w, p in waved)
        for k in range(2):
            beat = 9 * np.sin(across / 47 + k * np.pi + 0.11 * n)
            curve(layer, np.stack([across, start + drift + beat], 1), 255 if k else 190)
    at = np.linspace(0, 1, width)
    row = np.stack([np.interp(at, (0, 0.5, 1), inks[:, n]) for n in range(3)], 1)
    share = (layer * np.float32(0.62 / 255))[..., None]
    canvas[:] = (canvas + (row[None].astype(np.float32) - canvas) * share).astype(np.uint8)


def rosette(
    canvas: Rgb,
    middle: tuple[float, float],
    size: float,
    palette: Palette,
    chance: np.random.Generator,
) -> None:
    """Curves round a middle whose petals run through each other."""
    turn = np.linspace(0, 2 * np.pi, 720, dtype=np.float32)
    petals = int(chance.integers(7, 13))
    layer = canvas.copy()
    for n in range(20):
        share = 0.3 + 0.7 * (n // 2) / 9
        way = 0.32 * (n // 2) * (1 if n % 2 else -1)
        radius = size * share * (1 + 0.1 * np.cos(petals * turn + way) + 0.03 * np.cos(3 * petals * turn))
        points = np.stack([middle[0] + radius * np.cos(turn), middle[1] + radius * np.sin(turn)], 1)
        curve(layer, points, palette.inks[n % 3])
    canvas[:] = cv2.addWeighted(layer, 0.55, canvas, 0.45, 0)


# --- arms and kinegram ---------------------------------------------------------------------------


def arms(canvas: Rgb, middle: tuple[float, float], size: float, colour: Sequence[float] | float) -> None:
    """The arms of Utopia: a tower on a crescent island, a rising sun, in a wreath. `size`: its radius, px."""
    x, y = middle
    thin = max(1, round(size / 26))

    def at(*points: tuple[float, float]) -> Floats:
        return np.array([(x + a * size, y + b * size) for a, b in points], np.float32)

    for n in range(9):
        way = np.pi * (1 + (n + 0.5) / 9)
        c, s = float(np.cos(way)), float(np.sin(way))
        curve(canvas, at((0.42 * c, 0.16 + 0.42 * s), (0.66 * c, 0.16 + 0.66 * s)), colour, thin)
    sun = np.linspace(np.pi, 2 * np.pi, 24)
    curve(canvas, at(*((0.36 * np.cos(t), 0.16 + 0.36 * np.sin(t)) for t in sun)), colour, thin)
    tower = at((-0.1, 0.16), (-0.08, -0.2), (-0.13, -0.2), (-0.13, -0.32), (-0.05, -0.32), (-0.05, -0.26))
    mirrored = tower[::-1].copy()
    mirrored[:, 0] = 2 * x - mirrored[:, 0]
    filled(canvas, np.vstack([tower, mirrored]), colour)
    outer = rounded([(-0.62, 0.16), (-0.4, 0.46), (0, 0.58), (0.4, 0.46), (0.62, 0.16)], closed=False)
    inner = rounded([(0.62, 0.16), (0.3, 0.3), (0, 0.34), (-0.3, 0.3), (-0.62, 0.16)], closed=False)
    filled(canvas, np.vstack([outer, inner]) * np.float32(size) + np.array([x, y], np.float32), colour)
    for side in (-1, 1):
        for n in range(8):
            way = np.pi / 2 + side * (0.32 + 0.31 * n)
            foot = (0.86 * np.cos(way), 0.86 * np.sin(way))
            for lean in (-0.55, 0.75):
                ahead = way + side * 0.5 * np.pi + side * lean
                leaf = [
                    foot,
                    (foot[0] + 0.10 * np.cos(ahead - 0.4), foot[1] + 0.10 * np.sin(ahead - 0.4)),
                    (foot[0] + 0.22 * np.cos(ahead), foot[1] + 0.22 * np.sin(ahead)),
                    (foot[0] + 0.10 * np.cos(ahead + 0.4), foot[1] + 0.10 * np.sin(ahead + 0.4)),
                ]
                filled(canvas, at(*leaf), colour)


def kinegram(canvas: Rgb, middle: tuple[float, float], size: float) -> None:
    """A round foil of rays in many colours with the tower in it, seen through. `size`: its radius, px."""
    x, y = middle
    left, top = int(x - size) - 2, int(y - size) - 2
    side = 2 * int(size) + 6
    ys, xs = np.mgrid[0:side, 0:side].astype(np.float32)
    dx, dy = xs + left - x, ys + top - y
    away, way = np.hypot(dx, dy) / size, np.arctan2(dy, dx)
    hue = ((way / (2 * np.pi) * 3 + away * 0.7) % 1 * 179).astype(np.uint8)
    shine = 0.55 + 0.45 * np.sin(way * 18 + 5 * np.sin(away * 9))
    rings = 0.5 + 0.5 * np.cos(away * 46)
    value = np.clip(118 + 100 * shine + 34 * rings, 0, 255)
    hsv = np.stack([hue, np.full_like(hue, 74), value.astype(np.uint8)], -1)
    foil = np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8)
    star = 0.46 + 0.12 * np.cos(way * 8)
    foil[away < star] = (foil[away < star] * 0.55 + np.array([176, 186, 198]) * 0.45).astype(np.uint8)
    arms(foil, (x - left, y - top), size * 0.46, (74, 84, 104))
    seen = np.clip((1 - away) * size / 2, 0, 1)[..., None] * 0.7
    rim = np.clip(1 - np.abs(away - 0.97) * size / 3, 0, 1)[..., None] * 0.6
    here = canvas[top : top + side, left : left + side]
    mixed = here * (1 - seen) + foil * seen
    mixed = mixed * (1 - rim) + np.array([96, 108, 126], np.float32) * rim
    here[:] = mixed.astype(np.uint8)


# --- text ----------------------------------------------------------------------------------------


@cache
def _font(mm: float, ocr: bool) -> ImageFont.FreeTypeFont:
    made = ImageFont.truetype(str(OCRB), mm * SCALE) if ocr else ImageFont.load_default(size=mm * SCALE)
    assert isinstance(made, ImageFont.FreeTypeFont), "Pillow without FreeType draws no text that scales"
    return made


def long(said: str, mm: float) -> float:
    """How long a text of a size is, mm."""
    return float(_font(mm, False).getlength(said)) / SCALE


class Pen:
    """Writes on a canvas, places in mm. Text stands with its baseline at y."""

    def __init__(self, canvas: Rgb) -> None:
        self._canvas = canvas
        self._image = Image.fromarray(canvas)
        self._draw = ImageDraw.Draw(self._image)

    def text(
        self,
        at: tuple[float, float],
        said: str,
        mm: float,
        colour: Colour = INK,
        bold: float = 0,
        anchor: str = "ls",
        ocr: bool = False,
    ) -> None:
        """Text of a size in mm; `bold`: how much its strokes are widened, px."""
        place = (at[0] * SCALE, at[1] * SCALE)
        font = _font(mm, ocr)
        self._draw.text(place, said, fill=colour, font=font, anchor=anchor, stroke_width=bold)

    def spaced(self, at: tuple[float, float], said: str, mm: float, pitch: float, colour: Colour) -> None:
        """OCR-B, each character in the middle of its cell of `pitch` mm."""
        for n, letter in enumerate(said):
            self.text((at[0] + (n + 0.5) * pitch, at[1]), letter, mm, colour, 0, "ms", True)

    def done(self) -> None:
        """Put what was written on the canvas."""
        self._canvas[:] = np.asarray(self._image)


def signature(canvas: Rgb, box: tuple[float, float, float, float], seed: int) -> None:
    """A flourish in a box (x, y, width, height; mm)."""
    chance = np.random.default_rng(seed)
    x, y, width, height = (v * SCALE for v in box)
    points: list[tuple[float, float]] = []
    for n in range(15):
        up = chance.uniform(0.05, 0.45) if n % 2 else chance.uniform(0.55, 0.8)
        up = 0.02 if n in (1, 7) else up
        points.append((x + width * (0.03 + n / 16 + chance.uniform(-0.02, 0.02)), y + height * up))
    points += [(x + width * 0.98, y + height * 0.72), (x + width * 0.35, y + height * 0.95)]
    curve(canvas, rounded(points, closed=False), (30, 36, 88), 5)


def inked(canvas: Rgb, tone: Floats, at: tuple[int, int], ink: Colour = INK) -> None:
    """Print a tone (1 paper, 0 ink) over what is there, upper left corner in px: guilloches show through."""
    x, y = at
    here = canvas[y : y + tone.shape[0], x : x + tone.shape[1]]
    share = tone[..., None]
    here[:] = (here * (share + (1 - share) * np.array(ink, np.float32) / 255)).clip(0, 255).astype(np.uint8)


def faded(tone: Floats, edge: int) -> Floats:
    """A tone that runs out into the paper all round."""
    share = np.zeros(tone.shape, np.float32)
    share[edge:-edge, edge:-edge] = 1
    share = np.asarray(cv2.GaussianBlur(share, (0, 0), edge / 2.5), np.float32)
    return np.asarray(1 - (1 - tone) * share, np.float32)


def halved(canvas: Rgb) -> Rgb:
    """From the scale of drawing to that of keeping."""
    height, width = canvas.shape[:2]
    return np.asarray(cv2.resize(canvas, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.uint8)
