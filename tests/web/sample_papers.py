"""Invented contexts of the pages of documents: the library, alerts, cards, packs."""

from datetime import timedelta
from typing import Any

from markupsafe import Markup
from sample_papers_lost import PAGES as LOST
from samples import AT

from entente.core.problems import Fault
from entente.rooms.papers import alerts_model as am
from entente.rooms.papers import cards, drawing, labels, packs, packs_writing, parts
from entente.rooms.papers import model as m
from entente.rooms.papers.packs_pages import MOST
from entente.rooms.papers.vocabulary import terms

BLOB = "ab" * 32
BOX = {"x": 80, "y": 10, "width": 30, "height": 20}
STEPS = [{"at": AT.isoformat(), "did": "published", "officer": "I. Okafor", "why": "It is right."}]
CONTENT = m.Content.model_validate(
    {
        "pages": [
            {"kind": "data", "printed": "2", "pictures": [{"px_per_mm": 8, "blob": BLOB}]},
            {"kind": "cover", "width": 88, "height": 125},
        ],
        "features": [
            {
                "page": 0,
                "term": "watermark",
                "box": BOX,
                "risk": 5,
                "ease": 5,
                "way": "TILT",
                "verify": "Hold it against the light: a head appears.",
                "closeup": BLOB,
                "fake": BLOB,
            },
            {"page": 0, "term": "uv-overprint", "box": BOX, "light": "UV365", "tool": "UV", "level": 2},
            {"page": 1, "term": "cover-stamping", "about": "Gold, sunk"},
        ],
        "patterns": [{"pattern": '"U"9{7}', "check": "7-3-1", "note": "since 2019"}],
        "validity": [{"years": 10, "note": "adults"}],
        "sources": [{"what": "The issuer", "url": "https://utopia.example/passport"}],
    }
)
ROW: dict[str, Any] = {
    "id": "v1",
    "code": "UTO-AO-01001",
    "title": "Passport of Utopia",
    "state": "published",
    "edition": 2,
    "owner": "XB",
    "changed": AT.isoformat(),
    "alerts": 1,
    "width": 125,
    "height": 88,
    "colours": ["red", "green"],
    "mrz": "TD3",
    "first_issued": "2019-05-01",
    "legal_status": "Ordinary passport",
    "construction": "Stitched",
}
VERSION_ROW = m.VersionRow.model_validate(ROW)
DRAFT_ROW = m.VersionRow.model_validate(ROW | {"id": "v0", "state": "draft", "edition": 1, "valid": False})
VERSION = m.Version.model_validate(
    {
        **ROW,
        "seen": "d" * 64,
        "supersedes": "",
        "content": CONTENT.model_dump(),
        "handling": None,
        "editions": [VERSION_ROW.model_dump(), DRAFT_ROW.model_dump()],
        "history": STEPS,
    }
)
EMPTY = VERSION.model_copy(
    update={"content": m.Content(), "valid": False, "state": "review", "editions": [], "mrz": "", "width": 0}
)
ALERT = am.Alert.model_validate(
    {
        "id": "a1",
        "title": "Counterfeit without watermark",
        "sort": "counterfeit",
        "code": "UTO-AO-01001",
        "country": "UTO",
        "category": "A",
        "type": "O",
        "route": "Norport to Southby",
        "first_seen": "2025-11-02",
        "state": "published",
        "owner": "XC",
        "changed": AT.isoformat(),
        "seen": "e" * 64,
        "versions": ["v1"],
        "content": {
            "about": "Seen at the ferry.",
            "regions": [{"marker": "No watermark", "genuine": BLOB, "fake": BLOB, "box": BOX}],
            "serials": ["U1234567", "U1234568"],
            "blob": BLOB,
            "width": 125,
            "height": 88,
        },
        "handling": None,
        "history": STEPS,
    }
)
ALERT_ROW = am.AlertRow.model_validate({name: getattr(ALERT, name) for name in am.AlertRow.model_fields})
MARKS = drawing.ranked(CONTENT.features)
SIGNS = [cards.CardAlert(f"a{n}", "Counterfeit", "counterfeit", "No watermark", BLOB) for n in range(5)]
CARD = cards.card(VERSION_ROW, "restricted", CONTENT, SIGNS)
BARE = cards.card(DRAFT_ROW, "official", m.Content(), ())
PACK = packs.Pack("XA", "Bureau XA", AT, AT + timedelta(days=30), "restricted", ["UTO"], [], [], [CARD, BARE])
CHOSEN: dict[str, str] = dict.fromkeys(
    "which country category type year colour width height mrz number text".split(), ""
)
WRITTEN: dict[str, Any] = {
    **dict.fromkeys("code title first_issued last_issued legal_status construction".split(), ""),
    "width": "125",
    "height": "88",
    "page_count": "",
    "mrz": "TD3",
    "colours": ["red"],
    "valid": True,
    "content": "{}",
    "seen": "",
}
ALERT_FORM = dict.fromkeys(
    "title sort code country route first_seen about markers serials blob page width height seen".split(), ""
)
SHOWN: dict[str, Any] = {"terms": terms(), "labels": labels}
CARDS: dict[str, Any] = SHOWN | {"lines": cards.LINES, "address": lambda paper, digest: f"/{paper}/{digest}"}
FAULT = [Fault("code", "No state has this code", "Use the code of ICAO Doc 9303.")]
REGIONS = parts.PARTS["DocumentAlert"]
ENTRY: dict[str, Any] = {
    "id": "v1",
    "place": "0",
    "standing": True,
    "seen": "d" * 64,
    "held": (BLOB,),
    "pages": [page.model_dump() for page in CONTENT.pages],
    "sheets": [{"page": 0, "blob": BLOB, "width": 125.0, "height": 88.0}],
    "lights": parts.MOST_LIGHTS,
    "labels": labels,
    "faults": [
        Fault("page", "There is no such page", "Count pages from 0."),
        Fault("box/x", "This is no number"),
    ],
}
EVERY_ACT = frozenset({"edit", "submit", "approve", "revise", "withdraw", "discard"})

PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    **LOST,
    "papers": (
        "papers/list.html",
        {
            "rows": [VERSION_ROW, DRAFT_ROW],
            "given": CHOSEN | {"country": "UTO"},
            "faults": [],
            "labels": labels,
            "may_write": True,
            "may_check": True,
            "may_pack": True,
            "first": "/papers",
            "older": "/papers?after=v0",
        },
    ),
    "papers-none": (
        "papers/list.html",
        {
            "rows": [],
            "given": CHOSEN,
            "faults": [Fault("year", "This is no year")],
            "labels": labels,
            "may_write": False,
            "may_check": False,
            "may_pack": False,
            "first": "",
            "older": "",
        },
    ),
    "version": (
        "papers/version.html",
        SHOWN
        | {
            "version": VERSION,
            "marks": MARKS,
            "sheets": drawing.sheets(VERSION, CONTENT, MARKS),
            "alerts": [ALERT_ROW],
            "faults": FAULT,
            "acts": EVERY_ACT,
            "parts": parts.PARTS["DocumentVersion"],
        },
    ),
    "version-empty": (
        "papers/version.html",
        SHOWN
        | {"version": EMPTY, "marks": [], "sheets": [], "alerts": [], "faults": [], "acts": frozenset()}
        | {"parts": parts.PARTS["DocumentVersion"]},
    ),
    "version-edit": (
        "papers/edit.html",
        SHOWN | {"id": "v1", "given": WRITTEN | {"seen": "d" * 64}, "faults": FAULT},
    ),
    "version-new": ("papers/edit.html", SHOWN | {"id": "", "given": WRITTEN, "faults": []}),
    "alerts": (
        "papers/alerts.html",
        {
            "rows": [ALERT_ROW],
            "given": {"which": "published", "country": "UTO", "sort": ""},
            "labels": labels,
            "may_write": True,
            "first": "",
            "older": "/papers/alerts?after=a1",
        },
    ),
    "alerts-none": (
        "papers/alerts.html",
        {
            "rows": [],
            "given": {"which": "mine", "country": "", "sort": "impostor"},
            "labels": labels,
            "may_write": False,
            "first": "",
            "older": "",
        },
    ),
    "alert": (
        "papers/alert.html",
        {"alert": ALERT, "acts": EVERY_ACT, "parts": REGIONS, "labels": labels, "faults": FAULT},
    ),
    "alert-theirs": (
        "papers/alert.html",
        {
            "alert": ALERT.model_copy(update={"content": am.AlertContent(), "versions": [], "code": ""}),
            "acts": frozenset(),
            "parts": REGIONS,
            "labels": labels,
            "faults": [],
        },
    ),
    "alert-new": (
        "papers/alert_edit.html",
        {"id": "", "held": (), "given": ALERT_FORM, "faults": FAULT, "labels": labels},
    ),
    "alert-edit": (
        "papers/alert_edit.html",
        {"id": "a1", "held": (BLOB,), "given": ALERT_FORM | {"blob": BLOB}, "faults": [], "labels": labels},
    ),
    **{
        f"part-{name}": (
            "papers/part.html",
            ENTRY
            | {
                "part": part,
                "given": getattr(VERSION.content, name)[0].model_dump()
                if getattr(VERSION.content, name)
                else {},
            },
        )
        for name, part in parts.PARTS["DocumentVersion"].items()
    },
    "part-region": (
        "papers/part.html",
        ENTRY | {"part": REGIONS["regions"], "given": {}, "pages": [], "standing": False, "place": "new"},
    ),
    "subscription": (
        "papers/subscription.html",
        {
            "given": {
                "every": False,
                "countries": ["UTO"],
                "types": ["AO"],
                "routes": ["Norport", "Southby"],
            },
            "faults": [Fault("countries/0", "No state has this code")],
            "may_change": True,
        },
    ),
    "subscription-read": (
        "papers/subscription.html",
        {
            "given": {"every": True, "countries": [], "types": [], "routes": []},
            "faults": [],
            "may_change": False,
        },
    ),
    "card": ("papers/card.html", CARDS | {"card": CARD}),
    "card-bare": ("papers/card.html", CARDS | {"card": BARE}),
    "pack": ("papers/pack.html", {"given": {"countries": "", "days": "30"}, "faults": [], "most": MOST}),
    "pack-faulty": (
        "papers/pack.html",
        {
            "given": {"countries": "QQQ", "days": "x"},
            "faults": [Fault("countries/0", "No state has this code"), Fault("/days", "This is no number")],
            "most": MOST,
        },
    ),
    "pack-file": (
        "papers/pack_file.html",
        CARDS
        | {
            "pack": PACK,
            "cards": PACK.cards,
            "style": Markup(""),
            "script": Markup(""),
            "policy": "default-src 'none'",
            "shapes": packs_writing.shapes,
        },
    ),
}
