"""Plans made by hand: every way for a record to be hidden, beside what is seen. The mutants die of these."""

from dataclasses import replace
from itertools import chain, count, zip_longest

from entente.core.access import EVERYONE, Handling, Level, Purpose, Status
from rooms.hashed import digest, file
from worlds.directed_biometrics import FLOOD, in_biometrics
from worlds.directed_cases import small as in_cases
from worlds.directed_payments import in_payments
from worlds.directed_trends import small as in_trends
from worlds.others_series import CAMERA
from worlds.plans import MANY, NUMBER, Act, Plan, Rec, Values
from worlds.stage import FILE, SERIES

_refs = count()
XA = 1 << NUMBER["XA"]
IVO: Values = {"name": ("Ivo Marenko",), "birthDate": ("1971-03-05",), "passportNumber": ("B70441920",)}
OKSANA: Values = {"name": ("Oksana Marenko",), "profession": ("chemist",)}
OTHER_IVO: Values = {"name": ("Ivo Petrosyants",), "passportNumber": ("C51200387",)}
TARQUIN: Values = {"name": ("Tarquin Oberleitner",), "passportNumber": ("T99031177",)}


def _(
    owner: str,
    kind: str,
    values: Values,
    days: int = MANY,
    before: Handling | None = None,
    **handling: object,
) -> Rec:
    made = Handling(NUMBER[owner], **handling)  # type: ignore[arg-type]
    said = {"SeriesImage": "taken", "BiometricSet": "text"}.get(kind, "summary")
    older = ({**values, said: ("as it was",)}, before) if before else None
    return Rec(f"r{next(_refs)}", owner, kind, values, made, days, before=older)


def _tie(kind: str, one: int, other: int) -> tuple[str, Values]:
    ends = {
        "Directorship": ("director", "organization"),
        "Associate": ("person", "associate"),
        "Ownership": ("owner", "asset"),
    }
    return kind, {ends[kind][0]: (f"@{one}",), ends[kind][1]: (f"@{other}",)}


