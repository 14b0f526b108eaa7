"""Whether a case may stand in the casebook: the rule of C1.3, with every reason against it at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from entente.match.proof import grades
from entente.match.proof.chain import fold
from entente.match.proof.claims import Claim, Evidence
from entente.match.proof.ladder import Level, level_of
from entente.match.proof.palermo import Check, checklist
from entente.match.proof.proceedings import Proceeding
from entente.match.proof.sentences import Because


@dataclass(frozen=True, slots=True)
class Review:
    """What one bureau decided: `accepted` of the case as a whole, `rejected` the ids of claims it refused.

    `private` is a company's, which never reviews."""

    bureau: str
    country: str
    accepted: bool = False
    rejected: tuple[str, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class Objection:
    """What a bureau holds against the case, until it is answered."""

    bureau: str
    open: bool = True
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """All that admission looks at. `country` is that of the owner bureau."""

    bureau: str
    country: str
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    proceedings: tuple[Proceeding, ...] = ()
    checks: tuple[Check, ...] = ()
    reviews: tuple[Review, ...] = ()
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case is not admitted. `where` is claims/{id}, palermo/{item}, reviews/{bureau} and so on."""

    because: Because
    where: str

    @property
    def code(self) -> str:
        """The code of the sentence."""
        return self.because.code

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.because.text


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a case is admitted, every reason why not, the claims that carry it, and all levels by claim."""

    admitted: bool
    reasons: tuple[Reason, ...]
    carried_by: tuple[str, ...]
    levels: tuple[tuple[str, Level], ...]


def contradictions(claims: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Pairs of claims that say and deny one link, where neither has a text that resolves it."""
    return [
        (a, b)
        for a, b in combinations(claims, 2)
        if a.polarity != b.polarity
        and _link(a) == _link(b)
        and not (a.resolution.strip() or b.resolution.strip())
    ]


def _link(claim: Claim) -> tuple[str, str, str]:
    return fold(claim.subject), claim.link_type, fold(claim.object)


def admission(case: Case, today: date) -> Admission:
    """Whether a case is admitted today.

    It needs: one link claim that is final (P3 or PR) to the criminal standard, with pinpoint and stored
    judgment, not rejected by its reviewer; an organised criminal group proven by the checklist; the accepted
    review of a bureau of another country that is no company; no open objection; no contradiction without a
    text that resolves it; no claim on evidence suspected false. Raises nothing.
    """
    levels = [(c.id, level_of(c, case.evidence, case.proceedings, today)) for c in case.claims]
    reasons: list[Reason] = []

    def against(code: str, where: str, **facts: str) -> None:
        reasons.append(Reason(Because(code, facts), where))

    carriers = _carriers(case, levels, reasons)
    palermo = checklist(case.checks, case.evidence, case.proceedings, today)
    if not palermo.ocg_proven:
        against("group-unproven", "palermo/" + ",".join(palermo.lacking), items=", ".join(palermo.lacking))
    _reviews(case, reasons)
    for objection in case.objections:
        if objection.open:
            where = f"claims/{objection.claim}" if objection.claim else "objections"
            against("objection-open", where, bureau=objection.bureau)
    for first, second in contradictions(case.claims):
        against("contradiction", f"claims/{first.id}", first=first.id, second=second.id)
    false = {e.id for e in case.evidence if grades.suspected_false(e.scheme, e.grade)}
    for claim in case.claims:
        if false & set(claim.evidence) or grades.suspected_false(claim.scheme, claim.grade):
            against("published-suspected-false", f"claims/{claim.id}")
    return Admission(not reasons, tuple(reasons), tuple(carriers), tuple(levels))


def _carriers(case: Case, levels: Sequence[tuple[str, Level]], reasons: list[Reason]) -> list[str]:
    """The claims that prove the case; where there is none, the reasons grow by what each lacks."""
    if not case.claims:
        reasons.append(Reason(Because("no-claim"), "claims"))
        return []
    refused = {claim for review in case.reviews for claim in review.rejected}
    asserted = {c.id for c in case.claims if c.polarity == "supports"}
    proven = [(name, level) for name, level in levels if level.proven and name in asserted]
    carriers = [name for name, level in proven if level.criminal and name not in refused]
    if carriers:
        return carriers
    for name, level in proven:
        code = "not-criminal" if not level.criminal else "rejected-claim"
        reasons.append(Reason(Because(code), f"claims/{name}"))
    if not proven:
        reasons.append(Reason(Because("no-final-claim"), "claims"))
    return []


def _reviews(case: Case, reasons: list[Reason]) -> None:
    good = False
    for review in case.reviews:
        facts = {"bureau": review.bureau}
        if fold(review.bureau) == fold(case.bureau):
            because = Because("review-same-bureau", facts)
        elif fold(review.country) == fold(case.country) or not review.country.strip():
            because = Because("review-same-country", {**facts, "country": review.country})
        elif review.private:
            because = Because("review-private", facts)
        elif not review.accepted:
            because = Because("review-not-accepted", facts)
        else:
            good = True
            continue
        reasons.append(Reason(because, f"reviews/{review.bureau}"))
    if not good:
        reasons.append(Reason(Because("no-review"), "reviews"))
