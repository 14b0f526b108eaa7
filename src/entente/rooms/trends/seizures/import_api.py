"""Files of seizures over HTTP: a template, a check row by row, and all of them kept or none."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from entente.core.problems import TooLarge
from entente.rooms.trends.limits import MOST_BYTES
from entente.rooms.trends.seizures import import_model as i
from entente.rooms.trends.seizures import importing, templates
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/api/v1/trends/seizures")
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            media: {"schema": {"type": "string", "format": "binary"}}
            for media in ("text/csv", "application/octet-stream")
        },
    }
}


@router.get("/template.csv", response_class=Response)
def template(caller: AtDoor) -> Response:
    """An empty table with the headers that are understood, and one invented row."""
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="template of seizures")
    return templates.as_file()


@router.post("/import/check", openapi_extra=BODY)
async def check(caller: AtDoor, sent: Annotated[i.Sent, Query()], request: Request) -> i.Report:
    """Read a file (CSV, .xlsx, .ods; at most 64 MB and 20,000 rows) and tell every fault and doubt of its
    rows; nothing is kept."""
    return await run_in_threadpool(_checked, caller, await body_of(caller, request), sent)


@router.post("/import", status_code=201, openapi_extra=BODY)
async def bring(caller: AtDoor, sent: Annotated[i.Sent, Query()], request: Request) -> i.Report:
    """Keep the seizures of a file: all or none, or with `good_rows` those without faults."""
    return await run_in_threadpool(_kept, caller, await body_of(caller, request), sent)


async def body_of(caller: Caller, request: Request) -> bytes:
    """The file that is sent. Raises TooLarge as soon as it is, and what the door says of strangers."""
    await run_in_threadpool(caller.must_be_known)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise TooLarge(f"{MOST_BYTES >> 20} MB are the most; load larger files by command.")
    return bytes(body)


def _read(caller: Caller, data: bytes, sent: i.Sent) -> importing.Read:
    with caller.at_own_desk("contribute") as desk:
        return importing.read(desk, data, sent)


def _checked(caller: Caller, data: bytes, sent: i.Sent) -> i.Report:
    return importing.report(_read(caller, data, sent), sent)


def _kept(caller: Caller, data: bytes, sent: i.Sent) -> i.Report:
    file = _read(caller, data, sent)  # before the one writer's turn is taken: it is not short
    with caller.at_own_desk("contribute", writing=True) as desk:
        return importing.kept(desk, file, sent)
