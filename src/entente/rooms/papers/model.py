"""What the papers room takes and gives: versions of genuine documents.

Lengths are millimetres on the page, from its upper left corner. Identifiers are of PRADO's form:
state (three letters of ICAO Doc 9303-3), category and type, number: UTO-AO-01001.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import HandlingForm, Strict

EVERYONE = HandlingForm(mode="everyone")
CODE = r"^[A-Z]{3}-[A-Z]{2}-\d{5}$"
"""PRADO's form: Council of the European Union, document 8269 (glossary)."""
StateName = Literal["draft", "review", "published", "replaced", "withdrawn"]
Category = Literal["A", "B", "C", "D", "E", "F", "H", "I", "J", "N", "P", "R", "S", "T", "W", "X"]
Type = Literal["O", "D", "S", "F", "P", "Y", "A", "R", "M", "X"]
MrzForm = Literal["", "TD1", "TD2", "TD3", "MRV-A", "MRV-B", "other"]
Colour = Literal[
    "black",
    "blue",
    "brown",
    "green",
    "grey",
    "orange",
    "pink",
    "purple",
    "red",
    "turquoise",
    "white",
    "yellow",
]
Light = Literal["VIS", "UV365", "UV254", "IR", "TRANSMITTED", "OBLIQUE", "COAX"]
Tool = Literal["none", "magnifier", "UV", "IR", "reader", "microscope"]
Way = Literal["FEEL", "LOOK", "TILT"]
PageKind = Literal[
    "cover", "inside-front", "data", "observations", "inner", "visa", "inside-back", "back", "front", "other"
]
Day = Annotated[date | None, Field(default=None)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Digest = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$", max_length=64)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Millimetres = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
Why = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class Box(Strict):
    """A place on a page, in mm: its left and upper edge, its width and height."""

    x: Millimetres
    y: Millimetres
    width: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
    height: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]


class PictureForm(Strict):
    """One picture of a page: under which light, how many of its pixels are a mm, and its SHA-256."""

    light: Light = "VIS"
    px_per_mm: Annotated[float, Field(gt=0, le=200, allow_inf_nan=False)]
    blob: Digest = ""


class PageForm(Strict):
    """A page of the document. `printed`: the number that is printed on it."""

    kind: PageKind
    printed: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""
    width: Millimetres = Field(default=0, description="mm; 0: as the document")
    height: Millimetres = 0
    pictures: list[PictureForm] = Field(default=[], max_length=12)


class FeatureForm(Strict):
    """A security feature: where it is, how one checks it, how often it is forged (`risk`) and how easily it
    is checked (`ease`), each 1 to 5."""

    page: int = Field(ge=0, le=199, description="Place of its page in `pages`, from 0")
    term: Slug = Field(description="From the vocabulary", examples=["watermark"])
    box: Box | None = None
    light: Light = "VIS"
    tool: Tool = "none"
    level: int = Field(default=1, ge=1, le=3, description="1 front line, 2 back office, 3 expert")
    risk: int = Field(default=3, ge=1, le=5)
    ease: int = Field(default=3, ge=1, le=5)
    way: Way = "LOOK"
    about: Text = ""
    verify: Text = Field(default="", description="How to verify it")
    closeup: Digest = Field(default="", description="SHA-256 of a picture of it")
    fake: Digest = Field(default="", description="SHA-256 of a picture of a typical imitation")


class AnchorForm(Strict):
    """Something printed at the same place on every genuine document: what a comparison measures against."""

    page: int = Field(ge=0, le=199)
    kind: Literal["label", "line", "emblem"] = "label"
    name: Short = ""
    box: Box
    tolerance: Annotated[float, Field(gt=0, le=20, allow_inf_nan=False)] = 0.2


class FieldForm(Strict):
    """A place whose content is another for each holder (portrait, names, zone): not held against others."""

    page: int = Field(ge=0, le=199)
    name: Short = ""
    box: Box


class PatternForm(Strict):
    """A form that its numbers have (see the room's page), and since and until when."""

    pattern: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    check: Short = Field(default="none", description="Check rule, see the room's page")
    issued_from: date | None = None
    issued_until: date | None = None
    note: Line = ""


