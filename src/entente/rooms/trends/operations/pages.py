"""Pages of operations and lists of targets."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.access import may
from entente.core.problems import Fault, Faulty, OutOfDate
from entente.desk import Desk
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.bureaus import PRIVATE, directory
from entente.rooms.trends.figures import figures_words as figures
from entente.rooms.trends.operations import lists, service, tally, words
from entente.rooms.trends.operations import model as m
from entente.rooms.trends.operations.api import ExportWords, ReportWords, exported
from entente.web import words as labels
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter()
BLANK: Mapping[str, Any] = {
    **dict.fromkeys(("name", "since", "until", "objectives", "version"), ""),
    **dict.fromkeys(("countries", "goods", "members"), ()),
}
NO_LIST = dict.fromkeys(("name", "operation", "goods", "country", "since", "until", "shared"), "")
STALE = N_("Somebody changed it meanwhile")


@router.get("/trends/operations")
def operations(request: Request, caller: AtPage, after: str = "") -> Response:
    """Operations of one's bureau, and those it takes part in; the form for another."""
    return _operations(request, caller, after)


@router.post("/trends/operations")
async def plan(request: Request) -> Response:
    """Plan one."""
    return await run_in_threadpool(_planned, request, await at_page(request), await request.form(), "")


@router.get("/trends/operations/{id}")
def operation(request: Request, caller: AtPage, id: str, measure: str = "count") -> Response:
    """One operation; with an inquiry open, its tally and what it changed."""
    return _operation(request, caller, id, measure)


@router.post("/trends/operations/{id}")
async def change(request: Request, id: str) -> Response:
    """Change what it is, or who takes part."""
    return await run_in_threadpool(_planned, request, await at_page(request), await request.form(), id)


@router.post("/trends/operations/{id}/steps")
async def move(request: Request, id: str) -> Response:
    """Move it along."""
    caller, form = await at_page(request), await request.form()

    def done(desk: Desk, said: Mapping[str, Any]) -> None:
        service.step(desk, id, validated(m.Step, **said))

    def again(faults: Sequence[Fault]) -> Response:
        return _operation(request, caller, id, "", faults)

    return await run_in_threadpool(_moved, caller, form, f"/trends/operations/{id}", done, again)


@router.get("/trends/targets")
def target_lists(request: Request, caller: AtPage, after: str = "", operation: str = "") -> Response:
    """Lists of targets, and the form for another."""
    return _lists(request, caller, after[:64], {"operation": operation[:64]})


@router.post("/trends/targets")
async def propose(request: Request) -> Response:
    """Make a list."""
    return await run_in_threadpool(_proposed, request, await at_page(request), await request.form())


@router.get("/trends/targets/{id}")
def target_list(request: Request, caller: AtPage, id: str) -> Response:
    """The whole list, for its desk; who checks gets the sheet."""
    return _list(request, caller, id)


@router.get("/trends/targets/{id}/sheet")
def check_sheet(request: Request, caller: AtPage, id: str) -> Response:
    """The list for those who check."""
    return _sheet(request, caller, id)


@router.get("/trends/targets/{id}/export")
def file(request: Request, caller: AtPage, id: str) -> Response:
    """The list or its sheet as a file."""
    return exported(caller, id, validated(ExportWords, **dict(request.query_params)))


@router.post("/trends/targets/{id}/steps")
async def move_list(request: Request, id: str) -> Response:
    """Move a list along."""
    caller, form = await at_page(request), await request.form()

    def done(desk: Desk, said: Mapping[str, Any]) -> None:
        lists.step(desk, id, validated(m.ListStep, **said))

    def again(faults: Sequence[Fault]) -> Response:
        return _list(request, caller, id, faults)

    return await run_in_threadpool(_moved, caller, form, f"/trends/targets/{id}", done, again)


