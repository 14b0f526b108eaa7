"""What officers do with standing queries, in short."""

from typing import Any

from rooms.scene import Scene


def keep(scene: Scene, who: str, text: str, why: str = "case 1", **said: Any) -> dict[str, Any]:
    headers = said.pop("headers", {})
    answer = scene(who, "POST", "/standing", json={"text": text, **said}, why=why, headers=headers)
    assert answer.status == 201, answer.text
    told: dict[str, Any] = answer.json
    return told


def rung(scene: Scene, who: str, query: dict[str, Any]) -> list[dict[str, Any]]:
    answer = scene(who, "GET", f"/standing/{query['id']}/alerts", purpose="")
    assert answer.status == 200, answer.text
    told: list[dict[str, Any]] = answer.json
    return told


def correct(scene: Scene, id: str, version: int, properties: dict[str, Any]) -> None:
    said = {"version": version, "properties": properties}
    answer = scene("XA machine", "PUT", f"/records/{id}", json=said)
    assert answer.status == 200, answer.text


def state(scene: Scene, who: str, query: dict[str, Any]) -> str:
    return str(scene(who, "GET", f"/standing/{query['id']}").json["state"])
