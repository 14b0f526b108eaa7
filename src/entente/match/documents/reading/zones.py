"""From lines to zones: two or three lines of one length, one below the other, in one reading direction.

A row that the net can read is the seed of a zone. Its neighbours are looked for among the other rows and
where the ink of the picture says that a line runs above or below, so that one good line finds the others.
The number of characters is the one at which all lines together are surest.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from entente.match.documents.reading.forms import SHAPES
from entente.match.documents.reading.glyphs import NONE, PITCH, TALL, TOP, flat, log_probabilities
from entente.match.documents.reading.lines import (
    Fit,
    Line,
    bent,
    fits,
    fitted,
    looked_at,
    maximum_near,
    of_one_height,
)
from entente.match.documents.reading.rows import Row
from entente.match.documents.reading.tracks import Sizes, Track, of_row, strip

Floats = npt.NDArray[np.float64]
READABLE = -0.75
"""Mean log-probability of a zone below which nothing is told: about what a stray row comes to."""
_PROMISING = -1.6
_FITTED = -1.1
_AT_ONCE = -0.5
_CLEAR = -0.2
_SEEDS = 3
_MOST_TRIED = 5
_NEAR, _FAR = 1.15, 4.2
"""Distance of neighbouring lines, heights of capitals."""


@dataclass(frozen=True, slots=True)
class Zone:
    """Lines of one length, the first first."""

    lines: tuple[Line, ...]

    @property
    def worth(self) -> float:
        """Mean log-probability of a character."""
        return float(np.mean([line.worth for line in self.lines]))

    @property
    def whole(self) -> float:
        """The same, less what stands before and behind: 36 of 44 characters are read well, but not alone."""
        return self.worth + sum(line.alone for line in self.lines) / sum(line.length for line in self.lines)


@dataclass(frozen=True, slots=True)
class Sight:
    """A row as first looked at, in one direction: its track, the first cell of it that was seen, the fits."""

    track: Track
    first: float
    fits: dict[int, Fit]
    cells: float

    @property
    def middle(self) -> Floats:
        return np.asarray(self.track.at(np.array([self.first + self.cells / 2]))[0])

    @property
    def worth(self) -> float:
        return max((fit.worth for fit in self.fits.values()), default=-99.0)


def zones(sizes: Sizes, found: list[Row]) -> tuple[list[Zone], float]:
    """The zones of a picture, best first, and the worth of the best seed, whatever came of it.

    A row that is read at once is followed at once; then only rows are looked at that are about as regular,
    which a second zone's are.
    """
    told: list[Zone] = []
    best, enough = -99.0, 0.0
    later: list[Sight] = []
    failed = 0
    for row in found:
        if row.worth < enough or any(_lies_in(_middle(row), zone) for zone in told if zone.worth > _CLEAR):
            continue
        for sight in _sights(sizes, row):
            best = max(best, sight.worth)
            at_once = sight.worth > _AT_ONCE and failed < _MOST_TRIED
            zone = _zone(sizes, sight) if at_once else None
            failed += at_once and zone is None
            if zone is not None:
                told.append(zone)
                enough = max(enough, 0.45 * row.worth)
                break
            if sight.worth > _PROMISING and not at_once:
                later.append(sight)
    for sight in sorted(later, key=lambda s: -s.worth)[: max(0, _SEEDS - failed) if not told else 0]:
        if not any(_lies_in(sight.middle, zone) for zone in told):
            zone = _zone(sizes, sight)
            if zone is not None:
                told.append(zone)
    return _apart(told), best


def _apart(told: list[Zone]) -> list[Zone]:
    """The best first, without those that lie across a better one."""
    kept: list[Zone] = []
    for zone in sorted(told, key=lambda z: -z.whole):
        middles = [line.track.at(np.array([line.length / 2]))[0] for line in zone.lines]
        if not any(_lies_in(middle, other) for middle in middles for other in kept):
            kept.append(zone)
    return kept


def _middle(row: Row) -> Floats:
    return (np.array(row.start) + row.end) / 2


def _zone(sizes: Sizes, sight: Sight) -> Zone | None:
    """The zone around a sight, of the number of characters that fits best; None when it cannot be read."""
    tried = [zone for n in _likely_lengths(sight) if (zone := _grown(sizes, sight, n)) is not None]
    best = max(tried, key=lambda z: z.whole, default=None)
    if best is None or best.worth < READABLE:
        return None
    return Zone(of_one_height(sizes, best.lines))


def _sights(sizes: Sizes, row: Row) -> list[Sight]:
    """The row looked at in both directions, with room for what was not seen of it; the better first."""
    track, cells = of_row(row)
    more = int(np.clip(np.ceil(47 - cells), 4, 20))
    count = int(np.ceil(cells)) + 2 * more
    ink = flat(strip(sizes, track, -more, count))
    seen = [_sight(track, -more, log_probabilities(ink[TOP : TOP + TALL]))]
    if seen[0].worth < -0.08:
        # The same strip upside down: what was its end is now its start.
        back, _ = of_row(row, turned=True)
        turned = np.ascontiguousarray(ink[::-1, ::-1])
        seen.append(_sight(back, cells + more - count, log_probabilities(turned[TOP : TOP + TALL])))
    seen.sort(key=lambda s: -s.worth)
    return [s for s in seen if s.worth > seen[0].worth - 0.5]


def _sight(track: Track, first: float, said: npt.NDArray[np.float32]) -> Sight:
    # No fit is better than the best character within half a cell everywhere: most rows need no more.
    most = maximum_near(said[:, :NONE].max(axis=1), PITCH)
    hope = (
        float(np.convolve(most, np.ones(20 * PITCH) / (20 * PITCH), "valid").max())
        if len(most) > 20 * PITCH
        else 0
    )
    return Sight(track, first, fits(said) if hope > _PROMISING else {}, len(said) / PITCH)


def _likely_lengths(sight: Sight) -> list[int]:
    ordered = sorted(sight.fits, key=lambda length: -sight.fits[length].worth)
    return [length for length in ordered if sight.fits[length].worth > sight.worth - 0.15][:2]


def _lies_in(middle: Floats, zone: Zone) -> bool:
    first, last = zone.lines[0], zone.lines[-1]
    ends = np.array([0.0, float(first.length)])
    corners = [*first.track.at(ends, -2.0), *last.track.at(ends[::-1], 2.0)]
    sides = [
        float((b - a)[0] * (middle - a)[1] - (b - a)[1] * (middle - a)[0])
        for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    return all(s >= 0 for s in sides) or all(s <= 0 for s in sides)


def _grown(sizes: Sizes, sight: Sight, length: int) -> Zone | None:
    """The zone around one line, if it has its other lines."""
    seed = fitted(sizes, bent(sight.track, sight.first, sight.fits[length].places), length)
    if seed.worth < _FITTED:
        return None
    lines = [seed]
    while len(lines) < SHAPES[length]:
        found = _between(sizes, lines) if len(lines) == 2 else None
        if found is None:
            found = _neighbour(sizes, lines, up=False)
            if found is None or found.worth < _CLEAR:
                above = _neighbour(sizes, lines, up=True)
                found = max([n for n in (found, above) if n], key=lambda line: line.worth, default=None)
        if found is None or found.worth < _PROMISING:
            return None
        lines = sorted([*lines, found], key=lambda line: _height_of(line, seed))
    return Zone(tuple(lines))


def _height_of(line: Line, seed: Line) -> float:
    """How far a line runs below another, heights of capitals."""
    middle = np.array([seed.length / 2])
    foot = seed.track.feet(middle)[0]
    return float((line.track.at(middle) - seed.track.at(middle))[0] @ foot / (foot @ foot))


def _between(sizes: Sizes, lines: list[Line]) -> Line | None:
    """The middle one of three lines, where two were found that stand too far apart for neighbours."""
    distance = _height_of(lines[1], lines[0])
    if distance < 2.3 * _NEAR:
        return None
    tried = _at(sizes, lines[0].track.lower(distance / 2), lines[0].length)
    return tried if tried is not None and tried.worth > _PROMISING else None


def _at(sizes: Sizes, track: Track, length: int) -> Line | None:
    fit = fits(looked_at(sizes, track, -4, length + 8), (length,)).get(length)
    if fit is None or fit.worth < 2.2 * _PROMISING:
        return None
    return fitted(sizes, bent(track, -4, fit.places), length)


def _neighbour(sizes: Sizes, lines: list[Line], *, up: bool) -> Line | None:
    """The line above the first or below the last, where the ink of the picture is that of a line.

    The third of three lines stands about as far from the second as the second from the first.
    """
    line = lines[0] if up else lines[-1]
    usual = abs(_height_of(lines[1], lines[0])) if len(lines) == 2 else 0.0
    best: tuple[float, Track, Fit] | None = None
    for distance in _distances(sizes, line, up=up):
        if usual and abs(distance - usual) > 0.25 * usual:
            continue
        track = line.track.lower(-distance if up else distance)
        fit = fits(looked_at(sizes, track, -4, line.length + 8), (line.length,)).get(line.length)
        if fit is not None and (best is None or fit.worth > best[0]):
            best = (fit.worth, track, fit)
            if fit.worth > -0.12:
                break
    if best is None or best[0] < 2.2 * _PROMISING:
        return None
    return fitted(sizes, bent(best[1], -4, best[2].places), line.length)


def _distances(sizes: Sizes, line: Line, *, up: bool) -> list[float]:
    """Distances in heights of capitals at which a band of ink as high as a line runs, the clearest three."""
    rows = round(2 * (_FAR + 1) * PITCH)
    ink = flat(strip(sizes, line.track, 0, line.length, rows)).mean(axis=1)
    profile = ink[: rows // 2][::-1] if up else ink[(rows + 1) // 2 :]
    total = np.concatenate([[0.0], np.cumsum(profile)])
    places = np.arange(round(_NEAR * PITCH), min(round(_FAR * PITCH), len(profile) - 11))

    def mean(start: int, end: int) -> Floats:
        return np.asarray((total[places + end] - total[places + start]) / (end - start))

    clear = mean(-7, 8) - (mean(-11, -8) + mean(9, 12)) / 2
    peaks = [
        n for n in range(len(places)) if clear[n] == clear[max(0, n - 4) : n + 5].max() and clear[n] > 0.02
    ]
    peaks = sorted(peaks, key=lambda n: -clear[n])[:3]
    return [(float(places[n]) + 0.5) / PITCH for n in peaks]
