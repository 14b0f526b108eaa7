"""A casebook as it is kept: its form, the cases as they were printed, its errata. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from entente.core.journal import canonical
from entente.core.things import Body, Thing
from entente.rooms.reports.casebook.model import Form

KIND = "Casebook"
MOST_ERRATA = 200


@dataclass(frozen=True, slots=True)
class Printed:
    """A case in the print that stands: its number there, its reference, a digest of what is told of it."""

    case: str
    number: int
    reference: str
    digest: str


@dataclass(frozen=True, slots=True)
class Erratum:
    """`what`: demoted (no longer admitted), recalled (not cleared any more, or for fewer readers), gone (not
    for the author any more), corrected (its text changed).

    `why`: codes of reasons and their facts, in the words of match.proof.
    """

    n: int
    at: str
    case: int
    reference: str
    what: str
    why: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A casebook: the publication and what its body says."""

    thing: Thing
    form: Form
    printed: Mapping[str, Printed]
    errata: tuple[Erratum, ...]


def book_of(thing: Thing) -> Book:
    """The casebook of a thing of the kind Casebook."""
    said = [Printed(**json.loads(line)) for line in thing.body.get("printed", ())]
    return Book(
        thing,
        Form.model_validate_json(thing.first("form")),
        {one.case: one for one in said},
        tuple(_erratum(json.loads(line)) for line in thing.body.get("erratum", ())),
    )


def printed_lines(printed: Iterable[Printed]) -> tuple[str, ...]:
    return tuple(canonical(asdict(one)).decode() for one in printed)


def errata_lines(errata: Iterable[Erratum]) -> tuple[str, ...]:
    return tuple(
        canonical({**asdict(one), "why": [[code, dict(facts)] for code, facts in one.why]}).decode()
        for one in errata
    )


def keys(body: Body) -> tuple[str, ...]:
    """By which lists a casebook is found: its bureau's, and those of each case that it chose or printed."""
    chosen = [one.case for one in Form.model_validate_json(body["form"][0]).cases]
    chosen += [json.loads(line)["case"] for line in body.get("printed", ())]
    return (of_bureau(int(body["bureau"][0])), *(of_case(id) for id in dict.fromkeys(chosen)))


def of_bureau(number: int) -> str:
    return f"casebooks:{number}"


def of_case(id: str) -> str:
    return f"casebook-case:{id}"


def _erratum(said: dict[str, object]) -> Erratum:
    why = said.pop("why", [])
    assert isinstance(why, list)
    return Erratum(**said, why=tuple((code, facts) for code, facts in why))  # type: ignore[arg-type]
