"""Scores of a threat assessment put together: the Organized Crime Index's scheme, threat as likelihood times
harm, rankings with intervals, and what counts as a change.

Sources: Global Organized Crime Index 2021 and 2023 (criminality is the mean of the markets' mean and the
actors' mean; resilience the mean of twelve blocks; scores 1 to 10 in steps of 0.5); Europol's SOCTA method
(likelihood from capability, intent and opportunity; harm physical, economic, institutional, environmental).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import ArrayLike, NDArray

Scores = NDArray[np.float64]
LEAST, MOST, STEP = 1.0, 10.0, 0.5
BLOCKS = 12
"""Building blocks of resilience."""
LIKELIHOOD = ("capability", "intent", "opportunity")
HARM = ("physical", "economic", "institutional", "environmental")
TRENDS = ("falling", "stable", "rising", "unknown")
CHANGE = 0.5
"""A difference between editions below this says nothing: it is within what one scorer's step is."""
INTERVAL = (5.0, 95.0)
"""Percentiles of the draws between which an interval lies: nine draws in ten."""
AT_ONCE = 2_000_000
"""Numbers drawn at once: what a ranking holds in memory (16 MB for each array)."""


def score(value: float | str) -> float:
    """One score, 1 to 10 in steps of 0.5. Raises ValueError, told as after the value."""
    try:
        number = float(value)
    except ValueError:
        raise ValueError("is no number") from None
    if not LEAST <= number <= MOST or number * 2 != floor(number * 2):
        raise ValueError("is no score: from 1 to 10 in steps of 0.5")
    return number


def scale() -> tuple[float, ...]:
    """The 19 scores there are, lowest first."""
    return tuple([LEAST + STEP * at for at in range(round((MOST - LEAST) / STEP) + 1)])


def criminality(markets: Sequence[float], actors: Sequence[float]) -> float:
    """Mean of the markets' mean and the actors' mean (10 markets and 4 actors in 2021, 15 and 5 in 2023)."""
    if not markets or not actors:
        raise ValueError("Criminality needs a score of a market and of an actor")
    return (_mean(markets) + _mean(actors)) / 2


def resilience(blocks: Sequence[float]) -> float:
    """Mean of the twelve building blocks. Raises ValueError where there are not twelve."""
    if len(blocks) != BLOCKS:
        raise ValueError("Resilience needs the scores of its twelve building blocks")
    return _mean(blocks)


def _mean(values: Sequence[float]) -> float:
    return sum([score(v) for v in values]) / len(values)


def threat(likelihood: Mapping[str, float], harm: Mapping[str, float]) -> float:
    """Likelihood times harm, 1 to 100: the mean of what is known of each, each from 1 to 10.

    The trend stands beside it, never in it. Raises ValueError for a part that is not of LIKELIHOOD or HARM,
    or where one side is empty.
    """
    if not likelihood or not harm or set(likelihood) - set(LIKELIHOOD) or set(harm) - set(HARM):
        raise ValueError(
            f"Likelihood is of {', '.join(LIKELIHOOD)}; harm of {', '.join(HARM)}; at least one each"
        )
    return _mean(list(likelihood.values())) * _mean(list(harm.values()))


def changed(before: float | None, after: float | None, least: float = CHANGE) -> str:
    """What a score did since the last edition: "up", "down", "same" (less than `least`), "unknown"."""
    if before is None or after is None:
        return "unknown"
    apart = after - before
    if abs(apart) < least - 1e-9:
        return "same"
    return "up" if apart > 0 else "down"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One unit's total, 1 to 10, its rank (1 the highest; equals share the better rank), both with an
    interval, the share of draws in which its rank was the same, and how many scores it rests on.

    A total is NaN where a group has no score; such a unit comes last."""

    unit: str
    total: float
    low: float
    high: float
    rank: int
    rank_low: int
    rank_high: int
    same_rank: float
    scores: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Units, the highest total first. `stability` is the mean rank correlation (Spearman) of the draws with
    the ranking, None where fewer than two units are scored."""

    units: tuple[Ranked, ...]
    stability: float | None


@dataclass(frozen=True, slots=True)
class Formula:
    """How indicators make a total: `weights` and `groups` (both one an indicator); the weighted mean of each
    group's scored indicators, then the mean of the groups, or their product.

    The Index's criminality has the groups markets and actors; threat has likelihood and harm, multiplied.
    """

    weights: Scores
    groups: NDArray[np.int64]
    product: bool = False


def formula(weights: Sequence[float], groups: Sequence[int] = (), product: bool = False) -> Formula:
    """A formula of positive weights, in one group unless told. Raises ValueError."""
    w = np.asarray(weights, np.float64)
    g = np.asarray(groups or [0] * len(weights), np.int64)
    if w.shape != g.shape or not (w > 0).all():
        raise ValueError("Give each indicator a positive weight and a group")
    return Formula(w, g, product)


def totals(cells: ArrayLike, by: Formula) -> Scores:
    """(units,) totals of (units, indicators) values; NaN is not scored, and a total without a scored
    indicator in each group is NaN."""
    x = np.asarray(cells, np.float64)
    return _put_together(x, ~np.isnan(x), by.weights, by)


