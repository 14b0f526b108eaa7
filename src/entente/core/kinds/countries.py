"""Countries: FollowTheMoney's codes (ISO 3166-1 alpha-2 in lower case, and territories beside) and names.

`countries.txt` beside this file holds them, one a line. ISO's user-assigned codes xa to xz are countries
too: exercises, regional bodies and the demo use them.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_USER_ASSIGNED = {f"x{letter}": f"User-assigned X{letter.upper()}" for letter in "abcdefghijklmnopqrstuvwxyz"}


@cache
def names() -> Mapping[str, str]:
    """Code to English name."""
    return _USER_ASSIGNED | {line[0]: line[1] for line in _table()}


@cache
def codes() -> frozenset[str]:
    return frozenset(names())


def code_of(text: str) -> str | None:
    """The code a name, an alias of it, a three-letter or a two-letter code stands for; None when unknown."""
    folded = _fold(text)
    return folded if folded in codes() else _by_name().get(folded)


@cache
def _by_name() -> Mapping[str, str]:
    return {_fold(name): line[0] for line in _table() for name in line[1:]}


@cache
def _table() -> tuple[list[str], ...]:
    text = (files(__package__) / "countries.txt").read_text("utf-8")
    return tuple(line.split("|") for line in text.splitlines() if line and not line.startswith("#"))


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split())
