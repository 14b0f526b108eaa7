"""Publications: what a bureau publishes to others, whichever room writes it (reports, casebooks).

Nothing goes to who may not read all it is made of, unless its owner releases it. What is published is frozen
data in one neutral format, printed as PDF, HTML and DOCX; each recipient gets a numbered copy, handled as the
meet of its sources. When a source changes, copies are handled anew, reprinted with an erratum, or suspended.
A room that publishes hands in an `Imprint` for its kind of publication, and says itself who may do what.
"""

from entente.rooms.publications import (
    docx,
    freezing,
    html,
    letterheads,
    markdown,
    model,
    printing,
    reading,
    release,
    service,
    states,
)
from entente.rooms.publications.cascade import duties
from entente.rooms.publications.html import picture
from entente.rooms.publications.model import Change, Content, Data, Imprint, Imprints, Part, Same
from entente.rooms.publications.pixels import fonts, png
from entente.rooms.publications.states import named, steps, with_step

__all__ = [
    "Change",
    "Content",
    "Data",
    "Imprint",
    "Imprints",
    "Part",
    "Same",
    "docx",
    "duties",
    "fonts",
    "freezing",
    "html",
    "letterheads",
    "markdown",
    "model",
    "named",
    "picture",
    "png",
    "printing",
    "reading",
    "release",
    "service",
    "states",
    "steps",
    "with_step",
]
