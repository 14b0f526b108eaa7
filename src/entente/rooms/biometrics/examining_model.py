"""What examiners take and give (the API's schemas)."""

from typing import Literal

from pydantic import Field

from entente.rooms.biometrics import model as m
from entente.rooms.records import Strict
from entente.rooms.search import Contact

Which = Literal["new", "waiting", "mine", "all"]
ComparisonSort = Literal["search", "mark", "duplicate"]


class Verdict(Strict):
    """What one examiner said. Nobody is told of it before the comparison is decided."""

    verdict: m.Verdict
    officer: str = Field(description="Name of the examiner")
    at: str
    text: str


class Overlay(Strict):
    """How one sample lies on another: a part of a score without its score."""

    asked: int = Field(description="Number of the asked sample")
    found: int = Field(description="Number of the sample of the set proposed")
    what: Literal["finger", "face"]
    position: int
    pairs: list[list[int]] = Field(
        description="Places of paired minutiae in the asked and in the found sample"
    )
    turn: float = Field(description="Degrees by which the found one is turned onto the asked one")


class Judged(Strict):
    """What is said of a candidate of one's own search, as far as it is decided."""

    comparison: str
    set: str
    state: m.State


class Comparison(Strict):
    """One candidate under two examiners' eyes; nothing of the first verdict is told while it waits."""

    id: str
    sort: ComparisonSort
    how: Literal["shown", "contact"] = Field(description="contact: an owner to ask, and no set, no score")
    state: m.State
    at: str = Field(description="When it was proposed")
    search: str = Field(description="The search that it is of, else empty")
    mine: str = Field(description="Your bureau's set, empty where it is of a search")
    mine_title: str
    theirs: str = Field(description="The set proposed")
    theirs_title: str
    theirs_sort: Literal["", "person", "mark"]
    person: str = Field(description="The person's record that the set proposed names, where you may see it")
    caption: str
    owner: str = Field(description="Code of the owner of the set proposed")
    contact: Contact | None
    purpose: str
    justification: str
    yours: Literal["", "first", "second"] = Field(description="The verdict that you may give now")
    noted: bool = Field(description="Whether somebody took note of an owner to contact")
    score: float | None = Field(description="null until you have judged it or it is decided")
    parts: list[m.Share] = Field(description="Empty as long as the score is null")
    verdicts: list[Verdict] = Field(description="Both, once it is decided")
    hit: str = Field(description="The hit that came of it, with the set's owner")


class Laid(Strict):
    """Both sides for an examiner's eye, and no score. `token`: proves that the picture was given today."""

    comparison: str
    asked: list[m.Sample] = Field(description="As searched, or of your bureau's set")
    found: list[m.Sample]
    overlays: list[Overlay]
    token: str = Field(description="To send with the verdict; empty where no picture is needed")


class Opened(Comparison):
    """A comparison with its two sides; of a search whose picture was not given, one side alone."""

    laid: Laid


class Pictures(Strict):
    """The picture that was searched, given again: the house has not kept it."""

    files: m.Files


class SecondJudgement(m.Judgement):
    """A verdict on a comparison. `token`: of the picture given again, for a candidate of a search."""

    token: str = Field(default="", max_length=64)


class Same(Strict):
    """Another set that two examiners of your bureau say is of the same person."""

    set: str
    title: str
    comparison: str
    at: str
    by: list[str] = Field(description="Names of the two examiners")
