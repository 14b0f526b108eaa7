"""Monikers: what somebody is called in his street, gang or cell; an index and a likeness of their own.

A moniker is words that mean something, and others translate them: "Shakro Molodoi" is "Shakro the Young",
"u Turcu" is "the Turk". Its keys lie in a space that no name shares (`SPACE`), so that names never crowd
monikers out: as a whole written together, and, weaker, word by word, each with what it means.
`data/moniker_words.tsv` says what words mean, in the languages they are heard in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from entente.match.names.alike import alike
from entente.match.names.compare import NOTHING, Alignment
from entente.match.names.fold import fold
from entente.match.names.keys import TokenKeys, deletes_of, sounds_of, weight_of
from entente.match.names.pairing import Pair

SPACE = "m|"
"""What every key of a moniker begins with; a folded name token has letters and digits alone."""
MOST_WORDS = 6
"""Words of a moniker that count; what is longer is a sentence."""
MOST_SAID = 4
"""Words that a text may have, articles too, and still be read as a moniker."""
MOST_ASKED = 2
"""Words of a moniker that are asked for one by one, those that tell most: one of two must be found."""
WHOLE = 1.15
"""Weight of a moniker as a whole, the most a token has."""

TRANSLATED = 0.9
"""How alike two words are that mean the same in two languages, or in one."""
OF_A_PLACE = 0.85
"""The same place with another ending: Tbilisskij, Tbileli."""
ALONE = 0.4
"""Cost of a word that only one side has, in weights of the word: monikers are cut short, as names are."""
AGAINST = 1.5
"""Cost of a word that the other side contradicts: Ded Hasan is not Ded Pasha."""
LEAST = 0.45
"""Less alike than this is nothing."""

ARTICLES = frozenset(
    """the a an of il lo la le i gli l er o u el los las os as un uno una al ar ash az ad der die das den dem
    het de di da del della dei do dos das du des von van iz ot s y e and und et""".split()
)
_ELIDED = re.compile(r"(?<!\w)(o|u|l|d|a|dell|all|n)['’ʼ`](?=\w)", re.IGNORECASE)
_TWICE = re.compile(r"(.)\1+")
_PLACE = re.compile(
    r"(?:[sc]k(?:ii?|i[jy]|oi|aia|a)|sk[yi]|[sc]ki|ese|esi|ano|ino|eli|eni|uri|lu|li|er|ets|anin|ak|i)$"
)
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a moniker. `senses`: what it means, if known; `weight`: how much it tells, 0 to 1.15."""

    text: str
    senses: frozenset[str]
    weight: float


class Likeness(NamedTuple):
    """How alike two monikers are, 0 to 1, and by which rule; the words that matched, and what they tell.

    `rule` is one of equal, joined, translated, place, part (one side says more), or one of `alike`'s: that of
    the pair that is least alike. `weight` is the sum of the weights of the words that matched.
    """

    alike: float
    rule: str
    asked: str
    found: str
    weight: float


# --- words -------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a moniker that tell, folded; articles only where there is nothing else."""
    every = fold(_ELIDED.sub(r"\1 ", text)).split()[: 2 * MOST_WORDS]
    telling = [w for w in every if w not in ARTICLES] or every
    return tuple([_word(w) for w in dict.fromkeys(telling[:MOST_WORDS])])


def is_short(text: str) -> bool:
    """Whether a text has no more words than a moniker; what is longer in quotes is a remark."""
    return len(text.split()) <= MOST_SAID


@lru_cache(maxsize=1 << 14)
def _word(text: str) -> Word:
    senses = _senses().get(_plain(text), {})
    weight = min(senses.values()) if senses else weight_of(text)
    return Word(text, frozenset(senses), weight)


def _plain(word: str) -> str:
    """A word as all romanisations of it agree: Molodoi, Molodoj, Molodoy; Malyj, Maly, Malii."""
    return _TWICE.sub(r"\1", word.replace("y", "i").replace("j", "i").replace("w", "v"))


