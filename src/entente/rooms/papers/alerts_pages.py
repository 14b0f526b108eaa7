"""Pages of alerts of false documents: the list, one alert, its course, what one's bureau is told of."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.problems import Absent, Fault, Faulty
from entente.desk import Desk
from entente.rooms.papers import alerts, labels, moving, parts, subscriptions
from entente.rooms.papers import alerts_model as am
from entente.rooms.papers import model as m
from entente.rooms.papers.showing import acts, may
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
A_PAGE = 50
LISTS = ("published", "mine", "review")
PLAIN = "title sort code country route first_seen about markers serials blob page width height seen".split()


@router.get("/papers/alerts")
def listed(
    request: Request,
    caller: AtPage,
    which: str = "published",
    country: str = "",
    sort: str = "",
    after: str = "",
) -> Response:
    """Alerts of false documents."""
    which, country = which if which in LISTS else "published", country.strip().upper()
    country = country if country.isalpha() and country.isascii() and len(country) <= 3 else ""
    sort = sort if sort in labels.SORTS else ""
    said = {"which": which, "country": country, "sort": sort}
    with caller.at_own_desk("see") as desk:
        asked = validated(am.WhichAlerts, **said, after=after[:64], limit=A_PAGE)
        rows = [alerts.row(desk, a) for a in alerts.browse(desk, asked)]
    query = f"/papers/alerts?which={which}&country={country}&sort={sort}"
    return render(
        request,
        "papers/alerts.html",
        rows=rows,
        given=said,
        labels=labels,
        may_write=may(caller, "contribute"),
        first=query if after else "",
        older=f"{query}&after={rows[-1].id}" if len(rows) == A_PAGE else "",
    )


@router.get("/papers/subscription")
def subscription(request: Request, caller: AtPage) -> Response:
    """Which alerts my bureau is told of."""
    with caller.at_own_desk("see") as desk:
        kept = subscriptions.subscription(desk)
    return _subscription(request, caller, kept.model_dump())


@router.post("/papers/subscription")
async def subscribe(request: Request) -> Response:
    """Read the form, then keep it in a thread."""
    return await run_in_threadpool(_subscribe, request, await at_page(request), await request.form())


def _subscribe(request: Request, caller: Caller, form: FormData) -> Response:
    given: dict[str, Any] = {
        "every": form.get("every") == "yes",
        "countries": str(form.get("countries", "")).upper().replace(",", " ").split(),
        "types": str(form.get("types", "")).upper().replace(",", " ").split(),
        "routes": [w.strip() for w in str(form.get("routes", "")).splitlines() if w.strip()],
    }
    try:
        with caller.at_own_desk("stand", writing=True) as desk:
            subscriptions.subscribe(desk, validated(am.Subscription, **given))
    except Faulty as problem:
        return _subscription(request, caller, given, problem.faults)
    return RedirectResponse("/papers/subscription", status_code=303)


def _subscription(
    request: Request, caller: Caller, given: Mapping[str, Any], faults: Sequence[Fault] = ()
) -> Response:
    return render(
        request,
        "papers/subscription.html",
        status_code=422 if faults else 200,
        given=given,
        faults=faults,
        may_change=may(caller, "stand"),
    )


@router.get("/papers/alerts/new")
def new(request: Request, caller: AtPage, code: str = "") -> Response:
    """The form of a new alert."""
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="document alerts")
    given = {**dict.fromkeys(PLAIN, ""), "code": code[:12], "country": code[:3]}
    return _form(request, given)


@router.post("/papers/alerts/new")
async def begin(request: Request) -> Response:
    """Read the form, then keep it in a thread."""
    return await run_in_threadpool(_keep, request, await at_page(request), "", await request.form())


@router.get("/papers/alerts/{id}/edit")
def edit_form(request: Request, caller: AtPage, id: str) -> Response:
    """The form of an alert of one's own bureau; what gives it away is edited one by one (parts_pages)."""
    with caller.at_own_desk("contribute") as desk:
        kept = moving.mine(desk, alerts.KIND, id)
        desk.note("see", object=id)
        head, content, seen = alerts.head(kept), alerts.content_of(kept), moving.digest(kept)
    given = {**dict.fromkeys(PLAIN, ""), **head, **content.model_dump(mode="json"), "seen": seen}
    given |= {"serials": ", ".join(content.serials), "first_seen": head["first_seen"] or ""}
    return _form(request, given, (), id, kept.body.get("blobs", ()))


