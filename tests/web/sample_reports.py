"""Invented contexts of the pages of analytical reports: written, checked, released, read."""

from typing import Any

from samples import AT, BUREAUS, FAULTS

from entente.core.problems import Fault
from entente.rooms.analysis.reports import model as m
from entente.rooms.analysis.reports_labels import BLOCKS
from entente.rooms.analysis.reports_naming import Names
from entente.rooms.analysis.reports_pages import WORDS
from entente.rooms.publications import model as p
from entente.rooms.publications import states
from entente.rooms.publications.html import STYLE, picture
from entente.rooms.publications.printing import Marked
from entente.rooms.publications.reading import VERDICTS
from entente.rooms.publications.states import TONES

FILE, REPORT, ANA, BLOCK = "0" * 32, "9" * 32, "a" * 32, "d" * 32
NOW = AT.isoformat(timespec="seconds")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'
CELLS = {"head": ["Name", "Rank"], "rows": [["Ana <b>", "1"], ["Bela", "2"]]}
PROSE = [
    {"t": "h", "level": 2, "in": [{"s": "Who"}]},
    {"t": "p", "in": [{"s": "He "}, {"s": "sells", "b": True}, {"s": "[1]", "n": 1}, {"s": "<i>"}]},
    {"t": "quote", "in": [{"s": "so he said", "i": True}, {"s": "\n"}, {"s": "x = 1", "c": True}]},
    {"t": "list", "items": [{"depth": 0, "mark": "•", "in": [{"s": "both", "b": True, "i": True}]}]},
]
DRAWN: list[dict[str, Any]] = [
    {"sort": "text", "text": PROSE},
    {"sort": "judgement", "text": PROSE[1:2], "likelihood": "Likely", "confidence": "High confidence"},
    {
        "sort": "profile",
        "title": "Ana Kovar",
        "n": 1,
        "kind": "Person",
        "owner": "XB",
        "facts": [["Born", "1971"]],
        "text": [],
    },
    {"sort": "figure", "svg": SVG, "says": "A link chart of 2 items", "caption": "The sellers"},
    {
        "sort": "metrics",
        "caption": "Links",
        "stamp": "Computed over 3 things",
        "note": "Bands: 90 %",
        **CELLS,
    },
    {"sort": "table", "caption": "Seized", **CELLS},
    {"sort": "citations", "caption": "Sources", **CELLS},
]
NAMES = "bureau by changes channel copy data date distribution edition judgement officer owner unit"
LABELS = {name: name.capitalize() for name in NAMES.split()}
DOCUMENT: dict[str, Any] = {
    "blocks": DRAWN,
    "caveat": "For police purposes only.",
    "changes": "One more seller",
    "compared": "Replaces edition 1",
    "dir": "ltr",
    "distribution": [
        {
            "bureau": "XB",
            "channel": "entente",
            "label": "Belmora",
            "number": 1,
            "officer": "",
            "on": "15 Jan 2026",
            "unit": "Fraud",
        }
    ],
    "edition": 2,
    "footer": "Unit 4",
    "from": {"code": "XA", "label": "Arland"},
    "header": "Serious crime",
    "labels": LABELS,
    "lang": "en",
    "level": "official",
    "marking": "Official use",
    "on": "15 Jan 2026",
    "title": "The sellers",
}
WRITTEN = m.Text(id=BLOCK, text="He [[" + ANA + "]] **sells**.")
RECIPIENT = p.Recipient(bureau="XB", unit="Fraud")
ROW = m.ReportRow(
    id=REPORT, title="The sellers <b>", edition=2, state="approved", author="I. Okafor (XA)", published=""
)
WHOLE = m.Report(
    **ROW.model_dump(),
    file=FILE,
    level="official",
    template="threat",
    approver="R. Calder (XA)",
    blocks=[m.Shown(block=WRITTEN, drawn=block) for block in DRAWN],
    distribution=[RECIPIENT],
    changes="One more seller",
    supersedes="8" * 32,
    sha256="",
    seen="5" * 64,
    history=[m.Done(at=NOW, did="begun", officer="I. Okafor (XA)", why="")],
    can=["edit", "submit", "approve", "return", "publish", "withdraw", "revise", "discard", "release"],
)
OUT = WHOLE.model_copy(update={"state": "published", "published": NOW, "sha256": "6" * 64, "can": []})
BLOCKED = p.Blocked(
    block=BLOCK,
    number=0,
    bureau="XB",
    officer="",
    what="source",
    source=ANA,
    caption="Ana Kovar",
    owner="XA",
)
CHECKED = p.Checked(
    recipients=1,
    sources=1,
    blocked=[
        BLOCKED,
        BLOCKED.model_copy(update={"block": "", "what": "recipient", "source": "", "owner": ""}),
    ],
    options=[
        p.Option(block=BLOCK, do="remove", bureau="", sources=[], text=""),
        p.Option(block=BLOCK, do="replace", bureau="", sources=[], text=""),
        p.Option(block=BLOCK, do="ask", bureau="XA", sources=[ANA], text="Please let XB read this."),
    ],
    released=[
        p.Released(id="7" * 32, source=ANA, caption="Ana", owner="XA", bureaus=["XC"], holds=False),
    ],
)
COPY = p.Copy(
    id="4" * 32,
    number=1,
    state="published",
    title="The sellers",
    edition=2,
    owner="XA",
    published=NOW,
    read=False,
    sha256="6" * 64,
    why="",
    level="official",
    document=DOCUMENT,
    feedback="",
)
GONE = COPY.model_copy(
    update={"state": "suspended", "title": "", "sha256": "", "document": None, "why": "A source has changed"}
)
MARKED = Marked(number=1, recipient="XB · Fraud", sha256="6" * 64)
READ: dict[str, Any] = {
    "copy": MARKED,
    "picture": picture,
    "states": states.STATES,
    "tones": TONES,
    "verdicts": VERDICTS,
}
FORMED = [
    ("text", {"id": BLOCK, "sort": "text", "text": WRITTEN.text}),
    (
        "table",
        {"caption": "Seized", "head": "What | How many", "id": "", "rows": "Papers | 12", "sort": "table"},
    ),
    ("profile", {"id": "", "record": "x", "sort": "profile", "text": ""}),
    ("figure", {"id": "", "sort": "figure", "chart": "c" * 32, "caption": ""}),
    (
        "timeline",
        {"id": "", "sort": "timeline", "ids": "Ana Kovar (Person)", "since": "", "until": "", "caption": ""},
    ),
]
FORM: dict[str, Any] = {
    "report": WHOLE,
    "given": {"title": "The sellers", "level": "official", "template": "", "changes": "", "seen": "5" * 64},
    "blocks": FORMED,
    "recipients": [
        {"bureau": "XB", "unit": "Fraud", "officer": "", "channel": "entente"},
        {"bureau": "", "unit": "", "officer": "", "channel": ""},
    ],
    "bureaus": BUREAUS,
    "templates": [("threat", "Threats")],
    "levels": [("official", "Official use")],
    "likelihoods": [("likely", "Likely")],
    "confidences": [("high", "High confidence")],
    "measures": ["degree"],
    "sorts": BLOCKS,
    "faults": [Fault("b2-record", "No record of the file is called so, or several are")],
    "places": {"b2-record": ("f-b2-record", "3 · Subject profile: Record")},
    "records": Names([(ANA, "Ana Kovar (Person)")]),
    "charts": [("c" * 32, "Sellers <b>")],
    "officers": [("R. Calder (XA)", "R. Calder (XA)")],
    "unsaved": True,
}

PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "reports": (
        "analysis/reports.html",
        WORDS
        | {
            "file": FILE,
            "title": "Kestrel",
            "rows": [ROW, ROW.model_copy(update={"id": "3" * 32, "state": "published", "published": NOW})],
            "writes": True,
            "templates": [("threat", "Threats")],
            "level": "official",
            "faults": FAULTS,
        },
    ),
    **{
        name: (
            "analysis/report.html",
            WORDS
            | {
                "report": report,
                "file_title": "Kestrel",
                "approvers": [("1" * 32, "R. Calder (XA)")],
                "labels": {"judgement": "Key judgement", "owner": "Owner"},
                "faults": [Fault("blocks/0", "XB may not read Ana Kovar (XA)", "Remove the block.")],
            },
        )
        for name, report in (("report", WHOLE), ("report-out", OUT))
    },
    "report-edit": ("analysis/report_edit.html", WORDS | FORM),
    "release": (
        "analysis/release.html",
        WORDS | {"report": WHOLE, "found": CHECKED, "mine": "XA", "bureaus": ["XB"], "faults": FAULTS},
    ),
    "report-feedback": (
        "analysis/feedback.html",
        WORDS
        | {
            "file": FILE,
            "id": REPORT,
            "title": "The sellers",
            "copies": [
                p.Receipt(number=1, bureau="XB", unit="Fraud", officer="", state="published", read=[NOW]),
                p.Receipt(number=2, bureau="XC", unit="", officer="", state="suspended", read=[]),
            ],
            "said": [
                p.Feedback(id="2" * 32, bureau="XB", number=1, verdict="wrong", text="<b>No</b>", at=NOW)
            ],
        },
    ),
    "copies": (
        "publications/copies.html",
        {
            "rows": [COPY, COPY.model_copy(update={"id": "5" * 32, "read": True}), GONE],
            "states": states.STATES,
            "tones": TONES,
            "may_set": True,
        },
    ),
    "copy": ("publications/read.html", READ | {"told": COPY, "faults": FAULTS}),
    "copy-gone": ("publications/read.html", READ | {"told": GONE, "faults": []}),
    "copy-file": (
        "publications/file.html",
        {"d": DOCUMENT, "copy": MARKED, "picture": picture, "style": STYLE},
    ),
    "report-templates": (
        "publications/letterheads.html",
        {
            "found": [p.Template(code="threat", name="Threats", header="Unit 4", caveat="Careful")],
            "may_set": True,
            "langs": [("en", "English"), ("ar", "العربية")],
            "faults": [Fault("code", "A code has small letters", "Write it as threat.")],
        },
    ),
}
