"""What U asks of the payments room: intercepts, the board, who rings. See story.py; traces and banks'
messages are in story_traces.py."""

from collections.abc import Sequence
from typing import Any

from rooms.intercepted import UETR, form
from worlds.asking import ABSENT, MALFORMED, Asking, Told
from worlds.others_payments import HOLD, MULE, PAYEE, RUNG_PAYEE
from worlds.pair import LISTEN, PAUSE, POSTED, TOMORROW, Known, Story
from worlds.plans import Plan
from worlds.story_messages import some
from worlds.story_traces import bringing, loading, looking

WHY = {"why": "Another account was meant"}
RULE = {
    "event": "hold-account",
    "limit": 5,
    "unit": "wd",
    "valid_from": "2026-01-01",
    "source": "Act of the house, section 9",
}
STEPS: tuple[dict[str, Any], ...] = (
    {"step": "acknowledge"},
    {"step": "pass", "to": "authority"},
    {"step": "hold", "amount": "50.00", **HOLD},
    {"step": "move", "amount": "5.00", "to": {"account": MULE}},
    {"step": "inform", **WHY},
)


def payments(plan: Plan, known: Known) -> Story:
    """The payments room alone: what its mutants need."""
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
    yield from browsing(asking, known)
    yield asking.api("GET", "/alerts")
    yield asking.page("GET", "/inbox")


def intercepts(plan: Plan, known: Known) -> Story:
    """Without traces and banks' messages: what most mutants of the room need."""
    asking = Asking(plan)
    yield from drafting(asking)
    for wholly in (False, False, True):
        yield PAUSE
        yield asking.api("GET", "/alerts")
        yield from moving(asking, known, wholly)
        yield asking.api("GET", "/alerts")
        yield TOMORROW


def ringing(plan: Plan, known: Known) -> Story:
    """As little as shows who rings and what is told of a request."""
    asking = Asking(plan)
    yield from drafting(asking)
    yield PAUSE
    yield from moving(asking, known, False)
    yield PAUSE
    yield from moving(asking, known, False)


def beginning(asking: Asking) -> Told:
    """Rules, what a form is worth, drafts of one's own; files."""
    yield from asking_rules(asking)
    yield from drafting(asking)
    yield from writing(asking)
    yield from loading(asking)


def drafting(asking: Asking) -> Told:
    yield from checks(asking)
    for said in (
        form(creditor=PAYEE, uetr=UETR),
        form(creditor=PAYEE, uetr="", amount="7000.00", subjects=[ABSENT]),
        form(creditor=RUNG_PAYEE, uetr="", amount="300.00"),
        form(creditor=PAYEE, uetr=UETR),
        form(amount="1.123"),
    ):
        yield asking.api("POST", "/payments/requests", said)


def asking_rules(asking: Asking) -> Told:
    yield asking.api("GET", "/payments/rules")
    made = yield asking.api("POST", "/payments/rules", {**RULE, "jurisdiction": asking.bureau})
    yield asking.page("GET", "/payments/rules")
    fields = {**RULE, "limit": "6", "jurisdiction": asking.bureau, "rail": "fps"}
    yield asking.page("POST", "/payments/rules", *((name, str(value)) for name, value in fields.items()))
    for id in (made.json["id"] if made.status == 201 else ABSENT, MALFORMED):
        yield asking.page("POST", f"/payments/rules/{id}/end")
        yield asking.api("DELETE", f"/payments/rules/{id}")


def writing(asking: Asking) -> Told:
    """By the form of a page."""
    yield asking.page("GET", "/payments/new")
    said = (
        ("amount", "41250.00"),
        ("currency", "EUR"),
        ("uetr", UETR),
        ("creditor/account", MULE),
        ("creditor/name", "Ruvo Trade"),
        ("ring", "yes"),
    )
    for do in ("check", "keep"):
        yield asking.page("POST", "/payments/new", *said, ("do", do))


def checks(asking: Asking) -> Told:
    """Who rings, and whether the payment is known already."""
    for payee in (PAYEE, RUNG_PAYEE, {**RUNG_PAYEE, "name": "Nobody At All"}):
        for uetr in (UETR, ""):
            yield asking.api("POST", "/payments/check", form(creditor=payee, uetr=uetr))


def browsing(asking: Asking, known: Known, wholly: bool = False) -> Told:
    """The board as it is by now, one's own requests a step further, and what others have."""
    yield from moving(asking, known, wholly)
    yield from looking(asking, known, wholly)
    yield from bringing(asking, known, wholly)


def moving(asking: Asking, known: Known, wholly: bool) -> Told:
    rows = yield from boards(asking, known, wholly)
    yield from checks(asking)
    yield asking.api("POST", "/payments/requests", form(creditor=PAYEE, uetr=UETR))
    yield asking.api("GET", "/payments/statistics")
    for row in rows[:6]:
        yield from opening(asking, row)
    yield from others(asking, known, wholly)


