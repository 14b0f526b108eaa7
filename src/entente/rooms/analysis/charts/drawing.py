"""A chart as SVG: from saved positions, without a script, the same bytes each time.

For pages without a script, exports, reports. Nothing is styled but by attributes, so that a page's content
policy lets it through; each text finds its own direction.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from xml.sax.saxutils import escape

from entente.rooms.analysis.charts import cells as c
from entente.rooms.analysis.charts.looks import DASHES, HUES, ICONS, look_of, n, outline
from entente.rooms.analysis.charts.scene import Box, Line, Scene, Spot, scene
from entente.rooms.analysis.labels import CATEGORIES
from entente.rooms.analysis.showing import Link, Node
from entente.web.language import _

MARGIN, LEGEND_ROW = 70.0, 22.0
INK, SOFT, PAPER, EDGE, WARN, WARN_PAPER = "#1a2330", "#55606e", "#ffffff", "#8793a3", "#7a4d00", "#fff4d6"
FONT = "Noto Sans, DejaVu Sans, Noto Naskh Arabic, Noto Sans Arabic, Libertinus Serif, sans-serif"
CAPTION_LINE, NOTE_LINE = 24, 30
"""Characters of a line of text."""
APART = 26.0
"""Between lines that join the same two."""
_NEVER = {i: None for i in range(32) if i not in (9, 10)} | {127: None}


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the plane is drawn: its left upper corner and its size, in user units."""

    x: float
    y: float
    width: float
    height: float


def drawn(title: str, cells: c.Cells, nodes: Iterable[Node], links: Iterable[Link], stamp: str = "") -> str:
    """The SVG of a chart. `stamp`: a line under the legend, as when and for whom it was made."""
    made = scene(cells, nodes, links)
    legend = list(_legend(made))
    frame = _frame(made, len(legend) + bool(stamp))
    says = _says(made)
    view = f"{n(frame.x)} {n(frame.y)} {n(frame.width)} {n(frame.height)}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" width="{n(frame.width)}"'
        f' height="{n(frame.height)}" role="img" font-family="{FONT}" font-size="12">',
        f"<title>{_text(title)}</title><desc>{_text(says)}</desc>",
        f'<rect x="{n(frame.x)}" y="{n(frame.y)}" width="{n(frame.width)}" height="{n(frame.height)}"'
        f' fill="{PAPER}"/>',
        *(_hull(made, box) for box in made.boxes),
        *_lines(made.lines, made.spots),
        *(_note(spot) if spot.sort == "note" else _drawn(spot) for spot in made.spots.values()),
        *_told(legend, stamp, frame),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _says(made: Scene) -> str:
    items = sum(spot.sort != "note" for spot in made.spots.values())
    links = sum(line.sort != "note" for line in made.lines)
    return _("A link chart of %(items)s items and %(links)s lines.", items=items, links=links)


def _frame(made: Scene, rows: int) -> Frame:
    xs = [s.x for s in made.spots.values()] or [0.0]
    ys = [s.y for s in made.spots.values()] or [0.0]
    left, top = min(xs) - MARGIN * 1.4, min(ys) - MARGIN
    width = max(max(xs) + MARGIN * 1.4 - left, 420)
    return Frame(left, top, width, max(ys) + MARGIN * 1.2 - top + rows * LEGEND_ROW)


# --- spots ---------------------------------------------------------------------------------------


def _drawn(spot: Spot) -> str:
    look = look_of(spot.kind)
    hue = HUES.get(spot.colour, HUES[look.hue])
    dash = f' stroke-dasharray="{DASHES[spot.certainty]}"' if spot.certainty in DASHES else ""
    cap = ' stroke-linecap="round"' if spot.certainty == "tentative" else ""
    scale = spot.size * 0.54 / 24
    corner = spot.size * 0.27
    double = (
        f'<path d="{outline(look.shape, spot.x, spot.y, spot.size + 8)}" fill="none" stroke="{hue}"/>'
        if spot.sort in ("merge", "group")
        else ""
    )
    under = _under(spot)
    lines = [*_wrapped(spot.caption, CAPTION_LINE, 2), *([under] if under else [])]
    return (
        f'<g>{double}<path d="{outline(look.shape, spot.x, spot.y, spot.size)}" fill="{hue}"'
        f' fill-opacity="0.14" stroke="{hue}" stroke-width="2"{dash}{cap}/>'
        f'<path transform="translate({n(spot.x - corner)} {n(spot.y - corner)}) scale({scale:.3f})"'
        f' d="{ICONS[look.icon]}" fill="none" stroke="{hue}" stroke-width="2" stroke-linecap="round"'
        f' stroke-linejoin="round"/>{_texts(lines, spot.x, spot.y + spot.size / 2 + 15)}</g>'
    )


