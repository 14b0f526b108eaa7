"""SQLite: one file, one writer, many readers (write-ahead log)."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, event

from entente.core.problems import Unavailable
from entente.engines.store.server import READERS

LOCK_WAIT_S = 30


class Sqlite:
    """A `Server`. `unsafe` gives up durability for speed, in tests only."""

    begin_reading: Sequence[str] = ("BEGIN",)
    begin_writing: Sequence[str] = ("BEGIN IMMEDIATE",)

    def __init__(self, url: URL, unsafe: bool = False) -> None:
        if not url.database:
            raise ValueError("sqlite:///<path> names no file; for a store in memory say memory:")
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT, 0o600))  # police data: for the service's user alone
        self._settings = (
            "PRAGMA journal_mode=WAL",
            f"PRAGMA synchronous={'OFF' if unsafe else 'FULL'}",
            "PRAGMA secure_delete=ON",  # erased means overwritten
            "PRAGMA temp_store=MEMORY",
            "PRAGMA cache_size=-16000",  # 16 MB a connection
            "PRAGMA mmap_size=2147418112",  # as much as SQLite maps: readers share the page cache
            "PRAGMA wal_autocheckpoint=16000",
        )
        self._unsafe = unsafe
        self.engine = create_engine(
            url,
            paramstyle="named",
            pool_size=READERS,
            max_overflow=0,
            pool_timeout=LOCK_WAIT_S,
            pool_use_lifo=True,
            connect_args={
                "isolation_level": None,
                "timeout": LOCK_WAIT_S,
                "check_same_thread": False,
                "cached_statements": 512,
            },
        )
        event.listen(self.engine, "connect", self._on_connect)

    def _on_connect(self, connection: Any, _record: Any) -> None:
        for setting in self._settings:
            connection.execute(setting).close()

    def must_be_durable(self) -> None:
        with self.engine.connect() as connection:
            ask = connection.exec_driver_sql
            mode, synchronous = ask("PRAGMA journal_mode").scalar(), ask("PRAGMA synchronous").scalar()
        if mode != "wal":
            raise Unavailable(f"SQLite keeps no write-ahead log here (journal_mode={mode}): use a local disk")
        if synchronous != 2 and not self._unsafe:
            raise Unavailable(f"SQLite runs with synchronous={synchronous}: it must be 2 (FULL)")

    def backup(self, to: Path) -> None:
        part = to.with_name(to.name + ".part")
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT, 0o600))
        held = self.engine.raw_connection()
        try:
            with closing(sqlite3.connect(part)) as copy:
                held.driver_connection.backup(copy)  # type: ignore[union-attr]
        finally:
            held.close()
        _sync(part)
        part.replace(to)
        _sync(to.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
