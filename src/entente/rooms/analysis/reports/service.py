"""Writing a report: its author alone writes, a supervisor whom he asks approves exactly what he has seen.

Members of the file read it block by block, each as far as he may see what it is made of.
"""

from collections.abc import Sequence

from entente.core.access import Level, Purpose, may
from entente.core.journal import canonical
from entente.core.problems import Absent, Fault, Faulty, NotAllowed, OutOfDate
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import service as files
from entente.rooms.analysis.model import paper
from entente.rooms.analysis.reports import content
from entente.rooms.analysis.reports import model as m
from entente.rooms.analysis.reports.blocks import faults_of
from entente.rooms.analysis.reports.states import IMPRINT, KIND, keys
from entente.rooms.bureaus import About, alert, asker_now, by_code, in_person, is_among, settle
from entente.rooms.publications import freezing, letterheads, states
from entente.rooms.publications import model as p
from entente.rooms.publications import service as published
from entente.web.language import N_

MOST = 200
"""Reports of a file."""
AUTHORS = N_("Only its author writes a report.")
SECOND = N_("Whoever wrote a report does not approve it: the supervisor who was asked does.")
CHOOSE = N_("Choose another officer.")


# --- reading -------------------------------------------------------------------------------------


def report_of(desk: Desk, file: Thing, id: str) -> Thing:
    """A report of a file that the asker is a member of. Raises Absent."""
    thing = desk.look(id)
    if thing.kind != KIND or thing.first("file") != file.id:
        raise Absent()
    return thing


def reports(desk: Desk, file: Thing) -> list[Thing]:
    """The reports of a file, by title and edition."""
    found = [t for _key, t in desk.find([f"reports:{file.id}"], limit=MOST)]
    return sorted(found, key=lambda t: (t.first("title").casefold(), int(t.first("edition")), t.id))


def lang_of(desk: Desk, report: Thing) -> str:
    """The language it is written in: its template's."""
    try:
        return letterheads.letterhead(desk, report.handling.owner, report.first("template")).lang
    except Absent:
        return "en"


def whole_of(desk: Desk, file: Thing, report: Thing) -> content.Whole:
    """The report as whoever sits here may see it."""
    return content.as_seen(desk, file, report, lang_of(desk, report))


recipients_of = freezing.recipients_of


# --- writing -------------------------------------------------------------------------------------


def write(desk: Desk, file: Thing, form: m.ReportForm) -> Thing:
    """Begin a report. Raises Faulty with every fault, NotAllowed."""
    may_write(desk, file)
    if len(reports(desk, file)) >= MOST:
        what = f"The file has {MOST} reports"
        raise Faulty(faults=(Fault("title", what, N_("Throw one away.")),))
    body = {"file": file.id, "edition": "1", "state": "draft", "author": desk.asker.officer}
    return begin(desk, file, body, form)


def begin(desk: Desk, file: Thing, body: dict[str, str], form: m.ReportForm) -> Thing:
    """Keep a report that is new: the first edition, or a further one. Raises Faulty."""
    said = _said(desk, file, form)
    kept = desk.keep(KIND, {**body, **said}, paper(desk, file), keys=keys({"file": (file.id,)}))
    kept = published.keep(desk, IMPRINT, kept, "begun")
    desk.note("analyse", object=kept.id, what="report")
    return kept


def edit(desk: Desk, file: Thing, id: str, form: m.ReportEdit) -> Thing:
    """The whole report anew; a draft again. Raises Faulty, NotAllowed, OutOfDate."""
    report = own(desk, file, id, form.seen)
    to = states.moved(report, "edit")
    said = _said(desk, file, form, report.first("supersedes"))
    _no_more_waiting(desk, report)
    changes = {name: (value,) if value else () for name, value in said.items()}
    gone: dict[str, tuple[str, ...]] = {"approver": (), "approved": (), "approvedAt": ()}
    kept = published.keep(desk, IMPRINT, report, "edited", changes={**changes, **gone, "state": (to,)})
    desk.note("analyse", object=id, what="report")
    return kept


