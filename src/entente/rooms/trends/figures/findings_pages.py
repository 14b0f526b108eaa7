"""Pages of findings: what the machine found, and what persons make of it."""

from typing import Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.problems import Fault, Faulty
from entente.rooms.trends.figures import dimensions, finding
from entente.rooms.trends.figures import figures_words as said
from entente.rooms.trends.figures.findings_api import made
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter()
STEPS = {
    "under_review": N_("Take it up"),
    "confirmed": N_("Confirm"),
    "artefact": N_("A change of reporting"),
    "duplicate": N_("Already known"),
    "actioned": N_("Say what was done"),
    "evaluated": N_("Say what came of it"),
}
"""What the button of each step says."""


@router.get("/trends/findings")
def listed(request: Request, caller: AtPage, state: str = "open", after: str = "") -> Response:
    """Findings, the last changed first."""
    state = state if state in finding.STATES else "open"
    asked = validated(finding.Listing, state=state, after=after[:64])
    with caller.at_own_desk("trend") as desk:
        found = finding.listed(desk, asked)
    return render(
        request,
        "trends/findings.html",
        found=found,
        state=state,
        states=words.choices(finding.STATES),
        first=f"/trends/findings?state={state}" if after else "",
        older=f"/trends/findings?state={state}&after={found.after}" if found.further else "",
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {"finding_words": finding, "dim": dimensions, "said": said}


@router.post("/trends/findings")
def look(caller: AtPage) -> Response:
    """Look now."""
    made(caller)
    return RedirectResponse("/trends/findings", status_code=303)


@router.get("/trends/findings/{id}")
def one(request: Request, caller: AtPage, id: str) -> Response:
    """One finding; without an inquiry, without the seizures of others that it rests on."""
    return _one(request, caller, id)


def _one(request: Request, caller: Caller, id: str, faults: tuple[Fault, ...] = ()) -> Response:
    with caller.at_desk("trend") if caller.inquiry else caller.at_own_desk("trend") as desk:
        found = finding.opened(desk, id)
        names = {t.id: t.first("name") for t in desk.look_all(found.records).values()}
    return render(
        request,
        "trends/finding.html",
        status_code=422 if faults else 200,
        found=found,
        names=names,
        asked=bool(caller.inquiry),
        faults=faults,
        places={"why": ("f-why", _("Why")), "to": ("", _("Step")), "version": ("", _("Version"))},
        steps=[(to, _(STEPS[to])) for to in found.next],
        **_words(),
    )


@router.post("/trends/findings/{id}")
def step(
    request: Request,
    caller: AtPage,
    id: str,
    to: str = Form("", max_length=20),
    why: str = Form("", max_length=2000),
    version: str = Form("", max_length=9),
) -> Response:
    """Move it along."""
    try:
        given = validated(finding.Step, to=to, why=why, version=version)
        with caller.at_own_desk("trend", writing=True) as desk:
            finding.step(desk, id, given)
    except Faulty as problem:
        return _one(request, caller, id, problem.faults)
    return RedirectResponse(f"/trends/findings/{id}", status_code=303)
