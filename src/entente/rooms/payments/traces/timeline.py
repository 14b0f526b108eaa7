"""Who paid whom, when: time from left to right, a line for each account, an arrow for each payment that
carried victims' money. In SVG, as the flow (sankey.py) is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from entente.rooms.payments.traces.sankey import FONT, hue_of, key_drawn, key_of, labels_of, n, text
from entente.rooms.payments.traces.traces_found import SEVERAL, Found, hops, parts
from entente.rooms.payments.traces.transfers import asset_at
from entente.rooms.payments.traces.transfers_said import masked, short_moment, with_asset
from entente.web.language import _

MOST_ACCOUNTS = 60
MOST_PAYMENTS = 400
LEFT, WIDE, TOP, LANE, APART = 150.0, 860.0, 44.0, 22.0, 4.0
TICKS = (
    60, 300, 900, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, 86_400, 2 * 86_400, 7 * 86_400, 14 * 86_400,
    30 * 86_400, 91 * 86_400, 365 * 86_400, 5 * 365 * 86_400, 20 * 365 * 86_400,
)  # fmt: skip
"""Seconds between marks on the axis."""
MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Arrow:
    """A payment: lanes of both ends, place on the axis, whose money, and what is told of it."""

    source: int
    target: int
    x: float
    victim: int
    told: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. `lanes`: names of accounts; `left`: accounts and payments that are not drawn."""

    lanes: tuple[str, ...]
    arrows: tuple[Arrow, ...]
    start: int
    end: int
    left: tuple[int, int]


def chart_of(found: Found, rule: str) -> Chart:
    """The first accounts that the money reached, and the payments among them, in order of time."""
    t, told = found.payments, parts(found, rule)
    hop = hops(found, rule)
    first: dict[int, int] = {}
    for row in told:
        for account in (int(t.source[row]), int(t.target[row])):
            first.setdefault(account, row)
    order = sorted(first, key=lambda a: (first[a], hop.get(a, 0), a))
    lane = {account: at for at, account in enumerate(order[:MOST_ACCOUNTS])}
    every = [row for row in told if int(t.source[row]) in lane and int(t.target[row]) in lane]
    rows = every[:MOST_PAYMENTS]
    start, end = (int(t.at[rows[0]]), int(t.at[rows[-1]])) if rows else (0, 0)
    return Chart(
        tuple(masked(t.accounts[account]) for account in lane),
        tuple(_arrows(found, rows, told, lane, start, end)),
        start,
        end,
        (len(order) - len(lane), len(told) - len(rows)),
    )


def _arrows(
    found: Found,
    rows: Sequence[int],
    told: dict[int, list[tuple[int, int]]],
    lane: dict[int, int],
    start: int,
    end: int,
) -> list[Arrow]:
    """Payments of one time stand beside each other, in their order."""
    t = found.payments
    made: list[Arrow] = []
    last, beside = None, 0
    for row in rows:
        at = int(t.at[row])
        beside = min(beside + 1, 12) if at == last else 0
        last = at
        x = LEFT + (at - start) / max(end - start, 1) * (WIDE - 60) + beside * APART
        source, target = int(t.source[row]), int(t.target[row])
        whose = told[row]
        asset = asset_at(t, row)
        said = _(
            "%(at)s: %(source)s to %(target)s, %(part)s of %(amount)s",
            at=short_moment(at, found.steps),
            source=masked(t.accounts[source]),
            target=masked(t.accounts[target]),
            part=with_asset(sum(units for _who, units in whose), asset),
            amount=with_asset(int(t.amount[row]), asset),
        )
        victim = whose[0][0] if len(whose) == 1 else SEVERAL
        made.append(Arrow(lane[source], lane[target], x, victim, said))
    return made


