"""How far scorers agree: against published examples, and against the definitions written out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match import agreement

SCALE = (1, 2, 3, 4, 5)
pairs = st.lists(st.tuples(st.sampled_from(SCALE), st.sampled_from(SCALE)), min_size=1, max_size=30)
tables = st.integers(2, 6).flatmap(
    lambda k: st.lists(st.lists(st.integers(1, 19), min_size=k, max_size=k), min_size=2, max_size=12)
)


def slow_kappa(first: list[int], second: list[int], weights: str) -> float | None:
    """Cohen (1968), pair by pair: what was observed against every pair that chance could make."""

    def cost(a: int, b: int) -> float:
        return {"nominal": float(a != b), "linear": abs(a - b), "quadratic": (a - b) ** 2}[weights]

    n = len(first)
    seen = sum([cost(a, b) for a, b in zip(first, second, strict=True)]) / n
    chance = sum([cost(a, b) for a in first for b in second]) / n**2
    return 1 - seen / chance if chance else None


def slow_icc(rows: list[list[int]]) -> tuple[float, float, float]:
    """Shrout and Fleiss (1979), table of variance by sums: BMS, JMS, EMS."""
    n, k = len(rows), len(rows[0])
    whole = sum([sum(row) for row in rows]) / (n * k)
    between = k * sum([(sum(row) / k - whole) ** 2 for row in rows]) / (n - 1)
    judges = n * sum([(sum([row[j] for row in rows]) / n - whole) ** 2 for j in range(k)]) / (k - 1)
    total = sum([(value - whole) ** 2 for row in rows for value in row])
    return between, judges, (total - between * (n - 1) - judges * (k - 1)) / ((n - 1) * (k - 1))


@settings(deadline=None)
@given(pairs, st.sampled_from(agreement.WEIGHTS))
def test_kappa_is_what_its_definition_says(given: list[tuple[int, int]], weights: str) -> None:
    first, second = [a for a, _ in given], [b for _, b in given]
    found, slow = agreement.kappa(first, second, SCALE, weights), slow_kappa(first, second, weights)
    assert (found is None) == (slow is None)
    if found is not None:
        assert found == pytest.approx(slow, abs=1e-12)
        assert found == pytest.approx(agreement.kappa(second, first, SCALE, weights), abs=1e-12)


@settings(deadline=None)
@given(tables)
def test_icc_is_what_its_definition_says(rows: list[list[int]]) -> None:
    between, judges, rest = slow_icc(rows)
    n, k = len(rows), len(rows[0])
    any_, these = agreement.icc_any(rows), agreement.icc_these(rows)
    below = between + (k - 1) * rest + k * (judges - rest) / n
    if any_ is not None and below > 1e-9:
        assert any_ == pytest.approx((between - rest) / below, abs=1e-6)
    if these is not None and between + (k - 1) * rest > 1e-9:
        assert these == pytest.approx((between - rest) / (between + (k - 1) * rest), abs=1e-6)


def test_icc_of_the_published_example() -> None:
    """Shrout and Fleiss (1979), tables 2 to 4: six targets, four judges."""
    ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    assert agreement.icc_any(ratings) == pytest.approx(0.29, abs=0.005)
    assert agreement.icc_these(ratings) == pytest.approx(0.71, abs=0.005)


def test_kappa_of_the_published_examples() -> None:
    """Cohen (1968): three diagnoses, and disagreements that weigh 1, 3 and 6."""
    shares = [[0.44, 0.05, 0.01], [0.07, 0.20, 0.03], [0.09, 0.05, 0.06]]
    costs = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
    assert agreement.table_kappa(shares, costs) == pytest.approx(0.348, abs=0.0005)
    nominal = agreement.disagreement(3, "nominal")
    assert agreement.table_kappa(shares, nominal) == pytest.approx(0.492, abs=0.0005)


def test_who_agrees_in_all_agrees_fully_and_a_constant_shift_costs_absolute_agreement_alone() -> None:
    assert agreement.kappa([1, 2, 5], [1, 2, 5], SCALE) == 1
    assert agreement.kappa([3, 3], [3, 3], SCALE) is None
    shifted = [[1, 3], [4, 6], [7, 9]]
    assert agreement.icc_these(shifted) == pytest.approx(1)
    found = agreement.icc_any(shifted)
    assert found is not None and found < 0.9
    assert agreement.icc_any([[2, 2], [2, 2]]) is None


def test_percent_counts_equals_and_near_ones() -> None:
    assert agreement.percent(["a", "b"], ["a", "c"]) == 0.5
    assert agreement.percent([1, 5, 9], [2, 5, 9.5], within=0.5) == pytest.approx(2 / 3)


def test_what_cannot_be_compared_is_refused() -> None:
    for first, second in (([], []), ([1], [1, 2])):
        with pytest.raises(ValueError, match="both scorers"):
            agreement.percent(first, second)
        with pytest.raises(ValueError, match="both scorers"):
            agreement.kappa(first, second, SCALE)
    with pytest.raises(ValueError, match="9 is not on the scale"):
        agreement.kappa([1], [9], SCALE)
    with pytest.raises(ValueError, match="one of"):
        agreement.kappa([1], [1], SCALE, "cubic")
    for rows in ([[1, 2]], [[1], [2]], [[1, np.nan], [2, 3]]):
        with pytest.raises(ValueError, match="none missing"):
            agreement.icc_any(rows)
