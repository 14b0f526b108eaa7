"""What the notices room takes and gives over HTTP."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import Strict

ColourName = Literal["red", "blue", "green", "yellow", "black", "orange", "purple", "silver", "un"]
StateName = Literal[
    "draft", "submitted", "checked", "review", "published", "suspended", "cancelled", "expired", "refused"
]
LevelName = Literal["official", "restricted", "confidential"]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,8}$", max_length=8)]
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2000)]
Short = Annotated[str, StringConstraints(max_length=200)]


class SubjectForm(Strict):
    """Who or what it is about: kind and properties (a record is kept for it), or a record of yours."""

    kind: str = Field(default="", max_length=64, examples=["Person"])
    properties: dict[str, list[str] | str] = Field(default={}, max_length=200)
    record: str = Field(default="", max_length=64, description="Id of a record of your bureau, instead")
    widen: bool = Field(default=False, description="Publication may let its readers see that record")


class NoticeForm(Strict):
    """A notice (`reach` all) or a diffusion (`reach` named). It may be incomplete until it is submitted."""

    colour: ColourName
    reach: Literal["all", "named"] = "named"
    bureaus: list[Code] = Field(default=[], max_length=256, examples=[["XB", "XC"]])
    level: LevelName = "official"
    title: Short = Field(default="", description="Empty: what its subject is called")
    until: date | None = Field(default=None, description="At most five years on; empty: five years")
    fields: dict[Annotated[str, StringConstraints(max_length=64)], str] = Field(
        default={}, max_length=50, description="As the colour needs; see /api/v1/notices/colours"
    )
    attest: list[Literal["neutral", "extradition", "ordinary", "assessed", "listed"]] = []
    subject: SubjectForm | None = None


class NoticeEdit(NoticeForm):
    """New content; `version` is the one you saw. It is a draft again, and must be checked again."""

    version: int = Field(ge=1)


class Seen(Strict):
    """The version of the notice you saw."""

    version: int = Field(ge=1)


class Check(Seen):
    """A second officer's word on exactly what he saw."""

    approve: bool
    why: str = Field(default="", max_length=2000, description="Needed to send it back")


class ReviewForm(Seen):
    """The neutral review: publish, return (with reasons) or refuse (final, with reasons)."""

    decision: Literal["publish", "return", "refuse"]
    why: str = Field(default="", max_length=2000)
    answers: dict[str, str] = Field(default={}, max_length=200, description="Flag id to a reason, each flag")


class Reason(Seen):
    """A step that needs a reason."""

    why: Why


class Renewal(Seen):
    """Ask to keep it longer: a new check and a new review."""

    until: date
    why: Why


class FlagOut(Strict):
    """What the reviewer must answer before he publishes."""

    id: str
    what: str
    where: str
    words: list[str]
    answer: str = ""


class StepOut(Strict):
    """What was done. `officer` and `why` are for the owner and the secretariat."""

    at: str
    did: str
    bureau: str
    part: str
    officer: str = ""
    why: str = ""


class SubjectOut(Strict):
    """The record it is about, in the version that was reviewed."""

    record: str
    kind: str
    caption: str
    properties: dict[str, list[str]]
    changed_since: bool = Field(description="Its owner has changed the record since the review")


class NoticeRow(Strict):
    """A notice in a list."""

    id: str
    colour: str
    reach: str
    title: str
    owner: str
    state: str
    pending: str
    until: str
    changed: str


class Notice(NoticeRow):
    """A notice as this reader gets it. What only the owner and the secretariat get is null for others."""

    version: int
    level: str
    bureaus: list[str] | None
    fields: dict[str, str]
    assessment: bool = Field(description="Its assessment is an assessment, not a fact")
    attest: list[str]
    subject: SubjectOut | None
    photo: bool
    history: list[StepOut]
    flags: list[FlagOut] | None
    widen: bool | None
    extract: str = Field(description="State of its public extract: empty, asked or public")
    advice: str = "Verify with the owner before acting."


class Subscription(Strict):
    """Which notices your bureau is told of. No country, no word: of every country, every offence."""

    colours: list[ColourName] = []
    countries: list[Annotated[str, StringConstraints(max_length=64)]] = Field(default=[], max_length=300)
    words: list[Annotated[str, StringConstraints(min_length=2, max_length=100)]] = Field(
        default=[], max_length=100
    )


class ExtractForm(Strict):
    """What the public may read; words of its own. Never made from the notice by itself."""

    name: Short = Field(min_length=1)
    gender: Short = ""
    birthDate: Short = ""
    nationality: list[Short] = Field(default=[], max_length=10)
    appearance: str = Field(default="", max_length=1000)
    charge: str = Field(default="", max_length=1000)
    text: str = Field(default="", max_length=5000)
    contact: str = Field(default="", max_length=500)


class Extract(Strict):
    """A public extract."""

    id: str
    colour: str
    owner: str
    name: str
    gender: str
    birthDate: str
    nationality: list[str]
    appearance: str
    charge: str
    text: str
    contact: str
    until: str
    state: str


class ColourOut(Strict):
    """What a colour is for and what it needs. `schema`: JSON Schema; `any_of`: of each group, one."""

    name: str
    label: str
    purpose: str
    attestations: dict[str, str]
    needs: list[list[str]] = Field(description="All of these, and of each any one")
    kinds: list[str]
    json_schema: dict[str, Any]
