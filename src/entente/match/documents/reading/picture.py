"""A picture in, the zones in it out."""

from dataclasses import dataclass

import cv2
import numpy as np

from entente.match.documents.reading.decoding import decoded
from entente.match.documents.reading.glyphs import CHARACTERS, Grey
from entente.match.documents.reading.lines import Line
from entente.match.documents.reading.rows import SIZES, rows
from entente.match.documents.reading.tracks import Sizes
from entente.match.documents.reading.zones import Zone, zones

_MOST_ROWS = 14
_SMALL = (3200,)
"""Longest side at which a large picture is looked at when nothing was found."""
_FILLERS, _DIFFERENT = 2, 6
"""Fillers of a zone, and different characters."""
_LOST, _UNLIKELY = -0.4, 30.0
_NEARLY = -2.0
"""Worth of a row from which on something stood there that nearly could be read."""
_GLARE = 0.03
_BLURRED = 12.0
"""Strength of the strongest edges of a picture that is out of focus, grey levels."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One zone. All of `lines`, `likely` and `second` are of one shape.

    `cost`: nats between what is printed and the likeliest zone that conforms; 0 where they are one, below 1
    a misread character, above 3 a zone that says so itself, or cannot be read. `confidence`: for each line
    the natural logarithm of how likely each printed character is; its mean (`worth`) is -0.15 or more where
    a zone is read right, -0.4 or less where it is lost. `quad`: corners in px of the picture, from the start
    of the first line clockwise as one reads. `turned`: clockwise, degrees. `form`: TD1 TD2 TD3 MRVA MRVB.
    """

    lines: tuple[str, ...]
    likely: tuple[str, ...]
    cost: float
    confidence: tuple[tuple[float, ...], ...]
    second: tuple[str, ...]
    quad: tuple[tuple[float, float], ...]
    turned: int
    form: str

    @property
    def worth(self) -> float:
        """Mean of `confidence`."""
        return float(np.mean([c for line in self.confidence for c in line]))

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom, px of the picture."""
        across, down = zip(*self.quad, strict=True)
        return min(across), min(down), max(across), max(down)


@dataclass(frozen=True, slots=True)
class Nothing:
    """No zone was read, and why: "absent" (nothing looks like one), "blurred", or "glare"."""

    why: str

    def __bool__(self) -> bool:
        return False


def read(grey: Grey) -> tuple[Reading, ...] | Nothing:
    """Every zone of a grey picture (rows, columns), the surest first; or why there is none.

    Raises ValueError for an array that is no grey picture.
    """
    if grey.ndim != 2 or grey.dtype != np.uint8 or not grey.size:
        raise ValueError("a grey picture is an array of uint8 with rows and columns")
    grey = np.ascontiguousarray(grey)
    sizes = Sizes(grey)
    if min(grey.shape) < 16:
        return Nothing("absent")
    found, best = zones(sizes, rows(grey)[:_MOST_ROWS])
    if not found and max(grey.shape) > 1.5 * max(SIZES):
        found, best = zones(sizes, rows(grey, _SMALL)[:_MOST_ROWS])
    told = tuple([reading for zone in found if _is_zone(reading := _told(zone))])
    if found and not told:
        return Nothing("absent")
    return told or Nothing(_why(grey, best))


def _is_zone(reading: Reading) -> bool:
    """A page of capitals has no fillers; a texture is one letter all over, or neither sure nor likely."""
    text = "".join(reading.lines)
    lost = reading.worth < _LOST and reading.cost > _UNLIKELY
    return text.count("<") >= _FILLERS and len(set(text)) >= _DIFFERENT and not lost


def _told(zone: Zone) -> Reading:
    length = zone.lines[0].length
    said = np.concatenate([line.said for line in zone.lines])
    both = decoded(said, length)
    order = np.argsort(-said, axis=1)
    second = "".join(CHARACTERS[n] for n in order[:, 1])

    def cut(text: str) -> tuple[str, ...]:
        return tuple([text[n : n + length] for n in range(0, len(text), length)])

    confidence = tuple([tuple([float(c) for c in line.said.max(axis=1)]) for line in zone.lines])
    quad = _quad(zone.lines)
    way = np.subtract(quad[1], quad[0])
    turned = round(np.degrees(np.arctan2(way[1], way[0])) / 90) % 4 * 90
    return Reading(
        cut(both.raw), cut(both.likely), both.cost, confidence, cut(second), quad, turned, both.form
    )


def _quad(lines: tuple[Line, ...]) -> tuple[tuple[float, float], ...]:
    first, last = lines[0], lines[-1]
    ends = np.array([0.0, float(first.length)])
    corners = [*first.track.at(ends, -0.5), *last.track.at(ends[::-1], 0.5)]
    return tuple([(float(x), float(y)) for x, y in corners])


def _why(grey: Grey, best: float) -> str:
    """The likeliest reason: light that burnt out over a row that nearly could be read, or no sharp edge."""
    scale = 800 / max(grey.shape)
    seen = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    if float((seen >= 252).mean()) > _GLARE and float((seen < 200).mean()) > 0.2 and best > _NEARLY:
        return "glare"
    edges = cv2.Laplacian(cv2.GaussianBlur(seen, (0, 0), 1.0), cv2.CV_32F)
    sharpest = float(np.percentile(np.abs(edges), 99.5))
    return "blurred" if sharpest < _BLURRED else "absent"
