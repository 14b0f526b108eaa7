"""Names in the scripts of India in Latin letters: one table for nine scripts, since Unicode lays out
Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada and Malayalam alike (after ISCII, IS
13194:1991).

A consonant carries an a unless a sign says otherwise; the northern languages do not speak it at the end of a
word, nor between two consonants that have vowels around them (Rajnikant, not Rajanikanta).
"""

import re

LETTERS = "\u0900-\u0d7f"

_CONSONANTS = dict(
    enumerate(
        "k kh g gh n ch chh j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h".split(),
        0x15,
    )
)
_VOWELS = dict(enumerate("a a i i u u ri l e e e ai o o o au".split(), 0x05))
_SIGNS = dict(enumerate("a i i u u ri ri e e e ai o o o au".split(), 0x3E))
_WITH_NUKTA = {"k": "q", "j": "z", "d": "r", "dh": "rh", "ph": "f", "s": "sh", "g": "gh", "l": "l", "y": "y"}
_VIRAMA, _NUKTA, _NASAL, _BREATH, _NYA = 0x4D, 0x3C, (0x01, 0x02, 0x70), 0x03, 0x1E
_BENGALI, _NORTHERN, _TAMIL = 1, (0, 1, 2, 3, 4), 5
_KHANDA_TA = "\u09ce"
_CHILLU = dict(zip("ൺൻർൽൾൿ", "n n r l l k".split(), strict=True))
# An inherent vowel is written "@" until it is known whether it is heard. At the end it is, after a consonant
# with r, l, m, n, y or v (Mishra, Krishna, but Anand).
_LAST = re.compile(r"(?<![bcdfghjklmnpqrstvyz][rlmnyv])@(?=\W|$)")
_CONSONANT = "[bcdfgjklmnpqrstvyz]h{0,2}"
_MEDIAL = re.compile(rf"(?<=[aeiou@])({_CONSONANT})@(?=(?:{_CONSONANT}|h)[aeiou@])")
_RAO = re.compile(r"(?<=r)avu?\b")


def spell(text: str) -> tuple[str, ...]:
    """Readings of a name in an Indian script; Bengali and Tamil have two (z for j; s for ch)."""
    block = (ord(next((c for c in text if "\u0900" <= c <= "\u0d7f"), "\u0900")) - 0x900) >> 7
    spelled = _letters(text)
    if block in _NORTHERN:
        spelled = _MEDIAL.sub(r"\1", _LAST.sub("", spelled))
    plain = _RAO.sub("ao", spelled.replace("@", "a")).replace("sinh", "singh")
    if block == _BENGALI:
        plain = plain.replace("v", "b")
        return tuple(dict.fromkeys((plain, plain.replace("j", "z"))))
    if block == _TAMIL:
        return tuple(dict.fromkeys((_voiced(plain), plain.replace("ch", "s"))))
    return (plain,)


def _voiced(text: str) -> str:
    """Tamil writes one letter for k and g, t and d, p and b: voiced between vowels and after n, m."""
    for stop, voiced in (("k", "g"), ("t", "d"), ("p", "b")):
        text = re.sub(f"(?<=[aeioumn]){stop}(?=[aeiou])", voiced, text)
    return text


def _letters(text: str) -> str:
    out: list[str] = []
    for c in text:
        if not "\u0900" <= c <= "\u0d7f":
            out.append(c)
            continue
        place = (ord(c) - 0x900) & 0x7F
        if c in _CHILLU:
            out.append(_CHILLU[c])
        elif place == _NYA and out and out[-1] == "j":
            out[-1] = "gy@"  # the conjunct of j and ny is said gy (Gyan, Pragya)
        elif place in _CONSONANTS:
            out.append(_CONSONANTS[place] + "@")
        elif place == _VIRAMA and out:
            out[-1] = out[-1].removesuffix("@")
        elif place == _NUKTA and out:
            bare = out[-1].removesuffix("@")
            out[-1] = _WITH_NUKTA.get(bare, bare) + "@"
        elif place in _SIGNS and out:
            out[-1] = out[-1].removesuffix("@") + _SIGNS[place]
        elif place in _VOWELS:
            out.append(_VOWELS[place])
        elif place in _NASAL:
            out.append("n")
        elif place == _BREATH:
            out.append("h")
        elif c == _KHANDA_TA:
            out.append("t")
    return "".join(out)
