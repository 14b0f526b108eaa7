"""A copy as one HTML file that needs nothing else: for a screen, a mail to a printer, an archive."""

from base64 import b64encode
from typing import Any

from markupsafe import Markup

from entente.rooms.publications.printing import Marked
from entente.web.pages import templates

Frozen = dict[str, Any]
STYLE = Markup("""<style>
body { font: 1rem/1.5 serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
.marking { font-weight: bold; text-transform: uppercase; text-align: center; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #999; text-align: start; padding: .2rem .4rem; vertical-align: top; }
.caveat, .judgement { border: 1px solid; padding: .5rem; }
img { max-width: 100%; }
.small { font-size: .85rem; }
.depth-1 { margin-inline-start: 1.5rem; }
.depth-2 { margin-inline-start: 3rem; }
.depth-3 { margin-inline-start: 4.5rem; }
</style>""")
"""The file's own: it is read where no style sheet of the house is."""


def page(document: Frozen, copy: Marked) -> str:
    """The whole page; pictures are inside it, as images that run nothing."""
    template = templates().get_template("publications/file.html")
    return template.render(d=document, copy=copy, picture=picture, style=STYLE)


def picture(svg: str) -> str:
    """A drawing as an address that an image can have: scripts in it, if there were any, do not run."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
