"""The records room's pages that write: forms made from kinds, handling, withdrawing, keeping longer."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.kinds import Kind
from entente.core.problems import Absent, Fault, Faulty, OutOfDate
from entente.core.things import Body
from entente.desk import Desk
from entente.desk.work import settle
from entente.rooms.records import model, service
from entente.rooms.records.handling import (
    given_handling,
    handling_fields,
    handling_places,
    says,
    to_form,
)
from entente.web import formats, words
from entente.web.callers import OWN_DESK, AtPage, Caller, at_page
from entente.web.forms import at, validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]
T = TypeVar("T", bound=BaseModel)
SEVERAL = frozenset({"name", "country", "identifier", "phone", "email"})
"""Types of which a thing often has several values: their featured fields begin with two boxes."""
EVERYDAY = ("Person", "Company", "Passport", "Vehicle", "BankAccount", "Firearm", "PhoneNumber", "Associate")
"""What bureaus contribute every day, before all other kinds."""


@router.get("/contribute")
def kinds(request: Request, caller: AtPage) -> Response:
    """What can be contributed."""
    caller.must_be_known()
    known = caller.house.model
    everyday = [(k, _(known[k].label)) for k in EVERYDAY]
    others = [(k, said) for k, said in kinds_by_label(caller) if k not in EVERYDAY]
    return render(request, "records/kinds.html", everyday=everyday, others=others)


@router.get("/contribute/{kind}")
def blank(request: Request, caller: AtPage, kind: str) -> Response:
    """An empty form made from a kind."""
    if kind not in caller.house.model.contributable:
        raise Absent()
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="a form")
        handling = handling_fields(desk, model.HandlingForm())
        expires = desk.expiry(desk.house.model[kind], None)
    return _form(request, caller, kind, {}, f"/contribute/{kind}", handling, {"expires": expires.isoformat()})


@router.post("/contribute/{kind}")
async def contribute_form(request: Request, kind: str) -> Response:
    """Read the form (its fields depend on the kind), then contribute in a thread."""
    return await run_in_threadpool(_contribute, request, await at_page(request), kind, await request.form())


def _contribute(request: Request, caller: Caller, kind: str, form: FormData) -> Response:
    if kind not in caller.house.model.contributable:
        raise Absent()
    raw, given = _properties(form), given_handling(form)
    try:
        draft = _validated(
            caller,
            kind,
            model.Draft,
            kind=kind,
            properties=raw,
            handling=given,
            grade=_text(form, "grade").upper(),
            ref=_text(form, "ref"),
            expires=_text(form, "expires") or None,
        )
        with _own_writing(caller, "contribute") as desk:
            thing = service.contribute(desk, draft)
    except Faulty as problem:
        with caller.at_own_desk("see") as desk:
            desk.note("see", what="a form")
            handling = handling_fields(desk, model.HandlingForm.model_construct(**given))
        return _form(request, caller, kind, raw, f"/contribute/{kind}", handling, form, problem.faults)
    settle(caller.house)
    return RedirectResponse(f"/records/{thing.id}", status_code=303)


@router.get("/records/{id}/correct")
def correct_form(request: Request, caller: AtPage, id: str) -> Response:
    """The form of one's own record."""
    with caller.at_own_desk("correct") as desk:
        thing = service.mine(desk, id)
        desk.note("see", object=id)
    standing = {"grade": thing.grade, "version": str(thing.version)}
    return _form(request, caller, thing.kind, thing.body, f"/records/{id}/correct", None, standing)


@router.post("/records/{id}/correct")
async def correct_post(request: Request, id: str) -> Response:
    """Read the form, then correct in a thread."""
    return await run_in_threadpool(_correct, request, await at_page(request), id, await request.form())


