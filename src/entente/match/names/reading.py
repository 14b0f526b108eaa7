"""One name read: folded, cut into words, and what each word is (name, particle, form of company, number)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from entente.match.names.companies import shorten
from entente.match.names.compounds import one_word
from entente.match.names.fold import fold, readings
from entente.match.names.keys import is_light, weight_of
from entente.match.names.nicknames import families
from entente.match.names.rarity import business
from entente.match.names.tables import CANON, FORMS, PATRONYMIC

MOST_TOKENS = 24
"""Tokens of one name that are compared; the rest of a longer one is left out."""

ROMAN = {
    numeral: str(value)
    for value, numeral in enumerate(
        f"{tens}{ones}"
        for tens in ("", "x", "xx")
        for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    )
}
_SPELT = {
    word: str(n)
    for n, words in enumerate(
        ("first", "second two", "third three", "fourth four", "fifth five", "sixth six", "seventh seven",
         "eighth eight", "ninth nine", "tenth", "eleven", "twelve"), 1
    )
    for word in words.split()
}  # fmt: skip
_TENS = {
    word: n * 10 for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
"""Numbers in words; "one" and "ten" are words of other languages too."""
_FATHER_OF = frozenset("abu abou abi umm um oum".split())
_GOES_ON = re.compile(r"(\w+)…")
_AND = frozenset("y e i d l".split())
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th|er|eme)")
_SIGNS = re.compile("[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3\U00020000-\U0003ffff]")
"""Scripts with a sign for a syllable or a word, where two signs that sound alike are two signs."""
_LOOKS = str.maketrans("0134579", "oieastg")


@dataclass(frozen=True, slots=True)
class Name:
    """One name, folded and cut: `written` are its words in order, `every` the same with compounds in one word
    ("nur al din", "nuruddin"), `strong` those of them that tell.

    `light`: particles, titles and classes of legal forms. `fathers`: who stands after "son of"; `sons`: after
    "father of" (a kunya names the son). `family`: family names, where the writing tells them.
    `numbers`: numerals in it, `company`: whether it is an organisation's, `cut`: words that go on ("Kon…"),
    `signs`: its Han and Hangul signs as they were written.
    """

    text: str
    written: tuple[str, ...]
    every: tuple[str, ...]
    strong: tuple[str, ...]
    weights: tuple[float, ...]
    light: frozenset[str]
    fathers: frozenset[str]
    sons: frozenset[str]
    family: frozenset[str]
    numbers: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()
    company: bool = False
    signs: str = ""


def name_of(text: str, person: bool = False) -> Name:
    """Read one name as it was written, in any script, the likeliest way."""
    return names_of(text, person)[0]


@lru_cache(maxsize=1 << 14)
def names_of(text: str, person: bool = False) -> tuple[Name, ...]:
    """Every way to read a name, the likeliest first: one, or up to six where letters are read variously.

    `person`: it is somebody's name, so that no word of it is a legal form.
    """
    return tuple([_read(text, folded, person) for folded in readings(text)])


def _read(text: str, folded: str, person: bool) -> Name:
    signs = "" if text.isascii() else "".join(_SIGNS.findall(text))
    words, company = folded.split()[:MOST_TOKENS], False
    formed = [False] * len(words)
    if not person:
        words = _in_digits(shorten(folded).split()[:MOST_TOKENS])
        formed = [not signs and _is_form(words, i) for i in range(len(words))]
        company = any(formed) or any(w in business() and not families(w) for w in words)
    written = tuple([w if w.isalpha() else _lettered(w) for w in words])
    if company:
        written = every = tuple([CANON.get(w, w) for w in written])
    else:
        every = tuple(one_word(written))
        formed = [False] * len(every)
    weak = [
        form or (is_light(t) and (len(t) > 1 or t in _AND)) for t, form in zip(every, formed, strict=True)
    ]
    strong = tuple([t for t, light in zip(every, weak, strict=True) if not light])
    if not strong:
        strong, weak = every, [False] * len(every)
    return Name(
        text,
        written,
        every,
        strong,
        tuple([weight_of(t) for t in strong]),
        frozenset([FORMS.get(t, t) for t, light in zip(every, weak, strict=True) if light]),
        frozenset([b for a, b in pairwise(every) if a in PATRONYMIC]),
        frozenset([b for a, b in pairwise(every) if a in _FATHER_OF]),
        frozenset() if company else _family(text, every),
        frozenset() if person else _numbers(every, company),
        frozenset([fold(word) for word in _GOES_ON.findall(text)]) if "…" in text else frozenset(),
        company,
        signs,
    )


def _family(text: str, every: tuple[str, ...]) -> frozenset[str]:
    """The words that the writing marks as the family's: before the one comma, or in capitals among others."""
    if text.count(",") == 1:
        marked = text.partition(",")[0]
    elif text.isupper() or text.islower():
        return frozenset()
    else:
        marked = " ".join([w for w in text.split() if w.isupper() and sum(map(str.isalpha, w)) > 1])
    said = frozenset(fold(marked).split()) if marked else frozenset()
    return said if not said.issuperset(every) else frozenset()


def _is_form(words: list[str], place: int) -> bool:
    """Whether a word is a legal form: where forms stand, first or among the last three, never alone."""
    return words[place] in FORMS and len(words) > 1 and (place == 0 or place >= len(words) - 3)


def _lettered(token: str) -> str:
    """Digits that stand for letters inside a word ("sech1n"); numbers and short codes are kept."""
    letters = sum(c.isalpha() for c in token)
    return token.translate(_LOOKS) if letters >= 3 and letters > len(token) - letters else token


def _in_digits(words: list[str]) -> list[str]:
    """Numbers written in words as digits: "forty four" is "44"."""
    found: list[str] = []
    for word in words:
        ordinal = _ORDINAL.fullmatch(word)
        ones = int(ordinal[1] if ordinal else _SPELT.get(word, 0))
        if ones < 10 and found and ones and found[-1].isdigit() and int(found[-1]) in _TENS.values():
            found[-1] = str(int(found[-1]) + ones)
        elif ones:
            found.append(str(ones))
        else:
            found.append(str(_TENS.get(word, word)))
    return found


def _numbers(every: tuple[str, ...], company: bool) -> frozenset[str]:
    """Numerals in a name: digits, and Roman ones of a company. A lone "v" or "x" is a letter, and so is a "i"
    that does not end the name."""
    found = set()
    named = [word for word in every if word not in FORMS]
    for word in named[1:]:
        if word.isdigit():
            found.add(word.lstrip("0") or "0")
        elif company and word in ROMAN and (len(word) > 1 or (word == "i" and named[-1] == "i")):
            found.add(ROMAN[word])
    return frozenset(found)
