"""A graph library's build of the payments of `benchmarks.trace`; runs in .venv-peers, which has no Entente.

    python -m benchmarks.trace_peers networkx|igraph ACCOUNTS PAYMENTS.npy

Writes {"s": CPU seconds of the build, "mb": most memory}. igraph is GPL: it is measured beside, never
shipped.
"""

import json
import resource
import sys
import time

import numpy as np


def main() -> None:
    name, accounts, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    source, target, at, amount = np.load(path).tolist()
    begun = time.process_time()
    if name == "networkx":
        import networkx as nx  # noqa: PLC0415  (only the one that is measured is loaded)

        begun = time.process_time()
        graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
        graph.add_nodes_from(range(accounts))
        for a, b, time_of, units in zip(source, target, at, amount, strict=True):
            graph.add_edge(a, b, at=time_of, amount=units)
    else:
        import igraph  # noqa: PLC0415

        begun = time.process_time()
        pairs = list(zip(source, target, strict=True))
        igraph.Graph(n=accounts, edges=pairs, directed=True, edge_attrs={"at": at, "amount": amount})
    took = time.process_time() - begun
    print(json.dumps({"s": took, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
