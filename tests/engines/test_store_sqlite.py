"""What is special to the store in SQLite, and to how a store is opened."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from entente.core.access import Handling, View
from entente.core.problems import Unavailable
from entente.core.things import Thing
from entente.engines.seams import Entry, Store
from entente.engines.store import database, open_store, schema
from entente.engines.store.entries import SqlEntries
from entente.engines.store.rows import handling_from, label_of
from entente.engines.store.turnstile import Turnstile

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ALL = View(b"\x01", (), date(2026, 1, 1))
SECRET = "Zimtzicke"


def url_in(folder: Path) -> str:
    return f"sqlite:///{folder}/entente.db"


def put(store: Store, i: int, name: str = "A") -> None:
    with store.writing() as tx:
        tx.things.put(Thing(f"{i:032x}", "Person", Handling(owner=1), {"name": (name,)}, version=0), [name])


def test_migrations_make_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import create_engine

    from entente.engines.store.tables import metadata

    open_store(url_in(tmp_path), unsafe=True).close()
    made = create_engine(url_in(tmp_path))
    plain = create_engine(f"sqlite:///{tmp_path}/plain.db")
    metadata.create_all(plain)
    spelled = []
    for engine in (made, plain):
        with engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql <> ''")
            spelled.append(
                {n: " ".join(sql.split()) for n, sql in rows if not n.startswith(("alembic", "sqlite"))}
            )
        engine.dispose()
    assert spelled[0] == spelled[1]
    scripts = ScriptDirectory(str(Path(schema.__file__).with_name("migrations")))
    assert scripts.get_heads() == [schema.NEWEST]


def test_an_open_store_that_is_up_to_date_does_not_import_alembic(tmp_path: Path) -> None:
    open_store(url_in(tmp_path), unsafe=True).close()
    program = (
        "import sys; from entente.engines.store import open_store\n"
        "open_store(sys.argv[1]).close(); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, url_in(tmp_path)], check=True, timeout=60)


def test_a_store_made_by_a_newer_release_is_refused(tmp_path: Path) -> None:
    open_store(url_in(tmp_path), unsafe=True).close()
    with closing(sqlite3.connect(tmp_path / "entente.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(Unavailable, match="another release"):
        open_store(url_in(tmp_path))


def test_a_store_that_is_not_durable_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from entente.engines.store import sqlite

    listen = sqlite.Sqlite._on_connect

    def spoiled(self: Any, connection: Any, record: Any) -> None:
        listen(self, connection, record)
        connection.execute("PRAGMA synchronous=NORMAL").close()

    monkeypatch.setattr(sqlite.Sqlite, "_on_connect", spoiled)
    with pytest.raises(Unavailable, match="synchronous"):
        open_store(url_in(tmp_path))


def test_a_place_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "entente.db").write_bytes(b"this is no database, whatever its name says" * 50)
    with pytest.raises(Unavailable):
        open_store(url_in(tmp_path))


def test_the_files_are_for_the_services_user_alone(tmp_path: Path) -> None:
    store = open_store(url_in(tmp_path), unsafe=True)
    put(store, 1)
    store.backup(tmp_path / "copy")
    assert {f.name: oct(f.stat().st_mode)[-3:] for f in tmp_path.iterdir() if f.stat().st_mode & 0o77} == {}
    store.close()


def test_what_is_erased_is_overwritten_in_the_file(tmp_path: Path) -> None:
    store = open_store(url_in(tmp_path), unsafe=True)
    for i in range(1, 300):
        put(store, i, f"{SECRET} {i % 2}" if i == 150 else "other")
    put(store, 150, f"{SECRET} again")
    with store.writing() as tx:
        tx.upkeep.erase([f"{150:032x}"], NOW)
    store.close()
    left = b"".join(f.read_bytes() for f in tmp_path.iterdir())
    assert b"other" in left and SECRET.encode() not in left


def test_a_backup_made_while_writing_is_consistent(tmp_path: Path) -> None:
    store = open_store(url_in(tmp_path), unsafe=True)
    put(store, 1)
    with store.writing() as tx:
        tx.notes.write("half", "done")
        store.backup(tmp_path / "copy.db")
    for i in range(2, 5):
        put(store, i)
    copy = open_store(f"sqlite:///{tmp_path}/copy.db", unsafe=True)
    with copy.reading() as tx:
        assert tx.notes.read("half") is None and [c.id for c in tx.upkeep.changes(0, 9)] == [f"{1:032x}"]
    put(copy, 2)
    copy.close()
    store.backup(tmp_path / "copy.db2")
    store.close()
    assert not list(tmp_path.glob("*.part"))


def test_entries_that_wait_together_share_a_commit_and_its_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(url_in(tmp_path), unsafe=True)
    groups: list[int] = []
    append = SqlEntries.append_columns

    def counted(self: SqlEntries, rows: Any) -> None:
        groups.append(len(rows))
        if len(rows) > 1:
            raise OSError("the disk is full")
        append(self, rows)

    monkeypatch.setattr(SqlEntries, "append_columns", counted)
    assert isinstance(store, database.Database)
    failed: list[BaseException] = []

    def work(i: int) -> None:
        try:
            store.append(Entry(f"e{i}", NOW, "see", 1, "o", b""))
        except Unavailable as wrong:
            failed.append(wrong)

    threads = [Thread(target=work, args=(i,)) for i in range(8)]
    with store.writing():
        for thread in threads:
            thread.start()
        while len(store._grouping._waiting) < 8:
            pass
    for thread in threads:
        thread.join()
    assert groups == [8] and len(failed) == 8
    assert all(isinstance(wrong.__cause__, OSError) for wrong in failed)
    store.append(Entry("after", NOW, "see", 1, "o", b""))
    with store.reading() as tx:
        assert [e.id for e in tx.entries.read(0, 9)] == ["after"]
    store.close()


def test_the_turnstile_lets_through_in_the_order_of_coming() -> None:
    turn, order, threads = Turnstile(), list[int](), list[Thread]()

    def pass_through(i: int) -> None:
        with turn:
            order.append(i)

    with turn:
        for i in range(6):
            threads.append(Thread(target=pass_through, args=(i,)))
            threads[-1].start()
            while len(turn._waiting) <= i:
                pass
    for thread in threads:
        thread.join()
    assert order == list(range(6))


def test_many_readers_at_once_get_their_own_connection(tmp_path: Path) -> None:
    store = open_store(url_in(tmp_path), unsafe=True)
    put(store, 1)
    gate, seen = Barrier(40), list[int]()

    def read() -> None:
        with store.reading() as tx:
            gate.wait(timeout=30)
            seen.append(len(tx.things.find(["A"], ALL)))

    threads = [Thread(target=read) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 40
    store.close()


def test_every_search_walks_an_index(tmp_path: Path) -> None:
    """A full scan would not show in a test's small store, only with 122 million things."""
    from entente.engines.store import entries, feed, jobs, keeping, things, ties
    from entente.engines.store.line import Texts

    store = open_store(url_in(tmp_path), unsafe=True)
    assert isinstance(store, database.Database)
    texts = Texts(store._engine.dialect)
    makes: list[tuple[Any, ...]] = [
        (things._get, 8), (things._rows, 8), (things._find, 8), (things._listing, False, True, False),
        (things._listing, False, False, False), (things._listing, True, False, False), (ties._links,),
        (ties._seen, 8), (ties._around, False, 0, False), (ties._around, True, 8, True),
        (ties._counted, True),
        (feed._changes, 8), (feed._expiring, 8), (feed._ending, 8), (feed._erased,), (feed._newest,),
        (keeping._standing, 8), (jobs._due, 8), (jobs._waits,),
        (entries._read, "by_act"), (entries._read, "by_object"), (entries._forget,),
    ]  # fmt: skip
    in_order = {things._listing, ties._around, ties._counted, feed._changes, feed._expiring, jobs._due}
    with closing(sqlite3.connect(tmp_path / "entente.db")) as connection:
        for make, *shape in makes:
            sql = texts.of(make, *shape)[0]
            bound = dict.fromkeys(re.findall(r":(\w+)", sql), 0)
            plan = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + sql, bound)]
            scans = [line for line in plan if line.startswith("SCAN") and "USING" not in line]
            assert not scans, (make, plan)
            if make in in_order:
                assert not [line for line in plan if "TEMP B-TREE" in line], (make, plan)
    store.close()


def test_a_label_is_read_back_whole() -> None:
    label = Handling(9, see=1 << 255, hint=3, need=frozenset({"é", "a"}))
    assert handling_from(label_of(label)) == label
    assert label_of(label) == label_of(Handling(9, see=1 << 255, hint=3, need=frozenset({"a", "é"})))


def test_a_store_on_a_read_only_place_says_so(tmp_path: Path) -> None:
    if os.getuid() == 0:
        pytest.skip("root may write everywhere")
    tmp_path.chmod(0o500)
    with pytest.raises((Unavailable, OSError)):
        open_store(url_in(tmp_path))
