"""What an operation changed: difference in differences.

Outcome = unit + period + effect where treated, by weighted least squares (units and periods as fixed
effects), standard errors clustered by unit with the usual small-sample factor G/(G-1) (N-1)/(N-K), t on G-1
degrees (Bertrand, Duflo and Mullainathan 2004; Cameron and Miller 2015). With few treated units such errors
are too small (Conley and Taber 2011): `placebo` therefore says how often controls, treated in turn in their
place, show as much.
"""

from dataclasses import dataclass
from itertools import combinations
from math import comb, inf, isnan, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t as student

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
TURNS, CLOSE = 10_000, 1e-12
MOST_PLACEBOS = 500
FEW_TREATED = 5
LEAST_UNITS = 3


@dataclass(frozen=True, slots=True)
class Effect:
    """`effect` in units of the outcome; `error` clustered by unit; `t`, two-sided `p`, 95 % from `low` to
    `high`. `placebo`: share of all choices of as many units whose effect is at least as large, the real one
    among them (1 of n is the least it can be; NaN where units are treated at different times). `n` rows,
    `units`, `treated` units, `periods`; `few`: so few treated units that only the placebo can be relied on;
    `before`: the same contrast between the two halves of the time before (NaN where too short), which should
    be near 0 if controls are controls."""

    effect: float
    error: float
    t: float
    p: float
    low: float
    high: float
    placebo: float
    before: float
    n: int
    units: int
    treated: int
    periods: int
    few: bool


def difference(
    outcome: ArrayLike,
    unit: ArrayLike,
    period: ArrayLike,
    treated: ArrayLike,
    weight: ArrayLike | None = None,
) -> Effect:
    """The effect of `treated` (N,) 0 or 1, for a unit in a period; all columns (N,), `weight` positive.

    Raises ValueError for columns of other lengths, outcomes that are no numbers, fewer than three units, or
    where nothing tells the effect from units and periods (nobody, everybody or always treated).
    """
    y, d = np.asarray(outcome, np.float64), np.asarray(treated, np.float64)
    units, u = np.unique(np.asarray(unit), return_inverse=True)
    periods, s = np.unique(np.asarray(period), return_inverse=True)
    w = np.ones(len(y)) if weight is None else np.asarray(weight, np.float64)
    if not len(y) == len(u) == len(s) == len(d) == len(w):
        raise ValueError("has columns of different lengths")
    if not (np.isfinite(y).all() and np.isfinite(w).all()) or (w <= 0).any():
        raise ValueError("has outcomes or weights that are no numbers, or weights that are not positive")
    if len(units) < LEAST_UNITS:
        raise ValueError(f"has {len(units)} units: {LEAST_UNITS} are the least to compare")
    rest = _within(d, u, s, w)
    told = float(w @ rest**2)
    if told <= 1e-9 * max(float(w @ d**2), 1e-300):
        raise ValueError("tells nothing: treated cannot be told from units and periods")
    out = _within(y, u, s, w)
    effect = float(w @ (rest * out)) / told
    left = w * rest * (out - effect * rest)
    many, size = len(units), len(y)
    free = size - (many + len(periods) - 1) - 1
    error = nan
    if free > 0:
        factor = many / (many - 1) * (size - 1) / free
        error = sqrt(factor * float((np.bincount(u, left, many) ** 2).sum())) / told
    t = effect / error if error > 0 else (nan if effect == 0 or isnan(error) else inf)
    reach = float(student.ppf(0.975, many - 1)) * error
    chosen = np.unique(u[d > 0])
    return Effect(
        effect,
        error,
        t,
        float(2 * student.sf(abs(t), many - 1)),
        effect - reach,
        effect + reach,
        _placebo(y, u, s, d, w, chosen, effect),
        _before(y, u, s, d, w),
        size,
        many,
        len(chosen),
        len(periods),
        len(chosen) < FEW_TREATED or many - len(chosen) < FEW_TREATED,
    )


def _within(x: Floats, u: Whole, s: Whole, w: Floats) -> Floats:
    """What units and periods do not explain, weighted: means taken off in turn until nothing changes."""
    by_unit, by_period = np.bincount(u, w), np.bincount(s, w)
    x = x - np.average(x, weights=w)
    size = max(float(np.abs(x).max(initial=0.0)), 1e-300)
    for _ in range(TURNS):
        of_units = np.bincount(u, w * x) / by_unit
        x = x - of_units[u]
        of_periods = np.bincount(s, w * x) / by_period
        x = x - of_periods[s]
        if max(float(np.abs(of_units).max()), float(np.abs(of_periods).max())) <= CLOSE * size:
            break
    return x


def _placebo(y: Floats, u: Whole, s: Whole, d: Floats, w: Floats, chosen: Whole, effect: float) -> float:
    """As many units are called treated in the same periods, in every way there is or MOST_PLACEBOS drawn."""
    during = np.isin(s, np.unique(s[d > 0]))
    if not np.array_equal(d > 0, during & np.isin(u, chosen)):
        return nan
    many = int(u.max()) + 1
    out = _within(y, u, s, w)
    if comb(many, len(chosen)) <= MOST_PLACEBOS:
        picks = [np.array(pick) for pick in combinations(range(many), len(chosen))]
    else:
        dice = np.random.default_rng(many * 1_000_003 + len(chosen))
        drawn = [dice.choice(many, len(chosen), replace=False) for _ in range(MOST_PLACEBOS - 1)]
        picks = [chosen, *drawn]
    as_much = 0
    told = 0
    for pick in picks:
        rest = _within((during & np.isin(u, pick)).astype(np.float64), u, s, w)
        weighs = float(w @ rest**2)
        if weighs > 1e-9:
            told += 1
            as_much += abs(float(w @ (rest * out)) / weighs) >= abs(effect) * (1 - 1e-9)
    return as_much / told if told else nan


def _before(y: Floats, u: Whole, s: Whole, d: Floats, w: Floats) -> float:
    start = int(s[d > 0].min())
    half = start // 2
    kept = s < start
    if half < 1 or start < 4 or len(np.unique(u[kept])) < LEAST_UNITS:
        return nan
    called = (np.isin(u, np.unique(u[d > 0])) & (s >= half)).astype(np.float64)[kept]
    _, units = np.unique(u[kept], return_inverse=True)
    _, periods = np.unique(s[kept], return_inverse=True)
    rest = _within(called, units, periods, w[kept])
    weighs = float(w[kept] @ rest**2)
    return float(w[kept] @ (rest * y[kept])) / weighs if weighs > 1e-9 else nan
