"""What is one's own bureau's alone, over HTTP: negative list, looks and caps, schemes, statistics."""

from contextlib import AbstractContextManager
from typing import Annotated

from fastapi import APIRouter, Path, Response

from entente.desk import Desk
from entente.rooms.series import exposure, judging, schemes, shown, statistics
from entente.rooms.series import model as m
from entente.web.callers import AtDoor, Caller

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]


def sat(caller: Caller, act: str = "see", writing: bool = False) -> AbstractContextManager[Desk]:
    """For the inquiry given, or at one's own desk, where nothing foreign is opened."""
    return (caller.at_desk if caller.inquiry else caller.at_own_desk)(act, writing)


@router.get("/statistics")
def figures(caller: AtDoor) -> m.Statistics:
    """What came of your bureau's questions."""
    with caller.at_own_desk("see") as desk:
        return statistics.statistics(desk)


@router.get("/ignored")
def ignored(caller: AtDoor) -> list[m.Ignored]:
    """Your bureau's negative list: pictures that say nothing."""
    with caller.at_own_desk("see") as desk:
        return [shown.ignored(t) for t in judging.listed(desk)]


@router.post("/ignored", status_code=201)
def ignore(caller: AtDoor, form: m.Ignore) -> m.Ignored:
    """Put a file on the negative list, by its hashes."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return shown.ignored(judging.ignore(desk, form))


@router.delete("/ignored/{id}", status_code=204)
def heed(caller: AtDoor, id: Id) -> Response:
    """Take a file off the negative list."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        judging.heed(desk, id)
    return Response(status_code=204)


@router.get("/exposure")
def exposed(caller: AtDoor) -> m.Exposure:
    """Your day: how many pictures you looked at, how many are left."""
    with caller.at_own_desk("see") as desk:
        return exposure.today(desk)


@router.post("/exposure")
def looked(caller: AtDoor, form: m.Looks) -> m.Exposure:
    """Say how many pictures you looked at; `left` 0: stop for today."""
    with caller.at_own_desk("examine", writing=True) as desk:
        return exposure.looked(desk, form)


@router.get("/exposure/bureau")
def exposures(caller: AtDoor) -> list[m.Exposure]:
    """The days of your bureau's officers, for supervisors."""
    with caller.at_own_desk("approve") as desk:
        return exposure.of_bureau(desk)


@router.put("/exposure/cap")
def cap(caller: AtDoor, form: m.Cap) -> m.Exposure:
    """Set the most an officer of your bureau looks at in a day."""
    with caller.at_own_desk("approve", writing=True) as desk:
        return exposure.set_cap(desk, form)


@router.get("/schemes")
def all_schemes(caller: AtDoor) -> list[m.Scheme]:
    """Schemes of categories: the house's and your bureau's, each mapped to the common scheme."""
    with caller.at_own_desk("see") as desk:
        return schemes.listed(desk)


@router.post("/schemes", status_code=201)
def write_scheme(caller: AtDoor, form: m.SchemeForm) -> m.Scheme:
    """Write a version of your bureau's own scheme."""
    with caller.at_own_desk("contribute", writing=True) as desk:
        return schemes.write(desk, form)
