"""Guided checks over HTTP: a picture or typed lines in, what was read and found out, a verdict kept."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from entente.desk import Desk
from entente.rooms.papers import alerts, alerts_model
from entente.rooms.papers.checks import finding, report, service, shown
from entente.rooms.papers.checks import model as m
from entente.rooms.records import Strict
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/checks")
Id = Annotated[str, Path(max_length=64)]
PICTURE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


class Listed(Strict):
    """Which of the bureau's checks."""

    state: m.State | None = None
    after: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=200)


@router.get("")
def checks(caller: AtDoor, asked: Annotated[Listed, Query()]) -> list[m.Row]:
    """Your bureau's checks, newest change first."""
    with caller.at_own_desk("examine") as desk:
        return [shown.row(desk, c) for c in service.listed(desk, asked.state or "", asked.after, asked.limit)]


@router.post("", status_code=201)
def begin(caller: AtDoor, form: m.Begin) -> m.Check:
    """Check a document by the lines of its zone, typed. Needs a purpose."""
    lines = tuple(line for line in form.lines if line)
    return opened(caller, service.begin(caller, service.Given(lines=lines, printed=form.printed)))


@router.post(
    "/pictures",
    status_code=201,
    openapi_extra={"requestBody": {"content": {"image/png": PICTURE, "image/jpeg": PICTURE}}},
)
async def begin_with_picture(caller: AtDoor, request: Request) -> m.Check:
    """Check a document by a photograph or scan of its page (the body: PNG or JPEG, at most 12 MiB)."""
    await run_in_threadpool(caller.must_be_known)
    given = service.Given(picture=await request.body())
    return await run_in_threadpool(lambda: opened(caller, service.begin(caller, given)))


@router.get("/{id}")
def one(caller: AtDoor, id: Id) -> m.Check:
    """One check: readings, findings, what was found, answers, verdict."""
    return opened(caller, id)


@router.put("/{id}/reading")
def reread(caller: AtDoor, id: Id, step: m.Reread) -> m.Check:
    """Say which reading the paper has, or type it; it is looked up anew. Needs a purpose."""
    service.reread(caller, id, step)
    return opened(caller, id)


@router.put("/{id}/version")
def choose(caller: AtDoor, id: Id, step: m.Choose) -> m.Check:
    """Say which version of the library it seems to be; it is held against that one's specimen."""
    service.choose(caller, id, step)
    return opened(caller, id)


@router.put("/{id}/page")
def on_page(caller: AtDoor, id: Id, step: m.OnPage) -> m.Check:
    """What stands on the page itself: held against the zone."""
    return _stepped(caller, id, lambda desk: service.on_page(desk, id, step))


@router.put("/{id}/answers")
def answer(caller: AtDoor, id: Id, step: m.Answers) -> m.Check:
    """What you say of the version's marks."""
    return _stepped(caller, id, lambda desk: service.answer(desk, id, step))


@router.post("/{id}/escalate")
def escalate(caller: AtDoor, id: Id, step: m.Escalate) -> m.Check:
    """Pass it to the second or third line of your bureau."""
    return _stepped(caller, id, lambda desk: service.escalate(desk, id, step))


@router.post("/{id}/verdict")
def decide(caller: AtDoor, id: Id, step: m.Decide) -> m.Check:
    """Your verdict: it closes the check."""
    return _stepped(caller, id, lambda desk: service.decide(desk, id, step))


@router.post("/{id}/alert", status_code=201)
def draft_alert(caller: AtDoor, id: Id) -> alerts_model.Alert:
    """Draft an alert of what was found: a second person of your bureau reviews and publishes it."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return alerts.whole(desk, finding.draft_alert(desk, id))


@router.get(
    "/{id}/report.pdf", response_class=Response, responses={200: {"content": {"application/pdf": {}}}}
)
def pdf(caller: AtDoor, id: Id) -> Response:
    """The check as a report: PDF."""
    return Response(report.pdf(caller, id), media_type="application/pdf")


@router.delete("/{id}", status_code=204)
def discard(caller: AtDoor, id: Id) -> Response:
    """Delete a check and its pictures."""
    with caller.at_own_desk("examine", writing=True) as desk:
        service.discard(desk, id)
    return Response(status_code=204)


def opened(caller: Caller, id: str) -> m.Check:
    with caller.at_own_desk("examine") as desk:
        return shown.whole(desk, service.opened(desk, id))


def _stepped(caller: Caller, id: str, step: Callable[[Desk], None]) -> m.Check:
    with caller.at_own_desk("examine", writing=True) as desk:
        step(desk)
    return opened(caller, id)
