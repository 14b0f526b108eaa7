"""Sets of key players against every set tried by hand, and against what a published network shows."""

from collections.abc import Iterable
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from entente.match.graph import Link, Network, keyplayers
from match.networks import montagna, plain, small


def apart(network: Network, gone: Iterable[str]) -> float:
    left = plain(network)
    left.remove_nodes_from(gone)
    pairs = list(combinations(left, 2))
    return sum(not nx.has_path(left, a, b) for a, b in pairs) / len(pairs) if pairs else 1.0


def reached(network: Network, ids: Iterable[str], steps: int) -> float:
    graph = plain(network)
    found = {n for id in ids for n in nx.single_source_shortest_path_length(graph, id, cutoff=steps)}
    return len(found) / len(graph)


@given(small(), st.integers(1, 3), st.data())
def test_fragmentation_is_the_share_of_pairs_left_that_cannot_reach_each_other(
    network: Network, size: int, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from(network.nodes), max_size=size))
    assert keyplayers.fragmentation(network, gone) == pytest.approx(apart(network, gone))


@given(small(), st.integers(1, 4))
def test_no_set_of_the_size_takes_the_network_further_apart(network: Network, size: int) -> None:
    found = keyplayers.key_players(network, size)
    sets = list(combinations(network.nodes, min(size, len(network.nodes))))
    best = max(apart(network, some) for some in sets)
    assert found.exact
    assert found.score == pytest.approx(best)
    assert found.ids == next(some for some in sets if apart(network, some) == pytest.approx(best))


@given(small(), st.integers(1, 4), st.integers(0, 3))
def test_no_set_of_the_size_reaches_more(network: Network, size: int, steps: int) -> None:
    found = keyplayers.key_reachers(network, size, steps)
    sets = list(combinations(network.nodes, min(size, len(network.nodes))))
    best = max(reached(network, some, steps) for some in sets)
    assert found.exact
    assert found.score == pytest.approx(best) == keyplayers.reach(network, found.ids, steps)
    assert found.ids == next(some for some in sets if reached(network, some, steps) == pytest.approx(best))


@given(small(), st.integers(1, 3))
def test_a_set_that_is_grown_is_no_better_than_the_best_and_no_worse_than_the_best_single(
    network: Network, size: int
) -> None:
    assume(size < len(network.nodes))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyplayers, "MOST_WORK", 0)
        found = keyplayers.key_players(network, size)
    assert not found.exact
    assert len(found.ids) == size
    assert found.score == pytest.approx(apart(network, found.ids))
    assert found.score <= keyplayers.key_players(network, size).score + 1e-12
    if size == 1:
        assert found.ids == keyplayers.key_players(network, 1).ids


def test_nobody_is_the_best_set_of_none() -> None:
    assert keyplayers.key_players(Network(("a", "b")), 0) == keyplayers.KeySet((), 1.0, True)
    assert keyplayers.key_players(Network(()), 2) == keyplayers.KeySet((), 1.0, True)
    assert keyplayers.key_reachers(Network(()), 2, 1) == keyplayers.KeySet((), 0.0, True)


def test_of_sets_that_are_as_good_the_first_by_name_is_told() -> None:
    ring = Network.of([], [Link(a, b) for a, b in ("ab", "bc", "cd", "da")])
    assert keyplayers.key_players(ring, 2).ids == ("a", "c")


def test_the_key_players_of_montagna_are_not_its_highest_ranked() -> None:
    network = montagna()
    assert keyplayers.fragmentation(network) == pytest.approx(0.170, abs=5e-4)
    assert keyplayers.fragmentation(network, ["18", "47"]) == pytest.approx(0.227, abs=5e-4)
    pair, three = keyplayers.key_players(network, 2), keyplayers.key_players(network, 3)
    assert (pair.ids, pair.exact, pair.score) == (("18", "25"), True, pytest.approx(0.494, abs=5e-4))
    assert (three.ids, three.exact) == (("18", "22", "25"), True)
    assert three.score == pytest.approx(0.652, abs=5e-4)
