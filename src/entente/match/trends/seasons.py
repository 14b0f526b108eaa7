"""Which months of the year are high and which low: ratio to a centred moving average.

The classical decomposition (Shiskin, Young and Musgrave 1967, X-11's first step): a month over the mean of
the thirteen around it, the outer two by half; a factor is the mean of a month's ratios over the years, and
the twelve have the mean 1. Strength is Wang, Smith and Hyndman's (2006): 1 less the variance of what is left
over that of season and rest together. Nothing is said of under three years or too few reports.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Matrix = NDArray[np.float64]
YEAR = 12
LEAST_MONTHS = 36
LEAST_A_MONTH = 1.0
"""Mean reports a month without which ratios are noise."""


@dataclass(frozen=True, slots=True)
class Seasons:
    """Of S series: `factors` (S, 12), January first, mean 1 (all 1 where nothing is said); `strength` (S,),
    0 no season to 1 nothing but season; `said` (S,); `years`: whole years of ratios a factor rests on."""

    factors: Matrix
    strength: NDArray[np.float64]
    said: NDArray[np.bool_]
    years: int


def seasons(values: ArrayLike, first: int, *, counted: bool = True) -> Seasons:
    """Month factors of each series.

    `values`: (S, T), whole months that follow each other from period `first` (years * 12 + month - 1).
    `counted`: False for quantities, of which no least number is asked.
    """
    y = np.asarray(values, np.float64)
    size, long = y.shape
    if long < LEAST_MONTHS:
        return Seasons(np.ones((size, YEAR)), np.zeros(size), np.zeros(size, np.bool_), 0)
    kernel = np.concatenate([[0.5], np.ones(YEAR - 1), [0.5]]) / YEAR
    level = np.lib.stride_tricks.sliding_window_view(y, YEAR + 1, axis=1) @ kernel
    month = (first + YEAR // 2 + np.arange(level.shape[1])) % YEAR
    middle = y[:, YEAR // 2 : YEAR // 2 + level.shape[1]]
    ratio = np.where(level > 0, middle / np.where(level > 0, level, 1.0), np.nan)
    factors = np.stack([_means(ratio[:, month == m]) for m in range(YEAR)], axis=1)
    said = np.isfinite(factors).all(axis=1) & (factors.sum(axis=1) > 0)
    if counted:
        said &= y.mean(axis=1) >= LEAST_A_MONTH
    factors = np.where(said[:, None], factors, 1.0)
    factors = factors / factors.mean(axis=1, keepdims=True)
    rest = ratio - factors[:, month]
    whole = _variances(ratio)
    strength = np.clip(1 - _variances(rest) / np.where(whole > 0, whole, 1.0), 0.0, 1.0)
    return Seasons(factors, np.where(said & (whole > 0), strength, 0.0), said, level.shape[1] // YEAR)


def exposures(found: Seasons, first: int, periods: int) -> Matrix:
    """(S, T): each month's factor, as the exposure of a scan that is not to see the season."""
    return np.asarray(found.factors[:, (first + np.arange(periods)) % YEAR])


def _means(table: Matrix) -> NDArray[np.float64]:
    known = np.isfinite(table)
    many = known.sum(axis=1)
    total = np.where(known, table, 0.0).sum(axis=1)
    return np.where(many > 0, total / np.maximum(many, 1), np.nan)


def _variances(table: Matrix) -> NDArray[np.float64]:
    off = np.where(np.isfinite(table), table - _means(table)[:, None], 0.0)
    return np.asarray((off**2).sum(axis=1) / np.maximum(np.isfinite(table).sum(axis=1), 1))