def submit(desk: Desk, file: Thing, id: str, given: m.Submit) -> Thing:
    """Ask a supervisor of the file to approve it. Raises Faulty with everything that stands in the way."""
    report = own(desk, file, id, given.seen)
    to = states.moved(report, "submit")
    whole = whole_of(desk, file, report)
    faults = _approver_faults(desk, file, given.approver, whole)
    if not whole.parts:
        faults.append(Fault("blocks", N_("The report is empty"), N_("Write something.")))
    if not recipients_of(report):
        faults.append(Fault("distribution", N_("It goes to nobody"), N_("Name a recipient.")))
    if faults:
        raise Faulty(faults=tuple(faults))
    packed = (content.packed([p for p in whole.parts if p.block.id != content.AT_THE_END]),)
    changes = {"state": (to,), "approver": (given.approver,), "blocks": packed}
    kept = published.keep(desk, IMPRINT, report, "submitted", changes=changes)
    approver = desk.as_house().inspect(given.approver)
    bureau = int(approver.first("bureau")) if approver else report.handling.owner
    about = About("report-waits", id, second=file.id, other=report.handling.owner)
    alert(desk, bureau, about, like=report.handling, once=f"{id} {kept.version}")
    desk.note("analyse", object=id, what="report", outcome="submitted")
    return kept


def decide(desk: Desk, file: Thing, id: str, given: m.Decide) -> Thing:
    """The supervisor who was asked approves exactly what he saw, or sends it back with a reason."""
    report = report_of(desk, file, id)
    files.must_work(desk, file, "reader")
    if not in_person(desk) or desk.asker.officer != report.first("approver"):
        raise NotAllowed(SECOND)
    if is_among(desk, [report.first("author")]):
        raise NotAllowed(SECOND)
    _must_be_as_seen(desk, file, report, given.seen)
    to = states.moved(report, "approve" if given.approve else "return")
    _no_more_waiting(desk, report)
    if not given.approve:
        if len(given.why.strip()) < 10:
            raise Faulty(faults=(Fault("why", N_("Say why"), N_("A sentence is good.")),))
        kept = published.keep(
            desk, IMPRINT, report, "returned", given.why.strip(), {"state": (to,), "approved": ()}
        )
        desk.note("approve", object=id, what="report", outcome="returned")
        return kept
    whole = content.as_author(desk, file, report, lang_of(desk, report))
    if given.seen != content.digest(desk, report, whole):
        raise OutOfDate()
    kept = published.keep(
        desk,
        IMPRINT,
        report,
        "approved",
        given.why.strip(),
        {
            "state": (to,),
            "approved": (given.seen,),
            "approvedAt": (desk.now.isoformat(timespec="seconds"),),
        },
    )
    desk.note("approve", object=id, what="report")
    return kept


def discard(desk: Desk, file: Thing, id: str) -> None:
    """Throw away a report that was never published. Raises Absent, NotAllowed, Faulty."""
    report = report_of(desk, file, id)
    _must_be_author(desk, report)
    states.moved(report, "discard")
    _no_more_waiting(desk, report)
    desk.erase(id)
    desk.note("analyse", object=id, what="report", outcome="discarded")


def own(desk: Desk, file: Thing, id: str, seen: str) -> Thing:
    """A report of one's own writing, as it was seen. Raises Absent, NotAllowed, OutOfDate."""
    report = report_of(desk, file, id)
    may_write(desk, file)
    _must_be_author(desk, report)
    _must_be_as_seen(desk, file, report, seen)
    return report


def _must_be_author(desk: Desk, report: Thing) -> None:
    if desk.asker.officer != report.first("author"):
        raise NotAllowed(AUTHORS)


def _must_be_as_seen(desk: Desk, file: Thing, report: Thing, seen: str) -> None:
    if content.digest(desk, report, whole_of(desk, file, report)) != seen:
        raise OutOfDate()


