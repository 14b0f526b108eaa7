"""What Hypothesis draws plans from. Few names and numbers, so that all sorts meet in an answer."""

from dataclasses import replace

from hypothesis import strategies as st

from entente.core.access import EVERYONE, Handling, Level, Purpose, Status
from worlds.plans import EDGES, NUMBER, UNSEARCHED, Act, Plan, Rec
from worlds.stage import BUREAUS, FILE

NAMES = ("Ivo Marenko", "Iva Marenka", "Mira Halvorsen", "Oksana Marenko", "Ivo Petrosyants")
OWN_NAMES = ("Tarquin Oberleitner", "Wilhelmina Dufresnoy")
"""Names that only U's bureau and those it allows speak of: other bureaus' searches, free to differ between
the worlds, must not touch what U's bureau watches (its owner is told, and may be)."""
PASSPORTS = ("B70441920", "C51200387")
OWN_PASSPORT = "T99031177"
PLATES = ("XB 417 KLM", "XC 220 ABD")
ASKERS = (
    *("XA officer", "XA analyst", "XA contributor", "XA supervisor", "XA administrator"),
    *("XA office", "XA chief", "XA machine", "XC chief", "XZ chief"),
)
AT_WORK = ("office", "chief")
FREE = (
    *("search", "judge", "open", "answer", "contribute", "classify", "correct", "withdraw", "staff", "fail"),
    *("write", "write", "reply", "read", "call_off", "draft", "note", "enter", "convene", "colleague"),
    *("whisper", "hook", "stand", "deconflict", "diffuse", "subscribe", "work"),
    *("describe", "warn", "redraft", "heed", "lose", "lose_blanks", "look_up", "examine"),
)
"""Acts that may differ between the worlds, and those (below) that are the same in both: see plans.py."""
TOLD = (
    *("search", "accuse", "tighten", "answer", "write_to_us", "refuse_us", "convene_with_us", "join_us"),
    *("write_in_group", "rotate", "roster", "suspend", "ring_for_us", "deconflict", "meet"),
    *("publish_to_all", "check_ours", "review_ours"),
    *("describe_to_us", "withdraw_from_us", "papers_for_us", "lose_to_us"),
)
EXPERTS = Act("experts", "")
IN_FILES = ("hide_in_file", "draw_in_file", "name_in_file", "write_in_file", "lose_in_file", "file")
"""Acts in analysis files that may differ."""


@st.composite
def handlings(draw: st.DrawFn, owner: str) -> Handling:
    """Everyone, named, all but some, hint only, owner only; then level, compartment, purposes, status."""
    some = sum(1 << NUMBER[c] for c in draw(st.sets(st.sampled_from(BUREAUS), max_size=3)))
    more = sum(1 << NUMBER[c] for c in draw(st.sets(st.sampled_from(BUREAUS), max_size=3)))
    see = draw(st.sampled_from([EVERYONE, some, EVERYONE & ~some, 0, 0]))
    hint = draw(st.sampled_from([0, more, EVERYONE])) & ~see
    usual = st.sampled_from([True, True, True, False])
    return Handling(
        owner=NUMBER[owner],
        see=see,
        hint=hint,
        watch=draw(st.booleans()),
        need=frozenset() if draw(usual) else frozenset({draw(st.sampled_from([FILE, f"{owner}/file"]))}),
        purposes=Handling(0).purposes
        if draw(usual)
        else draw(st.sampled_from([Purpose.BORDER, Purpose.WANTED])),
        level=Level.OFFICIAL if draw(usual) else draw(st.sampled_from(list(Level))),
        status=Status.LIVE if draw(usual) else draw(st.sampled_from(list(Status))),
    )


