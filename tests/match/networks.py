"""Networks to test measures with: small ones drawn at random, and published ones where they are at hand."""

import csv
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import strategies as st

from entente.match.graph import Link, Network

SHARED = Path(__file__).parents[3] / "shared" / "data" / "networks"


@st.composite
def small(draw: st.DrawFn, most: int = 8, directed: bool = False) -> Network:
    """Up to `most` things and any links among them, parallel ones and loops too."""
    n = draw(st.integers(2, most))
    place = st.integers(0, n - 1)
    reliable = st.sampled_from([1.0, 0.8, 0.5, 0.3])
    ends = draw(st.lists(st.tuples(place, place, reliable, st.booleans()), max_size=2 * n + 4))
    links = [
        Link(f"n{a}", f"n{b}", directed=directed and one_way, reliability=r, id=f"l{at}")
        for at, (a, b, r, one_way) in enumerate(ends)
    ]
    return Network.of([f"n{p}" for p in range(n)], links)


def plain(network: Network) -> "nx.Graph[str]":
    """The same for networkx, which is the oracle: no loops, parallel links once."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(network.nodes)
    graph.add_edges_from((link.a, link.b) for link in network.links if link.a != link.b)
    return graph


def montagna() -> Network:
    """Who met whom: Cavallaro and others, PLOS ONE 15(8) e0236476, 2020."""
    path = _here("montagna/dataset/Montagna_meetings_edgelist.csv")
    rows = [line.split() for line in path.read_text("utf-8").splitlines()]
    return Network.of([], [Link(a, b) for a, b, _many in rows])


def oversize(stage: str) -> Network:
    """Wiretap "WR", warrant "AW", judgment "JU": Berlusconi and others, PLOS ONE 11(4) e0154244, 2016."""
    with _here(f"oversize/oversize_{stage}.edges.csv").open(encoding="utf-8") as file:
        return Network.of([], [Link(row["source"], row["target"]) for row in csv.DictReader(file)])


def _here(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared/data/networks/{name} is not here")
    return path
