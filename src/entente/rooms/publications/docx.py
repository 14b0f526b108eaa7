"""A copy as DOCX, for whoever must work it into a paper of his own. The same data gives the same bytes.

A figure is in it as a picture (PNG): word processors of ministries do not read SVG.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as Made
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from entente.rooms.publications import docx_contents, docx_notes
from entente.rooms.publications.pixels import png
from entente.rooms.publications.printing import Marked

Frozen = dict[str, Any]
_FIRST = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip file can say."""
WIDEST, HIGHEST = Cm(16), Cm(22)
"""Of a figure on a page."""


def docx(document: Frozen, copy: Marked) -> bytes:
    """The file of a copy."""
    labels = document["labels"]
    made = Document()
    section = made.sections[0]
    owner = f"{document['from']['code']} {document['from']['label']}"
    head = document["header"] or owner
    top = (head, document["marking"].upper(), f"{labels['copy']} {copy.number} · {copy.recipient}")
    section.header.paragraphs[0].text = "\t".join(top)
    section.footer.paragraphs[0].text = f"{document['footer']}\t{document['marking'].upper()}"
    when = datetime.fromtimestamp(document["at"], UTC).replace(tzinfo=None)
    known = made.core_properties
    known.title, known.author, known.created, known.modified = document["title"], owner, when, when
    known.last_modified_by, known.revision, known.comments = owner, 1, ""
    made.add_paragraph(f"{owner} · {document['on']} · {labels['edition']} {document['edition']}")
    made.add_heading(document["title"], 0)
    made.add_paragraph(document["caveat"], style="Intense Quote")
    if document["changes"] or document["compared"]:
        made.add_heading(labels["changes"], 1)
        for said in (document["changes"], document["compared"]):
            if said:
                made.add_paragraph(said)
    if document.get("outline"):
        docx_contents.add(made, labels["contents"], document["outline"])
    docx_notes.add(made, document.get("notes", ()))
    for block in document["blocks"]:
        _block(made, block, labels)
    made.add_heading(labels["distribution"], 1)
    columns = ("copy", "bureau", "unit", "officer", "channel", "date")
    rows = [
        [str(r["number"]), f"{r['bureau']} {r['label']}", r["unit"], r["officer"], r["channel"], r["on"]]
        for r in document["distribution"]
    ]
    _table(made, [labels[c] for c in columns], rows)
    made.add_paragraph(f"{labels['data']}: {copy.sha256}")
    out = io.BytesIO()
    made.save(out)
    return _at_one_moment(out.getvalue())


def _block(made: Made, block: Frozen, labels: Frozen) -> None:
    match block["sort"]:
        case "text":
            _prose(made, block["text"])
        case "judgement":
            made.add_heading(labels["judgement"], 3)
            _prose(made, block["text"])
            made.add_paragraph().add_run(f"{block['likelihood']} · {block['confidence']}").bold = True
        case "profile":
            made.add_heading(block["title"] + (f" [{block['n']}]" if block["n"] else ""), block["level"])
            made.add_paragraph(f"{block['kind']} · {labels['owner']}: {block['owner']}")
            _table(made, [], block["facts"])
            _prose(made, block["text"])
        case "figure":
            picture = made.add_picture(io.BytesIO(png(block["svg"])), width=WIDEST)
            if picture.height > HIGHEST:
                picture.width, picture.height = int(WIDEST * HIGHEST / picture.height), HIGHEST
            made.add_paragraph(block["caption"], style="Caption")
        case _:
            if block["caption"]:
                made.add_heading(block["caption"], block["level"])
            _table(made, block["head"], block["rows"])
            for name in ("stamp", "note"):
                if block.get(name):
                    made.add_paragraph(block[name], style="Caption")


def _prose(made: Made, text: Iterable[Frozen]) -> None:
    for piece in text:
        match piece["t"]:
            case "h":
                line = made.add_heading("", piece["level"])
                _runs(line, piece["in"])
                if "id" in piece:
                    docx_contents.anchor(line, piece["id"])
            case "list":
                for item in piece["items"]:
                    line = made.add_paragraph()
                    line.paragraph_format.left_indent = Cm(0.6 * (item["depth"] + 1))
                    line.add_run(f"{item['mark']} ")
                    _runs(line, item["in"])
            case "quote":
                _runs(made.add_paragraph(style="Quote"), piece["in"])
            case _:
                _runs(made.add_paragraph(), piece["in"])


def _runs(line: Paragraph, runs: Iterable[Frozen]) -> None:
    for one in runs:
        run = line.add_run(one["s"])
        run.bold, run.italic = one.get("b"), one.get("i")
        if one.get("c"):
            run.font.name = "Courier New"
        if "note" in one:
            docx_notes.mark(line, one["note"], one["again"])


def _table(made: Made, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Cells written as the file's own elements: the library's way takes minutes for a thousand rows."""
    width = len(head) or max((len(row) for row in rows), default=0)
    if not width or not (head or rows):
        return
    table = made.add_table(rows=0, cols=width, style="Table Grid")
    for n, row in enumerate([head, *rows] if head else rows):
        line = OxmlElement("w:tr")
        if head and n == 0:
            about = OxmlElement("w:trPr")
            about.append(OxmlElement("w:tblHeader"))
            line.append(about)
        for said in [*row, *[""] * (width - len(row))]:
            cell, paragraph, run, text = (OxmlElement(f"w:{name}") for name in ("tc", "p", "r", "t"))
            if head and n == 0:
                look = OxmlElement("w:rPr")
                look.append(OxmlElement("w:b"))
                run.append(look)
            text.text = said
            text.set(qn("xml:space"), "preserve")
            run.append(text)
            paragraph.append(run)
            cell.append(paragraph)
            line.append(cell)
        table._tbl.append(line)
    made.add_paragraph().paragraph_format.space_after = Pt(4)


def _at_one_moment(data: bytes) -> bytes:
    """The same file with every part dated alike and in order, so that equal data are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _FIRST)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, old.read(name))
    return out.getvalue()
