"""Finding: engines propose inside the asker's view, our code scores, the rule decides again.

What comes out depends on the question and on what the asker may see, on nothing else: the filter is
inside every query, scores are record-local, ties are broken by the record's id.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from entente.core.access import Decision, View, decide
from entente.core.problems import Unavailable
from entente.core.scoring import Score
from entente.core.things import Thing
from entente.desk.sitting import Desk
from entente.engines.seams import NameQuery
from entente.engines.text import Corrupt
from entente.match.evidence import compare
from entente.match.question import Question
from entente.match.records import facts_of, queries_of, read, where_of

PROPOSED = 75
"""Candidates scored per question (specs/search.md: recall is measured at 75)."""
MOST_PROPOSED = 4 * 4 * 4 * PROPOSED
MOST_OF_A_KEY = 200
KEYS_AT_ONCE = 500
MOST_TOGETHER = 5_000
"""Things of so many exact keys read by one question; were there more, each key is asked by itself."""
SHOWN_FROM = 0.1
"""A candidate below this score is not worth an officer's look."""
REFERENCE = "reference"
"""Scheme of an owner's own reference, for the reasons of a score."""
CONTACT_FROM = 0.7
"""From here on a hint-only record makes its owner's contact row: a weak resemblance tells nobody anything."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing the asker may see, how near it is, and why."""

    thing: Thing
    score: Score


@dataclass(frozen=True, slots=True)
class Findings:
    """`found`, best first; `owners`, numbers of the bureaus to contact, in order; `narrow`: more fit."""

    found: tuple[Found, ...]
    owners: tuple[int, ...]
    narrow: bool


def find(desk: Desk, question: Question, limit: int = 20) -> Findings:
    """Search every bureau's records for what the asker may see, and whom he may contact."""
    shown, narrow = seen(desk, question, limit)
    return Findings(tuple(shown), contacts(desk, question), narrow)


def seen(desk: Desk, question: Question, limit: int) -> tuple[list[Found], bool]:
    """The candidates the asker may see, best first, and whether more fit than are told."""
    found, narrow = within(desk, question, desk.view)
    shown = [f for f in found if f.score.value >= SHOWN_FROM and _is(desk, f.thing, Decision.FULL)]
    cut = len(shown) > limit and shown[limit - 1].score.value == shown[limit].score.value
    return shown[:limit], bool(shown) and (narrow or cut)


def contacts(desk: Desk, question: Question) -> tuple[int, ...]:
    """Bureaus whose hint-only records match well: a set, so that neither count nor score is told."""
    return tuple(sorted({t.handling.owner for t in hinting(desk, question)}))


def hinting(desk: Desk, question: Question) -> list[Thing]:
    """Hint-only records that match well. The house's to know: the asker learns the owners alone."""
    view = desk.hinted
    if not any(view.classes):
        return []
    found = owner_by_owner(desk, question, view)
    near = (f.thing for f in found if f.score.value >= CONTACT_FROM)
    return [t for t in near if _is(desk, t, Decision.CONTACT)]


def seen_keys(desk: Desk, keys: Sequence[str]) -> list[tuple[str, Thing]]:
    """(key, thing) for things in the asker's view that carry one of the exact keys."""
    return [(k, t) for k, t in _carrying(desk, keys, desk.view) if _is(desk, t, Decision.FULL)]


def hinting_keys(desk: Desk, keys: Sequence[str]) -> list[tuple[str, Thing]]:
    """(key, thing) for hint-only things that carry one of the exact keys. The house's to know, as above."""
    view = desk.hinted
    if not keys or not any(view.classes):
        return []
    return [(k, t) for k, t in _carrying(desk, keys, view) if _is(desk, t, Decision.CONTACT)]


def inspect_keys(desk: Desk, keys: Sequence[str]) -> list[tuple[str, Thing]]:
    """The same of everything, for the house's own work; what crowds a key is read handling by handling."""
    return _carrying(desk, keys, desk._everything(), _class_alone) if keys else []


