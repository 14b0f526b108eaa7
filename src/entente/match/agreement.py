"""How far two or more who scored the same things agree: percent, weighted kappa, intraclass correlation.

Sources: Cohen (1960, 1968) for kappa; Shrout and Fleiss (1979) for ICC(2,1) (any scorers: agreement in level
counts) and ICC(3,1) (these scorers: only consistency counts), both of a single score.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Scores = NDArray[np.float64]
WEIGHTS = ("nominal", "linear", "quadratic")


def percent(first: Sequence[object], second: Sequence[object], within: float = 0.0) -> float:
    """Share of pairs, 0 to 1, that are equal, or are numbers at most `within` apart. Raises ValueError."""
    if len(first) != len(second) or not first:
        raise ValueError("Give both scorers' scores of the same things, at least one")
    if within:
        apart = np.abs(np.asarray(first, np.float64) - np.asarray(second, np.float64))
        return float(np.mean(apart <= within + 1e-9))
    return sum([a == b for a, b in zip(first, second, strict=True)]) / len(first)


def kappa(
    first: Sequence[object], second: Sequence[object], scale: Sequence[object], weights: str = "quadratic"
) -> float | None:
    """Cohen's kappa of two scorers over an ordered scale: 1 full agreement, 0 what chance would give.

    `weights` says how a disagreement of d steps counts: "nominal" all alike, "linear" d, "quadratic" d².
    None where it is not defined (both gave everything one and the same score). Raises ValueError for a score
    that is not on the scale.
    """
    if len(first) != len(second) or not first:
        raise ValueError("Give both scorers' scores of the same things, at least one")
    place = {value: at for at, value in enumerate(scale)}
    table = np.zeros((len(scale), len(scale)))
    for a, b in zip(first, second, strict=True):
        if a not in place or b not in place:
            raise ValueError(f"{b if a in place else a!r} is not on the scale")
        table[place[a], place[b]] += 1
    return table_kappa(table, disagreement(len(scale), weights))


def disagreement(steps: int, weights: str) -> Scores:
    """(steps, steps): how much each pair of scores disagrees. Raises ValueError."""
    if weights not in WEIGHTS:
        raise ValueError("weights is one of " + ", ".join(WEIGHTS))
    apart = np.abs(np.subtract.outer(np.arange(steps), np.arange(steps))).astype(np.float64)
    if weights == "nominal":
        return (apart > 0).astype(np.float64)
    return apart if weights == "linear" else apart**2


def table_kappa(table: ArrayLike, costs: ArrayLike) -> float | None:
    """Weighted kappa of a (k, k) table of counts or shares and the (k, k) costs of disagreement, 0 on the
    diagonal; None where chance alone would not disagree."""
    shares = np.asarray(table, np.float64)
    shares = shares / shares.sum()
    price = np.asarray(costs, np.float64)
    chance = float((np.outer(shares.sum(1), shares.sum(0)) * price).sum())
    return 1 - float((shares * price).sum()) / chance if chance else None


def icc_any(ratings: ArrayLike) -> float | None:
    """ICC(2,1) of (things, scorers): two-way random effects, absolute agreement, single score.

    None where nothing varies. Raises ValueError for fewer than two things or scorers, or a missing score.
    """
    between, within, rest, n, k = _squares(ratings)
    below = between + (k - 1) * rest + k * (within - rest) / n
    return (between - rest) / below if below > 0 else None


def icc_these(ratings: ArrayLike) -> float | None:
    """ICC(3,1) of (things, scorers): two-way mixed effects, consistency, single score; as `icc_any`."""
    between, _, rest, _, k = _squares(ratings)
    below = between + (k - 1) * rest
    return (between - rest) / below if below > 0 else None


def _squares(ratings: ArrayLike) -> tuple[float, float, float, int, int]:
    """Mean squares between things, between scorers and of the rest; how many things and scorers."""
    x = np.asarray(ratings, np.float64)
    if x.ndim != 2 or x.shape[0] < 2 or x.shape[1] < 2 or not np.isfinite(x).all():
        raise ValueError("Give at least two things scored by at least two scorers, none missing")
    n, k = x.shape
    mean = x.mean()
    things, scorers = x.mean(1) - mean, x.mean(0) - mean
    rest = x - mean - things[:, None] - scorers[None, :]
    return (
        float(k * (things**2).sum() / (n - 1)),
        float(n * (scorers**2).sum() / (k - 1)),
        float((rest**2).sum() / ((n - 1) * (k - 1))),
        n,
        k,
    )
