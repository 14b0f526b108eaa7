"""Biometrics over HTTP: search and enrol, by pictures and records of templates in JSON."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from entente.rooms.biometrics import enrolling, examining_api, reading, service, shown, transactions_api
from entente.rooms.biometrics import model as m
from entente.rooms.biometrics.samples import Read
from entente.rooms.records import Strict
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/api/v1/biometrics", tags=["biometrics"])
Id = Annotated[str, Path(max_length=64)]
Number = Annotated[int, Path(ge=0, le=m.MOST_SAMPLES)]


class Which(Strict):
    """Which sets."""

    which: Literal["all", "mine"] = "all"
    sort: Literal["", "person", "mark"] = ""
    after: str = Field(default="", max_length=64, description="The last one of the page before")
    limit: int = Field(default=shown.PAGE, ge=1, le=200)


class Solved(Strict):
    solved: bool = True


@router.post("/search")
def search(caller: AtDoor, form: m.SearchForm) -> m.Answer:
    """Search by fingers, marks or a face. Nothing that is searched is kept. Needs a police purpose."""
    return searched(caller, form)[0]


def searched(caller: Caller, form: m.SearchForm) -> tuple[m.Answer, Sequence[Read]]:
    """The answer, and the samples that were read for it: in memory for whoever asked, and nowhere else.

    Read before anybody sits down, looked up beside the writer, noted in its turn; on the time grid.
    """
    with caller.on_grid():
        with caller.at_desk("search") as desk:
            service.must_have_purpose(desk)
            desk.note("see", what="biometrics", outcome="begun")
        samples = reading.read(form.files)
        with caller.at_desk("search") as desk:
            looked = service.look(desk, samples, form.against)
            desk.note("see", what="biometrics", samples=len(samples))
        with caller.at_desk("search", writing=True) as desk:
            looked = service.again(desk, looked)
            kept = service.kept(desk, samples, form, looked)
            return service.answer(desk, kept, samples, looked), samples


@router.post("/sets", status_code=201)
def enrol(caller: AtDoor, form: m.Enrolment) -> m.Set:
    """Enrol a person's set or a mark of your bureau."""
    with caller.at_own_desk("contribute") as desk:
        desk.note("see", what="biometrics")
    id = enrolling.enrol(caller, form, reading.read(form.files, mark=form.sort == "mark"))
    with caller.at_own_desk("see") as desk:
        desk.note("see", object=id)
        return shown.whole(desk, enrolling.look(desk, id))


@router.get("/sets")
def sets(caller: AtDoor, asked: Annotated[Which, Query()]) -> list[m.Brief]:
    """Sets that you may see, newest change first. Needs a purpose."""
    with caller.at_desk("see") as desk:
        rows = shown.listed(desk, asked.which, asked.sort, asked.after, asked.limit)
        desk.note("see", what="biometrics", sets=[thing.id for thing in rows])
        return shown.briefs(desk, rows)


@router.get("/sets/{id}")
def one(caller: AtDoor, id: Id) -> m.Set:
    """One set: its samples with their minutiae and quality."""
    with caller.at_desk("see") as desk:
        thing = enrolling.look(desk, id)
        desk.note("see", object=id)
        return shown.whole(desk, thing)


@router.put("/sets/{id}")
def rehandle(caller: AtDoor, id: Id, form: m.Rehandling) -> m.Set:
    """Say anew who may see a set of your bureau, whose it is, what it is called."""
    with caller.at_own_desk("correct", writing=True) as desk:
        return shown.whole(desk, enrolling.rehandle(desk, id, form))


@router.post("/sets/{id}/solved")
def solve(caller: AtDoor, id: Id, form: Solved) -> m.Set:
    """Take a mark of your bureau out of the unsolved ones, or put it back."""
    with caller.at_own_desk("correct", writing=True) as desk:
        return shown.whole(desk, enrolling.solve(desk, id, form.solved))


@router.delete("/sets/{id}", status_code=204)
def withdraw(caller: AtDoor, id: Id) -> Response:
    """Take a set of your bureau back."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        enrolling.withdraw(desk, id)
    return Response(status_code=204)


@router.get("/sets/{id}/samples/{number}", responses={200: {"content": {"image/*": {}}}})
def picture(caller: AtDoor, id: Id, number: Number) -> Response:
    """The picture of one sample, where one is kept."""
    with caller.at_desk("see") as desk:
        return pictured(enrolling.picture(desk, id, number))


def pictured(data: bytes) -> Response:
    """A kept picture as an answer that no cache keeps."""
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return Response(data, media_type=kind, headers={"Cache-Control": "no-store"})


router.include_router(examining_api.router)
router.include_router(transactions_api.router)
