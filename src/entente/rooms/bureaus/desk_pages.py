"""Pages of duty desks: the entry of one's own bureau, and suspending a bureau's rights."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import Role
from entente.core.problems import Absent, Fault, Faulty, NotYours
from entente.rooms.bureaus import administering, duty, service
from entente.rooms.bureaus.calendar import next_opening, open_at, zones
from entente.rooms.bureaus.directory_schemas import DeskForm, SuspensionForm
from entente.rooms.bureaus.model import Bureau
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]
TYPED = ("desk", "phone", "email", "duty", "zone", "hours", "holidays", "languages")


@router.get("/bureaus/{code}/edit")
def edit_page(request: Request, caller: AtPage, code: str) -> Response:
    """My bureau's entry in the directory, to be changed."""
    return _edit(request, caller, code)


@router.post("/bureaus/{code}/edit")
def edit(
    request: Request,
    caller: AtPage,
    code: str,
    desk: Field = "",
    phone: Field = "",
    email: Field = "",
    duty_line: Annotated[str, Form(alias="duty")] = "",
    zone: Field = "",
    hours: Field = "",
    holidays: Field = "",
    languages: Field = "",
) -> Response:
    """Change my bureau's entry."""
    given = dict(zip(TYPED, (desk, phone, email, duty_line, zone, hours, holidays, languages), strict=True))
    try:
        form = validated(
            DeskForm,
            **given
            | {
                "holidays": [line for line in holidays.splitlines() if line.strip()],
                "languages": languages.replace(",", " ").split(),
            },
        )
        with caller.at_own_desk("administer", writing=True) as sitting:
            duty.edit(sitting, code, form)
    except Faulty as problem:
        return _edit(request, caller, code, problem.faults, given)
    return RedirectResponse("/bureaus", status_code=303)


def _edit(
    request: Request,
    caller: Caller,
    code: str,
    faults: Sequence[Fault] = (),
    given: dict[str, str] | None = None,
) -> Response:
    with caller.at_own_desk("administer") as desk:
        desk.note("see", what="directory")
        mine = administering.own(desk)
        if code != mine.code:
            raise NotYours() if code in service.by_code(desk) else Absent()
        standing = {name: getattr(mine, name) for name in TYPED} | {
            "holidays": "\n".join(duty.coming(mine.holidays, desk.today)),
            "languages": " ".join(mine.languages),
        }
    return render(
        request,
        "bureaus/edit_bureau.html",
        status_code=422 if faults else 200,
        bureau=mine,
        form=given or standing,
        zones=[(z, z) for z in zones()],
        faults=faults,
    )


@router.get("/bureaus/{code}/suspension")
def suspension(request: Request, caller: AtPage, code: str) -> Response:
    """Suspend a bureau's rights, or restore them."""
    return _suspension(request, caller, code)


@router.post("/bureaus/{code}/suspension")
def suspend(
    request: Request, caller: AtPage, code: str, suspended: Field = "", reason: Field = ""
) -> Response:
    """Suspend a bureau's rights, or restore them."""
    try:
        form = validated(SuspensionForm, suspended=suspended == "yes", reason=reason)
        with caller.at_own_desk("see", writing=True) as desk:
            duty.suspend(desk, code, form)
    except Faulty as problem:
        return _suspension(request, caller, code, problem.faults, reason)
    return RedirectResponse("/bureaus", status_code=303)


def _suspension(
    request: Request, caller: Caller, code: str, faults: Sequence[Fault] = (), reason: str = ""
) -> Response:
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="directory")
        bureau = service.by_code(desk).get(code)
        if bureau is None or bureau.secretariat or not may_suspend(caller, administering.own(desk)):
            raise Absent()
    return render(
        request,
        "bureaus/suspension.html",
        status_code=422 if faults else 200,
        bureau=bureau,
        reason=reason,
        faults=faults,
    )


def may_suspend(caller: Caller, mine: Bureau) -> bool:
    """Whether the page offers it; `duty.suspend` decides."""
    return mine.secretariat and not caller.officer.roles.isdisjoint({Role.SUPERVISOR, Role.ADMINISTRATOR})


def row(bureau: Bureau, now: Any) -> dict[str, Any]:
    """A bureau of the directory as the page lists it."""
    roster = duty.roster_of(bureau)
    there = open_at(roster, now)
    return {
        "code": bureau.code,
        "label": bureau.label,
        "desk": bureau.desk,
        "phone": bureau.phone,
        "duty": bureau.duty,
        "email": bureau.email,
        "hours": bureau.hours,
        "zone": bureau.zone,
        "languages": bureau.languages,
        "active": bureau.active,
        "sort": bureau.sort,
        "secretariat": bureau.secretariat,
        "open": there,
        "opens": None if there else next_opening(roster, now),
    }
