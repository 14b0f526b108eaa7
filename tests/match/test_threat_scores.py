"""Scores of a threat assessment: the Organized Crime Index's formula, threat, change, rankings."""

from collections.abc import Sequence
from math import floor, isnan, nan, prod
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.match import threat

scores = st.sampled_from(threat.scale())


def test_there_are_nineteen_scores() -> None:
    assert threat.scale()[:3] == (1.0, 1.5, 2.0)
    assert len(threat.scale()) == 19 and threat.scale()[-1] == 10.0
    assert threat.score(" 7.5 ") == 7.5


@pytest.mark.parametrize("value", [0, 0.5, 10.5, 11, 5.25, -3, "", "seven", "nan", "inf", 1e300])
def test_what_is_no_score_is_refused(value: float | str) -> None:
    with pytest.raises(ValueError, match=r"^is no "):
        threat.score(value)


def test_criminality_weighs_markets_and_actors_alike_however_many_there_are() -> None:
    assert threat.criminality([8.0] * 15, [4.0] * 5) == 6.0
    assert threat.criminality([8.0] * 10, [4.0] * 4) == 6.0
    assert threat.criminality([1.0, 10.0], [5.5]) == 5.5
    with pytest.raises(ValueError, match="of a market and of an actor"):
        threat.criminality([], [1.0])


def test_resilience_is_the_mean_of_twelve() -> None:
    assert threat.resilience([3.0] * 6 + [6.0] * 6) == 4.5
    with pytest.raises(ValueError, match="twelve"):
        threat.resilience([3.0] * 11)


@settings(deadline=None)
@given(st.lists(scores, min_size=1, max_size=15), st.lists(scores, min_size=1, max_size=5))
def test_criminality_is_on_the_scale_of_its_scores(markets: list[float], actors: list[float]) -> None:
    found = threat.criminality(markets, actors)
    assert min(*markets, *actors) - 1e-9 <= found <= max(*markets, *actors) + 1e-9
    assert found == pytest.approx((np.mean(markets) + np.mean(actors)) / 2, abs=1e-12)


def test_threat_is_likelihood_times_harm_of_what_is_known() -> None:
    assert threat.threat({"intent": 8, "capability": 6}, {"physical": 10}) == 70
    assert threat.threat(dict.fromkeys(threat.LIKELIHOOD, 10), dict.fromkeys(threat.HARM, 10)) == 100
    for likelihood, harm in (({}, {"physical": 1}), ({"intent": 1}, {}), ({"luck": 1}, {"physical": 1})):
        with pytest.raises(ValueError, match="Likelihood is of"):
            threat.threat(likelihood, harm)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (5.0, 5.5, "up"),
        (5.5, 5.0, "down"),
        (5.0, 5.49, "same"),
        (5.0, 4.51, "same"),
        (8.15 - 0.5, 8.15, "up"),
        (None, 5.0, "unknown"),
        (5.0, None, "unknown"),
    ],
)
def test_a_difference_under_half_a_point_is_no_change(
    before: float | None, after: float | None, said: str
) -> None:
    assert threat.changed(before, after) == said


# --- ranking -------------------------------------------------------------------------------------

SEEN = [
    [[8.0, 9.0], [7.0, nan], [nan, nan]],
    [[2.0, 3.0], [4.0, 4.0], [5.0, 1.0]],
    [[nan, nan], [nan, nan], [nan, nan]],
    [[8.0, 9.0], [7.0, 7.0], [nan, nan]],
]
UNITS = ["xa", "xb", "xc", "xd"]
WEIGHTS = [1.0, 2.0, 0.5]
BY = threat.formula(WEIGHTS)


def slow_total(
    cells: list[list[float]], weights: list[float], groups: Sequence[int] = (0, 0, 0), product: bool = False
) -> float:
    means = []
    for group in sorted(set(groups)):
        above = below = 0.0
        for cell, weight, its in zip(cells, weights, groups, strict=True):
            known = [value for value in cell if not isnan(value)]
            if known and its == group:
                above += weight * sum(known) / len(known)
                below += weight
        means.append(above / below if below else nan)
    return prod(means) if product else sum(means) / len(means)


def slow_places(values: list[float]) -> list[int]:
    known = [-np.inf if isnan(v) else round(v, 9) for v in values]
    return [1 + sum([other > mine for other in known]) for mine in known]


def slow_draws(
    seen: list[list[list[float]]], weights: list[float], draws: int, seed: int, *how: Any
) -> list[list[float]]:
    """The same chance, spent number by number."""
    rng = np.random.default_rng(seed)
    chance = rng.random((draws, len(seen), len(weights), len(seen[0][0])))
    shaken = rng.uniform(0.8, 1.2, (draws, 1, len(weights)))
    found = []
    for d in range(draws):
        found.append([])
        for u, unit in enumerate(seen):
            cells = []
            for i, cell in enumerate(unit):
                known = [value for value in cell if not isnan(value)]
                cells.append([known[floor(chance[d, u, i, j] * len(known))] for j in range(len(known))])
            found[-1].append(
                slow_total(cells, [w * s for w, s in zip(weights, shaken[d, 0], strict=True)], *how)
            )
    return found


