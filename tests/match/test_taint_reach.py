"""Ways that respect time, held to every way there is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match.taint import Payment, Transfers, make, reach

drawn = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.integers(0, 8)), min_size=1, max_size=12
)


def paid(rows: list[tuple[str, str, int]]) -> Transfers:
    return make([Payment(source, target, at, 1) for source, target, at in rows])


def every_way(
    transfers: Transfers, firsts: set[int], dwell: int | None, backward: bool
) -> set[tuple[int, ...]]:
    """Every chain of payments, each strictly later than the one before (backward: earlier), by trying all."""
    ends = list(zip(transfers.source.tolist(), transfers.target.tolist(), transfers.at.tolist(), strict=True))
    if backward:
        ends = [(target, source, -at) for source, target, at in ends]
    ways = {(row,) for row in firsts if ends[row][0] != ends[row][1]}
    new = ways
    while new:
        new = {
            (*way, row)
            for way in new
            for row, (source, target, at) in enumerate(ends)
            if source == ends[way[-1]][1] and source != target and at > ends[way[-1]][2]
            if dwell is None or at - ends[way[-1]][2] <= dwell
        } - ways
        ways |= new
    return ways


@settings(max_examples=300)
@given(drawn, st.data(), st.sampled_from([None, 0, 1, 3]), st.booleans())
def test_what_payments_reach_is_the_ends_of_every_way(rows, data, dwell, backward):
    transfers = paid(rows)
    firsts = data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1, max_size=2))
    found = reach(transfers, payments=firsts, dwell=dwell, backward=backward)
    ways = every_way(transfers, firsts, dwell, backward)
    on = {row for way in ways for row in way}
    assert set(found.payments.tolist()) == on
    ends = transfers.source if backward else transfers.target
    best: dict[int, int] = {}
    for row in on:
        account, at = int(ends[row]), int(transfers.at[row])
        best[account] = at if account not in best else (max if backward else min)(best[account], at)
    assert found.arrived == best
    for account in best:
        way = found.way(account)
        assert (way[::-1] if backward else way) in ways


@settings(max_examples=200)
@given(drawn, st.integers(0, 8), st.sampled_from([None, 1, 3]), st.booleans())
def test_an_account_is_as_if_it_paid_all_that_leaves_it_later(rows, since, dwell, backward):
    transfers = paid(rows)
    found = reach(transfers, {0: since}, dwell=dwell, backward=backward)
    ends = transfers.target if backward else transfers.source
    later = transfers.at < since if backward else transfers.at > since
    firsts = {row for row in range(len(rows)) if ends[row] == 0 and later[row]}
    assert set(found.payments.tolist()) == {
        row for way in every_way(transfers, firsts, dwell, backward) for row in way
    }


def test_a_payment_at_the_same_time_does_not_carry_on_what_has_just_come():
    transfers = paid([("a", "b", 1), ("b", "c", 1), ("b", "d", 2)])
    assert set(reach(transfers, payments=[0]).payments.tolist()) == {0, 2}


def test_no_way_leads_out_of_a_stop():
    transfers = paid([("a", "b", 1), ("b", "c", 2)])
    found = reach(transfers, payments=[0], stops=frozenset({transfers.accounts.index("b")}))
    assert found.payments.tolist() == [0]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"accounts": {"a": 0}}, "'a': give the number of the account"),
        ({"accounts": {True: 0}}, "True: give the number of the account"),
        ({"accounts": {2: 0}}, "there is no account 2: there are 2, counted from 0"),
        ({"accounts": {-1: 0}}, "there is no account -1"),
        ({"payments": [1]}, "there is no row 1: there are 1"),
        ({"payments": ["0"]}, "'0': give the number of the row"),
        ({"stops": frozenset({"b"})}, "'b': give the number of the account"),
    ],
)
def test_what_is_not_there_is_told_and_does_not_reach_nothing_in_silence(given, told):
    with pytest.raises(ValueError, match=told):
        reach(paid([("a", "b", 0)]), **given)


def test_numbers_of_a_column_are_numbers():
    transfers = paid([("a", "b", 5)])
    assert reach(transfers, {transfers.source[0]: 0}).arrived == {0: 0, 1: 5}
