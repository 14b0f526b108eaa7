"""Pages of examiners: the first verdict beside an answer, what waits, and one comparison under two eyes.

The second examiner gives the picture of a search himself; it stands in that one page and nowhere else.
"""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.rooms.biometrics import (
    comparisons,
    encoding,
    enrolling,
    examining,
    examining_api,
    examining_shown,
    filing,
    labels,
    panes,
    reading,
)
from entente.rooms.biometrics import examining_model as e
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.api import pictured
from entente.rooms.biometrics.samples import Read, shown_asked
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()


# --- the first -----------------------------------------------------------------------------------


@router.post("/searches/{search}/candidates/{set}")
async def judge(request: Request, search: str, set: str) -> Response:
    """Read the form, then keep the first verdict in a thread."""
    caller, form = await at_page(request), await request.form()
    return await run_in_threadpool(_judge, request, caller, search, set, form)


def _judge(request: Request, caller: Caller, search: str, set: str, form: FormData) -> Response:
    said = validated(m.Judgement, **_said(form))
    with caller.at_own_desk("verdict", writing=True) as desk:
        kept = examining.judge(desk, search, set, said)
    return _judged(request, kept, said.verdict)


def _judged(request: Request, kept: Thing, verdict: str) -> Response:
    """In place of the form by script; without, a page beside the answer, which alone has the picture."""
    fragment = request.headers.get("hx-request") == "true"
    return render(
        request,
        "biometrics/judged.html" if fragment else "biometrics/verdict.html",
        verdict=verdict,
        state=kept.first("state"),
        comparison=kept.id,
        labels=labels,
    )


def _said(form: FormData) -> dict[str, str]:
    return {name: said for name in ("verdict", "text", "marked") if (said := str(form.get(name, "")))}


# --- what waits ----------------------------------------------------------------------------------


@router.get("/comparisons")
def listed(request: Request, caller: AtPage, which: str = "") -> Response:
    """My bureau's comparisons; without a choice, those that wait, or else those that are new."""
    with caller.at_own_desk("see") as desk:
        if which not in labels.LISTS:
            which = "waiting" if comparisons.listed(desk, "waiting") else "new"
        asked = validated(examining_api.Which, which=which).which
        rows = examining_shown.many(desk, comparisons.listed(desk, asked))
    return render(request, "biometrics/comparisons.html", rows=rows, which=which, labels=labels)


# --- one comparison ------------------------------------------------------------------------------


@router.get("/comparisons/{id}")
def one(request: Request, caller: AtPage, id: str) -> Response:
    """One comparison; of a search, its picture is asked of the second examiner first."""
    return _page(request, caller, id)


@router.post("/comparisons/{id}/pictures")
async def lay(request: Request, id: str) -> Response:
    """Receive the files that were searched with, then lay them beside the candidate in a thread."""
    caller = await at_page(request)
    await run_in_threadpool(caller.must_be_known)
    form = await request.form()
    return await run_in_threadpool(_lay, request, caller, id, await filing.received(form))


def _lay(request: Request, caller: Caller, id: str, files: filing.Files) -> Response:
    try:
        with caller.at_own_desk("verdict") as desk:
            examining.awaited(desk, id)
            desk.note("see", object=id, what="biometrics", outcome="begun")
        samples = reading.read(validated(e.Pictures, files=files.said()).files)
        with caller.at_own_desk("verdict") as desk:
            laid = examining.laid(desk, id, samples)
    except Faulty as problem:
        return _page(request, caller, id, problem.faults, files.places)
    return _page(request, caller, id, laid=laid, given=panes.given(laid.asked, _pictures(laid, samples)))


def _pictures(laid: e.Laid, samples: Sequence[Read]) -> list[bytes]:
    """The pictures of the samples laid, which stand in the search's order and not in the form's."""

    def alike(one: m.Sample) -> str:
        return one.model_dump_json(exclude={"number", "position"})

    known = {alike(told): one.picture for told, one in zip(shown_asked(samples), samples, strict=True)}
    return [known[alike(one)] for one in laid.asked]


def _page(
    request: Request,
    caller: Caller,
    id: str,
    faults: Sequence[Fault] = (),
    places: filing.Places | None = None,
    laid: e.Laid | None = None,
    given: Mapping[int, panes.Sheet] | None = None,
) -> Response:
    with caller.at_own_desk("see") as desk:
        told = examining_shown.one(desk, comparisons.look(desk, id))
        asked_with = examining.asked_with(desk, told.search) if told.yours else []
    both = laid or told.laid
    folder = f"/biometrics/comparisons/{id}"
    asked = given or panes.kept(f"{folder}/mine", both.asked)
    found = panes.kept(f"{folder}/theirs", both.found)
    return render(
        request,
        "biometrics/comparison.html",
        status_code=422 if faults else 200,
        one=told,
        laid=both,
        given=list((given or {}).values()),
        panes=panes.side_by_side(asked, found, both.overlays),
        scores=labels.scores(told.parts),
        wanted=labels.by(asked_with),
        faults=faults,
        places=filing.paired(places or {}, faults),
        labels=labels,
        encoder=encoding.said() if any(one.what == "face" for one in both.found) else None,
        may_judge=filing.may(caller, "verdict"),
        back=folder,
    )


@router.post("/comparisons/{id}/verdict")
async def verdict(request: Request, id: str) -> Response:
    """Read the form, then keep the verdict in a thread."""
    return await run_in_threadpool(_verdict, request, await at_page(request), id, await request.form())


def _verdict(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    try:
        said = validated(e.SecondJudgement, **_said(form), token=str(form.get("token", "")))
        with caller.at_own_desk("verdict", writing=True) as desk:
            examining.verdict(desk, id, said)
    except Faulty as problem:
        return _page(request, caller, id, problem.faults)
    return RedirectResponse(f"/biometrics/comparisons/{id}", status_code=303)


@router.post("/comparisons/{id}/note")
def take_note(caller: AtPage, id: str) -> Response:
    """Take note of an owner to contact."""
    with caller.at_own_desk("see", writing=True) as desk:
        examining.take_note(desk, id)
    return RedirectResponse(f"/biometrics/comparisons/{id}", status_code=303)


@router.get("/comparisons/{id}/{side}/{number}")
def picture(caller: AtPage, id: str, side: str, number: int) -> Response:
    """A picture of a set that is compared, for the inquiry that the comparison is of."""
    if side not in ("mine", "theirs"):
        raise Absent()
    with caller.at_own_desk("see") as desk:
        kept = comparisons.look(desk, id)
        seen = comparisons.reading(desk, kept)
        return pictured(enrolling.picture(seen, kept.first(side), number))
