"""The course of a case: proposed, drafted, complete, reviewed abroad, cleared; objections and their answers.

A review is given claim by claim, in person, by somebody of a bureau of another country who wrote nothing of
the case. An objection stays open when it is answered, until the bureau that objected withdraws it or a later
review accepts the answer. Whether a case is admitted is no step: it follows from what is written
(proving.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from entente.core.problems import Absent, Fault, Faulty, NotAllowed, NotYours
from entente.desk import Desk
from entente.rooms.bureaus import PRIVATE, About, alert, by_code, directory, in_person, is_among, settle
from entente.rooms.reports.cases import checks, keeping, proving
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.case import Case, Objection
from entente.web.language import N_

FROM: Mapping[str, frozenset[str]] = {
    "take_up": frozenset({"proposed"}),
    "complete": frozenset({"drafting", "changes"}),
    "back": frozenset({"evidence_complete", "changes", "accepted", "legal_clearance"}),
    "send": frozenset({"evidence_complete"}),
    "recall": frozenset({"in_review"}),
    "clear": frozenset({"accepted"}),
    "withdraw": frozenset(
        {"proposed", "drafting", "evidence_complete", "changes", "accepted", "legal_clearance"}
    ),
    "reopen": frozenset({"withdrawn"}),
}
"""Step to the states from which the case's own bureau may do it."""
DID: Mapping[str, str] = {
    "take_up": "taken-up",
    "complete": "completed",
    "back": "back",
    "send": "sent",
    "recall": "recalled",
    "clear": "cleared",
    "withdraw": "withdrawn",
    "reopen": "reopened",
}
REASONED = frozenset({"back", "withdraw", "recall"})
OBJECTABLE = frozenset({"in_review", "changes", "accepted", "legal_clearance", "published"})
MOST_OBJECTIONS = 100
BY_A_KEY = N_("A key does not do this: an officer does, in person.")
A_COMPANY = N_("A company proposes a case; the police take it up, and it never reviews.")
SAME_HAND = N_("Whoever wrote at a case does not review or clear it.")
SAME_COUNTRY = N_("A case is reviewed by a bureau of another country than its author's.")


def allowed(desk: Desk, case: Case) -> list[str]:
    """The steps that the case's own bureau may do from where it stands."""
    mine = directory(desk)[desk.asker.bureau]
    if case.owner != mine.number:
        return []
    steps = [step for step, states in FROM.items() if case.state in states]
    return [step for step in steps if mine.sort != PRIVATE or step in ("withdraw", "reopen")]


def step(desk: Desk, id: str, given: m.StepForm) -> Case:
    """Do one step of one's own bureau. Raises Absent, NotYours, NotAllowed, OutOfDate, Faulty."""
    case = keeping.mine(desk, id, given.version)
    name = given.step
    checks.refuse(checks.unreadable({"why": given.why}))
    if case.state not in FROM[name]:
        what = f"It is in the state “{case.state}”: this step does not start from there"
        raise Faulty(faults=(Fault("step", what, f"It must be: {', '.join(sorted(FROM[name]))}."),))
    if name not in allowed(desk, case):
        raise NotAllowed(A_COMPANY)
    if name in REASONED and not given.why.strip():
        raise Faulty(faults=(Fault("why", N_("The reason is missing"), N_("Write it.")),))
    if name in ("complete", "send"):
        checks.refuse(lacking(case))
    if name == "clear":
        _must_be_second(desk, case)
    raw: dict[str, tuple[str, ...]] = {}
    if name == "send":
        reviewer = _reviewer(desk, case, given.reviewer)
        raw["reviewers"] = tuple(str(n) for n in dict.fromkeys([*_others(case, reviewer), reviewer]))
    facts = {"reviewer": given.reviewer} if name == "send" else {}
    before = replace(case, thing=replace(case.thing, body={**case.thing.body, **raw}))
    kept = keeping.keep(desk, case, before, keeping.event_of(desk, DID[name], given.why, **facts), **raw)
    if name == "send":
        _send(desk, kept)
    if name in ("recall", "withdraw"):
        settle(desk, "case-review", id)
    desk.note("case", object=id, outcome=DID[name], version=kept.thing.version)
    return kept


