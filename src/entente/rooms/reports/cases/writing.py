"""A case written: drafted, edited, thrown away; its parties, claims, evidence, proceedings, checklist.

Every edit names the version that was seen. What was checked by a reviewer falls back to drafting by an edit.
Three do not: who reads the case; a proceeding by which nothing is proven that was not proven before, which
counts at once; and how persons are called and for whom it may be printed, which undo the clearance alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from entente.core.problems import Absent, Fault, Faulty, NotAllowed
from entente.desk import Desk
from entente.rooms.bureaus import in_person
from entente.rooms.reports.cases import checks, keeping, protecting, proving
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.case import KIND, PROTECTED, Case, Check, Evidence, Proceeding
from entente.rooms.reports.cases.history import ACCEPTED
from entente.web.language import N_

T = TypeVar("T")
MOST: Mapping[str, int] = {
    "parties": m.MOST_PARTIES,
    "claims": m.MOST_CLAIMS,
    "evidence": m.MOST_EVIDENCE,
    "proceedings": m.MOST_PROCEEDINGS,
}
READERS = frozenset({"see", "level"})
CLEARED = frozenset({"personal_data", "personal_data_why", "access"})
"""Fields of the file that legal clearance decides on, and no review."""
NEVER_SENT = frozenset({"proposed", "drafting"})
IN_PERSON = N_("A key does not do this: an officer does, in person.")


def draft(desk: Desk, form: m.CaseForm) -> Case:
    """Propose a case. Raises Faulty with every fault."""
    checks.refuse(checks.of_case(desk, form))
    kept = keeping.keep_new(desk, form)
    desk.note("case", object=kept.id, outcome="proposed")
    return kept


def edit(desk: Desk, id: str, given: m.CaseEdit) -> Case:
    """The file of a case anew. Who may read it changes without a new review; what its clearance for
    publication decided is cleared again."""
    case = keeping.mine(desk, id, given.version)
    checks.refuse(checks.of_case(desk, given.case, case.reviewers))
    before, after = case.form.model_dump(), given.case.model_dump()
    changed = {name for name in after if after[name] != before[name]}
    keeps = "yes" if changed <= READERS else ""
    if changed <= READERS | CLEARED and given.case.personal_data:
        keeps = keeps or "uncleared"
    kept = keeping.edited(desk, case, "case", keeps, form=given.case)
    if given.case.level != case.form.level:
        protecting.relabel(desk, kept)
    return kept


def discard(desk: Desk, id: str, version: int) -> None:
    """Throw away what nobody was asked to review. Raises Faulty, NotYours, OutOfDate, Absent."""
    case = keeping.mine(desk, id, version)
    if case.state not in NEVER_SENT or case.reviewers:
        what = N_("It was sent to a reviewer")
        raise Faulty(faults=(Fault("state", what, N_("Withdraw it instead.")),))
    for apart in (desk.house.ids.of(PROTECTED, id), id):
        if desk.as_house().inspect(apart):
            desk.erase(apart)
    desk.note("withdraw", object=id, what=KIND, outcome="discarded")


# --- parties, claims, evidence, proceedings ----------------------------------------------------------------


def add_party(desk: Desk, id: str, given: m.PartyEdit) -> tuple[Case, int]:
    """Add a party; returns its number."""
    case = keeping.mine(desk, id, given.version)
    checks.refuse(checks.of_party(desk, given.party))
    return _added(desk, case, "parties", given.party)


def edit_party(desk: Desk, id: str, number: int, given: m.PartyEdit) -> Case:
    case = keeping.mine(desk, id, given.version)
    _of(case.parties, number)
    checks.refuse(checks.of_party(desk, given.party))
    return keeping.edited(desk, case, "parties", parties={**case.parties, number: given.party})


def add_claim(desk: Desk, id: str, given: m.ClaimEdit) -> tuple[Case, int]:
    """Add a claim; without evidence it is a draft. Returns its number."""
    case = keeping.mine(desk, id, given.version)
    checks.refuse(checks.of_claim(desk, case, given.claim))
    return _added(desk, case, "claims", given.claim)


def edit_claim(desk: Desk, id: str, number: int, given: m.ClaimEdit) -> Case:
    case = keeping.mine(desk, id, given.version)
    _of(case.claims, number)
    checks.refuse(checks.of_claim(desk, case, given.claim))
    return keeping.edited(desk, case, "claims", claims={**case.claims, number: given.claim})


def add_evidence(desk: Desk, id: str, given: m.EvidenceEdit) -> tuple[Case, int]:
    """Add a piece of evidence; its file may follow. Returns its number."""
    case = keeping.mine(desk, id, given.version)
    checks.refuse(checks.of_evidence(desk, case, given.evidence))
    return _added(desk, case, "evidence", Evidence(given.evidence))


def edit_evidence(desk: Desk, id: str, number: int, given: m.EvidenceEdit) -> Case:
    case = keeping.mine(desk, id, given.version)
    kept = _of(case.evidence, number)
    checks.refuse(checks.of_evidence(desk, case, given.evidence, kept))
    changed = {**case.evidence, number: replace(kept, form=given.evidence)}
    return keeping.edited(desk, case, "evidence", evidence=changed)


def add_proceeding(desk: Desk, id: str, given: m.ProceedingEdit) -> tuple[Case, int]:
    """Add a proceeding; one that overturns another lowers every claim that rests on it, at once."""
    case = keeping.mine(desk, id, given.version)
    number = case.numbers.get("proceedings", 0) + 1
    checks.refuse(checks.of_proceeding(desk, case, given.proceeding, number))
    lowers = given.proceeding.overturns is not None and given.proceeding.reinstates is None
    after = {**case.proceedings, number: Proceeding(given.proceeding)}
    keeps = lowers and not _raises(desk, case, after)
    return _added(desk, case, "proceedings", Proceeding(given.proceeding), keeps)


def _raises(desk: Desk, case: Case, proceedings: Mapping[int, Proceeding]) -> bool:
    """Whether anything is proven by these proceedings that was not proven before."""
    after = proving.judged(replace(case, proceedings=proceedings), desk.today, keeping.bureaus(desk))
    return proving.rises(keeping.judge(desk, case), after)


def edit_proceeding(desk: Desk, id: str, number: int, given: m.ProceedingEdit) -> Case:
    """A proceeding anew. That it is final must then be confirmed again."""
    case = keeping.mine(desk, id, given.version)
    before = _of(case.proceedings, number).form
    checks.refuse(checks.of_proceeding(desk, case, given.proceeding, number))
    filed = {"appeal_filed"}
    same = before.model_dump(exclude=filed) == given.proceeding.model_dump(exclude=filed)
    lowers = same and bool(given.proceeding.appeal_filed) and not before.appeal_filed
    changed = {**case.proceedings, number: Proceeding(given.proceeding)}
    keeps = lowers and not _raises(desk, case, changed)
    return keeping.edited(desk, case, "proceedings", _kept(keeps), proceedings=changed)


def _kept(keeps: bool) -> str:
    return "yes" if keeps else ""


def remove(desk: Desk, id: str, part: str, number: int, version: int) -> Case:
    """Take a party, claim, piece of evidence or proceeding out. Raises Faulty where something names it."""
    case = keeping.mine(desk, id, version)
    lines: dict[int, Any] = dict(getattr(case, part))
    _of(lines, number)
    if named := _names(case, part, number):
        what = f"It is named by: {', '.join(named)}"
        raise Faulty(faults=(Fault(part, what, N_("Change what names it first.")),))
    del lines[number]
    changes: dict[str, Any] = {part: lines}
    return keeping.edited(desk, case, part, **changes)


def _names(case: Case, part: str, number: int) -> list[str]:
    """What of the case names a line of it: claims as C1, evidence as E1, proceedings, checklist items."""
    if part == "parties":
        return [f"C{n}" for n, c in case.claims.items() if number in (c.subject_party, c.object_party)]
    if part == "evidence":
        claims = [f"C{n}" for n, claim in case.claims.items() if number in claim.evidence]
        return claims + [item for item, one in case.checks.items() if number in one.form.evidence]
    if part == "proceedings":
        forms = {n: one.form for n, one in case.proceedings.items()}
        others = [str(n) for n, p in forms.items() if number in (p.overturns, p.reinstates, p.follows)]
        return others + [f"E{n}" for n, one in case.evidence.items() if one.form.proceeding == number]
    return []


def _added(desk: Desk, case: Case, part: str, line: Any, keeps: bool = False) -> tuple[Case, int]:
    lines = getattr(case, part)
    if len(lines) >= MOST[part]:
        what = f"There are {MOST[part]} already, the most there can be"
        raise Faulty(faults=(Fault(part, what, N_("Take one out first.")),))
    number = case.numbers.get(part, 0) + 1
    numbers = {**case.numbers, part: number}
    changes: dict[str, Any] = {part: {**lines, number: line}, "numbers": numbers}
    return keeping.edited(desk, case, part, _kept(keeps), **changes), number


def _of(lines: Mapping[int, T], number: int) -> T:
    """A line by its number. Raises Absent."""
    if number not in lines:
        raise Absent()
    return lines[number]


# --- finality, the checklist -------------------------------------------------------------------------------


def confirm_final(desk: Desk, id: str, number: int, given: m.FinalForm) -> Case:
    """A person confirms that no ordinary appeal is possible any more. The only way to a final judgment.

    An acceptance falls where something is proven by it: its reviewer did not see that. Raises NotAllowed for
    a key, Faulty where an appeal was filed, its time runs still or the day is within it, or where no time to
    appeal is known and no reason is given.
    """
    if not in_person(desk):
        raise NotAllowed(IN_PERSON)
    case = keeping.mine(desk, id, given.version)
    one = _of(case.proceedings, number)
    faults = [*checks.unreadable({"why": given.why}), *checks.days(given, ("final_on",), desk.today)]
    form = one.form
    if not faults:
        faults += _not_final(form, given, desk.today.isoformat())
    checks.refuse(faults)
    at = desk.now.isoformat(timespec="seconds")
    kept = Proceeding(form, given.final_on, desk.asker.officer, at, given.why)
    changed = {**case.proceedings, number: kept}
    # Before the acceptance its reviewer decides on what he sees; after it nobody would look again.
    keeps = case.state not in ACCEPTED or not _raises(desk, case, changed)
    return keeping.edited(desk, case, "final", _kept(keeps), proceedings=changed)


def _not_final(form: m.ProceedingForm, given: m.FinalForm, today: str) -> list[Fault]:
    faults, final_on = [], given.final_on
    if not form.date:
        faults.append(Fault("final_on", N_("The proceeding has no date"), N_("Give it first.")))
    elif final_on < form.date:
        faults.append(Fault("final_on", N_("This is before the judgment"), N_("Look at both dates.")))
    if form.appeal_filed:
        what = N_("An appeal was filed against it")
        faults.append(Fault("final_on", what, N_("Note what became of the appeal.")))
    if form.appeal_deadline and form.appeal_deadline >= today:
        what = f"An appeal can be filed until {form.appeal_deadline}"
        faults.append(Fault("final_on", what, N_("Wait until that time has passed.")))
    elif not faults and form.appeal_deadline and final_on <= form.appeal_deadline:
        what = f"An appeal could be filed until {form.appeal_deadline}"
        faults.append(Fault("final_on", what, N_("Give a later day.")))
    if not faults and not form.appeal_deadline and not given.why.strip():
        what = N_("Neither until when one could appeal is known, nor why no appeal is possible")
        faults.append(Fault("why", what, N_("Write why, or give the proceeding its time to appeal.")))
    return faults


def tick(desk: Desk, id: str, item: str, given: m.CheckEdit) -> Case:
    """Answer an item of the Palermo checklist, in one's own name. Raises Faulty, Absent."""
    case = keeping.mine(desk, id, given.version)
    if item not in m.ITEMS:
        raise Absent()
    checks.refuse(checks.of_check(case, given.check))
    one = Check(given.check, desk.asker.officer, desk.now.isoformat(timespec="seconds"))
    return keeping.edited(desk, case, "checklist", checks={**case.checks, item: one})
