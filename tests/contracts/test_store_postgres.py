"""What is special to the store in PostgreSQL."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from entente.core.access import Handling, View
from entente.core.problems import Unavailable
from entente.core.things import NEVER, Thing
from entente.engines.store import open_store

pytestmark = pytest.mark.postgres
ALL = View(b"\x01", (), NEVER.replace(year=2026))
SOME = Thing(f"{1:032x}", "Person", Handling(owner=1), {"name": ("A",)})


def test_a_server_that_could_lose_what_it_acknowledged_is_refused(fresh_postgres: Callable[[], str]) -> None:
    with pytest.raises(Unavailable, match="fsync"):
        open_store(fresh_postgres())


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        open_store("postgresql://nobody@127.0.0.1:1/nothing")


def test_after_a_cut_connection_the_store_answers_again(fresh_postgres: Callable[[], str]) -> None:
    url = fresh_postgres()
    store = open_store(url, unsafe=True)
    with store.writing() as tx:
        tx.things.put(SOME)
    with store.reading(), store.reading(), store.reading():
        pass
    other = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'entente'"
        connection.execute(text(f"{mine} AND datname = current_database()"))
    other.dispose()
    with pytest.raises(Unavailable), store.reading() as tx:
        tx.things.get([SOME.id], ALL)
    for _ in range(5):
        with store.reading() as one, store.reading() as two:
            assert one.things.get([SOME.id], ALL) and two.things.get([SOME.id], ALL)
    with store.writing() as tx:
        tx.things.put(replace(SOME, version=2))
    store.close()


def test_a_backup_is_a_dump_that_can_be_restored(fresh_postgres: Callable[[], str], tmp_path: Path) -> None:
    if not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("pg_dump is not installed")
    store = open_store(fresh_postgres(), unsafe=True)
    with store.writing() as tx:
        kept = tx.things.put(SOME, ["k"])
    try:
        store.backup(tmp_path / "copy")
    except Unavailable as wrong:
        if "version mismatch" in str(wrong):
            pytest.skip("pg_dump is older than the server")
        raise
    finally:
        store.close()
    target = fresh_postgres()
    command = [
        "pg_restore",
        "--clean",
        "--if-exists",
        "--exit-on-error",
        f"--dbname={target}",
        str(tmp_path / "copy"),
    ]
    subprocess.run(command, check=True, timeout=60)
    restored = open_store(target, unsafe=True)
    with restored.reading() as tx:
        assert tx.things.find(["k"], ALL) == [("k", kept)]
    restored.close()


def test_without_pg_dump_a_backup_is_unavailable_and_says_why(
    fresh_postgres: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(fresh_postgres(), unsafe=True)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="pg_dump"):
        store.backup(tmp_path / "copy")
    store.close()
