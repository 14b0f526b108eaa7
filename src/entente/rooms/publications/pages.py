"""Pages of readers: reports that were sent to me, one of them, what I say of it; my bureau's templates."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import ROLES_FOR
from entente.core.problems import Absent, Fault, Faulty
from entente.rooms.publications import api, docx, html, letterheads, printing, reading, states
from entente.rooms.publications import model as m
from entente.rooms.publications.reading import VERDICTS
from entente.rooms.publications.states import TONES
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import LANGUAGES
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]


@router.get("/reports")
def mine(request: Request, caller: AtPage) -> Response:
    """The reports that were sent to my bureau, or to me."""
    with caller.at_reports("see") as desk:
        rows = reading.copies(desk)
    leads = bool(caller.officer.roles & ROLES_FOR["publish"])
    return render(
        request, "publications/copies.html", rows=rows, states=states.STATES, tones=TONES, may_set=leads
    )


@router.get("/reports/templates")
def templates(request: Request, caller: AtPage) -> Response:
    """My bureau's templates."""
    return _templates(request, caller)


@router.post("/reports/templates")
def keep_template(
    request: Request,
    caller: AtPage,
    code: Field = "",
    name: Field = "",
    header: Field = "",
    footer: Field = "",
    caveat: Field = "",
    lang: Field = "en",
    do: Field = "keep",
) -> Response:
    """Make, change or delete one."""
    try:
        with caller.at_own_desk("publish", writing=True) as desk:
            if do == "delete":
                letterheads.remove(desk, code)
            else:
                said = {"name": name, "header": header, "footer": footer, "caveat": caveat, "lang": lang}
                letterheads.keep(desk, code, validated(m.TemplateForm, **said))
    except Faulty as problem:
        return _templates(request, caller, problem.faults)
    return RedirectResponse("/reports/templates", status_code=303)


@router.get("/reports/{id}")
def one(request: Request, caller: AtPage, id: str) -> Response:
    """A copy that was sent to me; of a publication that I see, the page where it is written."""
    try:
        with caller.at_reports("see", writing=True) as desk:
            copy = reading.opened(desk, id)
            told, marked = reading.shown(desk, copy), printing.marked(desk, copy)
    except Absent:
        with caller.at_reports("see") as desk:
            report = desk.look(id)
            imprint = api.imprints_of(request).get(report.kind)
            if imprint is None:
                raise
            desk.note("see", object=id, what=imprint.what)
        return RedirectResponse(imprint.page(report), status_code=303)
    return _copy(request, told, marked)


@router.post("/reports/{id}/feedback")
def say(request: Request, caller: AtPage, id: str, verdict: Field = "", text: Field = "") -> Response:
    """Say what became of it."""
    try:
        said = validated(m.FeedbackForm, verdict=verdict, text=text)
        with caller.at_reports("see", writing=True) as desk:
            reading.say(desk, api.imprints_of(request), id, said)
    except Faulty as problem:
        with caller.at_reports("see", writing=True) as desk:
            copy = reading.opened(desk, id)
            told, marked = reading.shown(desk, copy), printing.marked(desk, copy)
        return _copy(request, told, marked, problem.faults)
    return RedirectResponse(f"/reports/{id}", status_code=303)


@router.get("/reports/{id}/{form}")
def as_file(caller: AtPage, id: str, form: str) -> Response:
    """A copy as PDF, HTML or DOCX."""
    if form not in ("pdf", "html", "docx"):
        raise Absent()
    document, copy = api.frozen(caller, id, form)
    headers = api.named(copy, form)
    if form == "pdf":
        return Response(printing.pdf(document, copy), media_type="application/pdf", headers=headers)
    if form == "docx":
        return Response(docx.docx(document, copy), media_type=api.WORD, headers=headers)
    return Response(html.page(document, copy), media_type="text/html", headers=headers)


def _copy(request: Request, told: m.Copy, marked: printing.Marked, faults: Sequence[Fault] = ()) -> Response:
    context: dict[str, Any] = {"told": told, "copy": marked, "faults": faults, "picture": html.picture}
    context |= {"states": states.STATES, "tones": TONES, "verdicts": VERDICTS}
    return render(request, "publications/read.html", status_code=422 if faults else 200, **context)


def _templates(request: Request, caller: Caller, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_own_desk("see") as desk:
        found = letterheads.listed(desk)
    may_set = bool(caller.officer.roles & ROLES_FOR["publish"])
    langs = list(LANGUAGES.items())
    context: dict[str, Any] = {"found": found, "faults": faults, "may_set": may_set, "langs": langs}
    return render(request, "publications/letterheads.html", status_code=422 if faults else 200, **context)
