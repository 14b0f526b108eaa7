"""Tables of routes and the parts countries play, against slow tallies and networkx."""

from collections import defaultdict
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.trends.flows import legs, roles, table
from entente.match.trends.hotspots import hotspots, within
from entente.match.trends.mirror import gaps

country = st.integers(0, 5)
routes = st.lists(st.tuples(country, country, country, country), max_size=25)
amounts = st.sampled_from((1.0, 2.5, np.nan))


def columns(drawn: list[tuple[int, ...]], wide: int) -> list[np.ndarray]:
    return [np.array([row[i] for row in drawn], np.uint16) for i in range(wide)]


@given(st.lists(st.tuples(country, country, st.integers(0, 2**31), amounts, amounts), max_size=30))
def test_a_table_is_a_slow_tally_of_its_rows(drawn: list[tuple[int, int, int, float, float]]) -> None:
    tally: dict[tuple[int, ...], list[float]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for *key, quantity, value in drawn:
        row = tally[tuple(int(k) for k in key)]
        row[0] += 1
        for at, what in ((1, quantity), (2, value)):
            row[at] += 0 if np.isnan(what) else what
            row[at + 2] += bool(np.isnan(what))
    keys = [np.array([row[i] for row in drawn], np.int64) for i in range(3)]
    found = table(keys, [row[3] for row in drawn], [row[4] for row in drawn])
    told = (found.count, found.quantity, found.value, found.no_quantity, found.no_value)
    got = {tuple(map(int, key)): [float(c[i]) for c in told] for i, key in enumerate(found.keys)}
    assert got == dict(tally)
    order = [(-int(n), tuple(map(int, key))) for n, key in zip(found.count, found.keys, strict=True)]
    assert order == sorted(order)


def test_lines_of_one_seizure_count_once_where_their_weight_says_so() -> None:
    found = table([[1, 1, 2]], quantity=[5.0, 6.0, np.nan], weight=[1, 0, 1])
    assert found.count.tolist() == [1, 1]
    assert (found.quantity.tolist(), found.no_quantity.tolist()) == ([11.0, 0.0], [0, 1])
    with pytest.raises(ValueError, match="no columns"):
        table([])


def way(row: tuple[int, ...]) -> list[int]:
    """The places a route says, staying in one left out."""
    said = [c for c in row if c]
    return [c for at, c in enumerate(said) if not at or said[at - 1] != c]


@given(routes)
def test_legs_lead_from_each_place_that_is_said_to_the_next(drawn: list[tuple[int, ...]]) -> None:
    o, a, b, d = columns(drawn, 4)
    got = sorted(zip(*(c.tolist() for c in legs(o, [a, b], d)), strict=True))
    steps = [(n, *pair) for n, row in enumerate(drawn) for pair in pairwise(way(row))]
    assert got == sorted(steps)


@given(routes)
def test_roles_are_those_of_a_slow_walk_and_of_networkx(drawn: list[tuple[int, ...]]) -> None:
    o, a, b, d = columns(drawn, 4)
    found = roles(o, [a, b], d)
    graph: nx.DiGraph = nx.DiGraph()
    part: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for row in drawn:
        stops = way(row)
        for source, target in pairwise(stops):
            weight = graph.get_edge_data(source, target, {"weight": 0})["weight"]
            graph.add_edge(source, target, weight=weight + 1)
            part[source][3] += 1
            part[target][4] += 1
        if len(stops) > 1:
            part[stops[0]][0] += 1
            part[stops[-1]][2] += 1
            for c in set(stops[1:]) - {stops[-1]}:
                part[c][1] += 1
    told = (found.begins, found.passes, found.ends, found.out, found.into)
    got = {int(c): [float(x[i]) for x in told] for i, c in enumerate(found.country)}
    assert got == dict(part)
    assert dict(zip(found.country.tolist(), found.betweenness, strict=True)) == pytest.approx(
        nx.betweenness_centrality(graph)
    )
    if graph:
        assert dict(zip(found.country.tolist(), found.pagerank, strict=True)) == pytest.approx(
            nx.pagerank(graph, tol=1e-12, max_iter=1_000), abs=1e-6
        )


def test_each_plays_the_part_that_most_of_its_routes_say() -> None:
    o, t, d = np.array([1] * 10 + [4] * 10), np.array([2] * 20), np.array([3] * 20)
    found = roles(o, [t], d)
    assert dict(zip(found.country.tolist(), found.role, strict=True)) == {
        1: "source",
        2: "transit",
        3: "sink",
        4: "source",
    }
    assert found.country[0] == 2 and found.balance[0] == 0
    assert found.hub.argmax() == 0
    assert roles([1] * 4, [], [2] * 4).role == ("", "")
    mixed = roles([1] * 10 + [2] * 10, [], [2] * 10 + [3] * 10)
    assert mixed.role[mixed.country.tolist().index(2)] == "hub"


def test_a_heavier_route_weighs_more_and_one_without_a_weight_nothing() -> None:
    found = roles([1, 4], [], [2, 2], weight=[10.0, np.nan])
    part = dict(zip(found.country.tolist(), found.out, strict=True))
    assert part == {1: 10.0, 4: 0.0, 2: 0.0}
    assert roles([], [], []).country.tolist() == []


# --- hot spots -------------------------------------------------------------------------------------


def slow_gi(x: list[float], near: list[set[int]], i: int) -> float:
    n, mean = len(x), sum(x) / len(x)
    spread = (sum(v * v for v in x) / n - mean**2) ** 0.5
    w = len(near[i])
    below = spread * ((n * w - w * w) / (n - 1)) ** 0.5
    return (sum(x[j] for j in near[i]) - mean * w) / below if below else 0.0


@given(
    st.lists(st.integers(0, 20), min_size=5, max_size=12),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=15),
)
def test_gi_star_is_its_formula(x: list[int], pairs: list[tuple[int, int]]) -> None:
    near = [{i} for i in range(len(x))]
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    found = hotspots(x, np.array(pairs, np.int64).reshape(-1, 2))
    if len(set(x)) == 1:
        assert not found.said and not found.hot.any()
        return
    assert found.z == pytest.approx(
        [slow_gi([float(v) for v in x], near, i) for i in range(len(x))], abs=1e-6
    )
    assert found.near.tolist() == [len(places) for places in near]


