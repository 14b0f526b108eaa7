"""How often the right record is among the candidates, how soon, and how often scoring puts it first.

    python -m benchmarks.recall [candidates=75] [distractors=100000] [-v]

UN persons of ../shared/data among invented ones, through the house's own text engine (T7, T8). Asked are the
UN names as yente's benchmark damaged them, the same persons in their own script, and the held-out lists. A
record that bears the right one's name to the letter counts as the right one: no name tells the two apart.
`-v` lists what was missed of the UN names. Leaves where ../shared is not there.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import orjson
from benchmarks.distractors import SCREENING, Body, distractors, rows
from benchmarks.listed_people import DATA, is_latin
from benchmarks.measures import percentile
from benchmarks.name_sets import LISTS, heldout, native
from benchmarks.side import peak

from entente.core.access import View
from entente.engines.seams import Doc, NameQuery, Text, TokenKeys
from entente.engines.text import open_text
from entente.match import evidence, records
from entente.match.question import Question, understand

VIEW = View(b"\x01", ("s1",), date(2026, 1, 1))
BATCH = 20_000
"""Records of one commit."""


class People:
    """Every record by its number, from 1: packed, for a million of them must fit beside the index."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self.ids: dict[str, int] = {}
        self.reading = 0.0

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, n: int) -> tuple[str, Body]:
        kind, body = orjson.loads(self._packed[n - 1])
        return kind, {name: tuple(values) for name, values in body.items()}

    def add(self, kind: str, body: Body, id: str = "") -> Doc:
        self._packed.append(bytes(memoryview(orjson.dumps((kind, body)))))  # Copied: orjson gives 3 kB each.
        n = len(self._packed)
        if id:
            self.ids[id] = n
        started = time.process_time()
        told = records.tokens_of(kind, body)
        tokens = tuple(TokenKeys(t.exact, t.deletes, t.sounds, t.weight) for t in told)
        facts = records.facts_of(kind, body)
        self.reading += time.process_time() - started
        return Doc(n, f"{n:032x}", tokens, facts, frozenset({"s1"}), 10**6, n)


def docs(people: People, count: int) -> Iterator[Doc]:
    """The UN persons, the found of the held-out lists, and so many that nobody asks for."""
    for id, body in listed():
        yield people.add("Person", body, id)
    for name in LISTS:
        for pair in heldout(name):
            if pair.same and f"{name} {pair.found}" not in people.ids:
                yield people.add(pair.kind, pair.record, f"{name} {pair.found}")
    for body in distractors(count):
        yield people.add("Person", body)


def listed() -> Iterator[tuple[str, Body]]:
    """With names in Latin letters alone: what is asked in another script must not be found by that."""
    with (DATA / "lists/un.ftm.jsonl").open(encoding="utf-8") as file:
        for line in file:
            entity = json.loads(line)
            if entity["schema"] == "Person":
                body = entity["properties"]
                names = {prop: [n for n in body.get(prop, ()) if is_latin(n)] for prop in ("name", "alias")}
                yield entity["id"], {prop: tuple(values) for prop, values in (body | names).items() if values}


def questions(people: People) -> dict[str, list[tuple[Question, int]]]:
    """(what is asked, number of the right record) by set."""
    place = {name.casefold(): id for id, body in listed() for name in (*body.get("alias", ()), *body["name"])}
    damaged = rows(SCREENING / "positives_un_treated.csv")
    sound = rows(SCREENING / "positives_un_untreated.csv")
    sets: dict[str, list[tuple[Question, int]]] = {"un": []}
    for bad, good in zip(damaged, sound, strict=True):
        if id := place.get(good["full_name"].casefold()):
            sets["un"].append((understand(bad["full_name"]), people.ids[id]))
    sets["un_native"] = [(_named(p.asked), people.ids[p.person]) for p in native() if p.same]
    for name in LISTS:
        same = [pair for pair in heldout(name) if pair.same]
        sets[name] = [(_named(pair.asked), people.ids[f"{name} {pair.found}"]) for pair in same]
    return {name: asked for name, asked in sets.items() if asked}


def _named(name: str) -> Question:
    return Question(name, names=(name,))


