"""Lines over time and bars, as SVG: a table with the same figures stands beside each on its page."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from entente.rooms.trends.pictures.svg import GREY, HOT, framed, halo, hue, n, text, written
from entente.web.formats import number
from entente.web.language import _

WIDE, TALL, LEFT, RIGHT, TOP, BOTTOM = 880.0, 320.0, 74.0, 20.0, 22.0, 40.0
MOST_LINES = 8
MOST_BARS = 30
_Scale = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Line:
    """One series: a value for each period; None where there is none."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a period: its place among the periods, what it says. `soft`: a change of reporting."""

    at: int
    said: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    value: float
    said: str = ""


def ticks(most: float, about: int = 5) -> list[float]:
    """Round numbers from 0 up to at least `most`, about so many: steps of 1, 2 or 5 times a power of ten."""
    if not most > 1e-9 or not math.isfinite(most):
        return [0.0, 1.0]
    rough = most / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((power * k for k in (1, 2, 5) if power * k >= rough * 0.999999), power * 10)
    many = math.ceil(most / step - 1e-9)
    return [float(f"{step * k:.12g}") for k in range(many + 1)]


def lines(
    title: str,
    periods: Sequence[str],
    drawn: Sequence[Line],
    marks: Sequence[Mark] = (),
    unit: str = "",
    open_from: int | None = None,
    inside: bool = False,
) -> str:
    """Series over periods. `open_from`: place of the first period that is not over yet, shaded.

    At most MOST_LINES series are drawn; the picture says how many more there are.
    """
    shown = drawn[:MOST_LINES]
    known = [v for line in shown for v in line.values if v is not None and math.isfinite(v)]
    steps = ticks(max(known, default=0.0))
    high = steps[-1]
    many = max(len(periods), 1)

    def x(at: float) -> float:
        return LEFT + (WIDE - LEFT - RIGHT) * ((at + 0.5) / many)

    def y(value: float) -> float:
        return TOP + (TALL - TOP - BOTTOM) * (1 - value / high)

    parts = [_rule(y(step), number(step)) for step in steps]
    if unit:
        parts.append(written(LEFT, TOP - 8, unit, size=11))
    parts += _periods(periods, x)
    if open_from is not None and open_from < many:
        left = x(open_from - 0.5)
        parts.append(
            f'<rect x="{n(left)}" y="{n(TOP)}" width="{n(WIDE - RIGHT - left)}"'
            f' height="{n(TALL - TOP - BOTTOM)}" fill="{GREY}" fill-opacity="0.15"><title>'
            f"{text(_('This period is not over yet'))}</title></rect>"
        )
    parts += [_mark(mark, x(mark.at - 0.5), y(0), y(high)) for mark in marks if 0 <= mark.at < many]
    for place, line in enumerate(shown):
        parts += _line(line, periods, hue(place), x, y)
    bottom = TALL
    if len(drawn) > 1:
        for place, line in enumerate(shown):
            at = TALL + 8 + 18 * place
            parts.append(f'<rect x="{n(LEFT)}" y="{n(at - 9)}" width="12" height="10" fill="{hue(place)}"/>')
            parts.append(written(LEFT + 18, at, line.name[:80]))
        bottom += 18 * len(shown) + 8
    if len(drawn) > MOST_LINES:
        more = _("%(many)s more are in the table only.", many=len(drawn) - MOST_LINES)
        parts.append(written(LEFT, bottom + 8, more, size=11))
        bottom += 20
    says = _("%(lines)s series over %(periods)s periods.", lines=len(shown), periods=len(periods))
    return framed(WIDE, bottom, title, says, parts, inside)


def _rule(at: float, said: str) -> str:
    line = (
        f'<line x1="{n(LEFT)}" y1="{n(at)}" x2="{n(WIDE - RIGHT)}" y2="{n(at)}" stroke="currentColor"'
        ' stroke-opacity="0.18"/>'
    )
    return line + written(LEFT - 8, at + 4, said, anchor="end", size=11)


def _periods(periods: Sequence[str], x: _Scale) -> list[str]:
    step = max(1, math.ceil(len(periods) / 10))
    return [
        written(x(at), TALL - BOTTOM + 20, said, anchor="middle", size=11)
        for at, said in enumerate(periods)
        if at % step == 0
    ]


def _mark(mark: Mark, at: float, low: float, high: float) -> str:
    colour, dash = (GREY, ' stroke-dasharray="2 4"') if mark.soft else (HOT, ' stroke-dasharray="6 3"')
    return (
        f'<g><title>{text(mark.said)}</title><line x1="{n(at)}" y1="{n(high)}" x2="{n(at)}" y2="{n(low)}"'
        f' stroke="{colour}" stroke-width="2"{dash}/>'
        f'<circle cx="{n(at)}" cy="{n(high)}" r="4" fill="{colour}"/></g>'
    )


def _line(line: Line, periods: Sequence[str], colour: str, x: _Scale, y: _Scale) -> list[str]:
    path, pen = [], "M"
    dots = []
    for at, value in enumerate(line.values):
        if value is None or not math.isfinite(value):
            pen = "M"
            continue
        path.append(f"{pen}{n(x(at))} {n(y(value))}")
        pen = "L"
        if len(line.values) <= 240:
            told = f"{line.name} {periods[at]}: {number(round(value, 3))}"
            dots.append(
                f'<circle cx="{n(x(at))}" cy="{n(y(value))}" r="2.6" fill="{colour}">'
                f"<title>{text(told)}</title></circle>"
            )
    return [f'<path d="{"".join(path)}" fill="none" stroke="{colour}" stroke-width="1.8"/>', *dots]


def bars(title: str, drawn: Sequence[Bar], unit: str = "", inside: bool = False) -> str:
    """Bars from the longest down, each with its name and what it says; at most MOST_BARS of them."""
    shown = drawn[:MOST_BARS]
    most = max((bar.value for bar in shown), default=0.0) or 1.0
    name_wide, pitch = 250.0, 26.0
    wide = 760.0
    parts = [written(name_wide, 14, unit, size=11)] if unit else []
    top = 22.0 if unit else 8.0
    for place, bar in enumerate(shown):
        at = top + pitch * place
        long = max((wide - name_wide - 110.0) * max(bar.value, 0.0) / most, 1.0)
        said = bar.said or number(round(bar.value, 3))
        parts.append(
            f"<g><title>{text(f'{bar.name}: {said}')}</title>"
            f'<rect x="{n(name_wide)}" y="{n(at)}" width="{n(long)}" height="16" fill="{hue(0)}"/>'
            + written(name_wide - 8, at + 12.5, bar.name[:36], anchor="end")
            + written(name_wide + long + 6, at + 12.5, said, halo=halo(inside))
            + "</g>"
        )
    says = _("%(many)s bars.", many=len(shown))
    return framed(wide, top + pitch * max(len(shown), 1) + 6, title, says, parts, inside)
