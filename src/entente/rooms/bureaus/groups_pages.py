"""Pages of working groups and of invitations to them."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.access import may
from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.rooms.bureaus import experts, inviting, service, working_groups
from entente.rooms.bureaus.areas import AREAS
from entente.rooms.bureaus.directory_schemas import ExpertQuery, GroupChange, GroupForm, InviteForm
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]
Many = Annotated[Sequence[str], Form()]


@router.get("/groups")
def groups(request: Request, caller: AtPage) -> Response:
    """My working groups, and invitations to others."""
    return _groups(request, caller)


@router.post("/groups")
def convene(
    request: Request,
    caller: AtPage,
    name: Field = "",
    area: Field = "",
    purpose: Field = "",
    ends: Field = "",
) -> Response:
    """Make a working group."""
    given = {"name": name.strip(), "area": area, "purpose": purpose, "ends": ends}
    try:
        form = validated(GroupForm, **given)
        with caller.at_own_desk("convene", writing=True) as desk:
            made = working_groups.convene(desk, form)
    except Faulty as problem:
        return _groups(request, caller, problem.faults, given)
    return RedirectResponse(f"/groups/{made.id}", status_code=303)


def _groups(
    request: Request, caller: Caller, faults: Sequence[Fault] = (), given: dict[str, str] | None = None
) -> Response:
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="groups")
        mine = working_groups.groups(desk)
        waiting = invitations(desk)
        ends = desk.today.replace(month=12, day=31)
    makes = not caller.officer.machine and not caller.officer.roles.isdisjoint({"analyst", "supervisor"})
    blank = {"name": "", "area": "", "purpose": "", "ends": ends.isoformat()}
    return render(
        request,
        "bureaus/groups.html",
        status_code=422 if faults else 200,
        groups=[
            {
                "id": g.id,
                "name": g.name,
                "area": words.label(AREAS, g.area),
                "ends": g.ends,
                "ended": g.ended,
                "members": len(g.members),
            }
            for g in mine
        ],
        invitations=waiting,
        form=(given or blank) if makes else None,
        areas=words.choices(AREAS),
        faults=faults,
    )


def invitations(desk: Desk) -> list[dict[str, Any]]:
    """The invitations that wait for the reader, as pages show them."""
    codes = {n: b.code for n, b in service.directory(desk).items()}
    return [
        {
            "id": i.id,
            "name": i.group.name,
            "area": words.label(AREAS, i.group.area),
            "purpose": i.group.purpose,
            "by": i.by,
            "bureau": codes.get(i.bureau, ""),
            "until": i.until,
        }
        for i in inviting.invitations(desk)
    ]


@router.get("/groups/{id}")
def group(request: Request, caller: AtPage, id: str) -> Response:
    """One of my working groups."""
    return _group(request, caller, id)


@router.post("/groups/{id}")
def change(
    request: Request,
    caller: AtPage,
    id: str,
    name: Field = "",
    area: Field = "",
    purpose: Field = "",
    ends: Field = "",
    convenors: Many = (),
) -> Response:
    """Change or renew a group that I convene."""
    given = {"name": name.strip(), "area": area, "purpose": purpose}
    try:
        with caller.at_own_desk("see", writing=True) as desk:
            standing = working_groups.group_of(desk, id)
            later = {} if ends == standing.ends.isoformat() else {"ends": ends}
            form = validated(GroupChange, **given, **later, convenors=list(convenors))
            working_groups.change(desk, id, form)
    except Faulty as problem:
        return _group(request, caller, id, problem.faults, {**given, "ends": ends})
    return RedirectResponse(f"/groups/{id}", status_code=303)


@router.post("/groups/{id}/invite")
def invite(request: Request, caller: AtPage, id: str, expert: Field = "", colleague: Field = "") -> Response:
    """Invite an expert or a colleague to a group that I convene."""
    try:
        with caller.at_own_desk("see", writing=True) as desk:
            inviting.invite(desk, id, validated(InviteForm, expert=expert, colleague=colleague))
    except Faulty as problem:
        return _group(request, caller, id, problem.faults)
    return RedirectResponse(f"/groups/{id}", status_code=303)


@router.post("/groups/{id}/members/{officer}/remove")
def remove(request: Request, caller: AtPage, id: str, officer: str) -> Response:
    """Remove a member, or take back an invitation."""
    try:
        with caller.at_own_desk("see", writing=True) as desk:
            working_groups.leave(desk, id, officer)
    except Faulty as problem:
        return _group(request, caller, id, problem.faults)
    return RedirectResponse(f"/groups/{id}", status_code=303)


@router.post("/groups/{id}/leave")
def leave(request: Request, caller: AtPage, id: str) -> Response:
    """Leave a group."""
    try:
        with caller.at_own_desk("see", writing=True) as desk:
            working_groups.leave(desk, id)
    except Faulty as problem:
        return _group(request, caller, id, problem.faults)
    return RedirectResponse("/groups", status_code=303)


@router.post("/invitations/{id}/accept")
def accept(caller: AtPage, id: str) -> Response:
    """Accept an invitation."""
    with caller.at_own_desk("see", writing=True) as desk:
        inviting.answer(desk, id, accept=True)
    return RedirectResponse("/groups", status_code=303)


@router.post("/invitations/{id}/decline")
def decline(caller: AtPage, id: str) -> Response:
    """Decline an invitation."""
    with caller.at_own_desk("see", writing=True) as desk:
        inviting.answer(desk, id, accept=False)
    return RedirectResponse("/groups", status_code=303)


def _group(
    request: Request,
    caller: Caller,
    id: str,
    faults: Sequence[Fault] = (),
    given: dict[str, str] | None = None,
) -> Response:
    with caller.at_own_desk("see") as desk:
        shown = working_groups.group_of(desk, id)
        desk.note("see", object=id)
        codes = {n: b.code for n, b in service.directory(desk).items()}
        waiting = inviting.waiting(desk, id)
        there = {m.id for m in shown.members} | {i.id for i in waiting}
        staff = service.officers(desk, desk.asker.bureau)
        convenes = shown.convenes(desk.asker.officer)
        writes = may(desk.asker, "message")
        known = [t for t in experts.search(desk, ExpertQuery(area=shown.area)) if t.first("officer")]
    colleagues = [(o.id, o.first("name")) for o in staff if o.first("active") == "yes" and o.id not in there]
    standing = {
        "name": shown.name,
        "area": shown.area,
        "purpose": shown.purpose,
        "ends": shown.ends.isoformat(),
    }
    return render(
        request,
        "bureaus/group.html",
        status_code=422 if faults else 200,
        group={
            "id": shown.id,
            "name": shown.name,
            "area": words.label(AREAS, shown.area),
            "purpose": shown.purpose,
            "ends": shown.ends,
            "ended": shown.ended,
        },
        members=[
            {
                "id": m.id,
                "name": m.name,
                "bureau": codes.get(m.bureau, ""),
                "convenor": m.convenor,
                "active": m.active,
            }
            for m in shown.members
        ],
        invited=[
            {"id": i.id, "name": i.name, "bureau": codes.get(i.bureau, ""), "until": i.until} for i in waiting
        ],
        convenes=convenes,
        writes=writes,
        form=given or standing,
        areas=words.choices(AREAS),
        colleagues=sorted(colleagues, key=lambda c: c[1].casefold()),
        experts=[(t.id, f"{codes.get(t.handling.owner, '')} {t.first('name')}") for t in known],
        faults=faults,
    )