def _carrying(
    desk: Desk, keys: Sequence[str], view: View, alone: "Cut | None" = None
) -> list[tuple[str, Thing]]:
    """(key, thing) inside a view, at most MOST_OF_A_KEY of a key, and of each owner (or what `alone` cuts by)
    where it is crowded: what crowds one key hides none of another, what one owner has none of another's."""
    found: list[tuple[str, Thing]] = []
    for start in range(0, len(keys), KEYS_AT_ONCE):
        some = keys[start : start + KEYS_AT_ONCE]
        together = desk.tx.things.find(some, view, MOST_TOGETHER)
        if len(together) == MOST_TOGETHER:
            together = [pair for key in some for pair in _of_a_key(desk, key, view, alone or _owner_alone)]
        found += together
    return found


def _of_a_key(desk: Desk, key: str, view: View, cut: "Cut") -> list[tuple[str, Thing]]:
    found = desk.tx.things.find([key], view, MOST_OF_A_KEY)
    if len(found) < MOST_OF_A_KEY:
        return found
    return [p for alone in cut(desk, view) for p in desk.tx.things.find([key], alone, MOST_OF_A_KEY)]


def still_hinting(desk: Desk, ids: Sequence[str]) -> dict[str, int]:
    """Those of these records whose owner the asker may contact now: id to owner. The house's to know."""
    things = desk.tx.things.get(list(ids), desk.hinted) if ids else []
    return {t.id: t.handling.owner for t in things if _is(desk, t, Decision.CONTACT)}


def within(desk: Desk, question: Question, view: View) -> tuple[list[Found], bool]:
    """Everything near the question inside a view, best first, and whether more fit than were ranked."""
    things, narrow = _proposed(desk, question, view)
    return _scored(desk, question, things), narrow


def owner_by_owner(desk: Desk, question: Question, view: View) -> list[Found]:
    """Everything near the question inside a view, of each owner as if the others had nothing.

    What one owner hints at, however much of it, must not push out another's (specs/sharing.md, L15).
    """
    things, narrow = _proposed(desk, question, view)
    if len(things) < PROPOSED and not narrow:
        return _scored(desk, question, things)
    several = list(_owner_alone(desk, view))
    for alone in several if len(several) > 1 else ():
        things.update(_proposed(desk, question, alone)[0])
    return _scored(desk, question, things)


def _owner_alone(desk: Desk, view: View) -> Iterator[View]:
    """The view cut to one owner after the other."""
    inside = {c: h for c, h in desk.house.classes(desk.tx, not desk.writing).items() if view.holds(c)}
    for owner in sorted({h.owner for h in inside.values()}):
        own = [c for c, h in inside.items() if h.owner == owner]
        spelled = bytearray(max(own) + 1)
        for c in own:
            spelled[c] = 1
        yield View(bytes(spelled), tuple(sorted(f"c{c}" for c in own)), view.today)


def _class_alone(desk: Desk, view: View) -> Iterator[View]:
    """The view cut to one handling after the other: what an owner hides takes no place from what he shows."""
    for c in desk.house.classes(desk.tx, not desk.writing):
        if view.holds(c):
            yield View(bytes(c) + b"\x01", (f"c{c}",), view.today)


Cut = Callable[[Desk, View], Iterator[View]]


def _proposed(desk: Desk, question: Question, view: View) -> tuple[dict[str, Thing], bool]:
    """What numbers and names propose inside a view, by id, and whether more fit than are proposed."""
    keys = [key for _, key, _ in question.numbers]
    things, narrow = _by_number(desk, keys, view) if keys else ({}, False)
    things.update(_by_own_reference(desk, question, view))
    for parts in queries_of(question):
        named, more = _by_name(desk, NameQuery(parts.tokens, parts.where, parts.favour, parts.every), view)
        things.update(named)
        narrow = narrow or more
    where = where_of(question)
    return {id: t for id, t in things.items() if _fits(desk, t, where)}, narrow


