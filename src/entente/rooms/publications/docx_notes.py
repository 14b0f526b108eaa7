"""Footnotes of Word's own in a DOCX, which python-docx (1.2) cannot make: a part that the text names.

ECMA-376 part 1, 17.11: `word/footnotes.xml` begins with the two separators (0, 1), which the settings name;
notes follow from 2. A note that is named again is a link to its first mark: Word numbers each note once.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document as Made
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

FIRST = 2
"""The number in the file of note 1: 0 and 1 are the separators."""


def add(made: Made, notes: Sequence[Mapping[str, Any]]) -> None:
    """Put the notes [{"n", "text"}] into the file; `mark` names them."""
    if not notes:
        return
    root = etree.fromstring(f"<w:footnotes {nsdecls('w')}/>")
    for n, kind in enumerate(("separator", "continuationSeparator")):
        note = _element(root, "footnote", type=kind, id=str(n))
        _element(_element(_element(note, "p"), "r"), kind)
    for note in notes:
        paragraph = _element(_element(root, "footnote", id=str(note["n"] - 1 + FIRST)), "p")
        _element(_raised(paragraph), "footnoteRef")
        text = _element(_element(paragraph, "r"), "t")
        text.text = f" {note['text']}"
        text.set(qn("xml:space"), "preserve")
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    about = OxmlElement("w:footnotePr")
    for id in ("0", "1"):
        _element(about, "footnote", id=id)
    settings = made.settings.element
    following = settings.find(qn("w:compat"))  # the schema has an order
    if following is not None:
        following.addprevious(about)
    else:
        settings.append(about)


def mark(line: Paragraph, number: int, again: bool) -> None:
    """Name note `number` here; `again`: it has its mark already."""
    name = f"note_{number}"
    if again:
        link = _element(line._p, "hyperlink", anchor=name)
        _element(_raised(link), "t").text = str(number)
        return
    _element(line._p, "bookmarkStart", id=str(number), name=name)
    _element(_raised(line._p), "footnoteReference", id=str(number - 1 + FIRST))
    _element(line._p, "bookmarkEnd", id=str(number))


def _element(parent: Any, tag: str, **attributes: str) -> Any:
    made = etree.SubElement(parent, qn(f"w:{tag}"))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _raised(parent: Any) -> Any:
    """A run whose letters are raised."""
    run = _element(parent, "r")
    _element(_element(run, "rPr"), "vertAlign", val="superscript")
    return run
