"""Figures and measures in a report: a chart's drawing, ranks with their bands, all they are made of."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from entente.core.problems import Absent
from entente.core.things import Thing
from entente.desk import Desk
from entente.match.graph.measures import MEASURES
from entente.rooms.analysis.charts import drawing
from entente.rooms.analysis.charts import service as charts
from entente.rooms.analysis.charts import shown as drawn
from entente.rooms.analysis.network import model as network
from entente.rooms.analysis.network.measuring import weigh
from entente.rooms.analysis.network.scope import Whole, whole
from entente.web.language import _, current

MOST_MEASURES = 3
"""Columns of measures that fit on a page."""
MOST_REMEMBERED = 64
_REMEMBERED: OrderedDict[tuple[object, ...], network.Measures] = OrderedDict()
_TURN = Lock()


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
    return frozenset(MEASURES)


def figure(desk: Desk, file: Thing, chart: str) -> Made:
    """The chart as this officer may see it now. Raises Absent."""
    kept = charts.chart_of(desk, file, chart)
    opened = charts.opened(desk, kept)
    found, links = drawn.content(desk, file, opened.cells)
    nodes = [n.model_copy(update={"category": ""}) for n in found]  # a paper of the file; no source says it
    title = kept.first("title")
    return Made(
        svg=drawing.drawn(title, opened.cells, nodes, links),
        title=title,
        says=_("%(things)s things, %(links)s links", things=len(nodes), links=len(links)),
        sources=desk.look_all([*(n.id for n in nodes), *(said_by(link.id) for link in links)]),
    )


def said_by(link: str) -> str:
    """The thing that says a link is there: a relation, or the one that names the other."""
    return link.partition("~")[0]


def metrics(desk: Desk, file: Thing, chart: str, which: Sequence[str], most: int) -> Weighed:
    """The highest `most` by the first measure, with rank and band. Everything counted is a source.

    Raises Absent for a chart, Faulty for a measure.
    """
    asked = network.Measure(chart=chart, which=list(which)[:MOST_MEASURES] or ["degree"], bands=True)
    seen = whole(desk, file, asked)
    told = _weighed(desk, seen, asked)
    head = [_("Thing"), _("Owner")]
    for slug in asked.which:
        head += [told.explain[slug].label, _("Rank")]
    rows = [
        [row.caption, row.owner, *(cell for slug in asked.which for cell in _cells(row.measures[slug]))]
        for row in told.rows[:most]
    ]
    return Weighed(
        head=head,
        rows=rows,
        stamp=" ".join((told.stamp.text, _("Fingerprint %(digest)s.", digest=told.stamp.fingerprint[:16]))),
        sources={**seen.things, **{j.said.id: j.said for j in seen.joints}},
    )


def _weighed(desk: Desk, seen: Whole, asked: network.Measure) -> network.Measures:
    """Measures, remembered for a while: one request draws a report several times. For each officer apart, so
    that nobody is answered sooner because another asked."""
    of = (desk.asker.officer, desk.asker.bureau, seen.file.id, seen.stamp.fingerprint, current())
    said = (tuple(asked.which), *(tuple(sorted(one.items())) for one in (seen.merged, seen.categories)))
    key = (*of, *said)
    with _TURN:
        if told := _REMEMBERED.get(key):
            _REMEMBERED.move_to_end(key)
            return told.model_copy(update={"stamp": seen.stamp})
    told = weigh(desk, seen, asked)
    with _TURN:
        _REMEMBERED[key] = told
        if len(_REMEMBERED) > MOST_REMEMBERED:
            _REMEMBERED.popitem(last=False)
    return told


def _cells(value: network.Value) -> tuple[str, str]:
    """A measure and its rank, with the ranks between which it stands when links are missing."""
    band = f" ({value.low}–{value.high})" if value.low is not None else ""
    return f"{value.value:.3f}".rstrip("0").rstrip("."), f"{value.rank}{band}"
