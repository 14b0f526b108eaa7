"""Small pages of Utopia drawn for tests, and photographs of them: at an angle, unevenly lit, soft, noisy."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import cv2
import numpy as np

from entente.match.documents.comparing import Box
from entente.match.documents.comparing.page import PX_PER_MM, Grey

WIDTH, HEIGHT = 640, 440
LABELS = {"Surname": (220, 60), "Given names": (220, 140), "Date of birth": (220, 220), "Number": (440, 60)}
VALUES = {
    "Surname": "ERIKSSON",
    "Given names": "ANNA MARIA",
    "Date of birth": "12 AUG 1974",
    "Number": "L898902C3",
}
OTHER = {
    "Surname": "MARTINEZ",
    "Given names": "JOHN PAUL",
    "Date of birth": "03 FEB 1981",
    "Number": "X12345678",
}
PORTRAIT = Box(3, 5, 16, 21)
EMBLEM = Box(46, 18, 14, 14)
ZONE = Box(0, 35, 64, 8)


def label_box(name: str) -> Box:
    """Where a label is printed, in mm."""
    x, y = LABELS[name]
    (width, height), _ = cv2.getTextSize(name, cv2.FONT_HERSHEY_SIMPLEX, 0.45, 1)
    return Box.from_px((x - 4, y - height - 4, x + width + 4, y + 6), PX_PER_MM)


def value_box(name: str) -> Box:
    """Where a holder's value is printed, in mm."""
    x, y = LABELS[name]
    return Box.from_px((x - 4, y + 8, x + 196, y + 40), PX_PER_MM)


FIELDS = (PORTRAIT, ZONE, *(value_box(name) for name in LABELS))


@dataclass(frozen=True)
class Page:
    """What is drawn: values by label, a portrait by its seed, labels moved by (x, y) px."""

    values: Mapping[str, str] = field(default_factory=lambda: VALUES)
    portrait: int = 1
    emblem: bool = True
    moved: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    background: int = 1


def draw(page: Page = Page()) -> Grey:
    """The page as it left the printer: grey uint8 [440, 640] at 10 px/mm."""
    canvas = np.full((HEIGHT, WIDTH), 236, np.uint8)
    chance = np.random.default_rng(page.background)
    across = np.arange(0, WIDTH + 8, 4)
    for start in range(-30, HEIGHT + 30, 9):
        waves = sum(
            chance.uniform(1, 4) * np.sin(across / chance.uniform(9, 45) + chance.uniform(0, 6))
            for _ in range(3)
        )
        line = np.stack([across, start + waves], axis=1)
        cv2.polylines(canvas, [np.round(line * 8).astype(np.int32)], False, 175, 1, cv2.LINE_AA, 3)
    if page.emblem:
        x, y = (round((v + EMBLEM.width / 2) * PX_PER_MM) for v in (EMBLEM.x, EMBLEM.y))
        for turn in range(0, 180, 15):
            cv2.ellipse(canvas, (x, y), (66, 24), turn, 0, 360, 150, 1, cv2.LINE_AA)
    y0, x0 = round(PORTRAIT.y * PX_PER_MM), round(PORTRAIT.x * PX_PER_MM)
    face = np.random.default_rng(page.portrait).uniform(40, 220, (14, 11)).astype(np.float32)
    size = (round(PORTRAIT.width * PX_PER_MM), round(PORTRAIT.height * PX_PER_MM))
    canvas[y0 : y0 + size[1], x0 : x0 + size[0]] = cv2.resize(face, size, interpolation=cv2.INTER_CUBIC).clip(
        0, 255
    )
    for name, (x, y) in LABELS.items():
        dx, dy = page.moved.get(name, (0, 0))
        _write(canvas, name, (x + dx, y + dy), 0.45, 60, 1)
        _write(canvas, page.values[name], (x, y + 30), 0.8, 20, 2)
    zone = (page.values["Surname"] + "<<" + page.values["Number"]).ljust(24, "<")
    _write(canvas, zone, (20, 400), 1.1, 10, 2)
    return canvas


def _write(canvas: Grey, text: str, at: tuple[int, int], size: float, grey: int, thick: int) -> None:
    cv2.putText(canvas, text, at, cv2.FONT_HERSHEY_SIMPLEX, size, grey, thick, cv2.LINE_AA)


def photographed(
    page: Grey, seed: int, soft: float = 0.8, noise: float = 2.5, turn: float = 8.0
) -> tuple[Grey, Grey]:
    """A photograph of the page and where its corners [4, 2] lie in it, px."""
    chance = np.random.default_rng(seed)
    height, width = page.shape
    canvas_width, canvas_height = int(width * 1.25), int(height * 1.4)
    angle = np.deg2rad(chance.uniform(-turn, turn))
    around = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    ends = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    corners = (ends - (width / 2, height / 2)) * chance.uniform(0.85, 0.97) @ around.T
    middle = np.array([canvas_width / 2, canvas_height / 2])
    corners = np.asarray(corners + middle + chance.uniform(-12, 12, (4, 2)), np.float32)
    matrix = cv2.getPerspectiveTransform(ends, corners)
    seen = cv2.warpPerspective(page, matrix, (canvas_width, canvas_height), borderValue=70).astype(np.float32)
    y, x = np.mgrid[0:canvas_height, 0:canvas_width]
    way = chance.uniform(0, 2 * np.pi)
    light = 0.9 + 0.2 * ((x / canvas_width - 0.5) * np.cos(way) + (y / canvas_height - 0.5) * np.sin(way))
    seen = cv2.GaussianBlur(seen * light.astype(np.float32), (0, 0), soft) + chance.normal(
        0, noise, seen.shape
    )
    drawn = cv2.imencode(".jpg", seen.clip(0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
    return np.asarray(cv2.imdecode(drawn, cv2.IMREAD_GRAYSCALE), np.uint8), corners
