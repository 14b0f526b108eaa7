"""The step that a bank's answer means for an intercept. Pure: a machine proposes, a person decides.

After the shared specification "payments", A1.4. Only the bureau that is asked can hold, refuse or say that
nothing was found. Where the bureau that asked reads such an answer, a question to the other side is
proposed, which says what the bank wrote.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from entente.match.banking.codes import follows
from entente.match.money.currencies import CURRENCIES
from entente.rooms.payments import assets
from entente.rooms.payments.bank.items import NO_MONEY, Item, Money, money
from entente.rooms.payments.history import Hold
from entente.rooms.payments.intercept import Intercept
from entente.web.language import N_

FLAGS: Mapping[str, str] = {
    "over-hold": N_("It is more than is left of this request: the rest is another victim's, or an error"),
    "over-return": N_("It is more than is not back yet"),
    "other-amount": N_("The amount it names is not that of the request"),
    "other-currency": N_("It is in another currency than the request"),
    "noted": N_("A return with this reference is noted already"),
}
WAITS: Mapping[str, str] = {
    "acknowledge": N_("Acknowledge the request first."),
    "answer": N_("The request waits for an answer that was asked for."),
    "state": N_("From the state of the request this step does not start."),
    "nothing": N_("It says nothing from which a step follows: read it."),
    "owner": N_("It is about no request of yours."),
}
REFUSALS: Mapping[str, str] = {
    "LEGL": "legal",
    "RR04": "legal",
    "CUST": "customer",
    "NOAS": "customer",
    "AGNT": "bank",
    "IDMN": "indemnity",
    "INDM": "indemnity",
    "ADAC": "no-authority",
    "RQDA": "no-authority",
}
"""Reasons of a bank's refusal, as reasons of the step "refuse"; any other is "other"."""
_TURNED = {**dict.fromkeys(("IDMN", "INDM", "ADAC", "RQDA"), "refused"), "AC04": "not-found"}
"""Where an officer must act, though for the bank the recall only waits; a closed account holds nothing."""
_PAYMENTS = {
    "ACCC": "credited",
    "ACSC": "credited",
    "BLCK": "cancelled",
    "RJCT": "returned",
    "CANC": "returned",
}
"""How a payment stands (pacs.002), as what follows."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`do`: the step as its form has it (model_steps), or none. `missing`: fields that a person must fill in.

    `waits`: why it cannot be done now (WAITS); `flags`: what to look at before it is (FLAGS).
    """

    do: Mapping[str, Any] | None = None
    missing: tuple[str, ...] = ()
    waits: str = ""
    flags: tuple[str, ...] = ()


NOTHING = Proposal(waits="nothing")


def propose(item: Item, found: Intercept, part: str, allowed: Collection[str]) -> Proposal:
    """What the reader's bureau may do about an item. `allowed`: the steps that it may do now (stepping)."""
    made = _meant(item, found)
    if made.do is None:
        return replace(made, flags=_differs(item, found))
    if part == "requester" and made.do["step"] != "return":
        made = _asked(item, found, made)
    waits = "" if made.do and made.do["step"] in allowed else _why_not(found)
    return replace(made, waits=waits, flags=(*made.flags, *_differs(item, found)))


def outcome(item: Item) -> str:
    """What an item says became of the money: cancelled, part, waits, moved-on, not-found, returned, refused,
    credited; empty where it says nothing of it."""
    if item.what == "return":
        return "returned"
    if item.what == "standing":
        return _PAYMENTS.get(item.status, "")
    if item.what == "response":
        none = item.status == "NRES" or (item.findings and all(" NFOU" in f for f in item.findings))
        return "not-found" if none else ""
    if item.what != "answer":
        return ""
    if item.status == "RJCR":
        turned = next((_TURNED[r] for r in item.reasons if r in _TURNED), "")
        return turned or follows(item.status, item.reasons)
    return follows(item.status, item.reasons)


def _meant(item: Item, found: Intercept) -> Proposal:
    """The step for the bureau that is asked."""
    match outcome(item):
        case "cancelled":
            return _hold(item, found, found.standing.ledger.unknown)
        case "part":
            return _hold(item, found, 0)
        case "waits":
            return Proposal({"step": "pass", "to": "institution", "name": item.sender[:140]})
        case "moved-on":
            return _move(item, found)
        case "returned":
            return _return(item, found)
        case "not-found":
            return Proposal({"step": "not-found", "why": _said(item)})
        case "refused":
            reason = next((REFUSALS[r] for r in item.reasons if r in REFUSALS), "other")
            return Proposal({"step": "refuse", "reason": reason, "why": _said(item)})
        case "credited":
            return Proposal({"step": "pass", "to": "institution", "name": item.sender[:140]})
    return NOTHING


