"""Invented contexts of the pages of image series."""

from typing import Any

from samples import AT, BUREAUS

from entente.core.problems import Fault
from entente.rooms.search import Contact
from entente.rooms.series import labels
from entente.rooms.series import model as m
from entente.rooms.series.media_model import Category, Frame, Media
from entente.rooms.series.pages import Group
from entente.web import words

HASH, ID, OTHER = "ab" * 32, "0" * 31 + "1", "0" * 31 + "2"
XB = Contact(
    bureau="XB", label=BUREAUS[1][1], desk="Desk", phone="+999 2", email="desk@xb.example", token="77c0"
)
BRIEF = m.Brief(id=ID, name="Harbour", state="in-progress", lead="XB", identified="")
DONE = m.Brief(id=OTHER, name="Quay", state="identified", lead="XA", identified=AT.isoformat())
MATCH = m.Match(
    image=ID,
    line="same",
    evidence={"hash": "pdq", "view": "top left 95 %", "turn": "as it is", "distance": "12", "also": "device"},
    bureau="XB",
    series=BRIEF,
    category="csam",
    victim_identified=True,
    distributed=True,
    contact=XB,
    working=["XC"],
)
LOOSE = MATCH.model_copy(update={"series": None, "line": "device", "working": [], "contact": None})
FOUND = m.Answered(label="17", question=ID, says="in-progress", ties=[MATCH] * 7, contacts=[XB])
ANSWERS = [
    FOUND,
    FOUND.model_copy(update={"says": "identified", "ties": [MATCH, LOOSE]}),
    FOUND.model_copy(update={"says": "new", "ties": [], "label": ""}),
    FOUND.model_copy(update={"says": "ignored", "ties": [], "contacts": []}),
]
MEETING = m.Meeting(
    id=ID,
    at=AT.isoformat(),
    how="shown",
    line="same",
    evidence={"distance": "12"},
    bureau="XB",
    contact=XB,
    justification="XB-7",
    mine=[ID, OTHER] * 3,
    ours=[DONE],
    theirs=OTHER,
    series=BRIEF,
    later="theirs",
    due=AT.isoformat(),
    noted="",
    late="",
    acknowledged=AT.isoformat(),
    token="77c0",
)
NOTED = MEETING.model_copy(update={"how": "asked", "series": None, "theirs": "", "noted": AT.isoformat()})
MEDIA = Media(
    label="17",
    md5="ab" * 16,
    sha1="cd" * 20,
    pdq=[HASH] * 18,
    dhash=HASH,
    width=768,
    height=512,
    device="Make|Model|1",
    lens="9",
    frames=[Frame(at=1, pdq=HASH)],
    case="XA-2026-0417",
    category=Category(scheme="US", edition="2.0", code="1"),
)
IMAGE = m.Image(
    id=ID,
    version=1,
    bureau="XA",
    media=MEDIA,
    series=BRIEF,
    category="csam",
    changed=AT.isoformat(),
    expires="2031-03-14",
)
BARE = IMAGE.model_copy(
    update={"media": Media(md5="ab" * 16), "series": None, "category": "", "bureau": "XB"}
)
STEP = m.Step(at=AT.isoformat(), did="other-merged", officer="I. Okafor", why="The same boat", other="Quay")
SERIES = m.Series(
    id=ID,
    version=4,
    name="Harbour",
    aliases=["Pier"],
    state="in-progress",
    identified="",
    lead="XA",
    contact=None,
    victims=2,
    victims_identified=1,
    offenders_identified=0,
    first_seen="2024-03",
    note="Blue boat",
    working=[m.Working(bureau="XC", since=AT.isoformat(), officer="Eno", note="Ask Eno", contact=XB)],
    images=2,
    more=True,
    bureaus={"XA": 1, "XB": 1},
    merged=[DONE],
    into=None,
    asks=[DONE],
    asked=None,
    proposed="identified",
    proposer="I. Okafor",
    history=[STEP],
    changed=AT.isoformat(),
)
THEIRS = SERIES.model_copy(
    update={
        "lead": "XB",
        "contact": XB,
        "working": [],
        "into": DONE,
        "asked": DONE,
        "proposed": "",
        "asks": [],
        "merged": [],
        "note": "",
        "bureaus": {},
        "identified": AT.isoformat(),
    }
)
DAY = m.Exposure(officer=ID, name="I. Okafor", day="2026-03-14", seen=200, spared=4000, cap=200, left=0)
PURPOSES = words.choices(words.PURPOSES, words.POLICE_PURPOSES)
FRONT: dict[str, Any] = {
    "rows": [BRIEF, DONE],
    "waiting": [MEETING],
    "which": "all",
    "given": {},
    "faults": [],
    "labels": labels,
    "settled": False,
    "may_write": True,
    "purposes": PURPOSES,
    "first": "/series?which=all",
    "older": "/series?which=all&after=1",
}
ONE: dict[str, Any] = {
    "series": SERIES,
    "images": [IMAGE, BARE],
    "leads": True,
    "mine": "XA",
    "working_here": False,
    "moves": ["distributed", "identified"],
    "others": [(OTHER, "Quay · XA")],
    "may_correct": True,
    "may_work": True,
    "may_approve": True,
    "may_export": True,
    "labels": labels,
    "faults": [],
    "first": "",
    "older": "",
}
FIGURES: dict[str, Any] = {
    "asked": 20000,
    "more": True,
    "says": {"identified": 3, "new": 9},
    "avoided": 3,
    "later": 1,
    "median_wait_s": 7200.0,
    "noted": 2,
    "late": 1,
    "median_note_s": 300.0,
}
SCHEME = m.Scheme(name="XA", edition="1", own=True, categories={"1": {"label": "Worst", "common": "csam"}})
GIVEN = dict.fromkeys(
    "name aliases victims victims_identified offenders_identified first_seen note sharing version".split(), ""
)
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "series-closed": ("series/closed.html", {}),
    "series-front": ("series/front.html", FRONT),
    "series-front-bare": (
        "series/front.html",
        FRONT
        | {
            "rows": None,
            "waiting": [],
            "given": {"digests": "x"},
            "faults": [Fault("digest", "It is no digest", "Write it.")],
            "may_write": False,
        },
    ),
    "series-answers": (
        "series/answers.html",
        {
            "groups": [
                Group("in-progress", MATCH, [], [FOUND, ANSWERS[1]]),
                Group("near", LOOSE, [], [ANSWERS[1]] * 3),
                Group("contact", None, [XB], [ANSWERS[2]]),
                Group("ignored", None, [], [ANSWERS[3]]),
            ],
            "most": 2,
            "total": 7,
            "tally": [("identified", 1), ("new", 2)],
            "labels": labels,
        },
    ),
    "series-meetings": ("series/meetings.html", {"rows": [MEETING, NOTED], "which": "all", "labels": labels}),
    "series-meetings-none": ("series/meetings.html", {"rows": [], "which": "new", "labels": labels}),
    "series-new": ("series/edit.html", {"id": "", "given": GIVEN, "faults": [], "labels": labels}),
    "series-edit": (
        "series/edit.html",
        {"id": ID, "given": GIVEN, "faults": [Fault("name", "It has none", "Name it.")], "labels": labels},
    ),
    "series-one": ("series/one.html", ONE),
    "series-one-theirs": (
        "series/one.html",
        ONE
        | {
            "series": THEIRS,
            "images": [],
            "leads": False,
            "working_here": True,
            "moves": [],
            "may_correct": False,
            "may_approve": False,
            "faults": [Fault("into", "It was merged", "Open that one.")],
        },
    ),
    "series-image": (
        "series/image.html",
        {
            "image": IMAGE,
            "asked": False,
            "own": True,
            "ties": [MATCH, LOOSE],
            "judged": {ID: "same", OTHER: "not-a-match"},
            "labels": labels,
            "faults": [],
            "may_judge": True,
            "may_move": True,
            "may_take": True,
            "others": [(ID, "Harbour · XB")],
        },
    ),
    "series-question": (
        "series/image.html",
        {
            "image": BARE,
            "asked": True,
            "own": True,
            "ties": [],
            "judged": {},
            "labels": labels,
            "faults": [],
            "may_judge": False,
            "may_move": False,
            "may_take": False,
            "others": [],
        },
    ),
    "series-images": (
        "series/images.html",
        {
            "rows": [IMAGE, BARE],
            "given": {},
            "faults": [],
            "told": m.Imported(
                read=3,
                new=2,
                left_out=1,
                faults=["2: no hash"],
                series={"Harbour": ID},
                unmapped={"US 2.0 7": 1},
            ),
            "schemes": [("US 2.0", "US 2.0")],
            "labels": labels,
            "may_write": True,
            "may_export": True,
            "first": "",
            "older": "",
        },
    ),
    "series-images-none": (
        "series/images.html",
        {
            "rows": [],
            "given": {},
            "faults": [Fault("file", "No file", "Choose one.")],
            "told": None,
            "schemes": [],
            "labels": labels,
            "may_write": True,
            "may_export": False,
            "first": "",
            "older": "",
        },
    ),
    "series-desk": (
        "series/desk.html",
        {
            "figures": m.Statistics.model_validate(FIGURES),
            "mine": DAY,
            "bureau": [DAY, DAY.model_copy(update={"officer": OTHER})],
            "ignored": [m.Ignored(id=ID, text="A logo", pdq=HASH, md5="", at=AT.isoformat())],
            "schemes": [SCHEME],
            "given": {},
            "faults": [],
            "labels": labels,
            "may_write": True,
            "may_take": True,
            "may_approve": True,
            "officer": ID,
        },
    ),
}
