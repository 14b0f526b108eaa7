"""What contributions to a file take and give."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from entente.rooms.analysis.model import Id
from entente.rooms.records import HandlingForm, Strict

Line = Annotated[str, StringConstraints(max_length=200)]


class ThingForm(Strict):
    """A record, or a relation of two, that a contribution brings.

    Where a property names another thing, `#1` is the first of the contribution's things; an id or your own
    reference names any other.
    """

    kind: str = Field(max_length=64, examples=["Associate"])
    properties: dict[str, list[str] | str] = Field(
        max_length=200, examples=[{"person": "#1", "associate": "#2", "certainty": "tentative"}]
    )
    ref: str = Field(default="", max_length=200)
    grade: str = Field(default="", max_length=8, description="4x4; none: the contribution's own, if 4x4")
    handling: HandlingForm | None = Field(default=None, description="None: as the contribution's")
    expires: date | None = None


class ContributionForm(Strict):
    """What you add to a file. Everything is kept for the file's members only; `handling` narrows that."""

    text: str = Field(default="", max_length=65_000)
    source: Line = Field(default="", description="Reference of the message it came in")
    received: date | None = None
    scheme: Line = Field(default="", description="4x4, 6x6 or 5x5x5", examples=["4x4"])
    grade: Line = Field(default="", description="In its scheme", examples=["B2"])
    handlingCode: Line = Field(default="", description="H0, H1, H2 or H3", examples=["H1"])
    restrictions: str = Field(default="", max_length=2000)
    handling: HandlingForm | None = Field(default=None, description="None: all members of the file")
    things: list[ThingForm] = Field(default=[], max_length=2000)
    records: list[Id] = Field(default=[], max_length=500, description="Ids of records that are there already")


class ThingOut(Strict):
    """A record of a contribution, as far as the reader may see it."""

    id: str
    kind: str
    caption: str
    owner: str
    grade: str
    certainty: str


class ContributionOut(Strict):
    """A contribution. `things`: those of its records that you may see."""

    id: str
    at: str
    by: str
    bureau: str
    received: date | None
    source: str
    text: str
    scheme: str
    grade: str
    handlingCode: str
    restrictions: str
    things: list[ThingOut]
