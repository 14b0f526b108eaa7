"""The states of what the papers room keeps, and under which keys it is found.

A version: draft → review → published → replaced | withdrawn; an alert goes the same way but for `replaced`.
Every edit takes it back to draft. What is published is not edited: a new edition takes its place.
"""

from collections.abc import Mapping

from entente.core.problems import Fault, Faulty
from entente.core.things import Body, Thing
from entente.web.language import N_

VERSION, ALERT, CHECK = "DocumentVersion", "DocumentAlert", "DocumentCheck"
OPEN = frozenset({"draft", "review"})
MOVES: Mapping[str, tuple[frozenset[str], str]] = {
    "edit": (OPEN, "draft"),
    "submit": (frozenset({"draft"}), "review"),
    "approve": (frozenset({"review"}), "published"),
    "return": (frozenset({"review"}), "draft"),
    "replace": (frozenset({"published"}), "replaced"),
    "withdraw": (frozenset({"published", "replaced"}), "withdrawn"),
    "discard": (OPEN, ""),
    "revise": (frozenset({"published", "withdrawn"}), ""),
}
"""What may be done in which states, and what it makes of it."""
STATES: Mapping[str, str] = {
    "draft": N_("Draft"),
    "review": N_("In review"),
    "published": N_("Published"),
    "replaced": N_("Replaced by a newer edition"),
    "withdrawn": N_("Withdrawn"),
}
TONES: Mapping[str, str] = {"published": "good", "review": "warn", "withdrawn": "bad"}


def moved(paper: Thing, move: str) -> str:
    """The state that a move leads to. Raises Faulty where it does not start from here."""
    starts, to = MOVES[move]
    here = paper.first("state")
    if here not in starts:
        what = f"A document in the state “{here}” cannot: {move}"
        raise Faulty(faults=(Fault("state", what, f"It must be: {', '.join(sorted(starts))}."),))
    return to


def keys(owner: int, body: Body) -> tuple[str, ...]:
    """By which lists a version is found."""
    state, code = body["state"][0], body["code"][0]
    country = body["country"][0]
    found = [f"papers:{owner}", f"papers:{owner}:{state}", f"paper-code:{code}"]
    if state == "published":
        found += ["papers-live", f"papers-live:{country}"]
    return (*found, *(f"blob:{digest}" for digest in body.get("blobs", ())))


def alert_keys(owner: int, body: Body) -> tuple[str, ...]:
    """By which lists an alert is found."""
    state = body["state"][0]
    found = [f"paper-alerts:{owner}", f"paper-alerts:{owner}:{state}"]
    if state == "published":
        found += ["paper-alerts-live", f"paper-alerts-live:{body['country'][0]}"]
        found += [f"paper-alerts-of:{code}" for code in body.get("code", ())]
    return (*found, *(f"blob:{digest}" for digest in body.get("blobs", ())))
