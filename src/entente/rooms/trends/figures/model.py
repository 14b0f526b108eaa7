"""What figures are asked, and what every answer says of itself (the API's schemas)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from entente.core.kinds.dates import parse
from entente.match.goods import codes
from entente.match.goods.taxonomy import TAXONOMY
from entente.rooms.records import Strict

Side = Literal["any", "place", "origin", "departure", "transit", "destination"]
Measure = Literal["count", "quantity", "value"]
Length = Literal["month", "quarter", "year"]
By = Literal["all", "goods", "place", "origin", "destination", "mode", "contributor"]
MOST_ROWS = 1_000
"""Rows of one table in an answer; an export has them all."""


def _goods(said: str) -> str:
    if said:
        try:
            TAXONOMY.node(said)
        except (KeyError, ValueError):
            raise ValueError("is no code of the tree of goods") from None
    return said


def _event(said: str) -> str:
    if said not in codes.EVENTS:
        raise ValueError(f"is none of {', '.join(codes.EVENTS)}")
    return said


def _contributor(said: str) -> str:
    if said not in codes.CONTRIBUTORS:
        raise ValueError(f"is none of {', '.join(codes.CONTRIBUTORS)}")
    return said


def _when(said: str) -> str:
    if said:
        try:
            parse(said)
        except ValueError as problem:
            raise ValueError(f"is no date that can be read: {problem}") from None
    return said


Country = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[A-Za-z]{2}$", max_length=2)]
Goods = Annotated[str, StringConstraints(max_length=80), AfterValidator(_goods)]
When = Annotated[str, StringConstraints(max_length=10), AfterValidator(_when)]
Event = Annotated[str, StringConstraints(max_length=30), AfterValidator(_event)]
Contributor = Annotated[str, StringConstraints(max_length=30), AfterValidator(_contributor)]


class Question(Strict):
    """Which seizures are counted, and what of them. Every figure takes it; unknown words are refused.

    `country` narrows by a side of the way: where it was seized (place), origin, departure, transit,
    destination, or any of them. Without `event` all but inspections that found nothing are counted.
    """

    goods: Goods = Field(default="", description="A code of the tree of goods; all below it are counted too")
    country: list[Country] = Field(default=[], max_length=50)
    side: Side = "any"
    since: When = ""
    until: When = ""
    event: list[Event] = Field(default=[], max_length=20)
    contributor: list[Contributor] = Field(default=[], max_length=20)
    form: Literal["single", "total"] = Field(
        default="single",
        description="`total`: rows of published tables, which are never added to single seizures",
    )
    measure: Measure = "count"
    unit: str = Field(default="", max_length=12, description="Standard unit; none: the commonest one there")
    currency: str = Field(default="", max_length=3, description="None: the commonest one there")


class LeftOut(Strict):
    """How many lines of goods (of seizures: for duplicates) a figure does not count, and why."""

    reason: str
    count: int


class About(Strict):
    """What a figure is of. `records`: the address of the seizures that it counts."""

    question: Question
    moment: str
    seizures: int
    lines: int
    unit: str
    currency: str
    left_out: list[LeftOut]
    records: str


def first_day(said: str) -> date | None:
    """The first day of a written date; None for none."""
    return parse(said).first if said else None


def last_day(said: str) -> date | None:
    return parse(said).last if said else None
