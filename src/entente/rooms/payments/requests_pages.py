"""The page of one request: where the money is, what runs out, who must act, which steps can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import may
from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.rooms.bureaus import by_code, directory, is_among
from entente.rooms.payments import (
    assets,
    drafts,
    form_reading,
    labels,
    labels_steps,
    rules,
    service,
    shown,
    stepping,
)
from entente.rooms.payments import model as m
from entente.rooms.payments.bank import messages_api, outgoing
from entente.rooms.payments.intercept import KIND, Intercept, intercept_of
from entente.rooms.payments.money_steps import place_of
from entente.rooms.payments.rules_model import RAILS
from entente.web import formats, words
from entente.web.callers import AtPage, Caller
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter()
ORDER = ("returned", "held", "moved", "released", "unknown")
"""Of the ledger's bar and table."""
MOVABLE = stepping.OPEN | stepping.STOPPED | stepping.GONE
"""States from which the next bureau can be asked (children.draft)."""
NAMED: Mapping[str, Mapping[str, str]] = {
    "kind": labels.HOLDS,
    "reason": {**labels.REFUSALS, **labels.RELEASES},
    "source": labels.PLACES,
    "target": labels.PLACES,
    "outcome": labels.OUTCOMES,
}
"""Facts of events whose values are slugs."""
ENDS_OF: Mapping[str, str] = {"source": N_("Out of"), "target": N_("Into")}
UNSAID = frozenset({("returned", "reason"), ("returned", "source"), ("moved", "source")})
"""What goes without saying, or is a bank's code."""
SECOND: Mapping[str, str] = {
    "approve": N_("You drafted or changed it: a second officer approves it."),
    "release-confirm": N_("You proposed the release: a second officer confirms it."),
}
"""Why a step is not offered to the first of two persons."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A step that was refused, with what was typed. `refused`: why, where it is no fault of the input."""

    step: str
    given: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    refused: str = ""
    status: int = 422


MESSAGE = "message"
"""Not a step: a message for a bank was tried."""
NOTHING = Tried("", {}, status=200)


@router.get("/payments/requests/{id}")
def opened(request: Request, caller: AtPage, id: str, merged: str = "") -> Response:
    """One request. `merged`: one comes from its form, and the same payment stood here already."""
    return request_page(request, caller, id, merged=merged == "yes")


@router.get("/payments/requests/{id}/part")
def part(request: Request, caller: AtPage, id: str, seen: int = 0) -> Response:
    """Says that the other side did something since this version was seen; nothing otherwise."""
    with caller.at_own_desk("see") as desk:
        found = service.open_intercept(desk, id)
        newer = [e for e in found.events[seen:] if e.bureau != desk.asker.bureau or e.part == "house"]
    said = [labels.DID.get(event.did, event.did) for event in newer]
    return render(request, "payments/request_part.html", id=id, said=said)


def request_page(
    request: Request, caller: Caller, id: str, tried: Tried = NOTHING, merged: bool = False
) -> Response:
    """The page, with a refused step as it was typed. Raises Absent."""
    with caller.at_own_desk("see") as desk:
        found = service.open_intercept(desk, id)
        context = _context(desk, found)
    return render(
        request, "payments/request.html", status_code=tried.status, tried=tried, merged=merged, **context
    )


@router.post("/payments/requests/{id}/discard")
async def discard(request: Request, caller: AtPage, id: str) -> Response:
    """Throw a draft away."""
    sent = await request.form()
    version = str(sent.get("version", ""))
    with caller.at_own_desk("intercept", writing=True) as desk:
        service.discard(desk, id, int(version) if version.isascii() and version.isdecimal() else 0)
    return RedirectResponse("/payments", status_code=303)


@router.get("/payments/requests/{id}/messages/{kind}")
def message(request: Request, caller: AtPage, id: str, kind: str) -> Response:
    """A message about it, for a bank or a provider; what it lacks is said on the request's page."""
    try:
        with caller.at_own_desk("intercept") as desk:
            made = outgoing.message(desk, id, kind, outgoing.Said())
    except Faulty as problem:
        return request_page(request, caller, id, Tried(MESSAGE, {}, problem.faults, status=problem.status))
    return messages_api.as_file(made)


