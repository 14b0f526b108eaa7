"""Pages of seizures: the room's home, one seizure, and what is done with it. Forms stand in form_pages.py."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.access import may
from entente.core.problems import Absent, Fault, Faulty, OutOfDate
from entente.desk import Desk
from entente.match.goods import codes
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.records import HandlingForm, given_handling, handling_fields, handling_places
from entente.rooms.trends import labels
from entente.rooms.trends.model import Versioned
from entente.rooms.trends.seizures import (
    form_pages,
    import_pages,
    listing,
    own_pages,
    parties,
    same,
    service,
    shown,
)
from entente.rooms.trends.seizures import model as m
from entente.rooms.trends.service import is_company
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter()
router.include_router(form_pages.router)
router.include_router(import_pages.router)
router.include_router(own_pages.router)
A_PAGE = 50
EVERYONE = HandlingForm(mode="everyone")
LINKS = (
    ("/trends/figures", N_("Figures")),
    ("/trends/findings", N_("Findings")),
    ("/trends/operations", N_("Operations")),
    ("/trends/targets", N_("Targets")),
    ("/trends/referrals", N_("Companies' reports")),
    ("/trends/efforts", N_("Effort")),
    ("/trends/conversions", N_("Conversions")),
)
"""The room's other doors."""
OFFERED = ("containerNumber", "sealNumber", "batchNumber", "plateNumber")
"""By these an offered seizure is compared with companies' reports."""
STEPS = ("share", "handling", "confirm", "withdraw", "verdict", "parties", "parties-handling")


@router.get("/trends")
def home(
    request: Request,
    caller: AtPage,
    which: str = "all",
    goods: str = "",
    country: str = "",
    since: str = "",
    until: str = "",
    number: str = "",
    after: str = "",
) -> Response:
    """The newest seizures that one sees, a narrower list of them, and the room's other doors."""
    said = {
        "which": which,
        "goods": goods,
        "country": country.strip().lower(),
        "since": since,
        "until": until,
    }
    said |= {"number": number.strip(), "after": after}
    said = {name: value for name, value in said.items() if value}
    faults: tuple[Fault, ...] = ()
    found: list[Any] = []
    further = ""
    with caller.at_desk("see") if caller.inquiry else caller.at_own_desk("see") as desk:
        try:
            asked = validated(listing.Asked, **said, limit=A_PAGE)
            things, further = listing.things(desk, asked)
            found = [shown.row(desk, thing) for thing in things]
        except Faulty as problem:
            faults = problem.faults
            desk.note("see", what="seizures", outcome="faulty")
        may_write = may(desk.asker, "contribute") and not is_company(desk)
    said.pop("after", None)
    query = urlencode(said)
    return render(
        request,
        "trends/index.html",
        status_code=422 if faults else 200,
        rows=found,
        asked={**dict.fromkeys(("which", "goods", "country", "since", "until", "number"), ""), **said},
        faults=faults,
        places={name: (f"f-{name}", _(labels.FIELDS.get(name, name))) for name in said},
        goods=[(node.code, "  " * node.depth + _(node.label)) for node in TAXONOMY if node.depth < 2],
        may_write=may_write,
        has_inquiry=caller.inquiry is not None,
        links=[(address, _(text)) for address, text in LINKS],
        first=f"/trends?{query}" if after else "",
        older=f"/trends?{query}&{urlencode({'after': further})}" if further else "",
        labels=labels,
    )


@router.get("/trends/seizures/{id}")
def opened(request: Request, caller: AtPage, id: str) -> Response:
    """A seizure."""
    return page(request, caller, id)


def page(
    request: Request,
    caller: Caller,
    id: str,
    faults: Sequence[Fault] = (),
    given: dict[str, str] | None = None,
    status: int = 0,
) -> Response:
    """The page of a seizure; with what was wrong about what was asked of it."""
    with caller.at_desk("see") if caller.inquiry else caller.at_own_desk("see") as desk:
        thing = service.open_seizure(desk, id)
        told = shown.whole(desk, thing)
        named = parties.find(desk, id)
        mine = thing.handling.owner == desk.asker.bureau
        context: dict[str, Any] = {
            "one": told,
            "mine": mine,
            "parties": parties.shown(desk, named) if named else None,
            "near": same.shown(desk, [(pair.other, pair.score) for pair in same.of(desk, thing)], id),
            "may_correct": mine and may(desk.asker, "correct"),
            "may_offer": mine and may(desk.asker, "refer") and any(thing.body.get(p) for p in OFFERED),
            "may_judge": may(desk.asker, "verdict") and caller.inquiry is not None,
            "h": handling_fields(desk, told.handling) if told.handling else None,
            "ph": handling_fields(desk, _handling_of(desk, named)) if mine and named else None,
        }
    return render(
        request,
        "trends/seizure.html",
        status_code=status or (422 if faults else 200),
        faults=faults,
        given=given or {},
        labels=labels,
        party_roles=codes.LABELS["party_roles"],
        places=handling_places() | {"version": ("", _("Version"))},
        **context,
    )


def _handling_of(desk: Desk, named: Any) -> HandlingForm:
    return parties.shown(desk, named).handling or HandlingForm()


@router.post("/trends/seizures/{id}/{step}")
async def act(request: Request, id: str, step: str) -> Response:
    """Read the form, then take the step in a thread."""
    return await run_in_threadpool(_act, request, await at_page(request), id, step, await request.form())


def _act(request: Request, caller: Caller, id: str, step: str, form: FormData) -> Response:
    if step not in STEPS:
        raise Absent()
    try:
        _step(caller, id, step, form)
    except Faulty as problem:
        return page(
            request, caller, id, problem.faults, {n: v for n, v in form.items() if isinstance(v, str)}
        )
    except OutOfDate as problem:
        fault = Fault("version", problem.title, problem.do)
        return page(request, caller, id, (fault,), status=problem.status)
    return RedirectResponse("/trends" if step == "withdraw" else f"/trends/seizures/{id}", status_code=303)


def _step(caller: Caller, id: str, step: str, form: FormData) -> None:
    version = str(form.get("version", "")).strip()
    if step == "verdict":
        said = {name: str(form.get(name, "")) for name in ("other", "verdict", "why")}
        with caller.at_desk("verdict", writing=True) as desk:
            same.judge(desk, id, validated(m.VerdictForm, **said))
        return
    with caller.at_own_desk("withdraw" if step == "withdraw" else "correct", writing=True) as desk:
        if step == "share":
            service.handle(desk, id, validated(m.HandlingChange, version=version, handling=EVERYONE))
        elif step == "handling":
            service.handle(
                desk, id, validated(m.HandlingChange, version=version, handling=given_handling(form))
            )
        elif step == "confirm":
            service.confirm(desk, id, validated(Versioned, version=version).version)
        elif step == "withdraw":
            service.withdraw(desk, id, validated(Versioned, version=version).version)
        elif step == "parties":
            parties.put(desk, service.seen(desk, id), validated(m.PartiesForm, **_parties(form, version)))
        else:
            parties.handle(
                desk, id, validated(m.HandlingChange, version=version, handling=given_handling(form))
            )


def _parties(form: FormData, version: str) -> dict[str, Any]:
    lines: list[dict[str, str]] = []
    for n in range(100):
        said = {
            name: str(form.get(f"parties/{n}/{name}", "")).strip()
            for name in ("role", "name", "record", "note")
        }
        if any(said.values()):
            lines.append(said)
    return {"version": version or 0, "parties": lines, "remarks": str(form.get("remarks", ""))}
