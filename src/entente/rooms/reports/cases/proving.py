"""A case as match.proof judges it: nothing here decides a level; it hands over what is written. Pure.

Claims are C1, C2, …, evidence E1, E2, … in reasons. A party's name is its claim's subject, so that the
outcomes of a judgment that tried it bear on the claim.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from entente.match import proof
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.case import Case, Evidence, Proceeding, day
from entente.rooms.reports.cases.history import ACCEPTED, Event

PRIVATE = "private"
SOURCE_GONE = "source-gone"


@dataclass(frozen=True, slots=True)
class Judged:
    """What follows from a case today: levels by claim, the checklist, admission, contradictions by claim."""

    levels: Mapping[int, proof.Level]
    palermo: proof.Palermo
    admission: proof.Admission
    against: Mapping[int, tuple[int, ...]]


def judged(case: Case, today: date, bureaus: Mapping[int, tuple[str, str]]) -> Judged:
    """How far a case is proven today. `bureaus`: number to (code, sort).

    Drafts (claims without evidence) are judged too, and say that they are none; they count in no admission.
    """
    owner = bureaus.get(case.owner, ("", ""))[0]
    evidence = tuple(evidence_of(n, one) for n, one in sorted(case.evidence.items()))
    proceedings = tuple(proceeding_of(n, one, owner) for n, one in sorted(case.proceedings.items()))
    claims = {n: claim_of(case, n, claim) for n, claim in sorted(case.claims.items())}
    whole = proof.Case(
        bureau=owner,
        country=country(owner),
        claims=tuple(claims[n] for n in claims if case.claims[n].evidence),
        evidence=evidence,
        proceedings=proceedings,
        checks=tuple(_check(item, case) for item in sorted(case.checks)),
        reviews=_reviews(case, bureaus),
        objections=tuple(
            proof.Objection(
                bureaus.get(one.bureau, ("", ""))[0], one.open, f"C{one.claim}" if one.claim else ""
            )
            for one in case.objections.values()
        ),
    )
    found = proof.admission(whole, today)
    levels = {int(name[1:]): level for name, level in found.levels}
    for n in claims.keys() - levels.keys():
        levels[n] = proof.level_of(claims[n], evidence, proceedings, today)
    if case.gone:
        gone = proof.Reason(proof.Because(SOURCE_GONE), "sources")
        found = proof.Admission(False, (*found.reasons, gone), found.carried_by, found.levels)
    against: dict[int, list[int]] = {}
    for one, other in proof.contradictions(whole.claims):
        against.setdefault(int(one.id[1:]), []).append(int(other.id[1:]))
        against.setdefault(int(other.id[1:]), []).append(int(one.id[1:]))
    palermo = proof.checklist(whole.checks, evidence, proceedings, today)
    return Judged(levels, palermo, found, {n: tuple(others) for n, others in against.items()})


def rises(before: Judged, after: Judged) -> bool:
    """Whether anything is proven after that was not before: a claim, an item of the checklist, admission."""
    if after.admission.admitted and not before.admission.admitted:
        return True
    if {i.item for i in after.palermo.items if i.proven} - {i.item for i in before.palermo.items if i.proven}:
        return True
    return any(
        proof.rises(before.levels[n], level) for n, level in after.levels.items() if n in before.levels
    )


def country(code: str) -> str:
    """Of which country a bureau is: the first two letters of its code (XA, and XA's customs XAC)."""
    return code[:2].casefold()


def claim_of(case: Case, n: int, claim: m.ClaimForm) -> proof.Claim:
    """A claim as the ladder reads it."""
    return proof.Claim(
        subject=subject(case, claim),
        link_type=claim.link_type,
        object=object_(case, claim),
        polarity=claim.polarity,
        evidence=tuple(f"E{e}" for e in claim.evidence),
        grade=claim.grade,
        scheme=claim.scheme,
        id=f"C{n}",
        resolution=claim.resolution,
        persons=tuple(
            party.name
            for n in (claim.subject_party, claim.object_party)
            if n and (party := case.parties.get(n)) and party.sort == "person"
        ),
    )


def subject(case: Case, claim: m.ClaimForm) -> str:
    """Who or what a claim speaks of: a party's name, goods, an event."""
    if claim.subject_party and claim.subject_party in case.parties:
        return case.parties[claim.subject_party].name
    return claim.subject_goods or claim.subject_event


def object_(case: Case, claim: m.ClaimForm) -> str:
    """What it is linked with: a crime, a party's name, goods."""
    if claim.object_party and claim.object_party in case.parties:
        return case.parties[claim.object_party].name
    return claim.object_crime or claim.object_goods


def evidence_of(n: int, one: Evidence) -> proof.Evidence:
    """A piece of evidence as the ladder reads it."""
    form = one.form
    return proof.Evidence(
        id=f"E{n}",
        kind=form.kind,
        proceeding=form.proceeding,
        pinpoint=form.pinpoint,
        hash=one.file.digest if one.file else "",  # what the house keeps; what was typed is cited, no more
        cited=form.sha256,
        quote=form.quote,
        language=form.language,
        grade=form.grade,
        scheme=form.scheme,
        has_text=one.file is None or one.file.text is not False,
        pages=one.pages,
        defendant=form.defendant,
        charge=form.charge,
    )


def _outcome(form: m.OutcomeForm) -> proof.Outcome:
    return proof.Outcome(
        form.defendant,
        form.charge,
        form.statute,
        form.max_penalty_months,
        form.verdict,
        form.sentence_months,
        form.convention_offence,
    )


def proceeding_of(n: int, one: Proceeding, owner: str = "") -> proof.Proceeding:
    """A proceeding as the ladder reads it; who confirmed that it is final is told by his bureau's code."""
    form = one.form
    return proof.Proceeding(
        number=n,
        court=form.court,
        country=form.country,
        stage=form.stage,
        reference=form.reference,
        date=day(form.date),
        outcomes=tuple(_outcome(outcome) for outcome in form.outcomes),
        standard=form.standard,
        appeal_deadline=day(form.appeal_deadline),
        appeal_filed=day(form.appeal_filed),
        final_on=day(one.final_on),
        final_confirmed_by=owner if one.confirmed_by else "",
        final_why=one.final_why,
        overturns=form.overturns,
        reinstates=form.reinstates,
        follows=form.follows,
        military=form.military,
    )


def _check(item: str, case: Case) -> proof.Check:
    one = case.checks[item]
    return proof.Check(
        item,
        one.form.answer,
        tuple(f"E{e}" for e in one.form.evidence),
        one.officer,
        date.fromisoformat(one.at[:10]),
        one.form.persons,
    )


def _reviews(case: Case, bureaus: Mapping[int, tuple[str, str]]) -> tuple[proof.Review, ...]:
    """The review that holds: the last one, unless something was edited since."""
    event = case.standing.review
    if event is None:
        return ()
    code, sort = bureaus.get(event.bureau, ("", ""))
    accepted = event.did == "accepted" and case.state in ACCEPTED
    return (proof.Review(code, country(code), accepted, rejected(event), sort == PRIVATE),)


def rejected(event: Event) -> tuple[str, ...]:
    """Claims that a review rejects."""
    said = event.facts.get("decisions", [])
    return tuple(f"C{one['claim']}" for one in said if one["decision"] == "reject")
