"""What the officers of the story of counterfeit pesticide do, and the files that their bureaus send."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from entente.desk import House
from rooms.cased import Desk
from rooms.referred import Referred, joined
from rooms.scene import EVERYONE, Scene
from worlds.stage import Clock, partner

HEAD = (
    "Reference,Date,Country,Place,Goods,State of goods,Quantity,Unit,Concealment,Mode,"
    "Origin,Transit,Destination"
)
MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)] + ["2026-01"]
OTHERS = ("cocaine,genuine", "cigarettes,counterfeit", "ivory,unlicensed", "petrol,stolen",
          "whisky,counterfeit", "paracetamol,counterfeit")  # fmt: skip
PESTICIDE = "agro.pesticide"
BOX = "CSQU3054383"


def rows(code: str, month: str, goods: str, many: int, way: str) -> list[str]:
    """So many seizures of one sort in a month, on its first days; `way`: hiding place to destination."""
    place = {"XA": "Norport", "XB": "Belport", "XC": "Cordport"}[code]
    tag = goods[:4] + way[:3].replace(",", "")
    return [
        f"{code}-{month}-{tag}-{n},{month}-{n + 1:02},{code},{place},{goods},{100 + n},kg,{way}"
        for n in range(many)
    ]


def arvenia(months: list[str], by_sea: int) -> str:
    """XA: pesticide by road and a little by sea, cigarettes; from the new year on, so much more by sea."""
    said = [HEAD]
    for month in months:
        much = by_sea if month >= "2026-01" else 1
        said += rows("XA", month, "chlorpyrifos,counterfeit", 2, ",road,XC,XD,XA")
        said += rows("XA", month, "chlorpyrifos,counterfeit", much, "mislabel,sea,XC,XD,XA")
        said += rows("XA", month, "cigarettes,counterfeit", 3, ",road,XB,,XA")
    return "\n".join(said) + "\n"


def belmark(months: list[str]) -> str:
    """XB: a new form since November 2025 moves all goods at once, pesticide as ever."""
    said = [HEAD]
    for month in months:
        many = 8 if month >= "2025-11" else 2
        said += rows("XB", month, "chlorpyrifos,counterfeit", 2, ",road,XC,,XB")
        for goods in OTHERS:
            said += rows("XB", month, goods, many, ",road,XD,,XB")
    return "\n".join(said) + "\n"


def cordava(months: list[str]) -> str:
    said = [HEAD]
    for month in months:
        said += rows("XC", month, "chlorpyrifos,counterfeit", 3, ",road,XC,,XD")
    return "\n".join(said) + "\n"


class Story:
    """What the officers of the story do; every act insists that it was well."""

    def __init__(self, scene: Scene, house: House, clock: Clock, work: Any) -> None:
        self.partners: Referred = joined(scene, house)
        crew = {**self.partners.scene.crew, **partner(house, "XAC", "customs")}
        self.scene = Scene(scene.ask, crew)
        self.cases = Desk(self.scene)
        self.house, self.clock, self._work = house, clock, work

    def on(self, year: int, month: int, day: int) -> None:
        """The clock goes on, and the house does what is due."""
        self.clock.now = datetime(year, month, day, 9, tzinfo=UTC)
        self._work(self.house)

    def on_by(self, **much: float) -> None:
        self.clock.forward(**much)
        self._work(self.house)

    def __call__(
        self, who: str, method: str, path: str, json: Any = None, status: int = 0, **said: Any
    ) -> Any:
        answer = self.scene(who, method, path, json=json, purpose=said.pop("purpose", "analysis"), **said)
        wanted = (status,) if status else (200, 201)
        assert answer.status in wanted, (answer.status, answer.text)
        return answer.json

    def send(self, code: str, table: str, **said: Any) -> dict[str, Any]:
        words = {"handling": json.dumps(EVERYONE), **said}
        path = f"/trends/seizures/import?{urlencode(words)}"
        told: dict[str, Any] = self(f"{code} contributor", "POST", path, raw=table.encode())
        return told

    def findings(self, who: str = "XA analyst") -> dict[tuple[str, str], dict[str, Any]]:
        """By sort and place (or origin)."""
        found = self(who, "GET", "/trends/findings")["findings"]
        return {(f["sort"], f["series"].get("place") or f["series"]["origin"], f["series"]["goods"]): f
                for f in found}  # fmt: skip

    def judge(self, finding: dict[str, Any], to: str, why: str, who: str = "XA officer") -> dict[str, Any]:
        said = {"version": finding["version"], "to": to, "why": why}
        told: dict[str, Any] = self(who, "POST", f"/trends/findings/{finding['id']}/steps", said)
        return told

    def alerts(self, who: str) -> list[str]:
        return [one["what"] for one in self(who, "GET", "/alerts")]
