"""Seizures of nobody, kept as the house keeps them, for figures; and the figures asked over the API."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from entente.core.access import EVERYONE, Asker, Handling, Purpose, Role
from entente.core.things import Thing
from entente.desk import HOUSE_ASKER, House, sit
from rooms.scene import Scene

XZ, XA, XB, XC, XD = 1, 2, 3, 4, 5


def asker(bureau: int = XA, purpose: Purpose = Purpose.ANALYSIS) -> Asker:
    return Asker("o", bureau, purpose, "case 1", frozenset(Role))


def item(
    goods: str = "agro.pesticide", qty: object = "", unit: str = "KGM", **more: object
) -> dict[str, object]:
    """A line of goods; `qty` is the standard quantity."""
    said = {"goods": goods, "std": str(qty), "std_unit": unit if qty != "" else "", "state": "counterfeit"}
    return {**said, **more}


def way(*countries: str, mode: str = "sea") -> list[dict[str, str]]:
    """A route: origin, transits, destination; "" where one is not known."""
    roles = ["origin", *["transit"] * (len(countries) - 2), "intended_destination"]
    return [
        {"role": role, "country": country, "mode": mode}
        for role, country in zip(roles, countries, strict=True)
        if country
    ]


def body(
    date: str = "2025-06-15",
    country: str = "xb",
    items: Sequence[Mapping[str, object]] = (),
    route: Sequence[Mapping[str, object]] = (),
    **more: str,
) -> dict[str, list[str]]:
    made = {
        "name": ["A seizure"],
        "eventKind": [more.pop("event", "seizure")],
        "form": [more.pop("form", "simple")],
        "country": [country] if country else [],
        "date": [date] if date else [],
        "item": [json.dumps({"line": n, **one}) for n, one in enumerate(items or [item()], 1)],
        "leg": [json.dumps({"seq": n, **leg}) for n, leg in enumerate(route, 1)],
    }
    return {**{name: said for name, said in made.items() if said}, **{n: [v] for n, v in more.items()}}


def handling(owner: int, see: int = EVERYONE, **more: Any) -> Handling:
    return Handling(owner, see=see, **more)


def seize(house: House, *bodies: Mapping[str, Sequence[str]], how: Handling | None = None) -> list[Thing]:
    """Keep seizures; by XB and for everyone unless `how` says otherwise."""
    with sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
        made = [desk.keep("Seizure", said, how or handling(XB)) for said in bodies]
        desk.note("contribute")
    return made


def judge(
    house: House,
    one: Thing,
    other: Thing,
    verdict: str = "same",
    how: Handling | None = None,
    at: str = "2026-01-15T12:00:00+00:00",
) -> Thing:
    """A person's verdict on two seizures."""
    with sit(house, HOUSE_ASKER, "contribute", writing=True) as desk:
        said = {"one": [one.id], "other": [other.id], "verdict": [verdict], "at": [at]}
        kept = desk.keep("SeizureSame", said, how or handling(XB))
        desk.note("contribute")
    return kept


def figure(scene: Scene, what: str, who: str = "XA analyst", **words: object) -> dict[str, Any]:
    """An answer of /trends/figures."""
    query = "&".join(f"{k}={v}" for k, v in words.items())
    answer = scene(who, "GET", f"/trends/figures/{what}{'?' if query else ''}{query}", purpose="analysis")
    assert answer.status == 200, answer.text
    told: dict[str, Any] = answer.json
    return told


def left_out(figure: Mapping[str, Any]) -> dict[str, int]:
    return {one["reason"]: one["count"] for one in figure["about"]["left_out"]}
