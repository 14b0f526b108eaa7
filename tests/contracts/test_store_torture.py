"""Two processes at once, and a process that is killed while it writes."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from entente.core.access import View
from entente.core.things import NEVER
from entente.engines.store import open_store

ALL = View(b"\x01" * 300, (), NEVER.replace(year=2026))
PROGRAM = """
    import sys
    from datetime import UTC, datetime
    from entente.core.access import Handling
    from entente.core.things import Thing
    from entente.engines.seams import Entry
    from entente.engines.store import open_store

    store = open_store(sys.argv[1], unsafe=sys.argv[1].startswith("postgres"))
    first, count = int(sys.argv[2]), int(sys.argv[3])
    for i in range(first, first + count):
        with store.writing() as tx:
            tx.things.put(Thing(f"{i:032x}", "Person", Handling(owner=i % 200), {"n": (str(i),)}), ["k"])
        store.append(Entry(f"e{i}", datetime.now(UTC), "see", 1, "o", b"leaf"))
        print(i, flush=True)
    store.close()
"""


def start(url: str, first: int, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), url, str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def shared_url(store_url: str) -> str:
    if store_url == "memory:":
        pytest.skip("a store in memory belongs to one process")
    return store_url


def test_two_processes_that_write_get_dense_places_and_one_class_for_a_label(shared_url: str) -> None:
    running = [start(shared_url, first, 40) for first in (1, 1001)]
    for process in running:
        process.communicate(timeout=60)
        assert process.returncode == 0
    store = open_store(shared_url, unsafe=True)
    with store.reading() as tx:
        assert [c.place for c in tx.upkeep.changes(0, 999)] == list(range(1, 81))
        assert [e.place for e in tx.entries.read(0, 999)] == list(range(1, 81))
        assert len(set(tx.classes.table().values())) == len(tx.classes.table()) == 40  # each used by both
        assert len(tx.things.find(["k"], ALL)) == 80
    store.close()


def test_a_killed_process_loses_nothing_it_acknowledged_and_leaves_nothing_half(shared_url: str) -> None:
    process = start(shared_url, 1, 100_000)
    assert process.stdout is not None
    told = [int(process.stdout.readline()) for _ in range(60)]
    os.kill(process.pid, signal.SIGKILL)
    told += [int(line) for line in process.stdout]
    process.stdout.close()
    process.wait()
    store = open_store(shared_url, unsafe=shared_url.startswith("postgres"))
    with store.reading() as tx:
        kept = [int(c.id, 16) for c in tx.upkeep.changes(0, 100_000)]
        entries = [e.id for e in tx.entries.read(0, 100_000)]
        keyed = len(tx.things.find(["k"], ALL, limit=100_000))
    assert kept[: len(told)] == told and len(told) <= len(kept) <= len(told) + 1
    assert entries[: len(told)] == [f"e{i}" for i in told] and len(entries) <= len(kept)
    assert keyed == len(kept)
    with store.writing() as tx:
        tx.notes.write("still", "writes")
    store.close()


def test_two_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/entente.db"
    running = [start(url, first, 1) for first in (1, 2, 3)]
    for process in running:
        process.communicate(timeout=60)
        assert process.returncode == 0
