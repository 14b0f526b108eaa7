"""Links that may be there and are not known: guesses, told with how well they guess in this very network.

Common neighbours (Liben-Nowell and Kleinberg 2007), resource allocation (Zhou and others 2009), Katz 1953;
weights of links count in none. Matrices are dense: for networks of a few thousand things.
"""

from collections.abc import Callable, Mapping
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from entente.match.graph.measures import largest_eigenvalue
from entente.match.graph.network import Network

Scores = NDArray[np.float64]
HIDDEN, SEED = 0.1, 1
MOST_WORK = 2e10
"""Repeats times things cubed: a second or three."""
MOST, LEAST = 100, 3
"""Repeats: the fewer links are hidden, the more draws a mean needs."""
FEWEST = 20
"""Linked pairs below which nothing can be said of how well a guess works."""
ATTENUATION = 0.5
"""Katz: the factor of a further link, over the largest eigenvalue."""
DIGITS = 9


def leads(network: Network, by: str, most: int) -> list[tuple[str, str, float]]:
    """Pairs that are not linked with a score above 0, the highest first, then by name."""
    scores = BY[by](network)
    open = (scores.round(DIGITS) > 0) & (_adjacency(network) == 0)
    first, second = np.nonzero(np.triu(open, 1))
    found = scores[first, second]
    order = np.lexsort((second, first, -found.round(DIGITS)))[:most]
    return [(network.nodes[first[i]], network.nodes[second[i]], float(found[i])) for i in order]


def repeats_of(network: Network) -> int:
    """How often links of a network of this size are hidden."""
    return int(max(LEAST, min(MOST, MOST_WORK // max(1, len(network.nodes)) ** 3)))


def auc(network: Network, by: str, hidden: float = HIDDEN, repeats: int | None = None) -> float | None:
    """How often a link hidden on purpose scores higher than a pair that is not linked; 0.5 is chance.

    The mean over draws from a fixed seed; None where there are too few links to tell.
    """
    pairs = list(network.pairs)
    apart = np.triu(_adjacency(network) == 0, 1)
    if len(pairs) < FEWEST or not apart.any():
        return None
    dice = np.random.default_rng(SEED)
    found = []
    for _ in range(repeats or repeats_of(network)):
        out = dice.permutation(len(pairs))[: max(1, round(hidden * len(pairs)))]
        scores = BY[by](network.lacking({pairs[i] for i in out})).round(DIGITS)
        found.append(_won(np.array([scores[pairs[i]] for i in out]), scores[apart]))
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
    if network.pairs:
        a, b = np.array(list(network.pairs)).T
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
    largest = largest_eigenvalue(network, weighted=False)
    factor = ATTENUATION / largest if largest else 0.0
    return np.asarray(np.linalg.inv(np.eye(n) - factor * near) - np.eye(n))


BY: Mapping[str, Callable[[Network], Scores]] = {
    "common": _common,
    "allocation": _allocated,
    "katz": _katz,
}
