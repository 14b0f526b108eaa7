"""Pages of banks' messages: the inbox with its quarantine, one message and what follows from each item."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from entente.core.access import may
from entente.core.problems import Fault, Faulty, NotAllowed, NotYours, OutOfDate, TooLarge
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import directory
from entente.rooms.payments import form_reading, labels, steps_pages
from entente.rooms.payments.bank import intake, messages_labels, messages_shown
from entente.rooms.payments.bank import intake_model as m
from entente.rooms.payments.bank.messages_api import taken
from entente.rooms.payments.calling import called, unknown
from entente.rooms.payments.form_reading import Given
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
A_PAGE = 50
FIELDS: Mapping[str, tuple[str, ...]] = {
    "hold": ("amount", "kind", "legal", "no_limit", "second_victim"),
    "move": ("amount", "to/account", "name", "to/bic", "to/bank", "to/country", "knowledge"),
    "return": ("amount", "hold", "ref", "reason", "paid", "paid_currency", "rate"),
    "refuse": ("reason", "why"),
    "pass": ("to", "name"),
    "not-found": ("why",),
    "ask": ("why",),
    "inform": ("why",),
    "agree-return": (),
}
"""Fields of a proposed step that an officer sees and may change; its moments stand beside them."""
KEPT: Mapping[str, tuple[str, ...]] = {"move": ("source", "to/scheme")}
"""Fields of a step that go along unseen."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An item that was decided in vain: its number, what was typed, and what is wrong."""

    number: int = 0
    given: Given = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    refused: str = ""
    status: int = 200


NOTHING = Tried()

# --- the inbox -----------------------------------------------------------------------------------


@router.get("/payments/messages")
def listed(request: Request, caller: AtPage, state: str = "", after: str = "") -> Response:
    """Messages of banks, and the form that brings one in."""
    return _inbox(request, caller, state, after)


@router.post("/payments/messages")
async def take(request: Request, caller: AtPage) -> Response:
    """Bring a message in, as a file or as text."""
    await run_in_threadpool(caller.must_be_known)
    async with request.form(max_files=1, max_fields=10) as form:
        data = await sent(form, "file", "text")
    return await run_in_threadpool(_taken, request, caller, data)


async def sent(form: FormData, file: str, text: str) -> bytes:
    """What came as a file, else what was pasted."""
    chosen, pasted = form.get(file), form.get(text)
    if isinstance(chosen, UploadFile) and chosen.filename:
        return await chosen.read()
    return pasted.encode() if isinstance(pasted, str) else b""


def _taken(request: Request, caller: Caller, data: bytes) -> Response:
    try:
        told, _new = taken(caller, data)
    except (Faulty, TooLarge) as problem:
        faults = problem.faults or (Fault("message", problem.title, problem.do),)
        return _inbox(request, caller, "", "", faults, data[:20_000].decode("utf-8", "replace"))
    return RedirectResponse(f"/payments/messages/{told.id}", status_code=303)


def _inbox(
    request: Request, caller: Caller, state: str, after: str, faults: Sequence[Fault] = (), text: str = ""
) -> Response:
    state = state if state in messages_labels.LISTS else ""
    asked = validated(m.Asked, state=state, after=after[:64], limit=A_PAGE)
    with caller.at_own_desk("see") as desk:
        found, further = intake.listed(desk, asked)
        rows = [messages_shown.row(thing) for thing in found]
        may_write = may(desk.asker, "intercept")
    address = f"/payments/messages?state={state}"
    return render(
        request,
        "payments/bank_messages.html",
        status_code=422 if faults else 200,
        rows=rows,
        state=state,
        lists=words.choices(messages_labels.LISTS),
        faults=faults,
        text=text if faults else "",
        may_write=may_write,
        first=address if after else "",
        older=f"{address}&after={further}" if further else "",
        wording=messages_labels,
    )


# --- one message ---------------------------------------------------------------------------------


@router.get("/payments/messages/{id}")
def opened(request: Request, caller: AtPage, id: str) -> Response:
    """One message: each item, what it is about, and the step that is proposed."""
    return _message(request, caller, id, NOTHING)


