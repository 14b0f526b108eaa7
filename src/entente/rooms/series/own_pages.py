"""Pages of what is one's own bureau's: its images, files to bring in, looks and caps, negative list."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from entente.core.problems import Fault, Faulty, Unreadable
from entente.rooms.series import (
    exchanging,
    exposure,
    judging,
    labels,
    listing,
    own_api,
    schemes,
    shown,
    statistics,
)
from entente.rooms.series import model as m
from entente.rooms.series.clearing import must_be_cleared
from entente.rooms.series.exchange_api import As, taken_out
from entente.rooms.series.series_pages import may
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
A_PAGE = 50


@router.get("/images")
def images(request: Request, caller: AtPage, after: str = "") -> Response:
    """The images of my bureau, and bringing in a file."""
    return _images(request, caller, {}, after=after)


def _images(
    request: Request,
    caller: Caller,
    given: Mapping[str, str],
    faults: Sequence[Fault] = (),
    told: m.Imported | None = None,
    after: str = "",
) -> Response:
    with caller.at_own_desk("see") as desk:
        rows = shown.images(desk, listing.images(desk, after[:64], A_PAGE))
        known = [s for s in schemes.listed(desk) if s.name != "common"]
    return render(
        request,
        "series/images.html",
        status_code=422 if faults else 200,
        rows=rows,
        given=given,
        faults=faults,
        told=told,
        schemes=[(f"{s.name} {s.edition}".strip(), f"{s.name} {s.edition}") for s in known],
        labels=labels,
        may_write=may(caller, "contribute"),
        may_export=may(caller, "export"),
        first="/series/images" if after else "",
        older=f"/series/images?after={rows[-1].id}" if len(rows) == A_PAGE else "",
    )


@router.post("/images")
async def bring_in(request: Request) -> Response:
    """Receive the file of whom may bring one in, then read it in a thread."""
    caller = await at_page(request)
    await run_in_threadpool(caller.must_be_known)
    await run_in_threadpool(exchanging.begun, _sitting(caller))
    form = await request.form()
    sent = form.get("file")
    file = sent if isinstance(sent, UploadFile) and sent.size else None
    return await run_in_threadpool(_bring_in, request, caller, form, file)


def _sitting(caller: Caller) -> exchanging.Sitting:
    """To contribute: nothing foreign is opened."""
    return partial(own_api.sat, caller, "contribute")


def _bring_in(request: Request, caller: Caller, form: FormData, file: UploadFile | None) -> Response:
    given = {name: str(form.get(name, "")) for name in ("sharing", "scheme", "case")}
    told = None
    try:
        said = validated(exchanging.Sent, **{name: value for name, value in given.items() if value})
        if file is None:
            what = "No file was chosen"
            raise Faulty(faults=(Fault("file", what, "Choose a VICS or an ICSE file."),))
        told = exchanging.brought_in(_sitting(caller), file.file, said)
    except (Faulty, Unreadable) as problem:
        return _images(request, caller, given, exchanging.faults_of(problem))
    return _images(request, caller, given, told=told)


@router.get("/file")
def file(caller: AtPage, asked: Annotated[As, Query()]) -> Response:
    """All images of my bureau as a file."""
    return taken_out(caller, "", asked)


@router.get("/desk")
def desk_page(request: Request, caller: AtPage) -> Response:
    """What came of our questions; looks and caps; the negative list; schemes of categories."""
    return _desk(request, caller, {})


def _desk(
    request: Request, caller: Caller, given: Mapping[str, Any], faults: Sequence[Fault] = ()
) -> Response:
    with caller.at_own_desk("see") as desk:
        must_be_cleared(desk)
        figures = statistics.statistics(desk)
        mine = exposure.today(desk)
        bureau = exposure.of_bureau(desk) if may(caller, "approve") else []
        ignored = [shown.ignored(t) for t in judging.listed(desk)]
        known = schemes.listed(desk)
    return render(
        request,
        "series/desk.html",
        status_code=422 if faults else 200,
        figures=figures,
        mine=mine,
        bureau=bureau,
        ignored=ignored,
        schemes=known,
        given=given,
        faults=faults,
        labels=labels,
        may_write=may(caller, "contribute"),
        may_take=may(caller, "withdraw"),
        may_approve=may(caller, "approve"),
        officer=caller.officer.id,
    )


@router.post("/desk/{what}")
async def change(request: Request, what: str) -> Response:
    """Read the form, then do it in a thread."""
    return await run_in_threadpool(_change, request, await at_page(request), what, await request.form())


def _change(request: Request, caller: Caller, what: str, form: FormData) -> Response:
    names = ("officer", "cap", "text", "digest", "id", "seen", "spared")
    given = {name: str(form.get(name, "")).strip() for name in names}
    try:
        if what == "looks":
            said = {name: given[name] for name in ("seen", "spared") if given[name]}
            with caller.at_own_desk("examine", writing=True) as desk:
                exposure.looked(desk, validated(m.Looks, **said))
        elif what == "cap":
            with caller.at_own_desk("approve", writing=True) as desk:
                exposure.set_cap(desk, validated(m.Cap, officer=given["officer"], cap=given["cap"]))
        elif what == "ignore":
            media = exchanging.by_digest(given["digest"])
            with caller.at_own_desk("contribute", writing=True) as desk:
                judging.ignore(desk, validated(m.Ignore, text=given["text"], media=media.model_dump()))
        else:
            with caller.at_own_desk("withdraw", writing=True) as desk:
                judging.heed(desk, given["id"])
    except Faulty as problem:
        return _desk(request, caller, given, problem.faults)
    return RedirectResponse("/series/desk", status_code=303)
