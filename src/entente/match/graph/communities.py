"""Groups of things that are linked more with each other than with the rest, and shells around the core."""

from collections import defaultdict

import networkx as nx

from entente.match.graph.measures import core
from entente.match.graph.network import Network

SEED = 1
Groups = tuple[tuple[str, ...], ...]


def communities(network: Network) -> Groups:
    """By the method of Blondel and others (2008, "Louvain") from a fixed seed; the largest first.

    The method depends on the order in which things are looked at: here, of their names.
    """
    found = nx.community.louvain_communities(_graph(network), weight="weight", seed=SEED)
    parts = sorted((sorted(part) for part in found), key=lambda part: (-len(part), part))
    return tuple(tuple(network.nodes[p] for p in part) for part in parts)


def modularity(network: Network, groups: Groups) -> float:
    """How many more links lie within the groups than by chance (Newman 2004); 0 without links."""
    if not network.pairs:
        return 0.0
    parts = [{network.place[node] for node in part} for part in groups]
    return float(nx.community.modularity(_graph(network), parts, weight="weight"))


def shells(network: Network) -> Groups:
    """Things by the innermost group they belong to (k-core), the innermost first."""
    found: dict[float, list[str]] = defaultdict(list)
    for node, shell in core(network).items():
        found[shell].append(node)
    return tuple(tuple(sorted(found[shell])) for shell in sorted(found, reverse=True))


def _graph(network: Network) -> "nx.Graph[int]":
    """By places: a set of names has another order in every process, one of small numbers has not."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(network.nodes)))
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in network.pairs.items())
    return graph