def _put_together(cells: Scores, known: NDArray[np.bool_], weights: Scores, by: Formula) -> Scores:
    """Totals over the last axis; `weights` are those of the formula, or shaken ones."""
    parts = []
    for group in np.unique(by.groups):
        inside = by.groups == group
        below = (known * weights)[..., inside].sum(-1)
        above = (np.where(known, cells, 0.0) * weights)[..., inside].sum(-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            parts.append(np.where(below > 0, above / below, np.nan))
    if not parts:
        return np.full(cells.shape[:-1], np.nan)
    stacked = np.stack(parts)
    found: Scores = stacked.prod(0) if by.product else stacked.mean(0)
    return found


def rank(
    units: Sequence[str],
    scores: ArrayLike,
    by: Formula,
    *,
    settled: ArrayLike | None = None,
    draws: int = 1000,
    seed: int = 0,
    spread: float = 0.2,
) -> Ranking:
    """Units ranked, with intervals by bootstrap over scorers and weights.

    `scores` is (units, indicators, scorers), NaN where nobody scored; `settled` (units, indicators) are the
    values that totals are made of, by default the scorers' means. In each draw every cell takes as many of
    its scorers again, with replacement, and every weight is multiplied by a number between 1 - spread and
    1 + spread. The same seed gives the same intervals. Raises ValueError for shapes that do not fit.
    """
    x = np.asarray(scores, np.float64)
    if x.ndim != 3 or x.shape[0] != len(units) or by.weights.shape != x.shape[1:2]:
        raise ValueError("Give (units, indicators, scorers) scores and a formula for these indicators")
    if not 0 <= spread < 1 or draws < 1:
        raise ValueError("Give a spread of 0 to under 1 and at least one draw")
    known = ~np.isnan(x)
    means = np.where(known.any(2), np.where(known, x, 0).sum(2) / np.maximum(known.sum(2), 1), np.nan)
    central = totals(means if settled is None else settled, by)
    places = ranks(central)
    drawn = np.concatenate(list(_draws(x, known, by, draws, seed, spread)))
    drawn_places = np.stack([ranks(row) for row in drawn])
    found = []
    for at in sorted(range(len(units)), key=lambda at: (places[at], units[at])):
        seen = drawn[:, at][~np.isnan(drawn[:, at])]
        low, high = np.percentile(seen, INTERVAL) if len(seen) else (np.nan, np.nan)
        first, last = np.percentile(drawn_places[:, at], INTERVAL, method="closest_observation")
        same = float(np.mean(drawn_places[:, at] == places[at]))
        found.append(
            Ranked(
                units[at], float(central[at]), float(low), float(high),
                int(places[at]), int(first), int(last), same, int(known[at].sum()),
            )
        )  # fmt: skip
    return Ranking(tuple(found), _stability(places, drawn_places, ~np.isnan(central)))


def _draws(
    x: Scores, known: NDArray[np.bool_], by: Formula, draws: int, seed: int, spread: float
) -> Iterable[Scores]:
    """(some draws, units) totals at a time."""
    rng = np.random.default_rng(seed)
    counts = known.sum(2)
    first = np.take_along_axis(np.where(known, x, 0.0), np.argsort(~known, axis=2, kind="stable"), axis=2)
    # Scorers past the count of a cell weigh nothing.
    drawn_of = np.arange(x.shape[2]) < counts[:, :, None]
    step = max(1, AT_ONCE // max(1, x.size))
    for start in range(0, draws, step):
        some = min(step, draws - start)
        at = np.floor(rng.random((some, *x.shape)) * counts[None, :, :, None]).astype(np.int64)
        taken = np.take_along_axis(np.broadcast_to(first, (some, *x.shape)), at, axis=3)
        cells = (taken * drawn_of).sum(3) / np.maximum(counts, 1)
        shaken = by.weights * rng.uniform(1 - spread, 1 + spread, (some, 1, len(by.weights)))
        yield _put_together(cells, np.broadcast_to(counts > 0, cells.shape), shaken, by)


def ranks(values: Scores) -> NDArray[np.int64]:
    """Places, 1 the highest; equal to nine digits share the better place; NaN is last of all."""
    rounded = np.round(np.where(np.isnan(values), -np.inf, values), 9)
    ordered = np.sort(rounded)
    return (len(values) - np.searchsorted(ordered, rounded, "right") + 1).astype(np.int64)


def _stability(
    places: NDArray[np.int64], drawn: NDArray[np.int64], scored: NDArray[np.bool_]
) -> float | None:
    if int(scored.sum()) < 2:
        return None
    one = places[scored] - places[scored].mean()
    many = drawn[:, scored] - drawn[:, scored].mean(1, keepdims=True)
    below = np.sqrt((one**2).sum() * (many**2).sum(1))
    with np.errstate(invalid="ignore", divide="ignore"):
        each = np.where(below > 0, (many * one).sum(1) / below, np.nan)
    return None if np.isnan(each).all() else float(np.nanmean(each))
