"""The pages of screenings: the list of one's own, the form that sends one, its columns, its rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from entente.core.problems import Fault, Faulty
from entente.rooms.bureaus import directory
from entente.rooms.screening import model, results, service
from entente.rooms.screening.api import at_own, received, streamed
from entente.rooms.screening.columns import FIELDS
from entente.rooms.search import card
from entente.web import words
from entente.web.address import secure
from entente.web.badges import badges
from entente.web.callers import AtPage, Caller, Inquiry, keep_inquiry
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]
BANDS = ("", "strong", "possible", "contact", "none", "faulty")
A_PAGE = 25
DRAFT = model.Sent(start=False)
WHY = ("purpose", "justification")


@router.get("/screenings")
def screenings(request: Request, caller: AtPage) -> Response:
    """My screenings."""
    with caller.at_own_desk("screen") as desk:
        found = [_row(s) for s in service.screenings(desk)]
    return render(request, "screening/list.html", screenings=found)


@router.get("/screenings/new")
def new(request: Request, caller: AtPage) -> Response:
    """The form that sends a list."""
    with caller.at_own_desk("screen") as desk:
        desk.note("see", what="screenings")
    return _form(request)


@router.post("/screenings")
async def send(request: Request, caller: AtPage) -> Response:
    """Keep a list as a draft; its columns are looked at before it is screened."""
    await run_in_threadpool(caller.must_be_known)
    try:
        _must_be_a_form(request)
        async with received(request, DRAFT, WHY) as (file, name, sent):
            form = await request.form()
            purpose, why = str(form.get("purpose", "")), str(form.get("justification", "")).strip()
            if purpose and why:
                caller.inquiry = request.state.inquiry = Inquiry(purpose, why[:500])
            kept = await run_in_threadpool(
                service.send, lambda writing: caller.at_desk("screen", writing), file, sent, name
            )
    except Faulty as problem:
        return await run_in_threadpool(_form, request, problem.faults)
    return RedirectResponse(f"/screenings/{kept.id}", status_code=303)


@router.get("/screenings/{id}")
def opened(
    request: Request, caller: AtPage, id: str, band: str = "", words: str = "", after: int = 0
) -> Response:
    """One screening: how far it is, and its rows."""
    return _opened(request, caller, id, band, words, after)


@router.get("/screenings/{id}/progress")
def progress(request: Request, caller: AtPage, id: str) -> Response:
    """How far it is, for a page that stands open."""
    with caller.at_own_desk("screen") as desk:
        found = service.one(desk, id)
    over = found.state not in ("waiting", "running")
    headers = {"HX-Refresh": "true"} if over else None  # counters, rows and buttons are others now
    return render(request, "screening/progress.html", headers=headers, screening=_row(found))


@router.get("/screenings/{id}/records/{record}")
def record(request: Request, caller: AtPage, id: str, record: str, search: str = "") -> Response:
    """A candidate's record, opened for the inquiry of the screening, which is the open one from there on."""
    with caller.at_own_desk("screen") as desk:
        found = service.one(desk, id)
    page = RedirectResponse(f"/records/{quote(record)}?{urlencode({'search': search})}", status_code=303)
    keep_inquiry(page, Inquiry(found.purpose, found.justification), secure(request))
    return page


@router.post("/screenings/{id}/columns")
def start(
    request: Request,
    caller: AtPage,
    id: str,
    name: Field = "",
    first: Field = "",
    last: Field = "",
    born: Field = "",
    nationality: Field = "",
    sex: Field = "",
    document: Field = "",
) -> Response:
    """Say what the columns are, and let it begin."""
    said = (name, first, last, born, nationality, sex, document)
    try:
        columns = validated(model.Columns, **dict(zip(FIELDS, said, strict=True)))
        with caller.at_own_desk("screen", writing=True) as desk:
            service.start(desk, id, columns)
    except Faulty as problem:
        return _opened(request, caller, id, faults=problem.faults)
    return RedirectResponse(f"/screenings/{id}", status_code=303)


@router.post("/screenings/{id}/again")
async def again(request: Request, caller: AtPage, id: str) -> Response:
    """Ask again what changed, perhaps of a new list."""
    await run_in_threadpool(caller.must_be_known)
    try:
        _must_be_a_form(request)
        async with received(request, model.Sent()) as (file, _name, sent):
            await run_in_threadpool(service.again, at_own(caller), id, file, sent)
    except Faulty as problem:
        return await run_in_threadpool(_opened, request, caller, id, faults=problem.faults)
    return RedirectResponse(f"/screenings/{id}", status_code=303)


