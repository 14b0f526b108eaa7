"""Figures of things as columns, read inside a view; the `Columns` seam, opened by URL.

`folder:<path>` is the engine of the house; `memory:` is the exact twin that defines it. Which columns a space
has is not known here: layouts.py names who says it in `match`.
"""

from pathlib import Path

from entente.engines.columns.layouts import Layouts, layout_of
from entente.engines.columns.seam import Columns, Lines, Record
from entente.engines.segments.errors import Busy, Corrupt

__all__ = ["Busy", "Columns", "Corrupt", "Layouts", "Lines", "Record", "layout_of", "open_columns"]


def open_columns(url: str, layouts: Layouts = layout_of) -> Columns:
    """Open a columns engine for reading; it takes the writer's place at the first `apply` or `wipe`.

    Raises ValueError for a URL of another form; nothing is read yet, so a broken index shows itself
    later, as `Corrupt`.
    """
    engine, colon, place = url.partition(":")
    match engine, bool(colon), bool(place):
        case "memory", True, False:
            from entente.engines.columns.memory import MemoryColumns  # noqa: PLC0415

            return MemoryColumns(layouts)
        case "folder", True, True:
            from entente.engines.columns.folder import FolderColumns  # noqa: PLC0415

            return FolderColumns(Path(place), layouts)
    raise ValueError(f"no columns engine at {url!r}: use folder:<path> or memory:")
