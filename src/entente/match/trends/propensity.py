"""GTRIC: how prone a product, or an economy of provenance, is to be found counterfeit beside its trade.

The General Trade-Related Index of Counterfeiting (OECD 2008, The Economic Impact of Counterfeiting and
Piracy, annex; OECD and EUIPO 2016, 2019): in reporting country i, gamma_ik is k's share of its seizures;
Gamma_k weighs them by i's share of the imports looked at; CP_k = Gamma_k / s_k, s_k being k's share of world
imports; ln(CP + 1) is taken to be normal, cut at 0 from the left, and the index is its distribution function:
0 to 1, relative to the others compared, never a share of goods that are counterfeit.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import truncnorm

Matrix = NDArray[np.float64]
Floats = NDArray[np.float64]
LEAST = 3
"""Products or economies with trade, without which there is no distribution to compare in."""


@dataclass(frozen=True, slots=True)
class Propensity:
    """Of K products or economies: `share` Gamma, its share of seizures; `trade` s, its share of imports;
    `ratio` CP; `index` GTRIC, NaN where no import is told (`untraded` says which); `mean`, `deviation` of
    ln(CP + 1); `seized`: seizures that it rests on."""

    share: Floats
    trade: Floats
    ratio: Floats
    index: Floats
    untraded: NDArray[np.bool_]
    mean: float
    deviation: float
    seized: Floats


def index(seized: ArrayLike, imported: ArrayLike, weight: ArrayLike | None = None) -> Propensity:
    """GTRIC-p of products, or GTRIC-e of economies.

    `seized`: (I, K), seizures of k in reporting country i; `imported`: (I, K), value of i's imports of k (or
    from k), one currency; `weight`: (I,), i's share of sensitive imports, else its share of all that is
    handed in. A country without seizures weighs nothing, and the rest are made to sum to 1. Raises ValueError
    for tables of other shapes, negative values, or fewer than three k with imports.
    """
    found, trade = np.asarray(seized, np.float64), np.asarray(imported, np.float64)
    if found.ndim != 2 or found.shape != trade.shape:
        raise ValueError(f"is no pair of tables of one shape: {found.shape} and {trade.shape}")
    if not (np.isfinite(found).all() and np.isfinite(trade).all()) or (found < 0).any() or (trade < 0).any():
        raise ValueError("has values that are negative or no numbers")
    every = found.sum(axis=1)
    heavy = trade.sum(axis=1) if weight is None else np.asarray(weight, np.float64)
    omega = np.where(every > 0, heavy, 0.0)
    if omega.sum() <= 0:
        raise ValueError("has no country with both seizures and imports")
    omega = omega / omega.sum()
    gamma = found / np.where(every > 0, every, 1.0)[:, None]
    share = omega @ gamma
    part = trade.sum(axis=0) / trade.sum()
    untraded = part <= 0
    if (~untraded).sum() < LEAST:
        raise ValueError(f"has imports of {int((~untraded).sum())}: {LEAST} are the least to compare")
    ratio = np.divide(share, part, out=np.full(len(part), np.nan), where=~untraded)
    cp = np.log1p(ratio[~untraded])
    mean, deviation = float(cp.mean()), float(cp.std(ddof=1))
    told = np.full(len(part), np.nan)
    told[~untraded] = truncated(cp, mean, deviation)
    return Propensity(share, part, ratio, told, untraded, mean, deviation, found.sum(axis=0))


def truncated(value: ArrayLike, mean: float, deviation: float) -> Floats:
    """Distribution function at `value` of a normal variable that is cut off below 0; a step at the mean
    where there is no deviation."""
    at = np.asarray(value, np.float64)
    if deviation <= 0:
        return np.where(at >= mean, 1.0, 0.0)
    return np.asarray(truncnorm.cdf(at, -mean / deviation, np.inf, mean, deviation), np.float64)


def cells(products: Propensity, economies: Propensity) -> Matrix:
    """(K, E): a product from an economy, the product of both indices, the highest 1; NaN where one is."""
    found = products.index[:, None] * economies.index[None, :]
    most = np.nanmax(found) if np.isfinite(found).any() else 0.0
    return np.asarray(found / most if most > 0 else found)