@router.post("/papers/alerts/{id}/edit")
async def edit(request: Request, id: str) -> Response:
    """Read the form, then keep it in a thread."""
    return await run_in_threadpool(_keep, request, await at_page(request), id, await request.form())


def _keep(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    given = {name: str(form.get(name, "")).strip() for name in PLAIN}
    held: Sequence[str] = ()
    said: dict[str, Any] = {n: given[n] for n in ("title", "sort", "code", "country", "route", "first_seen")}
    said = {name: value for name, value in said.items() if value}
    content: dict[str, Any] = {
        name: given[name] for name in ("about", "blob", "page", "width", "height") if given[name]
    }
    content["serials"] = given["serials"].replace(",", " ").split()
    try:
        with caller.at_own_desk("contribute", writing=True) as desk:
            if id:
                before = moving.mine(desk, alerts.KIND, id)
                held = before.body.get("blobs", ())
                content["regions"] = [r.model_dump(mode="json") for r in alerts.content_of(before).regions]
                label = json.loads(before.first("handling"))
                if (audience := form.get("audience")) in ("everyone", "named"):
                    label |= {"mode": audience, "bureaus": []}
                said |= {"seen": given["seen"], "handling": label}
                said |= {name: before.first(name) for name in ("category", "type")}
                kept = alerts.edit(desk, id, validated(am.AlertEdit, **said, content=content))
            else:
                content["regions"] = [
                    {"marker": w.strip()} for w in given["markers"].splitlines() if w.strip()
                ]
                kept = alerts.draft(desk, validated(am.AlertForm, **said, content=content))
    except Faulty as problem:
        return _form(request, given, problem.faults, id, held)
    return RedirectResponse(f"/papers/alerts/{kept.id}", status_code=303)


def _form(
    request: Request,
    given: Mapping[str, Any],
    faults: Sequence[Fault] = (),
    id: str = "",
    held: Sequence[str] = (),
) -> Response:
    return render(
        request,
        "papers/alert_edit.html",
        status_code=422 if faults else 200,
        id=id,
        held=held,
        given=given,
        faults=faults,
        labels=labels,
    )


@router.get("/papers/alerts/{id}")
def one(request: Request, caller: AtPage, id: str) -> Response:
    """One alert."""
    return _page(request, caller, id)


def _page(request: Request, caller: Caller, id: str, faults: Sequence[Fault] = ()) -> Response:
    with caller.at_own_desk("see") as desk:
        kept = alerts.open_alert(desk, id)
        told, offered = alerts.whole(desk, kept), acts(desk, caller, kept)
    return render(
        request,
        "papers/alert.html",
        status_code=422 if faults else 200,
        alert=told,
        acts=offered,
        parts=parts.PARTS[alerts.KIND],
        labels=labels,
        faults=faults,
    )


@router.post("/papers/alerts/{id}/{move}")
async def move(request: Request, id: str, move: str) -> Response:
    """Read the form, then take the step in a thread."""
    return await run_in_threadpool(_move, request, await at_page(request), id, move, await request.form())


def _move(request: Request, caller: Caller, id: str, move: str, form: FormData) -> Response:
    said = {name: str(form.get(name, "")) for name in ("seen", "why")}
    seen = {"seen": said["seen"]}
    decided = {**said, "approve": form.get("approve") == "yes"}
    steps: Mapping[str, tuple[str, Callable[[Desk], Any]]] = {
        "submit": (
            "contribute",
            lambda desk: moving.submit(desk, alerts.KIND, id, validated(m.Seen, **seen).seen, alerts.missing),
        ),
        "review": ("approve", lambda desk: alerts.decide(desk, id, validated(m.Decide, **decided))),
        "withdraw": ("publish", lambda desk: moving.withdraw(desk, alerts.KIND, id, said["why"])),
        "discard": ("withdraw", lambda desk: moving.discard(desk, alerts.KIND, id)),
    }
    if move not in steps:
        raise Absent()
    act, step = steps[move]
    try:
        with caller.at_own_desk(act, writing=True) as desk:
            kept = step(desk)
    except Faulty as problem:
        return _page(request, caller, id, problem.faults)
    to = f"/papers/alerts/{id}" if kept else "/papers/alerts?which=mine"
    return RedirectResponse(to, status_code=303)
