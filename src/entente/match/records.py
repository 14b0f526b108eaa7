"""Records read for an index, and scored against a question with reasons.

The score of a record depends on the question and that record alone. Evidence is weighed one sort after
the other: what speaks for "the same" closes a part of the gap to 1, what speaks against takes a part of
what was reached; each step is a `Reason`, so the parts sum to the score. 1.0 needs two identifiers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from entente.core.kinds import model
from entente.core.scoring import Reason, Score
from entente.core.things import Body
from entente.match import dates
from entente.match.names.compare import NOTHING, Alignment, Name, align, name_of
from entente.match.names.keys import TokenKeys, is_light, token_keys
from entente.match.numbers import keys_of
from entente.match.question import Question

FULL, WEAK, MONIKER = "name", "weak-alias", "moniker"
NAMES: Mapping[str, str] = {
    "name": FULL,
    "alias": FULL,
    "previousName": FULL,
    "nameOriginal": FULL,
    "weakAlias": WEAK,
    "abbreviation": WEAK,
    "moniker": MONIKER,
}
"""Property to the sort of name it holds."""
CEILING = {FULL: 0.78, WEAK: 0.6, MONIKER: 0.68}
"""What a name of a sort is worth when it agrees wholly and nothing else is known."""
PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
MOST_NAMES, MOST_TOKENS = 60, 200

PROVES = 0.85
"""What an exact number is worth alone."""
BIRTH, BIRTH_AGAINST = 0.7, 0.5
NATIONALITY, NATIONALITY_AGAINST = 0.12, 0.08
SEX, SEX_AGAINST = 0.03, 0.25
NAME_AGAINST = 0.35
"""What a wholly different name takes from an exact number."""
NEVER_BORN = 0.1
"""What a date of birth takes from a record of a kind that has none (a vessel, a company)."""

_COUNTRIES = ("nationality", "citizenship", "country", "jurisdiction", "birthCountry", "flag")
_SEXES = {"male": "male", "m": "male", "female": "female", "f": "female", "other": "other"}


# --- for the index ---------------------------------------------------------------------------------


def names_in(body: Body) -> list[tuple[str, str]]:
    """(sort, text) of every name of a record; its parts, where given, make one more."""
    names = [(sort, text) for prop, sort in NAMES.items() for text in body.get(prop, ())]
    if "lastName" in body or "firstName" in body:
        whole = " ".join([body[p][0] for p in PARTS if body.get(p)])
        names.append((FULL, whole))
    return names[:MOST_NAMES]


def tokens_of(_kind: str, body: Body) -> tuple[TokenKeys, ...]:
    """Keys of every name token of a record, each once, at most 200.

    Short neighbours and particles are also written together with the next token ("al sayed", "alsayed").
    """
    tokens: dict[str, None] = {}
    for _, text in names_in(body):
        tokens.update(_index_tokens(text))
        if len(tokens) >= MOST_TOKENS:
            break
    return tuple([token_keys(t) for t in tokens][:MOST_TOKENS])


@lru_cache(maxsize=1 << 14)
def _index_tokens(text: str) -> dict[str, None]:
    every = name_of(text).every
    tokens = dict.fromkeys(every)
    for a, b in pairwise(every):
        if len(a) <= 4 or len(b) <= 3:
            tokens[a + b] = None
    for a, b, c in zip(every, every[1:], every[2:], strict=False):
        if len(b) <= 2 or (len(a) <= 3 and len(b) <= 3):
            tokens[a + b + c] = None
    for t in every:
        if len(t) >= 8 and t.startswith("abd"):
            tokens[t[5:] if t[3] in "aeuo" else t[3:]] = None
    return tokens


def facts_of(kind: str, body: Body, lineage: Sequence[str] = ()) -> frozenset[str]:
    """Exact facts of a record: `kind:` itself and its `lineage`, `nat:`, `sex:`, `born:` years, `dob:` days.

    A date that may mean several years gives each of them; what is not known is "?", and so is a date that may
    mean more than 40 years: a filter must not hide a record for years that were cut off.
    """
    facts = {f"kind:{kind}", *[f"kind:{k}" for k in lineage]}
    countries = [c.casefold() for prop in _COUNTRIES for c in body.get(prop, ())]
    facts.update([f"nat:{c}" for c in countries] or ["nat:?"])
    sexes = [s for g in body.get("gender", ()) if (s := _SEXES.get(g.casefold()))]
    facts.update([f"sex:{s}" for s in sexes] or ["sex:?"])
    years: dict[int, None] = {}
    wide = False
    for text in body.get("birthDate", ()):
        span = dates.span_of(text)
        if span is not None:
            wide = wide or span.last - span.first >= dates.MOST_YEARS
            years.update(dict.fromkeys(span.years))
            if span.day:
                facts.add(f"dob:{span.first:04}-{span.month:02}-{span.day:02}")
    wide = wide or len(years) > dates.MOST_YEARS
    facts.update([f"born:{y}" for y in years] if years and not wide else ["born:?"])
    return frozenset(facts)


@dataclass(frozen=True, slots=True)
class NameQueryParts:
    """What `engines.seams.NameQuery` is made of."""

    tokens: tuple[TokenKeys, ...]
    where: tuple[frozenset[str], ...] = ()
    favour: Mapping[str, float] = field(default_factory=dict)
    every: bool = False


def where_of(question: Question) -> list[frozenset[str]]:
    """The facts a record must carry: any of each set (kinds, then filters of one sort together)."""
    where: list[frozenset[str]] = []
    if question.kinds:
        where.append(frozenset(f"kind:{k}" for k in question.kinds))
    sorts: dict[str, set[str]] = {}
    for fact in question.filters:
        sorts.setdefault(fact.partition(":")[0], set()).add(fact)
    return where + [frozenset(facts) for facts in sorts.values()]


def queries_of(question: Question) -> tuple[NameQueryParts, ...]:
    """One query a name that was asked; the desk merges what they propose. None for a date alone: it singles
    nobody out, and no score of it is worth showing."""
    where = where_of(question)
    favour: dict[str, float] = {}
    for text in question.birth:
        span = dates.span_of(text)
        if span is None:
            continue
        for year in span.years:
            favour[f"born:{year}"] = 1.0
        if span.day:
            favour[f"dob:{span.first:04}-{span.month:02}-{span.day:02}"] = 1.0
    favour |= {f"nat:{c}": 0.4 for c in question.nationality}
    favour |= {f"sex:{s}": 0.1 for s in question.sex}
    found = [NameQueryParts(query_tokens(name), tuple(where), favour) for name in question.names]
    return tuple(q for q in found if q.tokens)


@lru_cache(maxsize=1 << 12)
def query_tokens(text: str) -> tuple[TokenKeys, ...]:
    """Keys of the tokens of a name that tell, with a token's neighbours written together as further keys."""
    name = name_of(text)
    every = name.every
    tokens: dict[str, TokenKeys] = {}
    for i, t in enumerate(every):
        if is_light(t) and t not in name.strong:
            continue
        keys = token_keys(t)
        joined = set()
        if i + 1 < len(every):
            joined.add(t + every[i + 1])
        if i:
            joined.add(every[i - 1] + t)
        if i > 1:
            joined.add(every[i - 2] + every[i - 1] + t)
        if i + 2 < len(every):
            joined.add(t + every[i + 1] + every[i + 2])
        more = frozenset(j for j in joined if len(j) >= 5)
        tokens[t] = TokenKeys(keys.exact, keys.deletes | more, keys.sounds, keys.weight)
    return tuple(tokens.values())[:MOST_TOKENS_ASKED]


