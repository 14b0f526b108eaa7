"""A short way to say what analysts do on charts."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from rooms.filed import LEAD, Files
from rooms.scene import Scene
from worlds.stage import Answer

NAMES = ("Ana Kovar", "Bela Ruza", "Ciro Danes")


def rid() -> str:
    return secrets.token_hex(16)


def at(*ids: str, x: float = 0, y: float = 0) -> dict[str, Any]:
    """Cells of things in a row."""
    return {f"item/{id}": {"x": x + 100 * n, "y": y} for n, id in enumerate(ids)}


def person(name: str, **more: Any) -> dict[str, Any]:
    return {"kind": "Person", "properties": {"name": [name], **more}}


def close(a: str, b: str, **more: Any) -> dict[str, Any]:
    """Two persons who are close to each other."""
    return {"kind": "Associate", "properties": {"person": [a], "associate": [b], **more}}


class Charts:
    """Acts on charts of one file; those named in the past insist that it was well."""

    def __init__(self, scene: Scene, file: str = "") -> None:
        self.scene, self.files = scene, Files(scene)
        self.file = file or self.files.opened()

    def ask(self, who: str, method: str, path: str = "", **said: Any) -> Answer:
        return self.scene(who, method, f"/files/{self.file}/charts{path}", **said)

    def known(self, who: str = LEAD, names: Iterable[str] = NAMES, **said: Any) -> list[str]:
        """Persons in the file, each close to the one after; returns their ids, then those of the links."""
        people = [person(name) for name in names]
        links = [close(f"#{n}", f"#{n + 1}") for n in range(1, len(people))]
        kept = self.files.contributed(who, self.file, things=[*people, *links], **said)
        return [t["id"] for t in kept["things"]]

    def made(self, who: str = LEAD, title: str = "Kestrel", **said: Any) -> str:
        answer = self.ask(who, "POST", json={"title": title, **said})
        assert answer.status == 201, answer.text
        return str(answer.json["id"])

    def one(self, who: str, chart: str) -> dict[str, Any]:
        answer = self.ask(who, "GET", f"/{chart}")
        assert answer.status == 200, answer.text
        told: dict[str, Any] = answer.json
        return told

    def step(self, who: str, chart: str, *sets: Mapping[str, Any], after: str = "") -> Answer:
        commands = [{"label": "Move", "set": dict(one)} for one in sets]
        return self.ask(who, "POST", f"/{chart}/steps", json={"after": after, "commands": commands})

    def did(self, who: str, chart: str, *sets: Mapping[str, Any], after: str = "") -> dict[str, Any]:
        answer = self.step(who, chart, *sets, after=after)
        assert answer.status == 200, answer.text
        told: dict[str, Any] = answer.json
        return told
