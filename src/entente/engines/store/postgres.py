"""PostgreSQL: for a store that outgrows one file."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, event

from entente.core.problems import Unavailable
from entente.engines.store.server import READERS

WRITER = 0x454E5445
"""The advisory lock of the one writer ("ENTE"), within the database."""

_PLANNING = "; ".join(
    f"SET {name} = off"
    for name in ("enable_seqscan", "enable_bitmapscan", "enable_hashjoin", "enable_mergejoin", "jit")
)
"""Every question of the store walks an index to its limit. The planner cannot know how many rows a view
lets through, guesses few, and sorts whole tables (find of 100 keys: 52 ms instead of 2)."""


class Postgres:
    """A `Server`. `unsafe` gives up durability for speed, in tests only."""

    begin_reading: Sequence[str] = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",)
    begin_writing: Sequence[str] = ("BEGIN", f"SELECT pg_advisory_xact_lock({WRITER})")

    def __init__(self, url: URL, unsafe: bool = False) -> None:
        self._url = url.set(drivername="postgresql")
        self._unsafe = unsafe
        self.engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=READERS,
            max_overflow=0,
            pool_timeout=30,
            pool_use_lifo=True,
            connect_args={"autocommit": True, "connect_timeout": 10, "application_name": "entente"},
        )
        event.listen(self.engine, "connect", _on_connect)

    def must_be_durable(self) -> None:
        if self._unsafe:
            return
        with self.engine.connect() as connection:
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                value = connection.exec_driver_sql(f"SHOW {name}").scalar()
                if value == "off":
                    raise Unavailable(f"PostgreSQL runs with {name}=off: it could lose what it acknowledged")

    def backup(self, to: Path) -> None:
        program = shutil.which("pg_dump")
        if program is None:
            raise Unavailable("pg_dump is not installed here: install PostgreSQL's client programs")
        part = to.with_name(to.name + ".part")
        address = self._url.set(password=None).render_as_string(hide_password=False)
        secret = {"PGPASSWORD": self._url.password} if self._url.password else {}
        done = subprocess.run(  # noqa: S603 (the address comes from the settings)
            [program, "--format=custom", f"--file={part}", f"--dbname={address}"],
            env={**os.environ, **secret},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            part.unlink(missing_ok=True)
            raise Unavailable(f"pg_dump failed: {done.stderr.strip()}")
        part.replace(to)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.execute(_PLANNING)
