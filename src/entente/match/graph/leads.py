"""Links that may be there and are not known: guesses, told with how well they guess in this very network.

Common neighbours (Liben-Nowell and Kleinberg 2007), resource allocation (Zhou and others 2009), Katz 1953.
"""

import random
from collections.abc import Callable, Mapping
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from entente.match.graph.network import Network

Scores = NDArray[np.float64]
HIDDEN, REPEATS, SEED = 0.1, 20, 1
FEWEST = 20
"""Linked pairs below which nothing can be said of how well a guess works."""
ATTENUATION = 0.5
"""Katz: the factor of a further link, over the largest eigenvalue."""


def leads(network: Network, by: str, most: int) -> list[tuple[str, str, float]]:
    """Pairs that are not linked with a score above 0, the highest first, then by name."""
    scores = BY[by](network)
    n = len(network.nodes)
    known = _adjacency(network) > 0
    found = [
        (network.nodes[a], network.nodes[b], float(scores[a, b]))
        for a, b in zip(*np.triu_indices(n, 1), strict=True)
        if scores[a, b] > 0 and not known[a, b]
    ]
    return sorted(found, key=lambda lead: (-round(lead[2], 9), lead[0], lead[1]))[:most]


def auc(network: Network, by: str, hidden: float = HIDDEN, repeats: int = REPEATS) -> float | None:
    """How often a link hidden on purpose scores higher than a pair that is not linked; 0.5 is chance.

    The mean over draws from a fixed seed; None where there are too few links to tell.
    """
    pairs = list(network.pairs)
    if len(pairs) < FEWEST:
        return None
    chance = random.Random(SEED)  # noqa: S311
    n = len(network.nodes)
    upper = np.triu_indices(n, 1)
    apart = _adjacency(network)[upper] == 0
    if not apart.any():
        return None
    found = []
    for _ in range(repeats):
        out = set(chance.sample(pairs, max(1, round(hidden * len(pairs)))))
        links = tuple(
            link
            for link in network.links
            if (min(p := (network.place[link.a], network.place[link.b])), max(p)) not in out
        )
        scores = BY[by](Network(network.nodes, links))
        found.append(_won(np.array([scores[a, b] for a, b in out]), scores[upper][apart]))
    return mean(found)


def _won(hidden: Scores, apart: Scores) -> float:
    """The share of (hidden, apart) that the hidden wins, ties counting half."""
    ordered = np.sort(apart)
    below = np.searchsorted(ordered, hidden, "left")
    equal = np.searchsorted(ordered, hidden, "right") - below
    return float((below + 0.5 * equal).mean() / len(ordered))


def _adjacency(network: Network) -> Scores:
    n = len(network.nodes)
    found = np.zeros((n, n))
    for a, b in network.pairs:
        found[a, b] = found[b, a] = 1.0
    return found


def _common(network: Network) -> Scores:
    near = _adjacency(network)
    return np.asarray(near @ near)


def _allocated(network: Network) -> Scores:
    near = _adjacency(network)
    degrees = near.sum(axis=0)
    return np.asarray((near / np.where(degrees > 0, degrees, 1.0)) @ near)


def _katz(network: Network) -> Scores:
    near = _adjacency(network)
    n = len(network.nodes)
    largest = float(np.linalg.eigvalsh(near)[-1]) if network.pairs else 0.0
    factor = ATTENUATION / largest if largest else 0.0
    return np.asarray(np.linalg.inv(np.eye(n) - factor * near) - np.eye(n))


BY: Mapping[str, Callable[[Network], Scores]] = {
    "common": _common,
    "allocation": _allocated,
    "katz": _katz,
}
