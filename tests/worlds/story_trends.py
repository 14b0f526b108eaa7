"""What U asks of the trends room: seizures, their persons, files, effort; all that others have. See story.py.

Figures are in story_figures.py, companies' reports and the desk in story_referrals.py."""

from collections.abc import Sequence
from typing import Any

from rooms.seized import BOX, item, seizure
from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.others_trends import CARRIED, PARTIES, RAREST
from worlds.pair import EXPORT, LISTEN, PAUSE, POSTED, TOMORROW, Known, Story
from worlds.plans import Plan
from worlds.stage import Ask
from worlds.story_figures import FIGURES, operations_and_findings, targets
from worlds.story_figures import figures as figures_of
from worlds.story_house import journal
from worlds.story_messages import some
from worlds.story_referrals import referrals, reporting

NOBODY: dict[str, Any] = {"mode": "named", "bureaus": []}
TO_B: dict[str, Any] = {"mode": "named", "bureaus": ["XB"]}
FILE = b"""Date,Country,Goods,Quantity,Ref
2026-01-04,XB,chlorpyrifos,900 kg,f1
2026-01-05,XB,cigarettes,4000,f2
"""
EFFORT = {"authority": "Our port", "country": "XA", "date": "2025-11", "checks": 120}
FACTOR = {"goods": "agro.pesticide", "from_unit": "LTR", "to_unit": "KGM", "factor": "0.9", "source": "Own"}
OWNED = ("GoodsConversion", "Effort", "ReferralOffer", "CompanyReport")
"""Kinds that their owner takes back by an address of their own, in the order of TAKEN."""
TAKEN = ("conversions/{}", "efforts/{}", "offers/{}", "reports/{}?version=9")


def trends(plan: Plan, known: Known) -> Story:
    """The trends room alone: every address of it."""
    asking = Asking(plan)
    yield LISTEN
    yield from beginning(asking)
    for wholly in (False, False, True):
        yield PAUSE
        yield LISTEN
        yield asking.api("GET", "/alerts")
        yield from browsing(asking, known, wholly)
        yield TOMORROW
    yield PAUSE
    yield LISTEN
    yield POSTED
    yield from lists(asking, known, wholly=True)
    yield from figures_of(asking, wholly=False)
    yield asking.api("GET", "/alerts")
    yield asking.page("GET", "/inbox")
    yield from elsewhere(asking, known)
    yield from journal(asking, known)


def seizures(plan: Plan, known: Known) -> Story:
    """Seizures and their figures: what most mutants of the room need."""
    asking = Asking(plan)
    yield from contributing(asking)
    for wholly in (False, True):
        yield PAUSE
        yield asking.api("GET", "/alerts")
        rows = yield from lists(asking, known, wholly)
        yield from likenesses(asking, rows)
        yield from figures_of(asking, wholly)
        yield from others(asking, known, False)


def counting(plan: Plan, known: Known) -> Story:
    """As little as shows what is counted."""
    asking = Asking(plan)
    yield from checks(asking)
    yield PAUSE
    for what in FIGURES[:6]:
        yield asking.api("GET", f"/trends/figures/{what}")
    yield asking.api("GET", "/trends/efforts")
    yield from checks(asking)


def operations(plan: Plan, known: Known) -> Story:
    """Operations, findings, lists of targets alone."""
    asking = Asking(plan)
    yield from planning(asking)
    for _ in range(3):
        yield PAUSE
        yield asking.api("GET", "/alerts")
        yield from operations_and_findings(asking, known, wholly=True)
        yield from targets(asking, known, wholly=True)


def blind(plan: Plan, known: Known) -> Story:
    """Companies' reports and offers alone."""
    asking = Asking(plan)
    yield from contributing(asking)
    yield from reporting(asking)
    for _ in range(4):
        yield PAUSE
        yield asking.api("GET", "/alerts")
        yield from referrals(asking, known, wholly=True)
    yield from reporting(asking)


# --- what U has ------------------------------------------------------------------------------------


def beginning(asking: Asking) -> Told:
    for path in ("/trends/seizures/new", "/trends/import", "/trends/template.csv"):
        yield asking.page("GET", path)
    yield asking.api("GET", "/trends/seizures/template.csv")
    yield from contributing(asking)
    yield from loading(asking)
    yield from planning(asking)
    yield from reporting(asking)
    said = (("what", "chlorpyrifos"), ("quantity", "1200 kg"), ("date", "2026-01-10"), ("country", "XB"))
    for do in ("check", "keep"):
        yield asking.page("POST", "/trends/seizures/new", *said, ("do", do))


