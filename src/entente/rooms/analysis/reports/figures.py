"""Figures and measures in a report: a chart's drawing, ranks with their bands, all they are made of."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import contributions, joints
from entente.rooms.analysis.charts import service as charts
from entente.rooms.analysis.charts import shown as drawn
from entente.rooms.analysis.reports import drawing
from entente.rooms.analysis.showing import caption
from entente.rooms.records import code_of
from entente.web.language import _


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
    try:
        charts.chart_of(desk, file, chart)
    except Absent:
        return False
    return True


def measures() -> frozenset[str]:
    """Slugs of the measures that a report may show."""
    return frozenset({"degree"})


def figure(desk: Desk, file: Thing, chart: str) -> Made:
    """The chart as this officer may see it now. Raises Absent."""
    kept = charts.chart_of(desk, file, chart)
    opened = charts.opened(desk, kept)
    nodes, links = drawn.content(desk, file, opened.cells)
    title = kept.first("title")
    return Made(
        svg=drawing.svg(nodes, links, opened.cells, title),
        title=title,
        says=_("%(things)s things, %(links)s links", things=len(nodes), links=len(links)),
        sources=desk.look_all([*(n.id for n in nodes), *(said_by(link.id) for link in links)]),
    )


def said_by(link: str) -> str:
    """The thing that says a link is there: a relation, or the one that names the other."""
    return link.partition("~")[0]


def metrics(desk: Desk, file: Thing, chart: str, which: Sequence[str], most: int) -> Weighed:
    """The highest `most` by the first measure, with ranks. Everything counted is a source. Raises Absent."""
    ids = charts.placed(desk, file, chart)[0] if chart else contributions.records_of(desk, file)
    things = {id: t for id, t in desk.look_all(ids).items() if _stands(desk, t)}
    found = joints.among(desk, sorted(things))
    degrees = Counter(end for j in found for end in {j.a, j.b} if len({j.a, j.b}) == 2)
    order = sorted(things, key=lambda id: (-degrees[id], caption(desk, things[id]), id))
    ranks = {id: 1 + sum(degrees[other] > degrees[id] for other in order) for id in order[:most]}
    rows = [
        [caption(desk, things[id]), code_of(desk, things[id].handling.owner), str(degrees[id]), str(rank)]
        for id, rank in ranks.items()
    ]
    sources = {**things, **{j.said.id: j.said for j in found}}
    digest = sha256("\n".join(f"{id} {sources[id].version}" for id in sorted(sources)).encode())
    return Weighed(
        head=[_("Thing"), _("Owner"), *(_("Links") for _slug in which[:1]), _("Rank")],
        rows=rows,
        stamp=_(
            "Computed over %(things)s things and %(links)s links. Fingerprint %(digest)s.",
            things=len(things),
            links=len(found),
            digest=digest.hexdigest()[:16],
        ),
        sources=sources,
    )


def _stands(desk: Desk, thing: Thing) -> bool:
    kind = desk.house.model[thing.kind]
    return kind.edge is None and not kind.house
