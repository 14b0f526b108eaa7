"""The states of a publication, its steps, and under which keys its copies are found.

draft → review → approved → published → suspended | withdrawn. Every edit takes it back to draft. One that is
suspended does not come back: its author writes a new edition.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from entente.core.journal import canonical
from entente.core.problems import Fault, Faulty
from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.web.language import N_

COPY = "ReportCopy"
OUT = frozenset({"published", "suspended"})
MOVES: Mapping[str, tuple[frozenset[str], str]] = {
    "edit": (frozenset({"draft", "review", "approved"}), "draft"),
    "submit": (frozenset({"draft"}), "review"),
    "approve": (frozenset({"review"}), "approved"),
    "return": (frozenset({"review", "approved"}), "draft"),
    "publish": (frozenset({"approved"}), "published"),
    "withdraw": (OUT, "withdrawn"),
    "discard": (frozenset({"draft", "review", "approved"}), ""),
    "revise": (frozenset({*OUT, "withdrawn"}), ""),
}
"""What may be done in which states, and what it makes of it."""
STATES: Mapping[str, str] = {
    "draft": N_("Draft"),
    "review": N_("In review"),
    "approved": N_("Approved"),
    "published": N_("Published"),
    "suspended": N_("Suspended"),
    "withdrawn": N_("Withdrawn"),
}
TONES: Mapping[str, str] = {
    "draft": "",
    "review": "info",
    "approved": "info",
    "published": "good",
    "suspended": "bad",
    "withdrawn": "warn",
}
Changes = Mapping[str, tuple[str, ...]]
NOTHING: Changes = {}


def moved(publication: Thing, move: str) -> str:
    """The state that a move leads to. Raises Faulty where it does not start from here."""
    starts, to = MOVES[move]
    here = publication.first("state")
    if here not in starts:
        what = f"A report in the state “{here}” cannot: {move}"
        raise Faulty(faults=(Fault("state", what, f"It must be: {', '.join(sorted(starts))}."),))
    return to


def starts(move: str, state: str) -> bool:
    """Whether a move starts from a state."""
    return state in MOVES[move][0]


# --- steps ---------------------------------------------------------------------------------------


def with_step(desk: Desk, body: Mapping[str, Any], did: str, why: str = "") -> dict[str, Any]:
    """The body with one more step, of whoever sits here."""
    said = {"at": desk.now.isoformat(timespec="seconds"), "did": did, "by": desk.noter.officer, "why": why}
    return {**body, "step": (*body.get("step", ()), canonical(said).decode())}


def steps(thing: Thing) -> list[dict[str, str]]:
    """What was done to a thing, oldest first: `at`, `did`, `by` (an officer's id), `why`."""
    return [json.loads(line) for line in thing.body.get("step", ())]


def named(desk: Desk, officers: Sequence[str]) -> dict[str, str]:
    """Name and bureau of officers and keys who had a hand in what the asker may see."""
    known, codes = desk.as_house().look_all(officers), directory(desk)
    return {
        id: f"{o.first('name')} ({codes[n].code})"
        for id, o in known.items()
        if (n := int(o.first("bureau", "0"))) in codes
    }


# --- copies --------------------------------------------------------------------------------------


def copy_keys(body: Body, sources: Iterable[str]) -> tuple[str, ...]:
    """By what a copy is found: its publication, its bureau, each thing it is made of, its data."""
    return (
        copies_of_publication(body["report"][0]),
        copies_of_bureau(int(body["bureau"][0])),
        *(made_of(id) for id in sources),
        *(f"blob:{digest}" for digest in body.get("blobs", ())),
    )


def copies_of_publication(id: str) -> str:
    return f"copies:{id}"


def copies_of_bureau(number: int) -> str:
    return f"copies-of:{number}"


def made_of(source: str) -> str:
    """The key of the copies that a thing went into."""
    return f"report-source:{source}"
