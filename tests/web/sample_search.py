"""Invented contexts of the pages beside the one box: hits, standing queries, deconfliction."""

from datetime import date
from types import SimpleNamespace as Made
from typing import Any

from samples import AT, CONTACTS, FACTS, FAULTS, HIT, KINDS

from entente.core.problems import Fault
from entente.web import words

TALLY = {"hits": 3, "open": 1, "confirmed": 1, "denied": 1, "withdrawn": 0, "late": 1, "direct": 2}
HISTORY = [
    {"what": "opened", "at": AT, "bureau": "XB"},
    {"what": "late", "at": AT, "bureau": ""},
    {"what": "reminded", "at": AT, "bureau": "XB"},
]
SHOWN: dict[str, Any] = {
    "hit": HIT,
    "history": HISTORY,
    "page": "/records/r1",
    "kind_label": "Person",
    "facts": FACTS,
    "set": "b1",
    "mine": True,
    "may_answer": True,
    "may_remind": False,
    "may_withdraw": False,
    "note": "",
    "faults": [Fault("answer", "This hit is confirmed", "It is answered once.")],
}
FOUND = Made(**(vars(HIT) | {"asked": "(fingers and a face)", "set": "b1", "agreed": ["finger-2", "face"]}))
SENT = {"set": "", "mine": False, "may_answer": False, "may_remind": True, "may_withdraw": True, "faults": []}
TAKEN_BACK = Made(**(vars(HIT) | {"state": "withdrawn", "answer": "A twin brother", "match": "direct"}))
KEPT = {
    "id": "q1",
    "state": "stands",
    "text": "yousef alkarimi 1971",
    "kind": "",
    "born": "1971",
    "nationality": "xa",
    "sex": "",
    "purpose": "locate",
    "justification": "Operation Lantern",
    "officer": "I. Okafor",
    "discreet": True,
    "rang": 2,
    "at": AT,
    "until": date(2026, 6, 1),
}
RUNG = [
    {
        "at": AT,
        "search": "77c0",
        "record": "5f2b",
        "caption": "Yusuf",
        "kind_label": "Person",
        "contact": None,
    },
    {"at": AT, "search": "77c1", "record": "", "caption": "", "kind_label": "", "contact": CONTACTS[0]},
    {"at": AT, "search": "77c2", "record": "", "caption": "", "kind_label": "", "contact": None},
]
FORM = {"text": "yousef", "kind": "", "born": "x", "nationality": "", "sex": "", "until": "2026-06-01"}
MET = {
    "alert": "a1",
    "at": AT,
    "justification": "Operation Lantern",
    "bureau": "XB",
    "label": "Belmora",
    "desk": "Duty desk",
    "phone": "+999 1",
    "email": "desk@xb.example",
    "token": "5f2b77c0",
    "seen": AT,
    "acknowledged": None,
}
BLIND = MET | {"bureau": "", "label": "", "desk": "", "phone": "", "email": "", "seen": None}
MODES = {"mode": "blind", "modes": words.choices(words.MODES), "days": 30, "faults": []}

PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "hit": ("search/hit.html", SHOWN),
    "hit-biometric": ("search/hit.html", SHOWN | {"hit": FOUND}),
    "hit-sent": ("search/hit.html", SHOWN | SENT),
    "hit-withdrawn": (
        "search/hit.html",
        SHOWN | SENT | {"hit": TAKEN_BACK, "may_remind": False, "may_withdraw": False},
    ),
    "hit-statistics": (
        "search/statistics.html",
        {
            "found": {
                "sent": TALLY | {"median_answer_s": 340},
                "received": TALLY | {"median_answer_s": None},
                "bureaus": [
                    {
                        "bureau": "XB",
                        "sent": TALLY | {"median_answer_s": 340},
                        "received": TALLY | {"hits": 0, "median_answer_s": None},
                    }
                ],
            },
            "since": "2026-01-01",
            "until": "2026-03-14",
            "labels": {"XB": "Belmora"},
            "faults": [Fault("since", "This is no date", "Choose a date.")],
        },
    ),
    "standing": (
        "search/standing.html",
        {"queries": [KEPT, KEPT | {"id": "q2", "state": "rests"}], "may_keep": True},
    ),
    "standing-none": ("search/standing.html", {"queries": [], "may_keep": False}),
    "query": (
        "search/query.html",
        {"query": KEPT, "rung": RUNG, "may_keep": True, "until": "2026-09-01", "faults": []},
    ),
    "query-rests": (
        "search/query.html",
        {
            "query": KEPT | {"state": "rests", "discreet": False},
            "rung": [],
            "may_keep": True,
            "until": "2030-01-01",
            "faults": [Fault("until", "It is too far away", "Choose a date between.")],
        },
    ),
    "keep": (
        "search/keep.html",
        {
            "form": FORM,
            "kinds": KINDS,
            "purposes": words.choices(words.PURPOSES, words.POLICE_PURPOSES),
            "faults": [Fault("born", "“x” is no date"), *FAULTS],
        },
    ),
    "deconfliction": ("search/deconfliction.html", MODES | {"may_set": True, "meetings": [MET, BLIND]}),
    "deconfliction-none": ("search/deconfliction.html", MODES | {"may_set": False, "meetings": []}),
}
