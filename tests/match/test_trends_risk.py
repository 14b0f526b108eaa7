"""Points against log-odds by hand; lift on risk that was planted and on none; what may not be a feature."""

from math import ceil, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.trends.generating import consignments
from entente.match.trends.risk import FEATURES, PRIOR, against, control, learn, lift, points


def test_planted_risk_lifts_the_list_threefold_and_noise_does_not() -> None:
    for seed in range(3):
        risky, noise = (learn(*consignments(seed, odds=odds), split=600).lifts for odds in (12.0, 1.0))
        assert [told.share for told in risky] == [0.01, 0.05]
        assert min(told.lift for told in risky) >= 3
        assert 0.6 <= noise[1].lift <= 1.4


def test_points_are_learnt_before_the_day_and_tried_after_it() -> None:
    features, hit, day = consignments(5)
    told = learn(features, hit, day, 600)
    assert (told.trained, told.tested) == ((day < 600).sum(), (day >= 600).sum())
    changed = hit.copy()
    changed[day >= 600] = False
    assert learn(features, changed, day, 600).reasons == told.reasons
    later = {name: column[day >= 600] for name, column in features.items()}
    assert told.lifts[1] == lift(told.score(later), hit[day >= 600], 0.05)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.booleans()), min_size=60, max_size=120))
def test_a_score_is_the_sum_of_log_odds_drawn_to_the_rate_of_all(drawn: list[tuple[int, int, bool]]) -> None:
    goods, mode, hit = ([row[i] for row in drawn] for i in range(3))
    if not 10 <= sum(hit) < len(hit):
        with pytest.raises(ValueError, match="too few of either"):
            learn({"goods": goods, "mode": mode}, hit, [0] * len(hit), 1)
        return
    told = learn({"goods": goods, "mode": mode}, hit, [0] * len(hit), 1)
    rate = sum(hit) / len(hit)
    assert told.tested == 0 and told.lifts == ()

    def by_hand(column: list[int], value: int) -> int:
        mine = [h for c, h in zip(column, hit, strict=True) if c == value]
        if not value or not mine:
            return 0
        odds = (sum(mine) + PRIOR * rate) / (len(mine) - sum(mine) + PRIOR * (1 - rate))
        return round(10 / log(2) * (log(odds) - log(rate / (1 - rate))))

    score = told.score({"goods": [0, 1, 2, 3, 9], "mode": [0, 1, 2, 2, 9]})
    hand = [by_hand(goods, g) + by_hand(mode, m) for g, m in ((0, 0), (1, 1), (2, 2), (3, 2), (9, 9))]
    assert score.tolist() == hand
    why = told.why({"goods": 1, "mode": 1})
    assert sum(reason.points for reason in why) == score[1]
    assert all(reason.n >= reason.hits for reason in why)


def test_ten_points_double_the_odds_and_few_consignments_hardly_move() -> None:
    assert points(100_000, 2_000, 0.01) == pytest.approx(10, abs=1)
    assert points(1, 1, 0.01) < points(100, 100, 0.01)
    assert points(0, 0, 0.3) == 0


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=30), st.floats(0.01, 1))
def test_lift_is_the_mean_over_every_order_of_ties(drawn: list[tuple[int, bool]], share: float) -> None:
    score, hit = [s for s, _ in drawn], [h for _, h in drawn]
    found = lift(score, hit, share)
    slots, hits = ceil(share * len(drawn) - 1e-9), 0.0
    for height in sorted(set(score), reverse=True):
        mine = [h for s, h in drawn if s == height]
        taken = min(slots, len(mine))
        hits += taken * sum(mine) / len(mine)
        slots -= taken
    assert found.hits == pytest.approx(hits)
    if any(hit):
        assert found.lift == pytest.approx(hits / found.listed / (sum(hit) / len(hit)))


def test_a_score_that_tells_nothing_has_the_lift_one_to_the_digit() -> None:
    hit = np.arange(1000) % 7 == 0
    assert lift(np.zeros(1000), hit, 0.01).lift == pytest.approx(1.0)


@pytest.mark.parametrize("feature", ["nationality", "name", "birth_place", "religion", "consignee"])
def test_nothing_of_a_person_is_a_feature(feature: str) -> None:
    with pytest.raises(ValueError, match=f"may not be a feature: {feature};"):
        learn({feature: [1] * 40, "goods": [1] * 40}, [True] * 20 + [False] * 20, [0] * 40, 1)
    with pytest.raises(ValueError, match="may not be a feature"):
        learn(*consignments(1, 2_000), split=600).score({feature: [1]})
    assert feature not in FEATURES


@given(st.integers(1, 500), st.floats(0.001, 1), st.integers(0, 99))
def test_the_control_sample_is_drawn_by_its_seed_alone(n: int, share: float, seed: int) -> None:
    rows = control(n, share, seed).tolist()
    assert len(rows) == max(1, ceil(share * n - 1e-9)) and sorted(set(rows)) == rows
    assert rows[0] >= 0 and rows[-1] < n
    assert rows == control(n, share, seed).tolist()


def test_another_seed_draws_others_and_nothing_is_drawn_of_nothing() -> None:
    assert control(1000, 0.02, 1).tolist() != control(1000, 0.02, 2).tolist()
    with pytest.raises(ValueError, match="nothing to draw from"):
        control(0)
    with pytest.raises(ValueError, match="is no list"):
        lift([], [], 0.05)


def test_the_lift_over_a_control_sample_comes_with_its_limits() -> None:
    found, low, high = against(30, 100, 10, 100)
    assert low < found < high and found == pytest.approx(30.5 / 10.5)
    assert against(3, 10, 1, 10)[1] < 1 < against(3, 10, 1, 10)[2]
    assert np.isnan(against(0, 0, 1, 10)[0])
