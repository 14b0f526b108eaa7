"""What the payments room takes and gives for an intercept (the API's schemas). Steps are in model_steps.py.

Fields after the shared specification "payments", A1.3: the union of what the FBI's Financial Fraud Kill
Chain, FinCEN's rapid response, I-GRIP and camt.056 need.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import Strict

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,8}$")]
Id = Annotated[str, StringConstraints(max_length=64)]
Word = Annotated[str, StringConstraints(max_length=60)]
Short = Annotated[str, StringConstraints(max_length=140)]
Line = Annotated[str, StringConstraints(max_length=300)]
Text = Annotated[str, StringConstraints(max_length=8_000)]
Moment = Annotated[str, StringConstraints(max_length=40)]
Amount = Annotated[str, StringConstraints(max_length=90)]
Ref35 = Annotated[str, StringConstraints(max_length=35, pattern=r"^[\x20-\x7e]*$")]

Scam = Literal[
    "voice-phishing",
    "romance",
    "sextortion",
    "investment",
    "gambling",
    "business-email",
    "e-commerce",
    "impersonation",
    "account-takeover",
    "recovery",
    "other",
]
Rail = Literal[
    "swift-mx",
    "swift-mt",
    "sepa-sct",
    "sepa-inst",
    "fps",
    "ach",
    "rtgs",
    "card",
    "cash-msb",
    "mobile-money",
    "crypto",
]
Scheme = Literal["iban", "bban", "other", "wallet"]
Measure = Literal["trace-only", "withhold", "suspend", "freeze", "seize", "return"]
Level = Literal["official", "restricted", "confidential"]
Grade = Annotated[str, StringConstraints(pattern=r"^([ABCX][1-4]|[A-F][1-6])?$")]


class Place(Strict):
    """An account at a bank, or a wallet on a chain (with `chain`, and `token` unless it is its own coin)."""

    account: Short = Field(default="", examples=["XB38ENTB00000012345678"])
    scheme: Scheme = "iban"
    chain: Word = ""
    token: Word = ""
    bic: Annotated[str, StringConstraints(max_length=11)] = ""
    bank: Short = Field(default="", description="Name of the bank, or of the provider of the wallet (VASP)")
    country: Annotated[str, StringConstraints(max_length=2)] = Field(
        default="", description="Where it is held (ISO 3166); empty: what account and BIC say"
    )


class Party(Place):
    """Who paid or was paid: the name as the payment bears it, and the place."""

    name: Short = ""


class Intermediary(Strict):
    """A bank in between."""

    bic: Annotated[str, StringConstraints(max_length=11)] = ""
    name: Short = ""
    role: Word = ""


class Recall(Strict):
    """The recall that the victim's bank has sent already."""

    sent_at: Moment = ""
    ref: Ref35 = ""
    type: Word = Field(default="", examples=["camt.056"])


class Evidence(Strict):
    """A file that the bureau holds: its SHA-256, never the file."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    type: Short = ""
    size: int = Field(default=0, ge=0, le=10**13)
    what: Short = Field(default="", examples=["Payment confirmation"])


class InterceptForm(Strict):
    """A victim's payment that another bureau is asked to stop. A draft may lack what only sending needs."""

    scam: Scam | Literal[""] = ""
    rail: Rail | Literal[""] = ""
    executed_at: Moment = Field(
        default="",
        description="With its zone; when it is not known better, the earliest moment",
        examples=["2026-11-28T17:00+01:00"],
    )
    executed_until: Moment = Field(default="", description="The latest moment, where only a span is known")
    detected_at: Moment = ""
    reported_at: Moment = ""
    amount: Amount = Field(
        default="", description="As the currency is written; of a token in its smallest units"
    )
    currency: Annotated[str, StringConstraints(max_length=10)] = Field(
        default="", description="ISO 4217; empty for a wallet, whose chain and token say it"
    )
    uetr: Annotated[str, StringConstraints(max_length=36)] = ""
    end_to_end_id: Ref35 = ""
    instruction_id: Ref35 = ""
    transaction_id: Annotated[str, StringConstraints(max_length=100, pattern=r"^[\x20-\x7e]*$")] = Field(
        default="", description="Of a bank at most 35 characters; of a chain the hash of the transaction"
    )
    message_id: Ref35 = ""
    message_name: Ref35 = ""
    debtor: Party = Party()
    creditor: Party = Party()
    intermediaries: list[Intermediary] = Field(default=[], max_length=3)
    further_credit: Place = Place(scheme="other")
    recall: Recall = Recall()
    legal_basis: Line = Field(default="", description="The statute that allows to ask")
    offence: Line = ""
    penalty: Short = ""
    measure: Measure | Literal[""] = ""
    tip_off_forbidden: bool = Field(
        default=True, description="The holder of the account must not learn of it"
    )
    due_by: Moment = ""
    victim_consents: bool | None = Field(default=None, description="The victim may be contacted abroad")
    police_report: Short = ""
    phones: list[Short] = Field(default=[], max_length=20)
    emails: list[Short] = Field(default=[], max_length=20)
    addresses: list[Short] = Field(default=[], max_length=20, description="Internet addresses of the fraud")
    summary: Text = ""
    evidence: list[Evidence] = Field(default=[], max_length=50)
    subjects: list[Id] = Field(
        default=[], max_length=30, description="Records that it concerns, as far as you see them"
    )
    grade: Grade = ""
    level: Level = "official"
    ring: bool = Field(
        default=True,
        description="Other bureaus that meet the same account, wallet or person learn: contact us",
    )
    receiver: Code | Literal[""] = Field(
        default="", description="Empty: as the account, the BIC or the country says"
    )
    ref: Annotated[str, StringConstraints(max_length=100)] = Field(
        default="", description="Your own reference of the report"
    )


