"""Points for consignments: which ways, goods and methods were hit more often than others, and whether that
holds on later ones.

Points are additive and each has its reason: ten double the odds of a hit. A value's log-odds against the
rate of all are drawn to nothing by as many imagined consignments of that rate as PRIOR says, so that a few
hits make no rule (a beta prior; the weights of evidence of Good 1950). They are learnt from the time before a
day and tried on the time after it. What a score is worth is told by its lift against consignments drawn by
chance; the control sample is no choice.

What may be a feature is a closed list of what is said of goods, ways and places. Nationality, names, births,
religion or anything else of a person is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, exp, log, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
FEATURES = frozenset(
    (
        "goods hs value_band quantity_band origin departure transit destination route mode place_kind "
        "locode concealment legs month weekday authority"
    ).split()
)
PRIOR = 20.0
DOUBLES = 10 / log(2)
"""Points of one unit of log-odds."""
LEAST_HITS = 10
CONTROL = 0.02
"""Share of consignments drawn by chance whatever their points."""
SHARES = (0.01, 0.05)
Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Reason:
    """One value's points, with the consignments and the hits it rests on."""

    feature: str
    value: int
    points: int
    n: int
    hits: int


@dataclass(frozen=True, slots=True)
class Lift:
    """How often the highest `share` is hit, over how often all are; ties at the border count by their share.

    `listed`, `hits`: how many that is, and hits among them; `rate` of all; `lift` NaN where nothing was hit.
    """

    share: float
    listed: int
    hits: float
    rate: float
    lift: float


@dataclass(frozen=True, slots=True)
class Points:
    """What was learnt: `reasons` by feature and value, `rate` of hits before the day, rows and hits `trained`
    on, and `lifts` on the rows after it (`tested`), at 1 % and 5 %."""

    reasons: tuple[Reason, ...]
    rate: float
    trained: int
    hits: int
    tested: int
    lifts: tuple[Lift, ...]

    def score(self, features: Mapping[str, ArrayLike]) -> Floats:
        """(N,): the sum of the points of what is said of each; a value that was never learnt has none.

        Raises ValueError for a feature that is not on the list.
        """
        _checked(features)
        found: Floats | None = None
        for feature, column in features.items():
            codes = np.asarray(column, np.int64)
            mine = sorted((r.value, r.points) for r in self.reasons if r.feature == feature)
            if found is None:
                found = np.zeros(len(codes))
            if not mine:
                continue
            values, points = (np.array(part) for part in zip(*mine, strict=True))
            at = np.minimum(np.searchsorted(values, codes), len(values) - 1)
            found += np.where(values[at] == codes, points[at], 0)
        return np.zeros(0) if found is None else found

    def why(self, features: Mapping[str, int]) -> tuple[Reason, ...]:
        """The reasons of one consignment, the heaviest first."""
        mine = [r for r in self.reasons if features.get(r.feature) == r.value and r.points]
        return tuple(sorted(mine, key=lambda r: (-abs(r.points), r.feature)))


def learn(features: Mapping[str, ArrayLike], hit: ArrayLike, day: ArrayLike, split: int) -> Points:
    """Points from the rows before day `split`, tried on the others.

    `features`: names of FEATURES, each (N,) whole numbers, 0 where nothing is said (which earns no points);
    `hit`, `day`: (N,). Raises ValueError for a feature that is not on the list, or fewer than ten hits, or no
    row without one, before the day.
    """
    _checked(features)
    was, when = np.asarray(hit, np.bool_), np.asarray(day, np.int64)
    early = when < split
    n, hits = int(early.sum()), int(was[early].sum())
    if hits < LEAST_HITS or hits == n:
        raise ValueError(f"has {hits} hits among {n} before the day: too few of either to learn from")
    rate = hits / n
    reasons: list[Reason] = []
    for feature in sorted(features):
        codes = np.asarray(features[feature], np.int64)[early]
        values, at = np.unique(codes, return_inverse=True)
        each = np.bincount(at, minlength=len(values))
        struck = np.bincount(at, was[early], len(values)).astype(np.int64)
        for value, many, some in zip(values.tolist(), each.tolist(), struck.tolist(), strict=True):
            if value:
                reasons.append(Reason(feature, value, points(many, some, rate), many, some))
    told = Points(tuple(reasons), rate, n, hits, int((~early).sum()), ())
    later = {name: np.asarray(column, np.int64)[~early] for name, column in features.items()}
    lifts = tuple(lift(told.score(later), was[~early], share) for share in SHARES) if told.tested else ()
    return Points(told.reasons, rate, n, hits, told.tested, lifts)


def points(n: int, hits: int, rate: float) -> int:
    """Points of a value with `hits` of `n`, where `rate` of all are hit."""
    odds = (hits + PRIOR * rate) / (n - hits + PRIOR * (1 - rate))
    return round(DOUBLES * (log(odds) - log(rate / (1 - rate))))


def lift(score: ArrayLike, hit: ArrayLike, share: float) -> Lift:
    """The lift of the highest `share` of the scores; (N,) each. Raises ValueError for no row or no share."""
    height, was = np.asarray(score, np.float64), np.asarray(hit, np.bool_)
    if not len(height) or not 0 < share <= 1:
        raise ValueError(f"is no list: {len(height)} scores, a share of {share}")
    listed = ceil(share * len(height) - 1e-9)
    edge = np.partition(height, len(height) - listed)[len(height) - listed]
    above, level = height > edge, height == edge
    hits = float(was[above].sum()) + (listed - int(above.sum())) * float(was[level].mean())
    rate = float(was.mean())
    return Lift(share, listed, hits, rate, hits / listed / rate if rate else nan)


def control(n: int, share: float = CONTROL, seed: int = 0) -> Whole:
    """Rows drawn by chance, in order: a share of n, one at least; the same for the same seed."""
    if n < 1 or not 0 < share <= 1:
        raise ValueError(f"is nothing to draw from: {n} rows, a share of {share}")
    dice = np.random.default_rng(seed)
    return np.sort(dice.choice(n, max(1, ceil(share * n - 1e-9)), replace=False)).astype(np.int64)


def against(hits: int, listed: int, control_hits: int, drawn: int) -> tuple[float, float, float]:
    """Lift of a list over its control sample, with 95 % limits: the ratio of both rates, each with half a hit
    and one row more (Walter 1975), the limits by Katz and others 1978. NaN where one has no row."""
    if not listed or not drawn:
        return nan, nan, nan
    mine, chance = (hits + 0.5) / (listed + 1), (control_hits + 0.5) / (drawn + 1)
    spread = sqrt(1 / (hits + 0.5) - 1 / (listed + 1) + 1 / (control_hits + 0.5) - 1 / (drawn + 1))
    middle = log(mine / chance)
    return mine / chance, exp(middle - Z95 * spread), exp(middle + Z95 * spread)


def _checked(features: Mapping[str, ArrayLike]) -> None:
    other = sorted(set(features) - FEATURES)
    if other:
        raise ValueError(f"may not be a feature: {', '.join(other)}; {', '.join(sorted(FEATURES))} may")