def checks(asking: Asking) -> Told:
    """What may be the same one, and what is far from all others."""
    far = [item(quantity="9000000 kg")]
    other = [{"goods": "agro.fertiliser", "quantity": "9000000 kg"}]
    for said in ({}, {"conveyances": CARRIED}, {"items": far}, {"items": other}, {"country": "Nowhere"}):
        yield asking.api("POST", "/trends/seizures/check", seizure(**said))


def contributing(asking: Asking) -> Told:
    yield from checks(asking)
    for said in (
        {"conveyances": CARRIED, "handling": {"mode": "everyone"}, "ref": "own 1"},
        {"conveyances": CARRIED, "handling": NOBODY, "ref": "own 1"},
        {"date": "2026-01-09", "items": [item(quantity="9000000 kg")], "handling": TO_B},
        {"date": "2026-01-08", "handling": NOBODY, "route": RAREST},
    ):
        yield asking.api("POST", "/trends/seizures", seizure(**said))
    answer = yield asking.api("GET", "/trends/seizures?which=mine&limit=200")
    for row in answer.json["seizures"][:3] if answer.status == 200 else ():
        path = f"/trends/seizures/{row['id']}"
        yield asking.api("PUT", f"{path}/parties", {"parties": PARTIES[:1]})
        yield asking.api("POST", "/trends/offers", {"seizure": row["id"]})
        yield asking.api("POST", f"{path}/confirmation", {"version": 1})
        yield asking.api("GET", path)
    yield from efforts(asking)


def efforts(asking: Asking) -> Told:
    for handling in (NOBODY, {"mode": "everyone"}):
        yield asking.api("POST", "/trends/efforts", {**EFFORT, "handling": handling})
    yield asking.api("POST", "/trends/conversions", FACTOR)
    for what, said in (("efforts", EFFORT), ("conversions", FACTOR)):
        fields = ((name, str(value)) for name, value in said.items())
        yield asking.page("POST", f"/trends/{what}", *fields)


def loading(asking: Asking) -> Told:
    yield asking.raw("POST", "/trends/seizures/import/check?name=a.csv", FILE)
    for _ in range(2):
        yield asking.raw("POST", "/trends/seizures/import?name=a.csv", FILE)
    yield asking.page("POST", "/trends/import", ("do", "check"))


def planning(asking: Asking) -> Told:
    plan = {"name": "Own harbour", "since": "2025-12-01", "until": "2026-03-01", "countries": ["xb"]}
    for members in ([], ["XB", "XC"], ["QQ", "XP"]):
        yield asking.api("POST", "/trends/operations", {**plan, "members": members})
    mine = yield asking.api("GET", "/trends/operations")
    told = mine.json["operations"] if mine.status == 200 else []
    for one in told[:2]:
        for shared in (False, True):
            body = {"name": "Ours", "operation": one["id"], "shared": shared, "targets": 6, "control": 2}
            yield asking.api("POST", "/trends/targets", body)
        step = {"version": one["version"], "to": "running"}
        yield asking.api("POST", f"/trends/operations/{one['id']}/steps", step)
    yield asking.api("POST", "/trends/targets", {"name": "All ways", "targets": 8})
    yield asking.api("POST", "/trends/findings")


# --- what U sees -----------------------------------------------------------------------------------


def browsing(asking: Asking, known: Known, wholly: bool = False) -> Told:
    rows = yield from lists(asking, known, wholly)
    yield from likenesses(asking, rows)
    yield from figures_of(asking, wholly)
    yield from operations_and_findings(asking, known, wholly)
    yield from targets(asking, known, wholly)
    yield from referrals(asking, known, wholly)
    yield from others(asking, known, wholly)


def lists(asking: Asking, known: Known, wholly: bool) -> Told:
    yield from checks(asking)
    words = (
        "which=mine",
        "goods=agro",
        "country=xb&limit=3",
        "since=2025-12-01",
        f"number={BOX}",
        "goods=no",
    )
    for query in words if wholly else words[3:5]:
        yield asking.api("GET", f"/trends/seizures?{query}")
    rows: list[dict[str, Any]] = []
    after = ""
    for _page in range(9 if wholly else 2):
        answer = yield asking.api("GET", f"/trends/seizures?limit=9&after={after}")
        if answer.status != 200:
            break
        rows += answer.json["seizures"]
        after = answer.json["after"]
        if not after:
            break
    for id in (*some(known.of_kind("Seizure"), 4), ABSENT):
        yield asking.api("GET", f"/trends/seizures?after={id}")
        yield asking.api("GET", f"/trends/seizures?goods=agro&after={id}")
    yield asking.page("GET", "/trends")
    for path in (
        (f"/trends?number={BOX}", "/trends?goods=agro&country=xb", "/trends?after=x") if wholly else ()
    ):
        yield asking.page("GET", path)
    for path in ("efforts", "conversions"):
        yield asking.api("GET", f"/trends/{path}")
        if wholly:
            yield asking.page("GET", f"/trends/{path}")
    return rows


