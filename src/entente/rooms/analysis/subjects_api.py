"""Subjects of analysis files over HTTP."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from entente.rooms.analysis import service, subjects
from entente.rooms.analysis.model import Ending
from entente.rooms.analysis.subjects_model import Answer, SubjectForm, SubjectOut
from entente.rooms.records import Strict
from entente.web.callers import AtDoor

router = APIRouter()
Id = Annotated[str, Path(max_length=64)]


class Which(Strict):
    """Which subjects: those that stand or wait for approval, or those removed."""

    which: Literal["standing", "removed"] = "standing"


@router.get("/{file}/subjects")
def listed(caller: AtDoor, file: Id, asked: Annotated[Which, Query()]) -> list[SubjectOut]:
    """Who is what in a file, and what waits for approval."""
    states = ("removed",) if asked.which == "removed" else ("approved", "proposed")
    with caller.at_file(file, "see") as desk:
        thing = service.file_of(desk, file)
        found = subjects.subjects(desk, thing, states)
        desk.note("see", object=file, what="subjects")
        return subjects.shown(desk, thing, found)


@router.post("/{file}/subjects", status_code=201)
def propose(caller: AtDoor, file: Id, form: SubjectForm) -> SubjectOut:
    """Propose what somebody is in the file; another member approves it (in person)."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        thing = service.file_of(desk, file)
        kept = subjects.propose(desk, thing, form)
        return subjects.shown(desk, thing, [kept])[0]


@router.post("/{file}/subjects/{id}/approve")
def answer(caller: AtDoor, file: Id, id: Id, given: Answer) -> SubjectOut:
    """A second person approves a proposal, or not; a leader needs a supervisor."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        thing = service.file_of(desk, file)
        kept = subjects.answer(desk, thing, id, given)
        return subjects.shown(desk, thing, [kept])[0]


@router.post("/{file}/subjects/{id}/remove")
def remove(caller: AtDoor, file: Id, id: Id, given: Ending) -> SubjectOut:
    """Say why it is no subject of the file any more."""
    with caller.at_file(file, "analyse", writing=True) as desk:
        thing = service.file_of(desk, file)
        kept = subjects.remove(desk, thing, id, given.why)
        return subjects.shown(desk, thing, [kept])[0]
