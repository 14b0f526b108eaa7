"""One side of `benchmarks.names`, in a process of its own and with the same harness for each.

    python -m benchmarks.side SIDE score|time|cold < lines

SIDE is a module of this folder with `asked(kind, body)`, `record(kind, body)` and `compare(asked, record)`,
which tells (same name, same person). A line is JSON: [kind, body asked, [body found, …]]. One line of JSON is
written:

* score: for every line a list of both numbers for every body found,
* time: CPU seconds of every line's comparisons but the first three; what `asked` and `record` take is not
  counted, so a side does there only what has happened before a candidate reaches the scorer,
* cold: CPU and wall seconds of a new process until its first score, and MB beyond a bare interpreter.

Only the standard library here: the file runs in the interpreters of the peers too.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any


def main() -> None:
    started, bare = time.perf_counter(), peak()
    name, action = sys.argv[1:3]
    lines = [json.loads(line) for line in sys.stdin]
    side: Any = import_module(f"benchmarks.{name}")
    told: Any = {"score": _score, "time": _time, "cold": _score}[action](side, lines)
    if action == "cold":
        told = [time.process_time(), time.perf_counter() - started, peak() - bare]
    json.dump(told, sys.stdout)


def _score(side: Any, lines: list[Any]) -> list[list[tuple[float, float]]]:
    told = []
    for kind, body, found in lines:
        question = side.asked(kind, body)
        told.append([side.compare(question, side.record(kind, record)) for record in found])
    return told


def _time(side: Any, lines: list[Any]) -> list[float]:
    read = [
        (side.asked(kind, body), [side.record(kind, record) for record in found])
        for kind, body, found in lines
    ]
    _score(side, lines[:3])
    told = []
    for question, found in read[3:]:
        begun = time.process_time()
        for record in found:
            side.compare(question, record)
        told.append(time.process_time() - begun)
    return told


def peak() -> float:
    """Most memory so far, MB: of this program alone, for `getrusage` counts from the one that started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    main()
