"""Measures of the things in a network, each a function of the network alone.

Direction is ignored but by `in`, `out` and `pagerank`; parallel links are summed; a link of a thing with
itself counts in none. Definitions: Freeman 1978 (degree, betweenness, closeness), Bonacich 1972
(eigenvector), Page and others 1998, Katz 1953, Burt 1992 (constraint, effective size), Seidman 1983 (core).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from entente.match.graph.network import Network

Values = Mapping[str, float]
Vector = NDArray[np.float64]
DAMPING = 0.85
SERIAL_BELOW = 50
"""Nodes below which rustworkx does not start threads."""
SERIAL = 1 << 40
"""The same for sums, whose last digits hang on the order in which threads add."""
MOST_DISTANCES = 4_000
"""Things of which all distances are held at once: 128 MB."""
TURNS, CLOSE = 10_000, 1e-12
MOST_DENSE = 300
"""Things of which a matrix is quicker than many turns."""
MOST_CONSTRAINED = 2.0
DIGITS = 9
"""Values that agree to so many digits share a rank."""


def degree(network: Network) -> Values:
    """With how many others a thing is linked."""
    return network.named(float(len(near)) for near in network.neighbours)


def strength(network: Network) -> Values:
    """The summed weight of a thing's links."""
    total = [0.0] * len(network.nodes)
    for (a, b), weight in network.pairs.items():
        total[a] += weight
        total[b] += weight
    return network.named(total)


def incoming(network: Network) -> Values:
    """How many others have a link to it; one without direction counts."""
    return _arcs(network, 1)


def outgoing(network: Network) -> Values:
    """To how many others it has a link; one without direction counts."""
    return _arcs(network, 0)


def betweenness(network: Network) -> Values:
    """The share of shortest ways between two others that lead through it, between 0 and 1."""
    found = rx.graph_betweenness_centrality(network.graph, parallel_threshold=SERIAL)
    return network.named(_in_order(found, len(network.nodes)))


def closeness(network: Network) -> Values:
    """How near it is to all others; parts that hang apart are weighed by their size (Wasserman and Faust)."""
    n = len(network.nodes)
    if n > MOST_DISTANCES:
        return network.named(_in_order(rx.graph_closeness_centrality(network.graph, wf_improved=True), n))
    far: Vector = rx.graph_distance_matrix(network.graph, SERIAL_BELOW)
    reached, total = (far > 0).sum(axis=1), far.sum(axis=1)
    return network.named(
        float(many / steps * many / (n - 1)) if steps else 0.0
        for many, steps in zip(reached.tolist(), total.tolist(), strict=True)
    )


def eigenvector(network: Network) -> Values:
    """How well it is linked with those who are well linked, the highest 1; by power iteration on A + I."""
    n = len(network.nodes)
    if not network.pairs:
        return network.named([0.0] * n)
    step = _stepping(network)
    x = np.ones(n)
    for _ in range(TURNS):
        new = x + step(x)
        new /= new.max()
        if np.abs(new - x).max() < CLOSE:
            break
        x = new
    return network.named(np.where(new < 1e-6, 0.0, new))


def pagerank(network: Network) -> Values:
    """Where one who follows links at random is found, the sum 1."""
    if not network.nodes:
        return {}
    found = rx.pagerank(network.digraph, alpha=DAMPING, weight_fn=float, tol=1e-12, max_iter=TURNS)
    return network.named(_in_order(found, len(network.nodes)))


def katz(network: Network) -> Values:
    """Ways of every length that end at it, longer ones counting less, the highest 1.

    The factor is 0.85 over the largest eigenvalue, so that the sum is finite.
    """
    n = len(network.nodes)
    if not network.pairs:
        return network.named([1.0] * n)
    step = _stepping(network)
    factor = DAMPING / largest_eigenvalue(network)
    x = np.ones(n)
    for _ in range(TURNS):
        new = 1.0 + factor * step(x)
        if np.abs(new - x).max() < CLOSE * new.max():
            break
        x = new
    return network.named(new / new.max())


def largest_eigenvalue(network: Network, weighted: bool = True) -> float:
    """Of the adjacency; 0 without links."""
    if not network.pairs:
        return 0.0
    step = _stepping(network, weighted)
    if len(network.nodes) <= MOST_DENSE:
        columns = [step(column) for column in np.eye(len(network.nodes))]
        return float(np.linalg.eigvalsh(np.array(columns))[-1])
    x, last = np.ones(len(network.nodes)), 0.0
    for _ in range(TURNS):
        y = x + step(x)
        now = float(np.linalg.norm(y) / np.linalg.norm(x))
        x = y / np.linalg.norm(y)
        if abs(now - last) < CLOSE * now:
            break
        last = now
    return now - 1.0


