"""Finding: engines propose inside the asker's view, our code scores, the rule decides again.

What comes out depends on the question and on what the asker may see, on nothing else: the filter is
inside every query, scores are record-local, ties are broken by the record's id.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from entente.core.access import Decision, View, decide
from entente.core.problems import Unavailable
from entente.core.scoring import Score
from entente.core.things import Thing
from entente.desk.sitting import Desk
from entente.engines.seams import NameQuery, Proposal
from entente.engines.text import Corrupt
from entente.match.question import Question
from entente.match.records import compare, facts_of, queries_of, read, where_of

PROPOSED = 75
"""Candidates scored per question (specs/search.md: recall is measured at 75)."""
SHOWN_FROM = 0.35
"""A candidate below this score is not worth an officer's look."""
CONTACT_FROM = 0.7
"""From here on a hint-only record makes its owner's contact row: a weak resemblance tells nobody anything."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing the asker may see, how near it is, and why."""

    thing: Thing
    score: Score


@dataclass(frozen=True, slots=True)
class Findings:
    """`found`, best first; `owners`, numbers of the bureaus to contact, in order; `narrow`: too many fit."""

    found: tuple[Found, ...]
    owners: tuple[int, ...]
    narrow: bool


def find(desk: Desk, question: Question, limit: int = 20) -> Findings:
    """Search every bureau's records for what the asker may see, and whom he may contact."""
    found, narrow = within(desk, question, desk.view)
    shown = [f for f in found if f.score.value >= SHOWN_FROM and _is(desk, f.thing, Decision.FULL)]
    cut = len(shown) > limit and shown[limit - 1].score.value == shown[limit].score.value
    return Findings(tuple(shown[:limit]), contacts(desk, question), narrow or cut)


def contacts(desk: Desk, question: Question) -> tuple[int, ...]:
    """Bureaus whose hint-only records match well: a set, so that neither count nor score is told."""
    view = desk.hinted
    if not any(view.classes):
        return ()
    found, _ = within(desk, question, view)
    near = (f.thing for f in found if f.score.value >= CONTACT_FROM)
    return tuple(sorted({t.handling.owner for t in near if _is(desk, t, Decision.CONTACT)}))


def within(desk: Desk, question: Question, view: View) -> tuple[list[Found], bool]:
    """Everything near the question inside a view, best first, and whether more fit than were ranked."""
    things: dict[str, Thing] = {}
    keys = [key for _, key, _ in question.numbers]
    for _, thing in desk.tx.things.find(keys, view) if keys else ():
        things[thing.id] = thing
    proposed: set[int] = set()
    narrow = False
    for parts in queries_of(question):
        asked = NameQuery(parts.tokens, parts.where, parts.favour, parts.every)
        try:
            proposal = desk.house.text.propose(asked, view, PROPOSED)
        except Corrupt:
            raise Unavailable("The index of names is being made again.") from None
        narrow = narrow or proposal.narrow or _crowded(proposal)
        proposed.update(c.n for c in proposal.candidates)
    for thing in desk.tx.things.rows(sorted(proposed), view) if proposed else ():
        things[thing.id] = thing
    where = where_of(question)
    wanted = [t for t in things.values() if _fits(desk, t, where)]
    found = [Found(t, compare(question, read(t.kind, t.body, bool(keys)))) for t in wanted]
    found.sort(key=lambda f: (-f.score.value, f.thing.id))
    return found, narrow


def _crowded(proposal: Proposal) -> bool:
    """Whether all that were proposed are equally good, so that as good ones may have been left out."""
    points = [c.points for c in proposal.candidates]
    return len(points) == PROPOSED and points[0] == points[-1]


def _fits(desk: Desk, thing: Thing, where: Sequence[frozenset[str]]) -> bool:
    """The filters, for things found by an exact key: the text engine has applied them to the others."""
    kind = desk.house.model[thing.kind]
    if not kind.searchable:
        return False
    if not where:
        return True
    facts = facts_of(thing.kind, thing.body, kind.lineage)
    return all(facts & any_of for any_of in where)


def _is(desk: Desk, thing: Thing, wanted: Decision) -> bool:
    return decide(desk.asker, thing.handling) is wanted
