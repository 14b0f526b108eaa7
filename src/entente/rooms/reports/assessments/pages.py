"""Pages of threat assessments: the list, one with its figures, one place of it; and what is done there."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.access import may
from entente.core.problems import Absent, Fault, Faulty, NotAllowed, NotYours, OutOfDate, Problem
from entente.desk import Desk
from entente.rooms.bureaus import PRIVATE, by_code
from entente.rooms.reports.assessments import keeping, labels, scoring, shown, steps
from entente.rooms.reports.assessments import model as m
from entente.rooms.reports.assessments import shown_model as out
from entente.rooms.reports.assessments.picture import dots
from entente.rooms.reports.assessments.printed import name_of
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter(prefix="/assessments")
STALE = N_("Somebody changed it before you. Look at it as it is now, and do it again.")


@router.get("")
def listed(request: Request, caller: AtPage) -> Response:
    """Threat assessments, and what waits for the bureau."""
    with caller.at_assessments("see") as desk:
        desk.note("see", what="threat assessments")
        found, works = shown.rows(desk), may(desk.asker, "assess")
    return render(request, "reports/assessments.html", rows=found, works=works, labels=labels)


@router.get("/{id}")
def opened(request: Request, caller: AtPage, id: str) -> Response:
    """One assessment."""
    return page_of(request, caller, id)


@router.get("/{id}/places/{place}")
def place(request: Request, caller: AtPage, id: str, place: str) -> Response:
    """One place of it."""
    return page_of(request, caller, id, place)


def page_of(
    request: Request,
    caller: Caller,
    id: str,
    place: str = "",
    tried: str = "",
    problem: Problem | None = None,
) -> Response:
    """The page of an assessment or of a place of it, with what was refused and why. Raises Absent."""
    with caller.at_assessments("see") as desk:
        it = keeping.look(desk, id)
        desk.note("see", object=id)
        told = shown.whole(desk, it)
        works = may(desk.asker, "assess")
        mine = it.owner == desk.asker.bureau
        bureaus = [(b.code, f"{b.code} {b.label}") for b in by_code(desk).values() if b.sort != PRIVATE]
    names = {one.code: name_of(one) for one in told.places}
    context: dict[str, Any] = {
        "it": told,
        "works": works,
        "mine": mine,
        "names": names,
        "labels": labels,
        "tried": tried,
        "faults": problem.faults if problem else (),
        "refused": (STALE if isinstance(problem, OutOfDate) else problem.detail) if problem else "",
    }
    status = problem.status if problem else 200
    if place:
        one = next((p for p in told.places if p.code == place), None)
        if one is None:
            raise Absent()
        more: dict[str, Any] = {
            "one": one,
            "bureaus": bureaus,
            "reviews": works and {"place": place, "sort": "review"} in waits(told),
        }
        return render(request, "reports/assessment_place.html", status_code=status, **context, **more)
    picture = dots(told.places, [names[p.code] for p in told.places], told.most, told.title)
    return render(request, "reports/assessment.html", status_code=status, picture=picture, **context)


def waits(it: out.AssessmentOut) -> list[dict[str, str]]:
    """What waits for the reader's bureau, by place and sort."""
    return [{"place": one.place, "sort": one.sort} for one in it.waits]


# --- what is done --------------------------------------------------------------------------------------


@router.post("/{id}/steps")
async def step(request: Request, caller: AtPage, id: str) -> Response:
    """Open it, lock it, withdraw it, or throw the draft away."""
    sent = await request.form()
    name = text(sent, "step")

    def do(desk: Desk) -> Any:
        if name == "discard":
            return keeping.discard(desk, id, version(sent))
        given = validated(m.StepForm, step=name, text=text(sent, "text"), version=version(sent))
        return steps.step(desk, id, given)

    to = "/assessments" if name == "discard" else f"/assessments/{id}"
    return await run_in_threadpool(_done, request, caller, (id, "", name), do, to)


@router.post("/{id}/places/{place}/seats")
async def take(request: Request, caller: AtPage, id: str, place: str) -> Response:
    """Take a seat, and go on to its scores."""
    sent = await request.form()
    seat = text(sent, "seat")

    def do(desk: Desk) -> Any:
        return scoring.take(desk, id, place, validated(m.SeatForm, seat=seat))

    to = f"/assessments/{id}/places/{place}/scores?seat={seat}"
    return await run_in_threadpool(_done, request, caller, (id, place, f"seat-{seat}"), do, to)


@router.post("/{id}/places/{place}/third")
async def name_third(request: Request, caller: AtPage, id: str, place: str) -> Response:
    """Name the bureau of the third scorer."""
    sent = await request.form()

    def do(desk: Desk) -> Any:
        given = validated(m.ThirdForm, third=text(sent, "third"), version=version(sent))
        return scoring.name_third(desk, id, place, given)

    to = f"/assessments/{id}/places/{place}"
    return await run_in_threadpool(_done, request, caller, (id, place, "third"), do, to)


@router.post("/{id}/places/{place}/review")
async def review(request: Request, caller: AtPage, id: str, place: str) -> Response:
    """Review a place."""
    sent = await request.form()

    def do(desk: Desk) -> Any:
        names = [name.removeprefix("value-") for name in sent if name.startswith("value-")]
        finals = [
            {"indicator": code, "value": text(sent, f"value-{code}"), "why": text(sent, f"why-{code}")}
            for code in names
            if text(sent, f"value-{code}")
        ]
        said = {n: text(sent, n) for n in ("summary", "mind", "likelihood", "trend")}
        given = validated(m.ReviewForm, finals=finals, version=version(sent), **said)
        return scoring.review(desk, id, place, given)

    to = f"/assessments/{id}/places/{place}"
    return await run_in_threadpool(_done, request, caller, (id, place, "review"), do, to)


def _done(
    request: Request,
    caller: Caller,
    tried: tuple[str, str, str],
    do: Callable[[Desk], Any],
    to: str,
) -> Response:
    """Do it and go on; or the page again with what was refused."""
    id, place, name = tried
    try:
        with caller.at_assessments("assess", writing=True) as desk:
            do(desk)
    except (Faulty, NotAllowed, NotYours, OutOfDate) as problem:
        return page_of(request, caller, id, place, name, problem)
    return RedirectResponse(to, status_code=303)


def text(sent: FormData, name: str) -> str:
    """One field of a form, without the space around it."""
    value = sent.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def version(sent: FormData) -> int:
    """The version that a form says was seen; 0 where it says none."""
    said = text(sent, "version")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def fault_lines(faults: tuple[Fault, ...], field: str) -> list[str]:
    """What is wrong in a field of several lines, each with its line's number."""
    found = []
    for fault in faults:
        first, _slash, rest = fault.where.strip("/").partition("/")
        if first == field:
            line = rest.partition("/")[0]
            what = _(fault.what)
            found.append(
                _("Line %(line)s: %(what)s", line=int(line) + 1, what=what) if line.isdigit() else what
            )
    return found
