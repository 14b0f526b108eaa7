"""The screening room over HTTP."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import date
from io import BytesIO
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from entente.rooms.records import Strict
from entente.rooms.screening import csv_export, model, results, service
from entente.web.callers import AtDoor, Caller
from entente.web.forms import validated

router = APIRouter(prefix="/api/v1/screenings", tags=["screening"])
Id = Annotated[str, Path(max_length=64)]
_TEXT = {"schema": {"type": "string", "format": "binary"}}
BODY: dict[str, Any] = {
    "requestBody": {
        "description": "The list: CSV or tab-separated text with a header, of at most 256 MiB and a million "
        "rows; or a form with it as `list` and the words of the query as fields.",
        "content": {
            "text/csv": _TEXT,
            "text/tab-separated-values": _TEXT,
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"list": _TEXT["schema"]}, "required": ["list"]}
            },
        },
    }
}
Received = tuple[BinaryIO | None, str, model.Sent]
CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}


class Page(Strict):
    """Which rows. `words`: all of them stand somewhere in the row."""

    band: model.Band = ""
    words: str = Field(default="", max_length=200)
    after: int = Field(default=0, ge=0, le=1_000_000)
    limit: int = Field(default=50, ge=1, le=500)


class Until(Strict):
    watch: date | None = None


@router.get("")
def screenings(caller: AtDoor) -> list[model.Screening]:
    """Your own screenings, the newest first."""
    with caller.at_own_desk("screen") as desk:
        return service.screenings(desk)


@router.post("", status_code=201, openapi_extra=BODY)
async def send(caller: AtDoor, sent: Annotated[model.Sent, Query()], request: Request) -> model.Screening:
    """Send a list: every row is asked of all that you may see, behind the answer."""
    await run_in_threadpool(caller.must_be_known)
    async with received(request, sent) as (file, name, said):
        return await run_in_threadpool(
            service.send, lambda writing: caller.at_desk("screen", writing), file, said, name
        )


@router.get("/{id}")
def one(caller: AtDoor, id: Id) -> model.Screening:
    """One of your screenings, and how far it is."""
    with caller.at_own_desk("screen") as desk:
        return service.one(desk, id)


@router.delete("/{id}", status_code=204)
def end(caller: AtDoor, id: Id) -> Response:
    """Delete it, its list and what it found."""
    with caller.at_own_desk("screen", writing=True) as desk:
        service.end(desk, id)
    return Response(status_code=204)


@router.post("/{id}/resume")
def resume(caller: AtDoor, id: Id, columns: model.Columns | None = None) -> model.Screening:
    """Let a draft begin, its columns corrected where you name any, or let it go on where it stopped."""
    with caller.at_own_desk("screen", writing=True) as desk:
        return service.start(desk, id, columns)


@router.post("/{id}/stop")
def stop(caller: AtDoor, id: Id) -> model.Screening:
    """Stop it; what was found stays."""
    with caller.at_own_desk("screen", writing=True) as desk:
        return service.stop(desk, id)


@router.post("/{id}/again", openapi_extra={"requestBody": {**BODY["requestBody"], "required": False}})
async def again(
    caller: AtDoor, id: Id, sent: Annotated[model.Sent, Query()], request: Request
) -> model.Screening:
    """Ask only what changed: records since then and, with a new list as the body, its new rows."""
    await run_in_threadpool(caller.must_be_known)
    async with received(request, sent) as (file, _name, said):
        return await run_in_threadpool(service.again, at_own(caller), id, file, said)


@router.put("/{id}/watch")
def watch(caller: AtDoor, id: Id, until: Until) -> model.Screening:
    """Have what changes looked at by itself until a day, at most every quarter of an hour; or no more."""
    with caller.at_own_desk("screen", writing=True) as desk:
        return service.watch(desk, id, until.watch)


@router.get("/{id}/results")
def rows(caller: AtDoor, id: Id, page: Annotated[Page, Query()]) -> model.Results:
    """What it found, as you may see it now: rows with candidates first, best first."""
    with caller.at_own_desk("screen") as desk:
        return results.results(desk, id, page.band, page.words, page.after, page.limit)


@router.get("/{id}/results.csv", response_class=StreamingResponse, responses=CSV)
def as_csv(caller: AtDoor, id: Id) -> Response:
    """The whole list back, a line for each candidate."""
    return streamed(caller, id)


def streamed(caller: Caller, id: str) -> Response:
    """The results as a file that is sent while it is made."""
    lines = csv_export.exported(at_own(caller), id)
    headers = {"Content-Disposition": 'attachment; filename="results.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def at_own(caller: Caller) -> service.Sitting:
    return lambda writing: caller.at_own_desk("screen", writing)


@asynccontextmanager
async def received(request: Request, sent: model.Sent, but: Collection[str] = ()) -> AsyncIterator[Received]:
    """The list while it is used, its name, and what was said of it, in the query or in a form.

    None where no list was sent; fields named in `but` are the caller's own. Raises Faulty.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        body = BytesIO()
        async for piece in request.stream():
            body.write(piece)
        yield body if body.tell() else None, "", sent
        return
    async with request.form(max_files=1, max_fields=20) as form:
        said = {
            name: value
            for name, value in form.items()
            if isinstance(value, str) and value and name not in but
        }
        file = form.get("list")
        given = validated(model.Sent, **{**sent.model_dump(), **said})
        if isinstance(file, UploadFile) and file.filename:
            yield file.file, file.filename, given
        else:
            yield None, "", given
