"""Banks' messages over HTTP: made from an intercept, brought in and decided item by item; files of payments
and of tags."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import StringConstraints
from starlette.concurrency import run_in_threadpool

from entente.rooms.payments import model, shown
from entente.rooms.payments.bank import importing, intake, messages_shown, outgoing, tagpacks
from entente.rooms.payments.bank import intake_model as m
from entente.rooms.records import Strict
from entente.web.callers import AtDoor, Caller

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]
Number = Annotated[int, Path(ge=1, le=1_000)]
Kind = Literal[
    "camt.056", "mt192", "mt199", "auth.001", "auth.003", "pacs.028", "camt.029", "vasp", "vasp.json"
]
_TEXT = {"schema": {"type": "string"}}
_OBJECT = {"schema": {"type": "object"}}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/xml": _TEXT, "text/plain": _TEXT, "application/json": _OBJECT}}
}
_YAML: dict[int | str, dict[str, Any]] = {200: {"content": {"application/yaml": _OBJECT}}}
BODY: dict[str, Any] = {
    "requestBody": {
        "description": "The bank's message as it came: ISO 20022 XML or FIN text, at most 10 MB.",
        "content": {"application/xml": _TEXT, "text/plain": _TEXT},
        "required": True,
    }
}


class Titled(Strict):
    title: Annotated[str, StringConstraints(max_length=140)] = ""


class Decided(Strict):
    """The message by now, and the intercept after the step."""

    message: m.BankMessage
    intercept: model.Intercept


# --- going out -----------------------------------------------------------------------------------


@router.get("/requests/{id}/messages/{kind}", response_class=Response, responses=_FILES)
def outgoing_message(caller: AtDoor, id: Id, kind: Kind, said: Annotated[outgoing.Said, Query()]) -> Response:
    """A message about an intercept as a file: for the victim's bank, the authority's bank, a provider."""
    with caller.at_own_desk("intercept") as desk:
        return as_file(outgoing.message(desk, id, kind, said))


def as_file(made: outgoing.Outgoing) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"}
    return Response(made.data, headers=headers, media_type=made.media)


# --- coming in -----------------------------------------------------------------------------------


@router.get("/messages")
def listed(caller: AtDoor, asked: Annotated[m.Asked, Query()]) -> m.Inbox:
    """Your bureau's messages from banks, newest change first; `quarantine`: they name no request of yours."""
    with caller.at_own_desk("see") as desk:
        found, after = intake.listed(desk, asked)
        return m.Inbox(messages=[messages_shown.row(thing) for thing in found], after=after)


@router.post("/messages", status_code=201, openapi_extra=BODY, responses={200: {"model": m.BankMessage}})
async def take(caller: AtDoor, request: Request, response: Response) -> m.BankMessage:
    """Bring in a bank's answer: camt.029, pacs.004, pacs.002, auth.002, MT196, MT199. 200 where it is there.

    With any fault nothing of it is kept.
    """
    await run_in_threadpool(caller.must_be_known)
    told, new = await run_in_threadpool(taken, caller, await request.body())
    response.status_code = 201 if new else 200
    return told


def taken(caller: Caller, data: bytes) -> tuple[m.BankMessage, bool]:
    """A message, read before anybody sits down to write: that takes a while, and no turn of the writer's."""
    with caller.at_own_desk("intercept") as desk:
        desk.note("see", what="bank message", outcome="begun")
    name, found = intake.read(data, caller.house.clock())
    with caller.at_own_desk("intercept", writing=True) as desk:
        thing, new = intake.take(desk, data, name, found)
        return messages_shown.whole(desk, thing), new


@router.get("/messages/{id}")
def opened(caller: AtDoor, id: Id) -> m.BankMessage:
    """One message: its items, what each is about, and the step that is proposed."""
    with caller.at_own_desk("see") as desk:
        thing = intake.look(desk, id)
        desk.note("see", object=id)
        return messages_shown.whole(desk, thing)


@router.get("/messages/{id}/file", response_class=Response, responses=_FILES)
def raw(caller: AtDoor, id: Id) -> Response:
    """The file as it came."""
    with caller.at_own_desk("see") as desk:
        data = intake.raw(desk, id)
        return as_file(outgoing.Outgoing(data, outgoing.TEXT, f"bank-message-{id[:8]}.txt"))


@router.post("/messages/{id}/items/{number}/assign")
def assign(caller: AtDoor, id: Id, number: Number, given: m.Assign) -> m.BankMessage:
    """Say by hand which intercept an item is about, and why."""
    with caller.at_own_desk("intercept", writing=True) as desk:
        return messages_shown.whole(desk, intake.assign(desk, id, number, given))


@router.post("/messages/{id}/items/{number}/accept")
def accept(caller: AtDoor, id: Id, number: Number, given: m.Accept) -> Decided:
    """Do the step that is proposed, or the one that you make of it."""
    with caller.at_own_desk("intercept", writing=True) as desk:
        thing, stepped = intake.accept(desk, id, number, given)
        return Decided(message=messages_shown.whole(desk, thing), intercept=shown.whole(desk, stepped))


@router.post("/messages/{id}/items/{number}/reject")
def reject(caller: AtDoor, id: Id, number: Number, given: m.Reason) -> m.BankMessage:
    """No step follows from it; say why."""
    with caller.at_own_desk("intercept", writing=True) as desk:
        return messages_shown.whole(desk, intake.reject(desk, id, number, given.why))


@router.post("/messages/{id}/items/{number}/set-aside")
def set_aside(caller: AtDoor, id: Id, number: Number, given: m.Reason) -> m.BankMessage:
    """It is about no request of your bureau; say why."""
    with caller.at_own_desk("intercept", writing=True) as desk:
        return messages_shown.whole(desk, intake.set_aside(desk, id, number, given.why))


# --- files of payments and tags ------------------------------------------------------------------


@router.post("/requests/import", status_code=201)
def import_payments(caller: AtDoor, form: m.ImportForm) -> m.Imported:
    """A draft for each payment of a camt.056, MT192, pacs.008, MT103 or MT202: all of them or none."""
    return imported(caller, form)


def imported(caller: Caller, form: m.ImportForm) -> m.Imported:
    with caller.at_own_desk("intercept") as desk:
        importing.begin(desk)
    name, found = importing.read(form.message, caller.house.clock())
    with caller.at_own_desk("intercept", writing=True) as desk:
        return importing.load(desk, name, found, form.once)


@router.post("/prefill")
def prefill(caller: AtDoor, pasted: m.Pasted) -> m.Prefilled:
    """A pasted confirmation (MT103, pacs.008, a recall) as a form; nothing is kept."""
    with caller.at_own_desk("intercept") as desk:
        desk.note("see", what="pasted payment")
        return importing.prefill(pasted.text, desk.now)


@router.post("/tags")
def load_tags(caller: AtDoor, form: m.TagPackForm) -> m.TagReport:
    """Wallets and what is known of them, from a GraphSense TagPack: records of your bureau."""
    return tagpacks.load(lambda: caller.at_desk("contribute", writing=True), form)


@router.get("/tags.yaml", response_class=Response, responses=_YAML)
def export_tags(caller: AtDoor, asked: Annotated[Titled, Query()]) -> Response:
    """Your bureau's tagged wallets as a TagPack."""
    with caller.at_own_desk("export") as desk:
        data = tagpacks.export(desk, asked.title)
        return as_file(outgoing.Outgoing(data, "application/yaml", "tags.yaml"))
