"""What following may cost: parts of payments are counted, and following ends where there are too many."""

import pytest

from entente.match.taint import Budget, Payment, Seed, TooMuch, Transfers, follow, make


def mixed(victims: int, times: int) -> tuple[Transfers, list[Seed]]:
    """Many victims' money in one account, of which half goes to another and back, many times."""
    stolen = [Payment(f"v{n}", "h", n, 1_000) for n in range(victims)]
    pairs = [("h", "x") if n % 2 == 0 else ("x", "h") for n in range(times)]
    moved = [Payment(*pair, victims + n, victims * 500) for n, pair in enumerate(pairs)]
    return make([*stolen, *moved]), [Seed(n, f"v{n}") for n in range(victims)]


@pytest.mark.parametrize("rule", ["fifo", "lifo", "haircut", "libr"])
def test_a_budget_ends_what_parts_too_often_and_leaves_the_rest_as_it_is(rule):
    transfers, seeds = mixed(20, 30)
    enough, short = Budget(20 + 30 * 21), Budget(20 + 30 * 5)
    within, without = follow(transfers, seeds, rule, budget=enough), follow(transfers, seeds, rule)
    assert within.held == without.held and list(within.flow_amount) == list(without.flow_amount)
    with pytest.raises(TooMuch):
        follow(transfers, seeds, rule, budget=short)


def test_shares_that_carry_nothing_cost_too():
    transfers, seeds = mixed(20, 0)
    moved = [Payment("h", "x", 100 + n, 1) for n in range(10)]
    drops = make([*[Payment(f"v{n}", "h", n, 1_000) for n in range(20)], *moved])
    for rule in ("haircut", "libr"):
        budget = Budget(1_000)
        follow(drops, seeds, rule, budget=budget)
        assert 1_000 - budget.left >= 20 + 10 * 20
    assert len(transfers) == 20


def test_clean_money_that_leaves_first_costs_nothing_of_the_victims():
    clean = [Payment("rich", "h", 0, 10**6), *[Payment(f"v{n}", "h", 1 + n, 1_000) for n in range(20)]]
    transfers = make([*clean, *[Payment("h", "x", 100 + n, 1) for n in range(10)]])
    follow(transfers, [Seed(1 + n, f"v{n}") for n in range(20)], "libr", budget=Budget(20 + 10))


def test_poison_costs_by_victim_where_it_forgets_and_by_payment_where_it_does_not():
    transfers, seeds = mixed(20, 30)
    follow(transfers, seeds, "poison", budget=Budget(50))
    with pytest.raises(TooMuch):
        follow(transfers, seeds, "poison", dwell=10**6, budget=Budget(300))


def test_a_budget_is_shared_by_the_traces_it_is_given_to():
    transfers, seeds = mixed(20, 30)
    budget = Budget(20 + 30 * 21)
    follow(transfers, seeds, "haircut", budget=budget)
    with pytest.raises(TooMuch):
        follow(transfers, seeds, "haircut", budget=budget)
