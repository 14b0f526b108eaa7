"""Names in Chinese characters: one name, many readings.

The characters do not say whether the bearer is Chinese, Japanese, Korean or Vietnamese, nor how his family
spells itself. Family names decide: those of two characters that only Japan has are read as Japanese, the
others first in pinyin (with the family name's own reading: Zeng, Shan, Xie), then in Wade-Giles and as in
Hong Kong, Korea, South-East Asia and Viet Nam. The tables beside this file are written by us from public
usage.
"""

import re
from functools import cache, lru_cache

from anyascii import anyascii

from entente.match.names.scripts import japanese, kana
from entente.match.names.scripts.tables import rows
from entente.match.names.scripts.wade_giles import wade_giles

LETTERS = kana.LETTERS + "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff・·"

MOST_READINGS = 6
_LONGEST_NAME = 4
"""Characters of the longest name of a person that is written without spaces."""

_KOREAN = frozenset(
    "金李朴崔鄭姜趙尹張林韓吳申徐權黃安宋柳洪全高文孫梁裵裴白許南沈劉河郭成車兪俞具禹田羅"
    "辛任閔陳池嚴元蔡千方孔康玄咸卞楊薛廉邊秋魯石蘇馬盧曺曹丁朱"
)
_KANA = re.compile(f"[{kana.LETTERS}]")
_FORMS = (
    ("股份有限公司", " jsc"), ("有限責任公司", " ltd"), ("有限责任公司", " ltd"), ("有限公司", " ltd"),
    ("株式会社", " kk "), ("株式會社", " kk "), ("有限会社", " ltd "), ("公司", " company"),
    ("集团", " group"), ("集團", " group"), ("银行", " bank"), ("銀行", " bank"),
)  # fmt: skip
_ALSO = {
    "长": "chang", "長": "chang", "乐": "le", "樂": "le", "行": "xing", "重": "chong", "朝": "chao",
    "茜": "qian", "单": "dan", "單": "dan", "解": "jie", "曾": "zeng", "柏": "bo", "仇": "chou", "查": "cha",
    "朴": "pu",
}  # fmt: skip
"""Characters of more than one reading, as they are read in given names."""


@cache
def _families() -> dict[str, tuple[str, ...]]:
    """A family name to its pinyin, Cantonese, Hokkien, Korean and Vietnamese spellings."""
    return {word: row[1:] for row in rows("han_surnames.tsv") for word in row[0].split()}


@cache
def _given() -> dict[str, tuple[str, ...]]:
    """A character to its Cantonese, Korean and Vietnamese spelling in a given name."""
    return {character: row[1:] for row in rows("han_given.tsv") for character in row[0]}


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """A folded spelling to the Chinese family names that are spelled so, by their pinyin."""
    found: dict[str, dict[str, None]] = {}
    for row in rows("han_surnames.tsv"):
        pinyin = row[1].replace("'", "")
        said = [pinyin, _old(row[1]), *row[2].split(), *row[3].split()]
        for spelling in said:
            found.setdefault(spelling, {})[pinyin] = None
    return {spelling: tuple(names) for spelling, names in found.items()}


def chinese_families(token: str) -> tuple[str, ...]:
    """The Chinese family names, by their pinyin, that a folded token may spell: "kwok" is "guo"."""
    return _spellings().get(token, ())


def spell(text: str) -> tuple[str, ...]:
    """At most six readings of a name in Chinese characters, the likeliest first."""
    words = [w for w in re.split(r"[\s()・·]+", text) if w]
    if not words:
        return ("",)
    if _KANA.search(text):
        read = japanese.read(words)
        return read or kana.spell(text)
    for form, spelled in _FORMS:
        if form in text:
            return (
                " ".join(
                    [_apart(part) for part in re.split(r"[\s()]+", text.replace(form, spelled).strip())]
                ),
            )
    cut = _cut(words)
    read = japanese.read(words, chinese=cut is not None)
    if not cut:
        return read or (" ".join([_apart(w) if len(w) > _LONGEST_NAME else _joined(w) for w in words]),)
    chinese = _readings(*cut)
    if read and japanese.surely(words):
        return (*read, *chinese[:2])
    return tuple(dict.fromkeys((*chinese[:3], *read[:1], *chinese[3:])))[:MOST_READINGS]


def _apart(word: str) -> str:
    return word if word.isascii() else " ".join([_pinyin(c) for c in word])


def _joined(word: str) -> str:
    return "".join([_pinyin(c) for c in word])


@lru_cache(maxsize=1 << 13)
def _pinyin(character: str) -> str:
    return _ALSO.get(character) or anyascii(character).strip().lower()


def _cut(words: list[str]) -> tuple[str, list[str], bool] | None:
    """Family name, given names, and whether the family name stood last; None when there is none."""
    families = _families()
    if len(words) == 1:
        word = words[0]
        for size in (2, 1):
            if word[:size] in families and size <= len(word) <= max(size + 2, _LONGEST_NAME):
                return word[:size], [word[size:]] if word[size:] else [], False
        return None
    if words[0] in families:
        return words[0], words[1:], False
    if words[-1] in families:
        return words[-1], words[:-1], True
    return None


def _readings(family: str, given: list[str], last: bool) -> tuple[str, ...]:
    pinyin, cantonese, hokkien, korean, vietnamese = _families()[family]
    syllables = [[_pinyin(c) for c in word] for word in given]
    plain = ["".join(word) for word in syllables]
    old = ["".join([wade_giles(s) for s in word]) for word in syllables]
    in_hong_kong = _by_table(given, 0)
    found = [(pinyin.replace("'", ""), plain), (_old(pinyin), old)]
    found += [(cantonese.split()[0], in_hong_kong)]
    if family in _KOREAN:
        found.append((korean, _by_table(given, 1)))
    found += [(hokkien.split()[0], plain), (vietnamese, _by_table(given, 2))]
    found += [(other, in_hong_kong) for other in cantonese.split()[1:]]
    return tuple(
        dict.fromkeys([" ".join((*names, name) if last else (name, *names)) for name, names in found])
    )


def _old(pinyin: str) -> str:
    """A family name of one or two syllables in Wade-Giles."""
    return "".join([wade_giles(syllable) for syllable in pinyin.split("'")])


def _by_table(given: list[str], column: int) -> list[str]:
    """Given names by a column of the table of characters; pinyin where it lacks one."""
    table = _given()
    return ["".join([table[c][column] if c in table else _pinyin(c) for c in word]) for word in given]
