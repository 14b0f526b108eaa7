"""Does a text name somebody who must not be named: a victim, a minor, a protected witness?

Pure. A name is found in any script, order and capitals that `names.fold` reads; whole, without its spaces, in
an address, with its letters spaced out, or by one part of it, where that stands as a name (with a capital, in
an address, or in a script without capitals). It finds what it was given, and no more: see LIMITS.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entente.match.names.fold import readings
from entente.web.language import N_

LIMITS = N_(
    "It finds names that were given to it, whole or in part, in any order and script. It does not find "
    "nicknames, names that nobody gave, other spellings by ear, pictures, or a description by which somebody "
    "is known (school, address, post, kinship). A person reads the text before it is published."
)
PARTICLES = frozenset(
    "abu ait bin bint ben ibn umm von van der den del della dos das los las san the and for mac".split()
)
"""Parts of names that name nobody."""
LEAST_PART, LEAST_JOINED, NEAR = 3, 6, 3
"""Letters of a part that speaks alone; of a name looked for without spaces; words that may stand between."""
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"\S*[@_/\\.]\S*[^\W_]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name that must not appear, and whose it is: victim, minor, witness, person."""

    name: str
    sort: str


@dataclass(frozen=True, slots=True)
class Found:
    """`where`: the place of the text; the name itself is not repeated."""

    where: str
    sort: str
    whole: bool


def found(texts: Iterable[tuple[str, str]], names: Iterable[Name]) -> list[Found]:
    """Which of these texts (place, text) name whom, each place and sort once, whole before part."""
    known = [(one, _ways(one.name)) for one in names if one.name.strip()]
    hits: dict[tuple[str, str], bool] = {}
    for where, text in texts:
        if not text:
            continue
        read = _read(text)
        for name, ways in known:
            if (whole := _stands(read, name.name, ways)) is not None:
                hits[where, name.sort] = hits.get((where, name.sort), False) or whole
    return [Found(where, sort, whole) for (where, sort), whole in hits.items()]


def texts_of(said: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """(place, text) of everything that a piece of frozen data says; the runs of a line are one text."""
    if isinstance(said, str):
        yield where, said
    elif isinstance(said, Mapping):
        if "in" in said:
            yield where, "".join(run["s"] for run in said["in"])
        for key, value in said.items():
            if key != "in":
                yield from texts_of(value, f"{where}/{key}" if where else str(key))
    elif isinstance(said, Sequence):
        for n, value in enumerate(said, 1):
            yield from texts_of(value, f"{where}/{n}" if where else str(n))


@dataclass(frozen=True, slots=True)
class _Text:
    words: Sequence[frozenset[str]]
    """Of each word, what it may be folded to."""
    speaks: Sequence[bool]
    """Whether a word may be a name by itself."""
    places: Mapping[str, Sequence[int]]
    bare: str
    folded: str
    """All its letters without spaces: as they are, and folded."""


def _read(text: str) -> _Text:
    plain = _plain(text)
    addresses = [found.span() for found in _ADDRESS.finditer(plain)]
    words, speaks = [], []
    for match in _WORD.finditer(plain):
        word = match.group()
        words.append(_folds(word))
        inside = any(start <= match.start() < end for start, end in addresses)
        speaks.append(inside or word[0].isupper() or word.casefold() == word.upper())
    places: dict[str, list[int]] = {}
    for n, folds in enumerate(words):
        for fold in folds:
            places.setdefault(fold, []).append(n)
    folded = "".join(readings(match.group())[0].replace(" ", "") for match in _WORD.finditer(plain))
    return _Text(words, speaks, places, _bare(plain), folded)


def _plain(text: str) -> str:
    """Without marks that are not seen, and with words whole that a line parts."""
    joined = re.sub(r"[-\u2010]\s*\n\s*", "", text)
    return "".join(c for c in unicodedata.normalize("NFKC", joined) if unicodedata.category(c) != "Cf")


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _folds(word: str) -> frozenset[str]:
    return frozenset(token for reading in readings(word) for token in reading.split())


def _ways(name: str) -> list[list[str]]:
    """The parts of a name, for each way in which it may be read."""
    return [parts for reading in readings(_plain(name)) if (parts := reading.split())]


def _stands(text: _Text, name: str, ways: Sequence[Sequence[str]]) -> bool | None:
    """True: the whole name stands there; False: a part of it; None: neither."""
    bare = _bare(_plain(name))
    few = len(bare) < LEAST_JOINED and bare.isascii()
    if not few and len(bare) > 1 and bare in text.bare:
        return True
    part = False
    for parts in ways:
        if len(parts) == 1:
            if parts[0] in text.places:
                return True
            continue
        if _together(text, parts) or _joined(text, parts):
            return True
        for one in parts:
            alone = len(one) >= LEAST_PART and one not in PARTICLES
            part |= alone and any(text.speaks[n] for n in text.places.get(one, ()))
    return False if part else None


def _joined(text: _Text, parts: Sequence[str]) -> bool:
    """Written as one word, or with its letters spaced out; surname first or last."""
    ways = ("".join(parts), "".join([parts[-1], *parts[:-1]]))
    return any(len(way) >= LEAST_JOINED and way in text.folded for way in ways)


def _together(text: _Text, parts: Sequence[str]) -> bool:
    """All parts near each other, in any order; an initial counts for a part beside another that is whole."""
    least = min(parts, key=lambda one: len(text.places.get(one, ())))
    for n in text.places.get(least, ()):
        reach = len(parts) + NEAR
        near = frozenset().union(*text.words[max(0, n - reach) : n + reach + 1])
        if all(one in near for one in parts):
            return True
    return False
