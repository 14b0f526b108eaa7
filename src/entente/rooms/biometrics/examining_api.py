"""Examiners over HTTP: what waits, the first verdict, the picture given again, the second verdict."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from entente.rooms.biometrics import comparisons, examining, examining_shown, reading
from entente.rooms.biometrics import examining_model as e
from entente.rooms.biometrics import model as m
from entente.rooms.records import Strict
from entente.web.callers import AtDoor

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]


class Which(Strict):
    """Which comparisons of your bureau."""

    which: e.Which = "new"


@router.get("/comparisons")
def listed(caller: AtDoor, asked: Annotated[Which, Query()]) -> list[e.Comparison]:
    """What an enrolment met (`new`), what waits for a second examiner, what you have judged, all."""
    with caller.at_own_desk("see") as desk:
        return examining_shown.many(desk, comparisons.listed(desk, asked.which))


@router.get("/comparisons/{id}")
def one(caller: AtDoor, id: Id) -> e.Opened:
    """One comparison and its two sides; while it waits for the second examiner, without score and verdict."""
    with caller.at_own_desk("see") as desk:
        return examining_shown.one(desk, comparisons.look(desk, id))


@router.get("/searches/{search}/verdicts")
def judged(caller: AtDoor, search: Id) -> list[e.Judged]:
    """What is said of the candidates of a search of your bureau."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", object=search, what="verdicts")
        return examining_shown.judged(desk, search)


@router.post("/searches/{search}/candidates/{set}/verdict", status_code=201)
def judge(caller: AtDoor, search: Id, set: Id, said: m.Judgement) -> e.Comparison:
    """The first examiner's verdict, on a candidate of his own search; unless it is no hit, a second looks."""
    with caller.at_own_desk("verdict", writing=True) as desk:
        return examining_shown.many(desk, [examining.judge(desk, search, set, said)])[0]


@router.post("/comparisons/{id}/pictures")
def lay(caller: AtDoor, id: Id, given: e.Pictures) -> e.Laid:
    """The second examiner gives the picture that was searched; he gets both sides and a token."""
    with caller.at_own_desk("verdict") as desk:
        examining.awaited(desk, id)
        desk.note("see", object=id, what="biometrics", outcome="begun")
    samples = reading.read(given.files)
    with caller.at_own_desk("verdict") as desk:
        return examining.laid(desk, id, samples)


@router.post("/comparisons/{id}/verdict")
def verdict(caller: AtDoor, id: Id, said: e.SecondJudgement) -> e.Comparison:
    """The first verdict on what an enrolment met, the second on any; two that differ make it disputed."""
    with caller.at_own_desk("verdict", writing=True) as desk:
        return examining_shown.many(desk, [examining.verdict(desk, id, said)])[0]


@router.post("/comparisons/{id}/note")
def take_note(caller: AtDoor, id: Id) -> e.Comparison:
    """Take note of an owner to contact."""
    with caller.at_own_desk("see", writing=True) as desk:
        return examining_shown.many(desk, [examining.take_note(desk, id)])[0]


@router.get("/sets/{id}/same")
def same(caller: AtDoor, id: Id) -> list[e.Same]:
    """Sets that two examiners of your bureau say are of the same person as this one."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", object=id, what="biometrics")
        return examining_shown.same_persons(desk, id)
