"""Standard requests: questions that need no translator, because both sides have them in their language.

A message made from one carries its slug (in the sealed content); who reads it is shown the questions in
his own language beside what was written.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from entente.rooms.records import Strict
from entente.web.language import N_, _


class StandardRequest(Strict):
    """In the asker's language."""

    slug: str
    name: str
    questions: list[str]


@dataclass(frozen=True, slots=True)
class _Standard:
    name: str
    questions: tuple[str, ...]


STANDARD: Mapping[str, _Standard] = {
    "identify-person": _Standard(
        N_("Identify a person"),
        (
            N_("Is the person known to you, and under which names?"),
            N_("Which identity documents were issued to the person?"),
            N_("Is the person wanted, or is there a warrant?"),
            N_("Please send a photograph and fingerprints if you may."),
        ),
    ),
    "confirm-identity-document": _Standard(
        N_("Check an identity document"),
        (
            N_("Was the document issued, to whom, and when?"),
            N_("Was it reported lost, stolen or invalidated, and when?"),
        ),
    ),
    "vehicle-owner": _Standard(
        N_("Owner of a vehicle"),
        (
            N_("To whom is the vehicle registered, and since when?"),
            N_("Is the vehicle reported stolen or sought?"),
        ),
    ),
    "criminal-record": _Standard(
        N_("Criminal record"),
        (
            N_("Which convictions of the person may you tell, with court and date?"),
            N_("Are proceedings pending?"),
        ),
    ),
    "locate-person": _Standard(
        N_("Locate a person"),
        (
            N_("Is the person in your territory, and at which address?"),
            N_("When did the person enter or leave?"),
        ),
    ),
    "telephone-subscriber": _Standard(
        N_("Subscriber of a telephone number"),
        (N_("Who is the subscriber, and since when?"),),
    ),
    "provisional-arrest": _Standard(
        N_("Person held on a hit"),
        (
            N_("Is the warrant still in force?"),
            N_("Will extradition be sought, and by when will the papers come?"),
        ),
    ),
}


def every() -> list[StandardRequest]:
    return [shown for slug in STANDARD if (shown := one(slug))]


def one(slug: str) -> StandardRequest | None:
    """A standard request in the reader's language; None for a slug that is none."""
    known = STANDARD.get(slug)
    if known is None:
        return None
    return StandardRequest(slug=slug, name=_(known.name), questions=[_(q) for q in known.questions])