def _others(case: Case, reviewer: int) -> list[int]:
    return [n for n in case.reviewers if n != reviewer]


def lacking(case: Case) -> list[Fault]:
    """What a case lacks to be reviewed."""
    form, faults = case.form, []
    for name in ("summary", "countries", "crimes", "goods"):
        if not getattr(form, name):
            faults.append(Fault(name, N_("A reviewer needs it, and it is missing"), N_("Write it.")))
    if not form.personal_data:
        what = N_("Nothing says how persons are called in what is published")
        faults.append(Fault("personal_data", what, N_("Choose one.")))
    if not case.claims:
        faults.append(Fault("claims", N_("The case states no link"), N_("Add a claim with its evidence.")))
    for n, claim in case.claims.items():
        if not claim.evidence:
            what = N_("A claim without evidence is a draft (P0)")
            faults.append(Fault(f"claims/{n}", what, N_("Give it evidence, or take it out.")))
    if case.gone:
        what = N_("A source of the case is gone, or is not for your bureau any more")
        faults.append(Fault("sources", what, N_("Take out what rests on it.")))
    return faults


def _reviewer(desk: Desk, case: Case, code: str) -> int:
    """The number of the bureau that is asked to review. Raises Faulty."""
    known, mine = by_code(desk), directory(desk)[case.owner]
    there = known.get(code)
    if there is None or there.sort == PRIVATE:
        what = N_("No such bureau takes part that could review a case")
        raise Faulty(faults=(Fault("reviewer", what, N_("Use a code from the directory.")),))
    if proving.country(there.code) == proving.country(mine.code):
        raise Faulty(faults=(Fault("reviewer", SAME_COUNTRY, N_("Name a bureau of another country.")),))
    if not there.active:
        what = N_("The rights of this bureau are suspended (RPD 131)")
        raise Faulty(faults=(Fault("reviewer", what, N_("Name another one.")),))
    asked = replace(
        case, thing=replace(case.thing, body={**case.thing.body, "reviewers": (str(there.number),)})
    )
    label = keeping.label_of(desk, asked, theirs=False)[
        0
    ]  # what others let it see is not the author's to learn
    if not keeping.reaches(label, there.number):
        what = f"{code} may not see every record of your bureau that the case rests on"
        do = N_("Show it to them, cite what they may see, or name another bureau.")
        raise Faulty(faults=(Fault("reviewer", what, do),))
    return there.number


def _send(desk: Desk, case: Case) -> None:
    """Tell the reviewer; not where a source of others is not for it: it sees no case, and hears of none."""
    if not keeping.reaches(case.thing.handling, case.reviewers[-1]):
        return
    about = About("case-review", object=case.id, other=case.owner)
    once = f"{case.id} {case.thing.version}"
    alert(desk, case.reviewers[-1], about, like=case.thing.handling, once=once)


def _must_be_second(desk: Desk, case: Case) -> None:
    """Legal clearance: a supervisor in person, who wrote nothing of the case."""
    desk.allow("approve")
    _must_be_person(desk)
    if is_among(desk, case.standing.authors):
        raise NotAllowed(SAME_HAND)


# --- review --------------------------------------------------------------------------------------------


def may_review(desk: Desk, case: Case) -> bool:
    """Whether the asker's bureau is the one that is asked."""
    return case.state == "in_review" and bool(case.reviewers) and case.reviewers[-1] == desk.asker.bureau


