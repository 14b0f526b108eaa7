"""A record as a question: who asks whether it is known elsewhere asks for what it says itself."""

from entente.core.things import Body
from entente.match.numbers import keys_of
from entente.match.question import MOST_NAMES, MOST_NUMBERS, Question

_NAMES = ("name", "alias", "previousName", "weakAlias")


def question_of(kind: str, body: Body) -> Question:
    """Its names, exact numbers, dates of birth, nationality and sex, as far as a question holds them."""
    names = tuple(dict.fromkeys(v for p in _NAMES for v in body.get(p, ())))[:MOST_NAMES]
    keys = [k for k in keys_of(kind, body) if ":" in k][:MOST_NUMBERS]
    numbers = tuple((k.partition(":")[0], k, k.partition(":")[2]) for k in keys)
    return Question(
        text=" · ".join([*names, *(shown for _, _, shown in numbers)])[:2000],
        names=names,
        numbers=numbers,
        birth=_first(body, "birthDate"),
        nationality=_first(body, "nationality"),
        sex=_first(body, "gender"),
    )


def _first(body: Body, name: str) -> tuple[str, ...]:
    return tuple(body.get(name, ())[:3])
