"""A referral: the secretariat's paper that two sides told of the same. States and keys; what is done with it
stands in matching.py, reviewing.py and consent.py."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from entente.core.access import Handling
from entente.core.things import Thing
from entente.desk import Desk

KIND = "Referral"
SHOWN = ("notified", "consent-asked", "introduced", "declined")
"""States that a side may learn, once the desk has released the case."""
OPEN = ("matched", "desk-review", "release-waits")
MOST_EVENTS = 100
MOST_SOURCES = 200
"""Reports of one case; more of the same are counted as later ones are, not kept."""


@dataclass(frozen=True, slots=True)
class Referral:
    """`sides`: the numbers of two bureaus, the smaller first. `sources`, `later`: ids of reports and offers.
    `answers`: what each side said when it was asked."""

    thing: Thing | None
    id: str
    case: str
    state: str
    sides: tuple[int, int]
    tokens: tuple[str, ...]
    sources: tuple[str, ...]
    at: str
    later: tuple[str, ...] = ()
    released: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)
    events: tuple[Mapping[str, str], ...] = ()

    def other(self, bureau: int) -> int:
        return self.sides[1] if bureau == self.sides[0] else self.sides[0]


def case_of(id: str) -> str:
    """The number of a case: of its random id, so that it counts nothing."""
    return f"R-{id[:4]}-{id[4:8]}".upper()


def referral_of(thing: Thing) -> Referral:
    """The referral in a paper."""
    one, other = (int(n) for n in thing.first("side").split())
    answers = json.loads(thing.first("consent", "{}"))
    return Referral(
        thing=thing,
        id=thing.id,
        case=thing.first("case"),
        state=thing.first("state"),
        sides=(one, other),
        tokens=thing.body.get("token", ()),
        sources=thing.body.get("source", ()),
        at=thing.first("at"),
        later=thing.body.get("later", ()),
        released=thing.first("released"),
        answers={int(bureau): said for bureau, said in answers.items()},
        events=tuple(json.loads(line) for line in thing.body.get("event", ())),
    )


def body_of(one: Referral) -> dict[str, tuple[str, ...]]:
    """A referral as its paper keeps it."""
    answers = {str(bureau): said for bureau, said in sorted(one.answers.items())}
    body = {
        "case": (one.case,),
        "state": (one.state,),
        "side": (f"{one.sides[0]} {one.sides[1]}",),
        "token": one.tokens,
        "source": one.sources,
        "later": one.later,
        "released": (one.released,),
        "consent": (json.dumps(answers),) if answers else (),
        "event": tuple(json.dumps(event, ensure_ascii=False) for event in one.events),
        "at": (one.at,),
    }
    return {name: values for name, values in body.items() if any(values)}


def keys_of(one: Referral) -> tuple[str, ...]:
    """By its state for the desk's list, by what it is of for the house."""
    return (
        f"referrals:{'open' if one.state in OPEN else 'other'}",
        *(pair_key(one.sides, token) for token in one.tokens),
        *(of_key(source) for source in one.sources),
    )


def pair_key(sides: tuple[int, int], token: str) -> str:
    return f"referral-pair:{sides[0]}:{sides[1]}:{token}"


def of_key(source: str) -> str:
    return f"referral-of:{source}"


def with_event(desk: Desk, one: Referral, did: str, why: str = "", state: str = "", **more: Any) -> Referral:
    """The same after something was done. Events are numbered, so that no two are equal."""
    house = desk.asker.bureau == 0
    event = {
        "n": str(len(one.events) + 1),
        "at": desk.now.isoformat(timespec="seconds"),
        "did": did,
        "officer": "" if house else desk.asker.officer,
        "bureau": "" if house else str(desk.asker.bureau),
        "why": why,
    }
    said = {name: value for name, value in event.items() if value}
    return replace(one, state=state or one.state, events=(*one.events, said)[-MOST_EVENTS:], **more)


def keep(desk: Desk, one: Referral, handling: Handling) -> Thing:
    """Keep a new referral."""
    return desk.keep(KIND, body_of(one), handling, id=one.id, version=0, keys=keys_of(one))


def change(desk: Desk, one: Referral, **more: Any) -> Thing:
    """Keep it as its next version, through the house: a side's answer changes the secretariat's paper."""
    assert one.thing is not None
    return desk.as_house().change(one.thing, body=body_of(one), keys=keys_of(one), **more)


def of_sources(desk: Desk, sources: Iterable[str]) -> Sequence[Referral]:
    """The referrals that were made of these, whoever may see them: the house's to know."""
    found = desk.as_house().inspect_all([of_key(source) for source in sources])
    once = {thing.id: thing for _, thing in found if thing.kind == KIND}
    return [referral_of(thing) for _, thing in sorted(once.items())]
