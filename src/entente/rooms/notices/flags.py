"""What a reviewer's eye is drawn to: words and values that may touch what a notice must not (RPD 34, 83).

A flag is never a decision. The reviewer answers each one with a reason before he publishes.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from entente.core.things import Body
from entente.match.dates import span_of
from entente.rooms.notices.colours import (
    COLOURS,
    FIELDS,
    LEAST_MAXIMUM_YEARS,
    LEAST_REMAINING_MONTHS,
)

SENSITIVE = ("political", "religion", "ethnicity")
"""What is particularly sensitive of a person (RPD, article 42; Directive 2016/680, article 10)."""
ADULT = 18
_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
_ALEF = str.maketrans("أإآىٱ", "اااي" + "ا")
_JOINED = re.compile(r"\b[وفبلك]{0,2}ال(?=\w{3})")


@dataclass(frozen=True, slots=True)
class Flag:
    """`id`: "<what>:<where>", so that an answer is to this flag. `words`: what was found there."""

    what: str
    where: str
    words: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.what}:{self.where}"


def flags_of(notice: Body, subject: Body, today: date) -> list[Flag]:
    """Every flag of a notice and the record it is about, in a fixed order."""
    texts = {"title": " ".join(notice.get("title", ()))}
    texts |= {name: " ".join(notice[name]) for name in FIELDS if name in notice}
    texts |= {f"subject/{name}": " ".join(said) for name, said in subject.items() if name not in SENSITIVE}
    found = [
        Flag(what, where, words)
        for where, text in texts.items()
        for what, words in _touched(text).items()
        if words
    ]
    found += [Flag("sensitive", f"subject/{p}", subject[p]) for p in SENSITIVE if subject.get(p)]
    if any(_may_be_minor(born, today) for born in subject.get("birthDate", ())):
        found.append(Flag("minor", "subject/birthDate", subject["birthDate"]))
    colour = COLOURS.get(notice["colour"][0]) if notice.get("colour") else None
    if colour and colour.threshold:
        found += _near(notice)
    return found


def _touched(text: str) -> Mapping[str, tuple[str, ...]]:
    plain = folded(text)
    return {
        what: tuple(dict.fromkeys(m[0].strip() for m in pattern.finditer(plain)))
        for what, pattern in _patterns().items()
    }


def _may_be_minor(born: str, today: date) -> bool:
    span = span_of(born)
    return span is not None and today.year - span.last <= ADULT and not _surely_adult(born, today)


def _surely_adult(born: str, today: date) -> bool:
    """Whether a whole date is at least eighteen years ago."""
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return False
    return (today.year - day.year, today.month, today.day) >= (ADULT, day.month, day.day)


def _near(notice: Body) -> list[Flag]:
    """A penalty that only just reaches the threshold is looked at twice."""
    found = []
    years, months = _number(notice, "maximum"), _number(notice, "remaining")
    if years is not None and LEAST_MAXIMUM_YEARS <= years < LEAST_MAXIMUM_YEARS + 1:
        found.append(Flag("threshold", "maximum", notice["maximum"]))
    if months is not None and LEAST_REMAINING_MONTHS <= months < LEAST_REMAINING_MONTHS * 1.5:
        found.append(Flag("threshold", "remaining", notice["remaining"]))
    return found


def _number(notice: Body, name: str) -> float | None:
    try:
        return float(notice[name][0]) if notice.get(name) else None
    except ValueError:
        return None


def folded(text: str) -> str:
    """Small letters without accents, Arabic without vowel signs and article."""
    parts = unicodedata.normalize("NFKD", text.translate(_ALEF)).casefold()
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    return _JOINED.sub("", _MARKS.sub("", bare))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    written = tomllib.loads((files(__package__) / "flags.toml").read_text("utf-8"))
    made = {}
    for what, lists in written.items():
        stems = sorted({folded(stem) for stems in lists.values() for stem in stems}, key=len, reverse=True)
        ways = [re.escape(s[:-1]) + r"\b" if s.endswith(".") else re.escape(s) + r"\w*" for s in stems]
        made[what] = re.compile(rf"\b(?:{'|'.join(ways)})")
    return made
