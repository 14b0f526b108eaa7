"""Invented records, hits, officers and what else pages are shown with."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Made

from entente.core.problems import Fault
from entente.core.things import NEVER
from entente.web.badges import Badge

AT = datetime(2026, 3, 14, 3, 7, tzinfo=UTC)
SOON = datetime.now(UTC) + timedelta(hours=5, minutes=10)
ME = Made(name="Ines Okafor", bureau="XA", roles=["officer", "supervisor", "administrator"], held={"series"})
INQUIRY = Made(purpose="border", justification="XA-2026-0417, night desk")
BUREAUS = [("XA", "Arland"), ("XB", "Belmora"), ("XC", "Costa Verde"), ("XD", "Dunmark"), ("XE", "Estovia")]
KINDS = [("Person", "Person"), ("Company", "Company"), ("Passport", "Passport"), ("Vehicle", "Vehicle")]


def reason(label: str, asked: str, found: str, part: float) -> Made:
    return Made(label=label, asked=asked, found=found, part=part, begins=label == BEGINS)


BEGINS = "Before anything is compared"


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
            reason(BEGINS, "", "", -7.0),
            reason("Name", "yousef alkarimi", "Yusuf Al-Karimi", 5.8),
            reason("Date of birth", "1971-03-05", "1971-03-05", 2.6),
            reason("Nationality", "XB", "XB", 1.2),
        ],
        sum=2.6,
        same_name=90,
        changes=[Made(label="If the sex is not Male", points=62)],
        url="/records/5f2b8c0de1a94c3790b8a1f2c3d4e5f6",
        badges=[Badge("Red notice", "tone-red", "/notices/n1")],
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
            reason(BEGINS, "", "", -7.0),
            reason("Name", "yousef alkarimi", "يوسف الكريمي", 8.1),
            reason("Date of birth", "1971-03-05", "1972", -0.7),
        ],
        sum=0.4,
        same_name=93,
        changes=[],
        url="/records/a9c1",
        badges=[],
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
    keep={"text": "y", "kind": "", "born": "", "nationality": "", "sex": "", "until": "2026-06-12"},
)
NOTHING = Made(understood=[], remarks=[], candidates=[], contacts=[], narrow=True, search_id="", keep=None)
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
        name=n, label=label, type=t, required=r, featured=f, several=n == "name",
        values=v, errors=e, options=o, hint=h
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
    match="potential",
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
    set="",
    agreed=[],
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
