"""Likenesses: 256-bit hashes searched exactly by Hamming distance; the `Vectors` seam, opened by URL.

`folder:<path>` is the engine of the house; `memory:` is the exact twin that defines it.
"""

from pathlib import Path

from entente.engines.segments.errors import Busy, Corrupt
from entente.engines.vectors.seam import BITS, Likeness, Near, Vectors

__all__ = ["BITS", "Busy", "Corrupt", "Likeness", "Near", "Vectors", "open_vectors"]


def open_vectors(url: str) -> Vectors:
    """Open a vectors engine for reading; it takes the writer's place at the first `apply` or `wipe`.

    Raises ValueError for a URL of another form; nothing is read yet, so a broken index shows itself
    later, as `Corrupt`.
    """
    engine, colon, place = url.partition(":")
    match engine, bool(colon), bool(place):
        case "memory", True, False:
            from entente.engines.vectors.memory import MemoryVectors  # noqa: PLC0415

            return MemoryVectors()
        case "folder", True, True:
            from entente.engines.vectors.folder import FolderVectors  # noqa: PLC0415

            return FolderVectors(Path(place))
    raise ValueError(f"no vectors engine at {url!r}: use folder:<path> or memory:")
