"""Scores that say why: probabilities made of log-odds, after Fellegi and Sunter (JASA 64, 1969)."""

from dataclasses import dataclass
from math import exp, log

LEAST = -13.0
"""Log-odds beyond which nothing is told apart (about 2 in a million, and as near to certainty)."""


def probability(odds: float) -> float:
    """The probability of natural log-odds."""
    return 1.0 / (1.0 + exp(-odds))


def log_odds(probability: float) -> float:
    """The natural log-odds of a probability, within LEAST and -LEAST."""
    if probability <= 0.0:
        return LEAST
    if probability >= 1.0:
        return -LEAST
    return max(LEAST, min(-LEAST, log(probability / (1.0 - probability))))


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule's part in a score, in natural log-odds. `asked` and `found` are the two values compared."""

    rule: str
    asked: str
    found: str
    part: float


@dataclass(frozen=True, slots=True)
class Score:
    """How near, and why. `value` is the probability that the record is about the same person (or thing),
    `name` that the two names are one name, whoever bears it. The parts of the reasons sum to the log-odds of
    `value`; the first of them is where everybody begins (rule `prior`)."""

    value: float
    reasons: tuple[Reason, ...]
    name: float = 0.0

    def __post_init__(self) -> None:
        if not (0.0 <= self.value <= 1.0 and 0.0 <= self.name <= 1.0):
            raise ValueError("a score is a probability")
        if abs(sum(r.part for r in self.reasons) - log_odds(self.value)) >= 1e-6:
            raise ValueError("reasons must sum to the log-odds of the score")


@dataclass(frozen=True, slots=True)
class Change:
    """What the score would be if more were known: `rule` as of a reason, `found` what it is about."""

    rule: str
    found: str
    value: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """What an engine proposes: a store row and the engine's own static points, for ordering only."""

    n: int
    points: float
