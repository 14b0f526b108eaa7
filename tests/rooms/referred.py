"""Three companies of two industries, and the secretariat's desk, in short."""

from dataclasses import dataclass, replace
from typing import Any

from entente.desk import House
from rooms.scene import Scene
from worlds.stage import Answer, partner, work

PHONE = "+999 55 0100 22"
REPORT = {
    "sector": "post",
    "date": "2026-01-10",
    "goods": "agro.pesticide",
    "what": "Forty parcels of pesticide without a label",
    "identifiers": [
        {"sort": "phone", "value": PHONE},
        {"sort": "domain", "value": "https://www.korn.example/x"},
    ],
}
BANK = {
    "sector": "banking",
    "date": "2026-01",
    "what": "An account that takes many small payments for pesticide",
    "identifiers": [{"sort": "phone", "value": "00999 55 010022"}],
}
DESK, SECOND = "XZ analyst", "XZ supervisor"


@dataclass(frozen=True, slots=True)
class Referred:
    """XP is a courier, XQ a bank, XR another courier; the desk is the secretariat's."""

    scene: Scene
    house: House

    def __call__(self, who: str, method: str, path: str, **said: Any) -> Answer:
        return self.scene(who, method, f"/trends{path}", **said)

    def tell(self, who: str = "XP contributor", **more: object) -> dict[str, Any]:
        base = BANK if who.startswith("XQ") else REPORT
        answer = self(who, "POST", "/reports", json={**base, **more})
        assert answer.status == 201, answer.text
        told: dict[str, Any] = answer.json
        return told

    def work(self) -> None:
        work(self.house)

    def cases(self, which: str = "waiting") -> list[dict[str, Any]]:
        answer = self(DESK, "GET", f"/referrals?which={which}")
        assert answer.status == 200, answer.text
        found: list[dict[str, Any]] = answer.json["cases"]
        return found

    def case(self, id: str) -> dict[str, Any]:
        answer = self(DESK, "GET", f"/referrals/{id}")
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def step(self, id: str, step: str, who: str = DESK, **more: object) -> Answer:
        """A step; what is released was proposed by one and is released by another."""
        if step == "release" and who == DESK:
            proposed = self.step(id, "propose", **more)
            return self.step(id, step, SECOND, **more) if proposed.status == 200 else proposed
        said = {"version": self.case(id)["version"], "step": step, **more}
        return self(who, "POST", f"/referrals/{id}/steps", json=said)

    def matched(self) -> tuple[dict[str, Any], dict[str, Any], str]:
        """(the courier's report, the bank's, the case's id)."""
        mine, theirs = self.tell(), self.tell("XQ contributor")
        self.work()
        (case,) = self.cases()
        return mine, theirs, case["id"]

    def told(self, who: str, id: str) -> list[dict[str, Any]]:
        answer = self(who, "GET", f"/reports/{id}")
        assert answer.status == 200, answer.text
        told: list[dict[str, Any]] = answer.json["told"]
        return told

    def alerts(self, who: str) -> list[dict[str, Any]]:
        answer = self.scene(who, "GET", "/alerts")
        assert answer.status == 200, answer.text
        found: list[dict[str, Any]] = answer.json
        return found


def joined(scene: Scene, house: House) -> Referred:
    """The companies join."""
    crew = {**scene.crew}
    for code in ("XP", "XQ", "XR"):
        crew |= partner(house, code, "private")
    return Referred(replace(scene, crew=crew), house)
