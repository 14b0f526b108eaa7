"""Proceedings and evidence as tests write them: a conviction that is final, and what can happen to it."""

from datetime import date
from typing import Any

from entente.match.proof import Claim, Evidence, Outcome, Proceeding

TODAY = date(2026, 11, 29)
DIGEST = "ab" * 32
STANDARD = "beyond_reasonable_doubt"
FINALITY = {"final_confirmed_by": "an officer", "final_why": "both sides waived their appeal"}


def outcome(
    verdict: str = "guilty", defendant: str = "D1", charge: str = "counterfeiting", **more: Any
) -> Outcome:
    return Outcome(defendant, charge, verdict=verdict, max_penalty_months=more.pop("months", 120), **more)


def convicted(number: int = 1, year: int = 2023, **more: Any) -> Proceeding:
    """A conviction at first instance."""
    facts: dict[str, Any] = {
        "stage": "first_instance",
        "country": "xb",
        "date": date(year, 3, 1),
        "outcomes": (outcome(),),
        "standard": STANDARD,
    }
    return Proceeding(number, **(facts | more))


def final(number: int = 1, year: int = 2023, **more: Any) -> Proceeding:
    return convicted(number, year, **({**FINALITY, "final_on": date(year, 5, 1)} | more))


def above(number: int, year: int, verdict: str = "", stage: str = "appeal", **more: Any) -> Proceeding:
    """A court above; final unless told otherwise. Without a verdict it has no outcomes."""
    outcomes = (outcome(verdict),) if verdict else ()
    return final(number, year, **({"stage": stage, "outcomes": outcomes} | more))


def paper(id: str = "E1", proceeding: int | None = 1, **more: Any) -> Evidence:
    facts: dict[str, Any] = {"kind": "judgment", "pinpoint": "para 34", "hash": DIGEST}
    return Evidence(id, proceeding=proceeding, **(facts | more))


def claim(*evidence: str, **more: Any) -> Claim:
    facts: dict[str, Any] = {"subject": "D1", "link_type": "manufactures", "object": "pesticide", "id": "C1"}
    return Claim(evidence=evidence or ("E1",), **(facts | more))
