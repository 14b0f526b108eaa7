"""Proceedings as they are written down: stage, outcomes per defendant and charge, appeal, finality."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day

from entente.core.problems import Fault

STAGES = (
    "investigation", "charge", "trial", "first_instance", "appeal", "cassation", "constitutional", "retrial",
    "administrative", "civil",
)  # fmt: skip
JUDGING = frozenset({"first_instance", "appeal", "cassation", "constitutional", "retrial"})
"""Stages that end in a judgment of a criminal court."""
ABOVE = frozenset({"appeal", "cassation", "constitutional", "retrial"})
"""Stages that go on from an earlier judgment."""
FINDING = frozenset({"administrative", "civil"})
"""Stages whose word is a finding (PA), never a conviction."""

VERDICTS = ("guilty", "plea", "in_absentia", "upheld", "acquitted", "dismissed", "settled", "liable")
CONVICTING = frozenset({"guilty", "plea", "in_absentia"})
CLEARING = frozenset({"acquitted", "dismissed"})
"""`dismissed` is the charge dismissed; an appeal that fails is `upheld` (the judgment below stands)."""

STANDARDS = (
    "beyond_reasonable_doubt", "intimate_conviction", "clear_and_convincing", "balance_of_probabilities",
    "reasonable_grounds",
)  # fmt: skip
CRIMINAL = frozenset({"beyond_reasonable_doubt", "intimate_conviction"})
"""The criminal standard, in common and in civil law. "" is: not said."""
MOST_MONTHS = 12 * 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one defendant got on one charge. Months are whole; None is not known."""

    defendant: str
    charge: str = ""
    statute: str = ""
    max_penalty_months: int | None = None
    verdict: str = ""
    sentence_months: int | None = None
    convention_offence: bool = False
    """The Convention itself establishes the offence: UNTOC Articles 5, 6, 8 and 23."""


@dataclass(frozen=True, slots=True)
class Proceeding:
    """One stage before one court. `overturns`, `reinstates` and `follows` name earlier proceedings by number.

    `appeal_filed` is the day on which an appeal against it was filed. `final_on` counts only with the name of
    the person who confirmed it, after the deadline; where no deadline is known, with his reason `final_why`
    (no appeal lies from this court). A deadline that has passed makes nothing final.
    """

    number: int
    court: str = ""
    country: str = ""
    stage: str = "investigation"
    reference: str = ""
    date: day | None = None
    outcomes: tuple[Outcome, ...] = ()
    standard: str = ""
    appeal_deadline: day | None = None
    appeal_filed: day | None = None
    final_on: day | None = None
    final_confirmed_by: str = ""
    final_why: str = ""
    overturns: int | None = None
    reinstates: int | None = None
    follows: int | None = None
    military: bool = False


def in_order(proceedings: Iterable[Proceeding]) -> list[Proceeding]:
    """As they spoke: by date, then number. An undated one is taken to be the latest word."""
    return sorted(proceedings, key=lambda p: (p.date or day.max, p.number))


def faults_of(proceedings: Sequence[Proceeding], today: day) -> list[Fault]:
    """Everything wrong in a case's proceedings; `where` is /proceedings/{place}/{field}."""
    numbers = [p.number for p in proceedings]
    by_number = {p.number: p for p in proceedings}
    found: list[Fault] = []
    for at, p in enumerate(proceedings):
        wrong = _code_faults(p) + _date_faults(p, today) + _reference_faults(p, by_number)
        if p.number < 1 or numbers.count(p.number) > 1:
            wrong.append(("number", "is not the number of one proceeding alone", "Number them 1, 2, 3."))
        found += [Fault(f"/proceedings/{at}/{field}", what, do) for field, what, do in wrong]
        for where, outcome in enumerate(p.outcomes):
            found += _outcome_faults(outcome, f"/proceedings/{at}/outcomes/{where}")
    return found


def _code_faults(p: Proceeding) -> list[tuple[str, str, str]]:
    found = []
    if p.stage not in STAGES:
        found.append(("stage", "is no stage of a proceeding", "Take one of: " + ", ".join(STAGES) + "."))
    if p.standard and p.standard not in STANDARDS:
        found.append(("standard", "is no standard of proof", "Take one of: " + ", ".join(STANDARDS) + "."))
    return found


def _date_faults(p: Proceeding, today: day) -> list[tuple[str, str, str]]:
    found = []
    for field in ("date", "appeal_filed", "final_on"):
        said: day | None = getattr(p, field)
        if said is not None and said > today:
            found.append((field, "lies in the future", "Write what has happened."))
    for field in ("appeal_deadline", "appeal_filed", "final_on"):
        said = getattr(p, field)
        if said is not None and p.date is not None and said < p.date:
            found.append((field, "is before the judgment", "Look at both dates again."))
    if p.final_on and p.appeal_deadline and p.final_on <= p.appeal_deadline:
        found.append(("final_on", "is not after the time to appeal", "Give a later day."))
    if p.final_on and not p.appeal_deadline and not p.final_why.strip():
        do = "Write why no appeal is possible, or until when one was."
        found.append(("final_why", "is missing, and so is a time to appeal", do))
    if p.final_on and not p.final_confirmed_by.strip():
        do = "Confirm the finality yourself, or take the day out."
        found.append(("final_confirmed_by", "names nobody", do))
    return found


def _reference_faults(p: Proceeding, by_number: Mapping[int, Proceeding]) -> list[tuple[str, str, str]]:
    found = []
    do = "Give the number of an earlier one."
    for field in ("overturns", "reinstates", "follows"):
        other: int | None = getattr(p, field)
        if other is None:
            continue
        earlier = by_number.get(other)
        if earlier is None or other == p.number:
            found.append((field, "names no other proceeding of the case", do))
        elif p.date and earlier.date and earlier.date > p.date:
            found.append((field, "names a later proceeding", do))
    return found


def _outcome_faults(outcome: Outcome, where: str) -> list[Fault]:
    found: list[Fault] = []
    if outcome.verdict and outcome.verdict not in VERDICTS:
        found.append(Fault(f"{where}/verdict", "is no verdict", "Take one of: " + ", ".join(VERDICTS) + "."))
    if not outcome.defendant.strip():
        found.append(
            Fault(f"{where}/defendant", "is empty", "Say who was tried, or a placeholder such as D1.")
        )
    for field in ("max_penalty_months", "sentence_months"):
        months: int | None = getattr(outcome, field)
        if months is not None and not 0 <= months <= MOST_MONTHS:
            do = "Write whole months; for life, the most that the law says."
            found.append(Fault(f"{where}/{field}", "is no number of months", do))
    return found
