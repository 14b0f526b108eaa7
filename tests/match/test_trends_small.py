"""Small counts stay hidden from one who knows the rule and every sum that is shown."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from entente.match.trends.small import LEAST, Hidden, hide, hide_list

tables = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda size: st.lists(
        st.lists(st.sampled_from((0, 0, 1, 2, 3, 4, 5, 6, 9, 40)), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


def whole(table: np.ndarray, hidden: Hidden) -> tuple[np.ndarray, np.ndarray]:
    """The table with its totals, and which of all that is hidden."""
    across = np.concatenate([table, table.sum(1, keepdims=True)], 1)
    every = np.concatenate([across, across.sum(0, keepdims=True)], 0)
    mask = np.concatenate([hidden.cells, hidden.rows[:, None]], 1)
    return every, np.concatenate([mask, np.append(hidden.columns, hidden.total)[None, :]], 0)


def reach(every: np.ndarray, mask: np.ndarray, a: int, p: int) -> tuple[float, float]:
    """The least and the most a cell can be for one who sees what is shown and knows which are not empty."""
    high, wide = every.shape
    lines = []
    for row in range(high):
        one = np.zeros((high, wide))
        one[row, :-1], one[row, -1] = 1, -1
        lines.append(one.ravel())
    for column in range(wide):
        one = np.zeros((high, wide))
        one[:-1, column], one[-1, column] = 1, -1
        lines.append(one.ravel())
    limits = [(min(v, 1), None) if m else (v, v) for v, m in zip(every.ravel(), mask.ravel(), strict=True)]
    aim = np.zeros(every.size)
    aim[a * wide + p] = 1
    ends = []
    for sign in (1, -1):
        told = linprog(sign * aim, A_eq=np.array(lines), b_eq=np.zeros(len(lines)), bounds=limits)
        ends.append(np.inf if told.status == 3 else sign * told.fun)
    return ends[0], ends[1]


@settings(max_examples=60, deadline=None)
@given(tables)
def test_no_small_count_can_be_reckoned_nor_told_to_be_small(drawn: list[list[int]]) -> None:
    table = np.array(drawn)
    every, mask = whole(table, hide(table))
    for a, p in np.argwhere((every > 0) & (every < LEAST)):
        assert mask[a, p]
        low, high = reach(every, mask, a, p)
        assert high >= LEAST - 1e-6 and low < high - 0.5, (a, p, low, high)


CELLS = np.indices((20,) * 4).reshape(4, -1).T.reshape(-1, 2, 2)
EVERY = np.concatenate([CELLS, CELLS.sum(2, keepdims=True)], 2)
EVERY = np.concatenate([EVERY, EVERY.sum(1, keepdims=True)], 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from((0, 1, 3, 5, 7)), min_size=2, max_size=2), min_size=2, max_size=2))
def test_every_table_of_whole_numbers_tried_says_the_same(drawn: list[list[int]]) -> None:
    table = np.array(drawn)
    every, mask = whole(table, hide(table))
    could = EVERY[(EVERY[:, ~mask] == every[~mask]).all(axis=1)]
    for a, p in np.argwhere((every > 0) & (every < LEAST)):
        values = set(could[:, a, p].tolist())
        assert len(values) > 1 and max(values) >= LEAST


@given(tables)
def test_nothing_is_hidden_where_nothing_is_small(drawn: list[list[int]]) -> None:
    table = np.array(drawn)
    table[table < LEAST] = 0
    told = hide(table)
    assert (told.small, told.beside) == (0, 0)
    assert not (told.cells.any() or told.rows.any() or told.columns.any() or told.total)


def test_the_cheapest_cells_are_hidden_and_totals_stay_where_they_can() -> None:
    told = hide([[2, 30, 90], [10, 40, 80], [50, 60, 70]])
    assert told.cells.tolist() == [[True, True, False], [True, True, False], [False] * 3]
    assert not (told.rows.any() or told.columns.any() or told.total)
    assert (told.small, told.beside) == (1, 3)


def test_one_row_hides_its_total_with_it_when_nothing_else_can_move() -> None:
    told = hide([[3]])
    assert told.cells.all() and told.rows.all() and told.columns.all() and told.total
    assert hide(np.zeros((0, 3))).small == 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from((0, 0, 1, 2, 4, 5, 8, 9)), min_size=1, max_size=4))
def test_a_line_with_its_total_tells_no_small_count(line: list[int]) -> None:
    cells, total = hide_list(line)
    could: list[set[int]] = [set() for _ in range(len(line) + 1)]
    ranges = [
        range(min(1, value), 14) if hidden else (value,) for value, hidden in zip(line, cells, strict=True)
    ]
    for other in product(*ranges):
        if total or sum(other) == sum(line):
            for at, value in enumerate((*other, sum(other))):
                could[at].add(value)
    for at, value in enumerate((*line, sum(line))):
        if 0 < value < LEAST:
            assert total if at == len(line) else cells[at]
            assert len(could[at]) > 1 and max(could[at]) >= LEAST


def test_what_is_no_table_of_counts_is_refused() -> None:
    with pytest.raises(ValueError, match="no table of counts"):
        hide([1, 2])
    with pytest.raises(ValueError, match="negative"):
        hide([[-1]])
    with pytest.raises(ValueError, match="no line of counts"):
        hide_list([[1]])
