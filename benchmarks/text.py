"""Fuzzy name search: build rate, bytes a record, time of a proposal; tantivy against SQLite FTS5.

    python benchmarks/text.py [records=200000] [questions=1000]

People are synthetic and seeded: tokens drawn by Zipf's law, so that a few names are very common.
Half of the questions have a typing error; every one carries the access filter and the expiry.
"""

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from entente.core.access import EVERYONE, Asker, Handling, Purpose, View, terms_of, view_of
from entente.engines.seams import Doc, NameQuery, Text
from entente.engines.text import open_text
from entente.match.names.keys import token_keys

BATCH = 20_000
LIMIT = 75
BUREAUS = range(1, 51)
TODAY = date(2026, 3, 1)


class World:
    """A seeded crowd of people, and officers who ask for them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.first = self._lexicon(4_000)
        self.last = self._lexicon(120_000)
        self.classes = {
            c: Handling(owner, EVERYONE & ~self._few(3) | 1 << owner if c % 4 else 1 << owner)
            for c, owner in enumerate(b for b in BUREAUS for _ in range(4))
        }
        self.terms = [terms_of(c, handling, BUREAUS) for c, handling in self.classes.items()]
        self.views = [
            view_of(Asker("o", b, Purpose.WANTED, "benchmark"), self.classes, TODAY) for b in BUREAUS
        ]

    def _few(self, count: int) -> int:
        return sum(1 << b for b in self.random.sample(BUREAUS, count))

    def _lexicon(self, size: int) -> tuple[list[str], list[float]]:
        words: dict[str, None] = {}
        while len(words) < size:
            syllables = self.random.choices(SYLLABLES, k=self.random.choice((2, 2, 3, 3, 4)))
            words["".join(syllables) + self.random.choice(("", "", "n", "r", "s", "k"))] = None
        total, cumulated = 0.0, []
        for rank in range(size):
            total += 1 / (rank + 10)
            cumulated.append(total)
        return list(words), cumulated

    def _draw(self, lexicon: tuple[list[str], list[float]], count: int) -> list[str]:
        return self.random.choices(lexicon[0], cum_weights=lexicon[1], k=count)

    def name(self) -> list[str]:
        return self._draw(self.first, self.random.choice((1, 1, 2))) + self._draw(self.last, 1)

    def docs(self, count: int) -> Iterator[Doc]:
        for n in range(1, count + 1):
            born = self.random.randint(1940, 2008)
            yield Doc(
                n=n,
                id="",
                tokens=tuple(map(token_keys, self.name())),
                facts=frozenset(("kind:Person", f"nat:{self.random.choice(NATIONS)}", f"born:{born}")),
                access=self.random.choices(self.terms)[0],
                day=self.random.randint(20_000, 26_000),
                tie=self.random.getrandbits(60),
            )

    def question(self) -> tuple[NameQuery, View]:
        name = self.name()
        if self.random.random() < 0.5:
            at = self.random.randrange(len(name))
            spot = self.random.randrange(len(name[at]))
            name[at] = name[at][:spot] + self.random.choice(("", "a", "e")) + name[at][spot + 1 :]
        favour = {f"born:{self.random.randint(1940, 2008)}": 1.0} if self.random.random() < 0.6 else {}
        return NameQuery(tuple(map(token_keys, name)), favour=favour), self.random.choice(self.views)


SYLLABLES = [c + v for c in "bcdfghjklmnprstvz" for v in "aeiou"]
NATIONS = [a + b for a in "abdfgi" for b in "aeorst"]


def measure(name: str, url: str, size: int, questions: int) -> dict[str, float]:
    """Build, ask, print a line, return the figures."""
    world = World(7)
    text = open_text(url)
    spent, longest = 0.0, 0.0
    docs = world.docs(size)
    for place in range(0, size, BATCH):
        batch = list(islice(docs, BATCH))
        start = time.perf_counter()
        text.apply(batch, (), place + len(batch))
        took = time.perf_counter() - start
        spent, longest = spent + took, max(longest, took)
    text.close()
    kept = sum(
        path.stat().st_size for path in Path(url.partition(":")[2]).parent.rglob("*") if path.is_file()
    )
    text = open_text(url)
    asked = [world.question() for _ in range(questions)]
    times, narrow = ask(text, asked)
    one = time.perf_counter()
    text.apply([next(world.docs(1))], (), size)
    one = time.perf_counter() - one
    text.close()
    at = {p: times[min(len(times) - 1, int(len(times) * p / 100))] for p in (50, 95, 99)}
    print(
        f"{name:8} {size / spent:9,.0f} {longest:9.2f} {kept / size:8.0f} {at[50]:8.2f} {at[95]:8.2f}"
        f" {at[99]:8.2f} {times[-1]:8.2f} {narrow / questions:7.1%} {one * 1e3:9.1f}"
    )
    return {
        "docs_s": size / spent,
        "bytes": kept / size,
        "p50_ms": at[50],
        "p95_ms": at[95],
        "p99_ms": at[99],
    }


def ask(text: Text, asked: list[tuple[NameQuery, View]]) -> tuple[list[float], int]:
    """Milliseconds of each proposal, ascending, and how many were narrow."""
    for query, view in asked[:20]:
        text.propose(query, view, LIMIT)
    times, narrow = [], 0
    for query, view in asked:
        start = time.perf_counter()
        found = text.propose(query, view, LIMIT)
        times.append((time.perf_counter() - start) * 1e3)
        narrow += found.narrow
    return sorted(times), narrow


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    questions = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    print(f"{size:,} records, {questions} questions, limit {LIMIT}, batches of {BATCH:,}, one thread")
    print("engine      docs/s  batch s  B/rec   p50 ms   p95 ms   p99 ms   max ms  narrow  1 rec ms")
    figures = {}
    for name, place in (("tantivy", "index"), ("fts5", "index.db")):
        folder = Path(tempfile.mkdtemp(prefix="entente-text-"))
        try:
            figures[name] = measure(name, f"{name}:{folder / 'it' / place}", size, questions)
        finally:
            shutil.rmtree(folder)
    print(
        " ".join(f"{e}_{k}={v:.3g}" for e, figure in figures.items() for k, v in figure.items()), f"n={size}"
    )


if __name__ == "__main__":
    main()
