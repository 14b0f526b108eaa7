"""Two samples side by side as they are drawn: the found one laid onto the asked one, minutiae paired.

Both panes show the same piece of the plane, so that zooming and turning both alike keeps them together. The
found sample is turned and shifted by the rigid motion that fits its paired minutiae best (Umeyama, "Least-
squares estimation of transformation parameters between two point patterns", 1991, without scale).
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Protocol

from entente.rooms.biometrics import model as m

Point = tuple[float, float]
DPI = 500
"""What minutiae are told in; a picture of another resolution is drawn at this one."""
_GAP = 0.03
"""Between the panes, of a pane's width."""
_PNG = b"\x89PNG"


class Laid(Protocol):
    """How one sample lies on another: a part of a score, or what is told of it without the score."""

    @property
    def asked(self) -> int: ...
    @property
    def found(self) -> int: ...
    @property
    def pairs(self) -> list[list[int]]: ...
    @property
    def turn(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sample as it is drawn, at 500 pixels an inch.

    `address`: of its picture, "" where there is none. `ring`: radius of a minutia's ring. `shape`: its
    minutiae as a path, a ring each and a tail along its direction.
    """

    sample: m.Sample
    address: str
    width: float
    height: float
    ring: float
    shape: str

    @property
    def corners(self) -> tuple[Point, ...]:
        return (0.0, 0.0), (self.width, 0.0), (0.0, self.height), (self.width, self.height)


@dataclass(frozen=True, slots=True)
class Motion:
    """Turns by `angle` degrees (clockwise: the y axis points down) about `about`, and brings that to `to`."""

    angle: float
    about: Point
    to: Point
    scale: float = 1.0

    def moved(self, point: Point) -> Point:
        c, s = self.scale * cos(radians(self.angle)), self.scale * sin(radians(self.angle))
        x, y = point[0] - self.about[0], point[1] - self.about[1]
        return self.to[0] + c * x - s * y, self.to[1] + s * x + c * y

    def __str__(self) -> str:
        """As SVG's `transform` says it."""
        (x, y), (a, b) = self.to, self.about
        scaled = "" if self.scale == 1 else f" scale({self.scale:.3f})"
        return f"translate({x:.1f} {y:.1f}) rotate({self.angle:.1f}){scaled} translate({-a:.1f} {-b:.1f})"


@dataclass(frozen=True, slots=True)
class Paired:
    """A numbered pair: where it lies in the asked pane and in the found one, in units of the drawing."""

    number: int
    asked: Point
    found: Point


@dataclass(frozen=True, slots=True)
class Panes:
    """Two panes of `width` × `height` whose corner is at `x`, `y`; `shift`: where the second begins."""

    asked: Sheet
    found: Sheet
    x: float
    y: float
    width: float
    height: float
    motion: Motion
    pairs: tuple[Paired, ...]

    @property
    def shift(self) -> float:
        return round(self.width * (1 + _GAP), 1)

    @property
    def box(self) -> str:
        """What one pane shows, as SVG's `viewBox` says it."""
        return f"{self.x:.1f} {self.y:.1f} {self.width:.1f} {self.height:.1f}"


def sheet(sample: m.Sample, address: str = "") -> Sheet:
    """A sample as it is drawn."""
    scale = DPI / sample.dpi if sample.what == "finger" and sample.dpi else 1.0
    width, height = sample.width * scale, sample.height * scale
    ring = round(max(3.0, max(width, height) / 90), 1)
    return Sheet(sample, address, round(width, 1), round(height, 1), ring, _shape(sample, ring))


def kept(folder: str, samples: Sequence[m.Sample]) -> dict[int, Sheet]:
    """The samples of a set that is kept, by number. `folder`: address below which pictures are fetched."""
    return {one.number: sheet(one, f"{folder}/{one.number}" if one.picture else "") for one in samples}


def given(samples: Sequence[m.Sample], pictures: Sequence[bytes]) -> dict[int, Sheet]:
    """Samples that were just given, by number: their pictures stand in the page itself and nowhere else."""
    return {
        one.number: sheet(one, _in_the_page(picture)) for one, picture in zip(samples, pictures, strict=True)
    }


def side_by_side(
    asked: Mapping[int, Sheet], found: Mapping[int, Sheet], parts: Sequence[Laid]
) -> list[Panes]:
    """Each part of a candidate; those of a sample that is no more are left out."""
    known = [part for part in parts if part.asked in asked and part.found in found]
    return [laid(asked[part.asked], found[part.found], part.pairs, part.turn) for part in known]


def laid(asked: Sheet, found: Sheet, pairs: Sequence[Sequence[int]], turn: float = 0.0) -> Panes:
    """Lay a found sample onto an asked one. `turn`: degrees counter-clockwise, where no two pairs tell it.

    Pairs that name minutiae which are not there are left out. A face is scaled to the other's height.
    """
    ours, theirs = asked.sample.minutiae, found.sample.minutiae
    known = [(_at(ours[a]), _at(theirs[f])) for a, f in pairs if 0 <= a < len(ours) and 0 <= f < len(theirs)]
    motion = _fitted(known, turn) if known else _centred(asked, found, turn)
    corners = [*asked.corners, *(motion.moved(p) for p in found.corners)]
    x, y = min(p[0] for p in corners), min(p[1] for p in corners)
    return Panes(
        asked,
        found,
        round(x, 1),
        round(y, 1),
        round(max(p[0] for p in corners) - x, 1),
        round(max(p[1] for p in corners) - y, 1),
        motion,
        tuple(Paired(n, a, motion.moved(f)) for n, (a, f) in enumerate(known, start=1)),
    )


def _fitted(known: Sequence[tuple[Point, Point]], turn: float) -> Motion:
    to, about = _centre([a for a, _f in known]), _centre([f for _a, f in known])
    dot = cross = 0.0
    for asked, found in known:
        u, v, x, y = asked[0] - to[0], asked[1] - to[1], found[0] - about[0], found[1] - about[1]
        dot, cross = dot + x * u + y * v, cross + x * v - y * u
    angle = degrees(atan2(cross, dot)) if hypot(dot, cross) > 1e-6 else -turn
    return Motion(angle, about, to)


def _centred(asked: Sheet, found: Sheet, turn: float) -> Motion:
    scale = asked.height / found.height if asked.sample.what == "face" and found.height else 1.0
    return Motion(-turn, (found.width / 2, found.height / 2), (asked.width / 2, asked.height / 2), scale)


def _shape(sample: m.Sample, ring: float) -> str:
    pieces = []
    for row in sample.minutiae:
        (x, y), along = _at(row), radians(row[2])
        c, s = (
            ring * cos(along),
            -ring * sin(along),
        )  # counter-clockwise in the standard; the y axis points down
        pieces.append(
            f"M{x - ring:.1f} {y:.0f}a{ring} {ring} 0 1 0 {2 * ring:.1f} 0"
            f"a{ring} {ring} 0 1 0 {-2 * ring:.1f} 0M{x + c:.1f} {y + s:.1f}l{2 * c:.1f} {2 * s:.1f}"
        )
    return "".join(pieces)


def _in_the_page(picture: bytes) -> str:
    if not picture:
        return ""
    return f"data:image/{'png' if picture.startswith(_PNG) else 'jpeg'};base64,{b64encode(picture).decode()}"


def _at(row: Sequence[int]) -> Point:
    return float(row[0]), float(row[1])


def _centre(points: Sequence[Point]) -> Point:
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
