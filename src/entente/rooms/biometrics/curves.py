"""The trade of errors as numbers and as a picture (detection error tradeoff, ISO/IEC 19795-1)."""

from collections.abc import Iterable, Sequence
from html import escape
from math import log10

import numpy as np

from entente.match.rates import det

LOWEST = 1e-4
"""The lowest rate on the axes of the picture."""
SIDE = 400


def thinned(genuine: Sequence[float], strangers: Sequence[float]) -> list[list[float]]:
    """(false match rate, false non-match rate), at ten of the former to a decade, from 1 to 0.01 %."""
    curve = det(genuine, strangers)
    levels = [10 ** (-power / 10) for power in range(41)]
    at = np.unique([int(np.argmax(curve[:, 1] <= level)) for level in levels if level >= curve[:, 1].min()])
    return [[round(float(value), 6) for value in curve[n, 1:]] for n in at]


def line(points: Iterable[Sequence[float]]) -> str:
    """Points (false match rate, false non-match rate) as those of an SVG polyline in a square of 400.

    Where no stranger matches there is no point: how rare that is, the pairs cannot say.
    """
    return " ".join(f"{_place(fmr)},{SIDE - _place(fnmr):g}" for fmr, fnmr in points if fmr)


def _place(rate: float) -> float:
    return round(SIDE * (1 - log10(max(rate, LOWEST)) / log10(LOWEST)), 1)


def picture(name: str, points: Iterable[Sequence[float]]) -> str:
    """The curve as an SVG file: both rates on logarithmic axes from 0.01 to 100 %."""
    grid, marks = [], []
    for power in range(5):
        at, said = SIDE * power / 4, f"{10.0 ** (power - 2):g}"
        grid.append(f"M{at} 0V{SIDE}M0 {at}H{SIDE}")
        marks.append(f'<text x="{at}" y="{SIDE + 16}" text-anchor="middle">{said}</text>')
        marks.append(f'<text x="-6" y="{SIDE - at + 4}" text-anchor="end">{said}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-60 -30 {SIDE + 80} {SIDE + 80}" '
        f'font-family="sans-serif" font-size="12"><path d="{"".join(grid)}M0 {SIDE}L{SIDE} 0" fill="none" '
        f'stroke="#ccc"/><text x="0" y="-10">{escape(name)}</text>{"".join(marks)}'
        f'<text x="{SIDE / 2}" y="{SIDE + 38}" text-anchor="middle">False match rate, %</text>'
        f'<text transform="translate(-44 {SIDE / 2}) rotate(-90)" text-anchor="middle">'
        f"False non-match rate, %</text>"
        f'<polyline points="{line(points)}" fill="none" stroke="#06c" stroke-width="2"/></svg>\n'
    )
