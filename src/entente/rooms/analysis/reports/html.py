"""A copy as one HTML file that needs nothing else: for a screen, a mail to a printer, an archive."""

from base64 import b64encode
from typing import Any

from entente.rooms.analysis.reports.printing import Marked
from entente.web.pages import templates

Frozen = dict[str, Any]


def page(document: Frozen, copy: Marked) -> str:
    """The whole page; pictures are inside it, as images that run nothing."""
    template = templates().get_template("analysis/report_file.html")
    return template.render(d=document, copy=copy, picture=picture)


def picture(svg: str) -> str:
    """A drawing as an address that an image can have: scripts in it, if there were any, do not run."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
