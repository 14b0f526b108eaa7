"""Steps from the page of a request: each a small form; a refused one comes back as it was typed."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from entente.core.problems import Fault, Faulty, NotAllowed, OutOfDate
from entente.desk import Desk
from entente.rooms.payments import children, labels, stepping
from entente.rooms.payments.calling import called
from entente.rooms.payments.form_reading import Given, moment_of, put, told_hours
from entente.rooms.payments.labels import ungrouped
from entente.rooms.payments.model import ChildForm
from entente.rooms.payments.model_steps import StepForm
from entente.rooms.payments.requests_pages import Tried, request_page
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated

router = APIRouter()
MOMENTS: Mapping[str, tuple[str, ...]] = {
    "hold": ("placed_at", "ends"),
    "extend": ("ends",),
    "move": ("at",),
    "return": ("at",),
}
"""Moments of a step's form: three fields each."""
AMOUNTS = frozenset({"amount", "balance", "paid"})
FOLLOW = "follow"
"""Not a step of this request: the draft of the next one."""


@router.post("/payments/requests/{id}/steps")
async def step(request: Request, caller: AtPage, id: str) -> Response:
    """Do one step."""

    def do(desk: Desk, given: Given) -> str:
        said = {**given}
        if victim := given.get("second_victim"):
            said["second_victim"] = called(desk, victim)
        return stepping.step(desk, id, step_of(said)).id

    return await _done(request, caller, id, do)


@router.post("/payments/requests/{id}/children")
async def child(request: Request, caller: AtPage, id: str) -> Response:
    """Draft the request for money that moved on, and open it."""

    def do(desk: Desk, given: Given) -> str:
        said = {name: given.get(name, "").strip() for name in ("movement", "receiver", "legal_basis")}
        return children.draft(desk, id, validated(ChildForm, **said)).id

    return await _done(request, caller, id, do, FOLLOW)


async def _done(
    request: Request, caller: Caller, id: str, do: Callable[[Desk, Given], str], name: str = ""
) -> Response:
    sent = await request.form()
    given = {key: value for key, value in sent.items() if isinstance(value, str)}

    def answered() -> Response:
        tried = name or given.get("step", "")
        try:
            with caller.at_own_desk("intercept", writing=True) as desk:
                kept = do(desk, given)
        except Faulty as problem:
            found = [Fault(_where(f.where, tried), f.what, f.do) for f in problem.faults]
            faults = tuple(told_hours(found, given))
            return request_page(request, caller, id, Tried(tried, given, faults, status=problem.status))
        except (NotAllowed, OutOfDate) as problem:
            refused = problem.detail or problem.title
            return request_page(
                request, caller, id, Tried(tried, given, refused=refused, status=problem.status)
            )
        return RedirectResponse(f"/payments/requests/{kept}", status_code=303)

    return await run_in_threadpool(answered)


def step_of(given: Given) -> StepForm:
    """The step of what a browser sent; fields that are empty say nothing. Raises Faulty."""
    name = given.get("step", "")
    moments = MOMENTS.get(name, ())
    said: dict[str, Any] = {}
    seen = given.get("version") or None
    if name not in labels.PLAIN:
        given = {key: value for key, value in given.items() if key != "version"}
    for key, value in given.items():
        if "." not in key and value.strip():
            put(said, key, ungrouped(value.strip()) if key in AMOUNTS else value.strip())
    for moment in moments:
        if at := moment_of(given, moment):
            put(said, moment, at)
    return validated(StepForm, do=said, version=seen)


def _where(where: str, step: str) -> str:
    """The place of a fault as the step's form names it ("do/hold/amount" and "do/amount" are "amount")."""
    rest = where.removeprefix("do/")
    return rest.removeprefix(f"{step}/") if rest.startswith(f"{step}/") and where.count("/") > 1 else rest