def test_a_cluster_is_hot_and_under_five_places_nothing_is_said() -> None:
    x = np.ones(40)
    x[:4] = 30
    found = hotspots(x, [(i, j) for i in range(4) for j in range(i)])
    assert found.hot.tolist() == [1] * 4 + [0] * 36
    assert not hotspots([1, 90, 1, 1], [(0, 1)]).said
    assert not hotspots([0] * 39 + [4], []).hot.any()  # under five events
    with pytest.raises(ValueError, match="not among the 3 places"):
        hotspots([1, 2, 3], [(0, 3)])


def test_places_are_near_by_the_great_circle_and_those_without_coordinates_are_not() -> None:
    lat, lon = [0.0, 0.0, 0.0, np.nan], [179.9, -179.9, 0.0, 0.0]
    assert within(lat, lon, 30).tolist() == [[0, 1]]
    assert within(lat, lon, 20).tolist() == []


# --- mirror gaps -----------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(1, 3), amounts, amounts), max_size=25))
def test_gaps_are_those_of_a_slow_comparison(drawn: list[tuple[int, float, float]]) -> None:
    found = gaps([c for c, _, _ in drawn], [i for _, i, _ in drawn], [e for _, _, e in drawn])
    assert sorted(found.corridor.tolist()) == sorted({c for c, _, _ in drawn})
    assert found.score.tolist() == sorted(found.score.tolist(), reverse=True)
    for at, corridor in enumerate(found.corridor):
        mine = [(i, e) for c, i, e in drawn if c == corridor]
        known = [(not np.isnan(i), not np.isnan(e)) for i, e in mine]
        filled = [(0 if np.isnan(i) else i, 0 if np.isnan(e) else e) for i, e in mine]
        assert found.rows[at] == len(mine)
        assert found.both[at] == known.count((True, True))
        assert found.equal[at] == sum(i == e for i, e in mine)
        assert found.importer_only[at] == known.count((True, False))
        assert found.exporter_only[at] == known.count((False, True))
        assert found.missing[at] == known.count((False, False))
        whole = sum(max(pair) for pair in filled)
        score = sum(abs(i - e) for i, e in filled) / whole if whole else 0
        assert found.score[at] == pytest.approx(score)
        assert abs(found.lean[at]) <= found.score[at] + 1e-12


def test_a_negative_report_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        gaps([1], [-1.0], [2.0])
