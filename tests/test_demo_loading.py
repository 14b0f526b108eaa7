"""The demo is loaded with a bar that tells how far it is, and prints are compiled meanwhile."""

import importlib
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from entente import cli
from entente.app import open_house
from entente.demo import rehearsing, story
from entente.desk import House
from entente.settings import Settings

PEOPLE = 8


class Told:
    """What the bar was told, and when each room was loaded."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done, self.total, self.at = 0, 0, dict[str, float]()

        def noted(room: story.Room) -> story.Room:
            def load(house: House) -> None:
                self.at[room.load.__module__.rpartition(".")[2]] = self.share

            return story.Room(load, room.takes, room.reads_prints)

        monkeypatch.setattr(story, "ROOMS", tuple(noted(room) for room in story.ROOMS))

    @property
    def share(self) -> float:
        return self.done / max(1, self.total)

    def advance(self, done: int, total: int | None) -> None:
        self.done, self.total = self.done + done, total or self.total

    def wait(self) -> None:
        self.at["compiled"] = self.share


def test_the_bar_moves_with_each_room_and_ends_when_all_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told(monkeypatch)
    kept = Settings(data=tmp_path, store="memory:", text="memory:", blobs="memory:")
    with closing(open_house(kept)) as house:
        story.load(house, PEOPLE, told.advance, told.wait)
        assert told.done == told.total
        rooms = [at for name, at in told.at.items() if name != "compiled"]
        assert rooms == sorted(set(rooms)) and len(rooms) == len(story.ROOMS)
        assert max(b - a for a, b in zip(rooms, [*rooms[1:], 1.0], strict=True)) < 0.3
        assert list(told.at)[-2:] == ["compiled", "biometrics"], "prints are waited for as late as can be"
        told.at.clear()
        story.load(house, PEOPLE, told.advance, told.wait)
        assert not told.at, "it is loaded once"


def test_what_reads_prints_is_compiled_by_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    called = set[str]()
    with rehearsing.compiling() as wait:
        assert wait() == 0
    parts = {"read": "reading", "pack": "packing", "scan": "scanning", "compare": "comparing"}
    for name, module in parts.items():
        there = importlib.import_module(f"entente.match.prints.{module}")

        def seen(*said: object, _real=getattr(there, name), _name: str = name) -> object:  # type: ignore[no-untyped-def]
            called.add(_name)
            return _real(*said)

        monkeypatch.setattr(there, name, seen)
    rehearsing.rehearse()
    assert called == set(parts)


def test_the_command_prints_every_link_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Told(monkeypatch)
    monkeypatch.setenv("ENTENTE_DATA", str(tmp_path / "var"))
    monkeypatch.setattr(cli, "_serve", lambda settings: None)
    monkeypatch.setattr(cli.out, "_width", 60)
    result = CliRunner().invoke(cli.app, ["demo", "--people", str(PEOPLE), "--no-browser", "--port", "0"])
    assert result.exit_code == 0, (result.output, result.exception)
    lines = result.stdout.splitlines()
    for email in story.LINKS_FOR:
        at = next(n for n, line in enumerate(lines) if line.startswith(f"  {email}: "))
        assert lines[at].endswith(")") and "/sign-in/link/" in lines[at + 1]
