"""The forms of a seizure: eight fields, or all of them; checked before anything is kept."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from entente.core.problems import Fault, Faulty, OutOfDate
from entente.desk import Desk
from entente.match.goods import hs
from entente.rooms.trends import labels
from entente.rooms.trends.seizures import checking, form_reading, service, shown
from entente.rooms.trends.seizures import model as m
from entente.rooms.trends.seizures.form_reading import Given
from entente.rooms.trends.service import must_be_allowed
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

router = APIRouter()
HIDDEN = ("version", "seen")


@router.get("/trends/seizures/new")
def new(request: Request, caller: AtPage, form: str = "") -> Response:
    """The empty form: the short one, or the long one."""
    with caller.at_own_desk("contribute") as desk:
        must_be_allowed(desk)
        desk.note("see", what="a form")
        given = {"form": "long" if form == "long" else "simple"}
        return _page(request, given, (), "")


@router.post("/trends/seizures/new")
async def write(request: Request, caller: AtPage) -> Response:
    """Check it, add lines to it, or keep it."""
    return await _written(request, caller, "")


@router.get("/trends/seizures/{id}/edit")
def edit(request: Request, caller: AtPage, id: str) -> Response:
    """The long form of one's own bureau's seizure."""
    with caller.at_own_desk("correct") as desk:
        thing = service.mine(desk, id)
        desk.note("see", object=id)
        said = shown.form_of(thing)
    given = form_reading.given_of(said) | {"version": str(thing.version)}
    return _page(request, given, said["concealment"], id)


@router.post("/trends/seizures/{id}/edit")
async def rewrite(request: Request, caller: AtPage, id: str) -> Response:
    """The same for one that is kept."""
    return await _written(request, caller, id)


async def _written(request: Request, caller: Caller, id: str) -> Response:
    sent = await request.form()
    given = {name: value for name, value in sent.items() if isinstance(value, str)}
    hidden = [str(way) for way in sent.getlist("concealment")]
    return await run_in_threadpool(_done, request, caller, given, hidden, id)


def _done(request: Request, caller: Caller, given: Given, hidden: Sequence[str], id: str) -> Response:
    do = given.get("do", "keep")
    if do in ("lines", "long"):
        return _page(request, _wider(given) if do == "long" else given, hidden, id, more=3)
    with caller.at_desk("contribute") if caller.inquiry else caller.at_own_desk("contribute") as desk:
        said, fields = form_reading.said_of(given, hidden)
        try:
            form = validated(m.SeizureForm, **said)
        except Faulty as problem:
            desk.note("see", what="a check of a seizure", outcome="faulty")
            faults = form_reading.at_fields(problem.faults, fields)
            return _page(request, given, hidden, id, faults)
        told = checking.checked(desk, form, id)
    faults = form_reading.at_fields([Fault(f.where, f.what, f.do) for f in told.faults], fields)
    doubts = form_reading.at_fields([Fault(f.where, f.what, f.do) for f in told.doubts], fields)
    mark = _mark(told)
    if do != "keep" or faults or (mark and given.get("seen") != mark):
        return _page(request, {**given, "seen": mark}, hidden, id, faults, doubts, told)
    return _kept(request, caller, given, hidden, id, form)


def _mark(told: m.Checked) -> str:
    """What names the doubts and the likenesses that were shown; empty where there are none."""
    shown_ = [(d.where, d.what) for d in told.doubts], [one.seizure.id for one in told.same]
    return hashlib.sha256(repr(shown_).encode()).hexdigest()[:16] if any(shown_) else ""


def _kept(
    request: Request, caller: Caller, given: Given, hidden: Sequence[str], id: str, form: m.SeizureForm
) -> Response:
    said: dict[str, Any] = form.model_dump()
    try:
        with caller.at_own_desk("correct" if id else "contribute", writing=True) as desk:
            kept = _keep(desk, id, given, said)
    except Faulty as problem:
        return _page(request, given, hidden, id, problem.faults)
    except OutOfDate as problem:
        return _page(request, given, hidden, id, (Fault("version", problem.title, problem.do),), status=409)
    return RedirectResponse(f"/trends/seizures/{kept}", status_code=303)


def _keep(desk: Desk, id: str, given: Given, said: Mapping[str, Any]) -> str:
    if id:
        change = validated(m.Correction, version=given.get("version", "") or 0, **said)
        return service.correct(desk, id, change)[0].id
    return service.contribute(desk, validated(m.Contribution, ref=given.get("ref", "").strip(), **said))[0].id


def _wider(given: Given) -> dict[str, str]:
    """What was typed into the short form, in the long one."""
    said, _fields = form_reading.said_of(given)
    return form_reading.given_of(said) | {"form": "long"}


def _page(
    request: Request,
    given: Given,
    hidden: Sequence[str],
    id: str,
    faults: Sequence[Fault] = (),
    doubts: Sequence[Fault] = (),
    told: m.Checked | None = None,
    status: int = 0,
    more: int = 0,
) -> Response:
    """The form with what was typed, each fault at its field, and what the check says."""
    is_long = given.get("form") == "long"
    counts = {
        name: min(max(form_reading.rows(given, name, most) + more, least), most)
        for name, least, most in (
            ("items", form_reading.ITEMS, form_reading.MOST_ITEMS),
            ("route", form_reading.LEGS, form_reading.MOST_LEGS),
            ("conveyances", form_reading.CARRIERS, form_reading.MOST_CARRIERS),
        )
    }
    fields = {fault.where for fault in (*faults, *doubts)}
    return render(
        request,
        "trends/seizure_form.html",
        status_code=status or (422 if faults else 200),
        id=id,
        long=is_long,
        given=given,
        hidden=hidden,
        faults=faults,
        doubts=doubts,
        checked=told,
        counts=counts,
        places={where: (f"f-{where}", _(labels.field(where))) for where in fields},
        goods=form_reading.goods_offered(),
        editions=[(edition, edition) for edition in hs.EDITIONS],
        labels=labels,
    )
