"""Invented series and consignments with what is to be found planted in them: for tests and benchmarks.

All is drawn from a seed. Counts are Poisson, or negative binomial (a gamma of that shape mixed in, whose
variance is mean + mean squared over the shape).
"""

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Whole = NDArray[np.int64]
RISES = (1.6, 2.2)


@dataclass(frozen=True, slots=True)
class Planted:
    """`values` (S, T); `place` (S,) first period at the new rate, -1 where nothing changes; `ratio` (S,)."""

    values: Matrix
    place: Whole
    ratio: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reporting:
    """`values` (S, T) of countries (`scope`) by goods (`family`); `artefact` and `crime` (S,): the period of
    the planted change of reporting, and of the planted change of the goods themselves; -1 for none."""

    values: Matrix
    scope: Whole
    family: Whole
    artefact: Whole
    crime: Whole
    factor: NDArray[np.float64]
    ratio: NDArray[np.float64]


def planted(
    seed: int,
    *,
    rising: int = 133,
    still: int = 67,
    months: int = 120,
    means: tuple[float, float] = (10.0, 60.0),
    shape: float | None = None,
    edge: int = 12,
) -> Planted:
    """Series of a mean drawn evenly by logarithm; the first `rising` go up by 60 or 120 % in turns, at a
    month that is drawn, `edge` months or more from both ends."""
    dice = np.random.default_rng(seed)
    size = rising + still
    mean = _means(dice, means, size)
    place = np.where(np.arange(size) < rising, dice.integers(edge, months - edge + 1, size), -1)
    ratio = np.where(place >= 0, np.array(RISES)[np.arange(size) % 2], 1.0)
    rate = mean[:, None] * np.where(np.arange(months) >= place[:, None], ratio[:, None], 1.0)
    return Planted(_drawn(dice, rate, shape), place, ratio)


def reporting(
    seed: int,
    *,
    countries: int = 8,
    goods: int = 15,
    months: int = 120,
    means: tuple[float, float] = (10.0, 60.0),
    shape: float | None = 50.0,
) -> Reporting:
    """Half of the countries change how they report, once, each in its month: 80 % of their goods (drawn) go
    up by 60 to 150 %, or down to 40 to 60 %, all alike. One series in five has a change of its own, up by 60
    to 150 %, in a month drawn without regard to the others, 12 or more from the ends."""
    dice = np.random.default_rng(seed)
    scope, family = (part.reshape(-1) for part in np.indices((countries, goods)))
    size = len(scope)
    when = dice.integers(12, months - 11, countries)
    up = dice.random(countries) < 0.5
    much = np.where(up, dice.uniform(1.6, 2.5, countries), dice.uniform(0.4, 0.6, countries))
    hit = (scope < countries // 2) & (dice.random(size) < 0.8)
    crime = np.where(dice.random(size) < 0.2, dice.integers(12, months - 11, size), -1)
    ratio = np.where(crime >= 0, dice.uniform(1.6, 2.5, size), 1.0)
    artefact = np.where(hit, when[scope], -1)
    factor = np.where(hit, much[scope], 1.0)
    at = np.arange(months)
    rate = _means(dice, means, size)[:, None]
    rate = rate * np.where((artefact >= 0)[:, None] & (at >= artefact[:, None]), factor[:, None], 1.0)
    rate = rate * np.where((crime >= 0)[:, None] & (at >= crime[:, None]), ratio[:, None], 1.0)
    return Reporting(_drawn(dice, rate, shape), scope, family, artefact, crime, factor, ratio)


def consignments(
    seed: int, n: int = 40_000, *, rate: float = 0.02, odds: float = 12.0
) -> tuple[dict[str, Whole], NDArray[np.bool_], Whole]:
    """Features, hits and days (0 to 999) of inspected consignments: two origins, one method of concealment
    and one way each multiply the odds of a hit by `odds` (1: nothing tells a hit)."""
    dice = np.random.default_rng(seed)
    features: dict[str, Whole] = {
        "origin": dice.integers(1, 41, n),
        "destination": dice.integers(1, 31, n),
        "mode": dice.integers(1, 6, n),
        "concealment": dice.integers(1, 13, n),
        "goods": dice.integers(1, 101, n),
    }
    risky = np.isin(features["origin"], (3, 17)).astype(np.int64)
    risky = risky + (features["concealment"] == 5) + ((features["mode"] == 2) & (features["goods"] <= 10))
    chance = rate / (1 - rate) * odds ** risky.astype(np.float64)
    return features, dice.random(n) < chance / (1 + chance), dice.integers(0, 1000, n)


def _means(dice: np.random.Generator, ends: tuple[float, float], size: int) -> NDArray[np.float64]:
    return np.asarray(np.exp(dice.uniform(log(ends[0]), log(ends[1]), size)))


def _drawn(dice: np.random.Generator, rate: Matrix, shape: float | None) -> Matrix:
    mixed = rate if shape is None else dice.gamma(shape, rate / shape)
    return dice.poisson(mixed).astype(np.float64)
