"""Fingerprints: `read` a picture, `compare` two prints, `pack` and `scan` galleries of them.

Pure: a picture comes in as an array of grey values at a known resolution, a record as bytes; nothing here
opens a file. Works alone:

    one, other = (read(cv2.imread(path, 0), dpi=500) for path in ("one.png", "other.png"))
    found = compare(one, other)
    found.score, found.pairs, found.turn, found.shift
    CALIBRATION.at(found.score)

`score` is raw: 0 or more, higher is nearer, the sum of the evidence on natural logarithms, and of no meaning
beside another matcher's. `CALIBRATION.at` tells it as −log10 of the false match rate: 3.0 where one in a
thousand pairs of different fingers comes as near. `read` raises `Unreadable`, with advice, for what is no
print.

Loops are compiled where numba is installed; `slow()` says what to tell the user where it is not. What is
compiled is loaded when it is first asked for: most processes of a house never look at a print.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from entente.match.prints import iso19794
from entente.match.prints.calibrated import CALIBRATION
from entente.match.prints.framing import Unreadable
from entente.match.prints.iso19794 import Malformed
from entente.match.prints.minutiae import CELL, DPI, Flow, Print
from entente.match.prints.quality import Reason
from entente.match.prints.versions import EXTRACTOR, MATCHER, TEMPLATE

if TYPE_CHECKING:
    from entente.match.prints.comparing import Comparison, Prepared, compare, compare_many, prepare
    from entente.match.prints.compiled import slow
    from entente.match.prints.packing import WIDTH, pack
    from entente.match.prints.reading import Reading, read
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

_LATER = {
    "Comparison": "comparing",
    "Prepared": "comparing",
    "compare": "comparing",
    "compare_many": "comparing",
    "prepare": "comparing",
    "slow": "compiled",
    "WIDTH": "packing",
    "pack": "packing",
    "Reading": "reading",
    "read": "reading",
    "scan": "scanning",
    "scan_slow": "scanning_slow",
}


def __getattr__(name: str) -> Any:
    """What needs compiled loops, with its module."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    """Also what is loaded when it is first asked for: `help` shows it."""
    return sorted({*globals(), *__all__})
