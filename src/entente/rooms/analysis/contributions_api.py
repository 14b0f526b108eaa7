"""Contributions to analysis files over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field

from entente.desk.work import settle
from entente.rooms.analysis import contributions, service
from entente.rooms.analysis.contributions_model import ContributionForm, ContributionOut
from entente.rooms.records import Strict
from entente.web.callers import AtDoor

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]


class Page(Strict):
    """How many contributions, and the last one of the page before."""

    after: str = Field(default="", max_length=64)
    limit: int = Field(default=50, ge=1, le=200)


@router.get("/{file}/contributions")
def listed(caller: AtDoor, file: Id, asked: Annotated[Page, Query()]) -> list[ContributionOut]:
    """What bureaus contributed to a file, newest first."""
    with caller.at_file(file, "see") as desk:
        found = contributions.contributions(desk, service.file_of(desk, file), asked.after, asked.limit)
        desk.note("see", object=file, what="contributions")
        return contributions.shown(desk, found)


@router.post("/{file}/contributions", status_code=201)
def contribute(caller: AtDoor, file: Id, form: ContributionForm) -> ContributionOut:
    """Contribute to a file: a text, its source and grade, and records with the relations between them."""
    with caller.at_file(file, "gather", writing=True) as desk:
        kept = contributions.contribute(desk, service.file_of(desk, file), form)
        [answer] = contributions.shown(desk, [kept.thing])
    settle(caller.house)
    return answer


@router.get("/{file}/contributions/{id}")
def one(caller: AtDoor, file: Id, id: Id) -> ContributionOut:
    """One contribution."""
    with caller.at_file(file, "see") as desk:
        found = contributions.one(desk, service.file_of(desk, file), id)
        desk.note("see", object=id)
        return contributions.shown(desk, [found])[0]
