"""What a row asks: its cells read as a question, and what is wrong with them.

What a row says counts in the score and hides nothing: a list may be wrong in any cell, so that no cell
narrows as a filter of the one box does.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from entente.core.kinds import TYPES
from entente.core.kinds.countries import code_of
from entente.core.problems import Fault
from entente.match.dates import MOST_YEARS, span_of
from entente.match.numbers import SHORTEST, code
from entente.match.question import Question, understand
from entente.match.records import queries_of

_SEXES: Mapping[str, str] = {
    word: sex
    for sex, words in {
        "male": "m male man mr homme h masculin masculino hombre varon varón 1 ذكر",
        "female": "f female woman ms mrs femme feminin féminin femenino mujer 2 أنثى انثى",
        "other": "x other autre otro 9",
        "": "u unknown inconnu desconocido 0 < - n/a",
    }.items()
    for word in words.split()
}
_EIGHT = re.compile(r"(?:1[89]|20)\d{6}")
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?$")
Read = Callable[[str], str]


def asked(columns: Mapping[str, int], cells: Sequence[str]) -> tuple[Question | None, list[Fault]]:
    """The question of a row, None where it names nobody and nothing, and every fault of it.

    `columns`: field to the place of its column. A value that cannot be read is told, and the row is asked
    without it.
    """
    said = {field: cells[place] for field, place in columns.items() if place < len(cells) and cells[place]}
    faults: list[Fault] = []
    name = _clean(
        said.get("name") or f"{said.get('first', '')} {said.get('last', '')}", "name", _name, faults
    )
    number = _clean(said.get("document", ""), "document", _document, faults)
    born = _births(said.get("born", ""), faults)
    nation = _clean(said.get("nationality", ""), "nationality", _nation, faults)
    sex = _clean(said.get("sex", ""), "sex", _sex, faults)
    question = Question(
        text=" ".join(filter(None, (name, *born[:1], nation, sex, number))),
        names=(name,) if name else (),
        numbers=tuple((s, f"{s}:{code(number)}", number) for s in ("doc", "id")) if number else (),
        birth=born,
        nationality=(nation,) if nation else (),
        sex=(sex,) if sex else (),
        said=(("name", name),) if name else (),
    )
    if question.numbers or queries_of(question):
        return question, faults
    what = "It names nobody and no document"
    return None, [*faults, Fault("name", what, "Give a name or a number of at least four signs.")]


def _clean(text: str, field: str, read: Read, faults: list[Fault]) -> str:
    text = " ".join(text.split())
    try:
        return read(text) if text else ""
    except ValueError as wrong:
        faults.append(Fault(field, f"“{text[:60]}” {wrong}", _DO[field]))
        return ""


def _name(text: str) -> str:
    if len(text) > TYPES["name"].most:
        raise ValueError(f"has {len(text)} characters; at most {TYPES['name'].most} are asked for")
    return TYPES["name"].clean(text.replace("/", " "))


def _document(text: str) -> str:
    if (
        len(code(text)) < SHORTEST
        or not any(c.isdigit() for c in text)
        or len(text) > TYPES["identifier"].most
    ):
        raise ValueError("is no number of a document")
    return TYPES["identifier"].clean(text)


def _nation(text: str) -> str:
    found = code_of(text)
    if not found:
        raise ValueError("is no country")
    return found


def _sex(text: str) -> str:
    found = _SEXES.get(text.casefold().rstrip("."))
    if found is None:
        raise ValueError("is no sex")
    return found


def _births(text: str, faults: list[Fault]) -> tuple[str, ...]:
    """The date of birth in clean form; two where day and month may have changed places."""
    text = _MIDNIGHT.sub("", text.strip())
    if _EIGHT.fullmatch(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if not text:
        return ()
    wrong = "is no date"
    try:
        found: tuple[str, ...] = (TYPES["date"].clean(text),)
    except ValueError as error:
        found, wrong = understand(text[:100]).birth, str(error)
    span = span_of(found[0]) if found else None
    if span and span.last - span.first >= MOST_YEARS:
        found, wrong = (), f"spans more than {MOST_YEARS} years"
    if not found:
        faults.append(Fault("born", f"“{text[:60]}” {wrong}", TYPES["date"].do))
    return found


_DO: Mapping[str, str] = {
    "name": "Write one person's name.",
    "document": "Write letters and digits, at least four.",
    "nationality": "Write a country's name or its code of two or three letters.",
    "sex": "Write male, female or other.",
}