@pytest.mark.parametrize(
    "how", [((0, 0, 0), False), ((0, 1, 1), False), ((0, 1, 1), True)], ids=["mean", "groups", "product"]
)
def test_a_ranking_is_what_its_definition_says(how: tuple[tuple[int, ...], bool]) -> None:
    ranking = threat.rank(UNITS, SEEN, threat.formula(WEIGHTS, *how), draws=200, seed=7)
    drawn = slow_draws(SEEN, WEIGHTS, 200, 7, *how)
    places = slow_places([slow_total(unit, WEIGHTS, *how) for unit in SEEN])
    drawn_places = [slow_places(row) for row in drawn]
    for ranked in ranking.units:
        at = UNITS.index(ranked.unit)
        column = [row[at] for row in drawn]
        assert ranked.rank == places[at]
        assert ranked.same_rank == np.mean([row[at] == places[at] for row in drawn_places])
        if ranked.scores:
            assert ranked.total == pytest.approx(slow_total(SEEN[at], WEIGHTS, *how))
            assert (ranked.low, ranked.high) == pytest.approx(tuple(np.percentile(column, (5, 95))))
            assert ranked.low <= ranked.total <= ranked.high


def test_totals_are_made_of_what_was_settled_and_intervals_of_the_scorers() -> None:
    seen, settled = [[[2.0, 4.0]], [[9.0, 9.0]]], [[3.5], [1.0]]
    ranking = threat.rank(["xa", "xb"], seen, threat.formula([1.0]), settled=settled, spread=0)
    assert [(r.unit, r.total) for r in ranking.units] == [("xa", 3.5), ("xb", 1.0)]
    assert (ranking.units[0].low, ranking.units[0].high) == (2.0, 4.0)


def test_the_index_is_a_formula_of_two_groups() -> None:
    cells = [[8.0, 6.0, 1.0, 2.0, 3.0]]
    found = threat.totals(cells, threat.formula([1.0] * 5, (0, 0, 1, 1, 1)))
    assert found[0] == threat.criminality([8.0, 6.0], [1.0, 2.0, 3.0])
    assert isnan(threat.totals([[8.0, nan]], threat.formula([1, 1], (0, 1)))[0])


def test_the_highest_is_first_equals_share_a_rank_and_what_nobody_scored_is_last() -> None:
    ranking = threat.rank(UNITS, SEEN, BY)
    assert [(r.unit, r.rank, r.scores) for r in ranking.units] == [
        ("xa", 1, 3),
        ("xd", 1, 4),
        ("xb", 3, 6),
        ("xc", 4, 0),
    ]
    assert isnan(ranking.units[-1].total) and isnan(ranking.units[-1].low)
    assert list(threat.ranks(np.array([5.0, 7.0, 7.0, nan]))) == [3, 1, 1, 4]


def test_the_same_seed_gives_the_same_intervals_and_scorers_of_one_mind_give_none() -> None:
    scored = SEEN[:2], ["xa", "xb"]
    one, again, other = [threat.rank(scored[1], scored[0], BY, seed=seed) for seed in (3, 3, 4)]
    assert one == again != other
    agreed = [[[8.0, 8.0]], [[3.0, 3.0]]]
    ranking = threat.rank(["xa", "xb"], agreed, threat.formula([1.0]))
    assert [(r.low, r.high) for r in ranking.units] == [pytest.approx((8, 8)), pytest.approx((3, 3))]
    assert [r.same_rank for r in ranking.units] == [1.0, 1.0]
    assert ranking.stability == pytest.approx(1.0)


def test_draws_are_the_same_however_many_are_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    one = threat.rank(["xa", "xd"], [SEEN[0], SEEN[3]], BY, draws=64, spread=0.0)
    monkeypatch.setattr(threat, "AT_ONCE", 1)
    few = threat.rank(["xa", "xd"], [SEEN[0], SEEN[3]], BY, draws=64, spread=0.0)
    assert {r.unit for r in one.units} == {r.unit for r in few.units}
    assert all(abs(a.low - b.low) <= 0.5 for a, b in zip(one.units, few.units, strict=True))


def test_few_units_have_no_stability_and_shapes_that_do_not_fit_are_refused() -> None:
    assert threat.rank(["xa"], [[[5.0]]], threat.formula([1.0])).stability is None
    assert threat.rank([], np.zeros((0, 1, 1)), threat.formula([1.0])).units == ()
    for units, by in ((["xa"], BY), (UNITS, threat.formula([1.0]))):
        with pytest.raises(ValueError, match="formula for these"):
            threat.rank(units, SEEN, by)
    for weights, groups in (([1, 0, 1], ()), ([1, 1], (0,))):
        with pytest.raises(ValueError, match="positive weight"):
            threat.formula(weights, groups)
    with pytest.raises(ValueError, match="spread"):
        threat.rank(UNITS, SEEN, BY, spread=1.0)
