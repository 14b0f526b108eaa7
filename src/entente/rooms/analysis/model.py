"""What the analysis room speaks of: how its papers are handled, and what its files take and give."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.core.access import EVERYONE, POLICE_PURPOSES, Handling, Level, Purpose
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.bureaus import FILE
from entente.rooms.records import Strict

Short = Annotated[str, StringConstraints(max_length=200)]
Text = Annotated[str, StringConstraints(max_length=4000)]
Why = Annotated[str, StringConstraints(max_length=1000)]
Id = Annotated[str, StringConstraints(max_length=64)]
RoleName = Literal["lead", "analyst", "contributor", "reader"]


def compartment(file: str) -> str:
    """The compartment of an analysis file: held by its members alone."""
    return f"{FILE}{file}"


def in_file(file: str) -> str:
    """The key that every paper of a file carries."""
    return f"file:{file}"


def paper(desk: Desk, file: Thing, see: int = EVERYONE) -> Handling:
    """How a paper of a file is handled: its keeper's own, for the file's members, as high as the file."""
    return inside(file.id, desk.asker.bureau, level_of(file), see)


def inside(file: str, owner: int, level: Level, see: int = EVERYONE) -> Handling:
    """How what is in a file's compartment is handled: for its members in the bureaus of `see`."""
    return Handling(
        owner=owner,
        see=see,
        need=frozenset({compartment(file)}),
        purposes=POLICE_PURPOSES | Purpose.DESK,
        level=level,
    )


def level_of(file: Thing) -> Level:
    """How high a file is."""
    return Level[file.first("level", "official").upper()]


class FileForm(Strict):
    """An analysis file to open; a supervisor of your bureau approves it."""

    title: Short = Field(examples=["Kestrel: forged papers for thieves in law"])
    purpose: Text
    legalBasis: Annotated[str, StringConstraints(max_length=1000)]
    area: Short = Field(description="A crime area of the table", examples=["organised-crime"])
    criteria: Text = Field(description="What is included, and what is not")
    unit: Short = ""
    level: Literal["official", "restricted", "confidential"] = "official"
    reviewDue: date = Field(description="At most a year from now; extended by two persons")
    closes: date
    retention: int = Field(ge=0, le=1826, description="Days kept after closing; five years in all")
    connect: bool = Field(
        default=False, description="Owners of other files may learn that there is a connection, and no more"
    )


class Decision(Strict):
    """A second person's answer to what he saw at a version."""

    version: int = Field(ge=1)
    approve: bool
    why: Why = ""


class Extension(Strict):
    """A later review, or a later end; a supervisor of the owner's bureau approves it."""

    reviewDue: date
    closes: date | None = None
    why: Why = Field(min_length=1)


class Ending(Strict):
    """Why a file is closed, a subject removed."""

    why: Why = Field(min_length=1)


class FileStep(Strict):
    """What was done, oldest first. `by`: name and bureau; empty for the house."""

    at: str
    did: str
    by: str
    why: str


class Member(Strict):
    """An officer, or a machine's key, in a file. `active`: he may still sign in."""

    id: str
    name: str
    bureau: str
    role: RoleName
    active: bool


class Invited(Strict):
    """Whom somebody invited, as it was written; whether such an officer exists is not told."""

    id: str
    address: str
    bureau: str
    role: RoleName
    until: date


class FileRow(Strict):
    """A file in the list. `state`: proposed, open, overdue, read-only, closed."""

    id: str
    title: str
    area: str
    owner: str
    state: str
    role: str
    reviewDue: date
    closes: date
    pending: bool


class Pending(Strict):
    """An extension that waits for a supervisor."""

    reviewDue: date
    closes: date
    why: str
    by: str


class FileOut(Strict):
    """A file as its members know it. `role`: the reader's own, empty for who approves it."""

    id: str
    version: int
    title: str
    purpose: str
    legalBasis: str
    area: str
    criteria: str
    unit: str
    level: str
    owner: str
    state: str
    role: str
    writable: bool
    opened: date | None
    reviewDue: date
    closes: date
    erased: date
    retention: int
    connect: bool
    pending: Pending | None
    members: list[Member]
    invited: list[Invited]
    history: list[FileStep]


class MemberForm(Strict):
    """Whom to make a member: an officer, by address and bureau; or a key of your own bureau, by its id."""

    address: Short = Field(min_length=3, examples=["officer@xb.example"])
    bureau: Annotated[str, StringConstraints(max_length=8)] = Field(examples=["XB"])
    role: RoleName = "reader"


class RoleForm(Strict):
    """Another role for a member."""

    role: RoleName


class InvitationOut(Strict):
    """An invitation to a file, as the officer invited reads it."""

    id: str
    title: str
    area: str
    purpose: str
    role: RoleName
    by: str
    bureau: str
    until: date
