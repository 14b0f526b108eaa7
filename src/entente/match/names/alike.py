"""How alike two folded tokens are: edits, sound, short forms; whether both are names of their own."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from entente.match.names.keys import sounds_of
from entente.match.names.tables import COMMON, SHORT_FORMS

NEAR = 0.3
"""Two tokens less alike than this are two different tokens."""
TWO_NAMES = 0.5
"""Most that two tokens are alike which are both names of their own (Hansen, Jansen; Karim, Karin): who writes
one seldom means the other. Only a slip that makes no other name is taken for a slip."""

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
    best, rule = _TYPO[edits][min(longer, 12)] if edits <= 3 else 0.0, "typo"
    if a[0] != b[0]:
        best *= 0.93
    if best < 0.97:
        shared = sounds_of(a) & sounds_of(b)
        if shared:
            bones = max([len(s) for s in shared if s[0] != "~"], default=0)
            heard = _HEARD[min(bones, 5)]
            if edits > 2 and bones <= 3 and (bones <= 2 or (_voweled(a) and _voweled(b))):
                heard *= 0.7  # few consonants in common, and vowels that say otherwise
            if heard > best:
                best, rule = heard, "sound"
            if best < 0.8 and any(s[0] == "~" for s in shared):
                best, rule = 0.8, "short form"
        elif best > TWO_NAMES and _a_name(a) and _a_name(b):
            best = TWO_NAMES
        elif best < 0.7 and min(la, lb) >= 4 and (a.startswith(b) or b.startswith(a)):
            best, rule = 0.7, "cut short"
    if edits == 1 and la == lb and a[-1] + b[-1] in ("ao", "oa"):
        best, rule = min(best, TWO_NAMES), "typo"  # Mario is not Maria
    return (best, rule) if best >= NEAR else (0.0, "")


def _a_name(token: str) -> bool:
    """Whether a token is known as a name or a word of its own."""
    return token in COMMON or token in SHORT_FORMS


def _voweled(token: str) -> bool:
    """Whether a token is written with its vowels, as Latin spellings are and Arabic ones are not."""
    return sum([c in "aeiouy" for c in token]) * 3 > len(token)
