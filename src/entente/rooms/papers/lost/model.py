"""What is taken and given of lost and stolen documents (the API's schemas)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.papers.lost.vocabulary import Sort, Status
from entente.rooms.records import HandlingForm, Strict
from entente.rooms.search import Contact

MOST_AT_ONCE = 1_000
EVERYONE = HandlingForm(mode="everyone")
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


# --- looked up -----------------------------------------------------------------------------------


class Document(Strict):
    """A document that somebody holds in the hand."""

    number: Number = Field(examples=["L898902C3", "L898902C<3"])
    issuer: Line = Field(default="", description="Country: name, two or three letters; empty: any")
    type: Sort | Literal[""] = ""
    name: Line = Field(default="", description="Of the holder who shows it: is it he who reported it?")
    birth: Annotated[str, StringConstraints(max_length=40)] = ""


class Check(Strict):
    """Numbers to look up. `alike`: other readings too (O and 0, I and 1 …); without it: for a single one."""

    documents: list[Document] = Field(min_length=1, max_length=MOST_AT_ONCE)
    alike: bool | None = None


class Match(Strict):
    """A document that its issuer calls lost or stolen. Potential: until the owner confirms it."""

    record: str
    state: Literal["potential"] = "potential"
    line: Literal["exact", "range", "other", "alike"] = Field(
        description="`other`: the number is the same, issuer or type are not; `alike`: a suggestion alone"
    )
    form: str = Field(description="How the number follows from the one that was asked")
    status: Status
    issuer: str = Field(description="Country code")
    owner: str
    type: str
    number: str
    last: str = Field(description="Last number, of a range of blanks")
    date: str
    place: str
    country: str = Field(description="Where it was stolen or lost")
    case: str
    circumstances: str
    same_holder: Literal["yes", "no", "unknown"] = Field(
        description="`yes`: probably the rightful owner, who reported it"
    )


class Answer(Strict):
    """What is known of one number."""

    search: str = Field(description="Id of this search, for a verdict: “same” asks the owner to confirm")
    number: str
    numbers: list[str] = Field(description="The forms that were asked")
    matches: list[Match]
    alike: list[Match] = Field(description="Second line: other readings, to look at again")
    contacts: list[Contact]


class Answers(Strict):
    documents: list[Answer]


class ListedAnswer(Strict):
    """One row of a list. `fault`: why it was not asked."""

    row: int
    number: str
    fault: str
    answer: Answer | None


class ListAnswer(Strict):
    """A list, row by row. `columns`: which column was read as what."""

    columns: dict[str, str]
    rows: list[ListedAnswer]
    found: int = Field(description="Rows with a match that is not recovered")


# --- said ----------------------------------------------------------------------------------------


class Circumstances(Strict):
    """What became of it, when and where."""

    status: Status
    date: Annotated[str, StringConstraints(max_length=40)] = ""
    place: Line = ""
    country: Line = ""
    case: Line = ""
    circumstances: Text = ""


class Report(Circumstances):
    """A document of one's own country that is lost, stolen, revoked or invalid."""

    number: Number
    type: Sort = "passport"
    issuer: Line = Field(default="", description="Your own country; nothing else is taken")
    surname: Line = Field(
        default="", description="Of the holder: compared with who shows it; it stands in the record"
    )
    given: Line = ""
    birth: Annotated[str, StringConstraints(max_length=40)] = ""
    ref: Line = ""
    expires: date | None = None
    handling: HandlingForm = EVERYONE


class Change(Circumstances):
    """What became of it by now; `version` is the one you saw."""

    version: int = Field(ge=1)


class RangeForm(Circumstances):
    """Numbers of blanks: `first` to `last`, written alike (XB0012000 to XB0012999)."""

    status: Status = "stolen-blank"
    first: Number
    last: Number
    type: Sort = "passport"
    issuer: Line = ""
    handling: HandlingForm = EVERYONE


class Lost(Circumstances):
    """One document that your bureau called lost or stolen."""

    id: str
    version: int
    number: str
    type: str
    issuer: str
    owner: str
    ref: str
    changed: str
    expires: date


class BlankRange(Circumstances):
    """A range of blanks, as its reader gets it."""

    id: str
    version: int
    first: str
    last: str
    count: int
    type: str
    issuer: str
    owner: str
    changed: str
