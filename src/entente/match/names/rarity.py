"""How common a word of a name is, from a table that no record can move.

`data/common.tsv` beside this file lists the commonest surnames, given names and company words of some
forty cultures in five classes, orders of magnitude written from general knowledge
(docs/decisions/0019-nicknames-and-rarity.md).
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

WEIGHTS = {"1": 0.45, "2": 0.5, "3": 0.6, "4": 0.68, "5": 0.75}
"""Weight of a word by its class, the commonest first."""
_MOST = {1: 0.2, 2: 0.5, 3: 0.65}
"""Most that a common word of so many letters weighs: less than an unknown one (keys.weight_of)."""


@cache
def business() -> frozenset[str]:
    """Folded words that companies are named with, and people are not."""
    return frozenset(word for _, cultures, words in _rows() if "company" in cultures for word in words) - {
        word for _, cultures, words in _rows() if "company" not in cultures for word in words
    }


@cache
def common() -> Mapping[str, float]:
    """Folded word to its weight, 0.2 to 0.75; a word that is not in it is rare."""
    found: dict[str, float] = {}
    for kind, _, words in _rows():
        found |= {word: min(WEIGHTS[kind], _MOST.get(len(word), 1.0)) for word in words}
    return found


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """(class, cultures, words) of each line of the table."""
    text = (files(__package__) / "data" / "common.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return tuple([(kind, tuple(cultures.split()), tuple(words.split())) for kind, cultures, words in lines])