def _correct(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    raw = _properties(form)
    with caller.at_own_desk("correct") as desk:
        kind = service.mine(desk, id).kind
        desk.note("see", object=id)
    try:
        change = _validated(
            caller,
            kind,
            model.Correction,
            version=_text(form, "version"),
            properties=raw,
            grade=_text(form, "grade").upper(),
        )
        with _own_writing(caller, "correct") as desk:
            service.correct(desk, id, change)
    except Faulty as problem:
        return _form(request, caller, kind, raw, f"/records/{id}/correct", None, form, problem.faults)
    except OutOfDate:
        return _overtaken(request, caller, id, form)
    settle(caller.house)
    return RedirectResponse(f"/records/{id}", status_code=303)


def _overtaken(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    """Somebody was faster: the form again as it was typed, and what the newest version says otherwise."""
    raw = _properties(form)
    with caller.at_own_desk("correct") as desk:
        newest = service.mine(desk, id)
        desk.note("see", object=id)
    kind = caller.house.model[newest.kind]
    typed, _faults = caller.house.model.examine(kind.name, raw)
    otherwise = [
        (kind.properties[p].label, values(kind, typed, p), values(kind, newest.body, p))
        for p in dict.fromkeys([*newest.body, *typed])
        if newest.body.get(p) != typed.get(p)
    ]
    grade = _text(form, "grade").upper()
    if newest.grade != grade:
        otherwise.append((N_("Grade"), [grade], [newest.grade]))
    standing = {"grade": grade, "version": str(newest.version)}
    return _form(
        request, caller, kind.name, raw, f"/records/{id}/correct", None, standing, otherwise=otherwise
    )


def values(kind: Kind, body: Body, name: str) -> list[str]:
    """The values of a property as they are read."""
    return [formats.value(v, kind.properties[name].type) for v in body.get(name, ())]


@router.get("/records/{id}/handling")
def handling_form(request: Request, caller: AtPage, id: str) -> Response:
    """Who may see one's own record."""
    return _handling(request, caller, id)


@router.post("/records/{id}/handling")
async def handle_post(request: Request, id: str) -> Response:
    """Read the form, then change the handling in a thread."""
    return await run_in_threadpool(_handle, request, await at_page(request), id, await request.form())


def _handle(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    given = given_handling(form)
    try:
        change = validated(model.HandlingChange, version=_text(form, "version"), handling=given)
        with caller.at_own_desk("correct", writing=True) as desk:
            service.handle(desk, id, change)
    except Faulty as problem:
        return _handling(request, caller, id, given, problem.faults)
    except OutOfDate:
        return _handling(request, caller, id, given, overtaken=True)
    settle(caller.house)
    return RedirectResponse(f"/records/{id}", status_code=303)


def _handling(
    request: Request,
    caller: Caller,
    id: str,
    given: dict[str, Any] | None = None,
    faults: Sequence[Fault] = (),
    overtaken: bool = False,
) -> Response:
    with caller.at_own_desk("correct") as desk:
        thing = service.mine(desk, id)
        desk.note("see", object=id)
        form = model.HandlingForm.model_construct(**given) if given else to_form(desk, thing.handling)
        fields = handling_fields(desk, form)
        stands = says(to_form(desk, thing.handling), dict(fields["compartments"]))
        caption = desk.house.model.caption(thing.kind, thing.body)
    return render(
        request,
        "records/handling.html",
        status_code=OutOfDate.status if overtaken else 422 if faults else 200,
        record={"id": id, "caption": caption, "url": f"/records/{id}", "version": thing.version},
        handling=fields,
        stands=stands if overtaken else "",
        faults=faults,
        places=handling_places(),
    )


@router.post("/records/{id}/withdraw")
def withdraw(caller: AtPage, id: str, reason: Field = "") -> Response:
    """Withdraw one's own record."""
    with _own_writing(caller, "withdraw", reason) as desk:
        service.withdraw(desk, id)
    return RedirectResponse("/records", status_code=303)


@router.post("/records/{id}/keep")
def keep_longer(caller: AtPage, id: str, expires: Annotated[date, Form()], reason: Field = "") -> Response:
    """Keep one's own record longer."""
    with _own_writing(caller, "correct", reason) as desk:
        version = service.mine(desk, id).version
        service.keep_longer(desk, id, model.KeepLonger(version=version, expires=expires))
    return RedirectResponse(f"/records/{id}", status_code=303)


def kinds_by_label(caller: Caller) -> list[tuple[str, str]]:
    """(name, label) of what can be contributed, in the order of the reader's language."""
    known = caller.house.model
    return sorted(((k, _(known[k].label)) for k in known.contributable), key=lambda choice: choice[1])


# --- forms ---------------------------------------------------------------------------------------


def _own_writing(caller: Caller, act: str, reason: str = "") -> AbstractContextManager[Desk]:
    return caller.at_own_desk(act, writing=True, reason=reason.strip()[:500] or OWN_DESK)


def _text(form: Mapping[str, Any], name: str, otherwise: str = "") -> str:
    value = form.get(name, otherwise)
    return value.strip() if isinstance(value, str) else ""


def _properties(form: FormData) -> dict[str, list[str]]:
    raw: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if name.startswith("p-") and isinstance(value, str) and value.strip():
            raw.setdefault(name[2:], []).append(value)
    return raw


def _validated(caller: Caller, kind: str, schema: type[T], /, **values: Any) -> T:
    """The schema's object; raises Faulty with its faults and those of the kind, all at once."""
    try:
        return validated(schema, **values)
    except Faulty as problem:
        _body, faults = caller.house.model.examine(kind, values["properties"])
        raise Faulty(faults=(*problem.faults, *faults)) from None


def _form(
    request: Request,
    caller: Caller,
    kind_name: str,
    body: Mapping[str, Sequence[str]],
    action: str,
    handling: dict[str, Any] | None,
    given: Mapping[str, Any],
    faults: Sequence[Fault] = (),
    otherwise: Sequence[tuple[str, list[str], list[str]]] | None = None,
) -> Response:
    """The form of a kind with what is known or was typed, every fault at its field; nothing typed is lost."""
    kind = caller.house.model[kind_name]
    fields = [
        {
            "name": p.name,
            "label": p.label,
            "type": p.type,
            "required": p.name in kind.required,
            "featured": p.name in kind.featured,
            "several": p.name in kind.featured and p.type in SEVERAL,
            "values": list(body.get(p.name, ())),
            "errors": at(faults, f"properties/{p.name}"),
            "options": words.choices(words.SEXES) if p.type == "gender" else [],
            "hint": words.label(words.HINTS, p.type) if p.type in words.HINTS else "",
        }
        for p in sorted(kind.properties.values(), key=lambda p: _rank(kind, p.name))
    ]
    return render(
        request,
        "records/form.html",
        status_code=(422 if faults else 200) if otherwise is None else OutOfDate.status,
        kind={"name": kind.name, "label": kind.label},
        fields=fields,
        faults=faults,
        otherwise=otherwise,
        places=_places(kind),
        handling=handling,
        expires=_text(given, "expires"),
        grade=_text(given, "grade"),
        ref=_text(given, "ref"),
        version=_text(given, "version") or "0",
        action=action,
    )


def _places(kind: Kind) -> dict[str, tuple[str, str]]:
    """Where a fault stands, as (id, label) of its field."""
    own = {f"properties/{p.name}": (f"p-{p.name}", _(p.label)) for p in kind.properties.values()}
    rest = {
        "grade": ("f-grade", _("Grade")),
        "ref": ("f-ref", _("Owner's reference")),
        "expires": ("f-expires", _("Kept until")),
    }
    return own | rest | handling_places()


def _rank(kind: Kind, name: str) -> int:
    return kind.featured.index(name) if name in kind.featured else len(kind.featured)
