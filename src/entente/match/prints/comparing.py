"""Two prints: how likely they are of one finger, and which minutiae say so.

Older published methods alone: neighbours within a fixed radius, one-to-one pairs by relaxation, a rigid
motion, minutiae and ridge flow that agree under it. No cylinders (docs/decisions/0032). The numbers become
one by fixed weights that `benchmarks/prints_weights.py` fitted on fingers 101 to 105 of four FVC sets.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import atan2, degrees

import cv2
import numpy as np
from numpy.typing import NDArray

from entente.match.prints.agreeing import COSINES, SINES, WEIGHTS
from entente.match.prints.aligning import aligned
from entente.match.prints.compiled import compiled
from entente.match.prints.minutiae import CELL, HasPrint, Print, print_of
from entente.match.prints.neighbours import RADIANS, Floats, Places, Words, around, bitmaps, placed
from entente.match.prints.pairing import candidates, likeness, one_to_one, relaxed
from entente.match.prints.verifying import EVIDENCE, Cells, evidence

FLOWING = np.array([1.20, 0.17, 9.12, -0.40, 0.57, -4.96])
PLAIN = np.array([1.86, 0.21, 12.02, -0.86, 0.79, 0.0])
"""Weights of `evidence`: natural log-odds, where both prints have a flow and where one has none."""
BEGIN = {True: 10 - 3.50, False: 10 - 4.50}
"""What is added: 10 is as likely one finger as two, were both equally common; 0 is where counting ends."""

FEW, EACH = 6.0, 1.25
"""What a score is at most: so much, and so much more for each minutia that agrees. Three or five minutiae
that all agree are no strong match, though everything that is there does; the sets have none so small to
learn it from."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A print, ready to be compared many times.

    `places` (n, 4): x, y upwards, direction, neighbours; `asking`, `kept` (n, 8) bitmaps; `around` (4, n,
    14); `area`, `angle`, `sure`: cells of 16 px, the last two empty where the print has no flow; `index`:
    (n,) each minutia's place in the print; `key`: prints of one content have one.
    """

    places: Places
    asking: Words
    kept: Words
    around: Floats
    area: Cells
    angle: Cells
    sure: Cells
    index: Places
    key: bytes


Ready = Print | HasPrint | Prepared


def prepare(print: Print | HasPrint) -> Prepared:
    """Work out what every comparison of the print needs; TypeError for what is no print and no reading."""
    print = print_of(print)
    minutiae = placed(print)
    near = around(minutiae)
    places = np.stack([minutiae.x, minutiae.y, minutiae.direction, near.count], axis=1)
    nowhere = np.zeros((0, 0), np.uint8)
    angle, sure = (print.flow.angle, print.flow.certain) if print.flow is not None else (nowhere, nowhere)
    return Prepared(
        np.ascontiguousarray(places),
        bitmaps(near, tolerant=True),
        bitmaps(near, tolerant=False),
        np.stack([near.ahead, near.aside, near.relative * RADIANS, near.far]),
        _area(minutiae.x, -minutiae.y),
        np.ascontiguousarray(angle, np.uint8),
        np.ascontiguousarray(sure, np.uint8),
        minutiae.index,
        places.tobytes() + angle.tobytes() + sure.tobytes(),
    )


def _area(x: Places, y: Places) -> Cells:
    """Cells inside the minutiae's hull: where a print is sure to reach (`y` downwards)."""
    cells = np.stack([x, y], axis=1) // CELL
    columns, rows = (int(value) + 1 for value in cells.max(axis=0, initial=0))
    area = np.zeros((rows, columns), np.uint8)
    if len(cells) > 2:
        cv2.fillConvexPoly(area, cv2.convexHull(cells.astype(np.int32)), (1,))
    return area


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two prints have in common.

    `score`: 0 or more, higher is nearer; natural logarithm of a likelihood ratio, moved (`BEGIN`), of
    `MATCHER`: `rates.Calibration` says how often prints of different fingers reach it. `pairs`: places in
    the minutiae of a and of b, strongest first. `turn` degrees counter-clockwise about the top left corner,
    then `shift` (x, y) pixels, bring b onto a.
    """

    score: float = 0.0
    pairs: tuple[tuple[int, int], ...] = ()
    turn: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)

    def onto(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where points (n, 2) of b (x, y in pixels, y downwards) come to lie in a."""
        cosine, sine = np.cos(np.radians(self.turn)), np.sin(np.radians(self.turn))
        x, y = points[:, 0], points[:, 1]
        turned = np.stack([cosine * x + sine * y, cosine * y - sine * x], axis=1)
        return np.asarray(turned + self.shift, np.float64)


