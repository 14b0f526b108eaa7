"""What is said of an import, and what is told before it is kept."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, Json, StringConstraints

from entente.rooms.records import Strict

Short = Annotated[str, StringConstraints(max_length=200)]


class Asked(Strict):
    """How to read a file, and what to say of the contribution. `keep`: no preview, keep it.

    `unknown`: what the file does not know yet is created, or is a fault. `match`: by name, a thing of the
    file with the very same name and kind is taken for it; by id, only one whose id it gives. `kind`: of
    things that do not say one. `mapping`: for CSV, as {"from": "Sender", "to": "Receiver"}.
    """

    name: Short = Field(default="", description="The file's name; its ending says the format")
    format: Literal["", "csv", "graphml", "ftm", "anx"] = ""
    keep: bool = False
    unknown: Literal["create", "fault"] = "create"
    match: Literal["name", "id"] = "name"
    kind: Short = "LegalEntity"
    mapping: Json[dict[Short, Short]] = Field(default={})
    chart: Annotated[str, StringConstraints(max_length=64)] = Field(
        default="", description="A chart to place it on"
    )
    text: Annotated[str, StringConstraints(max_length=4_000)] = ""
    source: Short = Field(default="", description="Reference of the message it came in")
    received: date | None = None
    scheme: Short = ""
    grade: Short = ""
    handlingCode: Short = ""
    restrictions: Annotated[str, StringConstraints(max_length=2_000)] = ""


class Line(Strict):
    """A link as it was read."""

    line: int
    start: str = Field(alias="from")
    type: str
    to: str
    since: str
    until: str


class FaultOut(Strict):
    where: str
    what: str
    do: str


class Preview(Strict):
    """What an import keeps.

    `loops`: lines of links from a thing to itself, which stay behind; so do `drawn`, analysts' own lines.
    `unfit`: types that fit no relation between such things; kept as links of unknown nature that say so.
    `duplicates`: lines that say what another says.
    """

    format: str
    header: list[str]
    mapping: dict[str, str]
    new: int
    known: int
    links: int
    duplicates: int
    loops: list[int]
    many_loops: int
    drawn: int
    unfit: dict[str, int]
    sample: list[Line]
    faults: list[FaultOut]


class Imported(Strict):
    """What was kept, if it was: the contribution's id, and the last step of the chart it was placed on."""

    preview: Preview
    contribution: str
    last: str
