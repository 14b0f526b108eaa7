"""A plain drawing of a chart for print: things where they stand, links by how sure they are, black on white.

It stands in until the chart room draws for itself (charts/drawing.py): `figures.figure` is its only caller.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from entente.rooms.analysis.showing import Link, Node

DASHES = {"unconfirmed": "6 4", "tentative": "2 3"}
EDGE = 60.0
"""Around the outermost things, where their names need room."""


Cells = Mapping[str, Mapping[str, Any]]


def svg(nodes: Sequence[Node], links: Sequence[Link], cells: Cells, title: str) -> str:
    """The drawing; every text in it is escaped, and nothing in it is fetched."""
    at = {n.id: _place(cells.get(f"item/{n.id}", {})) for n in nodes if not _hidden(cells, n.id)}
    if not at:
        at, nodes = {"": (0.0, 0.0)}, []
    left, top = (min(p[k] for p in at.values()) - EDGE for k in (0, 1))
    width, height = (max(p[k] for p in at.values()) + EDGE - o for k, o in ((0, left), (1, top)))
    drawn = [f"<title>{escape(title)}</title>"]
    for link in links:
        if link.start in at and link.to in at:
            (x1, y1), (x2, y2) = at[link.start], at[link.to]
            dash = DASHES.get(link.certainty, "")
            how = f' stroke-dasharray="{dash}"' if dash else ""
            drawn.append(f'<path d="M{x1:g},{y1:g} L{x2:g},{y2:g}" stroke="#555" fill="none"{how}/>')
    for node in nodes:
        if node.id in at:
            x, y = at[node.id]
            drawn.append(f'<circle cx="{x:g}" cy="{y:g}" r="9" fill="#fff" stroke="#111" stroke-width="2"/>')
            said = f'<text x="{x:g}" y="{y + 22:g}" font-size="11" text-anchor="middle">'
            drawn.append(f"{said}{escape(node.caption[:40])}</text>")
    box = f"{left:g} {top:g} {width:g} {height:g}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{"".join(drawn)}</svg>'


def _place(cell: Mapping[str, Any]) -> tuple[float, float]:
    return float(cell.get("x", 0)), float(cell.get("y", 0))


def _hidden(cells: Cells, id: str) -> bool:
    return bool(cells.get(f"item/{id}", {}).get("hidden"))
