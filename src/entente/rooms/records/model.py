"""What the records room takes and gives: drafts, handling forms, records (the API's schemas)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,8}$", max_length=8)]
Level = Literal["official", "restricted", "confidential"]
Status = Literal["draft", "live", "suspended"]
Grade = Annotated[str, StringConstraints(pattern=r"^([ABCX][1-4])?$")]
"""4x4 evaluation (Europol): source A, B, C, X; information 1 to 4."""
PurposeSlug = Literal[
    "wanted", "locate", "history", "warn", "identify", "forensic", "security", "border", "analysis"
]


class Strict(BaseModel):
    """Unknown fields are faults: a mistyped one must never widen anything."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class HandlingForm(Strict):
    """Who may see a record: everyone, the named, all but the named; and who only learns whom to ask."""

    mode: Literal["everyone", "named", "but"] = "named"
    bureaus: list[Code] = Field(default=[], max_length=256, examples=[["XB", "XC"]])
    hint: list[Code] = Field(default=[], max_length=256, description="These learn only: contact the owner")
    watch: bool = Field(default=False, description="Tell the owner silently of every match")
    need: list[Annotated[str, StringConstraints(min_length=1, max_length=64)]] = Field(
        default=[], max_length=8
    )
    purposes: list[PurposeSlug] = Field(default=[], description="Allowed purposes; none named means all")
    level: Level = "official"
    status: Status = "live"


class Draft(Strict):
    """A record to contribute. Properties are those of its kind; every fault is named at once."""

    kind: str = Field(max_length=64, examples=["Person"])
    properties: dict[str, list[str] | str] = Field(
        max_length=200, examples=[{"name": ["Ivo Marenko"], "birthDate": ["~1971"]}]
    )
    handling: HandlingForm = HandlingForm()
    ref: str = Field(
        default="", max_length=200, description="Your own reference; unique for your bureau only"
    )
    grade: Grade = ""
    expires: date | None = Field(default=None, description="None: as long as the kind allows by default")


class Correction(Strict):
    """New values of a record; `version` is the one you saw."""

    version: int = Field(ge=1)
    properties: dict[str, list[str] | str] = Field(max_length=200)
    grade: Grade | None = None


class HandlingChange(Strict):
    """A new handling; it holds for the very next question. `version` is the one you saw."""

    version: int = Field(ge=1)
    handling: HandlingForm


class KeepLonger(Strict):
    """Keep a record until a later date; why is the request's justification."""

    version: int = Field(ge=1)
    expires: date


class Record(Strict):
    """A record as its reader gets it. `handling` and `ref` are for its owner alone."""

    id: str
    kind: str
    caption: str
    owner: str
    properties: dict[str, list[str]]
    grade: str
    expires: date
    version: int
    changed: str
    because: str
    advice: str = "Verify with the owner before acting."
    ref: str | None = None
    handling: HandlingForm | None = None


class Link(Strict):
    """How a record hangs together with another: by a property, or by a relation that is a record itself."""

    label: str
    direction: Literal["from", "to"]
    relation: str | None = Field(description="The relation's own id; none for a plain property")
    dates: str
    grade: str
    id: str
    kind: str
    caption: str


class PropertyOut(Strict):
    """One property of a kind. `names`: the kind of thing that its value names, or empty."""

    label: str
    type: str
    names: str


class KindOut(Strict):
    """A kind of record, for programs that make drafts."""

    name: str
    label: str
    extends: list[str]
    required: list[str]
    featured: list[str]
    keep_days: int
    keep_days_most: int
    properties: dict[str, PropertyOut]
