"""What was done to a file or a subject: each step with its moment and officer, kept on the thing itself."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from entente.core.journal import canonical
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis.model import FileStep
from entente.rooms.bureaus import directory


def with_step(desk: Desk, body: Mapping[str, Any], did: str, why: str = "") -> dict[str, Any]:
    """The body with one more step, of whoever sits here."""
    said = {"at": desk.now.isoformat(timespec="seconds"), "did": did, "by": desk.noter.officer, "why": why}
    return {**body, "step": (*body.get("step", ()), canonical(said).decode())}


def history(desk: Desk, thing: Thing) -> list[FileStep]:
    """The steps of a thing, oldest first, with names instead of ids."""
    said = [json.loads(line) for line in thing.body.get("step", ())]
    names = named(desk, [s["by"] for s in said])
    return [FileStep(at=s["at"], did=s["did"], by=names.get(s["by"], ""), why=s["why"]) for s in said]


def named(desk: Desk, officers: Sequence[str]) -> dict[str, str]:
    """Name and bureau of officers and keys who had a hand in what the asker may see."""
    known, codes = desk.as_house().look_all(officers), directory(desk)
    return {
        id: f"{o.first('name')} ({codes[n].code})"
        for id, o in known.items()
        if (n := int(o.first("bureau", "0"))) in codes
    }
