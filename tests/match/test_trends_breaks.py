"""The scan for breaks against its definition by hand, and on series with rises planted in them."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.trends import breaks
from entente.match.trends.breaks import scan, several, threshold
from entente.match.trends.generating import planted


def slow(y: list[float], e: list[float], least: int) -> tuple[int, float, float, float, float] | None:
    """Place, before, after, statistic, dispersion of the likeliest break; e 0 leaves a period out."""
    kept = [t for t in range(len(y)) if e[t] > 0]
    if len(kept) < breaks.SHORTEST or sum(y[t] for t in kept) < breaks.LEAST_EVENTS:
        return None
    best: tuple[float, int] | None = None
    for k in kept:
        old, new = [t for t in kept if t < k], [t for t in kept if t >= k]
        if len(old) >= least and len(new) >= least:
            ratio = 2 * (part(y, e, old) + part(y, e, new) - part(y, e, kept))
            if best is None or ratio > best[0] + 1e-9:
                best = ratio, k
    if best is None:
        return None
    k = best[1]
    old, new = [t for t in kept if t < k], [t for t in kept if t >= k]
    rates = [sum(y[t] for t in side) / sum(e[t] for t in side) for side in (old, new)]
    off = 0.0
    for side, rate in zip((old, new), rates, strict=True):
        off += sum((y[t] - rate * e[t]) ** 2 / (rate * e[t]) for t in side if rate > 0)
    dispersion = max(off / (len(kept) - 2), 1.0)
    return k, rates[0], rates[1], best[0] / dispersion, dispersion


def part(y: list[float], e: list[float], side: list[int]) -> float:
    events = sum(y[t] for t in side)
    return events * log(events / sum(e[t] for t in side)) if events else 0.0


tables = st.integers(6, 20).flatmap(
    lambda long: st.lists(
        st.tuples(
            st.lists(st.integers(0, 30), min_size=long, max_size=long),
            st.lists(st.sampled_from((0.0, 1.0, 1.0, 1.5, 4.0)), min_size=long, max_size=long),
        ),
        min_size=1,
        max_size=4,
    )
)


@given(tables, st.integers(1, 3), st.booleans())
def test_the_scan_finds_what_its_definition_says(
    drawn: list[tuple[list[int], list[float]]], least: int, exposed: bool
) -> None:
    y = [[float(v) for v in values] for values, _ in drawn]
    e = [spent if exposed else [1.0] * len(spent) for _, spent in drawn]
    found = scan(y, e if exposed else None, least=least)
    for row in range(len(y)):
        told = slow(y[row], e[row], least)
        if told is None:
            assert (found.place[row], found.found[row], found.p[row]) == (-1, False, 1.0)
            continue
        k, before, after, statistic, dispersion = told
        assert found.statistic[row] * found.dispersion[row] == pytest.approx(
            statistic * dispersion, rel=1e-6, abs=1e-6
        )
        if found.place[row] == k:  # another place may be as good to the last digit
            assert (found.before[row], found.after[row]) == pytest.approx((before, after))
            assert found.dispersion[row] == pytest.approx(dispersion)
        assert found.earliest[row] <= found.place[row] <= found.latest[row]


def test_of_133_planted_rises_131_are_found_and_of_67_unchanged_series_at_most_one() -> None:
    drawn = planted(7)
    found = scan(drawn.values)
    near = found.found & (np.abs(found.place - drawn.place) <= 3)
    assert near[:133].sum() >= 131
    assert found.found[133:].sum() <= 1
    rises = near[:133]
    assert np.median(found.ratio()[:133][rises] / drawn.ratio[:133][rises]) == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize("shape", [None, 5.0, 1.0], ids=str)
def test_false_alarms_keep_to_what_alpha_says_however_dispersed(shape: float | None) -> None:
    drawn = planted(11, rising=0, still=3_000, shape=shape)
    assert scan(drawn.values).found.mean() <= 2 * breaks.ALPHA
    assert scan(drawn.values, alpha=0.05).found.mean() <= 2 * 0.05


def test_inspections_explain_a_rise_that_they_make() -> None:
    checks = np.repeat([100.0, 250.0], 30)[None, :]
    y = np.random.default_rng(2).poisson(checks * 0.1).astype(float)
    assert scan(y).found.all()
    assert not scan(y, checks).found.any()


def test_a_period_whose_inspections_are_not_known_is_left_out() -> None:
    y = np.full((1, 40), 10.0)
    y[0, 20:24] = 500.0
    checks = np.ones((1, 40))
    checks[0, 20:24] = np.nan
    assert not scan(y, checks).found.any()


def test_two_breaks_are_both_found_and_placed() -> None:
    rate = np.concatenate([np.full(40, 10.0), np.full(40, 25.0), np.full(40, 8.0)])
    y = np.random.default_rng(5).poisson(np.stack([rate, np.full(120, 10.0)])).astype(float)
    found = several(y)
    assert found.series.tolist() == [0, 0]
    assert np.abs(found.place - [40, 80]).max() <= 1
    assert (found.ratio() > 1).tolist() == [True, False]
    assert found.after[0] == pytest.approx(found.before[1])


def test_no_series_and_no_break_are_an_answer() -> None:
    assert len(scan(np.zeros((0, 24))).place) == 0
    assert len(several(np.full((3, 24), 5.0)).place) == 0
    assert scan(np.zeros((2, 0))).place.tolist() == [-1, -1]


def test_one_high_month_is_no_lasting_change() -> None:
    y = np.full((1, 60), 5.0)
    y[0, 30] = 400.0
    assert not scan(y).found.any()


@given(st.integers(8, 600), st.sampled_from((1.0, 3.0)))
def test_a_lower_level_needs_more(periods: int, dispersion: float) -> None:
    steps = [threshold(periods, dispersion, alpha) for alpha in breaks.LEVELS]
    assert steps == sorted(steps)


def test_p_falls_as_the_statistic_rises_and_agrees_with_what_is_found() -> None:
    drawn = planted(3, means=(3.0, 20.0))
    found = scan(drawn.values)
    assert ((found.p <= breaks.ALPHA + 1e-12) == found.found).all()
    assert found.p.min() == breaks.LEVELS[-1]


def test_what_is_no_table_of_counts_is_refused() -> None:
    with pytest.raises(ValueError, match="no table of series"):
        scan([1.0, 2.0])
    with pytest.raises(ValueError, match="negative or no numbers"):
        scan([[1.0, -1.0]])
    with pytest.raises(ValueError, match="negative or no numbers"):
        scan([[1.0, np.nan]])
    with pytest.raises(ValueError, match="no way to scan"):
        scan([[1.0]], alpha=0.02)
    with pytest.raises(ValueError, match="is no level of the table"):
        threshold(24, alpha=0.5)
