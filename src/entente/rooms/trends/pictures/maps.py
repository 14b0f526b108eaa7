"""Flows between countries and spots in them, on a map without tiles.

Countries that lie on the map stand on it, cut to where something is. Countries that have no outline (invented
ones of a demo, "the sea", codes of no country) stand in a row below; where no country at all lies on the map,
the picture is a ring: those that mostly send on the left, those that mostly receive on the right.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entente.rooms.trends.pictures.svg import COLD, GREY, HOT, framed, halo, hue, n, text, written
from entente.rooms.trends.pictures.world import World, path_of, world
from entente.web.formats import country
from entente.web.language import _

WIDE = 1060.0
LEAST_UNITS = 420.0
"""The narrowest cut of the map, in its own units (2000 around the world)."""
MOST_ARCS, MOST_NAMES = 120, 26
THICK = 13.0
ROW = 54.0
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Arc:
    """A flow from one country to another (small letters); `said`: its figure in words."""

    source: str
    target: str
    weight: float
    said: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A circle in a country. `tone`: "hot", "cold" or "" (neither)."""

    country: str
    weight: float
    said: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where each country stands in pixels; `land`, `borders`: the map's paths
    below them, empty for a ring; `ground`: how tall the map is, without the row below it."""

    points: Mapping[str, Point]
    land: str
    borders: str
    tall: float
    ring: bool
    ground: float = 0.0


def flows(
    title: str, arcs: Sequence[Arc], spots: Sequence[Spot] = (), inside: bool = False, on: World | None = None
) -> str:
    """The map. The heaviest MOST_ARCS arcs are drawn, as wide as they weigh. `on`: another map, for tests."""
    arcs = sorted((a for a in arcs if a.weight > 0), key=lambda a: (-a.weight, a.source, a.target))
    shown = arcs[:MOST_ARCS]
    weights = _weights(shown, spots)
    placed = place(shown, tuple(weights), on or world())
    most = max((a.weight for a in shown), default=1.0)
    parts = [_ground(placed, inside)] if placed.land else []
    parts += [_arc(arc, placed, most) for arc in reversed(shown)]
    largest = max((s.weight for s in spots), default=0.0) or 1.0
    parts += [_spot(spot, placed, largest) for spot in spots]
    parts += [_dot(code, placed.points[code]) for code in sorted(weights)]
    parts += _names(weights, placed, inside)
    tall, notes = placed.tall, _notes(placed, len(arcs))
    parts += [written(14, tall + 16 + 18 * at, said, size=11) for at, said in enumerate(notes)]
    says = _("%(many)s flows; the table has the same figures.", many=len(shown))
    return framed(WIDE, tall + 18 * len(notes) + 8, title, says, parts, inside)


def _weights(arcs: Sequence[Arc], spots: Sequence[Spot]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for arc in arcs:
        for code in (arc.source, arc.target):
            weights[code] = weights.get(code, 0.0) + arc.weight
    for spot in spots:
        weights[spot.country] = weights.get(spot.country, 0.0) + spot.weight
    return weights


def place(arcs: Sequence[Arc], codes: Sequence[str], on: World | None) -> Placed:
    """Where the countries stand: on the cut map with the others in a row below it, or on a ring."""
    known = [code for code in codes if on is not None and code in on.middles]
    if on is None or not known:
        return Placed(_ring(arcs, codes), "", "", 370.0 if codes else 60.0, True)
    box, tall = _cut([on.middles[code] for code in known], on)
    scale = WIDE / (box[2] - box[0])
    points = {
        code: ((on.middles[code][0] - box[0]) * scale, (on.middles[code][1] - box[1]) * scale)
        for code in known
    }
    rest = sorted(set(codes) - set(known))
    for at, code in enumerate(rest):
        points[code] = (WIDE * (at + 0.5) / len(rest), tall + ROW / 2)
    land, borders = path_of(on.land, box, scale), path_of(on.borders, box, scale)
    return Placed(points, land, borders, tall + (ROW if rest else 0.0), False, tall)


def _cut(points: Sequence[Point], on: World) -> tuple[tuple[float, float, float, float], float]:
    """The part of the map around the points, between 1.5 and 2.2 times as wide as it is tall."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    wide = max((max(xs) - min(xs)) * 1.35, (max(ys) - min(ys)) * 1.35 * 1.5, LEAST_UNITS)
    wide = min(wide, float(on.wide))
    tall = min(max((max(ys) - min(ys)) * 1.4, wide / 2.2), float(on.tall))
    left = min(max((max(xs) + min(xs)) / 2 - wide / 2, 0.0), on.wide - wide)
    top = min(max((max(ys) + min(ys)) / 2 - tall / 2, 0.0), on.tall - tall)
    return (left, top, left + wide, top + tall), tall * WIDE / wide


def _ring(arcs: Sequence[Arc], codes: Sequence[str]) -> dict[str, Point]:
    """On an ellipse by what they send and receive; the same balance in order of their codes."""
    balance = dict.fromkeys(codes, 0.0)
    through = dict.fromkeys(codes, 0.0)
    for arc in arcs:
        for code, sign in ((arc.source, 1.0), (arc.target, -1.0)):
            balance[code] += sign * arc.weight
            through[code] += arc.weight
    order = sorted(codes, key=lambda c: (-balance[c] / through[c] if through[c] else 0.0, c))
    made = {}
    for at, code in enumerate(order):
        turn = math.pi * ((at + 0.5) / len(order))
        side = 1 if at % 2 else -1
        made[code] = (WIDE / 2 - 0.37 * WIDE * math.cos(turn), 185 + side * 140 * math.sin(turn))
    return made


