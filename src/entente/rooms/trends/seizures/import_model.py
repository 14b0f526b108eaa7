"""What is said of a file of seizures, and what comes back: the mapping, and a report row by row."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.records import Strict

Json = Annotated[str, StringConstraints(max_length=20_000)]


class Sent(Strict):
    """How a file is read. What is not said is as in the bureau's last file with the same header, else as the
    header shows."""

    name: Annotated[str, StringConstraints(max_length=200)] = Field(
        default="", description="Name of the file"
    )
    sheet: Annotated[int, Field(ge=0, le=500)] = 0
    mapping: Json = Field(
        default="",
        description='JSON object: header to field, or to "field unit" ("quantity KGM"); "" leaves it out',
    )
    constants: Json = Field(default="", description="JSON object: field to what holds for every row")
    decimal: Literal["", ".", ","] = Field(default="", description="Sign before decimals")
    order: Literal["", "dmy", "mdy"] = Field(default="", description="How 3/4/2026 is meant")
    epoch: Literal["", "1900", "1904"] = Field(default="", description="Numbers in date columns count days")
    good_rows: bool = Field(default=False, description="Keep the rows without faults; the others are told")
    handling: Json = Field(default="", description="JSON of a handling; empty: your bureau's alone")


class RowSaid(Strict):
    """A fault or a doubt of a row. `column`: the header, or the field where no column has it."""

    row: int
    column: str
    what: str
    do: str = ""


class ColumnSaid(Strict):
    """A column as it was read. `by`: said, remembered, header, or empty where it is left out."""

    header: str
    field: str
    unit: str
    by: Literal["said", "remembered", "header", ""]
    sample: str = Field(default="", description="The first filled cell")


class Report(Strict):
    """What a file holds, and what became of it. A thousand faults and doubts at most, all counted."""

    name: str
    sheets: list[str]
    rows: int
    seizures: int
    good: int
    kept: int = Field(description="Of them new or changed")
    columns: list[ColumnSaid]
    faults: list[RowSaid]
    fault_count: int
    doubts: list[RowSaid]
    doubt_count: int
    titles: list[str] = Field(description="What the first seizures would be called")
