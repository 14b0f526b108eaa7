"""Cyrillic names in Latin letters, by the practice of the country whose letters they use.

Russian stands between BGN/PCGN and ICAO Doc 9303-3, as passports and press do; Ukrainian is Cabinet
resolution 55 (2010), Bulgarian the Transliteration Act (2009), Serbian Gaj's Latin alphabet less its signs.
Where the letters do not tell the language, a second reading gives the neighbour's. What other systems spell
otherwise (kh h ch, zh j, iu yu ju, endings in y i ij iy) meets by sound (`names.keys`).
"""

import re

LETTERS = "\u0400-\u052f"

_COMMON = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "і": "i", "ѣ": "e", "ѳ": "f", "ѵ": "i", "ѫ": "a", "ґ": "g", "є": "ye",
    "ї": "yi", "ў": "u", "ђ": "dj", "ћ": "c", "џ": "dz", "љ": "lj", "њ": "nj", "ј": "j", "ѓ": "gj", "ќ": "kj",
    "ѕ": "dz", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ҳ": "h",
    "ҷ": "j", "ӣ": "i", "ӯ": "u", "җ": "zh", "ҡ": "k", "ҙ": "z", "ҫ": "s", "ӑ": "a", "ӗ": "e", "ӳ": "u",
    "ӏ": "", "ӈ": "n",
}  # fmt: skip


def _letters(**other: str) -> dict[int, str]:
    return str.maketrans(_COMMON | other)


_RUSSIAN = _letters()
_BROAD = _letters(ё="yo")
_UKRAINIAN = _letters(г="h", и="y", й="i", є="ie", ї="i", ю="iu", я="ia")
_BELARUSIAN = _letters(г="h", ё="io", ю="iu", я="ia", й="i")
_SOUTHERN_G = _letters(и="y", й="i", є="ie", ї="i", ю="iu", я="ia")
_EASTERN_H = _letters(г="h")
_BULGARIAN = _letters(щ="sht", ъ="a", х="h")
_SERBIAN = _letters(ж="z", х="h", ц="c", ч="c", ш="s")
_SERBIAN_HEARD = _letters(х="h", ћ="ch", џ="dzh", љ="ly", њ="ny", ј="y", ђ="dj")
_MACEDONIAN = _letters(х="h", ц="c", џ="dj")
_TURKIC = _letters(х="kh", ж="zh", ў="o")
_TURKIC_HEARD = _letters(ж="j", ғ="gh", қ="q", ң="ng", ў="u", х="h")

_ADJECTIVE = re.compile(r"[иы]й\b")
_AFTER_CONSONANT = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])ъ(?![еёюяиэ])")
_INITIAL = re.compile(r"\b[єїйюя]")
_INITIALS = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_UKRAINIAN_WORD = re.compile(
    r"[сц]ьк|\bволодимир|\bолекс|\bмикол|\bдмитр[оа]|\bпетро\b|\bпавло\b|\bмихайл|\bмикит"
)
_EARLY_YO = re.compile(r"\bё")


def spell(text: str) -> tuple[str, ...]:
    """Readings of a Cyrillic name in Latin letters, the likeliest first; one where the letters are clear."""
    text = text.lower()
    kept = set(text)
    if kept & set("ђћџљњј"):
        return _read(text, _MACEDONIAN if kept & set("ѓќѕ") else _SERBIAN, _SERBIAN_HEARD)
    if kept & set("ѓќѕ"):
        return _read(text, _MACEDONIAN, _SERBIAN_HEARD)
    if kept & set("әғқңөұүһҳҷӣӯҡҙ"):
        return _read(text, _TURKIC, _TURKIC_HEARD)
    if "ў" in kept or ("і" in kept and kept & set("ыэё")):
        return _read(text, _BELARUSIAN, _RUSSIAN)
    if kept & set("іїєґ") or (not kept & set("ыэёъ") and _UKRAINIAN_WORD.search(text)):
        text = _INITIAL.sub(lambda found: _INITIALS[found[0]], text)
        return _read(text, _UKRAINIAN, _SOUTHERN_G)
    if "ъ" in kept and not kept & set("ыэё") and _AFTER_CONSONANT.search(text):
        return _read(text, _BULGARIAN)
    text = _EARLY_YO.sub("yo", _ADJECTIVE.sub("y", text))
    others = []
    if "ё" in kept:
        others.append(_BROAD)
    elif not kept & set("ыэъ"):
        if "щ" in kept:
            others.append(_BULGARIAN)
        if "г" in kept:
            others.append(_EASTERN_H)
    return _read(text, _RUSSIAN, *others)


def _read(text: str, *tables: dict[int, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([text.translate(table) for table in tables]))
