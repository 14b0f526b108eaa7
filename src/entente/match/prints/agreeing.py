"""Whether two pairs of minutiae can be explained by one turn and one shift of the finger."""

from math import comb, log10

import numpy as np

from entente.match.prints.compiled import compiled
from entente.match.prints.neighbours import MOST, Floats

STEPS = 1024
"""Steps of a turn in the tables of cosines and sines, which every form of a comparison reads: same bits."""
COSINES = np.cos(np.arange(STEPS) * (2 * np.pi / STEPS))
SINES = np.sin(np.arange(STEPS) * (2 * np.pi / STEPS))
CHANCE = 0.02
"""Share of a bitmap's cells that one tolerant neighbour covers."""


def _weights() -> Floats:
    table = np.zeros((MOST + 1, MOST + 1, MOST + 1))
    for asked in range(1, MOST + 1):
        share = 1 - (1 - CHANCE) ** asked
        for kept in range(1, MOST + 1):
            chances = [comb(kept, k) * share**k * (1 - share) ** (kept - k) for k in range(kept + 1)]
            for met in range(1, kept + 1):
                table[asked, kept, met] = -log10(sum(chances[met:]))
    return table


WEIGHTS = _weights()
"""(asked neighbours, kept bits, met bits): −log10 of the chance that so many bits are met by accident, where
each falls on an asked cell independently (the tail of a binomial distribution)."""


@compiled
def agreement(
    across: float, up: float, across_b: float, up_b: float, turn: int, turn_b: int,
    cosines: Floats, sines: Floats,
) -> float:  # fmt: skip
    """How well two pairs go together, 0 to 1.

    `across`, `up`: from the first pair's minutia in print a to the second's, in pixels; `across_b`, `up_b`
    the same in b; `turn`, `turn_b`: how each pair is turned from b to a, in steps. Three slopes are
    multiplied: difference of the turns (0.2 to 0.6 rad), of the lengths, and what is left of the way once
    b's is turned. The last two allow for a skin that stretches: more where the way is longer.
    """
    other = (turn_b - turn + 32_768) % 65_536 - 32_768
    apart = abs(other) * 9.587379924285257e-05
    if apart >= 0.6:
        return 0.0
    length, length_b = np.sqrt(across * across + up * up), np.sqrt(across_b * across_b + up_b * up_b)
    stretch = abs(length - length_b)
    if stretch >= 12.0 + 0.1 * length:
        return 0.0
    step = ((turn + other // 2) % 65_536) >> 6
    cosine, sine = cosines[step], sines[step]
    x, y = across - (cosine * across_b - sine * up_b), up - (sine * across_b + cosine * up_b)
    off = np.sqrt(x * x + y * y)
    if off >= 16.0 + 0.4 * length:
        return 0.0
    value = 1.0
    if apart > 0.2:
        value *= (0.6 - apart) / 0.4
    if stretch > 4.0 + 0.03 * length:
        value *= (12.0 + 0.1 * length - stretch) / (8.0 + 0.07 * length)
    if off > 8.0 + 0.15 * length:
        value *= (16.0 + 0.4 * length - off) / (8.0 + 0.25 * length)
    return value
