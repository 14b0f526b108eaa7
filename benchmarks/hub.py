"""A hub's search of persons by two fingers over HTTP: how long, how much memory, is it the right one?

    python -m benchmarks.hub [persons=100000] [questions=100]

On the house of hub_people.py: another impression of both fingers of a person drawn by lot, as two ISO/IEC
19794-2 records in one POST to /api/v1/biometrics/search, asked by a machine's key of the first bureau with a
purpose and a justification. First one after another, then two at once. The person must come first where the
asker may see the set, its owner be named as a contact where the set only hints at its owner, and the set be
no candidate where it is hidden. The server is one process with its default settings. Its CPU and its memory
are read from /proc: memory as its proportional share, with the mapped pages of the index that it touched; the
peak as its resident size.
"""

import json
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.driving import ask, request_bytes, serving, until_answered
from benchmarks.hub_people import BATCH, BUREAUS, again, build, drawn, fingers, handlings, id_of

from entente.app import open_house
from entente.core.access import Asker, Decision, Purpose, decide
from entente.rooms.biometrics.samples import record_of
from entente.settings import Settings

WARM = 10
"""Questions before those that count: what is compiled is loaded, and the index lies in memory."""
PATH = "/api/v1/biometrics/search"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Question:
    """A search, who is meant, and what the asker may know of him."""

    request: bytes
    set: str
    owner: str
    may: Decision


@dataclass(frozen=True, slots=True)
class Told:
    """How long an answer took, whether it was right, and the score of the one who was meant."""

    ms: float
    right: bool
    score: float
    candidates: int


def questions(home: Path, persons: int, key: str, count: int) -> tuple[list[Question], float]:
    """So many searches, and the share of all sets that the asker may see."""
    with closing(open_house(Settings(data=home))) as house:
        known = handlings(house)
    asker = Asker("benchmark", known[0][0].owner, Purpose.IDENTIFY, "benchmark")
    may = [[decide(asker, one) for one in of] for of in known]
    lots = drawn(persons)
    seen = sum(may[owner][which] is Decision.FULL for owner, which in lots) / persons
    dice = np.random.default_rng(7)
    asked = []
    batches = dice.choice(-(-persons // BATCH), count).tolist()
    for batch in batches:
        at = int(dice.integers(min(BATCH, persons - batch * BATCH)))
        owner, which = lots[batch * BATCH + at]
        files = [
            {"data": record_of(again(one, dice)), "position": one.enrolled.position}
            for one in fingers(batch)[at]
        ]
        request = request_bytes("POST", PATH, key, json.dumps({"files": files}).encode())
        asked.append(Question(request, id_of(batch * BATCH + at), BUREAUS[owner], may[owner][which]))
    return asked, seen


def answered(port: int, question: Question) -> Told:
    """Ask, and judge the answer. Raises RuntimeError for what is no success."""
    begun = time.perf_counter()
    status, body = ask(port, question.request, 120.0)
    took = (time.perf_counter() - begun) * 1e3
    if status != 200:
        raise RuntimeError(f"{status} {body[:300]!r}")
    answer = json.loads(body)
    found = [one["set"] for one in answer["candidates"]]
    if question.may is Decision.FULL:
        right = found[:1] == [question.set]
    elif question.may is Decision.CONTACT:
        right = question.set not in found and question.owner in [c["bureau"] for c in answer["contacts"]]
    else:
        right = question.set not in found
    score = next((one["score"] for one in answer["candidates"] if one["set"] == question.set), 0.0)
    return Told(took, right, score, len(found))


# --- what the server uses ------------------------------------------------------------------------


def cpu_s(pid: int) -> float:
    """Seconds of CPU of a process so far, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mb(pid: int) -> dict[str, float]:
    """Proportional and anonymous memory now, and the most that was resident, in megabytes."""
    lines = [*_lines(pid, "smaps_rollup"), *_lines(pid, "status")]
    told = {name: int(value.split()[0]) / 1e3 for name, _, value in lines if value.strip().endswith("kB")}
    return {"pss_mb": told["Pss"], "anonymous_mb": told["Anonymous"], "peak_rss_mb": told["VmHWM"]}


def _lines(pid: int, name: str) -> list[tuple[str, str, str]]:
    return [line.partition(":") for line in Path(f"/proc/{pid}/{name}").read_text().splitlines()]


def busy_s() -> float:
    """Seconds of CPU of all processes of the machine so far."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICKS


def measured(port: int, pid: int, asked: list[Question], at_once: int) -> tuple[list[Told], dict[str, float]]:
    """The answers; their times, the server's CPU a question, and how many cores others used meanwhile."""
    begun, busy, whole = time.perf_counter(), cpu_s(pid), busy_s()
    with ThreadPoolExecutor(at_once) as pool:
        told = list(pool.map(lambda question: answered(port, question), asked))
    took, used = time.perf_counter() - begun, cpu_s(pid) - busy
    values = sorted(one.ms for one in told)
    others = (busy_s() - whole - used) / took
    return told, {
        "p50_ms": statistics.median(values),
        "p95_ms": values[min(len(values) - 1, int(len(values) * 0.95))],
        "max_ms": values[-1],
        "cpu_ms": 1e3 * used / len(values),
        "a_second": len(values) / took,
        "others_cores": others,
    }


def main() -> None:
    persons = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    home, made = build(persons)
    asked, seen = questions(home, persons, made["keys"]["XA"], WARM + 2 * count)
    with serving(home) as (port, process):
        until_answered(port, asked[0].request, 120)
        for question in asked[1:WARM]:
            answered(port, question)
        told, single = measured(port, process.pid, asked[WARM : WARM + count], 1)
        others, double = measured(port, process.pid, asked[WARM + count :], 2)
        memory = memory_mb(process.pid)
    told += others
    print(f"{persons:,} persons, two fingers each; the asker sees {seen:.0%} of them; {count} questions each")
    for name, figures in (("one after another", single), ("two at once", double)):
        print(f"{name:20}", *(f"{key} {value:8.2f}" for key, value in figures.items()))
    for may in (Decision.FULL, Decision.CONTACT, Decision.NONE):
        of = [one.right for one, question in zip(told, asked[WARM:], strict=True) if question.may is may]
        print(f"{may.name:20} {sum(of)} of {len(of)} as they must be")
    least = min((one.score for one in told if one.score), default=0.0)
    print(
        f"least score of one who was meant {least}, candidates at most {max(one.candidates for one in told)}"
    )
    built = {name: value for name, value in made.items() if name not in ("persons", "keys")}
    figures = {**single, **{f"two_{key}": value for key, value in double.items()}, **memory, **built}
    right = sum(one.right for one in told) / len(told)
    print(*(f"{k}={v:.1f}" for k, v in figures.items()), f"right={right:.4f} persons={persons}")


if __name__ == "__main__":
    main()
