"""How one thing names another, and how that is a link with two ends.

A link stands in two rows of the store, one for each end, so that either end finds the other at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from entente.core.kinds import Kind
from entente.core.kinds.dates import OPEN_FIRST, OPEN_LAST, parse
from entente.core.things import Body

MOST_PAIRS = 2_500
"""One with more pairs of ends is cut: each end with the first of the other side (twice this at most)."""
NAMES = "names"
"""The side of a row that tells a thing what it names itself; every other row tells who is named."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing's property that names another thing. `to` is the other's id.

    `far` is what a link leads to from `to`, or "" where it is no link; `side` is "source" or "target" of a
    relation, "named" by a plain property, "names" (`to` is then the naming thing itself), or "". `since`,
    `until`: the first and last day of a link, None for an end that is open or not known.
    """

    prop: str
    to: str
    far: str = ""
    side: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Bond:
    """A link as one of its ends sees it.

    `link`: id of the relation, or of the thing whose plain property it is; `kind`: that thing's kind.
    `side`: what `near` is in it, as in `Reference`.
    """

    near: str
    far: str
    prop: str
    side: str
    link: str
    kind: str
    since: date | None = None
    until: date | None = None


def references(kind: Kind, body: Body, id: str) -> list[Reference]:
    """What a thing names, with the links that come of it.

    A relation links its sources with its targets, each with each; any other contributed thing links itself
    with what it names. What the house's own things name, and what a relation names besides, is no link.
    """
    named = [name for name in kind.entities if body.get(name)]
    if not named:
        return []
    if kind.house:
        return [Reference(name, to) for name in named for to in body[name]]
    since, until = lasting(kind, body)
    if not kind.edge:
        return [
            one
            for name in named
            for to in body[name]
            for one in (
                Reference(name, to, id, "named", since, until),
                Reference(name, id, to, NAMES, since, until),
            )
        ]
    source, target = kind.edge.source, kind.edge.target
    ends = {source, target} if body.get(source) and body.get(target) else set()
    made = [Reference(name, to) for name in named if name not in ends for to in body[name]]
    for a, b in _pairs(body[source], body[target]) if ends else ():
        made.append(Reference(source, a, b, "source", since, until))
        made.append(Reference(target, b, a, "target", since, until))
    return made


def lasting(kind: Kind, body: Body) -> tuple[date | None, date | None]:
    """The first and the last day of a thing that has a time; a partial date is as wide as it may mean.

    None where that end is open or not known: a start alone says that it goes on.
    """
    if not kind.is_a("Interval"):
        return None, None
    if not (body.get("startDate") or body.get("endDate")):
        days = [parse(text) for text in body.get("date", ())]
        return _first([d.first for d in days]), _last([d.last for d in days])
    starts = [parse(text).first for text in body.get("startDate", ())]
    ends = [parse(text).last for text in body.get("endDate", ())]
    return _first(starts), _last(ends)


def _first(days: list[date]) -> date | None:
    found = min(days, default=OPEN_FIRST)
    return None if found == OPEN_FIRST else found


def _last(days: list[date]) -> date | None:
    found = max(days, default=OPEN_LAST)
    return None if found == OPEN_LAST else found


def _pairs(sources: Sequence[str], targets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each source with each target. Of too many, each end with the first few of the other side."""
    few = max(1, MOST_PAIRS // max(len(sources), len(targets)))
    whole = len(sources) * len(targets) <= MOST_PAIRS
    for i, a in enumerate(sources):
        for j, b in enumerate(targets):
            if whole or i < few or j < few:
                yield a, b