SEEN = (
    _("XB", "Person", {**IVO, "profession": ("pilot",)}, before=Handling(NUMBER["XB"])),  # 0
    _("XB", "Company", {"name": ("Marenko Trading",)}),  # 1
    _("XC", "Person", {"name": ("Iva Marenka",)}, see=EVERYONE & ~(1 << 5), hint=1 << 5, watch=True),  # 2
    _("XA", "Person", TARQUIN, watch=True),  # 3
    _("XA", "Person", {"name": ("Wilhelmina Dufresnoy",)}, days=20),  # 4
    _("XA", "Vehicle", {"registrationNumber": ("XA 900 TTT",)}, see=0),  # 5
    _("XB", "Person", {"name": ("Mira Halvorsen",)}, days=1),  # 6: gone tomorrow
)
HINTED = (
    _("XC", "Person", OKSANA, see=0, hint=EVERYONE),  # 7
    _("XD", "Person", OTHER_IVO, see=0, hint=XA),  # 8
    _("XB", "Person", OKSANA, see=0, hint=EVERYONE, watch=True),  # 9
)
HIDDEN = (
    _("XB", "Person", IVO, see=0),  # 10
    _("XC", "Person", {"name": ("Mira Halvorsen",)}, purposes=Purpose.BORDER),  # 11
    _("XC", "Person", IVO, need=frozenset({"XC/file"})),  # 12
    _("XD", "Person", IVO, status=Status.DRAFT),  # 13
    _("XD", "Person", IVO, days=0),  # 14: expired
    _("XD", "Person", IVO, see=0, watch=True),  # 15: silent
    _("XB", "Person", IVO, before=Handling(NUMBER["XB"]), see=0),  # 16: was open once
    _("XD", "Passport", {"number": ("B70441920",)}, days=0),  # 17: expired
    _("XC", "Person", IVO, status=Status.DELETED),  # 18
    _("XB", "Person", OTHER_IVO, see=EVERYONE & ~XA),  # 19: all but XA
)
TIES = (
    _("XB", *_tie("Directorship", 10, 1)),  # 20: seen, to a hidden node
    _("XB", *_tie("Directorship", 0, 1), see=0),  # 21: hidden, between seen nodes
    _("XC", *_tie("Associate", 0, 6), days=0),  # 22: expired, between seen nodes
    _("XC", *_tie("Associate", 0, 12), see=0),  # 23
    _("XC", *_tie("Associate", 0, 2)),  # 24: seen
)
UNCLEARED = (
    _("XB", "Person", IVO, level=Level.RESTRICTED),
    _("XA", "Person", TARQUIN, level=Level.CONFIDENTIAL, watch=True),
    _("XA", "Person", TARQUIN, days=20, need=frozenset({"XA/file"})),
    _("XC", "Person", OKSANA, need=frozenset({FILE})),
)
POOL = (
    _("XB", "Person", IVO, see=0),
    _("XC", "Person", {**OKSANA, "birthDate": ("1990",)}, need=frozenset({"XB/file"})),
    _("XD", "Company", {"name": ("Marenko Trading",)}, see=0, watch=True),
    _("XD", "Vehicle", {"registrationNumber": ("XB 417 KLM",)}, status=Status.SUSPENDED),
    _("XC", "Person", {"name": ("Ivo Marenkov",)}, see=0),
)
BUSY = (
    Act("search", "XB office", "Ivo Marenko"),
    Act("correct", "XB office", to=1),
    Act("contribute", "XB chief", "Ivo Marenko", to=1),
    Act("judge", "XB office", "Iva Marenka"),
    Act("staff", "XB office", "Ivo Marenko", to=1),
    Act("correct", "XB office", to=0),
    Act("fail", "XC office", "Oksana Marenko"),
    Act("open", "XC office", to=3),
    Act("withdraw", "XC office", to=0),
)
CHANNELS = (
    Act("convene", "XB chief", "Vans", to=1),
    Act("draft", "XB office", "Soon", to=2),
    Act("enter", "XC chief", "Hidden Harbour", to=0),
    Act("write", "XB office", "A van", to=4),
    Act("classify", "XB office", "Ivo Marenko", to=1),
    Act("stand", "XB office", "Ivo Marenko", to=1),
    Act("write", "XC office", "A boat", to=7),
    Act("diffuse", "XB office", "Ivo Marenko", to=3),
    Act("reply", "XC office", "Of nobody", to=1),
    Act("read", "XD office"),
    Act("deconflict", "XB office", to=0),
    Act("hook", "XB chief", to=1),
    Act("deconflict", "XC office", to=1),
    Act("colleague", "", "Vans", to=1),
    Act("whisper", "XB office", "Secret", to=6),
    Act("reply", "XB office", "Of us", to=2),
    Act("diffuse", "XC office", "Oksana Marenko", to=4),
    Act("subscribe", "XB office", to=1),
    Act("call_off", "XB office"),
    Act("search", "XC office", "B70441920"),
    Act("write", "XB office", "ref taken", to=3),
    Act("note", "XB office"),
    Act("enter", "XB chief", "Hidden Vans", to=2),
    Act("diffuse", "XD office", "Mira Halvorsen", to=1),
    Act("screen", "XB office", "Ivo Marenko"),
    Act("describe", "XC office", to=2),
    Act("warn", "XC office", "Forged in Norport", to=2),
    Act("heed", "XB office", to=0),
    Act("lose", "XB office", to=0),
    Act("redraft", "XB office", to=0),
    Act("lose_blanks", "XB office", to=0),
    Act("warn", "XB office", "Forged in Southby", to=7),
    Act("look_up", "XC office"),
    Act("examine", "XC office", to=1),
    Act("warn", "XD office", "Forged in Eastham", to=3),
    Act("hide_images", "XB office", to=0),
    Act("hide_series", "XC office", "Sea", to=0),
    Act("hide_images", "XC office", to=1),
    Act("judge_images", "XC office"),
    Act("ask_images", "XD office", to=1),
    Act("hide_series", "XB office", "Bay", to=1),
    Act("hide_sets", "XB office", to=0),
    Act("hide_sets", "XC office", to=1),
    Act("judge_sets", "XC office", to=0),
    Act("hide_faces", "XC office", to=1),
    Act("withdraw_sets", "XB office"),
    Act("ask_sets", "XD office"),
    Act("hide_payment", "XC office", to=1),
    Act("hide_trace", "XB office", to=0),
    Act("hide_payment", "XB office", to=3),
    Act("hide_message", "XB office", to=1),
    Act("hide_payment", "XB office", to=4),
)
REST = Act("rest", "")
AT_PAUSES = (
    (
        Act("experts", ""),
        Act("accuse", "XB office", "Tarquin Oberleitner"),
        Act("write_to_us", "XB office", "Of your van", to=4),
        Act("deconflict", "", to=0),
        Act("publish_to_all", "XB office", "Ivo Marenko"),
        Act("convene_with_us", "XB chief", "Boats"),
        Act("rotate", "XB chief"),
        Act("rotate", "XC chief", to=1),
        Act("series_to_us", "XB office"),
        Act("sets_to_us", "XB office"),
        Act("payment_to_us", "XB office", to=0),
    ),
    (
        Act("tighten", "XB chief", to=2),
        Act("check_ours", ""),
        Act("write_to_us", "XD office", "Of your boat", to=10),
        Act("ring_for_us", "XB office", "Ivo Marenko"),
        Act("refuse_us", "XB office"),
        Act("join_us", ""),
        Act("describe_to_us", "XB office"),
        Act("lose_to_us", "XB office"),
        Act("series_later", "XC office", to=1),
        Act("sets_later", "XB office", to=0),
        Act("payments_for_us", ""),
    ),
    (
        Act("answer", "XB office"),
        Act("review_ours", ""),
        Act("meet", "", "B70441920"),
        Act("write_in_group", "XB chief"),
        Act("roster", "XC chief", to=3),
        Act("papers_for_us", ""),
        Act("series_answer_us", "XB office"),
        Act("sets_for_us", "", to=0),
        Act("payments_go_on", "XB office"),
    ),
    (
        Act("search", "XC office", "Tarquin Oberleitner"),
        Act("publish_to_all", "XD office", "Mira Halvorsen", to=1),
        Act("suspend", "", to=0),
        Act("ring_for_us", "XB office", "Ivo Marenko"),
        Act("withdraw_from_us", "XB office", to=0),
        Act("series_for_us", ""),
        Act("sets_later", "XB office", to=1),
        Act("payment_rings", "XC office", to=1),
    ),
    (Act("suspend", "", to=1), Act("refuse_us", "XC office"), Act("payments_go_on", "XB office")),
)
SHARED = tuple(chain.from_iterable(zip_longest(*AT_PAUSES, (), fillvalue=Act("work", ""))))
BASE = Plan(
    "XA chief", records=(*SEEN, *HINTED, *HIDDEN, *TIES), pool=POOL, shared=SHARED, first=(*BUSY, *CHANNELS)
)

