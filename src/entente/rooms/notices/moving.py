"""The notices room's pages on which a notice moves: each step, its photo and extract; subscriptions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from entente.core.problems import Absent, Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.work import settle
from entente.rooms.notices import extracts, model, photo, reviewing, service, telling
from entente.rooms.notices.showing import may, notice_page, page, to_notice
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated

router = APIRouter()
Text = Annotated[str, Form()]
Step = Callable[[Desk], object]


def _stepped(request: Request, caller: Caller, id: str, act: str, step: Step, to: str = "") -> Response:
    """Do one step; refused, the notice's page says why."""
    try:
        with caller.at_own_desk(act, writing=True) as desk:
            step(desk)
    except Faulty as problem:
        return notice_page(request, caller, id, problem.faults)
    settle(caller.house)
    return RedirectResponse(to, status_code=303) if to else to_notice(id)


@router.post("/notices/{id}/submit")
def submit(request: Request, caller: AtPage, id: str, version: Text = "") -> Response:
    """Ask a second officer to check it."""
    return _stepped(
        request,
        caller,
        id,
        "contribute",
        lambda desk: reviewing.submit(desk, id, validated(model.Seen, version=version).version),
    )


@router.post("/notices/{id}/check")
def check(
    request: Request, caller: AtPage, id: str, version: Text = "", approve: Text = "", why: Text = ""
) -> Response:
    """The second officer approves it or sends it back."""
    said = {"version": version, "approve": approve == "yes", "why": why}
    return _stepped(
        request,
        caller,
        id,
        "approve",
        lambda desk: reviewing.check(desk, id, validated(model.Check, **said)),
    )


@router.post("/notices/{id}/send")
def send(request: Request, caller: AtPage, id: str, version: Text = "") -> Response:
    """Send it to the neutral review."""
    return _stepped(
        request,
        caller,
        id,
        "contribute",
        lambda desk: reviewing.send(desk, id, validated(model.Seen, version=version).version),
    )


@router.post("/notices/{id}/review")
async def review(request: Request, id: str) -> Response:
    """Read the answers (their names are the flags), then review in a thread."""
    return await run_in_threadpool(_review, request, await at_page(request), id, await request.form())


def _review(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    texts = {k: v for k, v in form.items() if isinstance(v, str)}
    answers = {k[7:]: v for k, v in texts.items() if k.startswith("answer-") and v.strip()}
    said = {k: texts.get(k, "") for k in ("version", "decision", "why")}
    return _stepped(
        request,
        caller,
        id,
        "review",
        lambda desk: reviewing.review(desk, id, validated(model.ReviewForm, answers=answers, **said)),
    )


# --- photo, public extract, subscriptions --------------------------------------------------------


@router.post("/notices/photos/{id}")
async def attach(request: Request, id: str) -> Response:
    """Read the picture, then keep it in a thread; `remove` takes it away."""
    caller, form = await at_page(request), await request.form()
    given = form.get("photo")
    data = await given.read(photo.MOST_BYTES + 1) if isinstance(given, UploadFile) else b""
    return await run_in_threadpool(_attach, request, caller, id, data, form)


def _attach(request: Request, caller: Caller, id: str, data: bytes, form: FormData) -> Response:
    try:
        version = validated(model.Seen, version=form.get("version", "")).version
        if form.get("remove") == "yes":
            with caller.at_own_desk("contribute", writing=True) as desk:
                photo.detach(desk, id, version)
        else:
            photo.attached(caller, id, version, data)
    except Faulty as problem:
        return notice_page(request, caller, id, problem.faults)
    return to_notice(id)


@router.post("/notices/{id}/extract")
async def extract(request: Request, id: str) -> Response:
    """Ask for a public extract, consent to it, or end it."""
    return await run_in_threadpool(_extract, request, await at_page(request), id, await request.form())


def _extract(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    texts = {k: v.strip() for k, v in form.items() if isinstance(v, str)}
    did = texts.pop("do", "ask")
    if did == "consent":
        return _stepped(request, caller, id, "review", lambda desk: extracts.consent(desk, id))
    if did == "end":
        return _stepped(request, caller, id, "publish", lambda desk: extracts.end(desk, id))
    said: dict[str, Any] = {k: v for k, v in texts.items() if k != "nationality"}
    said["nationality"] = texts.get("nationality", "").split()
    return _stepped(
        request,
        caller,
        id,
        "publish",
        lambda desk: extracts.ask(desk, id, validated(model.ExtractForm, **said)),
    )


@router.get("/notices/subscriptions")
def subscriptions(request: Request, caller: AtPage) -> Response:
    """Which notices my bureau is told of."""
    with caller.at_own_desk("see") as desk:
        kept = telling.subscription(desk)
    return _subscriptions(request, caller, kept.model_dump())


@router.post("/notices/subscriptions")
async def subscribe(request: Request) -> Response:
    """Read the form, then keep it in a thread."""
    return await run_in_threadpool(_subscribe, request, await at_page(request), await request.form())


def _subscribe(request: Request, caller: Caller, form: FormData) -> Response:
    given = {
        "colours": [v for v in form.getlist("colours") if isinstance(v, str)],
        "countries": str(form.get("countries", "")).replace(",", " ").split(),
        "words": [w.strip() for w in str(form.get("words", "")).splitlines() if w.strip()],
    }
    try:
        with caller.at_own_desk("stand", writing=True) as desk:
            telling.subscribe(desk, validated(model.Subscription, **given))
    except Faulty as problem:
        return _subscriptions(request, caller, given, problem.faults)
    return RedirectResponse("/notices/subscriptions", status_code=303)


def _subscriptions(
    request: Request, caller: Caller, given: Mapping[str, Any], faults: Sequence[Fault] = ()
) -> Response:
    return page(
        request,
        "notices/subscriptions.html",
        status_code=422 if faults else 200,
        given=given,
        faults=faults,
        may_change=may(caller, "stand"),
    )


@router.post("/notices/{id}/{move}")
def move(
    request: Request, caller: AtPage, id: str, move: str, version: Text = "", why: Text = "", until: Text = ""
) -> Response:
    """Suspend, resume, cancel, renew, discard: steps that need a reason, or none."""
    if move in _REASONED:
        act, service_of = _REASONED[move]
        said = {"version": version, "why": why}
        return _stepped(
            request, caller, id, act, lambda desk: service_of(desk, id, validated(model.Reason, **said))
        )
    if move == "renew":
        form = {"version": version, "why": why, "until": until}
        return _stepped(
            request,
            caller,
            id,
            "publish",
            lambda desk: reviewing.renew(desk, id, validated(model.Renewal, **form)),
        )
    if move == "discard":
        seen = {"version": version}
        return _stepped(
            request,
            caller,
            id,
            "withdraw",
            lambda desk: service.discard(desk, id, validated(model.Seen, **seen).version),
            "/notices?which=mine",
        )
    raise Absent()


_REASONED: Mapping[str, tuple[str, Callable[[Desk, str, model.Reason], Thing]]] = {
    "suspend": ("publish", reviewing.suspend),
    "resume": ("review", reviewing.resume),
    "cancel": ("publish", reviewing.cancel),
}
