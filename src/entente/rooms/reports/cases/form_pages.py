"""Forms of a case: the file itself, parties, claims, evidence, proceedings, checklist, protected names.

What was typed comes back with every fault at its field; where somebody changed the case meanwhile, the form
says so and is kept over that change only when it is sent again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.problems import Absent, Fault, Faulty, OutOfDate
from entente.desk import Desk
from entente.match import proof
from entente.rooms.reports.cases import fields, keeping, protecting, shown, writing
from entente.rooms.reports.cases import model as m
from entente.rooms.reports.cases import shown_model as out
from entente.rooms.reports.cases.fields import Field
from entente.rooms.reports.cases.pages import choices
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter(prefix="/cases")
Write = Callable[[Desk, str, int, Any], Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a case and its form. `one`: the name of its field in the API's bodies."""

    one: str
    title: str
    add_title: str
    fields: Sequence[Field]
    edit: type[m.Versioned]
    form: type[BaseModel]
    add: Callable[[Desk, str, Any], Any]
    change: Callable[[Desk, str, int, Any], Any]


PARTS: Mapping[str, Part] = {
    "parties": Part(
        "party",
        N_("Party"),
        N_("Add a party"),
        fields.PARTY,
        m.PartyEdit,
        m.PartyForm,
        writing.add_party,
        writing.edit_party,
    ),
    "claims": Part(
        "claim",
        N_("Claim"),
        N_("Add a claim"),
        fields.CLAIM,
        m.ClaimEdit,
        m.ClaimForm,
        writing.add_claim,
        writing.edit_claim,
    ),
    "evidence": Part(
        "evidence",
        N_("Evidence"),
        N_("Add evidence"),
        fields.EVIDENCE,
        m.EvidenceEdit,
        m.EvidenceForm,
        writing.add_evidence,
        writing.edit_evidence,
    ),
    "proceedings": Part(
        "proceeding",
        N_("Proceeding"),
        N_("Add a proceeding"),
        fields.PROCEEDING,
        m.ProceedingEdit,
        m.ProceedingForm,
        writing.add_proceeding,
        writing.edit_proceeding,
    ),
}
STARTING: Mapping[str, Mapping[str, Any]] = {
    "claims": {"polarity": "supports"},
    "evidence": {"access": "law_enforcement"},
    "case": {"access": "law_enforcement", "level": "official"},
}
"""What a new form says already."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form on its page: where it is sent, what it says, what is wrong with it."""

    title: str
    address: str
    fields: Sequence[Field]
    given: Mapping[str, Any]
    button: str
    version: int = 0
    faults: tuple[Fault, ...] = ()
    stale: bool = False
    remove: str = ""
    lead: str = ""


# --- the file itself -----------------------------------------------------------------------------------


@router.get("/new")
def new(request: Request, caller: AtPage) -> Response:
    """A new case."""
    with caller.at_cases("case") as desk:
        desk.note("see", what="a form")
        offered = choices(desk, None)
    given = fields.given_of(fields.CASE, STARTING["case"])
    form = Form(_("Propose a case"), "/cases/new", fields.CASE, given, _("Propose it"))
    return _shown(request, form, offered, None)


@router.post("/new")
async def propose(request: Request, caller: AtPage) -> Response:
    """Propose it."""
    sent = await request.form()
    return await run_in_threadpool(_proposed, request, caller, sent)


def _proposed(request: Request, caller: Caller, sent: FormData) -> Response:
    said = fields.said_of(fields.CASE, sent)
    try:
        with caller.at_cases("case", writing=True) as desk:
            case = writing.draft(desk, validated(m.CaseForm, **_without_blanks(said)))
    except Faulty as problem:
        with caller.at_cases("case") as desk:
            desk.note("see", what="a form")
            offered = choices(desk, None)
        given = fields.given_of(fields.CASE, said)
        form = Form(
            _("Propose a case"), "/cases/new", fields.CASE, given, _("Propose it"), faults=problem.faults
        )
        return _shown(request, form, offered, None, problem.status)
    return RedirectResponse(f"/cases/{case.id}", status_code=303)


@router.get("/{id}/edit")
def edit(request: Request, caller: AtPage, id: str) -> Response:
    """The file of a case."""
    return _case_form(request, caller, id)


