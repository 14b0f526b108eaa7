"""The pages of a hit and of what became of hits."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import ROLES_FOR
from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.rooms.search import hit_clock, hits, model, statistics
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import N_
from entente.web.pages import render
from entente.web.papers import PAPERS, page_of

router = APIRouter()
Field = Annotated[str, Form()]
Labels = Mapping[str, str]


@router.get("/hits/statistics")
def count(request: Request, caller: AtPage, since: str = "", until: str = "") -> Response:
    """What became of the bureau's hits in a period."""
    faults: Sequence[Fault] = ()
    with caller.at_own_desk("see") as desk:
        try:
            found = statistics.statistics(desk, _day("since", since), _day("until", until))
        except Faulty as problem:
            faults, found = problem.faults, statistics.statistics(desk)
        labels = labels_of(desk)
    return render(
        request,
        "search/statistics.html",
        status_code=422 if faults else 200,
        found=found.model_dump(),
        since=since if faults else found.since,
        until=until if faults else found.until,
        labels=labels,
        faults=faults,
    )


def _day(where: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Faulty(faults=(Fault(where, N_("This is no date"), N_("Choose a date.")),)) from None


@router.get("/hits/{id}")
def open_hit(request: Request, caller: AtPage, id: str) -> Response:
    """One hit."""
    return _open_hit(request, caller, id)


@router.post("/hits/{id}/answer")
def answer_hit(request: Request, caller: AtPage, id: str, outcome: Field = "", note: Field = "") -> Response:
    """Confirm or deny."""
    try:
        given = validated(model.Confirmation, answer=outcome, text=note)
        with caller.at_own_desk("confirm", writing=True) as desk:
            hits.confirm(desk, id, given)
    except Faulty as problem:
        return _open_hit(request, caller, id, note, problem.faults)
    return RedirectResponse(f"/hits/{id}", status_code=303)


@router.post("/hits/{id}/reminder")
def remind(request: Request, caller: AtPage, id: str) -> Response:
    """Ask a second time for what is late."""
    try:
        with caller.at_own_desk("verdict", writing=True) as desk:
            hit_clock.remind(desk, id)
    except Faulty as problem:
        return _open_hit(request, caller, id, faults=problem.faults)
    return RedirectResponse(f"/hits/{id}", status_code=303)


@router.post("/hits/{id}/withdrawal")
def withdraw(request: Request, caller: AtPage, id: str, note: Field = "") -> Response:
    """Take a hit back."""
    try:
        given = validated(model.Withdrawal, text=note)
        with caller.at_own_desk("verdict", writing=True) as desk:
            hit_clock.withdraw(desk, id, given)
    except Faulty as problem:
        return _open_hit(request, caller, id, note, problem.faults)
    return RedirectResponse(f"/hits/{id}", status_code=303)


def _open_hit(
    request: Request, caller: Caller, id: str, note: str = "", faults: Sequence[Fault] = ()
) -> Response:
    with caller.at_own_desk("see") as desk:
        hit, record = hits.opened(desk, id)
        labels = labels_of(desk)
        is_there = bool(hit.set and hit.set != hit.record and desk.look_all([hit.set]))
        kind = desk.house.model[record.kind] if record else None
        facts = [
            (kind.properties[p].label, list(record.body[p]), kind.properties[p].type)
            for p in (kind.featured if kind else ())
            if kind and record and p in record.body and p not in kind.entities
        ]
    mine = hit.owner == caller.officer.code
    roles, is_open = caller.officer.roles, hit.state == "open"
    asks = is_open and not mine and not roles.isdisjoint(ROLES_FOR["verdict"])
    return render(
        request,
        "search/hit.html",
        status_code=422 if faults else 200,
        hit=hit_row(hit, not mine, labels),
        history=[{**e.model_dump(), "at": datetime.fromisoformat(e.at)} for e in hit.history],
        kind_label=kind.label if kind else "",
        page=_page_of(hit.record, kind.name if kind and kind.house else ""),
        facts=facts,
        set=hit.set if is_there else "",
        mine=mine,
        may_answer=mine and is_open and not roles.isdisjoint(ROLES_FOR["confirm"]),
        may_withdraw=asks,
        may_remind=asks and hit.overdue,
        note=note,
        faults=faults,
    )


def _page_of(id: str, kind: str) -> str:
    """Where what a hit is about is opened, or empty. `kind`: of a thing that is no record."""
    return page_of(kind, id) if not kind or kind in PAPERS else ""


def labels_of(desk: Desk) -> Labels:
    """What each bureau is called, by its code."""
    return {b.code: b.label for b in directory(desk).values()}


def hit_row(hit: model.Hit, sent: bool, labels: Labels) -> dict[str, Any]:
    """A hit as lists and its page show it."""
    other = hit.owner if sent else hit.asker
    return {
        **hit.model_dump(),
        "at": datetime.fromisoformat(hit.at) if hit.at else None,
        "due": datetime.fromisoformat(hit.due) if hit.due else None,
        "state": "overdue" if hit.overdue else hit.state,
        "with": other,
        "with_label": labels.get(other, ""),
        "owner_label": labels.get(hit.owner, ""),
        "asker_label": labels.get(hit.asker, ""),
    }
