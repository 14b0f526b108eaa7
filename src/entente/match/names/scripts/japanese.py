"""Japanese names in Chinese characters and kana: family and given names by table, given names by character
where the table lacks them (readings: Hepburn, long vowels short)."""

import re
from functools import cache

from anyascii import anyascii

from entente.match.names.scripts import kana
from entente.match.names.scripts.tables import rows

_KANA_ONLY = re.compile(f"[{kana.LETTERS}]+")
_LONGEST_FAMILY = 4
_NUMBERED = dict(
    zip("一二三四五六七八九十", "ichi ji sabu shi go roku shichi hachi ku ju".split(), strict=True)
)
_ENDINGS = frozenset("郎夫雄男太介輔彦樹郞也吾")
"""Last characters of given names that hardly any Chinese bears."""


@cache
def _families() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split()) for row in rows("japanese_surnames.tsv")}


@cache
def _given() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split()) for row in rows("japanese_given.tsv")}


@cache
def _characters() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in rows("japanese_characters.tsv")}


def read(words: list[str]) -> tuple[str, ...]:
    """At most three readings of a name as Japanese; none when its family name is not in the table."""
    cut = _cut(words)
    if not cut:
        return ()
    family, given, last = cut
    first = _families().get(family) or (kana.romaji(family),)
    names = [_read_given(word) for word in given]
    chosen = [(first[0], [n[0] for n in names])]
    if any(len(n) > 1 for n in names):
        chosen.append((first[0], [n[min(1, len(n) - 1)] for n in names]))
    if len(first) > 1:
        chosen.append((first[1], [n[0] for n in names]))
    return tuple([" ".join((*given, name) if last else (name, *given)) for name, given in chosen])


def surely(words: list[str], *, family_is_chinese: bool) -> bool:
    """Whether a name that can be read as Japanese is hardly a Chinese one: by its family name's two
    characters, or by the end of its given name."""
    cut = _cut(words)
    if not cut:
        return False
    family, given, _ = cut
    return len(family) > 1 or not family_is_chinese or any(len(w) > 1 and w[-1] in _ENDINGS for w in given)


def _cut(words: list[str]) -> tuple[str, list[str], bool] | None:
    families = _families()
    if len(words) > 1:
        if words[0] in families:
            return words[0], words[1:], False
        if words[-1] in families:
            return words[-1], words[:-1], True
        return None
    word = words[0]
    if word in families:
        return word, [], False
    known = [size for size in range(1, min(_LONGEST_FAMILY, len(word) - 1) + 1) if word[:size] in families]
    # The longest family name whose rest is a known given name; else the longest of which something is left.
    for size in sorted(known, key=lambda size: (word[size:] in _given(), size), reverse=True):
        if len(word) - size <= 3 and (size > 1 or _readable(word[size:])):
            return word[:size], [word[size:]], False
    return None


def _readable(given: str) -> bool:
    return given in _given() or all(c in _characters() or _KANA_ONLY.fullmatch(c) for c in given)


def _read_given(word: str) -> tuple[str, ...]:
    known = _given().get(word)
    if known:
        return known
    if len(word) == 2 and word[0] in _NUMBERED and word[1] in "郎朗":
        return (_NUMBERED[word[0]] + "ro",)
    table = _characters()
    read = [table[c][i > 0] if c in table else c for i, c in enumerate(word)]
    return (anyascii(kana.romaji("".join(read))).casefold(),)
