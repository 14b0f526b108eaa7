"""What alerts of false documents and subscriptions to them take and give."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.papers.model import (
    EVERYONE,
    Box,
    Category,
    Digest,
    Line,
    Millimetres,
    Seen,
    StepOut,
    Text,
    Type,
)
from entente.rooms.records import HandlingForm, Strict

Sort = Literal[
    "counterfeit",
    "forged-photo",
    "forged-data",
    "page-substitution",
    "stolen-blank",
    "fantasy",
    "camouflage",
    "impostor",
    "fraudulently-obtained",
]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}$")]
MaybeCode = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3}-[A-Z]{2}-\d{5})?$", max_length=12)]
AlertState = Literal["draft", "review", "published", "withdrawn"]


class RegionForm(Strict):
    """A place that gives the false document away: in mm on a page of the version, with what one sees there.
    `genuine`, `fake`: SHA-256 of pictures of the place."""

    page: int = Field(default=0, ge=0, le=199)
    box: Box | None = None
    marker: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
    genuine: Digest = ""
    fake: Digest = ""


class AlertContent(Strict):
    """What an alert says beyond its head. `blob`: a picture of the false page; `page`: which one it is;
    `width` and `height`: its size in mm, where regions are to be drawn on it."""

    about: Text = ""
    regions: list[RegionForm] = Field(default=[], max_length=100)
    serials: list[Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]] = Field(
        default=[], max_length=200, description="Numbers seen"
    )
    blob: Digest = ""
    page: int = Field(default=0, ge=0, le=199)
    width: Millimetres = 0
    height: Millimetres = 0


class AlertForm(Strict):
    """An alert: what was found, of which document it pretends to be, when and where it was first seen."""

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    sort: Sort
    code: MaybeCode = Field(default="", description="The genuine version, where there is one")
    country: Country = Field(examples=["UTO"])
    category: Category | Literal[""] = ""
    type: Type | Literal[""] = ""
    route: Line = Field(default="", description="Route and place of the find")
    first_seen: date | None = None
    content: AlertContent = AlertContent()
    handling: HandlingForm = EVERYONE


class AlertEdit(AlertForm, Seen):
    """The whole alert anew: a draft again."""


class AlertRow(Strict):
    """An alert in a list."""

    id: str
    title: str
    sort: Sort
    code: str
    country: str
    category: str
    type: str
    route: str
    first_seen: date | None
    state: AlertState
    owner: str
    changed: str


class Alert(AlertRow):
    """An alert as its reader gets it. `seen`: as of a version. `versions`: ids of what it imitates, as far as
    you see them. `handling` is for its own bureau."""

    seen: str
    versions: list[str]
    content: AlertContent
    handling: HandlingForm | None
    history: list[StepOut]


class WhichAlerts(Strict):
    """Which alerts: the published ones, your bureau's, or those that wait for review."""

    which: Literal["published", "mine", "review"] = "published"
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{1,3})?$")] = ""
    sort: Sort | Literal[""] = ""
    code: MaybeCode = ""
    after: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=200)


class Subscription(Strict):
    """Which alerts your bureau is told of: `every`, or those that meet all that is named here. `types`:
    category and type, AO; `routes`: words, one of which stands in the route."""

    every: bool = False
    countries: list[Country] = Field(default=[], max_length=300)
    types: list[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]] = Field(default=[], max_length=50)
    routes: list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100)]] = (
        Field(default=[], max_length=100)
    )
