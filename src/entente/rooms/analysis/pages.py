"""Pages of analysis files: mine, opening one, one file and what its leads do; the rest is included here."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import ROLES_FOR
from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.rooms.analysis import (
    charts_pages,
    contributing,
    contributions,
    imports_pages,
    labels,
    members,
    model,
    reports_pages,
    service,
    shown,
    subjects,
    subjects_pages,
)
from entente.rooms.bureaus import AREAS, by_code
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import _
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]
A_PAGE = 20
TYPED = ("title", "purpose", "legalBasis", "area", "criteria", "unit", "level")


@router.get("/files")
def listed(request: Request, caller: AtPage) -> Response:
    """My analysis files, invitations to others, and what waits for me as a supervisor."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="files")
        mine = [shown.row(desk, t) for t in service.files(desk)]
        waiting = [shown.row(desk, t) for t in service.waiting(desk)]
        invited = members.shown_invitations(desk, members.invitations(desk))
    return render(
        request,
        "analysis/list.html",
        files=mine,
        waiting=waiting,
        invitations=invited,
        may_open=_may(caller, "analyse"),
        areas=AREAS,
        labels=labels,
    )


@router.get("/files/new")
def blank(request: Request, caller: AtPage) -> Response:
    """The form to open a file."""
    with caller.at_own_desk("analyse") as desk:
        desk.note("see", what="a form")
        review = desk.today + service.REVIEWED_WITHIN - service.WRITABLE_FOR
    given = dict.fromkeys(TYPED, "") | {
        "level": "official",
        "reviewDue": review.isoformat(),
        "closes": review.isoformat(),
        "retention": "365",
        "connect": "",
    }
    return _form(request, given)


@router.post("/files")
def propose(
    request: Request,
    caller: AtPage,
    title: Field = "",
    purpose: Field = "",
    legalBasis: Field = "",
    area: Field = "",
    criteria: Field = "",
    unit: Field = "",
    level: Field = "official",
    reviewDue: Field = "",
    closes: Field = "",
    retention: Field = "",
    connect: Field = "",
) -> Response:
    """Ask for a file."""
    typed = (title, purpose, legalBasis, area, criteria, unit, level)
    given = dict(zip(TYPED, typed, strict=True)) | {
        "reviewDue": reviewDue,
        "closes": closes,
        "retention": retention,
        "connect": connect,
    }
    try:
        form = validated(model.FileForm, **{**given, "connect": connect == "yes"})
        with caller.at_own_desk("analyse", writing=True) as desk:
            made = service.propose(desk, form)
    except Faulty as problem:
        return _form(request, given, problem.faults)
    return RedirectResponse(f"/files/{made.id}", status_code=303)


@router.post("/files/invitations/{id}/{answer}")
def answer(caller: AtPage, id: str, answer: str) -> Response:
    """Accept an invitation, or decline it."""
    with caller.at_own_desk("see", writing=True) as desk:
        file = members.answer(desk, id, accept=answer == "accept")
    return RedirectResponse(f"/files/{file}" if answer == "accept" else "/files", status_code=303)


@router.get("/files/{file}")
def one(request: Request, caller: AtPage, file: str, after: str = "") -> Response:
    """One of my files, or one that waits for me as a supervisor."""
    return _file(request, caller, file, after=after)


@router.post("/files/{file}/approve")
def approve(
    request: Request, caller: AtPage, file: str, version: Field = "", decision: Field = "", why: Field = ""
) -> Response:
    """A second person opens or extends it, or says no."""

    def do(desk: Desk) -> None:
        given = validated(model.Decision, version=version, approve=decision == "approve", why=why)
        service.decide(desk, file, given)

    return _done(request, caller, file, do, act="approve", to="/files")


@router.post("/files/{file}/extend")
def extend(
    request: Request, caller: AtPage, file: str, reviewDue: Field = "", closes: Field = "", why: Field = ""
) -> Response:
    """A lead asks for a later review or end."""

    def do(desk: Desk) -> None:
        form = validated(model.Extension, reviewDue=reviewDue, closes=closes or None, why=why)
        service.extend(desk, file, form)

    return _done(request, caller, file, do, act="analyse")


@router.post("/files/{file}/close")
def close(request: Request, caller: AtPage, file: str, why: Field = "") -> Response:
    """A lead closes it."""
    return _done(
        request,
        caller,
        file,
        lambda desk: service.close(desk, file, validated(model.Ending, why=why)),
        act="analyse",
    )


