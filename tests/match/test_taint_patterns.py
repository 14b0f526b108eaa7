"""Shapes of laundering: each is found where it is, and not where one of its conditions is missing."""

import sys
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.taint import (
    RULES,
    Payment,
    Sought,
    Transfers,
    cycles,
    fan_in,
    fan_out,
    follow,
    gather_scatter,
    make,
    pass_through,
    reach,
    scatter_gather,
    walking,
)
from entente.match.taint.generating import DWELL, HOPS, PLANS, SPLITS, World, generate

reaching = sys.modules[reach.__module__]  # the package's `reach` is the function


def paid(*rows: tuple[str, str, int, int]) -> Transfers:
    return make([Payment(*row) for row in rows])


def found(transfers: Transfers, findings) -> list[tuple[str, tuple[int, ...]]]:
    return [(transfers.accounts[one.account], one.rows) for one in findings]


def test_a_fan_in_counts_different_payers_within_the_window():
    near = paid(("a", "m", 0, 1), ("a", "m", 1, 1), ("b", "m", 5, 1), ("c", "m", 10, 1), ("c", "x", 10, 1))
    assert found(near, fan_in(near, within=10, least=3)) == [("m", (0, 1, 2, 3))]
    assert fan_in(near, within=10, least=3)[0].facts == {"payers": 3, "seconds": 10}
    assert fan_in(near, within=8, least=3) == [] and fan_in(near, within=10, least=4) == []


def test_windows_that_overlap_are_one_finding_and_others_are_two():
    rows = [(payer, "m", at, 1) for at, payer in enumerate("abcd")]
    transfers = paid(*rows, *[(payer, "m", 100 + at, 1) for at, payer in enumerate("abc")])
    assert found(transfers, fan_in(transfers, 2, 3)) == [("m", (0, 1, 2, 3)), ("m", (4, 5, 6))]


def test_a_fan_out_is_a_fan_in_with_its_ends_changed():
    rows = [("m", payee, at, 1) for at, payee in enumerate("abc")]
    transfers = paid(*rows)
    assert found(transfers, fan_out(transfers, 2, 3)) == [("m", (0, 1, 2))]


@pytest.mark.parametrize(("out", "is_one"), [(89, False), (90, True), (110, True), (111, False)])
def test_a_pass_through_pays_on_nearly_what_came(out, is_one):
    transfers = paid(("a", "m", 0, 60), ("b", "m", 1, 40), ("m", "x", 5, out))
    assert found(transfers, pass_through(transfers, 5)) == ([("m", (0, 1, 2))] if is_one else [])
    assert pass_through(transfers, 4, least=1) == []


def test_a_gather_scatter_pays_after_it_was_paid():
    rows = [(payer, "m", at, 1) for at, payer in enumerate("abc")] + [("m", p, 10, 1) for p in "xyz"]
    transfers = paid(*rows)
    assert found(transfers, gather_scatter(transfers, 10, 3)) == [("m", (0, 1, 2, 3, 4, 5))]
    assert gather_scatter(transfers, 7, 3) == []
    early = paid(*[("m", p, 0, 1) for p in "xyz"], *[(p, "m", 1, 1) for p in "abc"])
    assert gather_scatter(early, 10, 3) == []


def test_a_scatter_gather_goes_through_several_to_one():
    rows = [("s", m, 0, 1) for m in "abc"] + [(m, "t", 5, 1) for m in "abc"]
    transfers = paid(*rows)
    assert found(transfers, scatter_gather(transfers, 5, 3).findings) == [("t", (0, 1, 2, 3, 4, 5))]
    assert scatter_gather(transfers, 4, 3) == Sought((), True) == scatter_gather(transfers, 5, 4)


def test_a_search_for_scatter_gathers_that_was_cut_short_says_so():
    rows = [("s", m, 0, 1) for m in "abc"] + [(m, "t", 5, 1) for m in "abc"]
    later = [(a, b, at + 100, n) for a, b, at, n in rows]
    transfers = paid(*rows, *later)
    assert len(scatter_gather(transfers, 5, 3, steps=12).findings) == 2
    assert scatter_gather(transfers, 5, 3, steps=12).whole
    cut = scatter_gather(transfers, 5, 3, steps=11)
    assert len(cut.findings) == 1 and not cut.whole
    assert scatter_gather(transfers, 5, 3, steps=5) == Sought((), False)


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.integers(0, 8)), max_size=14),
    st.integers(1, 5),
    st.integers(1, 3),
)
def test_scatter_gathers_are_those_that_looking_at_every_pair_finds(rows, within, least):
    transfers = paid(*[(*row, 1) for row in rows])
    source, target, at = transfers.source, transfers.target, transfers.at
    every = set()
    for fan in fan_out(transfers, within, least):
        ways: dict[int, dict[int, tuple[int, int]]] = {}
        for row in fan.rows:
            for out in range(len(rows)):
                after = source[out] == target[row] != target[out] and at[row] < at[out] <= at[row] + within
                if after and target[out] != fan.account:
                    ways.setdefault(int(target[out]), {}).setdefault(int(target[row]), (row, out))
        for gathers, through in ways.items():
            if len(through) >= least:
                every.add((gathers, tuple(sorted({n for way in through.values() for n in way}))))
    assert {(one.account, one.rows) for one in scatter_gather(transfers, within, least).findings} == every