@router.post("/payments/messages/{id}/items/{number}/{how}")
async def decide(request: Request, caller: AtPage, id: str, number: int, how: str) -> Response:
    """Assign an item, accept what follows from it, reject it, or set it aside."""
    form = await request.form()
    given = {name: value for name, value in form.items() if isinstance(value, str)}

    def decided() -> Response:
        try:
            with caller.at_own_desk("intercept", writing=True) as desk:
                DECIDING.get(how, _reject)(desk, id, number, given)
        except Faulty as problem:
            faults = tuple([Fault(_where(f.where, given), f.what, f.do) for f in problem.faults])
            return _message(request, caller, id, Tried(number, given, faults, status=problem.status))
        except (NotAllowed, NotYours, OutOfDate) as problem:
            refused = problem.detail or problem.title
            return _message(request, caller, id, Tried(number, given, (), refused, problem.status))
        return RedirectResponse(f"/payments/messages/{id}#item-{number}", status_code=303)

    return await run_in_threadpool(decided)


def _accept(desk: Desk, id: str, number: int, given: Given) -> Thing:
    said = {name: value for name, value in given.items() if name != "intercept"}
    if victim := given.get("second_victim"):
        said["second_victim"] = called(desk, victim)
    step = steps_pages.step_of(said).do
    return intake.accept(desk, id, number, m.Accept(step=step))[0]


def _assign(desk: Desk, id: str, number: int, given: Given) -> Thing:
    said = {"intercept": given.get("intercept", "").strip(), "why": given.get("why", "")}
    asked = validated(m.Assign, **said)
    intake.look(desk, id)
    if not desk.look_all([called(desk, asked.intercept)]):
        raise Faulty(faults=(unknown("intercept"),))
    return intake.assign(desk, id, number, asked)


def _reject(desk: Desk, id: str, number: int, given: Given) -> Thing:
    return intake.reject(desk, id, number, validated(m.Reason, why=given.get("why", "")).why)


def _set_aside(desk: Desk, id: str, number: int, given: Given) -> Thing:
    return intake.set_aside(desk, id, number, validated(m.Reason, why=given.get("why", "")).why)


DECIDING: Mapping[str, Callable[[Desk, str, int, Given], Thing]] = {
    "accept": _accept,
    "assign": _assign,
    "reject": _reject,
    "set-aside": _set_aside,
}


def _where(where: str, given: Given) -> str:
    """The place of a fault as the fields of the form name it."""
    rest = where.removeprefix("do/")
    return rest.removeprefix(f"{given.get('step', '')}/") if where.count("/") > 1 else rest


def _message(request: Request, caller: Caller, id: str, tried: Tried) -> Response:
    with caller.at_own_desk("see") as desk:
        thing = intake.look(desk, id)
        desk.note("see", object=id)
        it = messages_shown.whole(desk, thing)
        mine = directory(desk)[desk.asker.bureau]
        context: dict[str, Any] = {
            "it": it,
            "given": {item.number: _given(item, tried) for item in it.told},
            "tried": tried,
            "may_write": may(desk.asker, "intercept"),
            "zone": mine.zone,
            "zones": form_reading.zones(mine.zone, set(), desk.now),
            "fields": FIELDS,
            "kept": KEPT,
            "moments": steps_pages.MOMENTS,
            "labels": labels,
            "wording": messages_labels,
        }
    return render(request, "payments/bank_message.html", status_code=tried.status, **context)


def _given(item: m.ItemOut, tried: Tried) -> dict[str, str]:
    """The fields of an item's step as they were typed, else as the message fills them."""
    if tried.number == item.number:
        return dict(tried.given)
    given: dict[str, str] = {}
    for name, value in item.proposal.do.items():
        if isinstance(value, dict):
            given |= {f"{name}/{inner}": str(text) for inner, text in value.items()}
        else:
            given[name] = str(value)
    for name in steps_pages.MOMENTS.get(item.proposal.step, ()):
        given |= form_reading.moment_fields(name, given.pop(name, ""))
    return given
