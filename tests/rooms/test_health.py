"""A watchdog asks whether the house answers, and learns nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from entente.core.problems import Unavailable
from entente.desk import House

READY = (200, {"status": "ready"})
NOT_READY = (503, {"status": "unavailable"})


def test_whoever_asks_is_told_that_the_house_answers(ask) -> None:
    answer = ask(None, "GET", "/health")
    assert (answer.status, answer.json) == READY


def test_a_store_that_does_not_answer_is_told_as_unavailable(
    ask, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def down() -> Iterator[None]:
        raise Unavailable("the store cannot be reached: secret-4711")
        yield

    monkeypatch.setattr(house.store, "reading", down)
    answer = ask(None, "GET", "/health")
    assert (answer.status, answer.json) == NOT_READY


def test_while_the_index_of_names_is_made_again_the_house_is_not_ready(
    ask, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(House, "index_is_remade", lambda *_: True)
    answer = ask(None, "GET", "/health")
    assert (answer.status, answer.json) == NOT_READY
