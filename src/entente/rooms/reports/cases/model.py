"""What a case study takes: its file, parties, claims, evidence, proceedings, checklist (the API's schemas).

No form has a field for a proof level, the organised group or admission: those follow from what is written
(match.proof) and are computed whenever they are read.
"""

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from entente.rooms.records import Strict
from entente.rooms.reports.model import (
    Access,
    Chapter,
    Code,
    Country,
    Crime,
    Day,
    Goods,
    Id,
    Line,
    LinkType,
    Named,
    PartyRole,
    Short,
    Text,
    Word,
)

EvidenceKind = Literal[
    "judgment",
    "intercept_in_judgment",
    "decision",
    "indictment",
    "seizure_record",
    "lab_report",
    "statement",
    "financial_record",
    "company_register",
    "press",
    "academic",
]
Stage = Literal[
    "investigation",
    "charge",
    "trial",
    "first_instance",
    "appeal",
    "cassation",
    "constitutional",
    "retrial",
    "administrative",
    "civil",
]
Verdict = Literal["guilty", "plea", "in_absentia", "upheld", "acquitted", "dismissed", "settled", "liable"]
Standard = Literal[
    "beyond_reasonable_doubt",
    "intimate_conviction",
    "clear_and_convincing",
    "balance_of_probabilities",
    "reasonable_grounds",
]
Scheme = Literal["3x5x2", "5x5x5", "4x4", "6x6"]
Detection = Literal[
    "routine",
    "risk_profile",
    "intelligence",
    "dog",
    "scanner",
    "tip",
    "random",
    "online_monitoring",
    "complaint",
    "financial",
    "undercover",
    "chance",
    "other",
]
PartySort = Literal["person", "group", "company", "facility", "route"]
Item = Literal["1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d"]
Answer = Literal["met", "not_met", "unknown"]
ProtectedSort = Literal["victim", "minor", "witness"]
EVIDENCE_KINDS: tuple[str, ...] = get_args(EvidenceKind)
STAGES: tuple[str, ...] = get_args(Stage)
VERDICTS: tuple[str, ...] = get_args(Verdict)
STANDARDS: tuple[str, ...] = get_args(Standard)
SCHEMES: tuple[str, ...] = get_args(Scheme)
DETECTIONS: tuple[str, ...] = get_args(Detection)
ITEMS: tuple[str, ...] = get_args(Item)
MOST_SUMMARY_WORDS = 200
MOST_PAGES = 100_000
MOST_PARTIES, MOST_CLAIMS, MOST_EVIDENCE, MOST_PROCEEDINGS = 200, 400, 400, 60
Number = Annotated[int, Field(ge=1, le=100_000)]
"""Of a party, claim, evidence or proceeding of the case; the house gives it and it does not change."""
Grade = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 /.,-]*$", max_length=10)]
"""As it came, in its scheme: which letters and digits that one has is judged beside it."""
Months = Annotated[int, Field(ge=0, le=2_400)]


class Quantity(Strict):
    """How much of what, and who says so. `value`: in a currency, where it is a value."""

    what: Short
    amount: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,15}([.,][0-9]{1,6})?$")]
    unit: Word = Field(description="Unit, or the three letters of a currency")
    source: Short = ""


