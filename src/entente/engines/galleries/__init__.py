"""Candidates among biometric templates, inside a view; the `Galleries` seam, opened by URL.

`folder:<path>` is the engine of the house; `memory:` is the exact twin that defines it. How two templates
are compared is not known here: a form (forms.py) brings its scan from `match`.
"""

from pathlib import Path

from entente.engines.galleries.forms import Form, Forms, form_of
from entente.engines.galleries.seam import Asked, Galleries, Proposed, Template
from entente.engines.segments.errors import Busy, Corrupt

__all__ = [
    "Asked",
    "Busy",
    "Corrupt",
    "Form",
    "Galleries",
    "Proposed",
    "Template",
    "form_of",
    "open_galleries",
]


def open_galleries(url: str, forms: Forms = form_of) -> Galleries:
    """Open a galleries engine for reading; it takes the writer's place at the first `apply` or `wipe`.

    Raises ValueError for a URL of another form; nothing is read yet, so a broken index shows itself
    later, as `Corrupt`.
    """
    engine, colon, place = url.partition(":")
    match engine, bool(colon), bool(place):
        case "memory", True, False:
            from entente.engines.galleries.memory import MemoryGalleries  # noqa: PLC0415

            return MemoryGalleries(forms)
        case "folder", True, True:
            from entente.engines.galleries.folder import FolderGalleries  # noqa: PLC0415

            return FolderGalleries(Path(place), forms)
    raise ValueError(f"no galleries engine at {url!r}: use folder:<path> or memory:")
