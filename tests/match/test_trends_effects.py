"""Difference in differences against the textbook, statsmodels' figures, and effects that were planted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.trends.effects import Effect, difference

# Ten units over eight periods, four treated from the sixth; six rows are missing. Outcomes made with numpy's
# default_rng(12) and rounded, so that they stand here whatever numpy draws one day.
OUTCOMES = """
19.99 24.09 25.48 27.45 31.24 31.59 34.75 35.36 22.78 27.0 26.96 29.99 27.18 37.29 37.19 44.55 27.77 29.9
29.88 33.23 35.32 39.31 41.01 43.77 27.79 29.81 32.43 33.54 38.53 39.81 46.65 45.75 30.91 31.3 35.71 37.5
40.38 40.93 44.19 49.64 35.82 35.85 40.91 40.74 44.19 46.23 46.22 45.14 37.3 41.1 41.24 44.88 47.96 46.91
52.46 55.24 43.16 45.33 47.19 51.51 49.37 51.0 54.21 53.18 40.89 44.24 48.75 50.95 48.93 50.23 55.37 57.62
46.9 50.34 53.46 53.46 56.23 54.81 56.65 61.47
"""
# statsmodels 0.15.0: ols("y~C(u)+C(s)+d") and wls with the weights, cov_type="cluster", groups u, use_t=True;
# effect, error, t, p, and the interval.
PLAIN = (3.4760436831092996, 1.4377789199584492, 2.4176482453990595, 0.03875983138094299, 0.22356180080502686)
WEIGHED = (3.514834656839561, 1.325969507395883, 2.6507658262386933, 0.026442984654208152, 0.515283238031957)


def panel() -> tuple[np.ndarray, ...]:
    unit, period = np.indices((10, 8)).reshape(2, -1)
    treated = ((unit < 4) & (period >= 5)).astype(float)
    kept = np.arange(80) % 13 != 5
    y, weight = np.array(OUTCOMES.split(), float), (1 + unit % 3).astype(float)
    return tuple(column[kept] for column in (y, unit, period, treated, weight))


def told(found: Effect) -> tuple[float, ...]:
    return found.effect, found.error, found.t, found.p, found.low


def test_the_figures_are_those_of_statsmodels() -> None:
    y, unit, period, treated, weight = panel()
    assert told(difference(y, unit, period, treated)) == pytest.approx(PLAIN, rel=1e-9)
    assert told(difference(y, unit, period, treated, weight)) == pytest.approx(WEIGHED, rel=1e-9)


def slow(y: np.ndarray, unit: np.ndarray, period: np.ndarray, treated: np.ndarray) -> float:
    """The coefficient by ordinary least squares with a column for every unit and period."""
    columns = [(unit == one).astype(float) for one in np.unique(unit)]
    columns += [(period == one).astype(float) for one in np.unique(period)[1:]]
    return float(np.linalg.lstsq(np.stack([treated, *columns], 1), y, rcond=None)[0][0])


@given(
    st.lists(st.integers(0, 40), min_size=24, max_size=24),
    st.integers(1, 3),
    st.sets(st.integers(0, 23), max_size=4),
)
def test_the_effect_is_that_of_columns_for_every_unit_and_period(
    y: list[int], many: int, gone: set[int]
) -> None:
    unit, period = np.indices((4, 6)).reshape(2, -1)
    treated = ((unit < many) & (period >= 3)).astype(float)
    kept = ~np.isin(np.arange(24), list(gone))
    outcome = np.array(y, float)
    found = difference(outcome[kept], unit[kept], period[kept], treated[kept])
    assert found.effect == pytest.approx(
        slow(outcome[kept], unit[kept], period[kept], treated[kept]), rel=1e-6, abs=1e-6
    )
    assert found.n == kept.sum() and (found.units, found.periods) == (4, 6)


def test_two_by_two_is_the_difference_of_differences() -> None:
    unit, period = np.indices((4, 2)).reshape(2, -1)
    y = np.array([10, 19, 12, 21, 10, 13, 8, 11], float)
    found = difference(y, unit, period, (unit < 2) & (period == 1))
    assert found.effect == pytest.approx(9 - 3)


def noisy(effect: float, seed: int, treated: int = 6) -> Effect:
    dice = np.random.default_rng(seed)
    unit, period = np.indices((30, 24)).reshape(2, -1)
    d = ((unit < treated) & (period >= 12)).astype(float)
    y = dice.normal(0, 3, 30)[unit] + dice.normal(0, 2, 24)[period] + effect * d + dice.normal(0, 2, 720)
    return difference(y, unit, period, d)


def test_a_planted_effect_lies_in_the_interval_and_no_effect_is_not_made_up() -> None:
    planted = [noisy(3.0, seed) for seed in range(40)]
    assert np.mean([f.low <= 3.0 <= f.high for f in planted]) >= 0.85
    assert all(f.p < 0.01 for f in planted)
    nothing = [noisy(0.0, seed) for seed in range(40)]
    assert np.mean([f.p < 0.05 for f in nothing]) <= 0.15
    assert max(abs(f.before) for f in nothing) < 3


def test_with_one_treated_unit_only_the_placebo_is_to_be_relied_on() -> None:
    real, none = noisy(4.0, 1, treated=1), noisy(0.0, 1, treated=1)
    assert real.few and none.few
    assert real.placebo == pytest.approx(1 / 30)  # no other choice of one unit shows as much
    assert none.placebo > 0.1


def test_units_treated_at_different_times_have_no_placebo() -> None:
    unit, period = np.indices((6, 8)).reshape(2, -1)
    d = (unit == 0) & (period >= 3) | (unit == 1) & (period >= 5)
    assert np.isnan(difference(np.random.default_rng(1).normal(size=48), unit, period, d).placebo)


def test_what_tells_nothing_is_refused() -> None:
    unit, period = np.indices((4, 4)).reshape(2, -1)
    y = np.arange(16.0)
    for d in (np.zeros(16), np.ones(16), unit == 1, period >= 2):
        with pytest.raises(ValueError, match="cannot be told from units and periods"):
            difference(y, unit, period, d)
    with pytest.raises(ValueError, match="3 are the least"):
        difference(y[:8], unit[:8], period[:8], (unit[:8] == 0) & (period[:8] > 1))
    with pytest.raises(ValueError, match="different lengths"):
        difference(y[:8], unit, period, unit == 1)
    with pytest.raises(ValueError, match="no numbers"):
        difference(y + np.nan, unit, period, (unit == 0) & (period > 1))
