"""A copy of a store, looked at before it takes a store's place: a wrong file must not cost the house."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

from entente.core.problems import Unreadable
from entente.engines.store.schema import NEWEST
from entente.engines.store.tables import GONE

HEADER = b"SQLite format 3\0"
TABLES = {"thing", "version", "key", "class", "entry", "checkpoint", "note"}
"""What every release of the store has had."""
BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a store in use: the first may hold what the store itself does not yet."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a good copy holds: things (the erased ones not counted) and journal entries."""

    things: int
    entries: int


def staged(copy: Path, place: Path) -> Copy:
    """Copy a copy of a store to `place` (new, for its owner alone) and look through it there.

    Every page is read (`pragma integrity_check`). The copy itself is only read. Raises Unreadable, which
    says what it is not; `place` is then gone again.
    """
    try:
        with copy.open("rb") as file:
            if file.read(len(HEADER)) != HEADER:
                raise Unreadable(f"{copy} is no SQLite file, so no copy of a store.")
        place.unlink(missing_ok=True)
        place.touch(0o600)
        copyfile(copy, place)
        if (log := copy.with_name(copy.name + "-wal")).exists():
            copyfile(log, place.with_name(place.name + "-wal"))
        with closing(sqlite3.connect(place)) as store:
            found = _looked_through(copy, store)
            store.execute("pragma wal_checkpoint(truncate)")
    except BaseException as wrong:
        remove(place)
        if isinstance(wrong, sqlite3.Error | OSError):
            raise Unreadable(f"{copy} cannot be read as a copy of a store: {wrong}.") from wrong
        raise
    for name in BESIDE:
        place.with_name(place.name + name).unlink(missing_ok=True)
    return found


def move(store: Path, to: Path) -> None:
    """Move a store with what SQLite keeps beside it."""
    for name in ("", *BESIDE):
        if (file := store.with_name(store.name + name)).exists():
            file.rename(to.with_name(to.name + name))


def remove(store: Path) -> None:
    """Remove a store with what SQLite keeps beside it."""
    for name in ("", *BESIDE):
        store.with_name(store.name + name).unlink(missing_ok=True)


def _looked_through(copy: Path, store: sqlite3.Connection) -> Copy:
    tables = {name for (name,) in store.execute("select name from sqlite_master where type = 'table'")}
    if missing := TABLES - tables:
        raise Unreadable(f"{copy} is no copy of a store: it has no table {', '.join(sorted(missing))}.")
    revision = ""
    if "alembic_version" in tables:
        revision = "".join(str(row[0]) for row in store.execute("select version_num from alembic_version"))
    if not revision.isdecimal() or revision > NEWEST:
        raise Unreadable(f"{copy} is of another release of Entente (schema {revision or 'unknown'}).")
    if (found := store.execute("pragma integrity_check(1)").fetchone()[0]) != "ok":
        raise Unreadable(f"{copy} is damaged: {found}.")
    things = store.execute("select count(*) from thing where class_id <> ?", (GONE,)).fetchone()[0]
    entries = store.execute("select count(*) from entry").fetchone()[0]
    if not entries:
        raise Unreadable(f"{copy} has no journal, which every house has.")
    return Copy(things, entries)
