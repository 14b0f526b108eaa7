"""Analytical reports as publications: under which keys they are found, where their page is."""

from entente.core.things import Body, Thing
from entente.rooms.analysis.model import in_file
from entente.rooms.publications import Imprint

KIND = "AnalysisReport"


def keys(body: Body) -> tuple[str, ...]:
    """By which lists a report is found."""
    file = body["file"][0]
    return (in_file(file), f"reports:{file}")


def _page(report: Thing) -> str:
    return f"/files/{report.first('file')}/reports/{report.id}"


def _belonging(report: Thing) -> tuple[str, ...]:
    return (in_file(report.first("file")),)


IMPRINT = Imprint(what="report", keys=keys, page=_page, belonging=_belonging, within="file")
IMPRINTS = {KIND: IMPRINT}
"""What this room publishes, for publications."""
