"""Brings the tables up to date when a store is opened."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine

from entente.core.problems import Unavailable

NEWEST = "0003"
"""The newest revision in migrations/versions (a test compares them)."""


def ensure(engine: Engine, begin_writing: Sequence[str]) -> None:
    """Run the migrations that are missing. Alembic takes a second to import: only when there are some."""
    with engine.connect() as connection:
        if _revision(connection) == NEWEST:
            return
    with engine.connect() as connection:
        for word in begin_writing:
            connection.exec_driver_sql(word)
        if _revision(connection) != NEWEST:  # nobody else did it while this process waited
            migrate(connection)
        connection.commit()


def migrate(connection: Connection) -> None:
    """Run the missing migrations in the transaction of a connection."""
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    place = str(Path(__file__).with_name("migrations")).replace("%", "%%")
    config.set_main_option("script_location", place)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as wrong:
        raise Unavailable(f"this store was made by another release of Entente: {wrong}") from wrong


def _revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return revision
