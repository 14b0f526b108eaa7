"""Image series over HTTP: asked by hashes, told who works on what. No picture is taken, none is given."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from entente.core.access import POLICE_PURPOSES
from entente.core.problems import NoPurpose
from entente.rooms.records import Strict
from entente.rooms.series import (
    asking,
    exchange_api,
    images_api,
    judging,
    listing,
    merging,
    own_api,
    service,
    shown,
    states,
)
from entente.rooms.series import model as m
from entente.web.callers import AtDoor, Caller

router = APIRouter(prefix="/api/v1/series", tags=["series"])
Id = Annotated[str, Path(max_length=64)]


class Which(Strict):
    """Which series."""

    which: Literal["all", "mine", "unidentified", "in-progress", "identified", "distributed"] = "all"
    after: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=200)


class WhichMeetings(Strict):
    which: Literal["new", "all"] = "new"


class Why(Strict):
    why: m.Text = ""


@router.get("")
def series(caller: AtDoor, asked: Annotated[Which, Query()]) -> list[m.Brief]:
    """Image series that you may see, newest change first. Needs a purpose."""
    with caller.at_desk("see") as desk:
        return [shown.brief(desk, s) for s in service.listed(desk, asked.which, asked.after, asked.limit)]


@router.post("", status_code=201)
def begin(caller: AtDoor, form: m.SeriesForm) -> m.Series:
    """Begin a series that your bureau leads."""
    with caller.at_desk("contribute", writing=True) as desk:
        return shown.whole(desk, service.begin(desk, form))


@router.post("/check")
def check(caller: AtDoor, form: m.Check) -> m.Answers:
    """Ask for up to 500 files by their hashes: is it known, who works on it? Needs a police purpose."""
    return checked(caller, form)


def checked(caller: Caller, form: m.Check) -> m.Answers:
    """Looked up beside the writer; kept, noted and told in its turn. On the time grid."""
    with caller.on_grid():
        with caller.at_desk("search") as desk:
            if not desk.asker.purpose & POLICE_PURPOSES:
                raise NoPurpose("To ask for images, a police purpose is needed.")
            looked = asking.look(desk, form.media)
            desk.note("see", what="images", files=len(looked))
        with caller.at_desk("search", writing=True) as desk:
            looked = asking.again(desk, looked)
            ids = asking.kept(desk, looked, form.days)
            return shown.answers(desk, looked, ids)


router.include_router(own_api.router)
router.include_router(images_api.router)
router.include_router(exchange_api.router)


@router.get("/meetings")
def meetings(caller: AtDoor, asked: Annotated[WhichMeetings, Query()]) -> list[m.Meeting]:
    """Other bureaus that have, or ask for, what yours has or asks for."""
    with own_api.sat(caller) as desk:
        return shown.meetings(desk, listing.meetings(desk, asked.which))


@router.post("/meetings/{id}/note")
def take_note(caller: AtDoor, id: Id) -> m.Meeting:
    """Take note of a meeting: the clock stops, and the other side sees it."""
    with own_api.sat(caller, writing=True) as desk:
        return shown.meetings(desk, [listing.take_note(desk, id)])[0]


@router.post("/verdicts", status_code=201)
def judge(caller: AtDoor, form: m.VerdictForm) -> m.Verdict:
    """Say that two are the same, or no match: it holds, and they are not proposed again."""
    with caller.at_desk("verdict", writing=True) as desk:
        return shown.verdict(judging.judge(desk, form))


@router.delete("/verdicts/{one}/{other}", status_code=204)
def take_back(caller: AtDoor, one: Id, other: Id) -> Response:
    """Take your bureau's verdict on two back: they are proposed again."""
    with caller.at_desk("verdict", writing=True) as desk:
        judging.take_back(desk, one, other)
    return Response(status_code=204)


@router.get("/{id}")
def one(caller: AtDoor, id: Id) -> m.Series:
    """One series: its state, who leads, who works on it, its images and its course."""
    with caller.at_desk("see") as desk:
        return shown.whole(desk, states.look(desk, id))


@router.put("/{id}")
def change(caller: AtDoor, id: Id, form: m.SeriesChange) -> m.Series:
    """Describe a series of your bureau anew."""
    with caller.at_desk("correct", writing=True) as desk:
        return shown.whole(desk, service.change(desk, id, form))


@router.post("/{id}/state")
def move(caller: AtDoor, id: Id, form: m.Move) -> m.Series:
    """To the next state; `identified` waits for a second person of your bureau."""
    with caller.at_desk("correct", writing=True) as desk:
        return shown.whole(desk, service.move(desk, id, form))


@router.post("/{id}/decision")
def decide(caller: AtDoor, id: Id, form: m.Approve) -> m.Series:
    """As the second person: it is identified, or not."""
    with caller.at_desk("approve", writing=True) as desk:
        return shown.whole(desk, service.decide(desk, id, form))


@router.post("/{id}/merge")
def merge(caller: AtDoor, id: Id, form: m.Merge) -> m.Series:
    """Merge your series into another; one that another bureau leads is asked for first."""
    with caller.at_desk("correct", writing=True) as desk:
        return shown.whole(desk, merging.merge(desk, id, form))


@router.post("/{id}/merge/answer")
def answer_merge(caller: AtDoor, id: Id, form: m.Answer) -> m.Series:
    """As the lead of the other series: let this one be merged into it, or not."""
    with caller.at_desk("correct", writing=True) as desk:
        return shown.whole(desk, merging.answer(desk, id, form))


@router.post("/{id}/apart")
def apart(caller: AtDoor, id: Id, form: Why) -> m.Series:
    """Take a merge, or the asking for one, back."""
    with caller.at_desk("correct", writing=True) as desk:
        return shown.whole(desk, merging.take_back(desk, id, form.why))


@router.post("/{id}/split", status_code=201)
def split(caller: AtDoor, id: Id, form: m.Split) -> m.Series:
    """Make a series of its own of images of your bureau."""
    with caller.at_desk("correct", writing=True) as desk:
        return shown.whole(desk, merging.split(desk, id, form))


@router.put("/{id}/work")
def work(caller: AtDoor, id: Id, form: m.Work) -> m.Series:
    """Say that your bureau works on it: whoever sees the series sees that, and whom to ask."""
    with caller.at_desk("contribute", writing=True) as desk:
        service.work(desk, id, form)
        return shown.whole(desk, states.look(desk, id))


@router.delete("/{id}/work", status_code=204)
def stop_work(caller: AtDoor, id: Id) -> Response:
    """Say that your bureau no longer works on it."""
    with caller.at_desk("contribute", writing=True) as desk:
        service.stop_work(desk, id)
    return Response(status_code=204)
