"""Places where much lies beside much: Getis and Ord's Gi* (1992; Ord and Getis 1995, formula 14).

Of n places with values x and neighbours w (the place itself among them): the sum of the neighbourhood less
what the mean would give, over its deviation if values were dealt at random. Nothing is said under five
places, and a place whose neighbourhood has fewer than five events is never called hot.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from entente.match.trends.surges import FALSE_SHARE, adjusted

Floats = NDArray[np.float64]
LEAST_PLACES = 5
LEAST_EVENTS = 5.0
EARTH_KM = 6371.0088
MOST_PLACES = 5_000
"""Places between which all distances are reckoned: 200 MB."""


@dataclass(frozen=True, slots=True)
class Hotspots:
    """Of n places: `z` Gi*; `p` two-sided; `q` corrected (Benjamini and Hochberg 1995); `around`: events in
    the neighbourhood, the place's own included; `near`: how many places that are; `hot`: 1, -1 for cold, 0.
    `said`: False where there are too few places or all are alike, and then nothing is hot."""

    z: Floats
    p: Floats
    q: Floats
    around: Floats
    near: NDArray[np.int64]
    hot: NDArray[np.int8]
    said: bool


def hotspots(values: ArrayLike, pairs: ArrayLike) -> Hotspots:
    """Gi* of each place; `values` (n,), counts or rates; `pairs` (m, 2), places that are neighbours.

    Direction and repetition of pairs count nothing. Raises ValueError for a pair that names no place.
    """
    x = np.asarray(values, np.float64)
    given = np.asarray(pairs, np.int64).reshape(-1, 2)
    n = len(x)
    if len(given) and (given.min() < 0 or given.max() >= n):
        raise ValueError(f"has neighbours that are not among the {n} places")
    both = np.concatenate([given, given[:, ::-1], np.repeat(np.arange(n), 2).reshape(-1, 2)])
    a, b = np.divmod(np.unique(both[:, 0] * max(n, 1) + both[:, 1]), max(n, 1))
    around = np.asarray(np.bincount(a, x[b], n), np.float64)
    near = np.bincount(a, minlength=n)
    spread = float(x.std()) if n else 0.0
    said = n >= LEAST_PLACES and spread > 0
    if not said:
        flat = np.ones(n)
        return Hotspots(np.zeros(n), flat, flat, around, near, np.zeros(n, np.int8), False)
    scale = spread * np.sqrt((n * near - near.astype(np.float64) ** 2) / (n - 1))
    # Where all places are neighbours there is nothing to be denser than.
    z = np.divide(around - x.mean() * near, scale, out=np.zeros(n), where=scale > 0)
    p = 2 * norm.sf(np.abs(z))
    q = adjusted(p)
    clear = q <= FALSE_SHARE
    hot = np.where(clear & (z > 0) & (around >= LEAST_EVENTS), 1, np.where(clear & (z < 0), -1, 0))
    return Hotspots(z, np.asarray(p), q, around, near, hot.astype(np.int8), True)


def within(latitude: ArrayLike, longitude: ArrayLike, km: float) -> NDArray[np.int64]:
    """(m, 2): pairs of places at most `km` apart on the great circle; degrees, places without any in none.

    Raises ValueError for more than 5,000 places.
    """
    lat, lon = np.radians(np.asarray(latitude, np.float64)), np.radians(np.asarray(longitude, np.float64))
    if len(lat) > MOST_PLACES:
        raise ValueError(f"has {len(lat)} places: {MOST_PLACES} are the most")
    half = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    apart = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return np.argwhere(np.triu(apart <= km, 1))
