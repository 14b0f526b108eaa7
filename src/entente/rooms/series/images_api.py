"""Images of series over HTTP: hashes and descriptors in and out, never a picture."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from entente.rooms.records import Strict
from entente.rooms.series import contributing, listing, shown, states
from entente.rooms.series import model as m
from entente.rooms.series.media import IMAGE, QUESTION
from entente.web.callers import AtDoor

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]


class Page(Strict):
    """Which of them."""

    after: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=200)


@router.get("/images")
def mine(caller: AtDoor, asked: Annotated[Page, Query()]) -> list[m.Image]:
    """Images of your bureau, newest change first."""
    with caller.at_own_desk("see") as desk:
        return shown.images(desk, listing.images(desk, asked.after, asked.limit))


@router.post("/images", status_code=201)
def contribute(caller: AtDoor, form: m.Contribution) -> m.Kept:
    """Contribute up to 500 files as hashes; a file that stands already is added to."""
    with caller.at_desk("contribute", writing=True) as desk:
        ids, new = contributing.contribute(desk, form)
    return m.Kept(images=ids, new=new)


@router.put("/images/series", status_code=204)
def move(caller: AtDoor, form: m.Moved) -> Response:
    """Say which series images of your bureau belong to."""
    with caller.at_desk("correct", writing=True) as desk:
        contributing.move(desk, form)
    return Response(status_code=204)


@router.get("/images/{id}")
def one(caller: AtDoor, id: Id) -> m.Image:
    """One image. Needs a purpose."""
    with caller.at_desk("see") as desk:
        image = listing.image(desk, id)
        desk.note("see", object=id)
        return shown.images(desk, [image])[0]


@router.get("/images/{id}/ties")
def ties(caller: AtDoor, id: Id) -> list[m.Match]:
    """What hangs together with an image, or with a question of your bureau, and why."""
    with caller.on_grid(), caller.at_desk("search") as desk:
        found = listing.ties(desk, listing.image(desk, id, (IMAGE, QUESTION)))
        desk.note("search", object=id, what="images", shown=[f.thing.id for f in found])
        return shown.matches(desk, found)


@router.put("/images/{id}/handling", status_code=204)
def handle(caller: AtDoor, id: Id, form: m.Shared) -> Response:
    """Say anew who may see an image of your bureau."""
    with caller.at_desk("correct", writing=True) as desk:
        contributing.handle(desk, id, form.sharing)
    return Response(status_code=204)


@router.delete("/images/{id}", status_code=204)
def withdraw(caller: AtDoor, id: Id) -> Response:
    """Take an image of your bureau back."""
    with caller.at_own_desk("withdraw", writing=True) as desk:
        contributing.withdraw(desk, id)
    return Response(status_code=204)


@router.get("/{id}/images")
def of_series(caller: AtDoor, id: Id, asked: Annotated[Page, Query()]) -> list[m.Image]:
    """Images of a series that you may see, newest change first. Needs a purpose."""
    with caller.at_desk("see") as desk:
        series = states.look(desk, id)
        after = listing.image(desk, asked.after).place if asked.after else 0
        found = [t for _, t in shown.members(desk, series, asked.limit, after)]
        desk.note("see", object=id, images=len(found))
        return shown.images(desk, found)
