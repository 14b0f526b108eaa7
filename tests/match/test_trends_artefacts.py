"""Changes of reporting told from changes of crime, on series with both planted; the two-way model."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.trends.artefacts import beyond, common, two_way
from entente.match.trends.breaks import Breaks, scan, several
from entente.match.trends.generating import Reporting, reporting

NEAR = 3


def outcome(drawn: Reporting) -> tuple[int, int, int, int, int]:
    """Breaks at a planted artefact alone, those flagged; breaks at a real change alone, those kept; changes
    of reporting of which no break is flagged."""
    found = several(drawn.values)
    told = common(found, drawn.family, drawn.scope)
    left = beyond(drawn.values, found, told)
    artefact, crime = drawn.artefact[found.series], drawn.crime[found.series]
    false = (artefact >= 0) & (np.abs(found.place - artefact) <= NEAR)
    real = (crime >= 0) & (np.abs(found.place - crime) <= NEAR)
    kept = ~told.flagged | left.found
    missed = sum(
        not told.flagged[false & (drawn.scope[found.series] == one)].any()
        for one in np.unique(drawn.scope[drawn.artefact >= 0])
    )
    only, own = false & ~real, real & ~false
    return (int(only.sum()), int(told.flagged[only].sum()), int(own.sum()), int(kept[own].sum()), missed)


def test_every_planted_change_of_reporting_is_flagged_and_real_breaks_are_kept() -> None:
    artefacts, flagged, real, kept, missed = np.sum([outcome(reporting(100 + s)) for s in range(5)], axis=0)
    assert artefacts > 150 and real > 80
    assert flagged == artefacts and missed == 0
    assert kept >= 0.95 * real


def at(places: list[int], after: float = 2.0) -> Breaks:
    """One found break of each series, at these places, from rate 1 to `after`."""
    size = len(places)
    one, place = np.ones(size), np.array(places)
    far = (np.arange(size), place, place, place, one, one * after, one * 30, one, one * 1e-3)
    return Breaks(*far, np.ones(size, np.bool_))


def test_more_than_three_other_goods_at_once_are_common_and_three_are_not() -> None:
    spread = [20, 35, 50, 65, 80, 95]
    five, four = at([10, 10, 11, 10, 9, *spread]), at([10, 10, 11, 10, *spread])
    assert common(five, range(11)).flagged.tolist() == [True] * 5 + [False] * 6
    assert common(five, range(11)).sharing[:5].tolist() == [4] * 5
    assert not common(four, range(10)).flagged.any()


@pytest.mark.parametrize("more", [3, 6])
def test_how_many_others_make_a_change_common_is_for_the_caller_to_say(more: int) -> None:
    assert not common(at([10] * (more + 1)), range(more + 1), more=more).flagged.any()
    assert common(at([10] * (more + 2)), range(more + 2), more=more).flagged.all()


def test_related_series_share_nothing_however_many_there_are() -> None:
    assert not common(at([10] * 12), [1] * 12).flagged.any()
    assert common(at([10] * 12), range(12)).flagged.all()


def test_what_another_country_reports_flags_nothing_here() -> None:
    assert not common(at([10] * 12), range(12), np.arange(12) % 4).flagged.any()


def test_falls_and_rises_at_one_time_are_not_one_change() -> None:
    both = at([10] * 8)
    mixed = Breaks(
        **{n: getattr(both, n) for n in both.__slots__ if n != "after"}, after=np.tile([2, 0.5], 4)
    )
    assert not common(mixed, range(8)).flagged.any()


def test_what_was_not_found_shares_nothing() -> None:
    told = at([10] * 8)
    found = np.arange(8) < 4
    weak = Breaks(**{n: getattr(told, n) for n in told.__slots__ if n != "found"}, found=found)
    assert common(weak, range(8)).sharing.tolist() == [3] * 4 + [0] * 4


def test_what_rises_beyond_the_common_change_is_kept() -> None:
    y = np.full((8, 60), 40.0)
    y[:, 30:] = 80.0
    y[0, 30:] = 400.0
    found = scan(y)
    told = common(found, range(8))
    assert told.flagged.all() and told.factor == pytest.approx(2.0)
    assert beyond(y, found, told).found.tolist() == [True] + [False] * 7


def test_series_without_a_family_are_refused() -> None:
    with pytest.raises(ValueError, match="no family or scope"):
        common(at([1, 2]), [1])
    with pytest.raises(ValueError, match="without a country or goods"):
        two_way(np.ones((2, 3)), [1], [1, 2])


# --- rates without inspections ---------------------------------------------------------------------


def slow_two_way(y: np.ndarray, country: list[int], goods: list[int]) -> np.ndarray:
    """The same model by plain loops over all margins until they agree."""
    fit = [[1.0] * len(y[0]) for _ in y]
    for _ in range(3_000):
        for key in (country, goods):
            for one in set(key):
                for t in range(len(y[0])):
                    scale(fit, y, [(s, t) for s in range(len(y)) if key[s] == one])
        for s in range(len(y)):
            scale(fit, y, [(s, t) for t in range(len(y[0]))])
    return np.array(fit)


def scale(fit: list[list[float]], y: np.ndarray, cells: list[tuple[int, int]]) -> None:
    wanted, now = sum(y[s][t] for s, t in cells), sum(fit[s][t] for s, t in cells)
    for s, t in cells:
        fit[s][t] *= wanted / now if now else 0.0


@given(st.lists(st.integers(1, 20), min_size=16, max_size=16))
def test_the_two_way_model_has_the_margins_of_what_was_reported(drawn: list[int]) -> None:
    y = np.array(drawn, float).reshape(4, 4)
    country, goods = [0, 0, 1, 1], [0, 1, 0, 1]
    fit = two_way(y, country, goods)
    for rows in ([0, 1], [2, 3], [0, 2], [1, 3]):
        assert fit[rows].sum(axis=0) == pytest.approx(y[rows].sum(axis=0), rel=1e-3)
    assert fit.sum(axis=1) == pytest.approx(y.sum(axis=1), rel=1e-6)


def test_the_two_way_model_is_the_slow_one() -> None:
    y = np.random.default_rng(1).poisson(20, (6, 5)).astype(float)
    country, goods = [0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]
    assert two_way(y, country, goods) == pytest.approx(slow_two_way(y, country, goods), rel=1e-4)


def test_a_country_that_reports_more_of_everything_is_explained_and_one_rise_is_not() -> None:
    dice = np.random.default_rng(4)
    country, goods = (part.reshape(-1) for part in np.indices((4, 8)))
    rate = np.full((32, 60), 30.0)
    rate[country == 0, 25:] *= 2.0
    rate[20, 40:] *= 2.5
    y = dice.poisson(rate).astype(float)
    plain = scan(y).found
    assert plain[country == 0].all() and plain[20]
    found = scan(y, two_way(y, country, goods))
    assert found.found[20] and abs(int(found.place[20]) - 40) <= 2
    assert found.found[country == 0].sum() <= 1
