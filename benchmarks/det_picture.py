"""A DET curve (ISO/IEC 19795-1) as a small SVG: false match rate against false non-match rate, both
logarithmic."""

from html import escape
from math import log10

from numpy.typing import ArrayLike

from entente.match.rates import det

LEFT, TOP, SIDE = 60, 20, 400
LOWEST = 3e-4
COLOURS = ("#1b5e9b", "#b3541e", "#2e7d4f", "#7a3b8f")
PEER = "SourceAFIS"
STEP = 1.5
"""Pixels between the points that are drawn."""


def _at(rate: float) -> float:
    return SIDE * (log10(max(rate, LOWEST)) - log10(LOWEST)) / -log10(LOWEST)


def picture(lines: dict[str, tuple[ArrayLike, ArrayLike]]) -> str:
    """`lines`: name to (genuine scores, strangers' scores); a peer's line follows ours of the same set,
    dashed."""
    two = any(name.endswith(PEER) for name in lines)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + SIDE + 20} {TOP + SIDE + 60}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for rate in (0.001, 0.01, 0.1, 1.0):
        x, y = LEFT + _at(rate), TOP + SIDE - _at(rate)
        parts.append(f'<path d="M{x:.1f} {TOP}V{TOP + SIDE}M{LEFT} {y:.1f}H{LEFT + SIDE}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{TOP + SIDE + 18}" text-anchor="middle">{rate:.1%}</text>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{rate:.1%}</text>')
    parts.append(f'<path d="M{LEFT} {TOP + SIDE}L{LEFT + SIDE} {TOP}" stroke="#ccc" stroke-dasharray="4"/>')
    parts.append(f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#555"/>')
    for at, (name, (genuine, strangers)) in enumerate(lines.items()):
        places: list[tuple[float, float]] = []
        for _, match, miss in det(genuine, strangers):
            x, y = LEFT + _at(match), TOP + SIDE - _at(miss)
            if not places or abs(x - places[-1][0]) + abs(y - places[-1][1]) > STEP:
                places.append((x, y))
        told = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
        peer = name.endswith(PEER)
        colour, dash = (
            COLOURS[at // 2 % len(COLOURS) if two else at % len(COLOURS)],
            "4 3" if peer else "none",
        )
        parts.append(
            f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="1.5" '
            f'stroke-dasharray="{dash}"/>'
        )
        y = TOP + 20 + 16 * at
        parts.append(
            f'<text x="{LEFT + SIDE - 10}" y="{y}" text-anchor="end" fill="{colour}">{escape(name)}</text>'
        )
    parts.append(
        f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 40}" text-anchor="middle">false match rate</text>'
    )
    parts.append(
        f'<text transform="translate(14 {TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">'
        "false non-match rate</text>"
    )
    return "\n".join([*parts, "</svg>", ""])
