"""Labelled pairs of names and of records, halved by person: one half to tune on, the other only to measure.

    from benchmarks.name_sets import every
    tune = [pair for pair in every()["aliases"] if pair.half == "tune"]

Everything comes from ../shared/data, but for the held-out lists in benchmarks/heldout/. A pair's half hangs
on a hash of whom it is about, so that nobody stands in both halves and adding a pair moves no other. Pairs
of two persons are drawn inside one half.
"""

import csv
import random
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import yaml
from benchmarks.listed_people import DATA, Listed, ofac, un
from rapidfuzz import fuzz, process

HELDOUT = Path(__file__).parent / "heldout"
LISTS = ("diminutives", "typos", "scripts", "roles", "companies")
TUNE, HELD = "tune", "held"
Body = dict[str, tuple[str, ...]]

UNLIKE, COPY = 60, 97
"""Ratios of sorted tokens: below the first two names of a person are two names, from
the second on one is a copy of the other. Neither tells methods apart."""
NEAR = 70
"""The least such ratio of two persons' names where a set asks for near ones. specs/search.md 3.6 does not
tell how its pairs were chosen; with these two numbers its peer comes out as there (AUC .86, .63 found at
.7, some 4,100 usable a.k.a.), so that a target set there means the same here."""
MOST_ALIASES, MOST_ASKED = 10, 3
"""Pairs from one entry, the same and others, so that a few with fifty a.k.a. do not decide."""
FEW_THOUSAND = 4000
"""Names among which the nearest is looked for."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, a record, and whether they are the same. `kind`: of the record; `group`: what the pair is
    an example of; `person`: whom the question is about."""

    kind: str
    question: Body
    record: Body
    same: bool
    group: str
    person: str
    half: str

    @property
    def asked(self) -> str:
        return self.question["name"][0]

    @property
    def found(self) -> str:
        return self.record["name"][0]


def half(person: str) -> str:
    return HELD if blake2b(person.encode(), digest_size=8).digest()[0] & 1 else TUNE


def _named(kind: str, asked: str, found: str, same: bool, group: str, person: str) -> Pair:
    return Pair(kind, {"name": (asked,)}, {"name": (found,)}, same, group, person, half(person))


def every(seed: int = 1) -> dict[str, list[Pair]]:
    """Every set by its name. Raises FileNotFoundError where ../shared/data is missing."""
    sets: dict[str, Callable[[], list[Pair]]] = {
        "name_bench": name_bench,
        "entity_bench": entity_bench,
        "aliases": lambda: aliases(seed),
        "weak_aliases": lambda: weak_aliases(seed),
        "lists": lists,
        "lists_with_birth": lists_with_birth,
        "native": native,
    }
    return {name: make() for name, make in sets.items()} | {name: heldout(name) for name in LISTS}


# --- benches of others ---------------------------------------------------------------------------


def name_bench() -> list[Pair]:
    """nomenklatura's labelled name pairs; the group is "<tier> <group>", as in "STRONG synth_people"."""
    with (DATA / "matching/name_bench/name_bench_cases.csv").open(encoding="utf-8") as file:
        cases = list(csv.DictReader(file))
    whom = _together((case["name1"], case["name2"]) for case in cases)
    return [
        _named(
            case["schema"], case["name1"], case["name2"], case["is_match"] == "true",
            f"{case['quality']} {case['case_group']}", whom[case["name1"].casefold()],
        )
        for case in cases
    ]  # fmt: skip


def entity_bench() -> list[Pair]:
    """nomenklatura's labelled pairs of entities with their properties; the group is the schema."""
    file = DATA / "matching/name_bench/entity_bench_checks.yml"
    checks = yaml.safe_load(file.read_text(encoding="utf-8"))["checks"]
    read = [(check, _body(check["query"]), _body(check["candidate"])) for check in checks]
    whom = _together((*a.get("name", ()), *b.get("name", ())) for _, a, b in read)
    pairs = []
    for check, question, record in read:
        person = whom.get(next(iter(record.get("name", ("",)))).casefold(), str(check))
        schema = check["schema"]
        pairs.append(Pair(schema, question, record, check["match"], schema, person, half(person)))
    return pairs


