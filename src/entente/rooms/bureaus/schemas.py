"""What the bureaus room takes and gives over HTTP."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

RoleName = Literal["officer", "analyst", "contributor", "supervisor", "administrator"]
LevelName = Literal["official", "restricted", "confidential"]
Short = Annotated[str, StringConstraints(max_length=200)]
Compartment = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Sort = Literal["police", "customs", "environment", "fisheries", "health", "other", "private"]


class BureauForm(Strict):
    """A bureau that joins."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,8}$")] = Field(examples=["XE"])
    label: Short = Field(min_length=1)
    desk: Short = ""
    phone: Short = ""
    email: Short = ""
    sort: Sort = Field(default="police", description="Partners (all others) see only what names them")


class BureauOut(Strict):
    code: str
    label: str
    desk: str
    phone: str
    email: str
    duty: str = Field(description="Telephone of the duty line, day and night")
    zone: str = Field(description="Time zone (IANA) of the hours")
    hours: str
    holidays: list[str]
    languages: list[str]
    sort: Sort
    status: str = Field(description="active, or suspended: its rights are suspended (RPD 131)")
    open: bool = Field(description="Whether the desk is there now")
    opens: str = Field(description="When it is there next, in UTC; now when it is")


class OfficerForm(Strict):
    """An officer to enrol. `bureau`: empty means your own."""

    name: Short = Field(min_length=1)
    email: Short = Field(min_length=3)
    bureau: str = Field(default="", max_length=8)
    roles: list[RoleName] = Field(default=["officer"], min_length=1)
    clearance: LevelName = "official"
    held: list[Compartment] = Field(default=[], max_length=64)
    reviewer: bool = False


class OfficerChange(Strict):
    """What to change of an officer; what is left out stays."""

    roles: list[RoleName] | None = None
    clearance: LevelName | None = None
    held: list[Compartment] | None = Field(default=None, max_length=64)
    reviewer: bool | None = None
    active: bool | None = None


class OfficerOut(Strict):
    id: str
    name: str
    bureau: str
    roles: list[str]
    clearance: str
    held: list[str]
    reviewer: bool


class Enrolled(Strict):
    officer: OfficerOut
    link: str = Field(description="One-time sign-in address, good for a day")


class LinkOut(Strict):
    link: str


class KeyForm(Strict):
    """A key for a machine of your bureau."""

    name: Short = Field(min_length=1)
    roles: list[Literal["officer", "analyst", "contributor", "supervisor"]] = Field(
        default=["officer"], min_length=1
    )
    days: int = Field(default=365, ge=1, le=365)
    held: list[Short] = Field(
        default=[], max_length=32, description="Compartments; only those that you hold yourself"
    )


class KeyOut(Strict):
    id: str
    name: str
    roles: list[str]
    held: list[str]
    expires: str


class KeyIssued(Strict):
    key: str = Field(description="Shown this once; only its digest is kept")
    issued: KeyOut


class Act(Strict):
    """One line of the journal of your bureau."""

    id: str
    at: str
    act: str
    officer: str
    purpose: str
    justification: str
    object: str
    outcome: str
