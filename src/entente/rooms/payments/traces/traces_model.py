"""What the payments room takes and gives for traces of money (the API's schemas)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.payments.model import Amount, Id, Level
from entente.rooms.payments.traces.transfers_model import PaymentRow
from entente.rooms.records import Strict

Rule = Literal["fifo", "lifo", "haircut", "poison", "libr"]
Ties = Literal["sequence", "in-first"]
Name = Annotated[str, StringConstraints(max_length=140)]
MOST_SEEDS = 500


class SeedForm(Strict):
    """A payment by which a victim was robbed; `payment`: its number in the file of transfers."""

    payment: int = Field(ge=1, le=1_000_000)
    victim: Name = Field(default="", description="Name or number of the victim; empty: the payer's account")
    amount: Amount = Field(default="", description="How much of it was stolen; empty: the whole")


class OpeningForm(Strict):
    """What an account is known to have held before the first payment of the file."""

    account: Name
    amount: Amount
    asset: Annotated[str, StringConstraints(max_length=60)] = Field(
        default="", description="Empty: the first of the file"
    )


class TraceForm(Strict):
    """What to follow, and how. What is not said is as the rule books have it: nothing is left out."""

    transfers: Id
    title: Annotated[str, StringConstraints(max_length=200)] = ""
    seeds: list[SeedForm] = Field(min_length=1, max_length=MOST_SEEDS)
    rules: list[Rule] = Field(
        default=["fifo", "lifo", "haircut", "poison", "libr"], min_length=1, max_length=5
    )
    ties: Ties = Field(
        default="sequence", description="Payments of one time: as in the file, or what comes in first"
    )
    dwell: int | None = Field(
        default=None,
        ge=1,
        le=10**10,
        description="Seconds (or steps of the file) for which money that rests in an account is followed on",
    )
    least: int = Field(
        default=0, ge=0, le=10**30, description="Smallest units under which haircut and libr let a part go"
    )
    opening: list[OpeningForm] = Field(default=[], max_length=2_000)
    file_opening: bool = Field(
        default=True, description="Balances that the file itself tells count too, where it tells any"
    )
    stops: list[Name] = Field(
        default=[], max_length=500, description="Accounts at which following ends: ask this exchange or bank"
    )
    intercept: Id = Field(default="", description="The request to stop a payment that it belongs to")
    show: bool = Field(
        default=False, description="The bureaus of that request may read the trace; the file stays yours"
    )
    level: Level | Literal[""] = Field(default="", description="Not below that of the file; empty: the same")


class Part(Strict):
    """One victim's money in one asset: what was stolen equals what can be shown."""

    victim: str
    asset: str
    stolen: str
    lies: str = Field(description="In accounts, at the end of the file")
    stopped: str = Field(description="Reached an account at which following ends")
    expired: str = Field(description="Rested longer than is followed")
    pruned: str = Field(description="Parts too small to be followed")
    exchanged: str = Field(description="Went into another asset (or came from one: negative)")
    missing: str = Field(description="0")


class RuleSummary(Strict):
    rule: Rule
    accounts: int = Field(description="Accounts that the money reached")
    payments: int = Field(description="Payments that carried some of it")
    totals: list[Part] = Field(description="Of all victims together, for each asset")
    parts: list[Part] = Field(description="None under poison, which says who was touched, not what is owned")


class Finding(Strict):
    """A shape among the payments: a lead, no proof."""

    pattern: str
    account: str
    facts: dict[str, str] = Field(description="How many, how much, and in how many seconds (or steps)")
    payments: list[int] = Field(description="Numbers in the file of transfers")


class TraceRow(Strict):
    id: str
    title: str
    bureau: str
    transfers: str = Field(description="Title of the file of transfers")
    seeds: int
    rules: list[Rule]
    intercept: str
    at: str
    level: str
    shown_to: list[str] = Field(description="Bureaus that may read it beside its own")


class Traces(Strict):
    traces: list[TraceRow]
    after: str


class Trace(TraceRow):
    """A trace, opened: the question, and what each rule answers."""

    file: str = Field(description="Id of the file of transfers, where you may open it")
    file_gone: bool = Field(
        description="The file was discarded (or has expired); the trace keeps its payments"
    )
    source: str = Field(description="SHA-256 of the file as it came")
    victims: list[str]
    question: TraceForm
    results: list[RuleSummary]
    seed_payments: list[PaymentRow]
    findings: list[Finding]
    expires: str


class AccountLine(Strict):
    """An account that the money reached, by one rule, in one asset."""

    account: str
    hop: int = Field(description="Payments from a victim, at least; 0: a victim's own account")
    first: str = Field(description="When the money first came")
    came: str
    went: str
    lies: str
    stopped: str
    victims: list[str]


class FlowLine(PaymentRow):
    """A payment that carried victims' money, and how much of whose."""

    parts: dict[str, str] = Field(description="Victim to amount; under poison all of it, whose it may be")


class Accounts(Strict):
    rule: Rule
    asset: str
    accounts: list[AccountLine]
    after: int


class Flows(Strict):
    rule: Rule
    payments: list[FlowLine]
    after: int


class Which(Strict):
    """Which rule and asset, and where to go on."""

    rule: Rule | Literal[""] = Field(default="", description="Empty: the first that it was followed by")
    asset: Annotated[str, StringConstraints(max_length=300)] = Field(
        default="", description="Empty: the one with the most payments"
    )
    after: int = Field(default=0, ge=0, le=1_000_000)
    limit: int = Field(default=100, ge=1, le=500)


class Pictured(Strict):
    rule: Rule | Literal[""] = ""
    asset: Annotated[str, StringConstraints(max_length=300)] = ""


class TraceListing(Strict):
    after: Id = ""
    intercept: Id = ""
