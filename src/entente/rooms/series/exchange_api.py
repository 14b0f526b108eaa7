"""Files of images in and out over HTTP: VICS and ICSE's CSV."""

from contextlib import closing
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Annotated, Any, BinaryIO, cast

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from entente.core.problems import TooLarge
from entente.rooms.records import Strict
from entente.rooms.series import exchanging
from entente.rooms.series import model as m
from entente.web.callers import AtDoor, Caller

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]
IN_MEMORY = 8 << 20
A_LOOK = 64
"""Bytes that tell a picture, before any of it is kept."""
_FILE = {"schema": {"type": "string", "format": "binary"}}
BODY: dict[str, Any] = {
    "requestBody": {
        "description": "A VICS document (2.0, 1.3, 1.2) or ICSE's CSV, at most 512 MiB. Hashes alone.",
        "content": {"application/octet-stream": _FILE, "text/csv": _FILE},
        "required": True,
    }
}
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "application/json": {"schema": {"type": "object"}},
            "text/csv": {"schema": {"type": "string"}},
        }
    }
}


class As(Strict):
    """As which file. `scheme`: a VICS case of that profile (US 2.0), without it a hash set."""

    form: exchanging.Format = "vics"
    scheme: str = Field(default="", max_length=60, pattern=r"^(?:[A-Za-z]{1,20}(?: (?:2\.0|1\.3))?)?$")


@router.post("/import", openapi_extra=BODY)
async def bring_in(caller: AtDoor, said: Annotated[exchanging.Sent, Query()], request: Request) -> m.Imported:
    """Bring in a file of others: faulty rows are told, the others kept. Needs a purpose."""
    sitting = partial(caller.at_desk, "contribute")
    await run_in_threadpool(caller.must_be_known)
    await run_in_threadpool(exchanging.begun, sitting)
    start = b""
    with closing(SpooledTemporaryFile(max_size=IN_MEMORY)) as kept:
        async for piece in request.stream():
            if len(start) < A_LOOK:
                start += piece[:A_LOOK]
                exchanging.must_be_no_picture(start)
            await run_in_threadpool(kept.write, piece)
            if kept.tell() > exchanging.MOST_BYTES:
                raise TooLarge(f"A file has at most {exchanging.MOST_BYTES >> 20} MiB.")
        kept.seek(0)
        return await run_in_threadpool(exchanging.brought_in, sitting, cast(BinaryIO, kept), said)


@router.get("/export", response_class=StreamingResponse, responses=FILE)
def take_out_mine(caller: AtDoor, asked: Annotated[As, Query()]) -> Response:
    """All images of your bureau."""
    return taken_out(caller, "", asked)


@router.get("/{id}/export", response_class=StreamingResponse, responses=FILE)
def take_out(caller: AtDoor, id: Id, asked: Annotated[As, Query()]) -> Response:
    """A series, as far as you may see it. Needs a purpose."""
    return taken_out(caller, id, asked)


def taken_out(caller: Caller, id: str, asked: As) -> Response:
    """Sent while it is made."""
    sit = caller.at_desk if id else caller.at_own_desk
    pieces = exchanging.taken_out(lambda writing: sit("export", writing), id, asked.form, asked.scheme)
    name, sort = ("series.csv", "text/csv; charset=utf-8")
    if asked.form == "vics":
        name, sort = "series.vics.json", "application/json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=sort, headers=headers)
