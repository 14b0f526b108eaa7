"""A chart taken out, in the formats that other tools read: only what whoever takes it may see, journaled.

The same chart, seen by the same eyes, is the same bytes each time. Analysts' own lines leave only in formats
that can say so; what is hidden on the chart stays there, but in JSON, which holds the chart itself.
"""

from dataclasses import dataclass

from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis.charts import printing
from entente.rooms.analysis.charts.drawing import drawn
from entente.rooms.analysis.charts.exporting import anx, content, ftm, graphs, own, tables
from entente.rooms.analysis.charts.exporting.content import Content
from entente.rooms.analysis.charts.model import Format
from entente.rooms.publications import png
from entente.web.language import _, current, direction

MEDIA: dict[Format, str] = {
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "png": "image/png",
    "csv": "application/zip",
    "json": "application/json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "anx": "application/xml",
    "ftm": "application/json-lines",
}
ENDINGS: dict[Format, str] = {"csv": "zip", "ftm": "ftm.json"}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file to send. `name` is ASCII."""

    data: bytes
    media: str
    name: str


def exported(desk: Desk, file: Thing, chart: str, format: Format) -> Exported:
    """A chart as a file. Raises Absent, NotAllowed where the asker exports nothing."""
    desk.allow("export")
    found = content.of(desk, file, chart)
    desk.note("export", object=chart, what="chart", format=format, shown=[n.id for n in found.nodes])
    name = f"chart-{chart[:8]}.{ENDINGS.get(format, format)}"
    return Exported(_made(found, format), MEDIA[format], name)


def _made(found: Content, format: Format) -> bytes:
    if format == "csv":
        return tables.zipped(found)
    if format == "json":
        return own.written(found)
    if format == "graphml":
        return graphs.graphml(found)
    if format == "gexf":
        return graphs.gexf(found)
    if format == "anx":
        return anx.written(found)
    if format == "ftm":
        return ftm.written(found)
    svg = drawn(found.title, found.cells, found.nodes, found.links, found.stamp)
    if format == "svg":
        return svg.encode()
    if format == "png":
        return png(svg)
    return printing.pdf(
        svg,
        wide=True,
        lang=current(),
        rtl=direction(current()) == "rtl",
        title=found.title,
        marking=found.marking,
        stamp=found.stamp,
        says=_("A link chart of %(items)s items", items=len(found.nodes)),
    )