# --- what is shown -------------------------------------------------------------------------------


def _context(desk: Desk, found: Intercept) -> dict[str, Any]:
    it = shown.whole(desk, found)
    known = by_code(desk)
    part = found.part(desk.asker.bureau)
    works = may(desk.asker, "intercept")
    steps = it.steps if works else []
    closed = _closed_to(desk, found)
    mine = directory(desk)[desk.asker.bureau]
    if "approve" in closed:
        closed.append("disapprove")  # one does not send one's own draft back
    ours = works and it.acts == mine.code
    now = labels_steps.NOW.get(it.must, "") if ours else ""
    now = now if now in steps else ""
    moves = _moves(found, it.children)
    may_follow = works and part in ("requester", "receiver") and it.state in MOVABLE
    return {
        "it": it,
        "part": part,
        "mine": mine.code,
        "works": works,
        "requester": known[it.requester],
        "receiver": known.get(it.receiver),
        "plain": [step for step in labels.PLAIN if step in steps and step not in closed],
        "steps": [s for s in labels.STEPS if s in steps and s not in (*labels.PLAIN, *closed, now)],
        "now": now,
        "to_ask": ours and it.must == "follow" and may_follow and any(not move["asked"] for move in moves),
        "may_edit": works and part == "requester" and it.state in service.BEFORE_SENT,
        "missing": _missing(desk, found) if it.state in service.BEFORE_SENT else [],
        "hours": None if it.hours is None else labels.age(it.hours),
        "part_gone": None if it.hours is None else round(min(it.hours / 72, 1) * 100, 1),
        "clocks": [_clock(desk, one, it.holds) for one in it.clocks],
        "pieces": _pieces(found, it.ledger),
        "holds": it.holds,
        "in_force": [_choice(found, h.id, h.amount, h.account) for h in it.holds if h.in_force],
        "every_hold": [_choice(found, h.id, h.placed, h.account) for h in it.holds],
        "unit": _unit(found),
        "moves": moves,
        "may_follow": may_follow,
        "ends_by_rule": _ends_by_rule(desk, found),
        "family": _family(desk, it),
        "events": [(one, _facts(one, found)) for one in reversed(it.events)],
        "messages": outgoing.kinds_for(found, part) if works else [],
        "waits": _release(found),
        "zones": form_reading.zones(mine.zone, {b.zone for b in known.values()}, desk.now),
        "zone": mine.zone,
        "bureaus": sorted((c, f"{c} {b.label}") for c, b in known.items() if b.number != mine.number),
        "rails": RAILS,
        "first": [_(SECOND[step]) for step in closed if step in steps and step in SECOND],
        "labels": labels,
        "steps_labels": labels_steps,
    }


def _ends_by_rule(desk: Desk, found: Intercept) -> bool:
    """Whether a rule of the holding country says when a hold ends that is placed now."""
    there = directory(desk).get(found.receiver)
    if there is None:
        return False
    known = rules.rules(desk)
    events = [f"hold-{measure}" for measure in labels.SUSPENDED]
    return any(rules.rule_for(known, e, found.form.rail, there.code, desk.today) for e in events)


def _closed_to(desk: Desk, found: Intercept) -> list[str]:
    """Steps that need a second person, and to which he who sits here was the first."""
    standing = found.standing
    closed = ["approve"] if is_among(desk, standing.authors) else []
    if standing.release and is_among(desk, [standing.release.officer]):
        closed.append("release-confirm")
    return closed


def _missing(desk: Desk, found: Intercept) -> list[Fault]:
    made = drafts.checked(found.form, desk.now)
    return [*made.faults, *form_reading.in_order(made.missing)]


def _unit(found: Intercept) -> str:
    """What stands behind an amount; a token's writing names it already."""
    return "" if ":" in found.asset or found.asset == "?" else found.asset


def _choice(found: Intercept, id: str, amount: str, account: str) -> tuple[str, str]:
    return id, f"{labels.grouped(amount)} {_unit(found)} · {_short(account)}".strip()


