"""Pages of deadline rules: which law says how long, where it stands, who checked it; writing one."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from entente.core.access import may
from entente.core.problems import Fault, Faulty
from entente.rooms.bureaus import directory
from entente.rooms.payments import labels, rules
from entente.rooms.payments.rules_model import EVENTS, RAILS, ROLLING, UNITS, RuleForm
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter(prefix="/payments/rules")
FIELDS = (
    "event",
    "rail",
    "jurisdiction",
    "limit",
    "unit",
    "rolls",
    "valid_from",
    "valid_to",
    "source",
    "verified_by",
    "verified_on",
)
DAYS = ("valid_to", "verified_on")
"""Days that may be left out."""


@router.get("")
def listed(request: Request, caller: AtPage) -> Response:
    """Every deadline rule."""
    return _page(request, caller)


@router.post("")
async def write(request: Request, caller: AtPage) -> Response:
    """Write one."""
    sent = await request.form()
    given = {name: value for name, value in sent.items() if isinstance(value, str)}
    return await run_in_threadpool(_written, request, caller, given)


def _written(request: Request, caller: Caller, given: Mapping[str, str]) -> Response:
    said = {name: given.get(name, "").strip() for name in FIELDS}
    values = {name: value for name, value in said.items() if value or name not in (*DAYS, "rolls")}
    try:
        with caller.at_own_desk("approve", writing=True) as desk:
            rules.keep_rule(desk, validated(RuleForm, **values))
    except Faulty as problem:
        return _page(request, caller, said, problem.faults)
    return RedirectResponse("/payments/rules", status_code=303)


@router.post("/{id}/end")
def end(caller: AtPage, id: str) -> Response:
    """End one: yesterday was its last day."""
    with caller.at_own_desk("approve", writing=True) as desk:
        rules.end_rule(desk, id)
    return RedirectResponse("/payments/rules", status_code=303)


def _page(
    request: Request, caller: Caller, given: Mapping[str, str] | None = None, faults: Sequence[Fault] = ()
) -> Response:
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="deadline rules")
        mine = directory(desk)[desk.asker.bureau]
        found = [rules.shown(desk, rule) for rule in rules.rules(desk)]
        writes = may(desk.asker, "approve")
        today = desk.today
    new = dict.fromkeys(FIELDS, "") | {
        "jurisdiction": mine.code,
        "valid_from": today.isoformat(),
        "unit": "wd",
    }
    return render(
        request,
        "payments/rules.html",
        status_code=422 if faults else 200,
        rules=found,
        given=given or new,
        faults=faults,
        may_write=writes,
        mine=mine.code,
        everywhere=mine.secretariat,
        today=today,
        events=EVENTS,
        rails=RAILS,
        units=UNITS,
        rolling=ROLLING,
        labels=labels,
    )
