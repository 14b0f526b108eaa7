"""Fuzzy name search: the `Text` seam, opened by URL.

`tantivy:<folder>` is the engine of the house; `fts5:<file>` needs the standard library alone and is
oracle and fallback; `memory:` is the exact twin that defines both.
"""

from pathlib import Path

from entente.engines.seams import Text
from entente.engines.text.errors import Busy, Corrupt
from entente.engines.text.points import MOST

__all__ = ["Busy", "Corrupt", "open_text"]


def open_text(url: str, most: int = MOST) -> Text:
    """Open a text engine for reading; it takes the writer's place at the first `apply` or `wipe`.

    `most` is the size beyond which a group of equals counts as narrow. Raises ValueError for a URL of
    another form; nothing is read yet, so a broken index shows itself later, as `Corrupt`.
    """
    engine, colon, place = url.partition(":")
    match engine, bool(colon), bool(place):
        case "memory", True, False:
            from entente.engines.text.memory import MemoryText  # noqa: PLC0415

            return MemoryText(most)
        case "tantivy", True, True:
            from entente.engines.text.folder import FolderText  # noqa: PLC0415

            return FolderText(Path(place), most)
        case "fts5", True, True:
            from entente.engines.text.file import FileText  # noqa: PLC0415

            return FileText(Path(place), most)
    raise ValueError(f"no text engine at {url!r}: use tantivy:<folder>, fts5:<file> or memory:")
