"""Invented contexts of the pages of the guided check."""

from typing import Any

import sample_papers as papers
from sample_papers_lost import BLANKS, MATCH
from samples import AT, CARDS, CONTACTS, INQUIRY

from entente.core.problems import Fault
from entente.rooms.papers import labels
from entente.rooms.papers.checks import model as m
from entente.rooms.papers.checks import wording
from entente.rooms.papers.lost import vocabulary
from entente.rooms.papers.vocabulary import terms
from entente.rooms.search.hits import Judged
from entente.web import words

READ = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UT07408122F1204159ZE184226B<<<<<10"]
LIKELY = [READ[0], READ[1].replace("UT0", "UTO")]
BLOB = papers.BLOB
HELD: dict[str, Any] = {
    "version": "v1",
    "page": 0,
    "aligned": True,
    "compared": 0.83,
    "regions": [{"score": 0.6, "box": papers.BOX}],
    "glare": [papers.BOX],
    "anchors": [
        {"name": "PASSPORT", "kind": "label", "state": "shifted", "dx": 0.3, "dy": -0.1},
        {"name": "Arms", "kind": "emblem", "state": "missing", "dx": None, "dy": None},
    ],
    "copied": True,
    "width": 125,
    "height": 88,
    "drawn": BLOB,
    "map": BLOB,
}
ROW: dict[str, Any] = {
    "id": "k1",
    "number": "L898902C3",
    "issuer": "UTO",
    "title": "Eriksson, Anna Maria",
    "state": "open",
    "level": 2,
    "verdict": "",
    "at": AT.isoformat(),
    "officer": "I. Okafor",
}
ZONE = {"turned": 0, "form": "TD3", "worth": -0.1, "box": [0.0, 0.8, 1.0, 1.0]}
CHECK = m.Check.model_validate(
    {
        **ROW,
        "seen": 4,
        "lines": READ,
        "content": {
            "zones": [{**ZONE, "lines": READ, "likely": LIKELY, "cost": 0.4}],
            "printed": {"surname": "Eriksson"},
            "version": "v1",
            "answers": [{"feature": 0, "said": "wrong", "note": "There is none"}],
            "comparison": HELD,
            "picture": BLOB,
        },
        "findings": [
            {"mark": "a", "tone": "wrong", "field": "birth", "said": "The check digit differs", "values": {}},
            {"mark": "b", "tone": "doubt", "field": "", "said": "Two zones", "values": {}},
            {"mark": "c", "tone": "ok", "field": "number", "said": "It has the form", "values": {}},
        ],
        "versions": [papers.VERSION_ROW.model_dump(), papers.DRAFT_ROW.model_dump()],
        "lost": [
            {
                "search": "5e",
                "text": "L898902C3",
                "matches": [
                    MATCH.model_dump(),
                    BLANKS.model_copy(update={"record": "r2", "line": "alike"}).model_dump(),
                ],
            }
        ],
        "names": [],
        "contacts": [vars(CONTACTS[0])],
        "expires": "2026-04-13",
        "history": [],
    }
)
JUDGED = Judged("same", "h1", "confirmed")
CLOSED = CHECK.model_copy(
    update={
        "state": "closed",
        "verdict": "false",
        "lost": [],
        "findings": [],
        "versions": [],
        "contacts": [],
        "content": m.Content(
            which="typed",
            typed=READ,
            note="The photo is glued on.",
            comparison=m.Comparison(version="v1", page=0, aligned=False),
        ),
    }
)
MARKS = list(enumerate(papers.MARKS))
SHOWN: dict[str, Any] = {
    "inquiry_of": INQUIRY,
    "mine": True,
    "fields": m.PRINTED,
    "wording": wording,
    "labels": labels,
    "terms": terms(),
    "vocabulary": vocabulary,
    "onward": ["3"],
    "may_draft": True,
}
LIST: dict[str, Any] = {
    "wording": wording,
    "settled": False,
    "purposes": words.choices(words.PURPOSES, words.POLICE_PURPOSES),
    "state": "",
    "faults": [],
    "given": {},
}

PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "checks": (
        "papers/checks.html",
        LIST
        | {
            "rows": [
                m.Row.model_validate(ROW),
                m.Row.model_validate(ROW | {"state": "closed", "verdict": "false"}),
            ],
            "first": "/papers/checks",
            "older": "/papers/checks?after=k1",
        },
    ),
    "checks-none": (
        "papers/checks.html",
        LIST
        | {
            "rows": [],
            "given": {"lines": "P<"},
            "faults": [Fault("lines", "This is no zone"), Fault("picture", "This is no picture")],
            "first": "",
            "older": "",
        },
    ),
    "check": (
        "papers/check.html",
        SHOWN
        | {
            "check": CHECK,
            "faults": [Fault("why", "Say why", "A sentence is good.")],
            "version": papers.VERSION_ROW,
            "marks": MARKS,
            "answers": {a.feature: a for a in CHECK.content.answers},
            "why": "The kinegram is",
            "said": {one.search: {x.record: JUDGED for x in one.matches[:1]} for one in CHECK.lost},
            "specimen": BLOB,
            "cards": [(m.NamesTold(search="77c0", text="Eriksson Anna", candidates=[]), CARDS)],
            "open": True,
        },
    ),
    "check-closed": (
        "papers/check.html",
        SHOWN
        | {
            "check": CLOSED,
            "faults": [],
            "version": None,
            "marks": [],
            "answers": {},
            "why": "",
            "said": {one.search: {} for one in CLOSED.lost},
            "specimen": "",
            "cards": [(m.NamesTold(search="77c0", text="Eriksson Anna", candidates=[]), [])],
            "open": False,
        },
    ),
}
