"""A copy as PDF: typst makes it of the frozen data and the copy's number, always the same bytes.

The template (publication.typ) reads text as data and never as markup. PDF/A-2a and PDF/UA-1:
tagged, with an alternative text for each figure. Where a letter has no glyph in any font here, or none that
PDF/A allows, it is a plain PDF: the reader gets his copy.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typst

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.rooms.publications.pixels import fonts

_TEMPLATE = Path(__file__).parent / "templates" / "publications" / "publication.typ"
Frozen = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """What is on one reader's copy alone."""

    number: int
    recipient: str
    sha256: str


def marked(desk: Desk, copy: Thing) -> Marked:
    """How a copy is marked: its number and whose it is."""
    bureau = directory(desk)[int(copy.first("bureau"))]
    officer = desk.as_house().inspect(copy.first("officer")) if copy.first("officer") else None
    parts = (bureau.code, copy.first("unit"), officer.first("name") if officer else "")
    said = " · ".join(part for part in parts if part)
    return Marked(int(copy.first("number")), said, copy.first("sha256"))


def pdf(document: Frozen, copy: Marked) -> bytes:
    """The PDF of a copy; about 0.6 s for twenty pages, and a tenth of that again."""
    try:
        return _compiled(document, copy, standard=True)
    except typst.TypstError:
        return _compiled(document, copy, standard=False)


def _compiled(document: Frozen, copy: Marked, standard: bool) -> bytes:
    return typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        font_paths=fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(document), "copy": json.dumps(asdict(copy))},
        pdf_standards=["a-2a", "ua-1"] if standard else None,
        timestamp=int(document["at"]),
    )
