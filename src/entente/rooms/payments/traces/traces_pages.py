"""Pages of tracing: files of transfers, which payments were stolen, and where the money went."""

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from entente.core.access import ROLES_FOR, Level
from entente.core.problems import Absent, Fault, Faulty, TooLarge
from entente.desk import is_id
from entente.match.money.chains import CHAINS
from entente.rooms.payments.calling import called, unknown
from entente.rooms.payments.traces import traces_form, traces_shown, traces_words, tracing, transfers
from entente.rooms.payments.traces import traces_model as m
from entente.rooms.payments.traces import transfers_model as t
from entente.rooms.payments.traces.traces_api import at_own, packed
from entente.web import words
from entente.web.callers import AtPage, Caller
from entente.web.forms import validated
from entente.web.language import N_, _
from entente.web.pages import render

router = APIRouter()
ROWS = 50
"""Rows of a table on a page; the pack and the API have them all."""
COLUMNS: Mapping[str, str] = {
    "source": N_("From account"),
    "target": N_("To account"),
    "account": N_("Own account"),
    "counterparty": N_("Other account"),
    "date": N_("Date"),
    "amount": N_("Amount"),
    "debit": N_("Out"),
    "credit": N_("In"),
    "direction": N_("Debit or credit"),
    "currency": N_("Currency"),
    "reference": N_("Reference"),
}
FIELDS = (*traces_form.SENT, "keep_good", *(f"column-{name}" for name in COLUMNS))


# --- files of transfers --------------------------------------------------------------------------


@router.get("/payments/transfers")
def files(request: Request, caller: AtPage, after: str = "") -> Response:
    """Files of transfers, and the form that loads one."""
    return _files(request, caller, {}, after=after)


@router.post("/payments/transfers")
async def load(request: Request, caller: AtPage) -> Response:
    """Load a file; what is wrong with it is told row by row."""
    await run_in_threadpool(caller.must_be_known)
    async with request.form(max_files=1, max_fields=40) as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
        data, name = await _sent(form)
    return await run_in_threadpool(_loaded, request, caller, data, name, given)


async def _sent(form: FormData) -> tuple[bytes, str]:
    chosen = form.get("file")
    if isinstance(chosen, UploadFile) and chosen.filename:
        return await chosen.read(transfers.MOST_BYTES + 1), chosen.filename[:200]
    return b"", ""


def _loaded(request: Request, caller: Caller, data: bytes, name: str, given: Mapping[str, str]) -> Response:
    try:
        sent = traces_form.sent_of(given, name)
        if not data:
            raise Faulty(faults=(Fault("file", N_("No file was sent"), N_("Choose a file.")),))
        kept = transfers.load(at_own(caller), data, sent)
    except TooLarge as problem:
        fault = Fault("file", problem.detail, problem.do)
        return _files(request, caller, given, (fault,), problem.status)
    except Faulty as problem:
        return _files(request, caller, given, problem.faults, problem.status)
    return RedirectResponse(f"/payments/transfers/{kept.id}", status_code=303)


def _files(
    request: Request,
    caller: Caller,
    given: Mapping[str, str],
    faults: Sequence[Fault] = (),
    status: int = 200,
    after: str = "",
) -> Response:
    with caller.at_own_desk("trace") as desk:
        found = transfers.listed(desk, after)
        levels = _levels(desk.asker.clearance)
    return render(
        request,
        "payments/transfers.html",
        status_code=status,
        files=found.transfers,
        first="/payments/transfers" if after else "",
        older=f"/payments/transfers?after={found.after}" if found.after else "",
        given={name: given.get(name, "") for name in FIELDS},
        formats=words.choices(traces_words.FORMATS),
        chains=[(name, name) for name in sorted(CHAINS)],
        columns=words.choices(COLUMNS),
        levels=levels,
        faults=faults,
        rows=[f for f in faults if f.where.startswith("line ")],
        places={"file": ("f-file", _("File"))},
    )


def _levels(clearance: Level) -> list[tuple[str, str]]:
    return words.choices(words.LEVELS, [level.name.lower() for level in Level if level <= clearance])


@router.get("/payments/transfers/{id}")
def file(
    request: Request, caller: AtPage, id: str, account: str = "", text: str = "", intercept: str = ""
) -> Response:
    """A file: how it was read, its payments, and the form that follows money through it."""
    given = {"account": account[:140], "text": text[:140], "intercept": intercept[:64]}
    return _file(request, caller, id, FormData(list(given.items())))


@router.post("/payments/transfers/{id}")
async def use(request: Request, caller: AtPage, id: str) -> Response:
    """Search its payments, choose those that were stolen, follow them."""
    await run_in_threadpool(caller.must_be_known)
    async with request.form(max_files=0, max_fields=1_000) as form:
        return await run_in_threadpool(_used, request, caller, id, form)


def _used(request: Request, caller: Caller, id: str, form: FormData) -> Response:
    if form.get("do") == "follow":
        try:
            asked = traces_form.trace_of(id, form)
            asked = asked.model_copy(update={"intercept": _called(caller, asked.intercept)})
            kept = tracing.trace(at_own(caller), asked)
        except Faulty as problem:
            return _file(request, caller, id, form, problem.faults)
        return RedirectResponse(f"/payments/traces/{kept.id}", status_code=303)
    return _file(request, caller, id, form)