@dataclass
class Found:
    """What came of a set of questions: the place of the right record, from 1, as proposed and as scored (0
    where it was not among the candidates), CPU seconds, and the questions missed."""

    proposed: list[int] = field(default_factory=list)
    scored: list[int] = field(default_factory=list)
    proposing: list[float] = field(default_factory=list)
    scoring: list[float] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def at(self, k: int) -> float:
        return sum(0 < place <= k for place in self.proposed) / len(self.proposed)

    def scored_at(self, k: int) -> float:
        return sum(0 < place <= k for place in self.scored) / len(self.scored)


def ask(text: Text, people: People, asked: list[tuple[Question, int]], limit: int) -> Found:
    """Propose and score every question."""
    told = Found()
    for question, right in asked:
        started = time.process_time()
        points: dict[int, float] = {}
        for parts in records.queries_of(question):
            query = NameQuery(parts.tokens, parts.where, parts.favour, parts.every)
            for c in text.propose(query, VIEW, limit).candidates:
                points[c.n] = max(c.points, points.get(c.n, 0.0))
        told.proposing.append(time.process_time() - started)
        order = sorted(points, key=lambda n: -points[n])[:limit]
        bodies = {n: people[n] for n in order}
        started = time.process_time()
        scores = {n: evidence.compare(question, records.read(*bodies[n])).value for n in order}
        told.scoring.append(time.process_time() - started)
        name = people[right][1]["name"]
        good = [n for n in order if n == right or bodies[n][1]["name"] == name]
        told.proposed.append(order.index(good[0]) + 1 if good else 0)
        best = max((scores[n] for n in good), default=0.0)
        told.scored.append(1 + sum(score > best for score in scores.values()) if good else 0)
        if not good:
            told.missed.append(question.text)
    return told


def main() -> None:
    if not SCREENING.exists():
        sys.exit("the public test data is not at ../shared/data: nothing measured")
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    limit, count = [*numbers, *(75, 100_000)[len(numbers) :]]
    people = People()
    with tempfile.TemporaryDirectory() as folder:
        text = open_text(f"tantivy:{folder}")
        started = time.process_time()
        stream, mark = docs(people, count), 0
        while batch := list(islice(stream, BATCH)):
            mark += 1
            text.apply(batch, (), mark)
        text.close()  # What is being merged is finished before anything is asked.
        building = time.process_time() - started
        text = open_text(f"tantivy:{folder}")
        print(f"{len(people):,} records built in {building:.0f} s of CPU, {peak():.0f} MB", end=", ")
        print(f"load {os.getloadavg()[0]:.1f}")
        measured = {"records": len(people), "build_per_s": len(people) / building,
                    "read_us": people.reading / len(people) * 1e6}  # fmt: skip
        print(f"{'asked':<14}{'questions':>10}{'@1':>8}{'@10':>8}{f'@{limit}':>8}{'scored @1':>11}{'@10':>8}"
              f"{'propose p50':>13}{'p95 ms':>8}{'score p50':>11}{'p95 ms':>8}")  # fmt: skip
        for name, asked in questions(people).items():
            told = ask(text, people, asked, limit)
            figures = {
                "recall_at_1": told.at(1),
                "recall_at_10": told.at(10),
                f"recall_at_{limit}": told.at(limit),
                "scored_at_1": told.scored_at(1),
                "scored_at_10": told.scored_at(10),
            } | {
                f"{what}_p{share}_ms": percentile(spent, share / 100) * 1e3
                for what, spent in (("propose", told.proposing), ("score", told.scoring))
                for share in (50, 95)
            }
            cells = "{:>10}{:>8.4f}{:>8.4f}{:>8.4f}{:>11.4f}{:>8.4f}{:>13.1f}{:>8.1f}{:>11.1f}{:>8.1f}"
            print(f"{name:<14}" + cells.format(len(asked), *figures.values()), flush=True)
            measured |= {f"{name}_{key}": value for key, value in figures.items()}
            if "-v" in sys.argv and name.startswith("un"):
                for missed in told.missed:
                    print(f"    {missed}")
        text.close()
    print(*(f"{name}={value:.4g}" for name, value in measured.items()))


if __name__ == "__main__":
    main()
