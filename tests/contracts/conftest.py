"""Stores of every kind for the contract tests."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from postgres import running_postgres
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from entente.engines.seams import Store
from entente.engines.store import open_store

TEMPLATE = "migrated"
# a locale that sorts unlike code points shows where an order was left to the database
MAKE = (
    f"CREATE DATABASE {TEMPLATE} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C'",
    f"CREATE DATABASE {TEMPLATE}",
)


@pytest.fixture(scope="session")
def fresh_postgres() -> Iterator[Callable[[], str]]:
    """Makes a new, migrated, empty database at each call and returns its URL."""
    running = running_postgres()
    try:
        url = make_url(running.__enter__())
    except RuntimeError as wrong:
        if os.environ.get("ENTENTE_TEST_POSTGRES") == "must":
            raise
        pytest.skip(str(wrong))
    engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    numbers = itertools.count(1)

    def spelled(name: str) -> str:
        return url.set(database=name).render_as_string(hide_password=False)

    def make() -> str:
        name = f"fresh{next(numbers)}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
        return spelled(name)

    try:
        with engine.connect() as connection:
            try:
                connection.execute(text(MAKE[0]))
            except DBAPIError:
                connection.execute(text(MAKE[1]))
        open_store(spelled(TEMPLATE), unsafe=True).close()
        yield make
    finally:
        engine.dispose()
        running.__exit__(None, None, None)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        make: Callable[[], str] = request.getfixturevalue("fresh_postgres")
        return make()
    return "memory:" if request.param == "memory" else f"sqlite:///{tmp_path}/entente.db"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url, unsafe=True)
    yield opened
    opened.close()
