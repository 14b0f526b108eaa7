"""What speaks for and against two prints being of one finger, once they lie on each other.

Minutiae that found a partner, and those that should have one where the other print reaches and have none
(Jain, Hong & Bolle 1997; Feng 2008); how wide the agreement spreads; how well the ridges' flow agrees where
both prints have it (Tico & Kuosmanen 2003; Gu, Zhou & Yang 2006).
"""

import numpy as np
from numpy.typing import NDArray

from entente.match.prints.aligning import partners
from entente.match.prints.compiled import compiled
from entente.match.prints.neighbours import Floats, Places

EVIDENCE = 6
"""Numbers that `evidence` tells."""
CERTAIN, ASTRAY = 40, 0.35
"""Least coherence of a cell of flow, of 255, and the difference in radians from which two disagree."""

Cells = NDArray[np.uint8]


@compiled
def inside(area: Cells, x: float, y: float) -> bool:
    """Whether the cell of 16 px at that place (y upwards) belongs to the print."""
    row, column = int(np.floor(-y)) >> 4, int(np.floor(x)) >> 4
    return 0 <= row < len(area) and 0 <= column < area.shape[1] and area[row, column] > 0


@compiled
def due(a: Places, area: Cells, b: Places, area_b: Cells, moved: Floats, move: Floats) -> tuple[int, int]:
    """How many minutiae of a lie where b is, and of b where a is."""
    there, here = 0, 0
    for i in range(len(a)):
        x, y = a[i, 0] - move[2], a[i, 1] - move[3]
        there += inside(area_b, move[0] * x + move[1] * y, move[0] * y - move[1] * x)
    for j in range(len(b)):
        here += inside(area, moved[j, 0], moved[j, 1])
    return there, here


@compiled
def flowing(angle: Cells, sure: Cells, angle_b: Cells, sure_b: Cells, move: Floats) -> float:
    """Share, by certainty, of the flow that both prints have and that disagrees."""
    turn = np.arctan2(move[1], move[0]) * 81.48733086305042
    total, astray = 0.0, 0.0
    for row in range(len(angle)):
        for column in range(angle.shape[1]):
            if sure[row, column] < CERTAIN:
                continue
            x, y = column * 16 + 8 - move[2], -(row * 16 + 8) - move[3]
            u, v = move[0] * x + move[1] * y, move[0] * y - move[1] * x
            if not inside(sure_b, u, v):
                continue
            there, beside = int(np.floor(-v)) >> 4, int(np.floor(u)) >> 4
            if sure_b[there, beside] < CERTAIN:
                continue
            off = float(angle[row, column]) - float(angle_b[there, beside]) - turn
            off = abs(off - 256.0 * np.floor(off / 256.0 + 0.5)) * 0.01227184630308513
            weight = np.sqrt(float(sure[row, column]) * float(sure_b[there, beside]))
            total += weight
            if off > ASTRAY:
                astray += weight
    return astray / total if total > 0.0 else 0.0


@compiled
def evidence(
    a: Places, area: Cells, angle: Cells, sure: Cells,
    b: Places, area_b: Cells, angle_b: Cells, sure_b: Cells, move: Floats, now: Floats,
) -> tuple[Floats, Places, Places, Floats]:  # fmt: skip
    """(6,) numbers, all 0 where nothing agrees; and the partners' places in a and b, closest first, and how
    close.

    0 the root of the sum of relaxed pairs; 1 the sum of closeness; 2 that as a share of the minutiae due; 3
    the logarithm of those due and alone, plus 1; 4 how far the partners spread, in 100 px; 5 the share of
    the flow that disagrees.
    """
    told = np.zeros(EVIDENCE)
    ours, theirs, close, moved = partners(a, b, move)
    closest = np.argsort(-close, kind="mergesort")
    ours, theirs, close = ours[closest], theirs[closest], close[closest]
    found = len(ours)
    told[0] = np.sqrt(now.sum())
    if found == 0:
        return told, ours, theirs, close
    there, here = due(a, area, b, area_b, moved, move)
    there, here = max(there, found), max(here, found)
    told[1] = close.sum()
    told[2] = told[1] / np.sqrt((there + 6.0) * (here + 6.0))
    told[3] = np.log1p(there + here - 2.0 * found)
    across = a[ours, 0] - a[ours, 0].sum() / found
    up = a[ours, 1] - a[ours, 1].sum() / found
    told[4] = np.sqrt((across * across + up * up).sum() / found) / 100.0
    told[5] = flowing(angle, sure, angle_b, sure_b, move)
    return told, ours, theirs, close
