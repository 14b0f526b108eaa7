"""The casebook over HTTP: editions written, approved, exported, published. Copies: publications.api."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Response

from entente.core.journal import canonical
from entente.rooms.publications import docx, html, printing, reading, release
from entente.rooms.publications import model as p
from entente.rooms.reports.casebook import model as m
from entente.rooms.reports.casebook import service, shown
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/api/v1/casebooks", tags=["casebook"])
Id = Annotated[str, Path(max_length=64)]
FORMS: dict[str, str] = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


@router.get("")
def listed(caller: AtDoor) -> list[m.Row]:
    """The casebooks of your bureau."""
    with caller.at_cases("see") as desk:
        return shown.rows(desk)


@router.post("", status_code=201)
def write(caller: AtDoor, form: m.CasebookForm) -> m.Casebook:
    """Begin a casebook, in person."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, service.write(desk, form))


@router.get("/{id}")
def opened(caller: AtDoor, id: Id) -> m.Casebook:
    """A casebook of your bureau: its cases, the counter, what stands in its way."""
    with caller.at_cases("see") as desk:
        book = service.look(desk, id)
        desk.note("see", object=id, what="casebook")
        return shown.whole(desk, book)


@router.put("/{id}")
def edit(caller: AtDoor, id: Id, form: m.CasebookEdit) -> m.Casebook:
    """The whole anew, by its author; it is a draft again."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, service.edit(desk, id, form))


@router.delete("/{id}", status_code=204)
def discard(caller: AtDoor, id: Id) -> Response:
    """Throw away a casebook of yours that was never published."""
    with caller.at_cases("case", writing=True) as desk:
        service.discard(desk, id)
    return Response(status_code=204)


@router.post("/{id}/submit")
def submit(caller: AtDoor, id: Id, given: m.Submit) -> m.Casebook:
    """Ask a supervisor of your bureau to approve it; 422 with all that stands in the way."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, service.submit(desk, id, given))


@router.post("/{id}/decide")
def decide(caller: AtDoor, id: Id, given: m.Decide) -> m.Casebook:
    """Approve exactly what you saw, or send it back."""
    with caller.at_cases("approve", writing=True) as desk:
        return shown.whole(desk, service.decide(desk, id, given))


@router.post("/{id}/publish")
def publish(caller: AtDoor, id: Id) -> m.Casebook:
    """Freeze what was approved and send each recipient a numbered copy."""
    with caller.at_cases("publish", writing=True) as desk:
        return shown.whole(desk, service.publish(desk, id))


@router.post("/{id}/withdraw")
def withdraw(caller: AtDoor, id: Id, given: p.Why) -> m.Casebook:
    """Take a published edition back; all who had it are told why."""
    with caller.at_cases("publish", writing=True) as desk:
        return shown.whole(desk, service.withdraw(desk, id, given.why))


@router.post("/{id}/revise", status_code=201)
def revise(caller: AtDoor, id: Id) -> m.Casebook:
    """Begin the next edition of one that was published."""
    with caller.at_cases("case", writing=True) as desk:
        return shown.whole(desk, service.revise(desk, id))


@router.get("/{id}/check")
def check(caller: AtDoor, id: Id) -> p.Checked:
    """The release check: which case which recipient may not read, and what can be done."""
    with caller.at_cases("see") as desk:
        return shown.checked(desk, service.look(desk, id))


@router.post("/{id}/releases", status_code=201)
def give_release(caller: AtDoor, id: Id, form: p.ReleaseForm) -> list[p.Released]:
    """Let bureaus read cases of your bureau in this book, in the versions that stand now (supervisor)."""
    with caller.at_cases("publish", writing=True) as desk:
        return shown.give(desk, service.look(desk, id), form)


@router.delete("/{id}/releases/{release_id}", status_code=204)
def end_release(caller: AtDoor, id: Id, release_id: Id) -> Response:
    """End a release of your bureau; copies that rest on it are suspended (supervisor)."""
    with caller.at_cases("publish", writing=True) as desk:
        release.take_back(desk, service.look(desk, id).thing, release_id)
    return Response(status_code=204)


@router.get("/{id}/copies")
def receipts(caller: AtDoor, id: Id) -> list[p.Receipt]:
    """Who has which copy, its state, and when it was read."""
    with caller.at_cases("see") as desk:
        book = service.look(desk, id)
        desk.note("see", object=id, what="receipts")
        return reading.receipts(desk, book.thing)


@router.get("/{id}/feedback")
def feedback(caller: AtDoor, id: Id) -> list[p.Feedback]:
    """What readers said of it."""
    with caller.at_cases("see") as desk:
        book = service.look(desk, id)
        desk.note("see", object=id, what="feedback")
        return reading.feedback_on(desk, book.thing)


@router.get(
    "/{id}/export/{form}",
    response_class=Response,
    responses={200: {"content": dict.fromkeys(FORMS.values(), FILE)}},
)
def export(caller: AtDoor, id: Id, form: Literal["pdf", "html", "docx", "json"]) -> Response:
    """The book as it stands for you: PDF, HTML, DOCX, JSON. 422 lists each sentence that does not resolve."""
    return exported(caller, id, form)


def exported(caller: Caller, id: str, form: str) -> Response:
    """A file of the book. Raises Absent, Faulty."""
    with caller.at_cases("export") as desk:
        book = service.look(desk, id)
        document, marked = shown.draft(desk, book)
        desk.note("export", object=id, what="casebook", outcome=form)
    made: bytes | str
    if form == "pdf":
        made = printing.pdf(document, marked)
    elif form == "docx":
        made = docx.docx(document, marked)
    elif form == "html":
        made = html.page(document, marked)
    else:
        made = canonical(document)
    named = {"Content-Disposition": f'attachment; filename="casebook-edition-{document["edition"]}.{form}"'}
    return Response(made, media_type=FORMS[form], headers=named)
