"""VICS documents for tests, and what is read of them."""

import io
import json
from pathlib import Path
from typing import Any

from entente.rooms.records import Bad
from entente.rooms.series.formats import Entry, Head, Vics, read, write

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "images" / "vics"
MODELS = "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml"
CASES_US = f"{MODELS}/US/$metadata#Cases"
MEDIA_US = f"{MODELS}/US/$metadata#Media"
MEDIA_DEFAULT = f"{MODELS}/Default/$metadata#Media"
VIC_13 = "http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#Media"
MD5 = "57A1BEB26491EAD13BD3A6D1D2915625"


def hash_set(*entries: Any, context: str = MEDIA_US, **more: Any) -> dict[str, Any]:
    return {"@odata.context": context, "value": list(entries), **more}


def entry(**said: Any) -> dict[str, Any]:
    return {"MediaID": 1, "Category": 1, "MD5": MD5, **said}


def spelled(document: Any) -> bytes:
    return document if isinstance(document, bytes) else json.dumps(document).encode()


def begun(document: Any, **how: str) -> Vics:
    return read(io.BytesIO(spelled(document)), **how)


def all_of(document: Any, **how: str) -> tuple[Head, list[Entry], list[Bad]]:
    reading = begun(document, **how)
    rows = list(reading)
    return (
        reading.head,
        [row for row in rows if isinstance(row, Entry)],
        [row for row in rows if isinstance(row, Bad)],
    )


def only(document: Any, **how: str) -> Entry:
    """The one entry of a document that has nothing bad."""
    _, (found,), bad = all_of(document, **how)
    assert bad == []
    return found


def of(**said: Any) -> Entry:
    """The entry of a hash set (US) that says this beside MediaID, Category and MD5."""
    return only(hash_set(entry(**said)))


def rewritten(document: Any, **how: str) -> bytes:
    """A document read and written again, in one stream."""
    reading = begun(document, **how)
    return b"".join(write(reading.head, (row for row in reading if isinstance(row, Entry))))
