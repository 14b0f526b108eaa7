"""Pages that write a request: one screen from a victim's report to a draft, checked before it is kept."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from entente.core.problems import Fault, Faulty, OutOfDate
from entente.desk import Desk
from entente.match.banking.grammar import MEND
from entente.match.money.chains import CHAINS
from entente.rooms.bureaus import by_code, directory
from entente.rooms.payments import checks, form_filling, form_reading, labels, service
from entente.rooms.payments.bank import importing
from entente.rooms.payments.form_reading import Given
from entente.rooms.payments.model import Checked, InterceptEdit, InterceptForm, Place
from entente.rooms.payments.rules_model import RAILS
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import at, validated
from entente.web.language import N_
from entente.web.pages import render

router = APIRouter()
NO_CHAIN = N_("The chain of the wallet is not chosen")
CHOOSE = N_("Choose the chain.")
LIFT = "lift:"
"""How the button that lifts a number into a field begins; place, kind and number follow."""
BY_HAND = N_("Have the sender mend it, or fill the fields in by hand.")
NONE: Given = {}
LIFTED_TO = ("debtor", "creditor", "further_credit")


@router.get("/payments/new")
def new(request: Request, caller: AtPage) -> Response:
    """The empty form."""
    with caller.at_own_desk("intercept") as desk:
        desk.note("see", what="a form")
        given = form_reading.fresh(desk.now, directory(desk)[desk.asker.bureau].zone)
        return _page(request, desk, given)


@router.post("/payments/new")
async def write(request: Request, caller: AtPage) -> Response:
    """Check it, lift a number into its field, or keep it as a draft."""
    return await _written(request, caller, "")


@router.get("/payments/requests/{id}/edit")
def edit(request: Request, caller: AtPage, id: str) -> Response:
    """The form of a draft."""
    with caller.at_own_desk("intercept") as desk:
        found = service.mine(desk, id)
        desk.note("see", object=id)
        given = form_reading.given_of(found.form) | {"version": str(found.thing.version)}
        return _page(request, desk, given, id)


@router.post("/payments/requests/{id}/edit")
async def rewrite(request: Request, caller: AtPage, id: str) -> Response:
    """The same for a draft that stands."""
    return await _written(request, caller, id)


async def _written(request: Request, caller: Caller, id: str) -> Response:
    sent = await request.form()
    given = {name: value for name, value in sent.items() if isinstance(value, str)}
    return await run_in_threadpool(_done, request, caller, given, id)


def _done(request: Request, caller: Caller, given: Given, id: str) -> Response:
    do = given.get("do", "check")
    if do == "keep":
        return _kept(request, caller, given, id)
    with caller.at_desk("intercept") if caller.inquiry else caller.at_own_desk("intercept") as desk:
        if id:
            service.mine(desk, id)
        if do.startswith(LIFT):
            given = _lifted(given, do.removeprefix(LIFT))
        refused: tuple[Fault, ...] = ()
        differs: Given = {}
        try:
            if do == "prefill":
                given, differs = _prefilled(desk, given)
        except Faulty as problem:
            refused = problem.faults
            if not any(given.get(name, "").strip() for name in form_reading.FIELDS if name in labels.FIELDS):
                desk.note("search", what="intercepts", outcome="faulty")
                return _page(request, desk, given, id, faults=refused, status=problem.status)
        return _checked(request, desk, given, id, refused, differs)


def _checked(
    request: Request, desk: Desk, given: Given, id: str, refused: Sequence[Fault], differs: Given = NONE
) -> Response:
    """The form with every fault at once: what was refused, what the schema does not take, and what the check
    says of the rest."""
    form, unread = form_reading.readable(given)
    checked = checks.check(desk, form, id)
    found = [*refused, *unread, *_faults(checked.faults)]
    faults = form_reading.told_hours(dict.fromkeys(map(_chain_first, found, repeat(form))), given)
    missing = [f for f in checked.missing if not at(faults, f.where)]  # it is not missing: it is wrong
    told = {"faults": checks.told(faults), "missing": form_reading.in_order(missing)}
    return _page(request, desk, given, id, checked.model_copy(update=told), faults, differs=differs)


def _chain_first(fault: Fault, form: InterceptForm) -> Fault:
    """A wallet's fault while its chain is not chosen: that is what is wrong with it."""
    place, _sep, part = fault.where.partition("/")
    one = getattr(form, place, None) if part == "account" else None
    if isinstance(one, Place) and one.scheme == "wallet" and not one.chain:
        return Fault(f"{place}/chain", NO_CHAIN, CHOOSE)
    return fault


