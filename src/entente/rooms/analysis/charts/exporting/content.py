"""What leaves with a chart: its things and links as the asker may see them, and the analysts' own lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import joints, showing
from entente.rooms.analysis import model as files
from entente.rooms.analysis.charts import cells as c
from entente.rooms.analysis.charts import service, shown
from entente.rooms.analysis.showing import Link, Node
from entente.rooms.records import code_of
from entente.web.language import _


@dataclass(frozen=True, slots=True)
class Tie:
    """A line as other tools take it. `kind`: a relation's, or "" for an analyst's own line (`drawn`)."""

    id: str
    start: str
    end: str
    kind: str
    label: str
    directed: bool
    since: str
    until: str
    weight: int
    grade: str
    certainty: str
    owner: str
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A chart as it leaves. `places`: of each thing; `things`: all that is named here, by id."""

    id: str
    title: str
    marking: str
    stamp: str
    all_cells: c.Cells
    cells: c.Cells
    nodes: Sequence[Node]
    links: Sequence[Link]
    ties: Sequence[Tie]
    places: Mapping[str, tuple[float, float]]
    things: Mapping[str, Thing]
    entities: Mapping[str, frozenset[str]]
    """Of each kind, the properties that name other things."""


def of(desk: Desk, file: Thing, id: str) -> Content:
    """A chart's content for the asker. Raises Absent."""
    chart = service.chart_of(desk, file, id)
    cells = shown.signed(desk, service.opened(desk, chart).cells)
    placed = [key for key, cell in c.of_sort(cells, "item") if not cell.get("hidden")]
    nodes = showing.nodes(desk, placed, file)
    on = {n.id for n in nodes}
    found = joints.among(desk, [n.id for n in nodes])
    links = joints.shown(desk, found)
    things = {**desk.look_all([n.id for n in nodes]), **{j.said.id: j.said for j in found}}
    marking = files.level_of(file).name.replace("_", " ")
    said = (
        marking,
        file.first("title"),
        _("as %(bureau)s may see it", bureau=code_of(desk, desk.asker.bureau)),
    )
    return Content(
        id=id,
        title=chart.first("title"),
        marking=marking,
        stamp=" · ".join(said),
        all_cells=cells,
        cells={k: v for k, v in cells.items() if c.sort_of(k) != "item" or c.named_by(k, v)[0] in on},
        nodes=nodes,
        links=links,
        ties=[*_ties(links), *_drawn(cells, on)],
        places={
            i: (float(cells[f"item/{i}"]["x"]), float(cells[f"item/{i}"]["y"])) for i in placed if i in on
        },
        things=things,
        entities={k.name: frozenset(k.entities) for k in desk.house.model.kinds.values()},
    )


def _ties(links: Sequence[Link]) -> list[Tie]:
    return [
        Tie(
            id=link.id,
            start=link.start,
            end=link.to,
            kind=link.kind,
            label=link.label,
            directed=link.directed,
            since=link.since,
            until=link.until,
            weight=1 + link.more,
            grade=link.grade,
            certainty=link.certainty,
            owner=link.owner,
        )
        for link in links
    ]


def _drawn(cells: c.Cells, on: set[str]) -> list[Tie]:
    return [
        Tie(
            id=id,
            start=cell["from"],
            end=cell["to"],
            kind="",
            label=cell.get("label", ""),
            directed=True,
            since="",
            until="",
            weight=1,
            grade="",
            certainty=cell.get("certainty", "tentative"),
            owner="",
            drawn=True,
        )
        for id, cell in c.of_sort(cells, "drawn")
        if cell["from"] in on and cell["to"] in on
    ]
