"""What the API takes and gives of companies' reports and of the desk of referrals."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import Strict

Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Reference = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
Id = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]
MOST_IDENTIFIERS = 50
MOST_TABLE = 1_000_000
"""Characters of a table of reports."""


class IdentifierForm(Strict):
    """A number or name by which reports of two industries may meet."""

    sort: Word = Field(examples=["phone"])
    value: Line = Field(examples=["+999 55 0100"])


class ReportForm(Strict):
    """What a company tells. No person, but in the identifiers: other texts that hold one are refused."""

    sector: Word = Field(examples=["post"])
    date: Word = Field(examples=["2026-01-12"], description="As exact as it is known: 2026-01 will do")
    goods: Line = Field(default="", examples=["agro.pesticide"])
    what: Text = Field(examples=["Forty parcels of pesticide without a label"])
    identifiers: list[IdentifierForm] = Field(default=[], max_length=MOST_IDENTIFIERS)


class Contribution(ReportForm):
    """A report to keep. `ref`: your own reference, unique for your company only."""

    ref: Reference = ""


class Correction(ReportForm):
    """The whole report anew; `version` is the one you saw."""

    version: int = Field(ge=1)


class Table(Strict):
    """Reports as CSV: a header, then a row each. Columns: sector, date, goods, what, ref, and the sorts of
    identifiers; several of a sort are parted by a semicolon or a bar that is not the table's own sign."""

    table: Annotated[str, StringConstraints(max_length=MOST_TABLE)]


class Loaded(Strict):
    """How many reports were kept."""

    kept: int


class Introduced(Strict):
    """The other side, once both agreed."""

    bureau: str
    label: str
    desk: str
    phone: str
    email: str


class Told(Strict):
    """What the desk released of a case: another sector is affected. Nothing else is told.

    `answered`: what your side said when it was asked to be introduced.
    """

    case: str
    state: Literal["notified", "consent-asked", "introduced", "declined"]
    contact: Introduced
    answered: Literal["", "yes", "no"] = ""
    other: Introduced | None = None


class Row(Strict):
    """A report of one's own in a list. `cases`: how many the desk released of it."""

    id: str
    sector: str
    date: str
    goods: str
    goods_label: str
    what: str
    ref: str
    identifiers: int
    cases: int
    changed: str


class Report(Strict):
    """A report of one's own."""

    id: str
    version: int
    sector: str
    date: str
    goods: str
    goods_label: str
    what: str
    ref: str
    identifiers: list[IdentifierForm]
    expires: str
    changed: str
    told: list[Told]


class Listing(Strict):
    reports: list[Row]
    after: str


class Answer(Strict):
    """Whether your side wants to be introduced. `case`: its number."""

    case: Word
    answer: Literal["yes", "no"]


# --- seizures that a bureau offers ---------------------------------------------------------------


class OfferForm(Strict):
    """A seizure of your bureau whose identifiers may be compared with companies' reports."""

    seizure: Id


class Offer(Strict):
    id: str
    seizure: str
    title: str
    at: str
    told: list[Told]


class Offers(Strict):
    offers: list[Offer]


# --- the secretariat's desk ----------------------------------------------------------------------


class StepForm(Strict):
    """A step of the desk. One proposes to tell both sides, another releases or returns it. `why`: needed to
    close a case."""

    version: int = Field(ge=1)
    step: Literal["take", "propose", "return", "release", "ask", "decline"]
    why: Text = ""


class Source(Strict):
    """A report or an offered seizure of one side, as far as the desk needs it to judge. `url`: of a seizure
    that you see yourself."""

    sector: str
    date: str
    goods: str
    what: str
    url: str = ""


class Side(Strict):
    """One side of a case. `gone`: reports of it that were withdrawn or have expired."""

    bureau: str
    label: str
    sectors: list[str]
    sources: list[Source]
    gone: int
    answered: Literal["", "yes", "no"] = ""


class Happened(Strict):
    at: str
    did: str
    by: str = ""
    why: str = ""


class CaseRow(Strict):
    """A case in the desk's list."""

    id: str
    case: str
    state: str
    at: str
    sectors: list[str]
    sorts: list[str]


class Case(CaseRow):
    """A case as the desk sees it. `shared`: the identifiers by which the two met; `later`: reports with the
    same that came after both were told; `steps`: what you may do."""

    version: int
    sides: list[Side]
    shared: list[IdentifierForm]
    later: int
    events: list[Happened]
    steps: list[str]


class Cases(Strict):
    cases: list[CaseRow]
