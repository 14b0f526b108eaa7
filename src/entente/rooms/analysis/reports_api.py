"""Analytical reports over HTTP: written in a file, checked, approved, published."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from entente.rooms.analysis import service as files
from entente.rooms.analysis.reports import model as m
from entente.rooms.analysis.reports import publishing, releasing, service, shown
from entente.rooms.publications import model as p
from entente.rooms.publications import reading
from entente.web.callers import AtDoor

router = APIRouter(prefix="/{file}/reports", tags=["analysis"])
Id = Annotated[str, Path(max_length=64)]


@router.get("")
def listed(caller: AtDoor, file: Id) -> list[m.ReportRow]:
    """The reports of a file."""
    with caller.at_file(file, "see") as desk:
        return shown.rows(desk, files.file_of(desk, file))


@router.post("", status_code=201)
def write(caller: AtDoor, file: Id, form: m.ReportForm) -> m.Report:
    """Begin a report (analyst of the file, in person)."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        kept = files.file_of(desk, file)
        return shown.whole(desk, kept, service.write(desk, kept, form))


@router.get("/{id}")
def open_report(caller: AtDoor, file: Id, id: Id) -> m.Report:
    """A report as you may see it, block by block."""
    with caller.at_file(file, "see") as desk:
        kept = files.file_of(desk, file)
        report = service.report_of(desk, kept, id)
        desk.note("see", object=id, what="report")
        return shown.whole(desk, kept, report)


@router.put("/{id}")
def edit(caller: AtDoor, file: Id, id: Id, form: m.ReportEdit) -> m.Report:
    """The whole report anew, by its author; it is a draft again."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        kept = files.file_of(desk, file)
        return shown.whole(desk, kept, service.edit(desk, kept, id, form))


@router.delete("/{id}", status_code=204)
def discard(caller: AtDoor, file: Id, id: Id) -> Response:
    """Throw away a report of yours that was never published."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        service.discard(desk, files.file_of(desk, file), id)
    return Response(status_code=204)


@router.post("/{id}/submit")
def submit(caller: AtDoor, file: Id, id: Id, given: m.Submit) -> m.Report:
    """Ask a supervisor of the file to approve it: he must be able to see all of it."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        kept = files.file_of(desk, file)
        return shown.whole(desk, kept, service.submit(desk, kept, id, given))


@router.post("/{id}/decide")
def decide(caller: AtDoor, file: Id, id: Id, given: m.Decide) -> m.Report:
    """Approve exactly what you saw, or send it back."""
    with caller.at_file(file, "approve", writing=True) as desk:
        kept = files.file_of(desk, file)
        return shown.whole(desk, kept, service.decide(desk, kept, id, given))


@router.get("/{id}/check")
def check(caller: AtDoor, file: Id, id: Id) -> p.Checked:
    """The release check: which block which recipient may not read, and what can be done."""
    with caller.at_file(file, "see") as desk:
        kept = files.file_of(desk, file)
        return shown.checked(desk, kept, service.report_of(desk, kept, id))


@router.post("/{id}/releases", status_code=201)
def give_release(caller: AtDoor, file: Id, id: Id, form: p.ReleaseForm) -> list[p.Released]:
    """Let bureaus read sources of your bureau in this report, in the versions that stand now."""
    with caller.at_file(file, "see", writing=True) as desk:
        kept = files.file_of(desk, file)
        report = service.report_of(desk, kept, id)
        return releasing.give(desk, kept, report, service.whole_of(desk, kept, report), form)


@router.delete("/{id}/releases/{release_id}", status_code=204)
def end_release(caller: AtDoor, file: Id, id: Id, release_id: Id) -> Response:
    """End a release of your bureau; copies that rest on it are suspended."""
    with caller.at_file(file, "see", writing=True) as desk:
        kept = files.file_of(desk, file)
        releasing.take_back(desk, kept, service.report_of(desk, kept, id), release_id)
    return Response(status_code=204)


@router.post("/{id}/publish")
def publish(caller: AtDoor, file: Id, id: Id) -> m.Report:
    """Freeze an approved report and send each recipient his copy; refused while anything blocks."""
    with caller.at_file(file, "publish", writing=True) as desk:
        kept = files.file_of(desk, file)
        return shown.whole(desk, kept, publishing.publish(desk, kept, id))


@router.post("/{id}/withdraw")
def withdraw(caller: AtDoor, file: Id, id: Id, given: p.Why) -> m.Report:
    """Take a published report back; all who had it are told why."""
    with caller.at_file(file, "publish", writing=True) as desk:
        kept = files.file_of(desk, file)
        return shown.whole(desk, kept, publishing.withdraw(desk, kept, id, given.why))


@router.post("/{id}/revise", status_code=201)
def revise(caller: AtDoor, file: Id, id: Id) -> m.Report:
    """Begin the next edition of a report that was published."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        kept = files.file_of(desk, file)
        return shown.whole(desk, kept, publishing.revise(desk, kept, id))


@router.get("/{id}/copies")
def receipts(caller: AtDoor, file: Id, id: Id) -> list[p.Receipt]:
    """Who has which copy, its state, and when it was read."""
    with caller.at_file(file, "see") as desk:
        report = service.report_of(desk, files.file_of(desk, file), id)
        desk.note("see", object=id, what="receipts")
        return reading.receipts(desk, report)


@router.get("/{id}/feedback")
def feedback(caller: AtDoor, file: Id, id: Id) -> list[p.Feedback]:
    """What readers said of it, for the bureau that wrote it."""
    with caller.at_file(file, "see") as desk:
        report = service.report_of(desk, files.file_of(desk, file), id)
        desk.note("see", object=id, what="feedback")
        return reading.feedback_on(desk, report)
