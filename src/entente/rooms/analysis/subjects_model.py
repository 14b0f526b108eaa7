"""What subjects of a file take and give."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from entente.rooms.analysis.model import FileStep, Id, Why
from entente.rooms.records import Strict
from entente.web.language import N_

Category = Literal["leader", "suspect", "associate", "contact", "facilitator", "victim", "witness", "company"]
CATEGORIES: Mapping[str, str] = {
    "leader": N_("Leader"),
    "suspect": N_("Suspect"),
    "associate": N_("Associate"),
    "contact": N_("Contact"),
    "facilitator": N_("Facilitator"),
    "victim": N_("Victim"),
    "witness": N_("Witness"),
    "company": N_("Company"),
}
"""Slug to what people call it, in the order that pages list them."""


class SubjectForm(Strict):
    """What somebody or something is in the file, and why: a proposal until another member approves it."""

    record: Id
    category: Category
    rationale: Annotated[str, StringConstraints(max_length=4000)] = Field(
        description="At least 20 characters"
    )
    scheme: str = Field(default="", max_length=20)
    grade: str = Field(default="", max_length=20, description="Of what it rests on, in its scheme")
    officer: Id = Field(default="", description="A lead or analyst who answers for it; none: you")
    reviewDue: date


class Answer(Strict):
    """A second person's answer to a proposal, at the version he saw."""

    version: int = Field(ge=1)
    approve: bool
    why: Why = ""


class SubjectOut(Strict):
    """A subject. `officer` answers for it; `proposer` and `approver` are two persons.

    `barred`: why you do not answer the proposal; empty where you may, or it waits for no answer.
    """

    id: str
    version: int
    record: str
    kind: str
    caption: str
    owner: str
    category: str
    state: str
    rationale: str
    grade: str
    officer: str
    proposer: str
    approver: str
    reviewDue: date
    overdue: bool
    barred: str
    history: list[FileStep]
