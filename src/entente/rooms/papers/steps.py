"""What was done to a version or an alert: each step with its moment and officer, kept on the thing itself."""

import json
from collections.abc import Mapping
from typing import Any

from entente.core.journal import canonical
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.papers.model import StepOut


def with_step(desk: Desk, body: Mapping[str, Any], did: str, why: str = "") -> dict[str, Any]:
    """The body with one more step, of whoever sits here."""
    said = {"at": desk.now.isoformat(timespec="seconds"), "did": did, "by": desk.noter.officer, "why": why}
    return {**body, "step": (*body.get("step", ()), canonical(said).decode())}


def officers(thing: Thing) -> tuple[str, ...]:
    """Ids of all who did a step of it, each once: what they wrote is theirs."""
    return tuple(dict.fromkeys(json.loads(line)["by"] for line in thing.body.get("step", ())))


def history(desk: Desk, paper: Thing) -> list[StepOut]:
    """Its steps, oldest first. Who did them, and why, are for its own bureau alone."""
    said = [json.loads(line) for line in paper.body.get("step", ())]
    inside = paper.handling.owner == desk.asker.bureau
    known = desk.as_house().look_all([s["by"] for s in said]) if inside else {}
    return [
        StepOut(
            at=s["at"],
            did=s["did"],
            officer=known[s["by"]].first("name") if s["by"] in known else "",
            why=s["why"] if inside else "",
        )
        for s in said
        if inside or s["did"] in OPEN_STEPS
    ]


OPEN_STEPS = frozenset({"published", "replaced"})
"""What readers of other bureaus learn of its course."""
