"""What the search room takes and gives (the API's schemas)."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import Strict

Text = Annotated[str, StringConstraints(max_length=2000)]
VerdictWord = Literal["same", "not-same", "cannot-tell"]


class Search(Strict):
    """One box: anything in `text`; the filters narrow. At least `text` is needed."""

    text: Text = Field(min_length=1, examples=["Ivo Marenko 1971", "P1234567", "XA12 3456 7890"])
    kind: str = Field(
        default="", max_length=64, description="A kind, such as Person; its narrower kinds are in"
    )
    born: str = Field(default="", max_length=40, examples=["1971", "1970/1975", "~1971", "1971-03-05"])
    nationality: str = Field(default="", max_length=4, examples=["xa"])
    sex: Literal["", "male", "female", "other"] = ""
    limit: int = Field(default=20, ge=1, le=100)


class Said(Strict):
    """One thing the box understood."""

    what: str
    value: str


class Why(Strict):
    """One rule's part in a score; the parts sum to it."""

    rule: str
    asked: str
    found: str
    part: float


class Candidate(Strict):
    """A record that may be meant. A person decides."""

    id: str
    kind: str
    caption: str
    owner: str
    featured: dict[str, list[str]]
    grade: str
    expires: str
    score: float
    reasons: list[Why]


class Contact(Strict):
    """An owner who has something, and nothing more: whom to ask, quoting the token."""

    bureau: str
    label: str
    desk: str
    phone: str
    email: str
    token: str


class Answer(Strict):
    """Candidates best first, owners to contact, and what was understood of the question."""

    search: str = Field(description="Id of this search, for verdicts")
    understood: list[Said]
    candidates: list[Candidate]
    contacts: list[Contact]
    narrow: bool = Field(
        description="More records fit equally well than can be ranked: add a date, a nationality"
    )


class Verdict(Strict):
    """What an officer says of a candidate of his own search."""

    record: str = Field(max_length=64)
    verdict: VerdictWord
    urgent: bool = Field(default=False, description="Confirmation in 10 minutes instead of an hour")
    text: str = Field(default="", max_length=2000)


class VerdictKept(Strict):
    verdict: str
    hit: str | None


class Confirmation(Strict):
    """The owner's answer to a hit."""

    answer: Literal["confirmed", "denied"]
    text: str = Field(default="", max_length=2000)


class Hit(Strict):
    """A candidate judged the same, between the searching bureau and the owner; or a silent notice."""

    id: str
    state: str
    record: str
    caption: str
    owner: str
    asker: str
    asked: str
    purpose: str
    justification: str
    urgent: bool
    at: str
    due: str
    overdue: bool
    text: str
    answer: str
    token: str


class Review(Strict):
    """Records of your bureau that will be deleted on a day unless you keep them longer."""

    id: str
    until: str
    records: int = Field(description="How many; see /records?expires=…")
    more: bool = Field(description="There are more than were counted")


class Inbox(Strict):
    """What burns first: hits by due time, then silent notices, then reviews."""

    hits: list[Hit]
    reviews: list[Review]
