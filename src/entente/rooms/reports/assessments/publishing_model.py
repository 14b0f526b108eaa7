"""What publishing an assessment takes and gives."""

from typing import Annotated

from pydantic import Field, StringConstraints

from entente.rooms.publications import model as p
from entente.rooms.records import Strict

Reason = Annotated[str, StringConstraints(max_length=2_000)]


class PrepareForm(Strict):
    """An edition to publish. `changes`: what is new in it, for those who had the one before."""

    distribution: list[p.Recipient] = Field(min_length=1, max_length=p.MOST_RECIPIENTS)
    template: Annotated[str, StringConstraints(max_length=40)] = ""
    changes: Annotated[str, StringConstraints(max_length=10_000)] = ""


class DecideForm(Strict):
    """Publish it, or send it back with a reason."""

    approve: bool
    why: Reason = ""


class PublicationOut(Strict):
    """An edition of an assessment. `why`: of the last thing that was done to it."""

    id: str
    edition: int
    title: str
    state: str
    author: str
    level: p.LevelName
    published: str
    sha256: str
    distribution: list[p.Recipient]
    why: str
    receipts: list[p.Receipt]
