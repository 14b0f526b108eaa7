"""The dot plot of an assessment: each place's total with its interval, and where it stood before, as SVG.

Nothing is styled but by attributes, and colours are the page's own; a table with the same figures stands
beside it.
"""

from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from markupsafe import Markup

from entente.rooms.reports.assessments.shown_model import PlaceOut
from entente.web.formats import number
from entente.web.language import _

WIDE, LEFT, RIGHT, TOP, ROW = 480.0, 130.0, 50.0, 34.0, 24.0
MOST = 60
"""Places drawn; the rest is in the table."""
DOT, BEFORE, INK = "#3d85c8", "#8793a3", "#1a2330"


def dots(
    places: Sequence[PlaceOut], names: Sequence[str], most: float, title: str, *, inside: bool = True
) -> Markup:
    """The plot of those places that have a total, in their order; empty where none has. `names`: of all.

    `inside` a page of ours it takes that page's colours; else it is dark on white.
    """
    drawn = [(one, name) for one, name in zip(places, names, strict=True) if one.total is not None][:MOST]
    if not drawn:
        return Markup("")
    high = TOP + ROW * len(drawn) + 12

    def x(value: float) -> float:
        return LEFT + (WIDE - LEFT - RIGHT) * (value - 1) / (most - 1)

    parts = [_scale(x(at), high, at) for at in _ticks(most)]
    for row, (one, name) in enumerate(drawn):
        parts.append(_row(one, name, TOP + ROW * row + ROW / 2, x))
    says = _("%(many)s places; the line is where nine of ten draws lie.", many=len(drawn))
    ink = "currentColor" if inside else INK
    paper = "" if inside else f'<rect width="{WIDE:.0f}" height="{high:.0f}" fill="#ffffff"/>'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:.0f} {high:.0f}" width="{WIDE:.0f}" '
        f'height="{high:.0f}" role="img" font-size="12" fill="{ink}" color="{ink}" direction="ltr">'
        f"<title>{escape(title)}</title><desc>{escape(says)}</desc>{paper}"
    )
    # Every text in it is escaped above and below.
    return Markup(head + "".join(parts) + "</svg>")  # noqa: S704


def _ticks(most: float) -> list[float]:
    return [1, 4, 7, 10] if most <= 10 else [1, 25, 50, 75, 100]


def _scale(at: float, high: float, value: float) -> str:
    return (
        f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{TOP - 6:.1f}" y2="{high:.1f}" stroke="currentColor" '
        f'stroke-opacity="0.18"/><text x="{at:.1f}" y="{TOP - 12:.1f}" text-anchor="middle">{value:g}</text>'
    )


def _row(one: PlaceOut, name: str, y: float, x: Callable[[float], float]) -> str:
    total, low, high = one.total or 0.0, one.low or 0.0, one.high or 0.0
    before = ""
    if one.before is not None:
        said = escape(_("before: %(value)s", value=number(round(one.before, 2))))
        before = (
            f'<circle cx="{x(one.before):.1f}" cy="{y:.1f}" r="5" fill="none" stroke="{BEFORE}" '
            f'stroke-width="2"><title>{said}</title></circle>'
        )
    return (
        f'<text x="{LEFT - 12:.1f}" y="{y + 4:.1f}" text-anchor="end" unicode-bidi="plaintext">'
        f"{escape(_cut(name))}</text>"
        f'<line x1="{x(low):.1f}" x2="{x(high):.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{DOT}" '
        f'stroke-width="3" stroke-opacity="0.55"/>{before}'
        f'<circle cx="{x(total):.1f}" cy="{y:.1f}" r="5" fill="{DOT}"/>'
        f'<text x="{WIDE - RIGHT + 10:.1f}" y="{y + 4:.1f}">{total:.2f}</text>'
    )


def _cut(name: str) -> str:
    return name if len(name) <= 18 else f"{name[:17]}…"
