"""The whole guided check of one photograph over HTTP, the server and all its children on one core.

    python -m benchmarks.check [photographs=10]

The demo story stands in a house of its own. Photographs of Utopia's passport, genuine and forged in turn,
taken from another angle each time, are sent to POST /api/v1/papers/checks/pictures one after the other:
remade, the zone read, lost and stolen documents and names asked, the version found, the page held against its
specimen, all of it kept and journaled. Seconds are those that the officer waits. A search of the same house
in the same run is the yardstick. The last line is `key=value`.
"""

import os
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.driving import ask, request_bytes, search_bytes, serving, until_answered

from entente.app import open_house
from entente.core.access import Role
from entente.demo import specimens, story
from entente.desk import HOUSE_ASKER, sit
from entente.rooms.bureaus import by_code, issue_key
from entente.settings import Settings

TARGET_S = 1.5
PATH = "/api/v1/papers/checks/pictures"


def key_of(home: Path) -> str:
    """Load the demo story; returns a key of an analyst of XA."""
    with closing(open_house(Settings(data=home))) as house:
        story.load(house, 300, lambda *_: None)
        with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
            return issue_key(desk, by_code(desk)["XA"], "benchmark", (Role.OFFICER, Role.ANALYST))[0]


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    core = min(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        key = key_of(home)
        pages = [(specimens.genuine(), specimens.forged())[n % 2] for n in range(many + 1)]
        photographs = [specimens.photograph(page, n) for n, page in enumerate(pages)]
        with serving(home) as (port, process):
            until_answered(port, search_bytes(key, "Ivo Marenko"))
            for thread in Path(f"/proc/{process.pid}/task").iterdir():
                os.sched_setaffinity(int(thread.name), {core})
            start = time.perf_counter()
            ask(port, search_bytes(key, "Ivo Marenko"))
            search_s = time.perf_counter() - start
            waited = []
            for photograph in photographs:
                request = request_bytes("POST", PATH, key, photograph, "border", "image/jpeg")
                start = time.perf_counter()
                status, body = ask(port, request)
                waited.append(time.perf_counter() - start)
                assert status == 201, body[:500]
    first, rest = waited[0], sorted(waited[1:])
    print(f"{many} photographs of {len(photographs[0]) / 1e6:.1f} MB, one core, target {TARGET_S} s each")
    for name, value in (("first", first), ("median", statistics.median(rest)), ("worst", rest[-1])):
        print(f"{name:>8} {value:6.2f} s")
    print(
        f"first_s={first:.2f} median_s={statistics.median(rest):.2f} worst_s={rest[-1]:.2f} "
        f"search_ms={search_s * 1e3:.1f} checks={many}"
    )


if __name__ == "__main__":
    main()
