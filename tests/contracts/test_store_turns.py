"""Transactions, readers, the one writer, processes: the store's contract."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from tests.contracts.stored import ALL, NOW, OPEN, OURS, entry, id_of, person, put

from entente.core.problems import Unavailable
from entente.core.things import Thing
from entente.engines.seams import Reference, Store
from entente.engines.store import open_store


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as tx:
        tx.things.put(person(1), ["k"], [Reference("holder", id_of(9))])
        tx.jobs.add("a", {})
        tx.notes.write("a", "b")
        tx.entries.append([entry(1)])
        raise ZeroDivisionError
    with store.writing() as tx:
        assert tx.things.get([id_of(1)], ALL) == [] and tx.things.find(["k"], ALL) == []
        assert tx.ties.links(id_of(9), ALL) == [] and tx.upkeep.newest() == 0
        assert tx.jobs.take(NOW) is None and tx.notes.read("a") is None and tx.entries.read(0, 9) == []
    assert put(store, person(1))[0].place == 1


def test_a_writer_sees_what_it_wrote(store: Store) -> None:
    with store.writing() as tx:
        kept = tx.things.put(person(1), ["k"])
        assert tx.things.find(["k"], ALL) == [("k", kept)]
        assert tx.things.put(replace(kept, version=2)).place == kept.place + 1


def test_a_reader_keeps_its_snapshot_and_is_not_blocked_by_the_writer(store: Store) -> None:
    (kept,) = put(store, person(1))
    with store.reading() as early:
        assert early.things.get([kept.id], ALL) == [kept]
        with store.writing() as tx:
            (changed,) = [tx.things.put(replace(kept, version=2))]
            with ThreadPoolExecutor(1) as pool:

                def read() -> list[Thing]:
                    with store.reading() as other:
                        return other.things.get([kept.id], ALL)

                assert pool.submit(read).result(timeout=20) == [kept]
        assert early.things.get([kept.id], ALL) == [kept]
        with store.reading() as late:
            assert late.things.get([kept.id], ALL) == [changed]


def test_a_reader_cannot_write(store: Store) -> None:
    with store.reading() as tx:
        for write in (
            lambda: tx.things.put(person(1)),
            lambda: tx.upkeep.erase([id_of(1)], NOW),
            lambda: tx.notes.write("a", "b"),
            lambda: tx.jobs.take(NOW),
            tx.classes.bump,
            lambda: tx.classes.intern(OURS),
            lambda: tx.entries.append([entry(1)]),
        ):
            with pytest.raises(RuntimeError, match="reading"):
                write()


def test_a_thread_that_writes_cannot_start_writing_again(store: Store) -> None:
    with store.writing() as tx:
        with pytest.raises(RuntimeError), store.writing():
            pass
        with pytest.raises(RuntimeError):
            store.append(entry(1))
        tx.notes.write("a", "b")
    with store.reading() as tx:
        assert tx.notes.read("a") == "b"


def test_writers_and_appenders_take_turns_and_lose_nothing(store: Store) -> None:
    def work(i: int) -> None:
        if i % 4:
            store.append(entry(i))
        else:
            put(store, person(i), keys=("k",))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(1, 201)))
    with store.reading() as tx:
        kept = tx.entries.read(0, 1000)
        assert [e.place for e in kept] == list(range(1, 151))
        assert {e.id for e in kept} == {f"e{i}" for i in range(1, 201) if i % 4}
        assert sorted(place for place, _ in tx.things.listing(ALL, [], limit=100)) == list(range(1, 51))


def test_an_entry_that_cannot_be_kept_hurts_nobody_else(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        done = [pool.submit(store.append, entry(i, object="\0" if i == 5 else "")) for i in range(20)]
        assert [i for i, one in enumerate(done) if one.exception()] == [5]
    with store.reading() as tx:
        assert len(tx.entries.read(0, 100)) == 19


def test_a_store_opened_again_holds_what_it_held(store_url: str, tmp_path: Path) -> None:
    if store_url == "memory:":
        pytest.skip("a store in memory is gone with its process")
    first = open_store(store_url, unsafe=True)
    (kept,) = put(first, person(1, OURS), keys=("k",))
    first.append(entry(1))
    first.close()
    again = open_store(store_url, unsafe=True)
    with again.reading() as tx:
        assert tx.things.find(["k"], ALL) == [("k", kept)] and len(tx.entries.read(0, 9)) == 1
        assert tx.classes.table() == {kept.class_id: OURS}
    again.close()


def test_two_processes_see_each_others_classes_and_places(store_url: str) -> None:
    if store_url == "memory:":
        pytest.skip("a store in memory belongs to one process")
    one, two = open_store(store_url, unsafe=True), open_store(store_url, unsafe=True)
    put(one, person(1, OPEN))
    put(two, person(2, OURS))
    put(one, person(3, OURS), person(4, replace(OURS, owner=7)))
    put(two, person(5, replace(OURS, owner=7)), person(6, OPEN))
    for store in (one, two):
        with store.reading() as tx:
            assert tx.classes.table() == {0: OPEN, 1: OURS, 2: replace(OURS, owner=7)}
            told = tx.upkeep.changes(0, 10)
            assert [(c.place, c.n, c.thing and c.thing.class_id) for c in told] == [
                (1, 1, 0), (2, 2, 1), (3, 3, 1), (4, 4, 2), (5, 5, 2), (6, 6, 0),
            ]  # fmt: skip
    one.close()
    two.close()


def test_an_unknown_url_is_refused() -> None:
    for url in ("mysql://x/y", "nonsense", "sqlite://"):
        with pytest.raises(ValueError):
            open_store(url)


def test_a_backup_of_nothing_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        open_store("memory:").backup(tmp_path / "copy")