@router.post("/trends/targets/{id}/results")
async def result(request: Request, id: str) -> Response:
    """Say what a check brought."""
    caller, form = await at_page(request), await request.form()
    return await run_in_threadpool(_reported, request, caller, form, id)


# --- what they do ----------------------------------------------------------------------------------


def _texts(form: FormData) -> dict[str, str]:
    return {name: value.strip() for name, value in form.items() if isinstance(value, str)}


def _several(form: FormData, name: str) -> list[str]:
    return [value for value in form.getlist(name) if isinstance(value, str) and value]


def _planned(request: Request, caller: Caller, form: FormData, id: str) -> Response:
    said: dict[str, Any] = {
        **{name: _texts(form).get(name, "") for name in ("name", "since", "until", "objectives")},
        "countries": _texts(form).get("countries", "").replace(",", " ").split(),
        "goods": _several(form, "goods"),
        "members": _several(form, "members"),
        "version": _texts(form).get("version") or 0,
    }
    try:
        with caller.at_own_desk("target", writing=True) as desk:
            given = validated(m.OperationForm, **said)
            kept = service.change(desk, id, given) if id else service.plan(desk, given)
    except Faulty as problem:
        if id:
            return _operation(request, caller, id, "", problem.faults, said)
        return _operations(request, caller, "", problem.faults, said)
    except OutOfDate:
        return _operation(request, caller, id, "", (_stale(),), said)
    return RedirectResponse(f"/trends/operations/{kept.id}", status_code=303)


def _stale() -> Fault:
    return Fault("version", STALE, N_("Open it again."))


def _moved(
    caller: Caller,
    form: FormData,
    back: str,
    done: Callable[[Desk, Mapping[str, Any]], None],
    again: Callable[[Sequence[Fault]], Response],
) -> Response:
    given = _texts(form)
    said = {name: given.get(name, "") for name in ("version", "to", "why")}
    try:
        with caller.at_own_desk("target", writing=True) as desk:
            done(desk, said)
    except Faulty as problem:
        return again(problem.faults)
    return RedirectResponse(back, status_code=303)


def _proposed(request: Request, caller: Caller, form: FormData) -> Response:
    given = _texts(form)
    asked = {name: given[name] for name in ("goods", "since", "until") if given.get(name)}
    if countries := given.get("country", "").replace(",", " ").split():
        asked = {**asked, "country": countries}  # type: ignore[dict-item]
    said: dict[str, Any] = {
        "name": given.get("name", ""),
        "operation": given.get("operation", ""),
        "question": asked,
        "sorts": _several(form, "sorts"),
        "shared": given.get("shared") == "yes",
        **{name: given[name] for name in ("targets", "control") if given.get(name)},
    }
    try:
        with caller.at_desk("target", writing=True) as desk:
            kept = lists.propose(desk, validated(m.ListForm, **said))
    except Faulty as problem:
        faults = tuple(Fault(f.where.removeprefix("question/"), f.what, f.do) for f in problem.faults)
        return _lists(request, caller, "", {**given, "sorts": said["sorts"]}, faults)
    return RedirectResponse(f"/trends/targets/{kept.id}", status_code=303)


def _reported(request: Request, caller: Caller, form: FormData, id: str) -> Response:
    given = _texts(form)
    said = {name: given.get(name, "") for name in ("target", "result", "seizure", "note")}
    try:
        with caller.at_own_desk("trend", writing=True) as desk:
            lists.report(desk, id, validated(m.ResultForm, **said))
    except Faulty as problem:
        return _sheet(request, caller, id, problem.faults)
    return RedirectResponse(f"/trends/targets/{id}/sheet#t{said['target']}", status_code=303)


# --- what they show --------------------------------------------------------------------------------


