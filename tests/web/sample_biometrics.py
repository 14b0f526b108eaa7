"""Invented contexts of the pages of biometrics: nobody's fingers, and a square for a face."""

import math
import random
from typing import Any

from sample_biometrics_cutting import PAGES as CUTTING
from samples import AT, BUREAUS, HANDLING

from entente.core.problems import Fault
from entente.rooms.biometrics import encoding, filing, labels, panes, statistics, statistics_pages
from entente.rooms.biometrics import examining_model as e
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.curves import line
from entente.rooms.biometrics.pages import Asked, row
from entente.rooms.search import Contact
from entente.web import words

ID, OTHER, SEARCH = "0" * 31 + "1", "0" * 31 + "2", "0" * 31 + "3"
XB = Contact(
    bureau="XB", label=BUREAUS[1][1], desk="Desk", phone="+999 2", email="desk@xb.example", token="77c0"
)
ENCODER = encoding.Said(
    "dlib-128", "CC0 1.0", "Its author says that it errs more for whoever he had few pictures of."
)


def _minutiae(turn: float = 0.0) -> list[list[int]]:
    dice = random.Random(7)
    rows = []
    for _ in range(40):
        x, y, along = dice.uniform(40, 280), dice.uniform(40, 360), dice.uniform(0, 360)
        c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        u, v = x - 160, y - 200
        rows.append(
            [round(160 + c * u - s * v), round(200 + s * u + c * v), round(along - turn) % 360, 80, 1]
        )
    return rows


