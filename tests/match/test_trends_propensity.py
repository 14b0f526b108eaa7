"""GTRIC against its formula by hand, and the truncated normal against its density summed up."""

from math import erf, exp, log, pi, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.trends.propensity import cells, index, truncated


def normal(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


def slow(seized: list[list[int]], imported: list[list[float]]) -> list[float]:
    """GTRIC of each k, loop by loop, NaN where no import is told."""
    heavy = [sum(row) if sum(found) else 0 for found, row in zip(seized, imported, strict=True)]
    many = range(len(seized[0]))
    gamma = [
        sum(w / sum(heavy) * row[k] / sum(row) for w, row in zip(heavy, seized, strict=True) if sum(row))
        for k in many
    ]
    trade = [sum(row[k] for row in imported) for k in many]
    cp = {k: log(gamma[k] / (trade[k] / sum(trade)) + 1) for k in many if trade[k]}
    mean = sum(cp.values()) / len(cp)
    spread = sqrt(sum((v - mean) ** 2 for v in cp.values()) / (len(cp) - 1))
    if not spread:
        return [(1.0 if cp[k] >= mean else 0.0) if k in cp else float("nan") for k in many]
    cut = normal(-mean / spread)
    return [(normal((cp[k] - mean) / spread) - cut) / (1 - cut) if k in cp else float("nan") for k in many]


tables = st.tuples(
    st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=3, max_size=3),
    st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=3, max_size=3),
)


@given(tables)
def test_the_index_is_its_formula(drawn: tuple[list[list[int]], list[list[int]]]) -> None:
    seized, imported = drawn
    traded = sum(any(row[k] for row in imported) for k in range(4))
    both = any(sum(a) and sum(b) for a, b in zip(seized, imported, strict=True))
    if not both or traded < 3:
        with pytest.raises(ValueError, match=r"no country with both|are the least to compare"):
            index(seized, imported)
        return
    found = index(seized, imported)
    assert found.share.sum() == pytest.approx(1)
    if found.deviation > 1e-9:
        assert found.index == pytest.approx(
            slow(seized, [[float(v) for v in r] for r in imported]), nan_ok=True
        )
        known = found.index[~found.untraded]
        assert ((known >= 0) & (known <= 1)).all()
        assert (
            np.argsort(known, kind="stable").tolist()
            == np.argsort(found.ratio[~found.untraded], kind="stable").tolist()
        )


@given(st.floats(0, 5), st.floats(-1, 3), st.floats(0.2, 2))
def test_the_truncated_normal_is_its_density_summed_from_nothing(
    at: float, mean: float, spread: float
) -> None:
    def under(high: float) -> float:
        steps = np.linspace(0, high, 4001)
        density = [exp(-(((x - mean) / spread) ** 2) / 2) / (spread * sqrt(2 * pi)) for x in steps]
        return float(np.trapezoid(density, steps))

    assert truncated(at, mean, spread) == pytest.approx(under(at) / under(mean + 9 * spread + 5), abs=1e-4)


def test_what_is_seized_beyond_its_trade_stands_out_and_cells_are_relative_to_the_highest() -> None:
    products = index([[80, 10, 10, 10]], [[10.0, 30, 30, 40]])
    economies = index([[60, 30, 10]], [[20.0, 40, 60]])
    assert products.index.argmax() == 0 and products.ratio[0] == pytest.approx((80 / 110) / (10 / 110))
    table = cells(products, economies)
    assert table.max() == 1.0 and np.unravel_index(table.argmax(), table.shape) == (0, 0)
    assert table[0, 1] == pytest.approx(economies.index[1] / economies.index[0])


def test_a_country_counts_by_its_imports_and_one_without_seizures_not_at_all() -> None:
    found = index([[1, 0, 0], [0, 1, 1], [0, 0, 0]], [[3.0, 1, 0], [0, 0, 4], [9, 9, 9]])
    assert found.share == pytest.approx([0.5, 0.25, 0.25])
    heavier = index([[1, 0, 0], [0, 1, 1]], [[3.0, 1, 0], [0, 0, 4]], weight=[3, 1])
    assert heavier.share == pytest.approx([0.75, 0.125, 0.125])


def test_what_was_never_imported_has_no_index() -> None:
    found = index([[5, 5, 5, 5]], [[1.0, 2, 3, 0]])
    assert found.untraded.tolist() == [False, False, False, True]
    assert np.isnan(found.index[3]) and np.isnan(found.ratio[3])


def test_tables_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="no pair of tables"):
        index([[1, 2]], [[1, 2, 3]])
    with pytest.raises(ValueError, match="negative"):
        index([[1, -2, 3]], [[1, 2, 3]])