def compare(a: Ready, b: Ready) -> Comparison:
    """How near two prints are: the same the other way around, with the pairs and the motion turned about.

    Prints, readings of pictures, or either prepared. 0 where one has fewer than two minutiae. The raw score
    says little alone: `CALIBRATION.at(score)` tells how rare it is. TypeError for what is no print.
    """
    return _compared(_ready(a), _ready(b))


def compare_many(a: Ready, others: Sequence[Ready], threads: int = 1) -> list[Comparison]:
    """`compare` with each of the others."""
    one = _ready(a)
    if threads <= 1:
        return [_compared(one, _ready(other)) for other in others]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda other: _compared(one, _ready(other)), others))


def _ready(print: Ready) -> Prepared:
    return print if isinstance(print, Prepared) else prepare(print)


def _compared(a: Prepared, b: Prepared) -> Comparison:
    if len(a.places) < 2 or len(b.places) < 2:
        return Comparison()
    # One order for both ways around, so that ties within fall alike.
    swapped = b.key < a.key
    told, move, ours, theirs, _ = measured(b, a) if swapped else measured(a, b)
    if not len(ours):
        return Comparison()
    cosine, sine, x, y = move[:4].tolist()
    if swapped:
        ours, theirs = theirs, ours
        x, y = -(cosine * x + sine * y), sine * x - cosine * y
        sine = -sine
    pairs = zip(a.index[ours].tolist(), b.index[theirs].tolist(), strict=True)
    return Comparison(scored(told, a, b), tuple(pairs), degrees(atan2(sine, cosine)), (x, -y))


def scored(told: Floats, a: Prepared, b: Prepared) -> float:
    """One number of the evidence."""
    flowing = a.sure.size > 0 and b.sure.size > 0
    value = float(told @ (FLOWING if flowing else PLAIN)) + BEGIN[flowing]
    return min(max(value, 0.0), FEW + EACH * float(told[1]))


def measured(a: Prepared, b: Prepared) -> tuple[Floats, Floats, Places, Places, Floats]:
    """`evidence` of two prints, and the motion that brings b onto a."""
    told, move, ours, theirs, close = _measured(
        a.places, a.asking, a.kept, a.around, a.area, a.angle, a.sure,
        b.places, b.asking, b.kept, b.around, b.area, b.angle, b.sure, WEIGHTS, COSINES, SINES,
    )  # fmt: skip
    return told, move, ours, theirs, close


@compiled
def _measured(
    a: Places, asking_a: Words, kept_a: Words, around_a: Floats, area_a: Cells, angle_a: Cells, sure_a: Cells,
    b: Places, asking_b: Words, kept_b: Words, around_b: Floats, area_b: Cells, angle_b: Cells, sure_b: Cells,
    weights: Floats, cosines: Floats, sines: Floats,
) -> tuple[Floats, Floats, Places, Places, Floats]:  # fmt: skip
    ours, theirs = candidates(a, asking_a, kept_a, b, asking_b, kept_b, weights)
    like = likeness(a, around_a, b, around_b, ours, theirs)
    ours, theirs, like = one_to_one(ours, theirs, like, len(a), len(b))
    now, agree = relaxed(a, b, ours, theirs, like, cosines, sines)
    move = aligned(a, b, ours, theirs, now, agree)
    if move[0] == 0.0 and move[1] == 0.0:
        none = np.zeros(0, np.int64)
        return np.zeros(EVIDENCE), move, none, none, np.zeros(0)
    told, ours, theirs, close = evidence(a, area_a, angle_a, sure_a, b, area_b, angle_b, sure_b, move, now)
    return told, move, ours, theirs, close
