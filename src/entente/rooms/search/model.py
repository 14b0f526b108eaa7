"""What the search room takes and gives (the API's schemas)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import Strict

Text = Annotated[str, StringConstraints(max_length=2000)]
VerdictWord = Literal["same", "not-same", "cannot-tell"]


class Asked(Strict):
    """One box: anything in `text`; the filters narrow. At least `text` is needed."""

    text: Text = Field(min_length=1, examples=["Ivo Marenko 1971", "P1234567", "XA12 3456 7890"])
    kind: str = Field(
        default="", max_length=64, description="A kind, such as Person; its narrower kinds are in"
    )
    born: str = Field(default="", max_length=40, examples=["1971", "1970/1975", "~1971", "1971-03-05"])
    nationality: str = Field(default="", max_length=4, examples=["xa"])
    sex: Literal["", "male", "female", "other"] = ""


class Search(Asked):
    """A question, answered now. At least `text` is needed."""

    limit: int = Field(default=20, ge=1, le=100)


class Said(Strict):
    """One thing the box understood."""

    what: str
    value: str


class Why(Strict):
    """One rule's part in a score, in natural log-odds: the parts sum to the log-odds of the score."""

    rule: str
    asked: str
    found: str
    part: float


class WhatIf(Strict):
    """What the score would be if this were known too: `rule` as of a reason, `found` as the record has it.
    `without`: if a word of the name that speaks against were not so."""

    rule: str
    found: str
    score: float


class Candidate(Strict):
    """A record that may be meant. A person decides. `score`: the probability that it is the same person or
    thing; `same_name`: that the two names are one name, whoever bears it."""

    id: str
    kind: str
    caption: str
    owner: str
    featured: dict[str, list[str]]
    grade: str
    expires: str
    score: float
    same_name: float | None = Field(description="null where no name was asked")
    reasons: list[Why]
    changes: list[WhatIf] = Field(description="What would change the score most")


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


class Withdrawal(Strict):
    """The asker takes a hit back: what he will not need an answer to any more."""

    text: str = Field(default="", max_length=2000)


class Event(Strict):
    """One step in the life of a hit: opened, reminded, late, confirmed, denied, withdrawn."""

    what: str
    at: str
    bureau: str = Field(description="Whose act it was; empty for the clock")


class Hit(Strict):
    """A candidate judged the same, between the searching bureau and the owner; or a silent notice."""

    id: str
    state: str
    match: str = Field(
        description="`direct`: an exact number agrees; `potential`: names do; empty: not judged"
    )
    history: list[Event] = Field(description="Oldest first; empty for a silent notice")
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
    set: str = Field(default="", description="The owner's set of fingers or faces that it came of")
    agreed: list[str] = Field(default=[], description="Of it: `finger-1` to `finger-10`, `finger-0`, `face`")


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


class Tally(Strict):
    """What became of hits. `late`: not answered by the time they were due, or answered after it."""

    hits: int
    open: int
    confirmed: int
    denied: int
    withdrawn: int
    late: int
    direct: int
    median_answer_s: int | None = Field(description="Half of the answers took at most so many seconds")


class WithBureau(Strict):
    """The same, with one other bureau."""

    bureau: str
    sent: Tally
    received: Tally


class Statistics(Strict):
    """Your bureau's hits opened in a period, as far as you may see them; both days are in."""

    since: str
    until: str
    sent: Tally
    received: Tally
    bureaus: list[WithBureau]


class Keep(Asked):
    """A search to keep: what is new or changed and meets it is told to your bureau."""

    until: date | None = Field(default=None, description="Last day; 90 days from now, at most a year")


class StandingRenewal(Strict):
    """A standing query goes on, or stands again, until another day."""

    until: date


class Standing(Strict):
    """A standing query. `stands`; `rests`: whoever keeps it may not search at present; `ended`."""

    id: str
    state: Literal["stands", "rests", "ended"]
    text: str
    kind: str
    born: str
    nationality: str
    sex: str
    purpose: str
    justification: str
    officer: str = Field(description="Name of the officer who keeps it")
    discreet: bool
    at: str
    until: str
    rang: int = Field(description="How often, as far as you may see what it rang for")


class Rung(Strict):
    """A standing query rang: for a record, or for an owner to contact."""

    alert: str
    at: str
    search: str = Field(description="Id of the search in the journal, for a verdict")
    record: str = Field(description="Empty when you may not see it any more")
    caption: str
    kind: str
    contact: Contact | None


Mode = Literal["off", "blind", "open"]


class ModeForm(Strict):
    """Whether your bureau hears of others who ask about the same subject, and they of yours."""

    mode: Mode


class Deconfliction(Strict):
    mode: Mode
    since: str
    days: int = Field(description="Two inquiries meet when no more days than these lie between them")


class Meeting(Strict):
    """Another bureau works on the same subject. `bureau` and its desk are empty where one of you is blind."""

    alert: str
    at: str
    justification: str = Field(description="Your own inquiry that met")
    bureau: str
    label: str
    desk: str
    phone: str
    email: str
    token: str = Field(description="To quote: to the other bureau, or to the secretariat")
    seen: str = Field(description="When your bureau took note")
    acknowledged: str = Field(description="When the other side took note")