@st.composite
def records(draw: st.DrawFn, ref: str, bureau: str, owner: str = "", links_to: int = 0) -> Rec:
    """A record of some owner. `links_to`: how many records stand before it, for its ends."""
    owner = owner or draw(st.sampled_from([*BUREAUS, bureau]))
    own = owner == bureau
    names = OWN_NAMES if own else (*NAMES, *NAMES, *OWN_NAMES)
    kind = draw(st.sampled_from(["Person", "Person", "Person", "Company", "Vehicle", "Passport", *EDGES]))
    end = st.integers(0, max(links_to - 1, 0)).map(lambda i: f"@{i}")
    if kind in EDGES and not links_to:
        kind = "Person"
    values: dict[str, tuple[str, ...]] = {}
    match kind:
        case "Person":
            values["name"] = (draw(st.sampled_from(names)),)
            if draw(st.booleans()):
                values["birthDate"] = (draw(st.sampled_from(["1971-03-05", "1971", "1990"])),)
                values["nationality"] = (draw(st.sampled_from(["xa", "xb"])),)
            if draw(st.booleans()):
                values["passportNumber"] = (OWN_PASSPORT if own else draw(st.sampled_from(PASSPORTS)),)
        case "Company":
            values["name"] = (f"{draw(st.sampled_from(names)).split()[1]} Trading",)
        case "Vehicle":
            values["registrationNumber"] = ("XA 900 TTT" if own else draw(st.sampled_from(PLATES)),)
        case "Passport":
            values["number"] = (OWN_PASSPORT if own else draw(st.sampled_from(PASSPORTS)),)
            values["country"] = (owner.lower(),)
            if draw(st.booleans()):
                values["stolenStatus"] = (draw(st.sampled_from(["stolen", "lost", "recovered"])),)
            if links_to:
                values["holder"] = (draw(end),)
        case "Associate":
            values |= {"person": (draw(end),), "associate": (draw(end),)}
        case "Ownership":
            values |= {"owner": (draw(end),), "asset": (draw(end),)}
        case "Directorship":
            values |= {"director": (draw(end),), "organization": (draw(end),)}
    values[UNSEARCHED[kind]] = (draw(st.sampled_from(["one", "two"])),)
    handling = draw(handlings(owner))
    before = None
    if draw(st.integers(0, 3)) == 0:
        before = ({**values, UNSEARCHED[kind]: ("as it was",)}, draw(handlings(owner)))
    days = draw(st.sampled_from([400, 400, 400, 20, 1, 0]))
    return Rec(ref, owner, kind, values, handling, days, draw(st.sampled_from(["", "B2"])), before)


@st.composite
def acts(draw: st.DrawFn, bureau: str, varying: bool) -> Act:
    """What another bureau does. Varying acts neither name nor touch what U's bureau owns."""
    code = draw(st.sampled_from([c for c in BUREAUS if c != bureau]))
    who = f"{code} {draw(st.sampled_from(AT_WORK))}"
    what = draw(st.sampled_from(FREE if varying else TOLD))
    names = NAMES if varying else (*NAMES, *OWN_NAMES)
    return Act(what, who, draw(st.sampled_from([*names, *PASSPORTS, *PLATES])), draw(st.integers(0, 9)))


@st.composite
def plans(draw: st.DrawFn, most: int = 12) -> Plan:
    asker = draw(st.sampled_from(ASKERS))
    bureau = asker.split()[0]
    purposes = [("wanted",), ("border", "wanted"), ("analysis",)]
    if asker == "XZ chief":
        purposes.append(("oversight", "wanted"))
    several: list[Rec] = []
    for i in range(draw(st.integers(1, most))):
        several.append(draw(records(f"r{i}", bureau, links_to=i)))
    pool = [draw(records(f"p{i}", bureau, links_to=len(several))) for i in range(draw(st.integers(0, 5)))]
    discreet = asker.split()[1] in ("supervisor", "office", "chief") and draw(st.integers(0, 3)) == 0
    return replace(
        Plan(asker),
        purposes=draw(st.sampled_from(purposes)),
        discreet=discreet,
        records=tuple(several),
        pool=tuple(pool),
        fates=tuple(draw(st.lists(st.integers(0, 11), min_size=1, max_size=6))),
        crowd=draw(st.sampled_from([0, 0, 0, 0, 80])),
        meets=draw(st.integers(0, 3)) == 0,
        shared=(EXPERTS, *draw(st.lists(acts(bureau, varying=False), max_size=8))),
        first=tuple(draw(st.lists(acts(bureau, varying=True), max_size=7))),
        second=tuple(draw(st.lists(acts(bureau, varying=True), max_size=7))),
    )


@st.composite
def file_plans(draw: st.DrawFn) -> Plan:
    """Few records, and others at work in analysis files, in one that U is invited to."""
    plan = draw(plans(most=4))
    made = st.builds(
        Act,
        st.sampled_from(IN_FILES),
        st.just(""),
        st.sampled_from(NAMES),
        st.integers(0, 9),
    )
    several = st.lists(made, max_size=6).map(tuple)
    shared = (Act("share_file", ""), Act("approve_ours", ""))
    return replace(plan, meets=False, crowd=0, shared=shared, first=draw(several), second=draw(several))
