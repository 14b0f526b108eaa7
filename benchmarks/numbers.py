"""Look-up by document number, the whole answer over HTTP.

    python -m benchmarks.numbers [records=1000000] [questions=3000]

A server process with the default settings (answers leave on a 5 ms grid), passport numbers of which nine
in ten exist, at 50 a second in an open loop; then once more with the grid off, to see the work itself.
"""

import sys
from itertools import islice

from benchmarks.driving import PURPOSES, Measured, drive, search_bytes, serving, table, until_answered
from benchmarks.making import BUREAUS, build, questions


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    home, made = build(records)
    keys = made["keys"]
    asked = [
        (search_bytes(keys[BUREAUS[i % 8]], number, PURPOSES[i % 4]), 0)
        for i, (_, number) in enumerate(islice(questions(), count + 300))
    ]
    found: dict[str, Measured] = {}
    for grid in ("5", "0"):
        with serving(home, answer_grid_ms=grid) as (port, _):
            until_answered(port, asked[0][0])
            drive(port, asked[:300], 50)
            found[grid] = drive(port, asked[300:], 50)
    print(f"{made['records']:,} records, {count} look-ups by number, 50 a second, one server process")
    table([("by number, 5 ms grid (default)", found["5"], None), ("by number, grid off", found["0"], None)])
    figures = {f"p{p}_ms": found["5"].at(p) for p in (50, 95, 99)}
    figures |= {f"no_grid_p{p}_ms": found["0"].at(p) for p in (50, 95, 99)}
    failed = found["5"].failed + found["0"].failed
    print(*(f"{k}={v:.1f}" for k, v in figures.items()), f"failed={failed} records={made['records']}")


if __name__ == "__main__":
    main()
