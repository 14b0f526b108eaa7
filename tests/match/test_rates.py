"""Error rates by their definition, and calibrated scores that can be laid together."""

import json

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from entente.match.rates import Calibration, det, eer, fnir_at_fpir, fnmr_at_fmr, together

SCORES = st.lists(st.floats(0, 100, width=32), min_size=20, max_size=200)


def test_no_error_where_every_genuine_pair_is_above_every_stranger() -> None:
    assert eer([5, 6, 7], [1, 2, 3]) == 0
    assert fnmr_at_fmr([5, 6, 7], [1, 2, 3], 0.001) == 0


def test_equal_errors_where_the_two_cannot_be_told_apart() -> None:
    assert eer([1, 2, 3, 4], [1, 2, 3, 4]) == pytest.approx(0.5, abs=0.13)


def test_misses_at_a_rate_are_counted_above_the_strangers_that_the_rate_allows() -> None:
    strangers = np.arange(100.0)
    assert fnmr_at_fmr([98.5, 99.5, 97.5, 50], strangers, 0.0) == 0.75
    assert fnmr_at_fmr([98.5, 99.5, 97.5, 50], strangers, 0.01) == 0.5
    assert fnir_at_fpir([98.5, -np.inf], strangers, 0.01) == 0.5


@given(SCORES, SCORES)
def test_one_rate_falls_as_the_other_rises(genuine: list[float], strangers: list[float]) -> None:
    points = det(genuine, strangers)
    assert (np.diff(points[:, 0]) > 0).all()
    assert (np.diff(points[:, 1]) <= 0).all()
    assert (np.diff(points[:, 2]) >= 0).all()
    assert 0 <= eer(genuine, strangers) <= 1


def test_no_scores_are_no_rate() -> None:
    with pytest.raises(ValueError, match="No scores"):
        eer([], [1.0])


@given(SCORES, st.lists(st.floats(-10, 1e6), min_size=2, max_size=20))
def test_a_higher_score_is_never_told_as_less(strangers: list[float], asked: list[float]) -> None:
    table = Calibration.of(strangers)
    told = [table.at(score) for score in sorted(asked)]
    assert told == sorted(told)
    assert told[0] >= 0
    assert told[-1] <= np.log10(len(strangers)) + 2 + 1e-9


@given(SCORES)
def test_where_rates_were_counted_they_are_told_as_counted(strangers: list[float]) -> None:
    table = Calibration.of(strangers)
    for score, told in zip(table.scores, table.told, strict=True):
        assert 10**-told == pytest.approx(np.mean(np.array(strangers) >= score))
        assert table.at(score) == pytest.approx(told)


@given(SCORES, st.floats(-5, 500))
def test_a_table_is_the_same_once_it_was_stored(strangers: list[float], score: float) -> None:
    table = Calibration.of(strangers)
    again = Calibration.from_dict(json.loads(json.dumps(table.to_dict())))
    assert again.at(score) == table.at(score)


def test_what_is_no_table_is_refused() -> None:
    told = Calibration.of(np.arange(100.0)).to_dict()
    for broken in ({"scores": [3.0, 1.0]}, {"told": []}, {"slope": 0}):
        with pytest.raises(ValueError, match="Not a table"):
            Calibration.from_dict(told | broken)


def test_of_too_few_or_of_no_numbers_nothing_is_calibrated() -> None:
    for strangers in ([1.0] * 19, [np.nan] * 30):
        with pytest.raises(ValueError, match="20 finite scores"):
            Calibration.of(strangers)


@pytest.mark.parametrize("shape", ["exponential", "normal", "mostly nothing"])
def test_strangers_who_were_not_in_the_table_reach_a_score_as_often_as_it_says(shape: str) -> None:
    dice = np.random.default_rng(5)

    def strangers(count: int) -> np.ndarray:
        if shape == "exponential":
            return dice.exponential(3, count)
        if shape == "normal":
            return dice.normal(10, 2, count)
        return np.where(dice.random(count) < 0.8, 0.0, dice.exponential(2, count))

    table = Calibration.of(strangers(3_000))
    told = np.array([table.at(score) for score in strangers(30_000)])
    for least in (1.0, 2.0, 3.0):
        assert np.log10(np.mean(told >= least)) == pytest.approx(-least, abs=0.3)


def test_scores_that_say_nothing_of_each_other_are_laid_together() -> None:
    dice = np.random.default_rng(6)
    table = Calibration.of(dice.exponential(3, 3_000))
    pairs = dice.exponential(3, (20_000, 2))
    told = np.array([together([table.at(a), table.at(b)]) for a, b in pairs])
    for least in (1.0, 2.0, 3.0):
        assert np.log10(np.mean(told >= least)) == pytest.approx(-least, abs=0.3)


@given(st.lists(st.floats(0, 8), min_size=1, max_size=10), st.floats(0, 8))
@example([0.0, 0.0, 3.443212093420313e-08], 0.0)  # rounded below nothing
def test_laid_together_is_at_most_the_sum_and_rises_with_each(told: list[float], more: float) -> None:
    assert 0 <= together(told) <= sum(told) + 1e-9
    assert together([told[0] + more, *told[1:]]) >= together(told) - 1e-9
    assert together(told[:1]) == pytest.approx(told[0])


def test_nothing_together_is_nothing() -> None:
    assert together([]) == 0
