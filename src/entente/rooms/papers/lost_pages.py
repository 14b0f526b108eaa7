"""Pages of lost and stolen documents: the check first, a list, what one's bureau says, saying it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from entente.core.problems import Fault, Faulty, NoPurpose
from entente.desk import Desk
from entente.desk.work import settle
from entente.rooms.papers import lost_api
from entente.rooms.papers.lost import blanks, lists, model, reporting, shown, vocabulary
from entente.rooms.papers.showing import may
from entente.rooms.records import HandlingForm
from entente.web import words
from entente.web.address import secure
from entente.web.callers import AtPage, Caller, Inquiry, keep_inquiry
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter(prefix="/papers/lost")
Field = Annotated[str, Form()]
Given = Mapping[str, str]
A_PAGE = 50
ASKED = ("number", "issuer", "type", "name", "birth")
SAID = ("status", "date", "place", "country", "case", "circumstances")
REPORTED = ("number", "type", *SAID, "surname", "given", "birth", "ref")
RANGED = ("first", "last", "type", *SAID)
ALONE = HandlingForm(mode="named")
SHOWN: dict[str, Any] = {"vocabulary": vocabulary}


# --- looked up -----------------------------------------------------------------------------------


@router.get("")
def box(request: Request, caller: AtPage) -> Response:
    """Is the document in my hand lost or stolen?"""
    caller.must_be_known()
    return _box(request, caller, {})


@router.post("")
async def check(request: Request, caller: AtPage) -> Response:
    """Look one document up."""
    return await _asked(request, caller, _check)


@router.post("/list")
async def check_list(request: Request, caller: AtPage) -> Response:
    """Look a pasted list up, row by row."""
    return await _asked(request, caller, _check_list)


async def _asked(
    request: Request, caller: Caller, answer: Callable[[Caller, Given], dict[str, Any]]
) -> Response:
    """A form that says why it asks, or goes on with the inquiry that is open."""
    given = {k: v for k, v in (await request.form()).items() if isinstance(v, str)}
    return await run_in_threadpool(_answered, request, caller, given, answer)


def _answered(
    request: Request, caller: Caller, given: Given, answer: Callable[[Caller, Given], dict[str, Any]]
) -> Response:
    caller.must_be_known()
    purpose, why = given.get("purpose", ""), given.get("justification", "").strip()[:500]
    if purpose and why:
        caller.inquiry = request.state.inquiry = Inquiry(purpose, why)
    try:
        page = _box(request, caller, given, **answer(caller, given))
    except NoPurpose:
        if purpose:
            raise
        return _box(request, caller, given, status=NoPurpose.status)
    except Faulty as problem:
        return _box(request, caller, given, faults=_flat(problem.faults), status=problem.status)
    if purpose and caller.inquiry:
        keep_inquiry(page, caller.inquiry, secure(request))
    return page


def _check(caller: Caller, given: Given) -> dict[str, Any]:
    document = {name: given.get(name, "") for name in ASKED}
    asked = validated(model.Check, documents=[document])
    with caller.on_grid():
        answer = lost_api.looked_up(caller, asked).documents[0]
    return {"answer": answer}


def _check_list(caller: Caller, given: Given) -> dict[str, Any]:
    with caller.on_grid():
        return {"listed": lost_api.list_looked_up(caller, given.get("list", "").encode()[: lists.MOST_BYTES])}


def _flat(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults of the one document at the fields of the form."""
    return tuple(Fault(f.where.removeprefix("documents/0/"), f.what, f.do) for f in faults)


def _box(
    request: Request,
    caller: Caller,
    given: Given,
    answer: model.Answer | None = None,
    listed: model.ListAnswer | None = None,
    faults: Sequence[Fault] = (),
    status: int = 200,
) -> Response:
    return render(
        request,
        "papers/lost_check.html",
        status_code=status,
        given={name: given.get(name, "") for name in (*ASKED, "list")},
        answer=answer,
        listed=listed,
        faults=faults,
        settled=False,
        purposes=words.choices(words.PURPOSES, words.POLICE_PURPOSES),
        may_write=may(caller, "contribute"),
        wanted=shown.is_wanted,
        **SHOWN,
    )


# --- said ----------------------------------------------------------------------------------------


@router.get("/mine")
def mine(request: Request, caller: AtPage, after: str = "") -> Response:
    """What my bureau says to be lost or stolen, and its ranges of blanks."""
    with caller.at_own_desk("see") as desk:
        rows = [shown.lost(desk, t) for t in reporting.listed(desk, after[:64], A_PAGE)]
        ranges = [] if after else [shown.blank_range(desk, t) for t in blanks.listed(desk, "", A_PAGE)]
    return render(
        request,
        "papers/lost_mine.html",
        rows=rows,
        ranges=ranges,
        may_write=may(caller, "contribute"),
        first="/papers/lost/mine" if after else "",
        older=f"/papers/lost/mine?after={rows[-1].id}" if len(rows) == A_PAGE else "",
        **SHOWN,
    )


@router.get("/report")
def report_form(request: Request, caller: AtPage) -> Response:
    """Report a document of one's own country."""
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="lost documents")
    return _writing(request, "document", {"status": "stolen", "type": "passport"})