class InterceptEdit(Strict):
    """The whole form anew; `version` is the one you saw."""

    version: int = Field(ge=1)
    form: InterceptForm


class ChildForm(Strict):
    """A request for what moved on, to where it moved; the rest is as in the request it comes from."""

    movement: Id
    receiver: Code | Literal[""] = ""
    legal_basis: Line = Field(default="", description="Empty: as in the request it comes from")


class FaultOut(Strict):
    where: str
    what: str
    do: str = ""


class Repeat(Strict):
    """An account, wallet, name or contact that was in an earlier request (or is in a record)."""

    what: str = Field(description="account, wallet, name, phone, email, address, or record")
    value: str = Field(description="Masked where it is an account")
    id: str = Field(default="", description="Of an intercept that you may open")
    record: str = Field(default="", description="Of a record that you may open")
    reference: str = ""
    state: str = ""


class Checked(Strict):
    """What a form is worth before it is sent: nothing is kept of it."""

    faults: list[FaultOut]
    missing: list[FaultOut] = Field(description="What sending still needs")
    warnings: list[FaultOut]
    receiver: str = Field(description="The bureau it would go to; empty where nothing says it")
    routed_by: str = Field(description="iban, bic, country, hand, or empty")
    hours: float | None = Field(description="Since execution")
    late: bool = Field(description="More than 72 hours: still possible, with less success")
    fast_track: bool = Field(description="Within 72 hours, across a border, with the bank's recall sent")
    repeats: list[Repeat]
    contacts: list[str] = Field(
        description="Bureaus that know one of these accounts or persons: contact them"
    )
    same_as: str = Field(description="Your bureau's request for the same payment; it would be merged with it")
    lifted: list[FaultOut] = Field(description="Account numbers in free text that belong into a field")


class HoldOut(Strict):
    id: str
    account: str
    amount: str
    placed: str
    kind: str
    legal: str
    at: str
    ends: str
    no_limit: str
    working_days_left: int | None = Field(description="In the calendar of the bureau that holds")
    calendar: str = Field(description="Whose calendar, and whether its holidays are known")
    in_force: bool
    over: str
    challenged: str
    trace: str
    rule: str


class LedgerOut(Strict):
    """Sums in the asset's own writing; `balanced`: they add up to `requested`."""

    requested: str
    held: str
    moved: str
    returned: str
    released: str
    unknown: str
    balanced: bool


class EventOut(Strict):
    number: int
    at: str
    did: str
    bureau: str
    part: str
    officer: str = Field(description="For his own bureau alone")
    why: str
    facts: dict[str, str]


class ClockOut(Strict):
    """A clock that runs. `tone`: good, warn, late, over."""

    what: str
    since: str
    until: str
    tone: str
    hold: str = ""


class Row(Strict):
    """An intercept in a list."""

    id: str
    reference: str
    state: str
    requester: str
    receiver: str
    scam: str
    amount: str
    asset: str
    held: str
    returned: str
    account: str = Field(description="Of the payee, masked")
    executed_at: str
    hours: float | None
    next_at: str = Field(description="The next moment at which something burns")
    acts: str = Field(description="The bureau that must act next; empty when it is closed")
    must: str = Field(description="What it must do (labels.MUST)")
    level: str


class Intercept(Row):
    """An intercept, opened."""

    version: int
    form: InterceptForm
    ledger: LedgerOut
    holds: list[HoldOut]
    release_waits: bool
    parent: str
    children: list[str] = Field(description="Requests for what moved on, as far as you may see them")
    events: list[EventOut]
    clocks: list[ClockOut]
    steps: list[str] = Field(description="What you may do now")
    duty: str = Field(description="The 24/7 line of the bureau that must act")
    merged: int
    outcome: str


class Board(Strict):
    """What burns first comes first. `further`: there is more; narrow it down, or go on with `after`."""

    intercepts: list[Row]
    after: str
    further: bool
