"""The notices room's pages that draft and edit: the form of a colour."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.kinds import Kind
from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.desk.work import settle
from entente.rooms.bureaus import directory
from entente.rooms.notices import model, service, subject
from entente.rooms.notices.colours import ATTEST, COLOURS, FIELDS, PERSONAL, STATUSES
from entente.rooms.notices.places import in_form
from entente.rooms.notices.showing import page, to_notice
from entente.web import words
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import at, validated
from entente.web.language import _

router = APIRouter()


# --- drafting ------------------------------------------------------------------------------------


@router.get("/notices/new")
def new(request: Request, caller: AtPage, colour: str = "", kind: str = "") -> Response:
    """Choose a colour, then its empty form; `kind`: what it is about, where a colour leaves a choice."""
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="a form")
        if colour not in COLOURS:
            return page(request, "notices/choose.html", choices=list(COLOURS.items()))
        given = {"colour": colour, "kind": kind if kind in COLOURS[colour].kinds else ""}
        return _form(request, desk, given, "/notices/new", "0")


@router.post("/notices/new")
async def draft(request: Request) -> Response:
    """Read the form (its fields depend on the colour), then draft in a thread."""
    return await run_in_threadpool(_draft, request, await at_page(request), await request.form())


def _draft(request: Request, caller: Caller, form: FormData) -> Response:
    given = _given(form)
    try:
        with caller.at_own_desk("contribute", writing=True) as desk:
            kept = service.draft(desk, validated(model.NoticeForm, **_values(given)))
    except Faulty as problem:
        return _again(request, caller, given, "/notices/new", "0", problem.faults)
    return to_notice(kept.id)


@router.get("/notices/{id}/edit")
def edit_form(request: Request, caller: AtPage, id: str) -> Response:
    """The form of one's own notice."""
    with caller.at_own_desk("contribute") as desk:
        notice = service.own(desk, id)
        desk.note("see", object=id)
        return _form(request, desk, _standing(desk, notice), f"/notices/{id}/edit", str(notice.version))


@router.post("/notices/{id}/edit")
async def edit(request: Request, id: str) -> Response:
    """Read the form, then edit in a thread."""
    return await run_in_threadpool(_edit, request, await at_page(request), id, await request.form())


def _edit(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    given, version = _given(form), str(form.get("version", "0"))
    try:
        with caller.at_own_desk("contribute", writing=True) as desk:
            service.edit(desk, id, validated(model.NoticeEdit, version=version, **_values(given)))
    except Faulty as problem:
        return _again(request, caller, given, f"/notices/{id}/edit", version, problem.faults)
    settle(caller.house)
    return to_notice(id)


def _given(form: FormData) -> dict[str, Any]:
    """What was typed, as the form shows it again."""
    texts = [(k, v) for k, v in form.multi_items() if isinstance(v, str)]
    properties: dict[str, list[str]] = {}
    for name, value in texts:
        if name.startswith("p-") and value.strip():
            properties.setdefault(name[2:], []).append(value)
    one = {k: v.strip() for k, v in texts}
    return {
        **{k: one.get(k, "") for k in ("colour", "reach", "level", "title", "until", "kind", "record")},
        "bureaus": [v for k, v in texts if k == "bureaus"],
        "attest": [v for k, v in texts if k == "attest"],
        "widen": one.get("widen") == "yes",
        "fields": {k[6:]: v for k, v in one.items() if k.startswith("field-") and v},
        "properties": properties,
    }


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    """The same for the API's own schema."""
    about = None
    if given["record"]:
        about = {"record": given["record"], "widen": given["widen"]}
    elif given["properties"]:
        about = {"kind": given["kind"], "properties": given["properties"]}
    return {
        **{k: given[k] for k in ("colour", "reach", "level", "title", "fields", "attest")},
        "bureaus": given["bureaus"] if given["reach"] == "named" else [],
        "until": given["until"] or None,
        "subject": about,
    }


def _standing(desk: Desk, notice: Thing) -> dict[str, Any]:
    """A notice as its form."""
    record = subject.standing(desk, notice.body)
    made = bool(notice.first("made"))
    known = directory(desk)
    return {
        **{k: notice.first(k) for k in ("colour", "reach", "level", "title", "until")},
        "bureaus": [known[int(n)].code for n in notice.body.get("bureaus", ()) if int(n) in known],
        "attest": list(notice.body.get("attest", ())),
        "widen": bool(notice.first("widen")),
        "fields": {name: notice.first(name) for name in FIELDS if notice.first(name)},
        "kind": record.kind if record and made else "",
        "record": record.id if record and not made else "",
        "properties": {k: list(v) for k, v in record.body.items()} if record and made else {},
    }


def _again(
    request: Request,
    caller: Caller,
    given: Mapping[str, Any],
    action: str,
    version: str,
    faults: Sequence[Fault],
) -> Response:
    if given["colour"] not in COLOURS:
        raise Faulty(faults=tuple(faults))
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="a form")
        return _form(request, desk, given, action, version, faults)


