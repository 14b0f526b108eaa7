"""A case as it is told to who may see it: what is written, and what follows from it today.

Names of officers are for their own bureau, and the list of readers for the case's own; a link to a record is
told to those who see that record.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from entente.desk import Desk
from entente.match import proof
from entente.rooms.bureaus import PRIVATE, directory
from entente.rooms.reports.cases import keeping, steps
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases import shown_model as out
from entente.rooms.reports.cases.case import Case, Proceeding
from entente.rooms.reports.cases.history import Event
from entente.rooms.reports.cases.proving import SOURCE_GONE, Judged, object_, subject
from entente.rooms.reports.model import LEAST, MOST
from entente.web.language import N_, _

F = TypeVar("F", m.PartyForm, m.EvidenceForm)

SENTENCES: Mapping[str, str] = {
    **proof.SENTENCES,
    SOURCE_GONE: N_("A source of the case is gone, or is not for its bureau any more."),
}
"""What is said of a level, an item of the checklist or an admission, by its code."""


def whole(desk: Desk, case: Case) -> out.CaseOut:
    """All of a case, as the asker may see it."""
    found = keeping.judge(desk, case)
    named = {n: one.code for n, one in directory(desk).items()}
    mine = case.owner == desk.asker.bureau
    seen = desk.look_all(case.links())
    decided = _decisions(case)
    names = _names(desk, case)
    lacking = steps.lacking(case) if mine else []
    return out.CaseOut(
        id=case.id,
        version=case.thing.version,
        reference=case.reference,
        owner=named.get(case.owner, ""),
        state=case.state,
        case=case.form if mine else case.form.model_copy(update={"see": []}),
        parties=[
            out.PartyOut(number=n, party=_unlinked(one, seen)) for n, one in sorted(case.parties.items())
        ],
        claims=[
            _claim(case, n, one, found, decided.get(n, ("", ""))) for n, one in sorted(case.claims.items())
        ],
        evidence=[
            out.EvidenceOut(
                number=n,
                evidence=_unlinked(one.form, seen),
                file=out.FileOut(
                    sha256=one.file.digest,
                    size=one.file.size,
                    media=one.file.media,
                    pages=one.file.pages,
                    text=one.file.text,
                )
                if one.file
                else None,
            )
            for n, one in sorted(case.evidence.items())
        ],
        proceedings=[
            _proceeding(desk, case, n, one, named, names) for n, one in sorted(case.proceedings.items())
        ],
        checklist=[_item(case, item, named, names) for item in found.palermo.items],
        group_proven=found.palermo.ocg_proven,
        transnational=found.palermo.transnational,
        admitted=found.admission.admitted,
        reasons=[said(one.because, one.where) for one in found.admission.reasons],
        reviewers=[named.get(n, "") for n in case.reviewers],
        objections=[
            out.ObjectionOut(
                number=n,
                state=one.state,
                bureau=named.get(one.bureau, ""),
                at=one.at,
                claim=one.claim,
                text=one.text,
                answer=one.answer,
                answered_at=one.answered_at,
                closed_at=one.closed_at,
                may_withdraw=steps.may_take_back(desk, one),
            )
            for n, one in sorted(case.objections.items())
        ],
        events=[_event(one, named, names) for one in case.events],
        steps=steps.allowed(desk, case),
        lacking=[out.Why(code="lacking", text=fault.what, where=fault.where) for fault in lacking],
        may_edit=mine and case.state != "withdrawn",
        may_review=steps.may_review(desk, case) and directory(desk)[desk.asker.bureau].sort != PRIVATE,
        may_object=steps.may_object(desk, case),
    )


def row(case: Case, found: Judged, owner: str) -> out.CaseRow:
    """A case in a list."""
    stated = case.stated()
    return out.CaseRow(
        id=case.id,
        version=case.thing.version,
        reference=case.reference,
        owner=owner,
        title=case.form.title,
        chapter=case.form.chapter,
        state=case.state,
        countries=case.form.countries,
        changed=case.thing.changed.isoformat(timespec="seconds"),
        claims=len(case.claims),
        levels=dict(sorted(Counter(found.levels[n].code for n in stated).items())),
        admitted=found.admission.admitted,
        reasons=[one.code for one in found.admission.reasons],
    )


def board(
    desk: Desk, which: str, chapter: str = "", state: str = "", after: int = 0, limit: int = 50
) -> out.Board:
    """Cases that the asker may see; counts are over all of them. `after`: rows to pass over."""
    desk.note("see", what="case studies")
    named = {n: one.code for n, one in directory(desk).items()}
    cases = keeping.every(desk)
    judged = {case.id: keeping.judge(desk, case) for case in cases}
    admitted = [case for case in cases if judged[case.id].admission.admitted]
    listed = [
        case
        for case in cases
        if _listed(desk, case, judged[case.id], which)
        and (not chapter or case.form.chapter == chapter)
        and (not state or case.state == state)
    ]
    page = listed[after : after + limit]
    return out.Board(
        admitted=len(admitted),
        least=LEAST,
        most=MOST,
        chapters=dict(sorted(Counter(case.form.chapter for case in admitted).items())),
        cases=[row(case, judged[case.id], named.get(case.owner, "")) for case in page],
        total=len(listed),
        after=after + limit if after + limit < len(listed) else 0,
        whole=len(cases) < keeping.MOST_CASES,
    )


def _listed(desk: Desk, case: Case, found: Judged, which: str) -> bool:
    if which == "mine":
        return case.owner == desk.asker.bureau
    if which == "review":
        return steps.may_review(desk, case)
    return found.admission.admitted if which == "admitted" else True


def said(because: proof.Because, where: str = "") -> out.Why:
    """A reason in the reader's language, with its code."""
    return out.Why(code=because.code, text=_(SENTENCES[because.code], **because.facts), where=where)