def likenesses(asking: Asking, rows: Sequence[dict[str, Any]]) -> Told:
    """Those that may be one, and what is judged of them; corrected, shared, taken back."""
    for n, row in enumerate(rows[:6]):
        path = f"/trends/seizures/{row['id']}"
        found = yield asking.api("GET", f"{path}/same")
        for near in found.json[:2] if found.status == 200 else ():
            said = {"other": near["seizure"]["id"], "verdict": ("same", "not-same", "cannot-tell")[n % 3]}
            yield asking.api("POST", f"{path}/same", said)
        yield asking.page("GET", path)
        seen = yield asking.api("GET", path)
        if seen.status == 200 and row["owner"] == asking.bureau:
            yield from changing(asking, path, seen.json["version"], n)


def changing(asking: Asking, path: str, version: int, n: int) -> Told:
    if n % 3 == 0:
        yield asking.api("PUT", path, {**seizure(conveyances=CARRIED, lab="Of 40 %"), "version": version})
    elif n % 3 == 1:
        change = {"version": version, "handling": ({"mode": "everyone"}, NOBODY)[n % 2]}
        yield asking.api("PUT", f"{path}/handling", change)
    else:
        yield asking.api("POST", f"{path}/confirmation", {"version": version})


# --- what others have ------------------------------------------------------------------------------


def others(asking: Asking, known: Known, wholly: bool) -> Told:
    """Seizures of either world, and papers that go with them, by every address."""
    ids = known.of_kind("Seizure")
    for id in [*(ids if wholly else some(ids, 6)), ABSENT, MALFORMED]:
        yield asking.api("GET", f"/trends/seizures/{id}")
    for id in [*some(ids, 5 if wholly else 2), ABSENT]:
        yield from one_of_others(asking, id, wholly)
    for kind, address in zip(OWNED, TAKEN, strict=True):
        foreign = [id for id in known.of_kind(kind) if wholly]
        for id in [*some(foreign, 3), ABSENT]:
            yield asking.api("DELETE", f"/trends/{address.format(id)}")
    for what, kind in (("efforts", "Effort"), ("conversions", "GoodsConversion")) if wholly else ():
        for id in [*some(known.of_kind(kind), 2)[1:], ABSENT]:
            yield asking.page("POST", f"/trends/{what}/withdraw/{id}")


def one_of_others(asking: Asking, id: str, wholly: bool) -> Told:
    path = f"/trends/seizures/{id}"
    yield asking.api("GET", f"{path}/same")
    yield asking.api("GET", f"{path}/parties")
    yield asking.api("POST", f"{path}/same", {"other": ABSENT, "verdict": "same"})
    yield asking.api("POST", "/trends/offers", {"seizure": id})
    if not wholly:
        return
    yield asking.api("PUT", path, {**seizure(), "version": 99})
    yield asking.api("DELETE", f"{path}?version=99")
    for address in ("handling", "parties/handling"):
        yield asking.api("PUT", f"{path}/{address}", {"version": 99, "handling": NOBODY})
    yield asking.api("PUT", f"{path}/parties", {"version": 99, "parties": PARTIES})
    yield asking.api("POST", f"{path}/confirmation", {"version": 99})
    for page in (path, f"{path}/edit"):
        yield asking.page("GET", page)
    yield asking.page("POST", f"{path}/edit", ("version", "99"), ("what", "x"), ("do", "keep"))
    for step in ("share", "confirm", "withdraw", "verdict", "parties", "no-step"):
        yield asking.page("POST", f"{path}/{step}", ("version", "99"), ("other", id), ("verdict", "same"))
    yield asking.page("POST", "/trends/offers", ("seizure", id))


def elsewhere(asking: Asking, known: Known) -> Told:
    """In the one box, among records, in the export, in the journal."""
    for text in (BOX, "chlorpyrifos", "Velda Nominee"):
        yield asking.api("POST", "/search", {"text": text})
        yield asking.page("POST", "/search", ("q", text))
    ids = [id for kind in ("Seizure", "SeizureParties", "SeizureSame") for id in some(known.of_kind(kind), 6)]
    for id in ids:
        yield asking.api("GET", f"/records/{id}")
        yield asking.page("GET", f"/journal?object={id}")
    yield EXPORT
    yield Ask("GET", "/api/v1/trends/figures/flows", purpose="")
