"""Transactions of fingerprint systems over HTTP: INT-I version 6 and ANSI/NIST-ITL, and sets as such files.

Statistics of the room stand here too.
"""

from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from entente.rooms.biometrics import exporting, service, statistics, transactions
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.filing import may
from entente.rooms.records import Strict
from entente.web.callers import AtDoor, Caller

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]
_FILE = {"schema": {"type": "string", "format": "binary"}}
_TAKEN: dict[int | str, dict[str, Any]] = {200: {"content": {transactions.NIST: _FILE}}}
_KINDS = {transactions.XML: _FILE, transactions.NIST: _FILE}
BODY: dict[str, Any] = {
    "requestBody": {
        "description": "An INT-I version 6 transaction in XML, or an ANSI/NIST-ITL file, at most 12 MiB.",
        "content": _KINDS,
        "required": True,
    }
}
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "SRE in the encoding asked in: one transaction, or multipart/mixed of one a candidate",
        "content": {**_KINDS, "multipart/mixed": _FILE},
    },
    201: {"description": "An ATP was added: SRE, and the set's address in Location", "content": _KINDS},
}


class Period(Strict):
    """The last 30 days where no day is named; both days are in."""

    since: date | None = None
    until: date | None = None


@router.post("/transactions", response_class=Response, openapi_extra=BODY, responses=ANSWERS)
async def take(caller: AtDoor, said: Annotated[transactions.Said, Query()], request: Request) -> Response:
    """Answer a transaction: CPS, NPS, MPS search, ATP enrols. A problem comes as an ERR, with its status.

    Nothing that is searched is kept. Needs a police purpose.
    """
    await run_in_threadpool(caller.must_be_known)
    return await run_in_threadpool(_answered, caller, await request.body(), said)


def _answered(caller: Caller, data: bytes, said: transactions.Said) -> Response:
    from entente.rooms.biometrics import api  # noqa: PLC0415  # which includes this router

    def search(form: m.SearchForm) -> m.Answer:
        return api.searched(caller, form)[0]

    door = search, partial(api.enrol, caller), partial(_begun, caller)
    told = transactions.answered(caller, data, said, *door)
    headers = {"Location": f"/api/v1/biometrics/sets/{told.added}"} if told.added else {}
    if len(told.parts) == 1:
        return Response(told.parts[0], told.status, headers, told.kind)
    body, kind = mixed(told, caller.house.ids.fresh())
    return Response(body, told.status, headers, kind)


def _begun(caller: Caller) -> None:
    """Note that a transaction came, before it is read. Raises NotAllowed, NoPurpose for whoever may neither
    search now nor add."""
    if may(caller, "contribute"):  # an addition is the bureau's own business, and needs no purpose
        with caller.at_own_desk("contribute") as desk:
            desk.note("see", what="biometric transaction", outcome="begun")
        return
    with caller.at_desk("search") as desk:
        service.must_have_purpose(desk)
        desk.note("see", what="biometric transaction", outcome="begun")


def mixed(told: transactions.Answered, boundary: str) -> tuple[bytes, str]:
    """Several files as one body (multipart/mixed, RFC 2046), and its media type."""
    ending = "xml" if told.kind == transactions.XML else "nist"
    body = b"".join(
        b'--%b\r\nContent-Type: %b\r\nContent-Disposition: attachment; filename="sre-%d.%b"\r\n\r\n%b\r\n'
        % (boundary.encode(), told.kind.encode(), n, ending.encode(), part)
        for n, part in enumerate(told.parts, start=1)
    )
    return body + b"--%b--\r\n" % boundary.encode(), f'multipart/mixed; boundary="{boundary}"'


@router.get("/sets/{id}/nist", response_class=Response, responses=_TAKEN)
def as_nist(caller: AtDoor, id: Id) -> Response:
    """A set as an ANSI/NIST-ITL file: pictures and minutiae."""
    with caller.at_desk("export") as desk:
        return as_file(exporting.nist(desk, id), "set.nist")


@router.get("/sets/{id}/iso", response_class=Response, responses=_TAKEN)
def as_iso(caller: AtDoor, id: Id) -> Response:
    """All fingers of a set as an ISO/IEC 19794-2 record: minutiae alone."""
    with caller.at_desk("export") as desk:
        return as_file(exporting.iso(desk, id), "set.fmr")


def as_file(data: bytes, name: str) -> Response:
    """A set as a file to be saved: no cache keeps it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, headers=headers, media_type=transactions.NIST)


@router.get("/statistics")
def count(caller: AtDoor, period: Annotated[Period, Query()]) -> statistics.Statistics:
    """What your bureau searched, enrolled and examined in a period, and how long that took."""
    with caller.at_own_desk("see") as desk:
        return statistics.statistics(desk, period.since, period.until)