PLANS: dict[str, Plan] = {
    "chief": BASE,
    "chief, otherwise": replace(BASE, fates=(1,), meets=True, first=(), second=(*BUSY, *CHANNELS)[::-1]),
    "chief, demoted": replace(
        BASE,
        records=(*BASE.records, *UNCLEARED),
        shared=(Act("demote", ""), *SHARED[1:]),
        first=(
            Act("search", "XC office", "Marenko"),
            *[Act("correct", "XB office", to=i) for i in range(9)],
            *CHANNELS,
        ),
    ),
    "officer": replace(BASE, asker="XA officer", records=(*BASE.records, *UNCLEARED), fates=(2, 0)),
    "supervisor, discreetly": replace(BASE, asker="XA supervisor", discreet=True),
    "crowd": replace(BASE, asker="XA analyst", crowd=80, records=(*SEEN, *HINTED, *TIES)),
    "administrator": replace(
        BASE, asker="XA administrator", fates=(4, 3), second=(Act("flood", "XB officer"),)
    ),
    "contributor": replace(BASE, asker="XA contributor", records=(*BASE.records, *UNCLEARED)),
    "machine": replace(BASE, asker="XA machine", purposes=("analysis", "wanted")),
    "reviewer": replace(BASE, asker="XZ chief", purposes=("oversight", "wanted")),
    "one who contributes nothing": replace(BASE, asker="XZ office", purposes=("border",)),
}
BY_MESSAGES = ("convene", "draft", "enter", "write", "reply", "read", "hook", "colleague", "whisper", "note")
BY_NOTICES = ("classify", "contribute", "stand", "diffuse", "deconflict", "search", "judge", "subscribe")
TO_US = ("experts", "write_to_us", "convene_with_us", "refuse_us", "write_in_group", "join_us")
FOR_US = ("accuse", "publish_to_all", "check_ours", "review_ours", "ring_for_us", "answer")
IN_FILES = (
    Act("hide_in_file", "", "Ivo Marenko", to=0),
    Act("draw_in_file", "", "Paid by Halvorsen", to=1),
    Act("name_in_file", "", to=0),
    Act("write_in_file", "", "Halvorsen"),
    Act("file", "", "Heron"),
    Act("hide_in_file", "", "Mira Halvorsen", to=1),
    Act("draw_in_file", "", "Seen with Petrosyants", to=2),
    Act("lose_in_file", "", "Oksana Marenko", to=3),
    Act("lose_in_file", "", to=0),
    Act("staff", "XB office", "Oksana Marenko", to=1),
)
"""What may differ in analysis files, in the order that fits three pauses."""