def _scored(desk: Desk, question: Question, things: Mapping[str, Thing]) -> list[Found]:
    """Each compared once, best first."""
    keyed = bool(question.numbers)
    found = []
    for thing in things.values():
        features, asked = read(thing.kind, thing.body, keyed), question
        if shown := _own_reference(desk, question, thing):
            key = f"{REFERENCE}:{thing.ref}"
            asked = replace(question, numbers=((REFERENCE, key, shown), *question.numbers))
            features = replace(features, keys=features.keys | {key})
        found.append(Found(thing, compare(asked, features)))
    return sorted(found, key=lambda f: (-f.score.value, f.thing.id))


def _by_own_reference(desk: Desk, question: Question, view: View) -> dict[str, Thing]:
    """What one's own bureau keeps under a reference that was asked, of kinds that are found by numbers alone.

    References are unique for an owner only, and nobody else is shown them."""
    ids = [desk.ref_id(desk.asker.bureau, shown) for shown in _references(question)]
    found = desk.tx.things.get(ids, view) if ids else []
    return {t.id: t for t in found if desk.house.model[t.kind].numbered}


def _own_reference(desk: Desk, question: Question, thing: Thing) -> str:
    """The reference as it was asked, where the thing is one's own and kept under it; else empty."""
    mine = thing.handling.owner == desk.asker.bureau and desk.house.model[thing.kind].numbered
    return thing.ref if mine and thing.ref in _references(question) else ""


def _references(question: Question) -> list[str]:
    """What may be somebody's own reference: the whole question, and each number in it."""
    return [t for t in dict.fromkeys([question.text.strip(), *(n[2] for n in question.numbers)]) if t]


def _by_number(desk: Desk, keys: list[str], view: View) -> tuple[dict[str, Thing], bool]:
    """Things by exact keys, and whether one key had more than are read.

    A number may be many things at once (a document, an account, a plate): records that crowd one of its
    keys must not push out those of another.
    """
    found = desk.tx.things.find(keys, view, MOST_OF_A_KEY)
    if len(found) == MOST_OF_A_KEY:
        found = [pair for key in keys for pair in desk.tx.things.find([key], view, MOST_OF_A_KEY)]
    most = max(Counter(key for key, _ in found).values(), default=0)
    return {thing.id: thing for _, thing in found}, most == MOST_OF_A_KEY


def _by_name(desk: Desk, asked: NameQuery, view: View) -> tuple[dict[str, Thing], bool]:
    """The best things by name keys, and whether as good ones may have been left out.

    The index may lag a moment behind a withdrawal: what the store no longer shows is dropped and as many
    more are asked for, so that it takes no place from what the asker may see.
    """
    if desk.house.index_is_remade(desk.tx, settled=not desk.writing):
        raise Unavailable("The index of names is being made again.")
    limit = PROPOSED
    while True:
        try:
            proposal = desk.house.text.propose(asked, view, limit)
        except Corrupt:
            raise Unavailable("The index of names is being made again.") from None
        seen = {t.n: t for t in desk.tx.things.rows([c.n for c in proposal.candidates], view)}
        kept = [c for c in proposal.candidates if c.n in seen][:PROPOSED]
        if len(kept) == PROPOSED or len(proposal.candidates) < limit or limit >= MOST_PROPOSED:
            break
        limit *= 4
    full = len(kept) == PROPOSED
    equals = full and kept[0].points == kept[-1].points
    return {seen[c.n].id: seen[c.n] for c in kept}, full and (proposal.narrow or equals)


def _fits(desk: Desk, thing: Thing, where: Sequence[frozenset[str]]) -> bool:
    """The filters, for things found by an exact key: the text engine has applied them to the others."""
    kind = desk.house.model[thing.kind]
    if not (kind.searchable or kind.numbered):
        return False
    if not where:
        return True
    facts = facts_of(thing.kind, thing.body, kind.lineage)
    return all(facts & any_of for any_of in where)


def _is(desk: Desk, thing: Thing, wanted: Decision) -> bool:
    return decide(desk.asker, thing.handling) is wanted