def _kept(request: Request, caller: Caller, given: Given, id: str) -> Response:
    """Keep the draft; a refused one comes back as it was typed, with what the check says of it."""

    def keep(desk: Desk) -> tuple[str, bool]:
        form = form_reading.form_of(given)
        if id:
            edited = validated(InterceptEdit, version=given.get("version", "") or 0, form=form.model_dump())
            return service.edit(desk, id, edited).id, True
        found, is_new = service.draft(desk, form)
        return found.id, is_new

    try:
        with caller.at_own_desk("intercept", writing=True) as desk:
            kept, is_new = keep(desk)
    except Faulty as problem:
        with caller.at_own_desk("intercept") as desk:
            return _checked(request, desk, given, id, problem.faults)
    except OutOfDate as problem:
        with caller.at_own_desk("intercept") as desk:
            now = str(service.mine(desk, id).thing.version)
            desk.note("see", object=id)
            return _page(request, desk, {**given, "version": now}, id, status=problem.status)
    return RedirectResponse(f"/payments/requests/{kept}{'' if is_new else '?merged=yes'}", status_code=303)


def _prefilled(desk: Desk, given: Given) -> tuple[dict[str, str], Given]:
    """(the fields with what the bank's message says where they were empty, where it says something else than
    what was typed, which stays). Raises Faulty."""
    try:
        read = importing.prefill(given.get("message", ""), desk.now)
    except Faulty as problem:
        faults = tuple(
            replace(f, where="message", do=BY_HAND if f.do == MEND else f.do) for f in problem.faults
        )
        raise Faulty(faults=faults) from None
    said = form_reading.given_of(read.form)
    now, differs = form_filling.filled(given, said)
    if "rail" in differs:
        differs["rail"] = words.label(RAILS, differs["rail"])
    told = [text for text in (given.get("summary", "").strip(), read.form.summary) if text]
    return now | {"summary": "\n\n".join(dict.fromkeys(told)), "message": ""}, differs


def _lifted(given: Given, said: str) -> dict[str, str]:
    place, _, rest = said.partition(":")
    kind, _, number = rest.partition(":")
    if place not in LIFTED_TO or not number:
        return dict(given)
    return form_reading.lifted(given, place, kind, number)


def _page(
    request: Request,
    desk: Desk,
    given: Given,
    id: str = "",
    checked: Checked | None = None,
    faults: Sequence[Fault] = (),
    status: int = 0,
    differs: Given = NONE,
) -> Response:
    """The form with what was typed, each fault at its field, and what the check says."""
    known = directory(desk)
    mine = known[desk.asker.bureau]
    shown = dict.fromkeys((*form_reading.FIELDS, "version", "message"), "") | dict(given)
    others = {b.zone for b in known.values()}
    return render(
        request,
        "payments/new.html",
        status_code=status or (422 if faults else 200),
        id=id,
        stale=status == OutOfDate.status,
        given=shown,
        faults=faults,
        differs=differs,
        missing=_faults(checked.missing if checked else ()),
        checked=checked,
        numbers=form_reading.numbers_in(shown["summary"], shown),
        zones=form_reading.zones(mine.zone, others, desk.now),
        zone=mine.zone,
        chains=[(name, name) for name in CHAINS],
        tokens=sorted({token for chain in CHAINS.values() for token in chain.tokens}),
        bureaus=sorted((c, f"{c} {b.label}") for c, b in by_code(desk).items() if b.number != mine.number),
        between=form_reading.BETWEEN,
        rails=RAILS,
        labels=labels,
        **_says(desk, checked),
    )


def _says(desk: Desk, checked: Checked | None) -> dict[str, Any]:
    """What the check says in words: how old the payment is, and whom to call before it is sent."""
    if checked is None:
        return {"hours": None, "to": "", "contacts": []}
    known = by_code(desk)
    to = known[checked.receiver].label if checked.receiver in known else ""
    return {"hours": checked.hours, "to": to, "contacts": [known[c] for c in checked.contacts if c in known]}


def _faults(found: Sequence[Any]) -> list[Fault]:
    return [Fault(f.where, f.what, f.do) for f in found]