def _body(properties: dict[str, Any]) -> Body:
    return {
        name: tuple(map(str, value)) if isinstance(value, list) else (str(value),)
        for name, value in properties.items()
    }


def _together(groups: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Names of one pair, or of two pairs that share a name, are of one person: each to its first."""
    first: dict[str, str] = {}

    def root(name: str) -> str:
        while first.setdefault(name, name) != name:
            name = first[name]
        return name

    for group in groups:
        roots = [root(name.casefold()) for name in group]
        for other in roots[1:]:
            first[root(other)] = root(roots[0])
    return {name: root(name) for name in first}


# --- names of listed persons ---------------------------------------------------------------------


def aliases(seed: int = 1) -> list[Pair]:
    """A person's a.k.a. against his primary name on the OFAC list (group "aka"); and three of his names
    against the two nearest of others, near ones only, of 4,000 names drawn by the seed (group "nearest")."""
    return _against_primary(lambda person: person.names[1:], seed, "aka")


def weak_aliases(seed: int = 1) -> list[Pair]:
    """The same for what the list itself calls a weak a.k.a., mostly bynames: few are like the name."""
    return _against_primary(lambda person: person.weak, seed, "weak")


def _against_primary(of: Callable[[Listed], tuple[str, ...]], seed: int, group: str) -> list[Pair]:
    pairs = []
    for side in (TUNE, HELD):
        chance = random.Random(f"{seed} {group} {side}")
        people = [person for person in ofac() if half(identity(person)) == side]
        names = [(name, person) for person in people for name in person.names]
        near = _Nearest(chance.sample(names, min(FEW_THOUSAND, len(names))))
        for person in people:
            usable = [name for name in of(person) if tells(name, person.names[0])]
            for name in chance.sample(usable, min(MOST_ALIASES, len(usable))):
                pairs.append(_named("Person", name, person.names[0], True, group, identity(person)))
            asked = person.names if group == "aka" else of(person)
            for name in chance.sample(asked, min(MOST_ASKED, len(asked))):
                pairs += [
                    _named("Person", name, other, False, "nearest", identity(person))
                    for other, _ in near.others(name, person, 2, NEAR)
                ]
    return pairs


def lists() -> list[Pair]:
    """Names of one person on two lists, one a side: a UN name against the OFAC primary name where both lists
    give the same document number ("document") or the same day of birth and one same name ("birth"); and
    against the nearest OFAC names of others. The two names of a pair always differ."""
    near = {side: _primary(ofac(), side) for side in (TUNE, HELD)}
    pairs = []
    for person, twin, group in _twins():
        found = twin.names[0]
        usable = [name for name in person.names if tells(name, found)][:MOST_ALIASES]
        pairs += [_named("Person", name, found, True, group, person.id) for name in usable]
        for name in usable[:3]:
            pairs += [
                _named("Person", name, other, False, "nearest", person.id)
                for other, _ in near[half(person.id)].others(name, twin, 2)
            ]
    return pairs


def lists_with_birth() -> list[Pair]:
    """All names and dates of birth of one person on two lists (same document number), and of the ten others
    whose primary name is nearest, whatever their date of birth."""
    near = {side: _primary(ofac(), side) for side in (TUNE, HELD)}
    pairs = []

    def pair(person: Listed, other: Listed, same: bool, group: str) -> Pair:
        return Pair("Person", whole(person), whole(other), same, group, person.id, half(person.id))

    for person, twin, group in _twins():
        if group == "document":
            pairs.append(pair(person, twin, True, group))
            others = near[half(person.id)].all(person.names[0], twin, 10)
            pairs += [pair(person, other, False, "nearest") for _, other in others]
    return pairs


def whole(person: Listed) -> Body:
    """A person with all names and dates of birth, as a record."""
    body = {"name": person.names[:1], "alias": person.names[1:], "birthDate": person.birth}
    return {name: values for name, values in body.items() if values}


@cache
def _twins() -> tuple[tuple[Listed, Listed, str], ...]:
    """(UN person, OFAC person, what says that they are one). Where two of the UN list have the number of one
    of OFAC's, he is the one with the nearer name: a number on the wrong line is no proof."""
    by_number: dict[str, Listed] = {}
    by_birth: dict[tuple[str, str], Listed] = {}
    for person in ofac():
        by_number |= dict.fromkeys(person.numbers, person)
        by_birth |= {(b, plain(n)): person for b in person.birth if len(b) == 10 for n in person.names}
    twins = []
    for person in un():
        document = next((by_number[n] for n in sorted(person.numbers) if n in by_number), None)
        same = ((b, plain(n)) for b in person.birth for n in person.names)
        birth = next((by_birth[key] for key in same if key in by_birth), None)
        if document or birth:
            twins.append((person, document or birth, "document" if document else "birth"))
    twins.sort(key=lambda twin: fuzz.ratio(plain(twin[0].names[0]), plain(twin[1].names[0])))
    one_each = {twin.id: (person, twin, group) for person, twin, group in twins}
    return tuple(sorted(one_each.values(), key=lambda twin: twin[0].id))


@cache
def _meanings() -> dict[str, str]:
    return {twin.id: person.id for person, twin, _ in _twins()}


def identity(person: Listed) -> str:
    """One identity for a person of both lists."""
    return _meanings().get(person.id, person.id)


def native() -> list[Pair]:
    """A person's name in his own script against his Latin one on the UN list, and against the two Latin names
    of others that are nearest to his; the group is the script."""
    near = {side: _primary(un(), side) for side in (TUNE, HELD)}
    pairs = []
    for person in un():
        for name in person.native:
            group = script(name)
            if group == "LATIN":
                continue
            pairs.append(_named("Person", name, person.names[0], True, group, person.id))
            pairs += [
                _named("Person", name, other, False, group, person.id)
                for other, _ in near[half(person.id)].others(person.names[0], person, 2)
            ]
    return pairs


def heldout(name: str) -> list[Pair]:
    """A list of benchmarks/heldout/, empty where it is not there; nobody tunes on any of it."""
    path = HELDOUT / f"{name}.tsv"
    if not path.exists():
        return []
    kind = "Company" if name == "companies" else "Person"
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(("#", "group\t")):
            continue
        group, asked, found, label, *_ = line.split("\t")
        bodies: tuple[Body, Body] = {"name": (asked,)}, {"name": (found,)}
        pairs.append(Pair(kind, *bodies, label == "same", group, f"{name} {asked}", HELD))
    return pairs


# --- what is near, what tells --------------------------------------------------------------------


def plain(name: str) -> str:
    """Tokens without marks, in order: what two spellings have in common whatever the method."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(sorted(re.findall(r"\w+", re.sub("['’`]", "", bare))))


def tells(a: str, b: str) -> bool:
    """Whether two names of one person are neither copies nor without anything in common."""
    return UNLIKE <= fuzz.ratio(plain(a), plain(b)) < COPY and plain(a) != plain(b)


def script(name: str) -> str:
    """The script of the first letter, as its Unicode name begins: "ARABIC", "CJK", "HANGUL"."""
    return unicodedata.name(next(c for c in name if c.isalpha())).split()[0]


class _Nearest:
    """The names of others that are nearest to a name by the ratio of sorted tokens, one for each person. Who
    bears the same name is left out, for no name tells the two apart."""

    def __init__(self, names: list[tuple[str, Listed]]) -> None:
        self._names = names
        self._plain = [plain(name) for name, _ in names]

    def others(self, name: str, own: Listed, most: int, least: float = 0) -> list[tuple[str, Listed]]:
        """Those who were born on the same day are left out too: they may be listed twice."""
        days = {day for day in own.birth if len(day) == 10}
        found = [other for other in self.all(name, own, most + 10, least) if not days & {*other[1].birth}]
        return found[:most]

    def all(self, name: str, own: Listed, most: int, least: float = 0) -> list[tuple[str, Listed]]:
        wanted = plain(name)
        namesakes = {plain(n) for n in own.names} | {wanted}
        ranked = process.extract(
            wanted, self._plain, scorer=fuzz.ratio, processor=None, limit=most + 20, score_cutoff=least
        )
        found = {}
        for text, _, at in ranked:
            other, person = self._names[at]
            if person.id != own.id and text not in namesakes:
                found.setdefault(person.id, (other, person))
        return list(found.values())[:most]


def _primary(people: Iterable[Listed], side: str) -> _Nearest:
    return _Nearest([(person.names[0], person) for person in people if half(identity(person)) == side])
