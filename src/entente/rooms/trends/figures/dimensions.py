"""What rows are grouped by: a column of codes, and what each code is called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entente.match.goods import codes, columns
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.trends.figures.frame import Frame
from entente.web import formats
from entente.web.language import N_, _

Array = NDArray[Any]
NEEDS: Mapping[str, tuple[str, ...]] = {
    "all": (),
    "goods": ("goods",),
    "place": ("country",),
    "origin": ("origin", "departure"),
    "destination": ("destination",),
    "mode": ("mode",),
    "contributor": ("contributor",),
}
"""Columns that a way to group needs beside those of every frame."""
BY: Mapping[str, str] = {
    "all": N_("All together"),
    "goods": N_("By goods"),
    "place": N_("By country of the seizure"),
    "origin": N_("By origin"),
    "destination": N_("By destination"),
    "mode": N_("By way of transport"),
    "contributor": N_("By contributor"),
}
Key = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Grouping:
    """`codes`: (R,) whole numbers from 0. `key`: what a program calls a code; "" is "not said"."""

    by: str
    codes: Array
    key: Key

    def label(self, code: int) -> str:
        """What people call it, in the reader's language."""
        return label(self.by, self.key(code))


def grouping(frame: Frame, by: str) -> Grouping:
    """The grouping of a frame's rows. By goods, the nodes right below the question's goods are told apart."""
    if by == "goods":
        places, keys = below(frame["goods"], frame.question.goods)
        return Grouping(by, places, lambda code: keys[code])
    if by in ("mode", "contributor"):
        return Grouping(by, frame[by], lambda code: columns.word(by, code))
    if by == "all":
        return Grouping(by, np.zeros(len(frame), np.uint8), lambda _: "")
    column = origin_of(frame) if by == "origin" else frame["country" if by == "place" else by]
    return Grouping(by, column, columns.country_of)


def origin_of(frame: Frame) -> Array:
    """Where goods come from: the origin, or where they departed where no origin is said."""
    return np.where(frame["origin"] > 0, frame["origin"], frame["departure"])


def below(goods: Array, code: str, deep: int = 1) -> tuple[NDArray[np.uint16], list[str]]:
    """(R,) places in a list of codes: nodes `deep` levels below a code, the node itself for what is not told
    more exactly, "" for unknown goods. The list stands in the tree's order and moves with no data."""
    known = [""] + ([code] if code else [])
    nodes = list(TAXONOMY.children(code))
    for _level in range(deep - 1):
        nodes = [leaf for node in nodes for leaf in (node, *TAXONOMY.children(node.code))]
    keys = [*known, *(node.code for node in sorted(nodes, key=lambda node: node.index))]
    table = np.zeros(1 << 16, np.uint16)
    for place, key in enumerate(keys):
        if key:
            low, high = TAXONOMY.range_of(key)
            table[low : high + 1] = place
    table[0] = 0
    return table[goods], keys


_LISTS: Mapping[str, str] = {"mode": "modes", "contributor": "contributors", "unit": "units"}


def label(by: str, key: str) -> str:
    """What people call a key of a grouping."""
    if by == "all":
        return _("All together")
    if not key:
        return _("Not said")
    if by == "goods":
        return goods(key)
    if by in _LISTS:
        return word(_LISTS[by], key)
    return formats.country(key)


def goods(code: str) -> str:
    return _(TAXONOMY.node(code).label) if code in TAXONOMY else code


def word(listed: str, code: str) -> str:
    """The label of a code of a closed list (match/goods/codes.toml)."""
    return _(codes.LABELS[listed][code]) if code in codes.LABELS[listed] else code


def unit(code: str) -> str:
    return word("units", code)
