"""Measures of networks against their definitions tried by hand, networkx, and published figures."""

from collections.abc import Mapping
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.graph import Link, Network
from entente.match.graph.measures import (
    DAMPING,
    MEASURES,
    bridges,
    efficiency,
    ranks,
    summary,
)
from match.networks import montagna, oversize, plain, small


def near(values: Mapping[str, float]) -> Mapping[str, float]:
    return pytest.approx(values, rel=1e-6, abs=1e-6)  # type: ignore[no-any-return]


def line(*ends: str) -> Network:
    return Network.of([], [Link(a, b) for a, b in ends])


def weights_of(network: Network) -> np.ndarray:
    n = len(network.nodes)
    found = np.zeros((n, n))
    for link in network.links:
        a, b = network.nodes.index(link.a), network.nodes.index(link.b)
        if a != b:
            found[a, b] += link.weight
            found[b, a] += link.weight
    return found


def heaviest(network: Network) -> str:
    values = MEASURES["betweenness"](network)
    return max(values, key=lambda node: values[node])


# --- against their definitions ---------------------------------------------------------------------


@given(small())
def test_betweenness_is_the_share_of_shortest_ways_that_lead_through(network: Network) -> None:
    graph = plain(network)
    found = dict.fromkeys(network.nodes, 0.0)
    for a, b in combinations(network.nodes, 2):
        if nx.has_path(graph, a, b):
            ways = list(nx.all_shortest_paths(graph, a, b))
            for node in found:
                found[node] += sum(node in way[1:-1] for way in ways) / len(ways)
    n = len(network.nodes)
    pairs = (n - 1) * (n - 2) / 2 or 1
    assert MEASURES["betweenness"](network) == near({node: v / pairs for node, v in found.items()})


@given(small())
def test_networkx_says_the_same(network: Network) -> None:
    graph = plain(network)
    assert MEASURES["degree"](network) == dict(graph.degree())
    assert MEASURES["closeness"](network) == near(nx.closeness_centrality(graph))
    assert MEASURES["core"](network) == nx.core_number(graph)
    points = set(nx.articulation_points(graph))
    assert MEASURES["cuts"](network) == {node: float(node in points) for node in network.nodes}
    assert bridges(network) == sorted((min(pair), max(pair)) for pair in nx.bridges(graph))
    assert efficiency(network) == pytest.approx(nx.global_efficiency(graph))
    assert summary(network).parts == nx.number_connected_components(graph)


@given(small())
def test_constraint_is_burts_and_who_has_no_links_is_most_constrained(network: Network) -> None:
    share = weights_of(network)
    totals = share.sum(axis=1, keepdims=True)
    share = np.divide(share, totals, out=np.zeros_like(share), where=totals > 0)
    both = np.where(share > 0, share + share @ share, 0.0)
    told = MEASURES["constraint"](network)
    assert told == near(network.named(np.where(totals[:, 0] > 0, (both**2).sum(axis=1), 2.0)))
    assert max(told.values()) <= 2.0


@given(small())
def test_effective_size_is_borgattis(network: Network) -> None:
    graph = plain(network)
    for node, size in MEASURES["effective-size"](network).items():
        known = set(graph[node])
        ties = sum(graph.has_edge(a, b) for a, b in combinations(known, 2))
        assert size == pytest.approx(len(known) - 2 * ties / len(known) if known else 0.0)


@given(small())
def test_eigenvector_is_where_the_ways_from_everybody_end_up(network: Network) -> None:
    values, vectors = np.linalg.eigh(weights_of(network))
    top = vectors[:, values > values[-1] - 1e-9]
    limit = top @ (top.T @ np.ones(len(network.nodes)))
    told = MEASURES["eigenvector"](network)
    if values[-1] < 1e-9:
        assert set(told.values()) == {0.0}
    else:
        assert told == pytest.approx(network.named(limit / limit.max()), abs=1e-4)


@given(small())
def test_katz_solves_its_equation(network: Network) -> None:
    weights = weights_of(network)
    n, largest = len(weights), np.linalg.eigvalsh(weights)[-1]
    factor = DAMPING / largest if largest > 0 else 0.0
    x = np.linalg.solve(np.eye(n) - factor * weights, np.ones(n))
    assert MEASURES["katz"](network) == near(network.named(x / x.max()))