MOST_TOKENS_ASKED = 12


# --- scoring ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Features:
    """A record read for comparing: names by sort, birth dates, countries, sexes, look-up keys; `mortal`:
    whether its kind can have a date of birth."""

    names: tuple[tuple[str, str, Name], ...]
    birth: tuple[tuple[str, dates.Span], ...]
    countries: frozenset[str]
    sexes: frozenset[str]
    keys: frozenset[str]
    mortal: bool = True


def read(kind: str, body: Body, keyed: bool = True) -> Features:
    """Read a record once; what it holds may be kept and compared with many questions.

    Without `keyed`, its look-up keys are left out: for a question that asks for no number.
    """
    births = [(text, span) for text in body.get("birthDate", ()) if (span := dates.span_of(text)) is not None]
    return Features(
        names=tuple([(sort, text, name_of(text)) for sort, text in names_in(body)]),
        birth=tuple(births),
        countries=frozenset([c.casefold() for prop in _COUNTRIES for c in body.get(prop, ())]),
        sexes=frozenset([_SEXES.get(g.casefold(), "other") for g in body.get("gender", ())]),
        keys=frozenset(keys_of(kind, body)) if keyed else frozenset(),
        mortal=kind in _mortal(),
    )


@cache
def _mortal() -> frozenset[str]:
    """Kinds that can have a date of birth, and what those are a sort of: a legal entity may be a person."""
    kinds = [kind for kind in model().kinds.values() if "birthDate" in kind.properties]
    return frozenset([name for kind in kinds for name in (kind.name, *kind.lineage)])


def compare(question: Question, features: Features) -> Score:
    """How near a record is to a question. Raises nothing; an empty question scores 0."""
    tally = _Tally()
    proven = _weigh_number(question, features, tally)
    if proven:
        question = _without(question, proven)
    named = _weigh_name(question, features, tally, bool(proven))
    # A date or a nationality alone singles nobody out.
    trust = 1.0 if proven else named * named if question.names or question.numbers else 0.4
    same_day = _weigh_birth(question, features, tally, trust)
    _weigh_facts(question, features, tally, trust)
    if proven and (named >= 0.85 or same_day):
        tally.add("two-identifiers", "", "", 1.0 - tally.value)
    return Score(tally.value, tuple(tally.reasons))


