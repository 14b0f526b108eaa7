"""A drawn chart on paper (PDF): typst sets the SVG, the same bytes each time. As pixels: publications.png.

The drawing and its title come to typst as data, and are never read as its markup.
"""

import json

import typst

from entente.rooms.publications import fonts

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


def pdf(svg: str, wide: bool, lang: str, rtl: bool, **said: str) -> bytes:
    """One page of A3 with the drawing. `said`: title, marking, stamp, and what the drawing says in words."""
    data = {"svg": svg, "wide": wide, "lang": lang, "dir": "rtl" if rtl else "ltr", **said}
    return typst.compile(
        _PAGE, font_paths=fonts(), format="pdf", sys_inputs={"data": json.dumps(data)}, timestamp=0
    )