@given(small(directed=True))
def test_pagerank_solves_its_equation(network: Network) -> None:
    n = len(network.nodes)
    move = np.zeros((n, n))
    for (a, b), weight in network.arcs.items():
        move[b, a] += weight
    totals = move.sum(axis=0)
    move = np.where(totals > 0, move / np.where(totals > 0, totals, 1), 1 / n)
    x = np.linalg.solve(np.eye(n) - DAMPING * move, np.full(n, (1 - DAMPING) / n))
    assert MEASURES["pagerank"](network) == near(network.named(x))


@given(small(directed=True))
def test_links_in_and_out_are_of_different_others(network: Network) -> None:
    pairs = {(k.a, k.b) for k in network.links} | {(k.b, k.a) for k in network.links if not k.directed}
    pairs = {(a, b) for a, b in pairs if a != b}
    assert MEASURES["in"](network) == {node: sum(b == node for _, b in pairs) for node in network.nodes}
    assert MEASURES["out"](network) == {node: sum(a == node for a, _ in pairs) for node in network.nodes}


# --- what no measure may hang on -------------------------------------------------------------------


@given(small(directed=True), st.data())
def test_neither_names_nor_the_order_of_links_move_a_value_or_a_rank(
    network: Network, data: st.DataObject
) -> None:
    names = dict(zip(network.nodes, data.draw(st.permutations(network.nodes)), strict=True))
    links = data.draw(st.permutations(network.links))
    other = Network.of(
        names.values(), [Link(names[k.a], names[k.b], weight=k.weight, directed=k.directed) for k in links]
    )
    for slug, measure in MEASURES.items():
        told, again = measure(network), measure(other)
        assert {names[node]: value for node, value in told.items()} == near(again), slug


@given(small())
def test_the_same_network_gives_the_same_bits(network: Network) -> None:
    again = Network.of(reversed(network.nodes), reversed(network.links))
    for slug, measure in MEASURES.items():
        assert measure(network) == measure(again), slug


@given(small())
def test_a_thing_of_its_own_with_itself_counts_nowhere(network: Network) -> None:
    looped = Network(network.nodes, (*network.links, Link(network.nodes[0], network.nodes[0])))
    assert looped.loops == network.loops + 1
    for slug, measure in MEASURES.items():
        assert measure(looped) == measure(network), slug


def test_of_nothing_nothing_is_said() -> None:
    for measure in MEASURES.values():
        assert measure(Network(())) == {}
        assert set(measure(Network(("a",)))) == {"a"}
    assert summary(Network(())).largest == 0


def test_equal_values_share_the_best_rank() -> None:
    assert ranks({"a": 3, "b": 1, "c": 3, "d": 2 + 1e-12, "e": 2}) == {"a": 1, "c": 1, "d": 3, "e": 3, "b": 5}
    assert ranks({"a": 3, "b": 1}, rising=True) == {"b": 1, "a": 2}


def test_parallel_links_add_up_and_count_one_other() -> None:
    twice = Network.of(["z"], [Link("a", "b", weight=2), Link("b", "a"), Link("b", "c")])
    assert MEASURES["degree"](twice) == {"a": 1, "b": 2, "c": 1, "z": 0}
    assert MEASURES["strength"](twice) == {"a": 3, "b": 4, "c": 1, "z": 0}


def test_who_stands_between_two_groups_is_the_broker() -> None:
    bow = line("ab", "bc", "ac", "cx", "xy", "yz", "xz")
    assert heaviest(bow) in {"c", "x"}
    assert bridges(bow) == [("c", "x")]
    assert {n for n, cut in MEASURES["cuts"](bow).items() if cut} == {"c", "x"}


# --- published figures -----------------------------------------------------------------------------


def test_montagna_has_the_size_and_the_middlemen_it_was_published_with() -> None:
    told = summary(montagna())
    assert (told.things, told.links, told.largest, told.diameter) == (101, 256, 92, 7)
    assert (told.path, told.density) == (pytest.approx(3.309, abs=5e-4), pytest.approx(0.0507, abs=5e-5))
    between = MEASURES["betweenness"](montagna())
    assert sorted(between, key=lambda n: -between[n])[:5] == ["18", "47", "27", "68", "12"]


@pytest.mark.parametrize(
    ("stage", "links", "first"),
    [
        ("WR", 247, {"V9", "V49", "V27", "V48", "V39"}),
        ("AW", 189, set()),
        ("JU", 113, {"V49", "V39", "V9", "V5", "V48"}),
    ],
)
def test_oversize_loses_links_from_wiretap_to_judgment_and_its_middlemen_change(
    stage: str, links: int, first: set[str]
) -> None:
    network = oversize(stage)
    between = MEASURES["betweenness"](network)
    assert len(network.pairs) == links
    assert not first or set(sorted(between, key=lambda n: -between[n])[:5]) == first
