"""How near two names are: their tokens aligned, each pair graded, what is left over weighed.

A token missing on one side is cheap (people leave names out); a token that the other side contradicts
is dear (another person). Order is free, except that "X bin Y" is not "Y bin X".
"""

from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

from entente.match.names.alike import alike
from entente.match.names.keys import weight_of
from entente.match.names.reading import Name, name_of
from entente.match.names.tables import FORMS

__all__ = ["NOTHING", "Alignment", "Name", "Pair", "align", "name_of"]


class Dear(NamedTuple):
    """What a token without a partner costs, in weights of the token: `against` where the other side has
    another one in its place, `missing` where the record has none, `extra` where it was not asked for, `light`
    for a particle, title or class of legal form that one side alone has (these weigh 0.12)."""

    against: float
    missing: float
    extra: float
    light: float


PERSON = Dear(1.8, 0.14, 0.17, 0.4)
COMPANY = Dear(2.0, 0.35, 0.45, 1.4)
"""An organisation is named in full: one more word is another branch, another place, another company."""
REST_OF_ONE = 0.03
"""Most that all a record's other words cost when one word was asked: less than the best likeness of two
different tokens lacks, so that an exact surname stands before a near one whatever follows it."""
OTHER = 0.9
"""Least weight of two words that stand against each other in persons' names: however common, they are two."""
LETTER = weight_of("z")
INITIAL = 0.3
"""The same where one of the two is an initial that the other does not begin with."""
CROSSED = 0.45
"""Cost of a token that is the family's name on one side and the given name on the other, or the son's (after
"father of") on one side alone, in weights of the token."""
UNLIKE = 0.85
"""Two tokens laid on each other that are less alike than this contradict each other by what they lack."""
SWAPPED = 0.5
"""Factor when father and son have changed places."""
OTHER_NUMBER, ONE_NUMBER = 0.55, 0.65
"""Factors when two companies are numbered differently, and when only one is numbered."""
OTHER_SIGNS = 0.45
"""Factor for signs (Han, Hangul) that all sound alike and are other signs; in proportion for some of them."""
BY_SIGNS = {"typo": 0.7, "sound": 0.85}
"""Factors where one side is written in signs: their readings are known, what is only near one is another."""
ACRONYM = 0.8


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
    """How two names lie on each other. `value` is 0 to 1: what was matched, in weights of the tokens times
    how alike they are, over `weight` (of what was matched) and the `losses`: (rule, asked, found, cost)."""

    value: float
    weight: float
    pairs: tuple[Pair, ...]
    losses: tuple[tuple[str, str, str, float], ...]


NOTHING = Alignment(0.0, 0.0, (), ())


def align(asked: Name, found: Name) -> Alignment:
    """Lay two names on each other; the best pairs first, then joined tokens."""
    laid = _Laying(asked, found)
    if not laid.pairs:
        return NOTHING
    return laid.weighed()


