"""Forms of threat assessments: the draft, one scorer's scores. What was typed comes back with its faults."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.problems import Fault, Faulty, NotAllowed, NotYours, OutOfDate, Problem
from entente.desk import Desk
from entente.match import threat
from entente.rooms.bureaus import PRIVATE, by_code, directory
from entente.rooms.reports.assessments import keeping, labels, scoring, shown
from entente.rooms.reports.assessments import model as m
from entente.rooms.reports.assessments.assessment import Assessment
from entente.rooms.reports.assessments.pages import STALE, fault_lines, text, version
from entente.rooms.reports.assessments.schemes import schemes
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

router = APIRouter(prefix="/assessments")
PLAIN = ("title", "period", "subject", "scheme", "formula", "level", "before", "places", "indicators")
_ID = re.compile(r"[0-9a-f]{32}")
Given = Mapping[str, Any]


# --- the draft -----------------------------------------------------------------------------------------


@router.get("/new")
def new(request: Request, caller: AtPage) -> Response:
    """A new assessment."""
    with caller.at_assessments("assess") as desk:
        desk.note("see", what="a form")
        offered = _offered(desk)
    given = {**dict.fromkeys(PLAIN, ""), "scheme": "ocindex-2023", "level": "official", "see": []}
    return _draft_page(request, "", given, offered)


@router.post("/new")
async def begin(request: Request, caller: AtPage) -> Response:
    """Begin it."""
    return await run_in_threadpool(_keep, request, caller, "", await request.form())


@router.get("/{id}/edit")
def edit(request: Request, caller: AtPage, id: str) -> Response:
    """A draft."""
    with caller.at_assessments("assess") as desk:
        it = keeping.look(desk, id)
        desk.note("see", object=id)
        offered = _offered(desk)
        given = _given(desk, it)
    return _draft_page(request, id, given, offered)


@router.post("/{id}/edit")
async def edited(request: Request, caller: AtPage, id: str) -> Response:
    """Keep it."""
    return await run_in_threadpool(_keep, request, caller, id, await request.form())


def _keep(request: Request, caller: Caller, id: str, sent: FormData) -> Response:
    given: dict[str, Any] = {name: text(sent, name) for name in PLAIN}
    given |= {"see": [str(code) for code in sent.getlist("see")], "version": version(sent)}
    try:
        with caller.at_assessments("assess", writing=True) as desk:
            form = validated(m.AssessmentForm, **_said(given))
            if id:
                edit = validated(m.AssessmentEdit, version=given["version"], assessment=form.model_dump())
                it = keeping.edit(desk, id, edit)
            else:
                it = keeping.draft(desk, form)
    except (Faulty, NotAllowed, NotYours, OutOfDate) as problem:
        with caller.at_assessments("assess") as desk:
            desk.note("see", what="a form")
            offered = _offered(desk)
        return _draft_page(request, id, given, offered, problem)
    return RedirectResponse(f"/assessments/{it.id}", status_code=303)


def _said(given: Given) -> dict[str, Any]:
    """The form's fields as the schema takes them: lines of places and indicators taken apart."""
    said = {name: given[name] for name in ("title", "period", "subject", "scheme", "level", "before", "see")}
    if given["formula"]:
        said["formula"] = given["formula"]
    places = [
        dict(zip(("code", "region", "first", "second", "third", "reviewer", "name"), line, strict=False))
        for line in _lines(given["places"])
    ]
    indicators = []
    for line in _lines(given["indicators"]):
        one: dict[str, Any] = dict(zip(("code", "name", "group", "weight"), line, strict=False))
        indicators.append({name: value for name, value in one.items() if value or name in ("code", "name")})
    return {**said, "places": places, "indicators": indicators}


def _lines(written: str) -> list[list[str]]:
    return [[part.strip() for part in line.split(";")] for line in written.splitlines() if line.strip()]


def _given(desk: Desk, it: Assessment) -> dict[str, Any]:
    """What a kept draft says, as the form shows it."""
    codes = directory(desk)
    lines = []
    for place in it.places.values():
        third = place.seats.get("third")
        parts = [
            place.code,
            place.region,
            codes[place.seats["first"].bureau].code,
            codes[place.seats["second"].bureau].code,
            codes[third.bureau].code if third else "",
            codes[place.reviewer].code,
            place.name,
        ]
        lines.append("; ".join(parts).rstrip("; "))
    own = "" if it.form.scheme else "\n".join([_indicator(one) for one in it.indicators])
    said = it.form.model_dump(
        include={"title", "period", "subject", "scheme", "formula", "level", "before", "see"}
    )
    return {**said, "places": "\n".join(lines), "indicators": own, "version": it.thing.version}


def _indicator(one: m.Indicator) -> str:
    return f"{one.code}; {one.name}; {one.group}; {one.weight:g}"


