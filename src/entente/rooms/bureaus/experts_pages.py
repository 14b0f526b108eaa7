"""The pages of the directory of experts."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from entente.core.problems import Fault, Faulty
from entente.core.things import Thing
from entente.rooms.bureaus import experts, service, working_groups
from entente.rooms.bureaus.areas import AREAS
from entente.rooms.bureaus.directory_schemas import Audience, ExpertChange, ExpertForm, ExpertQuery
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
Field = Annotated[str, Form()]
Many = Annotated[Sequence[str], Form()]
TYPED = ("name", "unit", "phone", "email", "hours", "officer")


def _given(
    name: Field = "",
    unit: Field = "",
    areas: Many = (),
    languages: Field = "",
    phone: Field = "",
    email: Field = "",
    hours: Field = "",
    officer: Field = "",
    to: Field = "everyone",
    bureaus: Many = (),
    group: Field = "",
) -> dict[str, Any]:
    """What was typed, as the form shows it again."""
    typed = dict(zip(TYPED, (name, unit, phone, email, hours, officer), strict=True))
    seen = {"to": to, "bureaus": list(bureaus), "group": group}
    return {**typed, "areas": list(areas), "languages": languages, **seen}


Given = Annotated[dict[str, Any], Depends(_given)]


@router.get("/experts")
def listed(
    request: Request, caller: AtPage, area: str = "", language: str = "", bureau: str = "", words: str = ""
) -> Response:
    """Experts, by area, language, bureau and words."""
    query = validated(ExpertQuery, area=area, language=language, bureau=bureau, words=words)
    return _experts(request, caller, query)


@router.post("/experts")
def add(request: Request, caller: AtPage, given: Given) -> Response:
    """Enter an expert of my bureau."""
    try:
        form = validated(ExpertForm, **_said(given))
        with caller.at_own_desk("convene", writing=True) as desk:
            experts.add(desk, form)
    except Faulty as problem:
        return _experts(request, caller, ExpertQuery(), problem.faults, given)
    return RedirectResponse("/experts", status_code=303)


@router.get("/experts/{id}")
def edit_page(request: Request, caller: AtPage, id: str) -> Response:
    """An entry of my bureau, to be changed."""
    return _expert(request, caller, id)


@router.post("/experts/{id}")
def change(request: Request, caller: AtPage, id: str, given: Given) -> Response:
    """Change an entry of my bureau."""
    try:
        form = validated(ExpertChange, **_said(given))
        with caller.at_own_desk("convene", writing=True) as desk:
            experts.change(desk, id, form)
    except Faulty as problem:
        return _expert(request, caller, id, problem.faults, given)
    return RedirectResponse("/experts", status_code=303)


@router.post("/experts/{id}/confirm")
def confirm(caller: AtPage, id: str) -> Response:
    """Say that an entry is right."""
    with caller.at_own_desk("convene", writing=True) as desk:
        experts.confirm(desk, id)
    return RedirectResponse("/experts", status_code=303)


@router.post("/experts/{id}/remove")
def remove(caller: AtPage, id: str) -> Response:
    """Take an entry out of the directory."""
    with caller.at_own_desk("convene", writing=True) as desk:
        experts.remove(desk, id)
    return RedirectResponse("/experts", status_code=303)


def _said(given: dict[str, Any]) -> dict[str, Any]:
    """The same, as the API's form takes it."""
    audience = {"to": given["to"], "bureaus": given["bureaus"], "group": given["group"]}
    spoken = given["languages"].replace(",", " ").split()
    return {
        **{n: given[n] for n in TYPED},
        "areas": given["areas"],
        "languages": spoken,
        "audience": audience,
    }


def _experts(
    request: Request,
    caller: Caller,
    query: ExpertQuery,
    faults: Sequence[Fault] = (),
    given: dict[str, Any] | None = None,
) -> Response:
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="experts")
        found = experts.search(desk, query)
        codes = {n: b.code for n, b in service.directory(desk).items()}
        own, today = desk.asker.bureau, desk.today
        mine = [(g.id, g.name) for g in working_groups.groups(desk)]
        staff = _staff(service.officers(desk, own))
    keeps = not caller.officer.roles.isdisjoint({"analyst", "supervisor"})
    blank = _given("", "", (), "", "", "", "", "", "everyone", (), "")
    return render(
        request,
        "bureaus/experts.html",
        status_code=422 if faults else 200,
        experts=[
            {
                "id": t.id,
                "bureau": codes.get(t.handling.owner, ""),
                "name": t.first("name"),
                "unit": t.first("unit"),
                "areas": [words.label(AREAS, a) for a in t.body.get("areas", ())],
                "languages": list(t.body.get("languages", ())),
                "phone": t.first("phone"),
                "email": t.first("email"),
                "hours": t.first("hours"),
                "verified": t.first("verified"),
                "expires": t.expires,
                "ends": t.expires - experts.TOLD_BEFORE <= today,
                "own": keeps and t.handling.owner == own,
            }
            for t in found
        ],
        query=query,
        areas=words.choices(AREAS),
        bureaus=[(c, c) for c in codes.values()],
        groups=mine,
        officers=staff,
        form=(given or blank) if keeps else None,
        faults=faults,
    )


def _staff(officers: Sequence[Thing]) -> list[tuple[str, str]]:
    """Active officers to choose from: (id, name)."""
    active = [(o.id, o.first("name")) for o in officers if o.first("active") == "yes"]
    return sorted(active, key=lambda o: o[1].casefold())


def _expert(
    request: Request,
    caller: Caller,
    id: str,
    faults: Sequence[Fault] = (),
    given: dict[str, Any] | None = None,
) -> Response:
    with caller.at_own_desk("convene") as desk:
        thing = experts.own_entry(desk, id)
        desk.note("see", object=id)
        audience: Audience = experts.audience_of(desk, thing)
        codes = [b.code for b in service.directory(desk).values()]
        mine = [(g.id, g.name) for g in working_groups.groups(desk)]
        staff = _staff(service.officers(desk, desk.asker.bureau))
    standing = {n: thing.first(n) for n in TYPED} | {
        "areas": list(thing.body.get("areas", ())),
        "languages": " ".join(thing.body.get("languages", ())),
        "to": audience.to,
        "bureaus": audience.bureaus,
        "group": audience.group,
    }
    return render(
        request,
        "bureaus/expert.html",
        status_code=422 if faults else 200,
        expert={"id": id, "name": thing.first("name"), "verified": thing.first("verified")},
        form=given or standing,
        areas=words.choices(AREAS),
        bureaus=[(c, c) for c in codes],
        groups=mine,
        officers=staff,
        faults=faults,
    )
