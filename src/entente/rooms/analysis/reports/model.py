"""What is written in a report, and what its members take and give: blocks, reports, decisions."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.publications import model
from entente.rooms.records import Strict

Caption = Annotated[str, StringConstraints(max_length=300)]
Markdown = Annotated[str, StringConstraints(max_length=20_000)]
Likelihood = Literal[
    "remote", "highly-unlikely", "unlikely", "realistic", "likely", "highly-likely", "almost-certain"
]
"""The probability yardstick of the UK's Professional Head of Intelligence Assessment (2019)."""
Confidence = Literal["low", "moderate", "high"]
MOST_BLOCKS = 200
MOST_ROWS = 2_000


class _Block(Strict):
    id: model.MaybeId = Field(default="", description="Empty for a new block")


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
    record: model.Id
    text: Markdown = ""


class Figure(_Block):
    """A chart of the file, as it stands when the report is published."""

    sort: Literal["figure"] = "figure"
    chart: model.Id
    caption: Caption = ""


class Timeline(_Block):
    """What these records say happened when, in order."""

    sort: Literal["timeline"] = "timeline"
    ids: list[model.Id] = Field(min_length=1, max_length=500)
    since: date | None = None
    until: date | None = None
    caption: Caption = ""


class Places(_Block):
    """These records by country."""

    sort: Literal["places"] = "places"
    ids: list[model.Id] = Field(min_length=1, max_length=500)
    caption: Caption = ""


class Records(_Block):
    """These records as a table. `columns`: names of properties; none: those that their kind features."""

    sort: Literal["records"] = "records"
    ids: list[model.Id] = Field(min_length=1, max_length=1_000)
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
    chart: model.MaybeId = ""
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


class ReportForm(Strict):
    """A report to write."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    level: model.LevelName = "official"
    template: Annotated[str, StringConstraints(max_length=40)] = ""
    blocks: list[Block] = Field(default=[], max_length=MOST_BLOCKS)
    distribution: list[model.Recipient] = Field(default=[], max_length=model.MOST_RECIPIENTS)
    changes: Annotated[str, StringConstraints(max_length=10_000)] = Field(
        default="", description="What is new in this edition, for those who had the one before"
    )


class ReportEdit(ReportForm):
    """The whole report anew. `seen`: what you saw (Report.seen)."""

    seen: Annotated[str, StringConstraints(max_length=64)]


class Submit(Strict):
    """Ask a supervisor of the file to approve it."""

    seen: Annotated[str, StringConstraints(max_length=64)]
    approver: model.Id


class Decide(Strict):
    """Approve exactly what was seen, or send it back with a reason."""

    seen: Annotated[str, StringConstraints(max_length=64)]
    approve: bool
    why: Annotated[str, StringConstraints(max_length=2_000)] = ""


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
    level: model.LevelName
    template: str
    approver: str
    blocks: list[Shown]
    distribution: list[model.Recipient]
    changes: str
    supersedes: str
    sha256: str
    seen: str
    history: list[Done]
    can: list[str]
