"""What the scan answers, said in NumPy: its definition, and what stands in for it where nothing is
compiled."""

import numpy as np
from numpy.typing import NDArray

from entente.match.prints.agreeing import COSINES, SINES, WEIGHTS
from entente.match.prints.neighbours import MOST, RADIANS, SECTORS, TURN, Floats, Places, Words
from entente.match.prints.packing import asking, unpacked

LEADING = 12
"""Heaviest pairs that vote."""
APART = TURN * 72 // 360
"""Directions further apart than that are never paired: nobody lays a finger on its side."""
LONE = 0.01
"""What a pair counts for by its weight alone: it orders prints of which no two pairs agree."""


def scan_slow(asked: Words, items: Words, start: Places, rows: Places) -> NDArray[np.float32]:
    """The scores of `scan`, to the last bit."""
    bits, places = asking(asked)
    kept = (np.asarray(items[start[row] : start[row + 1]]) for row in rows)
    return np.array([_score(bits, places, rows) for rows in kept], np.float32)


def _score(bits: Words, places: Places, kept: Words) -> float:
    if not len(bits) or not len(kept):
        return 0.0
    other = unpacked(kept)
    counts = np.minimum((kept[:, SECTORS] >> np.uint64(48)) & np.uint64(0xFF), MOST).astype(np.int64)
    met = np.bitwise_count(bits[:, None, :] & kept[None, :, :SECTORS]).sum(axis=2, dtype=np.int64)
    met = np.minimum(met, counts[None, :])  # cells overlap by a rounding, and a row may say anything
    values = WEIGHTS[places[:, 3, None], counts[None, :], met]
    values[(other.direction[None, :] - places[:, 2, None] + APART) % TURN > 2 * APART] = 0.0
    partner = values.argmax(axis=1)
    best = values[np.arange(len(values)), partner]
    lead = np.argsort(-best, kind="stable")[:LEADING]
    lead = lead[best[lead] > 0]
    partner, weight = partner[lead], best[lead]
    turn = (places[lead, 2] - other.direction[partner]) % TURN
    agree = agreements(places[lead, 0], places[lead, 1], other.x[partner], other.y[partner], turn)
    votes = np.sqrt(weight[:, None] * weight[None, :]) * agree
    votes[partner[:, None] == partner[None, :]] = 0.0
    total = 0.0
    for t in range(len(lead)):  # one after the other, as the compiled loop adds them
        total = float(np.cumsum([total, weight[t] * LONE, *votes[t, t + 1 :]])[-1])
    return total


def agreements(x: Places, y: Places, x_b: Places, y_b: Places, turn: Places) -> Floats:
    """`agreement` of n pairs with each other, (n, n)."""
    across, up, across_b, up_b = (value[None, :] - value[:, None] for value in (x, y, x_b, y_b))
    other = (turn[None, :] - turn[:, None] + TURN // 2) % TURN - TURN // 2
    apart = np.abs(other) * RADIANS
    length = np.sqrt(across * across + up * up)
    stretch = np.abs(length - np.sqrt(across_b * across_b + up_b * up_b))
    step = ((turn[:, None] + other // 2) % TURN) * len(COSINES) // TURN
    left = across - (COSINES[step] * across_b - SINES[step] * up_b)
    over = up - (SINES[step] * across_b + COSINES[step] * up_b)
    off = np.sqrt(left * left + over * over)
    most, wide = 12.0 + 0.1 * length, 16.0 + 0.4 * length
    value = np.where(apart > 0.2, (0.6 - apart) / 0.4, 1.0)
    value *= np.where(stretch > 4.0 + 0.03 * length, (most - stretch) / (8.0 + 0.07 * length), 1.0)
    value *= np.where(off > 8.0 + 0.15 * length, (wide - off) / (8.0 + 0.25 * length), 1.0)
    return np.where((apart >= 0.6) | (stretch >= most) | (off >= wide), 0.0, value)
