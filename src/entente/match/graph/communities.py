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
    return tuple(sorted((tuple(sorted(part)) for part in found), key=lambda part: (-len(part), part)))


def modularity(network: Network, groups: Groups) -> float:
    """How many more links lie within the groups than by chance (Newman 2004); 0 without links."""
    if not network.pairs:
        return 0.0
    return float(nx.community.modularity(_graph(network), [set(part) for part in groups], weight="weight"))


def shells(network: Network) -> Groups:
    """Things by the innermost group they belong to (k-core), the innermost first."""
    found: dict[float, list[str]] = defaultdict(list)
    for node, shell in core(network).items():
        found[shell].append(node)
    return tuple(tuple(sorted(found[shell])) for shell in sorted(found, reverse=True))


def _graph(network: Network) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(network.nodes)
    for (a, b), weight in network.pairs.items():
        graph.add_edge(network.nodes[a], network.nodes[b], weight=weight)
    return graph
