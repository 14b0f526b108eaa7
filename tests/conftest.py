"""Fixtures for every test. Which to use:

`clock`       stands at noon, 15 January 2026; `clock.forward(days=1)`.
`dice`        repeatable randomness; `house` draws every id from it.
`house`       founded, in memory (milliseconds): bureaus XZ (secretariat), XA, XB, XC, XD, their officers.
`real_house`  the same on SQLite and tantivy in a temporary folder (about 0.3 s): where engines matter.
`crew`        who there is: crew["XA officer"], "XA analyst", "XA contributor", "XA supervisor",
              "XA administrator" (one role each), "XA office" (all but administrator), "XA chief" (all),
              "XA machine" (a key). Each has .id, .bureau, .session, .key. Office and chief are cleared for
              CONFIDENTIAL and hold "joint/file" and "XA/file".
`app`         the whole application over `house`; its index is up to date before every next request.
`ask`         ask(crew["XA office"], "POST", "/api/v1/search", json={"text": "…"}, purpose="wanted",
              why="case 1") -> Answer(.status, .headers, .body, .text, .json).
              Pages take `form=[(name, value)]` and a session (so not a machine).
`work`        work(house): silent hits, retention, jobs, journal, all at once.
What these are made of is in worlds/stage.py.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import settings

from entente.app import make_app
from entente.desk import House
from entente.engines.store import open_store
from entente.engines.text import open_text
from entente.settings import Settings
from worlds import stage

settings.register_profile("untimed", deadline=None)  # a test is never timed: the machine may be busy
settings.load_profile("untimed")


@pytest.fixture
def clock() -> stage.Clock:
    return stage.Clock()


@pytest.fixture
def dice() -> stage.Dice:
    return stage.Dice()


@pytest.fixture
def founded(clock: stage.Clock, dice: stage.Dice) -> Iterator[tuple[House, stage.Crew]]:
    house, crew = stage.memory_house(clock, dice)
    yield house, crew
    house.close()


@pytest.fixture
def house(founded: tuple[House, stage.Crew]) -> House:
    return founded[0]


@pytest.fixture
def crew(founded: tuple[House, stage.Crew]) -> stage.Crew:
    return founded[1]


@pytest.fixture
def real_house(tmp_path: Path, clock: stage.Clock, dice: stage.Dice) -> Iterator[tuple[House, stage.Crew]]:
    """(house, crew) on the engines of a real installation."""
    store = open_store(f"sqlite:///{tmp_path / 'entente.db'}", unsafe=True)
    house = stage.open_stage(store, open_text(f"tantivy:{tmp_path / 'names'}"), clock, dice)
    crew = stage.found(house)
    stage.work(house)
    yield house, crew
    house.close()


@pytest.fixture(scope="session")
def routed(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """An application that has worked out its routes, which takes a third of a second: once in a process."""
    house, _ = stage.memory_house()
    return make_app(Settings(data=tmp_path_factory.mktemp("routed")), house, work=False)


@pytest.fixture
def app(house: House, tmp_path: Path, routed: FastAPI) -> FastAPI:
    address = "http://entente.test"
    settings = Settings(data=tmp_path, address=address, answer_grid_ms=0, officer_rate=1e6, key_rate=1e6)
    routed.state = make_app(settings, house, work=False).state
    return routed


@pytest.fixture
def ask(app: FastAPI) -> Iterator[Callable[..., Any]]:
    caller = stage.Caller(app)
    yield caller.ask
    caller.close()


@pytest.fixture
def work() -> Callable[[House], None]:
    return stage.work
