"""A report as members of its file get it: what each may see, and what he may do."""

from entente.core.access import Level, may
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import service as files
from entente.rooms.analysis.reports import content, service
from entente.rooms.analysis.reports import model as m
from entente.rooms.publications import model as p
from entente.rooms.publications import named, release, states
from entente.rooms.publications import steps as steps_of


def rows(desk: Desk, file: Thing) -> list[m.ReportRow]:
    """The reports of a file."""
    found = service.reports(desk, file)
    desk.note("see", object=file.id, what="reports")
    names = named(desk, [t.first("author") for t in found])
    return [_row(t, names) for t in found]


def whole(desk: Desk, file: Thing, report: Thing) -> m.Report:
    """A report, block by block, as this officer may see it."""
    said = service.whole_of(desk, file, report)
    hands = (report.first("author"), report.first("approver"))  # the digest covers blocks others lack
    steps = steps_of(report)
    names = named(desk, [report.first("author"), report.first("approver"), *(s["by"] for s in steps)])
    return m.Report(
        **_row(report, names).model_dump(),
        file=file.id,
        level=p.LEVEL.validate_python(report.first("level")),
        template=report.first("template"),
        approver=names.get(report.first("approver"), ""),
        blocks=[m.Shown(block=one.block, drawn=one.drawn.data) for one in said.parts],
        distribution=service.recipients_of(report),
        changes=report.first("changes"),
        supersedes=report.first("supersedes"),
        sha256=report.first("sha256") if desk.asker.officer in hands else "",
        seen=content.digest(desk, report, said),
        history=[_step(s, names) for s in steps if s["did"] != "edited"],
        can=_can(desk, file, report),
    )


def checked(desk: Desk, file: Thing, report: Thing) -> p.Checked:
    """The release check, as far as this officer sees the report."""
    said = service.whole_of(desk, file, report)
    desk.note("see", object=report.id, what="release check")
    return release.check(desk, report, said.as_parts, service.recipients_of(report))


def _row(report: Thing, names: dict[str, str]) -> m.ReportRow:
    return m.ReportRow(
        id=report.id,
        title=report.first("title"),
        edition=int(report.first("edition")),
        state=report.first("state"),
        author=names.get(report.first("author"), ""),
        published=report.first("published"),
    )


def _step(said: dict[str, str], names: dict[str, str]) -> m.Done:
    return m.Done(at=said["at"], did=said["did"], officer=names.get(said["by"], ""), why=said["why"])


def _can(desk: Desk, file: Thing, report: Thing) -> list[str]:
    """What is offered to him; the services decide again."""
    me, state = desk.asker.officer, report.first("state")
    author, approver = me == report.first("author"), me == report.first("approver")
    role, open = files.role_of(file, me), files.is_writable(desk, file)
    level = Level[report.first("level").upper()] <= desk.asker.clearance
    offered = {
        "edit": author and open and may(desk.asker, "analyse"),
        "submit": author and open and may(desk.asker, "analyse"),
        "approve": approver and open and may(desk.asker, "approve"),
        "publish": (author or approver) and open and level and may(desk.asker, "publish"),
        "withdraw": (author or approver or role == "lead") and may(desk.asker, "publish"),
        "revise": role in ("lead", "analyst") and open and may(desk.asker, "analyse"),
        "discard": author and may(desk.asker, "analyse"),
        "release": open and (may(desk.asker, "publish") or role in ("lead", "analyst", "contributor")),
    }
    return [act for act, may_do in offered.items() if may_do and _starts(act, state)]


def _starts(act: str, state: str) -> bool:
    return act == "release" or states.starts(act, state)
