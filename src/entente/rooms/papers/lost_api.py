"""Lost and stolen documents over HTTP: looked up by anybody with a purpose, said by the issuer's bureau."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from entente.core.problems import TooLarge
from entente.desk.work import settle
from entente.rooms.papers.lost import blanks, checking, lists, model, reporting, shown
from entente.rooms.records import Strict
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/lost")
Id = Annotated[str, Path(max_length=64)]
LIST: dict[str, Any] = {
    "requestBody": {
        "description": "Numbers, one a line, or CSV with a header (number, issuer, type, name, birth); "
        "at most a thousand rows.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
        "required": True,
    }
}


class Which(Strict):
    """Which of them."""

    after: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=200)


# --- looked up -----------------------------------------------------------------------------------

FEW = 50
"""Rows of a list of which numbers that print alike are told too."""


@router.post("/check", response_model=model.Answers)
def check(caller: AtDoor, asked: model.Check) -> Response:
    """Look up a number, or up to a thousand: is the document lost, stolen, revoked or invalid?"""
    with caller.on_grid():
        found = looked_up(caller, asked)
    # Written here, because FastAPI would validate our own answer once more.
    return Response(found.model_dump_json(), media_type="application/json")


@router.post("/check/list", openapi_extra=LIST)
async def check_list(caller: AtDoor, request: Request) -> model.ListAnswer:
    """Look up a list, row by row; a faulty row is told and the others are asked."""
    await run_in_threadpool(caller.must_be_known)
    written = b""
    async for piece in request.stream():
        written += piece
        if len(written) > lists.MOST_BYTES:
            raise TooLarge(f"A list has at most {lists.MOST_BYTES:,} bytes.")
    return await run_in_threadpool(_list_on_grid, caller, written)


def _list_on_grid(caller: Caller, written: bytes) -> model.ListAnswer:
    with caller.on_grid():
        return list_looked_up(caller, written)


def looked_up(caller: Caller, asked: model.Check) -> model.Answers:
    """A look-up of one number reads and notes in one sitting. Of several, their searches are noted together
    behind the reading, because each would wait for the disk by itself."""
    several = len(asked.documents) > 1
    alike = asked.alike if asked.alike is not None else not several
    with caller.at_desk("search") as desk:
        looked = checking.look(desk, checking.understood(asked.documents), alike)
        if not several:
            checking.noted(desk, looked)
            return shown.answers(desk, looked)
        desk.note("see", what="lost documents", rows=len(looked))
    with caller.at_desk("search", writing=True) as desk:
        checking.noted(desk, looked)
        return shown.answers(desk, looked)


def list_looked_up(caller: Caller, written: bytes) -> model.ListAnswer:
    """A list read, its good rows asked, and the answer of each at its row. Raises Faulty, Unreadable."""
    listed = lists.read(written)
    good = [row for row in listed.rows if row.asked]
    with caller.at_desk("search") as desk:
        alike = len(good) <= FEW
        looked = checking.look(desk, [row.asked for row in good if row.asked], alike)
        desk.note("see", what="lost documents", rows=len(listed.rows))
    with caller.at_desk("search", writing=True) as desk:
        checking.noted(desk, looked)
        desk.note("see", what="lost documents", rows=len(looked))
        told = {row.row: shown.answer(desk, one) for row, one in zip(good, looked, strict=True)}
    return lists.answered(listed, told)


# --- said ----------------------------------------------------------------------------------------


@router.get("")
def mine(caller: AtDoor, asked: Annotated[Which, Query()]) -> list[model.Lost]:
    """What your bureau says to be lost or stolen, newest change first."""
    with caller.at_own_desk("see") as desk:
        return [shown.lost(desk, t) for t in reporting.listed(desk, asked.after, asked.limit)]


@router.post("", status_code=201)
def report(caller: AtDoor, form: model.Report) -> model.Lost:
    """Say that a document of your own country is lost, stolen, revoked or invalid."""
    with caller.at_desk("contribute", writing=True) as desk:
        answer = shown.lost(desk, reporting.report(desk, form))
    settle(caller.house)
    return answer


@router.get("/ranges")
def ranges(caller: AtDoor, asked: Annotated[Which, Query()]) -> list[model.BlankRange]:
    """Your bureau's ranges of stolen blanks, newest change first."""
    with caller.at_own_desk("see") as desk:
        return [shown.blank_range(desk, t) for t in blanks.listed(desk, asked.after, asked.limit)]


@router.post("/ranges", status_code=201)
def report_range(caller: AtDoor, form: model.RangeForm) -> model.BlankRange:
    """Say that a range of your own country's blanks is stolen."""
    with caller.at_desk("contribute", writing=True) as desk:
        return shown.blank_range(desk, blanks.report(desk, form))


@router.get("/ranges/{id}")
def open_range(caller: AtDoor, id: Id) -> model.BlankRange:
    """One range of blanks."""
    with caller.at_desk("see") as desk:
        return shown.blank_range(desk, blanks.opened(desk, id))


@router.put("/ranges/{id}")
def change_range(caller: AtDoor, id: Id, form: model.Change) -> model.BlankRange:
    """Say what became of your range of blanks by now."""
    with caller.at_desk("correct", writing=True) as desk:
        return shown.blank_range(desk, blanks.change(desk, id, form))


@router.delete("/ranges/{id}", status_code=204)
def withdraw_range(caller: AtDoor, id: Id) -> Response:
    """Take your range of blanks back."""
    with caller.at_desk("withdraw", writing=True) as desk:
        blanks.withdraw(desk, id)
    return Response(status_code=204)


@router.get("/{id}")
def one(caller: AtDoor, id: Id) -> model.Lost:
    """One document that its issuer calls lost or stolen."""
    with caller.at_desk("see") as desk:
        return shown.lost(desk, reporting.one(desk, id))


@router.put("/{id}")
def change(caller: AtDoor, id: Id, form: model.Change) -> model.Lost:
    """Say what became of your document by now: recovered ends it."""
    with caller.at_desk("correct", writing=True) as desk:
        answer = shown.lost(desk, reporting.change(desk, id, form))
    settle(caller.house)
    return answer


@router.delete("/{id}", status_code=204)
def withdraw(caller: AtDoor, id: Id) -> Response:
    """Take back what your bureau said of a document."""
    with caller.at_desk("withdraw", writing=True) as desk:
        reporting.withdraw(desk, id)
    return Response(status_code=204)
