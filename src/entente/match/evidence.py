"""A record weighed against a question: what speaks for and against "the same", in log-odds that add up.

The score of a record depends on the question and that record alone. Everybody begins at the same odds
(`PRIOR`); numbers, names, dates of birth, nationality and sex move them. 1.0 needs two identifiers.
"""

from collections.abc import Iterable
from dataclasses import replace
from math import log

from entente.core.scoring import LEAST, Change, Reason, Score, log_odds, probability
from entente.match import dates
from entente.match.names.calibration import most_of, odds_of
from entente.match.names.compare import NOTHING, Alignment, align
from entente.match.names.monikers import align_moniker
from entente.match.names.reading import Name, names_of
from entente.match.question import Question
from entente.match.records import FULL, MONIKER, WEAK, Features

PRIOR = -7.0
"""Log-odds that a record is the one meant before anything is compared: one in about a thousand of those that
the index proposes for a question."""
SHARE = {FULL: 0.8, WEAK: 0.62, MONIKER: 0.7}
"""Of those who bear a name of a sort to the letter, how many are the one meant, where the name is rare."""
RARE = 1.7
"""Weight from which on a name is rare: two telling words."""

ONE_WORD, BESIDE_ONE_WORD = 0.35, 0.6
"""Factor of SHARE where one word of a person's name was asked, which whole families bear; and how much a date
of birth or a nationality is trusted beside it."""
MOST_WAYS = 12
"""Readings of names asked that are compared."""

PROVES = 9.2
"""An exact number: nine times in ten it is enough alone."""
SHARED_END = 7.0
"""A number that only its last digits share."""
CALLED = 3.0
"""A moniker that agrees beside a name: for each word, as much as the word tells."""
OTHER_NAME = -2.0
"""A name with nothing in common."""
NATIONALITY, NATIONALITY_AGAINST = 1.2, -0.7
SEX, SEX_AGAINST = 0.3, -2.2
NEVER_BORN = -2.5
"""A date of birth was asked, and the record's kind has none (a vessel, a company)."""
NAME_RULES = (
    "equal", "typo", "sound", "initial", "short-form", "other-form", "cut-short", "joined", "initials",
    "translated", "place",
    "crossed", "contradicted", "not-found", "not-asked", "particles",
    "father-and-son-swapped", "other-number", "other-signs", "other",
)  # fmt: skip
"""What reasons say of a name, each with "name-" before it (and the sort of name before that)."""
UNDATED = 0.4
"""Trust in a date or a nationality where no name was asked."""


def compare(question: Question, features: Features) -> Score:
    """How near a record is to a question. Raises nothing; an empty question scores next to nothing."""
    tally = _Tally()
    proven = _weigh_number(question, features, tally)
    if proven:
        question = _without(question, proven)
    named, same_name = _weigh_name(question, features, tally)
    _weigh_moniker(question, features, tally)
    # A day of birth or a nationality tells namesakes apart; of others it says nothing.
    trust = 1.0 if proven else named * min(1.0, 2.0 * same_name) if named else UNDATED
    _weigh_birth(question, features, tally, trust)
    _weigh_facts(question, features, tally, trust)
    return tally.score(same_name)


class _Tally:
    """Log-odds as they grow: the parts of the reasons sum to them by construction."""

    __slots__ = ("odds", "reasons")

    def __init__(self) -> None:
        self.odds = PRIOR
        self.reasons = [Reason("prior", "", "", PRIOR)]

    def add(self, rule: str, asked: str, found: str, part: float) -> None:
        part = max(LEAST - self.odds, min(-LEAST - self.odds, part))
        if part:
            self.odds += part
            self.reasons.append(Reason(rule, asked, found, part))

    def score(self, same_name: float) -> Score:
        return Score(probability(self.odds), tuple(self.reasons), same_name)


