"""How long a scorer takes over the candidates of a search, and to start (T9, T12)."""

import os
import random
from collections import defaultdict
from statistics import median

from benchmarks.listed_people import Listed, ofac, un
from benchmarks.measures import percentile
from benchmarks.name_sets import plain, whole
from benchmarks.sides import Line, ask
from rapidfuzz import fuzz, process

CANDIDATES = 75
WARM = 3
"""Questions that `benchmarks.side` asks before it counts."""


def questions(count: int, seed: int) -> list[Line]:
    """A name of a listed person, and the 75 persons of the UN and OFAC lists that a search would propose:
    those who share most tokens with it, whole records with every name and date of birth; the nearest by
    letters where fewer share one."""
    chance, everybody = random.Random(seed), [*un(), *ofac()]
    sharing: dict[str, set[int]] = defaultdict(set)
    for at, person in enumerate(everybody):
        for name in person.names:
            for token in plain(name).split():
                sharing[token].add(at)
    primary = [plain(person.names[0]) for person in everybody]
    lines: list[Line] = []
    for person in chance.sample(everybody, count + WARM):
        name = chance.choice(person.names)
        found = _proposed(plain(name), sharing, primary)
        lines.append(("Person", {"name": [name]}, [_lists(everybody[at]) for at in found]))
    return lines


def _proposed(name: str, sharing: dict[str, set[int]], primary: list[str]) -> list[int]:
    shared: dict[int, int] = defaultdict(int)
    for token in name.split():
        for at in sharing[token]:
            shared[at] += 1
    found = sorted(shared, key=lambda at: (-shared[at], at))[:CANDIDATES]
    near = process.extract(name, primary, scorer=fuzz.ratio, processor=None, limit=2 * CANDIDATES)
    return list(dict.fromkeys([*found, *(at for _, _, at in near)]))[:CANDIDATES]


def _lists(person: Listed) -> dict[str, list[str]]:
    return {name: list(values) for name, values in whole(person).items()}


def timed(side: str, lines: list[Line]) -> dict[str, float]:
    """Pairs a CPU second, microseconds a pair, and milliseconds of CPU of a question of 75 candidates."""
    load = os.getloadavg()[0]
    spent = ask(side, "time", lines)
    total, pairs = sum(spent), sum(len(found) for _, _, found in lines[WARM:])
    return {
        "pairs_per_s": pairs / total,
        "us_per_pair": total / pairs * 1e6,
        "query_p50_ms": percentile(spent, 0.5) * 1e3,
        "query_p95_ms": percentile(spent, 0.95) * 1e3,
        "timed_load": load,
    }


def cold(side: str, times: int = 3) -> dict[str, float]:
    """A new process to its first score: CPU and wall seconds, MB beyond a bare interpreter; medians."""
    line: Line = ("Person", {"name": ["Anna Nowak"]}, [{"name": ["Ana Novak"]}])
    load = os.getloadavg()[0]
    told = [ask(side, "cold", [line]) for _ in range(times)]
    cpu, wall, size = (median(run[at] for run in told) for at in range(3))
    return {"cold_cpu_s": cpu, "cold_wall_s": wall, "cold_mb": size, "cold_load": load}