class DeviationForm(Strict):
    """A known defect of genuine documents (Doc 9303-3, section 7: deviation lists)."""

    defect: Literal["wrong_check_digit", "wrong_data"]
    field: Slug = Field(examples=["birth"])
    printed: Short = ""
    issued_from: date | None = None
    issued_until: date | None = None
    numbers: list[Annotated[str, StringConstraints(max_length=60)]] = Field(default=[], max_length=200)
    note: Line = ""


class ValidityForm(Strict):
    """For how long a document is issued to whom."""

    years: int = Field(ge=0, le=99)
    least_age: int | None = Field(default=None, ge=0, le=150)
    most_age: int | None = Field(default=None, ge=0, le=150)
    note: Line = ""


class SourceForm(Strict):
    """Where it is known from."""

    what: Line
    url: Annotated[str, StringConstraints(pattern=r"^(https://\S+)?$", max_length=500)] = ""
    seen: date | None = None


class Content(Strict):
    """What a version says beyond its head."""

    pages: list[PageForm] = Field(default=[], max_length=200)
    features: list[FeatureForm] = Field(default=[], max_length=300)
    anchors: list[AnchorForm] = Field(default=[], max_length=300)
    fields: list[FieldForm] = Field(default=[], max_length=100)
    patterns: list[PatternForm] = Field(default=[], max_length=50)
    deviations: list[DeviationForm] = Field(default=[], max_length=50)
    validity: list[ValidityForm] = Field(default=[], max_length=20)
    sources: list[SourceForm] = Field(default=[], max_length=50)


class Head(Strict):
    """What a version is called and how it lies in the hand."""

    code: Annotated[str, StringConstraints(pattern=CODE)] = Field(examples=["UTO-AO-01001"])
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    first_issued: date | None = None
    last_issued: date | None = None
    valid: bool = True
    legal_status: Text = ""
    construction: Text = ""
    width: Millimetres = 0
    height: Millimetres = 0
    page_count: int = Field(default=0, ge=0, le=500)
    colours: list[Colour] = Field(default=[], max_length=12)
    mrz: MrzForm = ""


class VersionForm(Head):
    """A version of a genuine document. It may be incomplete until it is sent to review."""

    content: Content = Content()
    handling: HandlingForm = EVERYONE


class VersionRow(Head):
    """A version in a list."""

    id: str
    state: StateName
    edition: int
    owner: str
    changed: str
    alerts: int = Field(description="Published alerts of it that you may see")


class Version(VersionRow):
    """A version as its reader gets it. `seen`: the digest of what you see; a change or an approval names it.
    `handling` is for its own bureau alone."""

    seen: str
    supersedes: str
    content: Content
    handling: HandlingForm | None
    editions: list[VersionRow] = Field(description="Every edition of it that you may see, the newest first")
    history: list["StepOut"]


class StepOut(Strict):
    """What was done, and when. Who and why are for its own bureau."""

    at: str
    did: str
    officer: str = ""
    why: str = ""


class Seen(Strict):
    """The digest (`seen`) of what you saw."""

    seen: Annotated[str, StringConstraints(max_length=64)]


class VersionEdit(VersionForm, Seen):
    """The whole version anew: a draft again."""


class Decide(Seen):
    """A second person's word on exactly what he saw; approval publishes it."""

    approve: bool
    why: Why = Field(default="", description="Needed to send it back")


class Reason(Strict):
    """A step that needs a reason."""

    why: Why


class Which(Strict):
    """Which versions: the published ones, your bureau's, or those that wait for review; like what is held in
    the hand. Sizes are mm, two more or less; `number`: a number pattern of it fits; `text`: in the title."""

    which: Literal["published", "mine", "review"] = "published"
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{3})?$")] = ""
    category: Category | Literal[""] = ""
    type: Type | Literal[""] = ""
    year: int = Field(default=0, ge=0, le=2200, description="A year in which it was issued")
    colour: Colour | Literal[""] = ""
    width: Millimetres = 0
    height: Millimetres = 0
    mrz: MrzForm = ""
    number: Short = ""
    text: Short = ""
    after: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=200)


class Kept(Strict):
    """A picture that was kept: its SHA-256, by which the content names it."""

    blob: str
