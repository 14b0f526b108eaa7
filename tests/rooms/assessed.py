"""A short way to say what officers do with threat assessments, and one whole assessment. Nobody exists."""

from typing import Any

from rooms.scene import Scene
from worlds.stage import Answer

LEAD, LOCKS = "XA analyst", "XA supervisor"
FIRST, SECOND, THIRD, REVIEWS = "XB analyst", "XC analyst", "XD analyst", "XZ supervisor"
WHY = "Three seizures and two statements of this year say so."


def indicator(code: str, group: str = "", **said: Any) -> dict[str, Any]:
    return {"code": code, "name": code.title(), "group": group, **said}


def place(code: str = "xb", **said: Any) -> dict[str, Any]:
    whole = {"code": code, "region": "North", "first": "XB", "second": "XC", "third": "XD", "reviewer": "XZ"}
    return {**whole, **said}


def form(**said: Any) -> dict[str, Any]:
    """Two indicators of two places, in a formula of one mean."""
    whole: dict[str, Any] = {
        "title": "Counterfeit pesticide",
        "period": "2025",
        "formula": "mean",
        "indicators": [indicator("supply"), indicator("demand", weight=3)],
        "places": [place("xb"), place("xc", region="South")],
    }
    return {**whole, **said}


def given(**values: float) -> list[dict[str, Any]]:
    """Scores by indicator."""
    return [
        {"indicator": code, "value": value, "confidence": "moderate", "why": WHY}
        for code, value in values.items()
    ]


class Assessing:
    """Acts on one assessment; each insists that it went well and returns it as its lead sees it then."""

    def __init__(self, scene: Scene, id: str = "") -> None:
        self.scene, self.id = scene, id

    def begun(self, who: str = LEAD, **said: Any) -> dict[str, Any]:
        answer = self.scene(who, "POST", "/assessments", json=form(**said))
        assert answer.status == 201, answer.text
        self.id = answer.json["id"]
        return self.seen(who)

    def opened(self, **said: Any) -> dict[str, Any]:
        self.begun(**said)
        return self.stepped("open")

    def seen(self, who: str = LEAD) -> dict[str, Any]:
        answer = self.scene(who, "GET", f"/assessments/{self.id}")
        assert answer.status == 200, answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def step(self, who: str, name: str, text: str = "") -> Answer:
        said = {"step": name, "version": self.seen()["version"], "text": text}
        return self.scene(who, "POST", f"/assessments/{self.id}/steps", json=said)

    def stepped(self, name: str, who: str = LEAD, text: str = "") -> dict[str, Any]:
        answer = self.step(who, name, text)
        assert answer.status == 200, answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def take(self, who: str, seat: str, place: str = "xb") -> Answer:
        path = f"/assessments/{self.id}/places/{place}/seats"
        return self.scene(who, "POST", path, json={"seat": seat})

    def write(self, who: str, seat: str, scores: Any, place: str = "xb", **said: Any) -> Answer:
        body = {"seat": seat, "scores": scores, "version": 0, **said}
        return self.scene(who, "PUT", f"/assessments/{self.id}/places/{place}/scores", json=body)

    def handed_in(self, who: str, seat: str, place: str = "xb", **values: float) -> None:
        """Take the seat, score everything, hand it in."""
        taken = self.take(who, seat, place)
        assert taken.status == 200, taken.text
        answer = self.write(who, seat, given(**values), place, done=True)
        assert answer.status == 200, answer.text

    def scored(self, place: str = "xb", first: float = 5, second: float = 6, **more: Any) -> dict[str, Any]:
        """Both scorers, all indicators alike."""
        for who, seat, value in ((FIRST, "first", first), (SECOND, "second", second)):
            self.handed_in(who, seat, place, supply=value, demand=value)
        return self.place(place)

    def place(self, code: str = "xb", who: str = LEAD) -> dict[str, Any]:
        found: dict[str, Any] = next(p for p in self.seen(who)["places"] if p["code"] == code)
        return found

    def review(self, who: str = REVIEWS, place: str = "xb", **said: Any) -> Answer:
        body = {
            "summary": "The route through Norport carries most of it.",
            "mind": "A year without seizures at Norport, with the same controls.",
            "version": self.seen()["version"],
            **said,
        }
        return self.scene(who, "POST", f"/assessments/{self.id}/places/{place}/review", json=body)
