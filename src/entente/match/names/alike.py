"""How alike two folded words of names are: by letters, by sound, as forms of one given name, in part."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from entente.match.names.compounds import SERVANT, less_servant
from entente.match.names.keys import sounds_of
from entente.match.names.nicknames import families, kinship, readings
from entente.match.names.tables import COMMON

NEAR = 0.3
"""Two tokens less alike than this are two different tokens."""
TWO_NAMES, TWO_THAT_SOUND = 0.35, 0.5
"""Most that two tokens are alike which are both names of their own (Hansen, Jansen; Karim, Karin), and two
given names that sound alike (Hassan, Hussein): who writes one seldom means the other. Only a slip that makes
no other name is taken for a slip."""
KIN = (0.5, 0.45)
"""Likeness of two forms of one given name: at the least, and what it gains by how surely they are that."""
ONE_FAMILY = 0.85
"""Likeness of two spellings of one Chinese family name, in the tongues of China."""
CUT_SHORT = 0.65
_PATRONYMIC = re.compile(r"(?:[oei]v|y)(?:ich|ych|ic|na)$|oglu$|ogly$|qizi$|kyzy$|dottir$")
LEAST_KIN = 0.45
"""Two forms less surely of one name than this are left to their letters and sounds."""
LESS_SERVANT = 0.8
"""Factor for "Rahman" where the other side has "Abdulrahman"."""

_ROMAN = frozenset(
    f"{tens}{ones}"
    for tens in ("", "x", "xx")
    for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
)
_TYPO = (
    (1.0,) * 13,
    (0, 0, 0.35, 0.6, 0.88, 0.94, 0.95, 0.95, 0.95, 0.96, 0.96, 0.96, 0.96),
    (0, 0, 0, 0, 0.32, 0.48, 0.59, 0.7, 0.8, 0.86, 0.89, 0.92, 0.94),
    (0, 0, 0, 0, 0, 0, 0, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
)
"""By number of edits (insert, delete, substitute, transpose) and letters of the longer token."""
_HEARD = (0.0, 0.6, 0.84, 0.87, 0.9, 0.95)
"""By length of the consonant skeleton that both share."""


@lru_cache(maxsize=1 << 17)
def alike(a: str, b: str) -> tuple[float, str]:
    """How alike two folded tokens are, 0 to 1, and by which rule; symmetric."""
    if a == b:
        return 1.0, "equal"
    la, lb = len(a), len(b)
    longer = la if la > lb else lb
    if la == 1 or lb == 1:
        return (0.6, "initial") if a[:1] == b[:1] and a[0].isalpha() else (0.0, "")
    if not (a.isalpha() and b.isalpha()) or (a in _ROMAN and b in _ROMAN):
        return 0.0, ""
    edits = OSA.distance(a, b, score_cutoff=3)
    if edits > 3 and a[:4] != b[:4] and not (readings(a) and readings(b)) and _unheard(a, b):
        return 0.0, ""  # what most pairs of words are, told quickly
    best, rule = _TYPO[edits][min(longer, 12)] if edits <= 3 else 0.0, "typo"
    if a[0] != b[0]:
        best *= 0.93
    kin, how = kinship(a, b)
    if kin >= LEAST_KIN:
        kin = KIN[0] + KIN[1] * kin
        if kin > best:
            best, rule = kin, "short form" if how == "diminutive" else "other form"
    elif best < 0.97:
        best, rule = _no_kin(a, b, edits, best)
        if edits == 1 and la == lb and a[-1] + b[-1] in ("ao", "oa"):
            best = min(best, TWO_NAMES)  # Mario is not Maria
    return (best, rule) if best >= NEAR else (0.0, "")


def _unheard(a: str, b: str) -> bool:
    """Whether two words share no sound and neither may be a part of the other."""
    return sounds_of(a).isdisjoint(sounds_of(b)) and not (a.startswith(SERVANT) or b.startswith(SERVANT))


def _no_kin(a: str, b: str, edits: int, best: float) -> tuple[float, str]:
    """The better of a likeness in letters and one in sound, of two tokens that are no forms of one name."""
    heard_a, heard_b = sounds_of(a), sounds_of(b)
    if not heard_a.isdisjoint(heard_b):
        shared = heard_a & heard_b
        bones = [len(s) for s in shared if s[0] != "~"]
        if len(bones) < len(shared) and best < ONE_FAMILY and set(families(a)).isdisjoint(families(b)):
            return ONE_FAMILY, "other form"  # one Chinese family name: Chan, Chen, Tan
        if bones:
            heard = _HEARD[min(max(bones), 5)] * _in_doubt(a, b, edits, max(bones))
            most = TWO_THAT_SOUND if families(a) and families(b) else 1.0
            return (min(heard, most), "sound") if heard > best else (min(best, most), "typo")
    if best > TWO_NAMES and _a_name(a) and _a_name(b):
        return TWO_NAMES, "typo"
    part = _part(a, b) if best < CUT_SHORT and min(len(a), len(b)) >= 4 else 0.0
    return (part, "cut short") if part > best else (best, "typo")


def _in_doubt(a: str, b: str, edits: int, bones: int) -> float:
    """Factor of a likeness in sound where the vowels, or too few consonants, say otherwise."""
    if bones <= 3 and edits > 2:
        return 0.7 if bones <= 2 or (_voweled(a) and _voweled(b)) else 1.0
    if edits > 3 and _voweled(a) and _voweled(b):
        return 0.8
    return 0.55 if edits > 1 and len(a) <= 3 and len(b) <= 3 else 1.0


def _part(a: str, b: str) -> float:
    """How alike a name and a part of it are: cut short, or "Rahman" beside "Abdulrahman"."""
    if a.startswith(b) or b.startswith(a):
        return 0.0 if _fathers(a, b) else CUT_SHORT
    x, y = less_servant(a), less_servant(b)
    return alike(x or a, y or b)[0] * LESS_SERVANT if bool(x) != bool(y) else 0.0


def _fathers(a: str, b: str) -> bool:
    """Whether one is the other's patronymic: Oleksandrovych is the father, Oleksandr the son himself."""
    return _PATRONYMIC.search(a if len(a) > len(b) else b) is not None


def _a_name(token: str) -> bool:
    """Whether a token is known as a name or a word of its own."""
    return token in COMMON or bool(families(token))


def _voweled(token: str) -> bool:
    """Whether a token is written with its vowels, as Latin spellings are and Arabic ones are not."""
    return sum([c in "aeiouy" for c in token]) * 3 > len(token)