def review(desk: Desk, id: str, given: m.ReviewForm) -> Case:
    """Decide on every claim: all accepted, the case is; otherwise it goes back for changes.

    Raises Absent, NotYours, NotAllowed, OutOfDate, and Faulty with every fault.
    """
    case = keeping.look(desk, id)
    here, there = directory(desk)[desk.asker.bureau], directory(desk)[case.owner]
    if here.sort == PRIVATE:
        raise NotAllowed(A_COMPANY)
    if here.number == case.owner or proving.country(here.code) == proving.country(there.code):
        raise NotYours(SAME_COUNTRY)
    if not may_review(desk, case):
        raise NotYours(N_("Only the bureau that was asked reviews it, while it is in review."))
    _must_be_person(desk)
    if is_among(desk, case.standing.authors):
        raise NotAllowed(SAME_HAND)
    keeping.must_be_newest(case, given.version)
    checks.refuse(_of_review(desk, case, given))
    accepts = all(one.decision == "accept" for one in given.decisions)
    said = [one.model_dump() for one in given.decisions]
    did = "accepted" if accepts else "sent-back"
    event = keeping.event_of(desk, did, given.text, decisions=said, answers=sorted(given.answers))
    kept = keeping.keep(desk, case, _closed(desk, case, given.answers, "accepted"), event)
    settle(desk, "case-review", id)
    about = About("case-changed", object=id, other=desk.asker.bureau, text=did)
    alert(desk, case.owner, about, like=kept.thing.handling, once=f"{id} {kept.thing.version}")
    desk.note("case", object=id, outcome=did, version=kept.thing.version)
    return kept


def _of_review(desk: Desk, case: Case, given: m.ReviewForm) -> list[Fault]:
    faults = [*checks.unreadable(given.model_dump())]
    stated, decided = case.stated(), [one.claim for one in given.decisions]
    for n in sorted(stated.keys() - set(decided)):
        faults.append(Fault("decisions", f"Claim C{n} is not decided", N_("Decide on every claim.")))
    for at, one in enumerate(given.decisions):
        if one.claim not in stated:
            faults.append(Fault(f"decisions/{at}/claim", checks.NOT_OF_THE_CASE, N_("Leave it out.")))
        if one.decision != "accept" and not one.text.strip():
            what = N_("A change and a rejection give their reason")
            faults.append(Fault(f"decisions/{at}/text", what, N_("Write it.")))
    for at, n in enumerate(given.answers):
        if n not in case.objections or case.objections[n].state != "answered":
            what = N_("There is no such objection that is answered and open")
            faults.append(Fault(f"answers/{at}", what, N_("Leave it out.")))
    if len(set(given.answers)) != len(given.answers):
        faults.append(Fault("answers", N_("The same is given twice"), N_("Give each once.")))
    if len(set(decided)) != len(decided):
        faults.append(Fault("decisions", N_("A claim is decided twice"), N_("Decide on each once.")))
    if all(one.decision == "accept" for one in given.decisions):
        for n, others in sorted(keeping.judge(desk, case).against.items()):
            named = ", ".join(f"C{other}" for other in others)
            what = f"Claim C{n} and {named} contradict each other, and no text resolves it"
            do = N_("Ask for a change: the author resolves it in words.")
            faults.append(Fault("decisions", what, do))
    return faults


# --- objections ----------------------------------------------------------------------------------------


def may_object(desk: Desk, case: Case) -> bool:
    """Whether the asker's bureau has reviewed the case, or is asked to now. One that was asked and recalled
    before it said anything has no say."""
    mine = desk.asker.bureau
    return case.state in OBJECTABLE and (mine in case.standing.reviewed or may_review(desk, case))


def may_take_back(desk: Desk, objection: Objection) -> bool:
    """Whether the objection is open and the asker's bureau made it."""
    return objection.open and objection.bureau == desk.asker.bureau


def objects(desk: Desk, id: str, given: m.ObjectionForm) -> Case:
    """A reviewing bureau objects, in person: the case is in no casebook until the objection is closed.

    Raises Absent, NotYours, NotAllowed, OutOfDate, Faulty.
    """
    case = keeping.look(desk, id)
    if not may_object(desk, case):
        raise NotYours(N_("Only a bureau that reviewed it, or is asked to now, objects."))
    _must_be_person(desk)
    keeping.must_be_newest(case, given.version)
    faults = [*checks.unreadable({"text": given.text})]
    if given.claim is not None and given.claim not in case.claims:
        faults.append(Fault("claim", checks.NOT_OF_THE_CASE, N_("Leave it out.")))
    standing = _with_room(case.objections)
    if len(standing) >= MOST_OBJECTIONS:
        faults.append(Fault("objections", N_("There are too many already"), N_("Send a message instead.")))
    checks.refuse(faults)
    number = case.numbers.get("objections", 0) + 1
    at = desk.now.isoformat(timespec="seconds")
    one = Objection(desk.asker.bureau, desk.asker.officer, at, given.text, given.claim)
    changed = replace(
        case, objections={**standing, number: one}, numbers={**case.numbers, "objections": number}
    )
    kept = keeping.keep(desk, case, changed, keeping.event_of(desk, "objected", given.text))
    _tell(desk, kept, case.owner, "objection", number)
    desk.note("case", object=id, outcome="objected", version=kept.thing.version)
    return kept