class _Tally:
    """A score as it grows: the value is the sum of the parts by construction."""

    __slots__ = ("reasons", "value")

    def __init__(self) -> None:
        self.value = 0.0
        self.reasons: list[Reason] = []

    def add(self, rule: str, asked: str, found: str, part: float) -> None:
        # Within 0 and 1, whatever the parts are.
        part = max(-self.value, min(1.0 - self.value, part))
        if part:
            self.value += part
            self.reasons.append(Reason(rule, asked, found, part))

    def towards(self, rule: str, asked: str, found: str, share: float) -> None:
        """Evidence for: a share of the gap to 1. Evidence against (negative): a share of what was reached."""
        self.add(rule, asked, found, share * ((1.0 - self.value) if share > 0 else self.value))


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
            # A number that only its last digits share is a hint.
            share = 0.5 if ":~" in key else PROVES
            tally.towards(f"same-{scheme}", shown, key.partition(":")[2], share)
    return seen


def _weigh_name(question: Question, features: Features, tally: _Tally, proven: bool) -> float:
    """Adds the best pair of names; returns how alike they are, 0 to 1."""
    if not question.names or not features.names:
        return 0.0
    best, best_worth, best_sort, best_asked, best_found = NOTHING, -1.0, FULL, "", ""
    for asked_text in question.names:
        asked = name_of(asked_text)
        for sort, found_text, found in features.names:
            lay = _moniker(asked, found) if sort == MONIKER else align(asked, found)
            worth = lay.value * CEILING[sort] * _telling(lay.weight)
            if worth > best_worth:
                best, best_worth, best_sort = lay, worth, sort
                best_asked, best_found = asked_text, found_text
    if proven:
        share = best.value * 0.8 if best.value >= 0.5 else -NAME_AGAINST * (1 - best.value)
        tally.towards("name" if share > 0 else "other-name", best_asked, best_found, share)
        return best.value
    if best_worth > 0:
        _explain(best, best_worth, best_sort, tally)
    return best.value


def _telling(weight: float) -> float:
    """One very common word tells less than two rare ones."""
    return 0.75 + 0.25 * min(1.0, weight / 1.7)


def _moniker(asked: Name, found: Name) -> Alignment:
    """Monikers are compared whole: what is not nearly the same is nothing."""
    ratio = 1.0 if asked.text == found.text else fuzz.ratio(asked.text, found.text, score_cutoff=80) / 100
    lay = align(asked, found)
    value = max(ratio, lay.value)
    if value < 0.8:
        return NOTHING
    return Alignment(value, max(lay.weight, 1.0), lay.pairs, lay.asked_alone, lay.found_alone, lay.swapped)


def _explain(lay: Alignment, worth: float, sort: str, tally: _Tally) -> None:
    """A reason for each pair of tokens, and for what is left over; together they are `worth`."""
    prefix = "" if sort == FULL else f"{sort}-"
    total = sum([p.weight for p in lay.pairs])
    if not total:
        tally.add(f"{sort}-whole", "", "", worth)
        return
    whole = worth / lay.value * sum([p.weight * p.alike for p in lay.pairs]) / total
    gained = sum([p.weight * p.alike for p in lay.pairs])
    for p in lay.pairs:
        rule = f"{prefix}name-{p.rule.replace(' ', '-')}"
        tally.add(rule, p.asked, p.found, whole * p.weight * p.alike / gained)
    left = worth - tally.value
    if abs(left) > 1e-9:
        alone_a, alone_b = " ".join(lay.asked_alone), " ".join(lay.found_alone)
        if lay.swapped:
            rule = "name-father-and-son-swapped"
        elif alone_a and alone_b:
            rule = "name-contradicted"
        else:
            rule = "name-not-found" if alone_a else "name-not-asked" if alone_b else "name-particles"
        tally.add(prefix + rule, alone_a, alone_b, left)


def _weigh_birth(question: Question, features: Features, tally: _Tally, trust: float) -> bool:
    """Adds the best pair of dates; true when they are the same day."""
    best: tuple[float, str, str, str] | None = None
    for asked_text in question.birth:
        asked = dates.span_of(asked_text)
        if asked is None:
            continue
        for found_text, found in features.birth:
            rule, grade = dates.compare(asked, found)
            if best is None or grade > best[0]:
                best = grade, rule, asked_text, found_text
    if best is None:
        if question.birth and not features.mortal:
            tally.towards("born-not-of-this-kind", question.birth[0], "", -NEVER_BORN)
        return False
    grade, rule, asked_text, found_text = best
    share = grade * BIRTH * trust if grade > 0 else grade * BIRTH_AGAINST
    tally.towards(f"born-{rule}", asked_text, found_text, share)
    return rule == dates.SAME_DAY[0]


def _weigh_facts(question: Question, features: Features, tally: _Tally, trust: float) -> None:
    for what, asked, found, gain, loss in (
        ("nationality", question.nationality, features.countries, NATIONALITY, NATIONALITY_AGAINST),
        ("sex", question.sex, features.sexes, SEX, SEX_AGAINST),
    ):
        if not asked or not found:
            continue
        shared = _first_shared(asked, found)
        if shared:
            tally.towards(f"same-{what}", shared, shared, gain * trust)
        else:
            tally.towards(f"other-{what}", ", ".join(asked), ", ".join(sorted(found)), -loss)


def _first_shared(asked: Iterable[str], found: frozenset[str]) -> str:
    return next((a for a in asked if a in found), "")
