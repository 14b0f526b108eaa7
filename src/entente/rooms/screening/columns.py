"""Which column of a list says what: guessed from its header in four languages, for the officer to correct."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

FIELDS = ("name", "first", "last", "born", "nationality", "sex", "document")
"""What a column may say. Every other is carried along."""


def guessed(header: Sequence[str]) -> dict[str, str]:
    """Field to column. A field is said by one column, the first that may."""
    fields, either = _words()
    found: dict[str, str] = {}
    for column in header:
        field = fields.get(_folded(column))
        if field and field not in found:
            found[field] = column
    for column in header:
        if part := either.get(_folded(column)):
            other = "first" if part == "last" else "last"
            found.setdefault(part if other in found else "name", column)
    return found


_NUMBER = frozenset("n no nr nro num numero number".split())
_BETWEEN = frozenset("of the de du del la".split())
_FOLDED = str.maketrans({"º": " ", "№": "no ", "ة": "ه", "ى": "ي", "ـ": None})
"""Signs of number, and Arabic letters that are written for each other; the last only draws a word out."""


@cache
def _words() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Word to field, and word to the part of a name that it is beside the other."""
    said = tomllib.loads((files(__package__) / "columns.toml").read_text("utf-8"))
    lists = {field: ", ".join(said[field]).split(", ") for field in FIELDS}
    return {_folded(word): field for field, words in lists.items() for word in words}, {
        _folded(word): part for word, part in said["either"].items()
    }


def _folded(text: str) -> str:
    """A header as it is compared: no accents, no signs, one way to write "number", none of the words between.

    “Nº de documento”, “N° documento” and “NRO. DOCUMENTO” are one.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_FOLDED)).casefold()
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    words = ["n" if word in _NUMBER else word for word in kept.split()]
    return " ".join(word for word in words if word not in _BETWEEN) or " ".join(words)
