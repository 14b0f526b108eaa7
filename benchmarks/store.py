"""How fast the store is: `python -m benchmarks.store [things] [url]` (default 200 000, a new SQLite file).

Invented things with four keys and a reference each, in 300 classes of which the reader sees 80 %.
"""

import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from entente.core.access import Handling, View
from entente.core.things import Thing
from entente.engines.seams import Entry, Reference, Store
from entente.engines.store import open_store

RNG = random.Random(7)
CLASSES = [Handling(owner=i % 196, see=RNG.getrandbits(256)) for i in range(300)]
SEEN = View(bytes(RNG.random() < 0.8 for _ in CLASSES), (), date(2026, 1, 1))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 2000


def id_of(i: int) -> str:
    """Random to an index, known to us."""
    return f"{(i + 1) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128:032x}"


def thing(i: int) -> tuple[Thing, list[str], list[Reference]]:
    name = f"{RNG.choice('abcdefgh')}{i % 9973} {RNG.choice('klmnop')}{i % 7919}"
    body = {
        "name": (name,),
        "birthDate": (f"19{i % 90 + 10}-0{i % 9 + 1}-1{i % 10}",),
        "nationality": ("xa", "xb"),
        "gender": ("male",),
        "passportNumber": (f"{i:011d}",),
        "notes": ("Seen at the invented border post, returned the next day with another paper.",),
    }
    keys = [f"passport:{i:011d}", f"id:{i * 7:011d}", f"phone:{i // 3}", f"plate:{i // 5}"]
    ties = [Reference("holder", id_of(RNG.randrange(i + 1)))]
    made = Thing(id_of(i), "Person", CLASSES[i % 300], body, date(2030, 1, 1), created=NOW, changed=NOW)
    return made, keys, ties


def timed(name: str, times: int, call: Callable[[], object]) -> float:
    """p50 in microseconds."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        took.append((time.perf_counter() - start) * 1e6)
    took.sort()
    p50, p99 = statistics.median(took), took[int(len(took) * 0.99)]
    print(f"{name:44} p50 {p50:9.1f} us   p99 {p99:9.1f} us")
    return p50


def rate(name: str, count: int, call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    per_s = count / (time.perf_counter() - start)
    print(f"{name:44} {per_s:12,.0f} /s")
    return per_s


def load(store: Store, n: int) -> None:
    for start in range(0, n, BATCH):
        rows = [thing(i) for i in range(start, min(start + BATCH, n))]
        began, began_cpu = time.perf_counter(), time.process_time()
        with store.writing() as tx:
            tx.things.put_many(rows)
        LOADING.append(time.perf_counter() - began)
        LOADING_CPU.append(time.process_time() - began_cpu)


LOADING: list[float] = []
LOADING_CPU: list[float] = []


def measure(store: Store, n: int) -> dict[str, float]:
    done: dict[str, float] = {}
    load(store, n)
    done["put_many_per_s"] = n / sum(LOADING)
    print(f"{'put_many, batches of 2 000':44} {done['put_many_per_s']:12,.0f} /s")
    done["put_many_per_cpu_s"] = n / sum(LOADING_CPU)
    print(f"{'  per CPU second':44} {done['put_many_per_cpu_s']:12,.0f} /s")
    last = LOADING[-5:]
    print(f"{'  the last five batches':44} {BATCH * len(last) / sum(last):12,.0f} /s")
    again = [thing(i) for i in range(BATCH)]

    def put(rows: list[tuple[Thing, list[str], list[Reference]]]) -> None:
        with store.writing() as tx:
            tx.things.put_many(rows)

    put(again)
    done["unchanged_per_s"] = rate("put_many, nothing changed", BATCH, lambda: put(again))
    newer = [(replace(t, grade="B2"), k, r) for t, k, r in again]
    done["changed_per_s"] = rate("put_many, everything changed", BATCH, lambda: put(newer))

    def nothing() -> None:
        with store.reading():
            pass

    def find() -> None:
        with store.reading() as tx:
            tx.things.find([f"passport:{RNG.randrange(n):011d}"], SEEN)

    def find_100() -> None:
        with store.reading() as tx:
            tx.things.find([f"passport:{RNG.randrange(n):011d}" for _ in range(100)], SEEN)

    def get() -> None:
        with store.reading() as tx:
            tx.things.get([id_of(RNG.randrange(n))], SEEN)

    def rows_75() -> None:
        with store.reading() as tx:
            tx.things.rows([RNG.randrange(1, n) for _ in range(75)], SEEN)

    def listing() -> None:
        with store.reading() as tx:
            tx.things.listing(SEEN, ["Person"])

    def epoch() -> None:
        with store.reading() as tx:
            tx.classes.epoch()

    def changes() -> None:
        with store.reading() as tx:
            tx.upkeep.changes(RNG.randrange(n), 1000, ["Person"])

    for call in (find, rows_75):
        for _ in range(200):
            call()
    done["reading_us"] = timed("reading() alone", 3000, nothing)
    done["epoch_us"] = timed("reading() + classes.epoch", 3000, epoch)
    done["get_us"] = timed("reading() + get of one id", 3000, get)
    done["find_us"] = timed("reading() + find of one key", 3000, find)
    done["find_100_us"] = timed("reading() + find of 100 keys", 300, find_100)
    done["rows_75_us"] = timed("reading() + rows of 75 numbers", 1000, rows_75)
    done["listing_us"] = timed("reading() + listing of 50", 500, listing)
    done["changes_1000_us"] = timed("reading() + changes, 1 000", 50, changes)

    with store.reading() as tx:
        sample = tx.things.rows([RNG.randrange(1, n) for _ in range(500)], SEEN)

    def put_one() -> None:
        with store.writing() as tx:
            tx.things.put(replace(sample.pop(), version=0), ["a", "b"])

    done["put_us"] = timed("writing() + put, durable", 300, put_one)
    entry = Entry(
        "", NOW, "search", 7, "officer", b"\x00" * 200, '{"salt":"00000000000000000000000000000000"}'
    )

    def append(i: int) -> None:
        store.append(replace(entry, id=f"{i:032x}"))

    done["append_1_per_s"] = rate("append, 1 thread", 500, lambda: [append(i) for i in range(500)])
    with ThreadPoolExecutor(32) as pool:
        many = range(1000, 11000)
        done["append_32_per_s"] = rate("append, 32 threads", len(many), lambda: list(pool.map(append, many)))
    return done


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    home = Path(tempfile.mkdtemp(prefix="entente-bench"))
    url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{home}/entente.db"
    try:
        store = open_store(url)
        try:
            done = measure(store, n)
        finally:
            store.close()
        size = sum(f.stat().st_size for f in home.iterdir())
        if size:
            done["bytes_per_thing"] = size / n
        start = time.perf_counter()
        open_store(url).close()
        done["reopen_ms"] = (time.perf_counter() - start) * 1000
    finally:
        shutil.rmtree(home)
    print(f"things={n} " + " ".join(f"{name}={value:.1f}" for name, value in done.items()))


if __name__ == "__main__":
    main()
