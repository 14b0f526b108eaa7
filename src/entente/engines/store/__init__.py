"""The store: everything the house keeps, in SQLite, in PostgreSQL, or (for tests) in memory."""

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from entente.engines.seams import Store

__all__ = ["open_store"]


def open_store(url: str, *, unsafe: bool = False) -> Store:
    """Open, and make or migrate where needed, the store that a URL names.

    `sqlite:///relative/or//absolute/path.db`, `postgresql://user@host/name`, or `memory:`. `unsafe`
    lets a database run that could lose acknowledged writes: for the speed of tests only.
    Raises ValueError for a URL it does not know, Unavailable when the store cannot be opened.
    """
    if url == "memory:":
        from entente.engines.store.memory import MemoryStore  # noqa: PLC0415

        return MemoryStore()
    from entente.engines.store.database import Database  # noqa: PLC0415

    try:
        told = make_url(url)
    except ArgumentError as wrong:
        raise ValueError(f"not a store's URL: {url!r}") from wrong
    match told.get_backend_name():
        case "sqlite":
            from entente.engines.store.sqlite import Sqlite  # noqa: PLC0415

            return Database(Sqlite(told, unsafe))
        case "postgresql":
            from entente.engines.store.postgres import Postgres  # noqa: PLC0415

            return Database(Postgres(told, unsafe))
    raise ValueError(f"a store is sqlite:///…, postgresql://… or memory:, not {told.get_backend_name()}:")
