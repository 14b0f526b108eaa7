"""Pages of casebooks: the list, one edition with what stands in its way, the form, each without a script."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.access import may
from entente.core.problems import Absent, Fault, Faulty
from entente.desk import Desk
from entente.rooms.bureaus import officers
from entente.rooms.publications import freezing, letterheads, picture, reading, states
from entente.rooms.publications import model as p
from entente.rooms.reports import labels
from entente.rooms.reports.casebook import api, service, shown, tables
from entente.rooms.reports.casebook import model as m
from entente.rooms.reports.cases import keeping
from entente.rooms.reports.model import CHAPTERS, LEAST, MOST
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter(prefix="/casebooks")
Field = Annotated[str, Form()]
ACTS = {"approve": "approve", "return": "approve", "publish": "publish", "withdraw": "publish"}
"""What an officer must be allowed for a step; any other: to write cases."""
DID = {
    "begun": N_("Begun"),
    "submitted": N_("Submitted"),
    "approved": N_("Approved"),
    "returned": N_("Sent back"),
    "published": N_("Published"),
    "reprinted": N_("Printed anew with an erratum"),
    "superseded": N_("Superseded by a new edition"),
    "withdrawn": N_("Withdrawn"),
    "suspended": N_("Suspended"),
    "copies-suspended": N_("Some copies suspended"),
}
SHARED: dict[str, Any] = {
    "labels": labels,
    "states": states.STATES,
    "tones": states.TONES,
    "did": DID,
    "errata_words": tables.ERRATA,
}


@router.get("")
def listed(request: Request, caller: AtPage) -> Response:
    """The casebooks of my bureau, and the form to begin one."""
    return _list(request, caller)


@router.post("")
def begin(
    request: Request, caller: AtPage, title: Field = "", access: Field = "", level: Field = ""
) -> Response:
    """Begin one."""
    try:
        form = validated(m.CasebookForm, title=title, access=access, level=level)
        with caller.at_cases("case", writing=True) as desk:
            made = service.write(desk, form)
    except Faulty as problem:
        return _list(request, caller, problem.faults)
    return RedirectResponse(f"/casebooks/{made.thing.id}/edit", status_code=303)


@router.get("/{id}")
def one(request: Request, caller: AtPage, id: str) -> Response:
    """A casebook as I see it."""
    return _one(request, caller, id)


@router.get("/{id}/edit")
def editing(request: Request, caller: AtPage, id: str) -> Response:
    """The form of my casebook."""
    return _form(request, caller, id)


@router.post("/{id}/edit")
async def edit(request: Request, id: str) -> Response:
    """Save it."""
    sent = await request.form()
    caller = await at_page(request)
    return await run_in_threadpool(_saved, request, caller, id, sent)


@router.post("/{id}/do")
def step(
    request: Request,
    caller: AtPage,
    id: str,
    do: Field = "",
    seen: Field = "",
    approver: Field = "",
    why: Field = "",
) -> Response:
    """Submit, approve, return, publish, withdraw, revise, discard."""
    try:
        with caller.at_cases(ACTS.get(do, "case"), writing=True) as desk:
            if do == "submit":
                service.submit(desk, id, validated(m.Submit, seen=seen, approver=approver))
            elif do in ("approve", "return"):
                said = validated(m.Decide, seen=seen, approve=do == "approve", why=why)
                service.decide(desk, id, said)
            elif do == "publish":
                service.publish(desk, id)
            elif do == "withdraw":
                service.withdraw(desk, id, validated(p.Why, why=why).why)
            elif do == "revise":
                made = service.revise(desk, id).thing.id
                return RedirectResponse(f"/casebooks/{made}/edit", status_code=303)
            elif do == "discard":
                service.discard(desk, id)
                return RedirectResponse("/casebooks", status_code=303)
            else:
                raise Absent()
    except Faulty as problem:
        return _one(request, caller, id, problem.faults)
    return RedirectResponse(f"/casebooks/{id}", status_code=303)


@router.get("/{id}/export/{form}")
def export(request: Request, caller: AtPage, id: str, form: str) -> Response:
    """The book as a file; where a sentence does not resolve, the page says which."""
    if form not in api.FORMS:
        raise Absent()
    try:
        return api.exported(caller, id, form)
    except Faulty as problem:
        return _one(request, caller, id, problem.faults)


# --- what the pages are made of ------------------------------------------------------------------


def _list(request: Request, caller: Caller, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_cases("see") as desk:
        rows, writes = shown.rows(desk), may(desk.asker, "case")
    context: dict[str, Any] = {"rows": rows, "writes": writes, "faults": faults, "least": LEAST, "most": MOST}
    status = 422 if faults else 200
    return render(request, "reports/casebooks.html", status_code=status, **context, **SHARED)


def _one(request: Request, caller: Caller, id: str, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_cases("see") as desk:
        book = service.look(desk, id)
        desk.note("see", object=id, what="casebook")
        told = shown.whole(desk, book)
        _cases, made = service.seen_as(desk, book)
        context: dict[str, Any] = {
            "told": told,
            "blocked": shown.checked(desk, book).blocked
            if told.state in ("draft", "review", "approved")
            else [],
            "approvers": _approvers(desk) if "submit" in told.can else [],
            "copies": reading.receipts(desk, book.thing) if told.published else [],
            "said": reading.feedback_on(desk, book.thing) if told.published else [],
            "exports": list(api.FORMS) if may(desk.asker, "export") else [],
        }
    blocks = freezing.marked(freezing.leveled([part.data for part in made.content.parts]))
    context |= {"blocks": blocks, "notes": made.content.notes, "picture": picture, "faults": faults}
    context |= {"verdicts": reading.VERDICTS}
    status = 422 if faults else 200
    return render(request, "reports/casebook.html", status_code=status, **context, **SHARED)


def _approvers(desk: Desk) -> list[tuple[str, str]]:
    """Supervisors of my bureau who might be asked; the service says who may."""
    found = officers(desk.as_house(), desk.asker.bureau)
    asked = [o for o in found if "supervisor" in o.body.get("roles", ()) and o.id != desk.asker.officer]
    return sorted(((o.id, o.first("name")) for o in asked), key=lambda one: (one[1].casefold(), one[0]))


def _form(
    request: Request, caller: Caller, id: str, sent: FormData | None = None, faults: Sequence[Fault] = ()
) -> Response:
    with caller.at_cases("case") as desk:
        book = service.look(desk, id)
        desk.note("see", object=id, what="casebook")
        told = shown.whole(desk, book)
        cases = [case for case in keeping.every(desk) if case.state != "withdrawn"]
        judged = {case.id: keeping.judge(desk, case).admission.admitted for case in cases}
        context: dict[str, Any] = {
            "told": told,
            "cases": sorted(cases, key=lambda c: (CHAPTERS.index(c.form.chapter), c.form.title, c.id)),
            "judged": judged,
            "bureaus": service.bureaus_of(desk),
            "templates": [(t.code, t.name) for t in letterheads.listed(desk)],
        }
    if sent is None:
        said: dict[str, Any] = {
            **{name: getattr(told, name) for name in ("title", "access", "level", "template", "foreword")},
            **{name: getattr(told, name) for name in ("changes", "count_why", "seen", "overviews")},
            "chosen": [one.id for one in told.cases],
            "leave": {id: " ".join(f"C{n}" for n in left) for id, left in told.leave_out.items()},
            "to": [one.bureau for one in told.distribution],
        }
    else:
        said = _typed(sent)
    places = {
        "title": ("f-title", _("Title")),
        "count_why": ("f-count_why", _("Why it has not 25 to 30 cases")),
        "foreword": ("f-foreword", _("Foreword")),
        "distribution": ("recipients", _("Who gets a copy")),
        "cases": ("cases", _("Cases")),
    }
    context |= {"said": said, "faults": faults, "places": places, "chapters": CHAPTERS}
    status = 422 if faults else 200
    return render(request, "reports/casebook_form.html", status_code=status, **context, **SHARED)


def _typed(sent: FormData) -> dict[str, Any]:
    def text(name: str) -> str:
        return str(sent.get(name, "")).replace("\r\n", "\n")

    names = ("title", "access", "level", "template", "foreword", "changes", "count_why", "seen")
    chosen = [str(id) for id in sent.getlist("case")]
    return {
        **{name: text(name) for name in names},
        "overviews": {one: said for one in CHAPTERS if (said := text(f"overview-{one}"))},
        "chosen": chosen,
        "leave": {id: text(f"leave-{id}") for id in chosen},
        "to": [str(code) for code in sent.getlist("to")],
    }


def _saved(request: Request, caller: Caller, id: str, sent: FormData) -> Response:
    said = _typed(sent)
    try:
        form = validated(
            m.CasebookEdit,
            **{name: value for name, value in said.items() if name not in ("chosen", "leave", "to")},
            cases=[{"case": one, "leave_out": _claims(said["leave"][one])} for one in said["chosen"]],
            distribution=[{"bureau": code} for code in said["to"]],
        )
        with caller.at_cases("case", writing=True) as desk:
            service.edit(desk, id, form)
    except Faulty as problem:
        return _form(request, caller, id, sent, problem.faults)
    return RedirectResponse(f"/casebooks/{id}", status_code=303)


def _claims(said: str) -> list[str]:
    """Numbers of claims as one types them: C2, C3 or 2 3."""
    return [one.lstrip("Cc") for one in said.replace(",", " ").split()]
