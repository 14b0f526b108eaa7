"""Where the money went, as a flow (Sankey diagram) in SVG: accounts in columns by their distance from the
victims, ribbons as wide as the money in them.

The same trace is the same bytes each time. Nothing is styled but by attributes, so that a page's content
policy lets it through. Inside a page it takes the page's colours, light or dark; as a file it is dark on
white.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from entente.rooms.payments.traces.traces_found import SEVERAL, Found, Line, lines, ways
from entente.rooms.payments.traces.transfers_said import masked, money, plain, with_asset
from entente.web.language import _

MOST_ACCOUNTS = 60
"""Accounts drawn one by one; the rest of each column is one box."""
MOST_HOPS = 14
"""Columns; what is farther away stands in the last."""
LONGEST = 36
"""Characters of a line beside a bar."""
HUES = ("#3d85c8", "#d1792c", "#3f9f6b", "#a95fc4", "#c95a5a", "#8f8a1f", "#2f9aa8", "#c2588f")
"""Of victims, in their order, over and over; they tell on white and on black."""
GREY = "#8793a3"
FONT = "Noto Sans, DejaVu Sans, Noto Naskh Arabic, Noto Sans Arabic, sans-serif"
COLUMN, BAR, TALLEST, PITCH, TOP, SIDE = 226.0, 11.0, 430.0, 34.0, 46.0, 14.0
STRIP, LANE, MOST_LANES, THIN = 10.0, 5.0, 12, 2.5
"""Of money that goes back: the free strip before a column, lanes below the boxes, the widest line."""


@dataclass(slots=True)
class Box:
    """An account, or the rest of a column (`many` accounts). Units of the money that came, went, stays."""

    key: int
    label: str
    layer: int
    many: int = 1
    came: int = 0
    went: int = 0
    lies: int = 0
    stopped: int = 0
    y: float = 0.0
    high: float = 0.0
    outs: list["Ribbon"] = field(default_factory=list)
    ins: list["Ribbon"] = field(default_factory=list)

    @property
    def through(self) -> int:
        return max(self.came, self.went)


@dataclass(slots=True)
class Ribbon:
    """One victim's money between two boxes. `back`: it goes to a column that is not farther away, by
    way of `low`."""

    source: int
    target: int
    victim: int
    units: int
    payments: int
    back: bool = False
    wide: float = 0.0
    y0: float = 0.0
    y1: float = 0.0
    low: float = 0.0


@dataclass(slots=True)
class Flow:
    """What is drawn. `gathered`: accounts that are not drawn one by one. `inside`: units between two of them
    in one column, which are not drawn."""

    boxes: dict[int, Box]
    ribbons: list[Ribbon]
    victims: tuple[str, ...]
    asset: str
    rule: str
    gathered: int = 0
    inside: int = 0


def flow_of(found: Found, rule: str, asset: int, most: int = MOST_ACCOUNTS) -> Flow:
    """The flow by one rule in one asset; at most `most` accounts one by one, those through which most
    goes."""
    every = lines(found, rule, asset)
    victims = [a for a in every if a.hop == 0]
    rest = sorted((a for a in every if a.hop), key=lambda a: (-max(a.came, a.went), a.hop, a.account))
    victims.sort(key=lambda a: (-a.went, a.account))
    drawn = {a.account for a in [*victims[: most // 3], *rest][:most]}
    drawn |= {a.account for a in victims[: max(most - len(drawn), 0)]}
    boxes: dict[int, Box] = {}
    place: dict[int, int] = {}
    for a in every:
        layer = min(a.hop, MOST_HOPS)
        key = a.account if a.account in drawn else -1 - layer
        place[a.account] = key
        if key not in boxes:
            name = masked(found.payments.accounts[a.account]) if key >= 0 else ""
            boxes[key] = Box(key, name, layer, many=0)
        _add(boxes[key], a)
    made = Flow(boxes, [], labels_of(found), found.payments.assets[asset], rule)
    made.gathered = sum(box.many for box in boxes.values() if box.key < 0)
    sums: dict[tuple[int, int, int], Ribbon] = {}
    for way in ways(found, rule, asset):
        ends = place.get(way.source, -1), place.get(way.target, -1)
        if ends[0] not in boxes or ends[1] not in boxes:
            continue
        if ends[0] == ends[1]:
            made.inside += way.units
            continue
        ribbon = sums.setdefault((*ends, way.victim), Ribbon(*ends, way.victim, 0, 0))
        ribbon.units += way.units
        ribbon.payments += way.payments
    made.ribbons = [sums[key] for key in sorted(sums)]
    for ribbon in made.ribbons:
        ribbon.back = boxes[ribbon.target].layer <= boxes[ribbon.source].layer
        boxes[ribbon.source].outs.append(ribbon)
        boxes[ribbon.target].ins.append(ribbon)
    return made


def _add(box: Box, a: Line) -> None:
    box.many += 1
    box.came += a.came
    box.went += a.went
    box.lies += a.lies
    box.stopped += a.stopped


# --- placed --------------------------------------------------------------------------------------


def placed(flow: Flow) -> tuple[float, float]:
    """Every box and ribbon given its place; returns width and height."""
    columns: dict[int, list[Box]] = defaultdict(list)
    for box in flow.boxes.values():
        columns[box.layer].append(box)
    if not columns:
        return COLUMN, TOP
    fullest = max(sum(box.through for box in column) for column in columns.values())
    scale = TALLEST / fullest if fullest else 0.0
    for layer in sorted(columns):
        column = columns[layer]
        column.sort(key=lambda box: (box.key < 0, _middle(flow, box), -box.through, box.label, box.key))
        y = TOP
        for box in column:
            box.y, box.high = y, max(float(box.through * scale), 2.0)
            y += max(box.high + 10.0, PITCH)
    for box in flow.boxes.values():
        _dock(flow, box, scale)
    width = SIDE + (max(columns) + 1) * COLUMN
    height = max(box.y + max(box.high + 10.0, PITCH) for box in flow.boxes.values()) + 8.0
    return width, height


def _middle(flow: Flow, box: Box) -> float:
    """Where the money comes from, on the whole: so that ribbons cross little."""
    came = [(r.units, flow.boxes[r.source]) for r in box.ins if not r.back]
    total = sum(units for units, _ in came)
    return sum(float(units / total) * (b.y + b.high / 2) for units, b in came) if total else 0.0


def _dock(flow: Flow, box: Box, scale: float) -> None:
    """Where ribbons leave and reach a box, from top to bottom as their other ends lie."""
    for ribbons, other, end in ((box.outs, "target", "y0"), (box.ins, "source", "y1")):
        y = box.y
        for ribbon in sorted(ribbons, key=lambda r: (flow.boxes[getattr(r, other)].y, r.victim)):
            ribbon.wide = max(float(ribbon.units * scale), 0.8)
            setattr(ribbon, end, y)
            y += float(ribbon.units * scale)


# --- drawn ---------------------------------------------------------------------------------------


def drawn(found: Found, rule: str, asset: int, title: str, inside: bool = False) -> str:
    """The SVG. `inside`: for a page of ours, in the colours of that page."""
    flow = flow_of(found, rule, asset)
    width, height = placed(flow)
    height = _lanes(flow, height)
    notes = _notes(flow)
    key = list(_key(flow))
    width = max(width, 420.0)
    bottom = height + 20.0 * (len(notes) + len(key)) + 24.0
    ink = "currentColor" if inside else "#1a2330"
    paper = "" if inside else f'<rect width="{n(width)}" height="{n(bottom)}" fill="#ffffff"/>'
    says = _(
        "Money flows from left to right through %(accounts)s accounts; the table has the same figures.",
        accounts=sum(box.many for box in flow.boxes.values()),
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(width)} {n(bottom)}" width="{n(width)}"'
        f' height="{n(bottom)}" role="img" font-family="{FONT}" font-size="12" fill="{ink}">',
        f"<title>{text(title)}</title><desc>{text(says)}</desc>{paper}",
        *(_heading(layer) for layer in sorted({box.layer for box in flow.boxes.values()})),
        *(_ribbon(flow, ribbon) for ribbon in sorted(flow.ribbons, key=lambda r: (r.back, -r.units))),
        *(_box(flow, box, inside) for box in sorted(flow.boxes.values(), key=lambda b: (b.layer, b.y))),
        *key_drawn(key, SIDE, height + 16.0),
        *(_note(note, height + 20.0 * (len(key) + at + 1) - 4.0) for at, note in enumerate(notes)),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _heading(layer: int) -> str:
    if layer == 0:
        said = _("Victims")
    elif layer == MOST_HOPS:
        said = _("%(hops)s payments or more away", hops=layer)
    else:
        said = _("%(hops)s away", hops=layer)
    return (
        f'<text x="{n(_x(layer))}" y="22" font-weight="600" fill-opacity="0.75"'
        f' unicode-bidi="plaintext">{text(said)}</text>'
    )


def _x(layer: int) -> float:
    return SIDE + layer * COLUMN


def _ribbon(flow: Flow, ribbon: Ribbon) -> str:
    source, target = flow.boxes[ribbon.source], flow.boxes[ribbon.target]
    x0, x1, wide = _x(source.layer) + BAR, _x(target.layer), ribbon.wide
    told = f"<title>{text(_told(flow, source, target, ribbon))}</title>"
    hue = hue_of(ribbon.victim)
    if ribbon.back:
        thin = min(max(wide, 1.0), THIN)
        return (
            f'<path d="{_under(flow, ribbon)}" fill="none" stroke="{hue}" stroke-width="{n(thin)}"'
            f' stroke-opacity="0.8" stroke-dasharray="7 4">{told}</path>'
        )
    middle = (x0 + x1) / 2
    y0, y1 = ribbon.y0, ribbon.y1
    shape = (
        f"M{n(x0)} {n(y0)}C{n(middle)} {n(y0)} {n(middle)} {n(y1)} {n(x1)} {n(y1)}V{n(y1 + wide)}"
        f"C{n(middle)} {n(y1 + wide)} {n(middle)} {n(y0 + wide)} {n(x0)} {n(y0 + wide)}Z"
    )
    return f'<path d="{shape}" fill="{hue}" fill-opacity="0.42">{told}</path>'


def _under(flow: Flow, ribbon: Ribbon) -> str:
    """The line of money that goes back: down the free strip before its column, below all boxes, and up again.
    It is no band: a wide one that turns back would lie over the names."""
    source, target = flow.boxes[ribbon.source], flow.boxes[ribbon.target]
    x0, x1, low = _x(source.layer), _x(target.layer), ribbon.low
    y0 = min(ribbon.y0 + ribbon.wide / 2, source.y + source.high)
    y1 = min(ribbon.y1 + ribbon.wide / 2, target.y + target.high)
    left, right = x1 - STRIP, x0 - STRIP / 2
    bend = min(STRIP, (right - left) / 2)
    return (
        f"M{n(x0)} {n(y0)}Q{n(right)} {n(y0)} {n(right)} {n(y0 + STRIP)}V{n(low - STRIP)}"
        f"Q{n(right)} {n(low)} {n(right - bend)} {n(low)}H{n(left + bend)}"
        f"Q{n(left)} {n(low)} {n(left)} {n(low - STRIP)}V{n(y1 + STRIP)}Q{n(left)} {n(y1)} {n(x1)} {n(y1)}"
    )


def _lanes(flow: Flow, height: float) -> float:
    """A lane below the boxes for each ribbon that goes back; many share the last. Returns the height with
    them."""
    back = [ribbon for ribbon in flow.ribbons if ribbon.back]
    for lane, ribbon in enumerate(back):
        ribbon.low = height + STRIP + LANE * min(lane, MOST_LANES)
    return max((ribbon.low for ribbon in back), default=height) + (LANE if back else 0.0)


def _told(flow: Flow, source: Box, target: Box, ribbon: Ribbon) -> str:
    return _(
        "%(source)s to %(target)s: %(amount)s of %(victim)s in %(payments)s payments",
        source=_named(source),
        target=_named(target),
        amount=with_asset(ribbon.units, flow.asset),
        victim=victim_of(flow.victims, ribbon.victim),
        payments=ribbon.payments,
    )


def _named(box: Box) -> str:
    return box.label if box.key >= 0 else _("%(many)s others", many=box.many)


def _box(flow: Flow, box: Box, inside: bool) -> str:
    x, halo = _x(box.layer), "var(--sheet, #ffffff)" if inside else "#ffffff"
    stays = box.lies + box.stopped
    rests = float(stays / box.through) * box.high if box.through and stays else 0.0
    dash = ' stroke-dasharray="3 2"' if box.key < 0 else ""
    bars = (
        f'<rect x="{n(x)}" y="{n(box.y)}" width="{n(BAR)}" height="{n(box.high)}" fill-opacity="0.3"'
        f' stroke="currentColor" stroke-opacity="0.8" stroke-width="0.8"{dash}/>'
    )
    if rests:
        low = box.y + box.high - rests
        bars += f'<rect x="{n(x)}" y="{n(low)}" width="{n(BAR)}" height="{n(max(rests, 1.0))}"/>'
    under = [] if stays == box.through else [with_asset(box.through, flow.asset)]
    if box.stopped:
        under.append(_("stopped: %(amount)s", amount=money(box.stopped, flow.asset)))
    if box.lies:
        under.append(_("lies there: %(amount)s", amount=money(box.lies, flow.asset)))
    said = " · ".join(under)
    told = [(_named(box), "600"), (said if len(said) <= LONGEST else under[-1], "400")]
    texts = "".join(
        f'<text x="{n(x + BAR + 6)}" y="{n(box.y + 10 + 13.5 * at)}" font-size="{12 - at}"'
        f' font-weight="{bold}" unicode-bidi="plaintext" stroke="{halo}" stroke-width="3"'
        f' stroke-linejoin="round" paint-order="stroke">{text(line)}</text>'
        for at, (line, bold) in enumerate(told)
    )
    return f"<g><title>{text(' · '.join([_named(box), *under]))}</title>{bars}{texts}</g>"


def _notes(flow: Flow) -> list[str]:
    told = [
        _("The solid part of a bar is money that lies there or was stopped there."),
        _("Dashed: money that goes back."),
    ]
    if flow.rule == "poison":
        touched = _("By this rule a ribbon is what was touched, whole: it says nothing of whose money it is.")
        told = [touched]
    if flow.gathered:
        gathered = _(
            "%(many)s accounts with the least money are gathered as others; the table has them all.",
            many=flow.gathered,
        )
        told.append(gathered)
    if flow.inside:
        told.append(_("%(amount)s went among the others.", amount=with_asset(flow.inside, flow.asset)))
    return told


def _note(note: str, y: float) -> str:
    return (
        f'<text x="{n(SIDE)}" y="{n(y + 16)}" fill-opacity="0.8" unicode-bidi="plaintext">{text(note)}</text>'
    )


def _key(flow: Flow) -> list[tuple[str, str]]:
    there = sorted({ribbon.victim for ribbon in flow.ribbons}, key=lambda v: (v == SEVERAL, v))
    return key_of(flow.victims, there)


# --- what both pictures share --------------------------------------------------------------------


def key_of(victims: Sequence[str], there: Sequence[int], most: int = 8) -> list[tuple[str, str]]:
    """(hue, name) of the victims in a picture, and how many more there are."""
    key = [(hue_of(v), victim_of(victims, v)) for v in there[:most]]
    return [*key, (GREY, _("%(many)s more victims", many=len(there) - most))] if len(there) > most else key


def key_drawn(key: Sequence[tuple[str, str]], x: float, y: float) -> list[str]:
    return [
        f'<rect x="{n(x)}" y="{n(y + 20 * at - 9)}" width="12" height="10" fill="{hue}" fill-opacity="0.7"/>'
        f'<text x="{n(x + 18)}" y="{n(y + 20 * at)}" unicode-bidi="plaintext">{text(name[:60])}</text>'
        for at, (hue, name) in enumerate(key)
    ]


def hue_of(victim: int) -> str:
    return GREY if victim == SEVERAL else HUES[victim % len(HUES)]


def labels_of(found: Found) -> tuple[str, ...]:
    """Victims' names for a picture; one who is named by his account is masked."""
    accounts = frozenset(found.payments.accounts)
    return tuple(masked(name) if name in accounts else name for name in found.victims)


def victim_of(victims: Sequence[str], victim: int) -> str:
    return _("several victims") if victim == SEVERAL else victims[victim]


def n(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def text(said: str) -> str:
    return escape(plain(said))
