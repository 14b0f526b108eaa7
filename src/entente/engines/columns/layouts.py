"""Which columns the lines of each space have: the name of a space ends with the version of its layout."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Layout = np.dtype[Any]
"""A structured type whose fields are single numbers."""
Layouts = Callable[[str], Layout]
"""The layout of the space of this name. Raises ValueError for an unknown one."""
NUMBER = "n"
"""The column that every space has: the number of the line's thing."""


def layout_of(space: str) -> Layout:
    """The layouts of the house. What defines one is imported at the first question."""
    match space:
        case "seizures@1":
            from entente.match.goods.columns import LAYOUT  # noqa: PLC0415

            return LAYOUT
    raise ValueError(f"lines of the space {space!r} have no known layout")


def types_of(layout: Layout, names: Sequence[str]) -> dict[str, np.dtype[Any]]:
    """The type of each asked column. Raises ValueError for one that the layout has not."""
    known = {NUMBER: np.dtype(np.int64), **{name: layout[name] for name in layout.names or ()}}
    if unknown := [name for name in names if name not in known]:
        raise ValueError(f"there is no column {', '.join(unknown)}")
    return {name: known[name] for name in names}