def _called(caller: Caller, said: str) -> str:
    if not said or is_id(said):
        return said
    with caller.at_own_desk("trace") as desk:
        desk.note("see", what="a form")
        return called(desk, said)


def _file(
    request: Request, caller: Caller, id: str, form: FormData, faults: Sequence[Fault] = ()
) -> Response:
    given = traces_form.given_of(form)
    with caller.at_own_desk("trace") as desk:
        told = transfers.whole(desk, id)
        try:
            wanted = validated(t.Wanted, **traces_form.wanted_of(form), limit=ROWS)
            about = {"intercept": called(desk, wanted.intercept)}
            found = transfers.wanted(desk, id, wanted.model_copy(update=about))
        except Faulty as problem:
            faults, found = (*faults, *problem.faults), t.Payments(payments=[], after=0)
        except Absent:  # the request: the file was opened
            faults, found = (*faults, unknown("intercept")), t.Payments(payments=[], after=0)
            desk.note("see", object=id, what="payments", outcome="faulty")
        levels = _levels(desk.asker.clearance)
        shown = traces_shown.rows(desk, list(desk.look_all(told.traces).values()))
    return render(
        request,
        "payments/transfers_file.html",
        status_code=422 if faults else 200,
        file=told,
        steps="T" not in told.since,
        payments=found,
        given=given,
        traces=shown,
        levels=levels,
        labels=traces_words,
        faults=faults,
        places=traces_form.places(),
    )


@router.post("/payments/transfers/{id}/discard")
def discard_file(caller: AtPage, id: str) -> Response:
    """Throw it away."""
    with caller.at_own_desk("trace", writing=True) as desk:
        transfers.discard(desk, id)
    return RedirectResponse("/payments/transfers", status_code=303)


# --- traces --------------------------------------------------------------------------------------


@router.get("/payments/traces")
def traces(request: Request, caller: AtPage, after: str = "", intercept: str = "") -> Response:
    """Traces that one may see."""
    with caller.at_own_desk("trace") as desk:
        found = tracing.listed(desk, after[:64], called(desk, intercept[:64]))
        rows = traces_shown.rows(desk, found)
    more = (
        f"/payments/traces?intercept={intercept}&after={rows[-1].id}" if len(rows) == tracing.A_PAGE else ""
    )
    return render(
        request,
        "payments/trace_list.html",
        traces=rows,
        labels=traces_words,
        first="/payments/traces" if after else "",
        older=more,
    )


@router.get("/payments/traces/{id}")
def trace(
    request: Request,
    caller: AtPage,
    id: str,
    rule: str = "",
    asset: str = "",
    accounts: int = 0,
    payments: int = 0,
) -> Response:
    """A trace: pictures and tables of one rule, the figures of all."""
    return _trace(request, caller, id, rule, asset, _place(accounts), _place(payments))


def _place(said: int) -> int:
    return max(0, min(said, 1_000_000))


def _trace(
    request: Request,
    caller: Caller,
    id: str,
    rule: str = "",
    asset: str = "",
    accounts: int = 0,
    payments: int = 0,
    faults: Sequence[Fault] = (),
) -> Response:
    with caller.at_own_desk("trace") as desk:
        kept = tracing.opened(desk, id)
        desk.note("see", object=id, what="trace")
        told = traces_shown.whole(desk, kept)
        mine = kept.thing.handling.owner == desk.asker.bureau
    found = kept.found
    rule = found.rule(rule)
    chosen = found.asset(rule, asset)
    name = found.payments.assets[chosen]
    which = {"rule": rule, "asset": name, "limit": ROWS}
    return render(
        request,
        "payments/trace.html",
        status_code=422 if faults else 200,
        trace=told,
        rule=rule,
        unit=name,
        assets=[a for a in found.payments.assets if a],
        flow=Markup(traces_shown.flow_svg(kept, rule, name, inside=True)),  # noqa: S704 - drawn here, escaped
        timeline=Markup(traces_shown.timeline_svg(kept, rule, inside=True)),  # noqa: S704
        accounts=traces_shown.accounts(found, m.Which.model_validate({**which, "after": accounts})),
        payments=traces_shown.flows(found, m.Which.model_validate({**which, "after": payments})),
        rows=ROWS,
        labels=traces_words,
        may_export=_may(caller, "export"),
        mine=mine,
        faults=faults,
        places={"trace": ("", _("Trace"))},
    )


def _may(caller: Caller, act: str) -> bool:
    return bool(caller.officer.roles & ROLES_FOR[act])


@router.get("/payments/traces/{id}/pack.zip")
def pack(caller: AtPage, id: str, rule: str = "") -> Response:
    """The evidence pack of one rule."""
    return packed(caller, id, rule)


@router.post("/payments/traces/{id}/discard")
def discard(request: Request, caller: AtPage, id: str) -> Response:
    """Throw it away."""
    try:
        with caller.at_own_desk("trace", writing=True) as desk:
            tracing.discard(desk, id)
    except Faulty as problem:
        return _trace(request, caller, id, faults=problem.faults)
    return RedirectResponse("/payments/traces", status_code=303)