def _with_room(objections: Mapping[int, Objection]) -> Mapping[int, Objection]:
    """The objections; where they are as many as there can be, without the oldest that is closed."""
    closed = [n for n, one in sorted(objections.items()) if not one.open]
    if len(objections) < MOST_OBJECTIONS or not closed:
        return objections
    return {n: one for n, one in objections.items() if n != closed[0]}


def answer(desk: Desk, id: str, number: int, given: m.AnswerForm) -> Case:
    """The case's bureau answers an objection in words, in person. It stays open: see the module.

    Raises Absent, NotYours, NotAllowed, OutOfDate, Faulty.
    """
    case = keeping.mine(desk, id, given.version)
    _must_be_person(desk)
    one = _objection(case, number)
    checks.refuse(checks.unreadable({"text": given.text}))
    _must_be_open(one, "text")
    if one.answer:
        do = N_("The bureau that objected withdraws it, or the next review accepts the answer.")
        raise Faulty(faults=(Fault("text", N_("It is answered already"), do),))
    at = desk.now.isoformat(timespec="seconds")
    said = replace(one, answer=given.text, answered_by=desk.asker.officer, answered_at=at)
    changed = replace(case, objections={**case.objections, number: said})
    kept = keeping.keep(desk, case, changed, keeping.event_of(desk, "answered", given.text))
    _tell(desk, kept, one.bureau, "answered", number)
    desk.note("case", object=id, outcome="answered", version=kept.thing.version)
    return kept


def take_back(desk: Desk, id: str, number: int, given: m.WithdrawalForm) -> Case:
    """The bureau that objected withdraws its objection, in person.

    Raises Absent, NotYours, NotAllowed, OutOfDate, Faulty.
    """
    case = keeping.look(desk, id)
    one = _objection(case, number)
    if one.bureau != desk.asker.bureau:
        raise NotYours(N_("Only the bureau that objected withdraws its objection."))
    _must_be_person(desk)
    keeping.must_be_newest(case, given.version)
    checks.refuse(checks.unreadable({"why": given.why}))
    _must_be_open(one, "objection")
    event = keeping.event_of(desk, "objection-withdrawn", given.why)
    kept = keeping.keep(desk, case, _closed(desk, case, [number], "withdrawn"), event)
    _tell(desk, kept, case.owner, "objection withdrawn", number)
    desk.note("case", object=id, outcome="objection-withdrawn", version=kept.thing.version)
    return kept


def _closed(desk: Desk, case: Case, numbers: Iterable[int], how: str) -> Case:
    at = desk.now.isoformat(timespec="seconds")
    done = {n: replace(case.objections[n], closed=how, closed_at=at) for n in numbers}
    return replace(case, objections={**case.objections, **done})


def _objection(case: Case, number: int) -> Objection:
    if number not in case.objections:
        raise Absent()
    return case.objections[number]


def _must_be_open(objection: Objection, where: str) -> None:
    if not objection.open:
        raise Faulty(faults=(Fault(where, N_("It is closed already"), N_("Nothing more is to do.")),))


def _must_be_person(desk: Desk) -> None:
    if not in_person(desk):
        raise NotAllowed(BY_A_KEY)


def _tell(desk: Desk, case: Case, bureau: int, what: str, number: int) -> None:
    about = About("case-changed", object=case.id, other=desk.asker.bureau, text=what)
    alert(desk, bureau, about, like=case.thing.handling, once=f"{case.id} {what} {number}")
