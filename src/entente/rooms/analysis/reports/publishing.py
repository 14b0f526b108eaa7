"""Publishing a report: who may, and that it is what was approved; the rest is publications.service's."""

from entente.core.problems import Fault, Faulty, NotAllowed
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import service as files
from entente.rooms.analysis.reports import content, service
from entente.rooms.analysis.reports import model as m
from entente.rooms.analysis.reports.states import IMPRINT
from entente.rooms.bureaus import in_person
from entente.rooms.publications import Content, states
from entente.rooms.publications import model as p
from entente.rooms.publications import service as published
from entente.web.language import N_, _, speaking


def publish(desk: Desk, file: Thing, id: str) -> Thing:
    """Freeze an approved report and give each recipient his copy. Raises Faulty naming every block that may
    not go to somebody, NotAllowed, Absent."""
    report = service.report_of(desk, file, id)
    files.must_work(desk, file, "reader")
    if not in_person(desk) or desk.asker.officer not in (report.first("author"), report.first("approver")):
        raise NotAllowed(N_("Its author or its approver publishes a report."))
    states.moved(report, "publish")
    lang = published.letterhead(desk, report).lang
    whole = content.as_author(desk, file, report, lang)
    if content.digest(desk, report, whole) != report.first("approved"):
        what = N_("What stands there is not what was approved")
        do = N_("A source has changed meanwhile: let it be approved again.")
        raise Faulty(faults=(Fault("approved", what, do),))
    compared = _compared(desk, file, whole, report, lang)
    return published.publish(desk, IMPRINT, report, Content(whole.as_parts, compared=compared))


def withdraw(desk: Desk, file: Thing, id: str, why: str) -> Thing:
    """Take a published report back; all who had it are told why. Raises NotAllowed, Faulty, Absent."""
    report = service.report_of(desk, file, id)
    hands = (report.first("author"), report.first("approver"))
    if not in_person(desk) or not (
        desk.asker.officer in hands or files.role_of(file, desk.asker.officer) == "lead"
    ):
        raise NotAllowed(N_("Its author, its approver or a lead of the file withdraws a report."))
    return published.withdraw(desk, IMPRINT, report, why)


def revise(desk: Desk, file: Thing, id: str) -> Thing:
    """A new edition to write, from one that was published, by whoever begins it. Raises Faulty, Absent."""
    report = service.report_of(desk, file, id)
    body = published.next_edition(report, service.reports(desk, file), desk.asker.officer)
    whole = service.whole_of(desk, file, report)
    form = m.ReportForm(
        title=report.first("title"),
        level=p.LEVEL.validate_python(report.first("level")),
        template=report.first("template") if desk.asker.bureau == report.handling.owner else "",
        blocks=[part.block for part in whole.parts if part.block.id != content.AT_THE_END],
        distribution=service.recipients_of(report),
    )
    service.may_write(desk, file)
    return service.begin(desk, file, {"file": file.id, **body}, form)


def _compared(desk: Desk, file: Thing, whole: content.Whole, report: Thing, lang: str) -> str:
    """In numbers, what changed since the edition before, as far as this one's author sees that."""
    before = published.edition_before(desk, report)
    if before is None:
        return ""
    author = content.author_of(desk, file, report)
    seen = content.as_seen(author, file, before, lang)
    old = {part.block.id: part.block for part in seen.parts if part.block.id != content.AT_THE_END}
    new = {part.block.id: part.block for part in whole.parts if part.block.id != content.AT_THE_END}
    changed = sum(1 for id in old.keys() & new.keys() if old[id] != new[id])
    with speaking(lang):
        return _(
            "Blocks: %(new)s new, %(changed)s changed, %(gone)s left out.",
            new=len(new.keys() - old.keys()),
            changed=changed,
            gone=len(old.keys() - new.keys()),
        )
