"""Print that never changes between holders, measured where it stands: a label moved by 0.2 mm is read as 0.2.

A difference map does not see it when another holder's page is held against a specimen; each anchor sought
near its place does. A faint emblem under a background is not found by its shape, for the background alone
resembles it: it is missing where the map says that most of its place is different.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from entente.match.documents.comparing.difference import CELL_MM, DIFFERENT
from entente.match.documents.comparing.page import PX_PER_MM, Box, Flags, Floats
from entente.match.documents.comparing.patches import peak, resemblance

Kind = Literal["label", "line", "emblem"]
State = Literal["in place", "shifted", "missing", "unseen"]

REACH_MM = 1.5
"""How far from its place an anchor is sought."""
ALIKE = 0.6
"""Resemblance (NCC) below which what is found is something else. Genuine labels photographed have 0.9."""
EVEN = 0.01
"""Along a line the resemblance hardly falls; within this of the best the nearest place counts."""
GONE = 0.3
"""Share of an emblem's cells that differ, from which it is missing."""


@dataclass(frozen=True)
class Anchor:
    """Static print of a version's page: where it stands (mm), what it is, how far it may be off (mm).

    Raises ValueError for a tolerance below 0 or as far as it is sought.
    """

    box: Box
    kind: Kind = "label"
    tolerance_mm: float = 0.15
    name: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.tolerance_mm < REACH_MM:
            raise ValueError(f"a tolerance from 0 to below {REACH_MM} mm, not {self.tolerance_mm}")


@dataclass(frozen=True)
class Reading:
    """What was measured: the shift in mm (x right, y down; None where nothing was found), and the NCC."""

    anchor: Anchor
    state: State
    shift_mm: tuple[float, float] | None
    alike: float


def measure(
    first: Floats,
    second: Floats,
    found: Floats,
    anchors: Iterable[Anchor],
    shown: Flags | None = None,
) -> list[Reading]:
    """Each anchor of the reference on the page.

    `first`, `second` [h, w]: reference and page, evenly lit and equally sharp; `found`: the map of their
    difference in cells; `shown` [h, w]: what the picture shows.
    """
    return [_reading(first, second, found, anchor, shown) for anchor in anchors]


def _reading(first: Floats, second: Floats, found: Floats, anchor: Anchor, shown: Flags | None) -> Reading:
    rows, columns = anchor.box.slices(first.shape)
    patch = first[rows, columns]
    if patch.size == 0 or patch.std() < 1e-3 or (shown is not None and not shown[rows, columns].all()):
        return Reading(anchor, "unseen", None, 0.0)
    reach = round(REACH_MM * PX_PER_MM)
    up, left = min(reach, rows.start), min(reach, columns.start)
    around = second[rows.start - up : rows.stop + reach, columns.start - left : columns.stop + reach]
    scores = resemblance(patch, around)
    y, x = _place(scores, up, left, anchor.kind)
    alike = float(scores[y, x])
    shift = (
        (x - left + peak(scores[y, :], x)) / PX_PER_MM,
        (y - up + peak(scores[:, x], y)) / PX_PER_MM,
    )
    if alike < ALIKE or (anchor.kind == "emblem" and _gone(found, anchor.box)):
        return Reading(anchor, "missing", None, alike)
    far = float(np.hypot(*shift)) > anchor.tolerance_mm
    return Reading(anchor, "shifted" if far else "in place", shift, alike)


def _place(scores: Floats, up: int, left: int, kind: Kind) -> tuple[int, int]:
    """Row and column of the best place; of a line, the nearest of those about as good."""
    best = float(scores.max())
    good = np.argwhere(scores >= (best - EVEN if kind == "line" else best))
    y, x = good[np.argmin(np.hypot(good[:, 0] - up, good[:, 1] - left))]
    return int(y), int(x)


def _gone(found: Floats, box: Box) -> bool:
    cells = found[box.slices(found.shape, 1 / CELL_MM)]
    counted = cells[~np.isnan(cells)]
    return bool(len(counted) and (counted >= DIFFERENT).mean() >= GONE)
