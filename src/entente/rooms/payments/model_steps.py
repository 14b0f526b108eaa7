"""The steps of an intercept: what each says. One union, told apart by `step`."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.payments.model import Amount, Grade, Id, Line, Moment, Place, Short, Text, Word
from entente.rooms.records import Strict

Why = Annotated[str, StringConstraints(min_length=3, max_length=2_000)]
HoldKind = Literal["voluntary-bank", "fiu-suspension", "police-seizure", "court-order", "vasp-block"]
Source = Literal["unknown", "released"]


class Plain(Strict):
    """approve, disapprove and send are of exactly the version seen."""

    step: Literal["approve", "send", "acknowledge", "release-confirm", "agree-return"]
    version: int | None = Field(
        default=None, description="The one you saw; for approve and send it must be given"
    )


class Reasoned(Strict):
    step: Literal[
        "disapprove",
        "withdraw",
        "ask",
        "inform",
        "not-found",
        "order",
        "challenge",
        "release-refuse",
        "reopen",
    ]
    why: Why
    hold: Id = Field(default="", description="For order and challenge")


class Pass(Strict):
    step: Literal["pass"]
    to: Literal["authority", "institution"]
    name: Short = Field(default="", description="Which one")


class Refuse(Strict):
    step: Literal["refuse"]
    reason: Literal["legal", "no-authority", "not-ours", "customer", "bank", "indemnity", "too-late", "other"]
    why: Why


class Stop(Strict):
    """Money is held. It needs a hold's record: where, how much, under which law, until when."""

    step: Literal["hold"]
    amount: Amount
    account: Short = Field(default="", description="Empty: the payee's of the request")
    kind: HoldKind
    legal: Line
    placed_at: Moment = Field(default="", description="Empty: now")
    ends: Moment = Field(default="", description="Empty: as the rules of the holding country say")
    no_limit: Line = Field(default="", description="The law that sets no limit, where there is none")
    measure: Literal["transaction", "account"] = Field(
        default="transaction", description="What was suspended: picks the rule"
    )
    balance: Amount = ""
    second_victim: Id = Field(
        default="", description="The intercept of another victim to whom the rest belongs"
    )
    trace: Id = Field(default="", description="The trace that it relies on")
    rule: Word = Field(default="", description="The rule of following that it relies on (fifo, lifo, …)")


class Extend(Strict):
    step: Literal["extend"]
    hold: Id
    ends: Moment = ""
    no_limit: Line = ""
    legal: Line


class Move(Strict):
    """Money was found to have gone on, and where to."""

    step: Literal["move"]
    amount: Amount
    source: Source = "unknown"
    to: Place
    name: Short = ""
    at: Moment = ""
    rail: Word = ""
    ref: Short = ""
    knowledge: Short = Field(default="", description="How it is known")
    grade: Grade = ""


class Release(Strict):
    """The first of two persons proposes; the second confirms or refuses."""

    step: Literal["release"]
    hold: Id
    amount: Amount = Field(default="", description="Empty: all of it")
    reason: Literal["challenge", "error", "court", "expired", "other"]
    why: Why


class Return(Strict):
    """Money is back with the victim (pacs.004, or told otherwise)."""

    step: Literal["return"]
    amount: Amount = Field(description="In the request's own currency")
    hold: Id = ""
    source: Source = "unknown"
    at: Moment = ""
    ref: Short = ""
    to: Short = ""
    reason: Word = Field(default="", examples=["FOCR"])
    paid: Amount = Field(default="", description="What arrived, where it is in another currency")
    paid_currency: Word = ""
    rate: Word = ""


class Correct(Strict):
    """A wrong posting is put right by one that says why. What is held is let go by two persons first."""

    step: Literal["correct"]
    source: Literal["moved", "released", "returned"]
    target: Literal["unknown", "moved", "held"]
    amount: Amount
    hold: Id = Field(default="", description="On which a return that came from it is put back")
    why: Why


class Close(Strict):
    step: Literal["close"]
    outcome: Literal[
        "returned", "part-returned", "held", "lost", "refused", "not-found", "withdrawn", "error"
    ]
    lessons: Text = ""


Step = Annotated[
    Plain | Reasoned | Pass | Refuse | Stop | Extend | Move | Release | Return | Correct | Close,
    Field(discriminator="step"),
]


class StepForm(Strict):
    """One step. What posts money should name the version that was seen: sent twice, it posts twice."""

    do: Step
    version: int | None = Field(default=None, ge=1, description="The one you saw; another is refused")