class _Laying:
    """Two names while they are laid on each other: pairs, and what is still free on either side."""

    __slots__ = ("asked", "cost", "found", "free_a", "free_b", "losses", "pairs")

    def __init__(self, asked: Name, found: Name) -> None:
        self.asked, self.found = asked, found
        a, b = asked.strong, found.strong
        near: list[tuple[float, int, int, str]] = []
        for i, x in enumerate(a):
            for j, y in enumerate(b):
                value, rule = (1.0, "equal") if x == y else alike(x, y)
                if value:
                    # Among equals prefer the same place, so that the outcome does not hang on order.
                    near.append((-value, abs(i - j), i * 64 + j, rule))
        if len(near) > 1:
            near.sort()
        self.free_a, self.free_b = set(range(len(a))), set(range(len(b)))
        self.pairs: list[Pair] = []
        signed = bool(asked.signs or found.signs)
        for value, _, place, rule in near:
            i, j = divmod(place, 64)
            if i in self.free_a and j in self.free_b:
                self.free_a.discard(i)
                self.free_b.discard(j)
                x, y = asked.weights[i], found.weights[j]
                # What is not the same word tells no more than the commoner of the two.
                told = x if len(asked.written) == 1 else (x + y) / 2 if rule == "equal" else min(x, y)
                likeness = -value * BY_SIGNS.get(rule, 1.0) if signed else -value
                self.pairs.append(Pair(rule, a[i], b[j], told, likeness))
        if (self.free_a or self.free_b) and (len(asked.every) > 1 or len(found.every) > 1):
            _join(asked, found, self.free_a, self.free_b, self.pairs, turned=False)
            _join(found, asked, self.free_b, self.free_a, self.pairs, turned=True)
            if self.free_a and self.free_b:
                _spell(asked, found, self.free_a, self.free_b, self.pairs, turned=False)
                _spell(found, asked, self.free_b, self.free_a, self.pairs, turned=True)

    def weighed(self) -> Alignment:
        """The alignment: what was matched over what was matched and lost."""
        asked, found = self.asked, self.found
        weight = got = 0.0
        for p in self.pairs:
            weight += p.weight
            got += p.weight * p.alike
        self.losses: list[tuple[str, str, str, float]] = []
        self.cost = 0.0
        dear = COMPANY if asked.company or found.company else PERSON
        self._contradicting(dear)
        if asked.sons or found.sons or (asked.family and found.family):
            self._crossing()
        self._left_over(dear, weight)
        factor = _factor(asked, found, self.pairs)
        if factor[1] < 1.0:
            # A factor, written as the cost that has the same effect.
            self._lose(factor[0], "", "", (weight + self.cost) * (1.0 / factor[1] - 1.0))
        return Alignment(got / (weight + self.cost), weight, tuple(self.pairs), tuple(self.losses))

    def _lose(self, rule: str, asked: str, found: str, cost: float) -> None:
        self.losses.append((rule, asked, found, cost))
        self.cost += cost

    def _contradicting(self, dear: Dear) -> None:
        for p in self.pairs:
            if p.alike < UNLIKE:
                self._lose("unlike", p.asked, p.found, p.weight * (UNLIKE - p.alike) * (dear.against - 1.0))

    def _crossing(self) -> None:
        asked, found = self.asked, self.found
        told = bool(asked.family and found.family)
        for p in self.pairs:
            sons = (p.asked in asked.sons) != (p.found in found.sons)
            if sons or (told and (p.asked in asked.family) != (p.found in found.family)):
                self._lose("crossed", p.asked, p.found, p.weight * CROSSED)

    def _left_over(self, dear: Dear, weight: float) -> None:
        asked, found = self.asked, self.found
        alone_a = sorted([asked.weights[i] for i in self.free_a], reverse=True)
        alone_b = sorted([found.weights[j] for j in self.free_b], reverse=True)
        both = min(len(alone_a), len(alone_b))
        left_a = " ".join([asked.strong[i] for i in sorted(self.free_a)])
        left_b = " ".join([found.strong[j] for j in sorted(self.free_b)])
        if both:
            least = 0.0 if dear is COMPANY else OTHER
            # The most telling words of either side stand against each other; the rest is only left out.
            against = sum(
                [
                    max(INITIAL if x != y and LETTER in (x, y) else least, (x + y) / 2)
                    for x, y in zip(alone_a[:both], alone_b, strict=False)
                ]
            )
            self._lose("contradicted", left_a, left_b, against * dear.against)
        if len(alone_a) > both:
            self._lose("not-found", left_a, "", sum(alone_a[both:]) * dear.missing)
        extra = sum(alone_b[both:])
        lights = asked.light ^ found.light
        if lights:
            joined = [p for p in self.pairs if p.rule == "joined"]
            lights -= {FORMS.get(t, t) for p in joined for t in f"{p.asked} {p.found}".split()}
        light = dear.light * 0.12 * len(lights)
        if len(asked.written) == 1 and not asked.company and not found.company:
            rest = extra + light
            if rest:
                self._lose("not-asked", "", left_b, REST_OF_ONE * weight * rest / (1 + rest))
            return
        if extra:
            self._lose("not-asked", "", left_b, extra * dear.extra)
        if light:
            self._lose("particles", *(" ".join(sorted(lights & n.light)) for n in (asked, found)), light)


def _factor(asked: Name, found: Name, pairs: list[Pair]) -> tuple[str, float]:
    """What takes its share of everything that was reached: (rule, factor); 1.0 for nothing."""
    if asked.fathers and found.fathers and _swapped(asked, found, pairs):
        return "father-and-son-swapped", SWAPPED
    if asked.numbers != found.numbers:
        if asked.numbers and found.numbers:
            return "other-number", OTHER_NUMBER
        if asked.company or found.company:
            return "other-number", ONE_NUMBER
    if asked.signs and found.signs and asked.signs != found.signs:
        return "other-signs", 1.0 - (1.0 - OTHER_SIGNS) * Indel.normalized_distance(asked.signs, found.signs)
    return "", 1.0


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


def _spell(
    many: Name, one: Name, free_many: set[int], free_one: set[int], pairs: list[Pair], *, turned: bool
) -> None:
    """Match a short token with the free tokens whose initials spell it ("jc", "jean claude")."""
    if len(free_many) < 2:
        return
    places = sorted(free_many)
    for j in sorted(free_one):
        token = one.strong[j]
        size = len(token)
        if not (2 <= size <= 6 and size <= len(places) and token.isalpha()):
            continue
        for start in range(len(places) - size + 1):
            run = places[start : start + size]
            if all(many.strong[i][0] == letter for i, letter in zip(run, token, strict=True)):
                free_many.difference_update(run)
                free_one.discard(j)
                text = " ".join([many.strong[i] for i in run])
                weight = sum([weight_of(many.strong[i]) for i in run]) / 2
                pairs.append(Pair("initials", *((token, text) if turned else (text, token)), weight, ACRONYM))
                break
