"""Analytical reports over HTTP: written in a file, read as copies by those they were sent to."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response

from entente.rooms.analysis import service as files
from entente.rooms.analysis.reports import docx, html, printing, publishing, reading, release, service, shown
from entente.rooms.analysis.reports import model as m
from entente.rooms.analysis.reports import templates as letterheads
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/{file}/reports", tags=["analysis"])
copies = APIRouter(prefix="/api/v1/reports", tags=["analysis"])
Id = Annotated[str, Path(max_length=64)]
FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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
def check(caller: AtDoor, file: Id, id: Id) -> m.Checked:
    """The release check: which block which recipient may not read, and what can be done."""
    with caller.at_file(file, "see") as desk:
        kept = files.file_of(desk, file)
        return shown.checked(desk, kept, service.report_of(desk, kept, id))


@router.post("/{id}/releases", status_code=201)
def give_release(caller: AtDoor, file: Id, id: Id, form: m.ReleaseForm) -> list[m.Released]:
    """Let bureaus read sources of your bureau in this report, in the versions that stand now."""
    with caller.at_file(file, "see", writing=True) as desk:
        kept = files.file_of(desk, file)
        report = service.report_of(desk, kept, id)
        return release.give(desk, kept, report, service.whole_of(desk, kept, report), form)


@router.delete("/{id}/releases/{release_id}", status_code=204)
def end_release(caller: AtDoor, file: Id, id: Id, release_id: Id) -> Response:
    """End a release of your bureau; copies that rest on it are suspended."""
    with caller.at_file(file, "see", writing=True) as desk:
        kept = files.file_of(desk, file)
        release.take_back(desk, kept, service.report_of(desk, kept, id), release_id)
    return Response(status_code=204)


@router.post("/{id}/publish")
def publish(caller: AtDoor, file: Id, id: Id) -> m.Report:
    """Freeze an approved report and send each recipient his copy; refused while anything blocks."""
    with caller.at_file(file, "publish", writing=True) as desk:
        kept = files.file_of(desk, file)
        return shown.whole(desk, kept, publishing.publish(desk, kept, id))


@router.post("/{id}/withdraw")
def withdraw(caller: AtDoor, file: Id, id: Id, given: m.Why) -> m.Report:
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
def receipts(caller: AtDoor, file: Id, id: Id) -> list[m.Receipt]:
    """Who has which copy, its state, and when it was read."""
    with caller.at_file(file, "see") as desk:
        report = service.report_of(desk, files.file_of(desk, file), id)
        desk.note("see", object=id, what="receipts")
        return reading.receipts(desk, report)


@router.get("/{id}/feedback")
def feedback(caller: AtDoor, file: Id, id: Id) -> list[m.Feedback]:
    """What readers said of it, for the bureau that wrote it."""
    with caller.at_file(file, "see") as desk:
        report = service.report_of(desk, files.file_of(desk, file), id)
        desk.note("see", object=id, what="feedback")
        return reading.feedback_on(desk, report)


# --- for readers ---------------------------------------------------------------------------------


@copies.get("")
def mine(caller: AtDoor) -> list[m.CopyRow]:
    """The copies of reports that were sent to your bureau, or to you."""
    with caller.at_reports("see") as desk:
        return reading.copies(desk)


@copies.get("/templates")
def templates(caller: AtDoor) -> list[m.Template]:
    """Your bureau's templates of reports."""
    with caller.at_own_desk("see") as desk:
        return letterheads.listed(desk)


@copies.put("/templates/{code}")
def keep_template(caller: AtDoor, code: Id, form: m.TemplateForm) -> m.Template:
    """Make or change a template of your bureau (supervisor)."""
    with caller.at_own_desk("publish", writing=True) as desk:
        return letterheads.keep(desk, code, form)


@copies.delete("/templates/{code}", status_code=204)
def remove_template(caller: AtDoor, code: Id) -> Response:
    """Delete a template of your bureau (supervisor)."""
    with caller.at_own_desk("publish", writing=True) as desk:
        letterheads.remove(desk, code)
    return Response(status_code=204)


@copies.get("/{id}")
def open_copy(caller: AtDoor, id: Id) -> m.Copy:
    """Open a copy: the frozen data. That you have read it is kept for those who sent it."""
    with caller.at_reports("see", writing=True) as desk:
        return reading.shown(desk, reading.opened(desk, id))


@copies.get("/{id}/pdf", response_class=Response, responses={200: {"content": {"application/pdf": FILE}}})
def as_pdf(caller: AtDoor, id: Id) -> Response:
    """A copy as PDF/A, with its number and marking on each page."""
    document, copy = frozen(caller, id, "pdf")
    return Response(printing.pdf(document, copy), media_type="application/pdf", headers=named(copy, "pdf"))


@copies.get("/{id}/html", response_class=Response, responses={200: {"content": {"text/html": FILE}}})
def as_html(caller: AtDoor, id: Id) -> Response:
    """A copy as one HTML file."""
    document, copy = frozen(caller, id, "html")
    return Response(html.page(document, copy), media_type="text/html", headers=named(copy, "html"))


@copies.get("/{id}/docx", response_class=Response, responses={200: {"content": {WORD: FILE}}})
def as_docx(caller: AtDoor, id: Id) -> Response:
    """A copy as DOCX."""
    document, copy = frozen(caller, id, "docx")
    return Response(docx.docx(document, copy), media_type=WORD, headers=named(copy, "docx"))


@copies.post("/{id}/feedback", status_code=204)
def say(caller: AtDoor, id: Id, form: m.FeedbackForm) -> Response:
    """Say what became of a report: used, useful or wrong."""
    with caller.at_reports("see", writing=True) as desk:
        reading.say(desk, id, form)
    return Response(status_code=204)


def frozen(caller: Caller, id: str, form: str) -> tuple[dict[str, Any], printing.Marked]:
    """What a copy is printed from; it leaves the house as a file. Raises Absent."""
    with caller.at_reports("see", writing=True) as desk:
        copy = reading.opened(desk, id)
        desk.note("export", object=id, what="report copy", outcome=form)
        return reading.document(desk, copy), printing.marked(desk, copy)


def named(copy: printing.Marked, ending: str) -> dict[str, str]:
    """The header that names the file."""
    return {"Content-Disposition": f'attachment; filename="report-copy-{copy.number}.{ending}"'}
