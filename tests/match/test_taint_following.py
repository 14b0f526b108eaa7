"""Stolen money followed: the rules as sentences, and every rule against coins on drawn histories."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.match.taint import (
    RULES,
    SEVERAL,
    TIES,
    Payment,
    Seed,
    Trace,
    Transfers,
    follow,
    make,
)
from match.coins import follow_coins, poison_scanned

EXACT = tuple(rule for rule in RULES if rule != "poison")
MANY = 10 if os.environ.get("ENTENTE_PROOF") else 1
NAMES = "abcdef"


def paid(*rows: tuple[str, str, int, int], **more: int) -> Transfers:
    return make([Payment(*row, **more) for row in rows])


def held(trace: Trace, transfers: Transfers) -> dict[str, int]:
    return {transfers.accounts[account]: amount for (account, _, _), amount in trace.held.items()}


# --- what each rule says ---------------------------------------------------------------------------

MIXED = (
    ("own", "mule", 0, 100),
    ("victim", "mule", 1, 100),
    ("later", "mule", 2, 100),
    ("mule", "first", 3, 90),
    ("mule", "second", 4, 90),
)


@pytest.mark.parametrize(
    ("rule", "lies"),
    [
        ("fifo", {"mule": 20, "second": 80}),
        ("lifo", {"mule": 20, "second": 80}),
        ("haircut", {"mule": 40, "first": 30, "second": 30}),
        ("libr", {"mule": 100}),
    ],
)
def test_each_rule_leaves_the_money_where_its_words_say(rule, lies):
    transfers = paid(*MIXED)
    assert held(follow(transfers, [Seed(1, "v")], rule), transfers) == lies


def test_libr_claims_no_more_than_the_lowest_balance_since_the_money_came():
    transfers = paid(
        ("own", "mule", 0, 50), ("victim", "mule", 1, 100), ("mule", "shop", 2, 120), ("own", "mule", 3, 500)
    )
    assert held(follow(transfers, [Seed(1, "v")], "libr"), transfers) == {"mule": 30, "shop": 70}


@given(st.integers(1, 50), st.lists(st.tuples(st.booleans(), st.integers(1, 40)), max_size=15))
def test_libr_of_one_victim_is_the_lowest_intermediate_balance(deposit, moves):
    rows = [Payment("victim", "mule", 0, deposit)]
    balance = lowest = deposit
    for at, (into, amount) in enumerate(moves, 1):
        rows.append(Payment("other", "mule", at, amount) if into else Payment("mule", "shop", at, amount))
        balance = balance + amount if into else max(0, balance - amount)
        lowest = min(lowest, balance)
    transfers = make(rows)
    assert held(follow(transfers, [Seed(0, "v")], "libr"), transfers).get("mule", 0) == lowest


def test_poison_marks_all_that_leaves_and_owns_nothing():
    transfers = paid(*MIXED)
    trace = follow(transfers, [Seed(1, "v")], "poison")
    assert trace.flow_row.tolist() == [1, 3, 4] and trace.flow_amount.tolist() == [100, 90, 90]
    assert trace.held == {} and trace.balances() == ()


def test_poison_names_the_victim_of_a_payment_unless_they_are_several():
    transfers = paid(("v", "m", 0, 5), ("w", "m", 1, 5), ("m", "x", 2, 3), ("w", "y", 3, 1), ("y", "z", 4, 1))
    trace = follow(transfers, [Seed(0, "V"), Seed(1, "W"), Seed(3, "W")], "poison")
    assert trace.flow_victim.tolist() == [0, 1, SEVERAL, 1, 1]
    assert trace.victims_at(transfers.accounts.index("x")) == (0, 1)


def test_lots_carry_the_victim_and_shares_sum_to_the_balance():
    transfers = paid(("v", "m", 0, 60), ("w", "m", 1, 40), ("m", "x", 2, 70))
    for rule, of_x in (("fifo", {0: 60, 1: 10}), ("lifo", {0: 30, 1: 40}), ("haircut", {0: 42, 1: 28})):
        trace = follow(transfers, [Seed(0, "v"), Seed(1, "w")], rule)
        x = transfers.accounts.index("x")
        assert {v: n for (account, _, v), n in trace.held.items() if account == x} == of_x, rule


def test_a_known_opening_balance_was_there_first():
    transfers = paid(("v", "m", 0, 100), ("m", "x", 1, 100))
    opening = {transfers.accounts.index("m"): 30}
    assert held(follow(transfers, [Seed(0, "v")], opening=opening), transfers) == {"m": 30, "x": 70}
    assert held(follow(transfers, [Seed(0, "v")]), transfers) == {"x": 100}


def test_what_came_before_counts_unless_it_is_told_not_to():
    transfers = paid(("a", "m", 0, 100), ("v", "m", 1, 100), ("m", "x", 2, 100))
    assert held(follow(transfers, [Seed(1, "v")]), transfers) == {"m": 100}
    assert held(follow(transfers, [Seed(1, "v")], earlier=False), transfers) == {"x": 100}


def test_following_ends_at_an_exchange():
    transfers = paid(("v", "m", 0, 10), ("m", "exchange", 1, 10), ("exchange", "x", 2, 10))
    stop = transfers.accounts.index("exchange")
    for rule in RULES:
        trace = follow(transfers, [Seed(0, "v")], rule, stops=frozenset({stop}))
        assert transfers.accounts.index("x") not in trace.accounts and stop in trace.accounts
        assert trace.stopped == ({} if rule == "poison" else {(stop, 0, 0): 10})


def test_money_that_rested_longer_than_the_dwell_is_followed_no_further():
    transfers = paid(("v", "m", 0, 10), ("m", "x", 100, 4), ("m", "y", 101, 6))
    for rule in EXACT:
        trace = follow(transfers, [Seed(0, "v")], rule, dwell=100)
        assert held(trace, transfers) == {"x": 4} and trace.expired == {(0, 0): 6}
    assert follow(transfers, [Seed(0, "v")], "poison", dwell=100).flow_row.tolist() == [0, 1]


def test_parts_under_the_least_are_dropped_and_counted():
    transfers = paid(("a", "m", 0, 990), ("v", "m", 1, 10), ("m", "x", 2, 100), ("m", "y", 3, 900))
    trace = follow(transfers, [Seed(1, "v")], "haircut", least=5)
    assert held(trace, transfers) == {"y": 9} and trace.pruned == {(0, 0): 1}


def test_what_an_account_gets_at_a_time_is_there_before_it_pays_if_so_asked():
    transfers = paid(("m", "x", 5, 10), ("v", "m", 5, 10))
    assert held(follow(transfers, [Seed(1, "v")]), transfers) == {"m": 10}
    trace = follow(transfers, [Seed(1, "v")], ties="in-first")
    assert held(trace, transfers) == {"x": 10} and trace.ties == "in-first"


def test_a_ring_at_one_time_is_walked_as_the_file_has_it():
    transfers = paid(("b", "c", 5, 1), ("a", "b", 5, 1), ("c", "a", 5, 1), ("v", "b", 5, 1))
    trace = follow(transfers, [Seed(3, "v")], ties="in-first")
    assert held(trace, transfers) == {"b": 1}


def test_wei_beyond_64_bits_are_followed_exactly():
    ether = 10**18
    transfers = paid(("v", "m", 0, 50 * ether + 7), ("a", "m", 1, 3), ("m", "x", 2, 20 * ether))
    for rule in EXACT:
        trace = follow(transfers, [Seed(0, "v")], rule)
        assert sum(trace.held.values()) == 50 * ether + 7 and trace.balances()[0].missing == 0


def test_a_payment_exchanged_on_its_way_is_shared_in_units_that_arrive():
    rows = [
        Payment("v", "m", 0, 100, "EUR"),
        Payment("a", "m", 1, 100, "EUR"),
        Payment("m", "x", 2, 150, "EUR", received=20, received_asset="XMR"),
    ]
    transfers = make(rows)
    trace = follow(transfers, [Seed(0, "v")])
    x, xmr = transfers.accounts.index("x"), transfers.assets.index("XMR")
    assert trace.held == {(x, xmr, 0): 13}
    assert [(b.seeded, b.came, b.went, b.missing) for b in trace.balances()] == [
        (100, 0, 100, 0),
        (0, 13, 0, 0),
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (Payment("a", "b", 0, 0, line=7), "line 7: an amount of 0 is not above zero"),
        (Payment("a", "b", 0, -5), "line 1: an amount of -5"),
        (Payment("a", "", 0, 5), "an account is missing"),
        (Payment("a", "b", 0, 5, received=0), "received of 0"),
        (Payment("a", "b", 0, 5, "EUR", received_asset="USD"), "how much of it is missing"),
        (Payment("a", "a", 0, 5, received=4), "must arrive whole"),
    ],
)
def test_a_payment_that_cannot_be_is_refused_with_its_line(row, says):
    with pytest.raises(ValueError, match=says):
        make([row])


def test_a_payment_to_oneself_is_kept_and_moves_nothing():
    transfers = paid(("v", "m", 0, 10), ("a", "m", 1, 10), ("m", "m", 2, 10), ("m", "x", 3, 10))
    for rule in ("fifo", "poison"):
        trace = follow(transfers, [Seed(0, "v")], rule)
        assert trace.flow_row.tolist() == [0, 3]
    assert held(follow(transfers, [Seed(0, "v")]), transfers) == {"x": 10}


@pytest.mark.parametrize(
    "seed", [Seed(9, "v"), Seed(-1, "v"), Seed(0, "v", 0), Seed(0, "v", 11), Seed(1, "v")], ids=repr
)
def test_a_seed_that_cannot_be_is_refused(seed):
    with pytest.raises(ValueError):
        follow(paid(("v", "m", 0, 10), ("m", "m", 1, 5)), [seed])


def test_a_rule_or_an_order_that_nobody_knows_is_refused():
    for more in ({"rule": "fair"}, {"ties": "random"}, {"opening": {0: -1}}, {"opening": {5: 1}}):
        with pytest.raises(ValueError):
            follow(paid(("v", "m", 0, 10)), [Seed(0, "v")], **more)


def test_payments_are_sorted_by_time_and_keep_their_lines():
    transfers = make([Payment("a", "b", 9, 1, ref="late"), Payment("b", "c", 3, 2, ref="early")])
    assert transfers.at.tolist() == [3, 9] and transfers.line.tolist() == [2, 1]
    assert transfers.refs == ("early", "late")


# --- against coins --------------------------------------------------------------------------------


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Payment], list[Seed], dict[str, object]]:
    """Up to 25 payments of a few units among six accounts, in up to three assets, many at one time."""
    assets = draw(st.sampled_from([("EUR",), ("EUR", "USD"), ("EUR", "USD", "BTC", "JPY", "XAU")]))
    place, unit = st.sampled_from(NAMES), st.integers(1, 9)
    rows = []
    for _ in range(draw(st.integers(1, 25))):
        source, target, at, amount = draw(place), draw(place), draw(st.integers(0, 12)), draw(unit)
        asset = draw(st.sampled_from(assets))
        received, into = None, None
        if source != target and draw(st.integers(0, 4)) == 0:
            received, into = draw(unit), draw(st.sampled_from(assets))
        rows.append(Payment(source, target, at, amount, asset, received=received, received_asset=into))
    ordered = sorted(rows, key=lambda row: row.at)
    movable = [at for at, row in enumerate(ordered) if row.source != row.target]
    seeds = []
    for row in draw(st.lists(st.sampled_from(movable), max_size=4, unique=True)) if movable else ():
        left = ordered[row].amount
        for victim in draw(st.lists(st.sampled_from("uvw"), min_size=1, max_size=2)):
            if left:
                part = draw(st.integers(1, left))
                seeds.append(Seed(row, victim, part))
                left -= part
    options = {
        "dwell": draw(st.sampled_from([None, None, 0, 2, 5])),
        "ties": draw(st.sampled_from(TIES)),
        "stops": frozenset(draw(st.sets(st.integers(0, 1), max_size=1))),
        "earlier": draw(st.booleans()),
    }
    return rows, seeds, options


def walked(transfers: Transfers, rows: list[Payment], ties: str) -> list[tuple[int, Payment]]:
    """(row, payment) as the rule of ties has them, by definition: the first that nothing goes before."""
    sorted_rows = list(enumerate(sorted(rows, key=lambda row: row.at)))
    if ties == "sequence":
        return sorted_rows
    found = []
    for time in sorted({row.at for row in rows}):
        left = [one for one in sorted_rows if one[1].at == time]
        while left:
            free = [
                (row, p)
                for row, p in left
                if not any(q.target == p.source and q.source != q.target for _, q in left)
            ]
            found.append((free or left)[0])
            left.remove(found[-1])
    return found


@settings(max_examples=250 * MANY, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.sampled_from(EXACT), st.integers(0, 4), st.data())
def test_every_rule_says_what_coins_say(history, rule, least, data):
    rows, seeds, options = history
    least = least if rule in ("haircut", "libr") else 0
    transfers = make(rows)
    accounts = {name: at for at, name in enumerate(transfers.accounts)}
    assets = {name: at for at, name in enumerate(transfers.assets)}
    pots = st.tuples(st.integers(0, len(accounts) - 1), st.integers(0, len(assets) - 1))
    opening = data.draw(st.dictionaries(pots, st.integers(0, 9), max_size=3))
    trace = follow(
        transfers,
        seeds,
        rule,
        least=least,
        opening={transfers.pot(*pot): n for pot, n in opening.items()},
        **options,
    )
    stolen: dict[int, list[tuple[int, int]]] = {}
    for seed in seeds:
        stolen.setdefault(seed.row, []).append((trace.victims.index(seed.victim), seed.amount))
    told = follow_coins(
        walked(transfers, rows, options["ties"]),
        accounts,
        assets,
        stolen,
        rule,
        opening=opening,
        least=least,
        **{key: options[key] for key in ("dwell", "stops", "earlier")},
    )
    columns = (trace.flow_row, trace.flow_victim, trace.flow_amount, trace.flow_received)
    flows = zip(*(column.tolist() for column in columns), strict=True)
    assert {(row, victim): (left, came) for row, victim, left, came in flows} == told.flows
    assert trace.held == {key: n for key, n in told.held.items() if n}
    assert trace.stopped == told.stopped
    assert trace.pruned == {key: n for key, n in told.pruned.items() if n}
    assert trace.expired == told.expired
    assert trace.arrived == told.arrived
    assert {account: set(trace.victims_at(account)) for account in trace.arrived} == told.whose
    assert all(balance.missing == 0 for balance in trace.balances())


@settings(max_examples=1000 * MANY, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.integers(0, 3))
def test_no_unit_is_lost_or_made_by_any_rule_in_any_of_five_currencies(history, least):
    rows, seeds, options = history
    transfers = make(rows)
    stolen = sum(seed.amount or 0 for seed in seeds)
    for rule in EXACT:
        trace = follow(transfers, seeds, rule, least=least, **options)
        balances = trace.balances()
        assert sum(balance.seeded for balance in balances) == stolen
        assert all(balance.missing == 0 for balance in balances)
        assert all(n > 0 for n in trace.held.values())
        assert (trace.flow_amount <= transfers.amount[trace.flow_row]).all()


@settings(max_examples=100 * MANY, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_poison_is_what_repeated_scans_find(history):
    rows, seeds, options = history
    transfers = make(rows)
    trace = follow(transfers, seeds, "poison", **options)
    stolen: dict[int, set[int]] = {}
    for seed in seeds:
        stolen.setdefault(seed.row, set()).add(trace.victims.index(seed.victim))
    stops = {transfers.accounts[n] for n in options["stops"] if n < len(transfers.accounts)}
    found = poison_scanned(walked(transfers, rows, options["ties"]), stolen, options["dwell"], stops)
    assert trace.flow_row.tolist() == sorted(found)
    whose = [next(iter(found[row])) if len(found[row]) == 1 else SEVERAL for row in sorted(found)]
    assert trace.flow_victim.tolist() == whose


@settings(max_examples=100 * MANY, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_no_rule_finds_what_poison_does_not(history):
    rows, seeds, options = history
    transfers = make(rows)
    touched = follow(transfers, seeds, "poison", **{**options, "dwell": None})
    for rule in EXACT:
        trace = follow(transfers, seeds, rule, **{**options, "dwell": None})
        assert set(trace.payments.tolist()) <= set(touched.flow_row.tolist())
        assert trace.accounts <= touched.accounts
