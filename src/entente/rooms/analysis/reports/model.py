"""What the reports room takes and gives: blocks, reports, release checks, copies, feedback, templates."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from entente.rooms.records import Strict

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
BlockId = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{32})?$")]
Caption = Annotated[str, StringConstraints(max_length=300)]
Markdown = Annotated[str, StringConstraints(max_length=20_000)]
LevelName = Literal["official", "restricted", "confidential"]
LEVEL: TypeAdapter[LevelName] = TypeAdapter(LevelName)
Likelihood = Literal[
    "remote", "highly-unlikely", "unlikely", "realistic", "likely", "highly-likely", "almost-certain"
]
"""The probability yardstick of the UK's Professional Head of Intelligence Assessment (2019)."""
Confidence = Literal["low", "moderate", "high"]
MOST_BLOCKS = 200
MOST_ROWS = 2_000
MOST_RECIPIENTS = 100


class _Block(Strict):
    id: BlockId = Field(default="", description="Empty for a new block")


class Text(_Block):
    """Markdown: headings, lists, quotations, emphasis, code. `[[<id>]]` cites a record. No HTML, no links."""

    sort: Literal["text"] = "text"
    text: Markdown = Field(min_length=1)


class Judgement(_Block):
    """A key judgement, how likely, and how confident its author is in it."""

    sort: Literal["judgement"] = "judgement"
    text: Annotated[str, StringConstraints(min_length=1, max_length=4_000)]
    likelihood: Likelihood
    confidence: Confidence


class Profile(_Block):
    """A record's own facts. `text`: what its author adds, in Markdown."""

    sort: Literal["profile"] = "profile"
    record: Id
    text: Markdown = ""


class Figure(_Block):
    """A chart of the file, as it stands when the report is published."""

    sort: Literal["figure"] = "figure"
    chart: Id
    caption: Caption = ""


class Timeline(_Block):
    """What these records say happened when, in order."""

    sort: Literal["timeline"] = "timeline"
    ids: list[Id] = Field(min_length=1, max_length=500)
    since: date | None = None
    until: date | None = None
    caption: Caption = ""


class Places(_Block):
    """These records by country."""

    sort: Literal["places"] = "places"
    ids: list[Id] = Field(min_length=1, max_length=500)
    caption: Caption = ""


class Records(_Block):
    """These records as a table. `columns`: names of properties; none: those that their kind features."""

    sort: Literal["records"] = "records"
    ids: list[Id] = Field(min_length=1, max_length=1_000)
    columns: list[Annotated[str, StringConstraints(max_length=64)]] = Field(default=[], max_length=8)
    caption: Caption = ""


class Table(_Block):
    """A table that its author wrote; cells may cite records."""

    sort: Literal["table"] = "table"
    head: list[Caption] = Field(min_length=1, max_length=12)
    rows: list[
        Annotated[list[Annotated[str, StringConstraints(max_length=500)]], Field(min_length=1, max_length=12)]
    ] = Field(max_length=MOST_ROWS)
    caption: Caption = ""


class Metrics(_Block):
    """Measures of the file's network, or of a chart's, with rank bands, over what the author may see."""

    sort: Literal["metrics"] = "metrics"
    chart: BlockId = ""
    which: list[Annotated[str, StringConstraints(max_length=40)]] = Field(default=["degree"], max_length=3)
    most: int = Field(default=20, ge=1, le=200)
    caption: Caption = ""


class Citations(_Block):
    """What the report cites. `contributions`: also in which contribution it came, with its reference."""

    sort: Literal["citations"] = "citations"
    contributions: bool = False


Block = Annotated[
    Text | Judgement | Profile | Figure | Timeline | Places | Records | Table | Metrics | Citations,
    Field(discriminator="sort"),
]


class Recipient(Strict):
    """Who gets a numbered copy: a bureau (whoever of it is cleared), or one officer of it."""

    bureau: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{2,8}$", max_length=8)]
    unit: Annotated[str, StringConstraints(max_length=120)] = ""
    officer: BlockId = Field(default="", description="An officer of your bureau, or a member of the file")
    channel: Annotated[str, StringConstraints(max_length=60)] = "entente"


