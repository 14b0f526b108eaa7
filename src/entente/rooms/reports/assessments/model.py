"""What a threat assessment takes: indicators, places and seats, scores, reviews (the API's schemas)."""

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from entente.rooms.records import Strict
from entente.rooms.reports.model import Code, Day, Id, Short, Text

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
"""Code of an indicator or a place in addresses. A place is a country (xa) or part of one (xa-01)."""
Formula = Literal["mean", "index", "threat"]
"""`mean`: the weighted mean. `index`: the mean of markets and of actors, resilience apart (Organized Crime
Index). `threat`: likelihood times harm (SOCTA)."""
Group = Literal["", "market", "actor", "resilience", "likelihood", "harm"]
Seat = Literal["first", "second", "third"]
Confidence = Literal["low", "moderate", "high"]
Likelihood = Literal[
    "", "remote", "highly-unlikely", "unlikely", "realistic", "likely", "highly-likely", "almost-certain"
]
Trend = Literal["falling", "stable", "rising", "unknown"]
Source = Literal["expert", "records", "statistics", "open", "mixed"]
"""What an indicator is judged by: experts, records kept here, statistics, open sources, several."""
State = Literal["draft", "scoring", "locked", "withdrawn"]
FORMULAS: tuple[str, ...] = get_args(Formula)
SEATS: tuple[str, ...] = get_args(Seat)
CONFIDENCES: tuple[str, ...] = get_args(Confidence)
TRENDS: tuple[str, ...] = get_args(Trend)
STATES: tuple[str, ...] = get_args(State)
LIKELIHOODS: tuple[str, ...] = get_args(Likelihood)[1:]
GROUPS: dict[str, tuple[str, ...]] = {
    "mean": ("",),
    "index": ("market", "actor", "resilience"),
    "threat": ("likelihood", "harm"),
}
"""Groups that an indicator may be of, by formula."""
NEEDED: dict[str, tuple[str, ...]] = {
    "mean": ("",),
    "index": ("market", "actor"),
    "threat": ("likelihood", "harm"),
}
"""Groups without which there is no total."""
MOST_INDICATORS, MOST_PLACES, MOST_EVIDENCE = 60, 300, 20
Value = Annotated[float, Field(ge=1, le=10, multiple_of=0.5)]
"""1 to 10 in steps of 0.5."""
Period = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2]))?(/[0-9]{4}(-(0[1-9]|1[0-2]))?)?$")
]
"""A year, a month, or two of them: 2026, 2026-01/2026-06."""


class Anchors(Strict):
    """What a score means at four points of the scale."""

    one: Short = ""
    four: Short = ""
    seven: Short = ""
    ten: Short = ""


class Indicator(Strict):
    """One thing that is scored. `code` stays the same over the years: editions are compared by it."""

    code: Slug
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    definition: Annotated[str, StringConstraints(max_length=1_000)] = ""
    group: Group = ""
    weight: Annotated[float, Field(gt=0, le=100)] = 1.0
    source: Source = "expert"
    anchors: Anchors = Anchors()


class Place(Strict):
    """A place that is scored. Each seat is a bureau's; the officer who takes it holds it.

    `third` scores what the first two disagree on; `reviewer` is the bureau of the regional review.
    """

    code: Slug
    name: Short = ""
    region: Annotated[str, StringConstraints(max_length=60)] = ""
    first: Code
    second: Code
    third: Code | Literal[""] = ""
    reviewer: Code


class AssessmentForm(Strict):
    """A threat assessment. `scheme`: indicators of a scheme (built in, or the id of one of your bureau's), in
    place of `indicators`. `before`: the edition that it is compared with."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    period: Period
    subject: Text = ""
    formula: Formula = "index"
    scheme: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,64}$")] = ""
    indicators: list[Indicator] = Field(default=[], max_length=MOST_INDICATORS)
    places: list[Place] = Field(default=[], max_length=MOST_PLACES)
    see: list[Code] = Field(default=[], max_length=256, description="Bureaus that read it, beside the seats'")
    level: Literal["official", "restricted", "confidential"] = "official"
    before: Id = ""


class SchemeForm(Strict):
    """A scheme of indicators of your bureau."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    formula: Formula = "mean"
    indicators: list[Indicator] = Field(min_length=1, max_length=MOST_INDICATORS)


class Versioned(Strict):
    """Which version of the assessment you saw."""

    version: Annotated[int, Field(ge=1)]


class AssessmentEdit(Versioned):
    """A draft anew."""

    assessment: AssessmentForm


class StepForm(Versioned):
    """Open a draft for scoring; lock what is scored and reviewed; withdraw it, with a reason."""

    step: Literal["open", "lock", "withdraw"]
    text: Text = ""


class SeatForm(Strict):
    """Take a seat that is your bureau's."""

    seat: Seat


class ThirdForm(Versioned):
    """Name the bureau that scores what the first two disagree on."""

    third: Code


class Score(Strict):
    """One score: how sure, why (a dated reason), and the records it rests on, which everybody who reads the
    assessment must be able to see."""

    indicator: Slug
    value: Value
    confidence: Confidence
    why: Annotated[str, StringConstraints(min_length=10, max_length=2_000)]
    on: Day = Field(default="", description="Day of the reason; today unless said")
    evidence: list[Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]] = Field(
        default=[], max_length=MOST_EVIDENCE
    )


class ScoresForm(Strict):
    """Scores of one seat: all that are written so far. `done`: hand them in, which is for good."""

    seat: Seat
    scores: list[Score] = Field(default=[], max_length=MOST_INDICATORS)
    done: bool = False
    version: Annotated[int, Field(ge=0)] = Field(
        description="Version of your sheet that you saw; 0: none yet"
    )


class Final(Strict):
    """A value that the review sets in place of the scorers', with its reason."""

    indicator: Slug
    value: Value
    why: Annotated[str, StringConstraints(min_length=10, max_length=2_000)]


class ReviewForm(Versioned):
    """The regional review of a place: values it sets, a summary, and what would change our mind."""

    finals: list[Final] = Field(default=[], max_length=MOST_INDICATORS)
    summary: Annotated[str, StringConstraints(min_length=10, max_length=6_000)]
    mind: Annotated[str, StringConstraints(min_length=10, max_length=2_000)] = Field(
        description="What would change our mind"
    )
    likelihood: Likelihood = Field(default="", description="That it worsens in the period to come")
    trend: Trend = "unknown"
