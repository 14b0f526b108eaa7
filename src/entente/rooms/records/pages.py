"""The records room's pages: a record, its versions, and the forms made from its kind."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.access import POLICE_PURPOSES, Purpose
from entente.core.problems import Absent, Fault, Faulty, NoPurpose
from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.work import settle
from entente.rooms.bureaus import directory
from entente.rooms.records import model, service
from entente.rooms.records.handling import to_form
from entente.web import words
from entente.web.callers import OWN_DESK, AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]


# --- reading -------------------------------------------------------------------------------------


@router.get("/records")
def mine(request: Request, caller: AtPage, kind: str = "", after: str = "") -> Response:
    """Own bureau's records."""
    with caller.at_own_desk("see") as desk:
        found = service.list_mine(desk, kind, after, 50)
        rows = [_row(desk, t) for t in found]
    older = f"/records?kind={kind}&after={found[-1].id}" if len(found) == 50 else ""
    kinds = [(k, caller.house.model[k].label) for k in caller.house.model.contributable]
    return render(request, "records/mine.html", records=rows, kinds=kinds, kind=kind, newer="", older=older)


@router.get("/records/{id}")
def open_record(request: Request, caller: AtPage, id: str) -> Response:
    """One record: one's own without more, another bureau's for the inquiry that is open."""
    with _reading(caller, id) as desk:
        thing = service.open_record(desk, id)
        context = _record(desk, thing)
        found = service.shown_ties(desk, service.ties(desk, thing))
    links = [
        {
            "label": t.label,
            "direction": "out" if t.direction == "from" else "in",
            "id": t.id,
            "caption": t.caption,
            "kind_label": caller.house.model[t.kind].label,
            "dates": t.dates,
            "grade": t.grade,
            "url": f"/records/{t.id}",
        }
        for t in found
    ]
    return render(request, "records/record.html", record=context, links=links, because=context["because"])


@router.get("/records/{id}/versions")
def versions(request: Request, caller: AtPage, id: str) -> Response:
    """All versions, and what changed from one to the next."""
    with _reading(caller, id) as desk:
        found = service.versions(desk, id)
        kind = desk.house.model[found[0].kind]
        caption = desk.house.model.caption(kind.name, found[0].body)
    rows = [
        {
            "version": new.version,
            "changed": new.changed,
            "officer": "",
            "status": new.handling.status.name.lower(),
            "changes": [
                (kind.properties[p].label, list(old.body.get(p, ())), list(new.body.get(p, ())))
                for p in dict.fromkeys([*new.body, *old.body])
                if old.body.get(p) != new.body.get(p)
            ]
            if old
            else [],
        }
        for new, old in zip(found, [*found[1:], None], strict=True)
    ]
    record = {"id": id, "caption": caption, "url": f"/records/{id}"}
    return render(request, "records/versions.html", record=record, versions=rows)


def _reading(caller: Caller, id: str) -> AbstractContextManager[Desk]:
    """A sitting to read a record: for the open inquiry, else at one's own desk.

    Without an inquiry, what is not one's own asks for the purpose, whether it exists or not.
    """
    if caller.inquiry is not None:
        return caller.at_desk("see")
    try:
        with caller.at_own_desk("see") as desk:
            service.mine(desk, id)
            desk.note("see", object=id)
    except Absent:
        raise NoPurpose() from None
    return caller.at_own_desk("see")


def _record(desk: Desk, thing: Thing) -> dict[str, Any]:
    shown = service.shown(desk, thing)
    kind = desk.house.model[thing.kind]
    bureaus = directory(desk)
    owner = bureaus.get(thing.handling.owner)
    own = shown.handling is not None
    purposes = thing.handling.purposes & POLICE_PURPOSES
    return {
        **shown.model_dump(),
        "kind_label": kind.label,
        "owner_label": owner.label if owner else "",
        "properties": [
            (kind.properties[p].label, list(thing.body[p]), kind.properties[p].type)
            for p in (*kind.featured, *(p for p in thing.body if p not in kind.featured))
            if p in thing.body and p not in kind.entities
        ],
        "handling": {
            "see_text": _see_text(shown.handling) if shown.handling else _("The owner decides"),
            "level": thing.handling.level.name.lower(),
            "purposes": [(p.name or "").lower() for p in Purpose if p & purposes],
            "status": thing.handling.status.name.lower(),
        },
        "mine": own,
        "changed": thing.changed,
        "ref": shown.ref or "",
    }