def _short(account: str) -> str:
    return account if len(account) <= 12 else f"{account[:4]}…{account[-4:]}"


def _clock(desk: Desk, clock: m.ClockOut, holds: Sequence[m.HoldOut]) -> dict[str, Any]:
    """A clock in words: what runs out, when, how much is left."""
    at = datetime.fromisoformat(clock.until)
    hold = next((h for h in holds if h.id == clock.hold), None)
    tone = {"over": "", "late": "bad"}.get(clock.tone, clock.tone)
    return {
        "what": words.label(labels.CLOCKS, clock.what),
        "slug": clock.what,
        "at": at,
        "left": labels.countdown(at, desk.now, hold.working_days_left if hold else None),
        "tone": tone,
        "hold": hold,
    }


def _pieces(found: Intercept, ledger: m.LedgerOut) -> list[dict[str, Any]]:
    """The ledger's places as pieces of one bar, in per mille of the whole."""
    whole, sums, at = found.standing.ledger.requested, found.standing.ledger, 0.0
    pieces = []
    for place in ORDER:
        units = getattr(sums, place)
        wide = units * 1000 / whole if whole else 0.0
        pieces.append(
            {"place": place, "at": round(at, 2), "wide": round(wide, 2), "amount": getattr(ledger, place)}
        )
        at += wide
    return pieces


def _moves(found: Intercept, children: Sequence[str]) -> list[dict[str, Any]]:
    """Where money went on to, and whether the bureau there was asked."""
    asked = {e.facts["movement"]: e.facts["child"] for e in found.events if e.did == "child"}
    rows = []
    for id, event in found.standing.movements.items():
        place = place_of(event)
        child = asked.get(id, "")
        rows.append(
            {
                "id": id,
                "amount": assets.write(int(event.facts["amount"]), found.asset),
                "account": place.account,
                "where": " · ".join(
                    part for part in (place.chain, place.bic, place.bank, place.country) if part
                ),
                "name": event.facts.get("name", ""),
                "at": event.facts.get("moved_at", ""),
                "asked": bool(child),
                "child": child if child in children else "",
            }
        )
    return rows


def _family(desk: Desk, it: m.Intercept) -> list[tuple[str, m.Row]]:
    """The request that this one follows, and those that follow it, as far as one sees them."""
    ids = [*([it.parent] if it.parent else []), *it.children]
    seen = desk.look_all(ids)
    rows = {id: shown.row(desk, intercept_of(t)) for id, t in seen.items() if t.kind == KIND}
    return [("parent" if id == it.parent else "child", rows[id]) for id in ids if id in rows]


def _facts(event: m.EventOut, found: Intercept) -> list[tuple[str, str]]:
    """What an event's line shows beside who and why."""
    facts, said = event.facts, []
    unit = _unit(found)
    for name, table in NAMED.items():
        if name in facts and (event.did, name) not in UNSAID:
            said.append((_(ENDS_OF[name]) if name in ENDS_OF else "", words.label(table, facts[name])))
    for name, label in labels.FACTS.items():
        value = facts.get(name, "")
        if not value:
            continue
        if name in ("amount", "found"):
            value = f"{labels.grouped(value)} {unit}".strip()
        elif name == "ends":
            value = formats.moment(value)
        elif name == "to":
            value = _to(event)
        elif name == "differs":
            value = ", ".join(words.label(labels.FIELDS, field) for field in value.split())
        said.append((_(label), value))
    return said


def _to(event: m.EventOut) -> str:
    said = event.facts["to"]
    if event.did == "passed":
        return words.label(labels.TO, said)
    if event.did != "moved":
        return said
    place = m.Place.model_validate_json(said)
    return " · ".join(
        part for part in (place.account, place.chain, place.bank or place.bic, place.country) if part
    )


def _release(found: Intercept) -> dict[str, str] | None:
    """The release that waits for its second person."""
    waits = found.standing.release
    if waits is None:
        return None
    hold = found.standing.holds[waits.hold]
    return {
        "amount": assets.write(waits.amount, found.asset),
        "account": hold.account,
        "why": waits.why,
        "at": waits.at,
    }
