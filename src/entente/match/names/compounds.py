"""Arabic names of several words that are one name: "Nur al-Din" is "Nuruddin", "Abd ar-Rahman" "Abdulrahman".

They are written in one word or in three, with the article assimilated to the next letter or not (the sun
letters). Here each is brought to one spelling in one word, so that like is compared with like.
"""

import re
from collections.abc import Sequence

SERVANT = "abdul"
_SERVANTS = frozenset("abd abdul abdel abdal abdol abdoul abdur abder abdar abdus abdes abdun aabd".split())
_ARTICLES = frozenset(
    "al el ul il ad ed ud ar er ur as es us az ez at et ut an en un ash esh ush oul".split()
)
_FAITH = frozenset("din dine deen".split())
_OF_FAITH = frozenset(
    "eddin eddine eddeen uddin uddine uddeen oddin ouddine aldin eldin eldine addin addine".split()
)
_GOD = frozenset("allah ullah ollah".split())

_FAITHFUL = re.compile(r"(\w{2,}?)(?:(?:oo|ou|u|o)dd?|[aei]dd|[aeu]ld(?=in$|een$))(?:in|ine|een)$")
_GODLY = re.compile(r"(\w{2,}?)(?:[aeiou]{1,2}ll?ah|ulla)$")
_SERVING = re.compile(r"a?abd[aeiou]{1,2}(?:l|(\w)(?=\1))?(\w{4,})$")


def one_word(words: Sequence[str]) -> list[str]:
    """Folded words with each compound written as one word: "abdul…", "…uddin", "…ullah". Order is kept."""
    found: list[str] = []
    at = 0
    while at < len(words):
        word, taken = words[at], 1
        after = 1 if at + 1 < len(words) and words[at + 1] in _ARTICLES else 0
        other = words[at + after + 1] if at + after + 1 < len(words) else ""
        if word in _SERVANTS and len(other) > 2:
            word, taken = SERVANT + other, after + 2
            if other in _GOD:
                word = "abdullah"
        elif len(word) > 2 and (other in _OF_FAITH or (after and other in _FAITH)):
            word, taken = word + "uddin", after + 2
        elif len(word) > 2 and other in _GOD:
            word, taken = word + "ullah", after + 2
        found.append(_spelt(word))
        at += taken
    return found


def _spelt(word: str) -> str:
    if len(word) < 7:
        return word
    if faithful := _FAITHFUL.fullmatch(word):
        return faithful[1] + "uddin"
    if godly := _GODLY.fullmatch(word):
        return godly[1] + "ullah"
    if serving := _SERVING.fullmatch(word):
        return SERVANT + serving[2]
    return word


def less_servant(word: str) -> str:
    """The name of God in an "abdul…", which people also go by alone; empty for any other word."""
    return word[len(SERVANT) :] if word.startswith(SERVANT) and len(word) > len(SERVANT) + 2 else ""
