"""What specialists do in the series room, over the API."""

from typing import Any

from rooms.scene import Scene
from worlds.stage import Answer

IDENTIFY = "identify"


def contribute(scene: Scene, who: str, *media: dict[str, Any], **more: Any) -> list[str]:
    answer = scene(who, "POST", "/series/images", json={"media": list(media), **more}, purpose=IDENTIFY)
    assert answer.status == 201, answer.text
    kept: list[str] = answer.json["images"]
    return kept


def begin(scene: Scene, who: str, name: str = "Harbour", **more: Any) -> dict[str, Any]:
    answer = scene(who, "POST", "/series", json={"name": name, **more}, purpose=IDENTIFY)
    assert answer.status == 201, answer.text
    series: dict[str, Any] = answer.json
    return series


def check(scene: Scene, who: str, *media: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    answer = scene(who, "POST", "/series/check", json={"media": list(media)}, purpose=IDENTIFY, **more)
    assert answer.status == 200, answer.text
    answers: list[dict[str, Any]] = answer.json["answers"]
    return answers


def meetings(scene: Scene, who: str, which: str = "new") -> list[dict[str, Any]]:
    answer = scene(who, "GET", f"/series/meetings?which={which}", purpose=IDENTIFY)
    assert answer.status == 200, answer.text
    told: list[dict[str, Any]] = answer.json
    return told


def state(scene: Scene, who: str, series: dict[str, Any], to: str, why: str = "") -> Answer:
    said = {"state": to, "why": why, "version": series["version"]}
    return scene(who, "POST", f"/series/{series['id']}/state", json=said, purpose=IDENTIFY)