def boards(asking: Asking, known: Known, wholly: bool) -> Told:
    for which in ("act", "wait", "open", "open&state=delivered", "act&limit=1"):
        yield asking.api("GET", f"/payments/requests?which={which}")
    rows: list[dict[str, Any]] = []
    after = ""
    for _page in range(8):
        answer = yield asking.api("GET", f"/payments/requests?which=all&limit=2&after={after}")
        if answer.status != 200:
            break
        rows += answer.json["intercepts"]
        after = answer.json["after"]
        if not after:
            break
    for id in (*some(known.of_kind("Intercept"), 2), ABSENT, MALFORMED):
        yield asking.api("GET", f"/payments/requests?which=all&after={id}")
    for path in ("", "/part?seen=2026-01-15T12:00:00", "/statistics") if wholly else ("",):
        yield asking.page("GET", f"/payments{path}")
    return rows


def opening(asking: Asking, row: dict[str, Any]) -> Told:
    """One that U sees: opened, and a step further as his bureau's part in it goes."""
    path = f"/payments/requests/{row['id']}"
    seen = yield asking.api("GET", path)
    yield asking.page("GET", path)
    yield asking.page("GET", f"{path}/part?seen=1")
    if seen.status != 200:
        return
    told = seen.json
    for step in STEPS:
        if step["step"] in told["steps"] and (step["step"] != "move" or not told["children"]):
            yield asking.api("POST", f"{path}/steps", {"do": step})
    if "release" in told["steps"] and told["holds"]:
        said = {"step": "release", "hold": told["holds"][0]["id"], "amount": "1.00", "reason": "error", **WHY}
        yield asking.api("POST", f"{path}/steps", {"do": said})
    for step in ("approve", "send"):
        if step in told["steps"]:
            yield asking.api("POST", f"{path}/steps", {"do": {"step": step, "version": told["version"]}})
    for event in told["events"]:
        if event["did"] == "moved" and row["receiver"] == asking.bureau and not told["children"]:
            said = {"movement": event["facts"]["movement"]}
            yield asking.api("POST", f"{path}/children", said)
    for kind in ("camt.056", "auth.001"):
        yield asking.api("GET", f"{path}/messages/{kind}")


def others(asking: Asking, known: Known, wholly: bool) -> Told:
    """Intercepts of either world by every address; what another victim's, or a trace, of theirs is to U."""
    ids = known.of_kind("Intercept")
    for id in [*ids, ABSENT, MALFORMED]:
        yield asking.api("GET", f"/payments/requests/{id}")
    for id in [*some(ids, 4 if wholly else 1), ABSENT]:
        path = f"/payments/requests/{id}"
        yield asking.page("GET", path)
        yield asking.page("GET", f"{path}/edit")
        yield asking.api("PUT", path, {"version": 99, "form": form()})
        yield asking.api("DELETE", f"{path}?version=99")
        yield asking.api("POST", f"{path}/steps", {"do": {"step": "ask", **WHY}})
        yield asking.api("POST", f"{path}/children", {"movement": "0123456789abcdef"})
        yield asking.api("GET", f"{path}/messages/mt192")
        if wholly:
            yield from pages(asking, path)
    yield from named(asking, known, ids)


def pages(asking: Asking, path: str) -> Told:
    yield asking.page("GET", f"{path}/part?seen=1")
    yield asking.page("GET", f"{path}/messages/camt.056")
    yield asking.page("POST", f"{path}/edit", ("version", "99"), ("do", "keep"), ("amount", "5.00"))
    yield asking.page("POST", f"{path}/steps", ("step", "acknowledge"))
    yield asking.page("POST", f"{path}/children", ("movement", "0123456789abcdef"))
    yield asking.page("POST", f"{path}/discard", ("version", "99"))


def named(asking: Asking, known: Known, ids: Sequence[str]) -> Told:
    """Ids in a step of U's own: of another victim's request, of a trace."""
    mine = yield asking.api("GET", "/payments/requests?which=open")
    rows = mine.json["intercepts"] if mine.status == 200 else []
    for row in [r for r in rows if r["receiver"] == asking.bureau][:1]:
        path = f"/payments/requests/{row['id']}/steps"
        for id in [*some(ids, 5), ABSENT, MALFORMED]:
            said = {"step": "hold", "amount": "999999.00", **HOLD, "second_victim": id}
            yield asking.api("POST", path, {"do": said})
        for id in [*some(known.of_kind("Trace"), 2), ABSENT]:
            said = {"step": "hold", "amount": "1.00", **HOLD, "trace": id, "rule": "lifo"}
            yield asking.api("POST", path, {"do": said})
