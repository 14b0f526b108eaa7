"""Fingerprints: `read` a picture, `compare` two prints, `pack` and `scan` galleries of them.

Pure: a picture comes in as an array of grey values at a known resolution, a record as bytes; nothing here
opens a file. Works alone: `from entente.match.prints import read, compare`. Loops are compiled where numba is
installed; `slow()` says what to tell the user where it is not.
"""

from entente.match.prints import iso19794
from entente.match.prints.calibrated import CALIBRATION
from entente.match.prints.comparing import (
    MATCHER,
    Comparison,
    Prepared,
    compare,
    compare_many,
    prepare,
)
from entente.match.prints.compiled import slow
from entente.match.prints.framing import Unreadable
from entente.match.prints.iso19794 import Malformed
from entente.match.prints.minutiae import CELL, DPI, Flow, Print
from entente.match.prints.packing import TEMPLATE, WIDTH, pack
from entente.match.prints.quality import Reason
from entente.match.prints.reading import EXTRACTOR, Reading, read
from entente.match.prints.scanning import scan
from entente.match.prints.scanning_slow import scan_slow

__all__ = [
    "CALIBRATION",
    "CELL",
    "DPI",
    "EXTRACTOR",
    "MATCHER",
    "TEMPLATE",
    "WIDTH",
    "Comparison",
    "Flow",
    "Malformed",
    "Prepared",
    "Print",
    "Reading",
    "Reason",
    "Unreadable",
    "compare",
    "compare_many",
    "iso19794",
    "pack",
    "prepare",
    "read",
    "scan",
    "scan_slow",
    "slow",
]