class CaseForm(Strict):
    """A case study. What only a review needs may be missing while it is drafted."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    chapter: Chapter
    countries: list[Country] = Field(default=[], max_length=60)
    period_from: Day = ""
    period_to: Day = ""
    summary: Text = Field(default="", description="At most 200 words")
    modus: Text = ""
    goods: list[Goods] = Field(default=[], max_length=60, description="Codes of the taxonomy of goods")
    crimes: list[Crime] = Field(default=[], max_length=15)
    places: list[Short] = Field(default=[], max_length=60)
    quantities: list[Quantity] = Field(default=[], max_length=60)
    detection: Detection | Literal[""] = ""
    discovered: Text = Field(default="", description="How it was discovered")
    first_seizure: Day = ""
    worked: Text = Field(default="", description="What worked")
    lessons: Text = ""
    personal_data: Named | Literal[""] = Field(
        default="", description="How what is published calls persons; `none` gives its reason"
    )
    personal_data_why: Line = ""
    access: Access = "law_enforcement"
    languages: list[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]] = Field(
        default=[], max_length=20
    )
    see: list[Code] = Field(default=[], max_length=256, description="Bureaus that read the case")
    level: Literal["official", "restricted", "confidential"] = "official"


class PartyForm(Strict):
    """A person, group, company, facility or route of the case."""

    name: Short = Field(min_length=1)
    sort: PartySort = "person"
    roles: list[PartyRole] = Field(default=[], max_length=15)
    nationality: Country | Literal[""] = ""
    link: Id = Field(default="", description="Id of a record that you see: it becomes a source of the case")
    note: Line = ""


class ClaimForm(Strict):
    """A link that the case asserts, in one sentence. Without evidence it is kept as a draft.

    One subject (a party by its number, goods, or an event in words) and one object (a crime, a party, goods).
    """

    subject_party: Number | None = None
    subject_goods: Goods | Literal[""] = ""
    subject_event: Short = ""
    link_type: LinkType
    object_crime: Crime | Literal[""] = ""
    object_party: Number | None = None
    object_goods: Goods | Literal[""] = ""
    text: Line = Field(min_length=1, description="One sentence")
    polarity: Literal["supports", "contradicts"] = "supports"
    place: Short = ""
    countries: list[Country] = Field(default=[], max_length=20)
    period_from: Day = ""
    period_to: Day = ""
    evidence: list[Number] = Field(default=[], max_length=40)
    grade: Grade = ""
    scheme: Scheme | Literal[""] = ""
    resolution: Annotated[str, StringConstraints(max_length=2_000)] = Field(
        default="", description="How a contradiction with another claim is settled, in words"
    )


class EvidenceForm(Strict):
    """A piece of evidence. Its file may be kept too (its SHA-256 must then be this one)."""

    kind: EvidenceKind
    title: Short = Field(min_length=1)
    authority: Short = ""
    date: Day = ""
    language: Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3})?$")] = ""
    sha256: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""
    pages: Annotated[int, Field(ge=0, le=MOST_PAGES)] = Field(default=0, description="0: not known")
    proceeding: Number | None = Field(default=None, description="The proceeding whose document it is")
    defendant: Short = ""
    charge: Short = Field(default="", description="Which outcome of the proceeding bears on the claim")
    pinpoint: Short = Field(default="", examples=["p. 12, para 45"])
    quote: Annotated[str, StringConstraints(max_length=2_000)] = Field(
        default="", description="At most 50 words"
    )
    translated: bool = False
    access: Access = "law_enforcement"
    grade: Grade = ""
    scheme: Scheme | Literal[""] = ""
    link: Id = Field(
        default="", description="Id of a seizure, request or record that you see: a source of the case"
    )


class OutcomeForm(Strict):
    """What a court said of one defendant and one charge. Whole months."""

    defendant: Short = Field(min_length=1)
    charge: Short = ""
    statute: Short = ""
    max_penalty_months: Months | None = None
    verdict: Verdict | Literal[""] = ""
    sentence_months: Months | None = None
    fine: Word = ""
    confiscation: Short = ""
    convention_offence: bool = Field(
        default=False, description="The Convention itself establishes it: UNTOC articles 5, 6, 8, 23"
    )


class ProceedingForm(Strict):
    """One stage before one court. That a judgment is final is confirmed by a person in a step of its own."""

    court: Short = Field(min_length=1)
    country: Country
    stage: Stage
    reference: Short = Field(default="", description="ECLI or neutral citation")
    date: Day = ""
    outcomes: list[OutcomeForm] = Field(default=[], max_length=60)
    standard: Standard | Literal[""] = ""
    appeal_deadline: Day = ""
    appeal_filed: Day = ""
    overturns: Number | None = Field(default=None, description="Number of the judgment that it overturns")
    reinstates: Number | None = None
    follows: Number | None = Field(default=None, description="Number of the proceeding before it")
    military: bool = False


class CheckForm(Strict):
    """An item of the Palermo checklist. Unknown is not met; what is met names its evidence."""

    answer: Answer
    evidence: list[Number] = Field(default=[], max_length=40)
    persons: Annotated[int, Field(ge=0, le=10_000)] | None = Field(
        default=None, description="Of item 1: members that the judgment itself finds, the convicted included"
    )
    note: Line = ""


class ProtectedName(Strict):
    """A name that is never published: kept apart, for the checker."""

    name: Short = Field(min_length=1)
    sort: ProtectedSort


# --- what a call gives -------------------------------------------------------------------------------


class Versioned(Strict):
    """`version`: of the case as you saw it."""

    version: Annotated[int, Field(ge=1)]


class CaseEdit(Versioned):
    case: CaseForm


class PartyEdit(Versioned):
    party: PartyForm


class ClaimEdit(Versioned):
    claim: ClaimForm


class EvidenceEdit(Versioned):
    evidence: EvidenceForm


class ProceedingEdit(Versioned):
    proceeding: ProceedingForm


class CheckEdit(Versioned):
    check: CheckForm


class FinalForm(Versioned):
    """A person says since when no ordinary appeal is possible."""

    final_on: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    why: Line = Field(
        default="", description="Why no appeal is possible; needed where the proceeding has no deadline"
    )


class ProtectedEdit(Strict):
    names: list[ProtectedName] = Field(default=[], max_length=400)


class StepForm(Versioned):
    """A step of the case's course. `reviewer`: the bureau that is asked to review."""

    step: Literal["take_up", "complete", "back", "send", "recall", "clear", "withdraw", "reopen"]
    why: Line = ""
    reviewer: Code | Literal[""] = ""


class Decision(Strict):
    """What the reviewer says of one claim. A change and a rejection give their reason."""

    claim: Number
    decision: Literal["accept", "accept_with_change", "reject"]
    text: Line = ""


class ReviewForm(Versioned):
    """A review, claim by claim: every claim that is no draft is decided."""

    decisions: list[Decision] = Field(max_length=MOST_CLAIMS)
    answers: list[Number] = Field(
        default=[], max_length=100, description="Objections whose answer the review accepts: they are closed"
    )
    text: Line = ""


class ObjectionForm(Versioned):
    text: Line = Field(min_length=1)
    claim: Number | None = None


class AnswerForm(Versioned):
    text: Line = Field(min_length=1)


class WithdrawalForm(Versioned):
    """The bureau that objected takes its objection back."""

    why: Line = ""
