"""What was done to an intercept, event by event, and where that leaves it. Pure.

Events are appended and never changed; state, ledger, holds and clocks are folded from them whenever they are
asked for, and are kept nowhere else. The states are those of the shared specification "payments", A1.4.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from entente.core.journal import canonical
from entente.rooms.payments.ledger import Ledger, Posting, opened

MONEY = frozenset({"held", "moved", "returned", "released", "expired", "corrected"})
"""Events that post money."""
OF_MONEY = frozenset(
    {
        "held-full",
        "held-part",
        "order-sought",
        "held-extended",
        "return-agreed",
        "moved-on",
        "released",
        "returned-part",
        "returned-full",
    }
)
"""States that say where money is; once all of that was put right as wrong, it is the institution's turn."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done. `part`: requester, receiver or house; `officer` is for his own bureau alone.

    `at`: moment (ISO 8601, UTC). `facts`: what the step's form said (model.STEPS), as JSON values; amounts
    are whole minor units as text.
    """

    at: str
    did: str
    bureau: int
    part: str
    officer: str = ""
    why: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0
    """Its place among the events: two that are alike in all else are two (equal values are kept once)."""

    def line(self) -> str:
        """As it is kept: one line of canonical JSON."""
        return canonical({name: getattr(self, name) for name in Event.__slots__}).decode()


def read(lines: Sequence[str]) -> list[Event]:
    """Events as they were kept, oldest first."""
    return [Event(**json.loads(line)) for line in lines]


@dataclass(frozen=True, slots=True)
class Hold:
    """Money stopped on one account or wallet. `amount`: what is held of it now, in the intercept's units.

    `ends`: moment (UTC) at which the law lets it go, or "" with `no_limit` naming the law that sets none.
    `trace`, `rule`: the trace and the rule of following that it relied on, where it did.
    """

    id: str
    account: str
    placed: int
    amount: int
    kind: str
    legal: str
    at: str
    ends: str = ""
    no_limit: str = ""
    trace: str = ""
    rule: str = ""
    over: str = ""
    """expired or released, once it is not in force any more."""
    challenged: str = ""

    @property
    def in_force(self) -> bool:
        return not self.over and self.amount > 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A release that waits for the second person: which hold, how much, why, and who proposed it."""

    hold: str
    amount: int
    why: str
    officer: str
    at: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an intercept stands. `asked`: the part that owes an answer in need-info ("" otherwise)."""

    state: str
    ledger: Ledger
    holds: Mapping[str, Hold] = field(default_factory=dict)
    movements: Mapping[str, Event] = field(default_factory=dict)
    returns: tuple[Event, ...] = ()
    children: tuple[str, ...] = ()
    release: Proposal | None = None
    delivered: str = ""
    acknowledged: str = ""
    asked: str = ""
    before: str = ""
    """The state before need-info or closed, to which it goes back."""
    authors: tuple[str, ...] = ()
    outcome: str = ""
    """Of the last closing; it holds while the state is closed."""

    @property
    def held_until(self) -> str:
        """The first moment at which a hold in force ends; empty where none does."""
        return min((h.ends for h in self.holds.values() if h.in_force and h.ends), default="")


def fold(requested: int, events: Sequence[Event]) -> Standing:
    """Where the events leave an intercept of `requested` minor units.

    Raises ledger.Overdrawn where an event posts more than there is, KeyError for a hold that is not there:
    a step is tried by folding it before it is kept.
    """
    standing = Standing("draft", opened(requested))
    for event in events:
        standing = after(standing, event)
    return standing


def after(standing: Standing, event: Event) -> Standing:
    """Where one more event leaves it."""
    money = standing
    if event.did in MONEY:
        money = replace(standing, ledger=_posted(standing.ledger, event), holds=_holds(standing.holds, event))
    elif event.did in ("extended", "challenged"):
        money = replace(standing, holds=_holds(standing.holds, event))
    noted = _noted(money, event)
    if noted.release and not noted.holds[noted.release.hold].in_force:
        noted = replace(noted, release=None)  # what was to be let go has gone otherwise
    state = _state(noted, event, standing.state)
    return replace(noted, state=state) if state != noted.state else noted


# --- money ---------------------------------------------------------------------------------------


def postings(event: Event) -> list[Posting]:
    """What an event does to the ledger."""
    facts = event.facts
    amount = int(facts.get("amount", "0"))
    if event.did == "corrected":
        return [Posting(facts["source"], facts["target"], amount)]
    source, target = {
        "held": ("unknown", "held"),
        "moved": (facts.get("source", "unknown"), "moved"),
        "released": ("held", "released"),
        "expired": ("held", "unknown"),
        "returned": ("held" if facts.get("hold") else facts.get("source", "unknown"), "returned"),
    }[event.did]
    return [Posting(source, target, amount)]


def _posted(ledger: Ledger, event: Event) -> Ledger:
    for posting in postings(event):
        ledger = ledger.post(posting)
    return ledger


def _holds(holds: Mapping[str, Hold], event: Event) -> Mapping[str, Hold]:
    facts, id = event.facts, event.facts.get("hold", "")
    if event.did == "held":
        hold = Hold(
            id=id,
            account=facts["account"],
            placed=int(facts["amount"]),
            amount=int(facts["amount"]),
            kind=facts["kind"],
            legal=facts["legal"],
            at=facts["placed_at"],
            ends=facts.get("ends", ""),
            no_limit=facts.get("no_limit", ""),
            trace=facts.get("trace", ""),
            rule=facts.get("rule", ""),
        )
        return {**holds, id: hold}
    if not id:
        return holds
    hold = holds[id]
    if event.did == "extended":
        ends, no_limit = facts.get("ends", ""), facts.get("no_limit", "")
        changed = replace(hold, ends=ends, no_limit=no_limit, legal=facts.get("legal") or hold.legal)
    elif event.did == "challenged":
        changed = replace(hold, challenged=event.at)
    elif (
        event.did == "corrected" and facts["target"] == "held"
    ):  # what had come back from it lies there again
        changed = replace(hold, amount=hold.amount + int(facts["amount"]), over="")
    else:  # released, expired, returned, put right: less is held, or nothing
        left = hold.amount - int(facts["amount"])
        if left < 0:
            raise KeyError(id)
        over = event.did if left == 0 and event.did in ("released", "expired") else hold.over
        changed = replace(hold, amount=left, over=over)
    return {**holds, id: changed}


# --- course --------------------------------------------------------------------------------------


def _noted(standing: Standing, event: Event) -> Standing:
    facts = event.facts
    changed: dict[str, Any] = {}
    match event.did:
        case "drafted" | "edited":
            changed = {"authors": tuple(dict.fromkeys([*standing.authors, event.officer]))}
        case "delivered" | "acknowledged":
            changed = {event.did: event.at}
        case "asked":
            changed = {"asked": other(event.part), "before": standing.state}
        case "informed":
            changed = {"asked": ""}
        case "moved":
            changed = {"movements": {**standing.movements, facts["movement"]: event}}
        case "returned":
            changed = {"returns": (*standing.returns, event)}
        case "child":
            changed = {"children": (*standing.children, facts["child"])}
        case "release-proposed":
            waits = Proposal(facts["hold"], int(facts["amount"]), event.why, event.officer, event.at)
            changed = {"release": waits}
        case "released" | "release-refused":
            changed = {"release": None}
        case "closed":
            stood = standing.before if standing.state == "need-info" else standing.state
            changed = {"before": stood, "asked": "", "outcome": facts.get("outcome", "")}
    return replace(standing, **changed) if changed else standing


def other(part: str) -> str:
    """The other part of an intercept."""
    return "receiver" if part == "requester" else "requester"


_PLAIN: Mapping[str, str] = {
    "drafted": "draft",
    "edited": "draft",
    "disapproved": "draft",
    "approved": "checked",
    "sent": "sent",
    "delivered": "delivered",
    "withdrawn": "withdrawn",
    "acknowledged": "acknowledged",
    "asked": "need-info",
    "refused": "refused",
    "not-found": "not-found",
    "ordered": "order-sought",
    "extended": "held-extended",
    "return-agreed": "return-agreed",
    "closed": "closed",
}


def _state(standing: Standing, event: Event, before: str) -> str:
    """The state after an event; one that says nothing of the course leaves it."""
    did = event.did
    if did in _PLAIN:
        return _PLAIN[did]
    if did == "passed":
        return before if standing.ledger.held else f"with-{event.facts['to']}"
    if did == "reopened" or (did == "informed" and before == "need-info"):
        return standing.before
    if did in MONEY:
        return _state_of_money(standing, event)
    return before


def _state_of_money(standing: Standing, event: Event) -> str:
    ledger = standing.ledger
    if ledger.returned == ledger.requested:
        return "returned-full"
    if event.did == "returned":
        return "returned-part"
    if ledger.held:
        return "held-full" if ledger.held == ledger.requested else "held-part"
    if event.did == "expired":
        return "hold-expired"
    if event.did == "released":
        return "released"
    if ledger.returned:
        return "returned-part"
    if ledger.released:
        return "released"
    if ledger.moved:
        return "moved-on"
    stood = standing.before if standing.state == "need-info" else standing.state
    return "with-institution" if stood in OF_MONEY else stood