def _see_text(form: model.HandlingForm) -> str:
    codes = ", ".join(form.bureaus)
    says = {
        "everyone": _("Every bureau"),
        "named": codes or _("Your bureau alone"),
        "but": _("All but %(codes)s", codes=codes),
    }[form.mode]
    return says + (
        " · " + _("only told whom to contact: %(codes)s", codes=", ".join(form.hint)) if form.hint else ""
    )


def _row(desk: Desk, thing: Thing) -> dict[str, Any]:
    return {
        "url": f"/records/{thing.id}",
        "caption": desk.house.model.caption(thing.kind, thing.body),
        "kind_label": desk.house.model[thing.kind].label,
        "status": thing.handling.status.name.lower(),
        "grade": thing.grade,
        "version": thing.version,
        "changed": thing.changed,
        "expires": thing.expires,
    }


# --- writing -------------------------------------------------------------------------------------


@router.get("/contribute")
def kinds(request: Request, caller: AtPage) -> Response:
    """What can be contributed."""
    caller.officer  # noqa: B018
    known = caller.house.model
    shown = [{"name": k, "label": known[k].label, "about": ""} for k in known.contributable]
    return render(request, "records/kinds.html", kinds=shown)


@router.get("/contribute/{kind}")
def blank(request: Request, caller: AtPage, kind: str) -> Response:
    """An empty form made from a kind."""
    if kind not in caller.house.model.contributable:
        raise Absent()
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="a form")
        handling = _handling_fields(desk, model.HandlingForm(mode="everyone"))
        expires = desk.expiry(desk.house.model[kind], None)
    return _form(request, caller, kind, {}, handling, expires)


@router.post("/contribute/{kind}")
async def contribute_form(request: Request, kind: str) -> Response:
    """Read the form (its fields depend on the kind), then contribute in a thread."""
    return await run_in_threadpool(_contribute, request, await at_page(request), kind, await request.form())


def _contribute(request: Request, caller: Caller, kind: str, form: FormData) -> Response:
    if kind not in caller.house.model.contributable:
        raise Absent()
    raw = _properties(form)
    given = _given_handling(form)
    try:
        draft = validated(
            model.Draft,
            kind=kind,
            properties=raw,
            handling=given,
            grade=str(form.get("grade", "")).strip().upper(),
            ref=str(form.get("ref", "")).strip(),
            expires=str(form.get("expires", "")) or None,
        )
        with _own_writing(caller, "contribute") as desk:
            thing = service.contribute(desk, draft)
    except Faulty as problem:
        return _again(request, caller, kind, raw, form, problem, f"/contribute/{kind}", 0)
    settle(caller.house)
    return RedirectResponse(f"/records/{thing.id}", status_code=303)


@router.get("/records/{id}/correct")
def correct_form(request: Request, caller: AtPage, id: str) -> Response:
    """The form of one's own record."""
    with caller.at_own_desk("correct") as desk:
        thing = service.mine(desk, id)
        desk.note("see", object=id)
    return _form(request, caller, thing.kind, thing.body, None, thing.expires, thing=thing)


@router.post("/records/{id}/correct")
async def correct_post(request: Request, id: str) -> Response:
    """Read the form, then correct in a thread."""
    return await run_in_threadpool(_correct, request, await at_page(request), id, await request.form())


