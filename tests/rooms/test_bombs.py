"""What somebody could send to break the house is refused at every door that takes a file: told as a clear
problem, never as an error of the house. What each costs is measured by `make bench-bombs`."""

from collections.abc import Callable
from typing import Any

import pytest
from benchmarks import bombs_doors, bombs_spoken
from benchmarks.bombs_doors import COMPANY, Door
from benchmarks.bombs_made import BOMBS, Bomb

from entente.app import make_app
from entente.settings import Settings
from worlds.partners import with_partners
from worlds.stage import NOON, Answer, Caller, Clock, Dice

assert bombs_spoken
IN_ANOTHER_FORM = {"transaction", "check page", "list page", "question page"}
"""Doors that tell a problem as a page, or as an ERR transaction."""
Send = Callable[[Bomb], Answer]


@pytest.fixture(scope="module")
def send(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Sends a bomb at its door; one house for all of them, which must live on."""
    house, crew = with_partners("bombs", Clock(NOON), Dice())
    data = tmp_path_factory.mktemp("bombs")
    caller = Caller(make_app(Settings(data=data, officer_rate=1e6, answer_grid_ms=0), house, work=False))

    def ask(who: str, method: str, path: str, json: Any) -> Any:
        purpose = "analysis" if "/files" in path else "wanted"
        answer = caller.ask(crew[f"XA {who}"], method, f"/api/v1{path}", json=json, purpose=purpose)
        assert answer.status < 300, answer.text
        return answer.json if answer.body else None

    doors = bombs_doors.opened(ask)

    def sent(bomb: Bomb) -> Answer:
        door: Door = doors[bomb.door]
        person = crew["XP office"] if door.who == COMPANY else crew["XA office"]
        joint = "&" if "?" in door.path else "?"
        path = door.path + (joint + bomb.query if bomb.query else "")
        headers = {"content-type": bomb.media or door.media}
        return caller.ask(person, door.method, path, raw=bomb.make(), purpose=door.purpose, headers=headers)

    yield sent
    caller.close()
    house.close()


@pytest.mark.parametrize("bomb", [pytest.param(one, id=f"{one.door}: {one.name}") for one in BOMBS])
def test_a_bomb_is_refused_with_one_clear_problem(send: Send, bomb: Bomb) -> None:
    answer = send(bomb)
    refused = 400 <= answer.status < 500 and (bomb.door in IN_ANOTHER_FORM or answer.json["title"])
    assert refused or (bomb.answer != "refused" and answer.status < 300), answer.text[:2000]
    assert len(answer.body) < 100_000
