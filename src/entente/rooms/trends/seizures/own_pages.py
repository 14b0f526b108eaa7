"""Pages of what goes with seizures: the bureau's own conversions, and how much authorities looked."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.access import may
from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.match.goods import codes
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.records import HandlingForm
from entente.rooms.trends import labels
from entente.rooms.trends.seizures import conversions, efforts
from entente.rooms.trends.seizures import model as m
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

router = APIRouter()
CONVERSION = tuple(m.ConversionForm.model_fields)
EFFORT = tuple(name for name in m.EffortForm.model_fields if name != "handling")


@router.get("/trends/conversions")
def converting(request: Request, caller: AtPage) -> Response:
    """One's own bureau's conversions, and the form for another."""
    return _conversions(request, caller)


@router.get("/trends/efforts")
def looking(request: Request, caller: AtPage) -> Response:
    """Efforts that one sees, and the form for another."""
    return _efforts(request, caller)


@router.post("/trends/conversions/withdraw/{id}")
def convert_no_more(caller: AtPage, id: str) -> Response:
    """Take a conversion back."""
    return _taken_back(caller, "conversions", conversions.withdraw, id)


@router.post("/trends/efforts/withdraw/{id}")
def look_no_more(caller: AtPage, id: str) -> Response:
    """Take an effort back."""
    return _taken_back(caller, "efforts", efforts.withdraw, id)


@router.post("/trends/conversions")
async def convert(request: Request) -> Response:
    """Keep a conversion."""
    return await run_in_threadpool(
        _kept, request, await at_page(request), "conversions", await request.form()
    )


@router.post("/trends/efforts")
async def look(request: Request) -> Response:
    """Keep an effort."""
    return await run_in_threadpool(_kept, request, await at_page(request), "efforts", await request.form())


def _taken_back(caller: Caller, what: str, take: Callable[[Desk, str], None], id: str) -> Response:
    with caller.at_own_desk("withdraw", writing=True) as desk:
        take(desk, id)
    return RedirectResponse(f"/trends/{what}", status_code=303)


def _kept(request: Request, caller: Caller, what: str, form: FormData) -> Response:
    given = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    try:
        with caller.at_own_desk("contribute", writing=True) as desk:
            if what == "conversions":
                said: dict[str, Any] = {name: given[name] for name in CONVERSION if given.get(name)}
                said = {"goods": "", "from_unit": "", "to_unit": "", "factor": "", "source": ""} | said
                conversions.keep(desk, validated(m.ConversionForm, **said))
            else:
                said = {name: given[name] for name in EFFORT if given.get(name)}
                shared = given.get("share") == "everyone"
                handling = HandlingForm(mode="everyone") if shared else HandlingForm()
                said = {"authority": "", "date": "", **said, "handling": handling}
                efforts.keep(desk, validated(m.EffortForm, **said))
    except Faulty as problem:
        page = _conversions if what == "conversions" else _efforts
        return page(request, caller, given, problem.faults)
    return RedirectResponse(f"/trends/{what}", status_code=303)


def _conversions(
    request: Request, caller: Caller, given: Mapping[str, str] | None = None, faults: Sequence[Fault] = ()
) -> Response:
    with caller.at_own_desk("see") as desk:
        found = conversions.listed(desk)
        may_write = may(desk.asker, "contribute")
    return render(
        request,
        "trends/seizure_conversions.html",
        status_code=422 if faults else 200,
        rows=[(one, _(TAXONOMY.node(one.goods).label)) for one in found if one.goods in TAXONOMY],
        given={**dict.fromkeys(CONVERSION, ""), **(given or {})},
        faults=faults,
        may_write=may_write,
        goods=_goods(),
        units=[(code, _(label)) for code, label in codes.LABELS["units"].items()],
        labels=labels,
    )


def _efforts(
    request: Request, caller: Caller, given: Mapping[str, str] | None = None, faults: Sequence[Fault] = ()
) -> Response:
    with caller.at_desk("see") if caller.inquiry else caller.at_own_desk("see") as desk:
        found = efforts.listed(desk)
        may_write = may(desk.asker, "contribute")
    return render(
        request,
        "trends/seizure_efforts.html",
        status_code=422 if faults else 200,
        rows=[(one, _(TAXONOMY.node(one.goods).label) if one.goods in TAXONOMY else "") for one in found],
        given={**dict.fromkeys((*EFFORT, "share"), ""), **(given or {})},
        faults=faults,
        may_write=may_write,
        goods=_goods(),
        labels=labels,
    )


def _goods() -> list[tuple[str, str]]:
    return [(node.code, "  " * node.depth + _(node.label)) for node in TAXONOMY if not node.gone]
