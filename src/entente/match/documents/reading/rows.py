"""Where lines of fixed-pitch text may be in a picture: rows of spots of one height, near one straight line.

The picture is looked at in several sizes, so that the characters of a zone are 6 to 22 px high in one of
them. Dark strokes are taken out of whatever ground they lie on (black hat), cut at a share of the darkest
stroke near by, and their connected spots vote for straight lines (Hough 1962) within 20 degrees of level or
upright, by their height. A row is the longest unbroken part of what voted for a line. Nothing is read here:
the net judges (`lines`).
"""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
SIZES = (1600, 1130, 800, 400)
"""Longest side in px at which a picture is looked at."""
LARGER = 2.5
"""A small picture is blown up by no more than this."""
HEIGHTS = ((5, 9), (7.5, 13), (11, 19), (16, 26))
"""Heights of spots that may stand in one row, px at the size looked at."""
FEWEST = 11
"""Spots that make a row."""
_ANGLES = np.deg2rad(np.arange(-20, 20.5, 1.0))
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Row:
    """A row in px of the picture: its middle line from `start` to `end`, in no known reading direction."""

    start: tuple[float, float]
    end: tuple[float, float]
    height: float
    """Of its capitals."""
    pitch: float
    """From character to character."""
    worth: float
    """Spots that stand at a regular distance."""


def rows(grey: Grey, sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """Rows of the picture, the most regular first; each told once."""
    found: list[Row] = []
    longest, seen = max(grey.shape), grey
    for size in sizes:
        scale = size / longest
        if scale <= LARGER:
            # Each size from the one before, the largest first: 40 megapixels are gone through once.
            seen = _resized(seen if max(seen.shape) >= size else grey, size)
            found += [_scaled(row, longest / max(seen.shape)) for row in _rows_at(seen)]
    return _once(sorted(found, key=lambda row: -row.worth))


def _resized(grey: Grey, size: int) -> Grey:
    scale = size / max(grey.shape)
    if scale == 1:
        return grey
    tall, wide = (max(1, round(side * scale)) for side in grey.shape)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, (wide, tall), interpolation=how), np.uint8)


def _rows_at(grey: Grey) -> list[Row]:
    spots = _spots(grey)
    found: list[Row] = []
    for upright in (False, True):
        # An upright row is a level one of the picture laid on its side: x is y, and y is x.
        x, y, wide, tall = spots[:, [1, 0, 3, 2]].T if upright else spots.T
        for low, high in HEIGHTS:
            fit = (tall >= low) & (tall <= high) & (wide <= 14 * high)
            level = _level(*_split(x[fit], y[fit], wide[fit], tall[fit]))
            found += [_turned(row) for row in level] if upright else level
    return found


def _turned(row: Row) -> Row:
    return Row(row.start[::-1], row.end[::-1], row.height, row.pitch, row.worth)


def _scaled(row: Row, by: float) -> Row:
    start, end = (row.start[0] * by, row.start[1] * by), (row.end[0] * by, row.end[1] * by)
    return Row(start, end, row.height * by, row.pitch * by, row.worth)


@cache
def _kernel(size: int) -> Grey:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), np.uint8)


def _spots(grey: Grey) -> Floats:
    """(n, 4): middle x and y, width, height of connected dark strokes of about a character's size, px."""
    soft = cv2.GaussianBlur(grey, (0, 0), 0.7)
    strokes = cv2.morphologyEx(soft, cv2.MORPH_BLACKHAT, _kernel(11))
    darkest = cv2.blur(cv2.dilate(strokes, np.ones((15, 15), np.uint8)), (15, 15))
    cut = np.maximum((darkest * 0.42).astype(np.uint8), 7)
    ink = (strokes > cut).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    left, top, wide, tall, area = stats[1:count].T.astype(np.float64)
    fit = (
        (np.maximum(wide, tall) >= 5)
        & (np.maximum(wide, tall) <= 360)
        & (np.minimum(wide, tall) <= 26)
        & (area >= 6)
    )
    return np.asarray(np.stack([left + wide / 2, top + tall / 2, wide, tall], axis=1)[fit], np.float64)


