"""What the chart workspace and the server tell each other."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from entente.rooms.analysis.charts.cells import Label
from entente.rooms.analysis.showing import Link, Node
from entente.rooms.records import Strict

Title = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
ThingId = Annotated[str, StringConstraints(max_length=64)]
CellKey = Annotated[str, StringConstraints(max_length=80)]
Said = dict[CellKey, dict[str, Any] | None]
FORMATS = ("svg", "pdf", "png", "csv", "json", "graphml", "gexf", "anx", "ftm")
Format = Literal["svg", "pdf", "png", "csv", "json", "graphml", "gexf", "anx", "ftm"]


class As(Strict):
    """The format of an export."""

    format: Format


class ChartForm(Strict):
    """A new chart. `of`: begin with what you see of another. `private`: for your bureau's members alone."""

    title: Title
    cells: Said = Field(default={}, max_length=5_000)
    of: ThingId = ""
    private: bool = False


class Titled(Strict):
    title: Title


class With(Strict):
    chart: ThingId = Field(description="The chart whose items come in beside this one's")


class CommandForm(Strict):
    """Cells to set; null takes one off. `was` is what you saw there: the server keeps what stood there."""

    label: Label = ""
    set: Said = Field(max_length=5_000)
    was: Said = Field(default={}, max_length=5_000)


class StepsForm(Strict):
    """What you did, and the last step that you know; no commands: only what others did since."""

    after: ThingId = ""
    commands: list[CommandForm] = Field(default=[], max_length=200)


class CommandOut(Strict):
    label: str
    set: dict[str, dict[str, Any] | None]
    was: dict[str, dict[str, Any] | None]


class StepOut(Strict):
    """What somebody did, as far as you see the cells of it. `by`: name and bureau."""

    id: str
    label: str
    by: str
    at: str
    commands: list[CommandOut]


class Stepped(Strict):
    """`steps`: what others did since the step that you knew. `left`: cells that name what is not there for
    you, and were not set."""

    last: str
    steps: list[StepOut]
    cells: dict[str, dict[str, Any]]
    nodes: list[Node]
    links: list[Link]
    left: list[str]


class Can(Strict):
    write: bool


class ChartOut(Strict):
    """A chart as you may see it now. `last`: the last step on it that you see; `at`: when that was."""

    id: str
    file: str
    title: str
    snapshot: bool
    private: bool
    last: str
    cells: dict[str, dict[str, Any]]
    nodes: list[Node]
    links: list[Link]
    can: Can
    at: str


class ChartRow(Strict):
    """A chart in the list. `of`: the chart that it is a snapshot or a copy of, if you see it."""

    id: str
    title: str
    snapshot: bool
    private: bool
    by: str
    at: str
    of: str


class Against(Strict):
    """Which chart to compare with: a snapshot of it, or any other of the file."""

    other: ThingId = Field(alias="with")


class Change(Strict):
    """What is other in the second: ids of things, links and cells."""

    added: list[str]
    removed: list[str]


class Compared(Strict):
    """The first chart against the second. `nodes`, `edges`: the things and links named here."""

    items: Change
    moved: list[str]
    links: Change
    cells: Change
    changed: list[str] = Field(description="Cells that say something else")
    nodes: list[Node]
    edges: list[Link]