def _correct(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    raw = _properties(form)
    version = int(str(form.get("version", "0")) or 0)
    with caller.at_own_desk("correct") as desk:
        kind = service.mine(desk, id).kind
        desk.note("see", object=id)
    try:
        change = validated(
            model.Correction,
            version=version,
            properties=raw,
            grade=str(form.get("grade", "")).strip().upper(),
        )
        with _own_writing(caller, "correct") as desk:
            service.correct(desk, id, change)
    except Faulty as problem:
        return _again(request, caller, kind, raw, form, problem, f"/records/{id}/correct", version)
    settle(caller.house)
    return RedirectResponse(f"/records/{id}", status_code=303)


@router.get("/records/{id}/handling")
def handling_form(request: Request, caller: AtPage, id: str) -> Response:
    """Who may see one's own record."""
    with caller.at_own_desk("correct") as desk:
        thing = service.mine(desk, id)
        desk.note("see", object=id)
        context = _record(desk, thing)
        fields = _handling_fields(desk, to_form(desk, thing.handling))
    record = {"id": id, "caption": context["caption"], "url": f"/records/{id}", "version": thing.version}
    return render(request, "records/handling.html", record=record, handling=fields, faults=[])


@router.post("/records/{id}/handling")
def handle(
    caller: AtPage,
    id: str,
    version: Annotated[int, Form()],
    see_mode: Field = "named",
    level: Field = "official",
    status: Field = "live",
    watch: Field = "",
    see: Annotated[Sequence[str], Form()] = (),
    hint: Annotated[Sequence[str], Form()] = (),
    purposes: Annotated[Sequence[str], Form()] = (),
) -> Response:
    """Change who may see one's own record."""
    with caller.at_own_desk("correct", writing=True) as desk:
        standing = to_form(desk, service.mine(desk, id).handling)
        form = validated(
            model.HandlingForm,
            mode=see_mode,
            bureaus=[] if see_mode == "everyone" else list(see),
            hint=list(hint),
            watch=watch == "yes",
            need=standing.need,
            purposes=list(purposes),
            level=level,
            status=status,
        )
        service.handle(desk, id, model.HandlingChange(version=version, handling=form))
    settle(caller.house)
    return RedirectResponse(f"/records/{id}", status_code=303)


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


# --- forms ---------------------------------------------------------------------------------------


def _own_writing(caller: Caller, act: str, reason: str = "") -> AbstractContextManager[Desk]:
    return caller.at_own_desk(act, writing=True, reason=reason.strip()[:500] or OWN_DESK)


def _properties(form: FormData) -> dict[str, list[str]]:
    raw: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if name.startswith("p-") and isinstance(value, str) and value.strip():
            raw.setdefault(name[2:], []).append(value)
    return raw


def _given_handling(form: FormData) -> dict[str, Any]:
    mode = str(form.get("see_mode", "named"))
    return {
        "mode": mode,
        "bureaus": [] if mode == "everyone" else [str(c) for c in form.getlist("see")],
        "hint": [str(c) for c in form.getlist("hint")],
        "watch": form.get("watch") == "yes",
        "purposes": [str(p) for p in form.getlist("purposes")],
        "level": str(form.get("level", "official")),
        "status": str(form.get("status", "live")),
    }


def _again(
    request: Request,
    caller: Caller,
    kind: str,
    raw: dict[str, list[str]],
    form: FormData,
    problem: Faulty,
    action: str,
    version: int,
) -> Response:
    """The form as it was sent, with every fault at its field: nothing typed is lost."""
    handling = None
    if not version:
        with caller.at_own_desk("see") as desk:
            desk.note("see", what="a form")
            handling = _handling_fields(desk, model.HandlingForm.model_construct(**_given_handling(form)))
    return _form(
        request,
        caller,
        kind,
        raw,
        handling,
        str(form.get("expires", "")),
        faults=problem.faults,
        action=action,
        version=version,
        grade=str(form.get("grade", "")),
        ref=str(form.get("ref", "")),
    )


def _form(
    request: Request,
    caller: Caller,
    kind_name: str,
    body: Any,
    handling: dict[str, Any] | None,
    expires: date | str,
    faults: Sequence[Fault] = (),
    action: str = "",
    version: int = 0,
    grade: str = "",
    ref: str = "",
    thing: Thing | None = None,
) -> Response:
    kind = caller.house.model[kind_name]
    fields = [
        {
            "name": p.name,
            "label": p.label,
            "type": p.type,
            "required": p.name in kind.required,
            "featured": p.name in kind.featured,
            "values": list(body.get(p.name, ())),
            "errors": [f.what for f in faults if f.where.split("/")[:2] == ["properties", p.name]],
            "options": _OPTIONS.get(p.type, []),
            "hint": words.HINTS.get(p.type, ""),
        }
        for p in kind.properties.values()
    ]
    fields.sort(key=lambda f: kind.featured.index(f["name"]) if f["name"] in kind.featured else len(fields))
    return render(
        request,
        "records/form.html",
        status_code=422 if faults else 200,
        kind={"name": kind.name, "label": kind.label},
        fields=fields,
        faults=faults,
        handling=handling,
        expires=expires,
        grade=thing.grade if thing else grade,
        ref=thing.ref if thing else ref,
        version=thing.version if thing else version,
        action=action or (f"/records/{thing.id}/correct" if thing else f"/contribute/{kind.name}"),
    )


_OPTIONS = {"gender": [("male", "male"), ("female", "female"), ("other", "other")]}


def _handling_fields(desk: Desk, form: model.HandlingForm) -> dict[str, Any]:
    return {
        "bureaus": [(b.code, b.label) for b in directory(desk).values() if b.number != desk.asker.bureau],
        "see_mode": form.mode,
        "see": form.bureaus,
        "hint": form.hint,
        "watch": form.watch,
        "level": form.level,
        "purposes": form.purposes,
        "status": form.status,
    }
