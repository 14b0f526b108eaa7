"""Latin letters with signs, in a-z: without the sign, then as the language's own substitute or as heard.

Substitutes are those of ICAO Doc 9303-3 section 6 (Müller MUELLER, Aagaard for Ågård, Groß GROSS) and of the
press (Milošević Miloshevich, Şahin Shahin). Scripts that no other file of this folder reads come here too:
the `anyascii` library (ISC licence) spells them.
"""

import re

from anyascii import anyascii

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("ʼʻ’‘`´ʹʺʿʾ′'״׳", ""),
        **dict.fromkeys("əƏ", "a"),
        "№": " ",
        "ª": "a",
        "º": "o",
        "&": " and ",
    }
)
_SUBSTITUTES = {
    "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj", "š": "sh", "č": "ch", "ć": "ch",
    "ž": "zh", "ş": "sh", "ș": "sh", "ţ": "ts", "ț": "ts", "ğ": "gh", "ə": "e", "ō": "ou", "ñ": "ny",
}  # fmt: skip
_TURKISH = {"ç": "ch", "ö": "o", "ü": "u"}
_AZERBAIJANI = _TURKISH | {"ə": "a", "x": "kh", "q": "g", "c": "j"}
_SECOND = str.maketrans(_SUBSTITUTES)
_SECOND_TURKISH = str.maketrans(_SUBSTITUTES | _TURKISH)
_SECOND_AZERBAIJANI = str.maketrans(_SUBSTITUTES | _AZERBAIJANI)
_VIETNAMESE = re.compile("[ăơư\u1ea0-\u1ef9]")
_MIXED = re.compile(r"[^\W\d_]*(?:[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z])[^\W\d_]*")
_LOOKS = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυ", "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXovu"
)


def plain(text: str) -> str:
    """Any text in ASCII, each letter without its sign."""
    return anyascii(text.translate(_PLAIN))


def spell(text: str) -> tuple[str, ...]:
    """One or two readings of a name in Latin letters: Muller and Mueller, Milosevic and Miloshevich."""
    first = plain(text)
    lower = text.lower()
    if _VIETNAMESE.search(lower):
        return (first,)
    table = _SECOND
    if "ə" in lower:
        table = _SECOND_AZERBAIJANI
    elif not {"ş", "ğ", "ı"}.isdisjoint(lower):
        table = _SECOND_TURKISH
    other = lower.translate(table)
    return (first,) if other == lower else (first, plain(other))


def unmask(text: str) -> str:
    """A text where Cyrillic or Greek letters inside Latin words are those that they look like: "Ivаnоv" with
    two Cyrillic letters is a disguise, not a language."""
    return _MIXED.sub(lambda found: found[0].translate(_LOOKS), text)
