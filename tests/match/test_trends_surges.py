"""Surges and first-seen combinations against exact tails, a slow correction, and what is planted."""

from math import exp, lgamma, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.trends.series import UNKNOWN
from entente.match.trends.surges import adjusted, chance, combine, first_seen, surges


def slow_chance(seen: int, events: int, n: int) -> float:
    """The predictive tail, term by term: gamma(events + 1/2, n) mixed Poisson."""
    size, total = events + 0.5, 0.0
    for k in range(seen):
        term = lgamma(size + k) - lgamma(size) - lgamma(k + 1)
        total += exp(term + size * log(n / (n + 1)) - k * log(n + 1))
    return 1 - total


@given(st.integers(0, 30), st.integers(0, 200), st.integers(6, 48))
def test_the_tail_is_that_of_a_count_after_what_was_seen(seen: int, events: int, n: int) -> None:
    assert chance([seen], [events], [1.0], n)[0] == pytest.approx(slow_chance(seen, events, n), abs=1e-9)


@given(st.integers(1, 60), st.integers(1, 300), st.floats(1.1, 9.0))
def test_a_past_that_jumps_makes_less_of_a_rise(seen: int, events: int, dispersion: float) -> None:
    calm, wild = chance([seen, seen], [events, events], [1.0, dispersion], 24)
    if seen > max(3, 4 * (events + 1) / 24):
        assert wild >= calm


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_is_the_least_share_of_false_ones_at_which_a_p_is_said(p: list[float]) -> None:
    q = adjusted(p)
    for level in (0.01, 0.05, 0.2, 0.9):
        ranked = sorted(p)
        said = [rank for rank, value in enumerate(ranked, 1) if value * len(p) / rank <= level]
        limit = ranked[max(said) - 1] if said else -1.0
        assert [value <= level for value in q] == [value <= limit for value in p]


def reports() -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(1)
    group = np.repeat(np.arange(50), 240)
    period = np.tile(np.arange(24), 500)
    extra = np.concatenate([np.full(40, 7), np.full(5, 77), np.full(12, 3)])
    late = np.concatenate([np.full(40, 24), np.full(5, 24), np.full(12, 24)])
    kept = dice.random(len(group)) < 0.8
    return np.concatenate([group[kept], extra]), np.concatenate([period[kept], late])


def test_a_planted_surge_is_found_first_and_names_its_rows() -> None:
    group, period = reports()
    found = surges(group, period, 24)
    assert found.group[0] == 7 and found.found.tolist() == [True, True, False]
    assert found.group[1] == 77 and found.group[2] == 3
    assert (group[found.rows[0]] == 7).all() and (period[found.rows[0]] == 24).all()
    assert len(found.rows[0]) == found.seen[0] == 40
    assert found.expected[0] == pytest.approx(8, abs=1) and found.past == 24


def test_what_no_earlier_row_has_is_new_and_one_without_a_date_may_be_earlier() -> None:
    group, period = reports()
    found = first_seen(group, period, 24)
    assert found.group.tolist() == [77] and found.seen.tolist() == [5]
    assert (group[found.rows[0]] == 77).all()
    undated = first_seen(np.append(group, 77), np.append(period, UNKNOWN), 24)
    assert undated.group.tolist() == []


def test_nothing_rises_or_is_new_where_there_is_hardly_a_past() -> None:
    group, period = np.array([1] * 5 + [2] * 30), np.array([0, 1, 2, 3, 4] + [5] * 30)
    assert surges(group, period, 5).past == 0
    assert not surges(group, period, 5).found.any()
    assert first_seen(group, period, 5).group.tolist() == []
    assert surges([], [], 5).group.tolist() == []


def test_how_usual_new_ones_are_is_told() -> None:
    group, period = np.arange(40), np.repeat(np.arange(10), 4)
    assert first_seen(group, period, 9).usual == 4.0


def test_noise_alone_hardly_ever_surges() -> None:
    dice = np.random.default_rng(8)
    group, period = dice.integers(0, 2_000, 200_000), dice.integers(0, 25, 200_000)
    assert surges(group, period, 24).found.sum() <= 1


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 2), st.integers(0, 2**40)), max_size=20))
def test_rows_are_one_combination_when_all_their_columns_are_equal(drawn: list[tuple[int, int, int]]) -> None:
    columns = [np.array([row[i] for row in drawn], np.int64) for i in range(3)]
    number, what = combine(list(columns))
    assert [tuple(what[n]) for n in number] == drawn
    assert len(what) == len(set(drawn))
