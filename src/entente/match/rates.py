"""How often a matcher errs, and its scores told as that.

Rates as ISO/IEC 19795-1 defines them: a pair matches that reaches the threshold. A calibrated score is
−log10 of the share of pairs of different persons that reach the raw one (false match rate, FMR): 3 means one
in a thousand, whatever the matcher, so that scores of fingers, faces and matchers can be laid together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, factorial, log, log10
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Scores = NDArray[np.float64]
LEAST = 20
"""Pairs of different persons without which nothing is calibrated."""
LEVELS = tuple(10 ** (-power / 10) for power in range(21))
"""False match rates at which a table keeps the score: ten to a decade, from 1 to 1 %."""
TAIL = 0.02
"""Share of the highest scores that say how the rate falls beyond them."""
BEYOND = 1.0
"""Decades past one in the pairs that were seen: nothing is told to be rarer than twice that."""


def _sorted(values: ArrayLike) -> Scores:
    known = np.sort(np.asarray(values, np.float64).reshape(-1))
    if not len(known):
        raise ValueError("No scores are given")
    return known


def eer(genuine: ArrayLike, strangers: ArrayLike) -> float:
    """Equal error rate, 0 to 1: the mean of both rates at the score where they are nearest to each other."""
    points = det(genuine, strangers)
    at = int(np.argmin(np.abs(points[:, 1] - points[:, 2])))
    return float(points[at, 1] + points[at, 2]) / 2


def det(genuine: ArrayLike, strangers: ArrayLike) -> Scores:
    """(thresholds, 3): threshold, false match rate, false non-match rate, at every score, from the lowest."""
    same, other = _sorted(genuine), _sorted(strangers)
    steps = np.unique(np.concatenate([same, other]))
    misses = np.searchsorted(same, steps, "left") / len(same)
    matches = 1 - np.searchsorted(other, steps, "left") / len(other)
    return np.stack([steps, matches, misses], axis=1)


def fnmr_at_fmr(genuine: ArrayLike, strangers: ArrayLike, fmr: float) -> float:
    """False non-match rate at the lowest threshold that at most this share of the strangers reaches."""
    return float(np.mean(np.asarray(genuine, np.float64) <= _reached(strangers, fmr)))


def fnir_at_fpir(mates: ArrayLike, strangers: ArrayLike, fpir: float) -> float:
    """False negative identification rate at a false positive identification rate.

    `mates`: the score at which each search found its mate, −inf where it did not; `strangers`: the highest
    score of each search of somebody who is not enrolled.
    """
    return fnmr_at_fmr(mates, strangers, fpir)


def _reached(strangers: ArrayLike, share: float) -> float:
    """The highest score that more than the share reaches, so that whatever is above it is allowed."""
    other = _sorted(strangers)[::-1]
    return float(other[min(int(np.floor(share * len(other) + 1e-9)), len(other) - 1)])


def together(values: Iterable[float]) -> float:
    """One calibrated score of several that say nothing of each other.

    −log10 of how often k strangers' scores have so great a sum (Fisher 1932): a little less than the sum,
    because a sum of many small ones is nothing rare.
    """
    known = [max(value, 0.0) for value in values]
    total = sum(known) * log(10)
    share = sum(total**power / factorial(power) for power in range(len(known)))
    return max(total / log(10) - log10(share), 0.0) if known else 0.0  # rounding alone goes below 0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Raw scores as −log10 of the false match rate.

    Between `scores` (rising) the rate was counted: `told` there. Beyond the last it falls exponentially,
    `slope` decades for each unit of score, as the highest scores do; and it levels out where `pairs` can say
    no more.
    """

    scores: tuple[float, ...]
    told: tuple[float, ...]
    slope: float
    pairs: int

    @classmethod
    def of(cls, strangers: ArrayLike) -> Self:
        """From scores of pairs of different persons, as many as can be had; at least 20, or ValueError."""
        known = _sorted(strangers)
        count = len(known)
        if count < LEAST or not np.isfinite(known).all():
            raise ValueError(f"Needs {LEAST} finite scores of strangers, not {count}")
        tail = max(TAIL, LEAST / 2 / count)
        places = sorted({max(round(level * count), 1) for level in LEVELS if level >= tail}, reverse=True)
        scores = np.unique(known[[count - place for place in places]])
        rate = 1 - np.searchsorted(known, scores, "left") / count
        over = known[known >= scores[-1]] - scores[-1]
        # Where the highest are all equal they tell no fall: then as much as all of them vary, or one.
        mean = float(over.mean()) or float(known.std()) or 1.0
        told = 0.0 - np.log10(rate)
        return cls(tuple(scores.tolist()), tuple(told.tolist()), 1 / (mean * log(10)), count)

    def at(self, score: float) -> float:
        """−log10 of the false match rate at a raw score: 0 or more, never falling as the score rises."""
        if score <= self.scores[-1]:
            return float(np.interp(score, self.scores, self.told, left=0.0))
        told = self.told[-1] + (score - self.scores[-1]) * self.slope
        most = log10(self.pairs) + BEYOND
        # Past what was seen it still orders, but claims less and less.
        return told if told <= most else most + BEYOND * (1 - exp((most - told) / BEYOND))

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "scores": list(self.scores),
            "told": list(self.told),
            "slope": self.slope,
            "pairs": self.pairs,
        }

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Self:
        """What `to_dict` gave; ValueError where it cannot be that."""
        scores, values = _numbers(told["scores"]), _numbers(told["told"])
        rising = all(a <= b for row in (scores, values) for a, b in pairwise(row))
        if not scores or len(scores) != len(values) or not rising or not told["slope"] > 0:
            raise ValueError("Not a table of false match rates")
        return cls(scores, values, float(told["slope"]), int(told["pairs"]))


def _numbers(values: Sequence[Any]) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
