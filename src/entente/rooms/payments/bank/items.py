"""What a bank's message says of one payment, in one form whichever message it came in, and what was decided.

Pure. Amounts are whole minor units with their currency; (0, "") where the bank tells none.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from entente.core.problems import Fault, Faulty
from entente.match.banking import codes
from entente.match.banking.auth import Response
from entente.match.banking.camt029 import Answer
from entente.match.banking.mt import Message
from entente.match.banking.pacs002 import Standing
from entente.match.banking.pacs004 import Returned
from entente.match.banking.payments import Agent
from entente.match.banking.reading import Said
from entente.match.money.amounts import write_amount

MOST_ITEMS = 500
"""Payments in one message: each is decided by a person."""
MOST_LINES = 40
QUARANTINE, MATCHED, ACCEPTED, REJECTED, ASIDE = "quarantine", "matched", "accepted", "rejected", "aside"
UNDECIDED = frozenset({QUARANTINE, MATCHED})
Money = tuple[int, str]
NO_MONEY: Money = (0, "")


@dataclass(frozen=True, slots=True)
class Item:
    """`what`: answer (camt.029, MT196), return (pacs.004), standing (pacs.002), response (auth.002), text.

    `case` and `assignment` are the references it quotes; `amount` is what was paid or recalled, `resolved`
    what the bank gives back or has returned, `instructed` that before charges. `ref` is the return's own,
    `at` when the bank wrote it (ISO 8601). `findings`: what came of each thing that was asked.
    """

    line: int
    message: str
    what: str
    case: str = ""
    assignment: str = ""
    status: str = ""
    reasons: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    uetr: str = ""
    end_to_end: str = ""
    amount: Money = NO_MONEY
    resolved: Money = NO_MONEY
    instructed: Money = NO_MONEY
    rate: str = ""
    ref: str = ""
    at: str = ""
    sender: str = ""
    findings: tuple[str, ...] = ()

    def meaning(self) -> str:
        """Status and reasons in words, in English, as the lists of codes have them."""
        table = codes.RETURN if self.what == "return" else codes.REJECTION
        known = {**codes.CONFIRMATION, **codes.GROUP} if self.what == "answer" else codes.PAYMENT
        said = [known.get(self.status, "") or self.status, *[table.get(r, "") or r for r in self.reasons]]
        return ": ".join([s for s in said if s])


@dataclass(frozen=True, slots=True)
class Decided:
    """An item, the intercept that it is about (id, or empty), and how far it is.

    `by`: what matched it (case, recall, uetr, end-to-end, hand); `did`: the step that came of it.
    """

    said: Item
    state: str = QUARANTINE
    intercept: str = ""
    by: str = ""
    why: str = ""
    officer: str = ""
    at: str = ""
    did: str = ""

    def text(self) -> str:
        """As it is kept: JSON in ASCII, so that no mark in a bank's text changes how it is read."""
        return json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":"), sort_keys=True)


def read(text: str) -> Decided:
    """An item as it was kept."""
    raw = json.loads(text)
    said: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw["said"].items()}
    return Decided(**{**raw, "said": Item(**said)})


def state_of(items: Sequence[Decided]) -> str:
    """Of the whole message: quarantine while one waits to be assigned, open while one waits, else done."""
    states = {one.state for one in items}
    return "quarantine" if QUARANTINE in states else "open" if MATCHED in states else "done"


ANSWERS = "camt.029, pacs.004, pacs.002, auth.002, MT196 and MT199"


def items_of(name: str, said: Sequence[Said]) -> list[Item]:
    """The items of a message. Raises Faulty for one that answers nothing (a recall, an order, an inquiry)."""
    made = [_item(name, one) for one in said]
    found = [one for one in made if one]
    if len(found) < len(made) or not found:
        what = f"{name} is no answer of a bank: {ANSWERS} are"
        do = "Recalls (camt.056, MT192) and orders (pacs.008, MT103) are imported as drafts."
        raise Faulty(faults=(Fault("message", what, do),))
    if len(found) > MOST_ITEMS:
        what = f"It tells of {len(found)} payments; at most {MOST_ITEMS} are taken"
        raise Faulty(faults=(Fault("message", what, "Ask the bank for smaller ones."),))
    return found


def _item(name: str, said: Said) -> Item | None:
    match said:
        case Answer():
            return _answer(name, said)
        case Returned():
            return _return(name, said)
        case Standing():
            return Item(
                line=said.line,
                message=name,
                what="standing",
                case=said.original.message,
                status=said.status,
                reasons=(*said.reasons, *said.own_reasons),
                information=said.information[:MOST_LINES],
                uetr=said.original.uetr,
                end_to_end=said.original.end_to_end,
                at=_moment(said.created),
                sender=_bank(said.sender),
            )
        case Response():
            findings = tuple([f"{f.asked} {f.outcome} {f.information}".strip() for f in said.findings])
            return Item(
                line=said.line,
                message=name,
                what="response",
                case=said.investigation,
                status=said.status,
                findings=tuple([text[:560] for text in findings[:15]]),
            )
        case Message():
            told = said.get("79")
            return Item(
                line=1,
                message=name,
                what="text",
                case=said.text("21"),
                information=(told.lines if told else ())[:MOST_LINES],
                uetr=said.uetr,
                sender=said.sender,
            )
        case _:
            return None


def _answer(name: str, said: Answer) -> Item:
    return Item(
        line=said.line,
        message=name,
        what="answer",
        case=said.case,
        assignment=said.assignment,
        status=said.status or said.confirmation,
        reasons=(*said.reasons, *said.own_reasons),
        information=said.information[:MOST_LINES],
        uetr=said.original.uetr,
        end_to_end=said.original.end_to_end,
        amount=said.amount,
        resolved=said.resolved,
        at=_moment(said.created),
        sender=_bank(said.assigner),
    )


def _return(name: str, said: Returned) -> Item:
    return Item(
        line=said.line,
        message=name,
        what="return",
        assignment=said.message,
        reasons=(*said.reasons, *said.own_reasons),
        information=said.information[:MOST_LINES],
        uetr=said.original.uetr,
        end_to_end=said.original.end_to_end,
        amount=said.original_amount,
        resolved=said.amount,
        instructed=said.instructed,
        rate="" if said.rate is None else f"{said.rate:f}",
        ref=said.id or said.message,
        at=_moment(said.created),
        sender=_bank(said.sender),
    )


def _bank(agent: Agent) -> str:
    return agent.bic or agent.name


def _moment(at: datetime) -> str:
    """A bank that gives no zone writes in nobody knows which: taken as UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat(timespec="seconds")


def money(amount: Money) -> str:
    """An amount as it is written: "1123.00 EUR"; empty where there is none."""
    return f"{write_amount(*amount)} {amount[1]}" if amount[1] else ""


def decided(one: Decided, state: str, why: str, officer: str, at: datetime, **more: str) -> Decided:
    """An item after somebody decided."""
    said = {"why": why, "officer": officer, "at": at.isoformat(timespec="seconds"), **more}
    return replace(one, state=state, **said)  # type: ignore[arg-type]
