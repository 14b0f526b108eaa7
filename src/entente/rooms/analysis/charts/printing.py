"""A drawn chart on paper (PDF) and as pixels (PNG): typst sets the SVG, the same bytes each time.

The drawing and its title come to typst as data, and are never read as its markup.
"""

import json
import re
from functools import cache

import typst

DOTS_PER_INCH = 110.0
MOST_POINTS, LEAST_POINTS = 3_000.0, 20.0
"""Sides of a picture, 1/72 inch: a chart with things far apart is drawn smaller, to fit in memory."""
_VIEW = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')
_PAGE = b"""
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, date: none)
#set text(lang: d.lang, dir: if d.dir == "rtl" { rtl } else { ltr }, size: 10pt,
  font: ("Libertinus Serif", "Noto Naskh Arabic", "Noto Sans Arabic", "DejaVu Sans Mono"))
#set page(paper: "a3", flipped: d.wide, margin: 1.2cm,
  header: grid(columns: (1fr, auto), text(weight: "bold", d.title), d.marking),
  footer: text(size: 8pt, d.stamp))
#layout(size => image(bytes(d.svg), format: "svg", width: size.width, height: size.height, fit: "contain",
  alt: d.says))
"""
_PIXELS = b"""
#let d = json(bytes(sys.inputs.data))
#set page(width: d.width * 1pt, height: d.height * 1pt, margin: 0pt)
#image(bytes(d.svg), format: "svg", width: 100%, height: 100%, fit: "contain")
"""


def pdf(svg: str, wide: bool, lang: str, rtl: bool, **said: str) -> bytes:
    """One page of A3 with the drawing. `said`: title, marking, stamp, and what the drawing says in words."""
    data = {"svg": svg, "wide": wide, "lang": lang, "dir": "rtl" if rtl else "ltr", **said}
    return typst.compile(
        _PAGE, font_paths=_fonts(), format="pdf", sys_inputs={"data": json.dumps(data)}, timestamp=0
    )


def png(svg: str) -> bytes:
    """The drawing as pixels, as large as it is, within MOST_POINTS. Raises ValueError for what is none."""
    view = _VIEW.search(svg)
    if view is None:
        raise ValueError("a drawing has a view box")
    width, height = float(view[1]), float(view[2])
    scale = min(1.0, MOST_POINTS / max(width, height))
    sides = {"width": max(width * scale, LEAST_POINTS), "height": max(height * scale, LEAST_POINTS)}
    made = typst.compile(
        _PIXELS,
        font_paths=_fonts(),
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"data": json.dumps({"svg": svg, **sides})},
        timestamp=0,
    )
    return made if isinstance(made, bytes) else made[0]


@cache
def _fonts() -> typst.Fonts:
    """Those that come with typst, and those of the system for the scripts that these lack."""
    return typst.Fonts()
