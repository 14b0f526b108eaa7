"""Pages of a file's subjects: all of them, the form of a proposal, and the second person's answer."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import contributions, labels, members, model, service, shown, subjects
from entente.rooms.analysis.subjects_model import Answer, SubjectForm
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]
MOST_LISTED = 500
REVIEWED = timedelta(days=180)


@router.get("/files/{file}/subjects")
def listed(request: Request, caller: AtPage, file: str, which: str = "standing") -> Response:
    """The file's subjects, or those removed."""
    return _listed(request, caller, file, which)


@router.get("/files/{file}/subjects/new")
def blank(request: Request, caller: AtPage, file: str, record: str = "") -> Response:
    """The form of a proposal."""
    return _form(request, caller, file, {"record": record})


@router.post("/files/{file}/subjects")
def propose(
    request: Request,
    caller: AtPage,
    file: str,
    record: Field = "",
    category: Field = "",
    rationale: Field = "",
    scheme: Field = "",
    grade: Field = "",
    officer: Field = "",
    reviewDue: Field = "",
) -> Response:
    """Propose a subject."""
    given = {
        "record": record,
        "category": category,
        "rationale": rationale,
        "scheme": scheme,
        "grade": grade,
        "officer": officer,
        "reviewDue": reviewDue,
    }
    try:
        form = validated(SubjectForm, **given)
        with caller.at_file(file, "analyse", writing=True) as desk:
            subjects.propose(desk, service.file_of(desk, file), form)
    except Faulty as problem:
        return _form(request, caller, file, given, problem.faults)
    return RedirectResponse(f"/files/{file}/subjects", status_code=303)


@router.post("/files/{file}/subjects/{id}/approve")
def answer(
    request: Request,
    caller: AtPage,
    file: str,
    id: str,
    version: Field = "",
    decision: Field = "",
    why: Field = "",
) -> Response:
    """A second person approves a proposal, or not."""

    def do(desk: Desk, thing: Thing) -> None:
        given = validated(Answer, version=version, approve=decision == "approve", why=why)
        subjects.answer(desk, thing, id, given)

    return _done(request, caller, file, do)


@router.post("/files/{file}/subjects/{id}/remove")
def remove(request: Request, caller: AtPage, file: str, id: str, why: Field = "") -> Response:
    """Say why it is no subject any more."""

    def do(desk: Desk, thing: Thing) -> None:
        subjects.remove(desk, thing, id, validated(model.Ending, why=why).why)

    return _done(request, caller, file, do)


def _done(request: Request, caller: Caller, file: str, do: Callable[[Desk, Thing], None]) -> Response:
    try:
        with caller.at_file(file, "analyse", writing=True) as desk:
            do(desk, service.file_of(desk, file))
    except Faulty as problem:
        return _listed(request, caller, file, "standing", problem.faults)
    return RedirectResponse(f"/files/{file}/subjects", status_code=303)


def _listed(request: Request, caller: Caller, id: str, which: str, faults: Sequence[Fault] = ()) -> Response:
    which = which if which in ("standing", "removed") else "standing"
    states = ("removed",) if which == "removed" else ("approved", "proposed")
    with caller.at_file(id, "see") as desk:
        file = service.file_of(desk, id)
        desk.note("see", object=id, what="subjects")
        told = shown.row(desk, file)
        found = subjects.shown(desk, file, subjects.subjects(desk, file, states))
        writable = service.is_writable(desk, file)
    return render(
        request,
        "analysis/subjects.html",
        status_code=422 if faults else 200,
        file=told,
        subjects=found,
        which=which,
        writable=writable,
        labels=labels,
        faults=faults,
    )


def _form(
    request: Request, caller: Caller, id: str, given: dict[str, Any], faults: Sequence[Fault] = ()
) -> Response:
    with caller.at_file(id, "analyse") as desk:
        file = service.file_of(desk, id)
        desk.note("see", object=id, what="a form")
        told = shown.row(desk, file)
        officers = [m for m in members.shown(desk, file) if m.role in ("lead", "analyst")]
        blank = {"officer": desk.asker.officer, "reviewDue": (desk.today + REVIEWED).isoformat()}
        known = choices(desk, file, given.get("record", ""))
    names = ("record", "category", "rationale", "scheme", "grade", "officer", "reviewDue")
    return render(
        request,
        "analysis/subject.html",
        status_code=422 if faults else 200,
        file=told,
        given=dict.fromkeys(names, "") | blank | {k: v for k, v in given.items() if v},
        records=known,
        officers=[(m.id, f"{m.name} ({m.bureau})") for m in officers],
        categories=words.choices(labels.CATEGORIES),
        schemes=words.choices(labels.SCHEMES),
        faults=faults,
        places={
            "record": ("f-record", _("Who or what")),
            "category": ("f-category", _("Category")),
            "rationale": ("f-rationale", _("Rationale")),
            "scheme": ("f-scheme", _("Scheme of the grade")),
            "grade": ("f-grade", _("Grade")),
            "officer": ("f-officer", _("Officer who answers for it")),
            "reviewDue": ("f-reviewDue", _("Review due")),
        },
    )


def choices(desk: Desk, file: Thing, more: str = "") -> list[tuple[str, str]]:
    """(id, caption) of what the file's contributions name and the asker may see, relations left out."""
    model_ = desk.house.model
    ids = [*([more] if more else []), *contributions.records_of(desk, file)]
    seen = desk.look_all(ids[: MOST_LISTED * 4]).values()
    found = [
        (t.id, f"{model_.caption(t.kind, t.body)} ({_(model_[t.kind].label)})")
        for t in seen
        if t.kind in model_.contributable and not model_[t.kind].edge
    ]
    return sorted(found, key=lambda choice: choice[1].casefold())[:MOST_LISTED]
