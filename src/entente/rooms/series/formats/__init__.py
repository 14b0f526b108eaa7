"""Lists of images as others write them: VICS 2.0, 1.3 and 1.2, ICSE's CSV, and what categories mean.

Nothing here trusts a file: it is read in a stream, bounded in size and depth, and no picture comes in with
it.
"""

from entente.rooms.series.formats.categories import (
    COMMON,
    UNMAPPED,
    Meaning,
    Scheme,
    built_in,
    common,
    scheme_and_edition,
    scheme_from,
    scheme_of,
)
from entente.rooms.series.formats.icse import Icse, IcseHead, guarded, read_icse, write_icse
from entente.rooms.series.formats.vics import Vics, read
from entente.rooms.series.formats.vics_model import Case, Entry, Head, new_head
from entente.rooms.series.formats.vics_writing import write
from entente.rooms.series.hidden_pictures import begins_as, why_left_out

__all__ = [
    "COMMON",
    "UNMAPPED",
    "Case",
    "Entry",
    "Head",
    "Icse",
    "IcseHead",
    "Meaning",
    "Scheme",
    "Vics",
    "begins_as",
    "built_in",
    "common",
    "guarded",
    "new_head",
    "read",
    "read_icse",
    "scheme_and_edition",
    "scheme_from",
    "scheme_of",
    "why_left_out",
    "write",
    "write_icse",
]
