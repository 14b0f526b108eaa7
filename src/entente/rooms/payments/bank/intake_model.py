"""What the payments room takes and gives for banks' messages (the API's schemas)."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from entente.rooms.payments.model import (
    Code,
    Grade,
    Id,
    InterceptForm,
    Level,
    Line,
    Measure,
    Moment,
    Rail,
    Scam,
    Short,
    Text,
)
from entente.rooms.payments.model_steps import Step, Why
from entente.rooms.records import HandlingForm, Strict

MOST_BYTES = 10_000_000
"""Of a bank's file; what is longer is refused before it is read."""
State = Literal["quarantine", "open", "done"]
ItemState = Literal["quarantine", "matched", "accepted", "rejected", "aside"]
Message = Annotated[str, StringConstraints(min_length=1, max_length=MOST_BYTES)]


class ProposalOut(Strict):
    """What a machine proposes; a person decides. `step` is empty where no step follows."""

    step: str
    do: dict[str, Any] = Field(description="The step's form, as far as the message fills it")
    missing: list[str] = Field(description="Fields that you must fill in")
    waits: str = Field(description="Why it cannot be done now; empty where it can")
    flags: list[str] = Field(description="What to look at first: over-hold, other-amount, …")


class Suggested(Strict):
    """An intercept with the same reference of the payment; whether it is the one, a person says."""

    id: str
    reference: str


class ItemOut(Strict):
    number: int
    line: int = Field(description="Of the file")
    state: ItemState
    message: str
    what: str = Field(description="answer, return, standing, response or text")
    case: str
    status: str
    reasons: list[str]
    meaning: str = Field(description="Status and reasons in words")
    information: list[str]
    findings: list[str]
    uetr: str
    end_to_end: str
    amount: str = Field(description="What was paid or recalled")
    given_back: str = Field(description="What the bank gives back or has returned")
    ref: str
    at: str
    sender: str
    intercept: str = Field(description="Empty: none that you may open")
    reference: str
    by: str = Field(description="case, recall, uetr, end-to-end or hand")
    proposal: ProposalOut
    suggested: list[Suggested]
    why: str
    officer: str
    decided_at: str
    did: str = Field(description="The step that came of it")


class MessageRow(Strict):
    """A bank's message in a list."""

    id: str
    name: str
    state: State
    at: str
    items: int
    waiting: int = Field(description="Items that nobody has decided yet")
    version: int


class BankMessage(MessageRow):
    """A bank's message, opened."""

    digest: str
    by: str = Field(description="Who brought it")
    told: list[ItemOut]


class Asked(Strict):
    state: State | Literal[""] = ""
    after: Id = Field(default="", description="The last message of the page before")
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class Inbox(Strict):
    messages: list[MessageRow]
    after: str = Field(description="Where the list goes on; empty at its end")


class Assign(Strict):
    """The request that an item is about, by hand."""

    intercept: Id = Field(description="Its id or its reference")
    why: Why


class Reason(Strict):
    why: Why


class Accept(Strict):
    """Empty: the step as it was proposed; else the one that you make of it."""

    step: Step | None = None


class Once(Strict):
    """What holds for every payment of a file, said once; a file tells accounts, amounts and references."""

    scam: Scam | Literal[""] = ""
    rail: Rail | Literal[""] = Field(default="", description="Empty: as the sort of message says")
    executed_at: Moment = Field(default="", description="Empty: the day of settlement")
    detected_at: Moment = ""
    reported_at: Moment = ""
    legal_basis: Line = ""
    offence: Line = ""
    penalty: Short = ""
    measure: Measure | Literal[""] = ""
    tip_off_forbidden: bool = True
    due_by: Moment = ""
    victim_consents: bool | None = None
    police_report: Short = ""
    summary: Text = ""
    grade: Grade = ""
    level: Level = "official"
    ring: bool = True
    receiver: Code | Literal[""] = ""
    ref: Annotated[str, StringConstraints(max_length=80)] = ""


class ImportForm(Strict):
    """A camt.056, MT192, pacs.008, MT103 or MT202: a draft for each of its payments."""

    message: Message
    once: Once = Once()


class Imported(Strict):
    """Of `payments`, which became drafts and which were merged with a request that stands."""

    name: str
    payments: int
    drafted: list[str]
    merged: list[str]


class Pasted(Strict):
    text: Annotated[str, StringConstraints(min_length=1, max_length=200_000)]


class Prefilled(Strict):
    name: str
    form: InterceptForm


class TagPackForm(Strict):
    """A GraphSense TagPack (YAML): addresses and what is known of them."""

    pack: Message
    handling: HandlingForm = HandlingForm()
    grade: Annotated[str, StringConstraints(pattern=r"^([ABCX][1-4])?$")] = ""
    expires: date | None = None


class TagFault(Strict):
    line: int
    what: str


class TagReport(Strict):
    """`kept`: records new or changed; the rest stood already, word for word."""

    tags: int
    kept: int
    faults: list[TagFault]
