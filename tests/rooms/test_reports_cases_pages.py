"""Pages of case studies: written, proven and reviewed by forms alone; faults stand at their fields."""

from collections.abc import Callable
from typing import Any

import pytest

from rooms.cased import AUTHOR, Desk
from rooms.scene import Scene
from worlds.stage import Answer

Page = Callable[..., Answer]


@pytest.fixture
def cases(scene: Scene) -> Desk:
    return Desk(scene)


def at(case: dict[str, Any], rest: str = "") -> str:
    return f"/cases/{case['id']}{rest}"


def test_every_page_opens(page: Page, cases: Desk) -> None:
    case = cases.drafted()
    for rest in (
        "",
        "/edit",
        "/parties/new",
        "/parties/1",
        "/claims/new",
        "/claims/1",
        "/evidence/new",
        "/evidence/1",
        "/proceedings/new",
        "/proceedings/1",
        "/checklist/1",
        "/protected",
    ):
        answer = page(AUTHOR, "GET", at(case, rest))
        assert answer.status == 200, (rest, answer.text[:300])
    for address in ("/cases", "/cases/new", "/cases/matrix", "/cases?which=admitted&chapter=tobacco"):
        assert page(AUTHOR, "GET", address).status == 200, address
