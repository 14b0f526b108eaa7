"""Ways through networks against every way tried by hand."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.graph import Link, Network
from entente.match.graph.grades import CERTAINTY, SCHEMES, UNGRADED, reliability_of
from entente.match.graph.paths import connecting, every, shortest, strongest
from match.networks import plain, small

MANY = 100_000


def strength(network: Network, way: tuple[str, ...]) -> float:
    product = 1.0
    for pair in pairwise(way):
        product *= max(k.reliability for k in network.links if {k.a, k.b} == set(pair))
    return product


def all_ways(network: Network, a: str, b: str) -> Iterator[tuple[str, ...]]:
    yield from map(tuple, nx.all_simple_paths(plain(network), a, b))


@given(small(7), st.integers(1, 6))
def test_every_way_within_reach_is_told_once_the_shortest_first(network: Network, hops: int) -> None:
    a, b = network.nodes[0], network.nodes[-1]
    told = every(network, a, b, hops, MANY)
    assert sorted(w.things for w in told) == sorted(w for w in all_ways(network, a, b) if len(w) <= hops + 1)
    assert [len(w.things) for w in told] == sorted(len(w.things) for w in told)


@given(small(7))
def test_the_shortest_ways_are_all_told_the_strongest_first(network: Network) -> None:
    a, b = network.nodes[0], network.nodes[-1]
    ways = list(all_ways(network, a, b))
    least = min(map(len, ways), default=0)
    told = shortest(network, a, b, MANY)
    assert sorted(w.things for w in told) == sorted(w for w in ways if len(w) == least)
    assert [w.strength for w in told] == sorted((w.strength for w in told), reverse=True)


@given(small(7), st.integers(1, 5))
def test_the_strongest_ways_have_the_highest_products(network: Network, most: int) -> None:
    a, b = network.nodes[0], network.nodes[-1]
    best = sorted((strength(network, way) for way in all_ways(network, a, b)), reverse=True)[:most]
    told = strongest(network, a, b, most)
    assert [w.strength for w in told] == pytest.approx(best)
    assert len({w.things for w in told}) == len(told)


@given(small(7))
def test_a_way_names_a_link_for_each_step(network: Network) -> None:
    by_id = {link.id: link for link in network.links}
    for way in every(network, network.nodes[0], network.nodes[-1], 6, MANY):
        assert way.strength == pytest.approx(strength(network, way.things))
        for pair, id in zip(pairwise(way.things), way.links, strict=True):
            assert {by_id[id].a, by_id[id].b} == set(pair)


def test_there_is_no_way_to_oneself_or_to_who_is_not_there() -> None:
    pair = Network.of([], [Link("a", "b")])
    for a, b in (("a", "a"), ("a", "x"), ("x", "a")):
        assert shortest(pair, a, b) == strongest(pair, a, b) == every(pair, a, b, 3) == []


@given(small(7), st.data())
def test_a_connecting_network_joins_all_that_can_be_joined_with_few_links(
    network: Network, data: st.DataObject
) -> None:
    ids = data.draw(st.lists(st.sampled_from(network.nodes), min_size=2, max_size=4, unique=True))
    pairs, apart = connecting(network, ids)
    graph, joined = plain(network), set(ids) - set(apart)
    tree = nx.Graph(pairs)
    tree.add_node(ids[0])
    assert all(graph.has_edge(a, b) for a, b in pairs)
    assert nx.is_tree(tree) and joined <= set(tree)
    assert all(nx.has_path(graph, ids[0], id) == (id in joined) for id in ids)
    assert len(pairs) <= 2 * fewest(graph, joined)


def fewest(graph: "nx.Graph[str]", joined: set[str]) -> int:
    """Links of the smallest tree that joins some, every set of further things tried."""
    others = sorted(set(graph) - joined)
    for more in range(len(others) + 1):
        for some in combinations(others, more):
            if nx.is_connected(graph.subgraph(joined | set(some))):
                return len(joined) + more - 1
    raise AssertionError


# --- grades ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_worse_source_or_fact_is_never_relied_on_more(scheme: str) -> None:
    def relied(source: str, fact: str) -> float:
        return reliability_of(source + fact, "", scheme)

    sources, facts = SCHEMES[scheme]
    for fact in facts:
        assert all(relied(better, fact) >= relied(worse, fact) for better, worse in pairwise(sources))
    for source in sources:
        assert all(relied(source, better) >= relied(source, worse) for better, worse in pairwise(facts))
    assert all(0 < reliability_of(s + f, "tentative", scheme) < 1 for s in sources for f in facts)


def test_what_is_surer_is_relied_on_more_and_what_is_not_graded_by_half() -> None:
    told = [reliability_of("A1", certainty) for certainty in ("confirmed", "unconfirmed", "tentative")]
    assert told == sorted(told, reverse=True) == list(CERTAINTY.values())[1:]
    assert reliability_of("") == reliability_of("?9") == UNGRADED