def _hold(item: Item, found: Intercept, otherwise: int) -> Proposal:
    """The bank keeps the money back. Where all of it is held already, what follows is that it comes back."""
    ledger = found.standing.ledger
    amount = _in_asset(item.resolved, found) or otherwise
    if not ledger.unknown and ledger.held:
        return Proposal({"step": "agree-return"})
    do: dict[str, Any] = {"step": "hold", "kind": "voluntary-bank", "legal": "", "ends": "", "no_limit": ""}
    do["amount"] = _written(amount, found)
    missing = ("legal",) if amount else ("amount", "legal")
    return Proposal(do, missing, flags=("over-hold",) if amount > ledger.unknown else ())


def _move(item: Item, found: Intercept) -> Proposal:
    """The money went on; a bank seldom says where to, so that the place is asked."""
    amount = _in_asset(item.resolved, found) or found.standing.ledger.unknown
    do: dict[str, Any] = {"step": "move", "amount": _written(amount, found), "source": "unknown"}
    do |= {"to": {"scheme": "iban"}, "name": "", "knowledge": _said(item)[:140]}
    over = ("over-hold",) if amount > found.standing.ledger.unknown else ()
    return Proposal(do, ("to",) if amount else ("amount", "to"), flags=over)


def _return(item: Item, found: Intercept) -> Proposal:
    """Money is back: what was returned in the request's own currency, and what arrived in another."""
    standing, ledger = found.standing, found.standing.ledger
    out = ledger.requested - ledger.returned
    amounts = (item.resolved, item.instructed)
    amount = next((units for each in amounts if (units := _in_asset(each, found))), 0)
    if not amount and item.what != "return":
        amount = out
    do: dict[str, Any] = {"step": "return", "amount": _written(amount, found), "ref": item.ref[:140]}
    if item.at:
        do["at"] = item.at
    if reason := next(iter(item.reasons), ""):
        do["reason"] = reason[:60]
    if item.resolved != NO_MONEY and item.resolved[1] != found.asset:
        do |= {"paid": money(item.resolved).split()[0], "paid_currency": item.resolved[1]}
        do["rate"] = item.rate
    if hold := _held_enough(found, amount):
        do["hold"] = hold.id
    flags = ["over-return"] if amount > out else []
    if item.ref and item.ref in {event.facts.get("ref") for event in standing.returns}:
        flags.append("noted")
    return Proposal(do, () if amount else ("amount",), flags=tuple(flags))


def _held_enough(found: Intercept, amount: int) -> Hold | None:
    """The one hold from which a return can come: none where two could be meant."""
    running = [h for h in found.standing.holds.values() if h.in_force]
    return running[0] if len(running) == 1 and 0 < amount <= running[0].amount else None


def _asked(item: Item, found: Intercept, made: Proposal) -> Proposal:
    """For the bureau that asked: the other side is told what the bank wrote, and notes it itself."""
    if found.standing.asked == "requester":
        return replace(made, do={"step": "inform", "why": _said(item)}, missing=())
    return replace(made, do={"step": "ask", "why": f"{_said(item)}. Do you see the same?"}, missing=())


def _said(item: Item) -> str:
    """What the bank wrote, for the other bureau and for later: the codes, their meaning, the amount."""
    coded = " ".join([c for c in (item.status, *item.reasons) if c])
    words = [f"The bank answered {coded}" if coded else "The bank answered", item.meaning()]
    told = money(item.resolved)
    text = ": ".join([w for w in words if w]) + (f" ({told})" if told else "")
    return f"{text} [{item.message}]"[:1900]


def _why_not(found: Intercept) -> str:
    if found.standing.state == "delivered":
        return "acknowledge"
    return "answer" if found.standing.state == "need-info" else "state"


def _differs(item: Item, found: Intercept) -> tuple[str, ...]:
    """Where the payment that the bank names is not quite the one that was asked for."""
    if item.amount == NO_MONEY:
        return ()
    if item.amount[1] != found.asset:
        return ("other-currency",)
    return () if item.amount[0] == found.standing.ledger.requested else ("other-amount",)


def _in_asset(amount: Money, found: Intercept) -> int:
    return amount[0] if amount[1] == found.asset else 0


def _written(units: int, found: Intercept) -> str:
    return assets.write(units, found.asset) if units and found.asset in CURRENCIES else ""