def only(plan: Plan, *acts: str) -> Plan:
    """A plan without records, and of its acts these alone: what a mutant of the channels needs."""
    shared = tuple(a if a.what in acts else REST for a in plan.shared)
    first = tuple(a for a in plan.first if a.what in acts)
    return replace(plan, records=SEEN, pool=(), shared=shared, first=first)


def in_files(plan: Plan, second: tuple[Act, ...] = ()) -> Plan:
    """A plan whose others work in analysis files alone: in one that U is invited to too."""
    first = IN_FILES if second != IN_FILES[::-1] else ()
    shared = (Act("share_file", ""), Act("approve_ours", ""))
    return replace(
        plan, records=SEEN, pool=(), crowd=0, meets=False, shared=shared, first=first, second=second
    )


OTHERS_PAPERS = (
    Act("describe", "XC office", to=2),
    Act("redraft", "XB office", to=1),
    Act("warn", "XC office", "Forged in Southby", to=7),
    Act("warn", "XC office", "Forged in Norport", to=1),
    Act("heed", "XB office"),
    Act("lose_blanks", "XB office"),
    Act("lose", "XB office", to=3),
    Act("examine", "XC office", to=1),
    Act("describe", "XD office", to=3),
    Act("warn", "XB office", "Forged in Eastham", to=2),
)
"""What may differ in the papers room, in the order that fits three pauses."""


def in_papers(plan: Plan) -> Plan:
    """A plan whose others work in the papers room alone; a stolen passport whose holder is hidden."""
    holder = _("XB", "Person", IVO, see=0)
    number = {"number": ("B70441920",), "country": ("xb",), "type": ("passport",)}
    stolen = _("XB", "Passport", {**number, "stolenStatus": ("stolen",), "holder": (f"@{len(SEEN)}",)})
    hinted = _(
        "XC", "Passport", {**number, "country": ("xc",), "stolenStatus": ("lost",)}, see=0, hint=1 << 5
    )
    shared = (Act("describe_to_us", "XB office"), Act("papers_for_us", ""), REST, REST, REST, REST)
    return replace(
        plan,
        records=(*SEEN, holder, stolen, hinted),
        pool=(),
        shared=(*shared, Act("lose_to_us", "XB office"), REST, Act("withdraw_from_us", "XB office", to=1)),
        first=OTHERS_PAPERS,
    )


OTHERS_SERIES = (
    Act("hide_images", "XB office", to=0),
    Act("hide_images", "XC office", to=1),
    Act("flood_images", "XC office", to=0),
    Act("hide_series", "XB office", "Bay", to=1),
    Act("hide_series", "XC office", "Sea", to=0),
    Act("judge_images", "XC office"),
    Act("ask_images", "XD office", to=1),
    Act("hide_images", "XB office", to=2),
    Act("withdraw_images", "XB office"),
    Act("hide_images", "XD office", to=3),
    Act("hide_series", "XB office", "Gulf", to=2),
    Act("hide_images", "XB office", to=9),
)
"""What may differ in the series room, in the order that fits three pauses."""


