"""The store on a database: one code path for SQLite and PostgreSQL."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from entente.core.problems import Unavailable
from entente.engines.seams import Entry, Transaction
from entente.engines.store import schema
from entente.engines.store.classes import Memory, SqlClasses
from entente.engines.store.entries import SqlEntries, columns_of
from entente.engines.store.feed import SqlUpkeep
from entente.engines.store.grouping import Grouping
from entente.engines.store.jobs import SqlJobs
from entente.engines.store.line import Line, Texts
from entente.engines.store.notes import SqlNotes
from entente.engines.store.parts import Parts
from entente.engines.store.server import Server
from entente.engines.store.things import SqlAgenda, SqlThings
from entente.engines.store.ties import SqlTies
from entente.engines.store.turnstile import Turnstile

log = structlog.get_logger()


class Database:
    """A `Store`. `server` says what differs between the two databases."""

    def __init__(self, server: Server) -> None:
        """Open, bring the schema up to date, and refuse a database that may lose what it acknowledged.

        Raises Unavailable.
        """
        self._server = server
        self._engine: Engine = server.engine
        dbapi: Any = self._engine.dialect.dbapi
        self._failures = (dbapi.OperationalError, dbapi.InterfaceError, NoConnectionLeft, DBAPIError)
        self._texts = Texts(self._engine.dialect)
        self._memory = Memory()
        self._turn = Turnstile()
        self._grouping = Grouping(self._append, self._turn)
        try:
            server.must_be_durable()
            schema.ensure(self._engine, server.begin_writing)
        except DBAPIError as wrong:
            self._engine.dispose()
            raise Unavailable(f"the store does not open: {wrong.orig}") from wrong
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        with self._transaction(self._server.begin_reading, writer=False) as transaction:
            yield transaction

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        with self._turn, self._transaction(self._server.begin_writing, writer=True) as transaction:
            yield transaction

    def append(self, entry: Entry) -> None:
        self._grouping.append(columns_of(entry))

    def backup(self, to: Path) -> None:
        self._server.backup(to)

    def close(self) -> None:
        with self._turn:
            self._engine.dispose()

    def _append(self, rows: Sequence[dict[str, Any]]) -> None:
        with self._line(self._server.begin_writing, writer=True) as line:
            SqlEntries(line).append_columns(rows)
            line.commit()

    @contextmanager
    def _transaction(self, begin: Sequence[str], writer: bool) -> Iterator[Transaction]:
        with self._line(begin, writer) as line:
            notes = SqlNotes(line)
            classes = SqlClasses(line, self._memory, notes)
            yield Parts(
                SqlThings(line, classes),
                SqlAgenda(line, classes),
                SqlTies(line, classes),
                SqlUpkeep(line, classes),
                classes,
                SqlEntries(line),
                SqlJobs(line),
                notes,
            )
            if writer:
                line.commit()
            classes.remember()

    @contextmanager
    def _line(self, begin: Sequence[str], writer: bool) -> Iterator[Line]:
        try:
            held = self._engine.raw_connection()
        except self._failures as wrong:
            raise Unavailable("the store cannot be reached") from wrong
        try:
            with closing(held.cursor()) as cursor:  # an open one would keep the file open
                for word in begin:
                    cursor.execute(word)
                yield Line(cursor, self._texts, writer)
        except self._failures as wrong:
            if self._lost(wrong, held.dbapi_connection):
                held.invalidate()
                self._engine.dispose()
            log.error("the store does not answer", why=str(wrong))
            raise Unavailable("The store does not answer.") from wrong
        finally:
            held.close()  # undoes what was not committed

    def _lost(self, wrong: Any, connection: Any) -> bool:
        return self._engine.dialect.is_disconnect(wrong, connection, None)
