"""A table of contents in a DOCX: Word's own field, filled with links, so that it reads before any update.

Page numbers come when Word updates the field; no word processor does it unasked, and the file does not ask.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document as Made
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

FIRST = 100_000
"""Bookmarks of headings are numbered from here: those of footnotes are below."""


def add(made: Made, title: str, outline: Sequence[Mapping[str, Any]]) -> None:
    """The headings [{"level", "text", "id"}] as links; `anchor` makes where they lead."""
    made.add_heading(title, 1)
    for n, heading in enumerate(outline):
        line = made.add_paragraph()
        line.paragraph_format.left_indent = Cm(0.6 * (heading["level"] - 2))
        if n == 0:
            _field(line, "begin")
            _run(line._p, "instrText", r' TOC \o "2-3" \h ')
            _field(line, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _name(heading["id"]))
        line._p.append(link)
        _run(link, "t", heading["text"])
        if n == len(outline) - 1:
            _field(line, "end")


def anchor(line: Paragraph, id: str) -> None:
    """Make a heading the place that its entry leads to."""
    number = str(FIRST + int(id.rpartition("-")[2]))
    for tag in ("bookmarkStart", "bookmarkEnd"):
        mark = OxmlElement(f"w:{tag}")
        mark.set(qn("w:id"), number)
        if tag == "bookmarkStart":
            mark.set(qn("w:name"), _name(id))
        line._p.append(mark)


def _name(id: str) -> str:
    return id.replace("-", "_")


def _field(line: Paragraph, what: str) -> None:
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), what)
    run.append(mark)
    line._p.append(run)


def _run(parent: Any, tag: str, said: str) -> None:
    run, text = OxmlElement("w:r"), OxmlElement(f"w:{tag}")
    text.text = said
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    parent.append(run)
