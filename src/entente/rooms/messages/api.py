"""The messages room over HTTP."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import Field

from entente.desk import Desk
from entente.rooms.bureaus import unlock
from entente.rooms.messages import attachments, drafts, exporting, model, reading, service, standard
from entente.rooms.records import Strict
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/api/v1/messages", tags=["messages"])
Id = Annotated[str, Path(max_length=64)]
FILE = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


class Listed(Strict):
    """`words` are sought in what your session can open, some hundred messages at a time."""

    box: Literal["in", "out"] = "in"
    words: str = Field(default="", max_length=200)
    bureau: str = Field(default="", max_length=8)
    urgency: str = Field(default="", max_length=20)
    state: str = Field(default="", max_length=20)
    after: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=200)


class Named(Strict):
    name: str = Field(min_length=1, max_length=200, description="The file's name, with its ending")


class CancellationForm(Strict):
    reason: model.Text = ""


@router.post("", status_code=201)
def send(caller: AtDoor, draft: model.MessageForm) -> model.Sent:
    """Send a message: sealed to the recipients' keys, signed by your bureau's."""
    with caller.at_own_desk("message", writing=True) as desk:
        return service.send(desk, unlock(desk, caller), draft, caller.officer.name)


@router.post("/sealed", status_code=201)
def send_sealed(caller: AtDoor, given: model.SealedIn) -> model.Sent:
    """Send an envelope that your own software sealed and signed."""
    with caller.at_own_desk("message", writing=True) as desk:
        return service.send_sealed(desk, given)


@router.get("")
def listed(caller: AtDoor, page: Annotated[Listed, Query()]) -> model.Page:
    """Your bureau's messages, newest first; filtered."""
    with caller.at_own_desk("message") as desk:
        narrow = reading.Filter(page.box, page.words, page.bureau, page.urgency, page.state)
        return reading.listed(desk, unlock(desk, caller), narrow, page.after, page.limit)


@router.get("/burning")
def burning(caller: AtDoor) -> list[model.Row]:
    """What waits for your bureau's answer, by what is due first."""
    with caller.at_own_desk("message") as desk:
        return reading.burning_messages(desk, unlock(desk, caller))


@router.get("/standard-requests")
def standard_requests(caller: AtDoor) -> list[standard.StandardRequest]:
    """Requests with ready questions in four languages."""
    with caller.at_own_desk("message") as desk:
        desk.note("see", what="standard requests")
        return standard.every()


@router.post("/attachments", status_code=201, openapi_extra={"requestBody": {"content": FILE}})
async def upload(caller: AtDoor, named: Annotated[Named, Query()], request: Request) -> model.Uploaded:
    """Upload an attachment (the body is the file), to be named in a message within a week."""
    await run_in_threadpool(caller.must_be_known)  # before anything of the file is read
    return await run_in_threadpool(_uploaded, caller, named.name, await request.body())


def _uploaded(caller: Caller, name: str, data: bytes) -> model.Uploaded:
    with caller.at_own_desk("message", writing=True) as desk:
        return attachments.upload(desk, unlock(desk, caller), name, data)


@router.get("/drafts")
def list_drafts(caller: AtDoor) -> list[model.DraftOut]:
    """Your bureau's drafts."""
    with caller.at_own_desk("message") as desk:
        return drafts.kept(desk, unlock(desk, caller))


@router.post("/drafts", status_code=201)
def keep_draft(caller: AtDoor, draft: model.MessageForm) -> model.DraftOut:
    """Keep a draft; your bureau's officers share it."""
    with caller.at_own_desk("message", writing=True) as desk:
        return drafts.keep(desk, unlock(desk, caller), draft)


@router.put("/drafts/{id}")
def change_draft(caller: AtDoor, id: Id, draft: model.MessageForm) -> model.DraftOut:
    """Change a draft."""
    with caller.at_own_desk("message", writing=True) as desk:
        return drafts.keep(desk, unlock(desk, caller), draft, id)


@router.get("/drafts/{id}")
def open_draft(caller: AtDoor, id: Id) -> model.DraftOut:
    """One draft."""
    with caller.at_own_desk("message") as desk:
        return drafts.one(desk, unlock(desk, caller), id)


@router.delete("/drafts/{id}", status_code=204)
def discard_draft(caller: AtDoor, id: Id) -> Response:
    """Discard a draft."""
    with caller.at_own_desk("message", writing=True) as desk:
        drafts.discard(desk, id)
    return Response(status_code=204)


@router.get("/{id}")
def open_message(caller: AtDoor, id: Id) -> model.Message:
    """Open a message. The first time, your bureau signs that it was opened."""
    return opened(caller, id)


def opened(caller: Caller, id: str) -> model.Message:
    """One message for whoever calls; writes only when a receipt is due."""
    with caller.at_own_desk("message") as desk:
        keyring = unlock(desk, caller)
        message = reading.one(desk, keyring, id)
    if message.opened or not message.readable:
        return message
    with caller.at_own_desk("message", writing=True) as desk:
        keyring = unlock(desk, caller)
        reading.mark_opened(desk, keyring, id)
        return reading.one(desk, keyring, id)


@router.post("/{id}/answers", status_code=201)
def answer(caller: AtDoor, id: Id, given: model.AnswerForm) -> model.Sent:
    """Answer some or all questions of a request: content, refusal with a reason, or a committed time."""
    with caller.at_own_desk("message", writing=True) as desk:
        return service.answer(desk, unlock(desk, caller), id, given, caller.officer.name)


@router.post("/{id}/cancellation", status_code=201)
def cancel(caller: AtDoor, id: Id, given: CancellationForm) -> model.Sent:
    """Tell the recipients of your request that no answer is needed any more."""
    with caller.at_own_desk("message", writing=True) as desk:
        return service.cancel(desk, unlock(desk, caller), id, given.reason, caller.officer.name)


@router.get("/{id}/attachments/{number}")
def attachment(caller: AtDoor, id: Id, number: Annotated[int, Path(ge=1, le=100)]) -> Response:
    """An attachment, as a download; it opens the message."""
    opened(caller, id)
    with caller.at_own_desk("message") as desk:
        return download(desk, caller, id, number)


def download(desk: Desk, caller: Caller, id: str, number: int) -> Response:
    """A file as it is offered to a browser: never shown in the page's own origin."""
    copy, content = reading.opened_copy(desk, unlock(desk, caller), id)
    name, type, data = attachments.fetch(desk, copy, content, number)
    headers = {"Content-Disposition": attachments.disposition(name), "Content-Security-Policy": "sandbox"}
    return Response(data, media_type=type, headers=headers)


@router.get("/{id}/export")
def export(caller: AtDoor, id: Id) -> exporting.Exported:
    """The message as a file: the signed envelope and its content (docs/message-export.md). It opens it."""
    with caller.at_own_desk("export", writing=True) as desk:
        keyring = unlock(desk, caller)
        reading.mark_opened(desk, keyring, id)
        return exporting.export(desk, keyring, id)
