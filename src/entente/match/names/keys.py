"""Name keys: what a token is indexed under, so that two tokens match when they share a key.

Exact terms instead of a fuzzy engine (specs/engines.md section 0): the token, its one-letter deletions
(insert, delete, substitute and transpose all meet), and how it sounds over transliterations.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from entente.match.names.compounds import less_servant
from entente.match.names.tables import COMMON, FORMS, PARTICLES, SHORT_FORMS, TITLES

LONGEST = 40
"""Letters of a token that count; the rest of a longer one is cut."""


@dataclass(frozen=True, slots=True)
class TokenKeys:
    """The name keys of one token: itself, its one-letter deletions, how it sounds.

    `weight` is static: it never comes from the corpus.
    """

    exact: str
    deletes: frozenset[str]
    sounds: frozenset[str]
    weight: float = 1.0


@lru_cache(maxsize=1 << 16)
def token_keys(token: str) -> TokenKeys:
    """The keys of one folded token."""
    token = token[:LONGEST]
    return TokenKeys(token, deletes_of(token), sounds_of(token), weight_of(token))


def deletes_of(token: str) -> frozenset[str]:
    """The token itself and, when it has more than three letters, each of its one-letter deletions."""
    if len(token) <= 3:
        return frozenset((token,))
    return frozenset((token, *[token[:i] + token[i + 1 :] for i in range(len(token))]))


@lru_cache(maxsize=1 << 16)
def weight_of(token: str) -> float:
    """How much a token tells, 0.05 to 1.15: from the static tables, else from its length."""
    if token in TITLES:
        return 0.08
    if token in PARTICLES or token in FORMS:
        return 0.12
    if rest := less_servant(token):
        return max(0.45, weight_of(rest))
    known = COMMON.get(token)
    if known is not None:
        return known
    return _BY_LENGTH[min(len(token), 9)]


_BY_LENGTH = (0.05, 0.25, 0.55, 0.7, 0.85, 0.95, 1.0, 1.05, 1.1, 1.15)


def is_light(token: str) -> bool:
    """Whether a token is a particle, a title or a form of company."""
    return token in PARTICLES or token in TITLES or token in FORMS


# --- sound ---------------------------------------------------------------------------------------
# Consonants by class, voicing merged, because Arabic dialects, Western Armenian, pinyin and the two Korean
# romanisations differ in nothing else: b p, d t th dh, g k q gh, s z ts, sh zh ch j, f v, h kh, l, m, n, r.
_SPELT = (
    ("dzh", "x"), ("sh", "x"), ("zh", "x"), ("cz", "x"), ("sz", "x"), ("cs", "x"), ("dj", "x"), ("dg", "x"),
    ("hs", "x"), ("kh", "H"), ("gh", "k"), ("dh", "t"),
    ("th", "t"), ("ph", "f"), ("ck", "k"), ("tz", "s"), ("ts", "s"), ("dz", "s"), ("rh", "r"), ("qu", "k"),
    ("ce", "se"), ("ci", "si"), ("cy", "sy"),
)  # fmt: skip
_CLASS = str.maketrans(
    {"p": "b", "b": "b", "d": "t", "t": "t", "g": "k", "q": "k", "c": "k", "k": "k", "z": "s", "s": "s",
     "v": "f", "j": "x", "x": "x", "H": "h"}
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouyw]+")
_HUSHING = re.compile("tsch|dsch|shch|sch|tch")
_SILENT_H = re.compile(r"(?<=[^aeiouyw0-9])h(?=[aeiouyw])|h$")
_TWICE = re.compile(r"(.)\1+")


def _skeleton(token: str) -> str:
    """Consonant classes of one spelling; a leading vowel is kept as "a". A name of one consonant keeps its
    last vowel too, or every short name would sound alike."""
    written_out = token
    for written, said in _SPELT:
        if written in token:
            token = token.replace(written, said)
    # Doubles go before the vowels do: Muammar has two m to hear, not one.
    token = _TWICE.sub(r"\1", _SILENT_H.sub("", token).translate(_CLASS))
    bones = _VOWELS.sub("", token)
    if token[:1] and token[0] in "aeiou":
        bones = "a" + bones
    if len(bones) < 2 or (len(bones) == 2 and bones[0] == "a"):
        runs = _VOWELS.findall(written_out)
        bones += _LAST_VOWEL.get(runs[-1][-1], "") if runs else ""
        if runs and runs[-1] in ("ee", "ie"):
            bones = bones[:-1] + "i"
        elif runs and runs[-1] in ("oo", "ou"):
            bones = bones[:-1] + "u"
    return bones


_LAST_VOWEL = {"a": "a", "e": "i", "i": "i", "y": "i", "o": "u", "u": "u", "w": "u"}


@lru_cache(maxsize=1 << 16)
def sounds_of(token: str) -> frozenset[str]:
    """How a folded token may sound: one to four short keys, and the family of given names it belongs to.

    Letters that two spelling traditions read differently give a key each: j (Jamal, Andrej), g (Serge,
    Giorgi), w (Wladimir, Howeida), ch (Michael, Chechen), x (Xi, Alexander).
    """
    token = token[:LONGEST]
    if token.isdigit():
        return frozenset((token,))
    said = _HUSHING.sub("sh", token) if "ch" in token else token
    spellings = [said.replace("x", "ks") if "x" in said[1:] else said]
    if "ch" in said:
        read = ("H", "sh", "k") if "chr" in said or "chl" in said else ("H", "sh")
        spellings = [s.replace("ch", r) for s in spellings for r in read]
    if "j" in said and "dj" not in said:
        spellings += [s.replace("j", "y") for s in spellings]
    if "ge" in said or "gi" in said:
        spellings += [s.replace("ge", "she").replace("gi", "shi") for s in spellings]
    if "w" in said:
        spellings += [s.replace("w", "v") for s in spellings]
    keys = {_skeleton(s) for s in spellings}
    for family in SHORT_FORMS.get(token, ()):
        keys.add("~" + family)
    keys.discard("")
    return frozenset(keys)
