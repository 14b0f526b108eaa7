"""Entente's own scorer, as `benchmarks.side` asks its sides."""

from entente.match import evidence, records
from entente.match.question import Question

_PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
Body = dict[str, list[str]]


def asked(kind: str, body: Body) -> Question:
    names = [name for prop in ("name", "alias") for name in body.get(prop, ())]
    parts = [body[part][0] for part in _PARTS if body.get(part)]
    if parts:
        names.append(" ".join(parts))
    return Question(
        " ".join(names), names=tuple(names), birth=tuple(body.get("birthDate", ())), kinds=(kind,)
    )


def record(kind: str, body: Body) -> tuple[str, dict[str, tuple[str, ...]]]:
    return kind, {name: tuple(values) for name, values in body.items()}


def compare(question: Question, found: tuple[str, dict[str, tuple[str, ...]]]) -> tuple[float, float]:
    """Reads the record anew each time, as a search does."""
    score = evidence.compare(question, records.read(*found, keyed=False))
    return getattr(score, "name", score.value), score.value
