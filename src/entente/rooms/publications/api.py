"""What was published, over HTTP: copies for those they were sent to, what they say of them, letterheads."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from entente.rooms.publications import docx, html, letterheads, printing, reading
from entente.rooms.publications import model as m
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/api/v1/reports", tags=["publications"])
Id = Annotated[str, Path(max_length=64)]
FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("")
def mine(caller: AtDoor) -> list[m.CopyRow]:
    """The copies of reports that were sent to your bureau, or to you."""
    with caller.at_reports("see") as desk:
        return reading.copies(desk)


@router.get("/templates")
def templates(caller: AtDoor) -> list[m.Template]:
    """Your bureau's templates of reports."""
    with caller.at_own_desk("see") as desk:
        return letterheads.listed(desk)


@router.put("/templates/{code}")
def keep_template(caller: AtDoor, code: Id, form: m.TemplateForm) -> m.Template:
    """Make or change a template of your bureau (supervisor)."""
    with caller.at_own_desk("publish", writing=True) as desk:
        return letterheads.keep(desk, code, form)


@router.delete("/templates/{code}", status_code=204)
def remove_template(caller: AtDoor, code: Id) -> Response:
    """Delete a template of your bureau (supervisor)."""
    with caller.at_own_desk("publish", writing=True) as desk:
        letterheads.remove(desk, code)
    return Response(status_code=204)


@router.get("/{id}")
def open_copy(caller: AtDoor, id: Id) -> m.Copy:
    """Open a copy: the frozen data. That you have read it is kept for those who sent it."""
    with caller.at_reports("see", writing=True) as desk:
        return reading.shown(desk, reading.opened(desk, id))


@router.get("/{id}/pdf", response_class=Response, responses={200: {"content": {"application/pdf": FILE}}})
def as_pdf(caller: AtDoor, id: Id) -> Response:
    """A copy as PDF/A, with its number and marking on each page."""
    document, copy = frozen(caller, id, "pdf")
    return Response(printing.pdf(document, copy), media_type="application/pdf", headers=named(copy, "pdf"))


@router.get("/{id}/html", response_class=Response, responses={200: {"content": {"text/html": FILE}}})
def as_html(caller: AtDoor, id: Id) -> Response:
    """A copy as one HTML file."""
    document, copy = frozen(caller, id, "html")
    return Response(html.page(document, copy), media_type="text/html", headers=named(copy, "html"))


@router.get("/{id}/docx", response_class=Response, responses={200: {"content": {WORD: FILE}}})
def as_docx(caller: AtDoor, id: Id) -> Response:
    """A copy as DOCX."""
    document, copy = frozen(caller, id, "docx")
    return Response(docx.docx(document, copy), media_type=WORD, headers=named(copy, "docx"))


@router.post("/{id}/feedback", status_code=204)
def say(request: Request, caller: AtDoor, id: Id, form: m.FeedbackForm) -> Response:
    """Say what became of a report: used, useful or wrong."""
    with caller.at_reports("see", writing=True) as desk:
        reading.say(desk, imprints_of(request), id, form)
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


def imprints_of(request: Request) -> m.Imprints:
    """What rooms tell of what they publish, as the application was made with it."""
    known: m.Imprints = request.app.state.imprints
    return known
