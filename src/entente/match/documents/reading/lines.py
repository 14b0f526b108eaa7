"""Reading one line: how many characters it has, where each stands, and what the net says of each.

The net looks everywhere along the strip; the best places for 30, 36 or 44 characters at nearly one distance,
with nothing before the first and behind the last, come from a dynamic programme over its answers. Then the
track is bent to those places and the line read again.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from entente.match.documents.reading.glyphs import (
    NONE,
    PITCH,
    TALL,
    TOP,
    WIDE,
    flat,
    log_probabilities,
    net,
    normal,
    softened,
)
from entente.match.documents.reading.tracks import Sizes, Track, strip

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
LENGTHS = (30, 36, 44)
_PITCHES = (14, 15, 16, 17, 18)
_RISES = tuple(range(-5, 6))


@dataclass(frozen=True, slots=True)
class Line:
    """A line read along a track: (n, 37) log-probabilities, and the mean of each cell's best.

    `alone`: nats, at most 0, that nothing stands before its first character and behind its last.
    """

    track: Track
    said: Floats
    worth: float
    alone: float

    @property
    def length(self) -> int:
        return len(self.said)


@dataclass(frozen=True, slots=True)
class Fit:
    """Places (columns of the strip) of characters, and what they are worth: nats a character, at most 0."""

    places: Whole
    worth: float


def fits(said: npt.NDArray[np.float32], lengths: tuple[int, ...] = LENGTHS) -> dict[int, Fit]:
    """The best places for each number of characters, of (columns, 38) log-probabilities.

    The sum over all characters of the likeliest one, plus that of "none" about one pitch before the first and
    behind the last, less a little for each step that is not the pitch. Exact for the pitches tried. Lengths
    for which the strip is too short are left out.
    """
    best = said[:, :NONE].max(axis=1)
    # Whatever stands at about the place before the first counts against it, if a little off its place.
    edge = max(_PITCHES) + 1
    outside = _least_near(np.pad(said[:, NONE], edge), 4)
    count, pitches = len(best), np.array(_PITCHES)
    if count < max(_PITCHES) * 4:
        return {}
    # One row a pitch. A step goes back by the pitch, one less or one more; far to the left nothing begins.
    columns = np.arange(count)
    back = columns - pitches[:, None] + np.array([0, 1, -1])[:, None, None] + edge  # (3, pitches, columns)
    back += (np.arange(len(pitches)) * (count + edge))[:, None]
    off = np.array([0.0, 0.03, 0.03], np.float32)[:, None, None]
    before = outside[columns - pitches[:, None] + edge]
    behind = outside[columns + pitches[:, None] + edge]
    total = np.full((len(pitches), count + edge), -np.inf, np.float32)
    total[:, edge:] = best + before
    steps: list[npt.NDArray[np.intp]] = []
    found: dict[int, Fit] = {}
    for k in range(2, max(lengths) + 1):
        choices = total.ravel()[back] - off
        taken = choices.argmax(axis=0)
        total[:, edge:] = np.take_along_axis(choices, taken[None], axis=0)[0] + best
        steps.append(taken)
        if k in lengths:
            ends = total[:, edge:] + behind
            row, end = divmod(int(ends.argmax()), count)
            if np.isfinite(ends[row, end]):
                found[k] = Fit(_walked(steps, row, end), float(ends[row, end]) / k)
    return found


def _walked(steps: list[npt.NDArray[np.intp]], row: int, end: int) -> Whole:
    """The places of a way that ends there, the first first."""
    places = [end]
    for taken in reversed(steps):
        places.append(places[-1] - _PITCHES[row] + (0, 1, -1)[taken[row, places[-1]]])
    return np.array(places[::-1])


def maximum_near(values: npt.NDArray[np.float32], reach: int) -> npt.NDArray[np.float32]:
    """The largest value within so many columns, half on each side."""
    return np.asarray(np.lib.stride_tricks.sliding_window_view(values, reach).max(axis=1))


def _least_near(values: npt.NDArray[np.float32], reach: int) -> npt.NDArray[np.float32]:
    padded = np.pad(values, reach)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=1))


def looked_at(sizes: Sizes, track: Track, first: float, cells: int) -> npt.NDArray[np.float32]:
    """(columns, 38) of the strip along a track."""
    ink = flat(strip(sizes, track, first, cells))
    return log_probabilities(ink[TOP : TOP + TALL])


def bent(track: Track, first: float, places: Whole) -> Track:
    """The track on which the characters found at those columns stand in cells 0, 1, 2 …"""
    were = first + np.asarray(places, float) / PITCH
    cells = np.arange(len(places)) + 0.5
    powers = np.stack([np.ones_like(cells), cells, cells**2], axis=1)
    path = np.linalg.lstsq(powers, track.at(were), rcond=None)[0]
    down = np.linalg.lstsq(powers[:, :2], track.feet(were), rcond=None)[0]
    return Track(path, down)


def _cells(ink: npt.NDArray[np.float32], places: Whole, rise: int) -> npt.NDArray[np.float32]:
    """(n, TALL * WIDE) windows at those columns, `rise` rows down."""
    padded = np.pad(ink[TOP + rise : TOP + rise + TALL], ((0, 0), (WIDE, WIDE)))
    starts = np.clip(np.asarray(places) + WIDE // 2, 0, padded.shape[1] - WIDE)
    seen = np.lib.stride_tricks.sliding_window_view(padded, WIDE, axis=1)[:, starts]
    return seen.transpose(1, 0, 2).reshape(len(starts), TALL * WIDE)


def _answers(cells: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return softened(net().logits(normal(cells)))


def levelled(sizes: Sizes, track: Track, length: int) -> Track:
    """The track moved up or down, tilted and bowed to where the net is surest of the characters."""
    ink = flat(strip(sizes, track, -1, length + 2))
    places = (np.arange(length) + 1) * PITCH + PITCH // 2
    seen = np.concatenate([_cells(ink, places, rise) for rise in _RISES])
    sure = _answers(seen)[:, :NONE].max(axis=1).reshape(len(_RISES), length)
    share = (np.arange(length) + 0.5) / length
    left, right, bow = (a.ravel() for a in np.meshgrid(_RISES, _RISES, (-2, -1, 0, 1, 2), indexing="ij"))
    rises = left[:, None] * (1 - share) + right[:, None] * share + bow[:, None] * 4 * share * (1 - share)
    places_ = np.clip(np.rint(rises) - _RISES[0], 0, len(_RISES) - 1).astype(int)
    worth = (
        sure[places_, np.arange(length)].sum(axis=1)
        - 0.02 * np.abs(bow)
        - 0.01 * (np.abs(left) + np.abs(right))
    )
    chosen = int(worth.argmax())
    if not (left[chosen] or right[chosen] or bow[chosen]):
        return track
    cells = np.arange(length, dtype=float) + 0.5
    powers = np.stack([np.ones_like(cells), cells, cells**2], axis=1)
    moved = track.at(cells, rises[chosen].astype(float) / PITCH)
    return Track(np.asarray(np.linalg.lstsq(powers, moved, rcond=None)[0], np.float64), track.down)


_TALLER = (0.84, 0.92, 1.0, 1.09, 1.19)


def fitted(sizes: Sizes, track: Track, length: int) -> Line:
    """The line on a nearly right track: levelled, of the right height, its places found anew, read."""
    track = levelled(sizes, track, length)
    track = _sized(sizes, track, length, _TALLER)
    said = looked_at(sizes, track, -3, length + 6)
    fit = fits(said, (length,)).get(length)
    alone = -9.0
    if fit is not None:
        track = bent(track, -3, fit.places)
        sums = said[fit.places, :NONE].max(axis=1).sum()
        alone = min(0.0, fit.worth * length - float(sums))
    return read(sizes, levelled(sizes, track, length), length, alone)


def _sized(sizes: Sizes, track: Track, length: int, times: tuple[float, ...]) -> Track:
    """The track so many times taller, whichever the net is surest with."""
    return track.taller(times[int(_sure(sizes, track, length, times).argmax())])


def _sure(sizes: Sizes, track: Track, length: int, times: tuple[float, ...]) -> npt.NDArray[np.float32]:
    """What the likeliest characters are worth together on the track so many times taller."""
    places = (np.arange(length) + 1) * PITCH + PITCH // 2
    seen = [_cells(flat(strip(sizes, track.taller(t), -1, length + 2)), places, 0) for t in times]
    sure = _answers(np.concatenate(seen))[:, :NONE].max(axis=1).reshape(len(times), length)
    return np.asarray(sure.sum(axis=1), np.float32)


_HEIGHTS = tuple(np.linspace(0.88, 1.12, 9).tolist())


def of_one_height(sizes: Sizes, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines read again at one height of characters, the likeliest for all: 0 is 7 % taller than O."""
    heights = [float(np.hypot(*line.track.feet(np.array([line.length / 2]))[0])) for line in lines]
    usual = float(np.mean(heights))
    level = [line.track.taller(usual / height) for line, height in zip(lines, heights, strict=True)]
    sure = sum(_sure(sizes, t, line.length, _HEIGHTS) for t, line in zip(level, lines, strict=True))
    times = _HEIGHTS[int(np.argmax(sure))]
    again = [
        read(sizes, levelled(sizes, track.taller(times), line.length), line.length, line.alone)
        for track, line in zip(level, lines, strict=True)
    ]
    # One that can be read only at a height of its own keeps it: a page that is bent.
    better = [new.worth > old.worth - 0.1 for new, old in zip(again, lines, strict=True)]
    return tuple([n if b else o for n, o, b in zip(again, lines, better, strict=True)])


def read(sizes: Sizes, track: Track, length: int, alone: float = 0.0) -> Line:
    """What the net says of each cell, over nine looks a pixel apart."""
    ink = flat(strip(sizes, track, -1, length + 2))
    places = (np.arange(length) + 1) * PITCH + PITCH // 2
    looks = [_cells(ink, places + shift, rise) for shift in (-1, 0, 1) for rise in (-1, 0, 1)]
    shares = np.exp(_answers(np.concatenate(looks)).reshape(9, length, NONE + 1)).mean(axis=0)
    said = np.log(shares)[:, :NONE].astype(float)
    return Line(track, said, float(said.max(axis=1).mean()), alone)
