"""Asking for an offline pack on a form, and sending it."""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import IO

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from entente.core.problems import Fault, Faulty
from entente.rooms.papers import packs, packs_writing
from entente.web.callers import AtPage, Caller, at_page
from entente.web.forms import validated
from entente.web.pages import render

router = APIRouter()
MOST = SimpleNamespace(versions=packs.MOST_VERSIONS, days=packs.MOST_DAYS)
_PIECE = 1 << 16


@router.get("/papers/pack")
def pack_form(request: Request, caller: AtPage) -> Response:
    """The form of a pack."""
    with caller.at_own_desk("export") as desk:
        desk.note("see", what="documents")
    return _form(request, {"countries": "", "days": str(packs.USUAL_DAYS)})


@router.post("/papers/pack")
async def pack(request: Request) -> Response:
    """Read the form, then make the pack in a thread."""
    return await run_in_threadpool(_packed, request, await at_page(request), await request.form())


def _packed(request: Request, caller: Caller, form: FormData) -> Response:
    given = {name: str(form.get(name, "")).strip() for name in ("countries", "days")}
    try:
        named = given["countries"].upper().replace(",", " ").split()
        return sent(caller, validated(packs.PackForm, countries=named, days=given["days"]))
    except Faulty as problem:
        return _form(request, given, problem.faults)


def sent(caller: Caller, form: packs.PackForm) -> Response:
    """The pack as a file. Raises Faulty, NotAllowed.

    What goes into it is decided and journaled first; it is written when nobody sits at the desk any more.
    """
    with caller.at_own_desk("export") as desk:
        composed = packs.composed(desk, form)
    file = packs_writing.written(caller.house, composed)
    size = file.seek(0, 2)
    file.seek(0)
    name = f"entente-papers-{composed.bureau}-{composed.made:%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size)}
    return StreamingResponse(_pieces(file), media_type="application/zip", headers=headers)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


def _form(request: Request, given: dict[str, str], faults: Sequence[Fault] = ()) -> Response:
    return render(
        request,
        "papers/pack.html",
        status_code=422 if faults else 200,
        given=given,
        faults=faults,
        most=MOST,
    )
