"""Subjects of a file: who is a leader, a suspect, a victim in it, said by one person and approved by another.

Nothing that counts or imports ever sets a category. A leader is named by two persons, the second of them a
supervisor (networks.md, section 0): analytics propose, people decide.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from entente.core.access import Handling, Level, may
from entente.core.problems import Absent, Fault, Faulty, NotAllowed, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import connections, grading, model, service
from entente.rooms.analysis.model import in_file
from entente.rooms.analysis.steps import history, named, with_step
from entente.rooms.analysis.subjects_model import Answer, SubjectForm, SubjectOut
from entente.rooms.bureaus import is_among
from entente.rooms.records import code_of
from entente.web.language import N_

SHORTEST = 20
"""Characters of a rationale."""
A_PAGE = 1000
ANOTHER = N_("Whoever proposed it does not approve it: another member does.")
LEAD_OR_SUPERVISOR = N_("A lead of the file, or a member who is a supervisor, approves it.")
SUPERVISOR = N_("A leader is approved by a supervisor.")


def propose(desk: Desk, file: Thing, form: SubjectForm) -> Thing:
    """Propose a subject, or another category for one. Raises NotAllowed, and Faulty with every fault."""
    service.must_work(desk, file, "analyst")
    record = desk.look_all([form.record]).get(form.record)
    officer = form.officer or desk.asker.officer
    faults = grading.faults_of(form.scheme, form.grade)
    if record is None or record.kind not in desk.house.model.contributable:
        faults.append(Fault("record", "There is no such record for you", "Use the id of one you see."))
    elif any(t.first("record") == record.id for t in subjects(desk, file, ("proposed",))):
        faults.append(Fault("record", "A proposal about it waits already", "Let it be answered first."))
    if len(form.rationale.strip()) < SHORTEST:
        what = f"A rationale has at least {SHORTEST} characters"
        faults.append(Fault("rationale", what, "Say what it rests on."))
    if service.role_of(file, officer) not in ("lead", "analyst"):
        what = "Who answers for it is a lead or an analyst of the file"
        faults.append(Fault("officer", what, "Name one of them."))
    if not desk.today < form.reviewDue <= desk.today + service.REVIEWED_WITHIN:
        faults.append(Fault("reviewDue", "A subject is reviewed within a year", "Choose a date."))
    if record is None or faults:
        raise Faulty(faults=tuple(faults))
    said = {
        "file": file.id,
        "record": record.id,
        "category": form.category,
        "rationale": form.rationale,
        "grade": f"{form.scheme} {grading.plain(form.grade)}".strip(),
        "officer": officer,
        "proposer": desk.asker.officer,
        "state": "proposed",
        "reviewDue": form.reviewDue.isoformat(),
    }
    kept = desk.keep(
        "FileSubject",
        with_step(desk, said, "proposed"),
        _handling(model.paper(desk, file), record.handling),
        keys=_keys(file.id),
    )
    desk.note("analyse", object=file.id, what="subject proposed", subject=kept.id)
    connections.queue(desk, file, [record.id])
    return kept


def answer(desk: Desk, file: Thing, id: str, given: Answer) -> Thing:
    """Approve a proposal, or not. Approved, it takes the place of what the record was in the file before.

    Raises Absent, OutOfDate, and NotAllowed unless who answers is another person, and lead or supervisor (of
    a leader: supervisor).
    """
    service.must_work(desk, file, "reader")
    subject = one(desk, file, id)
    if subject.first("state") != "proposed":
        raise OutOfDate("It was answered already.")
    if why := barred(desk, file, subject):
        raise NotAllowed(why)
    if subject.version != given.version:
        raise OutOfDate(f"It is at version {subject.version}.")
    desk.note("approve", object=id, outcome="done" if given.approve else "not-approved")
    if not given.approve:
        return _kept(desk, subject, "removed", "not-approved", given.why)
    for before in _of_record(desk, file, subject.first("record")):
        if before.first("state") == "approved":
            _kept(desk, before, "removed", "replaced")
    connections.queue(desk, file, [subject.first("record")])
    return _kept(desk, subject, "approved", "approved", given.why)


def barred(desk: Desk, file: Thing, subject: Thing) -> str:
    """Why a proposal is not the asker's to answer; empty where it is."""
    if is_among(desk, (subject.first("proposer"),)):
        return ANOTHER
    if may(desk.asker, "approve"):
        return ""
    if subject.first("category") == "leader":
        return SUPERVISOR
    return "" if service.role_of(file, desk.asker.officer) == "lead" else LEAD_OR_SUPERVISOR