@router.post("/report")
async def report(request: Request, caller: AtPage) -> Response:
    """Keep the report."""

    def kept(desk: Desk, given: Given) -> str:
        said = {name: given.get(name, "") for name in REPORTED}
        return reporting.report(desk, validated(model.Report, **said, handling=_audience(given))).id

    return await _kept(request, caller, "document", kept)


@router.get("/ranges")
def range_form(request: Request, caller: AtPage) -> Response:
    """Report a range of stolen blanks."""
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="lost documents")
    return _writing(request, "range", {"status": "stolen-blank", "type": "passport"})


@router.post("/ranges")
async def report_range(request: Request, caller: AtPage) -> Response:
    """Keep the range."""

    def kept(desk: Desk, given: Given) -> str:
        said = {name: given.get(name, "") for name in RANGED}
        form = validated(model.RangeForm, **said, handling=_audience(given))
        return f"ranges/{blanks.report(desk, form).id}"

    return await _kept(request, caller, "range", kept)


@router.get("/ranges/{id}")
def one_range(request: Request, caller: AtPage, id: str) -> Response:
    """One range of blanks."""
    return _one(request, caller, "range", id)


@router.post("/ranges/{id}")
def change_range(
    request: Request,
    caller: AtPage,
    id: str,
    status: Field = "",
    version: Field = "",
    date: Field = "",
    place: Field = "",
    country: Field = "",
    case: Field = "",
    circumstances: Field = "",
) -> Response:
    """What became of it by now."""
    said = dict(zip(SAID, (status, date, place, country, case, circumstances), strict=True))
    return _changed(request, caller, "range", id, said, version)


@router.post("/ranges/{id}/withdraw")
def withdraw_range(caller: AtPage, id: str) -> Response:
    """Take it back."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        blanks.withdraw(desk, id)
    return RedirectResponse("/papers/lost/mine", status_code=303)


@router.get("/{id}")
def one(request: Request, caller: AtPage, id: str) -> Response:
    """One document that its issuer calls lost or stolen."""
    return _one(request, caller, "document", id)


@router.post("/{id}")
def change(
    request: Request,
    caller: AtPage,
    id: str,
    status: Field = "",
    version: Field = "",
    date: Field = "",
    place: Field = "",
    country: Field = "",
    case: Field = "",
    circumstances: Field = "",
) -> Response:
    """What became of it by now."""
    said = dict(zip(SAID, (status, date, place, country, case, circumstances), strict=True))
    return _changed(request, caller, "document", id, said, version)


@router.post("/{id}/withdraw")
def withdraw(caller: AtPage, id: str) -> Response:
    """Take it back."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        reporting.withdraw(desk, id)
    return RedirectResponse("/papers/lost/mine", status_code=303)


# --- behind the forms ----------------------------------------------------------------------------


def _audience(given: Given) -> dict[str, Any]:
    """Every bureau, or one's own alone; who wants more chooses it on the record's own page."""
    return (ALONE if given.get("audience") == "own" else model.EVERYONE).model_dump()


async def _kept(request: Request, caller: Caller, what: str, keep: Callable[[Desk, Given], str]) -> Response:
    given = {k: v for k, v in (await request.form()).items() if isinstance(v, str)}

    def kept() -> Response:
        try:
            with caller.at_own_desk("contribute", writing=True) as desk:
                made = keep(desk, given)
        except Faulty as problem:
            return _writing(request, what, given, problem.faults)
        settle(caller.house)
        return RedirectResponse(f"/papers/lost/{made}", status_code=303)

    return await run_in_threadpool(kept)


def _writing(request: Request, what: str, given: Given, faults: Sequence[Fault] = ()) -> Response:
    return render(
        request,
        "papers/lost_report.html",
        status_code=422 if faults else 200,
        what=what,
        given={name: given.get(name, "") for name in (*REPORTED, *RANGED, "audience")},
        faults=faults,
        **SHOWN,
    )


def _one(
    request: Request,
    caller: Caller,
    what: str,
    id: str,
    faults: Sequence[Fault] = (),
    given: Given | None = None,
) -> Response:
    with caller.at_own_desk("see") as desk:
        is_range = what == "range"
        thing = blanks.opened(desk, id) if is_range else reporting.one(desk, id)
        told = shown.blank_range(desk, thing) if is_range else shown.lost(desk, thing)
    return render(
        request,
        "papers/lost_one.html",
        status_code=422 if faults else 200,
        what=what,
        one=told,
        given={name: (given or told.model_dump()).get(name, "") for name in SAID},
        faults=faults,
        may_write=may(caller, "correct") and told.owner == caller.officer.code,
        **SHOWN,
    )


def _changed(request: Request, caller: Caller, what: str, id: str, said: Given, version: str) -> Response:
    service = blanks if what == "range" else reporting
    try:
        form = validated(model.Change, **said, version=version or 0)
        with caller.at_own_desk("correct", writing=True) as desk:
            service.change(desk, id, form)
    except Faulty as problem:
        return _one(request, caller, what, id, problem.faults, said)
    settle(caller.house)
    return RedirectResponse(f"/papers/lost/{'ranges/' if what == 'range' else ''}{id}", status_code=303)
