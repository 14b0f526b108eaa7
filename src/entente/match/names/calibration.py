"""From how two names lie on each other to the probability that they are one name.

`python -m benchmarks.calibration` fits the knots on the tune halves of the labelled sets (isotonic in effect:
they may only rise) and shows the calibration error on the halves that were held back.
"""

from bisect import bisect_right

KNOTS = ((0.0, -9.0), (0.35, -6.8), (0.5, -3.0), (0.6, -1.2), (0.7, 0.0), (0.8, 1.2), (0.9, 2.4), (1.0, 3.9))
"""(value of an alignment, natural log-odds of one name), straight lines between them. The last stays under
0.98: people who share a name to the letter are told apart by something else."""
_VALUES = tuple(value for value, _ in KNOTS)


def odds_of(value: float) -> float:
    """Log-odds that two names are one name, by the value of their alignment (0 to 1). Rises throughout."""
    right = min(bisect_right(_VALUES, value), len(KNOTS) - 1)
    (low, from_), (high, to) = KNOTS[right - 1], KNOTS[right]
    return from_ + (to - from_) * (value - low) / (high - low)
