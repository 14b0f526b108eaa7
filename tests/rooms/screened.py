"""What officers do with screenings, in short."""

from typing import Any
from urllib.parse import urlencode

from entente.desk import House, indexer
from entente.rooms.screening import Screener
from rooms.scene import Scene

HEADER = "Name;Born;Nationality;Passport;Seat"


def listed(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *rows, "")).encode()


def send(scene: Scene, who: str, list: bytes, **said: Any) -> dict[str, Any]:
    how = {name: said.pop(name) for name in ("headers", "purpose", "why") if name in said}
    answer = scene(who, "POST", f"/screenings?{urlencode(said)}", raw=list, **how)
    assert answer.status == 201, answer.text
    told: dict[str, Any] = answer.json
    return told


def screen(house: House) -> None:
    """Everything there is to ask, now."""
    indexer.catch_up(house)
    screener = Screener(house)
    while screener.step():
        pass


def found(scene: Scene, who: str, id: str) -> dict[int, list[str]]:
    """Row to ids of its candidates."""
    answer = scene(who, "GET", f"/screenings/{id}/results", purpose="")
    assert answer.status == 200, answer.text
    return {
        row["row"]: [c["id"] for c in row["candidates"]] for row in answer.json["rows"] if row["candidates"]
    }


def rows(page: dict[str, Any]) -> list[int]:
    """Numbers of the rows of a page."""
    return [row["row"] for row in page["rows"]]


def told(scene: Scene, who: str, id: str, query: str = "") -> dict[str, Any]:
    """A page of a list's results."""
    answer = scene(who, "GET", f"/screenings/{id}/results{query}", purpose="")
    assert answer.status == 200, answer.text
    said: dict[str, Any] = answer.json
    return said
