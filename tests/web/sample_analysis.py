"""Invented contexts of the pages of analysis files: files, contributions, subjects, charts, imports."""

import json
from datetime import date
from typing import Any

import sample_reports
from markupsafe import Markup
from samples import AT, BUREAUS, FAULTS, KINDS

from entente.core.problems import Fault
from entente.rooms.analysis import chart_words, labels, model
from entente.rooms.analysis.charts import model as charts
from entente.rooms.analysis.charts.drawing import drawn
from entente.rooms.analysis.charts.importing import model as importing
from entente.rooms.analysis.charts_pages import rows
from entente.rooms.analysis.contributions_model import ContributionOut, ThingOut
from entente.rooms.analysis.showing import Fact, Link, Node
from entente.rooms.analysis.subjects_model import SubjectOut
from entente.web import words

FILE, ANA, BELA, TIE = "0" * 32, "a" * 32, "b" * 32, "c" * 32
NOW = AT.isoformat(timespec="seconds")
DUE, CLOSES = date(2026, 9, 1), date(2027, 12, 31)
AREAS = [("drugs", "Drugs"), ("counterfeit-goods", "Counterfeit goods")]
SCHEMES = list(labels.SCHEMES.items())
CERTAINTIES = list(labels.CERTAINTIES.items())
ROW = model.FileRow(
    id=FILE,
    title="Kestrel <b>",
    area="drugs",
    owner="XA",
    state="open",
    role="lead",
    reviewDue=DUE,
    closes=CLOSES,
    pending=False,
)
STEPS = [
    model.FileStep(at=NOW, did="proposed", by="I. Okafor (XA)", why=""),
    model.FileStep(at=NOW, did="approved", by="R. Calder (XA)", why="As agreed"),
]
WHOLE = model.FileOut(
    id=FILE,
    version=3,
    title="Kestrel",
    purpose="Who sells forged papers",
    legalBasis="Police Act, section 4",
    area="drugs",
    criteria="Sellers and their money",
    unit="Serious crime",
    level="restricted",
    owner="XA",
    state="overdue",
    role="lead",
    writable=True,
    opened=date(2026, 1, 15),
    reviewDue=DUE,
    closes=CLOSES,
    erased=date(2028, 12, 30),
    retention=365,
    connect=True,
    pending=model.Pending(reviewDue=DUE, closes=CLOSES, why="Not done", by="I. Okafor (XA)"),
    members=[
        model.Member(id="1" * 32, name="I. Okafor", bureau="XA", role="lead", active=True),
        model.Member(id="2" * 32, name="A. Rask", bureau="XB", role="analyst", active=False),
    ],
    invited=[
        model.Invited(
            id="3" * 32, address="x@xc.example", bureau="XC", role="reader", until=date(2026, 4, 13)
        )
    ],
    history=STEPS,
)
PROPOSED = WHOLE.model_copy(
    update={"state": "proposed", "role": "", "opened": None, "pending": None, "members": [], "invited": []}
)
THING = ThingOut(id=ANA, kind="Person", caption="Ana Kovar", owner="XB", grade="B2", certainty="tentative")
GIVEN = ContributionOut(
    id="d" * 32,
    at=NOW,
    by="A. Rask (XB)",
    bureau="XB",
    received=date(2026, 3, 1),
    source="XB-2026-311",
    text="Seen with both.\n<script>",
    scheme="6x6",
    grade="C3",
    handlingCode="H1",
    restrictions="Not for courts",
    things=[THING, THING.model_copy(update={"id": BELA, "grade": "", "certainty": ""})],
)
SUBJECT = SubjectOut(
    id="e" * 32,
    version=2,
    record=ANA,
    kind="Person",
    caption="Ana Kovar",
    owner="XB",
    category="leader",
    state="approved",
    rationale="Named by three witnesses",
    grade="4x4 B2",
    officer="I. Okafor (XA)",
    proposer="A. Rask (XB)",
    approver="R. Calder (XA)",
    reviewDue=DUE,
    overdue=True,
    barred="",
    history=STEPS,
)
WAITS = SUBJECT.model_copy(update={"id": "f" * 32, "state": "proposed", "approver": "", "overdue": False})
INVITATION = model.InvitationOut(
    id="4" * 32,
    title="Kestrel",
    area="drugs",
    purpose="Who sells forged papers",
    role="analyst",
    by="I. Okafor (XA)",
    bureau="XA",
    until=date(2026, 4, 13),
)
ON = {
    "subjects": [("leader", [SUBJECT]), ("suspect", [])],
    "proposed": [WAITS],
    "contributions": [GIVEN],
    "first": "",
    "older": f"/files/{FILE}?after=1",
    "bureaus": BUREAUS,
    "areas": dict(AREAS),
    "labels": labels,
    "faults": [Fault("address", "Write an address", "Such as a@xb.example.")],
    "places": {"address": ("f-address", "Address")},
}
EVERY = {"analyse": True, "gather": True, "approve": True}
ASKED = {
    "title": "Kestrel",
    "purpose": "",
    "legalBasis": "",
    "area": "drugs",
    "criteria": "",
    "unit": "",
    "level": "official",
    "reviewDue": "soon",
    "closes": "",
    "retention": "365",
    "connect": "yes",
}
OF_A_THING = ("id", "kind", "name", "birth", "country", "number", "certainty", "notes")
OF_A_LINK = ("kind", "since", "until", "certainty", "notes", "grade")
TYPED = {
    **dict.fromkeys(("text", "source", "received", "scheme", "grade", "handlingCode", "restrictions"), ""),
    **{f"{side}-{name}": "" for side in "ab" for name in OF_A_THING},
    **{f"l-{name}": "" for name in OF_A_LINK},
    "a-name": 'Ana "Kovar"',
    "a-birth": "1971-02-30",
}


