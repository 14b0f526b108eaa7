"""What a guided check takes, keeps and gives.

Boxes of a zone are shares of the picture (0 to 1, from its upper left corner); those of pages are mm.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from entente.rooms.papers.lost.model import Match as LostMatch
from entente.rooms.papers.model import Box, StepOut, VersionRow, Why
from entente.rooms.records import Strict
from entente.rooms.search import Candidate, Contact

Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
MrzLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Verdict = Literal["genuine", "suspicious", "false", "undetermined"]
State = Literal["open", "waiting", "closed"]
Saying = Literal["fine", "wrong", "unseen"]
Which = Literal["printed", "likely", "typed"]
PRINTED = "surname given number birth expiry sex nationality personal issuer issued".split()


class PrintedForm(Strict):
    """The page (visual zone) as the officer types it; empty what he did not. Dates in any form of pages."""

    surname: Said = ""
    given: Said = ""
    number: Said = ""
    birth: Said = ""
    expiry: Said = ""
    sex: Said = ""
    nationality: Said = ""
    personal: Said = ""
    issuer: Said = ""
    issued: Said = ""


class Zone(Strict):
    """One zone as it was read. `cost`: nats between what is printed and the likeliest text that conforms:
    0 the same, below 1 a misread character, above 3 a zone that says so itself or cannot be read."""

    lines: list[str]
    likely: list[str]
    cost: float
    worth: float = Field(description="Mean log-likelihood a character; below -0.4 it is lost")
    form: str
    turned: int = Field(description="Clockwise, degrees")
    box: list[float] = Field(description="Left, top, right, bottom, shares of the picture")


class Region(Strict):
    """Where the page differs from its specimen. `score`: 0 the same, 1 nothing in common."""

    score: float
    box: Box


class Measured(Strict):
    """Print that never changes, where it stands. `dx`, `dy`: mm off; None where it was not found."""

    name: str
    kind: str
    state: Literal["in place", "shifted", "missing", "unseen"]
    dx: float | None
    dy: float | None


class Comparison(Strict, frozen=False):
    """A page held against the specimen of a version. `clear`: sharp enough that one changed digit shows;
    where not, that nothing was found says nothing. `compared`: share of the page."""

    version: str
    page: int
    aligned: bool
    clear: bool = False
    compared: float = 0
    regions: list[Region] = []
    glare: list[Box] = []
    anchors: list[Measured] = []
    copied: bool = Field(default=False, description="The background was scanned and printed again")
    width: float = 0
    height: float = 0
    drawn: str = Field(default="", description="SHA-256 of the page drawn onto the specimen")
    map: str = Field(default="", description="SHA-256 of the page with its differences tinted")


class Answer(Strict):
    """What an officer says of one mark of the version. `feature`: its place in the version's list, from 0."""

    feature: int = Field(ge=0, le=299)
    said: Saying
    note: Note = ""


class Asked(Strict, frozen=False):
    """A search that the check made. `shown`: the records it told; `owners`: numbers of bureaus to contact."""

    what: Literal["lost", "name"]
    search: str = ""
    text: str
    born: str = ""
    issuer: str = ""
    names: str = ""
    shown: list[str] = []
    owners: list[int] = []


class Content(Strict, frozen=False):
    """What is kept of a check: changed step by step."""

    zones: list[Zone] = []
    why: str = Field(default="", description="Why no zone was read: absent, blurred, glare")
    zone: int = 0
    which: Which = "printed"
    typed: list[str] = []
    printed: PrintedForm = PrintedForm()
    version: str = ""
    candidates: list[str] = []
    answers: list[Answer] = []
    comparison: Comparison | None = None
    searches: list[Asked] = []
    picture: str = ""
    note: str = ""
    alert: str = Field(default="", description="Id of the alert that was drafted of it")


class Begin(Strict):
    """A check without a picture: the lines of the zone typed."""

    lines: list[MrzLine] = Field(min_length=1, max_length=4)
    printed: PrintedForm = PrintedForm()


class Step(Strict):
    """`seen`: the number of the check's version that you saw."""

    seen: int = Field(ge=1)


class Reread(Step):
    """Which reading the paper has, by the officer's eye: of which zone, printed or likely, or typed anew."""

    zone: int = Field(default=0, ge=0, le=20)
    which: Which
    lines: list[MrzLine] = Field(default=[], max_length=4)


class OnPage(Step):
    """The page as the officer types it."""

    printed: PrintedForm


class Choose(Step):
    """The version that the paper seems to be; empty: none."""

    version: Annotated[str, StringConstraints(max_length=64)] = ""


class Answers(Step):
    """The checklist, in whole or in part: others stay as they are."""

    answers: list[Answer] = Field(max_length=300)


class Decide(Step):
    """The officer's verdict. `why` is needed unless it is genuine."""

    verdict: Verdict
    why: Why = ""


class Escalate(Step):
    """To the second or third line of the bureau."""

    level: Literal[2, 3]
    why: Why


class Judged(Strict):
    """One finding: a stable mark, how grave, of which field, and a sentence in the reader's language."""

    mark: str
    tone: Literal["wrong", "doubt", "ok"]
    field: str
    said: str
    values: dict[str, Any]


class LostTold(Strict):
    """What issuers say of the number. `issuer`: the country asked for, empty where it is none of ours."""

    search: str
    text: str
    issuer: str = ""
    matches: list[LostMatch]


class NamesTold(Strict):
    """Who is known by the names of the zone."""

    search: str
    text: str
    candidates: list[Candidate]


class Row(Strict):
    """A check in a list."""

    id: str
    number: str
    issuer: str
    title: str
    state: State
    level: int
    verdict: Verdict | Literal[""]
    at: str
    officer: str


class Check(Row):
    """A check as an officer of its bureau gets it, with what he may see now."""

    seen: int
    lines: list[str] = Field(description="The reading that is judged")
    content: Content
    findings: list[Judged]
    versions: list[VersionRow]
    lost: list[LostTold]
    names: list[NamesTold]
    contacts: list[Contact]
    expires: str
    history: list[StepOut]
