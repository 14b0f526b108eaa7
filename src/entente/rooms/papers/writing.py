"""Pages on which a version is written and moves on its way."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from entente.core.problems import Absent, Fault, Faulty
from entente.desk import Desk
from entente.rooms.papers import alerts, drawing, labels, moving, parts, pictures, service, shown
from entente.rooms.papers import alerts_model as am
from entente.rooms.papers import model as m
from entente.rooms.papers.showing import acts
from entente.rooms.papers.vocabulary import terms
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.language import N_
from entente.web.pages import render

router = APIRouter()
PLAIN = "code title first_issued last_issued legal_status construction width height page_count mrz".split()
EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(PLAIN, ""),
    "colours": [],
    "valid": True,
    "content": "{}",
    "seen": "",
}


def version_page(request: Request, caller: Caller, id: str, faults: Sequence[Fault] = ()) -> Response:
    """The page of a version; with what was wrong about what was asked of it."""
    with caller.at_own_desk("see") as desk:
        kept = service.open_version(desk, id)
        told = shown.whole(desk, kept)
        asked = am.WhichAlerts(code=told.code, limit=20)
        found = [alerts.row(desk, a) for a in alerts.browse(desk, asked)]
        offered = acts(desk, caller, kept)
    marks = drawing.ranked(told.content.features)
    return render(
        request,
        "papers/version.html",
        status_code=422 if faults else 200,
        version=told,
        marks=marks,
        sheets=drawing.sheets(told, told.content, marks),
        alerts=found,
        terms=terms(),
        labels=labels,
        faults=faults,
        acts=offered,
        parts=parts.PARTS[service.KIND],
    )


@router.get("/papers/new")
def new(request: Request, caller: AtPage) -> Response:
    """The form of a new version."""
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="documents")
    return _form(request, "", EMPTY)


@router.post("/papers/new")
async def begin(request: Request) -> Response:
    """Read the form, then keep it in a thread."""
    return await run_in_threadpool(_keep, request, await at_page(request), "", await request.form())


@router.get("/papers/versions/{id}/edit")
def edit_form(request: Request, caller: AtPage, id: str) -> Response:
    """The form of a version of one's own bureau."""
    with caller.at_own_desk("contribute") as desk:
        kept = moving.mine(desk, service.KIND, id)
        desk.note("see", object=id)
        told = shown.whole(desk, kept)
    given = told.model_dump(mode="json")
    given["content"] = json.dumps(given["content"], ensure_ascii=False, indent=1)
    return _form(request, id, {name: "" if given[name] is None else given[name] for name in EMPTY})


@router.post("/papers/versions/{id}/edit")
async def edit(request: Request, id: str) -> Response:
    """Read the form, then keep it in a thread."""
    return await run_in_threadpool(_keep, request, await at_page(request), id, await request.form())


def _keep(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    given: dict[str, Any] = {name: str(form.get(name, "")).strip() for name in (*PLAIN, "content", "seen")}
    given |= {"colours": [str(c) for c in form.getlist("colours")], "valid": form.get("valid") == "yes"}
    try:
        said = {name: value for name, value in given.items() if value not in ("", [])}
        said["content"] = _content(given["content"])
        with caller.at_own_desk("contribute", writing=True) as desk:
            if id:
                before = moving.mine(desk, service.KIND, id)
                said["handling"] = json.loads(before.first("handling"))
                kept = service.edit(desk, id, validated(m.VersionEdit, **{**said, "seen": given["seen"]}))
            else:
                said.pop("seen", None)
                kept = service.draft(desk, validated(m.VersionForm, **said))
    except Faulty as problem:
        return _form(request, id, given, problem.faults)
    return to_version(kept.id)


def _content(text: str) -> Any:
    try:
        return json.loads(text or "{}")
    except (ValueError, RecursionError):
        raise Faulty(faults=(Fault("content", N_("This is no JSON"), N_("Mend it.")),)) from None


def _form(request: Request, id: str, given: Mapping[str, Any], faults: Sequence[Fault] = ()) -> Response:
    return render(
        request,
        "papers/edit.html",
        status_code=422 if faults else 200,
        id=id,
        given=given,
        faults=faults,
        labels=labels,
        terms=terms(),
    )


def to_version(id: str) -> Response:
    """On to a version's page, after a form was sent."""
    return RedirectResponse(f"/papers/versions/{id}", status_code=303)


@router.post("/papers/pictures/{id}")
async def attach(request: Request, id: str) -> Response:
    """Read the picture, then keep it in a thread."""
    caller, form = await at_page(request), await request.form()
    given = form.get("picture")
    data = await given.read(pictures.MOST_BYTES + 1) if isinstance(given, UploadFile) else b""
    return await run_in_threadpool(_attach, caller, id, data)


def _attach(caller: Caller, id: str, data: bytes) -> Response:
    pictures.attached(caller, id, data)
    return RedirectResponse(f"/papers/to/{id}", status_code=303)


@router.post("/papers/versions/{id}/{move}")
async def move(request: Request, id: str, move: str) -> Response:
    """Read the form, then take the step in a thread."""
    return await run_in_threadpool(_move, request, await at_page(request), id, move, await request.form())


def _move(request: Request, caller: Caller, id: str, move: str, form: FormData) -> Response:
    said = {name: str(form.get(name, "")) for name in ("seen", "why")}
    seen = {"seen": said["seen"]}
    decided = {**said, "approve": form.get("approve") == "yes"}
    steps: Mapping[str, tuple[str, Callable[[Desk], Any]]] = {
        "submit": (
            "contribute",
            lambda desk: moving.submit(
                desk, service.KIND, id, validated(m.Seen, **seen).seen, service.missing
            ),
        ),
        "review": ("approve", lambda desk: service.decide(desk, id, validated(m.Decide, **decided))),
        "revise": ("contribute", lambda desk: service.revise(desk, id)),
        "withdraw": ("publish", lambda desk: service.withdraw(desk, id, said["why"])),
        "discard": ("withdraw", lambda desk: moving.discard(desk, service.KIND, id)),
    }
    if move not in steps:
        raise Absent()
    act, step = steps[move]
    try:
        with caller.at_own_desk(act, writing=True) as desk:
            kept = step(desk)
    except Faulty as problem:
        return version_page(request, caller, id, problem.faults)
    return to_version(kept.id) if kept else RedirectResponse("/papers?which=mine", status_code=303)
