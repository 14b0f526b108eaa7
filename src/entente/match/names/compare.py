"""How near two names are: their tokens aligned, each pair graded, what is left over weighed.

A token missing on one side is cheap (people leave names out); a token that the other side contradicts
is dear (another person). Order is free, except that "X bin Y" is not "Y bin X".
"""

from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

from entente.match.names.keys import weight_of
from entente.match.names.pairing import Laid, Pair, lay
from entente.match.names.reading import Name, name_of
from entente.match.names.tables import FORMS

__all__ = ["NOTHING", "Alignment", "Name", "align", "name_of"]


class Dear(NamedTuple):
    """What a token without a partner costs, in weights of the token: `against` where the other side has
    another one in its place, `missing` where the record has none, `extra` where it was not asked for, `light`
    for a particle, title or class of legal form that one side alone has (these weigh 0.12)."""

    against: float
    missing: float
    extra: float
    light: float


PERSON = Dear(1.6, 0.14, 0.17, 0.4)
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
FIRST = 1.6
"""Factor where the first words of two persons' names contradict each other: brothers share all the others."""
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
    """Lay two names on each other and weigh what agrees against what does not."""
    laid = lay(asked, found)
    return _Weighing(asked, found, laid).done() if laid.pairs else NOTHING


class _Weighing:
    """Two names laid on each other, while what is lost is added up."""

    __slots__ = ("asked", "cost", "found", "laid", "losses")

    def __init__(self, asked: Name, found: Name, laid: Laid) -> None:
        self.asked, self.found, self.laid = asked, found, laid
        self.losses: list[tuple[str, str, str, float]] = []
        self.cost = 0.0

    def done(self) -> Alignment:
        """The alignment: what was matched over what was matched and lost."""
        asked, found, pairs = self.asked, self.found, self.laid.pairs
        weight = got = 0.0
        for p in self.laid.pairs:
            weight += p.weight
            got += p.weight * p.alike
        dear = COMPANY if asked.company or found.company else PERSON
        self._contradicting(dear)
        if asked.sons or found.sons or (asked.family and found.family):
            self._crossing()
        self._left_over(dear, weight)
        factor = _factor(asked, found, pairs)
        if factor[1] < 1.0:
            # A factor, written as the cost that has the same effect.
            self._lose(factor[0], "", "", (weight + self.cost) * (1.0 / factor[1] - 1.0))
        return Alignment(got / (weight + self.cost), weight, tuple(pairs), tuple(self.losses))

    def _lose(self, rule: str, asked: str, found: str, cost: float) -> None:
        self.losses.append((rule, asked, found, cost))
        self.cost += cost

    def _contradicting(self, dear: Dear) -> None:
        for p in self.laid.pairs:
            if p.alike < UNLIKE:
                self._lose("unlike", p.asked, p.found, p.weight * (UNLIKE - p.alike) * (dear.against - 1.0))

    def _crossing(self) -> None:
        asked, found = self.asked, self.found
        told = bool(asked.family and found.family)
        for p in self.laid.pairs:
            sons = (p.asked in asked.sons) != (p.found in found.sons)
            if sons or (told and (p.asked in asked.family) != (p.found in found.family)):
                self._lose("crossed", p.asked, p.found, p.weight * CROSSED)

    def _left_over(self, dear: Dear, weight: float) -> None:
        asked, found = self.asked, self.found
        alone_a = sorted([asked.weights[i] for i in self.laid.free_asked], reverse=True)
        alone_b = sorted([found.weights[j] for j in self.laid.free_found], reverse=True)
        both = min(len(alone_a), len(alone_b))
        left_a = " ".join([asked.strong[i] for i in sorted(self.laid.free_asked)])
        left_b = " ".join([found.strong[j] for j in sorted(self.laid.free_found)])
        if both:
            least = 0.0 if dear is COMPANY else OTHER
            # The most telling words of either side stand against each other; the rest is only left out.
            against = sum(
                [
                    max(INITIAL if x != y and LETTER in (x, y) else least, (x + y) / 2)
                    for x, y in zip(alone_a[:both], alone_b, strict=False)
                ]
            )
            if dear is PERSON and 0 in self.laid.free_asked and 0 in self.laid.free_found:
                against *= FIRST
            self._lose("contradicted", left_a, left_b, against * dear.against)
        if len(alone_a) > both:
            self._lose("not-found", left_a, "", sum(alone_a[both:]) * dear.missing)
        extra = sum(alone_b[both:])
        lights = asked.light ^ found.light
        if lights:
            joined = [p for p in self.laid.pairs if p.rule == "joined"]
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
            mine, theirs = (" ".join(sorted(lights & name.light)) for name in (asked, found))
            self._lose("particles", mine, theirs, light)


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
    return any(p.asked in asked.fathers and p.found not in found.fathers for p in pairs)