def constraint(network: Network) -> Values:
    """How far its links lead back into each other: low for who stands between groups.

    Without links it is 2, which no sum passes (no part is above 1, all parts together not above 2): who has
    none joins nobody.
    """
    shares = _shares(network)
    found = []
    for own, near in zip(shares, network.neighbours, strict=True):
        total = 0.0 if own else MOST_CONSTRAINED
        for j, direct in own.items():
            through = sum([own[q] * shares[q][j] for q in near & network.neighbours[j]])
            total += (direct + through) ** 2
        found.append(total)
    return network.named(found)


def effective_size(network: Network) -> Values:
    """Its neighbours less the links among them for each: 1 for each that it alone knows (Borgatti 1997)."""
    found = []
    for near in network.neighbours:
        among = sum(len(network.neighbours[j] & near) for j in near)
        found.append(len(near) - among / len(near) if near else 0.0)
    return network.named(found)


def core(network: Network) -> Values:
    """The largest k so that it is in a group each of whom is linked with k of the group."""
    return network.named(_in_order(_core_numbers(network), len(network.nodes)))


def _core_numbers(network: Network) -> Mapping[int, float]:
    found: Any = rx.core_number(network.graph)  # its stub says `int`
    return dict(found)


def cuts(network: Network) -> Values:
    """1 where a part of the network falls in two without it, else 0."""
    points = set(rx.articulation_points(network.graph))
    return network.named(float(p in points) for p in range(len(network.nodes)))


MEASURES: Mapping[str, Callable[[Network], Values]] = {
    "degree": degree,
    "strength": strength,
    "in": incoming,
    "out": outgoing,
    "betweenness": betweenness,
    "closeness": closeness,
    "eigenvector": eigenvector,
    "pagerank": pagerank,
    "katz": katz,
    "constraint": constraint,
    "effective-size": effective_size,
    "core": core,
    "cuts": cuts,
}
RISING = frozenset({"constraint"})
"""Measures of which the lowest is the one that stands out."""


def ranks(values: Values, rising: bool = False) -> Mapping[str, int]:
    """1 for what stands out most; equal values share the best of their ranks."""
    rounded = {node: round(-value if rising else value, DIGITS) for node, value in values.items()}
    first: dict[float, int] = {}
    for place, value in enumerate(sorted(rounded.values(), reverse=True), 1):
        first.setdefault(value, place)
    return {node: first[value] for node, value in rounded.items()}


def bridges(network: Network) -> list[tuple[str, str]]:
    """Pairs whose link alone holds two parts together."""
    pairs: Any = rx.bridges(network.graph)  # its stub says a set of 1-tuples
    found = [(network.nodes[a], network.nodes[b]) for a, b in pairs]
    return sorted((min(pair), max(pair)) for pair in found)


def efficiency(network: Network, of: int = 0) -> float:
    """The mean of 1/distance over all pairs of `of` things (default: all there are); 0 without links."""
    n = of or len(network.nodes)
    if n < 2:
        return 0.0
    far: Vector = rx.graph_distance_matrix(network.graph, SERIAL_BELOW, null_value=np.inf)
    np.fill_diagonal(far, np.inf)
    return float((1.0 / far).sum()) / (n * (n - 1))


@dataclass(frozen=True, slots=True)
class Summary:
    """A network in a few numbers. `path`: mean distance, `diameter`: the longest; of the largest part."""

    things: int
    links: int
    density: float
    parts: int
    largest: int
    path: float
    diameter: int


def summary(network: Network) -> Summary:
    """Size, density, parts, and distances within the largest of them."""
    parts = network.components
    biggest = parts[0] if parts else ()
    path, diameter = 0.0, 0
    if len(biggest) > 1:
        far = rx.graph_distance_matrix(network.within(biggest).graph, SERIAL_BELOW)
        path = float(far.sum()) / (len(biggest) * (len(biggest) - 1))
        diameter = int(far.max())
    return Summary(
        len(network.nodes), len(network.pairs), network.density, len(parts), len(biggest), path, diameter
    )


def _in_order(found: Mapping[int, float], many: int) -> Iterable[float]:
    return (float(found[place]) for place in range(many))


def _arcs(network: Network, end: int) -> Values:
    count = [0] * len(network.nodes)
    for arc in network.arcs:
        count[arc[end]] += 1
    return network.named(map(float, count))


def _stepping(network: Network, weighted: bool = True) -> Callable[[Vector], Vector]:
    """The adjacency as a function of a vector."""
    pairs = np.array(list(network.pairs), dtype=np.int64)
    weights = np.array(list(network.pairs.values())) if weighted else np.ones(len(pairs))
    here, there = np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate([pairs[:, 1], pairs[:, 0]])
    both, n = np.concatenate([weights, weights]), len(network.nodes)
    return lambda x: np.bincount(here, both * x[there], minlength=n).astype(np.float64)


def _shares(network: Network) -> list[dict[int, float]]:
    """Of each node, what share of its links' weight goes to whom."""
    shares: list[dict[int, float]] = [{} for _ in network.nodes]
    for (a, b), weight in network.pairs.items():
        shares[a][b] = shares[b][a] = weight
    totals = [sum(own.values()) for own in shares]
    return [{j: w / totals[i] for j, w in own.items()} for i, own in enumerate(shares)]