@router.post("/{id}/edit")
async def edited(request: Request, caller: AtPage, id: str) -> Response:
    """Keep it."""
    sent = await request.form()

    def write(desk: Desk, version: int, said: Mapping[str, Any]) -> Any:
        form = validated(m.CaseForm, **_without_blanks(said))
        return writing.edit(desk, id, m.CaseEdit(version=version, case=form))

    return await run_in_threadpool(_kept, request, caller, id, fields.CASE, sent, write, _case_form)


def _case_form(request: Request, caller: Caller, id: str, **tried: Any) -> Response:
    it, offered = _opened(caller, id)
    given = tried.get("given") or fields.given_of(fields.CASE, it.case.model_dump())
    form = Form(
        _("The file of the case"),
        f"/cases/{id}/edit",
        fields.CASE,
        given,
        _("Keep"),
        it.version,
        tried.get("faults", ()),
        tried.get("stale", False),
    )
    return _shown(request, form, offered, it, tried.get("status", 200))


# --- its parts -------------------------------------------------------------------------------------------


@router.get("/{id}/checklist/{item}")
def check(request: Request, caller: AtPage, id: str, item: str) -> Response:
    """An item of the checklist."""
    return _check_form(request, caller, id, item)


@router.post("/{id}/checklist/{item}")
async def checked(request: Request, caller: AtPage, id: str, item: str) -> Response:
    """Answer it."""
    sent = await request.form()

    def write(desk: Desk, version: int, said: Mapping[str, Any]) -> Any:
        return writing.tick(
            desk, id, item, m.CheckEdit(version=version, check=validated(m.CheckForm, **said))
        )

    def again(request: Request, caller: Caller, id: str, **tried: Any) -> Response:
        return _check_form(request, caller, id, item, **tried)

    return await run_in_threadpool(_kept, request, caller, id, fields.CHECK, sent, write, again)


def _check_form(request: Request, caller: Caller, id: str, item: str, **tried: Any) -> Response:
    it, offered = _opened(caller, id)
    one = next((one for one in it.checklist if one.item == item), None)
    if one is None:
        raise Absent()
    given = tried.get("given") or fields.given_of(fields.CHECK, one.model_dump())
    form = Form(
        _(proof.ITEMS[item]),
        f"/cases/{id}/checklist/{item}",
        fields.CHECK,
        given,
        _("Keep"),
        it.version,
        tried.get("faults", ()),
        tried.get("stale", False),
    )
    return _shown(request, form, offered, it, tried.get("status", 200))


@router.get("/{id}/protected")
def protected(request: Request, caller: AtPage, id: str) -> Response:
    """Names that are never published."""
    with caller.at_cases("case") as desk:
        names = [one.model_dump() for one in protecting.protected(desk, id)]
    return _protected_form(request, caller, id, given=fields.given_of(fields.PROTECTED, {"names": names}))


@router.post("/{id}/protected")
async def protect(request: Request, caller: AtPage, id: str) -> Response:
    """Write them anew."""
    sent = await request.form()

    def write(desk: Desk, _version: int, said: Mapping[str, Any]) -> Any:
        return protecting.protect(desk, id, validated(m.ProtectedEdit, **said).names)

    return await run_in_threadpool(_kept, request, caller, id, fields.PROTECTED, sent, write, _protected_form)


def _protected_form(request: Request, caller: Caller, id: str, **tried: Any) -> Response:
    it, offered = _opened(caller, id)
    form = Form(
        _("Protected names"),
        f"/cases/{id}/protected",
        fields.PROTECTED,
        tried["given"],
        _("Keep"),
        it.version,
        tried.get("faults", ()),
        lead=_("Victims, minors, protected witnesses: nobody but your bureau sees them. What is published is "
               "searched for them, as they are written here."),
    )  # fmt: skip
    return _shown(request, form, offered, it, tried.get("status", 200))


@router.get("/{id}/{part}/new")
def new_part(request: Request, caller: AtPage, id: str, part: str) -> Response:
    """A new party, claim, piece of evidence or proceeding."""
    return _part_form(request, caller, id, part, 0)


@router.post("/{id}/{part}/new")
async def add_part(request: Request, caller: AtPage, id: str, part: str) -> Response:
    """Add it."""
    return await _part_sent(request, caller, id, part, 0)


