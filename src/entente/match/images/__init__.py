"""Pictures, by what is left of them when they are not there: hashes, descriptors, and what ties two of
them.

Pure: a picture comes in as an array of grey values that somebody else decoded. Only whoever holds a picture
computes any of this; the server keeps and compares what was computed, and never sees one.
"""

from entente.match.images.camera import device_of, tables_hash
from entente.match.images.comparing import compare
from entente.match.images.dhash import dhash
from entente.match.images.films import FRAME_SHARE
from entente.match.images.pdq import DIHEDRAL, LEAST_QUALITY, distance, pdq
from entente.match.images.signals import PROBABLE, SAME, Line, Signals, Tie
from entente.match.images.square import CANONICAL, Luma, square
from entente.match.images.views import VIEWS, Likenesses, likenesses, turns, views

__all__ = [
    "CANONICAL",
    "DIHEDRAL",
    "FRAME_SHARE",
    "LEAST_QUALITY",
    "PROBABLE",
    "SAME",
    "VIEWS",
    "Likenesses",
    "Line",
    "Luma",
    "Signals",
    "Tie",
    "compare",
    "device_of",
    "dhash",
    "distance",
    "likenesses",
    "pdq",
    "square",
    "tables_hash",
    "turns",
    "views",
]