def drawn(found: Found, rule: str, title: str, inside: bool = False) -> str:
    """The SVG. `inside`: for a page of ours, in the colours of that page."""
    chart = chart_of(found, rule)
    bottom = TOP + len(chart.lanes) * LANE + 6
    there = sorted({arrow.victim for arrow in chart.arrows}, key=lambda v: (v == SEVERAL, v))
    key = key_of(labels_of(found), there)
    notes = _notes(chart)
    high = bottom + 20 * (len(key) + len(notes)) + 16
    ink, width = "currentColor" if inside else "#1a2330", LEFT + WIDE + 20
    paper = "" if inside else f'<rect width="{n(width)}" height="{n(high)}" fill="#ffffff"/>'
    says = _(
        "%(payments)s payments among %(accounts)s accounts in order of time; the table has the same.",
        payments=len(chart.arrows),
        accounts=len(chart.lanes),
    )
    made = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(width)} {n(high)}" width="{n(width)}"'
        f' height="{n(high)}" role="img" font-family="{FONT}" font-size="12" fill="{ink}" color="{ink}">',
        f"<title>{text(title)}</title><desc>{text(says)}</desc>{paper}",
        *_axis(chart, bottom, found.steps),
        *(_lane(at, name, width) for at, name in enumerate(chart.lanes)),
        *(_arrow(arrow) for arrow in chart.arrows),
        *key_drawn(key, 14.0, bottom + 16),
        *(
            f'<text x="14" y="{n(bottom + 20 * (len(key) + at) + 16)}" fill-opacity="0.8"'
            f' unicode-bidi="plaintext">{text(note)}</text>'
            for at, note in enumerate(notes)
        ),
        "</svg>",
    ]
    return "\n".join(part for part in made if part) + "\n"


def _lane(at: int, name: str, width: float) -> str:
    y = _y(at)
    return (
        f'<path d="M{n(LEFT - 8)} {n(y)}H{n(width - 10)}" stroke="currentColor" stroke-opacity="0.18"/>'
        f'<text x="{n(LEFT - 14)}" y="{n(y + 4)}" text-anchor="end" font-size="11.5">{text(name)}</text>'
    )


def _y(lane: int) -> float:
    return TOP + (lane + 0.5) * LANE


def _arrow(arrow: Arrow) -> str:
    y0, y1 = _y(arrow.source), _y(arrow.target)
    hue = hue_of(arrow.victim)
    told = f"<title>{text(arrow.told)}</title>"
    if arrow.source == arrow.target:
        return f'<circle cx="{n(arrow.x)}" cy="{n(y0)}" r="4" fill="{hue}">{told}</circle>'
    way = 1 if y1 > y0 else -1
    tip = y1 - way * 1.5
    head = f"M{n(arrow.x - 4)} {n(tip - way * 7)}L{n(arrow.x)} {n(tip)}L{n(arrow.x + 4)} {n(tip - way * 7)}Z"
    return (
        f'<g>{told}<circle cx="{n(arrow.x)}" cy="{n(y0)}" r="2.6" fill="{hue}"/>'
        f'<path d="M{n(arrow.x)} {n(y0)}V{n(tip - way * 6)}" stroke="{hue}" stroke-width="1.8"/>'
        f'<path d="{head}" fill="{hue}"/></g>'
    )


def _axis(chart: Chart, bottom: float, steps: bool) -> list[str]:
    """Marks at round hours or days (UTC), or at steps of the file."""
    if not chart.arrows:
        return []
    span = max(chart.end - chart.start, 1)
    made = []
    for at, said in _marks(chart.start, chart.end, steps):
        x = LEFT + (at - chart.start) / span * (WIDE - 60)
        made.append(
            f'<path d="M{n(x)} {n(TOP - 6)}V{n(bottom)}" stroke="currentColor" stroke-opacity="0.12"/>'
            f'<text x="{n(x)}" y="{n(TOP - 14)}" text-anchor="middle" font-size="10.5" fill-opacity="0.8">'
            f"{text(said)}</text>"
        )
    return made


def _marks(start: int, end: int, steps: bool) -> list[tuple[int, str]]:
    span = max(end - start, 1)
    if steps:
        apart = max(span // MOST_TICKS, 1)
        return [(at, str(at)) for at in range(start, end + 1, apart)][: MOST_TICKS + 1]
    apart = next((tick for tick in TICKS if span / tick <= MOST_TICKS), TICKS[-1])
    first = -(-start // apart) * apart
    marks = [(at, _clock(at, apart)) for at in range(first, end + 1, apart)]
    return marks or [(start, _clock(start, 60))]


def _clock(at: int, apart: int) -> str:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at)
    return moment.strftime("%Y-%m-%d" if apart >= 86_400 else "%m-%d %H:%M")


def _notes(chart: Chart) -> list[str]:
    accounts, payments = chart.left
    told = [_("Times are UTC, or steps of the file.")]
    if accounts or payments:
        told.append(
            _(
                "%(accounts)s later accounts and %(payments)s payments are not drawn; the table has all.",
                accounts=accounts,
                payments=payments,
            )
        )
    return told
