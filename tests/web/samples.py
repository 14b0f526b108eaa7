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


def reason(label: str, asked: str, found: str, part: int) -> Made:
    return Made(label=label, asked=asked, found=found, part=part)


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
        points=93,
        reasons=[
            reason("Name", "yousef alkarimi", "Yusuf Al-Karimi", 58),
            reason("Date of birth", "1971-03-05", "1971-03-05", 25),
            reason("Nationality", "XB", "XB", 10),
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
        points=61,
        reasons=[
            reason("Name", "yousef alkarimi", "يوسف الكريمي", 66),
            reason("Date of birth", "1971-03-05", "1972", -5),
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
    search_id="77c0",
)
NOTHING = Made(understood=[], remarks=[], candidates=[], contacts=[], narrow=True, search_id="")
FAULTS = [
    Fault("properties/birthDate/0", "This is not a date.", "Write year-month-day, 1971-03-05."),
    Fault("name", "A name is needed."),
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
    compartments=[("joint/file", "joint/file")],
    need=["joint/file"],
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
    because="the asker's bureau owns it",
    url="/records/5f2b8c0de1a94c3790b8a1f2c3d4e5f6",
)
LINKS = [
    Made(
        label="Directs",
        direction="out",
        id="b1",
        caption="Northgate Farm Supplies",
        kind_label="Company",
        relation="/records/b9",
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
        relation="",
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
    record="5f2b",
    caption="Yusuf Al-Karimi",
    state="open",
    urgent=True,
    due=SOON,
    at=AT,
    asker="XB",
    asker_label="Belmora",
    owner="XA",
    owner_label="Arland",
    purpose="border",
    justification="Night train, coach 4",
    asked="yousef alkarimi 1971",
    text="He is at the crossing now.",
    answer="",
    token="",
)
FACTS = [("Name", ["Yusuf Al-Karimi"], "name"), ("Date of birth", ["~1971"], "date")]


def listed(state: str, due: datetime | None, caption: str = "Yusuf Al-Karimi") -> Made:
    return Made(
        **(vars(HIT) | {"id": state, "state": state, "due": due, "caption": caption}),
        **{"with": "XB", "with_label": "Belmora"},
    )


OFFICER = Made(
    id="o1",
    name="Ines Okafor",
    bureau="XA",
    bureau_label="Arland",
    roles=["officer", "supervisor"],
    clearance="restricted",
    held=["file-12"],
    active=True,
    changed=AT,
    email="ines@xa.example",
)
FILTERS = Made(kind="Person", born="1971", nationality="", sex="")
NO_FILTERS = Made(kind="", born="", nationality="", sex="")
BOX: dict[str, Any] = {
    "kinds": KINDS,
    "purposes": words.choices(words.PURPOSES, words.POLICE_PURPOSES),
    "settled": False,
}


def _problem(problem: Any) -> dict[str, Any]:
    return {"problem": problem, "slug": problem.slug(), "purposes": BOX["purposes"]}


PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "box": ("search/box.html", BOX | {"q": "", "answer": None, "filters": NO_FILTERS, "faults": []}),
    "found": (
        "search/box.html",
        BOX | {"q": "yousef alkarimi 1971", "answer": ANSWER, "filters": FILTERS, "faults": []},
    ),
    "unfound": (
        "search/box.html",
        BOX | {"q": "y", "answer": None, "filters": FILTERS, "faults": [Fault("born", "“x” is no date")]},
    ),
    "answer": ("search/answer.html", BOX | {"answer": ANSWER}),
    "nothing": ("search/answer.html", BOX | {"answer": NOTHING}),
    "judged": ("search/judged.html", {"verdict": "same", "hit": "h1", "urgent": True}),
    "verdict": ("search/verdict.html", {"verdict": "not-same", "hit": "", "urgent": False}),
    "why": ("search/inquiry.html", BOX | {"settled": True}),
    "inbox": (
        "search/inbox.html",
        {
            "sent": False,
            "waiting": [listed("overdue", AT), listed("open", SOON, "")],
            "notices": [listed("silent", None), listed("contact", None)],
            "answered": [listed("confirmed", AT), listed("denied", AT)],
            "reviews": [Made(id="r1", until="2026-04-01", records=200, more=True)],
        },
    ),
    "inbox-empty": (
        "search/inbox.html",
        {"sent": True, "waiting": [], "notices": [], "answered": [], "reviews": []},
    ),
    "hit": (
        "search/hit.html",
        {
            "hit": HIT,
            "kind_label": "Person",
            "facts": FACTS,
            "mine": True,
            "may_answer": True,
            "note": "",
            "faults": [Fault("answer", "This hit is confirmed", "It is answered once.")],
        },
    ),
    "record": (
        "records/record.html",
        {"record": RECORD, "links": LINKS, "may": {"correct", "withdraw", "review"}, "search": ""},
    ),
    "record-theirs": (
        "records/record.html",
        {
            "record": Made(
                **(vars(RECORD) | {"mine": False, "owner": "XB", "owner_label": "Belmora", "ref": ""})
            ),
            "links": [],
            "may": set(),
            "search": "0" * 32,
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
                    status="live",
                    changes=[("Born", ["1971"], ["1971-03-05"])],
                ),
                Made(version=1, changed=AT, status="draft", changes=[]),
            ],
        },
    ),
    "form": (
        "records/form.html",
        {
            "kind": Made(name="Person", label="Person"),
            "fields": FIELDS,
            "faults": FAULTS,
            "places": {"properties/birthDate": ("p-birthDate", "Date of birth")},
            "handling": HANDLING,
            "expires": "2029-06-30",
            "grade": "B2",
            "ref": "",
            "version": "0",
            "action": "/contribute/Person",
        },
    ),
    "correct": (
        "records/form.html",
        {
            "kind": Made(name="Person", label="Person"),
            "fields": FIELDS,
            "faults": [],
            "places": {},
            "handling": None,
            "expires": "",
            "grade": "",
            "ref": "",
            "version": "3",
            "action": "/records/5f/correct",
        },
    ),
    "handling": ("records/handling.html", {"record": RECORD, "handling": HANDLING, "faults": []}),
    "mine": (
        "records/mine.html",
        {
            "records": ROWS,
            "kinds": KINDS,
            "kind": "",
            "expires": "",
            "first": "/records",
            "older": "/records?after=2",
        },
    ),
    "ending": (
        "records/mine.html",
        {"records": ROWS, "kinds": KINDS, "kind": "", "expires": date(2026, 4, 1), "first": "", "older": ""},
    ),
    "kinds": (
        "records/kinds.html",
        {"everyday": KINDS[:2], "others": KINDS[2:]},
    ),
    "sign-in": (
        "bureaus/sign_in.html",
        {
            "failed": "This link was used already, or is too old.",
            "bureau": "",
            "name": "",
            "next": "/",
        },
    ),
    "link": ("bureaus/link.html", {"action": "/sign-in/link/9s8d7f"}),
    "me": (
        "bureaus/me.html",
        {
            "officer": OFFICER,
            "passkeys": [Made(id="p1", made=AT, used=None)],
            "sessions": [
                Made(id="s1", since=AT, seen=AT, how="passkey", here=True),
                Made(id="s2", since=AT, seen=AT, how="link", here=False),
            ],
            "faults": [Fault("password", "It must have 12 to 1,000 characters", "A sentence is good.")],
            "said": "Your password was set.",
        },
    ),
    "officers": (
        "bureaus/officers.html",
        {
            "officers": [OFFICER],
            "form": Made(name="", email="", roles=["officer"], clearance="official"),
            "faults": [],
            "bureaus": BUREAUS,
            "bureau": "XA",
        },
    ),
    "officer": (
        "bureaus/officer.html",
        {
            "officer": OFFICER,
            "held": "XA/file-12",
            "prefix": "XA/",
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
                    name="Border gate",
                    roles=["officer"],
                    created=AT,
                    expires=date(2027, 1, 1),
                )
            ],
            "secret": "",
            "form": Made(name="", roles=[], expires="2027-03-14"),
            "roles": [("officer", "Officer")],
            "faults": [],
        },
    ),
    "journal": (
        "bureaus/journal.html",
        {
            "entries": [
                Made(
                    at=AT,
                    act="search",
                    bureau="XA",
                    officer="I. Okafor",
                    object="0" * 32,
                    caption="",
                    what=["yousef", "Border check"],
                ),
                Made(
                    at=AT, act="see", bureau="XA", officer="", object="5f2b", caption="Yusuf", what=["border"]
                ),
            ],
            "first": "/journal",
            "later": "/journal?after=1",
            "object": "",
        },
    ),
    "absent": ("problem.html", _problem(Absent())),
    "faulty": ("problem.html", _problem(Faulty(faults=tuple(FAULTS)))),
    "no-purpose": ("problem.html", _problem(NoPurpose())),
    "not-signed-in": ("problem_part.html", _problem(NotSignedIn())),
}