@cache
def _senses() -> Mapping[str, Mapping[str, float]]:
    """Plain word to what it may mean, and how much that tells."""
    found: dict[str, dict[str, float]] = {}
    text = (files(__package__) / "data" / "moniker_words.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        sense, weight, languages = line.split("\t")
        for said in languages.split(" | "):
            for word in said.partition(": ")[2].split():
                # An article that the script writes together with its word ("al sghyr") is none of it.
                folded = word if word.isascii() else fold(word).split()[-1]
                found.setdefault(_plain(folded), {})[sense] = float(weight)
    return found


# --- keys --------------------------------------------------------------------------------------------


def keys_of_moniker(text: str) -> tuple[TokenKeys, ...]:
    """Keys for the index: the moniker written together, and each of its words where there are several."""
    words = words_of(text)
    if not words:
        return ()
    whole = Word("".join(w.text for w in words), frozenset(), WHOLE)
    return tuple(dict.fromkeys([_keys(w) for w in (words if len(words) == 1 else (whole, *words))]))


def query_of_moniker(text: str) -> tuple[TokenKeys, ...]:
    """Keys for a question: the words that tell most, each of them with the whole written together.

    At most two, so that a text engine, which lets one of several tokens go, finds "Shakro" and "the Young"
    alone, and puts first what has both.
    """
    words = words_of(text)
    if not words:
        return ()
    if len(words) == 1:
        return (_keys(words[0]),)
    whole = frozenset(SPACE + key for key in deletes_of("".join(w.text for w in words)))
    asked = sorted(words, key=lambda w: -w.weight)[:MOST_ASKED]
    return tuple([TokenKeys(k.exact, k.deletes | whole, k.sounds, k.weight) for k in map(_keys, asked)])


@lru_cache(maxsize=1 << 14)
def _keys(word: Word) -> TokenKeys:
    meant = {f"{SPACE}={sense}" for sense in word.senses}
    return TokenKeys(
        SPACE + word.text,
        frozenset(SPACE + key for key in deletes_of(word.text)),
        frozenset({SPACE + key for key in sounds_of(word.text)} | meant),
        word.weight,
    )


# --- likeness ----------------------------------------------------------------------------------------


def compare_moniker(asked: str, found: str) -> Likeness:
    """How alike two monikers are, and by which rule. Symmetric but for which side is which; never raises."""
    laid = align_moniker(asked, found)
    if not laid.pairs:
        return Likeness(0.0, "", "", "", 0.0)
    rule = "part" if laid.losses else min(laid.pairs, key=lambda p: p.alike).rule
    said = [" ".join(words) for words in zip(*((p.asked, p.found) for p in laid.pairs), strict=True)]
    return Likeness(laid.value, rule, said[0], said[1], laid.weight)


@lru_cache(maxsize=1 << 14)
def align_moniker(asked: str, found: str) -> Alignment:
    """Two monikers laid on each other, word by word or, where nearer, written together; `NOTHING` when they
    are less than `LEAST` alike."""
    a, b = words_of(asked), words_of(found)
    laid = _lay(a, b) if a and b else NOTHING
    if len(a) != len(b) and a and b:
        whole_a, whole_b = ("".join(w.text for w in side) for side in (a, b))
        together, rule = alike(whole_a, whole_b)
        if together > laid.value:
            weight = max(sum(w.weight for w in side) for side in (a, b))
            pair = Pair("joined" if rule == "equal" else rule, _said(a), _said(b), weight, together)
            laid = Alignment(together, weight, (pair,), ())
    return laid if laid.value >= LEAST else NOTHING


def _lay(a: tuple[Word, ...], b: tuple[Word, ...]) -> Alignment:
    """The best pairs of words first; what is left over on one side costs little, on both sides much."""
    near = [(*_near(x, y), i, j) for i, x in enumerate(a) for j, y in enumerate(b)]
    near.sort(key=lambda pair: (-pair[0], abs(pair[2] - pair[3]), pair[2] + pair[3]))
    free_a, free_b = dict(enumerate(a)), dict(enumerate(b))
    pairs = []
    for value, rule, i, j in near:
        if value and i in free_a and j in free_b:
            x, y = free_a.pop(i), free_b.pop(j)
            pairs.append(Pair(rule, x.text, y.text, (x.weight + y.weight) / 2, value))
    if not pairs:
        return NOTHING
    losses = _losses(tuple(free_a.values()), tuple(free_b.values()))
    weight = sum(p.weight for p in pairs)
    cost = sum(loss[3] for loss in losses)
    return Alignment(sum(p.weight * p.alike for p in pairs) / (weight + cost), weight, tuple(pairs), losses)


def _losses(a: tuple[Word, ...], b: tuple[Word, ...]) -> tuple[tuple[str, str, str, float], ...]:
    """What words without a partner cost: (rule, asked, found, cost), as in `compare.Alignment`."""
    alone_a, alone_b = (sum(w.weight for w in side) for side in (a, b))
    against = min(alone_a, alone_b)
    losses = [
        ("contradicted", _said(a), _said(b), against * AGAINST),
        ("not-found", _said(a), "", (alone_a - against) * ALONE),
        ("not-asked", "", _said(b), (alone_b - against) * ALONE),
    ]
    return tuple([loss for loss in losses if loss[3] > 0])


@lru_cache(maxsize=1 << 14)
def _near(x: Word, y: Word) -> tuple[float, str]:
    """How alike two words are: as names are, by what they mean, or as two endings of one place."""
    if x.text == y.text:
        return 1.0, "equal"
    best, rule = (0.97, "sound") if _plain(x.text) == _plain(y.text) else alike(x.text, y.text)
    if x.senses and y.senses:
        if x.senses & y.senses:
            return (best, rule) if best >= TRANSLATED else (TRANSLATED, "translated")
        # Two words of which each is known to mean another thing: not a slip of the pen.
        return 0.0, ""
    if best < OF_A_PLACE and _of_a_place(x.text) & _of_a_place(y.text):
        return OF_A_PLACE, "place"
    return best, rule


def _of_a_place(word: str) -> frozenset[str]:
    """Stems of a word less the endings that make a man of a place; two languages cut the place differently
    (Tbilis-skij, Tbil-eli), so that a stem counts with and without its own last letters."""
    stem = _PLACE.sub("", _plain(word))
    ends = (word, stem, re.sub(r"(?:is|i|s|a|o|e|u)$", "", stem))
    return frozenset(e for e in ends if len(e) >= _SHORTEST_STEM)


def _said(words: tuple[Word, ...]) -> str:
    return " ".join([w.text for w in words])
