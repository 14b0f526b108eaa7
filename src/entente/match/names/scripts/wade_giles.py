"""Pinyin (ISO 7098) in Wade-Giles less its signs, as Taiwan's passports and older files have it.

After the conversion table of the two systems: initials change, then the finals that differ.
"""

import re

_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)")
_INITIALS = {
    "b": "p",
    "d": "t",
    "g": "k",
    "j": "ch",
    "q": "ch",
    "x": "hs",
    "zh": "ch",
    "r": "j",
    "z": "ts",
    "c": "ts",
}
_FINALS = {"ian": "ien", "ie": "ieh", "ong": "ung", "ue": "ueh", "iong": "iung", "er": "erh", "you": "yu"}
_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu",
    "yi": "i", "yan": "yen", "ye": "yeh", "you": "yu", "yong": "yung", "ge": "ko", "ke": "ko", "he": "ho",
    "e": "o", "duo": "to", "tuo": "to", "nuo": "no", "luo": "lo", "zuo": "tso", "cuo": "tso", "suo": "so",
    "zhuo": "cho", "chuo": "cho", "ruo": "jo", "gui": "kuei", "kui": "kuei", "er": "erh",
}  # fmt: skip


def wade_giles(pinyin: str) -> str:
    """One pinyin syllable (a-z) in Wade-Giles without apostrophes; other text comes back changed as if it
    were."""
    whole = _WHOLE.get(pinyin)
    if whole:
        return whole
    found = _SYLLABLE.fullmatch(pinyin)
    if not found:
        return pinyin
    initial, final = found.groups()
    return _INITIALS.get(initial, initial) + _FINALS.get(final, final)