def test_a_cycle_comes_back_in_time_and_may_be_narrowed_by_amounts():
    transfers = paid(("a", "b", 0, 100), ("b", "c", 1, 95), ("c", "a", 2, 50))
    assert found(transfers, cycles(transfers, 2).findings) == [("a", (0, 1, 2))]
    assert cycles(transfers, 1).findings == () and cycles(transfers, 2, hops=2).findings == ()
    assert cycles(transfers, 2, tolerance=10).findings == () and cycles(transfers, 2, tolerance=50).findings
    assert cycles(paid(("a", "b", 1, 1), ("b", "a", 1, 1)), 9).findings == ()


def test_a_search_that_was_cut_short_says_so():
    rows = [("a", "b", at, 1) for at in range(10)] + [("b", "a", 10 + at, 1) for at in range(10)]
    transfers = paid(*rows)
    assert cycles(transfers, 100).whole and len(cycles(transfers, 100).findings) == 100
    assert not cycles(transfers, 100, most=5).whole and not cycles(transfers, 100, steps=5).whole


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.integers(0, 6)), max_size=9),
    st.integers(1, 6),
    st.integers(2, 4),
)
def test_cycles_are_those_that_trying_every_order_finds(rows, within, hops):
    transfers = paid(*[(*row, 1) for row in rows])
    source, target, at = transfers.source, transfers.target, transfers.at
    every = set()
    for length in range(2, hops + 1):
        for way in permutations(range(len(rows)), length):
            later = all(at[a] < at[b] and target[a] == source[b] for a, b in pairwise(way))
            back = target[way[-1]] == source[way[0]] and at[way[-1]] - at[way[0]] <= within
            if later and back and len({int(source[row]) for row in way}) == length:
                every.add(way)
    assert {one.rows for one in cycles(transfers, within, hops=hops).findings} == every


# --- on invented worlds ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world() -> World:
    return generate(1, accounts=200, payments=2_000, each=3)


def test_the_same_seed_gives_the_same_world(world):
    again = generate(1, accounts=200, payments=2_000, each=3)
    assert again.planted == world.planted and again.accounts == world.accounts
    assert (again.transfers.amount == world.transfers.amount).all()
    assert generate(2, accounts=200, payments=2_000, each=3).planted != world.planted


def test_every_shape_is_planted_within_its_limits(world):
    assert {p.pattern for p in world.planted} == set(PLANS) and len(PLANS) == 8
    for planted in world.planted:
        payers = [int(world.transfers.source[row]) for row in planted.rows if row not in planted.stolen]
        assert max(map(payers.count, payers)) <= SPLITS
        assert all(world.accounts[mule].mule for mule in planted.mules)
        assert planted.victims and set(planted.stolen) <= set(planted.rows)
    assert max(len(p.rows) for p in world.planted if p.pattern == "cycle") <= HOPS + 1


@pytest.mark.parametrize("seed", range(10))
def test_every_planted_payment_is_found_by_fifo_within_the_dwell(seed):
    world = generate(seed, accounts=200, payments=2_000)
    trace = follow(world.transfers, world.seeds, "fifo", dwell=DWELL)
    on = set(trace.payments.tolist())
    for planted in world.planted:
        assert set(planted.rows) <= on, planted.pattern
        assert set(planted.mules) <= trace.accounts
    assert all(balance.missing == 0 for balance in trace.balances())


def test_no_rule_loses_a_cent_of_a_world_in_three_currencies(world):
    assert len(world.transfers.assets) == 3 and world.transfers.received is not None
    for rule in RULES:
        trace = follow(world.transfers, world.seeds, rule)
        assert all(balance.missing == 0 for balance in trace.balances())


def test_it_does_not_matter_how_many_rows_are_walked_at_a_time(world, monkeypatch):
    for rule in RULES:
        whole = follow(world.transfers, world.seeds, rule, ties="in-first")
        with monkeypatch.context() as patched:
            patched.setattr(walking, "CHUNK", 7)
            parts = follow(world.transfers, world.seeds, rule, ties="in-first")
        assert parts.flow_row.tolist() == whole.flow_row.tolist()
        assert parts.flow_amount.tolist() == whole.flow_amount.tolist() and parts.held == whole.held
    first = reach(world.transfers, payments=[0])
    monkeypatch.setattr(reaching, "CHUNK", 7)
    assert reach(world.transfers, payments=[0]).before.tolist() == first.before.tolist()


def test_planted_shapes_are_found_by_their_searches(world):
    transfers, within = world.transfers, DWELL + 8 * 3600
    searches = {
        "fan-in": fan_in(transfers, within),
        "fan-out": fan_out(transfers, within),
        "gather-scatter": gather_scatter(transfers, within),
        "scatter-gather": scatter_gather(transfers, within).findings,
        "cycle": cycles(transfers, 9 * DWELL, tolerance=15, hops=HOPS).findings,
    }
    for planted in world.planted:
        if planted.pattern in searches:
            mules = set(planted.mules)
            assert any(one.account in mules for one in searches[planted.pattern]), planted.pattern


def test_mules_of_a_chain_pass_through(world):
    one_currency = generate(3, accounts=200, payments=1_000, one_currency=True)
    passing = {one.account for one in pass_through(one_currency.transfers, DWELL)}
    for planted in one_currency.planted:
        if planted.pattern == "cycle":
            assert set(planted.mules[1:]) <= passing
