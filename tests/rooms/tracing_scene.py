"""Transfers of invented banks, loaded and followed over the API. Nobody in them exists."""

from collections.abc import Mapping
from typing import Any

from rooms.scene import Scene
from worlds.stage import Answer

HEAD = "Date;From;To;Amount;Currency;Reference"
ADA, BO, MULE, SECOND, THIRD, CASH = (f"XA-{n:08d}" for n in range(1, 7))
ROWS = (
    f"2026-01-10 09:00;{ADA};{MULE};10.000,00;EUR;Invoice 4411",
    f"2026-01-10 09:30;{BO};{MULE};2.000,00;EUR;Invoice 17",
    f"2026-01-10 10:00;{MULE};{SECOND};7.000,00;EUR;out",
    f"2026-01-10 10:05;{MULE};{THIRD};4.000,00;EUR;out",
    f"2026-01-10 12:00;{SECOND};{CASH};6.900,00;EUR;chain",
    f"2026-01-11 12:00;{THIRD};{CASH};3.900,00;EUR;chain",
    f"2026-01-11 13:00;{CASH};{MULE};500,00;EUR;back",
)


def table(*rows: str) -> bytes:
    """A bank's table."""
    return "\n".join((HEAD, *rows)).encode()


def load(scene: Scene, data: bytes = b"", who: str = "XA officer", **said: str) -> Answer:
    query = "&".join(f"{name}={value}" for name, value in {"name": "bank.csv", **said}.items())
    return scene(who, "POST", f"/payments/transfers?{query}", raw=data or table(*ROWS))


def loaded(scene: Scene, data: bytes = b"", who: str = "XA officer", **said: str) -> dict[str, Any]:
    answer = load(scene, data, who, **said)
    assert answer.status == 201, answer.text
    told: dict[str, Any] = answer.json
    return told


SEEDS = ({"payment": 1, "victim": "Ada"}, {"payment": 2, "victim": "Bo", "amount": "500.00"})


def follow(scene: Scene, file: str, who: str = "XA officer", seeds: object = SEEDS, **said: object) -> Answer:
    return scene(who, "POST", "/payments/traces", json={"transfers": file, "seeds": list(seeds), **said})  # type: ignore[call-overload]


def followed(scene: Scene, file: str, who: str = "XA officer", **said: Any) -> dict[str, Any]:
    answer = follow(scene, file, who, **said)
    assert answer.status == 201, answer.text
    told: dict[str, Any] = answer.json
    return told


def places(answer: Answer) -> set[str]:
    """Where the faults of an answer are."""
    assert answer.status == 422, answer.text
    return {fault["where"] for fault in answer.json["faults"]}


def of_rule(trace: Mapping[str, Any], rule: str) -> dict[str, Any]:
    return next(one for one in trace["results"] if one["rule"] == rule)
