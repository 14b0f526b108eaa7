"""The page of deconfliction: the bureau's mode, and who else works on the same subjects."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import ROLES_FOR
from entente.core.problems import Fault, Faulty
from entente.rooms.search import deconfliction, model
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]


@router.get("/deconfliction")
def shown(request: Request, caller: AtPage) -> Response:
    """The mode, and the meetings."""
    return _shown(request, caller)


@router.post("/deconfliction")
def set_mode(request: Request, caller: AtPage, mode: Field = "") -> Response:
    """Set the bureau's mode."""
    try:
        form = validated(model.ModeForm, mode=mode)
        with caller.at_own_desk("deconflict", writing=True) as desk:
            deconfliction.set_mode(desk, form)
    except Faulty as problem:
        return _shown(request, caller, problem.faults)
    return RedirectResponse("/deconfliction", status_code=303)


def _shown(request: Request, caller: Caller, faults: tuple[Fault, ...] = ()) -> Response:
    with caller.at_own_desk("see") as desk:
        now, found = deconfliction.mode(desk), deconfliction.meetings(desk)
    return render(
        request,
        "search/deconfliction.html",
        status_code=422 if faults else 200,
        mode=now.mode,
        days=now.days,
        modes=words.choices(words.MODES),
        may_set=not caller.officer.roles.isdisjoint(ROLES_FOR["deconflict"]),
        meetings=[_meeting(m) for m in found],
        faults=faults,
    )


def _meeting(meeting: model.Meeting) -> dict[str, Any]:
    moments = {
        name: datetime.fromisoformat(text) if (text := getattr(meeting, name)) else None
        for name in ("at", "seen", "acknowledged")
    }
    return {**meeting.model_dump(), **moments}
