"""The seizures behind a figure: those of its question, and of one cell of it."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from entente.desk import Desk
from entente.match.goods import columns
from entente.match.trends import series as times
from entente.rooms.records import Strict
from entente.rooms.trends.figures.combos import Record, period_of, record_of
from entente.rooms.trends.figures.dimensions import origin_of
from entente.rooms.trends.figures.flows import noted
from entente.rooms.trends.figures.frame import Frame, framed, things_of
from entente.rooms.trends.figures.model import About, Length, Question

MOST = 200
Code = Annotated[str, Field(max_length=2, pattern=r"^(|-|[A-Za-z]{2})$")]


class Cell(Question):
    """One cell of a figure beside its question: "" is any, "-" is "not said". `after`: rows already told."""

    origin: Code = ""
    transit: Code = ""
    destination: Code = ""
    place: Code = ""
    period: Annotated[str, Field(max_length=7)] = ""
    length: Length = "month"
    after: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50

    def question(self) -> Question:
        return Question.model_validate(self.model_dump(include=set(Question.model_fields)))


class Records(Strict):
    """The newest kept last, as the house keeps them. `further`: there are more, after `after`."""

    about: About
    records: list[Record]
    after: int
    further: bool


def records(desk: Desk, cell: Cell) -> Records:
    """The seizures of a cell. Raises Faulty for a period that is none."""
    frame = framed(desk, cell.question(), ("origin", "departure", "transit1", "destination"))
    chosen = np.flatnonzero(_of_cell(frame, cell))
    numbers = np.unique(frame["n"][chosen])
    page = numbers[cell.after : cell.after + cell.limit]
    desk.note("trend", what="records", **noted(cell))
    return Records(
        about=frame.about().model_copy(update={"seizures": len(numbers), "lines": len(chosen)}),
        records=[record_of(thing) for thing in things_of(desk, page.tolist())],
        after=cell.after + len(page),
        further=cell.after + len(page) < len(numbers),
    )


def _of_cell(frame: Frame, cell: Cell) -> NDArray[np.bool_]:
    found = np.ones(len(frame), np.bool_)
    sides = (
        (cell.origin, origin_of(frame)),
        (cell.transit, frame["transit1"]),
        (cell.destination, frame["destination"]),
        (cell.place, frame["country"]),
    )
    for said, column in sides:
        if said:
            found &= column == (0 if said == "-" else columns.country(said))
    if cell.period:
        when = times.periods(frame["date"], cell.length, frame["precision"])
        found &= when == period_of(cell.period, cell.length)
    return found
