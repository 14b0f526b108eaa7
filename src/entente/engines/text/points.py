"""What the text seam means: which records fit a question, their points, their order.

Every implementation must agree with this module to the last bit. Points are therefore put on a grid
of 2**-14 before they are summed: sums below 1,024 are then exact in 32-bit floats, in whatever order an
engine adds them, so that two records that should tie do tie.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from entente.core.access import View
from entente.core.scoring import Candidate
from entente.engines.seams import Doc, NameQuery, Proposal, TokenKeys

EXACT, DELETES, SOUNDS = 3.0, 2.0, 1.2
"""Points for a token found by each of its keys (measured: specification "engines", section 1)."""
MOST = 4000
"""With more records than this at least as good as the last one given, a proposal is narrow."""
_GRID = 2**14
_EPOCH = date(1970, 1, 1)


def grained(points: float) -> float:
    """Points on the grid."""
    return round(points * _GRID) / _GRID


def day_of(today: date) -> int:
    """Days since 1970, as in `Doc.day`."""
    return (today - _EPOCH).days


def needed(query: NameQuery) -> int:
    """How many of the question's tokens a record must match (0 for a question without tokens)."""
    asked = len(query.tokens)
    return asked if query.every or asked < 2 else asked - 1


def answerable(query: NameQuery, view: View, limit: int) -> bool:
    """Whether anything can fit: a view without terms is empty, an empty set of facts is never carried."""
    return limit > 0 and bool(view.terms) and all(query.where)


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of a record or of a question's token, by sort."""

    exact: frozenset[str]
    deletes: frozenset[str]
    sounds: frozenset[str]


def union(tokens: Iterable[TokenKeys]) -> Keys:
    """The keys of a record: those of all tokens of all its names together."""
    exact: set[str] = set()
    deletes: set[str] = set()
    sounds: set[str] = set()
    for token in tokens:
        exact.add(token.exact)
        deletes |= token.deletes
        sounds |= token.sounds
    return Keys(frozenset(exact), frozenset(deletes), frozenset(sounds))


def best(token: TokenKeys, keys: Keys) -> float | None:
    """Points of one token of a question against a record's keys; None when it is not matched."""
    if token.exact in keys.exact:
        return grained(EXACT * token.weight)
    if not token.deletes.isdisjoint(keys.deletes):
        return grained(DELETES * token.weight)
    if not token.sounds.isdisjoint(keys.sounds):
        return grained(SOUNDS * token.weight)
    return None


def points_of(doc: Doc, keys: Keys, query: NameQuery) -> float | None:
    """A record's points for a question, None when it does not fit. `keys` is `union(doc.tokens)`."""
    matched = [p for token in query.tokens if (p := best(token, keys)) is not None]
    if len(matched) < needed(query) or any(doc.facts.isdisjoint(facts) for facts in query.where):
        return None
    return sum(matched) + sum(grained(p) for fact, p in query.favour.items() if fact in doc.facts)


def carried(doc: Doc, view: View) -> bool:
    """Whether the view reaches a record: it carries one of its terms and is not expired."""
    return doc.day > day_of(view.today) and not doc.access.isdisjoint(view.terms)


Ranked = tuple[float, int, int]
"""(-points, tie, n): in the order in which records are proposed."""


def proposal(ranked: Iterable[Ranked], limit: int, narrow: bool) -> Proposal:
    """The best `limit` of these."""
    return Proposal(tuple(Candidate(n, -minus) for minus, _, n in sorted(ranked)[:limit]), narrow)
