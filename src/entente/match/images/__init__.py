"""Pictures, by what is left of them when they are not there: hashes, descriptors, and what ties two of them.

Pure: a picture comes in as an array of grey values that somebody else decoded. Only whoever holds a picture
computes any of this; the server keeps and compares what was computed, and never sees one.
"""

from entente.match.images.dhash import dhash
from entente.match.images.pdq import DIHEDRAL, LEAST_QUALITY, distance, pdq
from entente.match.images.square import CANONICAL, square
from entente.match.images.views import VIEWS, turns, views

__all__ = [
    "CANONICAL",
    "DIHEDRAL",
    "LEAST_QUALITY",
    "VIEWS",
    "dhash",
    "distance",
    "pdq",
    "square",
    "turns",
    "views",
]