def node(id: str, caption: str, **more: Any) -> Node:
    said: dict[str, Any] = {
        "kind": "Person",
        "label": "Person",
        "owner": "XB",
        "grade": "B2",
        "certainty": "confirmed",
        "countries": ["xb"],
        "place": "Belmar",
        "since": "",
        "until": "",
        "category": "leader",
        "photo": False,
        "facts": [Fact(label="Name", values=[caption])],
    }
    return Node(id=id, caption=caption, **(said | more))


LINK = Link.model_validate(
    {
        "id": TIE,
        "kind": "Associate",
        "label": "is close to",
        "from": ANA,
        "to": BELA,
        "directed": False,
        "since": "2024-06-02",
        "until": "",
        "grade": "B2",
        "certainty": "unconfirmed",
        "owner": "XB",
        "more": 0,
    }
)
CHART = charts.ChartOut(
    id="5" * 32,
    file=FILE,
    title="Around the <b>Apothecary</b>",
    snapshot=False,
    private=True,
    last="",
    cells={
        f"item/{ANA}": {"x": 0.0, "y": 0.0},
        f"item/{BELA}": {"x": 120.0, "y": 0.0},
        f"note/{'6' * 32}": {"on": ANA, "text": "<i>ask XB</i>", "x": 0.0, "y": 90.0},
    },
    nodes=[node(ANA, "Ana Kovar"), node(BELA, "نادر فاروقي", category="", grade="", certainty="")],
    links=[LINK],
    can=charts.Can(write=True),
    at=NOW,
)
FROZEN = CHART.model_copy(update={"snapshot": True, "private": False, "can": charts.Can(write=False)})
LISTED = charts.ChartRow(
    id=CHART.id, title=CHART.title, snapshot=False, private=True, by="I. Okafor (XA)", at=NOW, of=""
)
SNAPSHOT = LISTED.model_copy(update={"id": "7" * 32, "snapshot": True, "private": False, "of": CHART.id})


def opened(chart: charts.ChartOut) -> dict[str, Any]:
    return {
        "file": ROW,
        "chart": chart,
        "svg": Markup(drawn(chart.title, chart.cells, chart.nodes, chart.links)),
        "rows": rows(chart.nodes, chart.links, chart.cells),
        "labels": labels,
        "said": json.dumps(chart_words.words(), ensure_ascii=False),
        "formats": charts.FORMATS,
        "others": [("c" * 32, "Earlier")],
        "faults": FAULTS,
        "places": {},
    }


PREVIEW = importing.Preview.model_validate(
    {
        "format": "csv",
        "header": ["Sender", "Receiver", "Type"],
        "mapping": {"from": "Sender", "to": "Receiver"},
        "new": 2,
        "known": 1,
        "links": 3,
        "duplicates": 1,
        "loops": [4],
        "many_loops": 1,
        "drawn": 0,
        "unfit": {"sings with": 2},
        "sample": [
            {"line": 2, "from": "Ana", "type": "Associate", "to": "Bela", "since": "2024", "until": ""}
        ],
        "faults": [{"where": "line 3", "what": "It names nobody", "do": "Write a name."}],
    }
)
IMPORT: dict[str, Any] = {
    "file": ROW,
    "given": {
        **dict.fromkeys(("format", "chart", "source", "scheme", "grade", "handlingCode"), ""),
        "unknown": "create",
        "match": "name",
        "kind": "Person",
    },
    "mapping": {},
    "heads": [],
    "columns": [("from", "From"), ("to", "To"), ("type", "Type")],
    "kinds": KINDS,
    "charts": [(CHART.id, CHART.title)],
    "formats": [("", "As its name says"), ("csv", "List of links (CSV)")],
    "schemes": SCHEMES,
    "codes": [("H0", "H0"), ("H1", "H1")],
    "preview": None,
    "kept": "",
    "name": "",
    "faults": [Fault("network", "No file was sent", "Choose a file.")],
    "places": {"network": ("f-network", "File")},
}
LOOKED = {
    "mapping": PREVIEW.mapping,
    "heads": [(h, h) for h in PREVIEW.header],
    "preview": PREVIEW,
    "kept": "QQ==",
    "name": "calls.csv",
    "faults": [Fault("line 3", "It names nobody", "Write a name.")],
}
PROPOSAL = {
    **dict.fromkeys(("rationale", "scheme", "grade"), ""),
    "record": ANA,
    "category": "suspect",
    "officer": "1" * 32,
    "reviewDue": "2026-09-01",
}

PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    **sample_reports.PAGES,
    "files": (
        "analysis/list.html",
        {
            "files": [ROW, ROW.model_copy(update={"id": "8" * 32, "state": "read-only"})],
            "waiting": [ROW.model_copy(update={"state": "proposed", "role": "", "pending": True})],
            "invitations": [INVITATION],
            "may_open": True,
            "areas": dict(AREAS),
            "labels": labels,
        },
    ),
    "files-none": (
        "analysis/list.html",
        {"files": [], "waiting": [], "invitations": [], "may_open": False, "areas": {}, "labels": labels},
    ),
    "file-open": (
        "analysis/open.html",
        {"given": ASKED, "areas": AREAS, "faults": FAULTS, "places": {}},
    ),
    "file": ("analysis/file.html", ON | {"file": WHOLE, "inside": True, "author": True, "may": EVERY}),
    "file-waits": (
        "analysis/file.html",
        ON
        | {
            "file": PROPOSED,
            "inside": False,
            "author": False,
            "may": EVERY,
            "subjects": [],
            "proposed": [],
            "contributions": [],
            "older": "",
            "faults": [],
        },
    ),
    "contribute-to-file": (
        "analysis/contribute.html",
        {
            "file": ROW,
            "given": TYPED,
            "records": [(ANA, "Ana Kovar (Person)")],
            "kinds": KINDS,
            "links": [("Associate", "Acquaintance")],
            "schemes": SCHEMES,
            "codes": [("H0", "H0")],
            "certainties": CERTAINTIES,
            "bureaus": [("XA", "XA"), ("XB", "XB")],
            "chosen": ["XB"],
            "faults": [Fault("a-birth", "1971-02-30 is no date", "Write 1971.")],
            "places": {"a-birth": ("f-a-birth", "First: Date of birth")},
        },
    ),
    "contribution": (
        "analysis/contribution.html",
        {"file": ROW, "given": GIVEN, "things": [(t, "Person") for t in GIVEN.things], "labels": labels},
    ),
    "subjects": (
        "analysis/subjects.html",
        {
            "file": ROW,
            "subjects": [SUBJECT, WAITS],
            "which": "standing",
            "writable": True,
            "labels": labels,
            "faults": FAULTS,
        },
    ),
    "subject": (
        "analysis/subject.html",
        {
            "file": ROW,
            "given": PROPOSAL,
            "records": [(ANA, "Ana Kovar (Person)")],
            "officers": [("1" * 32, "I. Okafor (XA)")],
            "categories": words.choices(labels.CATEGORIES),
            "schemes": SCHEMES,
            "faults": [Fault("rationale", "Say more", "At least 20 characters.")],
            "places": {"rationale": ("f-rationale", "Rationale")},
        },
    ),
    "charts": (
        "analysis/charts.html",
        {
            "file": ROW,
            "charts": [LISTED, SNAPSHOT],
            "copies": [(CHART.id, CHART.title)],
            "writes": True,
            "faults": [Fault("title", "Give it a title")],
            "places": {"title": ("f-title", "Title")},
        },
    ),
    "chart": ("analysis/chart.html", opened(CHART)),
    "chart-snapshot": ("analysis/chart.html", opened(FROZEN) | {"faults": []}),
    "compare": (
        "analysis/compare.html",
        {
            "file": ROW,
            "older": {"id": "c" * 32, "title": "Earlier", "at": AT},
            "newer": {"id": CHART.id, "title": "Now", "at": None},
            "parts": [("Items that came", ["Ivo Marenko"]), ("Items that went", [])],
        },
    ),
    "import": ("analysis/import.html", IMPORT),
    "import-looked": ("analysis/import.html", IMPORT | LOOKED),
}