def _offered(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    mine = desk.asker.bureau
    bureaus = [b for n, b in directory(desk).items() if n != mine and b.sort != PRIVATE]
    locked = [it for it in keeping.every(desk) if it.state == "locked"]
    return {
        "schemes": [(one.slug, one.name) for one in schemes(desk)],
        "bureaus": [(b.code, f"{b.code} {b.label}") for b in bureaus],
        "before": [(it.id, f"{it.form.title}, {it.form.period}") for it in locked],
        "levels": words.choices(words.LEVELS),
        "codes": [(code, b.label) for code, b in by_code(desk).items() if b.sort != PRIVATE],
    }


def _draft_page(
    request: Request,
    id: str,
    given: Given,
    offered: Mapping[str, Sequence[tuple[str, str]]],
    problem: Problem | None = None,
) -> Response:
    faults = problem.faults if problem else ()
    return render(
        request,
        "reports/assessment_form.html",
        status_code=problem.status if problem else 200,
        id=id,
        given=given,
        offered=offered,
        faults=faults,
        refused=_refusal(problem),
        wrong_places=fault_lines(faults, "places"),
        wrong_indicators=fault_lines(faults, "indicators"),
        labels=labels,
    )


def _refusal(problem: Problem | None) -> str:
    if problem is None or isinstance(problem, Faulty):
        return ""
    return STALE if isinstance(problem, OutOfDate) else problem.detail


# --- scores --------------------------------------------------------------------------------------------


@router.get("/{id}/places/{place}/scores")
def scores(request: Request, caller: AtPage, id: str, place: str, seat: str = "first") -> Response:
    """One's own scores of a place."""
    return _score_page(request, caller, id, place, seat)


@router.post("/{id}/places/{place}/scores")
async def score(request: Request, caller: AtPage, id: str, place: str) -> Response:
    """Keep them, or hand them in."""
    return await run_in_threadpool(_keep_scores, request, caller, id, place, await request.form())


def _keep_scores(request: Request, caller: Caller, id: str, place: str, sent: FormData) -> Response:
    seat, done = text(sent, "seat"), text(sent, "do") == "done"
    codes = [name.removeprefix("value-") for name in sent if name.startswith("value-")]
    typed = {code: _typed(sent, code) for code in codes}
    filled = [code for code in codes if typed[code]["value"] or typed[code]["why"]]
    given = [
        {**typed[code], "indicator": code, "evidence": _ID.findall(typed[code]["evidence"])}
        for code in filled
    ]
    said = {"seat": seat, "scores": given, "done": done, "version": version(sent)}
    try:
        with caller.at_assessments("assess", writing=True) as desk:
            scoring.score(desk, id, place, validated(m.ScoresForm, **said))
    except (Faulty, NotAllowed, NotYours, OutOfDate) as problem:
        return _score_page(request, caller, id, place, seat, (typed, filled, problem))
    to = f"/assessments/{id}" if done else f"/assessments/{id}/places/{place}/scores?seat={seat}"
    return RedirectResponse(to, status_code=303)


def _typed(sent: FormData, code: str) -> dict[str, str]:
    return {name: text(sent, f"{name}-{code}") for name in ("value", "confidence", "why", "on", "evidence")}


def _score_page(
    request: Request,
    caller: Caller,
    id: str,
    place: str,
    seat: str,
    tried: tuple[Mapping[str, Given], list[str], Problem] | None = None,
) -> Response:
    """The sheet, or what was typed with its faults. Raises Absent, NotYours, NotAllowed, Faulty."""
    seat = validated(m.SeatForm, seat=seat).seat
    with caller.at_assessments("assess") as desk:
        it = keeping.look(desk, id)
        sheet = shown.sheet(desk, it, keeping.place_of(it, place), seat)
        desk.note("see", object=id, what="own scores", place=place)
    given: Mapping[str, Given] = {
        one.indicator: {
            **one.model_dump(include={"confidence", "why", "on"}),
            "value": f"{one.value:g}",
            "evidence": " ".join(one.evidence),
        }
        for one in sheet.scores
    }
    typed, filled, problem = tried or (given, [], None)
    faults = problem.faults if problem else ()
    return render(
        request,
        "reports/assessment_scores.html",
        status_code=problem.status if problem else 200,
        it=it,
        place=keeping.place_of(it, place),
        sheet=sheet,
        indicators=[one for one in it.indicators if one.code in sheet.asked],
        given=typed,
        wrong=_by_indicator(faults, filled),
        faults=[f for f in faults if not f.where.strip("/").startswith("scores/")],
        refused=_refusal(problem),
        scale=[(f"{value:g}", f"{value:g}") for value in threat.scale()],
        labels=labels,
        name=_("Scores"),
    )


def _by_indicator(faults: Sequence[Fault], filled: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """What is wrong, by indicator and field."""
    found: dict[str, dict[str, list[str]]] = {}
    for fault in faults:
        parts = fault.where.strip("/").split("/")
        if parts[0] == "scores" and len(parts) > 2 and parts[1].isdigit() and int(parts[1]) < len(filled):
            found.setdefault(filled[int(parts[1])], {}).setdefault(parts[2], []).append(fault.what)
    return found