class ReportForm(Strict):
    """A report to write."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    level: LevelName = "official"
    template: Annotated[str, StringConstraints(max_length=40)] = ""
    blocks: list[Block] = Field(default=[], max_length=MOST_BLOCKS)
    distribution: list[Recipient] = Field(default=[], max_length=MOST_RECIPIENTS)
    changes: Annotated[str, StringConstraints(max_length=10_000)] = Field(
        default="", description="What is new in this edition, for those who had the one before"
    )


class ReportEdit(ReportForm):
    """The whole report anew. `seen`: what you saw (Report.seen)."""

    seen: Annotated[str, StringConstraints(max_length=64)]


class Submit(Strict):
    """Ask a supervisor of the file to approve it."""

    seen: Annotated[str, StringConstraints(max_length=64)]
    approver: Id


class Decide(Strict):
    """Approve exactly what was seen, or send it back with a reason."""

    seen: Annotated[str, StringConstraints(max_length=64)]
    approve: bool
    why: Annotated[str, StringConstraints(max_length=2_000)] = ""


class Why(Strict):
    """A reason."""

    why: Annotated[str, StringConstraints(min_length=10, max_length=2_000)]


class ReleaseForm(Strict):
    """Which of your bureau's sources which bureaus may read in this report. `sources`: none named, all."""

    sources: list[Id] = Field(default=[], max_length=2_000)
    bureaus: list[Annotated[str, StringConstraints(max_length=8)]] = Field(min_length=1, max_length=256)


class Shown(Strict):
    """A block as you may see it: what was written, and what is drawn of it."""

    block: Block
    drawn: dict[str, object]


class ReportRow(Strict):
    """A report in its file's list."""

    id: str
    title: str
    edition: int
    state: str
    author: str
    published: str


class Done(Strict):
    """One thing that was done to it."""

    at: str
    did: str
    officer: str
    why: str


class Report(ReportRow):
    """A report as you may see it in its file."""

    file: str
    level: LevelName
    template: str
    approver: str
    blocks: list[Shown]
    distribution: list[Recipient]
    changes: str
    supersedes: str
    sha256: str
    seen: str
    history: list[Done]
    can: list[str]


class Blocked(Strict):
    """Why a block cannot go to a recipient. `what`: "source", "level", "purpose"."""

    block: str
    number: int
    bureau: str
    officer: str
    what: str
    source: str
    caption: str
    owner: str


class Option(Strict):
    """What can be done about a block: remove it, write a sentence instead, or ask an owner (send `text`)."""

    block: str
    do: Literal["remove", "replace", "ask"]
    bureau: str
    sources: list[str]
    text: str


class Released(Strict):
    """A source that its owner lets bureaus read in this report."""

    id: str
    source: str
    caption: str
    owner: str
    bureaus: list[str]
    holds: bool


class Checked(Strict):
    """The release check: nothing blocks when `blocked` is empty."""

    recipients: int
    sources: int
    blocked: list[Blocked]
    options: list[Option]
    released: list[Released]


class CopyRow(Strict):
    """A copy of a report that was sent to you. One that is suspended or withdrawn says only that."""

    id: str
    number: int
    state: str
    title: str
    edition: int
    owner: str
    published: str
    read: bool


class Copy(CopyRow):
    """A copy as its reader gets it. `document`: the frozen data (SHA-256: `sha256`)."""

    sha256: str
    why: str
    level: str
    document: dict[str, object] | None
    feedback: str


class FeedbackForm(Strict):
    """What became of it."""

    verdict: Literal["used", "useful", "wrong"]
    text: Annotated[str, StringConstraints(max_length=5_000)] = ""


class Feedback(Strict):
    """What a reader said."""

    id: str
    bureau: str
    number: int
    verdict: str
    text: str
    at: str


class Receipt(Strict):
    """Whether a copy was read."""

    number: int
    bureau: str
    unit: str
    officer: str
    state: str
    read: list[str]


class TemplateForm(Strict):
    """How a bureau's reports look."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    header: Annotated[str, StringConstraints(max_length=200)] = ""
    footer: Annotated[str, StringConstraints(max_length=200)] = ""
    caveat: Annotated[str, StringConstraints(max_length=2_000)] = ""
    lang: Literal["en", "fr", "es", "ar"] = "en"


class Template(TemplateForm):
    code: str