def remove(desk: Desk, file: Thing, id: str, why: str) -> Thing:
    """Say that it is no subject any more: a lead, a supervisor, its proposer. Raises Absent, NotAllowed."""
    service.must_work(desk, file, "reader")
    subject = one(desk, file, id)
    mine = subject.first("proposer") == desk.asker.officer
    lead = service.role_of(file, desk.asker.officer) == "lead"
    if not (mine or lead or may(desk.asker, "approve")):
        raise NotAllowed(LEAD_OR_SUPERVISOR)
    if subject.first("state") == "removed":
        raise OutOfDate("It was removed already.")
    desk.note("analyse", object=file.id, what="subject removed", subject=id)
    return _kept(desk, subject, "removed", "removed", why)


def one(desk: Desk, file: Thing, id: str) -> Thing:
    """A subject of the file whose record the asker may see too. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != "FileSubject" or thing.first("file") != file.id:
        raise Absent()
    desk.look(thing.first("record"))
    return thing


def subjects(desk: Desk, file: Thing, states: Iterable[str] = ("approved", "proposed")) -> list[Thing]:
    """The file's subjects in these states, newest change first, of records that the asker may see."""
    found, after, wanted = [], 0, frozenset(states)
    while page := desk.table(["FileSubject"], key=f"subjects:{file.id}", after=after, limit=A_PAGE):
        found += [t for _, t in page if t.first("state") in wanted]
        after = page[-1][0]
    seen = desk.look_all([t.first("record") for t in found])
    return [t for t in found if t.first("record") in seen]


def categories_of(desk: Desk, file: Thing) -> dict[str, str]:
    """Record to its approved category, of records that the asker may see."""
    return {t.first("record"): t.first("category") for t in subjects(desk, file, ("approved",))}


# --- how it is kept ------------------------------------------------------------------------------


def _handling(paper: Handling, record: Handling) -> Handling:
    """For the file's members who may see the record; its own bureau always may."""
    see = paper.see & (record.see | 1 << record.owner)
    return replace(paper, see=see, need=paper.need | record.need, level=Level(max(paper.level, record.level)))


def _of_record(desk: Desk, file: Thing, record: str) -> list[Thing]:
    """All that was said of a record in the file, by whomever: two who see it see the same of it."""
    found = desk.as_house().inspect_all([f"subjects:{file.id}"])
    return [t for _, t in found if t.first("record") == record]


def _kept(desk: Desk, subject: Thing, state: str, did: str, why: str = "") -> Thing:
    said = {**subject.body, "state": state, **({"approver": desk.asker.officer} if did == "approved" else {})}
    body = desk.house.model.clean("FileSubject", with_step(desk, said, did, why))
    return desk.as_house().change(subject, body=body, keys=_keys(subject.first("file")))


def _keys(file: str) -> tuple[str, ...]:
    return (f"subjects:{file}", in_file(file))


def shown(desk: Desk, file: Thing, found: list[Thing]) -> list[SubjectOut]:
    """Subjects as their reader gets them."""
    people = ("officer", "proposer", "approver")
    names = named(desk, [t.first(p) for t in found for p in people if t.first(p)])
    seen = desk.look_all([t.first("record") for t in found])
    return [
        SubjectOut(
            **{p: names.get(t.first(p), "") for p in people},
            **{n: t.first(n) for n in ("category", "state", "rationale", "grade")},
            id=t.id,
            version=t.version,
            record=record.id,
            kind=record.kind,
            caption=desk.house.model.caption(record.kind, record.body),
            owner=code_of(desk, record.handling.owner),
            reviewDue=date.fromisoformat(t.first("reviewDue")),
            overdue=date.fromisoformat(t.first("reviewDue")) < desk.today,
            barred=barred(desk, file, t) if t.first("state") == "proposed" else "",
            history=history(desk, t),
        )
        for t in found
        if (record := seen.get(t.first("record")))
    ]
