"""Answers leave on a grid of time, so that how long a search took tells little of what it found."""

from types import SimpleNamespace
from typing import Any

import pytest

from entente.core.problems import NoPurpose
from entente.web import callers
from entente.web.callers import Caller


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were waited, by a clock that goes on 3.2 ms each time it is looked at."""
    waited: list[float] = []
    ticks = iter(range(99))
    clock = SimpleNamespace(monotonic=lambda: next(ticks) * 0.0032, sleep=waited.append)
    monkeypatch.setattr(callers, "time", clock)
    return waited


def caller(grid_ms: int) -> Caller:
    nobody: Any = None
    return Caller(nobody, nobody, "", "", None, nobody, grid_ms=grid_ms)


def test_an_answer_waits_for_the_next_line_of_the_grid(slept: list[float]) -> None:
    with caller(5).on_grid():
        pass
    with caller(0).on_grid():
        pass
    assert slept == [pytest.approx(0.0018)]


def test_a_problem_leaves_on_the_grid_as_an_answer_does(slept: list[float]) -> None:
    with pytest.raises(NoPurpose), caller(5).on_grid():
        raise NoPurpose
    assert slept == [pytest.approx(0.0018)]