@router.post("/screenings/{id}/watch")
def watch(request: Request, caller: AtPage, id: str, until: Field = "") -> Response:
    """Have what changes looked at by itself until a day, or no more."""
    try:
        said = validated(model.Watching, watch=until or None)
        with caller.at_own_desk("screen", writing=True) as desk:
            service.watch(desk, id, said.watch)
    except Faulty as problem:
        return _opened(request, caller, id, faults=problem.faults)
    return RedirectResponse(f"/screenings/{id}", status_code=303)


@router.post("/screenings/{id}/{step}")
def moved(request: Request, caller: AtPage, id: str, step: str) -> Response:
    """Stop, go on, or delete it."""
    steps = {"stop": service.stop, "resume": service.start, "end": service.end}
    try:
        with caller.at_own_desk("screen", writing=True) as desk:
            if step not in steps:
                service.mine(desk, "")
            steps[step](desk, id)
    except Faulty as problem:
        return _opened(request, caller, id, faults=problem.faults)
    return RedirectResponse("/screenings" if step == "end" else f"/screenings/{id}", status_code=303)


@router.get("/screenings/{id}/results.csv")
def as_csv(caller: AtPage, id: str) -> Response:
    """The whole list back, a line for each candidate."""
    return streamed(caller, id)


def _must_be_a_form(request: Request) -> None:
    """Raise Faulty for a form that can carry no file."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Faulty(faults=(Fault("list", "No list was sent", "Choose a file."),))


def _form(request: Request, faults: Sequence[Fault] = ()) -> Response:
    return render(
        request,
        "screening/new.html",
        status_code=422 if faults else 200,
        faults=faults,
        encodings=[(name, label) for name, label in words.choices(words.ENCODINGS)],
        purposes=words.choices(words.PURPOSES, words.POLICE_PURPOSES),
    )


def _opened(
    request: Request,
    caller: Caller,
    id: str,
    band: str = "",
    said: str = "",
    after: int = 0,
    faults: Sequence[Fault] = (),
) -> Response:
    band, after, said = (band if band in BANDS else ""), max(0, min(after, 1_000_000)), said[:200]
    with caller.at_own_desk("screen") as desk:
        if service.mine(desk, id).first("state") == "draft":
            found, sample = service.one(desk, id), results.sample(desk, id)
            return _draft(request, found, sample, faults)
        page = results.results(desk, id, band, said, after, A_PAGE)
        labels = {b.code: b.label for b in directory(desk).values()}
        told = badges(request, desk, [c.id for row in page.rows for c in row.candidates])
    kinds = caller.house.model
    rows = [
        {
            **row.model_dump(),
            "candidates": [
                card(kinds, c, c.search, labels)
                | {
                    "badges": told.get(c.id, ()),
                    "search": c.search,
                    "url": f"/screenings/{id}/records/{c.id}?search={c.search}",
                }
                for c in row.candidates
            ],
        }
        for row in page.rows
    ]
    return render(
        request,
        "screening/screening.html",
        status_code=422 if faults else 200,
        screening=_row(page.screening),
        rows=rows,
        tally=page.tally.model_dump(),
        band=band,
        bands=words.choices(words.BANDS),
        said=said,
        after=after,
        next=page.next,
        faults=faults,
        latest=page.screening.expires,
    )


def _draft(
    request: Request, found: model.Screening, sample: Sequence[Sequence[str]], faults: Sequence[Fault]
) -> Response:
    return render(
        request,
        "screening/columns.html",
        status_code=422 if faults else 200,
        screening=_row(found),
        sample=sample,
        unfound=_unfound(found.columns),
        fields=words.choices(words.COLUMNS),
        faults=faults,
    )


def _unfound(columns: Mapping[str, str]) -> frozenset[str]:
    """Fields that no column was found for; a whole name needs no parts, nor parts a whole name."""
    names = {"name", "first", "last"}
    return frozenset(FIELDS) - columns.keys() - (names if columns.keys() & names else frozenset())


def _row(s: model.Screening) -> dict[str, Any]:
    return {
        **s.model_dump(),
        "at": datetime.fromisoformat(s.at),
        "expires": date.fromisoformat(s.expires),
        "percent": 100 * s.done // s.rows if s.rows else 100,
    }