def _operations(
    request: Request,
    caller: Caller,
    after: str,
    faults: Sequence[Fault] = (),
    given: Mapping[str, Any] | None = None,
) -> Response:
    with caller.at_own_desk("trend") as desk:
        found = service.listed(desk, validated(m.Listing, after=after[:64]))
        context = _common(desk, faults)
    return render(
        request,
        "trends/operations.html",
        status_code=422 if faults else 200,
        found=found,
        first="/trends/operations" if after else "",
        older=f"/trends/operations?after={found.after}" if found.further else "",
        given={**BLANK, **(given or {})},
        **context,
    )


def _operation(
    request: Request,
    caller: Caller,
    id: str,
    measure: str,
    faults: Sequence[Fault] = (),
    given: Mapping[str, Any] | None = None,
) -> Response:
    asked = measure if measure == "rate" else "count"
    words_ = validated(ReportWords, measure=asked)
    with caller.at_own_desk("trend") as desk:
        found = service.opened(desk, id)
        context = _common(desk, faults)
    counted = changed = None
    if caller.inquiry:
        with caller.at_desk("trend") as desk:
            counted, changed = tally.tally(desk, id), tally.after_action(desk, id, words_.measure)
    return render(
        request,
        "trends/operation.html",
        status_code=422 if faults else 200,
        found=found,
        tally=counted,
        report=changed,
        steps=[(to, _(words.STEPS[to])) for to in found.next],
        given=given or found.model_dump(),
        **context,
    )


def _lists(
    request: Request,
    caller: Caller,
    after: str,
    given: Mapping[str, Any],
    faults: Sequence[Fault] = (),
) -> Response:
    with caller.at_own_desk("trend") as desk:
        found = lists.listed(desk, validated(m.Listing, after=after))
        page = service.listed(desk, m.Listing(limit=200)).operations
        context = _common(desk, faults)
    mine = [(one.id, one.name) for one in page if one.mine and one.next]
    return render(
        request,
        "trends/targets.html",
        status_code=422 if faults else 200,
        found=found,
        first="/trends/targets" if after else "",
        older=f"/trends/targets?after={found.after}" if found.further else "",
        operations=mine,
        given={**NO_LIST, "sorts": list(m.SORTS), "targets": 20, "control": 5, **given},
        asked=bool(caller.inquiry),
        **context,
    )


def _list(request: Request, caller: Caller, id: str, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_own_desk("trend") as desk:
        if not may(desk.asker, "target"):
            lists.seen(desk, id)
            desk.note("trend", object=id, what="list of targets", outcome="sheet")
            return RedirectResponse(f"/trends/targets/{id}/sheet", status_code=303)
        found = lists.opened(desk, id)
        context = _common(desk, faults)
        may_approve = may(desk.asker, "approve")
    steps = [to for to in found.next if to != "approved" or may_approve]
    return render(
        request,
        "trends/target_list.html",
        status_code=422 if faults else 200,
        found=found,
        steps=[(to, _(words.STEPS[to])) for to in steps],
        **context,
    )


def _sheet(request: Request, caller: Caller, id: str, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_own_desk("trend") as desk:
        found = lists.sheet(desk, id)
        context = _common(desk, faults)
    return render(
        request, "trends/target_sheet.html", status_code=422 if faults else 200, found=found, **context
    )


def _common(desk: Desk, faults: Sequence[Fault]) -> dict[str, Any]:
    """What every page of these has."""
    here = desk.asker.bureau
    bureaus = sorted(directory(desk).values(), key=lambda b: b.code)
    could = [b for b in bureaus if b.active and b.sort != PRIVATE and b.number != here]
    return {
        "faults": faults,
        "places": {name: (f"f-{name}", _(label)) for name, label in words.FIELDS.items()},
        "bureaus": [(b.code, f"{b.code} {b.label}") for b in could],
        "tree": [(node.code, "\u2003" * node.depth + _(node.label)) for node in TAXONOMY if not node.gone],
        "said": words,
        "figures": figures,
        "model": m,
        "may_target": may(desk.asker, "target"),
        "may_export": may(desk.asker, "export"),
        "sorts": labels.choices(m.SORTS),
        "results": labels.choices(m.RESULTS),
    }
