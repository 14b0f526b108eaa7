"""Where countries lie: the outlines that the build made of Natural Earth (public domain), read once.

The map is in the Equal Earth projection (Šavrič, Patterson and Jenny, 2018), 2000 units wide.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from entente.web.statics import FOLDER

BUILT = FOLDER / "dist" / "world.json"
_A1, _A2, _A3, _A4, _M = 1.340264, -0.081106, 0.000893, 0.003796, math.sqrt(3) / 2
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """One line of an outline, and the box that it lies in: left, top, right, bottom."""

    points: tuple[Point, ...]
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class World:
    """Outlines in map units, and the middle of each country's largest part by its code (small letters)."""

    wide: int
    tall: int
    scale: float
    zero: tuple[float, float]
    land: tuple[Shape, ...]
    borders: tuple[Shape, ...]
    middles: Mapping[str, tuple[float, float]]

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Degrees to map units."""
        angle = math.asin(_M * math.sin(math.radians(latitude)))
        q = angle * angle
        s = q**3
        x = (
            math.radians(longitude)
            * math.cos(angle)
            / (_M * (_A1 + 3 * _A2 * q + s * (7 * _A3 + 9 * _A4 * q)))
        )
        y = angle * (_A1 + _A2 * q + s * (_A3 + _A4 * q))
        return self.zero[0] + self.scale * x, self.zero[1] - self.scale * y


def world() -> World | None:
    """The map, or none on a server whose pages were built without it."""
    try:
        return _read(BUILT.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=1)
def _read(_changed: int) -> World:
    told = json.loads(BUILT.read_text("utf-8"))
    return World(
        wide=told["wide"],
        tall=told["tall"],
        scale=told.get("scale", 376.5856),
        zero=tuple(told.get("zero", (1000.0, 491.5416))),
        land=shapes(told["land"]),
        borders=shapes(told["borders"]),
        middles={code.lower(): (float(x), float(y)) for code, (x, y) in told["middles"].items()},
    )


def shapes(path: str) -> tuple[Shape, ...]:
    """The lines of a path of whole numbers ("M1 2l3 4-5 6z"), steps turned into points."""
    made = []
    for part in re.findall(r"M[^M]*", path):
        numbers = [int(said) for said in re.findall(r"-?\d+", part)]
        x, y = numbers[:2]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        if part.endswith("z"):
            points.append(points[0])
        across, down = [p[0] for p in points], [p[1] for p in points]
        made.append(Shape(tuple(points), (min(across), min(down), max(across), max(down))))
    return tuple(made)


def path_of(
    drawn: tuple[Shape, ...], box: tuple[float, float, float, float], scale: float, least: float = 1.5
) -> str:
    """The lines that touch a box, as a path in pixels from the box's corner (`scale`: pixels a unit).

    Whole pixels; what is smaller than `least` pixels is left out, and so is a point on the one before it.
    """
    left, top, right, bottom = box
    made = []
    for shape in drawn:
        x0, y0, x1, y1 = shape.box
        if x1 < left or x0 > right or y1 < top or y0 > bottom:
            continue
        if max(x1 - x0, y1 - y0) * scale < least:
            continue
        made.append(_line(shape, left, top, scale))
    return "".join(made)


def _line(shape: Shape, left: float, top: float, scale: float) -> str:
    last: Point | None = None
    steps = []
    for x, y in shape.points:
        here = round((x - left) * scale), round((y - top) * scale)
        if last is None:
            steps.append(f"M{here[0]} {here[1]}l")
        elif here != last:
            steps.append(f"{here[0] - last[0]} {here[1] - last[1]} ")
        last = here
    return "".join(steps).strip() if len(steps) > 1 else ""