def _without(question: Question, proven: set[str]) -> Question:
    """The question less the other readings of a number that agrees: "B7044 1920" was no year of birth, then,
    and the letters before it no name."""
    groups = {group.casefold() for shown in proven if " " in shown for group in shown.split()}
    if not groups:
        return question
    names = [" ".join([w for w in name.split() if w.casefold() not in groups]) for name in question.names]
    return replace(
        question,
        names=tuple([name for name in names if name]),
        birth=tuple([b for b in question.birth if b not in groups]),
    )


def _weigh_number(question: Question, features: Features, tally: _Tally) -> set[str]:
    """Adds the numbers that agree; returns them as they were asked."""
    seen: set[str] = set()
    for scheme, key, shown in question.numbers:
        if key in features.keys and shown not in seen:
            seen.add(shown)
            tally.add(f"same-{scheme}", shown, key.partition(":")[2], SHARED_END if ":~" in key else PROVES)
    return seen


# --- names ---------------------------------------------------------------------------------------


def _weigh_name(question: Question, features: Features, tally: _Tally) -> tuple[float, float]:
    """Adds the best pair of names; how far it can be trusted with a date beside it (nothing: no names were
    compared), and the probability of one name."""
    if not question.names or not features.names:
        return 0.0, 0.0
    best, best_worth, best_share, best_sort, best_asked, best_found = NOTHING, -1.0, 1.0, FULL, "", ""
    part = False
    for asked_text, asked in _ways(question, features.person):
        one_word = features.mortal and len(asked.written) == 1
        for sort, found_text, found in features.names:
            lay = align_moniker(asked_text, found_text) if sort == MONIKER else align(asked, found)
            share = SHARE[sort] * _telling(lay.weight) * (ONE_WORD if one_word and sort == FULL else 1.0)
            if lay.value * share > best_worth:
                best, best_worth, best_share, best_sort = lay, lay.value * share, share, sort
                best_asked, best_found, part = asked_text, found_text, one_word and sort == FULL
    if best_worth <= 0:
        tally.add("name-other", best_asked, best_found, OTHER_NAME)
        return 1.0, probability(odds_of(0.0))
    same_name = probability(odds_of(best.value))
    _explain(best, same_name, best_share, best_sort, tally)
    return BESIDE_ONE_WORD if part else 1.0, same_name


def _ways(question: Question, person: bool) -> list[tuple[str, Name]]:
    """Every reading of every name asked, the likeliest of each first; MOST_WAYS in all."""
    read = [(text, names_of(text, person)) for text in question.names]
    likeliest = [(text, ways[0]) for text, ways in read]
    return (likeliest + [(text, way) for text, ways in read for way in ways[1:]])[:MOST_WAYS]


def _weigh_moniker(question: Question, features: Features, tally: _Tally) -> None:
    """Adds the best pair of monikers, where the name was not found by it. Another moniker says nothing
    against: a man has several."""
    weighed = {(r.asked, r.found) for r in tally.reasons}
    best = max(
        (
            align_moniker(asked, found)
            for asked in question.monikers
            for sort, found, _ in features.names
            if sort != FULL
        ),
        key=lambda lay: lay.value * lay.weight,
        default=NOTHING,
    )
    for p in best.pairs:
        if (p.asked, p.found) not in weighed:
            part = CALLED * best.value * p.alike * p.weight
            tally.add(f"moniker-name-{p.rule.replace(' ', '-')}", p.asked, p.found, part)


def _telling(weight: float) -> float:
    """The part of SHARE that a name keeps: one very common word has more bearers than two rare ones."""
    return 0.35 + 0.65 * min(1.0, weight / RARE)


