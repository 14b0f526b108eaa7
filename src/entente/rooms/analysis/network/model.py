"""What is asked of a network over HTTP, and what comes back, counted over what the asker may see."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.analysis.showing import Link, Node
from entente.rooms.records import Strict
from entente.rooms.search import Contact

ThingId = Annotated[str, StringConstraints(max_length=64)]
KindName = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z]*$")]
Direction = Literal["both", "out", "in"]
Reach = Literal["file", "all"]


class Around(Strict):
    """Things whose links are to be counted before any of them is drawn."""

    ids: list[ThingId] = Field(min_length=1, max_length=200)


class Count(Strict):
    """How many links of one kind a thing has, as you may see them."""

    id: str
    kind: str
    label: str
    direction: Direction
    many: int


class Counts(Strict):
    counts: list[Count]


class Expand(Strict):
    """Which links to follow from things. `limit`: links of each thing at most."""

    ids: list[ThingId] = Field(min_length=1, max_length=50)
    kinds: list[KindName] = Field(default=[], max_length=100, description="None named: all")
    direction: Direction = "both"
    since: date | None = None
    until: date | None = None
    limit: int = Field(default=50, ge=1, le=500)
    hops: Literal[1, 2] = 1
    scope: Reach = "file"


class Expanded(Strict):
    """What was found. `shown` of `many` links of the things asked for are told."""

    nodes: list[Node]
    links: list[Link]
    shown: int
    many: int


class Look(Strict):
    """A search from the chart's box."""

    text: str = Field(min_length=1, max_length=1_000)
    limit: int = Field(default=20, ge=1, le=100)


class Looked(Strict):
    """Candidates: those of this file, those elsewhere, and owners to contact."""

    search: str
    on: list[Node]
    elsewhere: list[Node]
    contacts: list[Contact]


class Between(Strict):
    """How two things are joined. `all`: every way of at most `hops` links; `strongest`: by grade."""

    start: ThingId = Field(alias="from")
    to: ThingId
    how: Literal["shortest", "all", "strongest"] = "shortest"
    hops: int = Field(default=6, ge=1, le=6)
    most: int = Field(default=10, ge=1, le=50)
    scope: Reach = "file"


class Way(Strict):
    """One way: its things in order, the links between them, and the product of their reliabilities."""

    things: list[str]
    links: list[str]
    strength: float


class Ways(Strict):
    """`whole`: everything within reach was looked at; else a network too wide was cut."""

    paths: list[Way]
    nodes: list[Node]
    links: list[Link]
    whole: bool


class Join(Strict):
    """Three things or more whose connecting network is asked for."""

    ids: list[ThingId] = Field(min_length=3, max_length=20)
    hops: int = Field(default=4, ge=1, le=6)
    scope: Reach = "file"


class Joined(Strict):
    nodes: list[Node]
    links: list[Link]
    apart: list[str] = Field(description="Those that could not be joined")
    whole: bool


class Scope(Strict):
    """Which network is weighed: a chart's things or the whole file, in a time, perhaps projected."""

    chart: ThingId = Field(default="", description="Empty: the whole file")
    since: date | None = None
    until: date | None = None
    projection: KindName = Field(
        default="", description="Join things that share one of this kind (`Event`), weighted 1/(k-1)"
    )


class Stamp(Strict):
    """Over what a number was computed: a digest of the things and versions, and how many there were."""

    fingerprint: str
    at: str
    things: int
    links: int
    bureaus: list[str]
    level: str
    text: str


class Measure(Scope):
    which: list[Annotated[str, StringConstraints(max_length=40)]] = Field(
        default=[], max_length=40, description="None named: all"
    )
    bands: bool = Field(default=False, description="Also how far a rank moves when links are missing")


class Value(Strict):
    """A measure of a thing: its value, its rank (1: highest), and between which ranks it stands in 90 %
    of networks of which some links are missing."""

    value: float
    rank: int
    low: int | None = None
    high: int | None = None


class Row(Strict):
    id: str
    caption: str
    kind: str
    owner: str
    category: str
    measures: dict[str, Value]


class Said(Strict):
    """A measure in words: what it is called, and what it says."""

    label: str
    text: str


class Measures(Strict):
    stamp: Stamp
    rows: list[Row]
    explain: dict[str, Said]
    summary: dict[str, float]
    resampled: str = Field(description="How the bands were drawn; empty without")


class Group(Strict):
    """Things that belong together. `number` counts from 1, the largest first."""

    number: int
    ids: list[str]


class Grouped(Strict):
    stamp: Stamp
    groups: list[Group]
    modularity: float | None


class Communities(Scope):
    how: Literal["communities", "components", "core"] = "communities"


class Brokers(Scope):
    by: Literal["country", "community", "owner"] = "country"


class Broker(Strict):
    """How often a thing stands between others that are not linked, by role (Gould and Fernandez 1989)."""

    id: str
    caption: str
    part: str
    roles: dict[str, int]
    total: int
    bridges: list[list[str]] = Field(description="Pairs of parts it stands between, most often first")


class Brokered(Strict):
    stamp: Stamp
    rows: list[Broker]
    explain: dict[str, Said]


class KeyPlayers(Scope):
    how: Literal["fragmentation", "reach"] = "fragmentation"
    size: int = Field(default=2, ge=1, le=10)
    steps: int = Field(default=2, ge=1, le=6, description="For reach")


class KeySet(Strict):
    stamp: Stamp
    ids: list[str]
    score: float
    before: float
    exact: bool = Field(description="Every set was tried; else the best that a search found")
    top: list[str] = Field(description="The same number of those with the highest betweenness")
    top_score: float


class Removal(Scope):
    """Who is taken out: the named, or the highest by a measure, one at a time or so many at once."""

    ids: list[ThingId] = Field(default=[], max_length=100)
    by: Literal["betweenness", "degree"] = "betweenness"
    block: int = Field(default=1, ge=1, le=50)
    steps: int = Field(default=10, ge=1, le=50)


class Step(Strict):
    """After a removal: the largest part and the efficiency, both as shares of before; who is central next."""

    removed: list[str]
    largest: float
    efficiency: float
    next: list[str]


class Removed(Strict):
    stamp: Stamp
    steps: list[Step]
    text: str


class Leads(Scope):
    by: Literal["common", "allocation", "katz"] = "allocation"
    most: int = Field(default=20, ge=1, le=100)


class Lead(Strict):
    a: str
    b: str
    score: float


class Led(Strict):
    """Pairs that may be linked, not known to be. `auc`: how well this guessed links hidden on purpose here;
    null where there are too few links to tell."""

    stamp: Stamp
    leads: list[Lead]
    auc: float | None
    text: str


class Windows(Scope):
    months: int = Field(default=12, ge=1, le=120)
    measure: Annotated[str, StringConstraints(max_length=40)] = "degree"


class Window(Strict):
    start: str
    end: str
    things: int
    links: int
    centralization: float
    top: list[str]


class Change(Strict):
    id: str
    caption: str
    values: list[float]


class Windowed(Strict):
    stamp: Stamp
    windows: list[Window]
    changes: list[Change] = Field(description="Those whose value moved most, first")
