"""What comparing computes, written as its definitions: plain loops, for small arrays."""

import math

import numpy as np

from entente.match.documents.comparing.difference import CELL, MEAN, SHIFT, STEADY, WINDOW
from entente.match.documents.comparing.page import Flags, Floats


def _weight(rows: int, columns: int) -> float:
    reach = round(4 * WINDOW)
    inside = max(abs(rows), abs(columns)) <= reach
    return math.exp(-(rows * rows + columns * columns) / (2 * WINDOW * WINDOW)) if inside else 0.0


def ssim(first: Floats, second: Floats, counted: Flags, row: int, column: int) -> float:
    """Structural similarity in the window of one cell, over cells that count."""
    total = sums_a = sums_b = squares_a = squares_b = products = 0.0
    for r in range(counted.shape[0]):
        for c in range(counted.shape[1]):
            weight = _weight(r - row, c - column) * bool(counted[r, c])
            if not weight:
                continue
            for y in range(r * CELL, (r + 1) * CELL):
                for x in range(c * CELL, (c + 1) * CELL):
                    a, b = float(first[y, x]), float(second[y, x])
                    total += weight
                    sums_a, sums_b = sums_a + weight * a, sums_b + weight * b
                    squares_a, squares_b = squares_a + weight * a * a, squares_b + weight * b * b
                    products += weight * a * b
    mean_a, mean_b = sums_a / total, sums_b / total
    spread_a, spread_b = squares_a / total - mean_a**2, squares_b / total - mean_b**2
    together = products / total - mean_a * mean_b
    return (2 * together + STEADY) / (spread_a + spread_b + STEADY)


def unlike(first: Floats, second: Floats, counted: Flags) -> Floats:
    """The difference map: for each cell the best of all shifts, then the mean over cells that count."""
    height, width = first.shape
    best = np.full(counted.shape, np.inf)
    for dy in range(-SHIFT, SHIFT + 1):
        for dx in range(-SHIFT, SHIFT + 1):
            moved = np.empty_like(second)
            for y in range(height):
                for x in range(width):
                    moved[y, x] = second[min(max(y + dy, 0), height - 1), min(max(x + dx, 0), width - 1)]
            for r, c in np.argwhere(counted):
                best[r, c] = min(best[r, c], 1 - ssim(first, moved, counted, r, c))
    told = np.full(counted.shape, np.nan, np.float32)
    half = MEAN // 2
    for r, c in np.argwhere(counted):
        near = [
            best[y, x]
            for y in range(max(r - half, 0), min(r + half + 1, counted.shape[0]))
            for x in range(max(c - half, 0), min(c + half + 1, counted.shape[1]))
            if counted[y, x]
        ]
        told[r, c] = sum(near) / MEAN**2 / max(len(near) / MEAN**2, 0.4)
    return told


def resemblance(patch: Floats, around: Floats) -> Floats:
    """Normalised cross-correlation of a patch with each place in its surroundings."""
    height, width = patch.shape
    told = np.zeros((around.shape[0] - height + 1, around.shape[1] - width + 1), np.float32)
    mean = sum(float(v) for v in patch.ravel()) / patch.size
    for y in range(told.shape[0]):
        for x in range(told.shape[1]):
            there = [float(around[y + r, x + c]) for r in range(height) for c in range(width)]
            other = sum(there) / len(there)
            one = [float(v) - mean for v in patch.ravel()]
            two = [v - other for v in there]
            lengths = sum(v * v for v in one) * sum(v * v for v in two)
            flat = min(sum(v * v for v in one), sum(v * v for v in two)) < patch.size
            told[y, x] = (
                0.0 if flat else sum(a * b for a, b in zip(one, two, strict=True)) / math.sqrt(lengths)
            )
    return told
