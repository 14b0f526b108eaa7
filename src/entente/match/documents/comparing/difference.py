"""Where a drawn page differs from its reference: a map of local structural similarity, and regions of it.

The map is 1 - SSIM (Wang and others, 2004, without the term of brightness, which light moves), of both pages
evenly lit and equally sharp, over cells of 0.4 mm: the window is a Gaussian of 0.6 mm, the best of all shifts
up to 0.2 mm counts, and a mean over 2.8 mm is taken. 0 says the same, 1 nothing in common, above 1 the
opposite. A lead with a picture, not a verdict: it sees flat pages in normal light only.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from entente.match.documents.comparing.page import PX_PER_MM, Box, Flags, Floats

CELL = 4
"""A cell's side, px at 10 px/mm. Sums over cells replace a Gaussian over px: a fifteenth of the time."""
CELL_MM = CELL / PX_PER_MM
WINDOW = 1.5
"""Of the Gaussian, in cells: 6 px."""
SHIFT = 2
"""Shifts that are forgiven, px each way."""
MEAN = 7
"""Side of the mean, in cells: 28 px."""
STEADY = 200.0
"""Keeps places without print from being weighed by their noise: grey levels squared, against paper at 200."""
DIFFERENT = 0.1
"""From here on a cell belongs to a region. Either half of the specimens sets 0.07 to 0.08
(benchmarks/compare.py); photographs worse than theirs reach 0.06, the smallest change in one, print moved by
0.3 mm, 0.15."""
ABOVE_MEDIAN, SURELY_DIFFERENT = 4.0, 0.25
"""A noisy or coarse picture differs a little everywhere: the threshold rises with the median of the map, but
not above what no such picture reaches, or a page that is another throughout would show no region."""
LEAST_CELLS = 2
EDGE_MM = 1.2
"""Round what is not compared, and inside the page's edge."""


@dataclass(frozen=True, order=True)
class Region:
    """Where a page differs: its highest value (0 the same, 1 nothing in common) and a box in mm."""

    score: float
    box: Box


@dataclass(frozen=True, eq=False)
class Difference:
    """A difference map and what stands out of it.

    `map` [rows, columns] of cells of 0.4 mm, NaN where nothing was compared; `regions` strongest first;
    `median` of the map; `compared`: share of the page; `threshold` of the regions.
    """

    map: Floats
    regions: tuple[Region, ...]
    median: float
    compared: float
    threshold: float


def difference(
    first: Floats,
    second: Floats,
    counted: Flags,
    threshold: float | None = None,
) -> Difference:
    """Compare a drawn page (`second`) with its reference (`first`): [h, w], evenly lit, equally sharp.

    `counted`: the cells that are compared. `threshold`: of a region; if not told, it follows the map's
    median. Raises ValueError where shapes differ.
    """
    if first.shape != second.shape or counted.shape != tuple(side // CELL for side in first.shape):
        raise ValueError(f"a page of {second.shape} on a reference of {first.shape}")
    found = unlike(first, second, counted)
    told = found[counted]
    median = float(np.median(told)) if len(told) else 0.0
    if threshold is None:
        threshold = float(np.clip(ABOVE_MEDIAN * median, DIFFERENT, SURELY_DIFFERENT))
    return Difference(found, tuple(regions(found, threshold)), median, len(told) / found.size, threshold)


def pixels_compared(seen: Flags, fields: Iterable[Box] = ()) -> Flags:
    """Which px of a page [h, w] count: seen, off its edge, in no field, and not beside what does not
    count."""
    edge = round(EDGE_MM * PX_PER_MM)
    around = np.ones((2 * edge + 1, 2 * edge + 1), np.uint8)
    counted = cv2.erode(seen.astype(np.uint8), around, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    told = np.asarray(counted, np.uint8).astype(bool)
    for field in fields:
        told[field.grown(EDGE_MM).slices(told.shape)] = False
    return told


def cells_of(counted: Flags) -> Flags:
    """Which cells count: those of which each px does."""
    rows, columns = (side // CELL for side in counted.shape)
    whole = counted[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL)
    return np.asarray(whole.all(axis=(1, 3)), bool)


def unlike(first: Floats, second: Floats, counted: Flags) -> Floats:
    """1 - SSIM in cells, best of all shifts, then the mean; NaN in cells that do not count.

    Windows reach over cells that count only, so that a holder's field beside a label is not felt in it.
    """
    weights = counted.astype(np.float32)
    total = _window(weights) + 1e-6
    means, spread = _moments(first, weights, total)
    best = np.full(counted.shape, np.inf, np.float32)
    padded = cv2.copyMakeBorder(second, SHIFT, SHIFT, SHIFT, SHIFT, cv2.BORDER_REPLICATE)
    height, width = first.shape
    for dy in range(2 * SHIFT + 1):
        for dx in range(2 * SHIFT + 1):
            moved = np.ascontiguousarray(padded[dy : dy + height, dx : dx + width], np.float32)
            others, other_spread = _moments(moved, weights, total)
            together = _window(_cells(first * moved) * weights) / total - means * others
            alike = (2 * together + STEADY) / (spread + other_spread + STEADY)
            np.minimum(best, 1 - alike, out=best)
    size = (MEAN, MEAN)
    share = cv2.blur(weights, size, borderType=cv2.BORDER_CONSTANT)
    summed = cv2.blur(best * weights, size, borderType=cv2.BORDER_CONSTANT)
    # Beside a field the mean is over fewer cells; where it is over very few, one cell would speak too loud.
    found = np.asarray(summed / np.maximum(share, 0.4), np.float32)
    found[~counted] = np.nan
    return found


def _moments(page: Floats, weights: Floats, total: Floats) -> tuple[Floats, Floats]:
    """Mean and variance in each cell's window."""
    means = _window(_cells(page) * weights) / total
    squares = _window(_cells(page * page) * weights) / total
    return means, squares - means * means


def _cells(page: Floats) -> Floats:
    """Means of whole cells; what is left at the right and lower edge is less than one."""
    rows, columns = (side // CELL for side in page.shape)
    whole = page[: rows * CELL, : columns * CELL]
    return np.asarray(cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)


def _window(cells: Floats) -> Floats:
    side = 2 * round(4 * WINDOW) + 1
    return np.asarray(
        cv2.GaussianBlur(cells, (side, side), WINDOW, borderType=cv2.BORDER_CONSTANT), np.float32
    )


def regions(found: Floats, threshold: float) -> list[Region]:
    """Cells at the threshold or above that touch each other, as boxes in mm, strongest first."""
    above = np.nan_to_num(found, nan=0.0) >= threshold
    number, labels, boxes, _ = cv2.connectedComponentsWithStats(above.astype(np.uint8), connectivity=8)
    told = []
    for label in range(1, number):
        x, y, width, height, cells = (int(v) for v in boxes[label])
        if cells < LEAST_CELLS:
            continue
        here = labels[y : y + height, x : x + width] == label
        score = float(found[y : y + height, x : x + width][here].max())
        told.append(Region(score, Box(x * CELL_MM, y * CELL_MM, width * CELL_MM, height * CELL_MM)))
    return sorted(told, key=lambda r: (-r.score, r.box))
