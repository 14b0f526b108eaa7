"""One side of `benchmarks.names`, in a process of its own and with the same harness for each.

    python -m benchmarks.side SIDE score|time|cold < lines

SIDE is a module of this folder with `asked(kind, body)`, `record(kind, body)` and `compare(asked, record)`, which tells
(same name, same person). A line is JSON: [kind, body asked, [body found, …]]. Written are, as one line of JSON:

* score: for every line a list of both numbers for every body found,
* time: CPU seconds of every line's comparisons, on names not met before; what `asked` and `record` take is
  not counted, so a side does there only what has happened before a candidate reaches the scorer,
* cold: CPU seconds of a new process until its first score, wall seconds of the same, and MB beyond a bare one.

Only the standard library here: the file runs in the interpreters of the peers too.
"""

import json
import resource
import sys
import time
from importlib import import_module
from typing import Any


def main() -> None:
    started, bare = time.perf_counter(), _peak()
    name, action = sys.argv[1:3]
    lines = [json.loads(line) for line in sys.stdin]
    side: Any = import_module(f"benchmarks.{name}")
    told: Any = {"score": _score, "time": _time, "cold": _score}[action](side, lines)
    if action == "cold":
        told = [time.process_time(), time.perf_counter() - started, _peak() - bare]
    json.dump(told, sys.stdout)


def _score(side: Any, lines: list[Any]) -> list[list[tuple[float, float]]]:
    told = []
    for kind, body, found in lines:
        question = side.asked(kind, body)
        told.append([side.compare(question, side.record(kind, record)) for record in found])
    return told


def _time(side: Any, lines: list[Any]) -> list[float]:
    read = [
        (side.asked(kind, body), [side.record(kind, record) for record in found]) for kind, body, found in lines
    ]
    _score(side, lines[:3])
    told = []
    for question, found in read[3:]:
        begun = time.process_time()
        for record in found:
            side.compare(question, record)
        told.append(time.process_time() - begun)
    return told


def _peak() -> float:
    """Most memory so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