def _ground(placed: Placed, inside: bool) -> str:
    fill = "var(--sunk, #eef1f5)" if inside else "#eef1f5"
    edge = "var(--line, #d5dae1)" if inside else "#c9d0d8"
    # A picture in the picture, which cuts off what lies beyond the map.
    return (
        f'<svg width="{n(WIDE)}" height="{n(placed.ground)}" aria-hidden="true">'
        f'<path d="{placed.land}" fill="{fill}" stroke="{edge}" stroke-width="0.8"/>'
        f'<path d="{placed.borders}" fill="none" stroke="{edge}" stroke-width="0.6"/></svg>'
    )


def _arc(arc: Arc, placed: Placed, most: float) -> str:
    (x0, y0), (x1, y1) = placed.points[arc.source], placed.points[arc.target]
    wide = max(THICK * arc.weight / most, 1.2)
    told = f"<title>{text(_said(arc))}</title>"
    if arc.source == arc.target:
        return (
            f'<circle cx="{n(x0)}" cy="{n(y0 - 13)}" r="13" fill="none" stroke="{hue(0)}"'
            f' stroke-width="{n(wide)}" stroke-opacity="0.55">{told}</circle>'
        )
    long = math.hypot(x1 - x0, y1 - y0) or 1.0
    bow = min(0.22 * long, 90.0)
    # To the left of its way, so that the flow there and the flow back lie apart.
    mx, my = (x0 + x1) / 2 + (y1 - y0) / long * bow, (y0 + y1) / 2 - (x1 - x0) / long * bow
    ex, ey = x1 - mx, y1 - my
    end = math.hypot(ex, ey) or 1.0
    ux, uy = ex / end, ey / end
    head = 5.0 + wide
    bx, by = x1 - ux * (head + 4), y1 - uy * (head + 4)
    tip = (x1 - ux * 4, y1 - uy * 4)
    half = 2.5 + wide * 0.62
    wings = ((bx - uy * half, by + ux * half), (bx + uy * half, by - ux * half))
    arrow = f"M{n(tip[0])} {n(tip[1])}{''.join(f'L{n(x)} {n(y)}' for x, y in wings)}Z"
    return (
        f'<g fill="{hue(0)}" fill-opacity="0.8">{told}'
        f'<path d="M{n(x0)} {n(y0)}Q{n(mx)} {n(my)} {n(bx)} {n(by)}" fill="none" stroke="{hue(0)}"'
        f' stroke-opacity="0.55" stroke-width="{n(wide)}"/><path d="{arrow}"/></g>'
    )


def _said(arc: Arc) -> str:
    return f"{country(arc.source)} → {country(arc.target)}: {arc.said}"


def _spot(spot: Spot, placed: Placed, largest: float) -> str:
    x, y = placed.points[spot.country]
    colour = {"hot": HOT, "cold": COLD}.get(spot.tone, GREY)
    wide = 4.0 + 20.0 * math.sqrt(max(spot.weight, 0.0) / largest)
    told = f"{country(spot.country)}: {spot.said}"
    return (
        f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(wide)}" fill="{colour}" fill-opacity="0.45"'
        f' stroke="{colour}"><title>{text(told)}</title></circle>'
    )


def _dot(code: str, at: Point) -> str:
    return f'<circle cx="{n(at[0])}" cy="{n(at[1])}" r="3.2"><title>{text(country(code))}</title></circle>'


def _names(weights: Mapping[str, float], placed: Placed, inside: bool) -> list[str]:
    """Names of the heaviest that fit without lying over one another."""
    made, taken = [], list[tuple[float, float, float, float]]()
    for code in sorted(weights, key=lambda c: (-weights[c], c)):
        x, y = placed.points[code]
        said = country(code)[:28]
        wide = 7.0 * len(said)
        for anchor, left, down in (
            ("start", 7.0, 4.0),
            ("end", -7.0 - wide, 4.0),
            ("middle", -wide / 2, -9.0),
        ):
            box = (x + left, y + down - 11, x + left + wide, y + down + 4)
            fits = box[0] >= 0 and box[2] <= WIDE and box[1] >= 0
            if fits and not any(_overlap(box, other) for other in taken):
                at = {"start": x + 7, "end": x - 7, "middle": x}[anchor]
                made.append(written(at, y + down, said, anchor=anchor, bold=True, halo=halo(inside)))
                taken.append(box)
                break
        if len(made) == MOST_NAMES:
            break
    return made


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _notes(placed: Placed, arcs: int) -> list[str]:
    told = []
    if placed.ring:
        told.append(
            _("No map: countries that mostly send stand on the left, those that mostly receive on the right.")
        )
    else:
        told.append(_("Outlines: Natural Earth. They say nothing of any territory's status."))
    if arcs > MOST_ARCS:
        told.append(_("%(many)s thinner flows are in the table only.", many=arcs - MOST_ARCS))
    return told