def _split(x: Floats, y: Floats, wide: Floats, tall: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Spots of several characters that run into one another count as so many."""
    times = np.maximum(np.round(wide / np.maximum(tall, 1) / 0.95), 1).astype(int)
    which = np.repeat(np.arange(len(x)), times)
    step = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
    part = wide / times
    return (x - wide / 2)[which] + (step + 0.5) * part[which], y[which], part[which], tall[which]


def _level(x: Floats, y: Floats, wide: Floats, tall: Floats) -> list[Row]:
    """Level rows among spots of about one height."""
    found: list[Row] = []
    free = np.ones(len(x), bool)
    bin_ = 0.4 * float(np.median(tall)) if len(tall) else 1.0
    down = np.cos(_ANGLES)[:, None] * y - np.sin(_ANGLES)[:, None] * x
    low = down.min() if down.size else 0.0
    place = ((down - low) / bin_).astype(np.int64)
    many = int(place.max()) + 3 if place.size else 0
    place += 1 + many * np.arange(len(_ANGLES))[:, None]
    for _ in range(_ROUNDS):
        if free.sum() < FEWEST:
            break
        votes = np.bincount(place[:, free].ravel(), minlength=many * len(_ANGLES))
        near = votes[:-2] + votes[1:-1] + votes[2:]
        best = int(near.argmax())
        if near[best] < FEWEST:
            break
        angle = _ANGLES[(best + 1) // many]
        inside = np.flatnonzero(free & (np.abs(place[(best + 1) // many] - (best + 1)) <= 1))
        row, used = _longest(x, y, wide, tall, inside, float(angle))
        free[used if len(used) else inside] = False
        if row is not None:
            found.append(row)
    return found


def _longest(
    x: Floats, y: Floats, wide: Floats, tall: Floats, inside: npt.NDArray[np.int64], angle: float
) -> tuple[Row | None, npt.NDArray[np.int64]]:
    """The longest unbroken part of the spots `inside`, and the spots of it."""
    along = x[inside] * np.cos(angle) + y[inside] * np.sin(angle)
    order = np.argsort(along)
    inside, along = inside[order], along[order]
    upright = np.sort(tall[inside] - np.minimum(wide[inside], tall[inside]) * abs(np.sin(angle)))
    height = float(upright[len(upright) * 3 // 5])
    breaks = np.flatnonzero(np.diff(along) > 3.2 * height) + 1
    parts = np.split(np.arange(len(along)), breaks)
    part = max(parts, key=len)
    used = inside[part]
    if len(part) < FEWEST or along[part[-1]] - along[part[0]] < 9 * height:
        return None, used
    steps = np.diff(along[part])
    usual = steps[(steps > 0.55 * height) & (steps < 1.75 * height)]
    if len(usual) < FEWEST // 2:
        return None, used
    pitch = float(np.median(usual))
    regular = float((np.abs(steps - pitch) < 0.25 * pitch).sum())
    tilt, rest = np.polyfit(x[used], y[used], 1)
    away = np.abs(y[used] - tilt * x[used] - rest)
    kept = used[away <= 0.35 * height + 1e-9]
    if len(kept) >= FEWEST:
        tilt, rest = np.polyfit(x[kept], y[kept], 1)
    first, last = float(x[used].min()), float(x[used].max())
    start, end = (first, float(tilt * first + rest)), (last, float(tilt * last + rest))
    return Row(start, end, height, pitch, regular + 0.3 * len(part)), used


def _once(found: list[Row]) -> list[Row]:
    """Without those that lie on a better one."""
    if not found:
        return []
    starts, ends = np.array([row.start for row in found]), np.array([row.end for row in found])
    heights = np.array([row.height for row in found])
    middles, along = (starts + ends) / 2, ends - starts
    length = np.hypot(*along.T)
    kept: list[int] = []
    for n in range(len(found)):
        aside = middles[n] - starts[kept]
        way = (aside * along[kept]).sum(axis=1) / length[kept]
        off = np.abs(along[kept, 0] * aside[:, 1] - along[kept, 1] * aside[:, 0]) / length[kept]
        alike = np.abs(np.log(heights[n] / heights[kept])) < 0.5
        if not ((way >= 0) & (way <= length[kept]) & (off < 0.5 * heights[kept]) & alike).any():
            kept.append(n)
    return [found[n] for n in kept]