ASKED = m.Sample(
    number=0,
    what="finger",
    position=7,
    impression="latent",
    quality=24,
    reasons=["small", "smudged"],
    width=640,
    height=800,
    dpi=1000,
    minutiae=_minutiae(),
    picture=True,
)
FOUND = ASKED.model_copy(
    update={
        "impression": "plain",
        "quality": 81,
        "reasons": [],
        "minutiae": _minutiae(18),
        "width": 320,
        "height": 400,
        "dpi": 500,
    }
)
BARE = FOUND.model_copy(update={"number": 1, "position": 0, "picture": False, "quality": 48})
FACE = m.Sample(
    number=2,
    what="face",
    position=0,
    impression="",
    quality=66,
    reasons=[],
    width=360,
    height=480,
    dpi=500,
    minutiae=[],
    picture=True,
)
PART = m.Part(
    asked=0, found=0, what="finger", position=7, score=7.4, pairs=[[n, n] for n in range(0, 40, 3)], turn=18
)
FACED = m.Part(asked=2, found=2, what="face", position=0, score=2.1, pairs=[], turn=0)
CANDIDATE = m.Candidate(
    set=ID,
    sort="person",
    title="Velkov, ten-print",
    person=OTHER,
    caption="Anton Velkov",
    owner="XB",
    score=9.5,
    parts=[PART, FACED],
    samples=[FOUND, BARE, FACE],
)
MARK = CANDIDATE.model_copy(
    update={"set": OTHER, "sort": "mark", "person": "", "caption": "", "parts": [PART], "score": 7.4}
)
ANSWER = m.Answer(
    search=SEARCH, asked=[ASKED, FACE], candidates=[CANDIDATE, MARK], contacts=[XB], calibrated="shipped"
)
GIVEN = panes.given(ANSWER.asked, [b"\x89PNG not read", b"\xff\xd8 not read"])
BRIEF = m.Brief(
    id=ID,
    version=2,
    sort="person",
    state="enrolled",
    title="Velkov, ten-print",
    reference="XB-9",
    owner="XB",
    person=OTHER,
    caption="Anton Velkov",
    fingers=[2, 7],
    faces=1,
    taken="2026-02-11",
    changed=AT.isoformat(),
)
UNSOLVED = BRIEF.model_copy(
    update={"id": OTHER, "sort": "mark", "state": "unsolved", "caption": "", "title": "", "fingers": [0]}
)
SET = m.Set(
    **BRIEF.model_dump(),
    samples=[FOUND, BARE, FACE],
    place="Quay 4",
    capture="Scanner 2, I. Okafor",
    text="Taken twice",
    expires="2031-03-14",
    handling=None,
    extractor="entente-prints@1",
    encoders=["dlib-128@1"],
    profile=["missing-1", "missing-3", "weak-7", "weak-face"],
)
COMPARISON = e.Comparison(
    id=ID,
    sort="search",
    how="shown",
    state="waiting",
    at=AT.isoformat(),
    search=SEARCH,
    mine="",
    mine_title="",
    theirs=ID,
    theirs_title="Velkov, ten-print",
    theirs_sort="person",
    person=OTHER,
    caption="Anton Velkov",
    owner="XB",
    contact=None,
    purpose="identify",
    justification="XA-2026-0417",
    yours="second",
    noted=False,
    score=None,
    parts=[],
    verdicts=[],
    hit="",
)
TASK = COMPARISON.model_copy(
    update={
        "sort": "duplicate",
        "state": "new",
        "yours": "first",
        "search": "",
        "mine": OTHER,
        "mine_title": "A. Velkof",
        "score": 9.5,
        "parts": [PART, FACED],
    }
)
ASK = TASK.model_copy(
    update={"how": "contact", "theirs": "", "theirs_title": "", "caption": "", "contact": XB, "score": None}
)
DECIDED = COMPARISON.model_copy(
    update={
        "state": "disputed",
        "yours": "",
        "score": 9.5,
        "parts": [PART],
        "hit": "h1",
        "verdicts": [
            e.Verdict(verdict="hit", officer="I. Okafor", at=AT.isoformat(), text="Delta agrees"),
            e.Verdict(verdict="inconclusive", officer="M. Sorel", at=AT.isoformat(), text=""),
        ],
    }
)
LAID = e.Laid(
    comparison=ID,
    asked=ANSWER.asked,
    found=SET.samples,
    overlays=[e.Overlay(**p.model_dump(exclude={"score"})) for p in (PART, FACED)],
    token="77c0",
)
NOTHING = LAID.model_copy(update={"asked": [], "overlays": [], "token": ""})
KEPT = panes.kept(f"/biometrics/sets/{ID}/samples", SET.samples)
FRONT: dict[str, Any] = {
    "searches": [
        Asked(AT.isoformat(), "XA-9", "Right index finger, Portrait", "I. Okafor", 3, "open", [ID, OTHER]),
        Asked(AT.isoformat(), "", "Finger not known (2)", "I. Okafor", 0, "no-hit"),
    ],
    "waiting": 2,
    "given": {},
    "faults": [],
    "places": {},
    "cuts": (),
    "labels": labels,
    "settled": False,
    "encoder": ENCODER,
    "may_search": True,
    "may_write": True,
    "purposes": words.choices(words.PURPOSES, words.POLICE_PURPOSES),
}
ANSWERED: dict[str, Any] = {
    "answer": ANSWER,
    "given": list(GIVEN.values()),
    "rows": [row(GIVEN, one) for one in ANSWER.candidates],
    "labels": labels,
    "encoder": ENCODER,
    "may_judge": True,
}
CUTS = (filing.Cut(2, b"PNG not read"), filing.Cut(0, b"PNG not read either"))
ENROL: dict[str, Any] = {
    "given": {},
    "handling": HANDLING,
    "faults": [],
    "places": {},
    "cuts": CUTS,
    "labels": labels,
    "encoder": ENCODER,
}
SETS: dict[str, Any] = {
    "rows": [BRIEF, UNSOLVED],
    "which": "mine",
    "sort": "",
    "person": OTHER,
    "labels": labels,
    "may_write": True,
    "purposes": FRONT["purposes"],
    "first": "/biometrics/sets",
    "older": "/biometrics/sets?after=1",
}
ONE: dict[str, Any] = {
    "set": SET,
    "sheets": list(KEPT.values()),
    "same": [e.Same(set=OTHER, title="", comparison=ID, at=AT.isoformat(), by=["I. Okafor", "M. Sorel"])],
    "own": True,
    "may_correct": True,
    "may_withdraw": True,
    "may_export": True,
    "handling": HANDLING,
    "given": {"title": "Velkov", "reference": "", "person": "", "text": ""},
    "faults": [],
    "places": {},
    "labels": labels,
    "encoder": ENCODER,
}
COMPARED: dict[str, Any] = {
    "one": COMPARISON,
    "laid": LAID,
    "given": list(GIVEN.values()),
    "panes": panes.side_by_side(GIVEN, KEPT, LAID.overlays),
    "scores": [],
    "wanted": "Right index finger (2), Portrait",
    "faults": [],
    "places": {},
    "labels": labels,
    "encoder": ENCODER,
    "may_judge": True,
}
TIMES = statistics.Times(many=3, median_s=300, p90_s=None)
COUNTS = statistics.Statistics(
    since="2026-02-13",
    until="2026-03-14",
    days=[statistics.Day(day="2026-03-01", searches=4, enrolments=2, comparisons=1)],
    searches={"open": 3, "no-hit": 1},
    comparisons={"waiting": 1, "contact": 1},
    enrolled={"person": 2},
    first=TIMES,
    final=TIMES.model_copy(update={"many": 0, "median_s": None}),
    waiting={"new": 1, "second": 2, "contact": 0},
    errors=[
        statistics.Errors(
            sort="prints", strangers=2000, genuine=9, at=AT.isoformat(), points=[[0.1, 0.02], [0.001, 0.1]]
        )
    ],
)
COUNTED: dict[str, Any] = {
    "found": COUNTS.model_dump(),
    "bars": statistics_pages.bars(COUNTS),
    "curves": [(one.model_dump(), line(one.points)) for one in COUNTS.errors],
    "since": COUNTS.since,
    "until": COUNTS.until,
    "outcomes": statistics_pages.OUTCOMES,
    "waiting": statistics_pages.WAITING,
    "sorts": labels.SORTS,
    "faults": [],
}
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    **CUTTING,
    "biometrics-front": ("biometrics/front.html", FRONT),
    "biometrics-front-faulty": (
        "biometrics/front.html",
        FRONT
        | {
            "searches": [],
            "waiting": 0,
            "given": {"against": "marks", "reference": "XA-9"},
            "faults": [Fault("files/0", "It is too small (109)", "Scan it at 500 pixels an inch.")],
            "places": {"files/0": ("f-finger-2", "thumb.png")},
            "may_write": False,
        },
    ),
    "biometrics-answer": ("biometrics/answer.html", ANSWERED),
    "biometrics-answer-none": (
        "biometrics/answer.html",
        ANSWERED | {"answer": ANSWER.model_copy(update={"contacts": []}), "rows": [], "encoder": None},
    ),
    "biometrics-judged": (
        "biometrics/judged.html",
        {"state": "waiting", "verdict": "hit", "comparison": ID, "labels": labels},
    ),
    "biometrics-verdict": (
        "biometrics/verdict.html",
        {"state": "no-hit", "verdict": "no-hit", "comparison": "", "labels": labels},
    ),
    "biometrics-enrol": ("biometrics/enrol.html", ENROL),
    "biometrics-enrol-faulty": (
        "biometrics/enrol.html",
        ENROL | {"faults": [Fault("person", "It is none", "Choose one.")], "given": {"sort": "mark"}},
    ),
    "biometrics-statistics": ("biometrics/statistics.html", COUNTED),
    "biometrics-statistics-none": (
        "biometrics/statistics.html",
        COUNTED | {"bars": [], "curves": [], "faults": [Fault("since", "This is no date", "Choose one.")]},
    ),
    "biometrics-sets": ("biometrics/sets.html", SETS),
    "biometrics-sets-why": ("biometrics/sets.html", SETS | {"rows": None, "which": "all", "person": ""}),
    "biometrics-sets-none": ("biometrics/sets.html", SETS | {"rows": [], "first": "", "older": ""}),
    "biometrics-set": ("biometrics/set.html", ONE),
    "biometrics-set-theirs": (
        "biometrics/set.html",
        ONE | {"own": False, "may_correct": False, "may_withdraw": False, "handling": None, "same": []},
    ),
    "biometrics-mark": (
        "biometrics/set.html",
        ONE
        | {
            "set": SET.model_copy(update=UNSOLVED.model_dump() | {"faces": 0, "profile": []}),
            "faults": [Fault("title", "Too long", "Shorten it.")],
        },
    ),
    "biometrics-comparisons": (
        "biometrics/comparisons.html",
        {"rows": [COMPARISON, TASK, ASK, DECIDED], "which": "all", "labels": labels},
    ),
    "biometrics-comparisons-none": (
        "biometrics/comparisons.html",
        {"rows": [], "which": "waiting", "labels": labels},
    ),
    "biometrics-second": ("biometrics/comparison.html", COMPARED),
    "biometrics-second-asked": (
        "biometrics/comparison.html",
        COMPARED | {"laid": NOTHING, "given": [], "panes": [], "encoder": None},
    ),
    "biometrics-task": (
        "biometrics/comparison.html",
        COMPARED
        | {
            "one": TASK,
            "given": [],
            "panes": panes.side_by_side(KEPT, KEPT, LAID.overlays),
            "scores": labels.scores([PART, FACED]),
        },
    ),
    "biometrics-contact": (
        "biometrics/comparison.html",
        COMPARED | {"one": ASK, "laid": NOTHING, "given": [], "panes": []},
    ),
    "biometrics-decided": (
        "biometrics/comparison.html",
        COMPARED | {"one": DECIDED, "laid": NOTHING, "given": [], "panes": []},
    ),
}
