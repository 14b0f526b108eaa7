"""A drawn chart on paper (PDF) and as pixels (PNG): typst sets the SVG, the same bytes each time.

The drawing and its title come to typst as data, and are never read as its markup.
"""

import json
from functools import cache

import typst

DOTS_PER_INCH = 110.0
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
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(d.svg), format: "svg")
"""


def pdf(svg: str, wide: bool, lang: str, rtl: bool, **said: str) -> bytes:
    """One page of A3 with the drawing. `said`: title, marking, stamp, and what the drawing says in words."""
    data = {"svg": svg, "wide": wide, "lang": lang, "dir": "rtl" if rtl else "ltr", **said}
    return typst.compile(
        _PAGE, font_paths=_fonts(), format="pdf", sys_inputs={"data": json.dumps(data)}, timestamp=0
    )


def png(svg: str) -> bytes:
    """The drawing as pixels, of a page as large as it is."""
    made = typst.compile(
        _PIXELS,
        font_paths=_fonts(),
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"data": json.dumps({"svg": svg})},
        timestamp=0,
    )
    return made if isinstance(made, bytes) else made[0]


@cache
def _fonts() -> typst.Fonts:
    """Those that come with typst, and those of the system for the scripts that these lack."""
    return typst.Fonts()
