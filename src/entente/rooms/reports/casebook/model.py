"""What the casebook takes and gives."""

from typing import Annotated

from pydantic import Field, StringConstraints

from entente.rooms.publications import model as p
from entente.rooms.records import Strict
from entente.rooms.reports.model import Access, Chapter, Id

Markdown = Annotated[str, StringConstraints(max_length=20_000)]
Line = Annotated[str, StringConstraints(max_length=500)]
Seen = Annotated[str, StringConstraints(max_length=64)]
Claim = Annotated[int, Field(ge=1, le=100_000)]
MOST_CASES = 60
MOST_EDITIONS = 200
"""Casebooks of a bureau."""


class Choice(Strict):
    """A case that stands in the book. `leave_out`: numbers of claims that the book does not tell."""

    case: Id
    leave_out: list[Claim] = Field(default=[], max_length=400)


class Form(Strict):
    """What a casebook is beside its title, level and recipients."""

    access: Access = "law_enforcement"
    foreword: Markdown = Field(default="", description="Markdown")
    overviews: dict[Chapter, Markdown] = Field(default={}, description="What each chapter begins with")
    cases: list[Choice] = Field(default=[], max_length=MOST_CASES)
    count_why: Line = Field(default="", description="Why the edition has not 25 to 30 cases")


class CasebookForm(Form):
    """An edition of the casebook."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    level: p.LevelName = "official"
    template: Annotated[str, StringConstraints(max_length=40)] = ""
    distribution: list[p.Recipient] = Field(default=[], max_length=p.MOST_RECIPIENTS)
    changes: Annotated[str, StringConstraints(max_length=10_000)] = Field(
        default="", description="What is new in this edition, for those who had the one before"
    )


class CasebookEdit(CasebookForm):
    """The whole anew. `seen`: what you saw (Casebook.seen)."""

    seen: Seen


class Submit(Strict):
    """Ask a supervisor of your bureau to approve it."""

    seen: Seen
    approver: p.Id


class Decide(Strict):
    """Approve exactly what was seen, or send it back with a reason."""

    seen: Seen
    approve: bool
    why: Annotated[str, StringConstraints(max_length=2_000)] = ""


# --- what is given -------------------------------------------------------------------------------


class Reason(Strict):
    """Why a case is not admitted."""

    code: str
    text: str


class CaseRow(Strict):
    """A chosen case as you see it. `links`: sentences of the book; `left`: claims that it does not tell."""

    id: str
    number: int
    reference: str
    title: str
    chapter: str
    admitted: bool
    reasons: list[Reason]
    links: int
    left: int


class Wrong(Strict):
    """What keeps an edition from being exported or published, and where."""

    where: str
    what: str
    do: str


class ErratumOut(Strict):
    """What was wrong in a print, and since when it is not in it. `what`: demoted, gone, corrected."""

    number: int
    at: str
    case: int
    reference: str
    what: str
    reasons: list[Reason]


class Row(Strict):
    """A casebook in the list. `admitted`: of the cases chosen, as you see them."""

    id: str
    title: str
    edition: int
    state: str
    access: str
    admitted: int
    chosen: int
    author: str
    published: str
    errata: int


class Casebook(Row):
    """An edition as you see it. `wrong`: what stands in the way of its export; `can`: what you may do."""

    least: int
    most: int
    level: p.LevelName
    template: str
    approver: str
    changes: str
    supersedes: str
    sha256: str
    foreword: str
    overviews: dict[Chapter, str]
    count_why: str
    cases: list[CaseRow]
    leave_out: dict[str, list[int]]
    levels: dict[str, int]
    distribution: list[p.Recipient]
    printed_errata: list[ErratumOut]
    wrong: list[Wrong]
    limits: str
    seen: str
    history: list[dict[str, str]]
    can: list[str]
