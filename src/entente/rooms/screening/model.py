"""What the screening room takes and gives over HTTP."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import Strict
from entente.rooms.search import Candidate, Contact

Column = Annotated[str, StringConstraints(max_length=120)]
State = Literal["draft", "waiting", "running", "stopped", "done"]
Band = Literal["", "strong", "possible", "contact", "none", "faulty"]
EncodingName = Literal["", "utf-8", "utf-16", "cp1252", "cp1251", "cp1256"]


class Columns(Strict):
    """Names of the columns that say what is asked. Each is guessed from the header where none is named."""

    name: Column = Field(default="", description="A whole name")
    first: Column = Field(default="", description="Given names, beside `last`")
    last: Column = ""
    born: Column = ""
    nationality: Column = ""
    sex: Column = ""
    document: Column = Field(default="", description="Number of a passport or another document")


class Sent(Columns):
    """How a list is to be screened."""

    title: str = Field(default="", max_length=200, description="Empty: the name of the file")
    encoding: EncodingName = Field(default="", description="Empty: found by what is in it")
    start: bool = Field(default=True, description="`false`: keep it as a draft, to look at its columns first")
    watch: date | None = Field(default=None, description="Last day on which what changes is looked at")


class Watching(Strict):
    """Until which day what is new or changed is looked at by itself; empty: no more."""

    watch: date | None = None


class Screening(Strict):
    """A list and how far it is. `header`: its columns in order; `columns`: what they say."""

    id: str
    title: str
    state: State
    why: str = Field(description="Why it stopped: empty, `asked` or `not-allowed`")
    rows: int
    done: int = Field(description="Rows asked so far")
    header: list[str]
    columns: dict[str, str]
    lists: int = Field(description="How many lists were sent, each in place of the one before")
    purpose: str
    justification: str
    discreet: bool
    at: str
    expires: str
    watch: str


class RowCandidate(Candidate):
    """A candidate of a row, and the search by which it was found, for verdicts."""

    search: str


class RowFault(Strict):
    where: str
    what: str
    do: str


class Row(Strict):
    """A row of the list. `row`: its number as a spreadsheet shows it."""

    row: int
    cells: list[str]
    candidates: list[RowCandidate]
    contacts: list[Contact]
    narrow: bool
    faults: list[RowFault]


class Tally(Strict):
    """How many rows there are of each sort, as you may see them now."""

    strong: int
    possible: int
    contact: int
    faulty: int


class Results(Strict):
    """Rows with candidates first, best first. `next`: ask again with `after`; null at the end."""

    screening: Screening
    tally: Tally
    header: list[str]
    rows: list[Row]
    next: int | None
