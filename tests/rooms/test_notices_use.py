"""What an officer who is new to notices must find at once: the owner, what is missing, what goes on."""

import re
from html import unescape

import pytest

from rooms.noticed import DRAFTER, READER, REVIEWER, SECOND, Office, form
from rooms.scene import IVO, Scene
from worlds.stage import Answer, Crew


@pytest.fixture
def office(scene: Scene) -> Office:
    return Office(scene)


@pytest.fixture
def page(ask, crew: Crew):
    def opened(who: str, path: str, method: str = "GET", **said) -> Answer:
        return ask(crew[who], method, path, **said)

    return opened


# --- the owner -----------------------------------------------------------------------------------


def test_who_must_verify_with_the_owner_finds_him_on_the_page_and_on_paper(
    page, office: Office, scene: Scene
) -> None:
    said = {"phone": "+999 1 23", "duty": "+999 7 77", "email": "desk@xa.example"}
    changed = scene("XA administrator", "PATCH", "/bureaus/XA", json={**said, "hours": "mon-fri 23:00-23:30"})
    assert changed.status == 200, changed.text
    notice = office.published()
    for path in ("", "/print"):
        shown = page(READER, f"/notices/{notice['id']}{path}").text
        assert 'href="/bureaus/XA"' in shown
        for value in said.values():
            assert value in shown, (path, value)
    assert "Desk closed until" in page(READER, f"/notices/{notice['id']}").text


def test_another_bureaus_record_says_where_to_verify_it(page, scene: Scene) -> None:
    record = scene.contribute()["id"]
    scene("XA administrator", "PATCH", "/bureaus/XA", json={"phone": "+999 1 23"})
    shown = page("XB officer", f"/records/{record}", purpose="wanted").text
    verify = shown.partition("Verify with the owner before acting.")[2].partition("</p>")[0]
    assert 'href="/bureaus/XA"' in verify and "+999 1 23" in verify
