"""Whether who shows a document is who reported it: then he is probably its rightful owner.

A person is what the house's own comparison of names and dates of birth says (match.evidence); a name that is
not near, or a date that contradicts, is another person, and what is not known is not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from entente.core.things import Body, Thing
from entente.desk import Desk
from entente.match.evidence import compare
from entente.match.question import Question
from entente.match.records import read

Agrees = Literal["yes", "no", "unknown"]
SAME_FROM = 0.8
"""Probability that two names are one, from which a holder is called the same."""
OTHER_BELOW = 0.3


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is said to hold a document. `birth`: a date in clean form, or empty."""

    name: str = ""
    birth: str = ""


NOBODY = Holder()


def holder_of(desk: Desk, things: Sequence[Thing]) -> Mapping[str, Body]:
    """Thing's id to its holder as a person's body, as far as the asker may see that person's record."""
    persons = desk.look_all([id for thing in things for id in thing.body.get("holder", ())])
    found: dict[str, Body] = {}
    for thing in things:
        linked = next((persons[id].body for id in thing.body.get("holder", ()) if id in persons), None)
        name = f"{thing.first('givenName')} {thing.first('surname')}".strip()
        if name:
            births = thing.body.get("birthDate", ())
            found[thing.id] = {"name": (name,), **({"birthDate": births} if births else {})}
        elif linked:
            found[thing.id] = linked
    return found


def same(shown: Holder, reported: Body | None) -> Agrees:
    """Whether the two are one person; "unknown" where either has no name, where days of birth differ by as
    little as one digit, or where it cannot be told: a forger keeps the name, and changes a year."""
    if not shown.name or reported is None:
        return "unknown"
    births = (shown.birth,) if shown.birth else ()
    score = compare(Question(shown.name, names=(shown.name,), birth=births), read("Person", reported, False))
    if any(r.part < 0 and r.rule.startswith("born") for r in score.reasons) or score.name < OTHER_BELOW:
        return "no"
    told = reported.get("birthDate", ())
    near = not shown.birth or not told or any(_agree(shown.birth, one) for one in told)
    return "yes" if score.name >= SAME_FROM and near else "unknown"


def _agree(one: str, other: str) -> bool:
    """Whether two dates are the same, as far as both are known."""
    return one.startswith(other) or other.startswith(one)
