"""How far a graded link is relied on, as one number: to find the strongest way, never to decide.

The scales order, they do not measure; the numbers are ours (docs/rooms/analysis.md). They fall with each step
of a scale, and an unknown source weighs as little as the worst known one.
"""

from collections.abc import Mapping

SOURCE_4X4 = {"A": 1.0, "B": 0.8, "C": 0.5, "D": 0.3, "X": 0.3}
FACT_4X4 = {"1": 1.0, "2": 0.8, "3": 0.6, "4": 0.4}
SOURCE_6X6 = {"A": 1.0, "B": 0.85, "C": 0.7, "D": 0.5, "E": 0.3, "F": 0.3}
FACT_6X6 = {"1": 1.0, "2": 0.85, "3": 0.7, "4": 0.5, "5": 0.3, "6": 0.3}
SOURCE_5X5 = {"A": 1.0, "B": 0.85, "C": 0.65, "D": 0.45, "E": 0.3}
FACT_5X5 = {"1": 1.0, "2": 0.85, "3": 0.65, "4": 0.45, "5": 0.3}
SCHEMES: Mapping[str, tuple[Mapping[str, float], Mapping[str, float]]] = {
    "4x4": (SOURCE_4X4, FACT_4X4),
    "6x6": (SOURCE_6X6, FACT_6X6),
    "5x5x5": (SOURCE_5X5, FACT_5X5),
}
UNGRADED = 0.5
CERTAINTY: Mapping[str, float] = {"": 1.0, "confirmed": 1.0, "unconfirmed": 0.7, "tentative": 0.4}


def reliability_of(grade: str, certainty: str = "", scheme: str = "4x4") -> float:
    """In (0, 1]: source times information times certainty; 0.5 where there is no grade that can be read."""
    sources, facts = SCHEMES.get(scheme, SCHEMES["4x4"])
    graded = sources.get(grade[:1], 0) * facts.get(grade[1:2], 0)
    return (graded or UNGRADED) * CERTAINTY.get(certainty, 1.0)
