"""Making one line of a picture straight: a track through its characters, and the strip along it.

A track says where the middle of each character is and which way its foot points, so that skew, perspective
and a page that is not flat end in it and the net sees upright characters of one size.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from entente.match.documents.reading.glyphs import PITCH, ROWS, Grey
from entente.match.documents.reading.rows import Row

Floats = npt.NDArray[np.float64]
_LONGEST = 32_000
"""OpenCV warps no picture with a side of 32,768 px or more."""


@dataclass(frozen=True, slots=True)
class Track:
    """Where a line runs. Both are polynomials in cells: character n stands at n + 0.5.

    `path` (3, 2): middle of the line, px of the picture. `down` (2, 2): from the middle of the capitals,
    their whole height towards their feet, px of the picture.
    """

    path: Floats
    down: Floats

    def at(self, cells: Floats, below: Floats | float = 0.0) -> Floats:
        """(n, 2) px of the picture; `below` in heights of capitals."""
        cells = np.asarray(cells, float)
        middle = self.path[0] + cells[:, None] * self.path[1] + cells[:, None] ** 2 * self.path[2]
        return np.asarray(middle + np.reshape(below, (-1, 1)) * self.feet(cells))

    def feet(self, cells: Floats) -> Floats:
        return np.asarray(self.down[0] + np.asarray(cells, float)[:, None] * self.down[1])

    def taller(self, times: float) -> "Track":
        return replace(self, down=self.down * times)

    def lower(self, heights: float) -> "Track":
        """The same track so many heights of capitals further down."""
        path = self.path.copy()
        path[:2] += heights * self.down
        return replace(self, path=path)

    def pitch(self, cells: float) -> float:
        """Px of the picture from character to character in the middle of a line of so many cells."""
        return float(np.hypot(*(self.path[1] + cells * self.path[2])))


def of_row(row: Row, *, turned: bool = False) -> tuple[Track, float]:
    """The track along a row, and how many cells it was seen long. Turned: read from its end."""
    start, end = np.array(row.start), np.array(row.end)
    if turned:
        start, end = end, start
    length = float(np.hypot(*(end - start)))
    way = (end - start) / length
    foot = np.array([-way[1], way[0]]) * row.height
    # Spots are told by their middle: half a cell stands before the first.
    path = np.stack([start - way * row.pitch / 2, way * row.pitch, np.zeros(2)])
    return Track(path, np.stack([foot, np.zeros(2)])), length / row.pitch + 1


class Sizes:
    """A picture in halves of halves, so that a strip is never cut from much more than it can show."""

    def __init__(self, grey: Grey) -> None:
        self._halves = [grey]

    @property
    def whole(self) -> Grey:
        return self._halves[0]

    def near(self, pitch: float) -> tuple[Grey, float]:
        """The half whose characters are at least `PITCH` px apart, if any is, and its scale."""
        wanted = np.floor(np.log2(max(pitch, 1) / (0.9 * PITCH)))
        step = max(0, int(wanted), int(np.ceil(np.log2(max(self.whole.shape) / _LONGEST))))
        while len(self._halves) <= step:
            last = self._halves[-1]
            size = (max(1, (last.shape[1] + 1) // 2), max(1, (last.shape[0] + 1) // 2))
            self._halves.append(np.asarray(cv2.resize(last, size, interpolation=cv2.INTER_AREA), np.uint8))
        chosen = self._halves[step]
        return chosen, chosen.shape[1] / self.whole.shape[1]


def strip(sizes: Sizes, track: Track, first: float, cells: int, rows: int = ROWS) -> Grey:
    """(rows, cells * PITCH): the picture along a track from cell `first` on, PITCH rows to a capital."""
    across = first + (np.arange(cells * PITCH) + 0.5) / PITCH
    below = (np.arange(rows) + 0.5 - rows / 2) / PITCH
    grey, scale = sizes.near(track.pitch(first + cells / 2))
    middle, feet = track.at(across), track.feet(across)
    x = (middle[:, 0] + below[:, None] * feet[:, 0]) * scale - 0.5
    y = (middle[:, 1] + below[:, None] * feet[:, 1]) * scale - 0.5
    return np.asarray(
        cv2.remap(
            grey, x.astype(np.float32), y.astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        ),
        np.uint8,
    )