def _form(
    request: Request,
    desk: Desk,
    given: Mapping[str, Any],
    action: str,
    version: str,
    faults: Sequence[Fault] = (),
) -> Response:
    """The form of a colour with what is known or was typed, every fault at its field."""
    colour = COLOURS[given["colour"]]
    asked_for = given.get("kind", "")
    kind = desk.house.model[asked_for if asked_for in colour.kinds else colour.kinds[0]]
    body = given.get("properties", {})
    first = tuple(dict.fromkeys([*colour.features, *kind.featured]))
    offered = _offered(desk, kind, first)
    others = [b for b in directory(desk).values() if b.number != desk.asker.bureau]
    blank = {"reach": "all", "level": "official", "title": "", "until": "", "record": ""}
    shown: list[dict[str, Any]] = [
        {
            "name": p.name,
            "label": p.label,
            "type": p.type,
            "first": p.name in first,
            "identity": f"subject/{p.name}" in colour.identity,
            "boxes": [*body.get(p.name, ()), ""],
            "errors": at(faults, f"subject/properties/{p.name}"),
            "options": words.choices(words.SEXES) if p.type == "gender" else [],
            "hint": words.label(words.HINTS, p.type) if p.type in words.HINTS else "",
        }
        for p in sorted(kind.properties.values(), key=lambda p: (*first, p.name).index(p.name))
        if p.type != "entity"
        and (p.name in offered or body.get(p.name) or at(faults, f"subject/properties/{p.name}"))
    ]
    said = [(name, FIELDS[name], at(faults, f"fields/{name}")) for name in colour.fields]
    return page(
        request,
        "notices/form.html",
        status_code=422 if faults else 200,
        colour=given["colour"],
        about=colour,
        given={**blank, "bureaus": [], "attest": [], "widen": False, "fields": {}, **given},
        fields=[f for f in said if f[0] not in colour.identity],
        identity=[f for f in said if f[0] in colour.identity],
        needed=[name for group in colour.needs if len(group) == 1 for name in group],
        attest=[(name, ATTEST[name]) for name in colour.attest],
        statuses=words.choices(STATUSES),
        kind={"name": kind.name, "label": kind.label},
        kinds=[(k, _(desk.house.model[k].label)) for k in colour.kinds],
        properties=shown,
        kept=[(p, v) for p in kind.entities for v in body.get(p, ())],
        bureaus=[(b.code, f"{b.code} {b.label}") for b in others],
        faults=[replace(f, where=f.where.removeprefix("subject/")) for f in faults],
        places=in_form(colour, kind),
        action=action,
        version=version,
    )


def _offered(desk: Desk, kind: Kind, first: Sequence[str]) -> frozenset[str]:
    """The properties that the form offers: of a person none that is for companies alone."""
    if kind.name != "Person":
        return frozenset(kind.properties)
    shared = set(desk.house.model["LegalEntity"].properties)
    return frozenset((set(kind.properties) - shared) | set(PERSONAL) | set(first))
