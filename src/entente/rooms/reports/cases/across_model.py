"""What the API tells across cases: the matrix, and what several cases have in common."""

from entente.rooms.records import Strict


class Cell(Strict):
    """Goods against a crime: `n` cases (or claims) with both. `lift` over what independence would give,
    `p` of Fisher's exact test, two-sided; both null where n is under 3."""

    goods: str
    crime: str
    n: int
    claims: int
    lift: float | None
    p: float | None


class Matrix(Strict):
    """`n`: cases (or claims) counted; `without`: those that name no goods or no crime, left out.

    Claims of one case are no independent observations: counted by claim, `p` is too small, and says so.
    """

    unit: str
    proven: bool
    n: int
    claims: int
    cases: int
    without: int
    least: int
    goods: dict[str, int]
    crimes: dict[str, int]
    cells: list[Cell]


class LinkPair(Strict):
    """A link type between two countries (the same twice: within one)."""

    countries: list[str]
    link_type: str
    claims: int
    cases: int


class RoleCount(Strict):
    role: str
    parties: int
    cases: int


class SharedThing(Strict):
    """What several cases have in common. `sort`: person, group, company, facility, route or record; `name` is
    empty for a record, which `link` names where you see it."""

    sort: str
    name: str
    link: str
    cases: list[str]


class Months(Strict):
    """Months from the first seizure to the final judgment: over `n` cases that have both."""

    n: int
    median: float | None
    least: float | None
    most: float | None


class DetectionCount(Strict):
    """How cases were discovered, and how many of them led to a conviction that stands; `share` is null where
    `cases` is under 3."""

    detection: str
    cases: int
    convicted: int
    share: float | None


class Across(Strict):
    cases: int
    claims: int
    least: int
    links: list[LinkPair]
    roles: list[RoleCount]
    shared: list[SharedThing]
    months: Months
    detections: list[DetectionCount]
