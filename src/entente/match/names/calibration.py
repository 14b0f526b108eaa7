"""From how two names lie on each other to the probability that they are one name.

`python -m benchmarks.calibration` fits the knots on the tune halves of the labelled sets (isotonic in effect:
they may only rise) and shows the calibration error on the halves that were held back.
"""

from bisect import bisect_right

KNOTS = (
    (0.0, -3.9), (0.15, -3.0), (0.25, -2.4), (0.35, -1.95), (0.45, -1.65), (0.55, -0.95), (0.65, 0.2),
    (0.75, 1.3), (0.85, 1.85), (0.95, 3.0), (1.0, 3.45),
)  # fmt: skip
"""(value of an alignment, natural log-odds of one name), straight lines between them. The last stays under
0.98: people who share a name to the letter are told apart by something else."""
_VALUES = tuple(value for value, _ in KNOTS)

UNRELATED = ((0.2, -8.0), (0.5, -3.0))
"""Most log-odds of "same person" from a name alone, straight between them: two names that are little alike
share a common word or two, and on the labelled pairs, whose others are the nearest there are, that looks like
more than it is among all the world's names."""


def most_of(value: float) -> float:
    """The most that a name says of the same person, by the value of its alignment."""
    (low, from_), (high, to) = UNRELATED
    return from_ + (to - from_) * (value - low) / (high - low)


def odds_of(value: float) -> float:
    """Log-odds that two names are one name, by the value of their alignment (0 to 1). Rises throughout."""
    right = min(bisect_right(_VALUES, value), len(KNOTS) - 1)
    (low, from_), (high, to) = KNOTS[right - 1], KNOTS[right]
    return from_ + (to - from_) * (value - low) / (high - low)
