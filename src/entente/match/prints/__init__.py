"""Fingerprints: `read` a picture, `compare` two prints, `pack` and `scan` galleries of them.

Pure: a picture comes in as an array of grey values at a known resolution, a record as bytes; nothing here opens
a file. Works alone: `from entente.match.prints import read, compare`. Loops are compiled where numba is
installed; `slow()` says what to tell the user where it is not.
"""

from entente.match.prints import iso19794
from entente.match.prints.compiled import slow
from entente.match.prints.framing import Unreadable
from entente.match.prints.iso19794 import Malformed
from entente.match.prints.minutiae import CELL, DPI, Flow, Print
from entente.match.prints.quality import Reason
from entente.match.prints.reading import EXTRACTOR, Reading, read

__all__ = [
    "CELL",
    "DPI",
    "EXTRACTOR",
    "Flow",
    "Malformed",
    "Print",
    "Reading",
    "Reason",
    "Unreadable",
    "iso19794",
    "read",
    "slow",
]
