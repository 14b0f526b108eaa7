"""What is drawn of a chart: cells, things and links made into spots and lines.

Merged identities are one spot, a collapsed group is one spot, and links between the same two spots that say
the same are one line with their number, as in ui/src/chart/scene.ts. What a format says by a measure is not
drawn: it moves with the network.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from entente.rooms.analysis.charts import cells as c
from entente.rooms.analysis.showing import Link, Node

SMALL, LARGEST = 38.0, 92.0
"""Widths of a spot, in user units."""
SURENESS = ("confirmed", "unconfirmed", "tentative", "")
"""Surest first: several statements of the same are as sure as the surest of them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something on the chart. `sort`: item, merge, group (collapsed) or note."""

    id: str
    sort: str
    caption: str
    x: float
    y: float
    nodes: tuple[Node, ...] = ()
    kind: str = ""
    certainty: str = ""
    colour: str = ""
    size: float = SMALL


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two spots. `sort`: link, drawn (an analyst's own) or note. `many`: statements in it."""

    start: str
    end: str
    label: str
    certainty: str
    directed: bool
    sort: str
    many: int = 1


@dataclass(frozen=True, slots=True)
class Box:
    """An open group around some spots."""

    label: str
    ids: tuple[str, ...]


@dataclass(slots=True)
class Scene:
    spots: dict[str, Spot] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def scene(cells: c.Cells, nodes: Iterable[Node], links: Iterable[Link]) -> Scene:
    """The spots, lines and groups of a chart, in an order that its cells alone settle."""
    known = {n.id: n for n in nodes}
    shown = {id: cell for id, cell in c.of_sort(cells, "item") if id in known and not cell.get("hidden")}
    made = Scene()
    spot_of: dict[str, str] = {}
    for id, cell in c.of_sort(cells, "merge"):
        ids = [i for i in dict.fromkeys(cell["ids"]) if i in shown and i not in spot_of]
        if len(ids) > 1:
            merged = [known[i] for i in ids]
            spot = _spot(f"merge/{id}", "merge", merged, shown[ids[0]])
            made.spots[spot.id] = replace(spot, caption=cell.get("label") or spot.caption)
            spot_of |= dict.fromkeys(ids, spot.id)
    for id, cell in shown.items():
        if id not in spot_of:
            made.spots[id] = _spot(id, "item", [known[id]], cell)
            spot_of[id] = id
    _group(made, cells, spot_of)
    _formatted(made, [cell for _, cell in c.of_sort(cells, "format")])
    _join(made, cells, links, spot_of)
    return made


def _spot(id: str, sort: str, nodes: Sequence[Node], at: c.Cell) -> Spot:
    first = nodes[0]
    x, y = float(at["x"]), float(at["y"])
    return Spot(id, sort, first.caption, x, y, tuple(nodes), first.kind, first.certainty)


def _group(made: Scene, cells: c.Cells, spot_of: dict[str, str]) -> None:
    taken: set[str] = set()
    for id, cell in c.of_sort(cells, "group"):
        ids = [s for s in dict.fromkeys(spot_of.get(i, "") for i in cell["ids"]) if s and s not in taken]
        if not ids:
            continue
        taken |= set(ids)
        if not cell.get("collapsed"):
            made.boxes.append(Box(str(cell.get("label", "")), tuple(ids)))
            continue
        members = [made.spots.pop(s) for s in ids]
        x, y = (sum(getattr(m, axis) for m in members) / len(members) for axis in ("x", "y"))
        nodes = tuple(node for m in members for node in m.nodes)
        key = f"group/{id}"
        made.spots[key] = Spot(key, "group", str(cell.get("label", "")), x, y, nodes, "group")
        taken.add(key)
        for node in nodes:
            spot_of[node.id] = key


def _formatted(made: Scene, rules: Sequence[c.Cell]) -> None:
    """Each spot with the colour and the size that rules give it; later ones come over earlier ones."""
    for id, spot in made.spots.items():
        said: dict[str, Any] = {}
        for rule in rules:
            if rule.get("is", "") in _values(spot, rule["by"]):
                said |= {"colour": rule["colour"]} if rule.get("colour") else {}
                said |= {"size": _size(rule["size"])} if rule.get("size") else {}
        made.spots[id] = replace(spot, **said)


def _size(said: str) -> float:
    return min(LARGEST, max(SMALL, float(said))) if said.isdecimal() else SMALL


def _values(spot: Spot, by: str) -> list[str]:
    told: Mapping[str, list[str]] = {
        "kind": [spot.kind],
        "country": [code for n in spot.nodes for code in n.countries],
        "category": [n.category for n in spot.nodes if n.category] or [""],
        "grade": [n.grade for n in spot.nodes[:1]],
        "owner": [n.owner for n in spot.nodes[:1]],
    }
    return told.get(by, [])


def _join(made: Scene, cells: c.Cells, links: Iterable[Link], spot_of: Mapping[str, str]) -> None:
    bundles: dict[tuple[str, ...], Line] = {}

    def bundle(line: Line) -> None:
        if line.start == line.end or not (line.start and line.end):
            return
        if not line.directed and line.end < line.start:
            line = replace(line, start=line.end, end=line.start)
        key = (line.sort, line.start, line.end, line.label, str(line.directed))
        if same := bundles.get(key):
            surest = min(same.certainty, line.certainty, key=SURENESS.index)
            line = replace(line, many=same.many + line.many, certainty=surest)
        bundles[key] = line

    for link in sorted(links, key=lambda link: link.id):
        ends = spot_of.get(link.start, ""), spot_of.get(link.to, "")
        bundle(Line(*ends, link.label, link.certainty, link.directed, "link", 1 + link.more))
    for _, cell in c.of_sort(cells, "drawn"):
        ends = spot_of.get(cell["from"], ""), spot_of.get(cell["to"], "")
        bundle(Line(*ends, cell.get("label", ""), cell.get("certainty", "tentative"), True, "drawn"))
    for id, cell in c.of_sort(cells, "note"):
        on = spot_of.get(cell.get("on", ""), "")
        if cell.get("on") and not on:
            continue
        key = f"note/{id}"
        made.spots[key] = Spot(key, "note", cell["text"], float(cell.get("x", 0)), float(cell.get("y", 0)))
        bundle(Line(key, on, "", "", False, "note"))
    made.lines = [bundles[key] for key in sorted(bundles)]