def _explain(lay: Alignment, same_name: float, share: float, sort: str, tally: _Tally) -> None:
    """A reason for each pair of tokens, and for what is left over.

    Together they lift the odds from PRIOR to those of the same name times the share of its bearers who are
    meant. What a perfect agreement would give is divided over the pairs by their weight; what is lacking,
    over what was lost, by its cost.
    """
    prefix = "name-" if sort == FULL else f"{sort}-name-"
    whole = log_odds(probability(odds_of(1.0)) * share) - PRIOR
    reached = log_odds(same_name * share)
    if lay.value < 0.5:
        reached = min(reached, most_of(lay.value))
    lacking = whole - (reached - PRIOR)
    short = sum([p.weight * (1.0 - p.alike) for p in lay.pairs]) + sum([loss[3] for loss in lay.losses])
    rate = lacking / short if short else 0.0
    unlike: dict[tuple[str, str], float] = {}
    for rule, asked, found, cost in lay.losses:
        if rule == "unlike":
            unlike[asked, found] = unlike.get((asked, found), 0.0) + cost
    for p in lay.pairs:
        cost = p.weight * (1.0 - p.alike) + unlike.pop((p.asked, p.found), 0.0)
        part = whole * p.weight / lay.weight - rate * cost
        tally.add(prefix + p.rule.replace(" ", "-"), p.asked, p.found, part)
    for rule, asked, found, cost in lay.losses:
        if rule != "unlike":
            tally.add(prefix + rule, asked, found, -rate * cost)


# --- what else is known --------------------------------------------------------------------------


def _weigh_birth(question: Question, features: Features, tally: _Tally, trust: float) -> None:
    """Adds the best pair of dates."""
    best: tuple[float, str, str, str] | None = None
    for asked_text in question.birth:
        asked = dates.span_of(asked_text)
        if asked is None:
            continue
        for found_text, found in features.birth:
            agreed = dates.agreement(asked, found)
            if best is None or agreed.odds > best[0]:
                best = agreed.odds, agreed.rule, asked_text, found_text
    if best is not None:
        odds, rule, asked_text, found_text = best
        tally.add(f"born-{rule}", asked_text, found_text, odds * trust if odds > 0 else odds)
    elif question.birth and not features.mortal:
        tally.add("born-not-of-this-kind", question.birth[0], "", NEVER_BORN)


def _weigh_facts(question: Question, features: Features, tally: _Tally, trust: float) -> None:
    for what, asked, found, gain, loss in (
        ("nationality", question.nationality, features.countries, NATIONALITY, NATIONALITY_AGAINST),
        ("sex", question.sex, features.sexes, SEX, SEX_AGAINST),
    ):
        if not asked or not found:
            continue
        shared = _first_shared(asked, found)
        if shared:
            tally.add(f"same-{what}", shared, shared, gain * trust)
        else:
            tally.add(f"other-{what}", ", ".join(asked), ", ".join(sorted(found)), loss)


def _first_shared(asked: Iterable[str], found: frozenset[str]) -> str:
    return next((a for a in asked if a in found), "")


# --- what would change it ------------------------------------------------------------------------

MOST_CHANGES = 4


def changes(score: Score, question: Question, features: Features) -> tuple[Change, ...]:
    """What would change a score most: what the record says and nobody asked for (whether it agrees or not),
    and each name word that speaks against. At most four, the greatest effect first."""
    odds, found = log_odds(score.value), list[Change]()

    def would(rule: str, text: str, part: float) -> None:
        found.append(Change(rule, text, probability(max(LEAST, min(-LEAST, odds + part)))))

    trust = min(1.0, 2.0 * score.name)
    if features.birth and not question.birth:
        text, span = features.birth[0]
        agreed = dates.agreement(span, span)
        would(f"born-{agreed.rule}", text, agreed.odds * trust)
        would("born-other-date", text, log(dates.JUNK))
    if features.keys and not question.numbers:
        would("same-number", "", PROVES)
    for what, asked, known, gain, loss in (
        ("nationality", question.nationality, features.countries, NATIONALITY, NATIONALITY_AGAINST),
        ("sex", question.sex, features.sexes, SEX, SEX_AGAINST),
    ):
        if known and not asked:
            said = ", ".join(sorted(known))
            would(f"same-{what}", said, gain * trust)
            would(f"other-{what}", said, loss)
    for reason in score.reasons:
        if reason.part < -0.5 and reason.rule != "prior" and "name-" in reason.rule:
            would("without", reason.asked or reason.found, -reason.part)
    found.sort(key=lambda c: -abs(c.value - score.value))
    return tuple(found[:MOST_CHANGES])
