"""Transfers and traces over HTTP. The room's router takes these in under /api/v1/payments."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from entente.core.problems import TooLarge
from entente.desk import Desk
from entente.rooms.payments.traces import evidence_packs, traces_shown, tracing, transfers, transfers_reach
from entente.rooms.payments.traces import traces_model as m
from entente.rooms.payments.traces import transfers_model as t
from entente.web.callers import AtDoor, Caller

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A table of payments (CSV), camt.053, an AMLSim sample, or transactions of a chain; "
        "at most 32 MiB and 250,000 payments.",
        "content": {"application/octet-stream": _FILE},
    }
}
SVG: dict[int | str, dict[str, Any]] = {200: {"content": {"image/svg+xml": {"schema": {"type": "string"}}}}}
ZIP: dict[int | str, dict[str, Any]] = {200: {"content": {"application/zip": _FILE}}}


def at_own(caller: Caller) -> Callable[[bool], AbstractContextManager[Desk]]:
    return lambda writing: caller.at_own_desk("trace", writing)


# --- transfers -----------------------------------------------------------------------------------


@router.get("/transfers")
def files(caller: AtDoor, said: Annotated[t.Listing, Query()]) -> t.TransferFiles:
    """Files of transfers of your bureau, newest first."""
    with caller.at_own_desk("trace") as desk:
        return transfers.listed(desk, said.after)


@router.post("/transfers", status_code=201, openapi_extra=BODY)
async def load(caller: AtDoor, sent: Annotated[t.Sent, Query()], request: Request) -> t.TransferFile:
    """Load payments of accounts. Every wrong row is told; nothing is kept unless you keep the good ones."""
    await run_in_threadpool(caller.must_be_known)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > transfers.MOST_BYTES:
            raise TooLarge(f"{transfers.MOST_BYTES} bytes are the most.")
    return await run_in_threadpool(_loaded, caller, bytes(body), sent)


def _loaded(caller: Caller, data: bytes, sent: t.Sent) -> t.TransferFile:
    kept = transfers.load(at_own(caller), data, sent)
    with caller.at_own_desk("trace") as desk:
        return transfers.whole(desk, kept.id)


@router.get("/transfers/{id}")
def file(caller: AtDoor, id: Id) -> t.TransferFile:
    """A file of transfers: how it was read, what was left out, who pays most often."""
    with caller.at_own_desk("trace") as desk:
        return transfers.whole(desk, id)


@router.delete("/transfers/{id}", status_code=204)
def discard_file(caller: AtDoor, id: Id) -> Response:
    """Throw it away for good. Traces made of it stay: they keep the payments that they touched."""
    with caller.at_own_desk("trace", writing=True) as desk:
        transfers.discard(desk, id)
    return Response(status_code=204)


@router.get("/transfers/{id}/payments")
def payments(caller: AtDoor, id: Id, said: Annotated[t.Wanted, Query()]) -> t.Payments:
    """Its payments in order of time: by account, reference, amount, or like that of an intercept."""
    with caller.at_own_desk("trace") as desk:
        return transfers.wanted(desk, id, said)


@router.get("/transfers/{id}/reach")
def reach(caller: AtDoor, id: Id, said: Annotated[t.Reaching, Query()]) -> t.Reached:
    """Where money of an account could have gone in time, or could have come from. Amounts play no part."""
    with caller.at_own_desk("trace") as desk:
        return transfers_reach.reached(desk, id, said)


# --- traces --------------------------------------------------------------------------------------


@router.get("/traces")
def traces(caller: AtDoor, said: Annotated[m.TraceListing, Query()]) -> m.Traces:
    """Traces that you may see, newest first; or those of one request to stop a payment."""
    with caller.at_own_desk("trace") as desk:
        found = tracing.listed(desk, said.after, said.intercept)
        after = found[-1].id if len(found) == tracing.A_PAGE else ""
        return m.Traces(traces=traces_shown.rows(desk, found), after=after)


@router.post("/traces", status_code=201)
def follow(caller: AtDoor, form: m.TraceForm) -> m.Trace:
    """Follow victims' money by the rules, side by side. Which of them is right is a question of law."""
    kept = tracing.trace(at_own(caller), form)
    return _opened(caller, kept.id)


@router.get("/traces/{id}")
def one(caller: AtDoor, id: Id) -> m.Trace:
    """A trace: what was asked, and what each rule answers."""
    return _opened(caller, id)


def _opened(caller: Caller, id: str) -> m.Trace:
    with caller.at_own_desk("trace") as desk:
        kept = tracing.opened(desk, id)
        desk.note("see", object=id, what="trace")
        return traces_shown.whole(desk, kept)


@router.delete("/traces/{id}", status_code=204)
def discard(caller: AtDoor, id: Id) -> Response:
    """Throw it away for good, unless money is held on its word."""
    with caller.at_own_desk("trace", writing=True) as desk:
        tracing.discard(desk, id)
    return Response(status_code=204)


@router.get("/traces/{id}/accounts")
def accounts(caller: AtDoor, id: Id, which: Annotated[m.Which, Query()]) -> m.Accounts:
    """Accounts that the money left or reached by one rule, nearest to the victims first."""
    with caller.at_own_desk("trace") as desk:
        kept = tracing.opened(desk, id)
        desk.note("see", object=id, what="trace accounts")
    return traces_shown.accounts(kept.found, which)


@router.get("/traces/{id}/payments")
def flows(caller: AtDoor, id: Id, which: Annotated[m.Which, Query()]) -> m.Flows:
    """Payments that carried the money by one rule, in order of time, and how much of whose."""
    with caller.at_own_desk("trace") as desk:
        kept = tracing.opened(desk, id)
        desk.note("see", object=id, what="trace payments")
    return traces_shown.flows(kept.found, which)


@router.get("/traces/{id}/flow.svg", response_class=Response, responses=SVG)
def flow(caller: AtDoor, id: Id, which: Annotated[m.Pictured, Query()]) -> Response:
    """Where the money went, as a flow."""
    with caller.at_own_desk("trace") as desk:
        kept = tracing.opened(desk, id)
        desk.note("see", object=id, what="trace flow")
    return _svg(traces_shown.flow_svg(kept, which.rule, which.asset))


@router.get("/traces/{id}/timeline.svg", response_class=Response, responses=SVG)
def timeline(caller: AtDoor, id: Id, which: Annotated[m.Pictured, Query()]) -> Response:
    """Who paid whom, when."""
    with caller.at_own_desk("trace") as desk:
        kept = tracing.opened(desk, id)
        desk.note("see", object=id, what="trace timeline")
    return _svg(traces_shown.timeline_svg(kept, which.rule))


def _svg(made: str) -> Response:
    return Response(made, media_type="image/svg+xml")


@router.get("/traces/{id}/pack.zip", response_class=Response, responses=ZIP)
def pack(caller: AtDoor, id: Id, which: Annotated[m.Pictured, Query()]) -> Response:
    """The evidence pack of one rule: question, payments, accounts, shares, pictures, and a hash of each."""
    return packed(caller, id, which.rule)


def packed(caller: Caller, id: str, rule: str) -> Response:
    """The pack as a file to keep."""
    with caller.at_own_desk("export") as desk:
        kept = tracing.opened(desk, id)
        rule = kept.found.rule(rule)
        about = evidence_packs.about(desk, kept)
        desk.note("export", object=id, what="trace", rule=rule)
    headers = {"Content-Disposition": f'attachment; filename="trace-{id[:8]}-{rule}.zip"'}
    return Response(evidence_packs.packed(kept, rule, about), media_type="application/zip", headers=headers)
