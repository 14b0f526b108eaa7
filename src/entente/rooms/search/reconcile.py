"""Reconciliation: rows of somebody's list held against every record the asker may see, through the tools
that speak the W3C's Reconciliation Service API (OpenRefine and others).

Each row is one search in the journal. What a row says is weighed as evidence and never a filter: a wrong
cell must not hide a record. No candidate is ever said to be a match: a person decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from entente.core.kinds import TYPES, Kind, Model, model
from entente.core.kinds.kind import Property
from entente.core.problems import Absent, Fault, Faulty, Problem
from entente.core.scoring import Score
from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.watching import asker_details
from entente.match.dates import MOST_YEARS, span_of
from entente.match.numbers import keys_of
from entente.match.question import MOST_NAMES, MOST_NUMBERS, Question, understand
from entente.match.records import NAMES, PARTS, names_in
from entente.rooms.records import open_record
from entente.rooms.search import reconcile_model as told
from entente.rooms.search import service
from entente.rooms.search.model import Said
from entente.web.problems import of_faults, unexpected

MOST_SUGGESTED = 20
MOST_FACTS = 8
"""Dates of birth of one query, and nationalities: each is compared with each of every record."""
_FACTS: Mapping[str, str] = {
    "birthDate": "birth",
    "nationality": "nationality",
    "citizenship": "nationality",
    "country": "nationality",
    "jurisdiction": "nationality",
    "gender": "sex",
}
"""Property to the field of a question that takes it; names and numbers are known by their kinds."""
_FIELDS: Mapping[str, str] = {**_FACTS, "born": "birth"}
"""The same of what the text of a query says."""


T = TypeVar("T")


def read(shape: TypeAdapter[T], text: str, where: str) -> T:
    """JSON that came inside a form. Raises Unreadable and Faulty, every fault with its place."""
    try:
        return shape.validate_json(text)
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False, include_input=False)
        raise of_faults([{**error, "loc": ("body", where, *error["loc"])} for error in errors]) from None


# --- questions -----------------------------------------------------------------------------------


def answer_all(desk: Desk, batch: Mapping[str, told.Query]) -> dict[str, told.Result]:
    """Every query answered, each a search of its own. Raises Faulty naming every fault of the batch.

    A query that fails as nobody foresaw is told so, without candidates; the others are answered.
    """
    questions, faults = dict[str, Question | Problem](), list[Fault]()
    for name, asked in batch.items():
        try:
            questions[name] = question_of(desk.house.model, asked)
        except Faulty as problem:
            faults += [replace(f, where=f"/queries/{name}/{f.where}") for f in problem.faults]
        except Exception as error:
            questions[name] = unexpected(error)
    if faults:
        raise Faulty(faults=tuple(faults))
    if not questions:
        desk.note("see", what="reconciliation")
    return {name: _answered(desk, question, batch[name]) for name, question in questions.items()}


def _answered(desk: Desk, question: Question | Problem, asked: told.Query) -> told.Result:
    if isinstance(question, Problem):
        return _unanswered(desk, Question(asked.query), question)
    try:
        return result_of(desk, question, asked.limit)
    except Problem:
        raise
    except Exception as error:
        return _unanswered(desk, question, unexpected(error))


def _unanswered(desk: Desk, question: Question, problem: Problem) -> told.Result:
    """It was asked, so that it stands in the journal like any other."""
    who = asker_details(desk.asker)
    id = desk.note("search", question=service.spelled(question), asker=who, shown=[], owners=[])
    failed = Said(what="not-answered", value=problem.detail)
    return told.Result(result=[], search=id, understood=[failed], contacts=[], narrow=False)


def match_all(desk: Desk, asked: told.Match) -> told.Matched:
    """The same in the words of the draft after 0.2. Raises Faulty, also for `none`: to leave such a condition
    out, or to read it as `any`, would answer another question."""
    negated = [
        Fault(
            f"/queries/{n}/conditions/{m}/matchQuantifier",
            "what is not so cannot be asked here",
            "Leave `none` out.",
        )
        for n, one in enumerate(asked.queries)
        for m, condition in enumerate(one.conditions)
        if condition.matchQuantifier == "none"
    ]
    if negated:
        raise Faulty(faults=tuple(negated))
    batch = {str(place): _query_of(one) for place, one in enumerate(asked.queries)}
    return told.Matched(
        results=[
            told.Candidates(candidates=r.result, **{k: v for k, v in r if k != "result"})
            for r in answer_all(desk, batch).values()
        ]
    )


def _query_of(asked: told.Conditions) -> told.Query:
    names = [v for c in asked.conditions if c.matchType == "name" for v in _cells(c.propertyValue)]
    rest = [c for c in asked.conditions if c.matchType == "property"]
    return told.Query(
        query="\n".join(names)[:2000],
        type=asked.type,
        limit=asked.limit,
        properties=[told.Property(pid=c.propertyId, v=c.propertyValue) for c in rest],
    )


def question_of(known: Model, asked: told.Query) -> Question:
    """A query as a question. Raises Faulty for a type or a property that is none.

    A cell that cannot be read is told (`not-understood`) and left out, as in the one box: one bad cell must
    not stop a batch of fifty rows.
    """
    kinds, faults = _kinds(known, asked)
    compared_, body, said = compared(), dict[str, tuple[str, ...]](), list[tuple[str, str]]()
    for place, given in enumerate(asked.properties):
        if given.pid not in compared_:
            what = f"“{given.pid}” is not compared"
            faults.append(Fault(f"properties/{place}/pid", what, "See suggest/property."))
            continue
        for cell in filter(None, map(str.strip, _cells(given.v))):
            try:
                clean = _clean(compared_[given.pid], cell)
                body[given.pid] = (*body.get(given.pid, ()), clean)
                said.append((given.pid, clean))
            except ValueError:
                said.append(("not-understood", f"{given.pid} {cell[:80]}"))
    if faults:
        raise Faulty(faults=tuple(faults))
    return _with_evidence(replace(understand(asked.query), kinds=kinds), body, said)


def _clean(property: Property, cell: str) -> str:
    """Raises ValueError for what cannot be read, and for more years than count."""
    clean = TYPES[property.type].clean(cell)
    span = span_of(clean) if _FACTS.get(property.name) == "birth" else None
    if span and span.last - span.first >= MOST_YEARS:
        raise ValueError(f"spans more than {MOST_YEARS} years")
    return clean


def _with_evidence(
    question: Question, body: Mapping[str, tuple[str, ...]], said: list[tuple[str, str]]
) -> Question:
    """With what the cells say. What is beyond the limits is told like what cannot be read."""
    facts: dict[str, tuple[str, ...]] = {"birth": (), "nationality": (), "sex": ()}
    for pid, values in body.items():
        if field := _FACTS.get(pid):
            facts[field] += values
    facts = {field: _once(getattr(question, field), more) for field, more in facts.items()}
    over = {(field, value) for field, values in facts.items() for value in values[MOST_FACTS:]}
    numbers = _once(question.numbers, _numbers(body))[:MOST_NUMBERS]
    names = _once(question.names, (text for _, text in names_in(body)))[:MOST_NAMES]
    monikers = _once(question.monikers, body.get("moniker", ()))[:MOST_NAMES]
    said = [
        ("not-understood", f"{what} {value}") if (_FIELDS.get(what), value) in over else (what, value)
        for what, value in _once(question.said, said)
    ]
    return replace(
        question,
        text="\n".join([question.text, *(f"{pid} {value}" for pid, value in said if pid in body)]).strip(),
        names=names,
        monikers=monikers,
        numbers=numbers,
        said=_once(said, ()),
        **{field: values[:MOST_FACTS] for field, values in facts.items()},
    )


def _once(some: Iterable[T], more: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys([*some, *more]))


def _numbers(body: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """(scheme, look-up key, as written), as each kind that has the property reads it: a `number` may be a
    passport's or a telephone's."""
    return [
        (key.partition(":")[0], key, value)
        for pid, values in body.items()
        for kind in _records()
        if (property := kind.properties.get(pid)) and property.key
        for value in values
        for key in keys_of(kind.name, {pid: (value,)})
    ]


def _cells(value: told.Value | list[told.Value]) -> list[str]:
    return [
        (one.name or one.id) if isinstance(one, told.Named) else str(one)
        for one in (value if isinstance(value, list) else [value])
    ]


def _kinds(known: Model, asked: told.Query) -> tuple[tuple[str, ...], list[Fault]]:
    types = list(filter(None, [asked.type] if isinstance(asked.type, str) else asked.type))
    wrong = [t for t in types if t not in known or known[t].house]
    if wrong:
        return (), [Fault("type", f"“{t}” is not a kind of record", "See suggest/type.") for t in wrong]
    if (
        asked.type_strict != "all" or not types
    ):  # OpenRefine says "should" of every type that its user has chosen
        return tuple(types), []
    every = tuple(k.name for k in _records() if all(k.is_a(t) for t in types))
    return every or ("",), []  # of no kind at all: nothing is found


# --- answers -------------------------------------------------------------------------------------


def result_of(desk: Desk, question: Question, limit: int) -> told.Result:
    """One search, as these tools read it."""
    answered = service.answer(desk, question, limit)
    shown = service.shown(desk, answered)
    scores = [found.score for found in answered.findings.found]
    return told.Result(
        result=[
            told.Reconciled(
                id=one.id,
                name=one.caption,
                description=" · ".join(
                    [one.owner, *(vs[0] for p, vs in one.featured.items() if p != "name")]
                ),
                type=_types(desk.house.model[one.kind]),
                score=round(100 * score.value, 2),
                features=_features(score, bool(question.names)),
            )
            for one, score in zip(shown.candidates, scores, strict=True)
        ],
        search=shown.search,
        understood=shown.understood,
        contacts=shown.contacts,
        narrow=shown.narrow,
    )


def _features(score: Score, named: bool) -> list[told.Feature]:
    """`same-name` only where a name was asked."""
    person = told.Feature(id="same-person", value=round(score.value, 4))
    return [told.Feature(id="same-name", value=round(score.name, 4)), person] if named else [person]


def _types(kind: Kind) -> list[told.Type]:
    known = model()
    return [told.Type(id=name, name=known[name].label) for name in kind.lineage if name != "Thing"]


def suggest(desk: Desk, prefix: str, cursor: int) -> told.Suggestions:
    """Records for what was typed by hand, from the place `cursor` on: a search like any other."""
    found = result_of(desk, understand(prefix), cursor + MOST_SUGGESTED).result[cursor:]
    return told.Suggestions(
        result=[
            told.Suggested(id=c.id, name=c.name, description=c.description, notable=c.type) for c in found
        ]
    )


# --- records -------------------------------------------------------------------------------------


def extend(desk: Desk, asked: told.Extend) -> told.Extension:
    """Values of records by their ids; each that is opened stands in the journal. Raises Faulty."""
    known = fetched()
    faults = [
        Fault(f"/extend/properties/{place}/id", f"“{w.id}” cannot be fetched", "See extend/propose.")
        for place, w in enumerate(asked.properties)
        if w.id not in known
    ]
    if faults:
        raise Faulty(faults=tuple(faults))
    desk.note("see", what="reconciliation")
    rows = {}
    for id in asked.ids:
        record = _opened(desk, id)
        values = {w.id: record.body.get(w.id, ()) if record else () for w in asked.properties}
        rows[id] = {pid: [told.Told(str=v) for v in vs] for pid, vs in values.items()}
    return told.Extension(
        meta=[told.Type(id=w.id, name=known[w.id].label) for w in asked.properties], rows=rows
    )


def _opened(desk: Desk, id: str) -> Thing | None:
    try:
        return open_record(desk, id)
    except Absent:
        return None


# --- what can be asked ---------------------------------------------------------------------------


def default_types() -> list[told.Type]:
    """What lists are most often of."""
    return [told.Type(id=name, name=model()[name].label) for name in ("Person", "Company", "Vehicle")]


def types(prefix: str, cursor: int) -> told.Suggestions:
    """Kinds that begin so, by their name or a word of their label."""
    return _beginning(prefix, cursor, _records())


def properties(prefix: str, cursor: int) -> told.Suggestions:
    """Properties that are compared and begin so."""
    return _beginning(prefix, cursor, compared().values())


def proposed(type_: str, limit: int) -> told.Proposed:
    """Properties of a kind that can be fetched. Raises Faulty for what is no kind."""
    known = model()
    if type_ and (type_ not in known or known[type_].house):
        what = f"“{type_}” is not a kind of record"
        raise Faulty(faults=(Fault("query/type", what, "See suggest/type."),))
    of = [p for p in fetched().values() if not type_ or p.name in known[type_].properties]
    return told.Proposed(
        type=type_, limit=limit, properties=[told.Type(id=p.name, name=p.label) for p in of[:limit]]
    )


def _beginning(prefix: str, cursor: int, of: Iterable[Kind | Property]) -> told.Suggestions:
    asked = prefix.strip().casefold()
    found = [
        told.Suggested(id=one.name, name=one.label)
        for one in of
        if any(w.casefold().startswith(asked) for w in (one.name, one.label, *one.label.split()))
    ]
    return told.Suggestions(result=found[cursor : cursor + MOST_SUGGESTED])


@lru_cache
def _records() -> tuple[Kind, ...]:
    """Kinds whose records are found by a search."""
    return tuple(k for k in (model()[name] for name in model().contributable) if k.searchable)


@lru_cache
def compared() -> Mapping[str, Property]:
    """Properties that count in a score, by name: names and their parts, numbers, facts of a person."""
    return {
        p.name: p
        for kind in _records()
        for p in kind.properties.values()
        if p.key or p.name in NAMES or p.name in PARTS or p.name in _FACTS
    }


@lru_cache
def fetched() -> Mapping[str, Property]:
    """Properties that can be fetched, by name: all that name no other thing."""
    return {p.name: p for kind in _records() for p in kind.properties.values() if p.type != "entity"}
