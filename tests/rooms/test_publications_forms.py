"""Footnotes and contents in every form of a publication; marks and notes that do not match are not frozen."""

import io
import re
import zipfile
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from entente.rooms.publications import docx, freezing, html, printing

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = "bureau by changes channel contents copy data date distribution edition judgement notes officer owner"
COPY = printing.Marked(1, "XB", "ab" * 32)
Runs = list[dict[str, Any]]


def run(said: str, note: int = 0) -> dict[str, Any]:
    return {"s": said, "note": note} if note else {"s": said}


def document(*paragraphs: Runs, headings: tuple[str, ...] = ("One",)) -> dict[str, Any]:
    """A frozen document: each heading, then the paragraphs."""
    text = [{"t": "h", "level": 2, "in": [run(h)]} for h in headings] + [
        {"t": "p", "in": p} for p in paragraphs
    ]
    blocks = freezing.marked(freezing.leveled([{"sort": "text", "text": text}]))
    numbers = sorted({n for b in blocks for n in freezing.marks_of(b)})
    return {
        "title": "T", "level": "official", "marking": "Official", "lang": "en", "dir": "ltr", "header": "",
        "footer": "", "caveat": "c", "at": 1_768_478_400, "on": "15 Jan 2026", "edition": 1, "changes": "",
        "compared": "", "from": {"code": "XA", "label": "A"}, "distribution": [],
        "labels": {name: name.title() for name in [*NAMES.split(), "unit", "back"]},
        "notes": [{"n": n, "text": f"Note {n} <b>&"} for n in numbers],
        "outline": freezing.outlined(blocks), "blocks": blocks,
    }  # fmt: skip


TWICE = document([run("He sells", 1), run(" and buys", 2)], [run("again", 1)])


def test_html_links_each_mark_to_its_note_and_back() -> None:
    page = html.page(TWICE, COPY)
    for n in (1, 2):
        assert page.count(f'id="note-{n}"') == page.count(f'id="note-{n}-at"') == 1
        assert page.count(f'href="#note-{n}-at"') == 1
    assert page.count('href="#note-1"') == 2 and "Note 1 &lt;b&gt;&amp;" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def parts(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {n: etree.fromstring(file.read(n)) for n in file.namelist() if n.endswith(".xml")}


def test_word_gets_footnotes_of_its_own_and_a_second_naming_is_a_link_to_the_first() -> None:
    made = docx.docx(TWICE, COPY)
    Document(io.BytesIO(made))  # it opens
    file = parts(made)
    said = {e.get(f"{WORD}id"): "".join(e.itertext()) for e in file["word/footnotes.xml"]}
    named = [e.get(f"{WORD}id") for e in file["word/document.xml"].iter(f"{WORD}footnoteReference")]
    assert named == ["2", "3"] and said["2"] == " Note 1 <b>&" and said["3"] == " Note 2 <b>&"
    marks = {e.get(f"{WORD}name") for e in file["word/document.xml"].iter(f"{WORD}bookmarkStart")}
    links = [e.get(f"{WORD}anchor") for e in file["word/document.xml"].iter(f"{WORD}hyperlink")]
    assert "note_1" in links and set(links) <= marks
    assert [e.get(f"{WORD}id") for e in file["word/settings.xml"].iter(f"{WORD}footnote")] == ["0", "1"]
    assert docx.docx(TWICE, COPY) == made


def test_word_gets_a_field_of_contents_that_reads_before_it_is_updated() -> None:
    file = parts(docx.docx(document([run("x")], headings=("Drugs", "Tobacco")), COPY))["word/document.xml"]
    links = {e.get(f"{WORD}anchor"): "".join(e.itertext()) for e in file.iter(f"{WORD}hyperlink")}
    assert links == {"part_1": "Drugs", "part_2": "Tobacco"}
    field = [e.get(f"{WORD}fldCharType") for e in file.iter(f"{WORD}fldChar")]
    assert field == ["begin", "separate", "end"]
    assert "word/footnotes.xml" not in parts(docx.docx(document([run("x")]), COPY))


def test_a_pdf_with_footnotes_and_contents_is_an_accessible_archive_file() -> None:
    made = printing._compiled(TWICE, COPY, standard=True)
    assert made.startswith(b"%PDF-") and b"pdfuaid" in made
    assert printing.pdf(TWICE, COPY) == made


@pytest.mark.parametrize(
    ("marks", "notes", "wrong"),
    [
        ([1, 2], [1, 2], []),
        ([1, 2, 1], [1, 2], []),
        ([1, 3], [1], ["note 3 is not there"]),
        ([1], [1, 2], ["note 2 is named nowhere"]),
        ([2, 1], [1, 2], ["notes are not numbered from 1 as they are first named"]),
        ([2], [2], ["notes are not numbered from 1 as they are first named"]),
        ([1], [1, 1], ["notes are not numbered from 1 as they are first named"]),
    ],
    ids=["sound", "twice", "no-note", "no-mark", "order", "not-from-1", "two-of-a-number"],
)
def test_marks_and_notes_must_match(marks: list[int], notes: list[int], wrong: list[str]) -> None:
    blocks = [{"sort": "text", "text": [{"t": "p", "in": [run("x", n)]} for n in marks]}]
    assert freezing.unresolved(blocks, [{"n": n, "text": ""} for n in notes]) == wrong


@given(st.lists(st.integers(1, 5), max_size=12))
def test_each_note_has_one_first_mark(marks: list[int]) -> None:
    items = [{"depth": 0, "mark": "-", "in": [run("x", n)]} for n in marks]
    (block,) = freezing.marked([{"sort": "text", "text": [{"t": "list", "items": items}]}])
    first = [r["note"] for item in block["text"][0]["items"] for r in item["in"] if not r["again"]]
    assert first == list(dict.fromkeys(marks)) == list(dict.fromkeys(freezing.marks_of(block)))
