"""A message as a file, and on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from entente.cli import app as command_line
from rooms.scene import Scene


def test_what_is_exported_is_what_was_signed_and_what_it_says(scene: Scene) -> None:
    said = {
        "to": ["XB"],
        "kind": "request",
        "subject": "Owner",
        "text": "Van",
        "questions": ["Who?"],
        "urgency": "flash",
    }
    id = scene("XA office", "POST", "/messages", json=said).json["id"]
    made: dict[str, Any] = scene("XB analyst", "GET", f"/messages/{id}/export").json
    header = json.loads(made["envelope"]["header"])
    assert (header["sender"], header["to"], header["questions"]) == ("XA", ["XB"], 1)
    assert (made["format"], made["content"]["subject"], made["content"]["questions"]) == (
        "entente-message-1",
        "Owner",
        ["Who?"],
    )
    assert "made_of" not in made["content"]
    for who, status in (("XB officer", 403), ("XC analyst", 404), ("XA analyst", 200)):
        assert scene(who, "GET", f"/messages/{id}/export").status == status
    told = scene("XB supervisor", "GET", "/journal?limit=100").json
    assert ("export", id) in {(a["act"], a["object"]) for a in told}


@pytest.fixture
def house_of_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Keys of a machine of XA and one of XB, in a house on the disk."""
    monkeypatch.setenv("ENTENTE_DATA", str(tmp_path))
    from entente.app import open_house
    from entente.desk import HOUSE_ASKER, sit
    from entente.rooms.bureaus import found_key, issue_key, opened_with_key, register
    from entente.settings import Settings

    house = open_house(Settings())
    keys = {}
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        from entente.core.access import Role

        for code in ("XA", "XB"):
            key, _ = issue_key(desk, register(desk, code, f"Bureau {code}"), "machine", [Role.OFFICER])
            found_key(desk, opened_with_key(desk, key))
            keys[code] = key
    house.close()
    return keys


def run(monkeypatch: pytest.MonkeyPatch, key: str, *words: str) -> str:
    monkeypatch.setenv("ENTENTE_KEY", key)
    done = CliRunner().invoke(command_line, ["message", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_two_machines_write_to_each_other_on_the_command_line(
    house_of_two: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Seen twice.")
    xa, xb = house_of_two["XA"], house_of_two["XB"]
    asked = ["--question", "Who?", "--question", "When?", "--urgency", "urgent"]
    id = run(
        monkeypatch,
        xa,
        "send",
        "--to",
        "XB",
        "--subject",
        "Owner",
        "--text",
        str(note),
        *asked,
        "--attach",
        str(note),
    )
    id = id.strip()
    assert id in run(monkeypatch, xb, "list", "--burning")
    message = json.loads(run(monkeypatch, xb, "read", id))
    assert (message["text"], message["attachments"][0]["name"]) == ("Seen twice.", "note.txt")
    run(monkeypatch, xb, "answer", id, "--content", "1=A company", "--refuse", "2=Not known")
    message = json.loads(run(monkeypatch, xa, "read", id))
    assert [q["state"] for q in message["parties"][0]["questions"]] == ["content", "refusal"]
    assert id in run(monkeypatch, xa, "list", "--sent", "--words", "twice")
