"""Records read: for an index (keys and facts), and for being weighed against a question (evidence.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

from entente.core.kinds import model
from entente.core.things import Body
from entente.match import dates
from entente.match.names.keys import TokenKeys, is_light, token_keys
from entente.match.names.monikers import is_short, keys_of_moniker, query_of_moniker
from entente.match.names.reading import Name, names_of
from entente.match.numbers import keys_of
from entente.match.question import Question

PERSON = "Person"
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
PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
MOST_NAMES, MOST_TOKENS = 60, 200
"""Names of a record that are compared, other readings of them among these, and tokens that are indexed."""
KEYS = "2"
"""Changes whenever records get other keys or facts than before, so that a house makes its index anew."""

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


def tokens_of(kind: str, body: Body) -> tuple[TokenKeys, ...]:
    """Keys of every name token of a record, each once, at most 200; monikers' in a space of their own.

    Short neighbours and particles are also written together with the next token ("al sayed", "alsayed").
    """
    tokens: dict[str, None] = {}
    names = names_in(body)
    for sort, text in names:
        if sort != MONIKER:
            tokens.update(_index_tokens(text, kind == PERSON))
        if len(tokens) >= MOST_TOKENS:
            break
    # First, so that no number of names cuts them off; a weak alias is a moniker as often as a name.
    monikers = dict.fromkeys(k for sort, text in names if sort != FULL for k in keys_of_moniker(text))
    return (*monikers, *[token_keys(t) for t in tokens])[:MOST_TOKENS]


@lru_cache(maxsize=1 << 14)
def _index_tokens(text: str, person: bool) -> dict[str, None]:
    tokens: dict[str, None] = {}
    for name in names_of(text, person):
        tokens |= _written(name.written)
        tokens |= dict.fromkeys(name.every)
    return tokens


def _written(every: Sequence[str]) -> dict[str, None]:
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

    A date that may mean several years gives each of them, one of another calendar its own too; what is not
    known is "?", and so is a date that may mean more than 40 years: a filter must not hide a record for
    years that were cut off.
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
            for meant in (span, *dates.readings(span)):
                years.update(dict.fromkeys(meant.years))
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
    """One query a name that was asked, and one a moniker that it may be; the desk merges what they propose.
    None for a date alone: it singles nobody out, and no score of it is worth showing."""
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
    found = [
        NameQueryParts(tokens, tuple(where), favour)
        for name in question.names
        for tokens in query_tokens(name)
    ]
    # Anything short may be a moniker. It is asked for apart, so that names do not crowd it out.
    called = [*question.monikers, *[name for name in question.names if is_short(name)]]
    found += [NameQueryParts(query_of_moniker(text), tuple(where), favour) for text in dict.fromkeys(called)]
    return tuple(q for q in found if q.tokens)


@lru_cache(maxsize=1 << 12)
def query_tokens(text: str) -> tuple[tuple[TokenKeys, ...], ...]:
    """Keys of the tokens of a name that tell, for each way of cutting it into tokens.

    Readings of as many tokens are asked together: a token then has the keys of all its readings.
    """
    cut: dict[int, list[TokenKeys]] = {}
    for name in names_of(text):
        tokens = _asked_tokens(name)
        known = cut.setdefault(len(tokens), [])
        if not known:
            known += tokens
        for i, token in enumerate(tokens):
            known[i] = TokenKeys(
                known[i].exact,
                known[i].deletes | token.deletes | {token.exact},
                known[i].sounds | token.sounds,
                known[i].weight,
            )
    return tuple(tuple(tokens) for tokens in cut.values())


def _asked_tokens(name: Name) -> list[TokenKeys]:
    """Of one reading, with a token's neighbours written together as further keys."""
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
    return list(tokens.values())[:MOST_TOKENS_ASKED]


MOST_TOKENS_ASKED = 12


# --- for being weighed ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Features:
    """A record read for comparing: names by sort, birth dates, countries, sexes, look-up keys; `mortal`:
    whether its kind can have a date of birth; `person`: whether it is one."""

    names: tuple[tuple[str, str, Name], ...]
    birth: tuple[tuple[str, dates.Span], ...]
    countries: frozenset[str]
    sexes: frozenset[str]
    keys: frozenset[str]
    mortal: bool = True
    person: bool = False


def read(kind: str, body: Body, keyed: bool = True) -> Features:
    """Read a record once; what it holds may be kept and compared with many questions.

    Without `keyed`, its look-up keys are left out: for a question that asks for no number.
    """
    births = [(text, span) for text in body.get("birthDate", ()) if (span := dates.span_of(text)) is not None]
    return Features(
        names=_read_names(names_in(body), kind == PERSON),
        birth=tuple(births),
        countries=frozenset([c.casefold() for prop in _COUNTRIES for c in body.get(prop, ())]),
        sexes=frozenset([_SEXES.get(g.casefold(), "other") for g in body.get("gender", ())]),
        keys=frozenset(keys_of(kind, body)) if keyed else frozenset(),
        mortal=kind in _mortal(),
        person=kind == PERSON,
    )


def _read_names(names: list[tuple[str, str]], person: bool) -> tuple[tuple[str, str, Name], ...]:
    """Every reading of every name, the likeliest of each first; MOST_NAMES in all: no record is slow."""
    read = [(sort, text, names_of(text, person)) for sort, text in names]
    likeliest = [(sort, text, ways[0]) for sort, text, ways in read]
    others = [(sort, text, way) for sort, text, ways in read for way in ways[1:]]
    return tuple((likeliest + others)[:MOST_NAMES])


@cache
def _mortal() -> frozenset[str]:
    """Kinds that can have a date of birth, and what those are a sort of: a legal entity may be a person."""
    kinds = [kind for kind in model().kinds.values() if "birthDate" in kind.properties]
    return frozenset([name for kind in kinds for name in (kind.name, *kind.lineage)])
