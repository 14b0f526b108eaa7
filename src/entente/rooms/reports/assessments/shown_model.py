"""What the API answers about threat assessments."""

from entente.rooms.records import Strict
from entente.rooms.reports.assessments import model as m


class SchemeOut(Strict):
    """A scheme of indicators. `slug` names it in a form."""

    slug: str
    name: str
    note: str
    formula: str
    mine: bool
    indicators: list[m.Indicator]


class Row(Strict):
    """An assessment in a list. `waits`: how many things of it wait for your bureau."""

    id: str
    title: str
    period: str
    state: str
    owner: str
    places: int
    reviewed: int
    waits: int


class SeatOut(Strict):
    """A seat. `officer`: for his own bureau alone. `mine`: you hold it."""

    seat: str
    bureau: str
    taken: bool
    done: bool
    officer: str
    mine: bool


class CellOut(Strict):
    """One indicator of one place. `scores` are empty until both blind scorers are done."""

    indicator: str
    name: str
    value: float | None
    apart: float
    third: bool
    set_why: str
    evidence: int
    scores: list["Scored"]
    change: str
    before: float | None


class Scored(Strict):
    """One scorer's score, with its dated reason."""

    seat: str
    bureau: str
    value: float
    confidence: str
    why: str
    on: str
    evidence: list[str]


class ReviewOut(Strict):
    """The regional review of a place."""

    bureau: str
    at: str
    summary: str
    mind: str
    likelihood: str
    trend: str


class PlaceOut(Strict):
    """A place: who scores it, and what it comes to as far as that may be read.

    `low`, `high`: nine of ten draws over scorers and weights lie between; `rank_low` and `rank_high` alike;
    `same_rank`: the share of draws with the same rank. `shaky`: what would change the picture first.
    """

    code: str
    name: str
    region: str
    state: str
    seats: list[SeatOut]
    reviewer: str
    total: float | None
    low: float | None
    high: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    same_rank: float | None
    resilience: float | None
    scores: int
    evidence: int
    before: float | None
    change: str
    review: ReviewOut | None
    cells: list[CellOut]
    shaky: list["Shaky"]


class Shaky(Strict):
    """A value that stands on little. `why`: apart, unsure, bare."""

    indicator: str
    name: str
    why: str


class RegionOut(Strict):
    """Means over the places of a region that are scored."""

    region: str
    places: int
    scored: int
    total: float | None
    resilience: float | None


class AgreementOut(Strict):
    """How far the two blind scorers agree. `kappa`: Cohen's, quadratic weights; `icc_any`: ICC(2,1);
    `icc_these`: ICC(3,1). `thirds`: scores that went to a third."""

    pairs: int
    equal: float | None
    within_one: float | None
    kappa: float | None
    icc_any: float | None
    icc_these: float | None
    thirds: int


class Edition(Strict):
    """An edition before this one, as far as you see it: its totals by place."""

    id: str
    period: str
    totals: dict[str, float]


class Waiting(Strict):
    """What waits for your bureau: a seat by its name, "review", "name a third"."""

    place: str
    sort: str
    officer_free: bool


class EventOut(Strict):
    """One thing that was done. `officer`: for his own bureau alone."""

    at: str
    did: str
    bureau: str
    officer: str
    why: str
    place: str


class AssessmentOut(Strict):
    """A threat assessment, as you may see it."""

    id: str
    version: int
    state: str
    owner: str
    title: str
    period: str
    subject: str
    level: str
    formula: str
    most: float
    see: list[str]
    indicators: list[m.Indicator]
    places: list[PlaceOut]
    regions: list[RegionOut]
    whole: RegionOut
    agreement: AgreementOut
    stability: float | None
    empty: int
    editions: list[Edition]
    waits: list[Waiting]
    events: list[EventOut]
    steps: list[str]


class SheetOut(Strict):
    """Your own sheet of a place."""

    place: str
    seat: str
    version: int
    done: bool
    asked: list[str]
    scores: list[m.Score]
