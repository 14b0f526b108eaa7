"""A drawing (SVG) as pixels (PNG): typst sets it, the same bytes each time.

The drawing comes to typst as data, and is never read as its markup.
"""

import json
import re
from functools import cache

import typst

DOTS_PER_INCH = 110.0
MOST_POINTS, LEAST_POINTS = 3_000.0, 20.0
"""Sides of a picture, 1/72 inch: a drawing with things far apart is made smaller, to fit in memory."""
_VIEW = re.compile(r'viewBox="\S+ \S+ (\S+) (\S+)"')
_PIXELS = b"""
#let d = json(bytes(sys.inputs.data))
#set page(width: d.width * 1pt, height: d.height * 1pt, margin: 0pt)
#image(bytes(d.svg), format: "svg", width: 100%, height: 100%, fit: "contain")
"""


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
        font_paths=fonts(),
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"data": json.dumps({"svg": svg, **sides})},
        timestamp=0,
    )
    return made if isinstance(made, bytes) else made[0]


@cache
def fonts() -> typst.Fonts:
    """Those that come with typst, and those of the system for the scripts that these lack."""
    return typst.Fonts()
