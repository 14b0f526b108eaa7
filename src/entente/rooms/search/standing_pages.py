"""The pages of standing queries: the list, one with what it rang for, and the form that keeps one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import ROLES_FOR
from entente.core.problems import Fault, Faulty, NotAllowed
from entente.rooms.search import model, standing
from entente.web import words
from entente.web.callers import AtPage, Caller, Inquiry
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]


@router.get("/standing")
def listed(request: Request, caller: AtPage) -> Response:
    """My bureau's standing queries."""
    with caller.at_own_desk("stand") as desk:
        found = [_row(q) for q in standing.queries(desk)]
    return render(request, "search/standing.html", queries=found, may_keep=_may(caller))


@router.post("/standing")
def keep(
    request: Request,
    caller: AtPage,
    text: Field = "",
    kind: Field = "",
    born: Field = "",
    nationality: Field = "",
    sex: Field = "",
    until: Field = "",
    purpose: Field = "",
    justification: Field = "",
) -> Response:
    """Keep a search, for the inquiry that is open or the one named here."""
    caller.must_be_known()
    if purpose and justification.strip():
        caller.inquiry = request.state.inquiry = Inquiry(purpose, justification.strip()[:500])
    given = {"text": text, "kind": kind, "born": born, "nationality": nationality.strip().lower(), "sex": sex}
    try:
        form = validated(model.Keep, **given, until=until or None)
        with caller.at_desk("stand", writing=True) as desk:
            kept = standing.keep(desk, form)
    except Faulty as problem:
        return _form(request, caller, {**given, "until": until}, problem.faults)
    return RedirectResponse(f"/standing/{kept.id}", status_code=303)


@router.get("/standing/new")
def new(request: Request, caller: AtPage) -> Response:
    """The form that keeps a search."""
    caller.must_be_known()
    given = keeping(caller, model.Asked.model_construct(text=""))
    if given is None:
        raise NotAllowed("A standing query is for officers, analysts and supervisors.")
    return _form(request, caller, given)


@router.get("/standing/{id}")
def opened(request: Request, caller: AtPage, id: str) -> Response:
    """One standing query and what it rang for."""
    return _opened(request, caller, id)


@router.post("/standing/{id}/renewal")
def renew(request: Request, caller: AtPage, id: str, until: Field = "") -> Response:
    """Let it go on until another day."""
    try:
        form = validated(model.StandingRenewal, until=until)
        with caller.at_own_desk("stand", writing=True) as desk:
            standing.renew(desk, id, form.until)
    except Faulty as problem:
        return _opened(request, caller, id, until, problem.faults)
    return RedirectResponse(f"/standing/{id}", status_code=303)


@router.post("/standing/{id}/end")
def end(caller: AtPage, id: str) -> Response:
    """End it now."""
    with caller.at_own_desk("stand", writing=True) as desk:
        standing.end(desk, id)
    return RedirectResponse("/standing", status_code=303)


def keeping(caller: Caller, asked: model.Asked) -> dict[str, str] | None:
    """What the form "Keep this search" says at first; None for whoever may not keep one."""
    if not _may(caller):
        return None
    until = caller.house.clock().date() + timedelta(days=standing.DAYS)
    said = {name: str(getattr(asked, name, "")) for name in ("text", *standing.FILTERS)}
    return {**said, "until": until.isoformat()}


def _may(caller: Caller) -> bool:
    return not caller.officer.roles.isdisjoint(ROLES_FOR["stand"])


def _form(request: Request, caller: Caller, given: dict[str, str], faults: Sequence[Fault] = ()) -> Response:
    kinds = caller.house.model
    return render(
        request,
        "search/keep.html",
        status_code=422 if faults else 200,
        form=given,
        kinds=sorted(((k, _(kinds[k].label)) for k in kinds.searchable), key=lambda choice: choice[1]),
        purposes=words.choices(words.PURPOSES, words.POLICE_PURPOSES),
        faults=faults,
    )


def _opened(
    request: Request, caller: Caller, id: str, until: str = "", faults: Sequence[Fault] = ()
) -> Response:
    with caller.at_own_desk("stand") as desk:
        query, rung = standing.one(desk, id), standing.rung(desk, id)
        later = desk.today + timedelta(days=standing.DAYS)
    kinds = caller.house.model
    return render(
        request,
        "search/query.html",
        status_code=422 if faults else 200,
        query=_row(query),
        rung=[
            {
                **r.model_dump(),
                "at": datetime.fromisoformat(r.at),
                "kind_label": kinds[r.kind].label if r.kind else "",
            }
            for r in rung
        ],
        may_keep=_may(caller),
        until=until or later.isoformat(),
        faults=faults,
    )


def _row(query: model.Standing) -> dict[str, Any]:
    return {
        **query.model_dump(),
        "at": datetime.fromisoformat(query.at),
        "until": date.fromisoformat(query.until),
    }
