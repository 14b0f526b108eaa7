"""Scores that say why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule's part in a score. `asked` and `found` are the two values compared."""

    rule: str
    asked: str
    found: str
    part: float


@dataclass(frozen=True, slots=True)
class Score:
    """How near, from 0 to 1, and why: the parts of the reasons sum to the value."""

    value: float
    reasons: tuple[Reason, ...]

    def __post_init__(self) -> None:
        if abs(sum(r.part for r in self.reasons) - self.value) >= 1e-6:
            raise ValueError("reasons must sum to the score")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What an engine proposes: a store row and the engine's own static points, for ordering only."""

    n: int
    points: float
