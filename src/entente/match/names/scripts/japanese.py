"""Japanese names in Chinese characters and kana: family and given names by table, given names by character
where the table lacks them (readings: Hepburn, long vowels short)."""

import re
from functools import cache

from anyascii import anyascii

from entente.match.names.scripts import kana
from entente.match.names.scripts.tables import rows

_KANA_ONLY = re.compile(f"[{kana.LETTERS}]+")
_LONGEST_FAMILY = 4
MOST_READINGS = 3
_SINO_ENDS = {
    "一郎": "ichiro", "一朗": "ichiro", "二郎": "jiro", "次郎": "jiro", "治郎": "jiro", "三郎": "zaburo",
    "四郎": "shiro", "五郎": "goro", "太郎": "taro", "太朗": "taro", "之介": "nosuke", "之助": "nosuke",
    "之輔": "nosuke", "一": "ichi", "二": "ji", "次": "ji", "司": "ji", "治": "ji", "三": "zo", "造": "zo",
    "蔵": "zo", "介": "suke", "輔": "suke", "助": "suke", "平": "hei", "太": "ta", "吾": "go", "也": "ya",
    "哉": "ya",
}  # fmt: skip
"""Ends of given names before which the first character is read as in Chinese: 裕次郎 is Yujiro."""
_NUMBERED = {"一": "ichi", "二": "ji", "次": "ji", "三": "sabu", "四": "shi", "五": "go", "八": "hachi"}
"""Sons by number: 一郎 is Ichiro."""
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


@cache
def _sino() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("japanese_sino.tsv")}


@cache
def _places() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in rows("japanese_places.tsv")}


def _composed(family: str) -> str:
    """A family name of two characters that the table lacks, by its characters; empty when it is none."""
    table = _places()
    if len(family) != 2 or family[0] not in table or family[1] not in table:
        return ""
    return kana.romaji(table[family[0]][0] + table[family[1]][1])


def read(words: list[str], *, chinese: bool = False) -> tuple[str, ...]:
    """At most three readings of a name as Japanese; none when it has no Japanese family name.

    `chinese`: it may be a Chinese name too, so that a family name that is in no table must have a given name
    beside it that hardly any Chinese bears.
    """
    cut = _cut(words, chinese)
    if not cut:
        return ()
    family, given, last = cut
    first = _families().get(family) or (_composed(family),)
    names = [_read_given(word) for word in given]
    chosen = [
        (first[0], [n[min(way, len(n) - 1)] for n in names])
        for way in range(min(MOST_READINGS, max([len(n) for n in names], default=1)))
    ]
    if len(first) > 1:
        chosen.insert(1, (first[1], [n[0] for n in names]))
    chosen = chosen[:MOST_READINGS]
    return tuple([" ".join((*given, name) if last else (name, *given)) for name, given in chosen])


def surely(words: list[str]) -> bool:
    """Whether a name that can be read as Japanese is hardly a Chinese one: by its family name's two
    characters, or by the end of its given name."""
    cut = _cut(words, chinese=True)
    if not cut:
        return False
    family, given, _ = cut
    if any(len(w) > 1 and w[-1] in _ENDINGS for w in given):
        return True
    return len(family) > 1 and all(_readable(w) for w in given)


def _cut(words: list[str], chinese: bool) -> tuple[str, list[str], bool] | None:
    families = _families()
    if len(words) > 1:
        if words[0] in families:
            return words[0], words[1:], False
        if words[-1] in families:
            return words[-1], words[:-1], True
        for word, others, last in ((words[0], words[1:], False), (words[-1], words[:-1], True)):
            if _composed(word) and (not chinese or all(_hardly_chinese(other) for other in others)):
                return word, others, last
        return None
    word = words[0]
    if word in families:
        return word, [], False
    known = [size for size in range(1, min(_LONGEST_FAMILY, len(word) - 1) + 1) if word[:size] in families]
    # The longest family name whose rest is a known given name; else the longest of which something is left.
    for size in sorted(known, key=lambda size: (word[size:] in _given(), size), reverse=True):
        if len(word) - size <= 3 and (size > 1 or not chinese or _readable(word[size:])):
            return word[:size], [word[size:]], False
    if _composed(word[:2]) and 2 < len(word) <= 6 and (not chinese or _hardly_chinese(word[2:])):
        return word[:2], [word[2:]], False
    return None


def _hardly_chinese(given: str) -> bool:
    """Whether a given name is known as Japanese, or has kana or an end that hardly any Chinese name has."""
    return given in _given() or given[-1] in _ENDINGS or bool(_KANA_ONLY.search(given))


def _readable(given: str) -> bool:
    return given in _given() or all(c in _characters() or _KANA_ONLY.fullmatch(c) for c in given)


def _read_given(word: str) -> tuple[str, ...]:
    """A given name as the table has it, then by its characters (信介 is Shinsuke and Nobusuke)."""
    known = _given().get(word, ())
    sino = []
    for size in (1, 2):
        end, first = _SINO_ENDS.get(word[-size:]), word[:-size]
        if end and len(first) == 1 and (size == 2 or first in _sino()):
            sino.append(_sino().get(first, _read_character(first, False)) + end)
    if len(word) == 2 and word[0] in _NUMBERED and word[1] in "郎朗":
        return (*known, _NUMBERED[word[0]] + "ro")
    read = [_read_character(c, i > 0) for i, c in enumerate(word)]
    composed = anyascii(kana.romaji("".join(read))).casefold()
    return tuple(dict.fromkeys((*known, *sino, composed)))


def _read_character(character: str, last: bool) -> str:
    for table in (_characters(), _places()):
        if character in table:
            return table[character][last]
    return _sino().get(character, character)