@router.get("/{id}/{part}/{number:int}")
def one_part(request: Request, caller: AtPage, id: str, part: str, number: int) -> Response:
    """One that is there."""
    return _part_form(request, caller, id, part, number)


@router.post("/{id}/{part}/{number:int}")
async def change_part(request: Request, caller: AtPage, id: str, part: str, number: int) -> Response:
    """Keep it otherwise."""
    return await _part_sent(request, caller, id, part, number)


async def _part_sent(request: Request, caller: Caller, id: str, part: str, number: int) -> Response:
    known = _part(part)
    sent = await request.form()

    def write(desk: Desk, version: int, said: Mapping[str, Any]) -> Any:
        form = validated(known.form, **_without_blanks(said))
        given = known.edit.model_validate({"version": version, known.one: form})
        return known.change(desk, id, number, given) if number else known.add(desk, id, given)

    def again(request: Request, caller: Caller, id: str, **tried: Any) -> Response:
        return _part_form(request, caller, id, part, number, **tried)

    return await run_in_threadpool(_kept, request, caller, id, known.fields, sent, write, again)


def _part_form(request: Request, caller: Caller, id: str, part: str, number: int, **tried: Any) -> Response:
    known = _part(part)
    it, offered = _opened(caller, id)
    there = {one.number: getattr(one, known.one) for one in getattr(it, part)}
    if number and number not in there:
        raise Absent()
    said = there[number].model_dump() if number else STARTING.get(part, {})
    form = Form(
        f"{_(known.title)} {number}" if number else _(known.add_title),
        f"/cases/{id}/{part}/{number or 'new'}",
        known.fields,
        tried.get("given") or fields.given_of(known.fields, said),
        _("Keep") if number else _("Add"),
        it.version,
        tried.get("faults", ()),
        tried.get("stale", False),
        f"/cases/{id}/{part}/{number}/remove" if number and it.may_edit else "",
    )
    return _shown(request, form, offered, it, tried.get("status", 200))


def _part(part: str) -> Part:
    if part not in PARTS:
        raise Absent()
    return PARTS[part]


# --- what they share ---------------------------------------------------------------------------------------


def _opened(caller: Caller, id: str) -> tuple[out.CaseOut, dict[str, list[tuple[str, str]]]]:
    """One's own bureau's case as it stands, and what forms choose from. Raises Absent, NotYours."""
    with caller.at_cases("case") as desk:
        case = keeping.mine(desk, id)
        desk.note("see", object=id)
        it = shown.whole(desk, case)
        return it, choices(desk, it)


def _kept(
    request: Request,
    caller: Caller,
    id: str,
    described: Sequence[Field],
    sent: FormData,
    write: Callable[[Desk, int, Mapping[str, Any]], Any],
    again: Callable[..., Response],
) -> Response:
    """Keep what was sent, or show it again with what is wrong with it."""
    said = fields.said_of(described, sent)
    try:
        with caller.at_cases("case", writing=True) as desk:
            write(desk, version_of(sent), said)
    except Faulty as problem:
        given = fields.given_of(described, said)
        return again(request, caller, id, given=given, faults=problem.faults, status=problem.status)
    except OutOfDate as problem:
        given = fields.given_of(described, said)
        return again(request, caller, id, given=given, stale=True, status=problem.status)
    return RedirectResponse(f"/cases/{id}", status_code=303)


def version_of(sent: FormData) -> int:
    """The version that the page was made of; 1 where it says none."""
    text = sent.get("version", "")
    known = isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) < 10
    return max(1, int(str(text))) if known else 1


def _without_blanks(said: Mapping[str, Any]) -> dict[str, Any]:
    """Choices that were left open say nothing, and the schema's own word holds."""
    open_ones = {"polarity", "access", "level", "pages"}
    return {name: value for name, value in said.items() if name not in open_ones or value not in ("", None)}


def _shown(
    request: Request,
    form: Form,
    offered: Mapping[str, list[tuple[str, str]]],
    it: out.CaseOut | None,
    status: int = 200,
) -> Response:
    known = {name: (id, _(said)) for name, (id, said) in fields.places(form.fields).items()}
    return render(
        request,
        "reports/case_form.html",
        status_code=status,
        form=form,
        offered=offered,
        it=it,
        places=known,
        folds=list(dict.fromkeys(field.fold for field in form.fields)),
    )
