"""One box: a question in, candidates with reasons and owners to contact out, in the journal."""

from dataclasses import dataclass, replace

from entente.core.kinds import TYPES
from entente.core.problems import Fault, Faulty
from entente.desk import Desk, Findings, find
from entente.desk.watching import asker_details, contact_token
from entente.match.dates import MOST_YEARS, span_of
from entente.match.evidence import changes
from entente.match.question import Question, understand
from entente.match.records import read
from entente.rooms.bureaus import Bureau, directory
from entente.rooms.search import model


@dataclass(frozen=True, slots=True)
class Answered:
    """A search done: its journal id, the question as understood, and what was found."""

    id: str
    question: Question
    findings: Findings


def search(desk: Desk, asked: model.Search) -> Answered:
    """Search. Raises Faulty naming every fault of the text and the filters."""
    return answer(desk, question_of(desk, asked), asked.limit)


def answer(desk: Desk, question: Question, limit: int) -> Answered:
    """Answer a question that is read already: one search in the journal."""
    findings = find(desk, question, limit)
    id = desk.note(
        "search",
        question=spelled(question),
        asker=asker_details(desk.asker),
        shown=[f.thing.id for f in findings.found],
        owners=list(findings.owners),
    )
    return Answered(id, question, findings)


def spelled(question: Question) -> dict[str, object]:
    """A question as the journal keeps it."""
    return {name: getattr(question, name) for name in Question.__slots__}  # `asdict` copies deeply


def question_of(desk: Desk, asked: model.Asked) -> Question:
    """What is asked: the text understood, narrowed by the filters."""
    faults: list[Fault] = []
    try:
        question = understand(asked.text, desk.today)
    except ValueError as error:
        raise Faulty(faults=(Fault("text", str(error), "Ask for a name, a number or a date."),)) from None
    person = desk.house.model["Person"]
    clean: dict[str, str] = {}
    for field, prop in (("born", "birthDate"), ("nationality", "nationality"), ("sex", "gender")):
        value = getattr(asked, field).strip()
        if value:
            try:
                clean[field] = TYPES[person.properties[prop].type].clean(value)
            except ValueError as error:
                faults.append(Fault(field, f"“{value}” {error}", TYPES[person.properties[prop].type].do))
    born = span_of(clean.get("born", ""))
    if born and born.last - born.first >= MOST_YEARS:
        what = f"“{asked.born.strip()}” spans more than {MOST_YEARS} years"
        faults.append(Fault("born", what, "Ask for fewer years, or leave it out."))
    kinds = desk.house.model
    known = asked.kind in kinds.findable or (asked.kind in kinds and not kinds[asked.kind].house)
    if asked.kind and not known:
        faults.append(Fault("kind", f"“{asked.kind}” is not a kind of record", "See /api/v1/kinds."))
    if faults:
        raise Faulty(faults=tuple(faults))
    return _narrowed(question, asked.kind, clean)


def _narrowed(question: Question, kind: str, said: dict[str, str]) -> Question:
    """With filters: they must hold where a record says anything, and they count in the score.

    A record that does not say (no date of birth, say) stays in: what is unknown does not contradict.
    """
    facts: list[str] = []
    if born := said.get("born"):
        span = span_of(born)
        facts += [f"born:{year}" for year in span.years] if span else []
        facts.append("born:?")
    for field, sort in (("nationality", "nat"), ("sex", "sex")):
        if value := said.get(field):
            facts += [f"{sort}:{value}", f"{sort}:?"]
    return replace(
        question,
        kinds=(kind,) if kind else (),
        filters=tuple(facts),
        birth=(*question.birth, *filter(None, [said.get("born")])),
        nationality=(*question.nationality, *filter(None, [said.get("nationality")])),
        sex=(*question.sex, *filter(None, [said.get("sex")])),
    )


def shown(desk: Desk, answered: Answered) -> model.Answer:
    """The answer as the asker gets it."""
    bureaus = directory(desk)
    kinds = desk.house.model
    candidates = []
    for f in answered.findings.found:
        kind = kinds[f.thing.kind]
        owner = bureaus.get(f.thing.handling.owner)
        candidates.append(
            model.Candidate(
                id=f.thing.id,
                kind=f.thing.kind,
                caption=kinds.caption(f.thing.kind, f.thing.body),
                owner=owner.code if owner else "",
                featured={
                    p: list(f.thing.body[p][:5])
                    for p in kind.featured
                    if p in f.thing.body and p not in kind.entities
                },
                grade=f.thing.grade,
                expires=f.thing.expires.isoformat(),
                score=round(f.score.value, 4),
                same_name=round(f.score.name, 4) if answered.question.names else None,
                reasons=[
                    model.Why(rule=r.rule, asked=r.asked, found=r.found, part=round(r.part, 4))
                    for r in f.score.reasons
                ],
                changes=[
                    model.WhatIf(rule=c.rule, found=c.found, score=round(c.value, 4))
                    for c in changes(f.score, answered.question, read(f.thing.kind, f.thing.body))
                ],
            )
        )
    contacts = [
        contact(bureaus[n], contact_token(desk, desk.asker, n, desk.today))
        for n in answered.findings.owners
        if n in bureaus
    ]
    return model.Answer(
        search=answered.id,
        understood=[model.Said(what=w, value=v) for w, v in answered.question.said],
        candidates=candidates,
        contacts=contacts,
        narrow=answered.findings.narrow,
    )


def contact(bureau: Bureau, token: str) -> model.Contact:
    """Whom to ask, quoting the token."""
    return model.Contact(
        bureau=bureau.code,
        label=bureau.label,
        desk=bureau.desk,
        phone=bureau.phone,
        email=bureau.email,
        token=token,
    )
