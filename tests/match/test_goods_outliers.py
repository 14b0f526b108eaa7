"""Quantities far from all others wait for a person."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.goods.outliers import FEWEST, MOST, far, is_far

USUAL = [float(kg) for kg in (80, 90, 95, 100, 100, 105, 110, 120, 150, 60, 70)]
positive = st.floats(1e-3, 1e9, allow_nan=False)


@pytest.mark.parametrize("typed", [100_000.0, 0.1, 1e9])
def test_a_quantity_typed_a_thousandfold_waits_in_either_direction(typed: float) -> None:
    assert far(np.array([*USUAL, typed])).tolist() == [False] * len(USUAL) + [True]
    assert "a person confirms it" in is_far(typed, USUAL)


def test_seizures_that_differ_as_seizures_do_do_not_wait() -> None:
    assert not far(np.array([*USUAL, 1_000.0, 10.0])).any()
    assert is_far(1_000.0, USUAL) == ""


def test_a_milliard_of_tablets_waits_for_want_of_others_only_where_nothing_is_so_large() -> None:
    assert is_far(1e9, USUAL[: FEWEST - 1]) == ""
    assert "no seizure is so large" in is_far(10 * MOST, [])
    assert far(np.array([10 * MOST])).tolist() == [True]


def test_several_outliers_do_not_hide_each_other() -> None:
    assert far(np.array([*USUAL, 1e6, 2e6, 3e6])).tolist() == [False] * len(USUAL) + [True] * 3


def test_each_group_is_measured_by_its_own() -> None:
    large = [one * 1e5 for one in USUAL]
    groups = np.array([1] * len(USUAL) + [2] * len(large))
    assert not far(np.array([*USUAL, *large]), groups).any()


def test_what_is_unknown_or_nought_neither_waits_nor_counts() -> None:
    assert far(np.array([*USUAL, np.nan, 0.0, 1e6])).tolist() == [False] * (len(USUAL) + 2) + [True]
    assert is_far(0.0, USUAL) == ""


@given(st.lists(positive, min_size=FEWEST, max_size=40))
def test_one_quantity_and_the_whole_column_are_judged_alike(quantities: list[float]) -> None:
    column = far(np.array(quantities)).tolist()
    assert column == [bool(is_far(one, quantities)) for one in quantities]


@given(st.lists(positive, min_size=FEWEST, max_size=40), st.floats(0.001, 1000))
def test_another_unit_changes_nothing(quantities: list[float], factor: float) -> None:
    scaled = far(np.array(quantities) * factor)
    close = np.array(quantities) * factor > MOST / 10
    if not close.any():
        assert scaled.sum() == pytest.approx(far(np.array(quantities)).sum(), abs=1)
