"""What is done to a case from its page: steps, review, objections, finality, files, taking out."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from entente.core.problems import Absent, Faulty, NotAllowed, NotYours, OutOfDate
from entente.desk import Desk
from entente.rooms.reports import labels
from entente.rooms.reports.cases import files, keeping, shown, steps, writing
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases.form_pages import PARTS, version_of
from entente.rooms.reports.cases.pages import case_page
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter(prefix="/cases")


@router.post("/{id}/steps")
async def step(request: Request, caller: AtPage, id: str) -> Response:
    """Do one step."""
    sent = await request.form()
    said = {name: _text(sent, name) for name in ("step", "why", "reviewer")}

    def do(desk: Desk) -> Any:
        return steps.step(desk, id, validated(m.StepForm, version=version_of(sent), **said))

    return await run_in_threadpool(_done, request, caller, id, said["step"], do)


@router.post("/{id}/objections")
async def objects(request: Request, caller: AtPage, id: str) -> Response:
    """Object."""
    sent = await request.form()
    claim = _text(sent, "claim") or None
    said = {"version": version_of(sent), "text": _text(sent, "text"), "claim": claim}

    def do(desk: Desk) -> Any:
        return steps.objects(desk, id, validated(m.ObjectionForm, **said))

    return await run_in_threadpool(_done, request, caller, id, "object", do)


@router.post("/{id}/objections/{number:int}/answer")
async def answer(request: Request, caller: AtPage, id: str, number: int) -> Response:
    """Answer an objection."""
    sent = await request.form()

    def do(desk: Desk) -> Any:
        given = validated(m.AnswerForm, version=version_of(sent), text=_text(sent, "text"))
        return steps.answer(desk, id, number, given)

    return await run_in_threadpool(_done, request, caller, id, f"answer-{number}", do)


@router.post("/{id}/objections/{number:int}/withdraw")
async def take_back(request: Request, caller: AtPage, id: str, number: int) -> Response:
    """Withdraw an objection."""
    sent = await request.form()

    def do(desk: Desk) -> Any:
        given = validated(m.WithdrawalForm, version=version_of(sent), why=_text(sent, "why"))
        return steps.take_back(desk, id, number, given)

    return await run_in_threadpool(_done, request, caller, id, f"answer-{number}", do)


@router.post("/{id}/proceedings/{number:int}/final")
async def final(request: Request, caller: AtPage, id: str, number: int) -> Response:
    """Confirm that a judgment is final."""
    sent = await request.form()

    def do(desk: Desk) -> Any:
        said = {name: _text(sent, name) for name in ("final_on", "why")}
        given = validated(m.FinalForm, version=version_of(sent), **said)
        return writing.confirm_final(desk, id, number, given)

    return await run_in_threadpool(_done, request, caller, id, f"final-{number}", do)


@router.post("/{id}/evidence/{number:int}/file")
async def attach(request: Request, caller: AtPage, id: str, number: int) -> Response:
    """Keep the file of a piece of evidence, or take it out."""
    sent = await request.form()
    file = sent.get("files")
    data = await file.read() if isinstance(file, UploadFile) and file.size else b""
    version = version_of(sent)
    if _text(sent, "do") == "detach":
        return await run_in_threadpool(
            _done,
            request,
            caller,
            id,
            f"file-{number}",
            lambda desk: files.detach(desk, id, number, version),
        )

    def kept() -> Response:
        try:
            files.attach(lambda w: caller.at_cases("case", writing=w), id, number, version, data)
        except (Faulty, OutOfDate) as problem:
            return _again(request, caller, id, f"file-{number}", problem)
        return RedirectResponse(f"/cases/{id}#e{number}", status_code=303)

    return await run_in_threadpool(kept)


@router.get("/{id}/evidence/{number:int}/file")
def opened_file(caller: AtPage, id: str, number: int) -> Response:
    """The file, as it came."""
    with caller.at_cases("see") as desk:
        file, data = files.opened(desk, id, number)
    ending = "pdf" if file.media == files.PDF else "txt"
    named = f'attachment; filename="evidence-{number}.{ending}"'
    return Response(data, media_type=file.media, headers={"Content-Disposition": named})


@router.post("/{id}/{part}/{number:int}/remove")
async def remove(request: Request, caller: AtPage, id: str, part: str, number: int) -> Response:
    """Take a part out."""
    if part not in PARTS:
        raise Absent()
    sent = await request.form()

    def do(desk: Desk) -> Any:
        return writing.remove(desk, id, part, number, version_of(sent))

    return await run_in_threadpool(_done, request, caller, id, "remove", do)


@router.post("/{id}/discard")
async def discard(request: Request, caller: AtPage, id: str) -> Response:
    """Throw a case away."""
    sent = await request.form()

    def gone() -> Response:
        try:
            with caller.at_cases("case", writing=True) as desk:
                writing.discard(desk, id, version_of(sent))
        except (Faulty, OutOfDate) as problem:
            return _again(request, caller, id, "discard", problem)
        return RedirectResponse("/cases", status_code=303)

    return await run_in_threadpool(gone)


# --- review ----------------------------------------------------------------------------------------------


@router.get("/{id}/review")
def review(request: Request, caller: AtPage, id: str) -> Response:
    """The review, claim by claim."""
    return _review(request, caller, id, {})


@router.post("/{id}/review")
async def reviewed(request: Request, caller: AtPage, id: str) -> Response:
    """Give it."""
    sent = await request.form()
    return await run_in_threadpool(_reviewed, request, caller, id, sent)


def _reviewed(request: Request, caller: Caller, id: str, sent: FormData) -> Response:
    numbers = [name.removeprefix("decision/") for name in sent if name.startswith("decision/")]
    decisions = [
        {"claim": n, "decision": _text(sent, f"decision/{n}"), "text": _text(sent, f"text/{n}")}
        for n in numbers
    ]
    answers = [n for name in sent.getlist("answers") if (n := str(name))]
    given = {name: _text(sent, name) for name in sent} | {"answers": answers}
    try:
        with caller.at_cases("case", writing=True) as desk:
            form = validated(
                m.ReviewForm,
                version=version_of(sent),
                decisions=decisions,
                answers=answers,
                text=_text(sent, "text"),
            )
            steps.review(desk, id, form)
    except (Faulty, NotAllowed, NotYours, OutOfDate) as problem:
        faults = problem.faults if isinstance(problem, Faulty) else ()
        refused = "" if faults else problem.detail or problem.title
        return _review(request, caller, id, given, numbers, faults, refused, problem.status)
    return RedirectResponse(f"/cases/{id}", status_code=303)


def _review(
    request: Request,
    caller: Caller,
    id: str,
    given: Mapping[str, Any],
    numbers: list[str] | None = None,
    faults: tuple[Any, ...] = (),
    refused: str = "",
    status: int = 200,
) -> Response:
    with caller.at_cases("case") as desk:
        case = keeping.look(desk, id)
        if not steps.may_review(desk, case):
            raise Absent()
        desk.note("see", object=id)
        it = shown.whole(desk, case)
    places = {f"decisions/{at}": (f"d-{n}", f"C{n}") for at, n in enumerate(numbers or [])}
    return render(
        request,
        "reports/case_review.html",
        status_code=status,
        it=it,
        stated=[one for one in it.claims if not one.draft],
        answered=[one for one in it.objections if one.state == "answered"],
        evidence={one.number: one for one in it.evidence},
        given=given,
        faults=faults,
        places=places,
        refused=refused,
        labels=labels,
    )


# --- what they share ---------------------------------------------------------------------------------------


def _done(request: Request, caller: Caller, id: str, tried: str, do: Callable[[Desk], Any]) -> Response:
    try:
        with caller.at_cases("case", writing=True) as desk:
            do(desk)
    except (Faulty, NotAllowed, NotYours, OutOfDate) as problem:
        return _again(request, caller, id, tried, problem)
    return RedirectResponse(f"/cases/{id}", status_code=303)


def _again(
    request: Request, caller: Caller, id: str, tried: str, problem: Faulty | NotAllowed | NotYours | OutOfDate
) -> Response:
    """The page of the case with why a step was refused."""
    refused = "" if problem.faults else problem.detail or problem.title
    return case_page(request, caller, id, tried, problem.faults, refused, problem.status)


def _text(sent: FormData, name: str) -> str:
    value = sent.get(name, "")
    return value.strip() if isinstance(value, str) else ""