def may_write(desk: Desk, file: Thing) -> None:
    """Raise NotAllowed unless the file may be written to, by an analyst of it, in person."""
    files.must_work(desk, file, "analyst")
    if not in_person(desk):
        raise NotAllowed(N_("A key writes no reports: an officer does, in person."))


def _no_more_waiting(desk: Desk, report: Thing) -> None:
    if report.first("state") == "review":
        settle(desk, "report-waits", report.id)


def _said(desk: Desk, file: Thing, form: m.ReportForm, supersedes: str = "") -> dict[str, str]:
    """What the form says, as it is kept. Raises Faulty with every fault."""
    faults = faults_of(desk, file, form.blocks)
    if Level[form.level.upper()] > desk.asker.clearance:
        faults.append(Fault("level", N_("This level is above your clearance"), N_("Choose a lower one.")))
    if form.template and not letterheads.is_there(desk, desk.asker.bureau, form.template):
        faults.append(Fault("template", N_("There is no such template"), N_("Choose one of your bureau's.")))
    faults += _distribution_faults(desk, file, form.distribution)
    if faults:
        raise Faulty(faults=tuple(faults))
    blocks = content.numbered(desk, form.blocks)
    whole = content.drawn_of(desk, file, blocks, "en")
    distribution = canonical([r.model_dump(mode="json") for r in form.distribution]).decode()
    said = {
        "title": form.title,
        "level": form.level,
        "template": form.template,
        "blocks": content.packed([p for p in whole.parts if p.block.id != content.AT_THE_END]),
        "distribution": distribution,
        "changes": form.changes if supersedes else "",
    }
    _body, wrong = desk.house.model.examine(KIND, {"file": file.id, **said})
    named = tuple(f for f in wrong if f.where.split("/")[1] in said)
    if named:
        raise Faulty(faults=named)
    return said


def _distribution_faults(desk: Desk, file: Thing, given: Sequence[p.Recipient]) -> list[Fault]:
    known, faults = by_code(desk), []
    told: set[tuple[str, str, str]] = set()
    for n, one in enumerate(given):
        bureau = known.get(one.bureau)
        if bureau is None:
            what = f"No bureau {one.bureau} takes part"
            faults.append(Fault(f"distribution/{n}/bureau", what, N_("Use a code from the directory.")))
        elif one.officer and not _may_name(desk, file, one.officer, bureau.number):
            what = N_("There is no such officer")
            do = N_("Name a member of the file or an officer of your bureau; of another, its unit.")
            faults.append(Fault(f"distribution/{n}/officer", what, do))
        if (one.bureau, one.unit, one.officer) in told:
            faults.append(Fault(f"distribution/{n}", N_("This is said twice"), N_("Leave it out.")))
        told.add((one.bureau, one.unit, one.officer))
    return faults


def _may_name(desk: Desk, file: Thing, officer: str, bureau: int) -> bool:
    """Whether the author may know of an officer: nobody finds out by naming ids who works elsewhere."""
    now = asker_now(desk, officer, Purpose.ANALYSIS, "distribution of a report")
    return now.bureau == bureau and (officer in files.members(file) or bureau == desk.asker.bureau)


def _approver_faults(desk: Desk, file: Thing, officer: str, whole: content.Whole) -> list[Fault]:
    if officer not in files.members(file):
        return [Fault("approver", N_("He is no member of the file"), CHOOSE)]
    now = asker_now(desk, officer, Purpose.ANALYSIS, f"analysis file {file.id}")
    faults = []
    if not may(now, "approve"):
        faults.append(Fault("approver", N_("Only a supervisor approves a report"), CHOOSE))
    if officer == desk.asker.officer or is_among(desk, [officer]):
        faults.append(Fault("approver", SECOND, CHOOSE))
    seen = desk.as_house().seated_as(now).look_all(list(whole.sources))
    faults += [
        Fault(f"blocks/{n}", N_("Whom you ask to approve it may not see what this block shows"), CHOOSE)
        for n, part in enumerate(whole.parts)
        if any(id not in seen for id in part.drawn.sources)
    ]
    return faults
