"""Counting by period against counting by hand; what is undated, unweighed or still running is told apart."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.trends.seasons import exposures, seasons
from entente.match.trends.series import UNKNOWN, Series, counts, name, periods, starts

EPOCH = date(1970, 1, 1)


def day(*said: int) -> int:
    return (date(*said) - EPOCH).days


def period_of(days: int, by: str) -> int:
    when = EPOCH + timedelta(days)
    return {"month": when.year * 12 + when.month - 1, "quarter": when.year * 4 + (when.month - 1) // 3}.get(
        by, when.year
    )


@given(st.lists(st.integers(-200_000, 200_000), max_size=20), st.sampled_from(("month", "quarter", "year")))
def test_a_day_lies_in_the_period_of_its_calendar(days: list[int], by: str) -> None:
    assert periods(np.array(days, np.int64), by).tolist() == [period_of(d, by) for d in days]


@given(st.integers(1900 * 12, 2100 * 12))
def test_a_period_starts_on_a_day_that_lies_in_it_and_the_day_before_does_not(period: int) -> None:
    first = starts(period)
    assert periods([first, first - 1]).tolist() == [period, period - 1]


def test_periods_are_named_as_people_write_them() -> None:
    at = day(2026, 5, 7)
    assert [name(int(periods([at], by)[0]), by) for by in ("month", "quarter", "year")] == [
        "2026-05",
        "2026-Q2",
        "2026",
    ]
    with pytest.raises(ValueError, match="is no length of a period: 'week'"):
        periods([at], "week")


def test_a_date_that_is_less_exact_than_the_period_lies_in_none() -> None:
    at = np.full(4, day(2026, 1, 1))
    exact = [1, 2, 3, 0]
    assert (periods(at, "month", exact) != UNKNOWN).tolist() == [True, True, False, False]
    assert (periods(at, "year", exact) != UNKNOWN).tolist() == [True, True, True, False]
    assert periods([UNKNOWN], "month").tolist() == [UNKNOWN]


rows = st.lists(
    st.tuples(
        st.integers(-5, 5), st.sampled_from((UNKNOWN, 3, 4, 5, 9)), st.sampled_from((0.5, 2.0, np.nan))
    ),
    max_size=40,
)


@given(rows, st.booleans(), st.sampled_from((0, 10_000_000)))
def test_counts_are_those_of_a_slow_tally(
    drawn: list[tuple[int, int, float]], weighed: bool, far: int
) -> None:
    group, period = [far * g for g, _, _ in drawn], [p for _, p, _ in drawn]
    weight = [w for _, _, w in drawn] if weighed else None
    found = counts(group, period, weight)
    tally: Counter[tuple[int, int]] = Counter()
    for g, (_, p, w) in zip(group, drawn, strict=True):
        if p != UNKNOWN and not (weighed and np.isnan(w)):
            tally[g, p] += w if weighed else 1
    assert cells(found) == pytest.approx(dict(tally))
    assert found.undated == sum(p == UNKNOWN for p in period)
    assert found.unweighed == sum(weighed and p != UNKNOWN and bool(np.isnan(w)) for _, p, w in drawn)
    for g, begins, ends in zip(found.groups, found.begins, found.ends, strict=True):
        mine = [p for h, p in tally if h == g]
        assert (begins, ends) == (min(mine) - found.first, max(mine) - found.first)


def cells(found: Series) -> dict[tuple[int, int], float]:
    return {
        (int(g), found.first + t): found.values[s, t]
        for s, g in enumerate(found.groups)
        for t in range(found.values.shape[1])
        if found.values[s, t]
    }


def test_gaps_are_zeros_and_the_month_that_still_runs_is_not_complete() -> None:
    at = periods([day(2026, 1, 3), day(2026, 4, 9)])
    found = counts([7, 7], at, until=day(2026, 4, 29))
    assert found.values.tolist() == [[1, 0, 0, 1]]
    assert found.names() == ("2026-01", "2026-02", "2026-03", "2026-04")
    assert found.complete.tolist() == [True, True, True, False]
    assert found.whole().tolist() == [[1, 0, 0]]
    assert counts([7, 7], at, until=day(2026, 4, 30)).complete.all()


def test_a_span_says_which_periods_whatever_was_reported() -> None:
    found = counts([1, 1, 2], [4, 9, 5], span=(5, 7))
    assert (found.groups.tolist(), found.first, found.values.tolist()) == ([2], 5, [[1, 0, 0]])


def test_a_table_that_nobody_could_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 50000000 cells"):
        counts(np.arange(10_000), np.arange(10_000))


# --- seasons ---------------------------------------------------------------------------------------


def slow_factors(y: list[float], first: int) -> list[float]:
    ratios: dict[int, list[float]] = {m: [] for m in range(12)}
    for t in range(6, len(y) - 6):
        level = (y[t - 6] / 2 + sum(y[t - 5 : t + 6]) + y[t + 6] / 2) / 12
        if level > 0:
            ratios[(first + t) % 12].append(y[t] / level)
    means = [sum(r) / len(r) for r in ratios.values()]
    return [m / (sum(means) / 12) for m in means]


@given(st.lists(st.integers(1, 50), min_size=36, max_size=60), st.integers(0, 30_000))
def test_month_factors_are_the_slow_ratios_to_the_moving_average(y: list[int], first: int) -> None:
    found = seasons([y], first)
    assert found.said.all()
    assert found.factors[0] == pytest.approx(slow_factors([float(v) for v in y], first))


def test_a_season_is_told_in_its_months_and_its_strength() -> None:
    shape = np.array([1, 1, 1, 1, 1, 1, 3, 3, 1, 1, 1, 1]) * 12 / 16
    y = np.stack([np.tile(shape * 40, 5), np.full(60, 40.0)])
    y[1, ::7] += 1
    found = seasons(y, 2020 * 12)
    assert found.factors[0] == pytest.approx(shape)
    assert found.strength[0] == pytest.approx(1.0)
    assert found.strength[1] < 0.5
    assert exposures(found, 2020 * 12 + 6, 2)[0] == pytest.approx([2.25, 2.25])


def test_nothing_is_said_of_less_than_three_years_or_of_almost_nothing() -> None:
    assert not seasons(np.ones((1, 35)), 0).said.any()
    assert seasons(np.ones((1, 36)), 0).said.all()
    sparse = np.zeros((1, 48))
    sparse[0, ::3] = 1
    assert not seasons(sparse, 0).said.any()
    assert (seasons(sparse, 0).factors == 1).all()
