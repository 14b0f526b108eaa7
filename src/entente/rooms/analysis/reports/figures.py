"""Figures and measures in a report: a chart's drawing, ranks with their bands, all they are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Desk


@dataclass(frozen=True, slots=True)
class Made:
    """A drawing as SVG; `says`: what it shows, for who does not see it."""

    svg: str
    title: str
    says: str
    sources: Mapping[str, Thing]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Measures as a table, and over what they were computed."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    stamp: str
    sources: Mapping[str, Thing]


def is_there(desk: Desk, file: Thing, chart: str) -> bool:
    """Whether a chart of the file can be drawn for this officer."""
    return False


def measures() -> frozenset[str]:
    """Slugs of the measures that a report may show."""
    return frozenset({"degree"})


def figure(desk: Desk, file: Thing, chart: str) -> Made:
    """The chart as this officer may see it now. Raises Absent."""
    raise Absent()


def metrics(desk: Desk, file: Thing, chart: str, which: Sequence[str], most: int) -> Weighed:
    """The highest `most` by the first measure, with ranks and bands. Raises Absent."""
    raise Absent()
