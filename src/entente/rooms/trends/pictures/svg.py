"""What all pictures are made of. The same figures are the same bytes each time.

Nothing is styled but by attributes, so that a page's content policy lets it through. Inside a page a picture
takes the page's colours, light or dark; as a file of its own it is dark on white.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape

FONT = "Noto Sans, DejaVu Sans, Noto Naskh Arabic, Noto Sans Arabic, sans-serif"
HUES = ("#3d85c8", "#d1792c", "#3f9f6b", "#a95fc4", "#c95a5a", "#8f8a1f", "#2f9aa8", "#c2588f")
"""Of series, in their order; they tell on white and on black."""
HOT, COLD, GREY = "#c8452f", "#3d85c8", "#8793a3"
INK, PAPER = "#1a2330", "#ffffff"


def framed(
    width: float, height: float, title: str, says: str, parts: Iterable[str], inside: bool = False
) -> str:
    """The whole SVG of its parts. `inside`: for a page of ours, in that page's colours."""
    ink = "currentColor" if inside else INK
    paper = "" if inside else f'<rect width="{n(width)}" height="{n(height)}" fill="{PAPER}"/>'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(width)} {n(height)}" width="{n(width)}"'
        f' height="{n(height)}" role="img" font-family="{FONT}" font-size="12" fill="{ink}" color="{ink}">'
    )
    lines = (head, f"<title>{text(title)}</title><desc>{text(says)}</desc>{paper}", *parts, "</svg>")
    return "\n".join(line for line in lines if line) + "\n"


def written(
    x: float,
    y: float,
    said: str,
    *,
    anchor: str = "start",
    size: int = 12,
    bold: bool = False,
    halo: str = "",
) -> str:
    """A text at a point. `anchor`: start, middle or end. `halo`: the colour behind it."""
    more = f' stroke="{halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{n(x)}" y="{n(y)}" font-size="{size}" text-anchor="{anchor}"{weight}'
        f' unicode-bidi="plaintext"{more}>{text(said)}</text>'
    )


def halo(inside: bool) -> str:
    """What stands behind a name so that lines do not cross it."""
    return "var(--sheet, #ffffff)" if inside else PAPER


def n(value: float) -> str:
    """A coordinate, to a tenth."""
    said = f"{value:.1f}".removesuffix(".0")
    return "0" if said == "-0" else said


def text(said: str) -> str:
    """A text for XML: escaped, without the signs that XML does not take."""
    return escape("".join(c for c in said if c >= " " and c not in "\x7f\ufffe\uffff"))


def hue(place: int) -> str:
    return HUES[place % len(HUES)]
