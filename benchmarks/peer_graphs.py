"""networkx and igraph on the network of `benchmarks.metrics`; needs .venv-peers (`make bench-metrics`).

    python -m benchmarks.peer_graphs networkx|igraph < {"nodes": n, "pairs": [[a, b], …]}

Writes {measure: [CPU seconds, [value of each node]]}. igraph is GPL: it is measured beside, never shipped.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

Measures = Mapping[str, Callable[[], Any]]


def of_networkx(nodes: int, pairs: list[list[int]]) -> Measures:
    import networkx as nx  # noqa: PLC0415  (the other side's interpreter has it too)

    graph = nx.Graph(pairs)
    graph.add_nodes_from(range(nodes))

    def told(values: Mapping[int, float]) -> list[float]:
        return [float(values[n]) for n in range(nodes)]

    return {
        "degree": lambda: told(dict(graph.degree())),
        "betweenness": lambda: told(nx.betweenness_centrality(graph)),
        "closeness": lambda: told(nx.closeness_centrality(graph)),
        "eigenvector": lambda: told(nx.eigenvector_centrality_numpy(graph)),
        "pagerank": lambda: told(nx.pagerank(graph, tol=1e-10, max_iter=1000)),
        "constraint": lambda: told(nx.constraint(graph)),
        "effective-size": lambda: told(nx.effective_size(graph)),
        "core": lambda: told(nx.core_number(graph)),
    }


def of_igraph(nodes: int, pairs: list[list[int]]) -> Measures:
    import igraph  # noqa: PLC0415

    graph = igraph.Graph(n=nodes, edges=pairs)
    most = (nodes - 1) * (nodes - 2) / 2
    return {
        "degree": graph.degree,
        "betweenness": lambda: [value / most for value in graph.betweenness()],
        "closeness": graph.closeness,
        "eigenvector": graph.eigenvector_centrality,
        "pagerank": graph.pagerank,
        "constraint": graph.constraint,
        "core": graph.coreness,
    }


def main() -> None:
    said = json.load(sys.stdin)
    measures = {"networkx": of_networkx, "igraph": of_igraph}[sys.argv[1]](said["nodes"], said["pairs"])
    told = {}
    for slug, measure in measures.items():
        begun = time.process_time()
        values = measure()
        told[slug] = [time.process_time() - begun, values]
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
