"""Quantities far from all others of their goods: typed with three noughts too many, or in another unit. They
are kept, and wait for a person before any sum counts them.

The scale is logarithmic and robust (median, median absolute deviation): one outlier does not hide another
(B. Iglewicz and D. Hoaglin, How to Detect and Handle Outliers, 1993).
"""

from collections.abc import Sequence
from math import log, log10
from statistics import median

import numpy as np
from numpy.typing import NDArray

FEWEST = 10
"""Quantities below which nothing is said: of a few, none is far from the others."""
FAR = 3.5
"""Robust standard deviations from the median, beyond which a quantity waits (Iglewicz and Hoaglin's); of a
lognormal sample, one in two thousand lies beyond."""
LEAST_SPREAD = log(2)
"""Of the absolute deviations, in natural logs: where all quantities are alike, what lies within some 36 times
(exp of 3.5 x 1.4826 x log 2) of their median does not wait."""
MOST = 1e12
"""No seizure is larger, in any unit."""


def far(quantities: NDArray[np.float64], groups: NDArray[np.int64] | None = None) -> NDArray[np.bool_]:
    """Which quantities wait for a person, each among those of its group (goods, unit); NaN and nought never.

    Give it one asker's view, or the owner's own records: the answer depends on all of them.
    """
    waits = np.zeros(len(quantities), np.bool_)
    usable = np.isfinite(quantities) & (quantities > 0)
    kinds = np.zeros(len(quantities), np.int64) if groups is None else groups
    for group in np.unique(kinds[usable]):
        rows = np.flatnonzero(usable & (kinds == group))
        if len(rows) < FEWEST:
            continue
        logs = np.log(quantities[rows])
        middle = np.median(logs)
        spread = max(float(np.median(np.abs(logs - middle))), LEAST_SPREAD)
        waits[rows] = np.abs(logs - middle) / (1.4826 * spread) > FAR
    return waits | (usable & (quantities > MOST))


def is_far(quantity: float, others: Sequence[float]) -> str:
    """Why one quantity waits for a person among others of its goods and unit, in words; "" where it
    does not: what `far` says of it when the others are those of its group beside it."""
    if quantity > MOST:
        return f"is more than {MOST:.0e}: no seizure is so large"
    logs = [log(one) for one in others if one > 0]
    if quantity <= 0 or len(logs) < FEWEST:
        return ""
    middle = median(logs)
    spread = max(median(abs(one - middle) for one in logs), LEAST_SPREAD)
    if abs(log(quantity) - middle) / (1.4826 * spread) <= FAR:
        return ""
    times = abs(log(quantity) - middle) / log(10)
    side = "above" if log(quantity) > middle else "below"
    usual = 10 ** (middle / log(10))
    return (
        f"lies {10**times:,.0f} times {side} the middle of {len(logs)} others ({_short(usual)}): "
        "a person confirms it before it is added up"
    )


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.{max(0, 2 - int(log10(value)))}g}"
