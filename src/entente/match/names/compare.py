"""How near two names are: their tokens aligned, each pair graded, what is left over weighed.

A token missing on one side is cheap (people leave names out); a token that the other side contradicts
is dear (another person). Order is free, except that "X bin Y" is not "Y bin X".
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from entente.match.names.fold import fold
from entente.match.names.keys import is_light, sounds_of, weight_of
from entente.match.names.tables import COMPANY_PHRASES, FORMS, PATRONYMIC

MOST_TOKENS = 24
"""Tokens of one name that are compared; the rest of a longer one is left out."""

CONTRADICTED = 1.7
"""Cost of a token that the other side contradicts, in weights of the token."""
MISSING = 0.25
"""Cost of an asked token that the record does not have."""
EXTRA = 0.22
"""Cost of a record's token that was not asked for."""
LIGHT = 0.55
"""Cost of a particle, title or legal form that only one side has, in weights of the token."""
REST_OF_ONE = 0.03
"""Most that all a record's other words cost when one word was asked: less than the best likeness of two
different tokens (_TYPO) lacks, so that an exact surname stands before a near one whatever follows it."""
SWAPPED = 0.5
"""Factor when father and son have changed places."""
NEAR = 0.3
"""Two tokens less alike than this are two different tokens."""

_ROMAN = frozenset(
    f"{tens}{ones}"
    for tens in ("", "x", "xx")
    for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name, folded and cut: `strong` are the tokens that tell, `every` are all of them in order.

    `runs` are two to four neighbours written together: (text, start, end in `every`).
    """

    text: str
    every: tuple[str, ...]
    strong: tuple[str, ...]
    weights: tuple[float, ...]
    light: frozenset[str]
    fathers: frozenset[str]
    runs: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tokens held to be the same. `asked` and `found` may be several tokens joined."""

    rule: str
    asked: str
    found: str
    weight: float
    alike: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """How two names lie on each other. `value` is 0 to 1; `weight` is the weight of what was matched."""

    value: float
    weight: float
    pairs: tuple[Pair, ...]
    asked_alone: tuple[str, ...]
    found_alone: tuple[str, ...]
    swapped: bool = False


NOTHING = Alignment(0.0, 0.0, (), (), ())


@lru_cache(maxsize=1 << 15)
def name_of(text: str) -> Name:
    """Read one name as it was written, in any script."""
    folded = fold(text)
    if " " in folded:
        for phrase, form in COMPANY_PHRASES:
            if phrase in folded:
                folded = f" {folded} ".replace(f" {phrase} ", f" {form} ").strip()
    every = tuple([_CANON.get(t, t) if t.isalpha() else _lettered(t) for t in folded.split()[:MOST_TOKENS]])
    strong = tuple([t for t in every if not is_light(t)])
    if not strong:
        strong, light = every, frozenset[str]()
    else:
        light = frozenset([FORMS.get(t, t) for t in every if is_light(t)])
    fathers = frozenset([b for a, b in pairwise(every) if a in PATRONYMIC])
    return Name(text, every, strong, tuple([weight_of(t) for t in strong]), light, fathers, _runs(every))


def _runs(every: tuple[str, ...]) -> tuple[tuple[str, int, int], ...]:
    count = len(every)
    return tuple(
        [
            ("".join(every[start:end]), start, end)
            for start in range(count - 1)
            for end in range(start + 2, min(start + 4, count) + 1)
        ]
    )


_CANON = {
    "intl": "international", "corp": "corporation", "co": "company", "bros": "brothers",
    "mfg": "manufacturing", "natl": "national", "assn": "association", "dept": "department",
    "govt": "government", "univ": "university", "first": "1st", "second": "2nd", "third": "3rd",
}  # fmt: skip
_LOOKS = str.maketrans("0134579", "oieastg")


def _lettered(token: str) -> str:
    """Digits that stand for letters inside a word ("sech1n"); numbers and short codes are kept."""
    letters = sum(c.isalpha() for c in token)
    return token.translate(_LOOKS) if letters >= 3 and letters > len(token) - letters else token


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
        elif best < 0.7 and min(la, lb) >= 4 and (a.startswith(b) or b.startswith(a)):
            best, rule = 0.7, "cut short"
    if edits == 1 and la == lb and a[-1] + b[-1] in ("ao", "oa"):
        best, rule = min(best, 0.55), "typo"  # Mario is not Maria
    return (best, rule) if best >= NEAR else (0.0, "")


def _voweled(token: str) -> bool:
    """Whether a token is written with its vowels, as Latin spellings are and Arabic ones are not."""
    return sum([c in "aeiouy" for c in token]) * 3 > len(token)


_TYPO = (
    (1.0,) * 13,
    (0, 0, 0.35, 0.6, 0.88, 0.94, 0.95, 0.95, 0.95, 0.96, 0.96, 0.96, 0.96),
    (0, 0, 0, 0, 0.32, 0.48, 0.59, 0.7, 0.8, 0.86, 0.89, 0.92, 0.94),
    (0, 0, 0, 0, 0, 0, 0, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
)
"""By number of edits (insert, delete, substitute, transpose) and letters of the longer token."""
_HEARD = (0.0, 0.6, 0.84, 0.87, 0.9, 0.95)
"""By length of the consonant skeleton that both share."""


def align(asked: Name, found: Name) -> Alignment:
    """Lay two names on each other; the best pairs first, then joined tokens."""
    a, b = asked.strong, found.strong
    wa, wb = asked.weights, found.weights
    near: list[tuple[float, int, int, str]] = []
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            value, rule = (1.0, "equal") if x == y else alike(x, y)
            if value:
                # Among equals prefer the same place, so that the outcome does not hang on order.
                near.append((-value, abs(i - j), i * 64 + j, rule))
    if len(near) > 1:
        near.sort()
    free_a, free_b = set(range(len(a))), set(range(len(b)))
    pairs: list[Pair] = []
    for value, _, place, rule in near:
        i, j = divmod(place, 64)
        if i in free_a and j in free_b:
            free_a.discard(i)
            free_b.discard(j)
            told = wa[i] if len(a) == 1 else (wa[i] + wb[j]) / 2
            pairs.append(Pair(rule, a[i], b[j], told, -value))
    if (free_a or free_b) and (len(asked.every) > 1 or len(found.every) > 1):
        _join(asked, found, free_a, free_b, pairs, turned=False)
        _join(found, asked, free_b, free_a, pairs, turned=True)
    if not pairs:
        return NOTHING
    weight = got = 0.0
    for p in pairs:
        weight += p.weight
        got += p.weight * p.alike
    alone_a = sum([wa[i] for i in free_a]) if free_a else 0.0
    alone_b = sum([wb[j] for j in free_b]) if free_b else 0.0
    against = alone_a if alone_a < alone_b else alone_b
    cost = against * CONTRADICTED + (alone_a - against) * MISSING
    extra = alone_b - against
    lights = LIGHT * 0.12 * len(asked.light ^ found.light) if asked.light != found.light else 0.0
    if len(a) == 1:
        cost += REST_OF_ONE * weight * (extra + lights) / (1 + extra + lights)
    else:
        cost += extra * EXTRA + lights
    swapped = bool(asked.fathers and found.fathers) and _swapped(asked, found, pairs)
    return Alignment(
        got / (weight + cost) * (SWAPPED if swapped else 1.0),
        weight,
        tuple(pairs),
        tuple([a[i] for i in sorted(free_a)]),
        tuple([b[j] for j in sorted(free_b)]),
        swapped,
    )


def _swapped(asked: Name, found: Name, pairs: list[Pair]) -> bool:
    """Whether a father on one side is laid on somebody who is not one on the other side."""
    return any((p.asked in asked.fathers) != (p.found in found.fathers) for p in pairs) and any(
        p.asked in asked.fathers and p.found not in found.fathers for p in pairs
    )


def _join(
    many: Name, one: Name, free_many: set[int], free_one: set[int], pairs: list[Pair], *, turned: bool
) -> None:
    """Match runs of two to four tokens written together on the other side ("abd al rahman", "abdulrahman").

    A token that was laid on a poor match before gives that up.
    """
    every = many.every
    if len(every) < 2 or not (free_many or free_one):
        return
    poor = {(p.found, p.asked)[turned]: p for p in pairs if p.alike < 0.8}
    for j, token in enumerate(one.strong):
        if not (j in free_one or token in poor):
            continue
        found = _run(many.runs, token)
        if found is None:
            continue
        start, end, value = found
        part = set(every[start:end])
        used = [i for i, t in enumerate(many.strong) if t in part]
        touched = [p for p in pairs if (p.asked, p.found)[turned] in part or p is poor.get(token)]
        if sum(p.weight * p.alike for p in touched) >= one.weights[j] * value:
            continue
        for p in touched:
            pairs.remove(p)
            _release((p.found, p.asked)[turned], one, free_one)
            _release((p.asked, p.found)[turned], many, free_many)
        free_many.difference_update(used)
        free_one.discard(j)
        text = " ".join(every[start:end])
        shown = (token, text) if turned else (text, token)
        pairs.append(Pair("joined", *shown, one.weights[j], value * 0.98))


def _run(runs: tuple[tuple[str, int, int], ...], token: str) -> tuple[int, int, float] | None:
    """The run of tokens that, written together, is nearest to a token: start, end and how alike. One that
    shares neither its first nor its last letter is passed over."""
    best: tuple[int, int, float] | None = None
    size, first, last = len(token), token[0], token[-1]
    for joined, start, end in runs:
        if -3 < len(joined) - size < 3 and (joined[0] == first or joined[-1] == last):
            value, _ = alike(joined, token)
            if value >= (0.85 if size > 4 else 1.0) and (best is None or value > best[2]):
                best = start, end, value
    return best


def _release(token: str, name: Name, free: set[int]) -> None:
    for i, t in enumerate(name.strong):
        if t == token and i not in free:
            free.add(i)
            return
