"""Classical leaks, each switched on by changing the product where it would be made. The two-world test must
find every one of them. Numbers are those of the leak list (docs/security.md, sharing.md section 4).

Here: what answers count, whom to contact, absence, ties. In mutants_rule.py: the rule, caches, engines. In
mutants_rooms.py: journal, export, directories. In mutants_channels.py: messages and all that comes with them.
In mutants_papers.py: the library of documents, alerts, what is lost. In mutants_series.py: series of images.
In mutants_biometrics.py: fingers and faces. In mutants_payments.py: intercepts, traces, banks' messages.
In mutants_trends.py: seizures and their figures, targets, companies' reports.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

from entente.core import access
from entente.core.access import Decision, Handling, Level, Status, View
from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.core.scoring import Score, log_odds, probability
from entente.desk import finding, sitting
from entente.desk.chance import Ids
from entente.desk.sitting import Desk
from entente.rooms.records import service as records
from entente.rooms.search import service as search
from entente.rooms.search.model import Said
from entente.web import problems

WITHIN = finding.within
Mutant = Callable[[], AbstractContextManager[Any]]
MUTANTS: dict[str, tuple[Mutant, str, str]] = {}
"""Name to (the mutant, the plan and the story that kill it soonest)."""


def mutant(
    name: str, plan: str = "chief", story: str = "records"
) -> Callable[[Callable[[], Iterator[Any]]], None]:
    """Register a generator that yields the patches of one leak."""

    def register(patches: Callable[[], Iterator[Any]]) -> None:
        @contextmanager
        def on() -> Iterator[None]:
            with ExitStack() as stack:
                for one in patches():
                    stack.enter_context(one)
                yield

        MUTANTS[name] = on, plan, story

    return register


def everything(desk: Desk) -> View:
    """A view of all there is, for text engines too."""
    classes = desk.tx.classes.table()
    return View(bytes([1]) * len(classes), tuple(f"c{c}" for c in classes), date(2000, 1, 1))


def matching(desk: Desk, question: Any) -> list[finding.Found]:
    found, _ = WITHIN(desk, question, everything(desk))
    return [f for f in found if f.score.value >= 0.35]


def saying(what: str, count: Callable[[Desk, Any], Any]) -> Any:
    """The answer to a search says one thing more."""
    real = search.shown

    def shown(desk: Desk, answered: Any) -> Any:
        answer = real(desk, answered)
        more = Said(what=what, value=str(count(desk, answered.question)))
        return answer.model_copy(update={"understood": [*answer.understood, more]})

    return patch.object(search, "shown", shown)


def ruling(change: Callable[[Any, Handling], tuple[Any, Handling]]) -> Any:
    """The rule decides about another asker or another handling."""
    real = access.explain
    return patch.object(access, "explain", lambda asker, handling: real(*change(asker, handling)))


# --- what an answer counts --------------------------------------------------------------------------


@mutant("L1 total of all matches")
def _() -> Iterator[Any]:
    yield saying("total", lambda desk, q: len(matching(desk, q)))


@mutant("L1 total of all records")
def _() -> Iterator[Any]:
    yield saying("of", lambda desk, q: len(desk.tx.upkeep.changes(0, 10_000, ("Person",))))


@mutant("L2 facets over hidden records")
def _() -> Iterator[Any]:
    yield saying(
        "facets", lambda desk, q: sorted(Counter(f.thing.handling.owner for f in matching(desk, q)).items())
    )


@mutant("L3 did you mean, from every name there is")
def _() -> Iterator[Any]:
    names = lambda desk, q: sorted({f.thing.first("name") for f in matching(desk, q)})  # noqa: E731
    yield saying("did-you-mean", names)


@mutant("L8 limit before filter", "crowd")
def _() -> Iterator[Any]:
    real = finding.within

    def within(desk: Desk, question: Any, view: View) -> Any:
        found, narrow = real(desk, question, everything(desk))
        return [f for f in found if view.holds(f.thing.class_id) and f.thing.expires > view.today], narrow

    yield patch.object(finding, "within", within)


@mutant("L1 narrow tells of hidden equals", "crowd")
def _() -> Iterator[Any]:
    real = finding.within

    def within(desk: Desk, question: Any, view: View) -> Any:
        return real(desk, question, view)[0], len(matching(desk, question)) > 20

    yield patch.object(finding, "within", within)


@mutant("L9 the score knows how common a name is")
def _() -> Iterator[Any]:
    real = finding.within

    def within(desk: Desk, question: Any, view: View) -> Any:
        found, narrow = real(desk, question, view)
        weight = 1 - 0.001 * len(real(desk, question, everything(desk))[0])
        return [replace(f, score=scaled(f.score, weight)) for f in found], narrow

    yield patch.object(finding, "within", within)


def scaled(score: Score, by: float) -> Score:
    odds = log_odds(score.value) * by
    return Score(probability(odds), tuple(replace(r, part=r.part * by) for r in score.reasons), score.name)


@mutant("L9 ties are broken by hidden rows")
def _() -> Iterator[Any]:
    real = finding.within

    def within(desk: Desk, question: Any, view: View) -> Any:
        found, narrow = real(desk, question, view)
        return sorted(found, key=lambda f: (-round(f.score.value, 1), -f.thing.n % 7)), narrow

    yield patch.object(finding, "within", within)


# --- contact ----------------------------------------------------------------------------------------


def contacting(order: Callable[[list[Any]], tuple[int, ...]]) -> Any:
    def contacts(desk: Desk, question: Any) -> tuple[int, ...]:
        view = desk.hinted
        found = finding.within(desk, question, view)[0] if any(view.classes) else []
        return order([f for f in found if f.score.value >= finding.CONTACT_FROM])

    return patch.object(finding, "contacts", contacts)


@mutant("L15 one contact row for each hidden record")
def _() -> Iterator[Any]:
    yield contacting(lambda found: tuple(sorted(f.thing.handling.owner for f in found)))


@mutant("L15 contacts in the order of hidden records", "one who contributes nothing")
def _() -> Iterator[Any]:
    yield contacting(
        lambda found: tuple(
            dict.fromkeys(f.thing.handling.owner for f in sorted(found, key=lambda f: f.thing.n))
        )
    )


@mutant("L16 a silent match shows in the answer")
def _() -> Iterator[Any]:
    def silent(desk: Desk, question: Any) -> int:
        return sum(access.notifies(desk.asker, f.thing.handling) for f in matching(desk, question))

    yield saying("silent", silent)


@mutant("L16 the notice waits with who asked too")
def _() -> Iterator[Any]:
    real = Desk.keep

    def keep(self: Desk, kind: str, raw: Any, handling: Handling, **how: Any) -> Any:
        if kind == "Hit" and "token" in raw:
            asker = int(raw["asker"])
            handling = replace(
                handling, see=handling.see | 1 << asker, need=frozenset(), level=Level.OFFICIAL
            )
            how["keys"] = (*how["keys"], f"outbox:{asker}")
        return real(self, kind, raw, handling, **how)

    yield patch.object(Desk, "keep", keep)


# --- absence ----------------------------------------------------------------------------------------


def looking(otherwise: Callable[[Desk, Any], Any]) -> Any:
    """`look` does something else with what exists and is hidden."""
    real = Desk.look

    def look(self: Desk, id: str) -> Any:
        try:
            return real(self, id)
        except Absent:
            hidden = self.tx.things.get([id], everything(self)) if sitting.is_id(id) else []
            if hidden and access.HOUSE_ONLY not in hidden[0].handling.need:
                return otherwise(self, hidden[0])
            raise

    return patch.object(Desk, "look", look)


def _refuse(_desk: Desk, _thing: Any) -> Any:
    raise NotAllowed("Not for you.")


@mutant("L4 forbidden is not absent")
def _() -> Iterator[Any]:
    yield looking(_refuse)


@mutant("L4 absent says why")
def _() -> Iterator[Any]:
    def hidden(_desk: Desk, thing: Any) -> Any:
        raise Absent(f"{thing.kind} is hidden")

    real = problems.body
    yield looking(hidden)
    yield patch.object(problems, "body", lambda p: real(p) + p.detail.encode())


@mutant("L4 absent has another header")
def _() -> Iterator[Any]:
    class Elsewhere(Absent):
        pass

    def hidden(_desk: Desk, _thing: Any) -> Any:
        raise Elsewhere

    real = problems.answer

    def answer(request: Any, problem: Any) -> Any:
        told = real(request, problem)
        told.headers["x-cache"] = "hit" if isinstance(problem, Elsewhere) else "miss"
        return told

    yield looking(hidden)
    yield patch.object(problems, "answer", answer)


@mutant("L22 old versions are shown as they once were handled")
def _() -> Iterator[Any]:
    def older(desk: Desk, thing: Any) -> Any:
        for old in desk.tx.ties._state.before.get(thing.id, ()):  # type: ignore[attr-defined]
            if access.decide(desk.asker, old.handling) is Decision.FULL:
                return old
        raise Absent

    yield looking(older)


@mutant("L5 references are unique for all")
def _() -> Iterator[Any]:
    real = records.contribute

    def contribute(desk: Desk, draft: Any) -> Any:
        taken = {c.thing.ref for c in desk.tx.upkeep.changes(0, 10_000) if c.thing}
        if draft.ref and draft.ref in taken:
            raise Faulty(faults=(Fault("ref", "Taken", ""),))
        return real(desk, draft)

    yield patch.object(records, "contribute", contribute)


@mutant("L5 numbers are unique for all")
def _() -> Iterator[Any]:
    real = records.contribute

    def contribute(desk: Desk, draft: Any) -> Any:
        numbers = [f"doc:{n}" for n in draft.properties.get("passportNumber", ())]
        several = desk.tx.things.find(numbers, everything(desk)) if numbers else []
        if any(t.handling.status is Status.DRAFT for _, t in several):
            raise Faulty(faults=(Fault("passportNumber", "Taken", ""),))
        return real(desk, draft)

    yield patch.object(records, "contribute", contribute)


@mutant("L6 ids are counted")
def _() -> Iterator[Any]:
    drawn: Counter[int] = Counter()

    def fresh(self: Ids) -> str:
        drawn[id(self)] += 1
        return f"{drawn[id(self)]:032x}"

    yield patch.object(Ids, "fresh", fresh)


@mutant("L6 places are shown")
def _() -> Iterator[Any]:
    real = records.shown
    yield patch.object(records, "shown", lambda d, t: real(d, t).model_copy(update={"advice": f"{t.place}"}))


@mutant("L7 the cursor is a place in all there is")
def _() -> Iterator[Any]:
    real = records.list_mine

    def list_mine(desk: Desk, kind: str = "", after: str = "", limit: int = 50, *rest: Any) -> Any:
        if not after:
            return real(desk, kind, "", limit, *rest)
        every = desk.tx.things.listing(everything(desk), (), "", 0, 10_000)
        start = next((p for p, t in every if t.id == after), 0)
        kinds = [kind] if kind else desk.house.model.contributable
        desk.note("see", what="own records")
        return [t for _, t in desk.table(kinds, after=start, limit=limit)]

    yield patch.object(records, "list_mine", list_mine)


# --- ties -------------------------------------------------------------------------------------------


@mutant("L11 a tie to a hidden record shows as restricted", "officer")
def _() -> Iterator[Any]:
    real = records.ties

    def ties(desk: Desk, thing: Any) -> Any:
        ends = [v for _, t in desk.links(thing.id) for vs in t.body.values() for v in vs if sitting.is_id(v)]
        hidden = desk.tx.things.get(list(dict.fromkeys(ends)), everything(desk))
        more = [t for t in hidden if access.decide(desk.asker, t.handling) is not Decision.FULL]
        return [*real(desk, thing), *[records.Tie("restricted", True, None, thing) for _ in more]]

    yield patch.object(records, "ties", ties)


@mutant("L12 a hidden tie between seen records shows")
def _() -> Iterator[Any]:
    yield patch.object(
        Desk, "links", lambda self, id, limit=200: self.tx.ties.links(id, everything(self), limit)
    )


@mutant("L13 a record says how many ties it has")
def _() -> Iterator[Any]:
    real = records.shown

    def shown(desk: Desk, thing: Any) -> Any:
        degree = len(desk.tx.ties.links(thing.id, everything(desk)))
        return real(desk, thing).model_copy(update={"advice": f"{degree} ties"})

    yield patch.object(records, "shown", shown)


@mutant("L27 the other end is shown whoever may see it", "chief, otherwise")
def _() -> Iterator[Any]:
    def look_all(self: Desk, ids: Any) -> Any:
        asked = [i for i in ids if sitting.is_id(i)]
        return {t.id: t for t in self.tx.things.get(asked, everything(self))}

    yield patch.object(Desk, "look_all", look_all)
