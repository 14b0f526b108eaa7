"""Pages of one series and of its images: what is known, who works on it, and what one may do."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.access import ROLES_FOR
from entente.core.problems import Absent, Fault, Faulty
from entente.desk import Desk
from entente.rooms.series import (
    contributing,
    judging,
    labels,
    listing,
    merging,
    own_api,
    service,
    shown,
    states,
)
from entente.rooms.series import model as m
from entente.rooms.series.clearing import must_be_cleared
from entente.rooms.series.exchange_api import As, taken_out
from entente.rooms.series.media import IMAGE, QUESTION
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
A_PAGE = 50
MOST_CHOICES = 200
PLAIN = "name aliases victims victims_identified offenders_identified first_seen note sharing version".split()


def may(caller: Caller, act: str) -> bool:
    """Whether one of the officer's roles allows an act."""
    return bool(caller.officer.roles & ROLES_FOR[act])


# --- begun and described -------------------------------------------------------------------------


@router.get("/new")
def new(request: Request, caller: AtPage) -> Response:
    """The form of a new series."""
    with caller.at_own_desk("contribute") as desk:
        must_be_cleared(desk)
        desk.note("see", what="series")
    return _form(request, dict.fromkeys(PLAIN, "") | {"sharing": "open"})


@router.post("/new")
async def begin(request: Request) -> Response:
    """Read the form, then keep it in a thread."""
    return await run_in_threadpool(_keep, request, await at_page(request), "", await request.form())


@router.get("/{id}/edit")
def edit_form(request: Request, caller: AtPage, id: str) -> Response:
    """The form of a series that my bureau leads."""
    with caller.at_desk("correct") as desk:
        told = shown.whole(desk, states.led(desk, id))
    given = {name: str(getattr(told, name, "") or "") for name in PLAIN}
    return _form(request, given | {"aliases": "\n".join(told.aliases), "sharing": ""}, id=id)


@router.post("/{id}/edit")
async def edit(request: Request, id: str) -> Response:
    """Read the form, then keep it in a thread."""
    return await run_in_threadpool(_keep, request, await at_page(request), id, await request.form())


