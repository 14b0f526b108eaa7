"""What the biometrics room takes and gives (the API's schemas)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from entente.rooms.records import HandlingForm, Strict
from entente.rooms.search import Contact

MOST_SAMPLES = 30
MOST_FILE = 12 * 1024 * 1024
"""Bytes of one file."""
MOST_PRINTS, MOST_FACES = 20, 50
"""Candidates told: as INTERPOL's hub and NIST's evaluations do."""
Impression = Literal["plain", "rolled", "latent", "swipe"]
Sort = Literal["person", "mark"]
Against = Literal["persons", "marks"]
Verdict = Literal["hit", "no-hit", "inconclusive"]
State = Literal["new", "waiting", "hit", "no-hit", "inconclusive", "disputed"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Reference = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class Cut(Strict):
    """One finger in a picture of several, cut out by hand: a box in pixels of the picture."""

    position: int = Field(ge=1, le=10)
    x: int = Field(ge=0, le=20_000)
    y: int = Field(ge=0, le=20_000)
    width: int = Field(ge=32, le=20_000)
    height: int = Field(ge=32, le=20_000)


class File(Strict):
    """One file: a picture, an ISO/IEC 19794-2 record, an ANSI/NIST-ITL file; it may hold several samples."""

    data: str = Field(max_length=MOST_FILE * 4 // 3 + 4, description="Base64", repr=False)
    position: int = Field(default=0, ge=0, le=10, description="Finger 1 (right thumb) to 10; 0: not known")
    impression: Impression | Literal[""] = ""
    dpi: int = Field(default=0, ge=0, le=4000, description="Where the file does not say; 0: 500")
    what: Literal["", "finger", "face"] = Field(default="", description="Empty: a colour picture is a face")
    cuts: list[Cut] = Field(default=[], max_length=10, description="Of a picture of several fingers (a slap)")


def _few(files: list[File]) -> list[File]:
    """Pieces cut out of pictures are counted before any is read: each costs as much as a file of its own."""
    if sum(max(1, len(file.cuts)) for file in files) > MOST_SAMPLES:
        raise PydanticCustomError("too_long", "too many samples", {"max_length": MOST_SAMPLES})
    return files


Files = Annotated[list[File], Field(min_length=1, max_length=MOST_SAMPLES), AfterValidator(_few)]


class Enrolment(Strict):
    """A person's set, or a mark."""

    sort: Sort = "person"
    files: Files
    person: Id | Literal[""] = Field(default="", description="The bureau's own record of the person")
    title: Name = ""
    reference: Reference = ""
    taken: date | None = None
    place: Name = ""
    capture: Name = Field(default="", description="Device, and who took it")
    text: Text = ""
    handling: HandlingForm = HandlingForm()
    expires: date | None = None


class SearchForm(Strict):
    """A search by one to ten fingers, marks, a portrait or several of these: of one person."""

    files: Files
    against: Against = "persons"
    reference: Reference = Field(default="", description="Your transaction control number")


class Sample(Strict):
    """One sample as it was read. `minutiae`: x, y (pixels at 500 dpi), direction (degrees), quality, kind."""

    number: int
    what: Literal["finger", "face"]
    position: int
    impression: str
    quality: int = Field(description="0 to 100")
    reasons: list[str] = Field(description="Codes of why the quality is low, such as small, dry, smudged")
    width: int = Field(description="Pixels of the picture, which has `dpi` an inch")
    height: int
    dpi: int
    minutiae: list[list[int]] = Field(repr=False)
    picture: bool = Field(description="Whether a picture of it is kept or shown")


class Share(Strict):
    """What one sample adds to a candidate's score: what of it may be kept."""

    asked: int = Field(description="Number of the asked sample")
    found: int = Field(description="Number of the candidate's sample")
    what: Literal["finger", "face"]
    position: int
    score: float = Field(description="-log10 of the rate at which different persons reach it")


class Part(Share):
    """The same with how the two samples lie on each other, which is in the answer alone."""

    pairs: list[list[int]] = Field(
        description="Places of paired minutiae in the asked and in the found sample"
    )
    turn: float = Field(description="Degrees by which the found one is turned onto the asked one")


class Candidate(Strict):
    """A set that may be of the same person. Nobody has judged it."""

    set: str
    sort: Sort
    title: str
    person: str = Field(description="Id of the person's record, where you may see it")
    caption: str
    owner: str
    score: float = Field(description="Its parts laid together (Fisher 1932): a little less than their sum")
    parts: list[Part]
    samples: list[Sample]


class Answer(Strict):
    """`candidates`: nearest first, at most 20 by prints and 50 by faces. `contacts`: whom to ask."""

    search: str
    asked: list[Sample]
    candidates: list[Candidate]
    contacts: list[Contact]
    verified: bool = Field(default=False, description="Whether an examiner looked: never here")
    calibrated: str = Field(
        description="own: on your bureau's gallery; shipped: the house's default table; none: no table is of "
        "the encoder of the faces asked, which are ordered by likeness alone and add nothing to a score"
    )


class Brief(Strict):
    """A set in one line."""

    id: str
    version: int
    sort: Sort
    state: Literal["enrolled", "unsolved", "solved"]
    title: str
    reference: str
    owner: str
    person: str
    caption: str
    fingers: list[int]
    faces: int
    taken: str
    changed: str


class Set(Brief):
    """A set as its reader gets it."""

    samples: list[Sample]
    place: str
    capture: str
    text: str
    expires: str
    handling: HandlingForm | None = Field(description="To the owner alone")
    extractor: str
    encoders: list[str]
    profile: list[str] = Field(description="What the set lacks or what is weak in it")


class Rehandling(Strict):
    """What is said of a set of your bureau from now on, whole."""

    version: int
    handling: HandlingForm
    person: Id | Literal[""] = ""
    title: Name = ""
    reference: Reference = ""
    text: Text = ""


class Judgement(Strict):
    """What an examiner says of a candidate. `marked`: points he had marked before he saw the score."""

    verdict: Verdict
    marked: int = Field(default=0, ge=0, le=1000)
    text: Text = ""
