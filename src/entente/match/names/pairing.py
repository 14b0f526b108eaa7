"""Two names laid on each other: which word of one is which word of the other, and what is left free.

The best pairs come first; then words written together on one side ("abd al rahman", "abdulrahman"); then
initials that stand for several words ("jc", "jean claude"). How dear what is left over is, `compare` says.
"""

from dataclasses import dataclass
from functools import lru_cache

from entente.match.names.alike import alike
from entente.match.names.reading import Name

BY_SIGNS = {"typo": 0.7, "sound": 0.85}
"""Factors where one side is written in signs: their readings are known, what is only near one is another."""
GOES_ON = 0.95
"""Likeness of a word that is known to be cut off and one that begins with it."""
INITIALS = 0.8
"""Likeness of a short word and the words whose initials spell it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tokens held to be the same. `asked` and `found` may be several tokens joined."""

    rule: str
    asked: str
    found: str
    weight: float
    alike: float


@dataclass(slots=True)
class Laid:
    """Pairs, and the places in `strong` that are still free on either side."""

    pairs: list[Pair]
    free_asked: set[int]
    free_found: set[int]


def lay(asked: Name, found: Name) -> Laid:
    """Pair the words of two names."""
    laid = Laid([], set(range(len(asked.strong))), set(range(len(found.strong))))
    one_word, signed = len(asked.written) == 1, bool(asked.signs or found.signs)
    for minus, _, place, rule in _near(asked, found):
        i, j = divmod(place, 64)
        if i in laid.free_asked and j in laid.free_found:
            laid.free_asked.discard(i)
            laid.free_found.discard(j)
            weights = asked.weights[i], found.weights[j]
            # What is not the same word tells no more than the commoner of the two.
            weight = weights[0] if one_word else sum(weights) / 2 if rule == "equal" else min(weights)
            likeness = -minus * BY_SIGNS.get(rule, 1.0) if signed else -minus
            laid.pairs.append(Pair(rule, asked.strong[i], found.strong[j], weight, likeness))
    if not laid.pairs and len(asked.every) == len(found.every):
        return laid  # nothing is alike, and nothing is written together on one side alone
    if (laid.free_asked or laid.free_found) and (len(asked.every) > 1 or len(found.every) > 1):
        _join(asked, found, laid.free_asked, laid.free_found, laid.pairs, turned=False)
        _join(found, asked, laid.free_found, laid.free_asked, laid.pairs, turned=True)
        if laid.free_asked and laid.free_found:
            _spell(asked, found, laid.free_asked, laid.free_found, laid.pairs, turned=False)
            _spell(found, asked, laid.free_found, laid.free_asked, laid.pairs, turned=True)
    return laid


def _near(asked: Name, found: Name) -> list[tuple[float, int, int, str]]:
    """(-likeness, places apart, both places, rule) of the tokens that are alike, the nearest first."""
    near: list[tuple[float, int, int, str]] = []
    cut = asked.cut or found.cut
    for i, x in enumerate(asked.strong):
        for j, y in enumerate(found.strong):
            value, rule = (1.0, "equal") if x == y else alike(x, y)
            if cut and value < GOES_ON and _goes_on(x, y, asked, found):
                value, rule = GOES_ON, "cut short"
            if value:
                # Among equals prefer the same place, so that the outcome does not hang on order.
                near.append((-value, abs(i - j), i * 64 + j, rule))
    if len(near) > 1:
        near.sort()
    return near


def _goes_on(x: str, y: str, asked: Name, found: Name) -> bool:
    """Whether a word that was cut off is the beginning of the other."""
    return (x in asked.cut and y.startswith(x)) or (y in found.cut and x.startswith(y))


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
        found = _run(_runs(every), token)
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


@lru_cache(maxsize=1 << 14)
def _runs(every: tuple[str, ...]) -> tuple[tuple[str, int, int], ...]:
    """Two to four neighbours written together: (text, start, end)."""
    count = len(every)
    return tuple(
        [
            ("".join(every[start:end]), start, end)
            for start in range(count - 1)
            for end in range(start + 2, min(start + 4, count) + 1)
        ]
    )


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
                weight = sum([many.weights[i] for i in run]) / 2
                shown = (token, text) if turned else (text, token)
                pairs.append(Pair("initials", *shown, weight, INITIALS))
                break
