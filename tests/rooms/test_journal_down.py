"""With the journal down nothing leaves the house: no operation of the API, no page (docs/security.md)."""

import pytest
from fastapi import FastAPI

from entente.core.problems import Unavailable
from entente.desk import House
from entente.web.strangers import open_to_all
from rooms.scene import Scene
from rooms.test_roles import ACT_OF, _do
from rooms.test_strangers import routes

OF_NO_STORE = {("GET", "/kinds")}
"""What a release knows by itself: it reads nothing that is kept, so nothing of it is journaled."""
EMPTY_FORMS = {"/", "/contribute", "/papers/lost", "/standing/new"}
"""Pages to ask from: they read nothing that is kept."""


def _journal_down(house: House, patched: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise Unavailable("the journal could not be written")

    patched.setattr(house.store, "append", fail)
    patched.setattr("entente.engines.store.memory.MemoryEntries.append", fail)


def test_with_the_journal_down_no_operation_of_the_api_answers(
    scene: Scene, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _do(scene, "XZ chief", ("GET", "/me"))  # whoever is signed in stays so
    with monkeypatch.context() as patched:
        _journal_down(house, patched)
        told = {op: _do(scene, "XZ chief", op) for op in ACT_OF if op not in OF_NO_STORE}
    assert len(told) > 150
    assert not {op: answer.status for op, answer in told.items() if answer.status != 503}
    assert all(a.header("retry-after") and a.json["type"] == "/problems#unavailable" for a in told.values())
    assert _do(scene, "XZ chief", ("GET", "/me")).status == 200, "it recovers by itself"


def test_with_the_journal_down_no_page_that_reads_anything_answers(
    scene: Scene, house: House, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = sorted(
        {
            path
            for path, methods in routes(app)
            if "GET" in methods and "{" not in path and "/api/" not in path and not open_to_all(path)
        }
    )
    with monkeypatch.context() as patched:
        _journal_down(house, patched)
        told = {path: scene.ask(scene.crew["XZ chief"], "GET", path).status for path in pages}
    assert len(pages) > 80
    assert {path for path, status in told.items() if status != 503} <= EMPTY_FORMS
