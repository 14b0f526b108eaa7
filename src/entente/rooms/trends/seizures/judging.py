"""Whether a quantity is far from all others: held against one's own bureau's alone, whatever else one sees.

So what a bureau is told of its own figure, and what is held, does not move by what others keep.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.core.access import View
from entente.core.problems import Unavailable
from entente.desk import Desk
from entente.desk.columns import columns as columns_of
from entente.match.goods import columns, outliers
from entente.match.goods.taxonomy import TAXONOMY

NAMES = ("goods", "unit", "qty", "held", "form")
FAR = "The quantity is far from all others of its goods"
CONFIRM = "It is kept and left out of sums until your bureau confirms the figure."
MOST_OTHERS = 2_000
"""Of very many others the latest are enough for a median."""


def judge(desk: Desk) -> Callable[[str, str, float], str]:
    """(goods, unit, quantity) to why it is far from the bureau's others, or ""; they are read at the first
    question. While figures are being made again, only what no seizure can be is told."""

    @cache
    def others() -> dict[str, NDArray[Any]]:
        return own_quantities(desk)

    @cache
    def of(goods: str, unit: str) -> tuple[float, ...]:
        rows = others()
        same = (rows["goods"] == TAXONOMY.index(goods)) & (rows["unit"] == columns.code("unit", unit))
        quantities = rows["qty"][same]
        return tuple(float(q) for q in quantities[np.isfinite(quantities)][-MOST_OTHERS:])

    def told(goods: str, unit: str, quantity: float) -> str:
        why = outliers.is_far(quantity, of(goods, unit))
        return f"The quantity {why}" if why else ""

    return told


def own_quantities(desk: Desk) -> dict[str, NDArray[Any]]:
    """The columns NAMES of one's own bureau's single seizures, without those that are held; empty while the
    figures are being made again."""
    try:
        rows = columns_of(desk, columns.SPACE, NAMES, own_view(desk))
    except Unavailable:
        return {name: np.zeros(0) for name in NAMES}
    single = (rows["form"] != columns.code("form", "total")) & (rows["held"] == 0)
    return {name: rows[name][single] for name in NAMES}


def own_view(desk: Desk) -> View:
    """What is of one's own bureau."""
    classes = desk.house.classes(desk.tx, settled=not desk.writing)
    spelled = bytearray(max(classes, default=-1) + 1)
    for number, handling in classes.items():
        spelled[number] = handling.owner == desk.asker.bureau
    return View(bytes(spelled), (), desk.today)