def every(reasons: Iterable[proof.Because]) -> list[out.Why]:
    return [said(one) for one in reasons]


def proof_of(level: proof.Level) -> out.Proof:
    """How far a claim is proven, with the reasons."""
    return out.Proof(
        level=level.code,
        proven=level.proven,
        standard=level.standard,
        why=every(level.why),
        evidence=[int(one[1:]) for one in level.rests_on],
        proceedings=list(level.proceedings),
        flags=list(level.flags),
    )


def _claim(case: Case, n: int, claim: m.ClaimForm, found: Judged, decided: tuple[str, str]) -> out.ClaimOut:
    return out.ClaimOut(
        number=n,
        claim=claim,
        subject=subject(case, claim),
        object=object_(case, claim),
        draft=not claim.evidence,
        proof=proof_of(found.levels[n]),
        against=list(found.against.get(n, ())),
        decision=decided[0],
        decision_text=decided[1],
    )


def _decisions(case: Case) -> dict[int, tuple[str, str]]:
    """What the review that holds says of each claim."""
    review = case.standing.review
    said = review.facts.get("decisions", []) if review else []
    return {one["claim"]: (one["decision"], one["text"]) for one in said}


def _unlinked(form: F, seen: Mapping[str, object]) -> F:
    return form if not form.link or form.link in seen else form.model_copy(update={"link": ""})


def _proceeding(
    desk: Desk, case: Case, n: int, one: Proceeding, named: Mapping[int, str], names: Mapping[str, str]
) -> out.ProceedingOut:
    form = one.form
    passed = bool(form.appeal_deadline) and form.appeal_deadline < desk.today.isoformat()
    return out.ProceedingOut(
        number=n,
        proceeding=form,
        final_on=one.final_on,
        final_why=one.final_why,
        confirmed_at=one.confirmed_at,
        confirmed_by=_who(case, one.confirmed_by, named, names),
        overdue=passed and not form.appeal_filed and not one.final_on,
    )


def _item(case: Case, counts: proof.Item, named: Mapping[int, str], names: Mapping[str, str]) -> out.ItemOut:
    one = case.checks.get(counts.item)
    form = one.form if one else m.CheckForm(answer="unknown")
    return out.ItemOut(
        item=counts.item,
        text=_(proof.ITEMS[counts.item]),
        answer=form.answer,
        evidence=form.evidence,
        persons=form.persons,
        note=form.note,
        by=_who(case, one.officer, named, names) if one else "",
        at=one.at if one else "",
        state=counts.state,
        proven=counts.proven,
        why=every(counts.why),
    )


def _event(event: Event, named: Mapping[int, str], names: Mapping[str, str]) -> out.EventOut:
    return out.EventOut(
        number=event.number,
        at=event.at,
        did=event.did,
        bureau=named.get(event.bureau, ""),
        officer=names.get(event.officer, ""),
        why=event.why,
        parts=list(event.facts.get("parts", [])),
        claims=list(event.facts.get("claims", [])),
    )


def _who(case: Case, officer: str, named: Mapping[int, str], names: Mapping[str, str]) -> str:
    """An officer by name for his own bureau, by his bureau's code for others."""
    return names.get(officer) or named.get(case.owner, "") if officer else ""


def _names(desk: Desk, case: Case) -> dict[str, str]:
    """Names of the officers of the asker's own bureau that the case tells of."""
    told = {event.officer for event in case.events if event.bureau == desk.asker.bureau and event.officer}
    if case.owner == desk.asker.bureau:
        told |= {one.officer for one in case.checks.values()}
        told |= {one.confirmed_by for one in case.proceedings.values() if one.confirmed_by}
    known = desk.as_house().inspect_many(sorted(told))
    return {id: thing.first("name") for id, thing in known.items()}
