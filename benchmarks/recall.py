"""How often the right record is among the candidates, and how well the score tells same from other.

    python benchmarks/recall.py [candidates]

UN persons of ../shared/data among 100,000 invented ones, through the house's own text engine; the questions
are the UN names as yente's benchmark damaged them. Then the area under the curve of `records.compare` over
nomenklatura's 826 labelled pairs. Points at missing data and leaves when ../shared is not there.
"""

import csv
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from entente.core.access import View
from entente.engines.seams import Doc, NameQuery, TokenKeys
from entente.engines.text import open_text
from entente.match import evidence, records
from entente.match.question import Question, understand

DATA = Path(__file__).resolve().parents[2] / "shared/data"
SCREENING = DATA / "matching/screening"
VIEW = View(b"\x01", ("s1",), date(2026, 1, 1))
Body = dict[str, tuple[str, ...]]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def listed() -> Iterator[Body]:
    with (DATA / "lists/un.ftm.jsonl").open(encoding="utf-8") as file:
        for line in file:
            entity = json.loads(line)
            if entity["schema"] == "Person":
                yield {name: tuple(values) for name, values in entity["properties"].items()}


def invented() -> Iterator[Body]:
    for name in ("negatives_global.csv", "negatives_us.csv"):
        for row in rows(SCREENING / name):
            yield {
                "name": (row["full_name"],),
                "birthDate": (row["date_of_birth"],),
                "gender": (row["gender"],),
            }


def doc(n: int, body: Body) -> Doc:
    tokens = tuple(
        TokenKeys(t.exact, t.deletes, t.sounds, t.weight) for t in records.tokens_of("Person", body)
    )
    return Doc(n, f"{n:032x}", tokens, records.facts_of("Person", body), frozenset({"s1"}), 10**6, n)


def questions(bodies: list[Body]) -> Iterator[tuple[str, int]]:
    """(damaged name, the right record): the undamaged row beside it names the record."""
    place = {name.casefold(): n for n, body in enumerate(bodies) for name in body.get("alias", ())}
    place |= {name.casefold(): n for n, body in enumerate(bodies) for name in body["name"]}
    damaged = rows(SCREENING / "positives_un_treated.csv")
    for bad, good in zip(damaged, rows(SCREENING / "positives_un_untreated.csv"), strict=True):
        n = place.get(good["full_name"].casefold())
        if n is not None:
            yield bad["full_name"], n


def area(scored: list[tuple[float, bool]]) -> float:
    """Area under the receiver operating characteristic; ties count half."""
    ranked, rank, total = sorted(scored), 1, 0.0
    for _, group in groupby(ranked, key=lambda pair: pair[0]):
        tied = list(group)
        total += sum(right for _, right in tied) * (2 * rank + len(tied) - 1) / 2
        rank += len(tied)
    right = sum(right for _, right in ranked)
    return (total - right * (right + 1) / 2) / (right * (len(ranked) - right))


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def main() -> None:
    if not SCREENING.exists():
        sys.exit("the public test data is not at ../shared/data: nothing measured")
    limit = int(sys.argv[1]) if len(sys.argv) > 1 else 75
    bodies = list(listed())
    people = bodies + list(invented())
    started = time.perf_counter()
    docs = [doc(n, body) for n, body in enumerate(people, 1)]
    reading = (time.perf_counter() - started) / len(docs)
    with tempfile.TemporaryDirectory() as folder:
        text = open_text(f"tantivy:{folder}")
        started = time.perf_counter()
        text.apply(docs, (), 1)
        building = time.perf_counter() - started
        del docs
        found = {1: 0, 10: 0, 50: 0, limit: 0}
        after, proposing, scoring, missed, asked = {1: 0, 10: 0}, [], [], [], 0
        for name, right in questions(bodies):
            asked += 1
            question = understand(name)
            started = time.perf_counter()
            proposed: dict[int, float] = {}
            for parts in records.queries_of(question):
                query = NameQuery(parts.tokens, parts.where, parts.favour, parts.every)
                for c in text.propose(query, VIEW, limit).candidates:
                    proposed[c.n] = max(c.points, proposed.get(c.n, 0.0))
            proposing.append(time.perf_counter() - started)
            order = sorted(proposed, key=lambda n: -proposed[n])
            for k in found:
                found[k] += right + 1 in order[:k]
            if right + 1 not in order[:limit]:
                missed.append(name)
            started = time.perf_counter()
            scores = {
                n: evidence.compare(question, records.read("Person", people[n - 1])).value
                for n in order[:limit]
            }
            scoring.append(time.perf_counter() - started)
            best = sorted(scores, key=lambda n: -scores[n])
            for k in after:
                after[k] += right + 1 in best[:k]
        text.close()
    pairs: dict[str, list[tuple[float, bool]]] = {"all": []}
    for case in rows(DATA / "matching/name_bench/name_bench_cases.csv"):
        question = Question(case["name1"], names=(case["name1"],))
        value = evidence.compare(question, records.read(case["schema"], {"name": (case["name2"],)})).value
        for group in ("all", case["schema"]):
            pairs.setdefault(group, []).append((value, case["is_match"] == "true"))
    if "-v" in sys.argv:
        print(*missed, sep="\n")
    print(
        f"{asked} questions, {len(people):,} records; read {reading * 1e6:.0f} us, built in {building:.1f} s"
    )
    for k, count in found.items():
        line = f"recall@{k:<3} {count / asked:.4f}"
        print(f"{line}   after scoring {after[k] / asked:.4f}" if k in after else line)
    for group, scored in pairs.items():
        print(f"AUC {group:<13} {area(scored):.3f}  ({len(scored)} pairs)")
    measured = {
        f"recall_at_{limit}": found[limit] / asked,
        "recall_at_10": found[10] / asked,
        "scored_at_1": after[1] / asked,
        "auc": area(pairs["all"]),
        "auc_person": area(pairs["Person"]),
        "propose_p50_ms": percentile(proposing, 0.5) * 1e3,
        "propose_p99_ms": percentile(proposing, 0.99) * 1e3,
        "score_p50_ms": percentile(scoring, 0.5) * 1e3,
        "score_p95_ms": percentile(scoring, 0.95) * 1e3,
        "read_us": reading * 1e6,
    }
    print(*(f"{name}={value:.4g}" for name, value in measured.items()))


if __name__ == "__main__":
    main()
