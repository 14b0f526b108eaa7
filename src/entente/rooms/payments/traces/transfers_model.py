"""What the payments room takes and gives for transfers of accounts (the API's schemas)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.payments.model import FaultOut, Id, Level
from entente.rooms.records import Strict

Format = Literal["", "table", "camt.053", "amlsim", "chain"]
Said = Annotated[str, StringConstraints(max_length=200)]


class Sent(Strict):
    """What is said of a file that is sent."""

    name: Said = Field(default="", description="Name of the file")
    title: Said = Field(default="", description="Empty: the name of the file")
    format: Format = Field(default="", description="Empty: as the file looks")
    currency: Annotated[str, StringConstraints(max_length=30)] = Field(
        default="", description="Of a file that does not say it (ISO 4217, or chain:TOKEN)"
    )
    chain: Annotated[str, StringConstraints(max_length=30)] = Field(
        default="", description="Of transactions of a chain: which one (bitcoin, ethereum, tron, …)"
    )
    mapping: Annotated[str, StringConstraints(max_length=4_000)] = Field(
        default="", description="Of a table: JSON object of what a column is to the column's own name"
    )
    account: Annotated[str, StringConstraints(max_length=140)] = Field(
        default="", description="Of a table that does not say whose statement it is"
    )
    decimal: Literal["", ".", ","] = Field(default="", description="Of a table whose amounts leave it open")
    dates: Literal["", "iso", "day first", "month first"] = Field(
        default="", description="Of a table whose dates leave it open"
    )
    zone: Annotated[str, StringConstraints(pattern=r"^([+-](0\d|1[0-4]):?[0-5]\d|Z)?$")] = Field(
        default="", description="Of times without one, as +01:00; empty: UTC"
    )
    keep_good: bool = Field(
        default=False, description="Keep the rows without faults; the others are recorded as left out"
    )
    level: Level = "official"


class TransferRow(Strict):
    """A file of transfers in a list."""

    id: str
    title: str
    format: str
    rows: int
    accounts: int
    since: str = Field(description="Of the first payment: a moment in UTC, or a step of the file")
    until: str
    assets: list[str]
    left_out: int = Field(description="Rows that were not kept")
    level: str
    loaded: str
    expires: str


class AccountRow(Strict):
    account: str
    payments: int
    came: str = Field(description="In the first asset of the file")
    went: str


class TransferFile(TransferRow):
    """A file of transfers, opened."""

    name: str
    source: str = Field(description="SHA-256 of the file as it came")
    size: int
    dialect: dict[str, str]
    left: list[FaultOut] = Field(description="Rows that were left out, and why: the first of them")
    busiest: list[AccountRow] = Field(description="Accounts with the most payments")
    traces: list[Id] = Field(description="Traces made of it that you may see")


class TransferFiles(Strict):
    transfers: list[TransferRow]
    after: str


class PaymentRow(Strict):
    """One payment. `number`: what a trace calls it, from 1, in order of time."""

    number: int
    line: int
    at: str
    source: str
    target: str
    amount: str
    asset: str
    received: str = Field(default="", description="What arrived, where that is not what left")
    received_asset: str = ""
    ref: str = ""
    match: list[str] = Field(default=[], description="What agrees with the intercept that was named")


class Wanted(Strict):
    """Which payments. `account`: stands in one of the two accounts; `text`: stands in the reference."""

    account: Annotated[str, StringConstraints(max_length=140)] = ""
    text: Annotated[str, StringConstraints(max_length=140)] = ""
    amount: Annotated[str, StringConstraints(max_length=90)] = ""
    intercept: Id = Field(default="", description="Payments like the one that this intercept is about")
    after: int = Field(default=0, ge=0, le=1_000_000, description="Go on after this number")
    limit: int = Field(default=50, ge=1, le=200)


class Payments(Strict):
    payments: list[PaymentRow]
    after: int = Field(description="0: there are no more")


class Listing(Strict):
    after: Id = ""


class Reaching(Strict):
    """From which account, from when on. `back`: where its money could have come from, up to then."""

    account: Annotated[str, StringConstraints(min_length=1, max_length=140)]
    back: bool = False
    payment: int = Field(
        default=0, ge=0, le=1_000_000, description="From the time of this payment; 0: of the whole file"
    )
    dwell: int | None = Field(
        default=None, ge=1, le=10**10, description="Seconds (or steps) that money may rest in an account"
    )


class ReachedAccount(Strict):
    account: str
    at: str
    way: list[int] = Field(description="Numbers of the payments of one way, in order of time")


class Reached(Strict):
    """The nearest in time of all accounts that could be reached; `accounts`: how many there are."""

    account: str
    accounts: int
    payments: int
    nearest: list[ReachedAccount]
