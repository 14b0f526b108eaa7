"""Invented contexts, one for each page, as its template's top comment states them."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Made
from typing import Any

from entente.core.problems import Absent, Fault, Faulty, NoPurpose, NotSignedIn
from entente.core.things import NEVER
from entente.web import words

AT = datetime(2026, 3, 14, 3, 7, tzinfo=UTC)
SOON = datetime.now(UTC) + timedelta(hours=5, minutes=10)
ME = Made(name="Ines Okafor", bureau="XA", roles=["officer", "supervisor", "administrator"])
INQUIRY = Made(purpose="border", justification="XA-2026-0417, night desk")
BUREAUS = [("XA", "Arland"), ("XB", "Belmora"), ("XC", "Costa Verde"), ("XD", "Dunmark"), ("XE", "Estovia")]
KINDS = [("Person", "Person"), ("Company", "Company"), ("Passport", "Passport"), ("Vehicle", "Vehicle")]


def reason(rule: str, label: str, asked: str, found: str, part: float) -> Made:
    return Made(rule=rule, label=label, asked=asked, found=found, part=part)


CARDS = [
    Made(
        id="5f2b8c0de1a94c3790b8a1f2c3d4e5f6",
        kind_label="Person",
        caption="Yusuf Al-Karimi",
        owner="XB",
        owner_label="Belmora",
        featured=[("Born", "1971-03-05"), ("Nationality", "XB"), ("Sex", "Male"), ("Passport", "P7734120")],
        grade="B2",
        expires=date(2029, 6, 30),
        score=0.93,
        reasons=[
            reason("name", "Name", "yousef alkarimi", "Yusuf Al-Karimi", 0.58),
            reason("born", "Date of birth", "1971-03-05", "1971-03-05", 0.25),
            reason("nationality", "Nationality", "XB", "XB", 0.10),
        ],
        url="/records/5f2b8c0de1a94c3790b8a1f2c3d4e5f6",
    ),
    Made(
        id="a9c1",
        kind_label="Person",
        caption="يوسف الكريمي",
        owner="XD",
        owner_label="Dunmark",
        featured=[("Born", "1972"), ("Nationality", "XD")],
        grade="",
        expires=NEVER,
        score=0.61,
        reasons=[
            reason("name", "Name", "yousef alkarimi", "يوسف الكريمي", 0.66),
            reason("born", "Date of birth", "1971-03-05", "1972", -0.05),
        ],
        url="/records/a9c1",
    ),
]
CONTACTS = [
    Made(
        bureau="XC",
        label="Costa Verde",
        desk="National desk",
        phone="+99 555 0142",
        email="desk@xc.example",
        token="K7QF-22MD",
    )
]
ANSWER = Made(
    understood=[("Name", "yousef alkarimi"), ("Born", "1971-03-05")],
    remarks=["The date was read as year, month, day."],
    candidates=CARDS,
    contacts=CONTACTS,
    narrow=False,
    took_ms=11.6,
    search_id="77c0",
    empty=False,
)
NOTHING = Made(
    understood=[], remarks=[], candidates=[], contacts=[], narrow=True, took_ms=2, search_id="", empty=True
)
FAULTS = [
    Fault("/birthDate/0", "This is not a date.", "Write year-month-day, 1971-03-05."),
    Fault("/name", "A name is needed."),
]
HANDLING = Made(
    bureaus=BUREAUS,
    see_mode="but",
    see=["XD"],
    hint=["XE"],
    watch=True,
    level="official",
    purposes=["wanted", "border"],
    status="live",
)
RECORD = Made(
    id="5f2b8c0de1a94c3790b8a1f2c3d4e5f6",
    kind="Person",
    kind_label="Person",
    caption="Yusuf Al-Karimi",
    owner="XA",
    owner_label="Arland",
    properties=[
        ("Name", ["Yusuf Al-Karimi", "يوسف الكريمي"], "name"),
        ("Born", ["1971-03-05"], "date"),
        ("Nationality", ["XB"], "country"),
        ("Passport", ["P7734120"], "identifier"),
        ("Notes", ["Travels with a second passport; seen at the northern crossing."], "text"),
    ],
    grade="B2",
    handling=Made(
        see_text="All but Dunmark", level="restricted", purposes=["wanted", "border", "locate"], status="live"
    ),
    mine=True,
    expires=date(2029, 6, 30),
    version=3,
    changed=AT,
    ref="A-2291/26",
    url="/records/5f2b8c0de1a94c3790b8a1f2c3d4e5f6",
)
LINKS = [
    Made(
        label="Directs",
        direction="out",
        id="b1",
        caption="Northgate Farm Supplies",
        kind_label="Company",
        dates="2021 – 2025",
        grade="C3",
        url="/records/b1",
    ),
    Made(
        label="Drives",
        direction="in",
        id="b2",
        caption="White van XB 4471 K",
        kind_label="Vehicle",
        dates="",
        grade="",
        url="/records/b2",
    ),
]
FIELDS = [
    Made(
        name=n, label=label, type=t, required=r, featured=f, values=v, errors=e, options=o, hint=h
    )
    for n, label, t, r, f, v, e, o, h in [
        ("name", "Name", "name", True, True, ["Yusuf Al-Karimi"], [], [], "As written in the document"),
        ("birthDate", "Date of birth", "date", False, True, ["5.3.71"], ["This is not a date."], [], ""),
        ("gender", "Sex", "gender", False, True, ["male"], [], [("female", "Female"), ("male", "Male")], ""),
        ("nationality", "Nationality", "country", False, True, [], [], [], ""),
        ("notes", "Notes", "text", False, False, [], [], [], ""),
        ("eyeColor", "Eye colour", "string", False, False, [], [], [], ""),
    ]
]  # fmt: skip
ROWS = [
    Made(
        url=f"/records/{i}",
        caption=caption,
        kind_label=kind,
        status=status,
        grade=grade,
        version=i,
        changed=AT,
        expires=date(2029, 6, 30),
    )
    for i, (caption, kind, status, grade) in enumerate(
        [
            ("Yusuf Al-Karimi", "Person", "live", "B2"),
            ("Northgate Farm Supplies", "Company", "suspended", ""),
            ("P7734120", "Passport", "draft", "A1"),
        ],
        start=1,
    )
]
HIT = Made(
    id="h1",
    state="open",
    due=SOON,
    at=AT,
    asked_by=Made(bureau="XB", label="Belmora", officer="T. Lindqvist"),
    owner=Made(bureau="XA", label="Arland"),
    purpose="border",
    justification="Night train, coach 4",
    q="yousef alkarimi 1971",
    note="",
)
HITS = [
    Made(
        id=f"h{i}",
        caption="Yusuf Al-Karimi",
        kind_label="Person",
        with_bureau="XB",
        with_label="Belmora",
        direction=direction,
        state=state,
        due=due,
        at=AT,
    )
    for i, (direction, state, due) in enumerate(
        [
            ("ours", "open", SOON),
            ("theirs", "overdue", AT),
            ("ours", "confirmed", None),
            ("theirs", "denied", AT),
        ]
    )
]
OFFICER = Made(
    id="o1",
    name="Ines Okafor",
    bureau="XA",
    bureau_label="Arland",
    roles=["officer", "supervisor"],
    clearance="restricted",
    held=["file-12"],
    active=True,
    seen=AT,
)
FILTERS = Made(kind="Person", born="1971", nationality="", sex="")
NO_FILTERS = Made(kind="", born="", nationality="", sex="")
BOX: dict[str, Any] = {"kinds": KINDS, "purposes": words.choices(words.PURPOSES, words.POLICE_PURPOSES)}


def _problem(problem: Any) -> dict[str, Any]:
    return {"problem": problem, "slug": problem.slug(), "purposes": BOX["purposes"]}


PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "box": ("search/box.html", BOX | {"q": "", "answer": None, "filters": NO_FILTERS}),
    "found": ("search/box.html", BOX | {"q": "yousef alkarimi 1971", "answer": ANSWER, "filters": FILTERS}),
    "answer": ("search/answer.html", {"answer": ANSWER}),
    "nothing": ("search/answer.html", {"answer": NOTHING}),
    "question": (
        "search/question.html",
        {
            "question": Made(
                id="77c0",
                q="yousef alkarimi",
                asked_at=AT,
                officer="I. Okafor",
                purpose="border",
                justification="Night train",
                filters=[("Kind", "Person")],
            ),
            "verdicts": [
                Made(caption="Yusuf Al-Karimi", url="/records/1", verdict="same", at=AT, officer="I. Okafor")
            ],
            "answer": ANSWER,
        },
    ),
    "inbox": ("search/inbox.html", {"state": "open", "hits": HITS, "newer": "", "older": "/inbox?after=4"}),
    "inbox-empty": ("search/inbox.html", {"state": "", "hits": [], "newer": "", "older": ""}),
    "hit": (
        "search/hit.html",
        {
            "hit": HIT,
            "card": CARDS[0],
            "may_answer": True,
            "trail": [Made(at=AT, what="Judged to be the same", who="T. Lindqvist")],
        },
    ),
    "record": (
        "records/record.html",
        {"record": RECORD, "links": LINKS, "because": "the asker's bureau owns it"},
    ),
    "record-theirs": (
        "records/record.html",
        {
            "record": Made(
                **(vars(RECORD) | {"mine": False, "owner": "XB", "owner_label": "Belmora", "ref": ""})
            ),
            "links": [],
            "because": "the owner lets this bureau see it",
        },
    ),
    "versions": (
        "records/versions.html",
        {
            "record": RECORD,
            "versions": [
                Made(
                    version=2,
                    changed=AT,
                    officer="I. Okafor",
                    status="live",
                    changes=[("Born", ["1971"], ["1971-03-05"])],
                ),
                Made(version=1, changed=AT, officer="", status="draft", changes=[]),
            ],
        },
    ),
    "form": (
        "records/form.html",
        {
            "kind": Made(name="Person", label="Person"),
            "fields": FIELDS,
            "faults": FAULTS,
            "handling": HANDLING,
            "expires": date(2029, 6, 30),
            "grade": "B2",
            "ref": "",
            "version": 0,
            "action": "/contribute/Person",
        },
    ),
    "correct": (
        "records/form.html",
        {
            "kind": Made(name="Person", label="Person"),
            "fields": FIELDS,
            "faults": [],
            "handling": None,
            "expires": "2029-06-30",
            "grade": "",
            "ref": "A-1",
            "version": 3,
            "action": "/records/5f/correct",
        },
    ),
    "handling": ("records/handling.html", {"record": RECORD, "handling": HANDLING, "faults": []}),
    "mine": (
        "records/mine.html",
        {"records": ROWS, "kinds": KINDS, "kind": "", "newer": "/records", "older": "/records?after=2"},
    ),
    "kinds": (
        "records/kinds.html",
        {"kinds": [Made(name=n, label=label, about="") for n, label in KINDS]},
    ),
    "sign-in": (
        "bureaus/sign_in.html",
        {
            "failed": "",
            "name": "",
            "next": "/",
            "passwords": True,
            "providers": [("Arland staff", "/sign-in/arland")],
        },
    ),
    "me": (
        "bureaus/me.html",
        {
            "officer": OFFICER,
            "passkeys": [Made(id="p1", label="Desk key", created=AT, used=None)],
            "sessions": [
                Made(id="s1", since=AT, seen=AT, device="Firefox, Linux", here=True),
                Made(id="s2", since=AT, seen=AT, device="Chromium, Windows", here=False),
            ],
        },
    ),
    "officers": (
        "bureaus/officers.html",
        {"officers": [OFFICER], "form": Made(name="", roles=["officer"], clearance="official"), "faults": []},
    ),
    "officer": (
        "bureaus/officer.html",
        {
            "officer": OFFICER,
            "compartments": [("file-12", "File 12")],
            "link": "https://entente.example/sign-in/once/9s8d7f",
            "faults": [],
        },
    ),
    "bureaus": (
        "bureaus/bureaus.html",
        {
            "bureaus": [
                Made(
                    code=c,
                    label=label,
                    desk="National desk",
                    phone="",
                    email=f"desk@{c.lower()}.example",
                    active=True,
                )
                for c, label in BUREAUS
            ],
            "form": Made(code="", label="", desk="", phone="", email=""),
            "faults": [],
        },
    ),
    "keys": (
        "bureaus/keys.html",
        {
            "keys": [
                Made(
                    id="k1",
                    label="Border gate",
                    roles=["officer"],
                    created=AT,
                    used=None,
                    expires=date(2027, 1, 1),
                    active=True,
                )
            ],
            "secret": "",
            "form": Made(label="", roles=[], expires=date(2027, 3, 14)),
            "faults": [],
        },
    ),
    "journal": (
        "bureaus/journal.html",
        {
            "entries": [
                Made(
                    place=1204, at=AT, act="search", bureau="XA", officer="I. Okafor", what="border", url=""
                ),
                Made(
                    place=1205,
                    at=AT,
                    act="see",
                    bureau="XA",
                    officer="I. Okafor",
                    what="Record 5f2b",
                    url="/r",
                ),
            ],
            "filters": Made(act="", officer="", object=""),
            "checkpoint": Made(size=1205, root="9f" * 32, at=AT),
            "newer": "",
            "older": "",
        },
    ),
    "absent": ("problem.html", _problem(Absent())),
    "faulty": ("problem.html", _problem(Faulty(faults=tuple(FAULTS)))),
    "no-purpose": ("problem.html", _problem(NoPurpose())),
    "not-signed-in": ("problem_part.html", _problem(NotSignedIn())),
}
