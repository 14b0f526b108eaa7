"""Name keys: what a token is indexed under, so that two tokens match when they share a key.

Exact terms instead of a fuzzy engine (specs/engines.md section 0): the token, its one-letter deletions
(insert, delete, substitute and transpose all meet), and how it sounds over transliterations.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from entente.match.names.compounds import less_servant
from entente.match.names.nicknames import families
from entente.match.names.scripts.han import chinese_families
from entente.match.names.tables import COMMON, FORMS, PARTICLES, TITLES

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
    weight = _LIGHT if token in FORMS else weight_of(token)
    return TokenKeys(token, deletes_of(token), sounds_of(token), weight)


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
    if token in PARTICLES:
        return _LIGHT
    if rest := less_servant(token):
        return max(0.45, weight_of(rest))
    known = COMMON.get(token)
    if known is not None:
        return known
    return _BY_LENGTH[min(len(token), 9)]


_LIGHT = 0.12
_BY_LENGTH = (0.05, 0.25, 0.55, 0.7, 0.85, 0.95, 1.0, 1.05, 1.1, 1.15)


def is_light(token: str) -> bool:
    """Whether a token is a particle or a title."""
    return token in PARTICLES or token in TITLES


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
_GLIDE = re.compile(r"[yw](?=[aeiouy])")


def _skeleton(token: str) -> str:
    """Consonant classes of one spelling; a leading vowel is kept as "a", and so is a leading y or w before
    one (Yelena Elena, Walid Oualid). A name of one consonant keeps its last vowel too, or every
    short name would sound alike."""
    written_out = token
    for written, said in _SPELT:
        if written in token:
            token = token.replace(written, said)
    # Doubles go before the vowels do: Muammar has two m to hear, not one.
    if "h" in token:
        token = _SILENT_H.sub("", token)
    token = token.translate(_CLASS)
    # A pattern with a group in what replaces it costs five times as much.
    token = "".join([c for c, before in zip(token, " " + token, strict=False) if c != before])
    bones = _VOWELS.sub("", token)
    if len(bones) < 2:
        runs = _VOWELS.findall(written_out)
        if token[:1] and token[0] in "aeiou":
            bones = "a" + bones
        bones += _LAST_VOWEL.get(runs[-1][-1], "") if runs else ""
        if runs and runs[-1] in ("ee", "ie"):
            bones = bones[:-1] + "i"
        elif runs and runs[-1] in ("oo", "ou"):
            bones = bones[:-1] + "u"
    elif token[0] in "aeiou" or _GLIDE.match(token):
        bones = "a" + bones
    return bones


_LAST_VOWEL = {"a": "a", "e": "i", "i": "i", "y": "i", "o": "u", "u": "u", "w": "u"}


def _initial_stop(found: re.Match[str]) -> str:
    return {"mp": "b", "nt": "d", "gk": "g"}[found[0]]


_ALSO_READ: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (hint, re.compile(pattern), said)
    for hint, pattern, said in (
        ("g", "g(?=[ei])", "sh"),  # Serge, Giorgi, Najib Nagib
        ("w", "w", "v"),  # Wladimir, Howeida
        ("dh", "dh", "z"),  # Ridha Riza
        ("sz", "sz", "s"),  # Szabo Sabo
        ("ph", "ph", "p"),  # Phumiphon Bhumibol
        ("x", "(?<=.)x(?=[iu])", "sh"),  # Jianxin Chienhsin
        ("x", "^x(?=[^aeiouyw])", "h"),  # Xristos Christos
        ("q", "q(?=i)|^q(?=u(?:an|e|n)?$)", "sh"),  # Qian Chien
        ("c", "^c(?=(?:a[io]|[ae]n|[ae]ng|o?u|ui|u[ao]n?|ong)$)", "s"),  # Cai Tsai
        ("ic", "ic$", "ish"),  # Markovic Markovich
        ("h", "(?<=[iou])h(?=[^aeiouyw])|(?<=^a)h(?=n$)", ""),  # Ohno Ono, Ahn An, Chihmo Zhimo
        ("h", "(?<![cgkpstz])h(?=.*(?:enko|chuk|[iy]uk|ych|skyi)$)", "g"),  # Honcharenko Goncharenko
        ("y", "y(?=[eio].*[aio]s$)", "g"),  # Yeoryios Georgios
        ("u", "(?<=[ae])u(?=[^aeiouywh].*(?:[aio]s|ou)$)", "f"),  # Eustathios Efstathios
        ("", "^(?:mp|nt|gk)", _initial_stop),  # Mpampis Babis
    )
)
"""Letters that two traditions read differently: what must be there, the pattern, the other reading."""

MOST_SOUNDS = 4


@lru_cache(maxsize=1 << 16)
def sounds_of(token: str) -> frozenset[str]:
    """How a folded token may sound: one to four short keys. Those that begin with "~" are families of given
    names, or of Chinese family names by their pinyin (Chan Chen Tan, Kwok Guo), that it belongs to.

    Letters that two spelling traditions read differently give a key each: j (Jamal, Andrej), ch (Michael,
    Chechen) and those of `_ALSO_READ`.
    """
    token = token[:LONGEST]
    if token.isdigit():
        return frozenset((token,))
    said = _HUSHING.sub("sh", token) if "ch" in token else token
    if said.endswith("adse"):
        said = said[:-2] + "ze"  # the Georgian -adze in German
    plain = said.replace("x", "ks") if "x" in said[1:] else said
    spellings = [plain]
    if "ch" in said:
        read = ("sh", "k", "H") if "chr" in said or "chl" in said else ("sh", "H")
        spellings = [plain.replace("ch", r) for r in read]
    if "j" in said and "dj" not in said:
        spellings += [s.replace("j", "y") for s in spellings[:2]]
    # German and Polish write w for v together with ch for kh and j for y, so these change at once.
    plain = spellings[-1] if "w" in said else spellings[0] if "ch" in said else said
    for hint, pattern, other in _ALSO_READ:
        if hint in plain:
            heard = pattern.sub(other, plain)
            if heard != plain:
                spellings.append(heard)
    kin = [*families(token)[:2], *chinese_families(token)[:2]][:3]
    keys = dict.fromkeys([k for k in map(_skeleton, spellings) if k])
    return frozenset([*list(keys)[: MOST_SOUNDS - len(kin)], *["~" + family for family in kin]])
