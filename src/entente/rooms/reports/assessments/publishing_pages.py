"""The page on which an assessment is published: editions, the release check, the decision."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from entente.core.access import may
from entente.core.problems import Faulty, NotAllowed, NotYours, Problem
from entente.desk import Desk
from entente.rooms.bureaus import by_code
from entente.rooms.publications import letterheads, states
from entente.rooms.publications import model as p
from entente.rooms.reports.assessments import keeping, publishing
from entente.rooms.reports.assessments import publishing_model as m
from entente.rooms.reports.assessments.pages import text
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter(prefix="/assessments/{id}/publications")


@router.get("")
def listed(request: Request, caller: AtPage, id: str) -> Response:
    """What was prepared and published of it."""
    return _page(request, caller, id)


@router.post("")
async def prepare(request: Request, caller: AtPage, id: str) -> Response:
    """Prepare an edition."""
    sent = await request.form()

    def do(desk: Desk) -> Any:
        to = [{"bureau": str(code)} for code in sent.getlist("to")]
        said = {"template": text(sent, "template"), "changes": text(sent, "changes")}
        return publishing.prepare(desk, id, validated(m.PrepareForm, distribution=to, **said))

    return await run_in_threadpool(_done, request, caller, (id, "prepare", "assess"), do)


@router.post("/{publication}")
async def decide(request: Request, caller: AtPage, id: str, publication: str) -> Response:
    """Publish it, send it back, take it back."""
    sent = await request.form()
    which, why = text(sent, "do"), text(sent, "why")

    def do(desk: Desk) -> Any:
        if which == "withdraw":
            return publishing.withdraw(desk, id, publication, validated(p.Why, why=why).why)
        given = validated(m.DecideForm, approve=which == "approve", why=why)
        return publishing.decide(desk, id, publication, given)

    return await run_in_threadpool(_done, request, caller, (id, publication, "publish"), do)


def _done(
    request: Request, caller: Caller, tried: tuple[str, str, str], do: Callable[[Desk], Any]
) -> Response:
    id, name, act = tried
    try:
        with caller.at_assessments(act, writing=True) as desk:
            do(desk)
    except (Faulty, NotAllowed, NotYours) as problem:
        return _page(request, caller, id, name, problem)
    return RedirectResponse(f"/assessments/{id}/publications", status_code=303)


def _page(
    request: Request, caller: Caller, id: str, tried: str = "", problem: Problem | None = None
) -> Response:
    """The page, with what was refused and why. Raises Absent, NotYours."""
    with caller.at_assessments("see") as desk:
        it = keeping.look(desk, id)
        rows = publishing.listed(desk, id)
        desk.note("see", object=id, what="publications")
        checked = {one.id: publishing.check(desk, id, one.id) for one in rows if one.state == "review"}
        heads = [(one.code, one.name) for one in letterheads.listed(desk)]
        bureaus = [(code, f"{code} {b.label}") for code, b in by_code(desk).items() if b.number != it.owner]
        works, decides = may(desk.asker, "assess"), may(desk.asker, "publish")
    return render(
        request,
        "reports/assessment_publications.html",
        status_code=problem.status if problem else 200,
        it=it,
        rows=rows,
        checked=checked,
        bureaus=bureaus,
        templates=heads,
        works=works,
        decides=decides,
        states=states.STATES,
        tones=states.TONES,
        tried=tried,
        faults=problem.faults if problem else (),
        refused=problem.detail if problem else "",
    )