def in_series(plan: Plan) -> Plan:
    """A plan whose others work in the series room alone; some images stand from the first."""
    at_pauses = (
        (Act("series_to_us", "XB office"), Act("series_go_in", "XB office", to=0)),
        (
            Act("series_later", "XC office", to=1),
            Act("series_answer_us", "XB office"),
            Act("series_go_in", "XB office", to=1),
        ),
        (Act("series_answer_us", "XB office"), Act("series_later", "XC office", to=2)),
        (),
        (Act("series_for_us", ""),),
        (Act("series_answer_us", "XB office", to=1),),
    )
    shared = tuple(chain.from_iterable(zip_longest(*at_pauses, fillvalue=REST)))
    return replace(plan, records=images(), pool=(), shared=shared, first=OTHERS_SERIES, second=())


def images() -> tuple[Rec, ...]:
    """Images of series, of every handling."""
    need = frozenset({SERIES})
    more = frozenset({SERIES, "XB/file"})
    bits = digest("pdq asked 0", 32)
    asked: Values = {"media": ("image",), "md5": (file("asked")["md5"],), "pdq": (bits,), "views": (bits,)}
    shy: Values = {**asked, "md5": (digest("shy", 16),), "device": (CAMERA,)}
    return (
        *SEEN[:2],
        _("XC", "SeriesImage", asked, need=need, see=EVERYONE & ~(1 << 5), hint=1 << 5, watch=True),
        _("XB", "SeriesImage", shy, need=need, see=0, hint=EVERYONE, watch=True),
        _("XD", "SeriesImage", asked, need=need, see=0, hint=XA),
        _("XB", "SeriesImage", asked, need=need, see=0, watch=True),
        _("XB", "SeriesImage", asked, need=more),
        _("XD", "SeriesImage", shy, need=need, days=0),
        _("XC", "SeriesImage", asked, need=need, status=Status.DELETED),
        _("XD", "SeriesImage", shy, need=need, status=Status.DRAFT),
        _("XB", "SeriesImage", asked, need=need, see=EVERYONE & ~XA),
        _("XB", "SeriesImage", shy, need=need, see=0, before=Handling(NUMBER["XB"], need=need)),
    )


SMALL: dict[str, Plan] = {
    "messages": only(BASE, *BY_MESSAGES, *TO_US),
    "notices": only(BASE, *BY_NOTICES, *FOR_US),
    "officer, by messages": only(PLANS["officer"], *BY_MESSAGES, *TO_US),
    "officer, by notices": only(PLANS["officer"], *BY_NOTICES, *FOR_US),
    "administrator, by messages": only(PLANS["administrator"], *BY_MESSAGES, *TO_US),
    "papers": in_papers(BASE),
    "officer, by papers": in_papers(PLANS["officer"]),
    "series": in_series(BASE),
    "specialist, by series": in_series(replace(BASE, asker="XZ officer", fates=(1,))),
    "discreetly, by series": in_series(replace(BASE, asker="XA office", discreet=True, fates=(2, 0))),
    "biometrics": in_biometrics(BASE, SEEN),
    "biometrics, flooded": in_biometrics(BASE, SEEN, (FLOOD,)),
    "officer, by biometrics": in_biometrics(PLANS["officer"], SEEN),
    "discreetly, by biometrics": in_biometrics(
        replace(BASE, asker="XA office", discreet=True, fates=(2, 0)), SEEN
    ),
    "payments": in_payments(BASE, SEEN),
    "officer, by payments": in_payments(PLANS["officer"], SEEN),
    "discreetly, by payments": in_payments(replace(BASE, asker="XA supervisor", discreet=True), SEEN),
    "secretariat, by payments": in_payments(replace(BASE, asker="XZ office", fates=(1,)), SEEN),
    **in_trends(BASE, PLANS["officer"]),
    **in_cases(BASE, PLANS["officer"], (*SEEN, *HINTED, *HIDDEN)),
    "files": in_files(BASE),
    "files, otherwise": in_files(PLANS["chief, otherwise"], second=IN_FILES[::-1]),
    "analyst, by files": in_files(PLANS["crowd"]),
    "secretariat, by files": in_files(PLANS["one who contributes nothing"]),
    "reader, by files": in_files(PLANS["officer"], second=IN_FILES[4:6]),
}
"""Plans for mutants."""
