"""Minutiae of a skeleton: where ridges end and where they fork, and which of those to believe."""

import math

import numpy as np
from numpy.typing import NDArray

from entente.match.prints.compiled import compiled
from entente.match.prints.skeleton import DOWN, END, MEETING, ON, RIGHT, Pixels, walk

REACH = 14
"""Pixels walked along a ridge from its minutia."""
LEVER = 11
"""Pixels along the ridge over which its direction is taken."""
SHORT = 9
"""Steps: a ridge that ends sooner is a dot or a spur."""
LEAST_ANGLE = 80.0
"""Degrees between the ridges of a fork, but for the two that enclose its valley."""

Rows = NDArray[np.float32]


@compiled
def angle(y0: float, x0: float, y1: float, x1: float) -> float:
    """Degrees counter-clockwise from the first point to the second."""
    return math.degrees(math.atan2(y0 - y1, x1 - x0)) % 360.0


@compiled
def turn(a: float, b: float) -> float:
    """Degrees from b to a, -180 to 180."""
    return (a - b + 180.0) % 360.0 - 180.0


@compiled
def valley(angles: NDArray[np.float64]) -> float:
    """Direction of the valley of a fork whose three ridges leave at these angles; -1 where it is no fork."""
    d01, d12 = abs(turn(angles[0], angles[1])), abs(turn(angles[1], angles[2]))
    d02 = abs(turn(angles[0], angles[2]))
    least = min(d01, d12, d02)
    if d01 + d12 + d02 - least - max(d01, d12, d02) < LEAST_ANGLE:
        return -1.0
    a, b = (0, 1) if least == d01 else ((1, 2) if least == d12 else (0, 2))
    return float((angles[a] + turn(angles[b], angles[a]) / 2) % 360.0)


@compiled
def minutiae(skeleton: Pixels, inner: Pixels) -> Rows:
    """(n, 4) rows of y, x, direction in degrees (ISO/IEC 19794-2: of the ridge at an ending, of the valley at
    a fork) and kind (1, 2), by crossing numbers (Rutovitz 1966), where `inner` is not 0.
    """
    ys, xs = np.nonzero(skeleton)
    rows = np.zeros((len(ys), 4), np.float32)
    path = np.empty((REACH + 1, 2), np.int64)
    starts, angles = np.zeros(8, np.int64), np.zeros(3)
    count = 0
    for i in range(len(ys)):
        y, x = ys[i], xs[i]
        if not inner[y, x]:
            continue
        crossings = 0
        for q in range(8):
            before = skeleton[y + DOWN[q - 1], x + RIGHT[q - 1]]
            crossings += int(before != skeleton[y + DOWN[q], x + RIGHT[q]])
        if crossings not in (2, 6):
            continue
        ways, last = 0, skeleton[y + DOWN[7], x + RIGHT[7]]
        for q in range(8):  # one way for each run of neighbours: the one that shares a side, if any does
            here = skeleton[y + DOWN[q], x + RIGHT[q]]
            if here and not last:
                starts[ways] = q
                ways += 1
            elif here and ways and q % 2 == 0:
                starts[ways - 1] = q
            last = here
        believed = ways == (1 if crossings == 2 else 3)
        for w in range(ways if believed else 0):
            steps, how = walk(skeleton, y, x, starts[w], path)
            if crossings == 2:
                believed &= how == ON or steps >= SHORT
            else:
                believed &= not ((how == END and steps < SHORT) or (how == MEETING and steps < 5))
            at = min(steps, LEVER) - 1
            angles[w] = angle(y, x, path[at, 0], path[at, 1])
        if not believed:
            continue
        direction = angles[0] if crossings == 2 else valley(angles)
        if direction < 0:
            continue
        rows[count, 0], rows[count, 1], rows[count, 2] = y, x, direction
        rows[count, 3] = 1 if crossings == 2 else 2
        count += 1
    return rows[:count].copy()


def believed(rows: Rows, quality: Rows, near: float = 7) -> NDArray[np.bool_]:
    """Which minutiae are not made by a broken ridge, a hole or a crease (after Ratha, Chen & Jain 1995).

    Two endings that face each other are a broken ridge; opposite ones so near are a hole or a bridge; four in
    16 pixels are a scar. Of others nearer than `near` pixels, the one of better quality stays.
    """
    y, x, direction, kind = rows.T
    dx, dy = x[None] - x[:, None], y[None] - y[:, None]
    distance = np.hypot(dx, dy) + np.eye(len(rows), dtype=np.float32) * 1e3
    opposed = np.abs((direction[:, None] - direction[None] + 180) % 360 - 180)
    endings = (kind[:, None] == 1) & (kind[None] == 1)
    bearing = np.degrees(np.arctan2(-dy, dx))
    ahead = np.abs((bearing - direction[:, None] + 180) % 360 - 180) > 120
    broken = (endings & (distance < 14) & (opposed > 140) & ahead).any(1)
    kept = ~(broken | ((distance < near) & (opposed > 130)).any(1) | ((distance < 16).sum(1) >= 4))
    for i in np.argsort(-quality, kind="stable"):
        if kept[i]:
            kept &= ~((distance[i] < near) & (quality <= quality[i]))
            kept[i] = True
    return np.asarray(kept)
