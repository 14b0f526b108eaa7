"""Names in Arabic letters (Arabic, Persian, Urdu, Pashto, Kurdish) in Latin letters.

Short vowels are not written, so a word that many people bear is looked up with its vowels
(`arabic_names.tsv`, written by us: the word, its Arabic spelling, its Persian one where that differs). Any
other word keeps its consonants and long vowels and meets Latin spellings by its consonant skeleton
(`names.keys`). Letters follow the practice of passports, not a scholarly system.
"""

import re
from functools import cache, lru_cache

from entente.match.names.scripts.tables import rows

LETTERS = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff"

_CONSONANTS = {
    "ء": "", "ئ": "", "ع": "a", "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ى": "a", "ة": "a",
    "ۃ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r",
    "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f", "ق": "q",
    "ك": "k", "ک": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ہ": "h", "ھ": "h", "ۀ": "e", "ە": "a",
    "و": "w", "ؤ": "u", "ي": "y", "ی": "y", "ې": "e", "ۍ": "ay", "ے": "e", "ێ": "e", "ۆ": "o", "پ": "p",
    "چ": "ch", "ژ": "zh", "گ": "g", "ګ": "g", "ڤ": "v", "ٹ": "t", "ټ": "t", "ڈ": "d", "ډ": "d", "ڑ": "r",
    "ړ": "r", "ڕ": "r", "ڵ": "l", "ں": "n", "ڼ": "n", "ږ": "g", "ښ": "kh", "ځ": "z", "څ": "s", "ڭ": "ng",
    "ۋ": "w", "ۇ": "u", "ۈ": "u", "ڨ": "g",
}  # fmt: skip
_ARABIC = str.maketrans(_CONSONANTS)
_PERSIAN = str.maketrans(
    _CONSONANTS | {"ث": "s", "ذ": "z", "ض": "z", "ظ": "z", "و": "v", "ق": "gh", "ة": "at"}
)
_MAGHREBI = str.maketrans(_CONSONANTS | {"ث": "t", "ج": "g", "ذ": "d", "ظ": "d", "و": "u", "ة": "ah"})

_Spelled = tuple[str, str, str]
"""A word as Arabs, as Persians and Indians, as Egyptians and North Africans spell it."""

_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed\u200c\u200d]")
_UNIFIED = str.maketrans(
    {**dict.fromkeys("أإآٱ", "ا"), **dict.fromkeys("ىیۍېےئ", "ي"), **dict.fromkeys("ةہەۀھ", "ه"),
     "ک": "ك", "ګ": "گ", "ؤ": "و"}
)  # fmt: skip
_IRANIAN = frozenset("پچژگیکےہںڈٹڑګې")
_LONG_U = re.compile(r"(?<=[^\Wاآأإعويیى])[و](?=[^\Wاآأإويیى]|$)")
_LONG_I = re.compile(r"(?<=[^\Wاآأإعويیى])[يی](?=[^\Wاآأإويیى]|$)")
# No word begins with two consonants, and three do not meet: a vowel stands there that is not written.
# Nor may two letters be taken for one sound (t + s is not ts).
_VOWELLESS = "بتثجحخدذرزسشصضطظغفقكکلمنهپچژگګٹڈڑڤ"
_FIRST_TWO = re.compile(f"^([{_VOWELLESS}](?=[{_VOWELLESS}]|[ويی]ا)|[ويی](?=[{_VOWELLESS}]))")
_THREE = re.compile(f"(?<=[{_VOWELLESS}])([{_VOWELLESS}])(?=[{_VOWELLESS}])")
_APART = re.compile("([تدطض])(?=[سزصژغج])")
_SILENT_END = re.compile(r"(?<=[^\Wاآأإوي])[هہ]\b")


def _western(word: str, arabic: str) -> str:
    """A known word as Egyptians and North Africans have it: Gamal, Hafid, Sabit."""
    western = arabic.replace("j", "g").replace("th", "t") if "ث" in word else arabic.replace("j", "g")
    return western.replace("z", "d") if "ظ" in word else western


@cache
def _known() -> dict[str, _Spelled]:
    return {
        row[0].translate(_UNIFIED): (row[1], row[2] if len(row) > 2 else row[1], _western(*row[:2]))
        for row in rows("arabic_names.tsv")
    }


def spell(text: str) -> tuple[str, ...]:
    """Readings of a name in Arabic letters: as Arabs, as Persians and Indians, as Egyptians and North
    Africans spell it; the Persian one first where the letters are Persian. Short vowels of unknown words are
    left out."""
    words = [_word(w) for w in _MARKS.sub("", text).split()]
    cultures = (1, 0, 2) if not _IRANIAN.isdisjoint(text) else (0, 1, 2)
    return tuple(dict.fromkeys([" ".join([w[culture] for w in words]) for culture in cultures]))


@lru_cache(maxsize=1 << 14)
def _word(word: str) -> _Spelled:
    """A word as each of the three cultures spells it."""
    unified = word.translate(_UNIFIED)
    known = _lookup(unified)
    if known:
        return known
    if unified.startswith("ال") and len(unified) > 3 and (len(unified) > 4 or _lookup(unified[2:])):
        return _after("al ", _lookup(unified[2:]) or _unknown(word[2:]))
    if unified.startswith("عبدال") and len(unified) > 7:
        return _after("abd al ", _lookup(unified[5:]) or _unknown(word[5:]))
    for end, spelled in _ENDS:
        if unified.endswith(end) and len(unified) > len(end) + 1:
            stem = _lookup(unified[: -len(end)]) or _unknown(word[: -len(end)])
            return stem[0] + spelled, stem[1] + spelled, stem[2] + spelled
    if unified[:2] in _FIRST and (rest := _lookup(unified[2:])):
        return _after(_FIRST[unified[:2]], rest)
    return _compound(unified) or _unknown(word)


_FIRST = {"بو": "bou", "بن": "ben"}
"""What North African family names begin with, written in one word with a name."""
_ENDS = (("الدين", " al din"), ("الله", "allah"))


def _after(first: str, rest: _Spelled) -> _Spelled:
    return first + rest[0], first + rest[1], first + rest[2]


def _lookup(unified: str) -> _Spelled | None:
    return _known().get(unified)


def _compound(unified: str) -> _Spelled | None:
    """Two known names written as one (Alireza, Amirhossein), as Persians do."""
    known = _known()
    for cut in range(3, len(unified) - 2):
        first, second = known.get(unified[:cut]), known.get(unified[cut:])
        if first and second:
            return first[0] + second[0], first[1] + second[1], first[2] + second[2]
    return None


def _unknown(word: str) -> _Spelled:
    word = _LONG_I.sub("i", _LONG_U.sub("u", word))
    word = _THREE.sub(r"\1a", _APART.sub(r"\1a", _FIRST_TWO.sub(r"\1a", word)))
    arabic = _SILENT_END.sub("a", word)
    iranian = _SILENT_END.sub("e", word)
    return arabic.translate(_ARABIC), iranian.translate(_PERSIAN), arabic.translate(_MAGHREBI)
