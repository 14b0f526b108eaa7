"""A short way to say what officers do with seizures. Nobody and nothing in it exists."""

from typing import Any

from rooms.scene import Scene
from worlds.stage import Answer

AUTHOR, OTHER = "XA contributor", "XB contributor"
OFFICER, OFFICER_B = "XA officer", "XB officer"
BOX = "CSQU3054383"
"""A container whose check digit fits: the standard's own example."""


def item(**said: Any) -> dict[str, Any]:
    return {"what": "chlorpyrifos", "quantity": "1200 kg", "state": "counterfeit", **said}


def seizure(**said: Any) -> dict[str, Any]:
    """Counterfeit chlorpyrifos from XC, by sea to Norport in XB."""
    whole: dict[str, Any] = {
        "date": "2026-01-10",
        "country": "XB",
        "place": "Norport",
        "detection": "scanner",
        "items": [item()],
        "route": [
            {"role": "origin", "country": "XC"},
            {"role": "intended_destination", "country": "XB", "mode": "sea"},
        ],
    }
    return {**whole, **said}


class Customs:
    """Acts on seizures; `done` insists that it was well."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def post(self, who: str = AUTHOR, **said: Any) -> Answer:
        return self.scene(who, "POST", "/trends/seizures", json=seizure(**said))

    def kept(self, who: str = AUTHOR, **said: Any) -> dict[str, Any]:
        answer = self.post(who, **said)
        assert answer.status == 201, answer.text
        found: dict[str, Any] = answer.json
        return found

    def check(self, who: str = AUTHOR, purpose: str = "", **said: Any) -> dict[str, Any]:
        answer = self.scene(who, "POST", "/trends/seizures/check", json=seizure(**said), purpose=purpose)
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def open(self, who: str, id: str, purpose: str = "analysis") -> Answer:
        return self.scene(who, "GET", f"/trends/seizures/{id}", purpose=purpose)

    def list(self, who: str, query: str = "", purpose: str = "analysis") -> list[dict[str, Any]]:
        answer = self.scene(who, "GET", f"/trends/seizures{query}", purpose=purpose)
        assert answer.status == 200, answer.text
        return list(answer.json["seizures"])

    def share(self, who: str, kept: dict[str, Any], **handling: Any) -> dict[str, Any]:
        path = f"/trends/seizures/{kept['id']}/handling"
        said = {"version": kept["version"], "handling": handling or {"mode": "everyone"}}
        answer = self.scene(who, "PUT", path, json=said)
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found