@router.post("/files/{file}/discard")
def discard(request: Request, caller: AtPage, file: str) -> Response:
    """Its author takes a proposal back."""
    return _done(request, caller, file, lambda desk: service.discard(desk, file), act="analyse", to="/files")


@router.post("/files/{file}/members")
def invite(
    request: Request, caller: AtPage, file: str, address: Field = "", bureau: Field = "", role: Field = ""
) -> Response:
    """A lead invites an officer."""

    def do(desk: Desk) -> None:
        members.invite(desk, file, validated(model.MemberForm, address=address, bureau=bureau, role=role))

    return _done(request, caller, file, do)


@router.post("/files/{file}/members/{officer}/{step}")
def member(
    request: Request, caller: AtPage, file: str, officer: str, step: str, role: Field = ""
) -> Response:
    """A lead changes a member's role, removes him, or takes an invitation back."""

    def do(desk: Desk) -> None:
        if step == "role":
            members.change_role(desk, file, officer, validated(model.RoleForm, role=role).role)
        elif step == "take-back":
            members.take_back(desk, file, officer)
        else:
            members.remove(desk, file, officer)

    return _done(request, caller, file, do)


@router.post("/files/{file}/leave")
def leave(request: Request, caller: AtPage, file: str) -> Response:
    """Leave a file."""
    return _done(request, caller, file, lambda desk: members.leave(desk, file), to="/files")


def _done(
    request: Request,
    caller: Caller,
    file: str,
    do: Callable[[Desk], Any],
    act: str = "see",
    to: str = "",
) -> Response:
    """Do one thing to a file; refused, the file's page says why."""
    try:
        with caller.at_file(file, act, writing=True) as desk:
            do(desk)
    except Faulty as problem:
        return _file(request, caller, file, problem.faults)
    return RedirectResponse(to or f"/files/{file}", status_code=303)


def _file(
    request: Request, caller: Caller, id: str, faults: Sequence[Fault] = (), after: str = ""
) -> Response:
    with caller.at_file(id, "see") as desk:
        file = service.open_file(desk, id)
        desk.note("see", object=id)
        told = shown.whole(desk, file)
        inside = bool(told.members)
        found = contributions.contributions(desk, file, after, A_PAGE) if inside else []
        brought = contributions.shown(desk, found)
        said = subjects.shown(desk, file, subjects.subjects(desk, file)) if inside else []
        codes = sorted((c, f"{c} {b.label}") for c, b in by_code(desk).items())
        mine = file.first("author") == desk.asker.officer
    return render(
        request,
        "analysis/file.html",
        status_code=422 if faults else 200,
        file=told,
        inside=inside,
        author=mine,
        subjects=[
            (c, [s for s in said if s.category == c and s.state == "approved"]) for c in labels.CATEGORIES
        ],
        proposed=[s for s in said if s.state == "proposed"],
        contributions=brought,
        first=f"/files/{id}" if after else "",
        older=f"/files/{id}?after={found[-1].id}" if len(found) == A_PAGE else "",
        may={act: _may(caller, act) for act in ("analyse", "gather", "approve")},
        bureaus=codes,
        areas=AREAS,
        labels=labels,
        faults=faults,
        places=_places(),
    )


def _may(caller: Caller, act: str) -> bool:
    return bool(caller.officer.roles & ROLES_FOR[act])


def _form(request: Request, given: dict[str, str], faults: Sequence[Fault] = ()) -> Response:
    return render(
        request,
        "analysis/open.html",
        status_code=422 if faults else 200,
        given=given,
        areas=words.choices(AREAS),
        faults=[Fault(f.where.removeprefix("properties/"), f.what, f.do) for f in faults],
        places=_places(),
    )


def _places() -> dict[str, tuple[str, str]]:
    named = {
        "title": _("Title"),
        "purpose": _("Purpose"),
        "legalBasis": _("Legal basis"),
        "area": _("Crime area"),
        "criteria": _("What is included"),
        "unit": _("Unit that answers for it"),
        "level": _("Level"),
        "reviewDue": _("Review due"),
        "closes": _("Closes on"),
        "retention": _("Days kept after closing"),
        "address": _("Address"),
        "bureau": _("Bureau"),
        "role": _("Role"),
        "why": _("Why"),
    }
    return {name: (f"f-{name}", label) for name, label in named.items()}


router.include_router(contributing.router)
router.include_router(subjects_pages.router)
router.include_router(reports_pages.router)
router.include_router(charts_pages.router)
router.include_router(imports_pages.router)
