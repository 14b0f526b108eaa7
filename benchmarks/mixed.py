"""Sustained mixed load, journaled durably.

    python -m benchmarks.mixed [records=1000000] [seconds=30] [rates…]

Four in five ask for a number, one in five for a name, in an open loop over 128 connections, for one and for
two server processes, at growing rates until one is no longer sustained (p99 over 500 ms, or a failed answer;
a backlog shows in the latencies, which count from when a request was due). After each rate as many entries
as were answered must stand in the journal.
"""

import sys
from contextlib import closing
from itertools import islice
from pathlib import Path

from benchmarks.driving import PURPOSES, Measured, drive, search_bytes, serving, table, until_answered
from benchmarks.making import BUREAUS, build, questions

from entente.engines.store import open_store

NAME, NUMBER = 1, 0


def requests(keys: dict[str, str], count: int, seed: int) -> list[tuple[bytes, int]]:
    made = []
    for i, (name, number) in enumerate(islice(questions(seed), count)):
        tag = NAME if i % 5 == 0 else NUMBER
        text = name if tag == NAME else number
        made.append((search_bytes(keys[BUREAUS[i % 8]], text, PURPOSES[i % 4]), tag))
    return made


def journaled(home: Path) -> int:
    """Entries in the journal: the place of the newest."""
    with closing(open_store(f"sqlite:///{home / 'entente.db'}")) as store, store.reading() as tx:
        low, high = 0, 1
        while tx.entries.read(high, 1):
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if tx.entries.read(middle, 1) else (low, middle)
        return high


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    rates = [int(r) for r in sys.argv[3:]] or [50, 100, 150, 200, 250, 300, 400, 500]
    home, made = build(records)
    rows: list[tuple[str, Measured, int | None]] = []
    best: dict[int, tuple[int, Measured]] = {}
    lost = 0
    for workers in (1, 2):
        with serving(home, workers) as (port, _):
            until_answered(port, search_bytes(made["keys"]["XA"], "warm up"))
            drive(port, requests(made["keys"], 1000, 99), 50)
            for rate in rates:
                before = journaled(home)
                measured = drive(port, requests(made["keys"], rate * seconds, rate), rate, 128)
                lost += max(0, len(measured.latencies) - measured.failed - (journaled(home) - before))
                rows.append((f"{workers} process(es), {rate}/s", measured, None))
                rows.append(("   of these numbers", measured, NUMBER))
                rows.append(("   of these names", measured, NAME))
                if measured.at(99) > 500 or measured.failed:
                    break
                best[workers] = rate, measured
    print(f"{made['records']:,} records, {seconds} s at each rate, 80 % numbers, 20 % names")
    table(rows)
    figures = {f"sustained_{w}_process": rate for w, (rate, _) in best.items()}
    figures |= {f"p99_ms_{w}_process": m.at(99) for w, (_, m) in best.items()}
    print(*(f"{k}={v:.0f}" for k, v in figures.items()), f"not_journaled={lost} records={made['records']}")


if __name__ == "__main__":
    main()
