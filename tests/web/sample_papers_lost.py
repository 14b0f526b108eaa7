"""Invented contexts of the pages of lost and stolen documents."""

from typing import Any

from samples import AT, CONTACTS

from entente.core.problems import Fault
from entente.rooms.papers.lost import model, shown, vocabulary
from entente.web import words

CIRCUMSTANCES: dict[str, Any] = {
    "status": "stolen",
    "date": "2025-11-02",
    "place": "Norport",
    "country": "xb",
    "case": "B-77",
    "circumstances": "Out of a car",
}
MATCH = model.Match.model_validate(
    {
        **CIRCUMSTANCES,
        "record": "r1",
        "line": "exact",
        "form": "printed",
        "issuer": "xb",
        "owner": "XB",
        "type": "passport",
        "number": "XB1234567",
        "last": "",
        "same_holder": "yes",
    }
)
BLANKS = MATCH.model_copy(update={"line": "range", "last": "XB0012999", "same_holder": "unknown"})
OTHER = MATCH.model_copy(update={"line": "other", "status": "recovered", "same_holder": "no"})
ANSWER = model.Answer.model_validate(
    {
        "search": "5e",
        "number": "XB1234567",
        "numbers": ["XB1234567"],
        "matches": [MATCH.model_dump(), BLANKS.model_dump(), OTHER.model_dump()],
        "alike": [MATCH.model_copy(update={"line": "alike"}).model_dump()],
        "contacts": [vars(CONTACTS[0])],
    }
)
NOTHING = ANSWER.model_copy(update={"matches": [], "alike": [], "contacts": []})
LISTED = model.ListAnswer(
    columns={"number": "No."},
    found=1,
    rows=[
        model.ListedAnswer(row=1, number="XB1234567", fault="", answer=ANSWER),
        model.ListedAnswer(row=2, number="XB1234568", fault="", answer=NOTHING),
        model.ListedAnswer(row=3, number="?", fault="This is no number", answer=None),
    ],
)
KEPT: dict[str, Any] = {
    **CIRCUMSTANCES,
    "id": "l1",
    "version": 3,
    "type": "passport",
    "issuer": "xb",
    "owner": "XB",
    "changed": AT.isoformat(),
}
LOST = model.Lost.model_validate({**KEPT, "number": "XB1234567", "ref": "77", "expires": "2030-01-01"})
RANGE = model.BlankRange.model_validate({**KEPT, "first": "XB0012000", "last": "XB0012999", "count": 1000})
GIVEN = dict.fromkeys(
    (
        "number type first last surname given birth ref audience status date place country case circumstances"
    ).split(),
    "",
)
ASKED = dict.fromkeys("number issuer type name birth list".split(), "")
SHOWN: dict[str, Any] = {"vocabulary": vocabulary}
BOX: dict[str, Any] = SHOWN | {
    "faults": [],
    "settled": False,
    "purposes": words.choices(words.PURPOSES, words.POLICE_PURPOSES),
    "may_write": True,
    "wanted": shown.is_wanted,
    "answer": None,
    "listed": None,
}
FAULT = [Fault("number", "This is no number", "Write it as it is printed.")]

PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "lost": ("papers/lost_check.html", BOX | {"given": ASKED}),
    "lost-found": (
        "papers/lost_check.html",
        BOX | {"given": ASKED | {"number": "XB1234567", "issuer": "xb"}, "answer": ANSWER},
    ),
    "lost-nothing": (
        "papers/lost_check.html",
        BOX | {"given": ASKED | {"number": "?"}, "answer": NOTHING, "faults": FAULT, "may_write": False},
    ),
    "lost-list": ("papers/lost_check.html", BOX | {"given": ASKED | {"list": "XB1234567"}, "listed": LISTED}),
    "lost-mine": (
        "papers/lost_mine.html",
        SHOWN
        | {
            "rows": [LOST],
            "ranges": [RANGE],
            "may_write": True,
            "first": "/papers/lost/mine",
            "older": "/papers/lost/mine?after=l1",
        },
    ),
    "lost-mine-none": (
        "papers/lost_mine.html",
        SHOWN | {"rows": [], "ranges": [], "may_write": False, "first": "", "older": ""},
    ),
    "lost-one": (
        "papers/lost_one.html",
        SHOWN | {"what": "document", "one": LOST, "given": CIRCUMSTANCES, "faults": FAULT, "may_write": True},
    ),
    "lost-range": (
        "papers/lost_one.html",
        SHOWN | {"what": "range", "one": RANGE, "given": CIRCUMSTANCES, "faults": [], "may_write": False},
    ),
    "lost-report": (
        "papers/lost_report.html",
        SHOWN | {"what": "document", "given": GIVEN | {"status": "stolen"}, "faults": FAULT},
    ),
    "lost-report-range": ("papers/lost_report.html", SHOWN | {"what": "range", "given": GIVEN, "faults": []}),
}
