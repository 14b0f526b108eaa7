"""What the series room takes and gives (the API's schemas). Of files: media_model.py."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import HandlingForm, Strict
from entente.rooms.search import Contact
from entente.rooms.series.media_model import MOST_AT_ONCE, Line, Media, Said

State = Literal["unidentified", "in-progress", "identified", "distributed"]
Sharing = Literal["open", "blind", "silent"]
Says = Literal[
    "identified",
    "in-progress",
    "distributed",
    "unidentified",
    "known",
    "own",
    "near",
    "contact",
    "new",
    "ignored",
]
Name = Annotated[Said, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[Said, StringConstraints(strip_whitespace=True, max_length=2000)]
Why = Annotated[Said, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Count = Annotated[int, Field(ge=0, le=100_000)]


# --- asked ---------------------------------------------------------------------------------------


class Check(Strict):
    """Files to ask for, as hashes. They are kept for `days`, so that what comes later is told too."""

    media: list[Media] = Field(min_length=1, max_length=MOST_AT_ONCE)
    days: int = Field(default=30, ge=1, le=365)


class Brief(Strict):
    """A series in one line."""

    id: str
    name: str
    state: State
    lead: str
    identified: str
    merged: bool = False


class Match(Strict):
    """Something that hangs together with the file asked for, and why."""

    image: str
    line: str = Field(description="identical, same, probable, video, image_id, device, lens")
    evidence: dict[str, str]
    bureau: str
    series: Brief | None
    category: str = Field(description="In the common scheme")
    victim_identified: bool
    distributed: bool
    contact: Contact | None = Field(description="Whom to ask; none where it is your own bureau's")
    working: list[str] = Field(description="Bureaus that say they work on the series")


class Answered(Strict):
    """What is known of one file; `says` in a word.

    The state of its series; `known`: in no series; `own`: your bureau's alone; `near`: something that
    resembles it; `ignored`: it stands on your bureau's negative list.
    """

    label: str
    question: str = Field(description="Id of the question as it is kept")
    says: Says
    ties: list[Match]
    contacts: list[Contact] = Field(description="Bureaus that have something, and let nobody see it")


class Answers(Strict):
    answers: list[Answered]


# --- contributed ---------------------------------------------------------------------------------


class Contribution(Strict):
    """Files to contribute, as hashes, under one handling; into a series or none."""

    media: list[Media] = Field(min_length=1, max_length=MOST_AT_ONCE)
    series: Id | Literal[""] = ""
    sharing: Sharing = "open"
    handling: HandlingForm | None = Field(default=None, description="Instead of `sharing`, in full")


class Shared(Strict):
    """Who may see an image from now on."""

    sharing: Sharing = "open"


class Kept(Strict):
    """What became of a contribution. `images`: ids in the order of the files."""

    images: list[str]
    new: int = Field(description="New or changed; the rest stood already")


class Image(Strict):
    """One image, as its reader gets it: hashes and descriptors."""

    id: str
    version: int
    bureau: str
    media: Media
    series: Brief | None
    category: str
    changed: str
    expires: str


class Moved(Strict):
    """Images of your bureau, and the series they belong to; none: they belong to none."""

    images: list[Id] = Field(min_length=1, max_length=MOST_AT_ONCE)
    series: Id | Literal[""] = ""


# --- series --------------------------------------------------------------------------------------


class SeriesForm(Strict):
    """A series that your bureau leads."""

    name: Name
    aliases: list[Name] = Field(default=[], max_length=20)
    victims: Count = 0
    victims_identified: Count = 0
    offenders_identified: Count = 0
    first_seen: Annotated[Said, StringConstraints(max_length=40)] = ""
    note: Annotated[Said, StringConstraints(strip_whitespace=True, max_length=4000)] = ""
    sharing: Sharing = "open"
    handling: HandlingForm | None = None


class SeriesChange(SeriesForm):
    """The whole series anew; `version` is the one you saw."""

    version: int = Field(ge=1)
    sharing: Sharing | None = None  # type: ignore[assignment]


class Move(Strict):
    """The next state, and why."""

    state: State
    why: Text = ""
    version: int = Field(ge=1)


class Approve(Strict):
    """What the second person says of the state that was proposed."""

    approve: bool
    why: Text = ""
    version: int = Field(ge=1)


class Merge(Strict):
    """Into which series, and why they belong together."""

    into: Id
    why: Why


class Answer(Strict):
    """Yes or no to a merge that another bureau asks for."""

    approve: bool
    why: Text = ""


class Split(Strict):
    """Images of your bureau that make a series of their own."""

    images: list[Id] = Field(min_length=1, max_length=MOST_AT_ONCE)
    name: Name
    why: Why


class Work(Strict):
    """Your bureau works on it."""

    note: Text = ""


class Working(Strict):
    """A bureau that works on a series."""

    bureau: str
    since: str
    officer: str
    note: str
    contact: Contact | None


class Step(Strict):
    """What was done to a series. Who did it, and why, are for its own bureau alone."""

    at: str
    did: str
    officer: str
    why: str
    other: str


class Series(Strict):
    """One series, as its reader gets it."""

    id: str
    version: int
    name: str
    aliases: list[str]
    state: State
    identified: str
    lead: str
    contact: Contact | None
    victims: int
    victims_identified: int
    offenders_identified: int
    first_seen: str
    note: str
    working: list[Working]
    images: int = Field(description="That you may see")
    more: bool = Field(description="There are more than were counted")
    bureaus: dict[str, int] = Field(description="Images by bureau")
    merged: list[Brief] = Field(description="Series that were merged into it")
    into: Brief | None
    asks: list[Brief] = Field(description="Series that ask to be merged into it")
    asked: Brief | None
    proposed: str = Field(description="A state that waits for a second person of the lead bureau")
    proposer: str
    history: list[Step]
    changed: str


# --- met and judged ------------------------------------------------------------------------------


class Meeting(Strict):
    """Another bureau has, or asks for, what yours has or asks for."""

    id: str
    at: str
    how: Literal["shown", "contact", "asked"]
    line: str
    evidence: dict[str, str]
    bureau: str
    contact: Contact
    justification: str
    mine: list[str]
    ours: list[Brief] = Field(description="The series of ours that those belong to")
    theirs: str
    series: Brief | None
    later: Literal["mine", "theirs"]
    due: str
    noted: str
    late: str
    acknowledged: str = Field(description="When the other side took note, where it was told too")
    token: str


class VerdictForm(Strict):
    """What you say of two that resemble each other: it holds, and they are not proposed again."""

    one: Id
    other: Id
    verdict: Literal["same", "not-a-match"]
    text: Text = ""


class Verdict(Strict):
    one: str
    other: str
    verdict: str
    at: str


class Ignore(Strict):
    """A picture that says nothing: your bureau is told of no likeness to it."""

    text: Annotated[Said, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    media: Media


class Ignored(Strict):
    id: str
    text: str
    pdq: str
    md5: str
    at: str


# --- looked at -----------------------------------------------------------------------------------


class Looks(Strict):
    """Pictures that you looked at since you last said so, and those that you were spared."""

    seen: int = Field(default=0, ge=0, le=10_000)
    spared: int = Field(default=0, ge=0, le=100_000_000)


class Cap(Strict):
    """The most an officer of your bureau looks at in a day."""

    officer: Id
    cap: int = Field(ge=1, le=10_000)


class Exposure(Strict):
    """An officer's day. `left`: how many he may still look at today."""

    officer: str
    name: str
    day: str
    seen: int
    spared: int
    cap: int
    left: int


class Statistics(Strict):
    """What came of your bureau's questions."""

    asked: int
    more: bool
    says: dict[str, int] = Field(description="What was known at once")
    avoided: int = Field(description="Questions whose series somebody had identified or worked on")
    later: int = Field(description="Meetings made by what came later")
    median_wait_s: float | None = Field(description="Of those, how long the earlier one had waited")
    noted: int
    late: int
    median_note_s: float | None = Field(description="From the meeting to your bureau's taking note")


class SchemeForm(Strict):
    """Your bureau's own categories in one version, and what each is in the common scheme."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 ._-]{1,60}$")]
    edition: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 ._-]{1,40}$")]
    categories: dict[Line, dict[Line, Line]] = Field(
        min_length=1, max_length=100, description="Code → {label, common}"
    )


class Scheme(Strict):
    name: str
    edition: str
    own: bool
    categories: dict[str, dict[str, str]]


class Imported(Strict):
    """What became of a file. `faults`: the first hundred; `left_out`: rows that were not kept."""

    read: int
    new: int
    left_out: int
    faults: list[str]
    series: dict[str, str] = Field(description="Name in the file → id of the series")
    unmapped: dict[str, int] = Field(description="Categories that no scheme explains")