def _under(spot: Spot) -> str:
    """What stands under a caption: how many it is, countries, the category it has in the file."""
    from_ = list(dict.fromkeys(code.upper() for node in spot.nodes for code in node.countries))[:3]
    many = [f"({len(spot.nodes)})"] if len(spot.nodes) > 1 else []
    category = next((node.category for node in spot.nodes if node.category), "")
    return " · ".join(part for part in (*many, " ".join(from_), _category(category)) if part)


def _category(slug: str) -> str:
    return _(CATEGORIES[slug]) if slug in CATEGORIES else slug


def _note(spot: Spot) -> str:
    lines = _wrapped(spot.caption, NOTE_LINE, 8)
    wide = max((len(line) for line in lines), default=4) * 6.6 + 16
    high = len(lines) * 14.5 + 12
    box = f'x="{n(spot.x - wide / 2)}" y="{n(spot.y - high / 2)}" width="{n(wide)}" height="{n(high)}"'
    return (
        f'<g><rect {box} rx="5" fill="{WARN_PAPER}" stroke="{WARN}"/>'
        f"{_texts(lines, spot.x, spot.y - high / 2 + 17, WARN)}</g>"
    )


def _texts(lines: Sequence[str], x: float, y: float, ink: str = INK) -> str:
    halo = (
        f' stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        if ink == INK
        else ""
    )
    return "".join(
        f'<text x="{n(x)}" y="{n(y + 14.5 * k)}" text-anchor="middle" unicode-bidi="plaintext"'
        f' fill="{ink}"{halo}>{_text(line)}</text>'
        for k, line in enumerate(lines)
    )


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """Lines of about `width` characters; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            piece = word if len(word) <= width else word[: width - 1] + "…"
            if line and len(line) + 1 + len(piece) > width:
                lines.append(line)
                line = piece
            else:
                line = f"{line} {piece}".strip()
        if line:
            lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: width - 1] + "…"]
    return lines


# --- groups and lines ----------------------------------------------------------------------------


def _hull(made: Scene, box: Box) -> str:
    """A group as a hull around its spots: the corners of each, joined the short way round."""
    corners: list[tuple[float, float]] = []
    for id in box.ids:
        spot = made.spots.get(id)
        if spot:
            r = spot.size / 2 + 22
            low = r + 22
            corners += [(spot.x - r, spot.y - r), (spot.x + r, spot.y - r)]
            corners += [(spot.x - r, spot.y + low), (spot.x + r, spot.y + low)]
    if not corners:
        return ""
    around = hull(corners)
    path = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in around) + "Z"
    top = min(y for _, y in corners) - 16
    middle = (min(x for x, _ in corners) + max(x for x, _ in corners)) / 2
    label = _texts(_wrapped(box.label, 40, 1), middle, top, SOFT) if box.label else ""
    return (
        f'<path d="{path}" fill="{EDGE}" fill-opacity="0.09" stroke="{EDGE}" stroke-width="1"'
        f' stroke-linejoin="round"/>{label}'
    )


def hull(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The convex hull (Andrew's monotone chain), starting at the leftmost point; O(n log n)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(side: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        chain: list[tuple[float, float]] = []
        for p in side:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], p) <= 0:
                chain.pop()
            chain.append(p)
        return chain[:-1]

    return half(ordered) + half(reversed(ordered))


def _turn(a: tuple[float, float], b: tuple[float, float], p: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def _lines(lines: Sequence[Line], spots: Mapping[str, Spot]) -> Iterator[str]:
    """Lines between the same two lie beside each other."""
    between: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        between[min(line.start, line.end), max(line.start, line.end)].append(line)
    for pair in sorted(between):
        for k, line in enumerate(between[pair]):
            bow = (k - (len(between[pair]) - 1) / 2) * APART
            yield _line(line, spots[line.start], spots[line.end], bow if line.start == pair[0] else -bow)


def _line(line: Line, a: Spot, b: Spot, bow: float) -> str:
    long = hypot(b.x - a.x, b.y - a.y)
    if long < 1:
        return ""
    ux, uy = (b.x - a.x) / long, (b.y - a.y) / long
    near, far = _edge(a), _edge(b) + (7 if line.directed else 0)
    mx, my = (a.x + b.x) / 2 - uy * bow * 2, (a.y + b.y) / 2 + ux * bow * 2
    ux0, uy0 = _unit(mx - a.x, my - a.y, (ux, uy))
    ux1, uy1 = _unit(b.x - mx, b.y - my, (ux, uy))
    x0, y0, x1, y1 = a.x + ux0 * near, a.y + uy0 * near, b.x - ux1 * far, b.y - uy1 * far
    ink = WARN if line.sort in ("drawn", "note") else SOFT
    dash = DASHES.get(line.certainty, "1 4" if line.sort == "note" else "")
    stroke = f' stroke-dasharray="{dash}"' if dash else ""
    wide = min(1.4 + 0.6 * (line.many - 1), 6.0)
    curve = (
        f"M{n(x0)} {n(y0)}Q{n(mx)} {n(my)} {n(x1)} {n(y1)}" if bow else f"M{n(x0)} {n(y0)}L{n(x1)} {n(y1)}"
    )
    path = (
        f'<path d="{curve}" fill="none" stroke="{ink}" stroke-width="{n(wide)}"'
        f' stroke-linecap="round"{stroke}/>'
    )
    head = _arrow(x1, y1, ux1, uy1, ink) if line.directed else ""
    label = f"{line.label} ({line.many})" if line.many > 1 else line.label
    at = ((a.x + b.x) / 2 - uy * bow, (a.y + b.y) / 2 + ux * bow)
    said = (
        f'<text x="{n(at[0])}" y="{n(at[1] + 3)}" font-size="10" text-anchor="middle"'
        f' unicode-bidi="plaintext" fill="{ink}" stroke="{PAPER}" stroke-width="3"'
        ' stroke-linejoin="round" paint-order="stroke">'
        f"{_text(label[:40])}</text>"
        if label
        else ""
    )
    return f"<g>{path}{head}{said}</g>"


def _edge(spot: Spot) -> float:
    return 4.0 if spot.sort == "note" else spot.size / 2 + 3


def _unit(dx: float, dy: float, otherwise: tuple[float, float]) -> tuple[float, float]:
    long = hypot(dx, dy)
    return (dx / long, dy / long) if long else otherwise


def _arrow(x: float, y: float, ux: float, uy: float, ink: str) -> str:
    tip = (x + ux * 7, y + uy * 7)
    sides = [(x - uy * 4.5, y + ux * 4.5), (x + uy * 4.5, y - ux * 4.5)]
    return f'<path d="M{"L".join(f"{n(p)} {n(q)}" for p, q in (tip, *sides))}Z" fill="{ink}"/>'


# --- legend --------------------------------------------------------------------------------------


def _legend(made: Scene) -> Iterator[tuple[str, str]]:
    """(a small drawing around the origin, what it means) for all that is on the chart, and nothing else."""
    kinds: dict[str, tuple[str, int]] = {}
    for spot in made.spots.values():
        for node in spot.nodes:
            kinds[node.kind] = (node.label, kinds.get(node.kind, ("", 0))[1] + 1)
    for kind in sorted(kinds):
        look, (label, many) = look_of(kind), kinds[kind]
        hue = HUES[look.hue]
        yield (
            f'<path d="{outline(look.shape, 0, 0, 14)}" fill="{hue}" fill-opacity="0.14" stroke="{hue}"/>',
            f"{label} ({many})",
        )
    sure = {line.certainty for line in made.lines if line.sort == "link"}
    words = {
        "confirmed": _("Confirmed"),
        "unconfirmed": _("Unconfirmed"),
        "tentative": _("Tentative"),
        "": _("How sure is not said"),
    }
    for certainty in (s for s in words if s in sure):
        yield _stroke(SOFT, DASHES.get(certainty, "")), words[certainty]
    if any(line.sort == "drawn" for line in made.lines):
        yield _stroke(WARN, ""), _("Drawn by an analyst: no statement of a source")


def _stroke(ink: str, dash: str) -> str:
    return f'<path d="M-14 0H14" stroke="{ink}" stroke-width="2" stroke-linecap="round"' + (
        f' stroke-dasharray="{dash}"/>' if dash else "/>"
    )


def _told(legend: Sequence[tuple[str, str]], stamp: str, frame: Frame) -> Iterator[str]:
    top = frame.y + frame.height - (len(legend) + bool(stamp)) * LEGEND_ROW
    for k, (drawing, says) in enumerate(legend):
        y = top + k * LEGEND_ROW
        yield (
            f'<g transform="translate({n(frame.x + 24)} {n(y)})">{drawing}'
            f'<text x="24" y="4" unicode-bidi="plaintext" fill="{SOFT}">{_text(says)}</text></g>'
        )
    if stamp:
        y = frame.y + frame.height - LEGEND_ROW / 2
        yield (
            f'<text x="{n(frame.x + 10)}" y="{n(y)}" font-size="10" unicode-bidi="plaintext" fill="{SOFT}">'
            f"{_text(stamp)}</text>"
        )


def _text(said: str) -> str:
    """Text as XML holds it: what XML cannot say is left out."""
    return escape(said.translate(_NEVER))
