"""Cold start: from starting the server process to its first answered search.

    python -m benchmarks.cold [records=1000000] [times=7]

The files are in the machine's page cache (nothing here may empty it); what is measured is Python, imports,
opening store and index, and the first answer.
"""

import sys
import time

from benchmarks.driving import search_bytes, serving, until_answered
from benchmarks.making import build, questions


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    home, made = build(records)
    request = search_bytes(made["keys"]["XA"], next(questions())[0])
    took = []
    for _ in range(times):
        start = time.perf_counter()
        with serving(home) as (port, _):
            until_answered(port, request)
            took.append(time.perf_counter() - start)
    took.sort()
    print(f"{made['records']:,} records, {times} cold starts to the first answered search by name")
    print("seconds: " + "  ".join(f"{t:.2f}" for t in took))
    middle, made_of = took[len(took) // 2], made["records"]
    print(f"best_s={took[0]:.2f} median_s={middle:.2f} worst_s={took[-1]:.2f} records={made_of}")


if __name__ == "__main__":
    main()