def _keep(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    given = {name: str(form.get(name, "")).strip() for name in PLAIN}
    said: dict[str, Any] = {name: value for name, value in given.items() if value}
    said["aliases"] = [line.strip() for line in given["aliases"].splitlines() if line.strip()]
    try:
        if id:
            changed = validated(m.SeriesChange, **said)
            with caller.at_desk("correct", writing=True) as desk:
                service.change(desk, id, changed)
        else:
            said.pop("version", None)
            begun = validated(m.SeriesForm, **said)
            with own_api.sat(caller, "contribute", writing=True) as desk:
                id = service.begin(desk, begun).id
    except Faulty as problem:
        return _form(request, given, problem.faults, id)
    return RedirectResponse(f"/series/{id}", status_code=303)


def _form(request: Request, given: Mapping[str, str], faults: Sequence[Fault] = (), id: str = "") -> Response:
    return render(
        request,
        "series/edit.html",
        status_code=422 if faults else 200,
        id=id,
        given=given,
        faults=faults,
        labels=labels,
    )


# --- images --------------------------------------------------------------------------------------


@router.get("/images/{id}")
def image(request: Request, caller: AtPage, id: str) -> Response:
    """One image, or a question of my bureau: its hashes, and what hangs together with it."""
    return _image(request, caller, id)


def _image(request: Request, caller: Caller, id: str, faults: Sequence[Fault] = ()) -> Response:
    with caller.on_grid(), caller.at_desk("search") as desk:
        thing = listing.image(desk, id, (IMAGE, QUESTION))
        found = listing.ties(desk, thing)
        desk.note("search", object=id, what="images", shown=[f.thing.id for f in found])
        told = shown.images(desk, [thing])[0]
        judged = judging.said(desk, judging.file_of(thing))
        own = thing.handling.owner == desk.asker.bureau
        ties = shown.matches(desk, found)
        others = _others(desk) if own and thing.kind == IMAGE else []
    return render(
        request,
        "series/image.html",
        status_code=422 if faults else 200,
        image=told,
        asked=thing.kind == QUESTION,
        own=own,
        ties=ties,
        judged=judged,
        labels=labels,
        faults=faults,
        may_judge=may(caller, "verdict"),
        may_move=own and thing.kind == IMAGE and may(caller, "correct"),
        may_take=own and thing.kind == IMAGE and may(caller, "withdraw"),
        others=others,
    )


@router.post("/images/{id}/verdict")
async def judge(request: Request, id: str) -> Response:
    """Read the form, then keep the verdict in a thread."""
    return await run_in_threadpool(_judge, request, await at_page(request), id, await request.form())


def _judge(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    said = {"one": id, **{name: str(form.get(name, "")) for name in ("other", "verdict", "text")}}
    try:
        with caller.at_desk("verdict", writing=True) as desk:
            judging.judge(desk, validated(m.VerdictForm, **said))
    except Faulty as problem:
        return _image(request, caller, id, problem.faults)
    return RedirectResponse(f"/series/images/{id}", status_code=303)


@router.post("/images/{id}/verdict/back")
def take_back(caller: AtPage, id: str, other: Annotated[str, Form()] = "") -> Response:
    """Take my bureau's verdict back."""
    with caller.at_desk("verdict", writing=True) as desk:
        judging.take_back(desk, id, other[:64])
    return RedirectResponse(f"/series/images/{id}", status_code=303)


@router.post("/images/{id}/handling")
def handle(caller: AtPage, id: str, sharing: Annotated[str, Form()] = "") -> Response:
    """Say anew who learns of an image of my bureau."""
    said = validated(m.Shared, sharing=sharing)
    with caller.at_desk("correct", writing=True) as desk:
        contributing.handle(desk, id, said.sharing)
    return RedirectResponse(f"/series/images/{id}", status_code=303)


@router.post("/images/{id}/withdraw")
def withdraw(caller: AtPage, id: str) -> Response:
    """Take an image of my bureau back."""
    with caller.at_desk("withdraw", writing=True) as desk:
        contributing.withdraw(desk, id)
    return RedirectResponse("/series/images", status_code=303)


@router.post("/images/{id}/move")
async def move_image(request: Request, id: str) -> Response:
    """Read the form, then put the image into a series in a thread."""
    return await run_in_threadpool(_move_image, request, await at_page(request), id, await request.form())


def _move_image(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    try:
        with caller.at_desk("correct", writing=True) as desk:
            said = {"images": [id], "series": _series_id(str(form.get("series", "")))}
            contributing.move(desk, validated(m.Moved, **said))
    except Faulty as problem:
        return _image(request, caller, id, problem.faults)
    return RedirectResponse(f"/series/images/{id}", status_code=303)


def _others(desk: Desk, but: str = "") -> list[tuple[str, str]]:
    """The series last changed that the asker may see, by name, for a list to choose from."""
    listed = service.listed(desk, limit=MOST_CHOICES)
    # one that went where the asker sees nothing stands here like any other
    above = desk.look_all([into for s in listed if (into := s.first("into"))])
    found = [s for s in listed if s.id != but and s.first("into") not in above]
    named = [(s.id, f"{s.first('name')} · {shown.code(desk, s.handling.owner)}") for s in found]
    return sorted(named, key=lambda pair: (pair[1].casefold(), pair[0]))


def _series_id(said: str) -> str:
    """The id of a series, or its address pasted."""
    return said.strip().rstrip("/").rpartition("/")[2]


# --- one series ----------------------------------------------------------------------------------


@router.get("/{id}")
def one(request: Request, caller: AtPage, id: str, after: str = "") -> Response:
    """One series."""
    return _page(request, caller, id, after=after)


def _page(
    request: Request, caller: Caller, id: str, faults: Sequence[Fault] = (), after: str = ""
) -> Response:
    with caller.at_desk("see") as desk:
        series = states.look(desk, id)
        told = shown.whole(desk, series)
        place = listing.image(desk, after[:64]).place if after else 0
        images = shown.images(desk, [t for _, t in shown.members(desk, series, A_PAGE, place)])
        leads = series.handling.owner == desk.asker.bureau
        mine = shown.code(desk, desk.asker.bureau)
        second = leads and series.first("proposedBy") != desk.asker.officer
        others = _others(desk, id) if leads else []
    return render(
        request,
        "series/one.html",
        status_code=422 if faults else 200,
        series=told,
        images=images,
        leads=leads,
        mine=mine,
        working_here=any(w.bureau == mine for w in told.working),
        moves=[s for s in labels.STATES if s in states.MOVES[told.state]] if leads and not told.into else [],
        others=others,
        may_correct=may(caller, "correct"),
        may_work=may(caller, "contribute"),
        may_approve=second and may(caller, "approve"),
        may_export=may(caller, "export"),
        labels=labels,
        faults=faults,
        first=f"/series/{id}" if after else "",
        older=f"/series/{id}?after={images[-1].id}" if len(images) == A_PAGE else "",
    )


@router.get("/{id}/file")
def file(caller: AtPage, id: str, asked: Annotated[As, Query()]) -> Response:
    """One series as a file."""
    return taken_out(caller, id, asked)


@router.post("/{id}/{move}")
async def move(request: Request, id: str, move: str) -> Response:
    """Read the form, then take the step in a thread."""
    return await run_in_threadpool(_move, request, await at_page(request), id, move, await request.form())


def _move(request: Request, caller: Caller, id: str, move: str, form: FormData) -> Response:
    said = {name: str(form.get(name, "")).strip() for name in ("state", "why", "version", "name", "note")}
    into = _series_id(str(form.get("address") or form.get("into", "")))
    other = str(form.get("other", "")).strip()
    images = [str(one) for one in form.getlist("images")]
    yes = {"approve": form.get("approve") == "yes", "why": said["why"]}
    seen = {"version": said["version"] or "0"}
    steps: Mapping[str, tuple[str, Callable[[Desk], Any]]] = {
        "state": (
            "correct",
            lambda desk: service.move(
                desk, id, validated(m.Move, state=said["state"], why=said["why"], **seen)
            ),
        ),
        "decision": ("approve", lambda desk: service.decide(desk, id, validated(m.Approve, **yes, **seen))),
        "merge": (
            "correct",
            lambda desk: merging.merge(desk, id, validated(m.Merge, into=into, why=said["why"])),
        ),
        "answer": ("correct", lambda desk: merging.answer(desk, other, validated(m.Answer, **yes))),
        "apart": ("correct", lambda desk: merging.take_back(desk, other or id, said["why"])),
        "split": (
            "correct",
            lambda desk: merging.split(
                desk, id, validated(m.Split, images=images, name=said["name"], why=said["why"])
            ),
        ),
        "work": ("contribute", lambda desk: service.work(desk, id, validated(m.Work, note=said["note"]))),
        "stop": ("contribute", lambda desk: service.stop_work(desk, id)),
    }
    if move not in steps:
        raise Absent()
    act, step = steps[move]
    try:
        with caller.at_desk(act, writing=True) as desk:
            kept = step(desk)
    except Faulty as problem:
        return _page(request, caller, id, problem.faults)
    to = kept.id if kept is not None and move in ("split", "merge") else id
    return RedirectResponse(f"/series/{to}", status_code=303)
